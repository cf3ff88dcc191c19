"""The program that teaches, as a process of its own beside the window."""

from __future__ import annotations

import enum
import logging
import shutil
import sys
from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QProcess, Signal

from clickpose_app.gui.teaching_events import Failed, read_event
from clickpose_app.gui.texts import tr

log = logging.getLogger(__name__)

_EXIT_STOPPED = 3
_TOLD = 4000  # characters of what it said on standard error that are kept


class Asked(msgspec.Struct, frozen=True):
    """What a run is asked to do; the same again goes on where it was stopped.

    Attributes:
        out: the weights file.
        minutes: how long it learns.
        unlabelled: folder of pictures without labels; empty for none.
        images: labelled ones when it began.
    """

    out: str
    minutes: float
    unlabelled: str = ""
    images: int = 0

    @property
    def folder(self) -> Path:
        """What the program keeps beside the weights to go on from."""
        out = Path(self.out)
        return out.with_name(f"{out.stem}.adapt")

    @property
    def stop_file(self) -> Path:
        """Stops the program as soon as it is there."""
        out = Path(self.out)
        return out.with_name(f"{out.stem}.stop")


class Ending(enum.Enum):
    """How a sitting of a run has ended."""

    DONE = "done"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    FAILED = "failed"


def teaching_command() -> list[str]:
    """The program that teaches: this Python, or the frozen application itself."""
    program = [] if getattr(sys, "frozen", False) else ["-m", "clickpose_app"]
    return [sys.executable, *program, "adapt", "--priority", "low"]  # the window comes first


class TeachingRun(QObject):
    """One sitting: starts the program, tells its events, stops it."""

    told = Signal(object)
    """A TeachingEvent."""
    ended = Signal(object, str, str)
    """An Ending; for FAILED a sentence and a way out."""

    def __init__(self, project: Path, asked: Asked, command: list[str], parent: QObject) -> None:
        """Make ready to teach from a project; start() begins."""
        super().__init__(parent)
        self.asked = asked
        self._rest, self._said = b"", ""
        self._failure: Failed | None = None
        self._cancelled = self._over = False
        options = ["--minutes", f"{asked.minutes:g}", "--progress", "json"]
        if asked.unlabelled:
            options += ["--unlabelled", asked.unlabelled]
        options += ["--out", asked.out, "--stop-file", str(asked.stop_file)]
        self._process = QProcess(self)
        self._process.setProgram(command[0])
        self._process.setArguments([*command[1:], str(project), *options])
        self._process.readyReadStandardOutput.connect(self._on_process_output)
        self._process.readyReadStandardError.connect(self._on_process_error_output)
        self._process.finished.connect(self._on_process_finished)
        self._process.errorOccurred.connect(self._on_process_error)

    def start(self) -> None:
        """Start the program; its first event may take seconds to come."""
        self.asked.stop_file.unlink(missing_ok=True)
        self._process.start(QProcess.OpenModeFlag.ReadOnly)

    @property
    def running(self) -> bool:
        """Whether the program has not ended yet."""
        return self._process.state() is not QProcess.ProcessState.NotRunning

    def pause(self) -> None:
        """Let it write what it has and end; the same call goes on later."""
        self.asked.stop_file.touch()

    def cancel(self) -> None:
        """End it now, and forget what it would go on from; weights that are complete stay."""
        self._cancelled = True
        self._process.kill()

    def leave(self, patience_ms: int) -> None:
        """Stop because the window goes: wait a little, then end it; it can be gone on with."""
        self.blockSignals(True)
        if self.running:
            self.pause()
            if not self._process.waitForFinished(patience_ms):
                self._process.kill()
                self._process.waitForFinished()

    def let_go(self) -> None:
        """Pause without waiting, and without a further word."""
        self.blockSignals(True)
        # A process dies with its owner, and nobody else holds this one from now on.
        self.setParent(QCoreApplication.instance())
        self.pause()
        self._process.finished.connect(self.deleteLater)

    # What the program tells

    def _on_process_output(self) -> None:
        *lines, self._rest = (self._rest + self._process.readAllStandardOutput().data()).split(
            b"\n"
        )
        for line in lines:
            event = read_event(line)
            if isinstance(event, Failed):
                self._failure = event
            elif event is not None:
                self.told.emit(event)

    def _on_process_error_output(self) -> None:
        said = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
        self._said = (self._said + said)[-_TOLD:]

    def _on_process_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            message = tr("The program that teaches cannot be started: {reason}.")
            self._end(Ending.FAILED, message.format(reason=self._process.errorString()), "")

    def _on_process_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._on_process_output()
        self._on_process_error_output()
        self.asked.stop_file.unlink(missing_ok=True)
        if self._cancelled:
            forget(self.asked)
            self._end(Ending.CANCELLED)
        elif status is QProcess.ExitStatus.CrashExit:
            log.info("teaching was killed; it said: %s", self._said)
            self._end(
                Ending.FAILED,
                tr("The teaching was ended from outside, perhaps because memory ran out."),
                tr("Press Go on: it continues from what it kept last."),
            )
        elif code == 0:
            self._end(Ending.DONE)
        elif code == _EXIT_STOPPED:
            self._end(Ending.PAUSED)
        elif self._failure is not None:
            self._end(Ending.FAILED, *self._failure.in_window())
        else:
            log.info("teaching failed with code %d; it said: %s", code, self._said)
            last = next((line for line in reversed(self._said.splitlines()) if line.strip()), "")
            message = tr("The teaching stopped with an error: {reason}")
            self._end(Ending.FAILED, message.format(reason=last.removeprefix("clickpose: ")), "")

    def _end(self, ending: Ending, message: str = "", hint: str = "") -> None:
        if not self._over:
            self._over = True
            self.ended.emit(ending, message, hint)


def forget(asked: Asked) -> None:
    """Remove what a run would go on from, and what it was writing; never complete weights."""
    shutil.rmtree(asked.folder, ignore_errors=True)
    out = Path(asked.out)
    out.with_name(out.name + ".part").unlink(missing_ok=True)
