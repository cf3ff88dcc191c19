"""What the tour shows: a joint, the buttons that help with it, and the way through the images."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QToolBar, QWidget

from clickpose_app.gui.keymap import shown_key
from clickpose_app.gui.texts import tr
from clickpose_app.gui.tour import Stop

if TYPE_CHECKING:
    from clickpose_app.gui.main_window import MainWindow

_JOINT = 44  # pixels of the hole around a joint
_LIST_HEIGHT = 260  # enough of a long list


def stops_of(window: MainWindow) -> tuple[Stop, ...]:
    """The three stops of a window that shows a picture."""
    undo = shown_key(next(iter(window.shell.keymap.keys("undo")), ""))
    joint = _Joint(window)
    return (
        Stop(
            tr("Correct a joint"),
            tr(
                "Drag a joint to where it belongs; you can do so now. It stays there for good, "
                "and the other joints of that person follow by themselves."
            ),
            lambda: [joint.place()],
        ),
        Stop(
            tr("Who follows, and the way back"),
            tr(
                "“Others follow” switches that off and on. Undo ({key}) takes back your move "
                "together with what followed from it."
            ).format(key=undo),
            lambda: _buttons(window, ("undo", "redo", "refining")),
        ),
        Stop(
            tr("On to the next picture"),
            tr(
                "All pictures are in this list; every change is kept at once, so there is "
                "nothing to save. Export writes COCO JSON for your training."
            ),
            lambda: [_images(window), *_buttons(window, ("export",))],
        ),
    )


class _Joint:
    """The joint that the network is surest of, wherever it is now."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._chosen: tuple[str, int] | None = None

    def place(self) -> QRect:
        """Around the joint; the whole picture if there is nobody."""
        window, canvas = self._window, self._window.canvas
        spots = self._spots()
        if self._chosen not in spots:
            self._chosen = max(spots, key=lambda joint: spots[joint][0], default=None)
        if self._chosen is None:
            return _in_window(canvas, window)
        middle = canvas.viewport().mapTo(window, spots[self._chosen][1])
        return QRect(middle - QPoint(_JOINT // 2, _JOINT // 2), QSize(_JOINT, _JOINT))

    def _spots(self) -> dict[tuple[str, int], tuple[float, QPoint]]:
        """Every joint that can be seen: how sure it is and where it is drawn."""
        canvas = self._window.canvas
        inside = canvas.viewport().rect()
        found: dict[tuple[str, int], tuple[float, QPoint]] = {}
        if canvas.image_size.isEmpty():
            return {}  # the next picture is on its way, and nobody is drawn yet
        for person in self._window.session.annotation.people:
            xy = canvas.shown_xy(person.id)
            for k, keypoint in enumerate(person.keypoints):
                spot = canvas.mapFromScene(float(xy[k, 0]), float(xy[k, 1]))
                if keypoint.labelled and inside.contains(spot):
                    found[person.id, k] = (keypoint.confidence or 0.0, spot)
        return found


def _buttons(window: MainWindow, names: Sequence[str]) -> list[QRect]:
    """The tool bar's buttons of these actions."""
    places = []
    for bar in window.findChildren(QToolBar):
        for name in names:
            button = bar.widgetForAction(window.actions_by_name[name])
            if button is not None and button.isVisible():
                places.append(_in_window(button, window))
    return places


def _images(window: MainWindow) -> QRect:
    place = _in_window(window.images, window)
    place.setHeight(min(place.height(), _LIST_HEIGHT))
    return place


def _in_window(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())
