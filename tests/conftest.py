"""What every test shares: no screen, no clock, and no log line that nobody expected."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from clickpose_app.storage.project import Project
from clickpose_app.storage.skeletons import builtin_skeleton

# Before Qt is loaded by anyone; a person who wants to watch sets it otherwise.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile(
    "clickpose",
    deadline=None,
    derandomize=True,
    # Both measure time, which on a busy machine says nothing about the code.
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("clickpose")


@pytest.fixture(autouse=True)
def no_unexpected_log_lines(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logs a warning; one that expects it calls ``caplog.clear()`` at its end."""
    yield
    unexpected = [
        r.getMessage() for r in caplog.get_records("call") if r.levelno >= logging.WARNING
    ]
    assert not unexpected


@pytest.fixture
def project_path(tmp_path: Path) -> Path:
    """A project of three images, closed again."""
    path = tmp_path / "lauf.clickpose"
    images = tmp_path / "images"
    images.mkdir()
    with Project.create(path, image_root=images, skeleton=builtin_skeleton()) as project:
        project.add_images([("a.jpg", 640, 480), ("b/ü.png", None, None), ("c.tif", 30, 20)])
    return path


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users may look into, as pytest's own may not be."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        yield folder


@pytest.fixture
def other_process() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start Python code in another process, with arguments; killed when the test ends."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
