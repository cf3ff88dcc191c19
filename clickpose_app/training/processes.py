"""Several processes that train one network together, each on its share of every batch."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import torch
from torch import distributed, nn

from clickpose_app.engine.devices import choose_device
from clickpose_app.errors import ClickPoseError

# The others wait as long while the first measures and writes.
_PATIENCE = datetime.timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Processes:
    """Who takes part in a run, as one of them sees it.

    Attributes:
        rank: number of this process, from 0; only the first writes files.
        count: of all.
        device: where this one computes.
    """

    rank: int = 0
    count: int = 1
    device: torch.device = field(default_factory=lambda: torch.device("cpu"))

    @property
    def first(self) -> bool:
        """Whether this is the one that writes and reports."""
        return self.rank == 0

    def total(self, number: float) -> float:
        """Sum of a number over all processes."""
        if self.count == 1:
            return number
        tensor = torch.tensor(number, dtype=torch.float64, device=self.device)
        distributed.all_reduce(tensor)
        return float(tensor)

    def total_by_name(self, numbers: Mapping[str, float]) -> dict[str, float]:
        """Sums by name over all processes, which need not all have the same names."""
        if self.count == 1:
            return dict(numbers)
        gathered: list[Mapping[str, float] | None] = [None] * self.count
        distributed.all_gather_object(gathered, numbers)
        sums: dict[str, float] = {}
        for each in gathered:
            for name, number in (each or {}).items():
                sums[name] = sums.get(name, 0.0) + number
        return sums

    def add_gradients(self, parameters: Iterable[nn.Parameter]) -> None:
        """Replace each gradient by its sum over all processes.

        A parameter that no process has a gradient of keeps none, so that the optimiser leaves
        it alone as it would in a single process.
        """
        if self.count == 1:
            return
        trained = [p for p in parameters if p.requires_grad]
        has = torch.tensor([p.grad is not None for p in trained], dtype=torch.float32)
        pieces = [has.to(self.device)]
        pieces += [
            torch.zeros(p.numel(), device=self.device) if p.grad is None else p.grad.reshape(-1)
            for p in trained
        ]
        # One message instead of hundreds: what costs is the number, not the bytes.
        flat = torch.cat(pieces)
        distributed.all_reduce(flat)
        sums = torch.split(flat, [len(trained), *(p.numel() for p in trained)])
        for parameter, anyone, total in zip(trained, sums[0].tolist(), sums[1:], strict=True):
            parameter.grad = total.view_as(parameter) if anyone else None

    def agree(self, number: int, what: str) -> None:
        """Make sure that all processes have the same number.

        Raises:
            ClickPoseError: they do not.
        """
        if self.total(number) != self.count * number:
            raise ClickPoseError(
                f"The processes of this run do not have the same {what}.",
                "Give all of them the same configuration and the same --out folder.",
            )


@contextmanager
def joined(device: str = "auto") -> Iterator[Processes]:
    """Take part in the run that torchrun started, or be alone without it.

    Args:
        device: auto (CUDA where there is some, else the processor), cpu or cuda.

    Raises:
        ClickPoseError: there are fewer GPUs than processes on this machine, or none.
    """
    count = int(os.environ.get("WORLD_SIZE", "1"))
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    chosen = choose_device(device)
    if count == 1:
        yield Processes(device=chosen)
        return
    local = int(os.environ.get("LOCAL_RANK", "0"))
    if chosen.type == "cuda":
        if local >= torch.cuda.device_count():
            raise ClickPoseError(
                f"This machine has {torch.cuda.device_count()} GPUs, too few for its processes.",
                "Start torchrun with a smaller --nproc-per-node, or add --device cpu.",
            )
        chosen = torch.device("cuda", local)
        torch.cuda.set_device(chosen)
    distributed.init_process_group("nccl" if chosen.type == "cuda" else "gloo", timeout=_PATIENCE)
    try:
        yield Processes(distributed.get_rank(), distributed.get_world_size(), chosen)
    finally:
        distributed.destroy_process_group()
