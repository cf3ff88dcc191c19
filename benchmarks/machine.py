"""The machine under the figures: what it is, and how fast it multiplies large matrices.

That rate is the floor: no network can do its arithmetic faster than the machine's own best.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import subprocess
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import torch
from measuring import CLOCKS, Clock, Measured, Taken, take_often

import clickpose_app
from clickpose_app.engine.devices import cpu_has_bfloat16
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.atomic_file import atomic_file

# On a processor small enough that some products are done between two interruptions.
_SIDES = {"cpu": 1024, "cuda": 8192}
_SECONDS = 1.5
_LIBRARIES = ("torch", "numpy", "opencv-python-headless", "PySide6-Essentials", "pillow")

DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16}


@dataclass(frozen=True, slots=True)
class Machine:
    """Where and with what the figures came about.

    Attributes:
        processor: its product name.
        cores: that this process may use.
        threads: that torch computes with.
        system: operating system and architecture.
        gpu: its product name; empty without one.
        versions: of Python, ClickPose and the libraries that compute.
        commit: of ClickPose; with "+ changes" behind it where files differ from it.
        load_before: processes that wanted to run, on average of a minute, at the start.
        load_after: the same at the end.
    """

    processor: str
    cores: int
    threads: int
    system: str
    gpu: str
    versions: dict[str, str]
    commit: str
    load_before: float
    load_after: float = 0.0


@dataclass(frozen=True, slots=True)
class Rate:
    """10^9 operations a second of a large matrix product.

    Attributes:
        wall: by the clock, on all threads together.
        cpu: by the processor's time, so of one thread.
    """

    wall: float
    cpu: float

    def floor(self, gflop: float) -> Taken:
        """What some arithmetic takes at this rate."""
        return Taken(gflop / self.wall * 1e3, gflop / self.cpu * 1e3)

    def on(self, clock: Clock) -> float:
        """That of one clock."""
        return self.wall if clock == "wall" else self.cpu


@dataclass(frozen=True, slots=True)
class Report:
    """All of one run.

    Attributes:
        machine: where it ran.
        rates: of a large matrix product, by device and number type.
        rows: what was measured.
    """

    machine: Machine
    rates: dict[str, Rate]
    rows: list[Measured]


def this_machine() -> Machine:
    """The facts, with the load at this moment."""
    names = {"python": platform.python_version(), "clickpose": clickpose_app.__version__}
    for library in _LIBRARIES:
        with suppress(importlib.metadata.PackageNotFoundError):
            names[library] = importlib.metadata.version(library)
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else _cores(),
        threads=torch.get_num_threads(),
        system=f"{platform.system()} {platform.machine()}",
        gpu=torch.cuda.get_device_name() if torch.cuda.is_available() else "",
        versions=names,
        commit=commit_of(Path(clickpose_app.__file__).parent),
        load_before=load(),
    )


def at_the_end(machine: Machine) -> Machine:
    """The same facts with the load as it is now."""
    return replace(machine, load_after=load())


def describe(machine: Machine, rates: dict[str, Rate], clock: Clock) -> str:
    """A line or two for people, above the table."""
    gpu = f", {machine.gpu}" if machine.gpu else ""
    first = (
        f"{machine.processor}, {machine.cores} cores, {machine.threads} threads{gpu}; "
        f"torch {machine.versions['torch']}; commit {machine.commit}; "
        f"load {machine.load_before:.1f}"
    )
    if not rates:
        return first
    floors = ", ".join(f"{name} {rate.on(clock):,.0f}" for name, rate in rates.items())
    return f"{first}\nthe floor, GFLOP/s of a large matrix product by the {clock} clock: {floors}"


def matmul_rate(device: str, dtype: str, seconds: float = _SECONDS) -> Rate:
    """The best rate of a large matrix product.

    The best and not the median: what other programs took from it is no property of the machine.
    """
    side = _SIDES[device]
    a, b = (torch.randn(side, side, device=device).to(DTYPES[dtype]) for _ in range(2))

    def multiply() -> None:
        a @ b
        if device == "cuda":
            torch.cuda.synchronize()

    with torch.inference_mode():
        multiply()
        taken = take_often(multiply, seconds)
    gflop = 2 * side**3 / 1e9
    return Rate(*(gflop / min(t.on(clock) for t in taken) * 1e3 for clock in CLOCKS))


def rates_of(devices: list[str]) -> dict[str, Rate]:
    """Rates by ``device dtype``; bfloat16 only where it is native."""
    rates = {}
    for device in devices:
        native = device == "cuda" or cpu_has_bfloat16()
        for dtype in DTYPES if native else ("float32",):
            rates[f"{device} {dtype}"] = matmul_rate(device, dtype)
    return rates


def write_report(report: Report, path: Path) -> None:
    """As JSON.

    Raises:
        FormatError: the file cannot be written.
    """
    with atomic_file(path) as file:
        file.write(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")


def read_report(path: Path) -> Report:
    """What write_report() wrote.

    Raises:
        FormatError: naming the file and what is wrong with it.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Report)
    except OSError as error:
        reason: object = error.strerror or error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        reason = error
    raise FormatError(
        Words("{path} is no report of a benchmark: {reason}.", path=path, reason=reason),
        Words("Write one with --json."),
    )


def commit_of(folder: Path) -> str:
    """The commit that a folder of source is at; empty outside of a checkout."""

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(folder), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    try:
        changes = git("status", "--porcelain", "--untracked-files=no", "--", ".")
        return git("rev-parse", "--short=10", "HEAD") + (" + changes" if changes else "")
    except (OSError, subprocess.CalledProcessError):
        return ""


def load() -> float:
    """Processes that wanted to run in the last minute; 0 where the system does not tell."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else 0.0


def _processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _cores() -> int:
    return os.cpu_count() or 1
