"""Read SLEAP's projects and predictions (.slp) through sleap-io."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from clickpose_app.core.keypoint_map import meaning
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.formats.format import Context
from clickpose_app.formats.hdf5_guard import check_hdf5
from clickpose_app.formats.named_skeleton import named_skeleton
from clickpose_app.formats.optional_library import first_line, optional_library
from clickpose_app.formats.sleap_names import FrameNames, relative_names
from clickpose_app.formats.sleap_people import PeopleOfFrames, check_instance
from clickpose_app.presence import is_file

EXTRA = "sleap"
FIELD = "clickpose"
"""Under which SLEAP's own record of where a file comes from keeps our image folder."""


class _Frame(NamedTuple):
    """One image: its name, its size (0 if unknown), and the instances on it."""

    name: str
    size: tuple[int, int]
    instances: tuple[Any, ...]


def read_sleap(path: Path, context: Context) -> Dataset:
    """The data set in a SLEAP file.

    Rules where the file leaves a choice:

    * Points count from the middle of the first pixel, so half a pixel is added.
    * A point that SLEAP calls not visible is occluded; one without coordinates not labelled.
    * User instances were placed by a person; if some of their points are marked as complete,
      only those. Predicted instances keep their scores, unless a user instance replaces them
      (was made from them, or is on the same track), as SLEAP shows it too.
    * Tracks are kept as "track_id". An instance without any point is not there.
    * A person's box is the one around their points.
    * Of image sequences every image is there; of video files the labelled frames, as
      VIDEO/000042.jpg, whether the video is there or not.

    Raises:
        FormatError: naming the file, the frame and the node, or the missing library.
        ImageError: if the file does not say how large an image is, and that is damaged.
    """
    labels = read_labels(path)
    try:
        nodes, name, limbs, symmetries = _description(_used_skeleton(path, labels))
    except (ValueError, TypeError, IndexError, AttributeError) as error:
        raise _unreadable(path, error) from error
    pairs = [oriented_pair(nodes, *pair) for pair in symmetries]
    skeleton, order = named_skeleton(path, name, nodes, limbs, pairs)
    frames = list(_frames(path, labels, context, len(nodes)))
    return _dataset(path, frames, skeleton, order, context)


def read_labels(path: Path) -> Any:
    """What sleap-io makes of a file, which has been looked at before; FormatError if nothing."""
    slp = optional_library("sleap_io.io.slp", extra=EXTRA, path=path)
    # Pictures inside a package are not read.
    check_hdf5(path, extra=EXTRA, unread="video")
    try:
        return slp.read_labels(str(path), open_videos=False)
    except Exception as error:  # whatever a damaged file makes the library stumble over
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> FormatError:
    return FormatError(
        Words(
            "{path} is not a SLEAP file that can be read: {said}.",
            path=path,
            said=first_line(error),
        ),
        Words("Open it in SLEAP and save it again."),
    )


def _used_skeleton(path: Path, labels: Any) -> Any:
    """The one skeleton that instances have; the first one if there are no instances."""
    used: list[Any] = []
    for frame in labels.labeled_frames:
        for instance in frame.instances:
            if not any(instance.skeleton is other for other in used):
                used.append(instance.skeleton)
    if len(used) > 1:
        names = ", ".join(str(skeleton.name) for skeleton in used)
        raise FormatError(
            Words("{path} has instances of several skeletons ({names}).", path=path, names=names),
            Words("Split it: ClickPose works on one at a time."),
        )
    if not used and not labels.skeletons:
        raise FormatError(
            Words("{path} has no skeleton.", path=path), Words("Define its nodes in SLEAP first.")
        )
    return used[0] if used else labels.skeletons[0]


def _description(
    skeleton: Any,
) -> tuple[list[str], str, list[tuple[int, int]], list[tuple[int, int]]]:
    """Names of nodes, name, edges and symmetries of sleap-io's skeleton."""
    nodes = [str(name) for name in skeleton.node_names]
    edges = dict.fromkeys((int(a), int(b)) for a, b in skeleton.edge_inds if a != b)
    symmetries = [
        tuple(sorted(nodes.index(node.name) for node in symmetry))
        for symmetry in skeleton.symmetries
    ]
    pairs = [(pair[0], pair[1]) for pair in dict.fromkeys(symmetries)]
    return nodes, str(skeleton.name or "sleap"), list(edges), pairs


def oriented_pair(names: Sequence[str], a: int, b: int) -> tuple[int, int]:
    """Two symmetric keypoints as (left, right): by their names, else in their order."""
    a, b = min(a, b), max(a, b)
    left_second = "left" in meaning(names[b]) and "right" in meaning(names[a])
    return (b, a) if left_second else (a, b)


def _frames(path: Path, labels: Any, context: Context, nodes: int) -> Iterator[_Frame]:
    """Every image, video by video."""
    labelled = _by_video(path, labels, nodes)
    names = _Names(path, labels, context)
    for video in labels.videos:
        frames = labelled[id(video)]
        size = _size(path, video)
        files = names.of_sequence(video)
        if files is None:
            for index in sorted(frames):
                yield _Frame(names.of_frame(video, index), size, _shown(frames[index]))
            continue
        if frames and not 0 <= min(frames) <= max(frames) < len(files):
            raise FormatError(
                Words(
                    "{path}: {title} has {count} images, but labels on frames {min} to {max}, "
                    "counted from 0.",
                    path=path,
                    title=_title(video),
                    count=len(files),
                    min=min(frames),
                    max=max(frames),
                )
            )
        for index, name in enumerate(files):
            # A package holds the labelled ones of what may be a long sequence.
            if index in frames or video is _origin(video):
                yield _Frame(name, size, _shown(frames[index]) if index in frames else ())


def _by_video(path: Path, labels: Any, nodes: int) -> dict[int, dict[int, Any]]:
    """SLEAP's labelled frames, checked, by video and frame number."""
    labelled: dict[int, dict[int, Any]] = {id(video): {} for video in labels.videos}
    for frame in labels.labeled_frames:
        of_video = labelled.setdefault(id(frame.video), {})
        index = int(frame.frame_idx)
        if index in of_video:
            raise FormatError(
                Words(
                    "{path}: frame {index} of {title} is there twice.",
                    path=path,
                    index=index,
                    title=_title(frame.video),
                )
            )
        for number, instance in enumerate(frame.instances):
            where = f"{path}: frame {index} of {_title(frame.video)}: instance {number + 1}"
            check_instance(where, instance, nodes)
        of_video[index] = frame
    return labelled


class _Names:
    """What the images of each video are called."""

    def __init__(self, path: Path, labels: Any, context: Context) -> None:
        sequences = {
            id(video): [str(name) for name in _origin(video).filename]
            for video in labels.videos
            if isinstance(_origin(video).filename, list)
        }
        own = labels.provenance.get(FIELD) if isinstance(labels.provenance, dict) else None
        recorded = own.get("images") if isinstance(own, dict) else None
        flat = [name for names in sequences.values() for name in names]
        relative = iter(relative_names(path, flat, context.images, str(recorded or "")))
        self._sequences = {key: [next(relative) for _ in names] for key, names in sequences.items()}
        self._frames = FrameNames(context.images)

    def of_sequence(self, video: Any) -> list[str] | None:
        """Of each image of a sequence; None for a video file."""
        return self._sequences.get(id(video))

    def of_frame(self, video: Any, index: int) -> str:
        """Of one frame of a video file."""
        return self._frames.name(str(_origin(video).filename), index)


def _origin(video: Any) -> Any:
    """The video that pictures inside a package were taken from."""
    while video.source_video is not None and not isinstance(video.filename, list):
        video = video.source_video
    return video


def _title(video: Any) -> str:
    name = _origin(video).filename
    return repr(Path(str(name[0] if isinstance(name, list) and name else name)).name)


def _size(path: Path, video: Any) -> tuple[int, int]:
    """Width and height; zeros if the file does not say."""
    shape = video.backend_metadata.get("shape") or _origin(video).backend_metadata.get("shape")
    if shape is None:
        return 0, 0
    try:
        _, height, width, _ = (int(number) for number in shape)
        if not (0 < width <= 1 << 20 and 0 < height <= 1 << 20):
            raise ValueError("no size of an image")
    except (TypeError, ValueError) as error:
        raise FormatError(
            Words(
                "{path}: the shape of {title} is {shape!r}.",
                path=path,
                title=_title(video),
                shape=shape,
            )
        ) from error
    return width, height


def _shown(frame: Any) -> tuple[Any, ...]:
    """The instances that count: predictions that a person has replaced do not."""
    users = [instance for instance in frame.instances if not hasattr(instance, "score")]
    replaced = {id(user.from_predicted) for user in users if user.from_predicted is not None}
    tracks = {id(user.track) for user in users if user.track is not None}
    return tuple(
        instance
        for instance in frame.instances
        if not hasattr(instance, "score")
        or (id(instance) not in replaced and id(instance.track) not in tracks)
    )


def _dataset(
    path: Path,
    frames: Sequence[_Frame],
    skeleton: Skeleton,
    order: tuple[int, ...],
    context: Context,
) -> Dataset:
    names: set[str] = set()
    images = []
    people = PeopleOfFrames(order)
    for number, frame in enumerate(frames, start=1):
        if frame.name in names:
            raise FormatError(
                Words("{path}: the image {name!r} is there twice.", path=path, name=frame.name)
            )
        names.add(frame.name)
        width, height = frame.size if frame.size[0] else _size_of_image(path, frame.name, context)
        annotation = partial(people.annotation, number, frame.instances)
        images.append(DatasetImage(number, frame.name, width, height, annotation))
    return Dataset(
        skeleton, tuple(images), {}, {"name": skeleton.name, "supercategory": skeleton.name}
    )


def _size_of_image(path: Path, name: str, context: Context) -> tuple[int, int]:
    folder = context.images or path.absolute().parent
    if not is_file(folder / name):
        raise FormatError(
            Words(
                "{path} does not say how large the image {name} is, and it is not in {folder}.",
                path=path,
                name=name,
                folder=folder,
            ),
            Words("Say with --images FOLDER where the images are."),
        )
    return context.image_size(str((folder / name).absolute()))
