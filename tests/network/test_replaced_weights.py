"""The weights file is overwritten or deleted while its network is in use."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from clickpose_app.network.checkpoint import load_checkpoint, save_checkpoint
from tests.network.small_model import OURS, make_model


@pytest.mark.parametrize("dtype", [torch.float16, torch.float32])
@pytest.mark.parametrize("meddling", ["overwritten", "cut short", "deleted"])
def test_a_loaded_network_does_not_care(tmp_path: Path, dtype: torch.dtype, meddling: str) -> None:
    path = tmp_path / "w.safetensors"
    save_checkpoint(path, make_model(OURS), {}, dtype)
    model = load_checkpoint(path)
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    size = path.stat().st_size
    if meddling == "overwritten":
        with path.open("r+b") as file:
            file.write(b"\x42" * size)
    elif meddling == "cut short":
        with path.open("r+b") as file:
            file.truncate(0)
    else:
        path.unlink()
    for name, tensor in model.state_dict().items():
        assert torch.equal(tensor, before[name]), name
