"""Curves that grow, in the window's colours. Imports pyqtgraph, so it is imported late."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from clickpose_app.gui.texts import tr

_MOST_POINTS = 400  # more than the plot has pixels; others are left out evenly


class CurveChart(QWidget):
    """A titled curve over the course of a run in percent; nothing in it can be dragged."""

    def __init__(self, title: str, palette: QPalette, *, marked: bool, top: float | None) -> None:
        """Start empty.

        Args:
            title: above the curve, and its accessible name.
            palette: of the window, whose colours it takes.
            marked: whether each value is a dot, for few of them.
            top: the highest value there can be; None to follow the values.
        """
        super().__init__()
        heading = QLabel(title)
        heading.setObjectName("plotTitle")
        plot = pyqtgraph.PlotWidget(background=palette.color(QPalette.ColorRole.Base))
        plot.setAccessibleName(title)
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.setMinimumSize(220, 130)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(heading)
        layout.addWidget(plot, 1)
        item = plot.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(False, False)
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.setPen(pyqtgraph.mkPen(palette.color(QPalette.ColorRole.Mid)))
            axis.setTextPen(pyqtgraph.mkPen(palette.color(QPalette.ColorRole.Text)))
            axis.enableAutoSIPrefix(False)
        item.getAxis("bottom").setLabel(tr("Share of the run, in %"))
        item.setXRange(0, 100, padding=0.02)
        self._top = top
        if top is not None:
            item.setYRange(0, top, padding=0.05)
        colour = palette.color(QPalette.ColorRole.Link)
        marks = {"symbol": "o", "symbolSize": 7, "symbolBrush": colour, "symbolPen": colour}
        pen = pyqtgraph.mkPen(colour, width=2)
        self.plot, self.curve = plot, item.plot(pen=pen, **(marks if marked else {}))
        self._item = item

    def show_points(self, points: Sequence[tuple[float, float]]) -> None:
        """Show (percent, value) in the order in which they came."""
        every = -(-len(points) // _MOST_POINTS) or 1
        shown = [*points[:-1:every], *points[-1:]]
        self.curve.setData([x for x, _ in shown], [y for _, y in shown])
        if self._top is None and shown:
            self._item.setYRange(0, max(y for _, y in shown), padding=0.05)
        last = f"{shown[-1][1]:.3g}" if shown else ""
        self.plot.setAccessibleDescription(last)
