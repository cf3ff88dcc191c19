"""``clickpose doctor``: what is there, what is missing, and the way out."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from clickpose_app import __version__, doctor
from clickpose_app.doctor import Finding, State
from clickpose_app.qt_platform import NoDisplayError, QtPlatformError


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Weights of three bytes, as shipped."""
    path = tmp_path / "clickpose-s.safetensors"
    path.write_bytes(b"abc")
    monkeypatch.setattr("clickpose_app.paths.default_weights", lambda: path)
    return path


def only(findings: Iterable[Finding]) -> Finding:
    (finding,) = findings
    return finding


CARDS = {"json": '{{"sha256": "{}"}}', "md": "| sha256 | `{}` |"}


@pytest.mark.parametrize("kind", CARDS)
def test_weights_that_the_card_knows_are_fine(weights: Path, kind: str) -> None:
    digest = hashlib.sha256(b"abc").hexdigest()
    weights.with_suffix(f".{kind}").write_text(CARDS[kind].format(digest))
    finding = only(doctor.weights())
    assert finding.state is State.FINE
    assert digest in finding.value


@pytest.mark.parametrize("kind", CARDS)
def test_weights_that_are_others_than_the_card_says_are_missing(weights: Path, kind: str) -> None:
    weights.with_suffix(f".{kind}").write_text(CARDS[kind].format("0" * 64))
    finding = only(doctor.weights())
    assert finding.state is State.MISSING
    assert "damaged" in finding.hint


def test_weights_without_a_card_that_has_a_hash_are_noted(weights: Path) -> None:
    weights.with_suffix(".md").write_text("A fine network.")
    finding = only(doctor.weights())
    assert finding.state is State.LIMITED
    assert "no model card" in finding.hint


def test_weights_that_are_not_there_are_missing(weights: Path) -> None:
    weights.unlink()
    finding = only(doctor.weights())
    assert finding.state is State.MISSING
    assert str(weights) in finding.value
    assert "--weights" in finding.hint


def test_torch_and_its_devices_are_reported() -> None:
    findings = {finding.subject: finding for finding in doctor.torch()}
    import torch

    assert findings["torch"].value == torch.__version__
    assert set(findings) == {"torch", "device", "CUDA", "MPS", "CPU"}
    assert f"{torch.get_num_threads()} of {os.cpu_count()} threads" in findings["CPU"].value
    assert "native" in findings["CPU"].value


@pytest.mark.parametrize(("native", "words"), [(True, "bfloat16 native"), (False, "not native")])
def test_bfloat16_is_reported_as_it_is_found(
    monkeypatch: pytest.MonkeyPatch, native: bool, words: str
) -> None:
    monkeypatch.setattr("clickpose_app.engine.devices.cpu_has_bfloat16", lambda: native)
    assert words in {f.subject: f.value for f in doctor.torch()}["CPU"]


def test_torch_that_cannot_be_imported_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    finding = only(doctor.torch())
    assert finding.state is State.MISSING
    assert "pip install torch" in finding.hint


def test_a_qt_that_starts_names_its_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    _, window = doctor.qt()
    assert window == Finding("window", "opens, Qt platform offscreen")


def test_a_qt_that_aborts_is_missing_and_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "check_qt_platform", lambda: None)
    monkeypatch.setenv("QT_QPA_PLATFORM", "nonsense")
    _, window = doctor.qt()
    assert window.state is State.MISSING
    assert "nonsense" in window.value


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (NoDisplayError("There is none.", "Get one."), State.LIMITED),
        (QtPlatformError("This system lacks x.", "Install x."), State.MISSING),
    ],
)
def test_what_keeps_qt_from_starting_is_said_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch, error: QtPlatformError, state: State
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(doctor, "check_qt_platform", fail)
    _, window = doctor.qt()
    assert window == Finding("window", error.message, state, error.hint)


def test_the_own_folder_is_looked_for_where_it_may_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "new" / "clickpose"
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: own)
    assert only(doctor.data_folder()) == Finding("own data", str(own))
    assert not own.exists()


def test_an_own_folder_that_is_closed_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path)
    monkeypatch.setattr("os.access", lambda *_: False)
    assert only(doctor.data_folder()).state is State.MISSING


def test_an_examination_that_breaks_down_is_a_finding() -> None:
    def odd_part() -> Iterable[Finding]:
        raise KeyError("x")

    finding = only(doctor.examined(odd_part))
    assert finding.subject == "odd part"
    assert finding.state is State.MISSING


def test_the_report_has_the_way_out_below_the_finding() -> None:
    lines = list(
        doctor.report_lines(
            [Finding("a", "there"), Finding("long", "gone", State.MISSING, "Get it.")]
        )
    )
    assert lines == [
        "ok      a     there",
        "MISSING long  gone",
        "              Get it.",
    ]


def test_something_missing_decides_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], weights: Path
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert doctor.run() == 0
    weights.unlink()
    assert doctor.run() == 1
    assert f"ClickPose  {__version__}" in capsys.readouterr().out
