"""Composition root of the window: wires project, network, session and widgets."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from clickpose_app import log_file
from clickpose_app.core.predictor import Predictor
from clickpose_app.gui import language, resume, theme
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.cycles import CycleCollector
from clickpose_app.gui.exchange import Exchanger, Imported, Wanted
from clickpose_app.gui.exported import Exported
from clickpose_app.gui.inference import Inference
from clickpose_app.gui.main_window import MainWindow
from clickpose_app.gui.pixels import PictureLoader
from clickpose_app.gui.session import Session
from clickpose_app.gui.settings import Settings
from clickpose_app.gui.shell import LoadNetwork
from clickpose_app.gui.spare_memory import SpareMemory
from clickpose_app.gui.unexpected import UnexpectedErrors
from clickpose_app.paths import resources_dir

if TYPE_CHECKING:
    from clickpose_app.batch.conversion import ConversionReport

_ICONS_AFTER_MS = 30  # their library and font take longer to load than the window to paint
_NETWORK_AFTER_MS = 150  # importing torch slows the first paint, so the window comes first
# oneDNN keeps the code that it makes for each new size of an image: 25 MB, and up to 500 MB in all,
# too much for whoever sees photos of many sizes all day. One size takes up to 275 pieces.
_CODE_KEPT = "280"


def make_window(
    load: Callable[[], Predictor],
    *,
    settings: Settings | None = None,
    load_other: LoadNetwork | None = None,
    demo: Callable[[], Path] | None = None,
) -> MainWindow:
    """The window and everything behind it.

    Args:
        load: makes the predictor, on the worker thread.
        settings: of the person; those of the user of this computer if None.
        load_other: makes another predictor when the settings are changed; load if None.
        demo: makes the folder of sample pictures and says where it is; the person's own if None.
    """
    settings = Settings.of_user() if settings is None else settings
    # Read when a network computes for the first time.
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", _CODE_KEPT)
    loader = PictureLoader()
    inference = Inference(load)
    inference.activity_changed.connect(SpareMemory(inference).watch)
    browser = Browser(loader, inference)
    session = Session(browser, inference)
    other = load_other or (lambda _weights, _device: load())
    samples = demo or _working_copy
    exchanger = Exchanger(_import, _export_as)
    return MainWindow(
        session, browser, inference, loader, _export, settings, other, samples, exchanger
    )


def run_window(path: Path | None, *, weights: Path | None = None, device: str | None = None) -> int:
    """Show the window until it is closed.

    Args:
        path: folder, image, COCO JSON or project to open; None for an empty window.
        weights: weights file; None for what the settings say.
        device: ``auto``, ``cpu``, ``cuda`` or ``mps``; None for what the settings say.

    Returns:
        The exit code.
    """
    settings = Settings.of_user()
    settings.give(weights=weights, device=device)
    with log_file.logging_to(platformdirs.user_log_path("clickpose", appauthor=False)):
        return _run(settings, path)


def _run(settings: Settings, path: Path | None) -> int:
    """Show the window until it is closed; the exit code."""
    application = make_application(settings)
    CycleCollector(application)

    def load(weights: Path | None, device: str) -> Predictor:
        from clickpose_app.engine.loading import load_predictor

        return load_predictor(weights, device)

    window = make_window(
        lambda: load(settings.weights, settings.device), settings=settings, load_other=load
    )
    settings.theme_chosen.connect(lambda name: theme.apply(application, name))
    unexpected = UnexpectedErrors(window)
    unexpected.install()
    unexpected.copy_wanted.connect(window.shell.copy_diagnostics)
    crashed = resume.crashed_project()
    resume.keep(window, crashed if path is None else None)
    window.show()
    path = crashed if path is None else path
    if path is not None:
        QTimer.singleShot(0, lambda: window.open_path(path))
    QTimer.singleShot(_ICONS_AFTER_MS, window.load_icons)
    QTimer.singleShot(_NETWORK_AFTER_MS, window.warm_up)
    window.shell.offer_tour()
    close_on_interrupt(window)
    awake = QTimer()
    awake.timeout.connect(lambda: None)  # lets Python see the signal
    awake.start(500)
    code = application.exec()
    _leave_computing_threads(code)
    return code


def close_on_interrupt(window: MainWindow) -> None:
    """Let Ctrl+C in the terminal close the window as its button does."""
    # Not at once: Python calls this in the middle of whatever runs, an edit for example.
    signal.signal(signal.SIGINT, lambda *_: QTimer.singleShot(0, window.close))


def _leave_computing_threads(code: int) -> None:
    """End the process now if a thread outlived the patience of the window that closed.

    Everything is stored and closed by then. Python's own end would tear the thread out of what
    it computes, for which torch aborts the process.
    """
    own = threading.current_thread()
    if any(thread.daemon and thread is not own for thread in threading.enumerate()):
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def make_application(settings: Settings | None = None) -> QApplication:
    """The one QApplication, in the window's colours and in the language of the settings."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName("ClickPose")
    application.setOrganizationName("ClickPose")  # where QSettings are kept
    language.install(application, settings.language if settings is not None else "en")
    application.setDesktopFileName("clickpose")
    application.setStyle("Fusion")
    theme.apply(application, settings.theme if settings is not None else theme.SYSTEM)
    application.setWindowIcon(QIcon(str(resources_dir() / "icons" / "clickpose.svg")))
    return application


def _working_copy() -> Path:
    from clickpose_app.demo import working_copy  # OpenCV is slow to import

    return working_copy()


def _export(project: Path, out: Path) -> Exported:
    from clickpose_app.batch.conversion import export_project  # OpenCV is slow to import

    return _exported(export_project(project, out))


def _exported(report: ConversionReport) -> Exported:
    return Exported(report.images, report.people, report.left_out, report.losses, report.findings)


def _import(wanted: Wanted, project: Path) -> Imported:
    from clickpose_app.batch.conversion import opened, write_project
    from clickpose_app.formats.catalogue import recognised_around

    path, format_ = recognised_around(wanted.path)
    with opened(
        path, format=format_, images=wanted.images, described_by=wanted.described_by
    ) as source:
        report = write_project(source, project)
    return Imported(format_.title, report.images, report.people)


def _export_as(name: str, project: Path, out: Path) -> Exported:
    from clickpose_app.batch.conversion import export_project
    from clickpose_app.formats.catalogue import format_named

    return _exported(export_project(project, out, format_named(name)))
