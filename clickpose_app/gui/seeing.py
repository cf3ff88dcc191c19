"""Seeing the target: what helps the eye, wired to the canvas and remembered between sessions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, QSettings, Signal
from PySide6.QtGui import QAction

from clickpose_app.gui.canvas import Canvas
from clickpose_app.gui.image_look import LIMIT, ImageLook
from clickpose_app.gui.look_panel import LookPanel, signed
from clickpose_app.gui.session import Session
from clickpose_app.gui.texts import tr

_STEP = 10  # of brightness, for one press of a key
_MARGIN = 12  # screen pixels between the panel and the corner of the canvas

# Action -> where QSettings keeps it, and what it is at first. Isolating somebody is not
# remembered: who opens the next picture wants to see everybody.
_SWITCHES = {
    "magnifier": ("view/magnifier", True),
    "joint_names": ("view/joint_names", False),
    "keep_zoom": ("view/keep_zoom", False),
}
_LOOK = "view/look_"


class Seeing(QObject):
    """Magnifier, isolation, joint names, kept zoom and the look of images."""

    notice = Signal(str)
    """A sentence for the status line."""
    isolated = Signal(bool)
    """Whether only the selected person is to be seen."""

    def __init__(self, session: Session, canvas: Canvas) -> None:
        """Change how that canvas shows what the session holds."""
        super().__init__(canvas)
        self._session, self._canvas = session, canvas
        self._actions: Mapping[str, QAction] = {}
        self.look = ImageLook()
        self.panel = LookPanel(canvas)
        self.panel.look_changed.connect(self._on_panel_look_changed)
        session.selection_changed.connect(self._show_spotlight)
        session.annotation_changed.connect(self._show_spotlight)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each of its actions does."""
        return {
            "magnifier": lambda: self._on_switched("magnifier"),
            "isolate": self._on_isolate_toggled,
            "joint_names": lambda: self._on_switched("joint_names"),
            "keep_zoom": lambda: self._on_switched("keep_zoom"),
            "zoom_person": self.zoom_to_person,
            "look": self.open_panel,
            "brighter": lambda: self._brighten(_STEP),
            "darker": lambda: self._brighten(-_STEP),
        }

    def restore(self, actions: Mapping[str, QAction]) -> None:
        """Show things as they were shown last time."""
        self._actions = actions
        settings = QSettings()
        for name, (key, first) in _SWITCHES.items():
            # An INI file knows no booleans, only the words.
            on = str(settings.value(key, first)).lower() == "true"
            actions[name].setChecked(on)
            self._apply(name, on)
        values = {name: _number(settings.value(_LOOK + name, 0)) for name in self.panel.sliders}
        self._show_look(ImageLook(**values))

    def zoom_to_person(self) -> None:
        """Show the selected person as large as they go."""
        person = self._session.chosen_person()
        if person is None:
            return
        labelled = person.xy[person.labelled] if person.keypoints else person.xy
        self._canvas.zoom_to(person.box.grown_to(labelled))

    def open_panel(self) -> None:
        """Open the sliders in the corner of the picture."""
        self.panel.show_look(self.look)
        self.panel.adjustSize()
        corner = QPoint(self._canvas.width() - self.panel.width() - _MARGIN, _MARGIN)
        self.panel.move(self._canvas.mapToGlobal(corner))
        self.panel.show()

    def _on_switched(self, name: str) -> None:
        on = self._actions[name].isChecked()
        self._apply(name, on)
        QSettings().setValue(_SWITCHES[name][0], on)

    def _apply(self, name: str, on: bool) -> None:
        if name == "magnifier":
            self._canvas.magnifier.wanted = on
        elif name == "joint_names":
            self._canvas.people_layer.name_joints(on)
        else:
            self._canvas.keep_zoom = on

    def _on_isolate_toggled(self) -> None:
        on = self._actions["isolate"].isChecked()
        self._canvas.people_layer.isolate(on)
        self._show_spotlight()
        self.isolated.emit(on)
        if on and self._session.person is None:
            self.notice.emit(tr("Select a person, and all others disappear."))

    def _show_spotlight(self) -> None:
        person = self._session.person
        alone = self._actions["isolate"].isChecked() if self._actions else False
        box = person.box.grown_to(person.xy[person.labelled]) if person is not None else None
        self._canvas.show_spotlight(box if alone else None)

    def _on_panel_look_changed(self, look: ImageLook) -> None:
        self._show_look(look)
        settings = QSettings()
        for name in self.panel.sliders:
            settings.setValue(_LOOK + name, getattr(look, name))

    def _brighten(self, by: int) -> None:
        wanted = max(-LIMIT, min(LIMIT, self.look.brightness + by))
        self._on_panel_look_changed(replace(self.look, brightness=wanted))
        self.notice.emit(tr("Image brightness {value}").format(value=signed(wanted)))

    def _show_look(self, look: ImageLook) -> None:
        self.look = look
        self._canvas.show_look(look)


def _number(value: object) -> int:
    """What a settings file says, if it is a number in range; 0 otherwise."""
    try:
        number = int(str(value))
    except ValueError:
        return 0
    return max(-LIMIT, min(LIMIT, number))
