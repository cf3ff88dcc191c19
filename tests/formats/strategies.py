"""Hypothesis strategies for data sets that any format has to carry.

Everything is in the normal form of core: an unlabelled keypoint waits in the middle of its
person's box, PREDICTED and without a confidence, because no file says where else it was.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from clickpose_app.core.annotation import ImageAnnotation, Keypoint, Person, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.formats.dataset import Dataset, DatasetImage, inferred_state
from tests.strategies import fractions

BEE = Skeleton(
    "bee",
    ("head", "left wing", "right wing", "sting"),
    ((0, 1), (0, 2), (0, 3)),
    ((1, 2),),
    (0.07, 0.07, 0.07, 0.07),
)
"""A small skeleton that nobody ships, with a pair and a joint of no side."""

file_stems = st.text(
    st.characters(exclude_categories=("C", "Zl", "Zp"), exclude_characters='/\\:*?"<>|'),
    max_size=12,
)
"""Parts of file names in any language; not unique, and possibly empty."""


@st.composite
def people(
    draw: st.DrawFn,
    count: int,
    size: tuple[int, int],
    *,
    sources: Sequence[Source] = tuple(Source),
    visibilities: Sequence[Visibility] = tuple(Visibility),
    scores: bool = True,
) -> Person:
    """Somebody of that many keypoints, with a box inside an image of that size.

    Joints lie in or a little outside the image; all, one or none of them may be labelled. The
    id is empty: data_sets() numbers the people.

    Args:
        draw: given by Hypothesis.
        count: keypoints of a person.
        size: of the image.
        sources: who may have placed joints and boxes.
        visibilities: that labelled and other joints may have; UNLABELLED must be among them.
        scores: whether people and joints may have one.
    """
    width, height = size
    w, h = draw(st.floats(0.5, width / 2)), draw(st.floats(0.5, height / 2))
    x, y = draw(st.floats(0, width / 2)), draw(st.floats(0, height / 2))
    box = Box.from_xywh(x, y, w, h)
    unknown = Keypoint((box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2, Visibility.UNLABELLED)
    seen = [draw(st.sampled_from(visibilities)) for _ in range(count)]
    shown = draw(st.sampled_from(("some", "one", "none")))
    if shown != "some":
        only = draw(st.integers(0, count - 1)) if shown == "one" else -1
        seen = [v if k == only else Visibility.UNLABELLED for k, v in enumerate(seen)]
    confidences = st.none() | fractions if scores else st.none()
    keypoints = tuple(
        Keypoint(
            draw(st.floats(-5, width + 5)),
            draw(st.floats(-5, height + 5)),
            v,
            draw(st.sampled_from(sources)),
            draw(confidences),
        )
        if v
        else unknown
        for v in seen
    )
    return Person("", keypoints, box, draw(st.sampled_from(sources)), draw(confidences))


@st.composite
def crowds(draw: st.DrawFn, size: tuple[int, int]) -> Person:
    """A region to ignore, which has a box and nothing else."""
    width, height = size
    w, h = draw(st.floats(1, width / 2)), draw(st.floats(1, height / 2))
    box = Box.from_xywh(draw(st.floats(0, width / 2)), draw(st.floats(0, height / 2)), w, h)
    return Person("", (), box, Source.HUMAN, is_crowd=True)


@st.composite
def data_sets(
    draw: st.DrawFn,
    skeleton: Skeleton = BEE,
    *,
    with_crowds: bool = True,
    sources: Sequence[Source] = tuple(Source),
    visibilities: Sequence[Visibility] = tuple(Visibility),
    scores: bool = True,
) -> Dataset:
    """Up to three images, some of them empty, with up to three people or crowds each.

    Arguments as for people(); a format that cannot hold something says so here, so that what
    is left must come back exactly.
    """
    images, number = [], 0
    for image_id in range(1, draw(st.integers(0, 3)) + 1):
        size = draw(st.integers(8, 2000)), draw(st.integers(8, 2000))
        anybody = people(
            len(skeleton), size, sources=sources, visibilities=visibilities, scores=scores
        )
        somebody = anybody | crowds(size) if with_crowds else anybody
        found = []
        for person in draw(st.lists(somebody, max_size=3)):
            number += 1
            found.append(_numbered(person, number))
        annotation = ImageAnnotation(tuple(found), inferred_state(found))
        name = f"{draw(st.sampled_from(('', 'Übung/')))}{image_id} {draw(file_stems)}.png"
        images.append(DatasetImage(image_id, name, *size, annotation, {"id": image_id}))
    return Dataset(skeleton, tuple(images))


def _numbered(person: Person, number: int) -> Person:
    return Person(
        f"person-{number}",
        person.keypoints,
        person.box,
        person.box_source,
        person.score,
        person.is_crowd,
        {"id": number},
    )


def differences(
    found: Dataset,
    expected: Dataset,
    *,
    tolerance: float = 0.0,
    sources: bool = True,
    scores: bool = True,
    boxes: bool = True,
) -> list[str]:
    """What a data set that was read back says otherwise, a line each; empty if nothing.

    Images are found by their names, people by their order. Ids and extra fields are left out.

    Args:
        found: as read.
        expected: as written.
        tolerance: of coordinates, in pixels.
        sources: whether to compare who placed what.
        scores: whether to compare scores and confidences.
        boxes: whether to compare the boxes of people.
    """
    lines = []
    if found.skeleton.keypoints != expected.skeleton.keypoints:
        lines.append(f"keypoints {found.skeleton.keypoints}, not {expected.skeleton.keypoints}")
    by_name = {image.file_name: image for image in found.images}
    if by_name.keys() != {image.file_name for image in expected.images}:
        lines.append(f"images {sorted(by_name)}")
    for image in expected.images:
        other = by_name.get(image.file_name)
        if other is None:
            continue
        if (other.width, other.height) != (image.width, image.height):
            lines.append(f"{image.file_name}: {other.width} x {other.height}")
        before, after = image.annotation.people, other.annotation.people
        if len(before) != len(after):
            lines.append(f"{image.file_name}: {len(after)} people, not {len(before)}")
        for i, (a, b) in enumerate(zip(before, after, strict=False)):
            lines += (
                f"{image.file_name}: person {i}: {line}"
                for line in _person_differences(b, a, tolerance, sources, scores, boxes)
            )
    return lines


def _person_differences(
    found: Person, expected: Person, tolerance: float, sources: bool, scores: bool, boxes: bool
) -> list[str]:
    a, b = found.box, expected.box
    compared = [
        ("is_crowd", True, found.is_crowd == expected.is_crowd),
        ("score", scores, found.score == expected.score),
        ("box_source", sources, found.box_source == expected.box_source),
        ("x of box", boxes, _near((a.x1, a.x2), (b.x1, b.x2), tolerance)),
        ("y of box", boxes, _near((a.y1, a.y2), (b.y1, b.y2), tolerance)),
        ("keypoints", True, len(found.keypoints) == len(expected.keypoints)),
    ]
    lines = [f"{what}: {found}, not {expected}" for what, asked, same in compared if asked > same]
    pairs = zip(found.keypoints, expected.keypoints, strict=False)
    for k, (one, other) in enumerate(pairs):
        if not _same_keypoint(one, other, tolerance, sources, scores):
            lines.append(f"joint {k}: {one}, not {other}")
    return lines


def _same_keypoint(
    found: Keypoint, expected: Keypoint, tolerance: float, sources: bool, scores: bool
) -> bool:
    if found.visibility is not expected.visibility:
        return False
    if scores and found.confidence != expected.confidence:
        return False
    if not found.labelled:
        return True
    if sources and found.source is not expected.source:
        return False
    return _near((found.x, found.y), (expected.x, expected.y), tolerance)


def _near(found: Sequence[float], expected: Sequence[float], tolerance: float) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(found, expected, strict=True))
