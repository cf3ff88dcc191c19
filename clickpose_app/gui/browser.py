"""Which project is open, which of its images is shown, and which comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from clickpose_app.core.annotation import ImageAnnotation, ImageState
from clickpose_app.core.need import need_of
from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.image_list import ImageList, Order, View
from clickpose_app.gui.inference import ImageSource, Inference
from clickpose_app.gui.pixels import Picture, PictureLoader
from clickpose_app.gui.texts import told_error, tr
from clickpose_app.storage.project import ImageRecord, Project

_LAST_IMAGE = "window.last_image"
_ORDER = "window.image_order"


class Browser(QObject):
    """Walks through the images of a project, decoding and encoding the next one ahead."""

    project_opened = Signal()
    """Another project, or none, with another list of images."""
    image_opened = Signal()
    """Another image is current; its picture may come later."""
    picture_ready = Signal(object)
    """The Picture of the current image."""
    record_changed = Signal(int)
    """The row whose state, need, note or size has changed."""
    list_changed = Signal()
    """Other images are listed, or in another order."""
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
        self.images = ImageList()
        self.row = -1
        self.picture: Picture | None = None
        self.may_leave: Callable[[], bool] = lambda: True  # until somebody has reasons to stay

    @property
    def records(self) -> list[ImageRecord]:
        """All images in the order they came, listed or not; a row is an index of it."""
        return self.images.records

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
            order = project.setting(_ORDER)
        except ClickPoseError:
            project.close()
            raise
        self.close()
        self.project, self.images = project, ImageList(records)
        self._rows = {record.id: row for row, record in enumerate(records)}
        if order in (known.value for known in Order):
            self.images.show(View(order=Order(order)))
        rows = (row for row, record in enumerate(records) if record.file_name == last)
        first = int(self.images.shown[0]) if records else 0
        self.project_opened.emit()
        self.open_image(next(rows, first))

    def open_image(self, row: int) -> None:
        """Show the image of a row; rows that do not exist are ignored."""
        project = self.project
        if project is None or not 0 <= row < len(self.records) or row == self.row:
            return
        back = self.images.step(self.row, -1)
        self._step = -1 if row == back else 1
        self.row, self.picture = row, None
        record = self.records[row]
        self.image_opened.emit()
        try:
            path = project.image_path(record)
        except ClickPoseError as error:
            self.failed.emit(*told_error(error))
            return
        try:
            if not project.read_only:
                project.set_setting(_LAST_IMAGE, record.file_name)
        except ClickPoseError as error:
            self.failed.emit(*told_error(error))  # the image can be shown all the same

        def done(picture: Picture) -> None:
            if self.record is not None and self.record.id == record.id:
                self._show(picture)

        self._loader.load(path, done)

    def go(self, step: int) -> bool:
        """Show the image listed so many places further on; False at the ends."""
        row = self.images.step(self.row, step)
        self.open_image(row)
        return row >= 0

    def reload(self) -> None:
        """Show the project as if it had just been opened, at the same image.

        For what changes a project as a whole: whoever keeps anything of it starts afresh.
        """
        row, self.row, self.picture = self.row, -1, None
        self.project_opened.emit()
        self.open_image(row)

    def show_view(self, view: View) -> None:
        """List other images, or in another order; the one that is shown stays."""
        before = self.images.view
        self.images.show(view)
        self.list_changed.emit()
        project = self.project
        if project is None or project.read_only or before.order is view.order:
            return
        try:
            project.set_setting(_ORDER, view.order.value)
        except ClickPoseError as error:
            self.failed.emit(*told_error(error))

    def add_images(self, names: Iterable[str]) -> None:
        """Add images that were found after the project was opened, at the end.

        Raises:
            ProjectError: if they cannot be stored.
        """
        project = self.project
        if project is None:
            return
        names = list(names)
        ids = project.add_images((name, None, None) for name in names)
        added = [
            ImageRecord(image_id, name, None, None, ImageState.NEW)
            for image_id, name in zip(ids, names, strict=True)
            if image_id not in self._rows
        ]
        known = len(self.records)
        self._rows.update({record.id: known + i for i, record in enumerate(added)})
        self.images.extend(added)
        self.list_changed.emit()

    def note_annotation(self, image_id: int, annotation: ImageAnnotation) -> None:
        """Keep the list true after the annotation of an image was stored."""
        row = self._rows[image_id]
        before = self.records[row]
        state, need, note = annotation.state, need_of(annotation), annotation.note
        if (before.state, before.need, before.note) != (state, need, note):
            self.images.update(row, replace(before, state=state, need=need, note=note))
            self.record_changed.emit(row)

    def row_of(self, image_id: int) -> int:
        """The row of an image; KeyError if it is not in the project."""
        return self._rows[image_id]

    def record_of(self, image_id: int) -> ImageRecord:
        """The record of an image; KeyError if it is not in the project."""
        return self.records[self._rows[image_id]]

    def path_of(self, row: int) -> Path | None:
        """Where the image of a row lies; None if it may not be read from there."""
        try:
            return None if self.project is None else self.project.image_path(self.records[row])
        except ClickPoseError:
            return None  # said when it is opened

    def shut(self) -> None:
        """Close the project and show that none is open, if it may be left."""
        if self.may_leave():
            self.close()
            self.project_opened.emit()

    def close(self) -> None:
        """Close the project, if one is open, without a word: at the end, or before the next."""
        if self.project is not None:
            self.closing.emit()
            self.project.close()
        self.project, self.images, self._rows = None, ImageList(), {}
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
            self.failed.emit(*told_error(error))
            return
        self.images.update(self.row, replace(record, width=width, height=height))
        self.record_changed.emit(self.row)
        if record.width is not None and record.state is not ImageState.NEW:
            now, then = f"{width} x {height}", f"{record.width} x {record.height}"
            self.failed.emit(
                tr("{name} is {now} pixels now; it was {then} when it was annotated.").format(
                    name=record.file_name, now=now, then=then
                ),
                tr("Check its joints, or bring the old file back."),
            )

    def _look_ahead(self) -> None:
        row = self.images.step(self.row, self._step)
        path = self.path_of(row) if row >= 0 else None
        if path is None:
            return
        find = self.records[row].state is ImageState.NEW
        self._loader.look_ahead(
            path, lambda picture: self._inference.look_ahead(self._source_of(picture), find=find)
        )

    def _source_of(self, picture: Picture) -> ImageSource:
        # Of this very file: one that takes its place is another image to the network.
        return ImageSource((picture.path, picture.stamp), lambda: picture.array)
