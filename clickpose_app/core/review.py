"""A reviewer's verdicts as pure functions: an annotation goes in, the judged one comes out."""

from __future__ import annotations

from dataclasses import replace

from clickpose_app.core.annotation import ImageAnnotation, ImageState


def accept(annotation: ImageAnnotation) -> ImageAnnotation:
    """Nothing is left to do: the image is REVIEWED, and a note on it has done its work."""
    return replace(annotation, state=ImageState.REVIEWED, note="")


def send_back(annotation: ImageAnnotation, note: str) -> ImageAnnotation:
    """Something is wrong: the image is REJECTED, with a note to whoever corrects it."""
    return replace(annotation, state=ImageState.REJECTED, note=note.strip())
