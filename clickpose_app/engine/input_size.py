"""At which size images enter a network, and who is looked at once more."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clickpose_app.engine.looks import Closer


@dataclass(frozen=True, slots=True)
class InputSize:
    """The size at which images enter a network.

    Attributes:
        short: short side in pixels.
        long: longest side in pixels; it wins over the short one.
        enlarge: whether smaller images are enlarged to it; magnified people are larger than
            those that a small model was trained on.
        closer: how people of another size than the model knows best are looked at once more;
            None for never.
    """

    short: int
    long: int
    enlarge: bool = True
    closer: Closer | None = None


PUBLISHED_SIZE = InputSize(800, 1333)
SMALL_SIZE = InputSize(512, 512, enlarge=False, closer=Closer())
PEOPLE_SIZE = replace(SMALL_SIZE, closer=Closer(least_score=0.03, mirror_score=0.15))
"""For weights that know people well. What was taught from a few labels may say in the mirror
something else altogether, and which of its joints are left and right nobody may have said."""
