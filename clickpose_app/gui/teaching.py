"""Teaching the network the project's own skeleton, while work goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clickpose_app.core.annotation import ImageState
from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.own_network import OwnNetwork
from clickpose_app.gui.teaching_events import (
    Encoding,
    Finished,
    Measured,
    Saved,
    Started,
    Step,
    TeachingEvent,
)
from clickpose_app.gui.teaching_run import Asked, Ending, TeachingRun, forget, teaching_command
from clickpose_app.gui.texts import told_error, tr

LEAST_LABELS = 4
"""The program that teaches asks for so many labelled images."""

_LAST_MS = 8000  # for what runs when the window is closed


@dataclass
class Course:
    """How far teaching has come, for whoever looks.

    Attributes:
        started: what the program found to learn from; None before it has said so.
        looked: share of the images that were looked at, before the first step.
        step: the newest.
        losses: (share of the run in 0..1, loss) of every step that was told.
        measured: (share, PCK, OKS) on the held-out labels.
    """

    started: Started | None = None
    looked: float = 0.0
    step: Step | None = None
    losses: list[tuple[float, float]] = field(default_factory=list)
    measured: list[tuple[float, float, float]] = field(default_factory=list)


class Teaching(QObject):
    """Starts, pauses and ends the program that teaches, and lets better models take over.

    Attributes:
        own: the networks that the project has of its own.
        run: what teaches now; None while nothing does.
        course: of the newest run.
        said: the last thing to say about it: a sentence and a way out.
        command: the program that teaches.
    """

    changed = Signal()
    """Something of what is shown about it is different now."""
    notice = Signal(str)
    """A sentence for the status line."""

    def __init__(self, window: QWidget, own: OwnNetwork) -> None:
        """Teach what the own network's project holds; the dialog opens over the window."""
        super().__init__(window)
        self._window, self.own = window, own
        self._browser = own.browser
        self.run: TeachingRun | None = None
        self.course = Course()
        self.said = ("", "")
        self.pausing = False
        self.command = teaching_command()
        self._browser.closing.connect(self._on_browser_closing)
        self._browser.record_changed.connect(self.changed)
        own.changed.connect(self.changed)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What its action does."""
        return {"teach": self.open}

    def open(self) -> None:
        """Show the dialog, beside which work goes on."""
        from clickpose_app.gui.teaching_dialog import TeachingDialog

        if self._browser.project is None:
            self.notice.emit(tr("Open a folder of photographs first."))
            return
        dialog = self._window.findChild(TeachingDialog)
        if dialog is None:
            dialog = TeachingDialog(self, self._window)
        dialog.show()
        dialog.activateWindow()

    # What there is to know

    @property
    def labelled(self) -> int:
        """Images on which somebody worked."""
        done = (ImageState.EDITED, ImageState.REVIEWED)
        return sum(record.state in done for record in self._browser.records)

    @property
    def obstacle(self) -> str:
        """Why teaching cannot begin; empty if it can."""
        project = self._browser.project
        if project is None:
            return tr("Open a folder of photographs first.")
        if project.read_only:
            return tr("The project is open read-only: nothing can be changed.")
        if self.labelled < LEAST_LABELS:
            return tr(
                "Label at least {least} images by hand first; ten to twenty make a good beginning."
            ).format(least=LEAST_LABELS)
        return ""

    @property
    def paused(self) -> Asked | None:
        """The run that can be gone on with, if none is under way."""
        models = self.own.models
        return None if models is None or self.run is not None else models.run

    # What the person asks for

    def begin(self, minutes: float, *, unlabelled: bool) -> None:
        """Start a new run; its weights get a name of their own."""
        models, project = self.own.models, self._browser.project
        if models is None or project is None or self.run is not None or self.obstacle:
            return
        before = models.run
        if before is not None:
            forget(before)
        pictures = str(project.image_root) if unlabelled else ""
        asked = Asked(str(models.next_out()), minutes, pictures, self.labelled)
        self.course = Course()
        self._start(asked)

    def go_on(self) -> None:
        """Go on with the run that was paused."""
        asked = self.paused
        if asked is not None:
            self._start(asked)

    def pause(self) -> None:
        """Stop for now; what was learned is kept."""
        if self.run is not None:
            try:
                self.run.pause()
            except OSError as error:
                self._say(tr("Pausing failed: {reason}.").format(reason=error))
                return
            self.pausing = True
            self.changed.emit()

    def cancel(self) -> None:
        """End the run, or forget the paused one; models that are complete stay in the list."""
        if self.run is not None:
            self.run.cancel()
            return
        models, asked = self.own.models, self.paused
        if models is not None and asked is not None:
            forget(asked)
            models.run = None
            self._say(tr("Cancelled."))

    def close(self) -> None:
        """Stop what runs because the window goes; it can be gone on with."""
        run, self.run = self.run, None
        if run is not None:
            run.leave(_LAST_MS)

    def _start(self, asked: Asked) -> None:
        models, project = self.own.models, self._browser.project
        assert models is not None and project is not None
        try:
            models.run = asked
            run = TeachingRun(project.path, asked, self.command, self)
            run.told.connect(self._on_run_told)
            run.ended.connect(self._on_run_ended)
            self.run, self.pausing = run, False
            self.own.begin_run()
            self._say("")
            run.start()
        except (ClickPoseError, OSError) as error:
            self.run = None
            told = error if isinstance(error, ClickPoseError) else ClickPoseError(str(error))
            self._say(*told_error(told))

    def _say(self, sentence: str, way_out: str = "") -> None:
        self.said = (sentence, way_out)
        self.changed.emit()

    # What the program tells

    def _on_run_told(self, event: TeachingEvent) -> None:
        course = self.course
        match event:
            case Started():
                course.started = event
            case Encoding():
                course.looked = event.done / max(1, event.of)
            case Step():
                course.step = event
                course.losses.append((event.share, event.loss))
            case Measured(share=share, figures=figures):
                course.measured.append((share, figures.pck, figures.oks))
            case Saved(weights=weights, figures=figures):
                self.own.note(Path(weights), self._labels(), figures)
            case Finished(reason="done", weights=str(weights), figures=figures):
                self.own.note(Path(weights), self._labels(), figures, last=True)
            case _:
                pass
        self.changed.emit()

    def _labels(self) -> int:
        started = self.course.started
        if started is not None:
            return started.images + started.held_out
        return self.run.asked.images if self.run is not None else 0

    def _on_run_ended(self, ending: Ending, message: str, hint: str) -> None:
        run, models = self.run, self.own.models
        self.run, self.pausing = None, False
        assert run is not None and models is not None
        run.deleteLater()
        kept = ending is Ending.PAUSED or (ending is Ending.FAILED and run.asked.folder.exists())
        try:
            if not kept:
                models.run = None
        except ClickPoseError as error:
            message, hint = told_error(error)
        sentences = {
            Ending.DONE: tr("Teaching is done."),
            Ending.PAUSED: tr("Paused. What was learned so far is kept."),
            Ending.CANCELLED: tr("Cancelled."),
        }
        self._say(message or sentences.get(ending, ""), hint)
        self.notice.emit(self.said[0])

    def _on_browser_closing(self) -> None:
        run, self.run = self.run, None
        self.course, self.said = Course(), ("", "")
        if run is not None:
            run.let_go()
