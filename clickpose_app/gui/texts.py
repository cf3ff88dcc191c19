"""The one way to a text that a person reads: in their language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from clickpose_app.errors import ClickPoseError, Words

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


def told(words: str | Words) -> str:
    """What another part of the program says, in the language of the window.

    Args:
        words: Words are translated and then put together; a plain text is as it should be.
    """
    if isinstance(words, str):
        return words
    fields = {
        name: told(value) if isinstance(value, Words) else value
        for name, value in words.fields.items()
    }
    return tr(words.template).format(**fields)


def told_error(error: ClickPoseError) -> tuple[str, str]:
    """The sentence and the way out of an error, in the language of the window."""
    message, hint = error.said
    return told(message), told(hint)


def told_in_full(error: Exception) -> str:
    """All that an error says, in one row of sentences, in the language of the window."""
    if isinstance(error, ClickPoseError):
        return " ".join(told_error(error)).strip()
    return str(error)
