"""Finding one joint among many: a field above the list that hides all others."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QTableView, QWidget

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui.crowding import MANY_JOINTS
from clickpose_app.gui.skeleton_words import joint_name
from clickpose_app.gui.texts import tr


class JointFilter(QLineEdit):
    """Shows only the joints whose names hold the words typed; there for large skeletons only."""

    def __init__(self, view: QTableView, parent: QWidget | None = None) -> None:
        """Filter the rows of a view, one a keypoint in the skeleton's order."""
        super().__init__(parent)
        self._view = view
        self._names: tuple[str, ...] = ()
        self.setPlaceholderText(tr("Find a joint"))
        self.setAccessibleName(tr("Find a joint"))
        self.setClearButtonEnabled(True)
        self.hide()
        self.textChanged.connect(self._apply)
        view.model().modelReset.connect(self._apply)

    def show_skeleton(self, skeleton: Skeleton | None) -> None:
        """Say whose joints are listed."""
        names = () if skeleton is None else skeleton.keypoints
        if names != self._names:
            self._names = names
            self.clear()
            self.setVisible(len(names) > MANY_JOINTS)
            self._apply()

    def take_focus(self) -> None:
        """Let a joint be found with the keyboard: here, or in a list that is short anyway."""
        if self.isVisible():
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.selectAll()
        else:
            self._enter_list()

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window while it means to show all joints again."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Down or Enter go to the list, Esc shows all joints again."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter_list()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self._view.setFocus()
        else:
            super().keyPressEvent(event)

    def _enter_list(self) -> None:
        rows = range(self._view.model().rowCount(QModelIndex()))
        first = next((row for row in rows if not self._view.isRowHidden(row)), None)
        if first is not None:
            self._view.selectRow(first)
            self._view.setFocus()

    def _apply(self) -> None:
        words = self.text().lower().split()
        rows = self._view.model().rowCount(QModelIndex())
        for row, name in enumerate(self._names[:rows]):
            shown = joint_name(name).lower()
            self._view.setRowHidden(row, not all(word in shown for word in words))
