"""The datumaro library loads what we write, where it is installed.

It wants older releases of OpenCV and Pillow than ours, so that it is not among what the tests
need; install it into an environment of its own to run these.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from clickpose_app.formats.dataset import Dataset
from clickpose_app.formats.datumaro_read import read_datumaro
from clickpose_app.formats.datumaro_write import write_datumaro
from tests.formats.strategies import BEE, data_sets, differences
from tests.formats.tool_data import context

library: Any = pytest.importorskip("datumaro", reason="datumaro is not installed")


@given(data_sets())
@settings(max_examples=20, deadline=None)
def test_datumaro_loads_what_we_write_and_we_what_it_writes(dataset: Dataset) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "ours", Path(folder) / "theirs"
        write_datumaro(ours, dataset, context())
        loaded = library.Dataset.import_from(str(ours), "datumaro")
        items = {item.media.path.removeprefix("default/"): item for item in loaded}
        assert items.keys() == {image.file_name for image in dataset.images}
        for image in dataset.images:
            item = items[image.file_name]
            assert item.media.size == (image.height, image.width)
            kinds = [annotation.type.name for annotation in item.annotations]
            people = image.annotation.people
            assert kinds.count("bbox") == len(people)
            posed = [a for a in item.annotations if a.type.name == "points"]
            assert [[v.value for v in a.visibility] for a in posed] == [
                [k.visibility.value for k in person.keypoints]
                for person in people
                if person.keypoints
            ]
        (points,) = loaded.categories()[library.AnnotationType.points].items.values()
        assert tuple(points.labels) == BEE.keypoints
        loaded.export(str(theirs), "datumaro")
        if dataset.images:
            found = read_datumaro(theirs, context())
            # It names images within their subset, and rounds coordinates to two places.
            plain = [
                replace(image, file_name=image.file_name.removeprefix("default/"))
                for image in found.images
            ]
            found = replace(found, images=tuple(plain))
            assert differences(found, dataset, tolerance=0.02) == []
