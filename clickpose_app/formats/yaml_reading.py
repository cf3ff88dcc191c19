"""Read YAML of any tool as plain values; what could grow beyond its text is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_records import unreadable

# PyYAML takes tens of seconds for more.
_LARGEST = 2 << 20


class _Plain(yaml.SafeLoader):
    """Without aliases, by which a few lines become as much as memory holds, or lead in circles."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "there is an alias (*)", mark)
        return super().compose_node(parent, index)


def read_yaml(path: Path) -> Any:
    """The values that a file holds.

    Raises:
        FormatError: naming the file, and the line that is wrong.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error
    if len(data) > _LARGEST:
        raise FormatError(
            Words("{path} is too large to be a description of a data set.", path=path)
        )
    try:
        return yaml.load(data, _Plain)
    # Numbers and dates that Python has no values for are ValueErrors.
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise FormatError(
            Words("{path} is not valid YAML: {reason}.", path=path, reason=_reason(error))
        ) from error


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if isinstance(error, yaml.MarkedYAMLError) and error.problem:
        mark = error.problem_mark
        return error.problem + (f" in line {mark.line + 1}" if mark else "")
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
