"""The picture between its two panels: who gets how much of the width."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_PICTURE = 0.45  # of the width; a window on a small or enlarged screen has narrower panels


class DeskSplitter(QSplitter):
    """Gives the panels what they want, but never so much that the picture suffers.

    Once a hand has moved a line, it is as that person wants it.
    """

    def __init__(self, left: QWidget, picture: QWidget, right: QWidget, wanted: tuple[int, int]):
        """Put three widgets side by side.

        Args:
            left: panel.
            picture: gets what is left of the width.
            right: panel.
            wanted: widths of the two panels.
        """
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("panels")
        self.setChildrenCollapsible(False)
        self._wanted = wanted
        self._shared_by_hand = False
        for widget, stretch in ((left, 0), (picture, 1), (right, 0)):
            self.addWidget(widget)
            self.setStretchFactor(self.count() - 1, stretch)
        self.splitterMoved.connect(self._on_splitter_moved)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Share the width anew."""
        super().resizeEvent(event)
        if self._shared_by_hand:
            return
        width = self.width() - 2 * self.handleWidth()
        room = (1 - _PICTURE) * width
        share = min(1.0, room / sum(self._wanted))
        left, right = (round(share * wanted) for wanted in self._wanted)
        self.setSizes([left, width - left - right, right])

    def restoreState(self, state: QByteArray | bytes | bytearray | memoryview) -> bool:  # noqa: N802
        """Share the width as it was shared before."""
        self._shared_by_hand = super().restoreState(state)
        return self._shared_by_hand

    def _on_splitter_moved(self) -> None:
        self._shared_by_hand = True
