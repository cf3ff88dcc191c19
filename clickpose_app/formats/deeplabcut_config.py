"""config.yaml of a DeepLabCut project: body parts, skeleton and individuals."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.yaml_reading import read_yaml

NAME = "config.yaml"


@dataclass(frozen=True)
class ProjectConfig:
    """What a project says about its points.

    Attributes:
        path: of config.yaml.
        scorer: who labels.
        bodyparts: those that every individual has.
        unique: those that an image has only once.
        limbs: pairs of body parts that are joined by a line.
        individuals: names; empty in a project of a single animal.
    """

    path: Path
    scorer: str
    bodyparts: tuple[str, ...]
    unique: tuple[str, ...]
    limbs: tuple[tuple[str, str], ...]
    individuals: tuple[str, ...]


def config_near(table: Path) -> ProjectConfig | None:
    """The project that a table of points lies in, if there is one.

    That is labeled-data/VIDEO/CollectedData_SCORER.csv, so two folders up; or nearer.

    Raises:
        FormatError: as read_config().
    """
    folder = table.absolute().parent
    for candidate in (folder, folder.parent, folder.parent.parent):
        path = candidate / NAME
        if path.is_file() and looks_like_config(path):
            return read_config(path)
    return None


def looks_like_config(path: Path) -> bool:
    """Whether a YAML file is a DeepLabCut project, from its beginning alone."""
    with path.open("rb") as file:
        head = file.read(1 << 16)
    starts = [line.split(b":")[0] for line in head.splitlines()]
    return b"scorer" in starts and bool({b"bodyparts", b"multianimalbodyparts"} & set(starts))


def read_config(path: Path) -> ProjectConfig:
    """What a project says.

    Raises:
        FormatError: naming the file and the field.
    """
    content = _content(path)
    several = content.get("multianimalproject") is True
    parts = _names(path, content, "multianimalbodyparts" if several else "bodyparts")
    unique = _names(path, content, "uniquebodyparts") if several else ()
    if not parts and not unique:
        raise FormatError(Words("{path}: the list of bodyparts is empty.", path=path))
    known = {*parts, *unique}
    if len(known) < len(parts) + len(unique):
        raise FormatError(Words("{path}: a body part is there twice.", path=path))
    return ProjectConfig(
        path,
        str(content.get("scorer") or ""),
        parts,
        unique,
        _limbs(path, content.get("skeleton"), known),
        _names(path, content, "individuals") if several else (),
    )


def _content(path: Path) -> dict[str, Any]:
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise FormatError(Words("{path} is no configuration of a DeepLabCut project.", path=path))
    return content


def _names(path: Path, content: dict[str, Any], field: str) -> tuple[str, ...]:
    values = content.get(field) or []
    if not isinstance(values, list) or not all(isinstance(v, str | int) for v in values):
        raise FormatError(Words("{path}: {field} must be a list of names.", path=path, field=field))
    return tuple(map(str, values))


def _limbs(path: Path, given: object, known: set[str]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for edge in given if isinstance(given, list) else []:
        if not isinstance(edge, list):
            raise FormatError(
                Words("{path}: skeleton must be a list of pairs of body parts.", path=path)
            )
        names = [str(name) for name in edge]
        for name in names:
            if name not in known:
                raise FormatError(
                    Words(
                        "{path}: skeleton joins {name}, which is none of the bodyparts.",
                        path=path,
                        name=name,
                    ),
                    Words("Take it out of the skeleton there."),
                )
        # DeepLabCut also draws a longer list as a chain.
        found += [pair for pair in pairwise(names) if pair[0] != pair[1]]
    return tuple(dict.fromkeys(found))
