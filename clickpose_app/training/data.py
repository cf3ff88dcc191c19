"""Training windows in batches, of which batch n depends on nothing but the seed and n."""

from __future__ import annotations

import itertools
import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from clickpose_app.core.geometry import AREA_OF_BOX
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import ClickPoseError, FormatError
from clickpose_app.training.augment import WindowLabels, cut_window, place_labels
from clickpose_app.training.data_appearance import colour_map, degrade, occlude, recolour
from clickpose_app.training.data_mosaic import TILES, mosaic
from clickpose_app.training.data_order import SampleOrder
from clickpose_app.training.data_paste import Pasting
from clickpose_app.training.data_samples import Sample, decode
from clickpose_app.training.windows import Augmentation, draw_window

__all__ = ["Batch", "Sample", "Targets", "TrainingWindows", "decode", "normalise"]

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)
PREFETCH = 4
# How workers start. Forked from this process they would wait for ever for OpenCV's threads, which
# fork leaves behind; a spawned one may abort at its end, while libraries take down their threads.
_START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
RawBatch = tuple[NDArray[np.uint8], list[WindowLabels]]


@dataclass(frozen=True)
class Targets:
    """The people in one window, in units of the window's side.

    Attributes:
        boxes: cxcywh in 0..1 [N, 4] float32.
        keypoints: in 0..1 [N, K, 2] float32; 0 where visibility is 0.
        visibility: [N, K] int64; 0 unknown or outside, 1 hidden, 2 visible.
        weights: of keypoints [N, K] float32; 0 where visibility is 0.
        area: [N] float32, AREA_OF_BOX of the box.
        ignore: cxcywh [M, 4] float32, regions where predictions are neither right nor wrong.
        presence: [N, K] int64; -1 nobody knows (not to be learnt from), 0 not in the
            picture, 1 hidden, 2 visible.
    """

    boxes: Tensor
    keypoints: Tensor
    visibility: Tensor
    weights: Tensor
    area: Tensor
    ignore: Tensor
    presence: Tensor

    @classmethod
    def from_labels(cls, labels: WindowLabels, size: int) -> Targets:
        """Targets of labels in pixels of a window with side size."""
        boxes, known = _centred(labels.boxes / size), labels.visibility > 0
        return cls(
            boxes=boxes,
            keypoints=torch.from_numpy(
                np.where(known[..., None], labels.keypoints / size, 0).astype(np.float32)
            ),
            visibility=torch.from_numpy(labels.visibility.astype(np.int64)),
            weights=torch.from_numpy(labels.weights.astype(np.float32)),
            area=AREA_OF_BOX * boxes[:, 2] * boxes[:, 3],
            ignore=_centred(labels.ignore / size),
            presence=torch.from_numpy(labels.presence.astype(np.int64)),
        )

    @classmethod
    def joined(cls, targets: Sequence[Targets]) -> Targets:
        """The people of several windows, one after the other."""
        return cls(
            **{name: torch.cat([vars(t)[name] for t in targets]) for name in vars(targets[0])}
        )

    def to(self, device: torch.device) -> Targets:
        """The same targets on a device."""
        return Targets(**{name: tensor.to(device) for name, tensor in vars(self).items()})


@dataclass(frozen=True)
class Batch:
    """One training batch: images uint8 RGB [B, 3, S, S], and the people in each."""

    images: Tensor
    targets: list[Targets]


def normalise(images: Tensor) -> Tensor:
    """Images uint8 [B, 3, S, S] as float32 with ImageNet's mean and deviation taken out."""
    mean = torch.tensor(IMAGENET_MEAN, device=images.device)[:, None, None] * 255
    std = torch.tensor(IMAGENET_STD, device=images.device)[:, None, None] * 255
    return (images.float() - mean) / std


class TrainingWindows(IterableDataset[RawBatch | ClickPoseError]):
    """An endless, resumable stream of batches of random windows."""

    def __init__(
        self,
        samples: Sequence[Sample],
        *,
        size: int,
        batch: int,
        seed: int,
        skeleton: Skeleton,
        options: Augmentation | None = None,
        boosts: Mapping[str, float] | None = None,
        negatives: float = 0.05,
        workers: int = 1,
        share: tuple[int, int] = (0, 1),
    ) -> None:
        """Plan the stream; nothing is decoded yet.

        Args:
            samples: with labels of the skeleton's keypoints.
            size: S, the side of a window in pixels.
            batch: B, windows a batch.
            seed: of everything random.
            skeleton: names the twins that a mirror image exchanges.
            options: how windows are drawn; None for the defaults.
            boosts: factors on the shares of sources; None for the default.
            negatives: share of windows from photos without people, if there are any.
            workers: background processes that make batches; 0 makes them in this one.
            share: (r, n) takes windows r, r + n and so on of each batch, so that n processes
                together see the batches that one would see.

        Raises:
            FormatError: there are no samples, their keypoints are not the skeleton's, or a
                batch has too few windows to be shared.
        """
        super().__init__()
        for sample in samples:
            if len(sample.boxes) and sample.keypoints.shape[1] != len(skeleton):
                raise FormatError(
                    f"{sample.name} has {sample.keypoints.shape[1]} keypoints a person, "
                    f"but {skeleton.name} has {len(skeleton)}."
                )
        if batch < share[1]:
            raise FormatError(
                f"A batch of {batch} cannot be shared by {share[1]} processes.",
                "Start fewer processes, or raise the batch in the configuration's stages.",
            )
        self._samples = list(samples)
        self._share = range(share[0], batch, share[1])
        self._size, self._batch, self._seed = size, batch, seed
        self._mirrored = skeleton.mirrored
        self._options = options if options is not None else Augmentation()
        self._order = SampleOrder(self._samples, seed, boosts, negatives)
        self._workers, self._start = workers, 0
        self._pasting = None
        if self._options.paste > 0:
            self._pasting = Pasting(self._samples, size, self._options, skeleton)

    def batches(self, start: int = 0) -> Iterator[Batch]:
        """Batches start, start + 1 and so on without end, made in the background.

        Workers are new processes: a script that calls this needs ``if __name__ == "__main__"``.

        Raises:
            ImageError: naming a photo that cannot be read or decoded.
        """
        self._start = start
        loader = DataLoader(
            self,
            batch_size=None,
            num_workers=self._workers,
            prefetch_factor=PREFETCH if self._workers else None,
            collate_fn=_to_tensor,
            # Its own generator, or each start would disturb the training's random numbers.
            generator=torch.Generator(),
            multiprocessing_context=_START if self._workers else None,
        )
        for made in loader:
            if isinstance(made, ClickPoseError):
                raise made
            images, labels = made
            yield Batch(images, [Targets.from_labels(each, self._size) for each in labels])

    def __iter__(self) -> Iterator[RawBatch | ClickPoseError]:
        """Batches of pixels and labels; of several workers each makes its turn's.

        An error comes as the last value: raised in a worker it would lose its sentence.
        """
        worker = get_worker_info()
        first, step = self._start, 1
        if worker is not None:
            cv2.setNumThreads(1)
            first, step = first + worker.id, worker.num_workers
        for n in itertools.count(first, step):
            try:
                yield self.raw_batch(n)
            except ClickPoseError as error:
                yield error
                return

    def raw_batch(self, n: int) -> RawBatch:
        """This share of batch n: pixels uint8 [B, 3, S, S] and labels in window pixels."""
        windows = [self._window(n, i) for i in self._share]
        images = np.stack([image for image, _ in windows]).transpose(0, 3, 1, 2)
        return np.ascontiguousarray(images), [labels for _, labels in windows]

    def _window(self, n: int, i: int) -> tuple[NDArray[np.uint8], WindowLabels]:
        sample = self._samples[self._order[n * self._batch + i]]
        rng = np.random.default_rng([self._seed, n, i])
        # Dice of their own: all others fall as they do without pasting and mosaics.
        paste_dice, mosaic_dice = (np.random.default_rng([self._seed, n, i, j]) for j in (1, 2))
        if mosaic_dice.random() < self._options.mosaic:
            others = mosaic_dice.integers(0, len(self._samples), TILES**2 - 1)
            scene = [sample, *(self._samples[int(j)] for j in others)]
            image, labels = mosaic([self._cut(s, self._size // TILES, rng) for s in scene])
        else:
            image, labels = self._cut(sample, self._size, rng)
        if self._pasting is not None:
            image, labels = self._pasting(image, labels, paste_dice)
        image, labels = occlude(image, labels, self._options, rng)
        return degrade(image, self._options, rng), labels

    def _cut(
        self, sample: Sample, size: int, rng: np.random.Generator
    ) -> tuple[NDArray[np.uint8], WindowLabels]:
        """A random window of a sample, with a side of size pixels."""
        window = draw_window(sample, size, self._options, rng)
        labels = place_labels(sample, window, self._mirrored, self._options)
        photo = recolour(decode(sample, halved=window.scale <= 0.5), colour_map(self._options, rng))
        return cut_window(photo, sample, window), labels


def _to_tensor(raw: Any) -> tuple[Tensor, list[WindowLabels]] | ClickPoseError:
    # Labels travel between processes as arrays: each tensor would cost a file descriptor.
    return raw if isinstance(raw, ClickPoseError) else (torch.from_numpy(raw[0]), raw[1])


def _centred(corners: NDArray[np.float64]) -> Tensor:
    """Boxes xyxy [N, 4] as cxcywh float32."""
    sides = corners[:, 2:] - corners[:, :2]
    centred = np.concatenate([corners[:, :2] + sides / 2, sides], axis=1)
    return torch.from_numpy(centred.astype(np.float32))
