from __future__ import annotations

import pytest
import torch

from clickpose_app.network.deformable_attention import (
    DeformableAttention,
    gather_sample,
    grid_sample,
    shares,
)
from clickpose_app.network.level_shapes import LevelShapes

SHAPES = LevelShapes(((5, 7), (3, 4), (1, 2)))


def sampled() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(0)
    values = torch.randn(2, SHAPES.tokens, 4, 8, generator=generator)
    # Well outside too, where samples are zero.
    locations = 2 * torch.rand(2, 9, 4, 3, 2, 2, generator=generator) - 0.5
    weights = torch.rand(2, 9, 4, 3, 2, generator=generator)
    return values, locations, weights


def test_gathering_corners_equals_sampling_planes() -> None:
    values, locations, weights = sampled()
    torch.testing.assert_close(
        gather_sample(values, locations, weights, SHAPES),
        grid_sample(values, locations, weights, SHAPES),
        atol=1e-5,
        rtol=1e-5,
    )


def test_a_sample_at_a_cell_centre_is_that_cell() -> None:
    values = torch.arange(35.0).view(1, 35, 1, 1)
    shapes = LevelShapes(((5, 7),))
    centre = torch.tensor([2.5 / 7, 3.5 / 5]).view(1, 1, 1, 1, 1, 2)
    one = torch.ones(1, 1, 1, 1, 1)
    for sample in (gather_sample, grid_sample):
        assert float(sample(values, centre, one, shapes)) == 3 * 7 + 2


def test_the_quick_path_for_few_queries_gives_the_same_as_the_other() -> None:
    torch.manual_seed(0)
    attention = DeformableAttention(32, 4, 3, 2)
    values = attention.project(torch.randn(1, SHAPES.tokens, 32), None)
    queries, references = torch.randn(1, 6, 32), torch.rand(1, 6, 3, 4)
    slow = attention(queries, references, values, SHAPES)
    with torch.no_grad():
        quick = attention(queries, references, values, SHAPES)
    torch.testing.assert_close(quick, slow.detach(), atol=1e-5, rtol=1e-5)


def test_level_starts_count_tokens() -> None:
    assert SHAPES.starts == (0, 35, 47)
    assert SHAPES.tokens == 49
    assert len(SHAPES) == 3


def test_padding_has_no_value() -> None:
    attention = DeformableAttention(32, 4, 3, 2)
    padding = torch.zeros(1, SHAPES.tokens, dtype=torch.bool)
    padding[0, 3] = True
    values = attention.project(torch.randn(1, SHAPES.tokens, 32), padding)
    assert not values[0, 3].any()
    assert values[0, 4].any()


def test_many_queries_give_what_few_at_a_time_give_and_without_gradients_the_same() -> None:
    torch.manual_seed(0)
    attention = DeformableAttention(32, 4, 3, 2)
    values = attention.project(torch.randn(2, SHAPES.tokens, 32), None)
    queries, references = torch.randn(2, 1300, 32), torch.rand(2, 1300, 3, 2)
    learning = attention(queries, references, values, SHAPES)
    with torch.inference_mode():
        using = attention(queries, references, values, SHAPES)
        last = attention(queries[:, -3:], references[:, -3:], values, SHAPES)
    torch.testing.assert_close(using, learning.detach(), atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(using[:, -3:], last, atol=1e-6, rtol=0)


def test_bfloat16_values_are_summed_as_they_are_and_stay_finite() -> None:
    values, locations, weights = sampled()
    exact = gather_sample(values, locations, weights, SHAPES)
    rounded = gather_sample(values.bfloat16(), locations, weights.bfloat16(), SHAPES)
    assert rounded.dtype is torch.bfloat16
    torch.testing.assert_close(rounded.float(), exact, atol=0.05, rtol=0.05)


@pytest.mark.parametrize("count", [6, 16])
def test_the_quick_shares_are_a_softmax_even_of_huge_logits(count: int) -> None:
    logits = torch.randn(3, 5, count, generator=torch.Generator().manual_seed(0)) * 200
    with torch.no_grad():
        torch.testing.assert_close(shares(logits), logits.softmax(-1))
