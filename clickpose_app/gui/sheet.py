"""The cheat sheet of keys, gestures and marks."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from clickpose_app.gui.actions import cheat_sheet
from clickpose_app.gui.screen_room import resize_on_screen
from clickpose_app.gui.texts import tr


class CheatSheet(QDialog):
    """Shows the table of actions.py; Esc or F1 closes it."""

    def __init__(
        self,
        parent: QWidget | None = None,
        keys: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """Lay the sheet out, with the keys that the person has given to actions, if any."""
        super().__init__(parent)
        self.setWindowTitle(tr("Keys and gestures"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        label = QLabel(cheat_sheet(keys))
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setContentsMargins(20, 8, 20, 16)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setWidget(label)
        area.setWidgetResizable(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        hint = label.sizeHint()
        resize_on_screen(self, hint.width() + 40, hint.height() + 20)
