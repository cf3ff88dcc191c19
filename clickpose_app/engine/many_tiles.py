"""Many images, the large ones among them also searched part by part for small people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from torch import Tensor

from clickpose_app.core.predictor import ImageArray, PredictedPose
from clickpose_app.engine.many import ManyPredictor, load_for_many
from clickpose_app.engine.search import Search, each, parts_of, together
from clickpose_app.engine.torch_predictor import pose_on
from clickpose_app.network.clickpose import Detections


class TilingPredictor(ManyPredictor):
    """A predictor for data sets that misses nobody because of the image's size.

    What is kept of a large image while it is searched is its pixels and the people found. As many
    tiles are looked at together as images.
    """

    @property
    def description(self) -> str:
        """What runs where; a run without tiles finds others, so it has another description."""
        return f"{super().description}, large images in tiles"

    def detect_many(self, images: Sequence[ImageArray]) -> list[tuple[PredictedPose, ...]]:
        """As ManyPredictor for images that need no search; the others one by one."""
        large = [self._parts(image) > 0 for image in images]
        plain = [image for image, is_large in zip(images, large, strict=True) if not is_large]
        found = iter(super().detect_many(plain) if plain else [])
        return [
            self._searched(image) if is_large else next(found)
            for image, is_large in zip(images, large, strict=True)
        ]

    def _parts(self, image: ImageArray) -> int:
        height, width = image.shape[:2]
        if self._one.closer is None:
            return 0
        return parts_of(width, height, self._one.scaled(width, height)[0] / width)

    def _searched(self, image: ImageArray) -> tuple[PredictedPose, ...]:
        closer, height, width = self._one.closer, *image.shape[:2]
        assert closer is not None
        encoded = self._one.encode(image)
        first, scale = encoded.people, encoded.scale
        del encoded  # before the tiles need its memory
        search = Search(image, first, scale, closer, self._one.sigmas)

        while not search.finished:
            search.step(self._found_in, self.at_once)
        return tuple(pose_on(person, width, height) for person in search.people)

    def _found_in(self, images: Tensor) -> list[Detections]:
        """The first pass in each image of a batch, in pieces that the device's memory holds."""

        def found(part: Sequence[Tensor]) -> list[Detections]:
            return each(self._one.found_in(together(part), None), len(part))

        return self._pieces.run(found, [images[i : i + 1] for i in range(len(images))])


def load_with_tiles(
    weights: Path | None = None, device: str = "auto", cores: int | None = None
) -> ManyPredictor:
    """As load_for_many(), for people who are small in large images, too.

    Args:
        weights: as for load_for_many().
        device: likewise.
        cores: likewise.
    """
    return load_for_many(weights, device, cores, TilingPredictor)
