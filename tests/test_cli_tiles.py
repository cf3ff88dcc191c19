"""The prelabel command with --tiles, with a network that takes bright patches for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import pytest
import torch
from torch import Tensor

import clickpose_app.engine.many
from clickpose_app import cli
from clickpose_app.core.predictor import ImageArray
from clickpose_app.engine.looks import Closer
from clickpose_app.network.clickpose import Detections
from tests.engine.test_many import Small, photos
from tests.engine.test_search import BrightPatches


class Patches(Small):
    """Its looks at whole images are those of a small network; in parts it finds bright patches."""

    def __init__(self) -> None:
        super().__init__()
        self._size = replace(self._size, closer=Closer())

    def found_in(self, images: Tensor, padding: Tensor | None) -> Detections:
        if images.shape[-1] not in (512, Closer().side):
            return super().found_in(images, padding)
        each = BrightPatches()(images)
        most = max(found.boxes.shape[1] for found in each)

        def filled(part: Tensor, value: float) -> Tensor:
            missing = most - part.shape[1]
            return torch.cat([part, torch.full((1, missing, *part.shape[2:]), value)], 1)

        corners = [found.keypoints[:, :, [k % 4 for k in range(17)]] for found in each]
        return Detections(
            torch.cat([filled(found.logits, -20.0) for found in each]),
            torch.cat([filled(found.boxes, 0.5) for found in each]),
            torch.cat([filled(keypoints, 0.5) for keypoints in corners]),
        )


@pytest.fixture(autouse=True)
def one_thread_for_now(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    threads = torch.get_num_threads()
    monkeypatch.setattr(clickpose_app.engine.many, "load_predictor", lambda *_: Patches())
    yield
    torch.set_num_threads(threads)
    cv2.setNumThreads(threads)


def written(path: Path, image: ImageArray) -> Path:
    assert cv2.imwrite(str(path), image)
    return path


def people(out: Path) -> dict[int, int]:
    content = json.loads(out.read_text())
    counts = {image["id"]: 0 for image in content["images"]}
    for entry in content["annotations"]:
        counts[entry["image_id"]] += 1
    return counts


def test_tiles_find_more_people_on_large_images_and_the_same_on_small_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    large, small = photos((900, 700), (180, 150))
    large //= 5
    for x in (100, 400, 700):
        large[300:360, x : x + 32] = 255
    written(tmp_path / "1.png", large)
    written(tmp_path / "2.png", small)
    call = ["prelabel", str(tmp_path), "--device", "cpu", "--score-threshold", "0.2", "--out"]
    assert cli.main([*call, str(tmp_path / "plain.json")]) == 0
    assert "in tiles" not in capsys.readouterr().err
    assert cli.main([*call, str(tmp_path / "tiled.json"), "--tiles"]) == 0
    assert "2 images, small on CPU (1 thread), float32, large images in tiles." in (
        capsys.readouterr().err
    )
    plain, tiled = people(tmp_path / "plain.json"), people(tmp_path / "tiled.json")
    assert plain[1] < tiled[1] <= plain[1] + 3
    assert tiled[2] == plain[2] > 0
