"""What somebody who is asked for help wants to know, as text for the clipboard."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from clickpose_app import __version__
from clickpose_app.gui.about import libraries
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.inference import Inference
from clickpose_app.log_file import last_lines


def diagnostics(inference: Inference, browser: Browser) -> str:
    """Versions, the computer, what is open and the end of the log.

    The home folder is written as ~, because its name is often the person's.
    """
    screens = ", ".join(
        f"{s.size().width()}x{s.size().height()} at {s.devicePixelRatio():g}"
        for s in QGuiApplication.screens()
    )
    lines = [
        f"ClickPose {__version__}, Python {platform.python_version()}, Qt {qVersion()}",
        f"{platform.platform()}, {platform.machine()}",
        f"Qt platform {QGuiApplication.platformName()}; screens {screens}",
        f"Network: {_network(inference)}",
        f"Project: {_project(browser)}",
        "Libraries: " + ", ".join(f"{each.name} {each.version}" for each in libraries()),
        "",
        "Log:",
        last_lines() or "(none)",
    ]
    return "\n".join(lines).replace(str(Path.home()), "~")


def _network(inference: Inference) -> str:
    if inference.facts is not None:
        return inference.facts.description
    broken = inference.broken
    return "not loaded yet" if broken is None else f"{type(broken).__name__}: {broken}"


def _project(browser: Browser) -> str:
    if browser.project is None:
        return "none"
    kind = "read only" if browser.project.read_only else "writable"
    return f"{len(browser.records):,} images, {browser.project.skeleton.name}, {kind}"
