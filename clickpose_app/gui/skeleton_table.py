"""The joints of a draft as a table that can be edited cell by cell."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from clickpose_app.core.skeleton_draft import SkeletonDraft
from clickpose_app.gui import palette
from clickpose_app.gui.skeleton_words import joint_name
from clickpose_app.gui.texts import text, tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole

NAME, TWIN, SIGMA, COLOUR = range(4)
_HEADERS = (text("Joint"), text("Mirrors"), text("Tolerance"), text("Colour"))
_TIPS = (
    text("The joint's name, as it stands in exported files"),
    text("The joint that this one becomes in a mirror image"),
    text("The sigma of OKS: how exactly this joint can be placed, as a part of a person's size"),
    text("The joint's own colour; without one it has that of its side"),
)


class JointTableModel(QAbstractTableModel):
    """Shows a draft and turns what is typed into the next draft."""

    edited = Signal(object)
    """The SkeletonDraft that a typed value makes."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with an empty draft."""
        super().__init__(parent)
        self.draft = SkeletonDraft("")

    def show(self, draft: SkeletonDraft) -> None:
        """Show another draft; a view keeps its place while the number of joints stays."""
        same = len(draft.joints) == len(self.draft.joints)
        if not same:
            self.beginResetModel()
        self.draft = draft
        if not same:
            self.endResetModel()
        elif draft.joints:
            last = self.index(len(draft.joints) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 (Qt's name)
        """One row a joint."""
        return 0 if parent.isValid() else len(self.draft.joints)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 (Qt's name)
        """As many as headers."""
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(  # noqa: N802 (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """Column titles, and what they mean."""
        if orientation == Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return tr(_HEADERS[section])
        if orientation == Qt.Orientation.Horizontal and role == _Role.ToolTipRole:
            return tr(_TIPS[section])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be typed but a colour, which has a dialog of its own."""
        flags = super().flags(index)
        return flags if index.column() == COLOUR else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """What a cell says."""
        if not index.isValid() or index.row() >= len(self.draft.joints):
            return None
        row, column = index.row(), index.column()
        joint = self.draft.joints[row]
        if role in (_Role.DisplayRole, _Role.EditRole):
            if column == NAME:
                return joint.name
            if column == TWIN:
                twin = self.draft.twin(row)
                if role == _Role.EditRole:
                    return -1 if twin is None else twin
                return "-" if twin is None else joint_name(self.draft.joints[twin].name)
            if column == SIGMA:
                return f"{joint.sigma:g}"
            return joint.colour or tr("side")
        if role == _Role.DecorationRole and column == COLOUR and joint.colour:
            return QColor(joint.colour)
        if role == _Role.ForegroundRole and column == COLOUR and not joint.colour:
            return palette.FAINT_TEXT
        return None

    def setData(  # noqa: N802 (Qt's name)
        self, index: Index, value: Any, role: int = _Role.EditRole
    ) -> bool:
        """Take a typed value; False for one that cannot be."""
        if role != _Role.EditRole or not index.isValid():
            return False
        row = index.row()
        joint = self.draft.joints[row]
        if index.column() == NAME:
            changed = self.draft.with_joint(row, replace(joint, name=str(value).strip()))
        elif index.column() == TWIN:
            changed = self.draft.with_twin(row, None if value is None or value < 0 else int(value))
        else:
            sigma = _positive(str(value))
            if sigma is None:
                return False
            changed = self.draft.with_joint(row, replace(joint, sigma=sigma))
        if changed != self.draft:
            self.edited.emit(changed)
        return True


class TwinDelegate(QStyledItemDelegate):
    """Lets a twin be chosen among the other joints."""

    def createEditor(  # noqa: N802 (Qt's name)
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """A list of joints, with nobody first."""
        del option
        model = index.model()
        assert isinstance(model, JointTableModel)
        box = QComboBox(parent)
        box.setAccessibleName(tr("The joint that this one mirrors"))
        box.addItem(tr("no other joint"), -1)
        for k, joint in enumerate(model.draft.joints):
            if k != index.row():
                box.addItem(joint_name(joint.name), k)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 (Qt's name)
        """Choose the present twin."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(index.data(_Role.EditRole)), 0))

    def setModelData(  # noqa: N802 (Qt's name)
        self, editor: QWidget, model: Any, index: Index
    ) -> None:
        """Hand the chosen twin over."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData(), _Role.EditRole)


def _positive(text_typed: str) -> float | None:
    try:
        number = float(text_typed.replace(",", "."))
    except ValueError:
        return None
    return number if 0 < number < math.inf else None
