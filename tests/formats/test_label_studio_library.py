"""Label Studio's own checks pass what we write, where its kit is installed.

It wants older releases of NumPy and OpenCV than ours, so that it is not among what the tests
need; install label-studio-sdk into an environment of its own to run these.
"""

from __future__ import annotations

import json
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from clickpose_app.formats.dataset import Dataset
from clickpose_app.formats.label_studio_config import config_path
from clickpose_app.formats.label_studio_write import write_label_studio
from tests.formats.strategies import data_sets
from tests.formats.tool_data import context

pytest.importorskip("label_studio_sdk", reason="label-studio-sdk is not installed")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@given(data_sets())
@settings(max_examples=20, deadline=None)
def test_label_studio_accepts_tasks_with_their_configuration(dataset: Dataset) -> None:
    # By name, because type checkers do not have it.
    library: Any = import_module("label_studio_sdk.label_interface")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.json"
        write_label_studio(path, dataset, context())
        interface = library.LabelInterface(config_path(path).read_text(encoding="utf-8"))
        for task in json.loads(path.read_text(encoding="utf-8")):
            for version in (*task["annotations"], *task["predictions"]):
                # What is checked is the same for both; that for predictions says what is wrong.
                assert interface.validate_prediction(version, return_errors=True) == []
