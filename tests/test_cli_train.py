"""What a person sees of the train command."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from clickpose_app import cli_train
from clickpose_app.cli import EXIT_INTERRUPTED, main
from clickpose_app.cli_options import EXIT_ERROR
from clickpose_app.training import loop
from tests.training.tiny_run import TINY, write_photos


@pytest.fixture
def config(tmp_path: Path) -> Path:
    write_photos(tmp_path)
    path = tmp_path / "run.yaml"
    path.write_bytes(msgspec.yaml.encode(TINY))
    return path


def command(config: Path, *options: str) -> list[str]:
    out = str(config.parent / "out")
    return ["train", str(config), "--out", out, "--device", "cpu", "--workers", "0", *options]


def test_progress_is_lines_where_there_is_no_terminal(
    config: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(command(config)) == 0
    out, err = capfd.readouterr()
    assert out.startswith("Trained: ") and (config.parent / "out" / "tiny.safetensors").is_file()
    lines = err.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("step 1 of 4, ") and " total " in lines[0]
    assert "\r" not in err and "AP" not in err


def test_progress_is_a_bar_on_a_terminal(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with cli_train._progress(4, shown=True) as progress:
        progress(3, {})
        progress(4, {"total": 2.5, "seconds": 1.0})
        progress(4, {"AP": 0.25})
    err = capfd.readouterr().err
    assert "step 4: AP 0.250" in err
    assert "4/4" in err and "loss 2.50" in err


def test_missing_packages_are_named_with_the_way_to_get_them(
    config: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(cli_train.EXTRA, "no_such_module", "NoSuch")
    assert main(command(config)) == EXIT_ERROR
    err = capfd.readouterr().err
    assert "not installed: NoSuch." in err and "clickpose-app[train]" in err


def test_a_missing_shard_is_one_sentence_with_its_path(
    config: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (config.parent / "photos.tar").unlink()
    assert main(command(config)) == EXIT_ERROR
    err = capfd.readouterr().err
    assert err.count("\n") == 1 and str(config.parent / "photos.tar") in err


def test_a_wrong_field_is_named(config: Path, capfd: pytest.CaptureFixture[str]) -> None:
    config.write_text(config.read_text() + "\nlearning_speed: 3\n")
    assert main(command(config)) == EXIT_ERROR
    err = capfd.readouterr().err
    assert "run.yaml" in err and "learning_speed" in err and err.count("\n") == 1


def test_a_stopped_run_says_how_it_goes_on(
    config: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(loop, "train", stop)
    assert main(command(config)) == EXIT_INTERRUPTED
    assert "The same command goes on" in capfd.readouterr().err
