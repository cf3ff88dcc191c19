"""The colours of the window and of skeletons, in one place.

What is drawn over a photograph looks the same in every theme; the window around it is light or
dark. Read a colour when painting (``palette.TEXT``), never keep it: ``use`` exchanges them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor, QPalette

# Over the photograph. Blue and orange of Okabe and Ito: told apart by people of every colour
# vision; the limbs of the right side are dashed besides.
LEFT = QColor(86, 180, 233)
RIGHT = QColor(255, 159, 28)
CENTRE = QColor(245, 245, 245)
CASING = QColor(0, 0, 0, 190)
EDGE = QColor(22, 23, 26)  # the casing of limbs; opaque, for that is drawn twice as fast
PINNED = QColor(255, 255, 255)
BOX = QColor(255, 255, 255)
TAG = QColor(24, 100, 160)
SHADE = QColor(0, 0, 0, 165)
LABEL = QColor(16, 17, 19, 225)
LABEL_TEXT = QColor(255, 255, 255)

SIDES = {"left": LEFT, "right": RIGHT, "centre": CENTRE}


@dataclass(frozen=True)
class Theme:
    """The colours of the window; window.qss knows them by these names.

    Attributes:
        background: behind lists.
        surround: around the picture; neutral, so that it does not change how colours look.
        panel: bars, panels and dialogs.
        button: push buttons.
        hover: a control under the cursor.
        pressed: a control that is held down.
        line: between things.
        text: what is read.
        soft_text: what is read less often.
        faint_text: headings and hints.
        disabled: what cannot be used now.
        accent: edges of what is switched on.
        selected: behind what is selected or switched on.
        selected_text: on ``selected``.
        message: behind a message that something went wrong.
        message_line: the edge of such a message.
        message_text: on ``message``.
        left: the person's left in lists.
        right: the person's right in lists.
        centre: the person's middle in lists.
        good: done, reviewed.
        bad: rejected.
    """

    background: QColor
    surround: QColor
    panel: QColor
    button: QColor
    hover: QColor
    pressed: QColor
    line: QColor
    text: QColor
    soft_text: QColor
    faint_text: QColor
    disabled: QColor
    accent: QColor
    selected: QColor
    selected_text: QColor
    message: QColor
    message_line: QColor
    message_text: QColor
    left: QColor
    right: QColor
    centre: QColor
    good: QColor
    bad: QColor


DARK = Theme(
    background=QColor("#1c1d20"),
    surround=QColor("#1c1d20"),
    panel=QColor("#26282c"),
    button=QColor("#33363b"),
    hover=QColor("#3a3d42"),
    pressed=QColor("#4a4d52"),
    line=QColor("#4a4d52"),
    text=QColor("#e8eaed"),
    soft_text=QColor("#c4c7cc"),
    faint_text=QColor("#a0a6ac"),
    disabled=QColor("#80858b"),
    accent=QColor("#3d8bcd"),
    selected=QColor("#24557f"),
    selected_text=QColor("#ffffff"),
    message=QColor("#5a3a08"),
    message_line=QColor("#ff9f1c"),
    message_text=QColor("#ffffff"),
    left=QColor("#56b4e9"),
    right=QColor("#ff9f1c"),
    centre=QColor("#f5f5f5"),
    good=QColor("#4cc38a"),
    bad=QColor("#ff7b72"),
)

LIGHT = Theme(
    background=QColor("#ffffff"),
    surround=QColor("#d4d6d9"),
    panel=QColor("#f1f2f4"),
    button=QColor("#ffffff"),
    hover=QColor("#e0e3e7"),
    pressed=QColor("#cdd1d6"),
    line=QColor("#c3c7cc"),
    text=QColor("#1f2124"),
    soft_text=QColor("#3f4348"),
    faint_text=QColor("#545a61"),
    disabled=QColor("#83898f"),
    accent=QColor("#1b6eb3"),
    selected=QColor("#cfe4f7"),
    selected_text=QColor("#0b2c4a"),
    message=QColor("#fff0d6"),
    message_line=QColor("#c46a00"),
    message_text=QColor("#3d2500"),
    left=QColor("#0072b2"),
    right=QColor("#b65300"),
    centre=QColor("#4d5359"),
    good=QColor("#18794e"),
    bad=QColor("#c0271d"),
)

# What most of the window asks for; exchanged by ``use``.
BACKGROUND = DARK.background
PANEL = DARK.panel
TEXT = DARK.text
FAINT_TEXT = DARK.faint_text
ACCENT = DARK.accent
_current = DARK


def use(theme: Theme) -> None:
    """Make these the colours of the window."""
    global BACKGROUND, PANEL, TEXT, FAINT_TEXT, ACCENT, _current
    _current = theme
    BACKGROUND, PANEL, ACCENT = theme.background, theme.panel, theme.accent
    TEXT, FAINT_TEXT = theme.text, theme.faint_text


def current() -> Theme:
    """The colours of the window as it is now."""
    return _current


def names(theme: Theme) -> dict[str, str]:
    """The colours by name, as a style sheet writes them; also those over the photograph."""
    found = {field.name: getattr(theme, field.name) for field in fields(theme)}
    found |= {"label": LABEL, "label_text": LABEL_TEXT}
    return {name: f"rgba{colour.getRgb()}" for name, colour in found.items()}


def limb_side(side_a: str, side_b: str) -> str:
    """The side that a limb belongs to: left, right or centre."""
    if side_a == side_b:
        return side_a
    if "centre" in (side_a, side_b):
        return side_b if side_a == "centre" else side_a
    return "centre"


def window_palette() -> QPalette:
    """Neutral, so that the photograph decides what is bright."""
    theme = _current
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in {
        roles.Window: theme.panel,
        roles.WindowText: theme.text,
        roles.Base: theme.background,
        roles.AlternateBase: theme.panel,
        roles.Text: theme.text,
        roles.Button: theme.button,
        roles.ButtonText: theme.text,
        roles.BrightText: theme.right,
        roles.ToolTipBase: theme.panel,
        roles.ToolTipText: theme.text,
        roles.PlaceholderText: theme.faint_text,
        roles.Highlight: theme.selected,
        roles.HighlightedText: theme.selected_text,
        roles.Link: theme.left,
    }.items():
        palette.setColor(role, colour)
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.disabled)
    return palette
