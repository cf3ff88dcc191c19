"""People out of SLEAP's instances, built when they are asked for."""

from __future__ import annotations

import math
import uuid
from collections.abc import Sequence
from typing import Any

import numpy as np

from clickpose_app.core.annotation import ImageAnnotation, Keypoint, Person, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_schema import FARTHEST
from clickpose_app.formats.dataset import inferred_state
from clickpose_app.formats.pixel_centres import from_centres
from clickpose_app.formats.tracks import FIELD, track_id


def check_instance(where: str, instance: Any, nodes: int) -> None:
    """Raise FormatError, beginning with where, for points that are no places."""
    points = instance.points
    if len(points) != nodes:
        raise FormatError(
            Words(
                "{where} has {count} points, not {nodes} as the skeleton.",
                where=where,
                count=len(points),
                nodes=nodes,
            )
        )
    for number, (x, y) in enumerate(points["xy"].tolist()):
        node = instance.skeleton.node_names[number]
        if math.isnan(x) != math.isnan(y):
            raise FormatError(
                Words("{where}: node {node} has only one coordinate.", where=where, node=node)
            )
        if abs(x) > FARTHEST or abs(y) > FARTHEST:
            raise FormatError(
                Words(
                    "{where}: node {node} is at {x:g}, {y:g}, which are no pixels.",
                    where=where,
                    node=node,
                    x=x,
                    y=y,
                )
            )
    if is_predicted(instance):
        scores = [float(instance.score), *points["score"].tolist()]
        for score in scores:
            if math.isinf(score):
                raise FormatError(Words("{where} has an infinite score.", where=where))


def is_predicted(instance: Any) -> bool:
    """Whether a network made an instance of sleap-io."""
    return hasattr(instance, "score")


class PeopleOfFrames:
    """Turns instances, which have been checked, into people."""

    def __init__(self, order: Sequence[int]) -> None:
        """For each keypoint of the skeleton, order is its place among SLEAP's nodes."""
        self._order = tuple(order)
        # Ids that nobody else has, yet the same at each access.
        self._namespace = uuid.uuid4()

    def annotation(self, frame: int, instances: Sequence[Any]) -> ImageAnnotation:
        """The people whom these instances are."""
        people = [
            self._person(uuid.uuid5(self._namespace, f"{frame} {number}").hex, instance)
            for number, instance in enumerate(instances)
            if not np.isnan(instance.points["xy"]).all()
        ]
        return ImageAnnotation(tuple(people), inferred_state(people))

    def _person(self, person_id: str, instance: Any) -> Person:
        points = instance.points
        xy = points["xy"]
        labelled = xy[~np.isnan(xy[:, 0])] + 0.5
        box = Box.around(labelled)
        unknown = Keypoint(
            (box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2, Visibility.UNLABELLED, Source.PREDICTED
        )
        places, visible = xy.tolist(), points["visible"].tolist()
        scores = points["score"].tolist() if is_predicted(instance) else [math.nan] * len(places)
        sources = _sources(instance)
        keypoints = tuple(
            unknown
            if math.isnan(places[k][0])
            else Keypoint(
                from_centres(places[k][0]),
                from_centres(places[k][1]),
                Visibility.VISIBLE if visible[k] else Visibility.OCCLUDED,
                sources[k],
                fraction(scores[k]),
            )
            for k in self._order
        )
        track = instance.track
        return Person(
            person_id,
            keypoints,
            box,
            Source.PREDICTED,
            fraction(float(instance.score)) if is_predicted(instance) else None,
            extra={} if track is None else {FIELD: track_id(str(track.name))},
        )


def _sources(instance: Any) -> list[Source]:
    if is_predicted(instance):
        return [Source.PREDICTED] * len(instance.points)
    complete = instance.points["complete"] & ~np.isnan(instance.points["xy"][:, 0])
    if not complete.any():
        return [Source.HUMAN] * len(complete)
    return [Source.HUMAN if placed else Source.PREDICTED for placed in complete.tolist()]


def fraction(score: float) -> float | None:
    """A score of SLEAP, whose peaks may reach a little above 1, as one in 0..1; NaN is None."""
    return None if math.isnan(score) else min(max(score, 0.0), 1.0)
