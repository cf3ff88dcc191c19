"""A pose that follows glides into place and leaves a ghost; both end."""

from __future__ import annotations

import pytest

from clickpose_app.gui.items import GhostItem
from tests.gui.desk import LEFT_WRIST, NOSE, Desk


def ghosts(desk: Desk) -> list[GhostItem]:
    return [item for item in desk.canvas.scene().items() if isinstance(item, GhostItem)]


@pytest.fixture
def slow_fade(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ghost that outlasts the test, however slow the machine."""
    monkeypatch.setattr("clickpose_app.gui.motion.FADE_MS", 10**7)


@pytest.mark.usefixtures("slow_fade")
def test_the_pose_glides_to_where_the_annotation_is_already(desk: Desk) -> None:
    before = desk.people[0]
    desk.drag_joint(0, LEFT_WRIST, 60, 0)
    desk.wait_for_calm()
    after = desk.people[0]
    shown = desk.canvas.shown_xy(after.id)
    assert before.xy[NOSE][0] <= shown[NOSE][0] <= after.xy[NOSE][0]
    assert shown[LEFT_WRIST] == pytest.approx(after.xy[LEFT_WRIST])
    assert len(ghosts(desk)) == 1
    desk.wait(lambda: (desk.canvas.shown_xy(after.id) == after.xy).all())


def test_the_ghost_fades_away(desk: Desk) -> None:
    desk.drag_joint(0, LEFT_WRIST, 60, 0)
    desk.wait_for_calm()
    desk.wait(lambda: not ghosts(desk))


def test_grabbing_a_joint_puts_the_pose_in_place_at_once(desk: Desk) -> None:
    desk.drag_joint(0, LEFT_WRIST, 60, 0)
    desk.wait_for_calm()
    after = desk.people[0]
    desk.click(desk.joint_spot(0, LEFT_WRIST))
    assert (desk.canvas.shown_xy(after.id) == after.xy).all()
    assert ghosts(desk) == []
