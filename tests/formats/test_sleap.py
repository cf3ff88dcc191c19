"""SLEAP's projects come in as they were meant, and go out so that SLEAP reads them."""

from __future__ import annotations

import math
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clickpose_app import cli
from clickpose_app.core.annotation import ImageAnnotation, Keypoint, Person, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.errors import FormatError
from clickpose_app.formats.catalogue import recognised
from clickpose_app.formats.coco import read_coco
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.formats.format import Context
from clickpose_app.formats.sleap import SLEAP
from clickpose_app.formats.sleap_read import read_sleap
from clickpose_app.formats.sleap_write import write_sleap
from clickpose_app.paths import resources_dir
from clickpose_app.storage.project import Project
from tests.formats.points_only import context_of, points_only, tracked, tracks
from tests.formats.strategies import BEE, data_sets, differences

sio: Any = pytest.importorskip("sleap_io")
slp: Any = pytest.importorskip("sleap_io.io.slp")

NO_SIZES: dict[str, tuple[int, int]] = {}
NOWHERE = Context(None, NO_SIZES.__getitem__)
NODES = ["head", "left eye", "right eye"]


def skeleton() -> Any:
    return sio.Skeleton(
        nodes=list(NODES),
        edges=[("head", "left eye"), ("head", "right eye")],
        symmetries=[("right eye", "left eye")],
        name="fly",
    )


def video(name: Any = "/lab/flies.mp4", shape: Any = (1100, 384, 512, 1)) -> Any:
    """A video that is not there, as SLEAP notes it."""
    first = name[0] if isinstance(name, list) else name
    metadata = {"type": "MediaVideo", "filename": first, "grayscale": True, "shape": shape}
    if isinstance(name, list):
        metadata |= {"type": "ImageVideo", "filenames": name}
    return sio.Video(filename=name, backend_metadata=metadata, open_backend=False)


def saved(path: Path, frames: list[Any], videos: list[Any], bones: Any) -> Path:
    labels = sio.Labels(labeled_frames=frames, videos=videos, skeletons=[bones])
    slp.write_labels(str(path), labels, verbose=False)
    return path


def instance(bones: Any, points: Any, **fields: Any) -> Any:
    return sio.Instance.from_numpy(np.array(points, dtype=float), skeleton=bones, **fields)


def predicted(bones: Any, points: Any, score: float, **fields: Any) -> Any:
    return sio.PredictedInstance.from_numpy(
        np.array(points, dtype=float),
        skeleton=bones,
        point_scores=np.array([0.5, 0.25, 1.0]),
        score=score,
        **fields,
    )


def one_instance(path: Path, points: Any = ((10, 20), (30, 40), (math.nan, math.nan))) -> Path:
    bones, clip = skeleton(), video()
    frame = sio.LabeledFrame(video=clip, frame_idx=7, instances=[instance(bones, points)])
    return saved(path, [frame], [clip], bones)


def test_an_instance_of_a_video_that_is_not_there_comes_in(tmp_path: Path) -> None:
    path = one_instance(tmp_path / "a.slp")
    assert recognised(path) is SLEAP
    dataset = read_sleap(path, NOWHERE)
    bones = dataset.skeleton
    assert (bones.name, bones.keypoints) == ("fly", tuple(NODES))
    assert (bones.limbs, bones.pairs) == (((0, 1), (0, 2)), ((1, 2),))
    (image,) = dataset.images
    assert (image.file_name, image.width, image.height) == ("flies/000007.jpg", 512, 384)
    (person,) = image.annotation.people
    head, left, right = person.keypoints
    assert (head.x, head.y, head.source) == (10.5, 20.5, Source.HUMAN)
    assert left.visibility is Visibility.VISIBLE
    assert right.visibility is Visibility.UNLABELLED
    assert person.score is None


def test_predictions_bring_scores_and_tracks_unless_a_person_replaced_them(tmp_path: Path) -> None:
    bones, clip = skeleton(), video()
    points = [(1, 2), (3, 4), (5, 6)]
    female, male = sio.Track("female"), sio.Track("2")
    replaced = predicted(bones, points, 0.75)
    same_track = predicted(bones, points, 0.5, track=female)
    kept = predicted(bones, points, 0.25, track=male)
    by_hand = instance(bones, points, track=female)
    by_hand.from_predicted = replaced
    frame = sio.LabeledFrame(
        video=clip, frame_idx=0, instances=[by_hand, replaced, same_track, kept]
    )
    dataset = read_sleap(saved(tmp_path / "a.slp", [frame], [clip], bones), NOWHERE)
    human, network = dataset.images[0].annotation.people
    assert tracks(dataset) == [["female", 2]]
    assert human.keypoints[0].source is Source.HUMAN
    assert network.score == 0.25
    assert [k.confidence for k in network.keypoints] == [0.5, 0.25, 1.0]
    assert {k.source for k in network.keypoints} == {Source.PREDICTED}


def test_a_point_that_is_not_visible_is_occluded(tmp_path: Path) -> None:
    bones, clip = skeleton(), video()
    fly = instance(bones, [(1, 2), (3, 4), (5, 6)])
    fly.points["visible"] = [True, False, True]
    frame = sio.LabeledFrame(video=clip, frame_idx=0, instances=[fly])
    dataset = read_sleap(saved(tmp_path / "a.slp", [frame], [clip], bones), NOWHERE)
    keypoints = dataset.images[0].annotation.people[0].keypoints
    assert [k.visibility.value for k in keypoints] == [2, 1, 2]


def test_images_of_a_sequence_stay_inside_what_they_share(tmp_path: Path) -> None:
    bones = skeleton()
    names = ["/home/ada/flies/a/1.png", "/home/ada/flies/b/1.png", "/home/ada/flies/b/2.png"]
    clip = video(names, (3, 384, 512, 3))
    fly = instance(bones, [(1, 2), (3, 4), (5, 6)])
    frame = sio.LabeledFrame(video=clip, frame_idx=1, instances=[fly])
    path = saved(tmp_path / "a.slp", [frame], [clip], bones)

    def read(context: Context) -> list[str]:
        return [image.file_name for image in read_sleap(path, context).images]

    assert read(NOWHERE) == ["a/1.png", "b/1.png", "b/2.png"]
    moved = tmp_path / "moved" / "flies" / "b"
    moved.mkdir(parents=True)
    for number in (1, 2):
        (moved / f"{number}.png").touch()
    assert read(Context(moved.parent, NO_SIZES.__getitem__)) == ["a/1.png", "b/1.png", "b/2.png"]
    (moved.parent / "a").mkdir()
    (moved.parent / "a" / "1.png").touch()
    upper = Context(moved.parent.parent, NO_SIZES.__getitem__)
    assert read(upper) == ["flies/a/1.png", "flies/b/1.png", "flies/b/2.png"]
    people = [len(image.annotation.people) for image in read_sleap(path, NOWHERE).images]
    assert people == [0, 1, 0]


def test_videos_of_one_name_stay_apart(tmp_path: Path) -> None:
    bones = skeleton()
    clips = [video("/one/cam.mp4"), video("/two/cam.mp4")]
    points = [(1, 2), (3, 4), (5, 6)]
    frames = [
        sio.LabeledFrame(video=clip, frame_idx=0, instances=[instance(bones, points)])
        for clip in clips
    ]
    dataset = read_sleap(saved(tmp_path / "a.slp", frames, clips, bones), NOWHERE)
    assert [i.file_name for i in dataset.images] == ["cam/000000.jpg", "cam-2/000000.jpg"]


def rounded(person: Person) -> float | None:
    """A score of the digits that SLEAP keeps; nobody whom a person corrected has one."""
    if person.score is None or any(k.pinned and k.labelled for k in person.keypoints):
        return None
    return float(np.float32(person.score))


def held(dataset: Dataset) -> Dataset:
    """What SLEAP can hold of a data set."""
    images = []
    for image in points_only(dataset, score=rounded).images:
        people = tuple(map(_without_confidence, image.annotation.people))
        images.append(replace(image, annotation=ImageAnnotation(people)))
    return replace(dataset, images=tuple(images))


def _without_confidence(person: Person) -> Person:
    if not any(k.pinned and k.labelled for k in person.keypoints):
        return person
    return replace(person, keypoints=tuple(replace(k, confidence=None) for k in person.keypoints))


@settings(max_examples=30)
@given(tracked(data_sets()))
def test_a_data_set_reads_back_as_it_was_written(dataset: Dataset) -> None:
    expected = held(dataset)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "Fliegen ü.slp"
        # With the folder SLEAP finds the images; without it the names are kept as they are.
        for context in (context_of(dataset, folder / "images"), NOWHERE):
            write_sleap(path, dataset, context)
            found = read_sleap(path, NOWHERE)
            assert differences(found, expected, tolerance=1e-12) == []
            assert found.skeleton == dataset.skeleton
            by_name = {image.file_name: image for image in found.images}
            found = replace(found, images=tuple(by_name[i.file_name] for i in expected.images))
            assert tracks(found) == tracks(expected)


@settings(max_examples=30)
@given(data_sets())
def test_sleap_io_sees_people_as_instances_and_scores(dataset: Dataset) -> None:
    expected = held(dataset)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.slp"
        write_sleap(path, dataset, NOWHERE)
        labels = slp.read_labels(str(path), open_videos=False)
    people = [person for image in expected.images for person in image.annotation.people]
    by_hand = [any(k.labelled and k.pinned for k in p.keypoints) for p in people]
    assert len(labels.user_labeled_frames) <= sum(by_hand)
    instances = [i for frame in labels.labeled_frames for i in frame.instances]
    assert len(instances) == len(people)
    assert sum(hasattr(i, "score") for i in instances) == by_hand.count(False)
    assert sum(len(v.filename) for v in labels.videos) == len(dataset.images)


def test_what_is_lost_is_named(tmp_path: Path) -> None:
    corrected = Person(
        "one",
        (Keypoint(1, 2, source=Source.HUMAN, confidence=0.5),) * 4,
        Box(0, 0, 9, 9),
        Source.HUMAN,
        0.3,
        extra={"id": 5, "colour": "red"},
    )
    crowd = Person("all", (), Box(0, 0, 5, 5), is_crowd=True)
    nobody = Person("none", (Keypoint(1, 1, Visibility.UNLABELLED),) * 4, Box(0, 0, 5, 5))
    annotation = ImageAnnotation((corrected, crowd, nobody), note="look again")
    image = DatasetImage(3, "a.png", 10, 10, annotation, {"coco_url": "x"})
    losses = write_sleap(tmp_path / "a.slp", Dataset(BEE, (image,)), NOWHERE)
    for words in (
        "regions to ignore (1)",
        "people without labelled keypoints (1)",
        "boxes, other than around the keypoints (1)",
        "who drew a box (1)",
        "ids of people (1)",
        "ids of images (1)",
        "further fields of people (1)",
        "further fields of images (1)",
        "confidences of keypoints of people corrected by hand (4)",
        "scores of people corrected by hand (1)",
        "notes of reviewers (1)",
    ):
        assert f"SLEAP cannot hold {words}." in map(str, losses)


def test_real_mice_come_back_exactly(tmp_path: Path) -> None:
    shared = resources_dir().parent.parent / "shared" / "data" / "adapt"
    if not shared.is_dir():
        pytest.skip("the mice of DeepLabCut's example are not beside this checkout")
    dataset = points_only(read_coco(shared / "mouse_train.json"))
    path = tmp_path / "mice.slp"
    write_sleap(path, dataset, NOWHERE)
    found = read_sleap(path, NOWHERE)
    assert differences(found, dataset) == []
    assert found.skeleton == dataset.skeleton


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ([(1, math.nan), (3, 4), (5, 6)], "'flies.mp4': instance 1: node head has only one coor"),
        ([(1, 2), (math.inf, 4), (5, 6)], "instance 1: node left eye is at inf, 4, which are no"),
        ([(1, 2), (3, 4), (5, -1e30)], "node right eye is at 5, -1e"),
    ],
)
def test_points_that_are_no_places_are_named(tmp_path: Path, points: Any, words: str) -> None:
    path = one_instance(tmp_path / "a.slp", points)
    with pytest.raises(FormatError, match=words) as caught:
        read_sleap(path, NOWHERE)
    assert "a.slp: frame 7" in caught.value.message


def test_names_that_leave_the_image_folder_are_refused(tmp_path: Path) -> None:
    bones = skeleton()
    clip = video(["flies/1.png", "../../etc/passwd"], (2, 384, 512, 3))
    path = saved(tmp_path / "a.slp", [], [clip], bones)
    with pytest.raises(FormatError, match=r"etc/passwd.*leaves the image folder"):
        read_sleap(path, NOWHERE)


def test_several_skeletons_and_none_are_named(tmp_path: Path) -> None:
    one, other, clip = skeleton(), skeleton(), video()
    other.name = "bee"
    points = [(1, 2), (3, 4), (5, 6)]
    frame = sio.LabeledFrame(
        video=clip, frame_idx=0, instances=[instance(one, points), instance(other, points)]
    )
    labels = sio.Labels(labeled_frames=[frame], videos=[clip], skeletons=[one, other])
    path = tmp_path / "a.slp"
    slp.write_labels(str(path), labels, verbose=False)
    with pytest.raises(FormatError, match=r"several skeletons \(fly, bee\)"):
        read_sleap(path, NOWHERE)
    empty = sio.Labels(labeled_frames=[], videos=[], skeletons=[])
    slp.write_labels(str(path), empty, verbose=False)
    with pytest.raises(FormatError, match=r"a\.slp has no skeleton"):
        read_sleap(path, NOWHERE)


def test_a_size_that_nobody_knows_is_asked_for(tmp_path: Path) -> None:
    bones, clip = skeleton(), video(shape=None)
    points = [(1, 2), (3, 4), (5, 6)]
    frame = sio.LabeledFrame(video=clip, frame_idx=3, instances=[instance(bones, points)])
    path = saved(tmp_path / "a.slp", [frame], [clip], bones)
    with pytest.raises(FormatError, match=r"how large the image flies/000003\.jpg is"):
        read_sleap(path, NOWHERE)
    (tmp_path / "flies").mkdir()
    (tmp_path / "flies" / "000003.jpg").touch()
    (image,) = read_sleap(path, Context(tmp_path, lambda _: (30, 20))).images
    assert (image.width, image.height) == (30, 20)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89HDF\r\n\x1a\n" + b"\0" * 500])
def test_what_is_no_slp_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.slp"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=r"a\.slp is"):
        read_sleap(path, NOWHERE)


@settings(max_examples=30)
@given(st.data())
def test_a_file_cut_short_is_an_error_and_never_a_traceback(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = one_instance(Path(name) / "a.slp")
        content = path.read_bytes()
        path.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])
        try:
            for image in read_sleap(path, NOWHERE).images:
                assert image.annotation.people is not None
        except FormatError as error:
            assert "a.slp" in error.message


def test_a_missing_library_is_told_with_what_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = one_instance(tmp_path / "a.slp")
    monkeypatch.setitem(sys.modules, "sleap_io.io.slp", None)
    with pytest.raises(FormatError, match=r"sleap_io.*pip install \"clickpose-app\[sleap\]\""):
        read_sleap(path, NOWHERE)


def test_a_file_goes_through_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = one_instance(tmp_path / "flies.slp")
    out = tmp_path / "flies.clickpose"
    asked = ["import", str(path), "--images", str(tmp_path), "--out", str(out)]
    assert cli.main(asked) == 0
    assert "1 people on 1 images" in capsys.readouterr().out
    with Project.open(out, read_only=True) as opened:
        assert opened.skeleton.keypoints == tuple(NODES)
    back = tmp_path / "back.slp"
    assert cli.main(["export", str(out), "--format", "sleap", "--out", str(back)]) == 0
    assert differences(read_sleap(back, NOWHERE), read_sleap(path, NOWHERE)) == []
    assert cli.main(["import", str(tmp_path / "gone.slp"), "--out", str(out)]) == 1
    assert "gone.slp does not exist" in capsys.readouterr().err
