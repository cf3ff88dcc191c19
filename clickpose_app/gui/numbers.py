"""The numbers: what the work has taken, and what the network has saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from clickpose_app.core.annotation import ImageState
from clickpose_app.core.work import Numbers, Sums
from clickpose_app.errors import ClickPoseError
from clickpose_app.formats.work_csv import write_work_csv
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.figures import (
    count_text,
    decimal_text,
    period_text,
    saved_text,
    time_text,
)
from clickpose_app.gui.screen_room import resize_on_screen
from clickpose_app.gui.stopwatch import Stopwatch
from clickpose_app.gui.texts import text, told_in_full, tr
from clickpose_app.gui.worker import Worker
from clickpose_app.storage.work import read_numbers

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_STATES = {
    ImageState.NEW: text("New"),
    ImageState.PREDICTED: text("Predicted"),
    ImageState.EDITED: text("Edited"),
    ImageState.REVIEWED: text("Reviewed"),
    ImageState.REJECTED: text("Rejected"),
}

_ROWS: tuple[tuple[str, Callable[[Sums], str]], ...] = (
    (text("Images finished"), lambda s: count_text(s.images)),
    (text("People finished"), lambda s: count_text(s.people)),
    (text("Active time"), lambda s: time_text(s.seconds)),
    (text("Time per person, median"), lambda s: time_text(s.person_seconds)),
    (text("Time per image, median"), lambda s: time_text(s.image_seconds)),
    (text("Clicks"), lambda s: count_text(s.clicks)),
    (text("Clicks per person"), lambda s: decimal_text(s.clicks_per_person)),
    (text("Clicks to place every joint by hand"), lambda s: count_text(s.by_hand)),
    (text("Clicks saved"), saved_text),
)


class NumbersRoom(QObject):
    """Opens the numbers of the project that is open."""

    notice = Signal(str)
    """A sentence for the status line."""

    def __init__(self, window: QWidget, browser: Browser, stopwatch: Stopwatch) -> None:
        """Show the dialog over the window."""
        super().__init__(window)
        self._window, self._browser, self._stopwatch = window, browser, stopwatch

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What the actions do."""
        return {"numbers": self.open}

    def open(self) -> None:
        """Show the numbers as they are now."""
        project = self._browser.project
        if project is None:
            self.notice.emit(tr("Nothing is open that could have numbers: open a folder first."))
            return
        self._stopwatch.write()
        NumbersDialog(project.path, self._window).open()


class NumbersDialog(QDialog):
    """Today's and all figures in a table, their course as plots, and the way to a CSV file."""

    def __init__(self, project: Path, parent: QWidget | None = None) -> None:
        """Begin to count; the figures come when they are there."""
        super().__init__(parent)
        self.setObjectName("numbers")
        self.setWindowTitle(tr("Numbers of {project}").format(project=project.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._project = project
        self._numbers = Numbers()
        self.cells: dict[str, tuple[QLabel, QLabel]] = {}
        self.states: dict[ImageState, QLabel] = {}
        self.total = QLabel()
        self.empty = QLabel(tr("Counting…"))
        self.empty.setObjectName("numbersEmpty")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.plots = QWidget()
        self._plot_row = QHBoxLayout(self.plots)
        self._plot_row.setContentsMargins(0, 0, 0, 0)
        self._plot_row.setSpacing(16)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self._build()
        worker = self._worker = Worker("numbers")
        self._worker.failed.connect(self._on_worker_failed)
        self._worker.submit(tr("counting…"), lambda: read_numbers(project), self.show_numbers)
        # However the dialog goes, also with its window: what comes later finds nobody.
        self.destroyed.connect(lambda: worker.close(0.0))

    def show_numbers(self, numbers: Numbers) -> None:
        """Show all figures."""
        self._numbers = numbers
        for state, cell in self.states.items():
            cell.setText(count_text(numbers.states[state]))
        self.total.setText(count_text(sum(numbers.states.values())))
        for name, figure in _ROWS:
            today, overall = self.cells[name]
            today.setText(figure(numbers.today))
            overall.setText(figure(numbers.overall))
        self.export_button.setEnabled(bool(numbers.people))
        if numbers.overall.clicks or numbers.overall.people:
            # The figures are painted first: plots are slow to come when they are the first ones.
            QTimer.singleShot(0, self, self._show_plots)
        else:
            self.empty.setText(
                tr("Nothing has been done yet. Correct a joint, and clicks begin to count.")
            )

    def export(self) -> None:
        """Ask where to, and write one row an image and person there."""
        proposed = self._project.with_suffix(".numbers.csv")
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Export numbers"), str(proposed), tr("CSV table (*.csv)")
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, out: Path) -> None:
        """Write the table, without asking."""
        try:
            rows = write_work_csv(out, self._numbers.people)
        except ClickPoseError as error:
            self.said.setText(told_in_full(error))
        else:
            self.said.setText(
                tr("Exported {count} rows to {path}.").format(count=count_text(rows), path=out)
            )

    def _build(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
        self.export_button = buttons.addButton(
            tr("&Export CSV…"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.export_button.setEnabled(False)
        self.export_button.setAutoDefault(False)
        self.export_button.clicked.connect(self.export)
        buttons.rejected.connect(self.reject)
        note = QLabel(
            tr(
                "Finished are people on images that you accepted, and those whom you corrected. "
                "Pauses over 30 seconds do not count. Saved is one click for every labelled "
                "joint of theirs, less all clicks that you spent."
            )
        )
        note.setWordWrap(True)
        note.setObjectName("numbersNote")
        note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(14)
        tables = QHBoxLayout()
        tables.setSpacing(72)
        tables.addLayout(self._figures_table())
        tables.addLayout(self._states_table())
        tables.addStretch(1)
        layout.addLayout(tables)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.plots, 1)
        layout.addWidget(note)
        layout.addWidget(self.said)
        layout.addWidget(buttons)
        self.plots.hide()
        resize_on_screen(self, 900, 680)

    def _figures_table(self) -> QGridLayout:
        grid = _grid(("", tr("Today"), tr("Overall")))
        for row, (name, _) in enumerate(_ROWS, start=2):
            grid.addWidget(QLabel(tr(name)), row, 0)
            self.cells[name] = (_cell(grid, row, 1), _cell(grid, row, 2))
            for cell, period in zip(self.cells[name], (tr("today"), tr("overall")), strict=True):
                cell.setAccessibleName(f"{tr(name)}, {period}")
        return grid

    def _states_table(self) -> QGridLayout:
        grid = _grid((tr("Images"), ""))
        grid.addWidget(self.total, 0, 1, _RIGHT)
        for row, (state, name) in enumerate(_STATES.items(), start=2):
            grid.addWidget(QLabel(tr(name)), row, 0)
            self.states[state] = _cell(grid, row, 1)
            self.states[state].setAccessibleName(tr("Images, {state}").format(state=tr(name)))
        grid.setRowStretch(len(_STATES) + 2, 1)
        return grid

    def _show_plots(self) -> None:
        from clickpose_app.gui.plots import Bar, bar_chart  # pyqtgraph is slow to import

        numbers = self._numbers

        def bars(figure: Callable[[Sums], float | None], show: Callable[[float], str]) -> list[Bar]:
            return [
                Bar(period_text(begin, by_hour=numbers.by_hour), value, show(value))
                for begin, sums in numbers.periods
                if (value := figure(sums)) is not None
            ]

        span = tr("by hour") if numbers.by_hour else tr("by day")
        for title, found in (
            (tr("Images finished, {span}"), bars(lambda s: s.images, lambda v: count_text(int(v)))),
            (tr("Clicks per person, {span}"), bars(lambda s: s.clicks_per_person, decimal_text)),
            (
                tr("Clicks saved in %, {span}"),
                bars(
                    lambda s: None if s.saved_share is None else 100 * s.saved_share,
                    lambda v: count_text(round(v)),
                ),
            ),
        ):
            chart = bar_chart(title.format(span=span), found, self.palette())
            self._plot_row.addWidget(chart)
        self.empty.hide()
        self.plots.show()

    def _on_worker_failed(self, _what: str, error: Exception) -> None:
        self.empty.setText(told_in_full(error))


def _grid(titles: tuple[str, ...]) -> QGridLayout:
    """A table's headings and the line below them; rows begin at 2."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(28)
    grid.setVerticalSpacing(5)
    for column, title in enumerate(titles):
        heading = QLabel(title)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        grid.addWidget(heading, 0, column, _RIGHT if column else _LEFT)
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setForegroundRole(QPalette.ColorRole.Mid)
    grid.addWidget(line, 1, 0, 1, len(titles))
    return grid


def _cell(grid: QGridLayout, row: int, column: int) -> QLabel:
    """A figure in a table, to be read, selected and copied."""
    cell = QLabel()
    cell.setMinimumWidth(64)
    cell.setAlignment(_RIGHT)
    cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    grid.addWidget(cell, row, column)
    return cell
