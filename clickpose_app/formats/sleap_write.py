"""Write a data set as a SLEAP project (.slp) through sleap-io."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from clickpose_app.core.annotation import ImageAnnotation, Person, Source, Visibility
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_schema import Flaw, plain_file_name
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.formats.format import Context, Losses
from clickpose_app.formats.library_file import library_file
from clickpose_app.formats.lost_fields import note_file, note_image, note_person, note_skeleton
from clickpose_app.formats.named_skeleton import named_skeleton
from clickpose_app.formats.optional_library import optional_library
from clickpose_app.formats.pixel_centres import to_centres
from clickpose_app.formats.sleap_read import EXTRA, FIELD, oriented_pair
from clickpose_app.formats.tracks import track_name


class _Group(NamedTuple):
    """Images of one size, which SLEAP takes for a video: its Video, and the images."""

    video: Any
    images: list[DatasetImage]


def write_sleap(path: Path, dataset: Dataset, context: Context) -> tuple[Words, ...]:
    """Write a SLEAP project of image sequences, one for each size that images have.

    People with a point placed by hand become user instances, in which those points are marked
    as complete; all others predicted instances with scores. Images are named by their absolute
    paths where the image folder is known, because SLEAP looks for them so.

    Returns:
        A sentence for each thing that is lost.

    Raises:
        FormatError: naming the file, if it cannot be written; what was there before stays.
    """
    sleap_io = optional_library("sleap_io", extra=EXTRA, path=path)
    slp = optional_library("sleap_io.io.slp", extra=EXTRA, path=path)
    losses = Losses("SLEAP")
    skeleton = _skeleton(sleap_io, dataset.skeleton)
    groups = _groups(sleap_io, path, dataset, context)
    if [i for group in groups for i in group.images] != list(dataset.images):
        losses.note(Words("the order of images of several sizes"), len(dataset.images))
    builder = _Instances(sleap_io, path, skeleton, losses)
    frames = list(_frames(sleap_io, groups, builder, losses))
    note_file(losses, dataset)
    _note_skeleton(path, dataset.skeleton, losses)
    root = context.images.absolute().as_posix() if context.images else ""
    labels = sleap_io.Labels(
        labeled_frames=frames,
        videos=[group.video for group in groups],
        skeletons=[skeleton],
        tracks=list(builder.tracks.values()),
        provenance={FIELD: {"images": root}},
    )
    with library_file(path) as growing:
        slp.write_labels(str(growing), labels, verbose=False)
    return losses.sentences()


def _skeleton(sleap_io: Any, skeleton: Skeleton) -> Any:
    return sleap_io.Skeleton(
        nodes=list(skeleton.keypoints),
        edges=[tuple(limb) for limb in skeleton.limbs],
        symmetries=[tuple(pair) for pair in skeleton.pairs],
        name=skeleton.name,
    )


def _groups(sleap_io: Any, path: Path, dataset: Dataset, context: Context) -> list[_Group]:
    by_size: dict[tuple[int, int], list[DatasetImage]] = {}
    for image in dataset.images:
        try:
            if plain_file_name(image.file_name) != image.file_name:
                raise Flaw("file_name", Words("must be in its plain form, with forward slashes"))
            image.file_name.encode()
        except (Flaw, UnicodeEncodeError) as error:
            raise FormatError(
                Words(
                    "{path}: image {file_name!r}: {error}.",
                    path=path,
                    file_name=image.file_name,
                    error=error,
                )
            ) from error
        by_size.setdefault((image.width, image.height), []).append(image)
    root = f"{context.images.absolute().as_posix()}/" if context.images else ""
    groups = []
    for (width, height), images in by_size.items():
        names = [root + image.file_name for image in images]
        metadata = {
            "type": "ImageVideo",
            "shape": [len(names), height, width, 3],
            "filename": names[0],
            "filenames": names,
            "height_": height,
            "width_": width,
            "channels_": 3,
            "grayscale": False,
        }
        video = sleap_io.Video(filename=names, backend_metadata=metadata, open_backend=False)
        groups.append(_Group(video, images))
    return groups


def _frames(
    sleap_io: Any, groups: list[_Group], builder: _Instances, losses: Losses
) -> Iterator[Any]:
    for group in groups:
        for index, image in enumerate(group.images):
            annotation = image.annotation
            note_image(losses, image, annotation)
            instances = builder.instances(image, annotation)
            if instances:
                yield sleap_io.LabeledFrame(video=group.video, frame_idx=index, instances=instances)


class _Instances:
    """Builds SLEAP's instances, and the tracks that they are on."""

    def __init__(self, sleap_io: Any, path: Path, skeleton: Any, losses: Losses) -> None:
        self._sleap_io = sleap_io
        self._path = path
        self._skeleton = skeleton
        self._losses = losses
        self._arrays = optional_library("sleap_io.model.instance", extra=EXTRA, path=path)
        self.tracks: dict[str, Any] = {}

    def instances(self, image: DatasetImage, annotation: ImageAnnotation) -> list[Any]:
        """Those of one image."""
        return [
            self._instance(image, person)
            for person in annotation.people
            if note_person(self._losses, person)
        ]

    def _instance(self, image: DatasetImage, person: Person) -> Any:
        count = len(self._skeleton.node_names)
        if len(person.keypoints) != count:
            raise FormatError(
                Words(
                    "{path}: image {file_name!r}: a person has {count} keypoints, not {count2} "
                    "as the skeleton.",
                    path=self._path,
                    file_name=image.file_name,
                    count=len(person.keypoints),
                    count2=count,
                )
            )
        by_hand = any(k.labelled and k.source is Source.HUMAN for k in person.keypoints)
        self._note(person, by_hand)
        kind = self._arrays.PointsArray if by_hand else self._arrays.PredictedPointsArray
        points = kind.empty(count)
        for point, keypoint, node in zip(
            points, person.keypoints, self._skeleton.node_names, strict=True
        ):
            labelled = keypoint.labelled
            point["name"] = node
            point["xy"] = (to_centres(keypoint.x), to_centres(keypoint.y)) if labelled else math.nan
            point["visible"] = keypoint.visibility is Visibility.VISIBLE
            point["complete"] = labelled and keypoint.source is Source.HUMAN
            if not by_hand:
                score = keypoint.confidence
                point["score"] = math.nan if score is None or not labelled else score
        common = {"points": points, "skeleton": self._skeleton, "track": self._track(person)}
        if by_hand:
            return self._sleap_io.Instance(**common)
        score = math.nan if person.score is None else person.score
        return self._sleap_io.PredictedInstance(**common, score=score)

    def _track(self, person: Person) -> Any:
        name = track_name(person)
        if name is None:
            return None
        if name not in self.tracks:
            self.tracks[name] = self._sleap_io.Track(name=name)
        return self.tracks[name]

    def _note(self, person: Person, by_hand: bool) -> None:
        given = sum(k.confidence is not None for k in person.keypoints if k.labelled or by_hand)
        if by_hand:
            self._losses.note(Words("confidences of keypoints of people corrected by hand"), given)
            self._losses.note(Words("scores of people corrected by hand"), person.score is not None)
        elif person.score is not None:
            rounded = float(np.float32(person.score)) != person.score
            self._losses.note(Words("more than seven digits of a score"), rounded)
        if not by_hand:
            lost = sum(k.confidence is not None for k in person.keypoints if not k.labelled)
            self._losses.note(Words("confidences of unlabelled keypoints"), lost)
        self._losses.note(Words("who drew a box"), person.box_source is Source.HUMAN)


def _note_skeleton(path: Path, skeleton: Skeleton, losses: Losses) -> None:
    names = skeleton.keypoints
    pairs = [oriented_pair(names, *pair) for pair in skeleton.pairs]
    held, _ = named_skeleton(path, skeleton.name, names, skeleton.limbs, pairs)
    note_skeleton(losses, held, skeleton)
