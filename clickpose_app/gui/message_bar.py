"""A strip above the canvas that says what went wrong, until it is dismissed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from clickpose_app.gui.texts import tr


class MessageBar(QFrame):
    """Errors stay readable and never stop the work, unlike a dialog."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = QPushButton(tr("Dismiss"), self)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self._text, 1)
        layout.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """What is said now, or was said last."""
        return self._text.text()

    def say(self, message: str, hint: str = "") -> None:
        """Say a sentence and, on the next line, the way out."""
        self._text.setText(f"{message}\n{hint}" if hint else message)
        self.show()
