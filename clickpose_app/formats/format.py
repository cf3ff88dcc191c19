"""What a format is: a name, what its files look like, and how they are read and written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.dataset import Dataset


class ImagesUnknownError(FormatError):
    """A file cannot be read before somebody says which folder its images are in."""


class DescriptionUnknownError(FormatError):
    """A file cannot be read before somebody names the COCO file that describes its images."""


@dataclass(frozen=True)
class Context:
    """What files of some formats do not say themselves.

    Attributes:
        images: the folder that file names are relative to; None if nobody said.
        image_size: upright width and height in pixels of an image in that folder, by its file
            name; raises ImageError. Only for formats that keep no sizes: it opens the file.
        skeleton: of the people, for formats without names of keypoints; None if nobody said.
        described_by: a COCO file with names, ids and sizes of the images, for formats that know
            only their ids; None if nobody said.
    """

    images: Path | None
    image_size: Callable[[str], tuple[int, int]]
    skeleton: Skeleton | None = None
    described_by: Path | None = None

    def required_images(self, path: Path) -> Path:
        """The image folder; FormatError, naming the file that cannot do without, if unknown."""
        if self.images is None:
            raise ImagesUnknownError(
                Words("{path} does not say where its images are.", path=path),
                Words("Say it with --images FOLDER."),
            )
        return self.images


class Read(Protocol):
    """Reads a file or folder; FormatError naming file, record and field that are wrong."""

    def __call__(self, path: Path, context: Context) -> Dataset:
        """The data set in path."""
        ...


class Write(Protocol):
    """Writes a file or folder, whole or not at all; FormatError if that fails."""

    def __call__(self, path: Path, dataset: Dataset, context: Context) -> tuple[Words, ...]:
        """Write the data set to path; a sentence for each thing that the format cannot hold."""
        ...


@dataclass(frozen=True)
class Format:
    """One format for annotations.

    Attributes:
        name: on the command line, e.g. ``yolo-pose``.
        title: for people, e.g. ``Ultralytics YOLO pose``.
        suffixes: of its files, in lower case, the usual one first; empty for a folder.
        claims: whether a path, which exists, looks like this format: a quick look that opens
            no more than the beginning of a file, and raises nothing.
        read: None if ClickPose does not read it.
        write: None if ClickPose does not write it.
        is_coco: whether its files follow COCO's rules for keypoint files, and are checked
            against those once they are written.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    claims: Callable[[Path], bool]
    read: Read | None = None
    write: Write | None = None
    is_coco: bool = False

    @property
    def is_folder(self) -> bool:
        """Whether a data set in this format is a folder."""
        return not self.suffixes


class Losses:
    """Counts what a format cannot hold while it is written, and says it in sentences."""

    def __init__(self, title: str) -> None:
        """Nothing is lost yet; title is the format's."""
        self._title = title
        self._counts: dict[str, tuple[Words, int]] = {}

    def note(self, what: Words, count: int = 1) -> None:
        """One more of something, e.g. ``ids of people``, does not fit."""
        if count:
            name = str(what)
            _, before = self._counts.get(name, (what, 0))
            self._counts[name] = (what, before + count)

    def sentences(self) -> tuple[Words, ...]:
        """A sentence each, in the order in which they were first noted."""
        return tuple(
            Words("{title} cannot hold {what} ({count:,}).", title=self._title, what=what, count=n)
            for what, n in self._counts.values()
        )
