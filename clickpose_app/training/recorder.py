"""What a run leaves behind: state, weights, log and curves, written by its first process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.training.config import TrainingConfig
from clickpose_app.training.data_samples import Sample
from clickpose_app.training.evaluation_photos import EvaluationPhotos
from clickpose_app.training.run_log import RunLog
from clickpose_app.training.run_state import STATE_FILE, Run, ship

Progress = Callable[[int, Mapping[str, float]], None]
"""Called with each step, and with what was logged or measured then, if anything was."""


class Recorder:
    """Writes what is due after each step.

    Args:
        config: of the run.
        out: folder for all files.
        skeleton: of the labels.
        photos: to measure on; None for never.
        device: where measuring is done, cpu or cuda.
        progress: told of everything.
        step: that the run starts from.
    """

    def __init__(
        self,
        config: TrainingConfig,
        out: Path,
        skeleton: Skeleton,
        photos: EvaluationPhotos | None,
        device: str,
        progress: Progress,
        step: int,
    ) -> None:
        self._weights = out / f"{config.name}.safetensors"
        self._config, self._skeleton, self._photos = config, skeleton, photos
        self._state, self._device, self._progress = out / STATE_FILE, device, progress
        self._log = RunLog(out, step)

    def after_step(self, run: Run, means: Mapping[str, float]) -> None:
        """Log mean losses if there are any; save and measure where that is due."""
        last = run.step == self._config.steps
        save = run.step % self._config.save_every == 0 or last
        # The last step's weights are measured when they are finished.
        measure = self._photos is not None and run.step % self._config.evaluate_every == 0
        measure = measure and not last
        if means:
            # Before the state: what a killed run logged too early is taken again.
            self._log.add(run.step, means)
        if save:
            run.save(self._state, self._config)
        if save or measure:
            ship(run, self._config, self._weights)
        figures = self._measure(run) if measure else {}
        if save or measure:
            self._log.draw()
        self._progress(run.step, {**means, **figures})

    def finish(self, run: Run, samples: Sequence[Sample]) -> None:
        """Write the weights once more with calibrated scores, and measure them."""
        chosen = np.random.default_rng(self._config.seed).permutation(len(samples))
        photos = [samples[i] for i in chosen[: self._config.calibration_photos]]
        ship(run, self._config, self._weights, photos, self._skeleton)
        figures = self._measure(run)
        if figures:
            self._log.draw()
            self._progress(run.step, figures)

    def _measure(self, run: Run) -> dict[str, float]:
        if self._photos is None:
            return {}
        figures = self._photos.measure(self._weights, self._device)
        self._log.add(run.step, figures)
        return figures
