"""Write what Ultralytics trains on; see yolo_pose.py for what the rows are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from clickpose_app.core.annotation import Keypoint, Person, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_schema import Flaw, plain_file_name
from clickpose_app.formats.dataset import Dataset, DatasetImage, inferred_state
from clickpose_app.formats.folders import atomic_folder
from clickpose_app.formats.format import Context, Losses
from clickpose_app.formats.yolo_layout import SPLITS, label_file, split_of
from clickpose_app.presence import is_file

TITLE = "Ultralytics YOLO pose"

OTHER_CLASSES = "yolo_classes"
"""In Dataset.extra: the index of the person, and names of other classes by their indices."""

OTHER_ROWS = "yolo_rows"
"""In DatasetImage.extra: rows of other classes, as they were."""

_OF_COCO = frozenset({"id", "bbox", "area"})

# Joints outside by less are taken for roundings, and moved to the edge; in pixels.
_MARGIN = 1.0

# Made once, because each person is asked about all of them.
_SCORES = Words("scores of people")
_PREDICTED = Words("that a joint was predicted")
_FURTHER = Words("further fields of people")


def write_yolo(path: Path, dataset: Dataset, context: Context) -> tuple[Words, ...]:
    """Write a new folder with data.yaml, labels and, where they are known, copies of the images.

    Ultralytics drops an image with any number outside 0..1, so:

    * A joint outside its image is not labelled there; one outside by less than a pixel is
      moved to the edge.
    * A box is cut at the edges of the image.

    Raises:
        FormatError: if the folder is there already, cannot be written, or two images would
            share a label file.
    """
    losses = Losses(TITLE)
    writer = _Writer(dataset, context, losses)
    with atomic_folder(path) as folder:
        for kind in ("images", "labels"):
            (folder / kind / SPLITS[0]).mkdir(parents=True)
        for image in dataset.images:
            writer.add(folder, image)
        (folder / "data.yaml").write_text(writer.data_yaml(), encoding="utf-8")
    return (*losses.sentences(), *writer.about_images())


@dataclass
class _Writer:
    dataset: Dataset
    context: Context
    losses: Losses
    labels: dict[Path, str] = field(default_factory=dict)
    splits: set[str] = field(default_factory=lambda: {SPLITS[0]})
    missing: int = 0

    def add(self, folder: Path, image: DatasetImage) -> None:
        """Write the label file of an image, and copy the image."""
        try:
            name = plain_file_name(image.file_name)
        except Flaw as flaw:
            raise FormatError(
                Words(
                    "{title}: image {file_name!r}: {flaw}.",
                    title=TITLE,
                    file_name=image.file_name,
                    flaw=flaw.words,
                )
            ) from flaw
        split, inner = split_of(name)
        placed = Path("images", split, inner)
        label = label_file(placed)
        if label in self.labels:
            raise FormatError(
                Words(
                    "{other} and {file_name} would share the label file {label}.",
                    other=self.labels[label],
                    file_name=image.file_name,
                    label=label,
                ),
                Words("Rename one of them."),
            )
        self.labels[label] = image.file_name
        self.splits.add(split)
        rows = self._rows(image)
        (folder / label).parent.mkdir(parents=True, exist_ok=True)
        (folder / label).write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
        (folder / placed).parent.mkdir(parents=True, exist_ok=True)
        if self.context.images is not None:
            original = self.context.images / image.file_name
            if is_file(original):
                # A copy: Ultralytics rewrites images that it finds damaged.
                shutil.copy2(original, folder / placed)
            else:
                self.missing += 1

    def _rows(self, image: DatasetImage) -> list[str]:
        annotation = image.annotation
        people = annotation.people
        self.losses.note(
            Words("how far the work on an image has come"),
            int(annotation.state != inferred_state(people)),
        )
        self.losses.note(Words("notes of reviewers"), int(bool(annotation.note)))
        rows = [self._row(person, image) for person in people]
        others = image.extra.get(OTHER_ROWS, ())
        return [*filter(None, rows), *map(str, others)]

    def _row(self, person: Person, image: DatasetImage) -> str:
        """The person as a row; empty if they cannot be one."""
        if person.is_crowd:
            self.losses.note(Words("crowd regions"))
            return ""
        self._note(person)
        keypoints = [self._inside(k, image) for k in person.keypoints]
        box = self._box(person, keypoints, image)
        if box is None:
            self.losses.note(Words("people outside their image"))
            return ""
        w, h = image.width, image.height
        numbers = [
            (box.x1 + box.x2) / 2 / w,
            (box.y1 + box.y2) / 2 / h,
            box.width / w,
            box.height / h,
        ]
        words = [str(self._person_class), *(repr(float(number)) for number in numbers)]
        for keypoint in keypoints:
            if keypoint.labelled:
                words += (repr(float(keypoint.x / w)), repr(float(keypoint.y / h)))
                words.append(str(int(keypoint.visibility)))
            else:
                words += ("0", "0", "0")
        return " ".join(words)

    def _note(self, person: Person) -> None:
        scored = person.score is not None or any(k.confidence is not None for k in person.keypoints)
        self.losses.note(_SCORES, int(scored))
        by_network = sum(k.labelled and not k.pinned for k in person.keypoints)
        self.losses.note(_PREDICTED, by_network)
        self.losses.note(_FURTHER, int(bool(person.extra.keys() - _OF_COCO)))

    def _inside(self, keypoint: Keypoint, image: DatasetImage) -> Keypoint:
        x = min(max(keypoint.x, 0.0), float(image.width))
        y = min(max(keypoint.y, 0.0), float(image.height))
        if not keypoint.labelled or (x == keypoint.x and y == keypoint.y):
            return keypoint
        if max(abs(x - keypoint.x), abs(y - keypoint.y)) < _MARGIN:
            self.losses.note(
                Words("joints less than a pixel outside the image; they are at its edge")
            )
            return Keypoint(x, y, keypoint.visibility)
        self.losses.note(Words("joints outside the image; they are not labelled there"))
        return Keypoint(x, y, Visibility.UNLABELLED)

    def _box(self, person: Person, keypoints: list[Keypoint], image: DatasetImage) -> Box | None:
        size = float(image.width), float(image.height)
        box = person.box.clipped(*size)
        if box.width <= 0 or box.height <= 0:
            places = person.xy[[k.labelled for k in keypoints]]
            if not len(places):
                return None
            box = Box.around(places, margin=_MARGIN).clipped(*size)
        if box != person.box:
            self.losses.note(Words("boxes that reach out of the image; they are cut off"))
        return box

    @property
    def _others(self) -> dict[str, Any]:
        others = self.dataset.extra.get(OTHER_CLASSES)
        return others if isinstance(others, dict) else {}

    @property
    def _person_class(self) -> int:
        return int(self._others.get("person", 0))

    def data_yaml(self) -> str:
        """What tells Ultralytics where everything is and what it means."""
        # Training wants both; without a split, what is there has to serve for either.
        held = {split: f"images/{split}" for split in SPLITS if split in self.splits}
        held.setdefault("val", held["train"])
        names = {int(index): str(name) for index, name in self._others.get("others", ())}
        names[self._person_class] = str(self.dataset.category_extra.get("name", "person"))
        skeleton = self.dataset.skeleton
        content = held | {
            "kpt_shape": [len(skeleton), 3],
            "flip_idx": list(skeleton.mirrored),
            "names": dict(sorted(names.items())),
            "kpt_names": {self._person_class: list(skeleton.keypoints)},
        }
        lines = ["# Keypoints annotated with ClickPose.\n"]
        if "val" not in self.splits:
            lines.append("# All images are in train: move some to images/val and labels/val.\n")
        return "".join(lines) + yaml.safe_dump(
            content, sort_keys=False, allow_unicode=True, default_flow_style=None
        )

    def about_images(self) -> Iterator[Words]:
        """A sentence if images are not in the folder."""
        if self.context.images is None:
            yield Words("Images are not in it, because nobody said where they are (--images).")
        elif self.missing:
            yield Words(
                "{count:,} images are not in it, because they are not in {folder}.",
                count=self.missing,
                folder=self.context.images,
            )
