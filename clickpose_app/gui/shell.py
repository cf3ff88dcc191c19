"""What surrounds the desk: welcome page, settings, tour, and what one asks about the program."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QToolBar, QVBoxLayout, QWidget

from clickpose_app.core.predictor import Predictor
from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.about import AboutDialog
from clickpose_app.gui.diagnostics import diagnostics
from clickpose_app.gui.inference import Inference
from clickpose_app.gui.keymap import Keymap
from clickpose_app.gui.recent import RecentProjects
from clickpose_app.gui.settings import Settings
from clickpose_app.gui.settings_dialog import SettingsDialog
from clickpose_app.gui.sheet import CheatSheet
from clickpose_app.gui.texts import told_in_full, tr
from clickpose_app.gui.tour import Tour
from clickpose_app.gui.tour_stops import stops_of
from clickpose_app.gui.welcome import Welcome

if TYPE_CHECKING:
    from clickpose_app.gui.main_window import MainWindow

log = logging.getLogger(__name__)

LoadNetwork = Callable[[Path | None, str], Predictor]
"""Makes the predictor for weights (None: the shipped ones) and a device, on the worker thread."""


class Shell(QObject):
    """Owns what is around the desk; the window asks it for handlers and for its middle."""

    def __init__(
        self,
        window: MainWindow,
        inference: Inference,
        settings: Settings,
        load: LoadNetwork,
        demo: Callable[[], Path],
    ) -> None:
        """Belong to that window.

        Args:
            window: not built yet.
            inference: whose network the settings may replace.
            settings: of the person.
            load: makes another network.
            demo: makes the folder of sample pictures and says where it is.
        """
        super().__init__(window)
        self._window, self._inference = window, inference
        self._load, self._demo = load, demo
        self.settings = settings
        self.keymap = Keymap(settings, self)
        self.recent = RecentProjects(settings, self)
        self.tour: Tour | None = None
        self._tour_wanted = False

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What its actions do."""
        return {
            "demo": self.open_demo,
            "close_project": self._window.browser.shut,
            "settings": self.open_settings,
            "cheat_sheet": lambda: CheatSheet(self._window, self.keymap.all).exec(),
            "tour": self.start_tour,
            "copy_diagnostics": self.copy_diagnostics,
            "about": lambda: AboutDialog(self._window).exec(),
        }

    def around(self, messages: QWidget, desk: QWidget) -> QWidget:
        """The middle of the window: messages above the desk, or above the welcome page."""
        window = self._window
        self.keymap.apply(window.actions_by_name)
        self.keymap.changed.connect(lambda: self.keymap.apply(window.actions_by_name))
        self.welcome = Welcome(self.recent, window.actions_by_name)
        self.welcome.project_chosen.connect(window.open_path)
        self._desk = desk
        self._pages = QStackedWidget()
        for page in (self.welcome, desk):
            self._pages.addWidget(page)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(messages)
        layout.addWidget(self._pages, 1)
        window.browser.project_opened.connect(self._on_browser_project_opened)
        # Queued: the canvas must have drawn the person before the tour points at one.
        window.session.annotation_changed.connect(
            self._on_session_annotation_changed, Qt.ConnectionType.QueuedConnection
        )
        return middle

    def show_desk(self, shown: bool) -> None:
        """Show the desk, or the welcome page while nothing is open."""
        for bar in self._window.findChildren(QToolBar):
            bar.setVisible(shown)
        self._window.actions_by_name["close_project"].setEnabled(shown)
        if shown and self._pages.currentWidget() is self.welcome:
            self._pages.setCurrentWidget(self._desk)
            self._window.canvas.setFocus()
        elif not shown:
            self._pages.setCurrentWidget(self.welcome)
            self.welcome.refresh()

    def close(self) -> None:
        """Write down how far the work is, before the project is closed."""
        self.recent.note_progress()

    # What the person asks for

    def open_demo(self) -> None:
        """Open a copy of the sample pictures."""
        try:
            self._window.open_path(self._demo())
        except OSError as error:
            self._window.show_failure(
                tr("copying the sample pictures"),
                ClickPoseError(
                    tr("The sample pictures cannot be copied: {reason}.").format(reason=error),
                    tr("Open a folder of your own instead."),
                ),
            )

    def open_settings(self) -> None:
        """Show the settings until they are closed."""
        self.settings_dialog().exec()

    def settings_dialog(self) -> SettingsDialog:
        """The settings, not shown yet."""
        dialog = SettingsDialog(self.settings, self.keymap, self._window)
        dialog.network_wanted.connect(
            lambda weights, device: self._change_network(dialog, weights, device)
        )
        return dialog

    def offer_tour(self) -> None:
        """Show the tour with the first picture, unless it was seen."""
        self._tour_wanted = not self.settings.tour_seen
        self._on_session_annotation_changed()

    def copy_diagnostics(self) -> None:
        """Put what somebody who helps wants to know on the clipboard."""
        text = diagnostics(self._inference, self._window.browser)
        QGuiApplication.clipboard().setText(text)
        self._window.status.say(tr("Diagnostics copied: paste them into your message to us."))

    def start_tour(self) -> None:
        """Show the tour now; where nothing is open, on the sample pictures."""
        if self._window.browser.record is None:
            self._tour_wanted = True
            self.open_demo()
        elif self.tour is None:
            self._tour_wanted = False
            self.tour = Tour(self._window, stops_of(self._window))
            self.tour.finished.connect(self._on_tour_finished)

    # What others tell

    def _change_network(self, dialog: SettingsDialog, weights: Path | None, device: str) -> None:
        """Load another network; it is kept in the settings only if that works."""
        page = dialog.network
        page.say(tr("Loading the network…"))
        closed: list[int] = []
        dialog.finished.connect(closed.append)

        def done(error: Exception | None) -> None:
            if error is None:
                self.settings.weights, self.settings.device = weights, device
            if not closed:
                page.show_settings()
                page.say(_outcome(error))
            elif error is not None:
                # Nobody reads in a dialog that was closed while the network was loading.
                self._window.show_failure(tr("loading the network"), error)

        self._inference.replace_network(lambda: self._load(weights, device), done)

    def _on_browser_project_opened(self) -> None:
        browser = self._window.browser
        self.recent.note_opened(browser.project, browser.records)
        if browser.project is not None:
            log.info("opened %s: %d images", browser.project.path, len(browser.records))

    def _on_session_annotation_changed(self) -> None:
        window = self._window
        there = window.session.annotation.people and not window.canvas.image_size.isEmpty()
        if self._tour_wanted and there:
            self.start_tour()

    def _on_tour_finished(self) -> None:
        self.tour = None
        self.settings.tour_seen = True
        # Its button had the keyboard; Qt would hand it on to the search for images.
        self._window.canvas.setFocus()


def _outcome(error: Exception | None) -> str:
    """What has become of the wish for another network."""
    if error is None:
        return tr("The network is loaded and in use.")
    if isinstance(error, ClickPoseError):
        said = told_in_full(error)
    else:
        said = tr("{kind}: {error}.").format(kind=type(error).__name__, error=error)
    return said + " " + tr("The network stays as it was.")
