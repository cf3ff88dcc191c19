"""Item models of the lists of people and keypoints; that of images is in image_rows.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from clickpose_app.core.annotation import Person
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui import palette
from clickpose_app.gui.marks import VISIBILITY_NAMES, joint_icon
from clickpose_app.gui.skeleton_words import joint_name
from clickpose_app.gui.texts import text, tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class PersonTableModel(QAbstractTableModel):
    """The people of an image: number, score, joints placed by hand."""

    HEADERS = (text("Person"), text("Score"), text("By hand"))

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._people: tuple[Person, ...] = ()

    def show(self, people: tuple[Person, ...]) -> None:
        """Show these people; a view keeps its selection while they stay the same ones."""
        same = [p.id for p in people] == [p.id for p in self._people]
        if not same:
            self.beginResetModel()
        self._people = people
        if not same:
            self.endResetModel()
        elif people:
            last = self.index(len(people) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def person_id(self, row: int) -> str:
        """Id of the person in a row."""
        return self._people[row].id

    def row(self, person_id: str | None) -> int:
        """Row of a person, or -1."""
        return next((i for i, p in enumerate(self._people) if p.id == person_id), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 (Qt's name)
        """One row a person."""
        return 0 if parent.isValid() else len(self._people)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 (Qt's name)
        """As many as headers."""
        return 0 if parent.isValid() else len(self.HEADERS)

    def headerData(  # noqa: N802 (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """Column titles."""
        return _header(self.HEADERS, section, orientation, role)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """What a cell says."""
        if not index.isValid() or index.row() >= len(self._people):
            return None
        person = self._people[index.row()]
        if role == _Role.TextAlignmentRole and index.column() > 0:
            return _RIGHT
        if role != _Role.DisplayRole:
            return None
        if index.column() == 0:
            return f"{index.row() + 1}" + (" " + tr("(crowd)") if person.is_crowd else "")
        if index.column() == 1:
            return "-" if person.score is None else f"{person.score:.0%}"
        placed = sum(k.pinned and k.labelled for k in person.keypoints)
        labelled = sum(k.labelled for k in person.keypoints)
        return tr("{placed} of {labelled}").format(placed=placed, labelled=labelled)


def _header(headers: Sequence[str], section: int, orientation: Qt.Orientation, role: int) -> Any:
    if orientation != Qt.Orientation.Horizontal:
        return None
    if role == _Role.TextAlignmentRole and section == len(headers) - 1:
        return _RIGHT
    return tr(headers[section]) if role == _Role.DisplayRole else None


def _told(person: Person | None) -> list[tuple[object, ...]]:
    """What the table of keypoints says of each; not where it is."""
    return (
        [] if person is None else [(k.visibility, k.source, k.confidence) for k in person.keypoints]
    )


class KeypointTableModel(QAbstractTableModel):
    """The keypoints of the selected person; those not labelled are listed too."""

    HEADERS = (text("Joint"), text("Visibility"), text("Confidence"))
    VISIBILITY_COLUMN = 1

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._skeleton: Skeleton | None = None
        self._person: Person | None = None

    def show(self, skeleton: Skeleton | None, person: Person | None) -> None:
        """Show the keypoints of a person, or of nobody."""
        before = self.rowCount()
        after = 0 if skeleton is None or person is None else len(person.keypoints)
        if before != after:
            self.beginResetModel()
        told = [] if skeleton != self._skeleton else _told(self._person)
        self._skeleton, self._person = skeleton, person
        if before != after:
            self.endResetModel()
            return
        # A view asks for ten roles of each cell that it paints, and for all columns' widths at each
        # signal: so one signal, from the first to the last row that says something else.
        now = _told(person)
        changed = [row for row in range(after) if not told or told[row] != now[row]]
        if changed:
            last = self.index(changed[-1], self.columnCount() - 1)
            self.dataChanged.emit(self.index(changed[0], 0), last)

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 (Qt's name)
        """One row a keypoint."""
        if parent.isValid() or self._person is None or self._skeleton is None:
            return 0
        return len(self._person.keypoints)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 (Qt's name)
        """As many as headers."""
        return 0 if parent.isValid() else len(self.HEADERS)

    def headerData(  # noqa: N802 (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """Column titles."""
        return _header(self.HEADERS, section, orientation, role)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """What a cell says."""
        if self._person is None or self._skeleton is None or index.row() >= self.rowCount():
            return None
        keypoint, column = self._person.keypoints[index.row()], index.column()
        if role == _Role.DisplayRole:
            if column == 0:
                return joint_name(self._skeleton.keypoints[index.row()])
            if column == 1:
                return tr(VISIBILITY_NAMES[keypoint.visibility])
            if keypoint.pinned:
                return tr("placed") if keypoint.labelled else tr("left out")
            return "-" if keypoint.confidence is None else f"{keypoint.confidence:.0%}"
        if role == _Role.DecorationRole and column == 0:
            colours = self._skeleton.colours
            own = colours[index.row()] if colours else ""
            return joint_icon(self._skeleton.side(index.row()), keypoint, own)
        if role == _Role.ForegroundRole and not keypoint.labelled:
            return palette.FAINT_TEXT
        if role == _Role.TextAlignmentRole and column == 2:
            return _RIGHT
        if role == _Role.ToolTipRole and column == 1:
            return tr("Click to change: visible, occluded, not labelled")
        return None
