"""A correction does not wait for an image that is encoded ahead."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import EncodedImage, ImageArray, PoseQuery
from clickpose_app.gui.inference import ImageSource, Inference, Timed
from clickpose_app.gui.worker import Worker
from tests.fake_predictor import STANDING, FakePredictor
from tests.gui.desk import PATIENCE_MS

QUERY = PoseQuery(100 * STANDING, np.arange(len(STANDING)) == 9, Box(0, 0, 100, 100))


class PatientPredictor(FakePredictor):
    """Encodes in two steps; after the first it waits until somebody has asked for something."""

    def __init__(self) -> None:
        super().__init__()
        self.halfway, self.asked = threading.Event(), threading.Event()
        self.asked.set()

    def encode_in_steps(self, image: ImageArray, between: Callable[[], None]) -> EncodedImage:
        self._called("first step")
        self.halfway.set()
        assert self.asked.wait(30)
        between()
        return self.encode(image)


@pytest.fixture
def predictor() -> PatientPredictor:
    return PatientPredictor()


@pytest.fixture
def inference(qtbot: QtBot, predictor: PatientPredictor) -> Iterator[Inference]:
    del qtbot  # needed for its QApplication
    inference = Inference(lambda: predictor)
    yield inference
    predictor.asked.set()
    assert inference.close()


def source(name: str) -> ImageSource:
    return ImageSource(name, lambda: np.zeros((100, 100, 3), np.uint8))


def show(inference: Inference, qtbot: QtBot) -> None:
    found: list[object] = []
    inference.predict(source("shown"), found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=PATIENCE_MS)


def stop_halfway(
    inference: Inference, predictor: PatientPredictor, qtbot: QtBot, *, find: bool
) -> None:
    """An image is shown, and the next one is half encoded ahead, until somebody sets asked."""
    show(inference, qtbot)
    predictor.calls.clear()
    predictor.halfway.clear()
    predictor.asked.clear()
    inference.look_ahead(source("next"), find=find)
    assert predictor.halfway.wait(30)


def test_a_refinement_is_answered_before_the_next_image_is_encoded(
    inference: Inference, predictor: PatientPredictor, qtbot: QtBot
) -> None:
    stop_halfway(inference, predictor, qtbot, find=True)
    answers: list[Timed] = []
    inference.refine(source("shown"), "somebody", QUERY, answers.append)
    predictor.asked.set()
    qtbot.waitUntil(lambda: "detect" in predictor.calls, timeout=PATIENCE_MS)
    assert predictor.calls == ["first step", "refine", "encode", "detect"]
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE_MS)


def test_what_takes_long_waits_until_the_image_is_encoded(
    inference: Inference, predictor: PatientPredictor, qtbot: QtBot
) -> None:
    stop_halfway(inference, predictor, qtbot, find=False)
    found: list[object] = []
    inference.predict(source("third"), found.append)
    predictor.asked.set()
    qtbot.waitUntil(lambda: bool(found), timeout=PATIENCE_MS)
    assert predictor.calls == ["first step", "encode", "first step", "encode", "detect"]


def test_an_image_that_is_being_encoded_is_not_encoded_again_for_a_correction(
    inference: Inference, predictor: PatientPredictor, qtbot: QtBot
) -> None:
    stop_halfway(inference, predictor, qtbot, find=False)
    answers: list[Timed] = []
    inference.refine(source("next"), "somebody", QUERY, answers.append)
    predictor.asked.set()
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE_MS)
    assert predictor.calls == ["first step", "encode", "refine"]


def test_a_failure_in_between_is_told_and_the_long_job_goes_on(qtbot: QtBot) -> None:
    worker, failures, done = Worker("test"), list[str](), list[str]()
    worker.failed.connect(lambda what, _: failures.append(what))

    def long() -> str:
        worker.submit("in between", lambda: 1 / 0, lambda _: None, brief=lambda: True)
        worker.give_way()
        return "finished"

    activities: list[str] = []
    worker.activity_changed.connect(activities.append)
    worker.submit("long", long, done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=PATIENCE_MS)
    assert failures == ["in between"] and done == ["finished"]
    assert activities == ["long", "in between", "", "long", ""]
    assert worker.close(10)
