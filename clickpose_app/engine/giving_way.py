"""Looks that give way: a correction never waits for something that nobody asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

import torch
from torch import nn

GiveWay = Callable[[], bool]
"""Whether something more urgent waits."""


class GaveWayError(Exception):
    """What was computed has been dropped for something more urgent."""


@contextmanager
def before_layers(model: nn.Module, call: Callable[[], None]) -> Iterator[None]:
    """While it lasts, something is called before every layer of a model that holds no others.

    That is more than a hundred times a look; before those that hold others it would be called
    twice in a row.

    Args:
        model: which must not be used by another thread meanwhile.
        call: may use the model itself, as if nothing were going on; what it raises ends the look.
    """
    device = next((p.device.type for p in model.parameters()), "cpu")
    calling = False

    def hook(*_: object) -> None:
        nonlocal calling
        if calling:
            return
        calling = True
        try:
            # Leaving bfloat16 for the call takes as long as many a layer: only where it is on.
            with torch.autocast(device, enabled=False) if half() else nullcontext():
                call()
        finally:
            calling = False

    def half() -> bool:
        return torch.is_autocast_enabled(device)

    hooks = [
        layer.register_forward_pre_hook(hook)
        for layer in model.modules()
        if next(layer.children(), None) is None
    ]
    try:
        yield
    finally:
        for each in hooks:
            each.remove()


@contextmanager
def giving_way(model: nn.Module, wanted: GiveWay) -> Iterator[None]:
    """While it lasts, a model stops before its next layer as soon as something is wanted.

    Args:
        model: which must not be used by another thread meanwhile.
        wanted: asked before every layer.

    Raises:
        GaveWayError: something was wanted.
    """

    def check() -> None:
        if wanted():
            raise GaveWayError

    with before_layers(model, check):
        yield
