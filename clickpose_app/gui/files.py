"""Opening and exporting: dialogs here, the slow part on a worker thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.exported import Exported, shortcomings
from clickpose_app.gui.image_list import Order, View
from clickpose_app.gui.opening import (
    ImageRootUnknownError,
    Prepared,
    new_names,
    prepare,
    project_file_of,
)
from clickpose_app.gui.places import Places
from clickpose_app.gui.texts import told, told_error, told_in_full, tr
from clickpose_app.gui.worker import Worker
from clickpose_app.storage.project import PROJECT_SUFFIX, Project, ProjectInUseError

T = TypeVar("T")

_ADDED_AT_ONCE = 2000  # images; a moment

Exporter = Callable[[Path, Path], Exported]
"""Writes the project of the first path to the second."""


class Files(QObject):
    """Opens what the person names, and writes COCO JSON."""

    failed = Signal(str, str)
    """A sentence and a way out."""
    notice = Signal(str)
    """A sentence for the status line."""
    activity_changed = Signal(str)
    """What runs now; empty when nothing does."""

    def __init__(
        self,
        window: QWidget,
        browser: Browser,
        export: Exporter,
        places: Callable[[], Places] = Places,
    ) -> None:
        """Ask questions over the window, open projects in the browser; places: of new ones."""
        super().__init__(window)
        self._window = window
        self._browser = browser
        self._export = export
        self._places = places
        self._opening: Path | None = None
        self._stop_looking = Event()
        self._worker = Worker("files")
        self._worker.activity_changed.connect(self.activity_changed)
        self._worker.failed.connect(self._on_worker_failed)

    def open(self, path: Path, *, image_root: Path | None = None) -> None:
        """Open a folder, image, COCO JSON or project; what is there may take a while."""
        if not self._browser.may_leave():
            return
        path, places = path.absolute(), self._places()
        current = self._browser.project
        if current is not None and current.path == project_file_of(path, places).resolve():
            # Opened once more: it must be let go of before it can be looked at.
            self._browser.shut()
        self._opening = path
        self._stop_looking.set()
        self._worker.submit(
            tr("opening {name}…").format(name=path.name),
            lambda: prepare(path, image_root=image_root, places=places),
            self._on_prepared,
            key="open",
        )

    def open_folder(self) -> None:
        """Ask for a folder of images."""
        name = QFileDialog.getExistingDirectory(self._window, tr("Open a folder of images"))
        if name:
            self.open(Path(name))

    def open_image(self) -> None:
        """Ask for one image."""
        self._ask_open(
            tr("Open an image"), tr("Images (*.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp)")
        )

    def open_coco(self) -> None:
        """Ask for a COCO JSON file."""
        self._ask_open(tr("Open COCO keypoints"), tr("COCO JSON (*.json)"))

    def open_project(self) -> None:
        """Ask for a project file."""
        self._ask_open(
            tr("Open a project"), tr("ClickPose projects (*{suffix})").format(suffix=PROJECT_SUFFIX)
        )

    def export(self) -> None:
        """Ask where to, and write COCO JSON there."""
        project = self._browser.project
        if project is None:
            self.notice.emit(tr("Nothing is open that could be exported."))
            return
        proposed = project.path.with_suffix(".coco.json")
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("Export COCO keypoints"), str(proposed), tr("COCO JSON (*.json)")
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, out: Path, write: Exporter | None = None) -> None:
        """Write the project without asking, as COCO JSON unless given what writes."""
        project = self._browser.project
        if project is None:
            return
        source, write = project.path, write or self._export
        self._worker.submit(
            tr("exporting {name}…").format(name=out.name),
            lambda: write(source, out),
            lambda report: self._on_exported(out, report),
            key="export",
        )

    def _on_exported(self, out: Path, report: Exported) -> None:
        said = tr("Exported {people:,} people on {images:,} images to {path}.").format(
            people=report.people, images=report.images, path=out
        )
        self.notice.emit(said)
        amiss = shortcomings(report, out.name)
        if amiss:
            self.failed.emit(said, amiss)

    def work(self, what: str, run: Callable[[], T], done: Callable[[T], None], *, key: str) -> None:
        """Let another room's slow work run on this thread; as Worker.submit()."""
        self._worker.submit(what, run, done, key=key)

    def show_prepared(self, prepared: Prepared) -> None:
        """Open a project file that is there."""
        self._opening = prepared.project
        self._on_prepared(prepared)

    def close(self, timeout_s: float = 10.0) -> bool:
        """Stop; True if the thread has ended."""
        self._stop_looking.set()
        return self._worker.close(timeout_s)

    def _ask_open(self, title: str, kinds: str) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, title, "", kinds)
        if name:
            self.open(Path(name))

    def _on_prepared(self, prepared: Prepared) -> None:
        try:
            project = Project.open(prepared.project)
        except ProjectInUseError as error:
            self._offer_read_only(prepared, error)
            return
        except ClickPoseError as error:
            self.failed.emit(*told_error(error))
            return
        self._take_over(project, prepared)

    def _offer_read_only(self, prepared: Prepared, error: ProjectInUseError) -> None:
        if not self.ask_read_only(prepared.project, told(error.who)):
            return
        try:
            project = Project.open(prepared.project, read_only=True)
        except ClickPoseError as refused:
            self.failed.emit(*told_error(refused))
            return
        self._take_over(project, prepared)

    def _take_over(self, project: Project, prepared: Prepared) -> None:
        try:
            self._browser.open_project(project, prepared.file_name)
        except ClickPoseError as error:
            self.failed.emit(*told_error(error))
            return
        if prepared.notice:
            self.notice.emit(prepared.notice)
        if prepared.scan is not None and not project.read_only:
            self._look_for_new_images(prepared.scan, prepared.partial)

    def _look_for_new_images(self, folder: Path, partial: bool) -> None:
        project = self._browser.project
        known = frozenset(record.file_name for record in self._browser.records)
        self._stop_looking = stop = Event()

        def found(names: list[str]) -> None:
            if names and partial and self._browser.project is project:
                # What was found first is not what comes first.
                self._browser.show_view(View(order=Order.NAME))
            self._add(project, names)

        self._worker.submit(
            tr("looking for new images in {name}…").format(name=folder.name),
            lambda: new_names(folder, known, stop.is_set),
            found,
            key="new images",
            priority=1,
        )

    def _add(self, project: Project | None, names: list[str]) -> None:
        """Add images to that project bit by bit, so that the window stays quick."""
        if not names or project is None or self._browser.project is not project:
            return
        try:
            self._browser.add_images(names[:_ADDED_AT_ONCE])
        except ClickPoseError as error:
            self.failed.emit(*told_error(error))
            return
        QTimer.singleShot(0, self, lambda: self._add(project, names[_ADDED_AT_ONCE:]))

    def ask_read_only(self, path: Path, owner: str) -> bool:
        """Say who has the project open; whether to open it read-only."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("The project is in use"))
        box.setText(tr("{name} is already open: {owner}.").format(name=path.name, owner=owner))
        box.setInformativeText(tr("Close it there, or open it here to look at it only."))
        look = box.addButton(tr("Open read-only"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        return box.clickedButton() is look

    def ask_image_root(self, message: str) -> Path | None:
        """Ask for the folder of a COCO file's images."""
        name = QFileDialog.getExistingDirectory(self._window, message)
        return Path(name) if name else None

    def _on_worker_failed(self, what: str, error: Exception) -> None:
        if isinstance(error, ImageRootUnknownError) and self._opening is not None:
            root = self.ask_image_root(told_in_full(error))
            if root is not None:
                self.open(self._opening, image_root=root)
        elif isinstance(error, ProjectInUseError) and self._opening is not None:
            prepared = Prepared(project_file_of(self._opening, self._places()))
            self._offer_read_only(prepared, error)
        elif isinstance(error, ClickPoseError):
            self.failed.emit(*told_error(error))
        else:
            doing = what.rstrip("…")
            said = tr("While {doing}: {kind}: {error}")
            kind = type(error).__name__
            self.failed.emit(said.format(doing=doing, kind=kind, error=error), "")
