"""Icons of one family, Phosphor (MIT licence), in the colours of the theme.

They come by way of QtAwesome, which takes longer to load than the window to appear. So they are
blank, and of the right size, until ``load`` is called.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPixmap
from PySide6.QtWidgets import QToolBar, QToolButton

from clickpose_app.gui import palette

# Action -> icon; one without a row has none. All names: phosphoricons.com (version 1).
ACTION_ICONS = {
    "open_folder": "folder-open",
    "open_image": "image",
    "open_coco": "brackets-curly",
    "open_project": "folder-notch-open",
    "demo": "play-circle",
    "import_annotations": "download-simple",
    "export": "export",
    "export_as": "share-network",
    "skeleton": "person-simple",
    "close_project": "x-square",
    "quit": "sign-out",
    "undo": "arrow-u-up-left",
    "redo": "arrow-u-up-right",
    "copy_pose": "copy",
    "paste_pose": "clipboard",
    "copy_to_next": "arrow-square-right",
    "escape": "cursor",
    "settings": "gear-six",
    "new_person": "user-plus",
    "new_person_joints": "path",
    "new_crowd": "users-three",
    "accept_suggestion": "user-circle-plus",
    "next_person": "arrow-line-right",
    "previous_person": "arrow-line-left",
    "place_missing": "plus-circle",
    "box": "bounding-box",
    "fit_box": "frame-corners",
    "next_handle": "hand-grabbing",
    "previous_handle": "hand",
    "swap": "arrows-left-right",
    "delete": "trash",
    "delete_untouched": "user-minus",
    "visibility": "eye",
    "place": "crosshair",
    "unpin": "push-pin-slash",
    "swap_limb": "swap",
    "refine": "magic-wand",
    "refining": "flow-arrow",
    "nudge_left": "arrow-left",
    "nudge_right": "arrow-right",
    "nudge_up": "arrow-up",
    "nudge_down": "arrow-down",
    "nudge_far_left": "arrow-fat-left",
    "nudge_far_right": "arrow-fat-right",
    "nudge_far_up": "arrow-fat-up",
    "nudge_far_down": "arrow-fat-down",
    "find_joint": "list-bullets",
    "previous": "caret-left",
    "next": "caret-right",
    "search": "file-search",
    "list_again": "arrows-clockwise",
    "fit": "corners-out",
    "zoom_in": "magnifying-glass-plus",
    "zoom_out": "magnifying-glass-minus",
    "zoom_person": "user-focus",
    "keep_zoom": "lock-simple",
    "isolate": "user-square",
    "suggestions": "sparkle",
    "joint_names": "text-aa",
    "magnifier": "magnifying-glass",
    "look": "sliders-horizontal",
    "brighter": "sun",
    "darker": "sun-dim",
    "next_field": "arrow-elbow-down-right",
    "previous_field": "arrow-elbow-up-left",
    "numbers": "chart-bar",
    "accept": "check-circle",
    "send_back": "chat-text",
    "reviewing": "user-list",
    "review_grid": "grid-four",
    "same_joint": "target",
    "cheat_sheet": "keyboard",
    "tour": "compass",
    "copy_diagnostics": "clipboard-text",
    "teach": "graduation-cap",
    "about": "info",
}

# Heading of a panel, by the name of what lies below it -> icon.
PANEL_ICONS = {"images": "image-square", "people": "users", "keypoints": "person"}

_PREFIX = "ph"
_BLANK_SIZE = 16


@cache
def _font() -> Any:
    """QtAwesome with this one family; its own loader would read a dozen fonts."""
    qtawesome = import_module("qtawesome")
    folder, names = qtawesome.get_fonts_info()
    font = next(name for name in names if name.startswith("phosphor-"))
    table = next(Path(folder).glob("phosphor-charmap-*.json"))
    return import_module("qtawesome.iconic_font").IconicFont((_PREFIX, font, table.name))


def loaded() -> bool:
    """Whether icons are more than blank by now."""
    return _font.cache_info().currsize > 0


def known(name: str) -> bool:
    """Whether the family has an icon of that name; loads it."""
    return name in _font().charmap[_PREFIX]


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """An icon in a colour, or in that of texts; blank until icons are loaded."""
    if not loaded():
        return _blank()
    return _drawn(name, (palette.TEXT if colour is None else colour).rgba())


def forget() -> None:
    """Draw all icons anew: the colours are others now."""
    _drawn.cache_clear()


_SIDES = (20, 40, 80)  # pixels: menus and buttons, the same on a screen of high density, tags
_LOOKS = (
    (QIcon.Mode.Normal, QIcon.State.Off),
    (QIcon.Mode.Normal, QIcon.State.On),
    (QIcon.Mode.Disabled, QIcon.State.Off),
    (QIcon.Mode.Selected, QIcon.State.Off),
)


@cache
def _drawn(name: str, rgba: int) -> QIcon:
    theme = palette.current()
    found: QIcon = _font().icon(
        f"{_PREFIX}.{name}",
        color=QColor.fromRgba(rgba),
        color_on=QColor.fromRgba(rgba) if rgba != theme.text.rgba() else theme.selected_text,
        color_selected=theme.selected_text,
        color_disabled=theme.disabled,
        scale_factor=1.1,
    )
    # Pictures rather than the library's engine, which paints in vain and warns when a widget
    # without room asks for a picture of no size.
    drawn = QIcon()
    for mode, state in _LOOKS:
        for side in _SIDES:
            drawn.addPixmap(found.pixmap(QSize(side, side), mode, state), mode, state)
    return drawn


@cache
def _blank() -> QIcon:
    pixmap = QPixmap(_BLANK_SIZE, _BLANK_SIZE)
    pixmap.fill(Qt.GlobalColor.transparent)
    return QIcon(pixmap)


class ActionIcons(QObject):
    """Gives actions their icons, and again whenever the colours of the window change."""

    def __init__(self, actions: Mapping[str, QAction], bar: QToolBar) -> None:
        """Keep the room in the bar; ``load`` fills it."""
        super().__init__(bar)
        self._actions = actions
        self._bar = bar
        bar.setIconSize(QSize(18, 18))
        bar.installEventFilter(self)
        self._dress()

    def load(self) -> None:
        """Load the icons and show them."""
        _font()
        self._dress()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange and watched is self._bar:
            self._dress()
        return False

    def _dress(self) -> None:
        for name, action in self._actions.items():
            if name in ACTION_ICONS:
                action.setIcon(icon(ACTION_ICONS[name]))
        # Qt's own arrow behind which buttons without room are is black in every theme.
        more = self._bar.findChild(QToolButton, "qt_toolbar_ext_button")
        if more is not None:
            more.setIcon(icon("caret-double-right"))
