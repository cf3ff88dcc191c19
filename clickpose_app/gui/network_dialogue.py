"""What the network is asked about the image that is shown, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from clickpose_app.core import edits, placing
from clickpose_app.core.annotation import ImageAnnotation, Person
from clickpose_app.core.geometry import FloatArray
from clickpose_app.core.keypoint_map import KeypointMap
from clickpose_app.core.predictor import PoseQuery, PredictedPose
from clickpose_app.core.thresholds import SCORE_THRESHOLD
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.inference import Inference, Timed
from clickpose_app.gui.skeleton_words import by_hand_sentence
from clickpose_app.gui.texts import tr


@dataclass(frozen=True)
class _Ticket:
    """What an answer must still fit when it arrives."""

    image_id: int
    revision: int


@dataclass(frozen=True)
class Wish:
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


@dataclass(frozen=True)
class Answer:
    """What becomes of the annotation by the pose that one person got.

    Attributes:
        before: the person until now.
        changed: the annotation with their new pose.
        step: name of the undo step that it makes; empty when it joins the newest one.
        milliseconds: how long the network took.
    """

    before: Person
    changed: ImageAnnotation
    step: str
    milliseconds: float


class NetworkDialogue(QObject):
    """Asks about the annotation that it was told of last; changes nothing itself.

    What was asked before the annotation changed is answered for nobody.
    """

    answered = Signal(object)
    """An Answer that fits the annotation as it is."""
    people_found = Signal(object)
    """The ImageAnnotation with the people of an image that nobody has touched."""
    poses_found = Signal(object)
    """All PredictedPoses of the image that is shown, the least certain ones included."""
    pose_missed = Signal(str)
    """Id of a new person for whom no network finds a pose."""
    failed = Signal(str, str)
    """A sentence and a way out, for the person at the desk."""
    notice = Signal(str)
    """A sentence for the status line."""

    def __init__(self, browser: Browser, inference: Inference, parent: QObject) -> None:
        """Ask inference about the browser's images."""
        super().__init__(parent)
        self._browser, self._inference = browser, inference
        self._annotation = ImageAnnotation()
        self._revision = 0
        self._misfit_said = False
        self._map: KeypointMap | None = None
        self._finding = False
        self._lost = False
        self._wishes: dict[str, Wish] = {}
        browser.project_opened.connect(self._on_browser_project_opened)
        browser.image_opened.connect(self._on_browser_image_opened)
        inference.ready.connect(self._on_inference_ready)
        inference.failed.connect(self._on_inference_failed)
        inference.unavailable.connect(self._on_inference_failed)

    # What there is to know

    @property
    def waiting(self) -> bool:
        """Whether the network owes a pose to somebody on this image."""
        return bool(self._wishes)

    @property
    def finding(self) -> bool:
        """Whether the people of this image are still being looked for."""
        return self._finding and self._inference.broken is None

    @property
    def keypoint_map(self) -> KeypointMap | None:
        """Which of the project's keypoints the network knows; None while either is unknown."""
        facts, project = self._inference.facts, self._browser.project
        if facts is None or project is None or self._inference.replacing:
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

    def leads(self, k: int) -> bool:
        """Whether others can follow keypoint k: what the network does not know leads nobody."""
        known = self.keypoint_map
        return known is None or known.places[k] is not None

    def owed(self, person_id: str) -> Wish | None:
        """What the network owes to a person."""
        return self._wishes.get(person_id)

    # What is asked

    def turn_to(self, annotation: ImageAnnotation) -> None:
        """Another annotation is shown: answers under way fit it no longer, nothing is owed."""
        self._revision += 1
        self._annotation = annotation
        self._wishes = {}

    def still_owed(
        self, changed: ImageAnnotation, person_id: str | None = None, wish: Wish | None = None
    ) -> dict[str, Wish]:
        """What is owed to the people of a changed annotation, one of them with another wish."""
        owed = {p.id: self._wishes[p.id] for p in changed.people if p.id in self._wishes}
        if person_id is not None and wish is not None:
            before = owed.get(person_id, wish)
            owed[person_id] = replace(
                wish, in_box=wish.in_box or before.in_box, fill=wish.fill or before.fill
            )
        return owed

    def ask_again(self, owed: dict[str, Wish]) -> None:
        """Ask for all that is owed, now that another annotation is shown."""
        self._wishes = owed
        for waiting in list(owed):
            self._ask(waiting)

    def ask(self, person_id: str, wish: Wish) -> None:
        """Ask for one person's pose, whatever was owed to them before."""
        self._wishes[person_id] = wish
        self._ask(person_id)

    def look(self, *, untouched: bool) -> None:
        """Ask for the people of an untouched image, or just make it ready for corrections."""
        source, ticket = self._browser.source, self._ticket()
        if source is None or ticket is None:
            return
        if not self.network_fits:
            self._say_misfit()
            return
        if not untouched:
            self._inference.predict(source, lambda poses: self._tell(poses, ticket.image_id))
            return

        def done(poses: tuple[PredictedPose, ...]) -> None:
            known = self.keypoint_map
            if known is None:
                self._lost = True  # the network before has answered; the next one is asked again
                return
            if ticket == self._ticket() and known is not None and known.shared:
                ours = tuple(known.pose(pose) for pose in poses)
                self._finding = False
                found = edits.predicted_annotation(ours, score_threshold=SCORE_THRESHOLD)
                self.people_found.emit(found)
                by_hand = by_hand_sentence(known.unknown) if found.people else ""
                self.notice.emit(f"{_count_people(len(found.people))} {by_hand}".rstrip())
            self._tell(poses, ticket.image_id)

        self._finding = True
        self._inference.predict(source, done)

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
        person = self._annotation.person(person_id)

        def done(answer: Timed) -> None:
            if ticket == self._ticket() and self._wishes.pop(person_id, None) is not None:
                self._answer(person_id, wish, replace(answer, pose=known.pose(answer.pose)))

        if wish.in_box:
            self._inference.pose_in_box(source, person_id, person.box, done)
        elif wish.fill:
            others = [other for other in self._annotation.people if other is not person]
            start = partial(placing.network_start, person, others, known)
            self._inference.complete(source, person_id, start, done)
        else:
            # A joint that a person left out lies nowhere in particular.
            placed = person.pinned & person.labelled
            query = PoseQuery(person.xy, placed, person.box, wish.before)
            asked = known.query(query, person.labelled)
            self._inference.refine(source, person_id, asked, done)

    # What it answers

    def _answer(self, person_id: str, wish: Wish, answer: Timed) -> None:
        before = self._annotation.person(person_id)
        if wish.in_box:
            changed = placing.found_in_box(self._annotation, person_id, answer.pose)
        elif wish.fill:
            changed = placing.fill_in(self._annotation, person_id, answer.pose)
        else:
            changed = edits.apply_refinement(self._annotation, person_id, answer.pose)
        self.answered.emit(Answer(before, changed, wish.step, answer.milliseconds))

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

    def _on_browser_image_opened(self) -> None:
        self._inference.forget_shown()
        self._finding = self._lost = False

    def _on_inference_ready(self) -> None:
        if not self.network_fits:
            self._say_misfit()
        for waiting in list(self._wishes):
            self._ask(waiting)
        if self._lost and self.keypoint_map is not None:
            self._lost = False
            self.look(untouched=True)

    def _on_inference_failed(self) -> None:
        # What just failed would fail again with every further edit.
        poor = [person_id for person_id, wish in self._wishes.items() if wish.in_box]
        self._wishes = {}
        self._finding = False
        for person_id in poor:
            self.pose_missed.emit(person_id)


def _count_people(count: int) -> str:
    if count == 0:
        return tr("Nobody found. Press N and draw a box to add a person.")
    return tr("1 person found.") if count == 1 else tr("{count} people found.").format(count=count)
