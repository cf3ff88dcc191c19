"""Read Label Studio's tasks; people are built when they are asked for."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from clickpose_app.core.annotation import Person
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_category import PERSON
from clickpose_app.formats.coco_records import flawed
from clickpose_app.formats.coco_schema import Flaw
from clickpose_app.formats.dataset import Dataset
from clickpose_app.formats.format import Context
from clickpose_app.formats.found_images import (
    FoundImage,
    found_dataset,
    named_skeleton,
    skeleton_of_used,
)
from clickpose_app.formats.json_reading import decoded, read_json
from clickpose_app.formats.label_studio_config import (
    Config,
    address_of,
    file_name_of,
    read_config,
)
from clickpose_app.formats.label_studio_regions import Regions
from clickpose_app.formats.label_studio_schema import (
    ADDRESS,
    DATA,
    EMPTY,
    RESULTS,
    VERSIONS,
    Point,
    Result,
    Task,
    Version,
)


def read_label_studio(path: Path, context: Context) -> Dataset:
    """The people in an export of Label Studio, or in tasks that were made to be imported.

    Of several annotations of an image, that marked as ground truth counts, or else the last
    one that changed; predictions count where nobody has annotated. The others are kept with
    their image. Keypoints belong to the box that they name as their parent, or that holds them.

    Raises:
        FormatError: naming the file, and the task and field that are wrong.
    """
    config = read_config(path)
    tasks = read_json(path, partial(_tasks, path, context, config))
    skeleton = _skeleton(path, context, config, tasks)
    return found_dataset(path, skeleton, [task.found(skeleton) for task in tasks])


def _tasks(path: Path, context: Context, config: Config, data: bytes) -> list[_Task]:
    if data.lstrip()[:1] == b"{":
        raise FormatError(
            Words("{path} is one object, not Label Studio's list of tasks.", path=path),
            Words('Export it from Label Studio as "JSON".'),
        )
    raws = decoded(path, data, list[msgspec.Raw], Words("the file"))
    return [_Task(path, context, config, n, raw) for n, raw in enumerate(raws)]


def _skeleton(path: Path, context: Context, config: Config, tasks: Sequence[_Task]) -> Skeleton:
    if context.skeleton is not None:
        return context.skeleton
    if config.keypoints:
        return named_skeleton(path, PERSON, config.keypoints)
    return skeleton_of_used(path, list({name: None for task in tasks for name in task.names}))


class _Task:
    """One task, whose results are decoded; its people are built once the skeleton is known."""

    def __init__(
        self, path: Path, context: Context, config: Config, number: int, raw: msgspec.Raw
    ) -> None:
        self._path = path
        task = decoded(path, raw, Task, Words("task number {number}", number=number + 1))
        self._where = Words("task number {number}", number=number + 1)
        if task.id is not None:
            self._where = Words("task {id}", id=task.id)
        self._namespace = uuid.uuid4()
        self._fields: dict[str, Any] = dict(task.meta or {})
        if type(task.id) is int:
            self._fields.setdefault("id", task.id)
        self._results, self._predicted = self._choose(task)
        self.names: list[str] = []
        sizes = {self._look_at(n, raw) for n, raw in enumerate(self._raws())} - {None}
        try:
            self._name = self._find_name(task, config)
            self._size = self._find_size(task, sizes, context)
        except Flaw as flaw:
            raise flawed(path, self._where, flaw) from flaw

    def found(self, skeleton: Skeleton) -> FoundImage:
        """The image with its people, who are checked."""
        fields = dict(self._fields)
        _, others = self._people_and_others(skeleton)
        if others:
            fields[RESULTS] = others
        return FoundImage(self._name, *self._size, partial(self._people, skeleton), fields)

    def _people(self, skeleton: Skeleton) -> tuple[Person, ...]:
        return self._people_and_others(skeleton)[0]

    def _people_and_others(
        self, skeleton: Skeleton
    ) -> tuple[tuple[Person, ...], list[dict[str, Any]]]:
        regions = Regions(skeleton, self._size, self._predicted)
        others = []
        raws = self._raws()
        for n, raw in enumerate(raws):
            where = self._result(n)
            result = decoded(self._path, raw, Result, where)
            try:
                if not regions.add(self._path, where, result):
                    others.append(decoded(self._path, raw, dict[str, Any], where))
            except Flaw as flaw:
                raise flawed(self._path, where, flaw) from flaw
        try:
            people, boxes = regions.people(lambda n: uuid.uuid5(self._namespace, str(n)).hex)
        except Flaw as flaw:
            raise flawed(self._path, self._where, flaw) from flaw
        for raw in raws if boxes else ():
            result = msgspec.json.decode(raw)
            if result.get("id") in boxes:
                others.append(result)
        return people, others

    def _raws(self) -> list[msgspec.Raw]:
        """The results that count, each as its text."""
        return decoded(
            self._path,
            self._results,
            list[msgspec.Raw],
            Words("{where}: result", where=self._where),
        )

    def _choose(self, task: Task) -> tuple[msgspec.Raw, bool]:
        """The results that count, and whether a network made them; the rest is kept."""
        by_people = [*(task.annotations or ()), *(task.completions or ())]
        raws = [*by_people, *(task.predictions or ())]
        versions = [
            decoded(
                self._path,
                raw,
                Version,
                Words("{where}: annotation number {number}", where=self._where, number=n + 1),
            )
            for n, raw in enumerate(raws)
        ]
        candidates = [n for n in range(len(by_people)) if not versions[n].was_cancelled]
        candidates = candidates or list(range(len(by_people), len(raws)))
        if not candidates:
            chosen = -1
        else:
            chosen = max(
                candidates,
                key=lambda n: (bool(versions[n].ground_truth), versions[n].updated_at or "", n),
            )
        rest = {
            "annotations": [n for n in range(len(by_people)) if n != chosen],
            "predictions": [n for n in range(len(by_people), len(raws)) if n != chosen],
        }
        kept = {
            name: [decoded(self._path, raws[n], dict[str, Any], self._where) for n in numbers]
            for name, numbers in rest.items()
            if numbers
        }
        if kept:
            self._fields[VERSIONS] = kept
        results = EMPTY if chosen < 0 else versions[chosen].result
        return results, chosen >= len(by_people)

    def _result(self, number: int) -> Words:
        """How a result is called in an error."""
        return Words("{where}: result number {number}", where=self._where, number=number + 1)

    def _look_at(self, number: int, raw: msgspec.Raw) -> tuple[float, float] | None:
        """Note a keypoint's name; the image's size, if the result says it."""
        where = self._result(number)
        result = decoded(self._path, raw, Result, where)
        if result.type == "keypointlabels":
            self.names += decoded(self._path, result.value, Point, where).keypointlabels
        if result.original_width is None or result.original_height is None:
            return None
        return result.original_width, result.original_height

    def _find_name(self, task: Task, config: Config) -> str:
        data = dict(task.data)
        texts = [name for name, value in data.items() if isinstance(value, str)]
        known = [name for name in (config.image, "image", "img") if name in texts] or texts
        if not known:
            raise Flaw("data", Words("does not say where the image is"))
        address = data.pop(known[0])
        name = file_name_of(address)
        if address != address_of(name):
            self._fields[ADDRESS] = address
        further = {key: value for key, value in data.items() if key not in ("width", "height")}
        if further:
            self._fields[DATA] = further
        return name

    def _find_size(
        self, task: Task, sizes: set[tuple[float, float] | None], context: Context
    ) -> tuple[int, int]:
        if len(sizes) > 1:
            raise Flaw("original_width", Words("and original_height differ between results"))
        found: Any = sizes.pop() if sizes else None
        if found is None and {"width", "height"} <= task.data.keys():
            found = task.data["width"], task.data["height"]
        if found is None:
            context.required_images(self._path)
            return context.image_size(self._name)
        for name, side in zip(("width", "height"), found, strict=True):
            if type(side) not in (int, float) or side != side // 1 or not 0 < side < 1e9:
                said = Words(
                    "must be a whole number of pixels above 0, not {side}", side=repr(side)
                )
                raise Flaw(name, said)
        return int(found[0]), int(found[1])
