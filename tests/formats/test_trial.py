"""A file that crashes the library that reads it harms nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from clickpose_app import cli
from clickpose_app.errors import FormatError
from clickpose_app.formats import trial
from clickpose_app.formats.trial import try_reading

CORPUS = Path(__file__).parents[1] / "fuzz" / "corpus"
VICTIMS = "tests.formats.trial_victims"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Ämter.h5"
    path.touch()
    return path


def test_what_can_be_read_passes(file: Path) -> None:
    try_reading(file, VICTIMS, "succeed")


@pytest.mark.parametrize(
    ("victim", "words"),
    [
        ("refuse", r"Ämter\.h5 is of last year\. Wait für"),
        ("stumble", r"Ämter\.h5 cannot be read: 'Ämter\.h5'"),
        ("crash", r"Ämter\.h5 is damaged"),
        ("devour", r"Ämter\.h5 cannot be read"),
    ],
)
def test_what_cannot_be_read_is_one_error(file: Path, victim: str, words: str) -> None:
    with pytest.raises(FormatError, match=words):
        try_reading(file, VICTIMS, victim)


def test_what_never_ends_is_ended(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "_SECONDS", 1)
    with pytest.raises(FormatError, match="is damaged"):
        try_reading(file, VICTIMS, "hang")


def test_a_file_that_crashed_the_library_is_one_line_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("sleap_io")
    crashing = CORPUS / "crashes_hdf5.slp"
    asked = ["import", str(crashing), "--out", str(tmp_path / "out.json")]
    code = cli.main(asked)
    said = capsys.readouterr().err
    # Another version of the library may survive the file, and then read it or refuse it.
    assert code == 0 or "crashes_hdf5.slp is" in said
    assert "Traceback" not in said
