"""The search for people who are small in a large picture, while nobody waits for the network."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from clickpose_app.core.annotation import ImageState
from clickpose_app.core.predictor import PredictedPose
from clickpose_app.core.searching import SearchNews
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.canvas import Canvas
from clickpose_app.gui.inference import Inference
from clickpose_app.gui.session import Session
from clickpose_app.gui.settings import Settings
from clickpose_app.gui.texts import tr

_BREATH_MS = 15
"""Between two parts, so that what waits for the window comes first."""

_DONE_WITH = (ImageState.REVIEWED, ImageState.REJECTED)


class Searching(QObject):
    """Has the shown picture looked at part by part once its first people are known.

    Whom it finds joins a prediction that was made while the picture is shown, as long as nobody
    has touched it; on any other picture they are suggestions. Nothing that is there changes.
    """

    found = Signal(object)
    """All PredictedPoses of the picture that is shown, when somebody new is among them."""
    progress_changed = Signal(str)
    """How far it is, for the status line; empty when it rests."""

    def __init__(
        self,
        session: Session,
        browser: Browser,
        inference: Inference,
        canvas: Canvas,
        settings: Settings,
    ) -> None:
        """Begin whenever the people of a picture have been found."""
        super().__init__(canvas)
        self._session, self._browser = session, browser
        self._inference, self._settings = inference, settings
        self._image_id: int | None = None
        self._active = False
        self._round = 0
        self._predicted = False
        self._dragging = False
        self._late: tuple[PredictedPose, ...] | None = None
        self._timer = QTimer(self, singleShot=True, interval=_BREATH_MS)
        self._timer.timeout.connect(self._ask)
        session.network.people_found.connect(self._on_network_people_found)
        session.network.poses_found.connect(self._on_network_poses_found)
        browser.image_opened.connect(self.stop)
        browser.project_opened.connect(self.stop)
        inference.ready.connect(self.stop)  # another network searches anew
        canvas.dragging_changed.connect(self._on_canvas_dragging_changed)
        settings.changed.connect(self._on_settings_changed)

    @property
    def active(self) -> bool:
        """Whether the picture that is shown is being searched."""
        return self._active

    def stop(self) -> None:
        """Search no further; what is under way is for nobody."""
        self._round += 1
        self._image_id, self._late = None, None
        self._active = self._predicted = False
        self._timer.stop()
        self.progress_changed.emit("")

    def _begin(self) -> None:
        record, project = self._browser.record, self._browser.project
        if record is None or project is None or project.read_only:
            return
        if record.id == self._image_id or not self._settings.search:
            return  # a picture is searched once, however often its poses are told
        if self._session.annotation.state not in _DONE_WITH:
            self._image_id, self._active = record.id, True
            self._ask()

    def _ask(self) -> None:
        source, this_round = self._browser.source, self._round
        if source is None or not self.active:
            return

        def done(news: SearchNews | None) -> None:
            if this_round == self._round:
                self._take(news)

        self._inference.search(source, done)

    def _take(self, news: SearchNews | None) -> None:
        if news is not None:
            if news.anew:
                self._tell(news.poses)
            if news.done >= news.total:
                self._active = False
                self.progress_changed.emit("")
                return
            words = tr("searching for small people: part {done} of {total}")
            self.progress_changed.emit(words.format(done=news.done + 1, total=news.total))
        self._timer.start()

    def _tell(self, poses: tuple[PredictedPose, ...]) -> None:
        known = self._session.network.keypoint_map
        if known is None or not known.shared:
            return
        if self._dragging:
            self._late = poses  # nobody appears under a hand that moves
            return
        self._late = None
        ours = tuple(known.pose(pose) for pose in poses)
        if self._predicted:
            self._session.join_found(ours)
        self.found.emit(ours)

    # What others tell

    def _on_network_people_found(self) -> None:
        self._predicted = True

    def _on_network_poses_found(self) -> None:
        self._begin()

    def _on_canvas_dragging_changed(self, dragging: bool) -> None:
        self._dragging = dragging
        if not dragging and self._late is not None:
            # After what the hand did has become a step.
            QTimer.singleShot(0, self, self._tell_late)

    def _tell_late(self) -> None:
        if self._late is not None:
            self._tell(self._late)

    def _on_settings_changed(self, name: str) -> None:
        if name != "search":
            return
        if not self._settings.search:
            predicted = self._predicted
            self.stop()
            self._predicted = predicted
        elif self._browser.source is not None and not self._session.network.finding:
            self._begin()
