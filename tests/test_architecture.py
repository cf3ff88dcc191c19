"""Who may import whom: the table of ARCHITECTURE.md, held by walking the syntax trees."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import clickpose_app

PACKAGE = Path(clickpose_app.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

# Layer: (other layers, libraries) that it may import, wherever in a file the import stands.
# The shipped skeletons are data that reading a file or a network needs, so formats and engine
# reach that one module of storage; and JSON is JSON wherever it is kept.
TABLE: dict[str, tuple[set[str], set[str]]] = {
    "core": (set(), {"numpy"}),
    "storage": ({"core"}, {"numpy", "msgspec", "PIL", "cv2"}),
    "formats": (
        {"core", "storage.skeletons", "storage.json_text"},
        {
            *("numpy", "msgspec", "platformdirs", "yaml", "pyarrow"),
            *("pandas", "tables", "h5py", "sleap_io"),
        },
    ),
    "network": (set(), {"numpy", "torch", "safetensors", "triton"}),
    "engine": ({"core", "network", "storage.skeletons"}, {"numpy", "torch", "cv2"}),
    "training": (
        {"core", "formats", "network", "engine", "evaluation"},
        {
            *("numpy", "torch", "safetensors", "msgspec", "cv2", "PIL", "scipy", "tflite"),
            "matplotlib",
        },
    ),
    "adaptation": (
        {"core", "storage", "formats", "network", "engine", "evaluation", "training"},
        {"numpy", "torch", "safetensors", "msgspec", "cv2"},
    ),
    "evaluation": ({"core", "storage", "formats"}, {"numpy", "pycocotools"}),
    "batch": (
        {"core", "storage", "formats"},
        {
            "numpy",
            "cv2",
            "tqdm",
            "ray",
            "fsspec",
            "PIL",
            "msgspec",
            "scipy",
            "jinja2",
            "markupsafe",
        },
    ),
    "gui": (
        {"core", "storage", "formats"},
        {
            "numpy",
            "msgspec",
            "PySide6",
            "pyqtgraph",
            "shiboken6",
            "platformdirs",
            "qtawesome",
        },
    ),
}

# Imported by every layer; they import nothing but each other.
FOUNDATIONS = {"bounded_process", "errors", "log_file", "paths", "presence"}

# They wire everything together, but bring in torch only inside functions.
ROOTS = {
    "app",
    "cli",
    "cli_adapt",
    "cli_evaluate",
    "cli_formats",
    "cli_media",
    "cli_numbers",
    "cli_options",
    "cli_prelabel",
    "cli_train",
    "cli_datasets",
    "demo",
    "doctor",
    "qt_platform",
    "__main__",
    "__init__",
}
WITH_TORCH = {"torch", "network", "engine", "training", "adaptation"}


@dataclass(frozen=True)
class Import:
    """One module named by an import: absolute dotted name, line, and whether in a function."""

    name: str
    line: int
    in_function: bool


def module_of(path: Path) -> str:
    """The dotted name of a file of the package; that of a package ends in ``.__init__``."""
    return ".".join(("clickpose_app", *path.relative_to(PACKAGE).with_suffix("").parts))


def imports(tree: ast.AST, module: str, in_function: bool = False) -> Iterator[Import]:
    """Every import below a node; what only type checkers see counts as inside a function."""
    for node in ast.iter_child_nodes(tree):
        for name in _names(node, module):
            yield Import(name, getattr(node, "lineno", 0), in_function)
        deferred = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or (
            isinstance(node, ast.If)
            and isinstance(node.test, ast.Name)
            and node.test.id == "TYPE_CHECKING"
        )
        yield from imports(node, module, in_function or deferred)


def _names(node: ast.AST, module: str) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        # One dot is the folder that the file lies in, for __init__ files as for others.
        parents = module.split(".")[: -node.level] if node.level else []
        base = ".".join([*parents, *([node.module] if node.module else [])])
        if base == "clickpose_app":
            return [f"clickpose_app.{alias.name}" for alias in node.names]
        return [base]
    if isinstance(node, ast.Call) and node.args:
        function = node.func
        called = function.attr if isinstance(function, ast.Attribute) else ast.unparse(function)
        target = node.args[0]
        if called in ("import_module", "__import__") and isinstance(target, ast.Constant):
            return [str(target.value)]
    return []


def breaches(source: str, module: str) -> list[str]:
    """What a file imports although its layer may not, one sentence each."""
    layer = module.split(".")[1]
    found = []
    for imported in imports(ast.parse(source), module):
        reason = _forbidden(layer, imported)
        if reason:
            found.append(f"{module}, line {imported.line}: {reason}")
    return found


def _forbidden(layer: str, imported: Import) -> str:
    top, _, rest = imported.name.partition(".")
    ours = top == "clickpose_app"
    target = rest.partition(".")[0] if ours else top
    if ours and (target in FOUNDATIONS or target in ("", "__version__") or target == layer):
        return ""
    if not ours and target in sys.stdlib_module_names:
        return ""
    if layer in ROOTS:
        early = target in WITH_TORCH and not imported.in_function
        return f"imports {imported.name} outside a function, so torch comes early" if early else ""
    layers, libraries = TABLE.get(layer, (set(), set()))
    allowed = {target, rest} & layers if ours else target in libraries
    return "" if allowed else f"{layer} may not import {imported.name}"


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_file_imports_only_what_its_layer_may(path: Path) -> None:
    assert breaches(path.read_text(encoding="utf-8"), module_of(path)) == []


def test_every_folder_and_module_has_its_place_in_the_table() -> None:
    parts = {module_of(path).split(".")[1] for path in FILES}
    assert parts <= TABLE.keys() | FOUNDATIONS | ROOTS
    assert parts >= TABLE.keys() | FOUNDATIONS


@pytest.mark.parametrize(
    ("module", "source", "line"),
    [
        ("core.edits", "import torch", 1),
        ("core.edits", "import os, cv2", 1),
        ("core.edits", "import clickpose_app.storage.images", 1),
        ("core.edits", "from clickpose_app.gui import session", 1),
        ("core.edits", "from clickpose_app import storage", 1),
        ("core.edits", "from clickpose_app import errors, network", 1),
        ("core.edits", "from clickpose_app import *", 1),
        ("core.edits", "from .. import storage", 1),
        ("core.edits", "from ..storage.images import read_image", 1),
        ("core.__init__", "from ..storage import images", 1),
        ("core.edits", "def f():\n    class C:\n        import torch", 3),
        ("core.edits", "try:\n    import torch\nexcept ImportError:\n    torch = None", 2),
        ("core.edits", "if TYPE_CHECKING:\n    import torch", 2),
        ("core.edits", "import importlib\nimportlib.import_module('torch.nn')", 2),
        ("core.edits", "torch = __import__('torch')", 1),
        ("storage.project", "import PySide6.QtCore", 1),
        ("storage.project", "from ..formats import coco", 1),
        ("formats.coco", "from clickpose_app.storage import project", 1),
        ("formats.coco", "from clickpose_app.storage.project import Project", 1),
        ("network.decoder", "from clickpose_app.core.geometry import Box", 1),
        ("network.decoder", "import cv2", 1),
        ("engine.preprocess", "from clickpose_app.gui.session import Session", 1),
        ("training.loop", "from clickpose_app.gui import session", 1),
        ("evaluation.coco", "import torch", 1),
        ("batch.local", "from clickpose_app.engine import torch_predictor", 1),
        ("gui.session", "import torch", 1),
        ("gui.session", "def f():\n    from clickpose_app.engine import torch_predictor", 2),
        ("gui.session", "from ..network.clickpose import ClickPose", 1),
        ("gui.deep.down", "from ...network.clickpose import ClickPose", 1),
        ("gui.session", "from clickpose_app import app", 1),
        ("errors", "import numpy", 1),
        ("paths", "from clickpose_app import core", 1),
        ("app", "import torch", 1),
        ("app", "class C:\n    from torch import nn", 2),
        ("cli", "from clickpose_app.engine.torch_predictor import load_predictor", 1),
        ("cli", "from . import training", 1),
        ("__main__", "if True:\n    import clickpose_app.network.clickpose", 2),
        ("__init__", "from .engine import torch_predictor", 1),
        ("newcomer", "import torch", 1),
    ],
)
def test_a_breach_is_found_and_named(module: str, source: str, line: int) -> None:
    (found,) = breaches(source, f"clickpose_app.{module}")
    assert found.startswith(f"clickpose_app.{module}, line {line}: ")


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("core.edits", "import os.path, numpy as np, collections.abc"),
        ("core.edits", "from clickpose_app.core.geometry import Box\nfrom .geometry import Box"),
        ("core.__init__", "from . import geometry\nfrom .geometry import Box"),
        ("core.edits", "from clickpose_app import __version__, errors\nfrom .. import paths"),
        ("storage.images", "import cv2\nfrom PIL import Image\nfrom ..core import predictor"),
        ("engine.preprocess", "from clickpose_app.network import clickpose\nimport torch.nn"),
        ("formats.coco", "from clickpose_app.storage.skeletons import builtin_skeleton"),
        ("app", "def load():\n    import torch\n    from clickpose_app import engine"),
        ("app", "from clickpose_app.gui import session\nimport PySide6"),
        ("cli", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import torch"),
        ("cli", "load = lambda: __import__('torch')"),
    ],
)
def test_what_the_table_allows_is_no_breach(module: str, source: str) -> None:
    assert breaches(source, f"clickpose_app.{module}") == []


def test_the_window_and_the_command_line_start_without_torch() -> None:
    early = ("gui", "app", "cli", "cli_train", "cli_datasets", "demo", "doctor")
    modules = [
        module_of(path).removesuffix(".__init__")
        for path in FILES
        if module_of(path).split(".")[1] in early
    ]
    assert "clickpose_app.gui" in modules
    code = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]:\n"
        "    importlib.import_module(name)\n"
        "    assert 'torch' not in sys.modules, name + ' brings in torch'\n"
    )
    ran = subprocess.run([sys.executable, "-c", code, *modules], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
