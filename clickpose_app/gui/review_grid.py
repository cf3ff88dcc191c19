"""One joint cropped from many people, side by side: outliers meet the eye."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from clickpose_app.core.joint_table import JointTable
from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.crops import Crops
from clickpose_app.gui.grid_cells import CELL_HEIGHT, CELL_WIDTH, CropDelegate, CropModel
from clickpose_app.gui.joint_scan import JointScan
from clickpose_app.gui.screen_room import resize_on_screen
from clickpose_app.gui.session import Session
from clickpose_app.gui.skeleton_words import joint_name
from clickpose_app.gui.texts import told_error, tr

_UNCERTAIN, _UNUSUAL = "uncertain", "unusual"


class GridView(QTableView):
    """A wall of crops, as many a row as fit."""

    chosen = Signal(QModelIndex)
    """A crop was clicked, or Enter was pressed on it."""
    fits = Signal(int)
    """How many crops fit in a row now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("reviewGrid")
        self.setAccessibleName(tr("Cut-outs around the joint"))
        self.setItemDelegate(CropDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header, size in (
            (self.horizontalHeader(), CELL_WIDTH),
            (self.verticalHeader(), CELL_HEIGHT),
        ):
            header.hide()
            header.setMinimumSectionSize(size)
            header.setDefaultSectionSize(size)
        self.clicked.connect(self.chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """More room, more crops a row."""
        super().resizeEvent(event)
        self.fits.emit(max(self.viewport().width() // CELL_WIDTH, 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Enter chooses; Left and Right go on in the next row, as in a text."""
        current, key = self.currentIndex(), event.key()
        model = self.model()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid():
            self.chosen.emit(current)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and isinstance(model, CropModel):
            step = 1 if key == Qt.Key.Key_Right else -1
            at = model.index_at(model.place(current) + step) if current.isValid() else model.first()
            if at.isValid():
                self.setCurrentIndex(at)
        else:
            super().keyPressEvent(event)


class ReviewGrid(QDialog):
    """Shows one joint of all people on the listed images; a click opens the image there."""

    target_chosen = Signal(int, str, int)
    """Image id, person id and keypoint index."""
    failed = Signal(str, str)
    """A sentence and a way out."""

    def __init__(self, session: Session, browser: Browser, parent: QWidget) -> None:
        """Start hidden and empty."""
        super().__init__(parent)
        self._session, self._browser = session, browser
        self._table: JointTable | None = None
        self._crops, self._scan = Crops(self), JointScan(self)
        self.model = CropModel(browser, self._crops, self)
        self._build()
        self.view.fits.connect(self._on_view_fits)
        self.view.chosen.connect(self._on_view_chosen)
        self.joint_box.activated.connect(self._arrange)
        self.order_box.activated.connect(self._arrange)
        self._crops.ready.connect(self._on_crops_ready)
        self._scan.progressed.connect(self._on_scan_progressed)
        self._scan.finished.connect(self._on_scan_finished)
        self._scan.failed.connect(self._on_scan_failed)
        session.annotation_changed.connect(self._on_session_annotation_changed)
        browser.list_changed.connect(self._on_browser_list_changed)
        browser.project_opened.connect(self.reject)

    def _build(self) -> None:
        self.setWindowTitle(tr("Review grid"))
        resize_on_screen(self, 940, 660)
        self.joint_box = QComboBox(self)
        self.joint_box.setAccessibleName(tr("Joint"))
        self.order_box = QComboBox(self)
        self.order_box.setAccessibleName(tr("Order of the cut-outs"))
        self.order_box.addItem(tr("Least certain first"), _UNCERTAIN)
        self.order_box.addItem(tr("Most unusual first"), _UNUSUAL)
        self.said = QLabel(self)
        hint = QLabel(tr("Click or Enter opens the image."), self)
        hint.setObjectName("hint")
        self.view = GridView(self)
        self.view.setModel(self.model)
        above = QHBoxLayout()
        above.setContentsMargins(10, 8, 10, 8)
        above.setSpacing(8)
        for widget in (self.joint_box, self.order_box, self.said):
            above.addWidget(widget)
        above.addStretch(1)
        above.addWidget(hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self.view, 1)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the actions of this part do."""
        return {"review_grid": self.start}

    def start(self) -> None:
        """Show the grid, beginning with the joint that is selected."""
        project = self._browser.project
        if project is None:
            return
        names = [joint_name(name) for name in project.skeleton.keypoints]
        if [self.joint_box.itemText(i) for i in range(self.joint_box.count())] != names:
            self.joint_box.clear()
            self.joint_box.addItems(names)
        if self._session.keypoint is not None:
            self.joint_box.setCurrentIndex(self._session.keypoint)
        self._table = None
        self.model.show(None, 0, np.zeros(0, dtype=np.int64))
        self.said.setText(tr("Reading people…"))
        self._scan.start(project.path)
        self.show()
        self.activateWindow()
        self.view.setFocus()

    def stop(self) -> None:
        """Read nothing more: the window closes."""
        self._scan.stop()
        self._crops.stop()

    def _arrange(self) -> None:
        if self._table is None:
            return
        k, images = self.joint_box.currentIndex(), self._browser.images
        ids = np.array([images.records[row].id for row in images.shown.tolist()], dtype=np.int64)
        among = self._table.of_images(ids)
        unusual = self.order_box.currentData() == _UNUSUAL
        order = self._table.most_unusual if unusual else self._table.least_certain
        rows = order(k, among)
        self.model.show(self._table, k, rows)
        said = tr("1 person") if len(rows) == 1 else tr("{count:,} people")
        self.said.setText(said.format(count=len(rows)))
        self.view.scrollToTop()
        self._go_to(self.model.first())

    def _go_to(self, index: QModelIndex) -> None:
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.view.selectionModel().setCurrentIndex(index, flags)

    def _on_view_fits(self, columns: int) -> None:
        place = self.model.place(self.view.currentIndex())
        if self.model.set_columns(columns):
            self._go_to(self.model.index_at(place))

    def _on_view_chosen(self, index: QModelIndex) -> None:
        target = self.model.target(index)
        if target is not None:
            self.target_chosen.emit(*target)

    def _on_crops_ready(self) -> None:
        self.view.viewport().update()

    def _on_scan_progressed(self, count: int) -> None:
        if self._table is None:
            self.said.setText(tr("Reading people… {count:,} images").format(count=count))

    def _on_scan_finished(self, table: JointTable) -> None:
        self._table = table
        # What was edited while the table was read.
        self._on_session_annotation_changed()
        self._arrange()

    def _on_scan_failed(self, what: str, error: Exception) -> None:
        self.reject()
        if isinstance(error, ClickPoseError):
            self.failed.emit(*told_error(error))
        else:
            said = tr("While {doing}: {kind}: {error}")
            kind = type(error).__name__
            self.failed.emit(said.format(doing=what.rstrip("…"), kind=kind, error=error), "")

    def _on_session_annotation_changed(self) -> None:
        record = self._browser.record
        if self._table is not None and record is not None and self.isVisible():
            self._table.update(record.id, self._session.annotation.people)
            self.view.viewport().update()

    def _on_browser_list_changed(self) -> None:
        if self.isVisible():
            self._arrange()
