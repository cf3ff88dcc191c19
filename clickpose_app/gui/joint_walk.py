"""How far somebody has come who places the joints of one person, one after another."""

from __future__ import annotations

from clickpose_app.gui.session import Session


class JointWalk:
    """One person's joints, one after another; each joint is one step of undo.

    Attributes:
        order: the keypoints to go through.
        person_id: whose; None until the first joint of a new person.
        passed: keypoints left out before the person was there to be told so.
        occluded: whether something hides the next joint.
    """

    def __init__(
        self, session: Session, order: tuple[int, ...], person_id: str | None = None
    ) -> None:
        """Begin with the first joint; its person comes with it unless there is one."""
        self.order = order
        self.person_id = person_id
        self.passed: list[int] = []
        self.occluded = False
        self._session = session
        self._base = session.history.depth
        self._made = 0
        self._new = person_id is None

    @property
    def count(self) -> int:
        """Joints gone through that are not undone."""
        return self._session.history.depth - self._base

    @property
    def whose(self) -> str | None:
        """The person, unless their first joint is undone or still to come."""
        there = any(person.id == self.person_id for person in self._session.annotation.people)
        return self.person_id if there else None

    @property
    def next_joint(self) -> int | None:
        """The keypoint that comes next; None after the last one."""
        at = self.count + len(self.passed)
        return self.order[at] if at < len(self.order) else None

    @property
    def left(self) -> bool:
        """Whether something else was done meanwhile, so that the walk is over."""
        alien = not 0 <= self.count <= self._made
        lost = self.whose is None and not (self._new and self.count == 0)
        return alien or lost

    def go_on(self) -> None:
        """The next joint was placed or left out by a step of the history."""
        self._made = self.count
        self.occluded = False

    def pass_over(self, k: int) -> bool:
        """Leave out a joint of a person who is still to come; False for the last one."""
        if len(self.passed) + 1 >= len(self.order):
            return False
        self.passed.append(k)
        self.occluded = False
        return True
