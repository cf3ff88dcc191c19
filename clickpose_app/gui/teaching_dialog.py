"""The dialog of teaching: begin, look on, pause, cancel, and go back to another model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt, QTimer
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from clickpose_app.gui.figures import NOTHING, count_text, decimal_text, time_text
from clickpose_app.gui.screen_room import resize_on_screen
from clickpose_app.gui.taught_models import TaughtModel
from clickpose_app.gui.texts import text, tr

if TYPE_CHECKING:
    from clickpose_app.gui.curves import CurveChart
    from clickpose_app.gui.teaching import Teaching

_MINUTES = 15
_ROUGH = 20  # held-out images below which figures are said to be rough
_NUMBERS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NAME = Qt.ItemDataRole.UserRole
_COLUMNS = (
    text("Model"),
    text("Date"),
    text("Labelled"),
    text("Held out"),
    text("Found"),
    text("Joints right"),
    text("OKS"),
    text("Clicks"),
)


class TeachingDialog(QDialog):
    """Shows what the room of teaching knows; stays open beside the work."""

    def __init__(self, teaching: Teaching, parent: QWidget) -> None:
        """Show that room, over that window."""
        super().__init__(parent)
        self.setObjectName("teaching")
        self.setWindowTitle(tr("Teach the network"))
        self._teaching = teaching
        self.said, self.left, self.rest = QLabel(), QLabel(), QLabel()
        self.minutes, self.unlabelled = QSpinBox(), QCheckBox()
        self.begin_button = QPushButton(tr("&Teach"))
        self.pause_button, self.cancel_button = QPushButton(tr("&Pause")), QPushButton()
        self.bar, self.models = QProgressBar(), QTreeWidget()
        self.use_button = QPushButton(tr("&Use this model"))
        self.plots = QWidget()
        self.loss: CurveChart | None = None
        self.accuracy: CurveChart | None = None
        self._build()
        self.begin_button.clicked.connect(self._on_begin_clicked)
        self.pause_button.clicked.connect(self._on_pause_clicked)
        self.cancel_button.clicked.connect(teaching.cancel)
        self.use_button.clicked.connect(self._on_use_clicked)
        self.models.itemSelectionChanged.connect(self._show_buttons)
        self._shown_models: object = None
        # Many events come at once where a run goes on; what is shown follows now and then.
        self._soon = QTimer(self, singleShot=True, interval=100)
        self._soon.timeout.connect(self.refresh)
        teaching.changed.connect(self._on_teaching_changed)
        teaching.own.remaining.changed.connect(self._on_teaching_changed)
        self.refresh()
        # pyqtgraph is slow to import; the dialog is painted first.
        QTimer.singleShot(0, self, self._make_plots)

    # Building

    def _build(self) -> None:
        for label in (self.said, self.left, self.rest):
            label.setWordWrap(True)
        self.rest.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.minutes.setRange(1, 600)
        self.minutes.setValue(_MINUTES)
        self.minutes.setSuffix(" " + tr("min"))
        self.minutes.setAccessibleName(tr("How long to teach, in minutes"))
        self.unlabelled.setText(tr("Learn from the images without labels, too"))
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(tr("How far teaching has come"))
        self.bar.setTextVisible(False)
        for button in (
            self.begin_button,
            self.pause_button,
            self.cancel_button,
            self.use_button,
        ):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(self._begin_row())
        layout.addLayout(self._course_row())
        layout.addWidget(self.left)
        layout.addWidget(self.said)
        self._plot_row = QHBoxLayout(self.plots)
        self._plot_row.setContentsMargins(0, 0, 0, 0)
        self._plot_row.setSpacing(16)
        layout.addWidget(self.plots, 2)
        self._build_models()
        layout.addWidget(self.models, 1)
        below = QHBoxLayout()
        below.addWidget(self.rest, 1)
        below.addWidget(self.use_button)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
        close.rejected.connect(self.reject)
        below.addWidget(close)
        layout.addLayout(below)
        resize_on_screen(self, 900, 640)

    def _begin_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.labels = QLabel()
        self.labels.setWordWrap(True)
        row.addWidget(self.labels, 1)
        row.addWidget(self.unlabelled)
        row.addWidget(self.minutes)
        row.addWidget(self.begin_button)
        return row

    def _course_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.bar, 1)
        row.addWidget(self.pause_button)
        row.addWidget(self.cancel_button)
        self.cancel_button.setText(tr("C&ancel"))
        return row

    def _build_models(self) -> None:
        tree = self.models
        tree.setObjectName("taughtModels")
        tree.setAccessibleName(tr("Models of this project"))
        tree.setHeaderLabels([tr(column) for column in _COLUMNS])
        tree.headerItem().setTextAlignment(0, Qt.AlignmentFlag.AlignVCenter)
        for column in range(1, len(_COLUMNS)):
            tree.headerItem().setTextAlignment(column, _NUMBERS)
        tree.headerItem().setToolTip(
            2, tr("Images that it was taught from, held-out ones included")
        )
        tree.headerItem().setToolTip(3, tr("Labelled images that only the figures come from"))
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.headerItem().setToolTip(5, tr("Joints within 5 % of the longer side of the box"))
        tree.headerItem().setToolTip(
            7, tr("Clicks to OKS 0.90 for each, of all that placing every joint takes")
        )

    def _make_plots(self) -> None:
        from clickpose_app.gui.curves import CurveChart

        palette = self.palette()
        self.loss = CurveChart(tr("Loss"), palette, marked=False, top=None)
        title = tr("Joints right on held-out images, in %")
        self.accuracy = CurveChart(title, palette, marked=True, top=100)
        for chart in (self.loss, self.accuracy):
            self._plot_row.addWidget(chart)
        self._show_plots()

    # Showing

    def refresh(self) -> None:
        """Show everything as it is now."""
        teaching = self._teaching
        if teaching.own.models is None:
            self.reject()
            return
        self.labels.setText(
            teaching.obstacle
            or tr("{count} labelled images are there to learn from.").format(
                count=count_text(teaching.labelled)
            )
        )
        self.said.setText(" ".join(part for part in teaching.said if part))
        self.said.setVisible(bool(self.said.text()))
        self._show_course()
        self._show_plots()
        self._show_models()
        self._show_buttons()

    def _show_course(self) -> None:
        course, running = self._teaching.course, self._teaching.run is not None
        step = course.step
        # As long as it looks at the images, nobody knows how long that takes.
        self.bar.setRange(0, 1000 if step is not None or course.looked or not running else 0)
        self.bar.setValue(round(1000 * (step.share if step is not None else course.looked)))
        if not running:
            self.left.setText("")
        elif self._teaching.pausing:
            self.left.setText(tr("Pausing: what was learned is being written…"))
        elif course.started is None:
            self.left.setText(tr("Starting…"))
        elif step is None:
            self.left.setText(tr("Looking at the images…"))
        else:
            self.left.setText(
                tr("Step {step}: {time} left. Go on working meanwhile.").format(
                    step=count_text(step.step), time=time_text(step.left)
                )
            )
        self.left.setVisible(running)
        count = self._teaching.own.remaining.left
        images = tr("%n untouched image(s) still to be predicted anew", count) if count else ""
        self.rest.setText(images or self._warning())

    def _warning(self) -> str:
        """Whether figures can be believed."""
        models = self._teaching.own.models
        held = min((m.figures.images for m in models.models), default=0) if models else 0
        if not 0 < held < _ROUGH:
            return ""
        return tr("Few images are held out, so the figures are rough.")

    def _show_plots(self) -> None:
        course = self._teaching.course
        self.plots.setVisible(bool(course.losses or course.measured))
        if self.loss is not None and self.accuracy is not None:
            self.loss.show_points([(100 * share, loss) for share, loss in course.losses])
            self.accuracy.show_points([(100 * s, 100 * pck) for s, pck, _ in course.measured])

    def _show_models(self) -> None:
        models = self._teaching.own.models
        assert models is not None
        shown = (tuple(models.models), models.in_use)
        if shown == self._shown_models:
            return
        self._shown_models = shown
        chosen = self._chosen()
        self.models.clear()
        first = [tr("The network of the settings"), *[NOTHING] * (len(_COLUMNS) - 1)]
        for name, row in [("", first), *((m.name, _row(m)) for m in reversed(models.models))]:
            used = name == models.in_use
            item = QTreeWidgetItem([tr("{name} (in use)").format(name=row[0]) if used else row[0]])
            item.setData(0, _NAME, name)
            for column, cell in enumerate(row[1:], start=1):
                item.setText(column, cell)
                item.setTextAlignment(column, _NUMBERS)
            item.setToolTip(0, item.text(0))
            font = item.font(0)
            font.setBold(used)
            item.setFont(0, font)
            self.models.addTopLevelItem(item)
            if name == chosen:
                self.models.setCurrentItem(item)

    def _show_buttons(self) -> None:
        teaching = self._teaching
        running, paused = teaching.run is not None, teaching.paused is not None
        possible = not running and not teaching.obstacle
        for widget in (self.begin_button, self.minutes, self.unlabelled):
            widget.setEnabled(possible)
        self.begin_button.setText(tr("&Teach anew") if paused else tr("&Teach"))
        self.pause_button.setText(tr("&Go on") if paused else tr("&Pause"))
        self.pause_button.setEnabled(paused or (running and not teaching.pausing))
        self.cancel_button.setEnabled(running or paused)
        chosen, read_only = self._chosen(), self._read_only()
        self.use_button.setEnabled(
            chosen is not None and chosen != teaching.own.in_use and not read_only
        )

    def _chosen(self) -> str | None:
        items = self.models.selectedItems()
        return str(items[0].data(0, _NAME)) if items else None

    def _read_only(self) -> bool:
        project = self._teaching.own.browser.project
        return project is None or project.read_only

    # What the person does

    def _on_begin_clicked(self) -> None:
        self._teaching.begin(self.minutes.value(), unlabelled=self.unlabelled.isChecked())

    def _on_pause_clicked(self) -> None:
        if self._teaching.run is None:
            self._teaching.go_on()
        else:
            self._teaching.pause()

    def _on_use_clicked(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._teaching.own.choose(chosen)

    def _on_teaching_changed(self) -> None:
        if not self._soon.isActive():
            self._soon.start()


def _row(model: TaughtModel) -> list[str]:
    figures = model.figures
    day = QDate.fromString(model.day, Qt.DateFormat.ISODate)
    clicks = NOTHING
    if figures.clicks is not None:
        clicks = tr("{clicks} of {joints}").format(
            clicks=decimal_text(figures.clicks), joints=QLocale().toString(figures.joints, "f", 1)
        )
    return [
        model.name.removesuffix(".safetensors"),
        QLocale().toString(day, QLocale.FormatType.ShortFormat),
        count_text(model.labels),
        count_text(figures.images),
        _percent(figures.found),
        _percent(figures.pck),
        decimal_text(figures.oks),
        clicks,
    ]


def _percent(share: float) -> str:
    return tr("{percent} %").format(percent=QLocale().toString(100 * share, "f", 0))
