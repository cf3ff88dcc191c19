"""What formats of points cannot hold: whatever is more than joints that belong to a track."""

from __future__ import annotations

from collections.abc import Collection

from clickpose_app.core.annotation import ImageAnnotation, Person
from clickpose_app.core.geometry import Box
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import Words
from clickpose_app.formats.dataset import Dataset, DatasetImage, inferred_state
from clickpose_app.formats.format import Losses
from clickpose_app.formats.tracks import FIELD

_NO_NEWS = frozenset({"id", "bbox", "area", FIELD})
_USUAL = frozenset({"info", "licenses"})


def box_of(person: Person) -> Box:
    """The box that a reader gives somebody of whom only the joints are known."""
    labelled = person.labelled
    return Box.around(person.xy[labelled]) if labelled.any() else person.box


def note_file(losses: Losses, dataset: Dataset, known: Collection[str] = ()) -> None:
    """Note what the file as a whole says besides; known fields are held after all."""
    extra = {
        name: value
        for name, value in dataset.extra.items()
        if name not in _USUAL and name not in known and value not in ([], {}, None)
    }
    losses.note(Words("further fields of the file"), len(extra))
    ids = [image.id for image in dataset.images]
    losses.note(Words("ids of images"), 0 if ids == list(range(1, len(ids) + 1)) else len(ids))


def note_skeleton(losses: Losses, held: Skeleton, wanted: Skeleton) -> None:
    """Note what of a skeleton is no longer there when it is read back."""
    if set(held.limbs) != set(wanted.limbs):
        losses.note(Words("the limbs of the skeleton"))
    if set(held.pairs) != set(wanted.pairs):
        losses.note(Words("the left and right pairs of the skeleton"))
    if held.sigmas != wanted.sigmas:
        losses.note(Words("the sigmas of the skeleton"))
    if held.colours != wanted.colours or held.figure != wanted.figure:
        losses.note(Words("colours and figure of the skeleton"))


def note_image(losses: Losses, image: DatasetImage, annotation: ImageAnnotation) -> None:
    """Note what is said about an image besides who is on it."""
    losses.note(Words("further fields of images"), len(image.extra.keys() - {"id"}))
    if annotation.state is not inferred_state(annotation.people):
        losses.note(Words("how far the work on an image is"))
    losses.note(Words("notes of reviewers"), bool(annotation.note))


def note_person(losses: Losses, person: Person) -> bool:
    """Note what is lost of a person; whether anything of them can be held at all."""
    if person.is_crowd:
        losses.note(Words("regions to ignore"))
        return False
    if not person.labelled.any():
        losses.note(Words("people without labelled keypoints"))
        return False
    if box_of(person) != person.box:
        losses.note(Words("boxes, other than around the keypoints"))
    losses.note(Words("ids of people"), "id" in person.extra)
    losses.note(Words("further fields of people"), len(person.extra.keys() - _NO_NEWS))
    return True
