"""Where resources/ and models/ are.

Beside the package in a source tree and in the frozen application, inside the package in an
installed wheel.
"""

from __future__ import annotations

import sys
from pathlib import Path

DEFAULT_WEIGHTS_NAME = "clickpose-s.safetensors"


def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen)
    package = Path(__file__).resolve().parent
    bundled = package / "_data"
    return bundled if bundled.is_dir() else package.parent


def resources_dir() -> Path:
    """Folder with icons, style sheets, skeletons and sample images."""
    return _root() / "resources"


def models_dir() -> Path:
    """Folder with the shipped weights and their model cards."""
    return _root() / "models"


def default_weights() -> Path:
    """The shipped default model."""
    return models_dir() / DEFAULT_WEIGHTS_NAME
