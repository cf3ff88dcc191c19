"""What loading weights must not bring along: a person waits for the first pose."""

from __future__ import annotations

import subprocess
import sys

from clickpose_app.network.checkpoint import build, load_checkpoint
from clickpose_app.paths import default_weights

# torch's compiler and what it leans on; half a second and tens of megabytes each.
_NEEDLESS = ("torch._dynamo", "torch._inductor", "sympy", "torch.onnx")

_CHILD = f"""
import sys
import numpy as np
import torch
there = set(sys.modules)
from clickpose_app.core.predictor import PoseQuery
from clickpose_app.engine.loading import load_predictor
predictor = load_predictor(None, "cpu")
image = np.full((96, 96, 3), 90, np.uint8)
encoded = predictor.encode(image)
pose = predictor.detect(encoded)[0]
pinned = np.arange(len(pose.keypoints)) == 9
predictor.refine(encoded, PoseQuery(pose.keypoints, pinned, pose.box, pose.keypoints + 1))
print(*(name for name in {_NEEDLESS!r} if name in set(sys.modules) - there))
"""


def test_the_first_pose_and_a_click_do_without_the_compiler_of_torch() -> None:
    done = subprocess.run([sys.executable, "-c", _CHILD], capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout.split() == []


def test_a_network_of_loaded_weights_holds_them_and_nothing_that_is_only_shaped() -> None:
    model = load_checkpoint(default_weights())
    again = build(model.config, model.state_dict(), default_weights())
    for (name, ours), (_, theirs) in zip(
        model.named_parameters(), again.named_parameters(), strict=True
    ):
        assert not ours.is_meta, name
        assert ours.equal(theirs), name
