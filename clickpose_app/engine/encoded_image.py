"""TorchEncodedImage: what the network keeps of an image to follow corrections in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from clickpose_app.core.predictor import ImageArray
from clickpose_app.engine.looks import Look, Sighting
from clickpose_app.engine.search import Search

MOST_ADDED = 8
"""Looks that are kept of one image beside those of encode(): of the people worked on last."""


@dataclass(slots=True, eq=False)
class TorchEncodedImage:
    """An encoded image: what was seen of it in all looks, and the people that were found.

    Attributes:
        image: the pixels [H, W, 3], for closer looks at people whom an annotator shows.
        scale: pixels of the network's input for each image pixel in the look at the whole of it.
        looks: in which the people can be seen best; what else was looked at shows nobody whom
            corrections are to be followed of, and a look costs megabytes.
        people: found in any look, best first, without repetitions.
        search: through the image part by part, once it has begun.
        added: the newest of the looks, taken since at people whom an annotator works on.
    """

    image: ImageArray
    scale: float
    looks: list[Look]
    people: list[Sighting]
    search: Search | None = None
    added: list[Look] = field(default_factory=list)

    def add(self, look: Look) -> None:
        """Keep one more look, at the expense of the one that was added first."""
        if len(self.added) == MOST_ADDED:
            gone = self.added.pop(0)
            self.looks = [kept for kept in self.looks if kept is not gone]
        self.added.append(look)
        self.looks.append(look)

    @property
    def width(self) -> int:
        """Of the image, in pixels."""
        return int(self.image.shape[1])

    @property
    def height(self) -> int:
        """Of the image, in pixels."""
        return int(self.image.shape[0])

    @property
    def nbytes(self) -> int:
        """Memory that keeping it costs, in bytes."""
        return self.image.nbytes + sum(look.memory.nbytes for look in self.looks)
