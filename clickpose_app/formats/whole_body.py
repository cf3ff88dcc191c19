"""COCO-WholeBody: COCO keypoints of the body, with feet, face and hands in fields beside them.

Source: data_format.md of the data set (Jin et al., Whole-Body Human Pose Estimation in the
Wild, 2020).
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco import read_coco, write_coco
from clickpose_app.formats.coco_check_person import WHOLE_BODY
from clickpose_app.formats.dataset import Dataset, DatasetImage, inferred_state
from clickpose_app.formats.file_ends import ends_of_json
from clickpose_app.formats.format import Context, Format, Losses
from clickpose_app.formats.skeleton_fit import fitted
from clickpose_app.formats.whole_body_parts import BODY, body_person, whole_person
from clickpose_app.storage.skeletons import builtin_skeleton

_TITLE = "COCO-WholeBody"


def _claims(path: Path) -> bool:
    ends = ends_of_json(path)
    return ends.startswith(b"{") and any(b'"%s"' % name.encode() in ends for name in WHOLE_BODY)


def _read(path: Path, context: Context) -> Dataset:  # noqa: ARG001 (it says everything itself)
    """As read_coco(), and for the further keypoints there are more rules.

    * A visibility between 0 and 1, as hands have it, is the confidence of a visible keypoint.
    * A field of keypoints that is missing is a part that nobody has labelled.
    * "face_valid" and the like are kept only where they are not what the keypoints say.
    """
    dataset = read_coco(path)
    if dataset.skeleton.keypoints != builtin_skeleton().keypoints:
        raise FormatError(
            Words(
                "{path} has a body of other keypoints than COCO's {count}.", path=path, count=BODY
            ),
            Words("Read it as plain COCO keypoints with --from coco."),
        )
    own = {name: v for name, v in dataset.category_extra.items() if name != "keypoints"}
    return replace(
        dataset,
        skeleton=builtin_skeleton("coco-wholebody-133"),
        images=tuple(replace(i, annotation=partial(_whole, path, i)) for i in dataset.images),
        category_extra=own,
    )


def _write(path: Path, dataset: Dataset, context: Context) -> tuple[Words, ...]:  # noqa: ARG001
    losses = Losses(_TITLE)
    dataset = fitted(dataset, builtin_skeleton("coco-wholebody-133"), _TITLE, losses)
    body = replace(
        dataset,
        skeleton=builtin_skeleton(),
        images=tuple(replace(i, annotation=partial(_body, i)) for i in dataset.images),
    )
    write_coco(path, body)
    return losses.sentences()


def _whole(path: Path, image: DatasetImage) -> ImageAnnotation:
    annotation = image.annotation
    people = tuple(whole_person(path, person) for person in annotation.people)
    said = annotation.state is not inferred_state(annotation.people)
    return ImageAnnotation(people, annotation.state if said else inferred_state(people))


def _body(image: DatasetImage) -> ImageAnnotation:
    annotation = image.annotation
    return replace(annotation, people=tuple(map(body_person, annotation.people)))


WHOLE_BODY_FORMAT = Format(
    "coco-wholebody", _TITLE, (".json",), _claims, _read, _write, is_coco=True
)
