"""What SECURITY.md promises: no file outside of what was named, no network, no foreign code."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from clickpose_app.cli import main
from clickpose_app.storage.project import Project
from tests.gui.desk import make_photo

OUTSIDE = ("../secret.png", "photos/../../secret.png", "/etc/secret.png", "C:\\secret.png", "..")


def coco(path: Path, file_name: str) -> Path:
    """A COCO file of one person on that image."""
    keypoints = [50, 60, 2] * 17
    content = {
        "images": [{"id": 1, "file_name": file_name, "width": 400, "height": 300}],
        "annotations": [
            {
                "id": 1,
                "image_id": 1,
                "category_id": 1,
                "keypoints": keypoints,
                "num_keypoints": 17,
                "bbox": [10, 10, 100, 100],
                "area": 10000,
                "iscrowd": 0,
            }
        ],
        "categories": [{"id": 1, "name": "person", "keypoints": [], "skeleton": []}],
    }
    path.write_text(json.dumps(content))
    return path


def files_in(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("file_name", OUTSIDE)
def test_an_imported_file_cannot_name_an_image_outside_its_folder(
    tmp_path: Path, file_name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    make_photo(tmp_path / "secret.png")
    photos = tmp_path / "photos"
    photos.mkdir()
    source, out = coco(photos / "in.json", file_name), tmp_path / "out" / "p.clickpose"
    out.parent.mkdir()
    code = main(["import", str(source), "--images", str(photos), "--out", str(out)])
    assert code == 1
    said = capsys.readouterr().err
    assert said.startswith("clickpose: ") and "Traceback" not in said
    assert files_in(out.parent) == set()


@pytest.mark.parametrize("format_name", ["labelme", "datumaro", "cvat", "label-studio", "coco"])
@pytest.mark.parametrize("file_name", OUTSIDE)
def test_a_name_in_a_file_cannot_make_us_write_outside_the_folder_that_was_named(
    tmp_path: Path, file_name: str, format_name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = coco(tmp_path / "in.json", file_name)
    target = tmp_path / "a" / "b" / "c"
    target.mkdir(parents=True)
    before = files_in(tmp_path)
    out = target / "out.json" if format_name != "labelme" else target / "out"
    main(["export", str(source), "--format", format_name, "--out", str(out)])
    assert "Traceback" not in capsys.readouterr().err
    for made in files_in(tmp_path) - before:
        assert target in made.parents


# Python tells this hook of every socket that it makes, whoever asks for it.
_NO_SOCKETS = """
import sys

def refuse(event, arguments):
    if event.startswith("socket.") and event != "socket.gethostname":
        print("SOCKET", event, arguments, flush=True)
        raise PermissionError(event)

sys.addaudithook(refuse)
sys.argv[1:2] = []
"""
_WINDOW = _NO_SOCKETS + "from tests.gui import killed_window; killed_window.main()"
_COMMAND = _NO_SOCKETS + "from clickpose_app.cli import main; sys.exit(main(sys.argv[1:]))"


def internet_sockets(process: int) -> list[str]:
    """Sockets of the internet that a process holds, whether Python knows of them or not."""
    held = {
        str(link.readlink())
        for link in Path(f"/proc/{process}/fd").iterdir()
        if str(link.readlink()).startswith("socket:")
    }
    found = []
    for kind in ("tcp", "tcp6", "udp", "udp6"):
        table = Path(f"/proc/{process}/net/{kind}")
        for line in table.read_text().splitlines()[1:] if table.exists() else []:
            if f"socket:[{line.split()[9]}]" in held:
                found.append(f"{kind}: {line}")
    return found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")
def test_the_window_opens_no_connection_and_listens_on_no_port(
    other_process: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    make_photo(folder / "1.png")
    process = other_process(_WINDOW, "-", tmp_path / "state", 1, folder)
    assert process.stdout is not None
    edits = 0
    while edits < 5:
        line = process.stdout.readline()
        assert line and not line.startswith("SOCKET"), line
        edits += '"edit"' in line
    assert internet_sockets(process.pid) == []


def test_commands_with_the_real_network_open_no_connection(
    other_process: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    photo, out = tmp_path / "1.png", tmp_path / "out.json"
    make_photo(photo)
    process = other_process(_COMMAND, "-", "prelabel", photo, "--out", out)
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    assert "SOCKET" not in said
    assert out.exists()


@pytest.mark.parametrize("format_name", ["labelme", "datumaro", "cvat", "label-studio", "coco"])
def test_the_same_file_with_an_honest_name_is_taken(tmp_path: Path, format_name: str) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    make_photo(photos / "1.png")
    source = coco(photos / "in.json", "1.png")
    project = tmp_path / "p.clickpose"
    assert main(["import", str(source), "--images", str(photos), "--out", str(project)]) == 0
    out = tmp_path / ("out.json" if format_name != "labelme" else "out")
    assert main(["export", str(source), "--format", format_name, "--out", str(out)]) == 0


@pytest.mark.parametrize("outside", ["../secret.png", "/etc/secret.png", "a/../../secret.png"])
@pytest.mark.parametrize(
    "format_name", ["labelme", "datumaro", "cvat", "label-studio", "deeplabcut", "sleap"]
)
def test_no_format_can_name_an_image_outside_its_folder(
    tmp_path: Path, format_name: str, outside: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An honest file of each format in which only the name of the image is another one."""
    if format_name == "sleap":
        pytest.importorskip("sleap_io")
    make_photo(tmp_path / "secret.png")
    photos = tmp_path / "photos"
    photos.mkdir()
    honest = "x" * (len(outside) - 4) + ".png"  # as long, because HDF5 counts
    make_photo(photos / honest)
    source = coco(tmp_path / "in.json", honest)
    ending = {"cvat": ".xml", "labelme": "", "deeplabcut": ".csv", "sleap": ".slp"}
    made = tmp_path / "made" / f"out{ending.get(format_name, '.json')}"
    made.parent.mkdir()
    assert main(["export", str(source), "--format", format_name, "--out", str(made)]) == 0
    changed = 0
    for file in files_in(made.parent):
        content = file.read_bytes()
        changed += content.count(honest.encode())
        file.write_bytes(content.replace(honest.encode(), outside.encode()))
    assert changed
    capsys.readouterr()
    project = tmp_path / "out" / "p.clickpose"
    project.parent.mkdir()
    asked = ["import", str(made), "--from", format_name, "--images", str(photos)]
    code = main([*asked, "--out", str(project)])
    said = capsys.readouterr().err
    assert "Traceback" not in said and "unexpected" not in said
    if format_name in ("label-studio", "sleap") and outside.startswith("/"):
        # These programs write absolute names: the last part of one is looked for in the folder.
        with Project.open(project, read_only=True) as opened:
            names = [Path(record.file_name) for record in opened.images()]
        assert not any(name.is_absolute() or ".." in name.parts for name in names)
        return
    assert code == 1 and said.startswith("clickpose: ")
    assert files_in(project.parent) == set()
