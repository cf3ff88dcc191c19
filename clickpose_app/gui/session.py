"""The session: sole writer of annotations; widgets ask it, it asks the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
from clickpose_app.core.predictor import PredictedPose
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.core.suggestions import with_found
from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.inference import Inference
from clickpose_app.gui.ledger import Ledger
from clickpose_app.gui.network_dialogue import Answer, NetworkDialogue, Wish
from clickpose_app.gui.skeleton_words import joint_name
from clickpose_app.gui.texts import told_error, tr


class Session(QObject):
    """Holds the annotation of the image that is shown, its history and the selection.

    Every change goes through here: shown, stored in one transaction, then refined.

    Attributes:
        ledger: the steps; to look at, not to change.
        network: what the network is asked, and what it owes.
        person_id: who is selected, if anybody.
        keypoint: which of their keypoints is selected, if any.
        refining: whether others follow each correction.
        outdated: ids of images whose predictions are another network's; where nobody has
            touched them, they are predicted anew.
    """

    annotation_changed = Signal(object)
    """The ImageAnnotation as it is now."""
    person_followed = Signal(object)
    """A Person before a refinement; comes just before annotation_changed."""
    selection_changed = Signal()
    """Another person or keypoint is selected."""
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
        self.ledger = Ledger(browser, self)
        self.ledger.failed.connect(self.failed)
        self.person_id: str | None = None
        self.keypoint: int | None = None
        self.refining = True
        self.outdated: set[int] = set()
        self.network = NetworkDialogue(browser, inference, self)
        self.network.answered.connect(self._on_network_answered)
        self.network.people_found.connect(self._on_network_people_found)
        self.network.pose_missed.connect(self.joints_wanted)
        self.network.failed.connect(self.failed)
        self.network.notice.connect(self.notice)
        browser.project_opened.connect(self._on_browser_project_opened)
        browser.image_opened.connect(self._on_browser_image_opened)
        browser.picture_ready.connect(self._on_browser_picture_ready)

    @property
    def annotation(self) -> ImageAnnotation:
        """What is annotated on the image that is shown."""
        return self.ledger.current

    @property
    def history(self) -> History:
        """The steps on the image that is shown; to look at, not to change."""
        return self.ledger.history

    @property
    def person(self) -> Person | None:
        """The selected person, if any."""
        return self.annotation.find(self.person_id)

    @property
    def waiting(self) -> bool:
        """Whether the network owes a pose to somebody on this image."""
        return self.network.waiting

    def joint_name(self, k: int) -> str:
        """The name of a keypoint as a person reads it; empty while no project is open."""
        project = self._browser.project
        return joint_name(project.skeleton.keypoints[k]) if project is not None else ""

    # Selection

    def select(self, person_id: str | None, keypoint: int | None = None) -> None:
        """Select a person, and one of their keypoints, or nothing."""
        if (person_id, keypoint) != (self.person_id, self.keypoint):
            self.person_id, self.keypoint = person_id, keypoint
            self.selection_changed.emit()

    def chosen_person(self) -> Person | None:
        """The selected person; without one, says that one has to be selected."""
        if self.person is None:
            self.notice.emit(tr("Select a person first: click one, or press Tab."))
        return self.person

    def chosen_pose(self) -> Person | None:
        """The selected person, if they have joints; otherwise says what is missing."""
        person = self.chosen_person()
        return person if person is not None and self._has_joints(person.id) else None

    def chosen_joint(self) -> tuple[Person, int] | None:
        """The selected person and keypoint; without them, says that one has to be selected."""
        person, k = self.person, self.keypoint
        if person is None or k is None:
            self.notice.emit(tr("Select a joint first: click one, or choose it in the list."))
            return None
        return person, k

    # Edits by the person at the desk

    def move_keypoint(
        self, person_id: str, k: int, x: float, y: float, *, refine: bool = True
    ) -> None:
        """Put a keypoint where it belongs, pin it, and let the others follow."""
        changed = edits.move_keypoint(self.annotation, person_id, k, x, y)
        person = self.annotation.person(person_id)
        # A joint that was not placed yet has not been wrong either.
        before = np.where(person.labelled[:, None], person.xy, changed.person(person_id).xy)
        follow = Wish(before=before) if refine and self.refining and self.network.leads(k) else None
        self._edit(changed, tr("Move {joint}").format(joint=self.joint_name(k)), person_id, follow)

    def cycle_visibility(self, person_id: str, k: int) -> None:
        """Visible, occluded, not labelled, visible."""
        changed = edits.cycle_visibility(self.annotation, person_id, k)
        self._edit(changed, tr("Visibility of {joint}").format(joint=self.joint_name(k)))

    def set_visibility(self, person_id: str, k: int, visibility: Visibility) -> None:
        """Say how a keypoint is seen."""
        changed = edits.set_visibility(self.annotation, person_id, k, visibility)
        self._edit(changed, tr("Visibility of {joint}").format(joint=self.joint_name(k)))

    def unpin(self, person_id: str, k: int) -> None:
        """Give a keypoint back to the network."""
        if self.annotation.person(person_id).keypoints[k].pinned:
            changed = edits.unpin_keypoint(self.annotation, person_id, k)
            follow = Wish() if self.refining and self.network.leads(k) else None
            label = tr("Unpin {joint}").format(joint=self.joint_name(k))
            self._edit(changed, label, person_id, follow)

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
        if self._edit(changed, tr("Add person"), person.id, Wish(in_box=True)):
            self.select(person.id)
            if self.network.owed(person.id) is None:
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
            self.network.ask(person_id, Wish(step=tr("Refine"), in_box=empty))

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
            self.network.ask(person_id, Wish(before=before))

    def fill(self, person_id: str) -> None:
        """Let the network place what nobody has placed of a person; joins the newest step."""
        owed = self.network.owed(person_id)
        if self.refining and self._writable() and not (owed is not None and owed.in_box):
            self.network.ask(person_id, Wish(fill=True))

    def change_skeleton(self, skeleton: Skeleton, renamed: Mapping[str, str]) -> bool:
        """Give every person of the project another skeleton; False if that is not possible.

        What is shown is read anew and every image's undo starts afresh.
        """
        project = self._browser.project
        if project is None or not self._writable():
            return False
        self.ledger.unstored.try_again()
        if self.ledger.unstored:
            return False  # said; what waits is of the skeleton that the project has now
        try:
            project.set_skeleton(skeleton, renamed)
        except ClickPoseError as error:
            self.failed.emit(*told_error(error))
            return False
        self._browser.reload()
        sentence = tr("The project's skeleton is now {name}; undo starts afresh.")
        self.notice.emit(sentence.format(name=skeleton.name))
        return True

    def accept(self) -> bool:
        """Say that nothing is left to do on this image; False where that cannot be said yet."""
        if self._browser.source is None or self.network.finding:
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
        if self.history.can_undo and self._writable():
            label = self.history.undo_label
            self._show(self.history.undo())
            self.notice.emit(tr("Undone: {step}").format(step=label))

    def redo(self) -> None:
        """Do again what was undone last on this image."""
        if self.history.can_redo and self._writable():
            label = self.history.redo_label
            self._show(self.history.redo())
            self.notice.emit(tr("Redone: {step}").format(step=label))

    # Predictions of another network

    def look_again(self) -> None:
        """Ask the network about the image that is shown as if it had just been opened."""
        if self._browser.source is not None:
            self._on_browser_picture_ready()

    def keep_prediction(self, image_id: int, poses: Sequence[PredictedPose]) -> None:
        """Store who was found on an image that is not shown, unless somebody has touched it.

        Args:
            image_id: of the project that is open.
            poses: of the network's skeleton.
        """
        project, known = self._browser.project, self.network.keypoint_map
        record = self._browser.record
        if project is None or project.read_only or known is None or not known.shared:
            return
        if record is not None and record.id == image_id:
            return
        try:
            worked_on = self.ledger.has_steps(image_id)
            if not worked_on and self._awaits_prediction(image_id, project.annotation(image_id)):
                self.outdated.discard(image_id)
                self.ledger.keep_found(image_id, [known.pose(pose) for pose in poses])
        except ClickPoseError as error:
            self.failed.emit(*told_error(error))

    def join_found(self, poses: Sequence[PredictedPose]) -> None:
        """Add people who were found late to a prediction of this image that nobody has touched.

        Whoever is there already stays as they are; on an image with any step nothing changes.
        """
        project, history = self._browser.project, self.history
        if project is None or project.read_only or self.network.waiting:
            return
        if history.can_undo or history.can_redo or not edits.only_predicted(self.annotation):
            return
        joined = with_found(self.annotation, poses, project.skeleton.sigma_array)
        if joined is not None:
            self.ledger.begin_with(joined)
            self._show(joined)

    def _awaits_prediction(self, image_id: int, annotation: ImageAnnotation) -> bool:
        if annotation.state is ImageState.NEW:
            return True
        return image_id in self.outdated and edits.only_predicted(annotation)

    # How a change is made

    def _edit(
        self,
        changed: ImageAnnotation,
        label: str,
        person_id: str | None = None,
        wish: Wish | None = None,
        *,
        joins: bool = False,
    ) -> bool:
        if not self._writable():
            return False
        if not (joins and self.history.amend(changed)):
            self.history.record(changed, label)
        owed = self.network.still_owed(changed, person_id, wish)
        self._show(changed)
        # Answers under way no longer fit this revision, so they are asked for again.
        self.network.ask_again(owed)
        return True

    def _show(self, annotation: ImageAnnotation, *, store: bool = True) -> None:
        """Make an annotation of the history the one that is shown and stored."""
        self.network.turn_to(annotation)
        if store:
            self.ledger.store()
        if self.person_id is not None and self.person is None:
            self.select(None)
        self.annotation_changed.emit(annotation)

    def _writable(self) -> bool:
        project = self._browser.project
        if project is None or self._browser.record is None:
            return False
        if project.read_only:
            # Drawn handles have moved already: put them back.
            self.annotation_changed.emit(self.annotation)
            self.notice.emit(tr("The project is open read-only: nothing can be changed."))
        return not project.read_only

    def _has_joints(self, person_id: str) -> bool:
        crowd = not self.annotation.person(person_id).keypoints
        if crowd:
            self.notice.emit(tr("A crowd region has no joints."))
        return not crowd

    # What others tell

    def _on_browser_project_opened(self) -> None:
        self.ledger.start_afresh()
        self.select(None)
        self._show(self.annotation, store=False)

    def _on_browser_image_opened(self) -> None:
        if self.ledger.turn_page():
            self.select(None)
            self._show(self.annotation, store=False)

    def _on_browser_picture_ready(self) -> None:
        record = self._browser.record
        untouched = (
            record is not None
            and not self.history.can_undo
            and self._awaits_prediction(record.id, self.annotation)
        )
        self.network.look(untouched=untouched)

    def _on_network_answered(self, answer: Answer) -> None:
        if answer.step:
            self.history.record(answer.changed, answer.step)
        elif not self.history.amend(answer.changed):
            return
        owed = self.network.still_owed(answer.changed)
        self.person_followed.emit(answer.before)
        self._show(answer.changed)
        self.network.ask_again(owed)
        said = tr("The pose followed in {time:.0f} ms.")
        self.notice.emit(said.format(time=answer.milliseconds))

    def _on_network_people_found(self, found: ImageAnnotation) -> None:
        if self._browser.record is not None:
            self.outdated.discard(self._browser.record.id)
        self.ledger.begin_with(found)
        self._show(found)
