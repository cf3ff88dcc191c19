"""What a run on Ray reads: shards, rows of Parquet, addresses; without Ray, which carries it."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clickpose_app.batch.on_ray import Actor
from clickpose_app.batch.ray_sources import _members, _parquet_row, find_sources, pixels_at
from clickpose_app.errors import ClickPoseError
from tests.fake_predictor import FakePredictor
from tests.fuzz.damage import HOSTILE_TEXTS, damaged_bytes, hostile_values
from tests.fuzz.harness import TALLY, examples, survived
from tests.gui.desk import make_photo

AT_A_TIME = 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shards")


@pytest.fixture(scope="module")
def photo(folder: Path) -> bytes:
    path = folder / "photo.png"
    make_photo(path)
    return path.read_bytes()


def tar(members: list[tuple[str, bytes]], kind: bytes = tarfile.REGTYPE) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.GNU_FORMAT) as shard:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size, info.type = len(content), kind
            shard.addfile(info, io.BytesIO(content))
    return written.getvalue()


def fake(device: str) -> FakePredictor:
    assert device == "cpu"
    return FakePredictor()


def images_of(shard: Path) -> list[dict[str, Any]]:
    """What a run finds in a shard: a row an image, as the journal gets it."""
    rows: list[dict[str, Any]] = []
    actor = Actor(fake, "cpu", 0.5, set())
    for batch in _members({"shard": np.array([str(shard)])}, AT_A_TIME):
        found = actor(batch)
        rows += [
            dict(zip(found, values, strict=True)) for values in zip(*found.values(), strict=True)
        ]
    return rows


def check_rows(rows: list[dict[str, Any]]) -> None:
    """Names stay inside, every image was looked at or is named in one line that says why not."""
    for row in rows:
        name, why = str(row["name"]), str(row["why"])
        assert ".." not in PurePosixPath(name).parts
        assert not PurePosixPath(name).is_absolute()
        name.encode()  # else no file could hold it
        assert bool(why) != bool(row["people"])
        assert len(why.splitlines()) <= 1


@examples(60)
@given(st.data())
def test_shards_of_any_bytes(folder: Path, photo: bytes, data: st.DataObject) -> None:
    path = folder / "any.tar"
    whole = tar([("1.png", photo), ("a/2.png", photo), ("2.json", b"{}")])
    if data.draw(st.booleans()):
        whole = gzip.compress(whole, mtime=0)
    path.write_bytes(data.draw(damaged_bytes(whole)))
    check_rows(survived(path, lambda: images_of(path)) or [])


@pytest.mark.parametrize("length", range(1, 20))
def test_a_compressed_shard_that_ends_in_its_header(folder: Path, length: int) -> None:
    path = folder / "begun.tar.gz"
    path.write_bytes(gzip.compress(tar([]), mtime=0)[:length])
    assert survived(path, lambda: images_of(path)) is None


@examples(40)
@given(st.data())
def test_shards_whose_members_are_anything(folder: Path, photo: bytes, data: st.DataObject) -> None:
    path = folder / "members.tar"
    names = st.sampled_from(HOSTILE_TEXTS).map(lambda n: n.replace("\ud800", "x")) | st.text(
        st.characters(exclude_categories=["Cs"]), max_size=8
    )
    contents = st.just(photo) | st.just(b"") | st.binary(max_size=9) | damaged_bytes(photo)
    kinds = st.sampled_from((tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE))
    members = data.draw(
        st.lists(st.tuples(names.map(lambda name: f"{name}.png"), contents), max_size=4)
    )
    path.write_bytes(tar(members, data.draw(kinds)))
    check_rows(survived(path, lambda: images_of(path)) or [])


def test_an_empty_member_is_no_way_to_a_file_of_that_name(
    folder: Path, photo: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    (folder / "secret.png").write_bytes(photo)
    path = folder / "empty.tar"
    path.write_bytes(tar([("secret.png", b"")]))
    (row,) = images_of(path)
    assert "secret.png" in row["why"]


def sparse(claimed: int) -> bytes:
    """A member of a few bytes that says that it is mostly a hole."""
    info = tarfile.TarInfo("hole.png")
    info.type, info.size = tarfile.GNUTYPE_SPARSE, 512
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[386:410] = b"%011o\0%011o\0" % (0, 512)  # one piece, at the beginning
    # The size that it will have, as GNU writes large numbers.
    header[483:495] = b"\x80" + claimed.to_bytes(11, "big")
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + bytes(512) + bytes(1024)


@pytest.mark.parametrize("claimed", [5 << 30, 1 << 50])
def test_a_hole_of_many_gigabytes_is_not_filled(folder: Path, claimed: int) -> None:
    path = folder / "hole.tar"
    path.write_bytes(sparse(claimed))
    assert survived(path, lambda: images_of(path)) is None


@examples(60)
@given(
    st.dictionaries(
        st.sampled_from(("image", "bytes", "jpg", "png", "file_name", "name", "id", "a\nb"))
        | st.text(max_size=4),
        hostile_values | st.binary(max_size=9),
        max_size=4,
    )
    | st.fixed_dictionaries(
        {
            "image": st.binary(max_size=9)
            | st.fixed_dictionaries({"bytes": st.binary(max_size=9), "path": hostile_values}),
            "name": hostile_values | st.sampled_from(HOSTILE_TEXTS),
        }
    )
)
def test_rows_of_parquet(row: dict[str, Any]) -> None:
    count = TALLY.setdefault("test_fuzz_ray_rows.py::test_rows_of_parquet", [0, 0])
    count[0] += 1
    try:
        found = _parquet_row(row)
    except ClickPoseError as error:
        count[1] += 1
        assert len(error.message.splitlines()) == 1
        assert error.message.endswith(".")
        return
    actor = Actor(fake, "cpu", 0.5, set())
    encoded = np.empty(1, dtype=object)
    encoded[0] = found["bytes"]
    seen = actor({"name": np.array([found["name"]], dtype=object), "bytes": encoded})
    check_rows([{column: values[0] for column, values in seen.items()}])


ADDRESSES = (
    *("", " ", "://", "x://y", "memory://", "memory://nothing", "a\0b.parquet"),
    *("a\0b", "nothing.tar", "nothing.parquet", "/nowhere/at all.tar", "s3://"),
    *("memory://a\nb.tar", "zip://x::file://nothing", "x" * 5000, "\ud800.tar", "http:///x.tar"),
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_at_which_there_is_nothing(
    folder: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder / ".")
    for action in (lambda: find_sources([address], recursive=True), lambda: pixels_at(address)):
        try:
            source: Any = action()
        except ClickPoseError as error:
            assert len(error.message.splitlines()) == 1
        else:
            assert address in ("", " ")
            assert source.images
