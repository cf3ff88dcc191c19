"""Hypothesis strategies for the core's values."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from clickpose_app.core.annotation import (
    ImageAnnotation,
    ImageState,
    Keypoint,
    Person,
    Source,
    Visibility,
)
from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import PredictedPose

numbers = st.floats(allow_nan=False, allow_infinity=False)
"""Any float that can be stored, subnormal ones and -0.0 included."""

pixels = st.floats(-1e5, 1e5)
"""Coordinates in and well around an image."""

fractions = st.floats(0, 1)

boxes = st.builds(Box.from_corners, pixels, pixels, pixels, pixels)

keypoints = st.builds(
    Keypoint,
    numbers,
    numbers,
    st.sampled_from(Visibility),
    st.sampled_from(Source),
    st.none() | fractions,
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | numbers | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def people(count: int = 4) -> st.SearchStrategy[Person]:
    """People of that many keypoints."""
    return st.builds(
        Person,
        st.uuids().map(lambda u: u.hex),
        st.lists(keypoints, min_size=count, max_size=count).map(tuple),
        st.builds(Box, numbers, numbers, numbers, numbers),
        st.sampled_from(Source),
        st.none() | fractions,
        st.booleans(),
        st.dictionaries(st.text(), json_values, max_size=3),
    )


def image_annotations(count: int = 4, min_people: int = 0) -> st.SearchStrategy[ImageAnnotation]:
    """Images with up to four people of that many keypoints."""
    return st.builds(
        ImageAnnotation,
        st.lists(
            people(count), min_size=min_people, max_size=4, unique_by=lambda person: person.id
        ).map(tuple),
        st.sampled_from(ImageState),
    )


def poses(count: int = 4) -> st.SearchStrategy[PredictedPose]:
    """What a network may say about a person of that many keypoints."""
    return st.builds(
        PredictedPose,
        st.lists(st.tuples(numbers, numbers), min_size=count, max_size=count).map(
            lambda xy: np.array(xy, dtype=np.float64).reshape(-1, 2)
        ),
        st.lists(fractions, min_size=count, max_size=count).map(
            lambda confidence: np.array(confidence, dtype=np.float64)
        ),
        boxes,
        fractions,
    )
