"""Definitions of labels as CVAT has them: skeletons with their points and edges, attributes."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, tostring
from xml.sax.saxutils import escape, quoteattr

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_category import PERSON
from clickpose_app.formats.safe_xml import fits_xml, parsed

LONGEST_NAME = 64
"""Characters that CVAT allows in the name of a label or an attribute."""


@dataclass
class SkeletonLabel:
    """A label of skeletons.

    Attributes:
        name: of the label.
        keypoints: names of its points, in order.
        limbs: pairs of their indices, from 0.
        others: all other labels of the file, as text.
    """

    name: str
    keypoints: list[str] = field(default_factory=list)
    limbs: list[tuple[int, int]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def box_label(name: str) -> str:
    """The label of boxes around the people of a skeleton label; CVAT wants another name."""
    return f"{name} box"


def find_skeleton(path: Path, meta: Element) -> SkeletonLabel | None:
    """The one skeleton label that the head of a file defines, or the person among several.

    Raises:
        FormatError: if there are several, none of them a person, or its drawing is wrong.
    """
    labels = [label for label in meta.iter("label") if label.find("name") is not None]
    names = [_text(label, "name") for label in labels if _text(label, "type") == "skeleton"]
    if len(names) > 1 and PERSON not in names:
        raise FormatError(
            Words(
                "{path} has several labels with skeletons ({names}).",
                path=path,
                names=", ".join(names),
            ),
            Words("ClickPose works on one at a time: export them from CVAT one by one."),
        )
    if not names:
        return None
    found = SkeletonLabel(PERSON if len(names) > 1 else names[0])
    drawing = ""
    for label in labels:
        name, parent = _text(label, "name"), _text(label, "parent")
        # Itself first: a damaged one may say that it is a part of itself.
        if name == found.name and _text(label, "type") == "skeleton":
            drawing = _text(label, "svg")
        elif parent == found.name:
            found.keypoints.append(name)
        elif parent or name != box_label(found.name):
            found.others.append(tostring(label, encoding="unicode").strip())
    nodes, edges = _drawn(path, drawing)
    found.keypoints = found.keypoints or list(nodes.values())
    index = {name: k for k, name in enumerate(found.keypoints)}
    found.limbs = [
        (index[nodes[a]], index[nodes[b]])
        for a, b in edges
        if nodes.get(a) in index and nodes.get(b) in index
    ]
    return found


def _text(label: Element, tag: str) -> str:
    return label.findtext(tag, "")


def _drawn(path: Path, svg: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Names of the nodes by their numbers, and the edges between those."""
    drawing = parsed(path, f"<svg>{svg}</svg>".encode())
    nodes = {
        node.get("data-node-id", ""): node.get("data-label-name", "")
        for node in drawing.iter("circle")
    }
    edges = [
        (line.get("data-node-from", ""), line.get("data-node-to", ""))
        for line in drawing.iter("line")
    ]
    return nodes, edges


def check_name(path: Path, what: Words, name: str) -> str:
    """The name of a label; FormatError for one that CVAT or XML refuses."""
    if not name.strip() or len(name) > LONGEST_NAME or not fits_xml(name):
        raise FormatError(
            Words(
                "{path}: {what} {name!r} is no name that CVAT takes: 1 to {count} characters.",
                path=path,
                what=what,
                name=name,
                count=LONGEST_NAME,
            ),
            Words("Change it in the skeleton editor."),
        )
    return name


def svg_of(skeleton: Skeleton) -> str:
    """How CVAT draws a skeleton: edges, then nodes, numbered from 1, in a square of 100."""
    places = _places(skeleton)
    lines = [
        f'<line x1="{places[a][0]:.2f}" y1="{places[a][1]:.2f}" x2="{places[b][0]:.2f}" '
        f'y2="{places[b][1]:.2f}" stroke="black" data-type="edge" data-node-from="{a + 1}" '
        f'stroke-width="0.5" data-node-to="{b + 1}"></line>'
        for a, b in skeleton.limbs
    ]
    circles = [
        f'<circle r="1.5" stroke="black" fill="#b3b3b3" cx="{x:.2f}" cy="{y:.2f}" '
        f'stroke-width="0.1" data-type="element node" data-element-id="{k + 1}" '
        f'data-node-id="{k + 1}" data-label-name={quoteattr(skeleton.keypoints[k])}></circle>'
        for k, (x, y) in enumerate(places)
    ]
    return "".join((*lines, *circles))


def _places(skeleton: Skeleton) -> list[tuple[float, float]]:
    """Where the nodes are drawn: on the skeleton's figure, or in a circle."""
    if skeleton.figure:
        return [(5 + 90 * x, 5 + 90 * y) for x, y in skeleton.figure]
    turns = [2 * math.pi * k / len(skeleton) for k in range(len(skeleton))]
    return [(50 + 40 * math.sin(turn), 50 - 40 * math.cos(turn)) for turn in turns]


def labels_xml(
    name: str, skeleton: Skeleton, attributes: Iterable[str], others: Sequence[str]
) -> Iterator[str]:
    """The <label> elements of a file's head, others as they came."""
    yield _label_xml(name, "skeleton", svg=svg_of(skeleton))
    for keypoint in skeleton.keypoints:
        yield _label_xml(keypoint, "points", parent=name)
    yield _label_xml(box_label(name), "rectangle", attributes=attributes)
    yield from others


def _label_xml(
    name: str, kind: str, *, attributes: Iterable[str] = (), svg: str = "", parent: str = ""
) -> str:
    defined = "".join(
        f"<attribute><name>{escape(attribute)}</name><mutable>False</mutable>"
        "<input_type>text</input_type><default_value></default_value><values></values></attribute>"
        for attribute in attributes
    )
    end = f"<svg>{escape(svg)}</svg>" if svg else ""
    end += f"<parent>{escape(parent)}</parent>" if parent else ""
    return (
        f"<label><name>{escape(name)}</name><color></color><type>{kind}</type>"
        f"<attributes>{defined}</attributes>{end}</label>"
    )


def labels_json(name: str, skeleton: Skeleton, attributes: Iterable[str]) -> bytes:
    """The same labels for the tab "Raw" of CVAT's page for a new task."""
    described = [
        {"name": attribute, "mutable": False, "input_type": "text", "values": [""]}
        for attribute in attributes
    ]
    labels: list[dict[str, Any]] = [
        {
            "name": name,
            "type": "skeleton",
            "attributes": [],
            "svg": svg_of(skeleton),
            "sublabels": [
                {"name": keypoint, "type": "points", "attributes": []}
                for keypoint in skeleton.keypoints
            ],
        },
        {"name": box_label(name), "type": "rectangle", "attributes": described},
    ]
    return json.dumps(labels, ensure_ascii=False, indent=2).encode() + b"\n"
