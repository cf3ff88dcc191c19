"""DeepLabCut's tables come in as they were meant, and go out so that they come in again."""

from __future__ import annotations

import pickle
import tempfile
from pathlib import Path
from typing import Any

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
from clickpose_app.formats.deeplabcut import DEEPLABCUT
from clickpose_app.formats.deeplabcut_people import mean_confidence
from clickpose_app.formats.deeplabcut_read import read_deeplabcut
from clickpose_app.formats.deeplabcut_write import write_deeplabcut
from clickpose_app.formats.format import Context
from clickpose_app.paths import resources_dir
from clickpose_app.storage.project import Project
from tests.batch.test_prelabel import make_image
from tests.formats.points_only import context_of, points_only, tracked, tracks
from tests.formats.strategies import BEE, data_sets, differences

ENDINGS = (".csv", ".h5")

# As DeepLabCut 2.2 and later write it, with the frame's path in three columns.
LABELS = """\
scorer,,,Pranav,Pranav,Pranav,Pranav
bodyparts,,,snout,snout,tail base,tail base
coords,,,x,y,x,y
labeled-data,m4s1,img0000.png,106.0,92.25,,
labeled-data,m4s1,img0001.png,,,,
labeled-data,m4s1,img0002.png,0.1,-0.5,30.0,40.0
"""

# With individuals, and body parts that an image has only once.
SEVERAL = """\
scorer,,,Ada,Ada,Ada,Ada,Ada,Ada
individuals,,,mus1,mus1,mus2,mus2,single,single
bodyparts,,,snout,snout,snout,snout,corner,corner
coords,,,x,y,x,y,x,y
labeled-data,cage,img01.png,1.0,2.0,3.0,4.0,5.0,6.0
labeled-data,cage,img02.png,,,7.0,8.0,,
"""

# As analyze_videos writes it with save_as_csv=True.
PREDICTIONS = """\
scorer,DLC_resnet50_reachJun1shuffle1_1000,DLC_resnet50_reachJun1shuffle1_1000,\
DLC_resnet50_reachJun1shuffle1_1000
bodyparts,hand,hand,hand
coords,x,y,likelihood
0,10.5,20.5,0.75
1,11.5,21.5,0.0001
2,12.5,22.5,1.0
"""

CONFIG = """\
Task: cage
scorer: Ada
multianimalproject: true
identity: false
video_sets:
  C:\\videos\\cage.avi: {crop: '0, 640, 0, 480'}
individuals: [mus1, mus2, mus3]
uniquebodyparts: [corner]
skeleton: [[snout, tail]]
bodyparts: MULTI!
multianimalbodyparts: [tail, snout]
"""


def sized(folder: Path, width: int = 640, height: int = 480) -> Context:
    """All images in the folder have that size."""
    return Context(folder, lambda _: (width, height))


def project(folder: Path, table: str, config: str = "") -> Path:
    """A DeepLabCut project of one folder of frames, and the path of its table."""
    lines = table.splitlines()
    cells = [line.split(",") for line in lines if line.startswith("labeled-data")]
    for cell in cells:
        path = folder.joinpath(*cell[:3])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    out = folder.joinpath(*cells[0][:2], f"CollectedData_{lines[0].split(',')[3]}.csv")
    out.write_text(table, encoding="utf-8")
    if config:
        (folder / "config.yaml").write_text(config, encoding="utf-8")
    return out


def places(person: Person) -> list[tuple[float, float] | None]:
    """Where labelled joints are."""
    return [(k.x, k.y) if k.labelled else None for k in person.keypoints]


def test_labels_are_a_persons_and_count_from_the_middle_of_a_pixel(tmp_path: Path) -> None:
    dataset = read_deeplabcut(project(tmp_path, LABELS), sized(tmp_path))
    assert dataset.skeleton.keypoints == ("snout", "tail base")
    first, empty, last = dataset.images
    assert first.file_name == "labeled-data/m4s1/img0000.png"
    assert (first.width, first.height) == (640, 480)
    (person,) = first.annotation.people
    assert places(person) == [(106.5, 92.75), None]
    assert person.keypoints[0].source is Source.HUMAN
    assert person.keypoints[0].visibility is Visibility.VISIBLE
    assert person.keypoints[1].visibility is Visibility.UNLABELLED
    assert empty.annotation.people == ()
    assert places(last.annotation.people[0]) == [(0.6, 0.0), (30.5, 40.5)]


@pytest.mark.parametrize("table", [LABELS, SEVERAL])
def test_labels_go_back_as_they_stood_in_the_file(tmp_path: Path, table: str) -> None:
    path = project(tmp_path, table)
    dataset = read_deeplabcut(path, sized(tmp_path))
    assert write_deeplabcut(tmp_path / path.name, dataset) == ()
    assert (tmp_path / path.name).read_text(encoding="utf-8") == table


def test_a_path_in_one_column_and_backslashes_are_understood(tmp_path: Path) -> None:
    path = project(tmp_path, LABELS)
    old = LABELS.replace("scorer,,,", "scorer,").replace("parts,,,", "parts,")
    old = old.replace("coords,,,", "coords,").replace("labeled-data,m4s1,", "labeled-data\\m4s1\\")
    path.write_text(old, encoding="utf-8")
    dataset = read_deeplabcut(path, sized(tmp_path))
    assert dataset.images[0].file_name == "labeled-data/m4s1/img0000.png"
    assert places(dataset.images[0].annotation.people[0]) == [(106.5, 92.75), None]


def test_individuals_are_tracks_and_unique_body_parts_one_of_them(tmp_path: Path) -> None:
    dataset = read_deeplabcut(project(tmp_path, SEVERAL), sized(tmp_path))
    assert dataset.skeleton.keypoints == ("snout", "corner")
    assert tracks(dataset) == [["mus1", "mus2", "single"], ["mus2"]]
    one, _, corner = dataset.images[0].annotation.people
    assert places(one) == [(1.5, 2.5), None]
    assert places(corner) == [None, (5.5, 6.5)]


def test_predictions_have_scores_and_find_the_frames_of_their_video(tmp_path: Path) -> None:
    path = tmp_path / "reachDLC_resnet50.csv"
    path.write_text(PREDICTIONS, encoding="utf-8")
    (tmp_path / "000001.jpg").touch()
    dataset = read_deeplabcut(path, sized(tmp_path))
    assert [i.file_name for i in dataset.images] == ["000000.jpg", "000001.jpg", "000002.jpg"]
    (person,) = dataset.images[0].annotation.people
    assert (person.score, person.keypoints[0].confidence) == (0.75, 0.75)
    assert person.keypoints[0].source is Source.PREDICTED
    assert write_deeplabcut(tmp_path / "again.csv", dataset) == ()
    again = read_deeplabcut(tmp_path / "again.csv", sized(tmp_path))
    assert differences(again, dataset) == []


def test_the_project_says_order_limbs_and_individuals(tmp_path: Path) -> None:
    dataset = read_deeplabcut(project(tmp_path, SEVERAL, CONFIG), sized(tmp_path))
    assert dataset.skeleton.keypoints == ("tail", "snout", "corner")
    assert dataset.skeleton.limbs == ((1, 0),)
    assert places(dataset.images[0].annotation.people[0]) == [None, (1.5, 2.5), None]
    assert dataset.extra["deeplabcut"]["individuals"] == ["mus1", "mus2", "mus3", "single"]


def test_a_whole_project_is_imported_by_its_configuration(tmp_path: Path) -> None:
    project(tmp_path, SEVERAL, CONFIG)
    project(tmp_path, SEVERAL.replace("cage", "box"))
    config = tmp_path / "config.yaml"
    assert recognised(config) is DEEPLABCUT
    dataset = read_deeplabcut(config, sized(tmp_path))
    names = [image.file_name for image in dataset.images]
    assert [name.split("/")[1] for name in names] == ["box", "box", "cage", "cage"]
    assert [image.id for image in dataset.images] == [1, 2, 3, 4]


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=25)
@given(
    tracked(
        data_sets(
            visibilities=(Visibility.UNLABELLED, Visibility.VISIBLE),
            sources=(Source.HUMAN,),
            scores=False,
        )
    )
)
def test_labels_read_back_as_they_were_written(ending: str, dataset: Dataset) -> None:
    expected = points_only(dataset)
    found = written_and_read(dataset, ending)
    assert differences(found, expected, tolerance=1e-12) == []
    for before, after in zip(tracks(expected), tracks(found), strict=True):
        assert all(a in (b, None) for a, b in zip(before, after, strict=True))


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=40)
@given(
    data_sets(visibilities=(Visibility.UNLABELLED, Visibility.VISIBLE), sources=(Source.PREDICTED,))
)
def test_predictions_read_back_as_they_were_written(ending: str, dataset: Dataset) -> None:
    expected = points_only(dataset, score=lambda person: mean_confidence(person.keypoints))
    if not any(image.annotation.people for image in expected.images):
        return  # then nobody knows that anything was predicted
    # The scores of a table that holds labels only are gone; one of predictions keeps them.
    found = written_and_read(dataset, ending)
    assert differences(found, expected, tolerance=1e-12) == []


def written_and_read(dataset: Dataset, ending: str) -> Dataset:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / f"CollectedData_Ödön{ending}"
        write_deeplabcut(path, dataset)
        assert recognised(path) is DEEPLABCUT
        found = read_deeplabcut(path, context_of(dataset, folder))
        assert found.extra["deeplabcut"]["scorer"] == "Ödön"
        # The people of a data set can be read again at any time.
        assert all(image.annotation == image.annotation for image in found.images)
    return found


@settings(max_examples=30)
@given(data_sets())
def test_whatever_is_lost_is_named(dataset: Dataset) -> None:
    with tempfile.TemporaryDirectory() as name:
        losses = write_deeplabcut(Path(name) / "CollectedData_me.csv", dataset)
    people = [person for image in dataset.images for person in image.annotation.people]
    said = " ".join(map(str, losses))
    for words, lost in (
        ("regions to ignore", any(person.is_crowd for person in people)),
        (
            "people without labelled",
            any(not p.labelled.any() for p in people if not p.is_crowd),
        ),
        (
            "occluded",
            any(k.visibility is Visibility.OCCLUDED for p in people for k in p.keypoints),
        ),
        ("the limbs", True),
    ):
        assert (words in said) == lost


def test_deeplabcut_reads_the_h5_file_in_its_own_way(tmp_path: Path) -> None:
    """Frames as an index of three levels, columns by the names that its code asks for."""
    pandas = pytest.importorskip("pandas")
    dataset = read_deeplabcut(project(tmp_path, SEVERAL), sized(tmp_path))
    path = tmp_path / "CollectedData_Ada.h5"
    assert write_deeplabcut(path, dataset) == ()
    frame: Any = pandas.read_hdf(path, key="df_with_missing")
    assert list(frame.columns.names) == ["scorer", "individuals", "bodyparts", "coords"]
    assert frame.index[0] == ("labeled-data", "cage", "img01.png")
    one = frame.xs("mus2", level="individuals", axis=1).xs("snout", level="bodyparts", axis=1)
    assert one.iloc[1].tolist() == [7.0, 8.0]


def test_sleap_io_reads_what_was_written(tmp_path: Path) -> None:
    dlc: Any = pytest.importorskip("sleap_io.io.dlc")
    dataset = read_deeplabcut(project(tmp_path, SEVERAL), sized(tmp_path))
    path = tmp_path / "labeled-data" / "cage" / "CollectedData_Ada.csv"
    write_deeplabcut(path, dataset)
    labels = dlc.load_dlc(str(path))
    assert sorted(labels.skeletons[0].node_names) == ["corner", "snout"]
    assert [len(frame.instances) for frame in labels.labeled_frames] == [3, 1]


def test_real_mice_come_back_exactly(tmp_path: Path) -> None:
    shared = resources_dir().parent.parent / "shared" / "data" / "adapt"
    if not shared.is_dir():
        pytest.skip("the mice of DeepLabCut's example are not beside this checkout")
    dataset = points_only(read_coco(shared / "mouse_train.json"))
    context = context_of(dataset, tmp_path)
    for ending in ENDINGS:
        path = tmp_path / f"CollectedData_me{ending}"
        write_deeplabcut(path, dataset)
        assert differences(read_deeplabcut(path, context), dataset) == []


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("coords,,,x,y,x,y\n", "", "line 3 of the header is 'labeled-data', not coords"),
        ("106.0", "wide", r"line 4: x of body part snout is 'wide', not a number"),
        ("92.25", "", "img0000.png: x of body part snout is 106, but the other"),
        ("106.0", "inf", "img0000.png: x of body part snout is inf, which is no number of pixels"),
        ("106.0", "1e12", "which is no number of pixels"),
        ("106.0,92.25,,", "106.0,92.25", "line 4 has 5 cells, not 7 as the header"),
        ("coords,,,x,y,x,y", "coords,,,x,y,x,x", "x of body part tail base is there twice"),
        ("coords,,,x,y,x,y", "coords,,,x,y,x,z", "the coordinate is none of x, y"),
        ("tail base,tail base", "tail base,tail", "y of body part tail base is missing"),
        ("m4s1,img0001", "m4s1,img0000", "frame labeled-data/m4s1/img0000.png is there twice"),
        ("m4s1,img0000.png", "../..,x.png", "leaves the image folder"),
        ("labeled-data,m4s1,img0001.png", ",etc,passwd", "is absolute"),
        ("Pranav,Pranav\n", "Pranav,Ada\n", r"several scorers \(Pranav, Ada\)"),
        ("scorer,,,Pranav", 'scorer,,,"Pranav', "CollectedData_Pranav.csv"),
    ],
)
def test_a_damaged_table_is_named(tmp_path: Path, before: str, after: str, words: str) -> None:
    path = project(tmp_path, LABELS)
    assert before in LABELS
    path.write_text(LABELS.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(FormatError, match=words) as caught:
        read_deeplabcut(path, sized(tmp_path))
    assert path.name in caught.value.message


@pytest.mark.parametrize("size", range(0, len(LABELS), 7))
def test_a_table_cut_short_is_an_error_or_a_shorter_table(tmp_path: Path, size: int) -> None:
    path = project(tmp_path, LABELS)
    path.write_text(LABELS[:size], encoding="utf-8")
    try:
        found = read_deeplabcut(path, sized(tmp_path))
    except FormatError as error:
        assert path.name in error.message
    else:
        assert len(found.images) < 3 or size > len(LABELS) - 20


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (
            "[tail, snout]\n",
            "[tail]\nskeleton: []\n",
            "the body part snout is none of those in .*config.yaml",
        ),
        ("[[snout, tail]]", "[[snout, nose]]", "skeleton joins nose, which is none"),
        ("[[snout, tail]]", "[snout]", "skeleton must be a list of pairs"),
        ("[tail, snout]", "[[tail], snout]", "multianimalbodyparts must be a list of names"),
        ("[tail, snout]", "[tail, tail]", "a body part is there twice"),
        ("Task: cage", "Task: [cage", "config.yaml is not valid YAML"),
        ("Task: cage", "Task: !!python/object/apply:os.system [id]", "is not valid YAML"),
        ("Task: cage", "Task: &a [*a, *a]", "there is an alias"),
    ],
)
def test_a_project_that_contradicts_itself_is_named(
    tmp_path: Path, before: str, after: str, words: str
) -> None:
    path = project(tmp_path, SEVERAL, CONFIG.replace(before, after, 1))
    with pytest.raises(FormatError, match=words):
        read_deeplabcut(path, sized(tmp_path))


def test_a_scorer_longer_than_names_may_be_has_no_tables(tmp_path: Path) -> None:
    project(tmp_path, SEVERAL, CONFIG.replace("Ada", "A" * 5000))
    with pytest.raises(FormatError, match=r"no folder of labeled-data holds CollectedData_A"):
        read_deeplabcut(tmp_path / "config.yaml", sized(tmp_path))


def test_an_image_whose_name_is_longer_than_names_may_be_is_not_there(tmp_path: Path) -> None:
    path = project(tmp_path, LABELS)
    name = LABELS.splitlines()[-1].split(",")[2]
    path.write_text(LABELS.replace(name, "x" * 5000), encoding="utf-8")
    found = read_deeplabcut(path, sized(tmp_path))
    assert [image.width for image in found.images] == [640] * len(found.images)


def test_images_that_are_not_there_have_the_size_of_their_neighbours(tmp_path: Path) -> None:
    path = project(tmp_path, LABELS)
    path.with_name("img0000.png").unlink()
    dataset = read_deeplabcut(path, Context(None, lambda _: (30, 20)))
    assert [(image.width, image.height) for image in dataset.images] == [(30, 20)] * 3
    for name in ("img0001.png", "img0002.png"):
        path.with_name(name).unlink()
    with pytest.raises(FormatError, match=r"img0000\.png is not in .* --images FOLDER"):
        read_deeplabcut(path, Context(None, lambda _: (30, 20)))


class Opener:
    """What runs when it is unpickled."""

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return Path.touch, (Path("ran"),)  # type: ignore[return-value]


def test_an_h5_file_cannot_run_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    h5py = pytest.importorskip("h5py")
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "CollectedData_Ada.h5"
    write_deeplabcut(path, read_deeplabcut(project(tmp_path, SEVERAL), sized(tmp_path)))
    with h5py.File(path, "a") as file:
        file["df_with_missing"].attrs["info"] = pickle.dumps(Opener(), 0)
    with pytest.raises(FormatError, match=r"attribute info holds a pickle that could run code"):
        read_deeplabcut(path, sized(tmp_path))
    assert not (tmp_path / "ran").exists()


def test_an_h5_file_reaches_no_other_file(tmp_path: Path) -> None:
    h5py = pytest.importorskip("h5py")
    other = tmp_path / "other.h5"
    with h5py.File(other, "w") as file:
        file["secret"] = [1.0]
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        file["df_with_missing"] = h5py.ExternalLink("other.h5", "/secret")
    with pytest.raises(FormatError, match="df_with_missing points to another file"):
        read_deeplabcut(path, sized(tmp_path))


def test_an_h5_file_that_claims_terabytes_is_refused(tmp_path: Path) -> None:
    h5py = pytest.importorskip("h5py")
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        file.create_dataset("df_with_missing", shape=(1 << 40,), dtype="f8", chunks=(1024,))
    with pytest.raises(FormatError, match="more than a gigabyte"):
        read_deeplabcut(path, sized(tmp_path))


@settings(max_examples=30)
@given(st.data())
def test_an_h5_file_cut_short_is_an_error_and_never_a_traceback(data: st.DataObject) -> None:
    pytest.importorskip("tables")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "CollectedData_Ada.h5"
        write_deeplabcut(path, read_deeplabcut(project(folder, SEVERAL), sized(folder)))
        content = path.read_bytes()
        path.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])
        try:
            for image in read_deeplabcut(path, sized(folder)).images:
                assert image.annotation.people is not None
        except FormatError as error:
            assert path.name in error.message


def test_a_missing_library_is_told_with_what_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(FormatError, match=r"pandas.*pip install \"clickpose-app\[deeplabcut\]\""):
        write_deeplabcut(tmp_path / "a.h5", Dataset(BEE, ()))


def test_a_project_goes_through_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = project(tmp_path, SEVERAL, CONFIG)
    for cells in (line.split(",") for line in SEVERAL.splitlines()[4:]):
        make_image(tmp_path.joinpath(*cells[:3]))
    out = tmp_path / "mice.clickpose"
    assert cli.main(["import", str(table), "--out", str(out)]) == 0
    assert "4 people on 2 images" in capsys.readouterr().out
    with Project.open(out, read_only=True) as opened:
        assert opened.image_root == tmp_path
        assert opened.skeleton.keypoints == ("tail", "snout", "corner")
    back = tmp_path / "CollectedData_Ada.csv"
    assert cli.main(["export", str(out), "--format", "deeplabcut", "--out", str(back)]) == 0
    said = capsys.readouterr()
    assert "DeepLabCut cannot" not in said.err
    again = read_deeplabcut(back, sized(tmp_path))
    assert tracks(again) == [["mus1", "mus2", "single"], ["mus2"]]


def test_a_table_that_would_not_fit_into_memory_is_refused(tmp_path: Path) -> None:
    def annotation() -> ImageAnnotation:
        names = iter(range(20_000))
        joints = (Keypoint(1, 2, source=Source.HUMAN),) * len(BEE)
        return ImageAnnotation(
            tuple(Person("", joints, Box(1, 2, 1, 2), extra={"track_id": n}) for n in names)
        )

    crowded = annotation()
    images = tuple(
        DatasetImage(n, f"{n}.png", 9, 9, crowded if n == 1 else ImageAnnotation())
        for n in range(1, 1001)
    )
    with pytest.raises(FormatError, match="20,000 individuals on 1,000 frames"):
        write_deeplabcut(tmp_path / "a.csv", Dataset(BEE, images))
