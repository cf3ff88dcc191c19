"""The side panels: images on the left, people and keypoints on the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QListView,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from clickpose_app.core.annotation import ImageAnnotation, ImageState
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui.joint_filter import JointFilter
from clickpose_app.gui.models import ImageListModel, KeypointTableModel, PersonTableModel
from clickpose_app.gui.panel_title import PanelTitle
from clickpose_app.storage.project import ImageRecord


class ImagePanel(QWidget):
    """The images of the project, and how far the work has come."""

    row_chosen = Signal(int)
    """The row of the image that was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.model = ImageListModel(self)
        self.view = QListView(self)
        self.view.setObjectName("images")
        self.view.setAccessibleName("Images")
        self.view.setModel(self.model)
        # Without this Qt measures every one of 100,000 rows.
        self.view.setUniformItemSizes(True)
        self.view.setIconSize(QSize(16, 16))
        self.view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._title = PanelTitle("images", "Images")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._title)
        layout.addWidget(self.view)
        self._edited: set[int] = set()
        self._records: list[ImageRecord] = []
        selection = self.view.selectionModel()
        selection.currentChanged.connect(self._on_view_current_changed)

    def show_records(self, records: list[ImageRecord]) -> None:
        """Show the images of another project."""
        self._records = records
        worked = (ImageState.EDITED, ImageState.REVIEWED)
        self._edited = {row for row, record in enumerate(records) if record.state in worked}
        self.model.show(records)
        self._show_title()

    def refresh(self, row: int) -> None:
        """Show what the record of a row has become."""
        if self._records[row].state in (ImageState.EDITED, ImageState.REVIEWED):
            self._edited.add(row)
        else:
            self._edited.discard(row)
        self.model.refresh(row)
        self._show_title()

    def show_row(self, row: int) -> None:
        """Mark the image that is shown."""
        if self.view.currentIndex().row() != row:
            self.view.setCurrentIndex(self.model.index(row))
        self._show_title()

    def _show_title(self) -> None:
        count, row = len(self._records), self.view.currentIndex().row()
        if count == 0:
            self._title.setText("Images")
        else:
            place = f"{row + 1:,} of {count:,}" if row >= 0 else f"{count:,}"
            self._title.setText(f"Images   {place} · {len(self._edited):,} edited")

    def _on_view_current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.row_chosen.emit(current.row())


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
        self.people_view = _table("people", "People", self.people)
        self.keypoint_view = _table("keypoints", "Joints of the selected person", self.keypoints)
        self.keypoint_view.setIconSize(QSize(16, 16))
        self._people_title = PanelTitle("people", "People")
        self._keypoint_title = PanelTitle("keypoints", "Joints")
        self.addWidget(_titled(self._people_title, self.people_view))
        self.joint_filter = JointFilter(self.keypoint_view)
        self.addWidget(_titled(self._keypoint_title, self.joint_filter, self.keypoint_view))
        self.setStretchFactor(0, 2)
        self.setStretchFactor(1, 3)
        self.setChildrenCollapsible(False)
        self._person_id: str | None = None
        self._following = False
        self.people_view.selectionModel().selectionChanged.connect(self._on_people_selected)
        self.keypoint_view.selectionModel().selectionChanged.connect(self._on_keypoints_selected)
        self.keypoint_view.clicked.connect(self._on_keypoint_clicked)
        self.keypoint_view.doubleClicked.connect(self._on_keypoint_double_clicked)

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
            self._people_title.setText(f"People   {count}" if count else "People")
            whose = f"Joints   person {row + 1}" if person is not None else "Joints"
            self._keypoint_title.setText(whose)
        finally:
            self._following = False

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


def _table(name: str, title: str, model: PersonTableModel | KeypointTableModel) -> QTableView:
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
    view.verticalHeader().setDefaultSectionSize(24)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return view


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
