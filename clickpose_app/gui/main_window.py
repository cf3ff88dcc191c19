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
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.actions import ACTIONS, make_actions
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.canvas import Canvas, Tool
from clickpose_app.gui.files import Exporter, Files
from clickpose_app.gui.inference import Inference, NetworkFacts
from clickpose_app.gui.message_bar import MessageBar
from clickpose_app.gui.panels import ImagePanel, PosePanel
from clickpose_app.gui.pixels import Picture, PictureLoader
from clickpose_app.gui.places import places_of
from clickpose_app.gui.session import Session
from clickpose_app.gui.settings import Settings
from clickpose_app.gui.shell import LoadNetwork, Shell

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
        self.files = Files(self, browser, export, places_of(settings))
        self.shell = Shell(self, inference, settings, load, demo)
        self.canvas = Canvas()
        self.images, self.poses = ImagePanel(), PosePanel()
        self.messages = MessageBar()
        self._activity, self._network = QLabel(), QLabel("network not loaded yet")
        self._busy_files = ""
        self._busy_network = ""
        self.actions_by_name = make_actions(self, self._handlers())
        self._build()
        self._connect()
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
        layout.addWidget(self.canvas, 1)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        for widget, stretch in ((self.images, 0), (middle, 1), (self.poses, 0)):
            splitter.addWidget(widget)
            splitter.setStretchFactor(splitter.count() - 1, stretch)
        splitter.setSizes([240, 830, 330])
        self.setCentralWidget(self.shell.around(self.messages, splitter))
        self._build_menus()
        for label in (self._activity, self._network):
            self.statusBar().addPermanentWidget(label)

    def _build_menus(self) -> None:
        bar = QToolBar("Tools", self)
        bar.setMovable(False)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        menus = {}
        for spec in ACTIONS:
            if spec.menu not in menus:
                menus[spec.menu] = self.menuBar().addMenu(f"&{spec.menu}")
                if bar.actions():
                    bar.addSeparator()
            action = self.actions_by_name[spec.name]
            menus[spec.menu].addAction(action)
            if spec.toolbar:
                action.setIconText(spec.toolbar)
                bar.addAction(action)
        self.addToolBar(bar)
        self.actions_by_name["refining"].setChecked(True)

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
            "next_person": self._on_next_person,
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
        self.images.row_chosen.connect(browser.open_image)
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
        for source in (session, browser, self.files):
            source.failed.connect(self.messages.say)
        for source in (session, self.files):
            source.notice.connect(self._on_notice)
        for worker in (self._inference, self._loader):
            worker.failed.connect(self.show_failure)
        self._inference.activity_changed.connect(self._on_inference_activity_changed)
        self._inference.ready.connect(self._on_inference_ready)
        self._inference.unavailable.connect(self._on_inference_unavailable)
        self.files.activity_changed.connect(self._on_files_activity_changed)

    # What the person asks for

    def open_path(self, path: Path) -> None:
        """Open a folder, image, COCO JSON or project."""
        self.files.open(path)

    def warm_up(self) -> None:
        """Load the network, so that it is there when it is wanted."""
        self._inference.warm_up()

    def show_failure(self, what: str, error: Exception) -> None:
        """Say what went wrong; the person can go on."""
        if isinstance(error, ClickPoseError):
            self.messages.say(error.message, error.hint)
            return
        log.info("%s failed", what, exc_info=error)
        doing = what.rstrip("…")
        self.messages.say(
            f"While {doing}, something unexpected went wrong: {type(error).__name__}: {error}",
            "Your annotations are safe; you can go on.",
        )

    def _for_person(self, act: Callable[[str], object]) -> None:
        person = self.session.person
        if person is None:
            self._on_notice("Select a person first: click one, or press Tab.")
        else:
            act(person.id)

    def _for_joint(self, act: Callable[[str, int], object]) -> None:
        person, k = self.session.person, self.session.keypoint
        if person is None or k is None:
            self._on_notice("Select a joint first: click one, or choose it in the list.")
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

    def _on_next_person(self) -> None:
        ids = [person.id for person in self.session.annotation.people]
        if ids:
            at = ids.index(self.session.person_id) if self.session.person_id in ids else -1
            self.session.select(ids[(at + 1) % len(ids)])

    def _on_refining_toggled(self) -> None:
        self.session.refining = self.actions_by_name["refining"].isChecked()
        follow = "follow each correction" if self.session.refining else "stay where they are"
        self._on_notice(f"Other joints {follow}.")

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

    # What the session and the browser tell

    def _on_session_annotation_changed(self) -> None:
        self.canvas.show_annotation(self.session.annotation)
        self._show_poses()

    def _on_session_selection_changed(self) -> None:
        self.canvas.show_selection(self.session.person_id, self.session.keypoint)
        self._show_poses()

    def _on_browser_project_opened(self) -> None:
        self.images.show_records(self.browser.records)
        self.canvas.show_picture(None, None)
        self._show_all()

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
            self.canvas.show_picture(picture.image, project.skeleton)
            self.canvas.show_annotation(self.session.annotation)

    def _show_all(self) -> None:
        record, project = self.browser.record, self.browser.project
        self.shell.show_desk(record is not None)
        if project is None or record is None:
            self.setWindowTitle("ClickPose")
        else:
            kept = " (read-only)" if project.read_only else ""
            self.setWindowTitle(f"{record.file_name} — {project.path.name}{kept} — ClickPose")
        self._show_poses()

    def _show_poses(self) -> None:
        session, project = self.session, self.browser.project
        skeleton = project.skeleton if project is not None else None
        self.poses.show_annotation(
            session.annotation, skeleton, session.person_id, session.keypoint
        )
        history = session.history
        for name, possible, label in (
            ("undo", history.can_undo, history.undo_label),
            ("redo", history.can_redo, history.redo_label),
        ):
            action = self.actions_by_name[name]
            action.setEnabled(possible)
            action.setText(f"&{name.capitalize()} {label}".rstrip())
            action.setIconText(name.capitalize())

    # What runs where

    def _on_notice(self, text: str) -> None:
        self.statusBar().showMessage(text, _NOTICE_MS)

    def _on_inference_ready(self, facts: NetworkFacts) -> None:
        self._network.setText(facts.description)

    def _on_inference_unavailable(self, error: Exception) -> None:
        self._network.setText("no network: joints are placed by hand")
        self.show_failure("loading the network", error)

    def _on_inference_activity_changed(self, what: str) -> None:
        self._busy_network = what
        self._activity.setText(self._busy_files or what)

    def _on_files_activity_changed(self, what: str) -> None:
        self._busy_files = what
        self._activity.setText(what or self._busy_network)
