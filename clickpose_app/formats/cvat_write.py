"""Write CVAT for images 1.1, as CVAT reads it."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import tostring
from xml.sax.saxutils import escape, quoteattr

from clickpose_app.core.annotation import Keypoint, Person, Source, Visibility
from clickpose_app.errors import Words
from clickpose_app.formats.coco_category import PERSON
from clickpose_app.formats.coco_entries import image_entry
from clickpose_app.formats.coco_records import writing_image
from clickpose_app.formats.coco_schema import FARTHEST, Flaw
from clickpose_app.formats.cvat_labels import (
    LONGEST_NAME,
    box_label,
    check_name,
    labels_json,
    labels_xml,
)
from clickpose_app.formats.cvat_read import LABELS, OTHERS, ROOT
from clickpose_app.formats.dataset import Dataset, DatasetImage, inferred_state
from clickpose_app.formats.folders import staged_files
from clickpose_app.formats.format import Context, Losses
from clickpose_app.formats.found_images import (
    named_skeleton,
    note_lost_anatomy,
    note_lost_extra,
)
from clickpose_app.formats.person_fields import check_keypoints, person_fields
from clickpose_app.formats.safe_xml import fits_xml, parsed

_IN_MEMORY = 32 << 20
_LONGEST_VALUE = 4096
_SOURCES = {Source.HUMAN: "manual", Source.PREDICTED: "auto"}


def write_cvat(path: Path, dataset: Dataset, context: Context) -> tuple[Words, ...]:  # noqa: ARG001
    """Write the file, and beside it NAME.labels.json to make a task of such labels with.

    Raises:
        FormatError: naming the image or label that CVAT or XML refuses.
    """
    return _Writer(path, dataset).write()


class _Writer:
    """Writes one data set; attributes are known when its people are, so these wait."""

    def __init__(self, path: Path, dataset: Dataset) -> None:
        self._path = path
        self._dataset = dataset
        self._losses = Losses("CVAT")
        label = Words("label")
        self._name = check_name(path, label, str(dataset.category_extra.get("name", PERSON)))
        check_name(path, label, box_label(self._name))
        for keypoint in dataset.skeleton.keypoints:
            check_name(path, Words("keypoint"), keypoint)
        self._attributes: dict[str, None] = {}
        self._file_names: set[str] = set()
        self._group = 0

    def write(self) -> tuple[Words, ...]:
        """All of it; a sentence for each thing that is lost."""
        labels = self._path.with_suffix(".labels.json")
        with staged_files(self._path, labels) as stage:
            self._write_annotations(stage / self._path.name)
            text = labels_json(self._name, self._dataset.skeleton, self._attributes)
            (stage / labels.name).write_bytes(text)
        return self._losses.sentences()

    def _write_annotations(self, path: Path) -> None:
        with (
            path.open("wb") as file,
            tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(path.parent)) as images,
        ):
            for number, image in enumerate(self._dataset.images):
                self._add(images, number, image)
            self._note_losses()
            file.write(self._head().encode())
            images.seek(0)
            shutil.copyfileobj(images, file)
            file.write(f"</{ROOT}>\n".encode())

    def _head(self) -> str:
        others = self._dataset.extra.get(LABELS)
        kept = [self._kept(text) for text in others] if isinstance(others, list) else []
        labels = labels_xml(self._name, self._dataset.skeleton, self._attributes, kept)
        return (
            f'<?xml version="1.0" encoding="utf-8"?>\n<{ROOT}>\n  <version>1.1</version>\n'
            "  <meta>\n    <task>\n"
            f"      <size>{len(self._dataset.images)}</size>\n      <mode>annotation</mode>\n"
            "      <overlap>0</overlap>\n      <labels>\n        "
            + "\n        ".join(labels)
            + "\n      </labels>\n    </task>\n  </meta>\n"
        )

    def _add(self, out: IO[bytes], number: int, image: DatasetImage) -> None:
        annotation = image.annotation
        with writing_image(self._path, image.file_name):
            image_entry(image, annotation)  # raises Flaw for a name or size that no tool takes
            if not fits_xml(image.file_name):
                raise Flaw("file_name", Words("has characters that XML cannot hold"))
            if image.file_name in self._file_names:
                raise Flaw("file_name", Words("is there twice"))
            lines = [line for person in annotation.people for line in self._person(person)]
        self._file_names.add(image.file_name)
        self._losses.note(Words("ids of images"), image.id != number)
        self._losses.note(
            Words("states of images"), annotation.state != inferred_state(annotation.people)
        )
        self._losses.note(Words("notes on images"), bool(annotation.note))
        others = image.extra.get(OTHERS)
        lines += [self._kept(text) for text in others] if isinstance(others, list) else []
        for name in image.extra.keys() - {"id", OTHERS}:
            self._losses.note(Words("the field {name!r} of images", name=name))
        name = quoteattr(image.file_name)
        out.write(
            f'  <image id="{number}" name={name} width="{image.width}" height="{image.height}">\n'
            f"{''.join(f'    {line}{chr(10)}' for line in lines)}  </image>\n".encode()
        )

    def _kept(self, text: object) -> str:
        """What came from CVAT, checked once more because it has been elsewhere since."""
        return tostring(parsed(self._path, str(text).encode()), encoding="unicode").strip()

    def _person(self, person: Person) -> Iterator[str]:
        skeleton = self._dataset.skeleton
        check_keypoints(person, len(skeleton))
        self._group += 1
        group = ""
        # CVAT has no skeletons of which nothing is placed.
        if any(keypoint.labelled for keypoint in person.keypoints):
            group = f' group_id="{self._group}"'
            source = min(_SOURCES[k.source] for k in person.keypoints if k.labelled)
            yield f'<skeleton label={quoteattr(self._name)} source="{source}" z_order="0"{group}>'
            for name, keypoint in zip(skeleton.keypoints, person.keypoints, strict=True):
                yield f"  {_point(name, keypoint)}"
            yield "</skeleton>"
        box = person.box
        corners = [_number("the box", v) for v in (box.x1, box.y1, box.x2, box.y2)]
        sides = " ".join(
            f'{name}="{v}"' for name, v in zip(("xtl", "ytl", "xbr", "ybr"), corners, strict=True)
        )
        source = _SOURCES[person.box_source]
        label = quoteattr(box_label(self._name))
        yield f'<box label={label} source="{source}" occluded="0" {sides} z_order="0"{group}>'
        for name, text in self._texts(person_fields(person, self._losses)):
            yield f"  <attribute name={quoteattr(name)}>{escape(text)}</attribute>"
        yield "</box>"

    def _texts(self, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Attributes of a person's box; who placed what stands with the shapes themselves."""
        for name, value in fields.items():
            if name in ("keypoint_sources", "bbox_source"):
                continue
            text = _text(value)
            if not name.strip() or len(name) > LONGEST_NAME or not fits_xml(name):
                self._losses.note(
                    Words("fields of people that are called {name!r}", name=name[:70])
                )
            elif len(text) > _LONGEST_VALUE:
                self._losses.note(
                    Words(
                        "values of {name!r} of more than {count} characters",
                        name=name,
                        count=_LONGEST_VALUE,
                    )
                )
            else:
                self._attributes[name] = None
                yield name, text

    def _note_losses(self) -> None:
        note_lost_extra(self._dataset, (LABELS, "name"), self._losses)
        skeleton = self._dataset.skeleton
        again = named_skeleton(self._path, self._name, skeleton.keypoints, skeleton.limbs)
        note_lost_anatomy(skeleton, again, self._losses)


def _point(name: str, keypoint: Keypoint) -> str:
    x, y = _number("keypoints", keypoint.x), _number("keypoints", keypoint.y)
    outside = int(not keypoint.labelled)
    occluded = int(keypoint.visibility is Visibility.OCCLUDED)
    return (
        f'<points label={quoteattr(name)} source="{_SOURCES[keypoint.source]}" '
        f'outside="{outside}" occluded="{occluded}" points="{x},{y}"></points>'
    )


def _number(what: str, value: float) -> str:
    if not abs(value) <= FARTHEST:
        raise Flaw(
            what, Words("have {number:g}, which is no number of pixels", number=float(value))
        )
    return repr(float(value))


def _text(value: object) -> str:
    """A value as the text of an attribute: a plain text if it reads back as one, else JSON."""
    if isinstance(value, str) and value == value.strip() != "" and fits_xml(value):
        try:
            json.loads(value)
        except (ValueError, RecursionError):
            if "\r" not in value:
                return value
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return text if fits_xml(text) else json.dumps(value)
