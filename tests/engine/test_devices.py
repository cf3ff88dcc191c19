from __future__ import annotations

from pathlib import Path

import pytest
import torch

from clickpose_app.engine.devices import (
    choose_device,
    cpu_has_bfloat16,
    device_name,
    one_thread,
)
from clickpose_app.errors import ClickPoseError


def test_auto_takes_the_cpu_where_there_is_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    assert choose_device("auto").type == "cpu"


def test_auto_takes_the_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert choose_device("auto").type == "cuda"


@pytest.mark.parametrize("device", ["cuda", "mps", "abacus"])
def test_a_device_that_is_not_there_is_refused_with_a_way_out(
    device: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    with pytest.raises(ClickPoseError, match=device) as caught:
        choose_device(device)
    assert "cpu" in caught.value.hint


@pytest.mark.parametrize(
    ("flags", "expected"),
    [("fpu avx512f avx512_bf16", True), ("fpu amx_bf16", True), ("fpu avx2", False)],
)
def test_bfloat16_is_found_out_from_the_processor(
    flags: str, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "read_text", lambda _: f"flags : {flags}\n")
    assert cpu_has_bfloat16() is expected


def test_a_system_that_does_not_tell_gets_float32(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(_: Path) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", unreadable)
    assert not cpu_has_bfloat16()


@pytest.mark.parametrize(("count", "name"), [(1, "CPU (1 thread)"), (4, "CPU (4 threads)")])
def test_the_cpu_is_named_with_its_threads(
    monkeypatch: pytest.MonkeyPatch, count: int, name: str
) -> None:
    monkeypatch.setattr(torch, "get_num_threads", lambda: count)
    assert device_name(torch.device("cpu")) == name


def test_what_is_small_is_computed_on_one_thread_and_the_rest_as_before() -> None:
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    try:
        with one_thread():
            assert torch.get_num_threads() == 1
            with one_thread():
                assert torch.get_num_threads() == 1
        assert torch.get_num_threads() == 3
        with pytest.raises(ValueError, match="on purpose"), one_thread():
            raise ValueError("on purpose")
        assert torch.get_num_threads() == 3
    finally:
        torch.set_num_threads(before)
