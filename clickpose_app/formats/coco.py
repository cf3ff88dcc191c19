"""COCO keypoint JSON: the format that ClickPose itself speaks."""

from __future__ import annotations

from clickpose_app.formats.coco_read import read_coco, read_image_ids
from clickpose_app.formats.coco_write import CocoWriter, coco_writer, write_coco

__all__ = [
    "CocoWriter",
    "coco_writer",
    "read_coco",
    "read_image_ids",
    "write_coco",
]
