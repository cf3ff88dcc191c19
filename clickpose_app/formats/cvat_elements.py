"""What one element of a CVAT file says; Flaw for what it may not say."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn
from xml.etree.ElementTree import Element

from clickpose_app.core.annotation import Source, Visibility
from clickpose_app.errors import Words
from clickpose_app.formats.coco_schema import Flaw

# Of CVAT's words for who made a shape, those that a model is behind.
_PREDICTED = ("auto", "semi-auto")
_FLAGS = {"0": False, "1": True, "False": False, "True": True, "false": False, "true": True}


def place_of(point: Element) -> tuple[float, float, Visibility]:
    """x, y and visibility of a <points> element that is a keypoint."""
    text = text_of(point, "points")
    try:
        first, second = text.split(",")
        x, y = float(first), float(second)
    except ValueError:
        _no_number("points", text)
    if not (math.isfinite(x) and math.isfinite(y)):
        _no_number("points", text)
    if flag_of(point, "outside"):
        return x, y, Visibility.UNLABELLED
    return x, y, Visibility.OCCLUDED if flag_of(point, "occluded") else Visibility.VISIBLE


def source_of(shape: Element) -> Source:
    """Who made a shape."""
    return Source.PREDICTED if shape.get("source") in _PREDICTED else Source.HUMAN


def attributes_of(shape: Element) -> dict[str, Any]:
    """What <attribute> elements of a shape say; empty ones say nothing."""
    fields = {}
    for attribute in shape.findall("attribute"):
        name, text = text_of(attribute, "name"), attribute.text or ""
        if text.strip():
            fields[name] = _value(text)
    return fields


def _value(text: str) -> Any:
    """The JSON value that a text is, or the text."""
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return text


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def text_of(element: Element, name: str) -> str:
    """An attribute that must be there."""
    value = element.get(name)
    if value is None:
        raise Flaw(name, Words("of <{tag}> is missing", tag=element.tag))
    return value


def number_of(element: Element, name: str) -> float:
    """A finite number, in pixels."""
    text = text_of(element, name)
    try:
        number = float(text)
    except ValueError:
        _no_number(name, text)
    if not math.isfinite(number):
        _no_number(name, text)
    return number


def whole_number_of(element: Element, name: str) -> int:
    """A whole number of pixels."""
    text = text_of(element, name)
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Flaw(name, Words("must be a whole number of pixels, not {text!r}", text=text))
    return int(text)


def _no_number(name: str, text: str) -> NoReturn:
    raise Flaw(name, Words("is {text!r}, which is no place in an image", text=text[:40]))


def flag_of(element: Element, name: str) -> bool:
    """Yes or no; no where nothing is said."""
    text = element.get(name, "0")
    flag = _FLAGS.get(text)
    if flag is None:
        raise Flaw(name, Words("must be 0 or 1, not {text!r}", text=text))
    return flag
