"""What a run carries from step to step, and its files: the state and the averaged weights."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec
import torch
from safetensors import SafetensorError

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import ClickPoseError, FormatError, Words
from clickpose_app.formats.atomic_file import atomic_file
from clickpose_app.network.checkpoint import save_checkpoint
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.training.calibration import calibrate
from clickpose_app.training.config import TrainingConfig
from clickpose_app.training.data_samples import Sample

STATE_FILE = "state.pt"

FREE_FIELDS = frozenset(
    {
        "save_every",
        "log_every",
        "evaluate",
        "evaluate_every",
        "calibration_photos",
        "shipped_people",
    }
)
"""What may change while a run is stopped, because no step depends on it."""

_MAKE_ROOM = Words(
    "Make room there, then start the same command again: the run goes on from its state."
)
_DAMAGE = (
    OSError,
    EOFError,
    RuntimeError,
    KeyError,
    ValueError,
    TypeError,
    pickle.UnpicklingError,
)


@dataclass(slots=True, eq=False)
class Run:
    """What a run carries from step to step, and what its state on disk holds."""

    model: ClickPose
    average: ClickPose
    optimiser: torch.optim.AdamW
    step: int = 0

    def to(self, device: torch.device) -> None:
        """Move the networks, before the first step or a state."""
        self.model.to(device)
        self.average.to(device)

    def save(self, path: Path, config: TrainingConfig) -> None:
        """Write the state so that a kill at any moment leaves the old or the new one.

        Raises:
            ClickPoseError: naming the file, if it cannot be written.
        """
        with writing(path) as file:
            torch.save(
                {
                    "config": msgspec.json.encode(config).decode(),
                    "step": self.step,
                    "model": self.model.state_dict(),
                    "average": self.average.state_dict(),
                    "optimiser": self.optimiser.state_dict(),
                },
                file,
            )

    def load(self, path: Path, config: TrainingConfig, *, accept_changes: bool = False) -> None:
        """Go on from a state on disk.

        Args:
            path: of the state.
            config: of this run.
            accept_changes: go on although the run began with another configuration.

        Raises:
            ClickPoseError: naming the file, which is damaged, of another configuration or of
                another network.
        """
        try:
            state = torch.load(path, map_location="cpu", weights_only=True)
            changed = [] if accept_changes else _changed(state["config"], config)
        except _DAMAGE as error:
            raise ClickPoseError(
                f"{path} is not a state of a run: {_first_line(error)}.",
                "Remove the file to start anew, or train into another folder.",
            ) from error
        if changed:
            raise ClickPoseError(
                f"{path} belongs to another configuration: {', '.join(changed)} changed.",
                "Train into another folder, restore the fields, or go on all the same with "
                "--accept-changes.",
            )
        try:
            self.model.load_state_dict(state["model"])
            self.average.load_state_dict(state["average"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.step = int(state["step"])
        except _DAMAGE as error:
            raise ClickPoseError(
                f"{path} holds the state of another network: {_first_line(error)}.",
                "Train into another folder, or remove the file to start anew.",
            ) from error


def ship(
    run: Run,
    config: TrainingConfig,
    path: Path,
    calibration: Sequence[Sample] = (),
    skeleton: Skeleton | None = None,
) -> None:
    """Write the averaged weights, with the whole configuration in their metadata.

    Args:
        run: whose average it is.
        config: of the run.
        path: the .safetensors file.
        calibration: photos on which the scores are calibrated; none leaves them as they are.
        skeleton: of their labels.

    Raises:
        ClickPoseError: naming the file, if it cannot be written.
    """
    shipped = copy.deepcopy(run.average).cpu().eval()
    if shipped.config.shared_keypoint_content:
        shipped.config = dataclasses.replace(shipped.config, groups=config.shipped_people)
        shipped.decoder.groups = config.shipped_people
    if calibration and skeleton is not None:
        calibrate(shipped, calibration, skeleton)
    metadata = {
        "name": config.name,
        "step": str(run.step),
        "training": msgspec.json.encode(config).decode(),
    }
    try:
        save_checkpoint(path, shipped, metadata)
    except (OSError, SafetensorError) as error:
        path.with_name(path.name + ".part").unlink(missing_ok=True)
        raise ClickPoseError(
            f"{path} cannot be written: {_first_line(error)}.", _MAKE_ROOM
        ) from error


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A file of a run that appears when it is complete.

    Raises:
        ClickPoseError: naming the file, if it cannot be written.
    """
    try:
        with atomic_file(path) as file:
            yield file
    except FormatError as error:
        raise ClickPoseError(error.said[0], _MAKE_ROOM) from error
    except RuntimeError as error:  # what torch makes of a failed write
        raise ClickPoseError(
            Words("{path} cannot be written: {error}.", path=path, error=_first_line(error)),
            _MAKE_ROOM,
        ) from error


def _changed(stored: str, config: TrainingConfig) -> list[str]:
    """The fields on which the steps depend and that were others when the run began."""
    try:
        began = msgspec.json.decode(stored, type=TrainingConfig)
    except msgspec.ValidationError as error:
        # Written by another version: say which field it trips over.
        return [_first_line(error)]
    return [
        each.name
        for each in msgspec.structs.fields(TrainingConfig)
        if each.name not in FREE_FIELDS and getattr(began, each.name) != getattr(config, each.name)
    ]


def _first_line(error: Exception) -> str:
    text = str(error).strip()
    return text.splitlines()[0].rstrip(".:") if text else type(error).__name__
