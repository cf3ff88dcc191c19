"""A small sound data set in every format that is read, and what is done with a damaged one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import yaml

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.formats.catalogue import format_named
from clickpose_app.formats.coco import write_coco
from clickpose_app.formats.dataset import Dataset
from clickpose_app.formats.format import Context
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.formats.coco_samples import category, data_set, person
from tests.formats.strategies import BEE
from tests.formats.tool_data import swarm
from tests.fuzz.harness import survived

TEXT_READERS = (
    *("coco", "coco-results", "coco-wholebody", "crowdpose", "label-studio", "labelme", "cvat"),
    *("datumaro", "yolo-pose", "yolo-rows", "deeplabcut", "deeplabcut-config"),
)
"""Those whose files are text, which Python reads."""

BINARY_READERS = ("deeplabcut-h5", "sleap")
"""Those whose files are HDF5, which is tried in a process of its own."""


@dataclass(frozen=True)
class Sample:
    """A sound data set.

    Attributes:
        format: its name.
        folder: that all of it is in.
        path: what is read.
        file: what of it gets damaged.
        images: the folder of images; None if nobody says.
        described_by: the COCO file that lists the images; None if none is needed.
        skeleton: of the people, where the format does not say; None if it does.
    """

    format: str
    folder: Path
    path: Path
    file: Path
    images: Path | None = None
    described_by: Path | None = None
    skeleton: Skeleton | None = None

    @property
    def context(self) -> Context:
        """As somebody gives it who knows where the images are."""
        return Context(self.images, lambda _: (640, 480), self.skeleton, self.described_by)


def sample(reader: str, folder: Path) -> Sample:
    """A new sample of a reader in an empty folder."""
    made = _MADE.get(reader)
    if made is not None:
        return made(folder)
    chosen = format_named(reader)
    path = folder / f"out{chosen.suffixes[0] if chosen.suffixes else ''}"
    _write(reader, path)
    inner = {"labelme": "Stöcke/eins.json", "datumaro": "annotations/default.json"}.get(reader)
    return Sample(reader, folder, path, path / inner if inner else path)


def use(sample: Sample, again: Path) -> None:
    """Read a sample as import does, everybody on it, and write what was read.

    Whatever is refused is refused in one sentence; again is an empty folder to write into.
    """
    chosen = format_named(sample.format)
    chosen.claims(sample.path)
    dataset = survived(sample.path, lambda: read_all(sample))
    if dataset is None:
        return
    for image in dataset.images:
        assert image.width > 0 and image.height > 0
        assert ".." not in Path(image.file_name).parts, image.file_name
        assert not Path(image.file_name).is_absolute(), image.file_name
    out = again / "again.json"
    survived(out, lambda: write_coco(out, dataset))
    shutil.rmtree(again)
    again.mkdir()


def read_all(sample: Sample) -> Dataset:
    """Read a sample, and build everybody on it."""
    read = format_named(sample.format).read
    assert read is not None
    dataset = read(sample.path, sample.context)
    for image in dataset.images:
        for found in image.annotation.people:
            assert len(found.keypoints) in (0, len(dataset.skeleton))
    return dataset


def _write(name: str, path: Path, images: Path | None = None) -> None:
    write = format_named(name).write
    assert write is not None
    write(path, swarm(), Context(images, lambda _: (640, 480)))


def _coco(folder: Path) -> Sample:
    path = folder / "out.json"
    path.write_text(json.dumps(_COCO))
    return Sample("coco", folder, path, path)


def _coco_results(folder: Path) -> Sample:
    described = folder / "images.json"
    described.write_text(json.dumps(_COCO))
    path = folder / "out.json"
    keypoints = [10.5, 20.5, 1.0] * 17
    found = [{"image_id": 1, "category_id": 1, "keypoints": keypoints, "score": 0.5}]
    path.write_text(json.dumps(found * 2))
    return Sample("coco-results", folder, path, path, described_by=described)


def _whole_body(folder: Path) -> Sample:
    path = folder / "out.json"
    parts = {"foot": 6, "face": 68, "lefthand": 21, "righthand": 21}
    extra: dict[str, Any] = {f"{part}_kpts": [5.5, 6.5, 2] * count for part, count in parts.items()}
    extra |= {f"{part}_valid": True for part in parts}
    path.write_text(json.dumps(data_set(annotations=[person(**extra)], categories=[category()])))
    return Sample("coco-wholebody", folder, path, path)


def _crowd_pose(folder: Path) -> Sample:
    path = folder / "out.json"
    names = builtin_skeleton("crowdpose-14").keypoints
    entry = category(keypoints=list(names), skeleton=[])
    someone = person(keypoints=[5.5, 6.5, 2] * 14)
    path.write_text(json.dumps(data_set(annotations=[someone], categories=[entry])))
    return Sample("crowdpose", folder, path, path)


def _yolo(folder: Path, damaged: str) -> Sample:
    path = folder / "out"
    _write("yolo-pose", path, _photos(folder / "photos"))
    return Sample("yolo-pose", folder, path, path / damaged)


def _deeplabcut(folder: Path, ending: str) -> Sample:
    place = folder / "out" / "labeled-data" / "hive"
    place.mkdir(parents=True)
    path = place / f"CollectedData_out{ending}"
    _write("deeplabcut", path)
    return Sample("deeplabcut", folder, path, path, images=_photos(folder))


def _photos(folder: Path) -> Path:
    """The images of the swarm."""
    for name in ("Stöcke/eins.jpg", "zwei.png"):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(cv2.imencode(".png", np.zeros((4, 6), np.uint8))[1].tobytes())
    return folder


def _deeplabcut_config(folder: Path) -> Sample:
    _deeplabcut(folder, ".csv")
    path = folder / "out" / "config.yaml"
    names = list(BEE.keypoints)
    said = {
        "Task": "hive",
        "scorer": "out",
        "multianimalproject": True,
        "individuals": ["a", "b"],
        "multianimalbodyparts": names,
        "uniquebodyparts": [],
        "bodyparts": "MULTI!",
        "skeleton": [names[:2]],
        "video_sets": {"/lab/hive.mp4": {"crop": "0, 640, 0, 480"}},
    }
    path.write_text(yaml.safe_dump(said, sort_keys=False))
    return Sample("deeplabcut", folder, path, path, images=folder)


_COCO = data_set(
    annotations=[person(), person(6, 2, score=0.5)],
    categories=[category(flip_pairs=[[2, 3]], sigmas=[0.1] * 17)],
)
_MADE: dict[str, Callable[[Path], Sample]] = {
    "coco": _coco,
    "coco-results": _coco_results,
    "coco-wholebody": _whole_body,
    "crowdpose": _crowd_pose,
    "yolo-pose": lambda folder: _yolo(folder, "data.yaml"),
    "yolo-rows": lambda folder: _yolo(folder, "labels/train/Stöcke/eins.txt"),
    "deeplabcut": lambda folder: _deeplabcut(folder, ".csv"),
    "deeplabcut-h5": lambda folder: _deeplabcut(folder, ".h5"),
    "deeplabcut-config": _deeplabcut_config,
}
