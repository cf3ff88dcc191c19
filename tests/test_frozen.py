"""The frozen application does what it does from source; runs where `make app` has built it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clickpose_app import __version__
from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.about import LIBRARIES
from clickpose_app.paths import resources_dir
from clickpose_app.storage.project import Project

FOLDER = Path(__file__).parent.parent / "dist" / "clickpose"
PROGRAM = FOLDER / ("clickpose.exe" if sys.platform == "win32" else "clickpose")
PATIENCE_S = 240

pytestmark = [
    pytest.mark.frozen,
    pytest.mark.skipif(not PROGRAM.is_file(), reason="make app has not been run here"),
]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """No screen, no Python of ours, and a home of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL"))}
    places = {"XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config", "LOCALAPPDATA": "data"}
    own = {name: str(tmp_path / folder) for name, folder in places.items()}
    return {**kept, **own, "QT_QPA_PLATFORM": "offscreen"}


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PROGRAM), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def test_it_says_its_version(environment: dict[str, str]) -> None:
    assert __version__ in run(environment, "--version").stdout


def test_it_finds_the_astronaut(environment: dict[str, str], tmp_path: Path) -> None:
    photo = resources_dir() / "samples" / "astronaut.jpg"
    ran = run(environment, "prelabel", str(photo), "--out", str(tmp_path / "out.json"))
    assert ran.returncode == 0, ran.stderr
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert len(written["annotations"]) >= 1


def test_the_window_opens_the_demo_and_finds_people(
    environment: dict[str, str], tmp_path: Path
) -> None:
    project = tmp_path / "data" / "clickpose" / "demo" / "annotations.clickpose"
    log = (tmp_path / "log").open("w+")
    window = subprocess.Popen([str(PROGRAM), "demo"], env=environment, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + PATIENCE_S
        while not people_in(project):
            said = (tmp_path / "log").read_text()
            assert window.poll() is None, said
            assert time.monotonic() < deadline, said
            time.sleep(0.5)
        window.send_signal(signal.SIGINT)
        assert window.wait(timeout=60) == 0
    finally:
        window.kill()
        window.wait()
        log.close()
    assert "Traceback" not in (tmp_path / "log").read_text()


def people_in(path: Path) -> int:
    """How many people a project knows, read while the window has it open."""
    if not path.exists():
        return 0
    try:
        with Project.open(path, read_only=True) as project:
            records = project.images()
            return sum(len(project.annotation(record.id).people) for record in records)
    except ClickPoseError:
        return 0  # it is being made just now


def test_it_has_translations_licences_and_fonts() -> None:
    inside = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*")}
    for wanted in (
        r"resources/translations/clickpose_de\.qm$",
        r"translations/qtbase_de\.qm$",
        r"qtawesome/fonts/.*\.ttf$",
        r"models/clickpose-s\.md$",
    ):
        assert any(re.search(wanted, name) for name in inside), wanted
    kept = {name.lower().replace("-", "_") for name in inside if name.endswith("METADATA")}
    for library, _ in LIBRARIES:
        stem = library.lower().replace("-", "_")
        assert any(f"/{stem}_" in f"/{name.split('/')[-2]}" for name in kept), library


def test_it_leaves_out_what_it_does_not_need() -> None:
    beside = {path.name.lower() for path in PROGRAM.parent.glob("*/*")}
    assert beside >= {"torch", "pyside6"}
    assert not beside & {"matplotlib", "scipy", "pytest", "hypothesis", "openvino", "tkinter"}
