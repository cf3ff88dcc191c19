"""What the window shows of the session and the browser, whenever they have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from clickpose_app.gui.pixels import Picture
from clickpose_app.gui.texts import tr
from clickpose_app.gui.tools import Tool

if TYPE_CHECKING:
    from clickpose_app.gui.main_window import MainWindow


class Showing(QObject):
    """Brings canvas, panels, title and the words of undo up to date."""

    def __init__(self, window: MainWindow) -> None:
        """Follow the session and the browser of that window, whose parts are there."""
        super().__init__(window)
        self._window = window
        self._session, self._browser = window.session, window.browser
        self._canvas, self._images = window.canvas, window.images
        session, browser = self._session, self._browser
        session.annotation_changed.connect(self._on_session_annotation_changed)
        session.person_followed.connect(self._canvas.note_followed)
        session.selection_changed.connect(self._on_session_selection_changed)
        browser.project_opened.connect(self._on_browser_project_opened)
        browser.image_opened.connect(self._on_browser_image_opened)
        browser.picture_ready.connect(self._on_browser_picture_ready)
        browser.record_changed.connect(self._images.refresh)
        browser.list_changed.connect(self._on_browser_list_changed)

    def show_all(self) -> None:
        """Show everything as it is now."""
        record, project = self._browser.record, self._browser.project
        self._window.shell.show_desk(record is not None)
        if project is None or record is None:
            self._window.setWindowTitle("ClickPose")
        else:
            kept = " " + tr("(read-only)") if project.read_only else ""
            self._window.setWindowTitle(
                f"{record.file_name} — {project.path.name}{kept} — ClickPose"
            )
        self._show_poses()

    # What the session and the browser tell

    def _on_session_annotation_changed(self) -> None:
        self._canvas.show_annotation(self._session.annotation)
        self._show_poses()

    def _on_session_selection_changed(self) -> None:
        self._canvas.show_selection(self._session.person_id, self._session.keypoint)
        self._show_poses()

    def _on_browser_project_opened(self) -> None:
        self._images.open_images(self._browser.images)
        self._on_browser_list_changed()
        self._canvas.show_picture(None, None)
        self.show_all()

    def _on_browser_list_changed(self) -> None:
        self._images.show_images(self._browser.images, self._browser.path_of)

    def _on_browser_image_opened(self) -> None:
        project = self._browser.project
        self._canvas.use_tool(Tool.SELECT)
        self._canvas.show_picture(None, project.skeleton if project is not None else None)
        self._images.show_row(self._browser.row)
        self._window.messages.hide()
        self.show_all()

    def _on_browser_picture_ready(self, picture: Picture) -> None:
        project = self._browser.project
        if project is not None:
            self._canvas.show_picture(picture.pyramid, project.skeleton)
            self._canvas.show_annotation(self._session.annotation)

    def _show_poses(self) -> None:
        session, project = self._session, self._browser.project
        skeleton = project.skeleton if project is not None else None
        self._window.poses.show_annotation(
            session.annotation, skeleton, session.person_id, session.keypoint
        )
        history = session.history
        undo = tr("&Undo {step}") if history.undo_label else tr("&Undo")
        redo = tr("&Redo {step}") if history.redo_label else tr("&Redo")
        for name, possible, step, menu, button in (
            ("undo", history.can_undo, history.undo_label, undo, tr("Undo")),
            ("redo", history.can_redo, history.redo_label, redo, tr("Redo")),
        ):
            action = self._window.actions_by_name[name]
            action.setEnabled(possible)
            action.setText(menu.format(step=step))
            action.setIconText(button)
