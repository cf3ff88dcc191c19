"""Which keypoints of a project the network knows, by name, and poses carried between both.

A skeleton that the network was not trained for is annotated with what they share: those
keypoints are predicted, refined and pinned through the network, the others placed by hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clickpose_app.core.figure import figure_onto
from clickpose_app.core.geometry import BoolArray, FloatArray
from clickpose_app.core.predictor import PoseQuery, PredictedPose
from clickpose_app.core.skeleton import Skeleton

# Every letter and digit ends up in some word, so that names in any script stay apart.
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W\d_a-zA-Z]+")
_SIDES = {"l": "left", "left": "left", "r": "right", "right": "right"}


def meaning(name: str) -> tuple[str, ...]:
    """What a keypoint's name says, however it is written: ``LeftAnkle`` as ``left_ankle``.

    Only spelling is undone, and the order of the words (``ankle_left``); words with another
    meaning stay apart, so a hand is no wrist and the top of the head no nose.
    """
    words = [word.lower() for word in _WORDS.findall(name)]
    return tuple(sorted(_SIDES.get(word, word) for word in words)) or (name,)


def match_names(wanted: Sequence[str], known: Sequence[str]) -> tuple[int | None, ...]:
    """For each wanted name the place of the same keypoint among the known ones, or None.

    The same name wins over the same meaning, and no known keypoint is given twice.
    """
    places = {name: k for k, name in enumerate(known)}
    found = [places.get(name) for name in wanted]
    free = {meaning(name): k for k, name in enumerate(known) if k not in found}
    for k, name in enumerate(wanted):
        if found[k] is None:
            found[k] = free.pop(meaning(name), None)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class KeypointMap:
    """How the keypoints of a project and those of a network belong together.

    Attributes:
        project: skeleton of the project, K keypoints.
        network: skeleton of the network's poses, N keypoints.
        places: for each of the K its place among the N, or None where the network knows none.
    """

    project: Skeleton
    network: Skeleton
    places: tuple[int | None, ...]

    @classmethod
    def between(cls, project: Skeleton, network: Skeleton) -> KeypointMap:
        """Match two skeletons by the names of their keypoints."""
        return cls(project, network, match_names(project.keypoints, network.keypoints))

    @property
    def identical(self) -> bool:
        """Whether both have the same keypoints in the same order."""
        return self.places == tuple(range(len(self.network)))

    @property
    def shared(self) -> int:
        """How many keypoints of the project the network predicts."""
        return sum(place is not None for place in self.places)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names of the project's keypoints that are placed by hand."""
        pairs = zip(self.project.keypoints, self.places, strict=True)
        return tuple(name for name, place in pairs if place is None)

    def pose(self, pose: PredictedPose) -> PredictedPose:
        """A pose of the network [N] as one of the project [K].

        What the network does not know has a confidence of NaN, is not labelled, and lies where
        the standing figure has it.
        """
        if self.identical:
            return pose
        ours, theirs = self._ours(), self._theirs()
        xy = np.zeros((len(self.project), 2))
        xy[ours] = pose.keypoints[theirs]
        confidence = np.full(len(self.project), np.nan)
        confidence[ours] = pose.confidence[theirs]
        visibility = np.zeros(len(self.project), dtype=np.int64)
        visibility[ours] = 2 if pose.visibility is None else pose.visibility[theirs]
        known = np.zeros(len(self.project), dtype=np.bool_)
        known[ours] = True
        placed = figure_onto(self.project, xy, known, pose.box)
        return PredictedPose(placed, confidence, pose.box, pose.score, visibility)

    def query(self, query: PoseQuery, labelled: BoolArray) -> PoseQuery:
        """A question about a person of the project [K] as one that the network understands [N].

        Args:
            query: the person as the annotator left them.
            labelled: which keypoints are [K]; where the network's others start is guessed from
                them.
        """
        if self.identical:
            return query
        ours, theirs = self._ours(), self._theirs()
        pinned = np.zeros(len(self.network), dtype=np.bool_)
        pinned[theirs] = query.pinned[ours]
        known = np.zeros(len(self.network), dtype=np.bool_)
        known[theirs] = (query.pinned | labelled)[ours]

        def carried(points: FloatArray) -> FloatArray:
            xy = np.zeros((len(self.network), 2))
            xy[theirs] = points[ours]
            return figure_onto(self.network, xy, known, query.box)

        before = None if query.before is None else carried(query.before)
        return PoseQuery(carried(query.keypoints), pinned, query.box, before)

    def _ours(self) -> list[int]:
        return [k for k, place in enumerate(self.places) if place is not None]

    def _theirs(self) -> list[int]:
        return [place for place in self.places if place is not None]
