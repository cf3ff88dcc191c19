"""Data sets and contexts for the round trips of the tools' formats."""

from __future__ import annotations

import tempfile
from pathlib import Path

from clickpose_app.core.annotation import (
    ImageAnnotation,
    ImageState,
    Keypoint,
    Person,
    Source,
    Visibility,
)
from clickpose_app.core.geometry import Box
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.formats.format import Context, Format
from tests.formats.strategies import BEE


def unknown_size(file_name: str) -> tuple[int, int]:
    """No format that keeps sizes asks for one."""
    raise AssertionError(file_name)


def context(images: Path | None = None, skeleton: Skeleton | None = None) -> Context:
    """Nobody has said anything, unless given."""
    return Context(images, unknown_size, skeleton)


def there_and_back(format: Format, dataset: Dataset, name: str) -> tuple[Dataset, tuple[str, ...]]:  # noqa: A002
    """What a format reads of what it wrote, and what it said that it cannot hold."""
    assert format.write is not None
    assert format.read is not None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        losses = tuple(map(str, format.write(path, dataset, context())))
        assert format.claims(path)
        found = format.read(path, context())
        # People are built when they are asked for; the files are gone by then.
        for image in found.images:
            assert image.annotation == image.annotation
    return found, losses


def swarm() -> Dataset:
    """One image in review with two bees and a crowd, and one without anybody."""
    seen = Keypoint(10.125, 20.25, Visibility.VISIBLE, Source.HUMAN)
    hidden = Keypoint(30.5, 20.75, Visibility.OCCLUDED, Source.PREDICTED, 0.25)
    unknown = Keypoint(25.0, 25.0, Visibility.UNLABELLED)
    box = Box(10.0, 20.0, 40.0, 30.0)
    people = (
        Person("a", (seen, hidden, unknown, seen), box, Source.HUMAN, extra={"id": 4, "x": "é"}),
        Person("b", (hidden, unknown, unknown, unknown), box, Source.PREDICTED, 0.5),
        Person("c", (), Box(0.0, 0.0, 50.0, 50.5), Source.HUMAN, is_crowd=True),
    )
    first = ImageAnnotation(people, ImageState.REVIEWED, "Flügel prüfen")
    return Dataset(
        BEE,
        (
            DatasetImage(7, "Stöcke/eins.jpg", 640, 480, first, {"id": 7, "camera": [1, 2.5]}),
            DatasetImage(3, "zwei.png", 320, 240, ImageAnnotation(), {"id": 3}),
        ),
    )
