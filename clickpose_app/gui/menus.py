"""The menus and the tool bar, from the table of actions."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QToolBar

from clickpose_app.gui.actions import ACTIONS, menu_title
from clickpose_app.gui.texts import tr


def add_menus(window: QMainWindow, actions: Mapping[str, QAction]) -> QToolBar:
    """Put every action into its menu and, if it has a button, on the tool bar; gives the bar.

    Args:
        window: gets the menus and the bar.
        actions: all of them, by name.
    """
    bar = QToolBar(tr("Tools"), window)
    bar.setMovable(False)
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    menus = {}
    for spec in ACTIONS:
        if spec.menu not in menus:
            menus[spec.menu] = window.menuBar().addMenu(menu_title(spec.menu))
            if bar.actions():
                bar.addSeparator()
        action = actions[spec.name]
        menus[spec.menu].addAction(action)
        if spec.toolbar:
            action.setIconText(tr(spec.toolbar))
            bar.addAction(action)
    window.addToolBar(bar)
    return bar
