"""The command line: what is called, what is said, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

import clickpose_app.engine.devices
import clickpose_app.engine.loading
import clickpose_app.engine.many
from clickpose_app import __version__, cli
from clickpose_app.cli_prelabel import prelabel
from clickpose_app.errors import ClickPoseError, ImageError
from clickpose_app.storage.project import Project
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.batch.test_prelabel import make_image
from tests.fake_predictor import FakePredictor
from tests.formats.coco_samples import data_set, image, written
from tests.formats.test_coco_kin import detections

COMMANDS = (
    "demo",
    "prelabel",
    "import",
    "export",
    "validate",
    "merge",
    "split",
    "stats",
    "agree",
    "evaluate",
    "doctor",
)


class Window:
    """Stands in for the window: notes what it is asked to open."""

    def __init__(self) -> None:
        self.opened: list[tuple[Path | None, Path | None, str | None]] = []

    def __call__(
        self, path: Path | None, *, weights: Path | None = None, device: str | None = None
    ) -> int:
        self.opened.append((path, weights, device))
        return 0


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Window:
    stand_in = Window()
    monkeypatch.setattr("clickpose_app.app.run_window", stand_in)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return stand_in


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path | None, str]]:
    """The fake network is loaded in place of the real one; with which weights and device."""
    calls: list[tuple[Path | None, str]] = []

    def load(weights: Path | None = None, device: str = "auto") -> FakePredictor:
        calls.append((weights, device))
        return FakePredictor()

    monkeypatch.setattr(clickpose_app.engine.loading, "load_predictor", load)
    monkeypatch.setattr(clickpose_app.engine.many, "load_for_many", load)
    return calls


# the window


def test_without_arguments_the_window_opens(window: Window) -> None:
    assert cli.main([]) == 0
    assert window.opened == [(None, None, None)]


def test_a_path_opens_the_window_on_it(window: Window, tmp_path: Path) -> None:
    assert cli.main([str(tmp_path)]) == 0
    assert cli.main([str(tmp_path), "--weights", "w.safetensors", "--device", "cpu"]) == 0
    assert window.opened == [
        (tmp_path, None, None),
        (tmp_path, Path("w.safetensors"), "cpu"),
    ]


def test_a_folder_called_like_a_command_opens_by_its_path(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("demo").mkdir()
    assert cli.main(["./demo"]) == 0
    assert window.opened == [(Path("demo"), None, None)]


def test_a_qt_that_cannot_start_is_explained_and_not_started(
    window: Window, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise ClickPoseError("This system lacks libxcb-cursor0.", "Install it.")

    monkeypatch.setattr("clickpose_app.qt_platform.check_qt_platform", fail)
    assert cli.main([]) == 1
    assert capsys.readouterr().err == "clickpose: This system lacks libxcb-cursor0. Install it.\n"
    assert window.opened == []


def test_the_demo_is_told_where_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    outputs: list[Path | None] = []

    def run_demo(output: Path | None) -> int:
        outputs.append(output)
        return 0

    monkeypatch.setattr("clickpose_app.demo.run_demo", run_demo)
    assert cli.main(["demo"]) == cli.main(["demo", "--output", "out"]) == 0
    assert outputs == [None, Path("out")]


# help and errors


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([command, "--help"]) == 0
    said = capsys.readouterr().out
    assert f"  clickpose {command}" in said
    assert "Example" in said


def test_the_help_of_prelabel_begins_with_what_most_people_need(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["prelabel", "--help"]) == 0
    said = capsys.readouterr().out
    marks = ["Examples:", "Results:", "--out FILE", "--report FILE", "Videos:", "--fps NUMBER"]
    marks += ["Several machines:", "--ray [ADDRESS]", "Good to know:"]
    assert sorted(marks, key=said.index) == marks
    # Every option is there, under a heading that was thought of.
    options = [option for p in prelabel.params for option in p.opts if option.startswith("--")]
    assert len(options) > 15
    assert all(f"  {option}" in said for option in options)
    assert said.split("\nMore:\n")[1].strip().startswith("-h, --help")
    assert max(map(len, said.splitlines())) < 90


def test_the_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(f"\n  {command} " in said for command in COMMANDS)


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_and_version_come_without_anything_heavy(argument: str) -> None:
    code = (
        "import sys\n"
        "from clickpose_app.cli import main\n"
        f"assert main([{argument!r}]) == 0\n"
        "heavy = {'torch', 'PySide6', 'cv2', 'numpy', 'msgspec', 'PIL'} & sys.modules.keys()\n"
        "assert not heavy, heavy\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"clickpose {__version__}\n"


def test_a_mistyped_command_gets_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["prelable"]) == 2
    said = capsys.readouterr().err
    assert "'prelable' is neither a command nor a file or folder. Did you mean 'prelabel'?" in said


def test_a_path_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["/nowhere/photos"]) == 2
    assert "'/nowhere/photos' is neither a command nor" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["prelabel"], ["prelabel", "x"], ["export", "x"], ["evaluate", "x"], ["--nonsense"]],
)
def test_a_wrong_call_is_code_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 2
    assert "Usage:" in capsys.readouterr().err


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ImageError("a.jpg is\nempty.", "Copy it."), "clickpose: a.jpg is empty. Copy it."),
        (KeyError("x"), "clickpose: unexpected KeyError: 'x' (--debug before the command"),
    ],
)
def test_an_error_is_one_line_and_with_debug_a_traceback(
    error: Exception,
    line: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("clickpose_app.batch.prelabel.select_images", fail)
    call = ["prelabel", str(tmp_path), "--out", str(tmp_path / "o.json")]
    assert cli.main(call) == 1
    said = capsys.readouterr().err
    assert said.startswith(line)
    assert said.count("\n") == 1
    assert cli.main(["--debug", *call]) == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.usefixtures("asked")
def test_an_interrupted_command_stops_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("clickpose_app.batch.prelabel.select_images", interrupt)
    assert cli.main(["prelabel", str(tmp_path), "--out", "o.json"]) == 130
    assert "Stopped." in capsys.readouterr().err


# prelabel


def test_prelabel_writes_what_the_network_sees(
    tmp_path: Path,
    asked: list[tuple[Path | None, str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    make_image(tmp_path / "photos" / "deep" / "a.png")
    out = tmp_path / "out.json"
    arguments = ["prelabel", str(tmp_path / "photos"), "--out", str(out), "--recursive"]
    options = ["--weights", "w.safetensors", "--device", "cpu", "--score-threshold", "0.9"]
    assert cli.main([*arguments, *options]) == 0
    assert asked == [(Path("w.safetensors"), "cpu")]
    assert len(json.loads(out.read_text())["annotations"]) == 1
    said = capsys.readouterr()
    assert said.out == f"1 people on 1 images: {out}\n"
    assert "1/1" in said.err


@pytest.mark.usefixtures("asked")
def test_prelabel_lists_what_it_could_not_read_and_says_so_by_code_three(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_image(tmp_path / "a.png")
    (tmp_path / "b.png").write_bytes(b"no image")
    out = tmp_path / "out.json"
    assert cli.main(["prelabel", str(tmp_path), str(tmp_path / "c.png"), "--out", str(out)]) == 3
    said = capsys.readouterr().err
    assert "2 images could not be read:\n" in said
    assert "b.png" in said.split("could not be read:")[1]
    assert "c.png does not exist" in said
    assert len(json.loads(out.read_text())["images"]) == 1


@pytest.mark.usefixtures("asked")
def test_prelabel_takes_ids_from_a_data_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.png", "b.png"):
        make_image(tmp_path / "photos" / name)
    content = data_set(images=[image(77, file_name="b.png")], annotations=[])
    truth, out = written(tmp_path / "truth.json", content), tmp_path / "out.json"
    call = ["prelabel", str(tmp_path / "photos"), "--out", str(out), "--image-ids", str(truth)]
    assert cli.main(call) == 0
    assert [entry["id"] for entry in json.loads(out.read_text())["images"]] == [77]
    assert "1 images are not in" in capsys.readouterr().err


@pytest.mark.parametrize("devices", ["abacus", "cuda:", "cpu,", "cpu,abacus", ""])
def test_prelabel_names_a_device_that_it_does_not_know(
    tmp_path: Path, devices: str, capsys: pytest.CaptureFixture[str]
) -> None:
    make_image(tmp_path / "a.png")
    call = ["prelabel", str(tmp_path), "--out", str(tmp_path / "o.json"), "--device", devices]
    assert cli.main(call) == 2
    assert "is none of auto, cpu, cuda, mps or cuda:0" in capsys.readouterr().err


@pytest.mark.usefixtures("asked")
def test_prelabel_says_that_it_found_no_gpu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_image(tmp_path / "a.png")
    call = ["prelabel", str(tmp_path), "--out", str(tmp_path / "o.json")]
    no = "No GPU was found: the network runs on the processor.\n"
    for gpu in (False, True):
        monkeypatch.setattr(
            clickpose_app.engine.devices,
            "choose_device",
            lambda _, gpu=gpu: torch.device("cuda" if gpu else "cpu"),
        )
        assert cli.main(call) == 0
        assert (no in capsys.readouterr().err) is not gpu
    assert cli.main([*call, "--device", "cpu"]) == 0
    assert no not in capsys.readouterr().err


# export


def test_export_takes_what_has_to_be_said_to_read_its_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    described = written(tmp_path / "val.json", data_set(images=[image(1), image(2)]))
    results = written(tmp_path / "results.json", detections())
    out = tmp_path / "out.json"
    assert cli.main(["export", str(results), "--out", str(out)]) == 1
    assert "--coco FILE" in capsys.readouterr().err
    asked = ["--coco", str(described), "--from", "coco-results"]
    assert cli.main(["export", str(results), "--out", str(out), *asked]) == 0
    assert len(json.loads(out.read_text(encoding="utf-8"))["annotations"]) == len(detections())


def test_export_writes_a_project_that_is_open_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "a.clickpose", tmp_path / "out.json"
    with Project.create(path, image_root=tmp_path, skeleton=builtin_skeleton()) as project:
        project.add_images([("a.jpg", 40, 30)])
        assert cli.main(["export", str(path), "--out", str(out)]) == 0
        assert capsys.readouterr().out == f"0 people on 1 images: {out}\n"
        project.add_images([("gone.jpg", None, None)])
        assert cli.main(["export", str(path), "--out", str(out), "--keypoint-shift", "-0.5"]) == 3
    assert "gone.jpg does not exist" in capsys.readouterr().err
    assert json.loads(out.read_text())["clickpose"]["keypoint_shift"] == -0.5


def test_validate_lists_what_is_wrong_and_says_so_by_code_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "a.clickpose", tmp_path / "out.json"
    with Project.create(path, image_root=tmp_path, skeleton=builtin_skeleton()) as project:
        project.add_images([("a.jpg", 40, 30)])
    assert cli.main(["export", str(path), "--out", str(out)]) == 0
    capsys.readouterr()
    assert cli.main(["validate", str(out)]) == 0
    assert capsys.readouterr().out == f"{out}: nothing wrong.\n"
    content = json.loads(out.read_text())
    content["images"][0]["width"] = 0
    content["images"] *= 120
    out.write_text(json.dumps(content))
    assert cli.main(["validate", str(out)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "error: image 1: width and height are not whole numbers above 0"
    assert "more (--all shows them)" in said[-2]
    assert said[-1].startswith(f"{out}: 239 errors, 119 warnings.")


# the process


def test_the_module_runs_as_a_program() -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run(
        [sys.executable, "-m", "clickpose_app", "doctor", "--start-qt"],
        capture_output=True,
        text=True,
        env=environment,
    )
    assert (ran.returncode, ran.stdout) == (0, "offscreen\n"), ran.stderr
