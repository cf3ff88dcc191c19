"""Composition root of the window: wires project, network, session and widgets."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from clickpose_app.core.predictor import Predictor
from clickpose_app.gui import resume, theme
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.files import Exported
from clickpose_app.gui.inference import Inference
from clickpose_app.gui.main_window import MainWindow
from clickpose_app.gui.pixels import PictureLoader
from clickpose_app.gui.session import Session
from clickpose_app.paths import resources_dir

log = logging.getLogger(__name__)

_ICONS_AFTER_MS = 30  # their library and font take longer to load than the window to paint
_NETWORK_AFTER_MS = 150  # importing torch slows the first paint, so the window comes first


def make_window(load: Callable[[], Predictor]) -> MainWindow:
    """The window and everything behind it; load makes the predictor, on the worker thread."""
    loader = PictureLoader()
    inference = Inference(load)
    browser = Browser(loader, inference)
    session = Session(browser, inference)
    return MainWindow(session, browser, inference, loader, _export)


def run_window(path: Path | None, *, weights: Path | None = None, device: str = "auto") -> int:
    """Show the window until it is closed.

    Args:
        path: folder, image, COCO JSON or project to open; None for an empty window.
        weights: weights file; None for the shipped ones.
        device: ``auto``, ``cpu``, ``cuda`` or ``mps``.

    Returns:
        The exit code.
    """
    application = make_application()

    def load() -> Predictor:
        from clickpose_app.engine.torch_predictor import load_predictor

        return load_predictor(weights, device)

    window = make_window(load)
    _show_unexpected_errors(window)
    crashed = resume.crashed_project()
    resume.keep(window, crashed if path is None else None)
    window.show()
    path = crashed if path is None else path
    if path is not None:
        QTimer.singleShot(0, lambda: window.open_path(path))
    QTimer.singleShot(_ICONS_AFTER_MS, window.load_icons)
    QTimer.singleShot(_NETWORK_AFTER_MS, window.warm_up)
    # Ctrl+C in the terminal closes the window as its button does.
    signal.signal(signal.SIGINT, lambda *_: window.close())
    awake = QTimer()
    awake.timeout.connect(lambda: None)  # lets Python see the signal
    awake.start(500)
    return application.exec()


def make_application() -> QApplication:
    """The one QApplication, in the window's colours."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName("ClickPose")
    application.setOrganizationName("ClickPose")  # where QSettings are kept
    application.setDesktopFileName("clickpose")
    application.setStyle("Fusion")
    theme.apply(application, str(QSettings().value(theme.SETTING, theme.SYSTEM)))
    application.setWindowIcon(QIcon(str(resources_dir() / "icons" / "clickpose.svg")))
    return application


def _export(project: Path, out: Path) -> Exported:
    from clickpose_app.batch.export import export_project  # OpenCV is slow to import

    report = export_project(project, out)
    return Exported(report.images, report.people, (*report.failures, *report.findings))


def _show_unexpected_errors(window: MainWindow) -> None:
    """Let an error in a slot reach the person, as failures on the worker threads do."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        if isinstance(error, Exception):
            window.show_failure("doing that", error)

    sys.excepthook = hook
