"""Write Label Studio's tasks, as its import reads them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from clickpose_app.core.annotation import ImageState, Keypoint, Person, Source, Visibility
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import Words
from clickpose_app.formats.coco_category import PERSON
from clickpose_app.formats.coco_entries import image_entry, json_text
from clickpose_app.formats.coco_records import writing_image
from clickpose_app.formats.coco_schema import Flaw
from clickpose_app.formats.dataset import Dataset, DatasetImage, inferred_state
from clickpose_app.formats.folders import staged_files
from clickpose_app.formats.format import Context, Losses
from clickpose_app.formats.found_images import (
    image_fields,
    named_skeleton,
    note_lost_anatomy,
    note_lost_extra,
)
from clickpose_app.formats.label_studio_config import (
    BOXES,
    CROWD,
    IMAGE,
    KEYPOINTS,
    OCCLUDED,
    REGION,
    VISIBILITY,
    address_of,
    config_path,
    config_xml,
)
from clickpose_app.formats.label_studio_schema import (
    ADDRESS,
    DATA,
    PREDICTED_ORIGIN,
    REGION_ID,
    RESULTS,
    VERSIONS,
)
from clickpose_app.formats.person_fields import check_keypoints, person_fields

_ORIGINS = {Source.HUMAN: "manual", Source.PREDICTED: PREDICTED_ORIGIN}
_MODEL = "clickpose"


def write_label_studio(path: Path, dataset: Dataset, context: Context) -> tuple[Words, ...]:  # noqa: ARG001
    """Write a list of tasks, and beside it NAME.config.xml for the project's settings.

    What a network alone has said of an image is its prediction, all else its annotation.

    Raises:
        FormatError: naming the image whose name or values cannot be written.
    """
    losses = Losses("Label Studio")
    config = config_xml(path, dataset.skeleton)
    names: set[str] = set()
    with staged_files(path, config_path(path)) as stage:
        with (stage / path.name).open("wb") as file:
            file.write(b"[")
            for n, image in enumerate(dataset.images):
                with writing_image(path, image.file_name):
                    if image.file_name in names:
                        raise Flaw("file_name", Words("is there twice"))
                    names.add(image.file_name)
                    text = json_text(_Task(image, dataset.skeleton, losses).entry())
                file.write((b",\n" if n else b"\n") + text)
            file.write(b"\n]\n")
        (stage / config_path(path).name).write_bytes(config)
    note_lost_extra(dataset, (), losses)
    skeleton = dataset.skeleton
    note_lost_anatomy(skeleton, named_skeleton(path, PERSON, skeleton.keypoints), losses)
    return losses.sentences()


class _Task:
    """One image as a task."""

    def __init__(self, image: DatasetImage, skeleton: Skeleton, losses: Losses) -> None:
        self._image = image
        self._annotation = image.annotation
        self._skeleton = skeleton
        self._losses = losses

    def entry(self) -> dict[str, Any]:
        """As Label Studio has it; Flaw for what no tool takes."""
        image = self._image
        image_entry(image, self._annotation)
        fields = image_fields(image, self._annotation, self._losses)
        data: dict[str, Any] = {
            IMAGE: fields.pop(ADDRESS, address_of(image.file_name)),
            "width": image.width,
            "height": image.height,
        }
        further = fields.pop(DATA, None)
        kept = fields.pop(VERSIONS, None)
        others = fields.pop(RESULTS, None)
        results = [
            result
            for n, person in enumerate(self._annotation.people, 1)
            for result in self._results(person, f"person{n}")
        ]
        results += others if isinstance(others, list) else []
        versions: dict[str, list[Any]] = {"annotations": [], "predictions": []}
        if inferred_state(self._annotation.people) is ImageState.PREDICTED:
            versions["predictions"].append({"model_version": _MODEL, "result": results})
        elif results or self._annotation.state is not ImageState.NEW:
            versions["annotations"].append({"was_cancelled": False, "result": results})
        for name, own in versions.items():
            more = kept.get(name) if isinstance(kept, dict) else None
            # The last one that changed counts, so ours has to be said to be the one.
            if own and name == "annotations" and more:
                own[0]["ground_truth"] = True
            own += more if isinstance(more, list) else []
        if isinstance(further, dict):
            data = {**further, **data}
        return {"id": image.id, "data": data, "meta": fields, **versions}

    def _results(self, person: Person, region_id: str) -> Iterator[dict[str, Any]]:
        count = len(self._skeleton)
        check_keypoints(person, count)
        fields = person_fields(person, self._losses)
        kept = fields.pop(REGION_ID, None)
        region_id = kept if isinstance(kept, str) else region_id
        for name in ("keypoint_sources", "bbox_source", "score", "iscrowd"):
            fields.pop(name, None)
        if all(k.labelled or k.confidence is None for k in person.keypoints):
            fields.pop("keypoint_scores", None)
        yield self._box(person, region_id, fields)
        if person.is_crowd:
            yield self._choice(region_id, REGION, CROWD)
        if not person.keypoints:
            return
        for k, (name, keypoint) in enumerate(
            zip(self._skeleton.keypoints, person.keypoints, strict=True)
        ):
            if keypoint.labelled:
                joint_id = f"{region_id}-{k + 1}"
                yield self._joint(keypoint, name, joint_id, region_id)
                if keypoint.visibility is Visibility.OCCLUDED:
                    yield self._choice(joint_id, VISIBILITY, OCCLUDED)

    def _box(self, person: Person, region_id: str, fields: dict[str, Any]) -> dict[str, Any]:
        box = person.box
        x1, y1 = self._percent(box.x1, box.y1)
        x2, y2 = self._percent(box.x2, box.y2)
        result = self._region(region_id, BOXES, "rectanglelabels", person.box_source)
        result["value"] = {
            "x": x1,
            "y": y1,
            "width": x2 - x1,
            "height": y2 - y1,
            "rotation": 0,
            "rectanglelabels": [PERSON],
        }
        if person.score is not None:
            result["score"] = person.score
        return result | ({"meta": fields} if fields else {})

    def _joint(self, keypoint: Keypoint, name: str, region_id: str, parent: str) -> dict[str, Any]:
        x, y = self._percent(keypoint.x, keypoint.y)
        result = self._region(region_id, KEYPOINTS, "keypointlabels", keypoint.source)
        result["parentID"] = parent
        result["value"] = {"x": x, "y": y, "width": 0.5, "keypointlabels": [name]}
        if keypoint.confidence is not None:
            result["score"] = keypoint.confidence
        return result

    def _choice(self, region_id: str, name: str, choice: str) -> dict[str, Any]:
        result = self._region(region_id, name, "choices", Source.HUMAN)
        return result | {"value": {"choices": [choice]}}

    def _region(self, region_id: str, name: str, kind: str, source: Source) -> dict[str, Any]:
        return {
            "id": region_id,
            "type": kind,
            "from_name": name,
            "to_name": IMAGE,
            "original_width": self._image.width,
            "original_height": self._image.height,
            "image_rotation": 0,
            "origin": _ORIGINS[source],
        }

    def _percent(self, x: float, y: float) -> tuple[float, float]:
        """In percent of the image's size; its import refuses what lies outside."""
        width, height = self._image.width, self._image.height
        inside = min(max(x, 0.0), float(width)), min(max(y, 0.0), float(height))
        if inside != (x, y):
            self._losses.note(Words("places outside the image, which were moved to its edge"))
        return 100 * inside[0] / width, 100 * inside[1] / height
