"""Libraries that come with an extra: bring them in, or say how to install them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from clickpose_app.errors import FormatError, Words


def optional_library(name: str, *, extra: str, path: Path) -> Any:
    """The module of that name.

    Args:
        name: to import.
        extra: of ClickPose, that brings it.
        path: the file that cannot do without, for the error.

    Raises:
        FormatError: with the line that installs it, if it is not there.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise FormatError(
            Words(
                "{path} needs the library {value}, which is not installed.",
                path=path,
                value=name.partition(".")[0],
            ),
            Words('Install it with: pip install "clickpose-app[{extra}]".', extra=extra),
        ) from error


def first_line(error: Exception) -> str:
    """The first line of what a library says, without its full stop."""
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
