"""The cells of the review grid: which person each shows, and how it is drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    Qt,
)
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from clickpose_app.core.joint_table import JointTable, Rows
from clickpose_app.gui import palette
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.crops import Crop, Crops
from clickpose_app.gui.texts import tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
PICTURE = int(_Role.UserRole)
"""Role of a cell's cut-out: a QImage, null if it cannot be read, None if it comes later."""

_SIDE = 96
_CAPTION = 18
_GAP = 4
CELL_WIDTH = _SIDE + 2 * _GAP
CELL_HEIGHT = _SIDE + _CAPTION + 2 * _GAP

_SHARE = 0.35  # of the longer side of the person's box
_SMALLEST = 16.0  # image pixels


class CropModel(QAbstractTableModel):
    """Rows of a JointTable in some order, so many a row of the grid."""

    def __init__(self, browser: Browser, crops: Crops, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._browser, self._crops = browser, crops
        self._table: JointTable | None = None
        self._k = 0
        self._order: Rows = np.zeros(0, dtype=np.int64)
        self._columns = 1

    def show(self, table: JointTable | None, k: int, order: Rows) -> None:
        """Show joint k of these rows of a table."""
        self.beginResetModel()
        self._table, self._k, self._order = table, k, order
        self._crops.forget()
        self.endResetModel()

    def set_columns(self, columns: int) -> bool:
        """Show so many a row; False if that is so already."""
        if columns == self._columns:
            return False
        self.beginResetModel()
        self._columns = columns
        self.endResetModel()
        return True

    def place(self, index: Index) -> int:
        """Place of a cell in the order, from 0; -1 for none."""
        return index.row() * self._columns + index.column() if index.isValid() else -1

    def index_at(self, place: int) -> QModelIndex:
        """The cell of a place; an invalid index where there is none."""
        if not 0 <= place < len(self._order):
            return QModelIndex()
        return self.index(place // self._columns, place % self._columns)

    def first(self) -> QModelIndex:
        """The first cell, if any."""
        return self.index_at(0)

    def target(self, index: Index) -> tuple[int, str, int] | None:
        """Image id, person id and keypoint index of a cell."""
        row = self._row(index)
        if row is None or self._table is None:
            return None
        return int(self._table.image_ids[row]), self._table.person_ids[row], self._k

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 (Qt's name)
        """As many as hold all people."""
        return 0 if parent.isValid() else -(-len(self._order) // self._columns)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 (Qt's name)
        """As many as fit."""
        return 0 if parent.isValid() else self._columns

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The last row of the grid may have cells that nobody is in."""
        return super().flags(index) if self._row(index) is not None else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """Confidence, cut-out, and whose it is in words."""
        row, table = self._row(index), self._table
        if row is None or table is None:
            return None
        if role == _Role.DisplayRole:
            if not table.labelled[row, self._k]:
                return tr("gone")
            if table.pinned[row, self._k]:
                return tr("placed")
            return f"{table.confidence[row, self._k]:.0%}"
        if role == PICTURE:
            crop = self._crop(table, row)
            return QImage() if crop is None else self._crops.get(crop)
        if role in (_Role.ToolTipRole, _Role.AccessibleTextRole):
            record = self._browser.record_of(int(table.image_ids[row]))
            return f"{record.file_name}, {self.data(index)}"
        return None

    def _row(self, index: Index) -> int | None:
        place = self.place(index)
        return int(self._order[place]) if 0 <= place < len(self._order) else None

    def _crop(self, table: JointTable, row: int) -> Crop | None:
        path = self._browser.path_of(self._browser.row_of(int(table.image_ids[row])))
        if path is None:
            return None
        x, y = (float(value) for value in table.xy[row, self._k])
        x1, y1, x2, y2 = (float(value) for value in table.box_xyxy[row])
        side = max(_SHARE * max(x2 - x1, y2 - y1), _SMALLEST)
        ratio = QGuiApplication.primaryScreen().devicePixelRatio()
        return Crop(path, x, y, side, round(_SIDE * ratio))


class CropDelegate(QStyledItemDelegate):
    """Draws a cut-out with its joint ringed, and below it how certain the network is."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        caption = index.data(_Role.DisplayRole)
        if caption is None:
            return
        place: QRect = option.rect
        frame = QRect(place.left() + _GAP, place.top() + _GAP, _SIDE, _SIDE)
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(place, option.palette.highlight())
            painter.setPen(QPen(palette.ACCENT, 2))
            painter.drawRect(place.adjusted(1, 1, -1, -1))
        image = index.data(PICTURE)
        if isinstance(image, QImage) and not image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(frame, image)
            _ring(painter, frame)
        else:
            painter.fillRect(frame, palette.PANEL)
            if isinstance(image, QImage):
                painter.setPen(palette.FAINT_TEXT)
                painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, tr("unreadable"))
        words = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        painter.setPen(option.palette.color(words))
        below = QRect(frame.left(), frame.bottom() + 1, _SIDE, _CAPTION)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(caption))
        painter.restore()


def _ring(painter: QPainter, frame: QRect) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    centre = QPointF(frame.left() + frame.width() / 2, frame.top() + frame.height() / 2)
    for colour, width in ((palette.CASING, 3.5), (palette.RIGHT, 1.5)):
        painter.setPen(QPen(colour, width))
        painter.drawEllipse(centre, 7.0, 7.0)
