"""What the adapt command cannot work with is said in one sentence, with a way out."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import safetensors.torch
import torch

from clickpose_app.adaptation import teach
from clickpose_app.adaptation.recipe import Recipe
from clickpose_app.cli import main
from clickpose_app.cli_options import EXIT_ERROR
from clickpose_app.errors import Words
from clickpose_app.gui.teaching_events import Failed, read_event
from tests.adaptation.creatures import write_base, write_creatures

Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def labels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(teach, "Recipe", lambda: Recipe(size=64, batch=2, variants=2, warmup=1))
    write_base(tmp_path)
    return write_creatures(tmp_path)


def command(labels: Path, **changes: object) -> list[str]:
    folder = labels.parent
    options: dict[str, object] = {
        "base": folder / "base.safetensors",
        "out": folder / "out" / "fish.safetensors",
    }
    options.update({"steps": 2, "threads": 1, **changes})
    given = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    return ["adapt", str(labels), *given]


def rewritten(labels: Path, change: Change) -> Path:
    content = json.loads(labels.read_text(encoding="utf-8"))
    change(content)
    labels.write_text(json.dumps(content), encoding="utf-8")
    return labels


@pytest.fixture
def refused(capfd: pytest.CaptureFixture[str]) -> Callable[[list[str]], str]:
    """Runs a command that must fail, and gives the sentence that it says."""

    def run(arguments: list[str]) -> str:
        assert main(arguments) == EXIT_ERROR
        out, err = capfd.readouterr()
        lines = [line for line in err.splitlines() if line.startswith("clickpose:")]
        assert len(lines) == 1 and "Traceback" not in err and out == ""
        return lines[0]

    return run


Refused = Callable[[list[str]], str]


def no_images(content: dict[str, Any]) -> None:
    content["images"], content["annotations"] = [], []


def one_label(content: dict[str, Any]) -> None:
    del content["annotations"][1:]


def too_large(content: dict[str, Any]) -> None:
    for image in content["images"]:
        image["width"] = image["height"] = 200


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (no_images, "labelled images: 0; at least 4 are needed. Label more by hand first"),
        (one_label, "labelled images: 1; at least 4 are needed. Label more by hand first"),
        (too_large, "has about 96 x 96 pixels, but its labels say 200 x 200. Take the photos"),
    ],
)
def test_labels_that_are_too_few_or_do_not_fit(
    labels: Path, refused: Refused, change: Change, said: str
) -> None:
    assert said in refused(command(rewritten(labels, change)))


def test_images_that_are_missing_are_named(labels: Path, refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "fish 2 ü.png").unlink()
    assert "1 of 6 images of" in (said := refused(command(labels)))
    assert "fish 2 ü.png. Name the folder or tar shard that holds them with --images." in said


def test_an_image_that_cannot_be_decoded_is_named(
    labels: Path, refused: Refused, tmp_path: Path
) -> None:
    for number in range(1, 7):
        (tmp_path / f"fish {number} ü.png").write_bytes(b"not a picture")
    assert "ü.png cannot be decoded. Leave it out" in refused(command(labels))


def test_folders_that_are_not_there_are_named(
    labels: Path, refused: Refused, tmp_path: Path
) -> None:
    nowhere = tmp_path / "nowhere"
    assert f"There is no folder {nowhere}." in refused(command(labels, images=nowhere))
    empty = tmp_path / "empty"
    empty.mkdir()
    asked = command(labels, unlabelled=empty)
    assert f"{empty} holds no pictures beside the labelled ones." in refused(asked)


def test_foreign_base_weights_are_refused(labels: Path, refused: Refused, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.safetensors"
    assert "There is no weights file" in refused(command(labels, base=foreign))
    foreign.write_text("these are no weights")
    assert "foreign.safetensors" in refused(command(labels, base=foreign))
    safetensors.torch.save_file({"weight": torch.zeros(3)}, foreign)
    assert "does not hold a ClickPose model" in refused(command(labels, base=foreign))
    published = tmp_path / "published.pth"
    published.touch()
    said = refused(command(labels, base=published))
    assert "published.pth cannot be taught another skeleton. Take weights of ClickPose" in said


def test_a_full_disk_is_said_before_anything_is_learned(
    labels: Path, refused: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "posix_fallocate", full, raising=False)
    said = refused(command(labels))
    assert "fish.adapt: No space left on device. Make room there" in said
    assert not (tmp_path / "out" / "fish.safetensors").exists()


def test_weights_that_cannot_be_written_are_named(
    labels: Path, refused: Refused, tmp_path: Path
) -> None:
    (tmp_path / "out").write_text("a file where the folder would be")
    assert str(tmp_path / "out") in refused(command(labels))


def test_a_disk_that_fills_while_weights_are_written_is_said(
    labels: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("clickpose_app.adaptation.shipping.save_checkpoint", full)
    said = refused(command(labels))
    assert "fish.safetensors cannot be written" in said and "make room there" in said


def test_a_skeleton_of_one_joint_is_taught(labels: Path, tmp_path: Path) -> None:
    def one_joint(content: dict[str, Any]) -> None:
        category = content["categories"][0]
        category["keypoints"], category["skeleton"] = category["keypoints"][:1], []
        del category["flip_pairs"]
        for annotation in content["annotations"]:
            annotation["keypoints"] = annotation["keypoints"][:3]
            annotation["num_keypoints"] = 1

    assert main(command(rewritten(labels, one_joint))) == 0
    assert (tmp_path / "out" / "fish.safetensors").is_file()


def test_the_window_says_in_its_language_what_the_program_refuses(
    labels: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = command(rewritten(labels, one_label))
    assert main([*asked, "--progress", "json"]) == EXIT_ERROR
    event = read_event(capfd.readouterr().out.encode())
    assert isinstance(event, Failed)
    english = event.in_window()
    assert english == (event.message, event.hint)
    seen: list[Words] = []

    def german(words: Words) -> str:
        seen.append(words)
        return "auf Deutsch"

    monkeypatch.setattr("clickpose_app.gui.teaching_events.told", german)
    assert event.in_window() == ("auf Deutsch", "auf Deutsch")
    assert seen[0].fields["count"] == 1 and "{count}" in seen[0].template


def test_pictures_of_nothing_but_noise_are_no_error(labels: Path, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    for number in range(1, 7):
        noise = rng.integers(0, 255, (96, 96, 3), dtype=np.uint8)
        cv2.imwrite(str(tmp_path / f"fish {number} ü.png"), noise)
    assert main(command(labels)) == 0
