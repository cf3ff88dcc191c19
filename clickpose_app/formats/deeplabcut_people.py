"""People out of DeepLabCut's table of points, built when they are asked for."""

from __future__ import annotations

import math
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from clickpose_app.core.annotation import ImageAnnotation, Keypoint, Person, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.formats.dataset import inferred_state
from clickpose_app.formats.deeplabcut_table import Places, PointTable
from clickpose_app.formats.pixel_centres import from_centres
from clickpose_app.formats.tracks import FIELD, track_id


@dataclass(frozen=True)
class PeopleOfTable:
    """Turns rows of one table, which has been checked, into people.

    Attributes:
        table: the points.
        places: where those of each individual are, their body parts in skeleton order.
    """

    table: PointTable
    places: Sequence[Places]
    # Ids that nobody else has, yet the same at each access.
    _namespace: uuid.UUID = field(default_factory=uuid.uuid4)

    def annotation(self, row: int) -> ImageAnnotation:
        """Who is on the frame of a row: everybody with a labelled point."""
        people = [self._person(row, place) for place in self.places]
        found = tuple(person for person in people if person is not None)
        return ImageAnnotation(found, inferred_state(found))

    def _person(self, row: int, of_one: Places) -> Person | None:
        values = np.append(self.table.values[row], math.nan)  # which is what column -1 gives
        points = values[of_one.columns].tolist()
        labelled = [(x, y) for x, y, _ in points if not math.isnan(x)]
        if not labelled:
            return None
        source = Source.PREDICTED if self.table.predicted else Source.HUMAN
        box = Box.around(np.array(labelled) + 0.5)
        unknown = Keypoint(
            (box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2, Visibility.UNLABELLED, Source.PREDICTED
        )
        keypoints = tuple(
            unknown
            if math.isnan(x)
            else Keypoint(
                from_centres(x),
                from_centres(y),
                Visibility.VISIBLE,
                source,
                None if math.isnan(likelihood) else likelihood,
            )
            for x, y, likelihood in points
        )
        name = of_one.individual
        return Person(
            uuid.uuid5(self._namespace, f"{row} {name}").hex,
            keypoints,
            box,
            Source.PREDICTED,
            mean_confidence(keypoints),
            extra={FIELD: track_id(name)} if name else {},
        )


def mean_confidence(keypoints: Sequence[Keypoint]) -> float | None:
    """The score of somebody predicted, which DeepLabCut takes from the points; None without."""
    found = [k.confidence for k in keypoints if k.confidence is not None]
    return math.fsum(found) / len(found) if found else None
