"""The colours of a skeleton's joints and limbs: its own where it has any, else those of sides."""

from __future__ import annotations

from PySide6.QtGui import QColor

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui import palette


def joint_colours(skeleton: Skeleton) -> list[QColor]:
    """One colour a keypoint."""
    own = skeleton.colours or ("",) * len(skeleton)
    return [
        QColor(colour) if colour else palette.SIDES[skeleton.side(k)]
        for k, colour in enumerate(own)
    ]


def limb_strokes(skeleton: Skeleton) -> list[tuple[int, bool]]:
    """How each limb is drawn: its colour as 0xAARRGGBB, and whether in dashes, as on the right.

    A limb has the own colour of its farther end, if any, else that of its side.
    """
    own = skeleton.colours or ("",) * len(skeleton)
    sides = [skeleton.side(k) for k in range(len(skeleton))]
    strokes = []
    for a, b in skeleton.limbs:
        side = palette.limb_side(sides[a], sides[b])
        colour = QColor(own[b] or own[a]) if own[b] or own[a] else palette.SIDES[side]
        strokes.append((colour.rgba(), side == "right"))
    return strokes
