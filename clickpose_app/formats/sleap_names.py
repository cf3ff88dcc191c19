"""File names of images in SLEAP's projects, which are mostly absolute, made relative.

Nothing outside the image folder can be reached through them: what an absolute name keeps is
only what lies below the folder that all of them share.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_schema import Flaw, plain_file_name
from clickpose_app.presence import is_file

_ABSOLUTE = re.compile(r"(?:[A-Za-z]:)?/")
_FRAME_DIGITS = 6


def relative_names(
    path: Path, names: Sequence[str], images: Path | None, recorded: str = ""
) -> list[str]:
    """Each name as seen from the image folder.

    Args:
        path: the project, for errors.
        names: as they stand there.
        images: the image folder; None if nobody said.
        recorded: the folder that ClickPose wrote them for, if it did.

    Raises:
        FormatError: for a name that leaves the image folder.
    """
    slashed = [name.replace("\\", "/") for name in names]
    absolute = [name for name in slashed if _ABSOLUTE.match(name)]
    prefix = _prefix(absolute, images, recorded.replace("\\", "/").rstrip("/"))
    found = []
    for name in slashed:
        inside = name[len(prefix) :].lstrip("/") if _ABSOLUTE.match(name) else name
        try:
            found.append(plain_file_name(inside))
        except Flaw as flaw:
            raise FormatError(
                Words("{path}: image {name!r}: {flaw}.", path=path, name=name, flaw=flaw)
            ) from flaw
    return found


def _prefix(absolute: Sequence[str], images: Path | None, recorded: str) -> str:
    if not absolute:
        return ""
    roots = [images.absolute().as_posix()] if images else []
    for root in filter(None, (*roots, recorded)):
        if all(name.startswith(f"{root}/") for name in absolute):
            return root
    parts = [name.split("/")[:-1] for name in absolute]
    shared = parts[0]
    for other in parts[1:]:
        same = (a == b for a, b in zip(shared, other, strict=False))
        shared = shared[: next((i for i, alike in enumerate(same) if not alike), len(other))]
    # Moved to another place, all of them still lie below the image folder in the same way.
    first = absolute[0].split("/")
    for i in range(1, len(shared) + 1) if images else ():
        if images and is_file(images.joinpath(*first[i:])):
            return "/".join(first[:i])
    return "/".join(shared)


class FrameNames:
    """Names for frames of video files, which have none: VIDEO/000042.jpg.

    Frames that ``clickpose prelabel`` writes of a video are called so as well.
    """

    def __init__(self, images: Path | None) -> None:
        """Names of what lies in that folder, where it does."""
        self._images = images
        self._folders: dict[str, str] = {}

    def name(self, video: str, frame: int) -> str:
        """The image of one frame of a video file."""
        folder = self._folder(video)
        plain = f"{folder}/{frame:0{_FRAME_DIGITS}d}.jpg"
        if self._images and not is_file(self._images / plain):
            for other in (f"{frame:0{_FRAME_DIGITS}d}.png", f"img{frame:04d}.png", f"{frame}.jpg"):
                if is_file(self._images / folder / other):
                    return f"{folder}/{other}"
        return plain

    def _folder(self, video: str) -> str:
        if video not in self._folders:
            stem = video.replace("\\", "/").rpartition("/")[2].rpartition(".")[0].strip(". ")
            stem = stem.replace("\0", "") or "video"
            taken = set(self._folders.values())
            free = (f"{stem}-{n}" for n in range(2, len(taken) + 3))
            self._folders[video] = next(n for n in (stem, *free) if n not in taken)
        return self._folders[video]
