"""The session: sole writer of annotations; widgets ask it, it asks the network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from clickpose_app.core import edits, placing, review
from clickpose_app.core.annotation import (
    ImageAnnotation,
    ImageState,
    Person,
    Source,
    Visibility,
)
from clickpose_app.core.geometry import Box, FloatArray
from clickpose_app.core.history import History
from clickpose_app.core.keypoint_map import KeypointMap
from clickpose_app.core.predictor import PoseQuery, PredictedPose
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.core.thresholds import SCORE_THRESHOLD
from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.histories import Histories
from clickpose_app.gui.inference import Inference, Timed
from clickpose_app.gui.skeleton_words import by_hand_sentence, joint_name
from clickpose_app.gui.texts import tr


@dataclass(frozen=True)
class _Ticket:
    """What an answer must still fit when it arrives."""

    image_id: int
    revision: int


@dataclass(frozen=True)
class _Wish:
    """A pose that the network owes to one person.

    Attributes:
        in_box: find the pose in the drawn box; otherwise follow the pinned keypoints.
        fill: place the keypoints that nobody has come to yet.
        step: name of the undo step that the answer makes; empty when it joins the newest one.
        before: keypoints before the correction that is followed [K, 2]; None without one.
    """

    in_box: bool = False
    fill: bool = False
    step: str = ""
    before: FloatArray | None = field(default=None, compare=False)


class Session(QObject):
    """Holds the annotation of the image that is shown, its history and the selection.

    Every change goes through here: shown, stored in one transaction, then refined.
    """

    annotation_changed = Signal(object)
    """The ImageAnnotation as it is now."""
    person_followed = Signal(object)
    """A Person before a refinement; comes just before annotation_changed."""
    selection_changed = Signal()
    """Another person or keypoint is selected."""
    poses_found = Signal(object)
    """All PredictedPoses of the image that is shown, the least certain ones included."""
    person_deleted = Signal(object)
    """A Person whom somebody deleted."""
    joints_wanted = Signal(str)
    """Id of a new person for whom no network finds a pose."""
    failed = Signal(str, str)
    """A sentence and a way out, for the person at the desk."""
    notice = Signal(str)
    """A sentence for the status line."""

    def __init__(
        self, browser: Browser, inference: Inference, parent: QObject | None = None
    ) -> None:
        """Follow the browser's images, asking inference for poses."""
        super().__init__(parent)
        self._browser = browser
        self._inference = inference
        self._histories = Histories()
        self._history = History(ImageAnnotation())
        self._revision = 0
        self._misfit_said = False
        self._map: KeypointMap | None = None
        self._finding = False
        self._wishes: dict[str, _Wish] = {}
        self.person_id: str | None = None
        self.keypoint: int | None = None
        self.refining = True
        browser.project_opened.connect(self._on_browser_project_opened)
        browser.image_opened.connect(self._on_browser_image_opened)
        browser.picture_ready.connect(self._on_browser_picture_ready)
        inference.ready.connect(self._on_inference_ready)
        inference.failed.connect(self._on_inference_failed)
        inference.unavailable.connect(self._on_inference_failed)

    @property
    def annotation(self) -> ImageAnnotation:
        """What is annotated on the image that is shown."""
        return self._history.current

    @property
    def history(self) -> History:
        """The steps on the image that is shown; to look at, not to change."""
        return self._history

    @property
    def person(self) -> Person | None:
        """The selected person, if any."""
        return next((p for p in self.annotation.people if p.id == self.person_id), None)

    @property
    def waiting(self) -> bool:
        """Whether the network owes a pose to somebody on this image."""
        return bool(self._wishes)

    @property
    def keypoint_map(self) -> KeypointMap | None:
        """Which of the project's keypoints the network knows; None while either is unknown."""
        facts, project = self._inference.facts, self._browser.project
        if facts is None or project is None:
            return None
        known = self._map
        if known is None or (known.project, known.network) != (project.skeleton, facts.skeleton):
            self._map = known = KeypointMap.between(project.skeleton, facts.skeleton)
        return known

    @property
    def network_fits(self) -> bool:
        """Whether the network knows any keypoint of the project, as far as is known."""
        known = self.keypoint_map
        return known is None or known.shared > 0

    @property
    def has_network(self) -> bool:
        """Whether there is a network for this project, as far as is known."""
        return self._inference.broken is None and self.network_fits

    # Selection

    def select(self, person_id: str | None, keypoint: int | None = None) -> None:
        """Select a person, and one of their keypoints, or nothing."""
        if (person_id, keypoint) != (self.person_id, self.keypoint):
            self.person_id, self.keypoint = person_id, keypoint
            self.selection_changed.emit()

    # Edits by the person at the desk

    def move_keypoint(
        self, person_id: str, k: int, x: float, y: float, *, refine: bool = True
    ) -> None:
        """Put a keypoint where it belongs, pin it, and let the others follow."""
        changed = edits.move_keypoint(self.annotation, person_id, k, x, y)
        person = self.annotation.person(person_id)
        # A joint that was not placed yet has not been wrong either.
        before = np.where(person.labelled[:, None], person.xy, changed.person(person_id).xy)
        follow = _Wish(before=before) if refine and self.refining and self._led_by(k) else None
        self._edit(changed, tr("Move {joint}").format(joint=self._name(k)), person_id, follow)

    def cycle_visibility(self, person_id: str, k: int) -> None:
        """Visible, occluded, not labelled, visible."""
        changed = edits.cycle_visibility(self.annotation, person_id, k)
        self._edit(changed, tr("Visibility of {joint}").format(joint=self._name(k)))

    def set_visibility(self, person_id: str, k: int, visibility: Visibility) -> None:
        """Say how a keypoint is seen."""
        changed = edits.set_visibility(self.annotation, person_id, k, visibility)
        self._edit(changed, tr("Visibility of {joint}").format(joint=self._name(k)))

    def unpin(self, person_id: str, k: int) -> None:
        """Give a keypoint back to the network."""
        if self.annotation.person(person_id).keypoints[k].pinned:
            changed = edits.unpin_keypoint(self.annotation, person_id, k)
            follow = _Wish() if self.refining and self._led_by(k) else None
            self._edit(changed, tr("Unpin {joint}").format(joint=self._name(k)), person_id, follow)

    def swap_sides(self, person_id: str) -> None:
        """Exchange left and right of a person."""
        project = self._browser.project
        if project is not None and self._has_joints(person_id):
            changed = edits.swap_sides(self.annotation, person_id, project.skeleton.mirrored)
            self._edit(changed, tr("Swap left and right"))

    def add_person(self, box: Box) -> None:
        """Add a person in a drawn box; their pose appears when the network has found it."""
        project = self._browser.project
        if project is None:
            return
        person = placing.unplaced_person(len(project.skeleton), box, Source.HUMAN)
        changed = edits.add_person(self.annotation, person)
        if self._edit(changed, tr("Add person"), person.id, _Wish(in_box=True)):
            self.select(person.id)
            if person.id not in self._wishes:
                self.joints_wanted.emit(person.id)

    def set_box(self, person_id: str, box: Box) -> None:
        """Replace a person's box; the joints stay."""
        self._edit(edits.set_box(self.annotation, person_id, box), tr("Change box"))

    def delete_person(self, person_id: str) -> None:
        """Remove a person."""
        person = self.annotation.person(person_id)
        if self._edit(edits.delete_person(self.annotation, person_id), tr("Delete person")):
            self.person_deleted.emit(person)

    def refine_again(self, person_id: str) -> None:
        """Ask the network once more to follow the pinned keypoints; a step of its own."""
        if self._has_joints(person_id) and self._writable():
            # Whoever has no joint yet, because an answer was lost, is looked for in their box.
            empty = not self.annotation.person(person_id).labelled.any()
            self._wishes[person_id] = _Wish(step=tr("Refine"), in_box=empty)
            self._ask(person_id)

    def apply(self, changed: ImageAnnotation, label: str, *, joins: bool = False) -> bool:
        """Make a change that a feature worked out, as a step or as a part of the newest one.

        Returns:
            Whether it was made; False where nothing can be changed.
        """
        return self._edit(changed, label, joins=joins)

    def follow(self, person_id: str, before: FloatArray) -> None:
        """Let a person follow what was corrected already; joins the newest step.

        Args:
            person_id: who.
            before: keypoints before the correction [K, 2].
        """
        if self.refining and self._writable():
            self._wishes[person_id] = _Wish(before=before)
            self._ask(person_id)

    def fill(self, person_id: str) -> None:
        """Let the network place what nobody has placed of a person; joins the newest step."""
        owed = self._wishes.get(person_id)
        if self.refining and self._writable() and not (owed is not None and owed.in_box):
            self._wishes[person_id] = _Wish(fill=True)
            self._ask(person_id)

    def change_skeleton(self, skeleton: Skeleton, renamed: Mapping[str, str]) -> bool:
        """Give every person of the project another skeleton; False if that is not possible.

        What is shown is read anew and every image's undo starts afresh.
        """
        project = self._browser.project
        if project is None or not self._writable():
            return False
        try:
            project.set_skeleton(skeleton, renamed)
        except ClickPoseError as error:
            self.failed.emit(error.message, error.hint)
            return False
        self._browser.reload()
        sentence = tr("The project's skeleton is now {name}; undo starts afresh.")
        self.notice.emit(sentence.format(name=skeleton.name))
        return True

    def accept(self) -> bool:
        """Say that nothing is left to do on this image; False where that cannot be said yet."""
        looking = self._finding and self._inference.broken is None
        if self._browser.source is None or looking:
            self.notice.emit(tr("Wait until the people of this image are shown, then accept it."))
            return False
        accepted = review.accept(self.annotation)
        return accepted == self.annotation or self._edit(accepted, tr("Accept"))

    def send_back(self, note: str) -> bool:
        """Say that something is wrong with this image; False if nothing may be written."""
        if self._browser.record is None:
            return False
        return self._edit(review.send_back(self.annotation, note), tr("Send back"))

    def undo(self) -> None:
        """Take back the newest step on this image, with the refinement that joined it."""
        if self._history.can_undo and self._writable():
            label = self._history.undo_label
            self._show(self._history.undo())
            self.notice.emit(tr("Undone: {step}").format(step=label))

    def redo(self) -> None:
        """Do again what was undone last on this image."""
        if self._history.can_redo and self._writable():
            label = self._history.redo_label
            self._show(self._history.redo())
            self.notice.emit(tr("Redone: {step}").format(step=label))

    # How a change is made

    def _edit(
        self,
        changed: ImageAnnotation,
        label: str,
        person_id: str | None = None,
        wish: _Wish | None = None,
        *,
        joins: bool = False,
    ) -> bool:
        if not self._writable():
            return False
        if not (joins and self._history.amend(changed)):
            self._history.record(changed, label)
        owed = {p.id: self._wishes[p.id] for p in changed.people if p.id in self._wishes}
        if person_id is not None and wish is not None:
            before = owed.get(person_id, wish)
            owed[person_id] = replace(
                wish, in_box=wish.in_box or before.in_box, fill=wish.fill or before.fill
            )
        self._show(changed)
        # Answers under way no longer fit this revision, so they are asked for again.
        self._wishes = owed
        for waiting in list(owed):
            self._ask(waiting)
        return True

    def _show(self, annotation: ImageAnnotation, *, store: bool = True) -> None:
        """Make an annotation of the history the one that is shown and stored."""
        self._revision += 1
        self._wishes = {}
        if store:
            self._store(annotation)
        if self.person_id is not None and self.person is None:
            self.select(None)
        self.annotation_changed.emit(annotation)

    def _store(self, annotation: ImageAnnotation) -> None:
        project, record = self._browser.project, self._browser.record
        if project is None or record is None or project.read_only:
            return
        try:
            project.write(record.id, annotation)
        except ClickPoseError as error:
            self.failed.emit(error.message, error.hint)
        else:
            self._browser.note_annotation(record.id, annotation)

    def _writable(self) -> bool:
        project = self._browser.project
        if project is None or self._browser.record is None:
            return False
        if project.read_only:
            # Drawn handles have moved already: put them back.
            self.annotation_changed.emit(self.annotation)
            self.notice.emit(tr("The project is open read-only: nothing can be changed."))
        return not project.read_only

    def _led_by(self, k: int) -> bool:
        """Whether others can follow keypoint k: what the network does not know leads nobody."""
        known = self.keypoint_map
        return known is None or known.places[k] is not None

    def _has_joints(self, person_id: str) -> bool:
        crowd = not self.annotation.person(person_id).keypoints
        if crowd:
            self.notice.emit(tr("A crowd region has no joints."))
        return not crowd

    def _name(self, k: int) -> str:
        project = self._browser.project
        return joint_name(project.skeleton.keypoints[k]) if project is not None else ""

    # What the network is asked, and what it answers

    def _ticket(self) -> _Ticket | None:
        record = self._browser.record
        return None if record is None else _Ticket(record.id, self._revision)

    def _ask(self, person_id: str) -> None:
        source, wish, ticket = self._browser.source, self._wishes[person_id], self._ticket()
        project = self._browser.project
        if not self.has_network or source is None or project is None:
            del self._wishes[person_id]
            self.notice.emit(tr("No network for this project: joints are placed by hand."))
            return
        known = self.keypoint_map
        if known is None:
            # Asked again once the network is there and tells which keypoints it knows.
            self._inference.warm_up()
            return
        person = self.annotation.person(person_id)

        def done(answer: Timed) -> None:
            if ticket == self._ticket() and self._wishes.pop(person_id, None) is not None:
                self._apply(person_id, wish, replace(answer, pose=known.pose(answer.pose)))

        if wish.in_box:
            self._inference.pose_in_box(source, person_id, person.box, done)
        elif wish.fill:
            others = [other for other in self.annotation.people if other is not person]
            start = partial(placing.network_start, person, others, known)
            self._inference.complete(source, person_id, start, done)
        else:
            # A joint that a person left out lies nowhere in particular.
            placed = person.pinned & person.labelled
            query = PoseQuery(person.xy, placed, person.box, wish.before)
            asked = known.query(query, person.labelled)
            self._inference.refine(source, person_id, asked, done)

    def _apply(self, person_id: str, wish: _Wish, answer: Timed) -> None:
        before = self.annotation.person(person_id)
        if wish.in_box:
            changed = _with_found_pose(self.annotation, before, answer.pose)
        elif wish.fill:
            changed = placing.fill_in(self.annotation, person_id, answer.pose)
        else:
            changed = edits.apply_refinement(self.annotation, person_id, answer.pose)
        if wish.step:
            self._history.record(changed, wish.step)
        elif not self._history.amend(changed):
            return
        owed = self._wishes
        self.person_followed.emit(before)
        self._show(changed)
        self._wishes = owed
        for waiting in list(owed):
            self._ask(waiting)
        said = tr("The pose followed in {time:.0f} ms.")
        self.notice.emit(said.format(time=answer.milliseconds))

    def _predict(self) -> None:
        """Ask for the people of an untouched image, or just make it ready for corrections."""
        source, ticket = self._browser.source, self._ticket()
        if source is None or ticket is None:
            return
        if not self.network_fits:
            self._say_misfit()
            return
        if self.annotation.state is not ImageState.NEW or self._history.can_undo:
            self._inference.predict(source, lambda poses: self._tell(poses, ticket.image_id))
            return

        def done(poses: tuple[PredictedPose, ...]) -> None:
            known = self.keypoint_map
            if ticket == self._ticket() and known is not None and known.shared:
                ours = tuple(known.pose(pose) for pose in poses)
                self._finding = False
                found = edits.predicted_annotation(ours, score_threshold=SCORE_THRESHOLD)
                self._history = self._histories[ticket.image_id] = History(found)
                self._show(found)
                by_hand = by_hand_sentence(known.unknown) if found.people else ""
                self.notice.emit(f"{_count_people(len(found.people))} {by_hand}".rstrip())
            self._tell(poses, ticket.image_id)

        self._finding = True
        self._inference.predict(source, done)

    def _tell(self, poses: tuple[PredictedPose, ...], image_id: int) -> None:
        record, known = self._browser.record, self.keypoint_map
        if record is not None and record.id == image_id and known is not None and known.shared:
            self.poses_found.emit(tuple(known.pose(pose) for pose in poses))

    def _say_misfit(self) -> None:
        if not self._misfit_said:
            self._misfit_said = True
            self.failed.emit(
                tr("The network knows none of the joints of this project's skeleton."),
                tr("All of them are placed by hand; predictions are off for this project."),
            )

    # What others tell

    def _on_browser_project_opened(self) -> None:
        self._misfit_said = False
        self._histories.clear()
        self._history = History(ImageAnnotation())
        self.select(None)
        self._show(self._history.current, store=False)

    def _on_browser_image_opened(self) -> None:
        project, record = self._browser.project, self._browser.record
        if project is None or record is None:
            return
        if record.id not in self._histories:
            self._histories[record.id] = History(project.annotation(record.id))
        self._history = self._histories[record.id]
        self._inference.forget_shown()
        self._finding = False
        self.select(None)
        self._show(self._history.current, store=False)

    def _on_browser_picture_ready(self) -> None:
        self._predict()

    def _on_inference_ready(self) -> None:
        if not self.network_fits:
            self._say_misfit()
        for waiting in list(self._wishes):
            self._ask(waiting)

    def _on_inference_failed(self) -> None:
        # What just failed would fail again with every further edit.
        poor = [person_id for person_id, wish in self._wishes.items() if wish.in_box]
        self._wishes = {}
        self._finding = False
        for person_id in poor:
            self.joints_wanted.emit(person_id)


def _with_found_pose(
    annotation: ImageAnnotation, person: Person, pose: PredictedPose
) -> ImageAnnotation:
    """Put the pose found in a drawn box in place of the person who waited for it."""
    found = edits.person_from_pose(pose, box_source=Source.HUMAN)
    keypoints = tuple(
        old if old.pinned or (old.labelled and new.confidence is None) else new
        for old, new in zip(person.keypoints, found.keypoints, strict=True)
    )
    changed = replace(person, keypoints=keypoints, score=found.score)
    people = tuple(changed if p.id == person.id else p for p in annotation.people)
    return replace(annotation, people=people)


def _count_people(count: int) -> str:
    if count == 0:
        return tr("Nobody found. Press N and draw a box to add a person.")
    return tr("1 person found.") if count == 1 else tr("{count} people found.").format(count=count)
