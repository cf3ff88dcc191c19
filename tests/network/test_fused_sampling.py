"""Triton's kernel: used where it is right, and what it says, without a GPU as far as that goes."""

from __future__ import annotations

import os
import subprocess
import sys
from types import ModuleType

import pytest
import torch
from torch import Tensor

from clickpose_app.network import deformable_attention, fused_sampling
from clickpose_app.network.deformable_attention import DeformableAttention, grid_sample
from clickpose_app.network.fused_sampling import Summing, made_up
from clickpose_app.network.level_shapes import LevelShapes

SHAPES = LevelShapes(((5, 7), (3, 4), (1, 2)))
CPU = torch.device("cpu")


def chosen(monkeypatch: pytest.MonkeyPatch, kernel: Summing) -> Summing | None:
    """What is used on a GPU whose kernel that is; on the processor here."""
    module = ModuleType("sampling_kernel")
    module.__dict__["sum_samples"] = kernel
    monkeypatch.setitem(sys.modules, "clickpose_app.network.sampling_kernel", module)
    fused_sampling._checked.cache_clear()
    try:
        return fused_sampling._checked(CPU, grid_sample)
    finally:
        fused_sampling._checked.cache_clear()


def test_a_kernel_that_is_right_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen(monkeypatch, grid_sample) is grid_sample


def test_a_kernel_that_is_wrong_or_does_not_compile_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def shifted(values: Tensor, locations: Tensor, weights: Tensor, shapes: LevelShapes) -> Tensor:
        return grid_sample(values, locations + 0.01, weights, shapes)

    def failing(*_: object) -> Tensor:
        raise RuntimeError("no C compiler")

    assert chosen(monkeypatch, shifted) is None
    assert chosen(monkeypatch, failing) is None


def test_a_processor_is_not_asked_for_one() -> None:
    assert fused_sampling.fused_sampling(CPU, grid_sample) is None


def test_attention_sums_up_with_it_but_learns_without(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[LevelShapes] = []

    def kernel(values: Tensor, locations: Tensor, weights: Tensor, shapes: LevelShapes) -> Tensor:
        asked.append(shapes)
        return grid_sample(values, locations, weights, shapes)

    monkeypatch.setattr(deformable_attention, "fused_sampling", lambda *_: kernel)
    torch.manual_seed(0)
    attention = DeformableAttention(32, 4, 3, 2)
    values = attention.project(torch.randn(1, SHAPES.tokens, 32), None)
    queries, references = torch.randn(1, 6, 32), torch.rand(1, 6, 3, 4)
    learned = attention(queries, references, values, SHAPES)
    assert not asked
    with torch.no_grad():
        quick = attention(queries, references, values, SHAPES)
    assert asked == [SHAPES]
    torch.testing.assert_close(quick, learned.detach(), atol=1e-5, rtol=1e-5)


_INTERPRETED = """
import torch
from clickpose_app.network.deformable_attention import grid_sample
from clickpose_app.network.fused_sampling import _SHAPES, made_up
from clickpose_app.network.sampling_kernel import sum_samples
values, locations, weights = made_up(torch.device("cpu"))
locations[0, 0], locations[0, 1] = 1e12, -3e9  # no whole number holds that
wanted = grid_sample(values, locations, weights, _SHAPES)
found = sum_samples(values, locations, weights, _SHAPES)
torch.testing.assert_close(found, wanted, atol=1e-5, rtol=1e-5)
half = sum_samples(values.bfloat16(), locations, weights.bfloat16(), _SHAPES)
assert half.dtype is torch.bfloat16
torch.testing.assert_close(half.float(), wanted, atol=0.1, rtol=0.1)
"""

_COMPILED = """
import triton
from triton.backends.compiler import GPUTarget
from triton.compiler import ASTSource
from clickpose_app.network.sampling_kernel import _kernel
sizes = {"levels": 4, "points": 4, "channels": 32, "width": 32, "block": 32}
pointers = {"values": "*bf16", "locations": "*fp32", "weights": "*fp32", "table": "*i32"}
kinds = pointers | {"out": "*bf16"} | dict.fromkeys(("queries", "heads", "tokens"), "i32")
constants = {(_kernel.arg_names.index(name),): value for name, value in sizes.items()}
source = ASTSource(_kernel, kinds | dict.fromkeys(sizes, "constexpr"), constants)
assert triton.compile(source, target=GPUTarget("cuda", 90, 32)).asm["cubin"]
"""


@pytest.mark.parametrize(("program", "interpret"), [(_INTERPRETED, "1"), (_COMPILED, "0")])
def test_the_kernel_says_what_torch_says_and_compiles_for_a_gpu(
    program: str, interpret: str
) -> None:
    """In Triton's interpreter, and for an H100, neither of which asks for a GPU."""
    pytest.importorskip("triton")
    surroundings = os.environ | {"TRITON_INTERPRET": interpret}
    subprocess.run([sys.executable, "-c", program], check=True, env=surroundings, timeout=300)


def test_made_up_samples_lie_inside_and_outside() -> None:
    _, locations, _ = made_up(CPU)
    inside = ((locations > 0) & (locations < 1)).all(-1).float().mean()
    assert 0.1 < inside < 0.5
