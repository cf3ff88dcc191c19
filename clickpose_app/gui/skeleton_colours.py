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


def limb_colours(skeleton: Skeleton) -> list[QColor]:
    """One colour a limb: that of its farther end where it has its own, else that of its side."""
    own = skeleton.colours or ("",) * len(skeleton)
    sides = [skeleton.side(k) for k in range(len(skeleton))]
    colours = []
    for a, b in skeleton.limbs:
        colour = own[b] or own[a]
        colours.append(QColor(colour) if colour else palette.limb_colour(sides[a], sides[b]))
    return colours
