"""``clickpose doctor``: what ClickPose needs, what of it is there, and what to do if not."""

from __future__ import annotations

import enum
import hashlib
import os
import platform
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import click
import platformdirs

from clickpose_app import __version__, paths
from clickpose_app.errors import ClickPoseError
from clickpose_app.qt_platform import NoDisplayError, check_qt_platform

_QT_START_S = 30
_CHUNK = 1 << 20
_SHA256 = re.compile(r"\b[0-9a-f]{64}\b")


class State(enum.Enum):
    """How a finding is to be taken; only MISSING makes the doctor fail."""

    FINE = "ok"
    LIMITED = "note"
    MISSING = "MISSING"


@dataclass(frozen=True)
class Finding:
    """One line of the report.

    Attributes:
        subject: what was looked at.
        value: what was found.
        state: how it is to be taken.
        hint: the way out; may be empty.
    """

    subject: str
    value: str
    state: State = State.FINE
    hint: str = ""


def run() -> int:
    """Look at everything and print the report; the exit code."""
    findings = []
    for examine in (clickpose, python, torch, qt, weights, data_folder):
        findings += list(examined(examine))
    for line in report_lines(findings):
        click.echo(line)
    return 1 if any(finding.state is State.MISSING for finding in findings) else 0


def examined(examine: Callable[[], Iterable[Finding]]) -> Iterable[Finding]:
    """The findings of an examination; one that breaks down is a finding, too."""
    try:
        yield from examine()
    except Exception as error:
        name = examine.__name__.replace("_", " ")
        yield Finding(name, f"{type(error).__name__}: {error}", State.MISSING, "Install it again.")


def report_lines(findings: Iterable[Finding]) -> Iterable[str]:
    """The report as text: state, subject and value, and below it the way out."""
    findings = list(findings)
    widest = max(len(finding.subject) for finding in findings)
    for finding in findings:
        yield f"{finding.state.value:8}{finding.subject:{widest + 2}}{finding.value}"
        if finding.hint:
            yield f"{'':8}{'':{widest + 2}}{finding.hint}"


def clickpose() -> Iterable[Finding]:
    """This program and where it lies."""
    yield Finding("ClickPose", f"{__version__} in {Path(__file__).resolve().parent}")


def python() -> Iterable[Finding]:
    """The interpreter and the system."""
    yield Finding("Python", f"{platform.python_version()} on {platform.platform()}")


def torch() -> Iterable[Finding]:
    """torch, and the devices that it can use."""
    try:
        import torch as library
    except (ImportError, OSError) as error:
        hint = "Install it: pip install torch"
        yield Finding("torch", f"cannot be imported: {error}", State.MISSING, hint)
        return
    from clickpose_app.engine.devices import choose_device, cpu_has_bfloat16, device_name

    yield Finding("torch", library.__version__)
    chosen = choose_device("auto")
    yield Finding("device", f"{device_name(chosen)} is what auto takes")
    if library.cuda.is_available():
        names = [library.cuda.get_device_name(i) for i in range(library.cuda.device_count())]
        yield Finding("CUDA", f"{', '.join(names)} (CUDA {library.version.cuda})")
    else:
        yield Finding("CUDA", "none" if library.version.cuda else "none (torch is built without)")
    yield Finding("MPS", "available" if library.backends.mps.is_available() else "none")
    native = "native" if cpu_has_bfloat16() else "not native, so float32 is used"
    threads = f"{library.get_num_threads()} of {os.cpu_count()} threads"
    yield Finding("CPU", f"{processor_name()}, {threads}, bfloat16 {native}")


def qt() -> Iterable[Finding]:
    """Qt, and whether a window can open; tried in a process of its own, which Qt may abort."""
    yield Finding("Qt", f"PySide6 {metadata.version('PySide6-Essentials')}")
    try:
        check_qt_platform()
    except NoDisplayError as error:
        yield Finding("window", error.message, State.LIMITED, error.hint)
        return
    except ClickPoseError as error:
        yield Finding("window", error.message, State.MISSING, error.hint)
        return
    started = subprocess.run(
        _own_command("doctor", "--start-qt"),
        capture_output=True,
        text=True,
        timeout=_QT_START_S,
        check=False,
    )
    if started.returncode == 0:
        yield Finding("window", f"opens, Qt platform {started.stdout.strip()}")
    else:
        said = " ".join(started.stderr.split()) or f"exit code {started.returncode}"
        hint = "QT_DEBUG_PLUGINS=1 clickpose doctor --start-qt tells more."
        yield Finding("window", f"Qt does not start: {said}", State.MISSING, hint)


def start_qt() -> int:
    """Start Qt as the window would, name its platform, and end; the other half of qt()."""
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication(sys.argv[:1])
    click.echo(application.platformName())
    return 0


def weights() -> Iterable[Finding]:
    """The shipped weights, and whether they are those of the model card."""
    path = paths.default_weights()
    subject = "weights"
    if not path.is_file():
        hint = "Install ClickPose again, or give --weights to each command."
        yield Finding(subject, f"{path} is not there", State.MISSING, hint)
        return
    digest = sha256_of(path)
    value = f"{path}, {path.stat().st_size / 1e6:.1f} MB, sha256 {digest}"
    for card in (path.with_suffix(".json"), path.with_suffix(".md")):
        stated = _SHA256.findall(card.read_text(encoding="utf-8")) if card.is_file() else []
        if digest in stated:
            yield Finding(subject, f"{value}, as {card.name} says")
            return
        if stated:
            hint = (
                f"{card.name} says {stated[0]}: the file is damaged or another. Install it again."
            )
            yield Finding(subject, value, State.MISSING, hint)
            return
    hint = "There is no model card beside it whose sha256 it could be compared with."
    yield Finding(subject, value, State.LIMITED, hint)


def data_folder() -> Iterable[Finding]:
    """The person's own folder, and whether it can be written to."""
    folder = platformdirs.user_data_path("clickpose", appauthor=False)
    nearest = next(parent for parent in (folder, *folder.parents) if parent.exists())
    if os.access(nearest, os.W_OK):
        yield Finding("own data", str(folder))
    else:
        hint = "Change its permissions, or set XDG_DATA_HOME to another one."
        yield Finding("own data", f"{folder} cannot be written to", State.MISSING, hint)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def processor_name() -> str:
    """The processor as its maker calls it, where the system tells."""
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def _own_command(*arguments: str) -> list[str]:
    """This program with other arguments, from source as from the frozen application."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m"]
    return [*program, *([] if len(program) == 1 else ["clickpose_app"]), *arguments]
