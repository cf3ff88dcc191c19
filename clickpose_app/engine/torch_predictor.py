"""TorchPredictor: the Predictor that runs the Click-Pose network."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from clickpose_app.core.geometry import BoolArray, Box, FloatArray
from clickpose_app.core.predictor import EncodedImage, ImageArray, PoseQuery, PredictedPose
from clickpose_app.core.searching import SearchNews
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.core.thresholds import CORRECTABLE_SCORE
from clickpose_app.engine.devices import device_name, one_thread
from clickpose_app.engine.encoded_image import TorchEncodedImage
from clickpose_app.engine.giving_way import GaveWayError, GiveWay, before_layers, giving_way
from clickpose_app.engine.input_size import InputSize
from clickpose_app.engine.looks import (
    Closer,
    Glance,
    Look,
    Sighting,
    best_look,
    best_looks,
    distinct_people,
    mirrored_sightings,
    people_in,
    sightings,
)
from clickpose_app.engine.preprocess import (
    NetworkInput,
    boxes_to_norm,
    cut_windows,
    points_from_norm,
    points_to_norm,
    scaled_size,
    to_input,
)
from clickpose_app.engine.search import Search, each
from clickpose_app.network.clickpose import ClickPose, Detections, Memory
from clickpose_app.network.packing import pack

# A drawn box that overlaps a detection this much is taken for that person.
_SAME_BOX = 0.5

# Windows that a processor takes at a time: more leave its cache, and for each number of rows that
# oneDNN multiplies it keeps half a megabyte of code, so what is left over comes one by one.
_WINDOWS_AT_A_TIME = (3, 1)

# Share of what a look would change without a correction that comes along with the correction.
_DRIFT = 0.5


class TorchPredictor:
    """Runs a ClickPose network for the application.

    Args:
        model: the network, in evaluation mode.
        skeleton: of its keypoints.
        name: of the weights, for the description.
        device: where it computes.
        dtype: torch.bfloat16 to compute the image features in it, and to multiply by the wide
            matrices of the pose layers; else torch.float32.
        size: at which images enter.
    """

    def __init__(
        self,
        model: ClickPose,
        skeleton: Skeleton,
        *,
        name: str,
        device: torch.device,
        dtype: torch.dtype,
        size: InputSize,
    ) -> None:
        self._model = model.to(device)
        _channels_last(self._model)
        pack(self._model)
        self._pose_layers = self._model.joined_layers(dtype)
        self._skeleton = skeleton
        self._name, self._device, self._dtype, self._size = name, device, dtype, size
        self._sigmas = torch.tensor(skeleton.sigmas, device=device)
        self._twins = torch.tensor(skeleton.mirrored)
        closer = size.closer
        self._windows_at_a_time: Sequence[int] = _WINDOWS_AT_A_TIME
        if device.type != "cpu" and closer is not None:
            self._windows_at_a_time = range(closer.most, 0, -1)
        self._multiple = 2 ** (2 + model.config.feature_levels)

    @property
    def skeleton(self) -> Skeleton:
        """The skeleton of every pose that comes back."""
        return self._skeleton

    @property
    def description(self) -> str:
        """What runs where, for the status line."""
        precision = "bfloat16" if self._dtype is torch.bfloat16 else "float32"
        return f"{self._name} on {device_name(self._device)}, {precision}"

    @property
    def device(self) -> torch.device:
        """Where it computes."""
        return self._device

    @property
    def closer(self) -> Closer | None:
        """Whom it looks at again; None for nobody."""
        return self._size.closer

    @property
    def sigmas(self) -> Tensor:
        """Of the skeleton [K]."""
        return self._sigmas

    def encode(self, image: ImageArray) -> TorchEncodedImage:
        """Features and first pass of an image [H, W, 3]."""
        closer = self._size.closer
        looks = [self._first_look(image)]
        scale = looks[0].scale
        seen = sightings(looks[0], closer)
        people = distinct_people(seen, self._sigmas)
        if closer is None:
            return TorchEncodedImage(image, scale, looks, people)
        windows = closer.second_looks(people, scale)
        if windows:
            looks += self._closer_looks(image, windows)
            seen += [person for look in looks[1:] for person in sightings(look, closer)]
            people = distinct_people(seen, self._sigmas)
        windows = closer.mirrored_looks(people)
        if windows:
            glances = self._mirrored_glances(image, windows)
            seen += [person for glance in glances for person in mirrored_sightings(glance, closer)]
            people = distinct_people(seen, self._sigmas, windows)
        height, width = image.shape[:2]
        boxes = [p.box.clipped(width, height) for p in people if p.score >= CORRECTABLE_SCORE]
        return TorchEncodedImage(image, scale, best_looks(looks, boxes, closer), people)

    def encode_in_steps(self, image: ImageArray, between: Callable[[], None]) -> TorchEncodedImage:
        """The same, with calls between layers, in which a person may be refined."""
        with before_layers(self._model, between):
            return self.encode(image)

    def scaled(self, width: int, height: int) -> tuple[int, int]:
        """Width and height at which an image of this size enters, without padding."""
        size = scaled_size(width, height, self._size.short, self._size.long)
        if size[0] > width and not self._size.enlarge:
            size = (width, height)
        return size

    def input_sides(self, width: int, height: int) -> tuple[int, int]:
        """The same in whole cells, which the padding fills."""
        scaled = self.scaled(width, height)
        return -(-scaled[0] // self._multiple), -(-scaled[1] // self._multiple)

    def network_input(self, image: ImageArray) -> NetworkInput:
        """An image as the first look takes it."""
        height, width = image.shape[:2]
        return to_input(image, self.scaled(width, height), self._multiple)

    def found_in(self, images: Tensor, padding: Tensor | None) -> Detections:
        """The first pass in a batch, in the processor's memory."""
        return self._run(images, padding)[1].cpu()

    def found_in_mirror(self, images: Tensor) -> Detections:
        """The first pass in the mirrored images, as it lies in the images themselves."""
        mirrored = images.flip(-1).contiguous(memory_format=torch.channels_last)
        return self.found_in(mirrored, None).mirrored(self._twins)

    def _first_look(self, image: ImageArray) -> Look:
        """The whole image."""
        height, width = image.shape[:2]
        ready = self.network_input(image)
        memory, found = self._run(ready.image, ready.padding)
        scale = self.scaled(width, height)[0] / width
        kept = memory.for_refining()
        return Look(kept, found, Box(0, 0, width, height), scale, whole=True)

    def _closer_looks(self, image: ImageArray, windows: list[Box]) -> list[Look]:
        """Square windows of the image, all of one size when they enter."""
        looks: list[Look] = []
        for part, cuts in self._cut(image, windows):
            memory, found = self._run(cuts, None)
            kept = memory.for_refining()
            for i, window in enumerate(part):
                scale = cuts.shape[-1] / window.width
                looks.append(Look(kept.of_image(i), found.of_image(i), window, scale))
        return looks

    def _mirrored_glances(self, image: ImageArray, windows: list[Box]) -> list[Glance]:
        """Glances at the same windows in the mirror, which nobody will ask about again."""
        glances: list[Glance] = []
        for part, cuts in self._cut(image, windows):
            found = self.found_in_mirror(cuts)
            for i, window in enumerate(part):
                glances.append(Glance(found.of_image(i), window, cuts.shape[-1] / window.width))
        return glances

    def _cut(self, image: ImageArray, windows: list[Box]) -> Iterator[tuple[list[Box], Tensor]]:
        """Some windows after the others, and what is in them as it enters [N, 3, H, W]."""
        assert self._size.closer is not None
        cuts = cut_windows(image, windows, self._size.closer.side)
        done = 0
        while done < len(windows):
            size = next(n for n in self._windows_at_a_time if n <= len(windows) - done)
            part = slice(done, done + size)
            yield windows[part], cuts[part]
            done += size

    def _run(self, images: Tensor, padding: Tensor | None) -> tuple[Memory, Detections]:
        if padding is not None:
            padding = padding.to(self._device)
        with torch.inference_mode():
            with torch.autocast(
                self._device.type, torch.bfloat16, enabled=self._dtype is torch.bfloat16
            ):
                memory = self._model.encode(images.to(self._device), padding)
            memory = memory.float()
            return memory, self._model.detect(memory, self._pose_layers)

    def detect(self, encoded: EncodedImage) -> tuple[PredictedPose, ...]:
        """All people found, best first, without repetitions of one person."""
        image = _own(encoded)
        return tuple(pose_on(person, image.width, image.height) for person in image.people)

    def refine(self, encoded: EncodedImage, query: PoseQuery) -> PredictedPose:
        """The other keypoints follow the pinned ones, which come back as they are.

        Where a pose is the average of several looks, one look alone would take it back to what
        that look says. So what it would change without the correction is mostly left out. A
        network that follows corrections by its expected errors changes nothing without one.
        """
        image = _own(encoded)
        start = _start(query)
        look = self._good_look(image, start.box, Closer.shows) or self._look_at(image, start.box)
        drifts = self._size.closer is not None and not self._model.config.expected_errors
        before = _before(query) if drifts else None
        if before is None:
            (pose,) = self._refined(image, look, [start])
            keypoints = pose.keypoints
        else:
            pose, without = self._refined(image, look, [start, before])
            drift = without.keypoints - before.keypoints
            keypoints = pose.keypoints - (1 - _DRIFT) * drift
            keypoints = np.clip(keypoints, 0.0, [image.width, image.height])
        # Pinned points are given back from the query: no rounding through 0..1.
        return replace(pose, keypoints=np.where(query.pinned[:, None], query.keypoints, keypoints))

    def pose_in_box(self, encoded: EncodedImage, box: Box) -> PredictedPose:
        """The pose of the person whom a hand-drawn box surrounds."""
        image = _own(encoded)
        # If nobody was looked for here, or at another size, one more look is worth its time.
        look = self._good_look(image, box, Closer.suits) or self._look_at(image, box)
        known = (*image.people, *sightings(look, self._size.closer))
        closest = max(known, key=lambda s: s.box.iou(box), default=None)
        if closest is not None and closest.box.iou(box) >= _SAME_BOX:
            keypoints = closest.keypoints
        else:
            with torch.inference_mode():
                wanted = boxes_to_norm(box, look.window).to(self._device)
                template = self._model.template(wanted[None, None])[0, 0]
            keypoints = points_from_norm(template, look.window)
        nothing = np.zeros(len(self._skeleton), dtype=np.bool_)
        start = _Start(box, keypoints, nothing, np.zeros_like(keypoints))
        (pose,) = self._refined(image, look, [start])
        return replace(pose, box=box)

    def search_on(self, encoded: EncodedImage, give_way: GiveWay) -> SearchNews | None:
        """As core.searching.Searcher; there is nothing to search without closer looks."""
        image, closer = _own(encoded), self._size.closer
        if closer is None:
            return SearchNews((), 0, 0, anew=False)
        if image.search is None:
            image.search = Search(image.image, image.people, image.scale, closer, self._sigmas)
        search = image.search
        try:
            with giving_way(self._model, give_way):
                anew = search.step(lambda parts: each(self.found_in(parts, None), len(parts)))
        except GaveWayError:
            return None
        image.people = search.people
        return SearchNews(self.detect(image), search.done, search.total, anew)

    def look_closer(self, encoded: EncodedImage, box: Box, give_way: GiveWay) -> bool | None:
        """As core.searching.Searcher."""
        image = _own(encoded)
        if self._good_look(image, box, Closer.suits) is not None:
            return False
        try:
            with giving_way(self._model, give_way):
                self._look_at(image, box)
        except GaveWayError:
            return None
        return True

    def _good_look(
        self, image: TorchEncodedImage, box: Box, good: Callable[[Closer, Look, Box], bool]
    ) -> Look | None:
        """The best look that there is at a person; None if it is not good enough."""
        closer = self._size.closer
        look = best_look(image.looks, box, closer)
        return look if look is None or closer is None or good(closer, look, box) else None

    def _look_at(self, image: TorchEncodedImage, box: Box) -> Look:
        """One more look, which is kept, at whoever is in a box."""
        closer = self._size.closer
        assert closer is not None
        (look,) = self._closer_looks(image.image, [closer.window(box)])
        image.add(look)
        return look

    def _refined(
        self, image: TorchEncodedImage, look: Look, starts: Sequence[_Start]
    ) -> list[PredictedPose]:
        """What the pose layers make of people in one look, each for themselves."""
        window = look.window
        side = np.array([window.width, window.height])
        moved = np.stack([start.moved for start in starts]) / side
        with one_thread(), torch.inference_mode():
            found = self._model.refine(
                look.memory,
                torch.stack([boxes_to_norm(s.box, window) for s in starts])[None].to(self._device),
                torch.stack([points_to_norm(s.keypoints, window) for s in starts])[None].to(
                    self._device
                ),
                torch.from_numpy(np.stack([s.pinned for s in starts]))[None].to(self._device),
                torch.from_numpy(moved.astype(np.float32))[None].to(self._device),
                layers=self._pose_layers,
            )
        return [pose_on(person, image.width, image.height) for person in people_in(found, look)]


@dataclass(frozen=True, slots=True, eq=False)
class _Start:
    """One person as they enter the pose layers, in image pixels; shapes as in PoseQuery."""

    box: Box
    keypoints: FloatArray
    pinned: BoolArray
    moved: FloatArray


def _start(query: PoseQuery) -> _Start:
    """The person with the correction, their box grown around what is pinned."""
    moved = np.zeros_like(query.keypoints)
    if query.before is not None:
        moved = np.where(query.pinned[:, None], query.keypoints - query.before, 0.0)
    box = query.box.grown_to(query.keypoints[query.pinned])
    return _Start(box, query.keypoints, query.pinned, moved)


def _before(query: PoseQuery) -> _Start | None:
    """The same person before the correction; None where nothing was corrected just now."""
    if query.before is None:
        return None
    pinned = query.pinned & (query.before == query.keypoints).all(axis=1)
    if pinned.sum() == query.pinned.sum():
        return None
    box = query.box.grown_to(query.before[pinned])
    return _Start(box, query.before, pinned, np.zeros_like(query.before))


def _channels_last(model: ClickPose) -> None:
    """Lay the convolution weights out as the images are, or each call would do so again."""
    for parameter in model.backbone.parameters():
        if parameter.ndim == 4:
            parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)


def _own(encoded: EncodedImage) -> TorchEncodedImage:
    if not isinstance(encoded, TorchEncodedImage):
        raise TypeError("the image was encoded by another predictor")
    return encoded


def pose_on(person: Sighting, width: int, height: int) -> PredictedPose:
    """A sighting as the application takes it: nothing of it outside the image, in pixels."""
    return PredictedPose(
        np.clip(person.keypoints, 0.0, [width, height]),
        person.confidence,
        person.box.clipped(width, height),
        person.score,
        person.visibility,
    )
