"""Coordinates of programs for which (0, 0) is the middle of the first pixel, not its corner."""

from __future__ import annotations


def from_centres(coordinate: float) -> float:
    """Our continuous coordinate of one that counts from the middle of the first pixel."""
    return coordinate + 0.5


def to_centres(coordinate: float) -> float:
    """The shortest number that from_centres() turns into this coordinate.

    It is exact wherever a float of the right size exists, which is the case from half a pixel
    inside the image on; so what came from a file goes back as it stood there, 0.1 as 0.1.
    """
    exact = coordinate - 0.5
    for digits in (15, 16):
        short = float(f"{exact:.{digits}g}")
        if from_centres(short) == coordinate:
            return short
    return exact
