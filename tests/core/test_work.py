from __future__ import annotations

from datetime import date, datetime, timezone

import pytest

from clickpose_app.core.annotation import ImageState, Keypoint, Person, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.core.work import Numbers, PersonWork, Spell, WorkedImage, count, people_of

DAY = 86_400.0
NOON = 12 * 3600.0
JOINTS = 17


def person(name: str, *, pinned: int = 0, unlabelled: int = 0) -> Person:
    keypoints = tuple(
        Keypoint(
            0,
            0,
            Visibility.UNLABELLED if k < unlabelled else Visibility.VISIBLE,
            Source.HUMAN if k >= JOINTS - pinned else Source.PREDICTED,
        )
        for k in range(JOINTS)
    )
    return Person(name, keypoints, Box(0, 0, 1, 1))


def spell(
    name: str, clicks: int, *, at: float = NOON, seconds: float = 10.0, placed: int = 0
) -> Spell:
    return Spell(1, name, at, seconds, clicks, placed)


def image(people: list[Person], spells: list[Spell], state: ImageState) -> WorkedImage:
    return WorkedImage(1, "a.jpg", state, tuple(people), tuple(spells))


def figures(*images: WorkedImage, today: date = date(1970, 1, 1)) -> Numbers:
    return count(images, {}, today, lambda t: datetime.fromtimestamp(t, timezone.utc))


def work_on(found: list[PersonWork], name: str) -> PersonWork:
    (work,) = (work for work in found if work.person_id == name)
    return work


def test_saved_is_a_click_for_each_labelled_joint_less_those_spent() -> None:
    worked = image(
        [person("a", pinned=2, unlabelled=3)], [spell("a", 2, placed=2)], ImageState.EDITED
    )
    overall = figures(worked).overall
    assert (overall.people, overall.clicks, overall.by_hand, overall.saved) == (1, 2, 14, 12)
    assert overall.clicks_per_person == 2
    assert overall.saved_share == pytest.approx(12 / 14)


@pytest.mark.parametrize(
    ("state", "finished"),
    [
        (ImageState.EDITED, ["corrected"]),
        (ImageState.REVIEWED, ["corrected", "left as found"]),
        (ImageState.REJECTED, []),
        (ImageState.PREDICTED, []),
    ],
)
def test_who_is_finished_depends_on_the_image(state: ImageState, finished: list[str]) -> None:
    people = [person("corrected", pinned=1), person("left as found")]
    worked = image(people, [spell("corrected", 1, placed=1), spell("left as found", 0)], state)
    assert [work.person_id for work in people_of(worked) if work.finished] == finished


def test_joints_that_came_placed_with_a_file_count_on_neither_side() -> None:
    imported = image([person("a", pinned=17)], [spell("", 1)], ImageState.REVIEWED)
    assert figures(imported).overall.by_hand == 0
    touched = image([person("a", pinned=17)], [spell("a", 1, placed=0)], ImageState.REVIEWED)
    assert figures(touched).overall.by_hand == 0
    partly = image([person("a", pinned=5)], [spell("a", 2, placed=2)], ImageState.REVIEWED)
    assert figures(partly).overall.by_hand == 12 + 2


def test_clicks_on_somebody_deleted_since_are_still_clicks() -> None:
    worked = image(
        [person("a", pinned=1)],
        [spell("a", 1, placed=1), spell("gone", 3), spell("", 1)],
        ImageState.REVIEWED,
    )
    found = people_of(worked)
    assert [(work.person_id, work.number, work.saved) for work in found] == [
        ("a", 1, 16),
        ("gone", 0, -3),
        ("", 0, -1),
    ]
    assert figures(worked).overall.saved == 12
    assert figures(worked).overall.clicks_per_person == 5


def test_work_on_images_that_were_rejected_costs_clicks_and_saves_none() -> None:
    rejected = image([person("a", pinned=1)], [spell("a", 4, placed=1)], ImageState.REJECTED)
    overall = figures(rejected).overall
    assert (overall.images, overall.people, overall.saved) == (0, 0, -4)
    assert overall.saved_share is None


def test_today_holds_what_ended_today() -> None:
    yesterday = image([person("a", pinned=3)], [spell("a", 3, placed=3)], ImageState.REVIEWED)
    two_days = image(
        [person("b", pinned=2)],
        [spell("b", 1, placed=1), spell("b", 1, at=NOON + DAY, seconds=4, placed=1)],
        ImageState.REVIEWED,
    )
    found = figures(yesterday, two_days, today=date(1970, 1, 2))
    assert (found.today.images, found.today.people) == (1, 1)
    assert (found.today.clicks, found.today.seconds) == (1, 4)
    assert (found.today.by_hand, found.today.saved) == (17, 15)
    assert (found.overall.clicks, found.overall.saved) == (5, 29)
    assert found.overall.person_seconds == 12


def test_periods_are_hours_on_the_first_day_and_days_from_then_on() -> None:
    first = image([person("a", pinned=1)], [spell("a", 1, placed=1)], ImageState.REVIEWED)
    later = image(
        [person("b", pinned=1)], [spell("b", 2, at=NOON + 3700, placed=1)], ImageState.REVIEWED
    )
    found = figures(first, later)
    assert found.by_hour
    assert [(begin.hour, sums.clicks) for begin, sums in found.periods] == [(12, 1), (13, 2)]
    next_day = image(
        [person("c", pinned=1)], [spell("c", 3, at=NOON + DAY, placed=1)], ImageState.REVIEWED
    )
    found = figures(first, later, next_day)
    assert not found.by_hour
    assert [(begin.day, sums.clicks) for begin, sums in found.periods] == [(1, 3), (2, 3)]


def test_without_work_there_are_no_figures() -> None:
    found = figures()
    assert found.periods == () and found.people == ()
    assert found.overall.clicks_per_person is None
    assert found.overall.person_seconds is None
    assert set(found.states) == set(ImageState)
