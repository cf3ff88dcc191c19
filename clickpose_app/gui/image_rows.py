"""The rows of the image list: what each says, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from clickpose_app.core.annotation import ImageState
from clickpose_app.gui import palette
from clickpose_app.gui.image_list import ImageList
from clickpose_app.gui.marks import STATE_NAMES, state_icon
from clickpose_app.gui.texts import tr
from clickpose_app.gui.thumbnails import HEIGHT, WIDTH, Thumbnails
from clickpose_app.storage.project import ImageRecord

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
_RECORD = int(_Role.UserRole)
_PICTURE = int(_Role.UserRole) + 1
_MARGIN = 4
_MARK = 16
_UNSURE = (ImageState.PREDICTED, ImageState.EDITED)  # where it matters how unsure they are
ROW_HEIGHT = HEIGHT + 2 * _MARGIN
"""Of every row, in pixels."""


class ImageListModel(QAbstractListModel):
    """The images that are listed; shares the browser's columns, so 100,000 cost nothing."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._images = ImageList()
        self._thumbnails = thumbnails
        self._path_of: Callable[[int], Path | None] = lambda _: None

    def show(self, images: ImageList, path_of: Callable[[int], Path | None]) -> None:
        """Show what is listed now; path_of tells where the image of a row lies."""
        self.beginResetModel()
        self._images, self._path_of = images, path_of
        self.endResetModel()

    def refresh(self, row: int) -> None:
        """Show what the record of a row has become."""
        place = self._images.place(row)
        if place >= 0:
            index = self.index(place)
            self.dataChanged.emit(index, index)

    def row_of(self, index: Index) -> int:
        """The row of the record that is listed there."""
        return int(self._images.shown[index.row()])

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 (Qt's name)
        """One row a listed image."""
        return 0 if parent.isValid() else len(self._images.shown)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """File name, record, thumbnail, and all in words."""
        if not index.isValid() or index.row() >= len(self._images.shown):
            return None
        row = self.row_of(index)
        record = self._images.records[row]
        if role == _Role.DisplayRole:
            return record.file_name
        if role == _RECORD:
            return record
        if role == _PICTURE:
            path = self._path_of(row)
            return QImage() if path is None else self._thumbnails.get(path)
        if role == _Role.ToolTipRole:
            size = f" · {record.width} x {record.height}" if record.width else ""
            return f"{record.file_name}\n{state_words(record)}{size}"
        if role == _Role.AccessibleTextRole:
            return f"{record.file_name}, {state_words(record)}"
        return None


def state_words(record: ImageRecord) -> str:
    """How far the work on an image has come, in words: its state, its note."""
    words = tr(STATE_NAMES[record.state])
    if record.note:
        words = tr("{state}: {note}").format(state=words, note=record.note)
    return words


def row_width(metrics: QFontMetrics) -> int:
    """Room for a row without a note, in the language of the window."""
    said = tr("{state} · {need:.0%} unsure")
    states = [said.format(state=tr(STATE_NAMES[state]), need=0.99) for state in _UNSURE]
    beside = _MARGIN + WIDTH + _MARK + 24  # the gaps left and right of the words
    return beside + max(map(metrics.horizontalAdvance, states))


class ImageRowDelegate(QStyledItemDelegate):
    """Draws a thumbnail, the name, and below it the state and how uncertain the network is."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        style = QApplication.style()
        item = QStyle.PrimitiveElement.PE_PanelItemViewItem
        style.drawPrimitive(item, option, painter, option.widget)
        record = index.data(_RECORD)
        if not isinstance(record, ImageRecord):
            return
        painter.save()
        place: QRect = option.rect
        frame = QRect(place.left() + _MARGIN, place.top() + _MARGIN, WIDTH, HEIGHT)
        _draw_picture(painter, frame, index.data(_PICTURE))
        words = QRect(
            frame.right() + 8, frame.top() + 8, place.right() - frame.right() - 12, HEIGHT - 16
        )
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        _draw_words(painter, words, record, selected)
        painter.restore()


def _draw_picture(painter: QPainter, frame: QRect, image: object) -> None:
    if not isinstance(image, QImage) or image.isNull():
        painter.fillRect(frame, palette.PANEL)
        if isinstance(image, QImage):
            painter.setPen(palette.FAINT_TEXT)
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, tr("unreadable"))
        return
    size = image.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRect(0, 0, size.width(), size.height())
    target.moveCenter(frame.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, image)


def _draw_words(painter: QPainter, words: QRect, record: ImageRecord, selected: bool) -> None:
    upper = QRect(words.left(), words.top(), words.width(), words.height() // 2)
    lower = upper.translated(0, words.height() // 2)
    metrics = painter.fontMetrics()
    middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    elide = Qt.TextElideMode
    painter.setPen(palette.TEXT)
    name = metrics.elidedText(record.file_name, elide.ElideMiddle, upper.width())
    painter.drawText(upper, middle, name)
    mark = QRect(lower.left(), lower.center().y() - _MARK // 2, _MARK, _MARK)
    state_icon(record.state).paint(painter, mark)
    lower.setLeft(mark.right() + 6)
    below = state_words(record)
    if record.need is not None and record.state in _UNSURE:
        below = tr("{state} · {need:.0%} unsure").format(state=below, need=record.need)
    painter.setPen(palette.TEXT if selected else palette.FAINT_TEXT)
    painter.drawText(lower, middle, metrics.elidedText(below, elide.ElideRight, lower.width()))
