from __future__ import annotations

import dataclasses
from pathlib import Path

import bench
import pytest
import torch
from machine import Machine, Rate, Report, matmul_rate, read_report, this_machine, write_report
from measuring import Measured, Taken
from network_rows import Question, Work, gflop_of
from profiling import Operator, operator_table, operators
from torch import nn

from clickpose_app.errors import FormatError
from clickpose_app.network.convolution import Convolution
from clickpose_app.network.linear import Linear
from clickpose_app.network.packing import can_pack, pack
from tests.network.small_model import OURS, make_model


def test_the_arithmetic_of_a_linear_layer_is_counted_by_its_definition() -> None:
    layer, x = nn.Linear(30, 50), torch.zeros(7, 30)
    assert gflop_of(Work(lambda: layer(x))) == pytest.approx(2 * 7 * 30 * 50 / 1e9)


def test_the_arithmetic_of_a_network_grows_with_its_images_and_not_with_the_number_type() -> None:
    model = make_model(OURS)

    def first_pass(images: int, half: bool) -> float:
        pixels = torch.zeros(images, 3, 64, 64)

        def run() -> None:
            with torch.inference_mode():
                with torch.autocast("cpu", torch.bfloat16, enabled=half):
                    memory = model.encode(pixels, None)
                model.detect(memory.float())

        return gflop_of(Work(run))

    one = first_pass(1, half=False)
    assert one > 0.001
    assert first_pass(2, half=False) == pytest.approx(2 * one)
    assert first_pass(1, half=True) == pytest.approx(one)


@torch.inference_mode()
def test_the_arithmetic_of_packed_layers_is_that_of_plain_ones() -> None:
    able = can_pack(torch.float32)  # which tries it out
    linear, convolution = Linear(128, 128).eval(), Convolution(64, 32, 3).eval()
    rows, image = torch.zeros(64, 128), torch.zeros(1, 64, 20, 30)
    work = Work(lambda: (linear(rows), convolution(image)))
    plain = gflop_of(work)
    pack(linear)
    pack(convolution)
    assert plain == pytest.approx(2 * (64 * 128 * 128 + 20 * 30 * 64 * 32 * 9) / 1e9)
    assert gflop_of(work) == pytest.approx(plain)
    assert bool(linear._packed) == bool(convolution._packed) == able


def test_work_on_other_threads_is_counted_by_what_stands_for_it() -> None:
    layer, x = nn.Linear(10, 10), torch.zeros(1, 10)
    work = Work(run=lambda: pytest.fail("only timed"), counted=lambda: layer(x))
    assert gflop_of(work) == pytest.approx(200 / 1e9)


def test_a_question_is_measured_beside_the_floor_of_its_number_type() -> None:
    layer, x = nn.Linear(100, 100), torch.zeros(5, 100)
    asked = Question("linear", lambda: Work(lambda: layer(x)), images=5, rate="cpu bfloat16")
    rates = {"cpu bfloat16": Rate(wall=200.0, cpu=100.0)}
    row, _ = bench.measure(asked, 0.0, rates)
    assert row.gflop == pytest.approx(1e-4)
    assert row.floor is not None
    assert row.floor.wall == pytest.approx(1e-4 / 200 * 1e3)
    assert row.floor.cpu == pytest.approx(1e-4 / 100 * 1e3)
    assert row.images == 5
    assert len(row.taken) >= 3


def test_decoding_is_not_compared_with_a_floor() -> None:
    row, cost = bench.measure(
        Question("decode", lambda: Work(lambda: None)), 0.0, {}, profiled=True
    )
    assert row.gflop is None
    assert row.floor is None
    assert cost == ""


def test_every_stage_of_both_networks_and_the_window_has_a_row(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert bench.main(["--list"]) == 0
    names = capsys.readouterr().out.splitlines()
    assert len(set(names)) == len(names)
    for model in ("shipped", "ResNet-50"):
        for stage in ("backbone", "encoder", "detect", "refine 1", "refine 20", "prelabel"):
            assert f"{model} float32 cpu {stage}" in names
    assert any(name.startswith("decode") for name in names)
    assert any(name.startswith("window,") for name in names)


def test_a_row_that_is_not_there_is_one_clear_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["--only", "no such row"]) == 1
    assert capsys.readouterr().err.startswith("bench: No row has 'no such row' in its name.")


def test_a_large_product_of_matrices_has_a_rate_on_both_clocks() -> None:
    rate = matmul_rate("cpu", "float32", seconds=0.0)
    assert rate.wall > 0
    assert rate.cpu > 0
    assert rate.floor(rate.wall).wall == pytest.approx(1000)


def test_the_costliest_operators_come_first_and_the_others_are_summed_up() -> None:
    layer, x = nn.Linear(300, 300), torch.zeros(300, 300)
    found = operators(lambda: layer(x).relu(), 2)
    names = [operator.name for operator in found]
    assert "aten::addmm" in names
    assert [o.ms for o in found] == sorted((o.ms for o in found), reverse=True)
    told = operator_table([Operator("a", 2, 6.0), Operator("b", 1, 3.0), Operator("c", 1, 1.0)], 1)
    assert [text.split() for text in told.splitlines()] == [
        ["a", "2", "6.00", "ms", "60%"],
        ["2", "others", "4.00", "ms", "40%"],
    ]


def a_report() -> Report:
    machine = Machine("CPÜ", 2, 1, "Linux", "", {"torch": "2"}, "abc + changes", 1.5, 2.5)
    rows = [
        Measured("detect", [Taken(1.0, 2.0)], 8, 3.5, Taken(0.5, 0.25)),
        Measured("window, ü", [], failure="no display"),
    ]
    return Report(machine, {"cpu float32": Rate(200.0, 100.0)}, rows)


def test_a_report_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "bericht ü.json"
    write_report(a_report(), path)
    assert read_report(path) == a_report()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"machine": 3}', "\xff"])
def test_what_is_no_report_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(FormatError, match=r"broken\.json is no report"):
        read_report(path)
    with pytest.raises(FormatError, match=r"absent\.json"):
        read_report(tmp_path / "absent.json")


def test_a_report_says_on_what_it_was_measured() -> None:
    machine = this_machine()
    assert machine.processor
    assert machine.cores >= 1
    assert machine.versions["torch"] == torch.__version__.split("+")[0] or machine.versions["torch"]
    assert dataclasses.replace(machine, load_after=1.0).load_after == 1.0
