"""Which device computes, and what it can do: found out, never assumed."""

from __future__ import annotations

import re
from pathlib import Path

import torch

from clickpose_app.errors import ClickPoseError, Words

DEVICES = ("auto", "cpu", "cuda", "mps")

_NUMBERED = re.compile(r"cuda:(\d+)")


def choose_device(wanted: str) -> torch.device:
    """The torch device for a name of DEVICES; ``auto`` takes the fastest there is.

    One of several GPUs is called by its number: ``cuda:0``, ``cuda:1``.

    Raises:
        ClickPoseError: the device asked for is not in this machine.
    """
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    if wanted == "auto":
        return torch.device("cuda" if cuda else "mps" if mps else "cpu")
    numbered = _NUMBERED.fullmatch(wanted)
    if numbered:
        return _numbered_gpu(int(numbered[1]))
    if wanted not in DEVICES:
        raise ClickPoseError(
            Words("There is no device {wanted!r}.", wanted=wanted),
            Words("Choose one of {devices}.", devices=", ".join(DEVICES)),
        )
    if (wanted == "cuda" and not cuda) or (wanted == "mps" and not mps):
        raise ClickPoseError(
            Words(
                "This machine (or this build of torch) offers no {wanted} device.", wanted=wanted
            ),
            Words("Use --device auto or --device cpu."),
        )
    return torch.device(wanted)


def _numbered_gpu(number: int) -> torch.device:
    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    if number >= count:
        there = ", ".join(f"cuda:{i}" for i in range(count)) or "none"
        raise ClickPoseError(
            Words(
                "This machine (or this build of torch) offers no cuda:{number}; "
                "CUDA GPUs: {there}.",
                number=number,
                there=there,
            ),
            Words("Use one of those, --device auto or --device cpu."),
        )
    return torch.device("cuda", number)


def cpu_has_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 natively, so that it is the faster choice."""
    try:
        flags = Path("/proc/cpuinfo").read_text().split()
    except OSError:
        return False  # other systems do not tell; float32 is always right
    return "avx512_bf16" in flags or "amx_bf16" in flags


def device_name(device: torch.device) -> str:
    """The device as a person knows it: ``CPU (2 threads)``, a GPU's product name."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    if device.type == "mps":
        return "Apple GPU"
    threads = torch.get_num_threads()
    return "CPU (1 thread)" if threads == 1 else f"CPU ({threads} threads)"
