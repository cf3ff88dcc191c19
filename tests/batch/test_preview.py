"""Previews: pictures with the poses drawn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from clickpose_app.batch import preview
from clickpose_app.batch.preview import check_previews, open_previews
from clickpose_app.core import edits
from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.errors import ClickPoseError
from clickpose_app.formats.dataset import DatasetImage
from clickpose_app.storage.images import read_image
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.batch.clips import photo
from tests.fake_predictor import FakePredictor

SKELETON = builtin_skeleton()
BLUE, ORANGE = (86, 180, 233), (255, 159, 28)
LEFT_WRIST, RIGHT_WRIST = 9, 10


def make_photo(path: Path, width: int, height: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.ascontiguousarray(cv2.resize(photo(), (width, height))[..., ::-1])
    path.write_bytes(cv2.imencode(path.suffix, pixels)[1].tobytes())
    return path


def found_on(path: Path, name: str = "") -> DatasetImage:
    predictor, pixels = FakePredictor(), read_image(path)
    poses = predictor.detect(predictor.encode(pixels))
    annotation = edits.predicted_annotation(poses, score_threshold=0.5)
    return DatasetImage(1, name or path.name, pixels.shape[1], pixels.shape[0], annotation)


def drawn(folder: Path, *found: tuple[Path, DatasetImage]) -> list[str]:
    with open_previews(folder, SKELETON) as previews:
        for path, image in found:
            previews.add(path, image)
        previews.end()
        return previews.failures


@pytest.mark.parametrize(
    ("size", "shown"),
    [((200, 150), (640, 480)), ((1000, 700), (1000, 700)), ((6000, 4000), (1920, 1280))],
)
def test_poses_can_be_seen_on_photos_of_any_size(
    tmp_path: Path, size: tuple[int, int], shown: tuple[int, int]
) -> None:
    path = make_photo(tmp_path / "a.jpg", *size)
    image = found_on(path)
    assert drawn(tmp_path / "drawn", (path, image)) == []
    pixels = read_image(tmp_path / "drawn" / "a.jpg")
    assert pixels.shape[1::-1] == shown
    scale = shown[0] / size[0]
    for k, colour in ((LEFT_WRIST, BLUE), (RIGHT_WRIST, ORANGE)):
        for person in image.annotation.people:
            x, y = person.xy[k] * scale
            near = pixels[int(y) - 1 : int(y) + 2, int(x) - 1 : int(x) + 2].astype(int)
            assert np.abs(near - colour).mean() < 40


def test_folders_and_strange_names_stay_and_all_are_jpeg(tmp_path: Path) -> None:
    for name in ("deep/ü <b>.png", "b.jpeg"):
        path = make_photo(tmp_path / "photos" / name, 100, 80)
        assert drawn(tmp_path / "drawn", (path, found_on(path, name))) == []
    for name in ("deep/ü <b>.png.jpg", "b.jpeg"):
        with Image.open(tmp_path / "drawn" / name) as picture:
            assert picture.format == "JPEG"


def test_score_and_track_are_written_at_the_person(tmp_path: Path) -> None:
    path = make_photo(tmp_path / "a.jpg", 800, 600)
    image = found_on(path)
    person = image.annotation.people[0]
    tracked = replace(person, extra={"track_id": 12})
    assert preview.label_of(tracked) == "#12 0.95"
    nameless = replace(person, score=None)
    with_label, without = (
        preview.draw_preview(path, ImageAnnotation((p,)), SKELETON, longest=800, shortest=800)
        for p in (tracked, nameless)
    )
    above = np.s_[round(person.box.y1) - 20 : round(person.box.y1) - 3, 45:100]
    assert (with_label[above] != without[above]).any()
    assert with_label[above].max() > 240 and with_label[above].min() < 40


def test_what_is_drawn_already_is_left_alone_and_what_changed_is_drawn_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_photo(tmp_path / "a.jpg", 300, 200)
    image = found_on(path)
    drawn(tmp_path / "drawn", (path, image))
    first = (tmp_path / "drawn" / "a.jpg").read_bytes()
    with monkeypatch.context() as context:
        context.setattr(preview, "draw_preview", None)
        # A new run finds the same poses under new ids.
        assert drawn(tmp_path / "drawn", (path, found_on(path))) == []
    fewer = replace(image, annotation=ImageAnnotation(image.annotation.people[:1]))
    assert drawn(tmp_path / "drawn", (path, fewer)) == []
    assert (tmp_path / "drawn" / "a.jpg").read_bytes() != first


def test_a_file_that_is_no_preview_is_not_replaced(tmp_path: Path) -> None:
    path = make_photo(tmp_path / "a.jpg", 300, 200)
    for name, content in (("a.jpg", path.read_bytes()), ("b.jpg", b"mine")):
        other = tmp_path / "drawn" / name
        other.parent.mkdir(exist_ok=True)
        other.write_bytes(content)
        (failure,) = drawn(tmp_path / "drawn", (path, found_on(path, name)))
        assert failure == f"{other} is there and no preview of ours: not replaced."
        assert other.read_bytes() == content


def test_previews_beside_their_images_are_refused_before_the_work(tmp_path: Path) -> None:
    path = make_photo(tmp_path / "photos" / "a.jpg", 30, 20)
    link = tmp_path / "link"
    link.symlink_to(path.parent)
    for folder in (path.parent, link):
        with pytest.raises(ClickPoseError, match=r"preview of .*a\.jpg would replace it"):
            check_previews(folder, [(path, "a.jpg")])
    check_previews(tmp_path / "drawn", [(path, "a.jpg")])


def test_an_image_that_is_gone_meanwhile_is_named(tmp_path: Path) -> None:
    path = make_photo(tmp_path / "a.jpg", 30, 20)
    image = found_on(path)
    path.unlink()
    (failure,) = drawn(tmp_path / "drawn", (path, image))
    assert "No preview" in failure and "a.jpg" in failure


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "drawn").write_text("a file")
    with pytest.raises(ClickPoseError, match=r"folder .*drawn cannot be made"):
        drawn(tmp_path / "drawn")
