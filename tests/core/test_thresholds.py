from __future__ import annotations

from clickpose_app.core.thresholds import SCORE_THRESHOLD


def test_the_shown_people_are_a_part_of_those_found() -> None:
    assert 0 < SCORE_THRESHOLD < 1
