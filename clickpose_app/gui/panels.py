"""The panel on the right: people and keypoints; that of images is in image_panel.py."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui.joint_filter import JointFilter
from clickpose_app.gui.marks import VISIBILITY_NAMES
from clickpose_app.gui.models import KeypointTableModel, PersonTableModel
from clickpose_app.gui.panel_title import PanelTitle
from clickpose_app.gui.skeleton_words import joint_name
from clickpose_app.gui.texts import tr
from clickpose_app.gui.widgets import calm_table
from clickpose_app.storage.skeletons import builtin_skeleton

_PAD = 20  # pixels that a cell has beside its words
_BODY = 17  # joints that are seen at once where there is room
_CONFIDENCE = 2  # the column of the joints that is left out first
_FEW_PEOPLE = 4  # seen even where there is none


class PosePanel(QSplitter):
    """The people of the image, and the keypoints of the selected one."""

    target_chosen = Signal(object, object)
    """Person id and keypoint index; the latter may be None."""
    visibility_clicked = Signal(int)
    """Keypoint index whose visibility was clicked."""
    place_wanted = Signal(int)
    """Keypoint index that was double-clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setObjectName("poses")
        self.people = PersonTableModel(self)
        self.keypoints = KeypointTableModel(self)
        self.people_view = calm_table("people", tr("People"), self.people)
        self.keypoint_view = calm_table(
            "keypoints", tr("Joints of the selected person"), self.keypoints
        )
        self.keypoint_view.setIconSize(QSize(16, 16))
        self._people_title = PanelTitle("people", tr("People"))
        self._keypoint_title = PanelTitle("keypoints", tr("Joints"))
        self.addWidget(_titled(self._people_title, self.people_view))
        self.joint_filter = JointFilter(self.keypoint_view)
        self.addWidget(_titled(self._keypoint_title, self.joint_filter, self.keypoint_view))
        self.setChildrenCollapsible(False)
        self._shared_by_hand = False
        self.splitterMoved.connect(self._on_splitter_moved)
        self._person_id: str | None = None
        self._following = False
        self.people_view.selectionModel().selectionChanged.connect(self._on_people_selected)
        self.keypoint_view.selectionModel().selectionChanged.connect(self._on_keypoints_selected)
        self.keypoint_view.clicked.connect(self._on_keypoint_clicked)
        self.keypoint_view.doubleClicked.connect(self._on_keypoint_double_clicked)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Give the joints of a body room before the people, until a hand has moved the line.

        In a narrow panel names go before how sure the network is of them.
        """
        super().resizeEvent(event)
        self.keypoint_view.setColumnHidden(_CONFIDENCE, self.width() < self.wanted_width)
        if not self._shared_by_hand:
            least = _height(self._people_title, self.people_view, _FEW_PEOPLE)
            wanted = _height(self._keypoint_title, self.keypoint_view, _BODY)
            people = max(self.height() - self.handleWidth() - wanted, least)
            self.setSizes([people, max(self.height() - self.handleWidth() - people, 1)])

    def restoreState(self, state: QByteArray | bytes | bytearray | memoryview) -> bool:  # noqa: N802
        """Share the height as it was shared before."""
        self._shared_by_hand = super().restoreState(state)
        return self._shared_by_hand

    @property
    def wanted_width(self) -> int:
        """Room for the joints of a body in the language of the window."""
        width_of = self.keypoint_view.fontMetrics().horizontalAdvance
        columns = (
            [joint_name(name) for name in builtin_skeleton().keypoints],
            [tr(name) for name in (*VISIBILITY_NAMES.values(), KeypointTableModel.HEADERS[1])],
            [tr("placed"), tr("left out"), tr(KeypointTableModel.HEADERS[2])],
        )
        words = sum(max(map(width_of, column)) + _PAD for column in columns)
        icon = self.keypoint_view.iconSize().width()
        return words + icon + self.keypoint_view.verticalScrollBar().sizeHint().width()

    def show_annotation(
        self,
        annotation: ImageAnnotation,
        skeleton: Skeleton | None,
        person_id: str | None,
        keypoint: int | None,
    ) -> None:
        """Show the people, the keypoints of the selected one, and the selection."""
        self._following = True
        try:
            self._person_id = person_id
            self.people.show(annotation.people)
            row = self.people.row(person_id)
            person = annotation.people[row] if row >= 0 else None
            self.keypoints.show(skeleton, person)
            self.joint_filter.show_skeleton(skeleton)
            _select(self.people_view, row)
            _select(self.keypoint_view, -1 if keypoint is None else keypoint)
            count = len(annotation.people)
            self._people_title.setText(
                tr("People   {count}").format(count=count) if count else tr("People")
            )
            whose = (
                tr("Joints   person {number}").format(number=row + 1)
                if person is not None
                else tr("Joints")
            )
            self._keypoint_title.setText(whose)
        finally:
            self._following = False

    def _on_splitter_moved(self) -> None:
        self._shared_by_hand = True

    def _on_people_selected(self) -> None:
        rows = self.people_view.selectionModel().selectedRows()
        if not self._following and rows:
            self.target_chosen.emit(self.people.person_id(rows[0].row()), None)

    def _on_keypoints_selected(self) -> None:
        rows = self.keypoint_view.selectionModel().selectedRows()
        if not self._following and rows and self._person_id is not None:
            self.target_chosen.emit(self._person_id, rows[0].row())

    def _on_keypoint_clicked(self, index: QModelIndex) -> None:
        if index.column() == KeypointTableModel.VISIBILITY_COLUMN:
            self.visibility_clicked.emit(index.row())

    def _on_keypoint_double_clicked(self, index: QModelIndex) -> None:
        if index.column() != KeypointTableModel.VISIBILITY_COLUMN:
            self.place_wanted.emit(index.row())


def _height(title: QLabel, view: QTableView, rows: int) -> int:
    """What a list and its title need to show so many rows."""
    frame = 2 * view.frameWidth()
    header = view.horizontalHeader().sizeHint().height()
    row = view.verticalHeader().defaultSectionSize()
    return title.sizeHint().height() + frame + header + rows * row


def _titled(title: QLabel, *below: QWidget) -> QWidget:
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in (title, *below):
        layout.addWidget(widget)
    return box


def _select(view: QTableView, row: int) -> None:
    if row < 0:
        view.clearSelection()
        return
    rows = view.selectionModel().selectedRows()
    if not rows or rows[0].row() != row:
        view.selectRow(row)
