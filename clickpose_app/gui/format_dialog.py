"""Choosing the format of an export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from clickpose_app.gui.texts import tr


@dataclass(frozen=True)
class FormatChoice:
    """A format that can be written.

    Attributes:
        name: on the command line.
        title: for people.
        suffix: of its file, with the dot; empty for a folder.
    """

    name: str
    title: str
    suffix: str


class FormatDialog(QDialog):
    """All formats by their titles, and whether each is a file or a folder."""

    def __init__(self, choices: Sequence[FormatChoice], parent: QWidget | None = None) -> None:
        """List the choices; the first is selected."""
        super().__init__(parent)
        self.setWindowTitle(tr("Export as"))
        self._choices = sorted(choices, key=lambda choice: choice.title.casefold())
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Formats"))
        self.list.addItems([choice.title for choice in self._choices])
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go_on = buttons.addButton(tr("&Choose where…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go_on.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.facts)
        layout.addWidget(buttons)
        self.list.currentRowChanged.connect(self._on_row_changed)
        self.list.itemActivated.connect(lambda _: self.accept())
        self.list.setCurrentRow(0)
        self.resize(420, 380)

    @property
    def choice(self) -> FormatChoice:
        """What is selected."""
        return self._choices[max(self.list.currentRow(), 0)]

    def choose(self, name: str) -> None:
        """Select the format of that name; StopIteration if there is none."""
        self.list.setCurrentRow(next(i for i, c in enumerate(self._choices) if c.name == name))

    def _on_row_changed(self, row: int) -> None:
        suffix = self._choices[row].suffix
        self.facts.setText(
            tr("One file, {suffix}.").format(suffix=suffix)
            if suffix
            else tr("A folder, with copies of the images where the format wants them.")
        )
