"""Three bubbles that show a newcomer what to do; once, and again from the Help menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QRegion
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clickpose_app.gui import palette
from clickpose_app.gui.texts import tr

_AROUND = 6  # pixels between what is shown and its frame
_APART = 14  # pixels between frame and bubble
_WIDTH = 420
_DIM = 150  # of 255: what lies below is still recognised
_FOLLOW_MS = 150  # what is shown may move: a pose follows, a panel is drawn wider


@dataclass(frozen=True)
class Stop:
    """One step of the tour.

    Attributes:
        title: in a word.
        explained: in two sentences.
        places: what it is about, as rectangles of the window; called again and again.
    """

    title: str
    explained: str
    places: Callable[[], Sequence[QRect]]


class Bubble(QFrame):
    """The words of one stop and the ways on."""

    onward = Signal()
    back = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Lay it out, without words."""
        super().__init__(parent)
        self.setObjectName("tourBubble")
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFixedWidth(_WIDTH)
        self._title, self._explained, self._count = QLabel(), QLabel(), QLabel()
        self._title.setObjectName("welcomeHeading")
        self._explained.setWordWrap(True)
        self._count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.skip = QPushButton(tr("Skip (Esc)"))
        self.before = QPushButton(tr("Back"))
        self.next = QPushButton(tr("Next"))
        self.next.setDefault(True)
        self.skip.clicked.connect(self.ended)
        self.before.clicked.connect(self.back)
        self.next.clicked.connect(self.onward)
        row = QHBoxLayout()
        row.addWidget(self._count)
        row.addStretch(1)
        for button in (self.skip, self.before, self.next):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(self._title)
        layout.addWidget(self._explained)
        layout.addLayout(row)

    @property
    def text(self) -> str:
        """Everything that it says now."""
        return f"{self._title.text()}\n{self._explained.text()}"

    def show_stop(self, stop: Stop, number: int, count: int) -> None:
        """Say the words of a stop."""
        self._title.setText(stop.title)
        self._explained.setText(stop.explained)
        self._count.setText(tr("{number} of {count}").format(number=number + 1, count=count))
        self.skip.setVisible(number + 1 < count)
        self.before.setVisible(number > 0)
        self.next.setText(tr("Done") if number + 1 == count else tr("Next"))
        self.setAccessibleName(self.text)
        self._explained.setMinimumHeight(self._explained.heightForWidth(_WIDTH - 34))
        self.adjustSize()
        self.next.setFocus()


class Tour(QWidget):
    """Lies over the window, dims it, and leaves holes that one can click through."""

    finished = Signal()
    """Seen to the end or skipped; the tour deletes itself."""

    def __init__(self, window: QWidget, stops: Sequence[Stop]) -> None:
        """Begin at the first stop, over that window."""
        super().__init__(window)
        self.setObjectName("tour")
        self._window = window
        self._stops = stops
        self._at = 0
        self._holes: list[QRect] = []
        self.bubble = Bubble(self)
        self.bubble.onward.connect(self._on_bubble_onward)
        self.bubble.back.connect(lambda: self._go(self._at - 1))
        self.bubble.ended.connect(self.end)
        self._follow = QTimer(self)
        self._follow.timeout.connect(self._place)
        self._follow.start(_FOLLOW_MS)
        # The window's own keys would take Esc before a widget of ours sees it.
        application = QApplication.instance()
        assert application is not None
        self._application = application
        application.installEventFilter(self)
        self.show()
        self.raise_()
        self._go(0)

    @property
    def number(self) -> int:
        """Which stop is shown, from 0."""
        return self._at

    @property
    def holes(self) -> list[QRect]:
        """What is shown now, in coordinates of the window."""
        return list(self._holes)

    def end(self) -> None:
        """Take everything away."""
        if self._follow.isActive():
            self._follow.stop()
            self._application.removeEventFilter(self)
            self.hide()
            self._paint_below()
            self.deleteLater()
            self.finished.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Esc ends the tour wherever the focus is."""
        ours = isinstance(watched, QWidget) and watched.window() is self._window
        escape = ours and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if escape and event.type() == QEvent.Type.KeyPress:
            self.end()
            return True
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Dim all but the holes; the mask keeps those clear."""
        painter = QPainter(self)
        dim = QColor(palette.CASING)
        dim.setAlpha(_DIM)
        painter.fillRect(event.rect(), dim)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(palette.LEFT, 3))
        for hole in self._holes:
            painter.drawRect(hole.adjusted(-2, -2, 1, 1))

    def _on_bubble_onward(self) -> None:
        if self._at + 1 < len(self._stops):
            self._go(self._at + 1)
        else:
            self.end()

    def _go(self, at: int) -> None:
        self._at = at
        self.bubble.show_stop(self._stops[at], at, len(self._stops))
        self._holes = []
        self._place()

    def _place(self) -> None:
        """Put the holes where things are now, and the bubble beside them."""
        around = (-_AROUND, -_AROUND, _AROUND, _AROUND)
        everything = QRect(QPoint(), self._window.size())
        places = self._stops[self._at].places()
        holes = [place.adjusted(*around).intersected(everything) for place in places]
        if holes == self._holes and self.size() == self._window.size():
            return
        self._holes = holes
        self.setGeometry(everything)
        clear = QRegion()
        for hole in holes:
            clear = clear.united(QRegion(hole))
        united = clear.boundingRect()
        self.bubble.move(beside(united, self.bubble.size(), everything))
        shown = QRegion(everything).subtracted(clear)
        self.setMask(shown.united(QRegion(self.bubble.geometry())))
        self.update()
        self._paint_below()

    def _paint_below(self) -> None:
        """Paint the window anew: Qt leaves a dim strip of the picture where a mask has shrunk."""
        for widget in self._window.findChildren(QWidget):
            widget.update()


def beside(place: QRect, size: QSize, inside: QRect) -> QPoint:
    """Where a bubble goes: right of a place, else left, below, above; else in its middle."""
    x = min(max(place.center().x() - size.width() // 2, _APART), inside.width() - size.width())
    y = min(max(place.center().y() - size.height() // 2, _APART), inside.height() - size.height())
    spots = (
        QPoint(place.right() + _APART, y),
        QPoint(place.left() - _APART - size.width(), y),
        QPoint(x, place.bottom() + _APART),
        QPoint(x, place.top() - _APART - size.height()),
    )
    return next((spot for spot in spots if inside.contains(QRect(spot, size))), QPoint(x, y))
