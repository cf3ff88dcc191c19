"""A deterministic Predictor on numpy alone: a network's manners without its wits."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np

from clickpose_app.core.geometry import Box, FloatArray
from clickpose_app.core.predictor import EncodedImage, ImageArray, PoseQuery, PredictedPose
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.storage.skeletons import builtin_skeleton

# A person who stands and looks at us, in fractions of the box; their left is on our right.
STANDING: FloatArray = np.array(
    [
        (0.50, 0.10),  # nose
        (0.55, 0.07),  # eyes
        (0.45, 0.07),
        (0.62, 0.09),  # ears
        (0.38, 0.09),
        (0.75, 0.25),  # shoulders
        (0.25, 0.25),
        (0.90, 0.40),  # elbows
        (0.10, 0.40),
        (0.95, 0.55),  # wrists
        (0.05, 0.55),
        (0.65, 0.55),  # hips
        (0.35, 0.55),
        (0.68, 0.75),  # knees
        (0.32, 0.75),
        (0.70, 0.95),  # ankles
        (0.30, 0.95),
    ],
    dtype=np.float64,
)

# Where it sees people (fractions of the image) and how sure it is; the last is below any threshold.
PEOPLE = (
    (Box(0.05, 0.10, 0.45, 0.95), 0.95),
    (Box(0.55, 0.10, 0.95, 0.95), 0.80),
    (Box(0.40, 0.40, 0.60, 0.90), 0.10),
)


@dataclass(frozen=True)
class FakeEncoding:
    """What it keeps of an image: the size, and the shade of its first pixel."""

    width: int
    height: int
    nbytes: int = 1_000_000
    shade: int = 0


class FakePredictor:
    """Implements core.predictor.Predictor without a network.

    Attributes:
        calls: the name of every method called, in order.
        searched: the shade of every image in which people were looked for, in order.
        gate: while cleared, every call waits, so that a test can act in between.
        failing: names of methods that raise RuntimeError.
        threads: names of the threads that called.
    """

    def __init__(self, skeleton: Skeleton | None = None) -> None:
        self._skeleton = builtin_skeleton() if skeleton is None else skeleton
        self.calls: list[str] = []
        self.searched: list[int] = []
        self.failing: set[str] = set()
        self.threads: set[str] = set()
        self.gate = threading.Event()
        self.gate.set()

    @property
    def skeleton(self) -> Skeleton:
        return self._skeleton

    @property
    def description(self) -> str:
        return "fake predictor"

    def encode(self, image: ImageArray) -> EncodedImage:
        self._called("encode")
        height, width = image.shape[:2]
        return FakeEncoding(width, height, shade=int(image[0, 0, 0]))

    def detect(self, encoded: EncodedImage) -> tuple[PredictedPose, ...]:
        self._called("detect")
        assert isinstance(encoded, FakeEncoding)
        self.searched.append(encoded.shade)
        size = np.array([encoded.width, encoded.height], dtype=np.float64)
        found = []
        for part, score in PEOPLE:
            x1, y1 = np.array([part.x1, part.y1]) * size
            x2, y2 = np.array([part.x2, part.y2]) * size
            found.append(self._standing(Box(float(x1), float(y1), float(x2), float(y2)), score))
        return tuple(found)

    def refine(self, encoded: EncodedImage, query: PoseQuery) -> PredictedPose:
        """The standing pose in the box, shifted by the mean offset of the pinned keypoints."""
        self._called("refine")
        assert isinstance(encoded, FakeEncoding)
        standing = self._standing(query.box, 0.99).keypoints
        moved = standing.copy()
        if query.pinned.any():
            moved += (query.keypoints - standing)[query.pinned].mean(axis=0)
        moved[query.pinned] = query.keypoints[query.pinned]
        confidence = np.full(len(moved), 0.9)
        return PredictedPose(moved, confidence, query.box.grown_to(moved), 0.99)

    def pose_in_box(self, encoded: EncodedImage, box: Box) -> PredictedPose:
        self._called("pose_in_box")
        assert isinstance(encoded, FakeEncoding)
        return self._standing(box, 0.7)

    def _standing(self, box: Box, score: float) -> PredictedPose:
        count = len(self._skeleton)
        parts = np.resize(STANDING, (count, 2))
        points = np.array([box.x1, box.y1]) + parts * np.array([box.width, box.height])
        return PredictedPose(points, np.linspace(1.0, 0.4, count), box, score)

    def _called(self, name: str) -> None:
        self.calls.append(name)
        self.threads.add(threading.current_thread().name)
        if not self.gate.wait(timeout=30):
            raise TimeoutError("the test never opened the gate")
        if name in self.failing:
            raise RuntimeError(f"{name} failed on purpose")


class Tired(FakePredictor):
    """Breaks down after so many images."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self._left = after

    def encode(self, image: ImageArray) -> EncodedImage:
        if self._left == 0:
            raise RuntimeError("broke down")
        self._left -= 1
        return super().encode(image)
