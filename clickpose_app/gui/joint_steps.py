"""One joint of one person, placed or left out by hand, as one step of undo."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from clickpose_app.core import edits, placing
from clickpose_app.core.annotation import Person
from clickpose_app.core.geometry import Box
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.session import Session
from clickpose_app.gui.texts import tr


class JointSteps:
    """Makes the steps, and lets the network place what it can after each of them."""

    def __init__(self, session: Session, browser: Browser) -> None:
        """Work on what the session shows."""
        self._session, self._browser = session, browser

    def place(
        self,
        person_id: str | None,
        k: int,
        x: float,
        y: float,
        *,
        occluded: bool = False,
        left_out: Iterable[int] = (),
    ) -> str | None:
        """Place one joint by hand; from the second one on the network places the rest.

        Args:
            person_id: whose; None for the first joint of a new person.
            k: which keypoint.
            x: in image pixels.
            y: in image pixels.
            occluded: whether something hides it.
            left_out: keypoints of a new person that cannot be seen.

        Returns:
            The person's id; None if nothing can be changed.
        """
        project, annotation = self._browser.project, self._session.annotation
        if project is None:
            return None
        if person_id is None:
            person = placing.unplaced_person(len(project.skeleton), Box(x, y, x, y))
            annotation, person_id = edits.add_person(annotation, person), person.id
            for unseen in left_out:
                annotation = placing.skip_joint(annotation, person_id, unseen)
        before = annotation.person(person_id)
        changed = placing.place_joint(annotation, person_id, k, x, y, occluded=occluded)
        label = tr("Place {joint}").format(joint=self._session.joint_name(k))
        if not self._session.apply(changed, label):
            return None
        self._follow(before, changed.person(person_id))
        return person_id

    def leave_out(self, person_id: str, k: int) -> bool:
        """Say that a joint cannot be seen, so that no network places it; whether it was taken."""
        changed = placing.skip_joint(self._session.annotation, person_id, k)
        label = tr("Leave out {joint}").format(joint=self._session.joint_name(k))
        return self._session.apply(changed, label)

    def _follow(self, before: Person, after: Person) -> None:
        """Ask the network for what it owes to a person of whom one more joint was placed."""
        if not self._session.network.has_network:
            return
        if placing.wants_filling(after) or placing.begun_by_hand(after):
            self._session.fill(after.id)
        elif (after.labelled & ~after.pinned).any():
            xy = np.where(before.labelled[:, None], before.xy, after.xy)
            self._session.follow(after.id, xy)
