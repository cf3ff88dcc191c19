"""Looks at an image: the whole of it, and closer ones at people of another size.

A small network knows people of some sizes better than of others, and a person of forty
pixels shows it little. So whoever the first look finds too small or too large is looked at
again in a square window of their own, scaled to the size that the network knows best. In the
mirror the errors are others, and the average of both has fewer.

Coordinates are in image pixels.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from clickpose_app.core.geometry import AREA_OF_BOX, Box, FloatArray, keypoint_similarity
from clickpose_app.engine.preprocess import box_from_norm, points_from_norm
from clickpose_app.network.clickpose import Detections, Memory

# A pose that is this similar (OKS) to a better one is the same person's.
_SAME_POSE = 0.5
# Poses that are this similar are views of one pose, whose errors differ and average out ...
_SAME_VIEW = 0.7
# ... each keypoint weighed by this power of the OKS expected of it.
_SURENESS = 8
# What the lower of the scores in the image and in the mirror counts for: enough that a flag is
# nobody, and so little that as many people are shown as without a mirror.
_DOUBT = 0.25
# Chance of being outside the picture from which a joint is left out.
_SURELY_OUTSIDE = 0.6
# Part of a box that must lie in a window for the window to show the person.
_SHOWN = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class Glance:
    """What was found in one window of an image that nobody will ask about again.

    Attributes:
        found: as in a Look; window, scale and whole likewise.
    """

    found: Detections
    window: Box
    scale: float
    whole: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One encoded window of an image.

    Attributes:
        memory: of the window alone.
        found: the first pass in it.
        window: what was looked at; a closer look's may reach out of the image.
        scale: pixels of the network's input for each image pixel.
        whole: whether it is at the whole image.
    """

    memory: Memory
    found: Detections
    window: Box
    scale: float
    whole: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """A person in one look.

    Attributes:
        keypoints: [K, 2].
        confidence: expected OKS of each keypoint [K] in 0..1.
        box: theirs.
        chance: that somebody is there, 0..1.
        score: the chance, times the OKS to expect of the pose: a flag that looks a little
            like a person has no joints that the network believes in.
        trust: how far their size in the look is one that the network knows, 0..1.
        visibility: 0 not in the picture, 1 hidden, 2 visible [K]; None if nobody can tell.
        mirrored: whether it was seen in the mirror.
    """

    keypoints: FloatArray
    confidence: FloatArray
    box: Box
    chance: float
    score: float
    trust: float
    visibility: NDArray[np.int64] | None = None
    mirrored: bool = False


@dataclass(frozen=True, slots=True)
class Closer:
    """Whom to look at again, and how; sizes in pixels of the network's input.

    Attributes:
        side: of a closer look.
        person: long side that people get in it.
        known: least and largest long side of people who need no closer look.
        least_chance: chance of a person below which nobody looks again.
        least_score: the same of their score, which in the first look is low for the small.
        mirror_score: score below which nobody looks into the mirror; None for never.
        most: closer looks at an image; the best people come first.
        least_trust: how well a look must show somebody at least to follow corrections of them:
            from about forty pixels on.
    """

    side: int = 224
    person: float = 160.0
    known: tuple[float, float] = (130.0, 210.0)
    least_chance: float = 0.1
    least_score: float = 0.0
    mirror_score: float | None = None
    most: int = 12
    least_trust: float = 0.02

    def window(self, box: Box) -> Box:
        """The square window in which a person has the size that is known best."""
        half = max(box.width, box.height, 1.0) * self.side / self.person / 2
        x, y = (box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2
        return Box(x - half, y - half, x + half, y + half)

    def windows(
        self, boxes: Sequence[Box], scale: float | None, before: Sequence[Box] = ()
    ) -> list[Box]:
        """Windows for those of the boxes, best first, that the first look saw badly.

        Args:
            boxes: of people.
            scale: of the first look; None if it does not count.
            before: windows that were looked at already.
        """
        windows: list[Box] = []
        for box in boxes:
            if scale is not None and self._known(box, scale):
                continue
            if any(
                _shown(box, window) and self._known(box, self.side / window.width)
                for window in (*before, *windows)
            ):
                continue
            windows.append(self.window(box))
        return windows[: self.most]

    def second_looks(self, people: Sequence[Sighting], scale: float) -> list[Box]:
        """Windows for those of the people who are likely enough; arguments as for windows()."""
        likely = [
            p.box for p in people if p.chance >= self.least_chance and p.score >= self.least_score
        ]
        return self.windows(likely, scale)

    def mirrored_looks(self, people: Sequence[Sighting]) -> list[Box]:
        """Windows in which those who are likely enough are looked at in the mirror."""
        if self.mirror_score is None:
            return []
        return self.windows([p.box for p in people if p.score >= self.mirror_score], None)

    def suits(self, look: Look, box: Box) -> bool:
        """Whether a look shows the person in a box at a size that is known."""
        return _shown(box, look.window) and self._known(box, look.scale)

    def shows(self, look: Look, box: Box) -> bool:
        """Whether a look shows the person in a box well enough to follow corrections of them."""
        return self.trust(box, look.scale) >= self.least_trust

    def trust(self, box: Box, scale: float) -> float:
        """How well a person's size in a look is known, 1 at the best size, down to 0."""
        ratio = math.log2(max(box.width, box.height, 1.0) * scale / self.person)
        return math.exp(-(ratio**2))

    def _known(self, box: Box, scale: float) -> bool:
        return self.known[0] <= max(box.width, box.height) * scale <= self.known[1]


def sightings(look: Look | Glance, closer: Closer | None) -> list[Sighting]:
    """Everybody whom a look proposes; in closer looks only people who are whole in it.

    Args:
        look: whose first pass is read.
        closer: knows which sizes are trusted; None trusts all.
    """
    people = people_in(look.found, look, closer)
    return [p for p in people if look.whole or _shown(p.box, look.window)]


def mirrored_sightings(glance: Glance, closer: Closer) -> list[Sighting]:
    """The same of a glance in the mirror."""
    return [replace(person, mirrored=True) for person in sightings(glance, closer)]


def people_in(
    found: Detections, look: Look | Glance, closer: Closer | None = None
) -> list[Sighting]:
    """The people of detections in a look, in the order of the detections."""
    chances = found.logits[0, :, -1].sigmoid().double().cpu().numpy()
    keypoints = points_from_norm(found.keypoints[0], look.window)
    boxes = [box_from_norm(box, look.window) for box in found.boxes[0].cpu()]
    if found.quality is None:
        confidence = np.repeat(chances[:, None], keypoints.shape[1], 1)
        scores = chances
    else:
        confidence = found.quality[0].double().cpu().numpy()
        scores = chances * confidence.mean(1)
    trust = [1.0 if closer is None else closer.trust(box, look.scale) for box in boxes]
    visibility = None if found.visibility is None else visibilities(found.visibility[0])
    return [
        Sighting(
            keypoints[i],
            confidence[i],
            boxes[i],
            float(chances[i]),
            float(scores[i]),
            trust[i],
            None if visibility is None else visibility[i],
        )
        for i in range(len(boxes))
    ]


def visibilities(chances: Tensor) -> NDArray[np.int64]:
    """0 not in the picture, 1 hidden, 2 visible [N, K], from the chances of each [N, K, 3].

    A joint is left out only when that is fairly sure: to place one costs the annotator more
    than to delete one.
    """
    outside, hidden, visible = chances.double().cpu().numpy().transpose(2, 0, 1)
    seen = np.where(hidden > visible, 1, 2)
    return np.where(outside > _SURELY_OUTSIDE, 0, seen).astype(np.int64)


def best_look(looks: Sequence[Look], box: Box, closer: Closer | None) -> Look | None:
    """The look in which a person can be seen best; None if none shows them whole."""
    if closer is None:
        return looks[0]
    able = [look for look in looks if look.whole or _shown(box, look.window)]
    return max(able, key=lambda look: closer.trust(box, look.scale), default=None)


def best_looks(looks: Sequence[Look], boxes: Sequence[Box], closer: Closer) -> list[Look]:
    """Those of the looks in which anybody can be seen best, in their order."""
    best = [best_look(looks, box, closer) for box in boxes]
    return [look for look in looks if any(look is one for one in best)]


def distinct_people(
    people: Sequence[Sighting], sigmas: Tensor, mirrored: Sequence[Box] = ()
) -> list[Sighting]:
    """People, best first, without those whose pose repeats that of a better one.

    Two poses are the same person when their OKS is high; boxes alone would merge people
    who stand in front of each other. Of two looks at a person the one at the better known
    size is kept, its keypoints averaged with those of poses that are almost the same. Whoever
    was looked for in the mirror is less likely where the image and the mirror disagree: what
    looks like a person from one side only is mostly none.

    Args:
        people: in any order.
        sigmas: of the skeleton [K].
        mirrored: windows that were looked at in the mirror.
    """
    if not people:
        return []
    tolerances = sigmas.double().cpu().numpy()
    poses = np.stack([p.keypoints for p in people])
    # Joints that are not in the picture lie anywhere: they tell nobody apart.
    shown = np.stack(
        [
            np.ones(len(p.keypoints), bool) if p.visibility is None else p.visibility > 0
            for p in people
        ]
    )
    areas = np.array([max(1.0, AREA_OF_BOX * p.box.width * p.box.height) for p in people])
    kept: list[int] = []
    # All sightings of each, and those among them that are views of one pose.
    same: dict[int, list[int]] = {}
    views: dict[int, list[int]] = {}
    for i in sorted(range(len(people)), key=lambda i: -people[i].score * people[i].trust):
        counted = shown[kept] & shown[i]
        each = keypoint_similarity(poses[kept], poses[i], areas[i], tolerances)
        similar = (each * counted).sum(-1) / np.maximum(counted.sum(-1), 1)
        if not kept or similar.max() <= _SAME_POSE:
            kept.append(i)
            same[i], views[i] = [i], [i]
            continue
        best = kept[int(similar.argmax())]
        same[best].append(i)
        if similar.max() > _SAME_VIEW:
            views[best].append(i)
    merged: list[Sighting] = []
    for best in kept:
        person = _blended([people[i] for i in views[best]])
        if any(_shown(person.box, window) for window in mirrored):
            person = replace(person, score=_doubted([people[i] for i in same[best]]))
        merged.append(person)
    return sorted(merged, key=lambda p: -p.score)


def _doubted(seen: Sequence[Sighting]) -> float:
    """The score of a person, of whom the image and the mirror may think differently."""
    sides = [[p.score for p in seen if p.mirrored is side] for side in (False, True)]
    less, more = sorted(max(scores, default=0.0) for scores in sides)
    return _DOUBT * less + (1 - _DOUBT) * more


def _blended(views: Sequence[Sighting]) -> Sighting:
    """The first of several views of one pose, its keypoints averaged by how sure each is."""
    if len(views) == 1:
        return views[0]
    weights = np.stack([v.confidence**_SURENESS * (v.trust * v.chance) for v in views])
    weights = np.maximum(weights, 1e-12)[..., None]
    keypoints = (np.stack([v.keypoints for v in views]) * weights).sum(0) / weights.sum(0)
    return replace(views[0], keypoints=keypoints)


def _shown(box: Box, window: Box) -> bool:
    shared = box.shared_area(window)
    return shared > 0 and shared >= _SHOWN * max(box.area, 1e-9)
