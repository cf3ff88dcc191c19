"""What a run looks at: images, folders of images, and videos, whose frames become images."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clickpose_app.batch.frames import Clip, write_frames
from clickpose_app.batch.prelabel import ImageFile, Selection, select_images
from clickpose_app.errors import ClickPoseError, ImageError
from clickpose_app.storage.videos import Pace, is_video_path


@dataclass(frozen=True)
class Sources:
    """Images to be labelled, from files and from videos.

    Attributes:
        selection: the images, with names and ids.
        clips: the videos that were read.
        fields: what the data set says besides of each frame, by its file.
        shortcomings: one sentence for each video that was cut short.
    """

    selection: Selection
    clips: tuple[Clip, ...] = ()
    fields: dict[Path, dict[str, Any]] = field(default_factory=dict)
    shortcomings: tuple[str, ...] = ()

    @property
    def clip_folders(self) -> frozenset[Path]:
        """The folders of frames."""
        return frozenset(clip.folder for clip in self.clips)

    @property
    def folders(self) -> frozenset[Path]:
        """All folders that hold an image."""
        return frozenset(image.path.parent for image in self.selection.images)


def split_videos(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The videos among the paths, and all others."""
    videos = [path for path in paths if is_video_path(path) and not path.is_dir()]
    return videos, [path for path in paths if path not in videos]


def with_videos(
    videos: Sequence[Path],
    others: Sequence[Path],
    folder: Path,
    pace: Pace,
    *,
    root: Path | None = None,
    recursive: bool = False,
    progress: Callable[[int, int], object] | None = None,
) -> Sources:
    """Images and the frames of videos as one selection.

    Frames are written into a folder of the video's name; of several videos of one name the
    second has ``-2`` behind it. Names in the data set are relative to the folder that holds all
    images and all frames; ids count from 1, images first.

    Args:
        videos: video files.
        others: images, and folders of images.
        folder: in which the folders of frames are.
        pace: which frames are taken.
        root: that names are to be relative to, if the frames lie somewhere in it.
        recursive: as for select_images.
        progress: as for write_frames.

    Raises:
        ClickPoseError: if there is nothing to label, or frames cannot be written.
    """
    chosen = select_images(others, recursive=recursive) if others else Selection(())
    failures, clips = list(chosen.failures), []
    for video, name in _named(videos):
        try:
            clips.append(write_frames(video, folder.absolute() / name, pace, progress=progress))
        except ImageError as error:
            failures.append(str(error))
    images = [image.path for image in chosen.images]
    frames = [frame.path for clip in clips for frame in clip.frames]
    if not images and not frames:
        raise ClickPoseError(" ".join(failures), "Name images, folders of images, or videos.")
    roots = [_root(image) for image in chosen.images[:1]]
    if frames:
        inside = root is not None and folder.absolute().is_relative_to(root.absolute())
        roots.append(root.absolute() if root and inside else folder.absolute())
    common = Path(os.path.commonpath(roots))
    paths = dict.fromkeys([*images, *frames])
    selected = tuple(
        ImageFile(path, path.relative_to(common).as_posix(), number)
        for number, path in enumerate(paths, start=1)
    )
    fields = {
        frame.path: {"video": clip.video.name, "frame": frame.index, "seconds": frame.seconds}
        for clip in clips
        for frame in clip.frames
    }
    shortcomings = tuple(clip.shortcoming for clip in clips if clip.shortcoming)
    return Sources(Selection(selected, tuple(failures)), tuple(clips), fields, shortcomings)


def passing_folder(out: Path) -> Path:
    """Where frames are that are not to stay, until the result is there."""
    return out.absolute().with_name(f"{out.name}.frames")


def remove_passing(out: Path) -> None:
    """Take such frames away."""
    shutil.rmtree(passing_folder(out), ignore_errors=True)


def _named(videos: Sequence[Path]) -> list[tuple[Path, str]]:
    """Each video once, with the name of its folder."""
    named: dict[str, tuple[Path, str]] = {}
    for video in dict.fromkeys(video.absolute() for video in videos):
        name, number = video.stem, 1
        while name.casefold() in named:
            number += 1
            name = f"{video.stem}-{number}"
        named[name.casefold()] = video, name
    return list(named.values())


def _root(image: ImageFile) -> Path:
    """The folder that the name of an image is relative to."""
    return image.path.parents[image.file_name.count("/")]
