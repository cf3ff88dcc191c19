"""The panel of three sliders for brightness, contrast and gamma."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSlider, QWidget

from clickpose_app.gui.image_look import LIMIT, ImageLook
from clickpose_app.gui.texts import text, tr

_ROWS = (
    ("brightness", text("Brightness")),
    ("contrast", text("Contrast")),
    ("gamma", text("Gamma")),
)


class LookPanel(QFrame):
    """Changes how images are shown, at once; a click beside it, or Esc, closes it."""

    look_changed = Signal(object)
    """The ImageLook that the sliders say."""

    def __init__(self, parent: QWidget) -> None:
        """Build it hidden; a popup, so that its keys are its own."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("lookPanel")
        self.setAccessibleName(tr("Image look"))
        self._look = ImageLook()
        self.sliders: dict[str, QSlider] = {}
        self._values: dict[str, QLabel] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setHorizontalSpacing(10)
        for row, (name, words) in enumerate(_ROWS):
            label, value, slider = QLabel(tr(words)), QLabel("0"), self._slider(name, tr(words))
            label.setBuddy(slider)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            value.setMinimumWidth(value.fontMetrics().horizontalAdvance("-100"))
            self.sliders[name], self._values[name] = slider, value
            for column, widget in enumerate((label, slider, value)):
                layout.addWidget(widget, row, column)
        hint = QLabel(tr("Only what you see: the network gets the image as it is."))
        hint.setWordWrap(True)
        layout.addWidget(hint, len(_ROWS), 0, 1, 3)
        self.reset = QPushButton(tr("&Reset"))
        self.reset.clicked.connect(lambda: self._say(ImageLook()))
        layout.addWidget(self.reset, len(_ROWS) + 1, 0, 1, 3, Qt.AlignmentFlag.AlignRight)

    def show_look(self, look: ImageLook) -> None:
        """Put the sliders where they belong, telling nobody."""
        self._look = look
        for name, slider in self.sliders.items():
            slider.blockSignals(True)
            slider.setValue(getattr(look, name))
            slider.blockSignals(False)
            self._values[name].setText(signed(getattr(look, name)))
        self.reset.setEnabled(not look.neutral)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """The first slider takes the keys."""
        super().showEvent(event)
        self.sliders["brightness"].setFocus()

    def _slider(self, name: str, words: str) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setAccessibleName(words)
        slider.setRange(-LIMIT, LIMIT)
        slider.setPageStep(10)
        slider.setFixedWidth(200)
        slider.valueChanged.connect(lambda value: self._say(replace(self._look, **{name: value})))
        return slider

    def _say(self, look: ImageLook) -> None:
        self.show_look(look)
        self.look_changed.emit(look)


def signed(value: int) -> str:
    """A number as the sliders show it: +10, 0, -10."""
    return f"{value:+d}" if value else "0"
