"""Labelled images to learn from: of a project, or of a COCO file with a folder or tar shards."""

from __future__ import annotations

import tarfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from clickpose_app.core.annotation import ImageAnnotation, ImageState, Person, Source
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.core.template import box_of_joints
from clickpose_app.errors import ClickPoseError, FormatError, Words
from clickpose_app.formats.coco import (
    read_coco,
)
from clickpose_app.formats.dataset import (
    DatasetImage,
)
from clickpose_app.storage.images import image_size
from clickpose_app.storage.project import Project
from clickpose_app.training.data_coco import coco_sample
from clickpose_app.training.data_samples import PhotoFile, Sample

LEAST_IMAGES = 4
"""With fewer labelled images there is nothing to learn and nothing to hold out."""

PROJECT_SUFFIX = ".clickpose"
_NAMED = 3
_SHARDS = (".tar",)


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """What there is to learn from.

    Attributes:
        skeleton: of the labels.
        samples: images on which somebody is labelled by hand.
        source: name of the file, for messages.
    """

    skeleton: Skeleton
    samples: tuple[Sample, ...]
    source: str


def read_labels(path: Path, images: Sequence[Path] = ()) -> Labels:
    """The labelled images of a project or a COCO file.

    Of a project, what somebody edited or reviewed counts; a creature on which nobody placed
    a joint is a region to ignore there. Images without a labelled creature are left out.

    Args:
        path: a project or a COCO JSON file.
        images: folders and tar shards that hold the images of a COCO file.

    Raises:
        ClickPoseError: naming what is missing or wrong.
    """
    if path.suffix == PROJECT_SUFFIX:
        if images:
            raise ClickPoseError(
                Words("{path} is a project, which knows its images.", path=path),
                Words("Leave --images out."),
            )
        labels = _of_project(path)
    else:
        labels = _of_coco(path, images)
    if len(labels.samples) < LEAST_IMAGES:
        raise ClickPoseError(
            Words(
                "{path}: labelled images: {count}; at least {least} are needed.",
                path=path,
                count=len(labels.samples),
                least=LEAST_IMAGES,
            ),
            Words("Label more by hand first: ten to twenty make a useful beginning."),
        )
    return labels


def _of_coco(path: Path, sources: Sequence[Path]) -> Labels:
    dataset = read_coco(path)
    photos = Photos(sources or [path.parent])
    missing = [i.file_name for i in dataset.images if photos.find(i.file_name) is None]
    if missing:
        named = ", ".join(missing[:_NAMED]) + (", ..." if len(missing) > _NAMED else "")
        where = ", ".join(str(s) for s in sources) or str(path.parent)
        raise FormatError(
            Words(
                "{count} of {all} images of {path} are not in {where}: {named}.",
                count=len(missing),
                all=len(dataset.images),
                path=path,
                where=where,
                named=named,
            ),
            Words("Name the folder or tar shard that holds them with --images."),
        )
    samples = []
    for image in dataset.images:
        annotation, photo = image.annotation, photos.find(image.file_name)
        if photo is None or annotation.state is ImageState.REJECTED:
            continue
        sample = coco_sample(image, annotation, photo, dataset.skeleton, "")
        if len(sample.boxes):
            # Whatever data set they come from: added joints that nobody labelled are unknown
            # there, not absent.
            samples.append(replace(sample, source=""))
    return Labels(dataset.skeleton, tuple(samples), path.name)


def _of_project(path: Path) -> Labels:
    samples = []
    with Project.open(path, read_only=True) as project:
        for record in project.images():
            if record.state not in (ImageState.EDITED, ImageState.REVIEWED):
                continue
            annotation = _boxed(_by_hand(project.annotation(record.id)))
            file = project.image_path(record)
            width, height = record.width, record.height
            if width is None or height is None:
                width, height = image_size(file)
            image = DatasetImage(record.id, record.file_name, width, height, annotation)
            sample = coco_sample(image, annotation, PhotoFile(file), project.skeleton, "")
            if len(sample.boxes):
                samples.append(sample)
        skeleton = project.skeleton
    return Labels(skeleton, tuple(samples), path.name)


def _by_hand(annotation: ImageAnnotation) -> ImageAnnotation:
    """The annotation with creatures whom nobody touched as regions of which nothing is known."""
    if annotation.state is ImageState.REVIEWED:
        return annotation

    def crowd(person: Person) -> Person:
        return person if person.pinned.any() else replace(person, is_crowd=True)

    return replace(annotation, people=tuple(crowd(person) for person in annotation.people))


def _boxed(annotation: ImageAnnotation) -> ImageAnnotation:
    """The annotation with boxes around the joints of whom a hand alone has placed.

    Otherwise such a box may be a network's that knows nothing of the creature but a joint or two
    of a person's name.
    """

    def around(person: Person) -> Person:
        labelled = person.labelled
        guessed = person.box_source is not Source.HUMAN
        if not (guessed and labelled.any() and person.pinned[labelled].all()):
            return person
        return replace(person, box=box_of_joints(person.xy[labelled]))

    return replace(annotation, people=tuple(around(person) for person in annotation.people))


class Photos:
    """Where images lie: in folders, and in tar shards.

    Args:
        sources: folders and uncompressed tar files.

    Raises:
        FormatError: naming one that cannot be read.
    """

    def __init__(self, sources: Sequence[Path]) -> None:
        self._folders = [source for source in sources if source.suffix not in _SHARDS]
        self._packed: dict[str, PhotoFile] = {}
        for folder in self._folders:
            if not folder.is_dir():
                raise FormatError(
                    Words("There is no folder {path}.", path=folder), Words("Check --images.")
                )
        for shard in sources:
            if shard.suffix in _SHARDS:
                self._packed.update(_members(shard))

    def find(self, file_name: str) -> PhotoFile | None:
        """The bytes of an image by its name in the labels; None if it is nowhere."""
        packed = self._packed.get(file_name) or self._packed.get(PurePosixPath(file_name).name)
        if packed is not None:
            return packed
        for folder in self._folders:
            if (folder / file_name).is_file():
                return PhotoFile(folder / file_name)
        return None


def _members(shard: Path) -> dict[str, PhotoFile]:
    try:
        with tarfile.open(shard, "r:") as tar:
            return {
                member.name: PhotoFile(shard, member.offset_data, member.size)
                for member in tar
                if member.isfile()
            }
    except (OSError, tarfile.TarError) as error:
        raise FormatError(
            Words(
                "{path} cannot be read as an uncompressed tar shard: {error}.",
                path=shard,
                error=error,
            ),
            Words("Fetch it again, or pack it without compression."),
        ) from error
