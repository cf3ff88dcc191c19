"""Encoded windows, computed once and kept on disk.

While only the pose layers learn, what backbone and encoder make of a window never changes. So
some windows of every image (turned, mirrored, of several sizes) are encoded once, and a pass
of the pose layers over all of them costs seconds. Numbers are kept in float16, and read from
the disk as they are needed.

Shapes: N windows, S tokens, D width, C channels.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from clickpose_app.errors import ClickPoseError, Words
from clickpose_app.network.clickpose import ClickPose, Features
from clickpose_app.network.encoder import Pyramid
from clickpose_app.training.data import Batch, Targets, TrainingWindows, normalise

MOST_BYTES = 1_200_000_000
"""Room on the disk that encoded windows may take."""

Half = NDArray[np.float16]


@dataclass(frozen=True, slots=True, eq=False)
class Encodings:
    """Encoded windows and who is on each.

    Attributes:
        encoded: tokens of the encoder [N, S, D].
        fine: tokens of the fine level [N, S, D].
        finest: the backbone's finest map [N, C, H, W].
        like: features of one window, which tell the shapes.
        targets: of each window.
    """

    encoded: Half
    fine: Half
    finest: Half
    like: Features
    targets: list[Targets]

    def batch(self, rows: NDArray[np.int64]) -> tuple[Features, list[Targets]]:
        """Features of some windows, in float32, and their targets."""
        assert self.like.fine is not None
        features = Features(
            _tokens(self.like.encoded, self.encoded[rows]),
            _tokens(self.like.fine, self.fine[rows]),
            torch.from_numpy(self.finest[rows]).float(),
        )
        return features, [self.targets[i] for i in rows]

    def batches(self, size: int, seed: int) -> Iterator[tuple[Features, list[Targets]]]:
        """Batches without end: every window once, and again in another order."""
        count = len(self.targets)
        size = min(size, count)
        epoch = 0
        while True:
            order = np.random.default_rng([seed, epoch]).permutation(count)
            for start in range(0, count - size + 1, size):
                yield self.batch(order[start : start + size])
            epoch += 1


def bytes_each(model: ClickPose, size: int) -> int:
    """Room that one encoded window with a side of size pixels takes."""
    cells = sum((size // stride) ** 2 for stride in (4, 8, 16, 32))
    numbers = cells * model.config.d_model + (size // 4) ** 2 * model.backbone.channels[0]
    return 2 * numbers


def encode_windows(
    model: ClickPose,
    windows: TrainingWindows,
    batches: int,
    folder: Path,
    progress: Callable[[int, int], bool],
    enough: Callable[[int], bool] = lambda _: False,
) -> Encodings | None:
    """Encode the first windows of a stream into files of a folder.

    Args:
        model: with a fine level; its decoder plays no part.
        windows: where they come from.
        batches: how many batches of them.
        folder: for the files; what was there of another run is replaced.
        progress: told how many of how many batches are done; True stops.
        enough: asked likewise; True leaves it at these, where time is short.

    Returns:
        The encodings; None if progress stopped it.

    Raises:
        ClickPoseError: naming the folder, if it cannot be written.
    """
    files: dict[str, Half] = {}
    targets: list[Targets] = []
    like: Features | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, batch in enumerate(_first(windows, batches)):
            if progress(number, batches):
                return None
            if number > 0 and enough(number):
                break
            features = _look(model, batch)
            assert features.fine is not None and features.finest is not None
            if like is None:
                like = features
            parts = {
                "encoded": features.encoded.tokens,
                "fine": features.fine.tokens,
                "finest": features.finest,
            }
            for name, part in parts.items():
                if name not in files:
                    shape = (batches * len(part), *part.shape[1:])
                    files[name] = _file(folder / f"{name}.npy", shape)
                files[name][len(targets) : len(targets) + len(part)] = _half(part)
            targets += batch.targets
    except OSError as error:
        raise ClickPoseError(
            Words(
                "Encoded images cannot be kept in {folder}: {error}.",
                folder=folder,
                error=error.strerror or error,
            ),
            Words("Make room there, or write the weights to another folder."),
        ) from error
    assert like is not None
    progress(batches, batches)
    return Encodings(files["encoded"], files["fine"], files["finest"], like, targets)


def remove_encodings(folder: Path) -> None:
    """Give the room of encoded windows back; a run that goes on makes them again."""
    for file in folder.glob("*.npy"):
        with suppress(OSError):  # where another process still reads them
            file.unlink()


def _first(windows: TrainingWindows, batches: int) -> Iterator[Batch]:
    for number, batch in enumerate(windows.batches()):
        yield batch
        if number + 1 == batches:
            return


def _look(model: ClickPose, batch: Batch) -> Features:
    images = normalise(batch.images).contiguous(memory_format=torch.channels_last)
    with torch.no_grad():
        return model.look(images, None)


def _file(path: Path, shape: tuple[int, ...]) -> Half:
    # A file that another process still reads keeps its content: the name gets a new one.
    path.unlink(missing_ok=True)
    opened: Half = np.lib.format.open_memmap(path, mode="w+", dtype=np.float16, shape=shape)
    # A page for which a full disk has no room would end the program without a word.
    if hasattr(os, "posix_fallocate"):
        with path.open("r+b") as file:
            os.posix_fallocate(file.fileno(), 0, path.stat().st_size)
    return opened


def _half(part: Tensor) -> Half:
    values: Half = part.to(torch.float16).numpy()
    return values


def _tokens(like: Pyramid, rows: Half) -> Pyramid:
    ratios = like.valid_ratios[:1].expand(len(rows), -1, -1)
    return Pyramid(torch.from_numpy(rows).float(), None, like.shapes, ratios)
