"""A pre-labelling run with a fake network, to be killed: FOLDER OUT; tells each image done."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from clickpose_app.batch.prelabel import prelabel, select_images
from clickpose_app.core.predictor import EncodedImage, ImageArray
from tests.fake_predictor import FakePredictor


class Slow(FakePredictor):
    """Takes its time, so that a kill finds it at work."""

    def encode(self, image: ImageArray) -> EncodedImage:
        """Look at the pixels for a while."""
        time.sleep(0.01)
        return super().encode(image)


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
