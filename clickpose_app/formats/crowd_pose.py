"""CrowdPose: COCO JSON of 14 keypoints, with a crowding index on each image.

Source: Li et al., CrowdPose: Efficient Crowded Scenes Pose Estimation and A New Benchmark,
CVPR 2019, and the data set's own files, whose category names limbs of COCO's 17 keypoints.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from clickpose_app.core.annotation import Person
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import Words
from clickpose_app.formats.coco import coco_writer, read_coco
from clickpose_app.formats.coco_category import Category, find_category
from clickpose_app.formats.dataset import Dataset
from clickpose_app.formats.file_ends import ends_of_json
from clickpose_app.formats.format import Context, Format, Losses
from clickpose_app.formats.skeleton_fit import fitted
from clickpose_app.storage.skeletons import builtin_skeleton

_TITLE = "CrowdPose"
_INDEX = "crowdIndex"
_HEAD_TOP = "head_top"
_ITS_HEAD = ("head", "top_head")
"""What its files call the top of the head."""


def _claims(path: Path) -> bool:
    ends = ends_of_json(path)
    return ends.startswith(b"{") and b'"crowdIndex"' in ends


def _read(path: Path, context: Context) -> Dataset:  # noqa: ARG001 (it says everything itself)
    """As read_coco(), with the shipped limbs in place of those that the file may name."""
    return read_coco(path, find=_find)


def _find(path: Path, raws: Sequence[msgspec.Raw]) -> Category:
    return find_category(path, [_mended(raw) for raw in raws])


def _mended(raw: msgspec.Raw) -> msgspec.Raw:
    """The category's entry in our names and without limbs; others as they are."""
    entry = msgspec.json.decode(raw)
    names = entry.get("keypoints") if isinstance(entry, dict) else None
    if not isinstance(names, list):
        return raw
    ours = [_HEAD_TOP if name in _ITS_HEAD else name for name in names]
    if set(map(str, ours)) != set(builtin_skeleton("crowdpose-14").keypoints):
        return raw
    entry["keypoints"] = ours
    entry.pop("skeleton", None)
    return msgspec.Raw(msgspec.json.encode(entry))


def _write(path: Path, dataset: Dataset, context: Context) -> tuple[Words, ...]:  # noqa: ARG001
    losses = Losses(_TITLE)
    dataset = fitted(dataset, builtin_skeleton("crowdpose-14"), _TITLE, losses)
    with coco_writer(
        path,
        _in_its_names(dataset.skeleton),
        extra=dataset.extra,
        category_extra=dataset.category_extra,
    ) as writer:
        for image in dataset.images:
            annotation = image.annotation
            index = image.extra.get(_INDEX, crowd_index(annotation.people))
            extra = dict(image.extra) | {_INDEX: index}
            writer.add(replace(image, annotation=annotation, extra=extra))
    return losses.sentences()


def crowd_index(people: Sequence[Person]) -> float:
    """How crowded an image is, 0 to 1 and above (section 3.1 of the paper).

    The mean over people of the joints of others in their box divided by their own joints there;
    0 where nobody has any.
    """
    ratios = []
    for person in people:
        own = _inside(person, person)
        if own:
            others = sum(_inside(other, person) for other in people if other is not person)
            ratios.append(others / own)
    return sum(ratios) / len(ratios) if ratios else 0.0


def _inside(whose: Person, whom: Person) -> int:
    return sum(k.labelled and whom.box.contains(k.x, k.y) for k in whose.keypoints)


def _in_its_names(skeleton: Skeleton) -> Skeleton:
    names = tuple("head" if name == _HEAD_TOP else name for name in skeleton.keypoints)
    return replace(skeleton, keypoints=names)


CROWD_POSE = Format("crowdpose", _TITLE, (".json",), _claims, _read, _write, is_coco=True)
