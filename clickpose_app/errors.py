"""The errors that a person may see: one sentence, and one way out."""

from __future__ import annotations


class ClickPoseError(Exception):
    """Something that the person at the desk can act on.

    Attributes:
        message: one sentence that names the file, record or field.
        hint: the way out, one sentence; may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class ImageError(ClickPoseError):
    """An image file cannot be read, or is refused before decoding."""


class FormatError(ClickPoseError):
    """An annotation or skeleton file says something that it may not say."""


class ProjectError(ClickPoseError):
    """A project file cannot be opened or written."""


class CheckpointError(ClickPoseError):
    """A weights file does not fit, is damaged or is of an unknown kind."""
