"""Which of torch's operators a stage spends its time in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch.profiler import ProfilerActivity, profile

_LINES = 8


@dataclass(frozen=True, slots=True)
class Operator:
    """What one of torch's operators took.

    Attributes:
        name: as torch calls it.
        calls: a run.
        ms: a run, without the operators that it calls.
    """

    name: str
    calls: float
    ms: float


def operators(work: Callable[[], object], runs: int, *, cuda: bool = False) -> list[Operator]:
    """The operators of some work, the costliest first; the work has been warmed up before."""
    activities = [ProfilerActivity.CPU, *([ProfilerActivity.CUDA] if cuda else [])]
    with profile(activities=activities) as seen:
        for _ in range(runs):
            work()
        if cuda:
            torch.cuda.synchronize()
    found = [
        Operator(
            event.key,
            event.count / runs,
            (event.self_device_time_total if cuda else event.self_cpu_time_total) / 1e3 / runs,
        )
        for event in seen.key_averages()
    ]
    return sorted(found, key=lambda operator: -operator.ms)


def operator_table(found: list[Operator], lines: int = _LINES) -> str:
    """The costliest of them and their shares, the others in one line."""
    total = sum(operator.ms for operator in found) or 1.0
    text = [_line(o.name, f"{o.calls:.0f}", o.ms, total) for o in found[:lines]]
    rest = found[lines:]
    if rest:
        text.append(_line(f"{len(rest)} others", "", sum(o.ms for o in rest), total))
    return "\n".join(text)


def _line(name: str, calls: str, ms: float, total: float) -> str:
    return f"    {name[:44]:<44}{calls:>8}{ms:>10.2f} ms{ms / total:>7.0%}"
