"""What some predictors can do beside answering: look at more of an image while nobody waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import EncodedImage, PredictedPose


@dataclass(frozen=True, slots=True, eq=False)
class SearchNews:
    """How far the search through an image has come.

    Attributes:
        poses: everybody found by now, as detect() gives them from now on.
        done: how many parts were looked at.
        total: how many there are; 0 for an image that needs no search.
        anew: whether this part added to what is known.
    """

    poses: tuple[PredictedPose, ...]
    done: int
    total: int
    anew: bool = True


@runtime_checkable
class Searcher(Protocol):
    """A predictor that looks again where its first look shows too little.

    Both take give_way, which is asked often whether something more urgent waits. As soon as it
    says so they stop, drop what they had begun, and answer None; asked again, they go on.
    """

    def search_on(self, encoded: EncodedImage, give_way: Callable[[], bool]) -> SearchNews | None:
        """Look at the next part of a large image, where there are people who are small in it."""
        ...

    def look_closer(
        self, encoded: EncodedImage, box: Box, give_way: Callable[[], bool]
    ) -> bool | None:
        """Encode once more, closer, who is in a box in image pixels, for refine() to use.

        Returns:
            Whether that was needed.
        """
        ...
