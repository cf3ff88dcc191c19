from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from clickpose_app.core.annotation import ImageAnnotation, ImageState, Person
from clickpose_app.core.geometry import Box
from clickpose_app.core.history import History

START, DRAG, REFINED, OTHER = (
    ImageAnnotation((), state)
    for state in (ImageState.NEW, ImageState.EDITED, ImageState.PREDICTED, ImageState.REVIEWED)
)

# A history looks into no snapshot, so small ones do.
snapshots = st.integers().map(
    lambda number: ImageAnnotation((Person(str(number), (), Box(0, 0, 1, 1)),))
)


def test_a_fresh_history_has_nothing_to_undo_or_redo() -> None:
    history = History(START)
    assert history.current is START
    assert not history.can_undo and not history.can_redo
    assert history.undo_label == history.redo_label == ""


@given(snapshots, st.lists(snapshots, min_size=1, max_size=6))
def test_undoing_everything_then_redoing_everything_retraces_every_step(
    start: ImageAnnotation, steps: list[ImageAnnotation]
) -> None:
    history = History(start)
    for number, step in enumerate(steps):
        history.record(step, f"step {number}")
    assert [history.undo() for _ in steps] == [*reversed(steps[:-1]), start]
    assert not history.can_undo
    assert [history.redo() for _ in steps] == steps
    assert not history.can_redo


def test_undo_reverts_a_drag_and_its_refinement_as_one_step() -> None:
    history = History(START)
    history.record(DRAG, "move nose")
    assert history.amend(REFINED)
    assert history.current is REFINED
    assert history.undo() is START
    assert history.redo() is REFINED


def test_a_new_step_ends_what_could_be_redone() -> None:
    history = History(START)
    history.record(DRAG, "move nose")
    history.undo()
    history.record(OTHER, "delete person")
    assert not history.can_redo
    assert history.undo() is START


def test_labels_name_what_undo_and_redo_would_do() -> None:
    history = History(START)
    history.record(DRAG, "move nose")
    history.record(OTHER, "delete person")
    history.undo()
    assert (history.undo_label, history.redo_label) == ("move nose", "delete person")


def test_a_refinement_after_an_undo_is_dropped() -> None:
    history = History(START)
    history.record(DRAG, "move nose")
    history.undo()
    assert not history.amend(REFINED)
    assert history.current is START
    assert history.redo() is DRAG


def test_a_first_prediction_replaces_the_start_without_a_step() -> None:
    history = History(START)
    assert history.amend(REFINED)
    assert history.current is REFINED
    assert not history.can_undo


def test_undo_and_redo_of_nothing_are_index_errors_that_change_nothing() -> None:
    history = History(START)
    with pytest.raises(IndexError):
        history.undo()
    with pytest.raises(IndexError):
        history.redo()
    assert history.current is START


class HistoryAgainstListAndCursor(RuleBasedStateMachine):
    """Any order of calls does what a plain list with a cursor would."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History(START)
        self.states = [START]
        self.at = 0

    @rule(step=snapshots)
    def record(self, step: ImageAnnotation) -> None:
        self.history.record(step, "step")
        self.states[self.at + 1 :] = [step]
        self.at += 1

    @rule(step=snapshots)
    def amend(self, step: ImageAnnotation) -> None:
        newest = self.at == len(self.states) - 1
        assert self.history.amend(step) is newest
        if newest:
            self.states[self.at] = step

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo(self) -> None:
        self.at -= 1
        assert self.history.undo() is self.states[self.at]

    @precondition(lambda self: self.at < len(self.states) - 1)
    @rule()
    def redo(self) -> None:
        self.at += 1
        assert self.history.redo() is self.states[self.at]

    @invariant()
    def agrees(self) -> None:
        assert self.history.current is self.states[self.at]
        assert self.history.can_undo is (self.at > 0)
        assert self.history.can_redo is (self.at < len(self.states) - 1)


test_any_order_of_calls_does_what_a_list_with_a_cursor_would = HistoryAgainstListAndCursor.TestCase
