"""The quick way says what the standard library says, or leaves it to that."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from clickpose_app.storage.json_text import exact_value, quick_text
from tests.strategies import json_values


@given(json_values)
def test_what_is_written_quickly_reads_back_exactly(value: Any) -> None:
    text = quick_text(value)
    if text is not None:
        assert repr(json.loads(text)) == repr(value)


@given(json_values)
def test_every_value_is_read_as_the_standard_library_reads_it(value: Any) -> None:
    text = json.dumps(value).encode()
    assert repr(exact_value(text)) == repr(json.loads(text))


@pytest.mark.parametrize(
    "value", [float("nan"), [1.0, {"deep": float("inf")}], "\ud800", object(), None]
)
def test_what_needs_a_judge_is_not_written_quickly(value: Any) -> None:
    assert quick_text({"x": value}) is None


@pytest.mark.parametrize("text", ["1" + 30 * "0", "-0", "-0.0", '"\\ud800"', "[5e-324, 1e22]"])
def test_rare_numbers_and_letters_are_read_exactly(text: str) -> None:
    assert repr(exact_value(text.encode())) == repr(json.loads(text))


@pytest.mark.parametrize("text", ["", "{", "[1,]", "nul"])
def test_what_is_no_json_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        exact_value(text.encode())
