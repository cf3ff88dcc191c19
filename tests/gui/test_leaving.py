"""The window is closed while the network computes something that takes long."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

OtherProcess = Callable[..., "subprocess.Popen[str]"]

# The real program, but for a network that never comes to an end and a window without patience.
_PROGRAM = """
import os, sys, types
from pathlib import Path
state = sys.argv[2]
os.environ.update({f"XDG_{name}_HOME": state for name in ("CONFIG", "STATE", "CACHE", "DATA")})
import torch
from PySide6.QtCore import QTimer
from clickpose_app import app
from clickpose_app.gui.inference import Inference
from tests.fake_predictor import FakePredictor

class Endless(FakePredictor):
    def encode(self, image):
        computing.append(True)
        while True:
            torch.mm(torch.ones(1500, 1500), torch.ones(1500, 1500))

network = types.ModuleType("loading")
network.load_predictor = lambda *_: Endless()
sys.modules["clickpose_app.engine.loading"] = network
Inference.close = lambda self, timeout_s=0.1: self._worker.close(timeout_s)
computing, timer, make_window = [], QTimer(), app.make_window

def closing(*given, **named):
    window = make_window(*given, **named)
    timer.timeout.connect(lambda: computing and window.close())
    return window

app.make_window = closing
app.QApplication([])
timer.start(200)
sys.exit(app.run_window(Path(sys.argv[1])))
"""


def test_the_program_ends_in_peace_while_the_network_computes(
    other_process: OtherProcess, folder: Path, tmp_path: Path
) -> None:
    process = other_process(_PROGRAM, folder, tmp_path / "home")
    assert process.wait(timeout=120) == 0
