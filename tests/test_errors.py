"""Sentences about what a file says stay one line whatever it says."""

from __future__ import annotations

import pytest

from clickpose_app.errors import Words


@pytest.mark.parametrize("value", ["a\nb", "out, \x0c", "\n", "a\u2028", "a\r\n\r\nb\x1c"])
def test_what_breaks_lines_in_a_value_does_not_break_the_sentence(value: str) -> None:
    said = str(Words("{path} holds several ({value}).", path="x.csv", value=value))
    assert len(said.splitlines()) == 1 and said.endswith(").")


def test_a_value_without_breaks_is_said_as_it_is() -> None:
    assert str(Words("{value}!", value="a  b\t")) == "a  b\t!"
    assert str(Words("{value}!", value="")) == "!"
