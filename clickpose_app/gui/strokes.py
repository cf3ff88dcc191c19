"""The limbs of a pose as few strokes: one path for each way of drawing, whatever the zoom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from clickpose_app.core.annotation import Person
from clickpose_app.core.geometry import FloatArray
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui import palette

UNCERTAIN = 0.5
"""A predicted joint below this confidence is drawn as uncertain."""

# Dashes tell the right side from the left without colour; the dark casing runs on below them.
_RIGHT_DASH = (3.0, 1.3)  # in widths of the line


def uncertain(person: Person, k: int) -> bool:
    """Whether the network placed the joint without being sure."""
    keypoint = person.keypoints[k]
    return (
        not keypoint.pinned
        and keypoint.confidence is not None
        and (keypoint.confidence < UNCERTAIN)
    )


class Strokes:
    """Paths of a pose, made when it moves; drawing it is one call for each path."""

    def __init__(
        self,
        skeleton: Skeleton,
        strokes: Sequence[tuple[int, bool]],
        person: Person,
        xy: FloatArray,
    ) -> None:
        """Gather the limbs of one look.

        Args:
            skeleton: tells the limbs.
            strokes: colour of each limb, and whether it is dashed (limb_strokes).
            person: tells what is labelled, and how certain.
            xy: where the joints are drawn [K, 2], in image pixels.
        """
        self._paths: dict[tuple[int, bool, bool], QPainterPath] = {}
        self._all = QPainterPath()
        points = xy.tolist()
        keypoints = person.keypoints
        for (a, b), (colour, dashed) in zip(skeleton.limbs, strokes, strict=True):
            if not (keypoints[a].labelled and keypoints[b].labelled):
                continue
            sure = not (uncertain(person, a) or uncertain(person, b))
            for path in (self._paths.setdefault((colour, dashed, sure), QPainterPath()), self._all):
                path.moveTo(*points[a])
                path.lineTo(*points[b])

    def paint(self, painter: QPainter, width: float, *, casing: bool, smooth: bool) -> None:
        """Draw the limbs, so many screen pixels wide, at any zoom.

        Args:
            painter: in image pixels.
            width: of the coloured line; half of it where a joint is uncertain.
            casing: whether a dark line runs below, so that it shows on any ground.
            smooth: whether lines have soft edges, which costs five times as much.
        """
        ratio = painter.device().devicePixelRatioF()  # such pens count physical pixels
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
        if casing:
            # Edges of the casing need to be soft only where it is wide enough to be looked at.
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth and width > 2.0)
            painter.setPen(_pen(palette.EDGE.rgba(), (width + 1.8) * ratio, False))
            painter.drawPath(self._all)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
        for (colour, dashed, sure), path in self._paths.items():
            thick = width * ratio * (1 if sure else 0.5)
            painter.setPen(_pen(colour, thick, dashed))
            painter.drawPath(path)


@lru_cache(maxsize=256)
def _pen(rgba: int, width: float, dashed: bool) -> QPen:
    # Round caps would cost five times as much; joints cover the ends anyway.
    pen = QPen(QColor.fromRgba(rgba), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    pen.setCosmetic(True)
    if dashed:
        pen.setDashPattern(_RIGHT_DASH)
    return pen
