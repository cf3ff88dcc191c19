"""Bar charts in the window's colours. Imports pyqtgraph, so it is imported when first needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

_SHOWN = 14  # bars; older ones are left out
_LABELS = 5  # below the bars, so that they stay apart
_ROOM = 1.25  # above the tallest bar, for its number


@dataclass(frozen=True)
class Bar:
    """One bar.

    Attributes:
        label: what stands below it.
        value: its height.
        text: what stands above it.
    """

    label: str
    value: float
    text: str


def bar_chart(title: str, bars: Sequence[Bar], palette: QPalette) -> QWidget:
    """A titled bar chart to look at; nothing in it can be dragged or zoomed.

    Args:
        title: above the chart, and its accessible name.
        bars: in the order of time; the newest are shown.
        palette: of the window, whose colours the chart takes.
    """
    bars = list(bars)[-_SHOWN:]
    chart = QWidget()
    heading = QLabel(title)
    heading.setObjectName("plotTitle")
    layout = QVBoxLayout(chart)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    layout.addWidget(heading)
    plot = pyqtgraph.PlotWidget(background=palette.color(QPalette.ColorRole.Base))
    plot.setAccessibleName(title)
    plot.setAccessibleDescription("; ".join(f"{bar.label}: {bar.text}" for bar in bars))
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plot.setMinimumSize(220, 150)
    item = plot.getPlotItem()
    item.setMenuEnabled(False)
    item.hideButtons()
    item.setMouseEnabled(False, False)
    _draw_axes(item, bars, palette)
    _draw_bars(item, bars, palette)
    layout.addWidget(plot, 1)
    return chart


def _draw_axes(item: pyqtgraph.PlotItem, bars: Sequence[Bar], palette: QPalette) -> None:
    line = pyqtgraph.mkPen(palette.color(QPalette.ColorRole.Mid))
    text = pyqtgraph.mkPen(palette.color(QPalette.ColorRole.Text))
    item.hideAxis("left")
    axis = item.getAxis("bottom")
    axis.setPen(line)
    axis.setTextPen(text)
    axis.setStyle(tickLength=0, hideOverlappingLabels=False)
    every = -(-len(bars) // _LABELS) or 1
    # Counted from the newest, which is the one that people look for.
    axis.setTicks(
        [[(i, bar.label) for i, bar in enumerate(bars) if (len(bars) - 1 - i) % every == 0]]
    )
    heights = [bar.value for bar in bars]
    low, high = min(0.0, *heights, 0.0), max(0.0, *heights, 0.0)
    item.setXRange(-0.9, max(len(bars), 4) - 0.1, padding=0)
    item.setYRange(low * _ROOM, (high or 1.0) * _ROOM, padding=0)


def _draw_bars(item: pyqtgraph.PlotItem, bars: Sequence[Bar], palette: QPalette) -> None:
    colour = palette.color(QPalette.ColorRole.Link)
    item.addItem(
        pyqtgraph.BarGraphItem(
            x=list(range(len(bars))),
            height=[bar.value for bar in bars],
            width=0.6,
            brush=pyqtgraph.mkBrush(colour),
            pen=pyqtgraph.mkPen(colour),
        )
    )
    font = QFont()
    font.setPointSizeF(max(7.0, font.pointSizeF() * 0.85))
    for i, bar in enumerate(bars):
        above = (0.5, 1.0) if bar.value >= 0 else (0.5, 0.0)
        number = pyqtgraph.TextItem(
            bar.text, color=palette.color(QPalette.ColorRole.Text), anchor=above
        )
        number.setFont(font)
        number.setPos(i, bar.value)
        item.addItem(number)
