"""Whether the kernel of Triton may take deformable attention's samples on a device.

Triton comes with torch for CUDA, and compiles on the person's machine, for their GPU. So it is
asked once, held to what torch computes, and left alone if anything about it is amiss.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

import torch
from torch import Tensor

from clickpose_app.network.level_shapes import LevelShapes

Summing: TypeAlias = Callable[[Tensor, Tensor, Tensor, LevelShapes], Tensor]
"""As deformable_attention.grid_sample()."""

# A small pyramid, and more channels and queries than fill a block.
_SHAPES = LevelShapes(((9, 7), (5, 4)))
_CHANNELS, _QUERIES, _HEADS, _POINTS = 20, 40, 3, 2


def fused_sampling(device: torch.device, plain: Summing) -> Summing | None:
    """The kernel, where it runs and says what another way of sampling says; else None.

    Args:
        device: that samples are summed up on.
        plain: the other way, always the same one.
    """
    return _checked(device, plain) if device.type == "cuda" else None


@lru_cache(maxsize=8)
def _checked(device: torch.device, plain: Summing) -> Summing | None:
    try:
        from clickpose_app.network.sampling_kernel import sum_samples

        values, locations, weights = made_up(device)
        with torch.autocast(device.type, enabled=False):
            wanted = plain(values, locations, weights, _SHAPES)
        for dtype, tolerance in ((torch.float32, 1e-4), (torch.bfloat16, 0.1)):
            found = sum_samples(values.to(dtype), locations, weights.to(dtype), _SHAPES)
            torch.testing.assert_close(found.float(), wanted, atol=tolerance, rtol=tolerance)
    except Exception as error:  # whatever a compiler, a driver or a GPU may have to say
        logging.getLogger(__name__).info("Triton is not used on %s: %s", device, error)
        return None
    return sum_samples


def made_up(device: torch.device) -> tuple[Tensor, Tensor, Tensor]:
    """Something to sum up: values, locations and weights."""
    generator = torch.Generator().manual_seed(0)
    form = (2, _QUERIES, _HEADS, len(_SHAPES), _POINTS)
    values = torch.randn(2, _SHAPES.tokens, _HEADS, _CHANNELS, generator=generator)
    # Well outside too, where samples are zero.
    locations = 2 * torch.rand(*form, 2, generator=generator) - 0.5
    weights = torch.rand(form, generator=generator)
    return values.to(device), locations.to(device), weights.to(device)
