"""The colours of the window and of skeletons, in one place."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

# Blue and orange of Okabe and Ito: told apart by people of every colour vision.
LEFT = QColor(86, 180, 233)
RIGHT = QColor(255, 159, 28)
CENTRE = QColor(245, 245, 245)
CASING = QColor(0, 0, 0, 190)
PINNED = QColor(255, 255, 255)
BOX = QColor(255, 255, 255)

BACKGROUND = QColor(28, 29, 32)
PANEL = QColor(38, 40, 44)
TEXT = QColor(232, 234, 237)
FAINT_TEXT = QColor(154, 160, 166)
ACCENT = QColor(61, 139, 205)

SIDES = {"left": LEFT, "right": RIGHT, "centre": CENTRE}


def limb_colour(side_a: str, side_b: str) -> QColor:
    """A limb takes the colour of its side; one across the body is neutral."""
    if side_a == side_b:
        return SIDES[side_a]
    if "centre" in (side_a, side_b):
        return SIDES[side_b if side_a == "centre" else side_a]
    return CENTRE


def window_palette() -> QPalette:
    """Dark and neutral, so that the photograph decides what is bright."""
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in {
        roles.Window: PANEL,
        roles.WindowText: TEXT,
        roles.Base: BACKGROUND,
        roles.AlternateBase: PANEL,
        roles.Text: TEXT,
        roles.Button: PANEL.lighter(125),
        roles.ButtonText: TEXT,
        roles.BrightText: RIGHT,
        roles.ToolTipBase: PANEL,
        roles.ToolTipText: TEXT,
        roles.PlaceholderText: FAINT_TEXT,
        roles.Highlight: ACCENT.darker(140),
        roles.HighlightedText: QColor(255, 255, 255),
        roles.Link: LEFT,
    }.items():
        palette.setColor(role, colour)
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(112, 117, 122))
    return palette
