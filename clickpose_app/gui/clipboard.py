"""Poses that are copied: to another place, the next image or another window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from clickpose_app.core import edits, transfer
from clickpose_app.core.annotation import ImageAnnotation, ImageState, Person
from clickpose_app.core.geometry import FloatArray
from clickpose_app.core.predictor import PredictedPose
from clickpose_app.core.suggestions import is_same
from clickpose_app.core.thresholds import SCORE_THRESHOLD
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.inference import Inference
from clickpose_app.gui.pointer import Pointer
from clickpose_app.gui.session import Session
from clickpose_app.gui.texts import tr

_BESIDE = 20.0  # screen pixels that a copy lies beside its original when no cursor says where


class PoseClipboard(QObject):
    """Copies and pastes the selected person through the clipboard of the system.

    A pasted joint is a start for the network, not a person's word, so it is not pinned.
    """

    notice = Signal(str)
    """A sentence for the status line."""

    def __init__(
        self, session: Session, browser: Browser, inference: Inference, pointer: Pointer
    ) -> None:
        """Nothing is copied yet."""
        super().__init__(session)
        self._session, self._browser, self._pointer = session, browser, pointer
        self._waiting: tuple[int, Person] | None = None
        browser.image_opened.connect(self._on_browser_image_opened)
        session.network.poses_found.connect(self._deliver)
        inference.unavailable.connect(self._deliver)
        inference.failed.connect(self._deliver)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What its actions do."""
        return {
            "copy_pose": self.copy,
            "paste_pose": self.paste,
            "copy_to_next": self.copy_to_next,
            "delete_untouched": self.delete_untouched,
        }

    def copy(self) -> None:
        """Copy the selected person's pose."""
        person, project = self._session.chosen_pose(), self._browser.project
        if person is None or project is None:
            return
        text = transfer.pose_to_text(person, project.skeleton, self._origin())
        QGuiApplication.clipboard().setText(text)
        self.notice.emit(tr("Pose copied. Ctrl+V pastes it at the cursor."))

    def paste(self) -> None:
        """Paste a pose: at the cursor, or where it was if it comes from another image."""
        project, record = self._browser.project, self._browser.record
        if project is None or record is None:
            self.notice.emit(tr("Open an image first."))
            return
        try:
            copied = transfer.pose_from_text(QGuiApplication.clipboard().text(), project.skeleton)
        except ValueError:
            self.notice.emit(
                tr("The copied pose is damaged or fits no joint of this project's skeleton.")
            )
            return
        if copied is None:
            self.notice.emit(tr("There is no pose to paste: copy one with Ctrl+C."))
            return
        person = copied.person
        if copied.origin == self._origin():
            person = self._placed(person)
        self._add(self._session.annotation, person, tr("Paste pose"))

    def copy_to_next(self) -> None:
        """Go to the next image and put the selected person's pose there."""
        person, project = self._session.chosen_pose(), self._browser.project
        if person is None or project is None:
            return
        if self._browser.row + 1 >= len(self._browser.records):
            self.notice.emit(tr("This is the last image."))
            return
        text = transfer.pose_to_text(person, project.skeleton, self._origin())
        copied = transfer.pose_from_text(text, project.skeleton)
        assert copied is not None  # it was written a line above
        record = self._browser.records[self._browser.row + 1]
        self._waiting = (record.id, copied.person)
        self._browser.go(1)

    def delete_untouched(self) -> None:
        """Delete everybody whom the network found and nobody has touched."""
        annotation = self._session.annotation
        ids = [p.id for p in annotation.people if transfer.untouched(p, SCORE_THRESHOLD)]
        if not ids:
            self.notice.emit(tr("Somebody has touched every person on this image."))
            return
        if self._session.apply(transfer.without(annotation, ids), tr("Delete untouched people")):
            self.notice.emit(tr("%n person(s) deleted.", len(ids)))

    def _origin(self) -> str:
        project, record = self._browser.project, self._browser.record
        if project is None or record is None:
            return ""
        return f"{project.path.name}/{record.file_name}"

    def _placed(self, person: Person) -> Person:
        """The copy beside the original, or with its middle under the cursor."""
        box, spot = person.box, self._pointer.spot
        if spot is None:
            step = _BESIDE * self._pointer.pixel
            return transfer.moved(person, step, step)
        dx, dy = spot.x() - (box.x1 + box.x2) / 2, spot.y() - (box.y1 + box.y2) / 2
        return transfer.moved(person, dx, dy)

    def _add(self, annotation: ImageAnnotation, person: Person, label: str) -> None:
        record = self._browser.record
        if record is not None and record.width and record.height:
            person = transfer.inside(person, record.width, record.height)
        if self._session.apply(edits.add_person(annotation, person), label):
            self._session.select(person.id)

    # A pose that waits for the people of its image

    def _deliver(self) -> None:
        waiting, record = self._waiting, self._browser.record
        self._waiting = None
        project = self._browser.project
        if waiting is None or record is None or record.id != waiting[0] or project is None:
            return
        annotation, person = self._session.annotation, waiting[1]
        # The network has found them too; the annotator's pose is the one that was asked for.
        twins = _twin(person, annotation, project.skeleton.sigma_array)
        if twins:
            annotation = transfer.without(annotation, twins)
        self._add(annotation, person, tr("Copy pose from the image before"))

    def _on_browser_image_opened(self) -> None:
        if self._waiting is None:
            return
        record = self._browser.record
        if record is None or record.id != self._waiting[0]:
            self._waiting = None
        elif record.state is not ImageState.NEW or not self._session.network.has_network:
            self._deliver()
        else:
            self.notice.emit(tr("The pose comes as soon as the network has found the people here."))


def _twin(person: Person, annotation: ImageAnnotation, sigmas: FloatArray) -> list[str]:
    """The one whom the network found where this person is, as a list of at most one id."""
    pose = PredictedPose(person.xy, person.labelled.astype(float), person.box, 1.0)
    found = [
        other
        for other in annotation.people
        if transfer.untouched(other, SCORE_THRESHOLD) and is_same(pose, other, sigmas)
    ]
    best = max(found, key=lambda other: other.box.iou(person.box), default=None)
    return [] if best is None else [best.id]
