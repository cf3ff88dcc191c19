"""The network runs out of memory, breaks down in odd ways, or never answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from clickpose_app.core.predictor import EncodedImage, ImageArray
from clickpose_app.gui import patience
from clickpose_app.gui.inference import Inference
from clickpose_app.storage.project import Project
from tests.fake_predictor import FakePredictor
from tests.gui.desk import LEFT_WRIST, NOSE, Desk

Key = Qt.Key
MakeDesk = Callable[[], Desk]


class OutOfMemoryError(RuntimeError):
    """As torch.cuda raises it."""


class PanicError(BaseException):
    """As libraries in other languages raise it."""


def broken_by(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let every look at an image end so, until the list is emptied."""
    broken, encode = ["yes"], FakePredictor.encode

    def failing(self: FakePredictor, image: ImageArray) -> EncodedImage:
        if broken:
            raise error
        return encode(self, image)

    monkeypatch.setattr(FakePredictor, "encode", failing)
    return broken


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB"), "memory was not enough"),
        (MemoryError(), "memory was not enough"),
        (ZeroDivisionError("odd"), "something unexpected went wrong: ZeroDivisionError: odd"),
        (PanicError("index out of bounds"), "PanicError: index out of bounds"),
    ],
)
def test_the_worker_survives_and_the_next_attempt_works(
    make_desk: MakeDesk,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    said: str,
) -> None:
    broken = broken_by(error, monkeypatch)
    desk = make_desk()
    desk.open(folder)
    desk.wait(lambda: desk.message)
    assert said in desk.message and "Your annotations are safe" in desk.message
    desk.press(Key.Key_N)
    desk.drag(desk.spot(150, 60), desk.spot(250, 260))
    assert len(desk.people) == 1
    assert desk.stored() == desk.annotation
    desk.wait_for_calm()
    broken.clear()
    desk.press(Key.Key_D)
    desk.wait_for_people(2)


def test_memory_that_was_not_enough_is_freed_for_the_next_attempt(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = desk.window._inference._cache
    assert len(cache) == 2
    broken = broken_by(OutOfMemoryError("CUDA out of memory"), monkeypatch)
    for _ in range(2):
        desk.press(Key.Key_D)
    desk.wait(lambda: desk.message)
    assert len(cache) == 0
    broken.clear()


def test_a_network_that_does_not_answer_is_said_and_edits_go_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE_MS", 10)
    monkeypatch.setattr(Inference, "close", lambda self: self._worker.close(0.05))
    desk.predictor.gate.clear()
    desk.drag_joint(0, LEFT_WRIST, 40, 0)
    desk.wait(lambda: desk.message)
    assert "The network does not answer (refining)" in desk.message
    desk.drag_joint(1, NOSE, 10, 10)
    assert desk.joint(1, NOSE).pinned and desk.joint(0, LEFT_WRIST).pinned
    assert desk.stored() == desk.annotation
    done, path = desk.annotation, desk.project_path
    desk.close()  # while it still hangs
    with Project.open(path) as project:  # let go of
        assert project.annotation(1) == done


def test_an_answer_in_time_is_nothing_to_speak_of(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE_MS", 100_000)
    desk.drag_joint(0, LEFT_WRIST, 40, 0)
    desk.wait_for_calm()
    assert desk.message == ""
