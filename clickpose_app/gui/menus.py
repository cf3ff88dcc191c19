"""The menus and the tool bar, from the table of actions."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar, QToolBar, QWidget

from clickpose_app.gui.actions import ACTIONS, ActionSpec, menu_title
from clickpose_app.gui.texts import tr


class ToolBar(QToolBar):
    """Buttons with words beside their icons; without them where the window is too narrow."""

    def __init__(self, title: str, parent: QWidget) -> None:
        """Start empty."""
        super().__init__(title, parent)
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._needed = 0

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Show the words if all of them have room; no button is hidden for the sake of words."""
        super().resizeEvent(event)
        if self.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon:
            self._needed = self.sizeHint().width()
        self.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if self.width() >= self._needed
            else Qt.ToolButtonStyle.ToolButtonIconOnly
        )


def add_menus(window: QMainWindow, actions: Mapping[str, QAction]) -> ToolBar:
    """Put every action into its menu and, if it has a button, on the tool bar; gives the bar.

    Args:
        window: gets the menus and the bar.
        actions: all of them, by name.
    """
    bar = ToolBar(tr("Tools"), window)
    fill_menus(window.menuBar(), actions)
    fill_tool_bar(bar, actions)
    window.addToolBar(bar)
    return bar


def fill_menus(bar: QMenuBar, actions: Mapping[str, QAction]) -> None:
    """Put every action where its row says, in the order of the table.

    Args:
        bar: without menus yet.
        actions: by name.
    """
    menus: dict[tuple[str, str], QMenu] = {}
    for spec in ACTIONS:
        top = menus.get((spec.menu, ""))
        if top is None:
            top = menus[spec.menu, ""] = bar.addMenu(menu_title(spec.menu))
        if spec.separated:
            top.addSeparator()
        menu = menus.get((spec.menu, spec.submenu))
        if menu is None:
            menu = menus[spec.menu, spec.submenu] = top.addMenu(tr(spec.submenu))
        menu.addAction(actions[spec.name])


def fill_tool_bar(bar: QToolBar, actions: Mapping[str, QAction]) -> None:
    """Give every action that wants one its button, those of a menu side by side.

    Args:
        bar: empty.
        actions: by name.
    """
    before: ActionSpec | None = None
    for spec in ACTIONS:
        if not spec.toolbar:
            continue
        if before is not None and before.menu != spec.menu:
            bar.addSeparator()
        actions[spec.name].setIconText(tr(spec.toolbar))
        bar.addAction(actions[spec.name])
        before = spec
