"""Widgets that several places of the window have alike."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QRectF, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QPushButton,
    QTableView,
)

from clickpose_app.core.geometry import Box

_ROW = 24


def rect_of(box: Box) -> QRectF:
    """A box as Qt's rectangle, in the same image pixels."""
    return QRectF(box.x1, box.y1, box.width, box.height)


def calm_table(name: str, title: str, model: QAbstractItemModel) -> QTableView:
    """A table of rows to choose from, without lines; its first column takes what is free.

    Args:
        name: of the object.
        title: for those who hear rather than see it.
        model: what it shows.
    """
    view = QTableView()
    view.setObjectName(name)
    view.setAccessibleName(title)
    view.setModel(model)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setCornerButtonEnabled(False)
    # Tab goes from person to person, so it must not walk through cells.
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(_ROW)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return view


def grid_button(
    grid: QGridLayout, row: int, column: int, title: str, run: Callable[[], None]
) -> QPushButton:
    """A button in a grid; Return never presses it by chance."""
    button = QPushButton(title)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked=False: run())
    grid.addWidget(button, row, column)
    return button
