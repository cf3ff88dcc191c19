"""TorchPredictor: the Predictor that runs the Click-Pose network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import EncodedImage, ImageArray, PoseQuery, PredictedPose
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.core.thresholds import SCORE_THRESHOLD
from clickpose_app.engine.devices import choose_device, cpu_has_bfloat16, device_name
from clickpose_app.engine.postprocess import distinct_people
from clickpose_app.engine.preprocess import (
    box_from_norm,
    boxes_to_norm,
    points_from_norm,
    points_to_norm,
    scaled_size,
    to_input,
)
from clickpose_app.errors import CheckpointError
from clickpose_app.network.checkpoint import load_checkpoint
from clickpose_app.network.clickpose import ClickPose, Detections, Memory
from clickpose_app.network.config import ModelConfig
from clickpose_app.paths import default_weights
from clickpose_app.storage.skeletons import builtin_skeleton

# People count as too large from this multiple of the size that the model knows best.
_TOO_LARGE = 1.15
# A drawn box that overlaps a detection this much is taken for that person.
_SAME_BOX = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class InputSize:
    """The size at which images enter a network.

    Attributes:
        short: short side in pixels.
        long: longest side in pixels; it wins over the short one.
        enlarge: whether smaller images are enlarged to it; magnified people are larger than
            those that a small model was trained on.
        person: long side of people, in pixels of the input, that the model knows best; where
            most are larger, the image is looked at once more, smaller. None for never.
    """

    short: int
    long: int
    enlarge: bool = True
    person: int | None = None


PUBLISHED_SIZE = InputSize(800, 1333)
SMALL_SIZE = InputSize(512, 512, enlarge=False, person=230)


@dataclass(frozen=True, slots=True, eq=False)
class TorchEncodedImage:
    """An encoded image: the network's memory and its first pass.

    Attributes:
        memory: of this one image.
        found: the first pass, from which detect() and pose_in_box() answer.
        width: of the original image in pixels.
        height: likewise.
    """

    memory: Memory
    found: Detections
    width: int
    height: int

    @property
    def nbytes(self) -> int:
        """Memory that keeping it costs, in bytes."""
        return self.memory.nbytes


class TorchPredictor:
    """Runs a ClickPose network for the application.

    Args:
        model: the network, in evaluation mode.
        skeleton: of its keypoints.
        name: of the weights, for the description.
        device: where it computes.
        dtype: torch.bfloat16 to compute the image features in it, else torch.float32.
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
        self._skeleton = skeleton
        self._name, self._device, self._dtype, self._size = name, device, dtype, size
        self._sigmas = torch.tensor(skeleton.sigmas, device=device)
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

    def encode(self, image: ImageArray) -> TorchEncodedImage:
        """Features and first pass of an image [H, W, 3]."""
        height, width = image.shape[:2]
        size = scaled_size(width, height, self._size.short, self._size.long)
        if size[0] > width and not self._size.enlarge:
            size = (width, height)
        encoded = self._encode_at(image, size)
        shrink = self._shrink(encoded, size[0] / width)
        if shrink == 1.0:
            return encoded
        smaller = (max(1, round(size[0] * shrink)), max(1, round(size[1] * shrink)))
        return self._encode_at(image, smaller)

    def _shrink(self, encoded: TorchEncodedImage, scale: float) -> float:
        """How much smaller to look again, so that large people have a size that is known."""
        if self._size.person is None:
            return 1.0
        # By the chance alone: poses of people of an unknown size are expected to be bad.
        chance = encoded.found.logits[0, :, -1].sigmoid()
        boxes = [
            _pose(encoded.found, i, encoded).box
            for i in self._people(encoded)
            if chance[i] >= SCORE_THRESHOLD
        ]
        sides = [max(box.width, box.height) * scale for box in boxes]
        # The median decides: a crowd is not given up for one person in front.
        typical = float(np.median(sides)) if sides else 0.0
        return self._size.person / typical if typical > _TOO_LARGE * self._size.person else 1.0

    def _encode_at(self, image: ImageArray, size: tuple[int, int]) -> TorchEncodedImage:
        """Encode at a size (width, height) in pixels."""
        height, width = image.shape[:2]
        ready = to_input(image, size, self._multiple)
        padding = None if ready.padding is None else ready.padding.to(self._device)
        with torch.inference_mode():
            with torch.autocast(
                self._device.type, torch.bfloat16, enabled=self._dtype is torch.bfloat16
            ):
                memory = self._model.encode(ready.image.to(self._device), padding)
            memory = memory.float()
            found = self._model.detect(memory)
        return TorchEncodedImage(memory, found, width, height)

    def detect(self, encoded: EncodedImage) -> tuple[PredictedPose, ...]:
        """All people found, best first, without repetitions of one person."""
        image = _own(encoded)
        return tuple(_pose(image.found, i, image) for i in self._people(image))

    def _people(self, image: TorchEncodedImage) -> list[int]:
        """Which of the found people to keep, best first."""
        wh = torch.tensor([image.width, image.height], device=self._device)
        return distinct_people(
            image.found.boxes[0] * wh.repeat(2),
            image.found.keypoints[0] * wh,
            _scores(image.found)[0],
            self._sigmas,
        )

    def refine(self, encoded: EncodedImage, query: PoseQuery) -> PredictedPose:
        """The other keypoints follow the pinned ones, which come back as they are."""
        image = _own(encoded)
        box = query.box.grown_to(query.keypoints[query.pinned])
        pose = self._refined(
            image,
            boxes_to_norm(box, image.width, image.height),
            points_to_norm(query.keypoints, image.width, image.height),
            torch.from_numpy(query.pinned),
        )
        # Pinned points are given back from the query: no rounding through 0..1.
        keypoints = np.where(query.pinned[:, None], query.keypoints, pose.keypoints)
        return PredictedPose(keypoints, pose.confidence, pose.box, pose.score)

    def pose_in_box(self, encoded: EncodedImage, box: Box) -> PredictedPose:
        """The pose of the person whom a hand-drawn box surrounds."""
        image = _own(encoded)
        detected = self.detect(encoded)
        closest = max(detected, key=lambda pose: pose.box.iou(box), default=None)
        wanted = boxes_to_norm(box, image.width, image.height)
        if closest is not None and closest.box.iou(box) >= _SAME_BOX:
            start = points_to_norm(closest.keypoints, image.width, image.height)
        else:
            with torch.inference_mode():
                start = self._model.template(wanted.to(self._device)[None, None])[0, 0]
        free = torch.zeros(len(self._skeleton), dtype=torch.bool)
        pose = self._refined(image, wanted, start, free)
        return PredictedPose(pose.keypoints, pose.confidence, box, pose.score)

    def _refined(
        self, image: TorchEncodedImage, box: Tensor, keypoints: Tensor, pinned: Tensor
    ) -> PredictedPose:
        with torch.inference_mode():
            found = self._model.refine(
                image.memory,
                box.to(self._device)[None, None],
                keypoints.to(self._device)[None, None],
                pinned.to(self._device)[None, None],
            )
        return _pose(found, 0, image)


def load_predictor(weights: Path | None = None, device: str = "auto") -> TorchPredictor:
    """The predictor of a weights file, ready to use.

    Args:
        weights: own ``.safetensors`` or the published ResNet-50 ``.pth``; None for the shipped
            default model.
        device: one of devices.DEVICES.

    Raises:
        CheckpointError: the weights are missing, damaged or have another number of keypoints.
        ClickPoseError: the device is not there.
    """
    path = default_weights() if weights is None else weights
    chosen = choose_device(device)
    # A published file does not say its shape; the one that people have is the ResNet-50.
    model = load_checkpoint(path, None if path.suffix == ".safetensors" else ModelConfig())
    skeleton = builtin_skeleton()
    if model.config.keypoints != len(skeleton):
        raise CheckpointError(
            f"{path} places {model.config.keypoints} keypoints, not the {len(skeleton)} of "
            f"{skeleton.name}.",
            "Choose weights that were trained for that skeleton.",
        )
    native = chosen.type == "cuda" or (chosen.type == "cpu" and cpu_has_bfloat16())
    small = model.config.backbone == "mobilenet-pyramid"
    # The small backbone is bound by memory, not by arithmetic: bfloat16 gains it nothing.
    half = native and not small
    return TorchPredictor(
        model,
        skeleton,
        name=path.stem,
        device=chosen,
        dtype=torch.bfloat16 if half else torch.float32,
        size=SMALL_SIZE if small else PUBLISHED_SIZE,
    )


def _channels_last(model: ClickPose) -> None:
    """Lay the convolution weights out as the images are, or each call would do so again."""
    for parameter in model.backbone.parameters():
        if parameter.ndim == 4:
            parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)


def _own(encoded: EncodedImage) -> TorchEncodedImage:
    if not isinstance(encoded, TorchEncodedImage):
        raise TypeError("the image was encoded by another predictor")
    return encoded


def _scores(found: Detections) -> Tensor:
    """How certain each person is [B, N] in 0..1.

    The chance that somebody is there, times the OKS to expect of the pose: a flag that looks
    a little like a person has no joints that the network believes in.
    """
    person = found.logits[..., -1].sigmoid()
    return person if found.quality is None else person * found.quality.mean(-1)


def _pose(found: Detections, person: int, image: TorchEncodedImage) -> PredictedPose:
    keypoints = points_from_norm(found.keypoints[0, person], image.width, image.height)
    score = float(_scores(found)[0, person])
    if found.quality is None:
        confidence = np.full(len(keypoints), score)
    else:
        confidence = found.quality[0, person].double().cpu().numpy()
    box = box_from_norm(found.boxes[0, person], image.width, image.height)
    return PredictedPose(keypoints, confidence, box, score)
