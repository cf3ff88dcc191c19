"""The line below the picture: notices for a moment, what runs now, and which network there is."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QStatusBar

from clickpose_app.gui.files import Files
from clickpose_app.gui.inference import SEARCHING, Inference, NetworkFacts
from clickpose_app.gui.texts import tr

_NOTICE_MS = 8000


class StatusLine(QObject):
    """Writes into the status bar of a window."""

    def __init__(self, bar: QStatusBar, inference: Inference, files: Files) -> None:
        """Say what inference and files do."""
        super().__init__(bar)
        self._bar = bar
        self._activity, self._network = QLabel(), QLabel(tr("network not loaded yet"))
        self._busy_files = ""
        self._busy_network = ""
        self._search = ""
        for label in (self._activity, self._network):
            bar.addPermanentWidget(label)
        inference.activity_changed.connect(self._on_inference_activity_changed)
        inference.ready.connect(self._on_inference_ready)
        inference.unavailable.connect(self._on_inference_unavailable)
        files.activity_changed.connect(self._on_files_activity_changed)

    def say(self, text: str) -> None:
        """Show a sentence for a few seconds."""
        self._bar.showMessage(text, _NOTICE_MS)

    def show_search(self, text: str) -> None:
        """Say how far the search through the picture is; empty when there is none."""
        self._search = text
        self._show_activity()

    def _show_activity(self) -> None:
        # Between its parts the search still goes on; only what is more urgent is said instead.
        self._activity.setText(self._busy_files or self._busy_network or self._search)

    def _on_inference_ready(self, facts: NetworkFacts) -> None:
        self._network.setText(facts.description)

    def _on_inference_unavailable(self) -> None:
        self._network.setText(tr("no network: joints are placed by hand"))

    def _on_inference_activity_changed(self, what: str) -> None:
        self._busy_network = "" if what == tr(SEARCHING) else what
        self._show_activity()

    def _on_files_activity_changed(self, what: str) -> None:
        self._busy_files = what
        self._show_activity()
