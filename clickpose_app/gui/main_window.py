"""The window: panels around the canvas, wired to the session."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.actions import make_actions
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.canvas import Canvas
from clickpose_app.gui.chosen import Chosen
from clickpose_app.gui.clipboard import PoseClipboard
from clickpose_app.gui.closer_look import CloserLook
from clickpose_app.gui.desk_splitter import DeskSplitter
from clickpose_app.gui.exchange import Exchange, Exchanger
from clickpose_app.gui.failure_words import failure_words
from clickpose_app.gui.files import Exporter, Files
from clickpose_app.gui.gestures import Gestures
from clickpose_app.gui.icons import ActionIcons
from clickpose_app.gui.image_panel import ImagePanel
from clickpose_app.gui.inference import Inference
from clickpose_app.gui.list_keys import ListKeys
from clickpose_app.gui.menus import add_menus
from clickpose_app.gui.message_bar import MessageBar
from clickpose_app.gui.numbers import NumbersRoom
from clickpose_app.gui.own_network import OwnNetwork
from clickpose_app.gui.panels import PosePanel
from clickpose_app.gui.patience import Patience
from clickpose_app.gui.pixels import PictureLoader
from clickpose_app.gui.places import places_of
from clickpose_app.gui.placing import Placing
from clickpose_app.gui.pointer import Pointer
from clickpose_app.gui.remaining import Remaining
from clickpose_app.gui.review import Review
from clickpose_app.gui.review_grid import ReviewGrid
from clickpose_app.gui.same_joint import SameJoint
from clickpose_app.gui.screen_room import resize_on_screen
from clickpose_app.gui.searching import Searching
from clickpose_app.gui.seeing import Seeing
from clickpose_app.gui.session import Session
from clickpose_app.gui.settings import Settings
from clickpose_app.gui.shell import LoadNetwork, Shell
from clickpose_app.gui.showing import Showing
from clickpose_app.gui.skeleton_choice import SkeletonChooser
from clickpose_app.gui.status_line import StatusLine
from clickpose_app.gui.stopwatch import Stopwatch
from clickpose_app.gui.suggestions import Suggestions
from clickpose_app.gui.teaching import Teaching
from clickpose_app.gui.texts import tr
from clickpose_app.gui.tools import Tool
from clickpose_app.gui.view_keeper import ViewKeeper

log = logging.getLogger(__name__)


class MainWindow(QMainWindow):
    """Shows what the session says and hands it what the person does."""

    def __init__(
        self,
        session: Session,
        browser: Browser,
        inference: Inference,
        loader: PictureLoader,
        export: Exporter,
        settings: Settings,
        load: LoadNetwork,
        demo: Callable[[], Path],
        exchanger: Exchanger,
    ) -> None:
        """Build the window around its parts; nothing is open yet."""
        super().__init__()
        self.session, self.browser = session, browser
        self._inference, self._loader = inference, loader
        self.skeletons = SkeletonChooser(self, session, browser, inference)
        self.files = Files(self, browser, export, places_of(settings))
        self.exchange = Exchange(self, browser, self.files, exchanger, places_of(settings))
        self.shell = Shell(self, inference, settings, load, demo)
        self.canvas = Canvas()
        self.chosen = Chosen(session, self.canvas)
        self.gestures = Gestures(session, browser, self.canvas)
        self.seeing = Seeing(session, self.canvas)
        pointer = Pointer(self.canvas)
        self.clipboard = PoseClipboard(session, browser, inference, pointer)
        self.placing = Placing(session, browser, self.canvas)
        self.suggestions = Suggestions(session, browser, self.canvas, pointer, self.placing)
        self.searching = Searching(session, browser, inference, self.canvas, settings)
        CloserLook(session, browser, inference)
        self.images, self.poses = ImagePanel(), PosePanel()
        ListKeys(self.images.view, self.poses.people_view, self.poses.keypoint_view)
        self.messages = MessageBar()
        self.same_joint = SameJoint(session, browser, self.canvas)
        self.review_grid = ReviewGrid(session, browser, self)
        self.review = Review(session, browser, self.images, self.canvas)
        self.status = StatusLine(self.statusBar(), inference, self.files)
        self.stopwatch = Stopwatch(self, browser, session)
        self.numbers = NumbersRoom(self, browser, self.stopwatch)
        remaining = Remaining(session, browser, inference, loader)
        own = OwnNetwork(session, browser, inference, remaining, settings, load)
        self.teaching = Teaching(self, own)
        self.actions_by_name = make_actions(self, self._handlers())
        self._build()
        self._connect()
        self.seeing.restore(self.actions_by_name)
        self.view_keeper = ViewKeeper(self.canvas, browser, session)
        for keeper in (self.stopwatch, self.view_keeper):
            keeper.failed.connect(self.messages.say)
        self.numbers.notice.connect(self.status.say)
        self._showing.show_all()

    # Building

    def _build(self) -> None:
        self.setWindowTitle("ClickPose")
        resize_on_screen(self, 1400, 900)
        self.setAcceptDrops(True)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.review.bar)
        layout.addWidget(self.same_joint.bar)
        layout.addWidget(self.canvas, 1)
        wanted = max(280, self.images.wanted_width), max(330, self.poses.wanted_width)
        splitter = DeskSplitter(self.images, middle, self.poses, wanted)
        self.setCentralWidget(self.shell.around(self.messages, splitter))
        self._icons = ActionIcons(self.actions_by_name, add_menus(self, self.actions_by_name))

    def _handlers(self) -> dict[str, Callable[[], object]]:
        session, browser, canvas, files = self.session, self.browser, self.canvas, self.files
        return {
            "open_folder": files.open_folder,
            "open_image": files.open_image,
            "open_coco": files.open_coco,
            "open_project": files.open_project,
            "export": files.export,
            **self.exchange.handlers(),
            "quit": self.close,
            "undo": session.undo,
            "redo": session.redo,
            "escape": self._on_escape,
            "previous": lambda: browser.go(-1),
            "next": lambda: browser.go(1),
            "fit": canvas.fit,
            "zoom_in": lambda: canvas.zoom(1.25),
            "zoom_out": lambda: canvas.zoom(0.8),
            # As Tab does elsewhere; here it goes from person to person.
            "next_field": self.focusNextChild,
            "previous_field": self.focusPreviousChild,
            **self.chosen.handlers(),
            **self.gestures.handlers(),
            **self.seeing.handlers(),
            **self.placing.handlers(),
            **self.suggestions.handlers(),
            **self.clipboard.handlers(),
            **self.skeletons.handlers(),
            "find_joint": self.poses.joint_filter.take_focus,
            **self.numbers.handlers(),
            **self.teaching.handlers(),
            **self.review.handlers(),
            **self.review_grid.handlers(),
            **self.same_joint.handlers(),
            **self.shell.handlers(),
        }

    def _connect(self) -> None:
        session, browser, canvas = self.session, self.browser, self.canvas
        canvas.target_clicked.connect(session.select)
        canvas.keypoint_dropped.connect(self._on_canvas_keypoint_dropped)
        canvas.visibility_clicked.connect(self._on_canvas_visibility_clicked)
        canvas.box_drawn.connect(session.add_person)
        canvas.box_redrawn.connect(session.set_box)
        canvas.dragging_changed.connect(self._inference.rest_while_dragging)
        canvas.space_tapped.connect(self.review.tap)
        canvas.dragging_changed.connect(self.images.thumbnails.rest)
        self.images.row_chosen.connect(browser.open_image)
        self.images.view_wanted.connect(browser.show_view)
        self.images.search_left.connect(canvas.setFocus)
        for feature in (self.chosen, self.suggestions, self.review):
            feature.take_actions(self.actions_by_name)
        self.poses.target_chosen.connect(session.select)
        self.poses.visibility_clicked.connect(self._on_poses_visibility_clicked)
        self.poses.place_wanted.connect(lambda _k: canvas.use_tool(Tool.PLACE))
        self.searching.found.connect(self.suggestions.offer)
        self.searching.progress_changed.connect(self.status.show_search)
        self._showing = Showing(self)
        self.review_grid.target_chosen.connect(self._on_grid_target_chosen)
        own = self.teaching.own
        for source in (session, browser, self.files, self.exchange, self.review_grid, own):
            source.failed.connect(self.messages.say)
        for speaker in (
            session,
            self.files,
            self.exchange,
            self.chosen,
            self.gestures,
            self.seeing,
            self.review,
            self.same_joint,
            self.placing,
            self.suggestions,
            self.clipboard,
            self.teaching,
            own,
        ):
            speaker.notice.connect(self.status.say)
        Patience(self._inference, self).lost.connect(self.messages.say)
        session.ledger.unstored.recovered.connect(self._on_unstored_recovered)
        for worker in (self._inference, self._loader):
            worker.failed.connect(self.show_failure)
        self._inference.unavailable.connect(self._on_inference_unavailable)
        self.seeing.isolated.connect(self.suggestions.make_way)
        self.same_joint.listen()

    # What the person asks for

    def open_path(self, path: Path) -> None:
        """Open a folder, image, COCO JSON or project."""
        self.files.open(path)

    def warm_up(self) -> None:
        """Load the network, so that it is there when it is wanted."""
        self._inference.warm_up()

    def load_icons(self) -> None:
        """Draw the icons; worth doing only once the window is visible."""
        self._icons.load()
        for view in (self.images.view, self.poses.people_view, self.poses.keypoint_view):
            view.viewport().update()

    def show_failure(self, what: str, error: Exception) -> None:
        """Say what went wrong; the person can go on."""
        known = isinstance(error, ClickPoseError)
        log.info("%s failed: %s", what, error, exc_info=None if known else error)
        self.messages.say(*failure_words(what, error))

    def _on_escape(self) -> None:
        if not (self.canvas.escape() or self.gestures.grip.leave() or self.chosen.leave()):
            self.messages.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Digits choose a person, those of the number pad as well."""
        number = event.key() - Qt.Key.Key_0
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held or not self.chosen.choose(number):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Take what lies on this computer."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """Open what was dropped."""
        local = [url for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            self.open_path(Path(local[0].toLocalFile()))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Vanish at once, then wait for what still runs; stay where edits could not be stored."""
        if not self.browser.may_leave():
            event.ignore()
            return
        self.hide()
        self.shell.close()
        self.teaching.close()
        self._loader.close()
        self.files.close()
        self.images.stop()
        self.review_grid.stop()
        self._inference.close()
        self.browser.close()
        event.accept()

    # What the canvas and the panels tell

    def _on_canvas_keypoint_dropped(
        self, person_id: str, k: int, x: float, y: float, follow: bool
    ) -> None:
        self.session.move_keypoint(person_id, k, x, y, refine=follow)

    def _on_canvas_visibility_clicked(self, person_id: str, k: int) -> None:
        self.session.select(person_id, k)
        self.session.cycle_visibility(person_id, k)

    def _on_poses_visibility_clicked(self, k: int) -> None:
        if self.session.person_id is not None:
            self.session.cycle_visibility(self.session.person_id, k)

    def _on_grid_target_chosen(self, image_id: int, person_id: str, k: int) -> None:
        self.browser.open_image(self.browser.row_of(image_id))
        if any(person.id == person_id for person in self.session.annotation.people):
            self.session.select(person_id, k)

    def _on_unstored_recovered(self) -> None:
        self.messages.hide()
        self.status.say(tr("All edits are stored again."))

    # What the network tells

    def _on_inference_unavailable(self, error: Exception) -> None:
        self.show_failure(tr("loading the network"), error)
