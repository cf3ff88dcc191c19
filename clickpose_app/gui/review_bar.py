"""The strip above the picture where a reviewer says yes or no, and where notes are read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from clickpose_app.gui.texts import tr


class ReviewBar(QFrame):
    """Shows where the review stands and what was noted; takes the note of what is sent back."""

    accepted = Signal()
    """The image is fine."""
    refused = Signal()
    """The image is to be sent back; the note comes next."""
    note_written = Signal(str)
    """Why the image is sent back; may be empty."""
    left = Signal()
    """The note was given up: keys go to the picture again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setObjectName("reviewBar")
        self._said = QLabel(self)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setWordWrap(True)
        self.note = QLineEdit(self)
        self.note.setAccessibleName(tr("Note to whoever corrects this image"))
        self.note.setPlaceholderText(
            tr("What is wrong? Enter sends the image back, Esc leaves it as it is.")
        )
        self.note.setMaxLength(500)
        self.note.returnPressed.connect(self._on_note_return_pressed)
        self.note.installEventFilter(self)
        accept = QPushButton(tr("Accept (Space)"), self)
        accept.clicked.connect(self.accepted)
        refuse = QPushButton(tr("Send back… (Shift+Space)"), self)
        refuse.clicked.connect(self.refused)
        self._buttons = (accept, refuse)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self._said, 1)
        layout.addWidget(self.note, 3)
        for button in self._buttons:
            # The keys go to the picture; these are for the mouse, and for who looks for the keys.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            layout.addWidget(button)
        self._reviewing = False
        self.note.hide()
        self.hide()

    @property
    def text(self) -> str:
        """What is said now."""
        return self._said.text()

    @property
    def writing(self) -> bool:
        """Whether a note is being written."""
        return not self.note.isHidden()

    def say(self, text: str, *, reviewing: bool) -> None:
        """Say where the review stands and what was noted; hidden when there is nothing to say."""
        self._said.setText(text)
        self._reviewing = reviewing
        self._show_parts()

    def ask(self, note: str) -> None:
        """Let the reviewer write a note, or change the one that is there."""
        self.note.setText(note)
        self.note.show()
        self._show_parts()
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.note.selectAll()

    def give_up(self) -> None:
        """Forget the note that is being written."""
        if self.writing:
            self.note.hide()
            self._show_parts()
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Esc gives the note up, before it does anything else in the window."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if watched is not self.note or not escape:
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self.give_up()
        return True

    def _show_parts(self) -> None:
        for button in self._buttons:
            button.setVisible(self._reviewing and not self.writing)
        self.setVisible(self.writing or self._reviewing or bool(self.text))

    def _on_note_return_pressed(self) -> None:
        note = self.note.text()
        self.note.hide()
        self._show_parts()
        self.note_written.emit(note)
