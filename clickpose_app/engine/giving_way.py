"""Looks that give way: a correction never waits for something that nobody asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch
from torch import nn

GiveWay = Callable[[], bool]
"""Whether something more urgent waits."""


class GaveWayError(Exception):
    """What was computed has been dropped for something more urgent."""


@contextmanager
def giving_way(model: nn.Module, wanted: GiveWay) -> Iterator[None]:
    """While it lasts, the model stops before its next layer as soon as something is wanted.

    Args:
        model: which must not be used by another thread meanwhile.
        wanted: asked before every layer, some hundred times a look.

    Raises:
        GaveWayError: something was wanted.
    """

    def check(*_: object) -> None:
        if wanted():
            raise GaveWayError

    layers = (m for m in model.modules() if not isinstance(m, torch.jit.ScriptModule))
    hooks = [layer.register_forward_pre_hook(check) for layer in layers]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
