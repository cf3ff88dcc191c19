"""The window: panels around the canvas, wired to the session."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QLabel,
    QMainWindow,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.actions import make_actions
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.canvas import Canvas, Tool
from clickpose_app.gui.clipboard import PoseClipboard
from clickpose_app.gui.files import Exporter, Files
from clickpose_app.gui.gestures import Gestures
from clickpose_app.gui.icons import ActionIcons
from clickpose_app.gui.image_panel import ImagePanel
from clickpose_app.gui.inference import Inference, NetworkFacts
from clickpose_app.gui.menus import ToolBar, fill_menus, fill_tool_bar
from clickpose_app.gui.message_bar import MessageBar
from clickpose_app.gui.numbers import NumbersRoom
from clickpose_app.gui.panels import PosePanel
from clickpose_app.gui.pixels import Picture, PictureLoader
from clickpose_app.gui.places import places_of
from clickpose_app.gui.placing import Placing
from clickpose_app.gui.pointer import Pointer
from clickpose_app.gui.review import Review
from clickpose_app.gui.review_grid import ReviewGrid
from clickpose_app.gui.same_joint import SameJoint
from clickpose_app.gui.seeing import Seeing
from clickpose_app.gui.session import Session
from clickpose_app.gui.settings import Settings
from clickpose_app.gui.sheet import CheatSheet
from clickpose_app.gui.shell import LoadNetwork, Shell
from clickpose_app.gui.skeleton_choice import SkeletonChooser
from clickpose_app.gui.stopwatch import Stopwatch
from clickpose_app.gui.suggestions import Suggestions
from clickpose_app.gui.texts import tr
from clickpose_app.gui.view_keeper import ViewKeeper

log = logging.getLogger(__name__)

_NOTICE_MS = 8000


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
    ) -> None:
        """Build the window around its parts; nothing is open yet."""
        super().__init__()
        self.session, self.browser = session, browser
        self._inference, self._loader = inference, loader
        self.skeletons = SkeletonChooser(self, session, browser, inference)
        self.files = Files(self, browser, export, places_of(settings))
        self.shell = Shell(self, inference, settings, load, demo)
        self.canvas = Canvas()
        self.gestures = Gestures(session, browser, self.canvas)
        self.seeing = Seeing(session, self.canvas)
        pointer = Pointer(self.canvas)
        self.clipboard = PoseClipboard(session, browser, inference, pointer)
        self.placing = Placing(session, browser, self.canvas)
        self.suggestions = Suggestions(session, browser, self.canvas, pointer, self.placing)
        self.images, self.poses = ImagePanel(), PosePanel()
        self.messages = MessageBar()
        self.same_joint = SameJoint(session, browser, self.canvas)
        self.review_grid = ReviewGrid(session, browser, self)
        self.review = Review(session, browser, self.images, self.canvas)
        self._activity, self._network = QLabel(), QLabel(tr("network not loaded yet"))
        self._busy_files = ""
        self._busy_network = ""
        self.stopwatch = Stopwatch(self, browser, session)
        self.numbers = NumbersRoom(self, browser, self.stopwatch)
        self.actions_by_name = make_actions(self, self._handlers())
        self._build()
        self._connect()
        self.seeing.restore(self.actions_by_name)
        self.view_keeper = ViewKeeper(self.canvas, browser, session)
        for keeper in (self.stopwatch, self.view_keeper):
            keeper.failed.connect(self.messages.say)
        self.numbers.notice.connect(self._on_notice)
        self._show_all()

    # Building

    def _build(self) -> None:
        self.setWindowTitle("ClickPose")
        self.resize(1400, 900)
        self.setAcceptDrops(True)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.review.bar)
        layout.addWidget(self.same_joint.bar)
        layout.addWidget(self.canvas, 1)
        splitter = QSplitter()
        splitter.setObjectName("panels")
        splitter.setChildrenCollapsible(False)
        for widget, stretch in ((self.images, 0), (middle, 1), (self.poses, 0)):
            splitter.addWidget(widget)
            splitter.setStretchFactor(splitter.count() - 1, stretch)
        splitter.setSizes([280, 790, 330])
        self.setCentralWidget(self.shell.around(self.messages, splitter))
        self._build_menus()
        for label in (self._activity, self._network):
            self.statusBar().addPermanentWidget(label)

    def _build_menus(self) -> None:
        bar = ToolBar(tr("Tools"), self)
        fill_menus(self.menuBar(), self.actions_by_name)
        fill_tool_bar(bar, self.actions_by_name)
        self.addToolBar(bar)
        self._icons = ActionIcons(self.actions_by_name, bar)
        self.actions_by_name["refining"].setChecked(True)
        self.actions_by_name["suggestions"].setChecked(True)

    def _handlers(self) -> dict[str, Callable[[], object]]:
        session, browser, canvas, files = self.session, self.browser, self.canvas, self.files
        return {
            "open_folder": files.open_folder,
            "open_image": files.open_image,
            "open_coco": files.open_coco,
            "open_project": files.open_project,
            "export": files.export,
            "quit": self.close,
            "undo": session.undo,
            "redo": session.redo,
            "escape": self._on_escape,
            "new_person": lambda: canvas.use_tool(Tool.NEW_PERSON),
            "box": lambda: self._for_person(lambda _: canvas.use_tool(Tool.BOX)),
            "next_person": lambda: self._step_person(1),
            "swap": lambda: self._for_person(session.swap_sides),
            "delete": lambda: self._for_person(session.delete_person),
            "visibility": lambda: self._for_joint(session.cycle_visibility),
            "place": lambda: self._for_joint(lambda _p, _k: canvas.use_tool(Tool.PLACE)),
            "unpin": lambda: self._for_joint(session.unpin),
            "refine": lambda: self._for_person(session.refine_again),
            "refining": self._on_refining_toggled,
            "previous": lambda: browser.go(-1),
            "next": lambda: browser.go(1),
            "fit": canvas.fit,
            "zoom_in": lambda: canvas.zoom(1.25),
            "zoom_out": lambda: canvas.zoom(0.8),
            **self.gestures.handlers(),
            **self.seeing.handlers(),
            "previous_person": lambda: self._step_person(-1),
            **self.placing.handlers(),
            **self.suggestions.handlers(),
            **self.clipboard.handlers(),
            "cheat_sheet": lambda: CheatSheet(self).exec(),
            **self.skeletons.handlers(),
            "find_joint": self.poses.joint_filter.take_focus,
            **self.numbers.handlers(),
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
        self.review.take_actions(self.actions_by_name)
        self.poses.target_chosen.connect(session.select)
        self.poses.visibility_clicked.connect(self._on_poses_visibility_clicked)
        self.poses.place_wanted.connect(lambda _k: canvas.use_tool(Tool.PLACE))
        session.annotation_changed.connect(self._on_session_annotation_changed)
        session.person_followed.connect(canvas.note_followed)
        session.selection_changed.connect(self._on_session_selection_changed)
        browser.project_opened.connect(self._on_browser_project_opened)
        browser.image_opened.connect(self._on_browser_image_opened)
        browser.picture_ready.connect(self._on_browser_picture_ready)
        browser.record_changed.connect(self.images.refresh)
        browser.list_changed.connect(self._on_browser_list_changed)
        self.review_grid.target_chosen.connect(self._on_grid_target_chosen)
        for source in (session, browser, self.files, self.review_grid):
            source.failed.connect(self.messages.say)
        for speaker in (
            session,
            self.files,
            self.gestures,
            self.seeing,
            self.review,
            self.same_joint,
            self.placing,
            self.suggestions,
            self.clipboard,
        ):
            speaker.notice.connect(self._on_notice)
        for worker in (self._inference, self._loader):
            worker.failed.connect(self.show_failure)
        self._inference.activity_changed.connect(self._on_inference_activity_changed)
        self._inference.ready.connect(self._on_inference_ready)
        self._inference.unavailable.connect(self._on_inference_unavailable)
        self.files.activity_changed.connect(self._on_files_activity_changed)
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
        if isinstance(error, ClickPoseError):
            self.messages.say(error.message, error.hint)
            return
        log.info("%s failed", what, exc_info=error)
        doing = what.rstrip("…")
        self.messages.say(
            tr("While {doing}, something unexpected went wrong: {kind}: {error}").format(
                doing=doing, kind=type(error).__name__, error=error
            ),
            tr("Your annotations are safe; you can go on."),
        )

    def _for_person(self, act: Callable[[str], object]) -> None:
        person = self.session.person
        if person is None:
            self._on_notice(tr("Select a person first: click one, or press Tab."))
        else:
            act(person.id)

    def _for_joint(self, act: Callable[[str, int], object]) -> None:
        person, k = self.session.person, self.session.keypoint
        if person is None or k is None:
            self._on_notice(tr("Select a joint first: click one, or choose it in the list."))
        else:
            act(person.id, k)

    def _on_escape(self) -> None:
        session = self.session
        if self.canvas.escape():
            return
        if session.keypoint is not None:
            session.select(session.person_id)
        elif session.person_id is not None:
            session.select(None)
        else:
            self.messages.hide()

    def _step_person(self, step: int) -> None:
        ids = [person.id for person in self.session.annotation.people]
        if ids:
            # From nobody, the first step forward is the first person and back is the last.
            nobody = -1 if step > 0 else 0
            at = ids.index(self.session.person_id) if self.session.person_id in ids else nobody
            self.session.select(ids[(at + step) % len(ids)])

    def _on_refining_toggled(self) -> None:
        self.session.refining = self.actions_by_name["refining"].isChecked()
        if self.session.refining:
            self._on_notice(tr("Other joints follow each correction."))
        else:
            self._on_notice(tr("Other joints stay where they are."))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Digits choose a person."""
        ids = [person.id for person in self.session.annotation.people]
        number = event.key() - Qt.Key.Key_0
        if not event.modifiers() and 1 <= number <= min(9, len(ids)):
            self.session.select(ids[number - 1])
        else:
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
        """Vanish at once, then wait for what still runs."""
        self.hide()
        self.shell.close()
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

    # What the session and the browser tell

    def _on_session_annotation_changed(self) -> None:
        self.canvas.show_annotation(self.session.annotation)
        self._show_poses()

    def _on_session_selection_changed(self) -> None:
        self.canvas.show_selection(self.session.person_id, self.session.keypoint)
        self._show_poses()

    def _on_browser_project_opened(self) -> None:
        self.images.open_images(self.browser.images)
        self._on_browser_list_changed()
        self.canvas.show_picture(None, None)
        self._show_all()

    def _on_browser_list_changed(self) -> None:
        self.images.show_images(self.browser.images, self.browser.path_of)

    def _on_browser_image_opened(self) -> None:
        project = self.browser.project
        self.canvas.use_tool(Tool.SELECT)
        self.canvas.show_picture(None, project.skeleton if project is not None else None)
        self.images.show_row(self.browser.row)
        self.messages.hide()
        self._show_all()

    def _on_browser_picture_ready(self, picture: Picture) -> None:
        project = self.browser.project
        if project is not None:
            self.canvas.show_picture(picture.pyramid, project.skeleton)
            self.canvas.show_annotation(self.session.annotation)

    def _show_all(self) -> None:
        record, project = self.browser.record, self.browser.project
        self.shell.show_desk(record is not None)
        if project is None or record is None:
            self.setWindowTitle("ClickPose")
        else:
            kept = " " + tr("(read-only)") if project.read_only else ""
            self.setWindowTitle(f"{record.file_name} — {project.path.name}{kept} — ClickPose")
        self._show_poses()

    def _show_poses(self) -> None:
        session, project = self.session, self.browser.project
        skeleton = project.skeleton if project is not None else None
        self.poses.show_annotation(
            session.annotation, skeleton, session.person_id, session.keypoint
        )
        history = session.history
        for name, possible, step, menu, button in (
            ("undo", history.can_undo, history.undo_label, tr("&Undo {step}"), tr("Undo")),
            ("redo", history.can_redo, history.redo_label, tr("&Redo {step}"), tr("Redo")),
        ):
            action = self.actions_by_name[name]
            action.setEnabled(possible)
            action.setText(menu.format(step=step).rstrip())
            action.setIconText(button)

    # What runs where

    def _on_notice(self, text: str) -> None:
        self.statusBar().showMessage(text, _NOTICE_MS)

    def _on_inference_ready(self, facts: NetworkFacts) -> None:
        self._network.setText(facts.description)

    def _on_inference_unavailable(self, error: Exception) -> None:
        self._network.setText(tr("no network: joints are placed by hand"))
        self.show_failure(tr("loading the network"), error)

    def _on_inference_activity_changed(self, what: str) -> None:
        self._busy_network = what
        self._activity.setText(self._busy_files or what)

    def _on_files_activity_changed(self, what: str) -> None:
        self._busy_files = what
        self._activity.setText(what or self._busy_network)
