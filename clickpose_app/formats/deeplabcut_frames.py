"""Which images the rows of a DeepLabCut table are about, and how large they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from clickpose_app.errors import FormatError, ImageError, Words
from clickpose_app.formats.coco_schema import Flaw, plain_file_name
from clickpose_app.formats.format import Context
from clickpose_app.presence import is_file

_NUMBERED = re.compile(r"(.*?)(\d+)(\.(?:png|jpe?g|bmp|tiff?|webp))", re.IGNORECASE)
_UP = 3


def file_names(path: Path, frames: Sequence[str | int], context: Context) -> list[str]:
    """The file name of each frame, relative to the image folder, with forward slashes.

    Frames of a video have numbers only. Their images are those in the image folder whose names
    end with the number, as extracted frames are called everywhere.

    Raises:
        FormatError: naming the frame whose name leaves the image folder or is there twice, or
            if frames have numbers and no image in the folder has one.
    """
    numbers = [frame for frame in frames if isinstance(frame, int)]
    named = _NumberedImages(path, context) if numbers else None
    found: list[str] = []
    seen: set[str] = set()
    for frame in frames:
        try:
            if isinstance(frame, int):
                name = named.name(frame) if named else ""
            else:
                name = plain_file_name(frame)
        except Flaw as flaw:
            raise FormatError(
                Words("{path}: frame {frame}: {flaw}.", path=path, frame=frame, flaw=flaw)
            ) from flaw
        if name in seen:
            raise FormatError(
                Words("{path}: frame {frame} is there twice.", path=path, frame=frame)
            )
        seen.add(name)
        found.append(name)
    return found


class _NumberedImages:
    """The images of one video's frames."""

    def __init__(self, path: Path, context: Context) -> None:
        folder = context.images or path.absolute().parent
        try:
            names = sorted(p.name for p in folder.iterdir()) if folder.is_dir() else []
        except OSError as error:
            raise FormatError(
                Words(
                    "{folder} cannot be read: {strerror}.", folder=folder, strerror=error.strerror
                )
            ) from error
        self._by_number: dict[int, str] = {}
        self._pattern = ("", 0, "")
        for name in names:
            match = _NUMBERED.fullmatch(name)
            if match is None or len(match[2]) > 15:
                continue
            pattern = (match[1], len(match[2]), match[3])
            if self._by_number and pattern[::2] != self._pattern[::2]:
                raise FormatError(
                    Words(
                        "{path} numbers the frames of one video, but {folder} holds {name} and "
                        "{next}.",
                        path=path,
                        folder=folder,
                        name=name,
                        next=next(iter(self._by_number.values())),
                    ),
                    Words("Say with --images FOLDER where the frames of this video are."),
                )
            self._pattern = pattern
            self._by_number[int(match[2])] = name
        if not self._by_number:
            raise FormatError(
                Words(
                    "{path} numbers the frames of a video, and {folder} holds no images of frames.",
                    path=path,
                    folder=folder,
                ),
                Words("Say with --images FOLDER where they are; a few of them are enough."),
            )

    def name(self, number: int) -> str:
        """The image of a frame; where it was never extracted, the name that it would have."""
        before, digits, after = self._pattern
        return self._by_number.get(number) or f"{before}{number:0{digits}d}{after}"


def image_root(path: Path, names: Sequence[str], context: Context) -> Path:
    """The folder that file names are relative to: as said, or where one of them is found.

    In a DeepLabCut project that is two folders above the table.
    """
    folder = path.absolute().parent
    above = [folder, *folder.parents][: _UP + 1]
    candidates = [context.images.absolute()] if context.images else above
    for candidate in candidates:
        if any(is_file(candidate / name) for name in names[:20]):
            return candidate
    return candidates[0]


class Sizes:
    """The size of each image; one that is not there has that of its neighbours."""

    def __init__(self, path: Path, root: Path, names: Sequence[str], context: Context) -> None:
        """Sizes of images in root by their names; path is the table, for errors."""
        self._path = path
        self._root = root
        self._context = context
        self._names = names
        self._of_folder: dict[str, tuple[int, int] | None] = {}

    def size(self, name: str) -> tuple[int, int]:
        """Width and height in pixels.

        Raises:
            FormatError: if neither the image nor another one of its folder is there.
            ImageError: if the image is there, but damaged.
        """
        file = self._root / name
        if is_file(file):
            return self._context.image_size(str(file))
        known = self._neighbour(name.rpartition("/")[0])
        if known is None:
            raise FormatError(
                Words(
                    "{path}: the image {name} is not in {root}, and DeepLabCut's tables do not "
                    "say how large images are.",
                    path=self._path,
                    name=name,
                    root=self._root,
                ),
                Words("Say with --images FOLDER where the images are."),
            )
        return known

    def _neighbour(self, folder: str) -> tuple[int, int] | None:
        """The size of any image of the same folder: those of one video are all alike."""
        if folder not in self._of_folder:
            self._of_folder[folder] = next(self._sizes_in(folder), None)
        return self._of_folder[folder]

    def _sizes_in(self, folder: str) -> Iterator[tuple[int, int]]:
        for name in self._names:
            file = self._root / name
            if name.rpartition("/")[0] == folder and is_file(file):
                try:
                    yield self._context.image_size(str(file))
                except ImageError:
                    continue
