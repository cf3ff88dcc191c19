"""What an imported file said besides goes through every tool's format, or is named as lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clickpose_app.formats.catalogue import format_named
from tests.formats.tool_data import swarm, there_and_back
from tests.strategies import json_values

# No name of ours begins like this.
fields = st.dictionaries(st.text(max_size=5).map(lambda name: f"x{name}"), json_values, max_size=3)


@pytest.mark.parametrize("name", ["cvat", "labelme", "label-studio", "datumaro"])
@given(of_person=fields, of_image=fields)
@settings(max_examples=60, deadline=None)
def test_unknown_fields_come_back_or_are_named(
    name: str, of_person: dict[str, Any], of_image: dict[str, Any]
) -> None:
    dataset = swarm()
    image = dataset.images[0]
    annotation = image.annotation
    person = replace(annotation.people[0], extra=of_person)
    annotation = replace(annotation, people=(person, *annotation.people[1:]))
    image = replace(image, annotation=annotation, extra=of_image)
    dataset = replace(dataset, images=(image, dataset.images[1]))
    chosen = format_named(name)
    path = f"out{chosen.suffixes[0] if chosen.suffixes else ''}"
    found, losses = there_and_back(chosen, dataset, path)
    again = {image.file_name: image for image in found.images}[image.file_name]
    extra = again.annotation.people[0].extra
    for key, value in of_person.items():
        assert extra.get(key, losses) == value or any(repr(key) in loss for loss in losses)
    for key, value in of_image.items():
        assert again.extra.get(key, losses) == value or any(repr(key) in loss for loss in losses)
