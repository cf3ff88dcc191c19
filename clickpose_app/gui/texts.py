"""The one way to a text that a person reads: in their language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

_CONTEXT = "ClickPose"


def tr(text: str, count: int = -1) -> str:
    """The text in the language of the window.

    Args:
        text: in English, a plain literal (it is found by reading the source), with named
            places for ``str.format``: ``tr("{name} of {count:,}").format(...)``.
        count: chooses singular or plural of a text that contains ``%n``; -1 for other texts.
    """
    return QCoreApplication.translate(_CONTEXT, text, None, count)


def text(literal: str) -> str:
    """Mark a text of a table for translation; whoever shows it says ``tr(...)`` of it."""
    return literal
