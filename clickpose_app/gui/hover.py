"""What the cursor looks like over the picture, and the words beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui.cursor_label import joint_words
from clickpose_app.gui.handles import CURSORS, Handle
from clickpose_app.gui.hit import Hit
from clickpose_app.gui.skeleton_words import joint_name
from clickpose_app.gui.texts import tr
from clickpose_app.gui.tools import Tool


def words_at(hit: Hit | None, annotation: ImageAnnotation, skeleton: Skeleton | None) -> str:
    """The name of the joint under the cursor; empty where there is none."""
    if skeleton is None or hit is None or hit.keypoint is None:
        return ""
    keypoint = annotation.person(hit.person_id).keypoints[hit.keypoint]
    return joint_words(skeleton.keypoints[hit.keypoint], keypoint)


def tool_words(tool: Tool, skeleton: Skeleton | None, keypoint: int | None) -> str:
    """What a tool waits for; empty for the one that takes hold of what is there.

    Args:
        tool: that is active.
        skeleton: of the project; None before there is a picture.
        keypoint: that is selected.
    """
    if skeleton is None:
        return ""
    if tool is Tool.NEW_PERSON:
        return tr("Draw a box around the new person")
    if tool is Tool.BOX:
        return tr("Draw the person's box anew")
    if tool is Tool.CROWD:
        return tr("Draw a box around the region to ignore")
    if tool is Tool.PLACE and keypoint is not None:
        return tr("Click: {joint}").format(joint=joint_name(skeleton.keypoints[keypoint]))
    return ""


def shape_at(hit: Hit | None, handle: Handle | None, keys: Qt.KeyboardModifier) -> Qt.CursorShape:
    """The cursor over what a hand could take hold of."""
    if handle is not None:
        return CURSORS[handle]
    if hit is not None and keys & Qt.KeyboardModifier.AltModifier:
        return Qt.CursorShape.SizeAllCursor
    if hit is not None and hit.keypoint is not None:
        return Qt.CursorShape.PointingHandCursor
    return Qt.CursorShape.ArrowCursor
