"""The networks that a project has of its own: which one is in use, and going back to others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from clickpose_app.core.annotation import ImageState
from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.image_list import Order
from clickpose_app.gui.inference import Inference
from clickpose_app.gui.remaining import Remaining
from clickpose_app.gui.session import Session
from clickpose_app.gui.settings import Settings
from clickpose_app.gui.shell import LoadNetwork
from clickpose_app.gui.taught_models import TaughtModels
from clickpose_app.gui.teaching_events import TaughtFigures
from clickpose_app.gui.texts import told_error, told_in_full, tr


class OwnNetwork(QObject):
    """Loads a project's own network when it is opened, or a better one when there is one.

    Attributes:
        browser: whose project it is.
        models: of the project that is open; None without one.
        remaining: predicts what nobody has touched.
    """

    changed = Signal()
    """Another model is known, or in use."""
    failed = Signal(str, str)
    """A sentence and a way out."""
    notice = Signal(str)
    """A sentence for the status line."""

    def __init__(
        self,
        session: Session,
        browser: Browser,
        inference: Inference,
        remaining: Remaining,
        settings: Settings,
        load: LoadNetwork,
    ) -> None:
        """Follow the browser's projects.

        Args:
            session: whose untouched images are predicted anew.
            browser: tells which project is open.
            inference: whose network is replaced.
            remaining: predicts what nobody has touched.
            settings: say which network others use, and the device.
            load: makes a network, on the worker thread.
        """
        super().__init__(session)
        self.browser, self.remaining = browser, remaining
        self._session, self._inference = session, inference
        self._settings, self._load = settings, load
        self.models: TaughtModels | None = None
        self._project: Path | None = None
        self._held: Path | None = None  # the own weights that the network has; None for others
        self._chosen = False
        self._sorting = False  # as soon as everything untouched is predicted
        remaining.changed.connect(self._on_remaining_changed)
        browser.project_opened.connect(self._on_browser_project_opened)
        browser.closing.connect(self._on_browser_closing)
        settings.changed.connect(self._on_settings_changed)

    @property
    def in_use(self) -> str:
        """Name of the own weights in use; empty for the network of the settings."""
        return "" if self.models is None else self.models.in_use

    def begin_run(self) -> None:
        """From now on better models take over, until the person chooses one."""
        self._chosen = False

    def choose(self, name: str) -> None:
        """Use the model that the person wants, whatever its figures; empty: of the settings."""
        self._chosen = True
        if self.models is not None and name != self.models.in_use:
            self._take_over(name)

    def note(self, path: Path, labels: int, figures: TaughtFigures, *, last: bool = False) -> None:
        """Keep a model, and let it take over if it is better than what is in use.

        Args:
            path: its weights, complete.
            labels: images that it was taught from.
            figures: on held-out ones.
            last: whether its run is over.
        """
        models = self.models
        if models is None:
            return
        try:
            models.note(path, labels, figures)
        except ClickPoseError as error:
            self.failed.emit(*told_error(error))
        self.changed.emit()
        # A run ends with the weights that it has written last.
        if not self._chosen and not (last and models.in_use == path.name):
            self._decide(path.name, figures, last=last)

    def _decide(self, name: str, figures: TaughtFigures, *, last: bool) -> None:
        models = self.models
        assert models is not None
        before = models.find(models.in_use)
        if models.in_use == name:
            better = True
        elif before is not None:
            better = figures.oks >= before.figures.oks
        else:
            # Of the network of the settings nobody has measured how good it is here; but what
            # it does not know at all can only become better.
            known = self._session.network.keypoint_map
            better = last or (known is not None and bool(known.unknown))
        if better:
            self._take_over(name)
        elif last:
            said = tr("{name} is not better on held-out images, so it waits in the list.")
            self.notice.emit(said.format(name=name))

    def _take_over(self, name: str) -> None:
        models = self.models
        assert models is not None

        def used() -> None:
            try:
                models.use(name)
            except ClickPoseError as error:
                self.failed.emit(*told_error(error))
            records = self.browser.records
            self._session.outdated = {r.id for r in records if r.state is ImageState.PREDICTED}
            self._write_waiting()
            self._session.look_again()
            self._sorting = bool(name)
            self.remaining.begin()
            self.notice.emit(
                tr("{name} has taken over: untouched images are predicted anew.").format(name=name)
                if name
                else tr("The network of the settings is back.")
            )
            self.changed.emit()

        self._use(name, used)

    def _use(self, name: str, used: Callable[[], None]) -> None:
        models, settings, project = self.models, self._settings, self._project
        assert models is not None
        own = models.path(name) if name else None
        weights = own if own is not None else settings.weights
        device = settings.device

        def done(error: Exception | None) -> None:
            if error is None:
                self._held = own
            if project != self._project:
                return
            if error is not None:
                said = tr("{name} cannot be loaded, so the network stays as it was.")
                self.failed.emit(said.format(name=name or weights or ""), told_in_full(error))
            else:
                used()

        self._inference.replace_network(lambda: self._load(weights, device), done)

    def _write_waiting(self) -> None:
        if self.models is not None:
            try:
                self.models.waiting = self._session.outdated
            except ClickPoseError as error:
                self.failed.emit(*told_error(error))

    # What others tell

    def _on_remaining_changed(self, left: int) -> None:
        """List the least certain first, once it is known; never in the middle, under the hand."""
        if left or not self._sorting or self.browser.project is None:
            return
        self._sorting = False
        view = self.browser.images.view
        if view.order is Order.NAME:
            return  # somebody wants it so
        self.browser.show_view(replace(view, order=Order.NEED))
        self.notice.emit(tr("Untouched images are predicted; the least certain come first."))

    def _on_browser_project_opened(self) -> None:
        project = self.browser.project
        again = project is not None and project.path == self._project
        self._project = None if project is None else project.path
        if project is None:
            self.models = None
        elif not again:
            self._open(TaughtModels(project))
        elif self.in_use:
            self.remaining.begin()
        self.changed.emit()

    def _open(self, models: TaughtModels) -> None:
        self.models = models
        self._session.outdated = models.waiting
        given = self._settings.is_given("weights")  # the command line has the last word
        name = "" if given else models.in_use
        if (models.path(name) if name else None) != self._held:
            self._use(name, self.remaining.begin if name else lambda: None)
        elif name:
            self.remaining.begin()

    def _on_browser_closing(self) -> None:
        if self.models is not None and self.models.waiting != self._session.outdated:
            self._write_waiting()
        self._session.outdated = set()
        self.models, self._project = None, None
        self._sorting = False
        self.remaining.stop()

    def _on_settings_changed(self, name: str) -> None:
        if self.models is None or not self.models.in_use:
            return
        if name == "weights":
            # They are loaded already: the person wants them for this project, too.
            self._held = None
            self.models.use("")
            self.changed.emit()
        elif name == "device":
            self._use(self.models.in_use, lambda: None)
