"""Which project is open, which of its images is shown, and which comes next."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from clickpose_app.core.annotation import ImageState
from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.inference import ImageSource, Inference
from clickpose_app.gui.pixels import Picture, PictureLoader
from clickpose_app.storage.project import ImageRecord, Project

_LAST_IMAGE = "window.last_image"


class Browser(QObject):
    """Walks through the images of a project, decoding and encoding the next one ahead."""

    project_opened = Signal()
    """Another project, or none, with another list of images."""
    image_opened = Signal()
    """Another image is current; its picture may come later."""
    picture_ready = Signal(object)
    """The Picture of the current image."""
    record_changed = Signal(int)
    """The row whose state or size has changed."""
    failed = Signal(str, str)
    """A sentence and a way out."""
    closing = Signal()
    """The project is about to be closed: the last chance to write to it."""

    def __init__(
        self, loader: PictureLoader, inference: Inference, parent: QObject | None = None
    ) -> None:
        """Start with no project."""
        super().__init__(parent)
        self._loader = loader
        self._inference = inference
        self._rows: dict[int, int] = {}
        self._step = 1
        self.project: Project | None = None
        self.records: list[ImageRecord] = []
        self.row = -1
        self.picture: Picture | None = None

    @property
    def record(self) -> ImageRecord | None:
        """The current image, or None."""
        return self.records[self.row] if 0 <= self.row < len(self.records) else None

    @property
    def source(self) -> ImageSource | None:
        """The current image for the network; None until its pixels are there."""
        return None if self.picture is None else self._source_of(self.picture)

    def open_project(self, project: Project, file_name: str = "") -> None:
        """Take over a project (closing the one before) and show an image.

        Args:
            project: owned from now on.
            file_name: of the image to show; where one left off when empty or unknown.
        """
        try:
            records = project.images()
            last = file_name or project.setting(_LAST_IMAGE)
        except ClickPoseError:
            project.close()
            raise
        self.close()
        self.project, self.records = project, records
        self._rows = {record.id: row for row, record in enumerate(records)}
        names = (row for row, record in enumerate(records) if record.file_name == last)
        self.project_opened.emit()
        self.open_image(next(names, 0))

    def open_image(self, row: int) -> None:
        """Show the image of a row; rows that do not exist are ignored."""
        project = self.project
        if project is None or not 0 <= row < len(self.records) or row == self.row:
            return
        self._step = -1 if row == self.row - 1 else 1
        self.row, self.picture = row, None
        record = self.records[row]
        self.image_opened.emit()
        try:
            if not project.read_only:
                project.set_setting(_LAST_IMAGE, record.file_name)
            path = project.image_path(record)
        except ClickPoseError as error:
            self.failed.emit(error.message, error.hint)
            return

        def done(picture: Picture) -> None:
            if self.record is not None and self.record.id == record.id:
                self._show(picture)

        self._loader.load(path, done)

    def go(self, step: int) -> None:
        """Show the image so many rows further on; stays at the ends."""
        self.open_image(self.row + step)

    def reload(self) -> None:
        """Show the project as if it had just been opened, at the same image.

        For what changes a project as a whole: whoever keeps anything of it starts afresh.
        """
        row, self.row, self.picture = self.row, -1, None
        self.project_opened.emit()
        self.open_image(row)

    def set_state(self, image_id: int, state: ImageState) -> None:
        """Note how far the work on an image has come."""
        row = self._rows[image_id]
        if self.records[row].state is not state:
            self.records[row] = replace(self.records[row], state=state)
            self.record_changed.emit(row)

    def shut(self) -> None:
        """Close the project and show that none is open."""
        self.close()
        self.project_opened.emit()

    def close(self) -> None:
        """Close the project, if one is open, without a word: at the end, or before the next."""
        if self.project is not None:
            self.closing.emit()
            self.project.close()
        self.project, self.records, self._rows = None, [], {}
        self.row, self.picture = -1, None

    def _show(self, picture: Picture) -> None:
        self.picture = picture
        self._note_size(picture)
        self.picture_ready.emit(picture)
        self._look_ahead()

    def _note_size(self, picture: Picture) -> None:
        record, project = self.records[self.row], self.project
        height, width = picture.array.shape[:2]
        if project is None or project.read_only or (record.width, record.height) == (width, height):
            return
        try:
            project.set_image_size(record.id, width, height)
        except ClickPoseError as error:
            self.failed.emit(error.message, error.hint)
            return
        self.records[self.row] = replace(record, width=width, height=height)
        self.record_changed.emit(self.row)

    def _look_ahead(self) -> None:
        row, project = self.row + self._step, self.project
        if project is None or not 0 <= row < len(self.records):
            return
        record = self.records[row]
        try:
            path = project.image_path(record)
        except ClickPoseError:
            return  # said when it is opened
        find = record.state is ImageState.NEW
        self._loader.look_ahead(
            path, lambda picture: self._inference.look_ahead(self._source_of(picture), find=find)
        )

    def _source_of(self, picture: Picture) -> ImageSource:
        path = picture.path
        return ImageSource(path, lambda: self._loader.read(path).array)
