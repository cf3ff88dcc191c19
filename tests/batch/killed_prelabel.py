"""A pre-labelling run with a fake network, to be killed: FOLDER OUT; tells each image done.

The network takes batches on several threads, as the real one does.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Hashable, Sequence
from pathlib import Path

from clickpose_app.batch.prelabel import prelabel, select_images
from clickpose_app.core.predictor import ImageArray, PredictedPose
from tests.fake_predictor import FakePredictor


class Slow(FakePredictor):
    """Takes its time, so that a kill finds it at work."""

    lanes = 2
    at_once = 3

    def batch_key(self, width: int, height: int) -> Hashable:
        """All images of one size go together."""
        return width, height

    def detect_many(self, images: Sequence[ImageArray]) -> list[tuple[PredictedPose, ...]]:
        """Look at the pixels for a while."""
        time.sleep(0.01 * len(images))
        return [self.detect(self.encode(image)) for image in images]


def main() -> None:
    """Label all images of the folder."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    prelabel(
        select_images([folder]).images,
        Slow(),
        out,
        progress=lambda done, _total: print(done, flush=True),
    )


if __name__ == "__main__":
    main()
