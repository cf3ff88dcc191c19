"""Pre-labelling on Ray: what a local run gives, from every kind of source, whoever dies."""

from __future__ import annotations

import functools
import io
import os
import signal
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clickpose_app import cli
from clickpose_app.batch import on_ray
from clickpose_app.batch.journal import journal_path
from clickpose_app.batch.on_ray import Cluster, connect, prelabel_on_ray
from clickpose_app.batch.prelabel import prelabel, select_images
from clickpose_app.batch.ray_sources import find_sources, pixels_at
from clickpose_app.core.predictor import EncodedImage, ImageArray
from clickpose_app.errors import ClickPoseError
from clickpose_app.formats.coco import read_coco
from tests.fake_predictor import FakePredictor
from tests.gui.desk import grey, make_photos

# What Ray itself warns of is not about us.
pytestmark = pytest.mark.filterwarnings("ignore")

COUNT = 24


class Mortal(FakePredictor):
    """The first of all that comes to image 9 is killed there."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def encode(self, image: ImageArray) -> EncodedImage:
        shade = int(image[0, 0, 0])
        with (self._folder / "diary").open("a") as diary:
            diary.write(f"{os.getpid()} {shade}\n")
        grave = self._folder / "grave"
        if shade == grey(9) and not grave.exists():
            grave.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().encode(image)


def mortal(folder: Path, device: str) -> Mortal:
    assert device == "cpu"
    return Mortal(folder)


def fake(device: str) -> FakePredictor:
    assert device == "cpu"
    return FakePredictor()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    ray = pytest.importorskip(
        "ray", reason="Ray is not installed: pip install 'clickpose-app[ray]'"
    )
    ray.init(
        num_cpus=3,
        include_dashboard=False,
        object_store_memory=100_000_000,
        log_to_driver=False,
        logging_level="ERROR",
    )
    with connect("") as connected:
        yield connected
    ray.shutdown()


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    return make_photos(tmp_path / "photos", COUNT)


@pytest.fixture
def whole(photos: Path, tmp_path: Path) -> bytes:
    """What a local run gives."""
    prelabel(select_images([photos]).images, FakePredictor(), tmp_path / "whole.json")
    return (tmp_path / "whole.json").read_bytes()


@pytest.mark.ray
def test_with_a_worker_killed_halfway_the_result_is_that_of_a_local_run(
    cluster: Cluster, photos: Path, whole: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_ray, "AT_A_TIME", 4)
    assert cluster == Cluster(actors=2, gpus=False)
    out, steps = tmp_path / "out.json", []
    make = functools.partial(mortal, tmp_path)
    report = prelabel_on_ray(
        [str(photos)], cluster, make, out, progress=lambda *step: steps.append(step)
    )
    assert (tmp_path / "grave").exists()
    assert (report.images, report.people, report.failures) == (COUNT, 2 * COUNT, ())
    assert out.read_bytes() == whole
    assert steps[0] == (0, COUNT) and steps[-1] == (COUNT, COUNT)
    assert not journal_path(out).exists()
    workers = {line.split()[0] for line in (tmp_path / "diary").read_text().splitlines()}
    assert len(workers) > 1 and str(os.getpid()) not in workers


@pytest.mark.ray
def test_shards_parquet_and_addresses_give_the_same(
    cluster: Cluster, photos: Path, whole: bytes, tmp_path: Path
) -> None:
    import pyarrow
    import pyarrow.parquet

    names = sorted(path.name for path in photos.iterdir())
    for number, part in enumerate((names[::2], names[1::2])):
        with tarfile.open(tmp_path / f"{number}.tar", "w") as shard:
            for name in part:
                shard.add(photos / name, name)
                shard.addfile(tarfile.TarInfo(f"{name}.txt"), io.BytesIO())
    data = [(photos / name).read_bytes() for name in names]
    pyarrow.parquet.write_table(
        pyarrow.table({"file_name": names, "image": data}), tmp_path / "photos.parquet"
    )
    for addresses in (
        [str(tmp_path / "0.tar"), str(tmp_path / "1.tar")],
        [str(tmp_path / "photos.parquet")],
        [f"file://{photos}"],
    ):
        out = tmp_path / "out.json"
        report = prelabel_on_ray(addresses, cluster, fake, out)
        assert report.failures == ()
        assert out.read_bytes() == whole


@pytest.mark.ray
def test_a_run_goes_on_and_images_that_cannot_be_read_are_named(
    cluster: Cluster, photos: Path, whole: bytes, tmp_path: Path
) -> None:
    class Tired(FakePredictor):
        def encode(self, image: ImageArray) -> EncodedImage:
            if self.calls.count("encode") == 7:
                raise RuntimeError("broke down")
            return super().encode(image)

    out = tmp_path / "out.json"
    with pytest.raises(RuntimeError):
        prelabel(select_images([photos]).images, Tired(), out)
    steps: list[tuple[int, int]] = []
    (photos / "20.png").write_bytes(b"no image")
    report = prelabel_on_ray(
        [str(photos)], cluster, fake, out, progress=lambda *step: steps.append(step)
    )
    assert steps[0] == (7, COUNT)
    assert report.images == COUNT - 1
    assert "20.png" in report.failures[0]
    ids = [image.id for image in read_coco(out).images]
    assert ids == [n for n in range(1, COUNT + 1) if n != 20]
    assert whole.startswith(out.read_bytes()[:100])


@pytest.mark.ray
def test_what_is_wrong_with_the_sources_is_named(
    cluster: Cluster, photos: Path, tmp_path: Path
) -> None:
    import pyarrow
    import pyarrow.parquet

    out = tmp_path / "out.json"
    pyarrow.parquet.write_table(pyarrow.table({"x": [1]}), tmp_path / "x.parquet")
    (tmp_path / "bad.tar").write_bytes(b"no tar" * 500)
    cases: list[tuple[list[str], str]] = [
        ([str(tmp_path / "x.parquet")], "has the columns x"),
        ([str(tmp_path / "bad.tar")], r"bad\.tar cannot be read"),
    ]
    for addresses, said in cases:
        with pytest.raises(ClickPoseError, match=said):
            prelabel_on_ray(addresses, cluster, fake, out)
        journal_path(out).unlink()
    assert not out.exists()
    del photos


def test_sources_that_are_not_there_are_named_before_the_work(tmp_path: Path) -> None:
    wrong: list[tuple[list[str], str]] = [
        (["gone.tar"], r"gone\.tar does not exist"),
        (["a.tar", "photos"], "tar shards and other images cannot be mixed"),
        (["nonsense://x/y"], "nonsense://x/y cannot be opened"),
        ([f"file://{tmp_path}"], "holds no images"),
        ([str(tmp_path)], "holds no images"),
    ]
    for addresses, said in wrong:
        with pytest.raises(ClickPoseError, match=said):
            find_sources(addresses, recursive=False)


def test_any_fsspec_address_will_do(photos: Path) -> None:
    fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed")
    memory: Any = fsspec.filesystem("memory")
    memory.pipe_file("/bucket/deep/2.png", (photos / "2.png").read_bytes())
    memory.pipe_file("/bucket/10.png", (photos / "10.png").read_bytes())
    memory.pipe_file("/bucket/notes.txt", b"no image")
    try:
        flat = find_sources(["memory://bucket"], recursive=False)
        deep = find_sources(["memory://bucket"], recursive=True)
        assert [name for name, _ in flat.files] == ["10.png"]
        assert [name for name, _ in deep.files] == ["10.png", "deep/2.png"]
        assert (pixels_at(deep.files[1][1])[0, 0] == grey(2)).all()
    finally:
        memory.rm("/bucket", recursive=True)


def test_without_ray_the_command_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], photos: Path
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    call = ["prelabel", str(photos), "--out", str(photos / "o.json"), "--ray"]
    assert cli.main(call) == 1
    assert "Ray is not installed. Install it: pip install" in capsys.readouterr().err


@pytest.mark.parametrize(
    "more", [["--device", "cpu,cpu"], ["--shard", "1/2"], ["--image-ids", "a.json"]]
)
def test_what_does_not_go_with_ray_is_refused(
    photos: Path, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["prelabel", str(photos), "--out", str(photos / "o.json"), "--ray", "auto", *more]
    assert cli.main(call) == 2
    assert "--ray goes with --out, and without" in capsys.readouterr().err
