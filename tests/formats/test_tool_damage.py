"""Whatever is wrong with a tool's file, it is said in one sentence that names the file."""

from __future__ import annotations

import copy
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clickpose_app.errors import FormatError
from clickpose_app.formats.catalogue import format_named
from tests.formats.tool_data import context, swarm
from tests.strategies import json_values


def written(name: str, folder: Path) -> tuple[Path, Path]:
    """A small data set in a format, and the file of it that is to be damaged."""
    chosen = format_named(name)
    path = folder / f"out{chosen.suffixes[0] if chosen.suffixes else ''}"
    assert chosen.write is not None
    chosen.write(path, swarm(), context())
    file = {
        "labelme": path / "Stöcke" / "eins.json",
        "datumaro": path / "annotations" / "default.json",
    }.get(name, path)
    return path, file


def read_or_refuse(name: str, path: Path) -> None:
    """Read everything; whatever it is that cannot be read, only one kind of error may say so."""
    read = format_named(name).read
    assert read is not None
    try:
        dataset = read(path, context())
    except FormatError as error:
        assert "out" in error.message
        return
    # What has been read once can be built.
    for image in dataset.images:
        assert image.width > 0
        for person in image.annotation.people:
            assert len(person.keypoints) in (0, len(dataset.skeleton))


def places(value: object, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to all values inside a JSON value."""
    found = [way] if way else []
    inside: Any = ()
    if isinstance(value, dict):
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    for key, each in inside:
        found += places(each, (*way, key))
    return found


odd_values = json_values | st.sampled_from(
    [float("nan"), float("inf"), -1, 0, 1e300, 10**30, 2**63, "", "../x.jpg", "/x", "\x00", []]
)


@pytest.mark.parametrize("name", ["labelme", "label-studio", "datumaro"])
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_any_other_value_anywhere_is_read_or_named(name: str, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, file = written(name, Path(folder))
        content = json.loads(file.read_text(encoding="utf-8"))
        damaged = copy.deepcopy(content)
        way = data.draw(st.sampled_from(places(content)))
        target = damaged
        for step in way[:-1]:
            target = target[step]
        if isinstance(target, dict) and data.draw(st.booleans()):
            del target[way[-1]]
        else:
            target[way[-1]] = data.draw(odd_values)
        file.write_text(json.dumps(damaged), encoding="utf-8")
        read_or_refuse(name, path)


@pytest.mark.parametrize("name", ["cvat", "labelme", "label-studio", "datumaro"])
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_any_other_bytes_anywhere_are_read_or_named(name: str, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, file = written(name, Path(folder))
        content = file.read_bytes()
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(start + 40, len(content))) | st.just(len(content)))
        inserted = data.draw(st.binary(max_size=8) | st.text(max_size=8).map(_encoded))
        file.write_bytes(content[:start] + inserted + content[end:])
        read_or_refuse(name, path)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_other_attribute_of_cvat_is_read_or_named(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, file = written("cvat", Path(folder))
        parts = file.read_text(encoding="utf-8").split('"')
        odd = st.sampled_from(["", "nan", "-1", "1e999", "x", "1,2,3", "٣", "../x", "person"])
        parts[data.draw(st.sampled_from(range(1, len(parts), 2)))] = data.draw(odd)
        file.write_text('"'.join(parts), encoding="utf-8")
        read_or_refuse("cvat", path)
