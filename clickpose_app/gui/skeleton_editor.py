"""The skeleton editor: joints, limbs, mirror pairs, colours and the figure, all by hand."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QColorDialog,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from clickpose_app.core.skeleton_draft import DraftFlaw, SkeletonDraft
from clickpose_app.gui.screen_room import resize_on_screen
from clickpose_app.gui.skeleton_figure import SkeletonFigure
from clickpose_app.gui.skeleton_table import NAME, TWIN, JointTableModel, TwinDelegate
from clickpose_app.gui.texts import text, tr
from clickpose_app.gui.widgets import calm_table, grid_button

_FLAWS = {
    DraftFlaw.NO_NAME: text("The skeleton has no name yet: type one above the table."),
    DraftFlaw.NO_JOINTS: text("The skeleton has no joints yet: press Add."),
    DraftFlaw.JOINT_WITHOUT_NAME: text("Joint {name} has no name: type one in the table."),
    DraftFlaw.NAME_TWICE: text("Two joints are called “{name}”: give one another name."),
}
_HINT = text(
    "Drag joints to where they belong on a person who looks at you; the wheel zooms. "
    "Keys: Page Up/Down another joint, arrows move it, L joins it to the next one chosen."
)


class SkeletonEditor(QDialog):
    """Changes a draft; every change is seen at once and can be undone."""

    def __init__(self, draft: SkeletonDraft, parent: QWidget | None = None) -> None:
        """Open a draft."""
        super().__init__(parent)
        self.setWindowTitle(tr("Edit skeleton"))
        self._undo: list[SkeletonDraft] = []
        self._redo: list[SkeletonDraft] = []
        self.draft = draft
        self.figure = SkeletonFigure(editable=True)
        self.name = QLineEdit(draft.name)
        self.name.setAccessibleName(tr("Name of the skeleton"))
        self.model = JointTableModel(self)
        self.table = self._make_table()
        self.flaw = QLabel()
        self.flaw.setWordWrap(True)
        self.flaw.setObjectName("skeletonFlaw")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._build()
        self._connect()
        self._show()
        self.select(0 if draft.joints else None)

    @property
    def selected(self) -> int | None:
        """The joint that the buttons act on."""
        row = self.table.currentIndex().row()
        return row if 0 <= row < len(self.draft.joints) else None

    def select(self, joint: int | None) -> None:
        """Choose a joint in the table and on the figure."""
        if joint is None:
            self.table.clearSelection()
        elif joint != self.table.currentIndex().row():
            self.table.setCurrentIndex(self.model.index(joint, NAME))
        self.figure.select(joint)

    def change(self, draft: SkeletonDraft) -> None:
        """Take another draft as the present one; a step that can be undone."""
        if draft != self.draft:
            self._undo.append(self.draft)
            self._redo.clear()
            self.draft = draft
            self._show()

    # Building

    def _make_table(self) -> QTableView:
        table = calm_table("draftJoints", tr("Joints of the skeleton"), self.model)
        table.setItemDelegateForColumn(TWIN, TwinDelegate(table))
        return table

    def _build(self) -> None:
        form = QFormLayout()
        form.addRow(tr("&Name"), self.name)
        hint = QLabel(tr(_HINT))
        hint.setWordWrap(True)
        left = QVBoxLayout()
        left.addWidget(self.figure, 1)
        left.addWidget(hint)
        right = QVBoxLayout()
        right.addLayout(form)
        right.addWidget(self.table, 1)
        right.addLayout(self._make_buttons())
        middle = QHBoxLayout()
        middle.addLayout(left, 1)
        middle.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(middle, 1)
        layout.addWidget(self.flaw)
        layout.addWidget(self.buttons)
        resize_on_screen(self, 1000, 680)

    def _make_buttons(self) -> QGridLayout:
        grid = QGridLayout()
        self.add = grid_button(grid, 0, 0, tr("&Add"), self._on_add)
        self.remove = grid_button(grid, 0, 1, tr("&Remove"), self._on_remove)
        self.up = grid_button(grid, 0, 2, tr("Move &up"), lambda: self._on_shift(-1))
        self.down = grid_button(grid, 0, 3, tr("Move &down"), lambda: self._on_shift(1))
        self.limbs = grid_button(grid, 1, 0, tr("Draw &limbs"), self._on_limbs)
        self.limbs.setCheckable(True)
        self.limbs.setToolTip(tr("Click two joints to join them, or to take their limb away"))
        self.colour = grid_button(grid, 1, 1, tr("&Colour…"), self._on_colour)
        self.plain = grid_button(grid, 1, 2, tr("Colour of its &side"), self._on_plain)
        return grid

    def _connect(self) -> None:
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.name.textEdited.connect(lambda name: self.change(self.draft.with_name(name)))
        self.model.edited.connect(self.change)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.figure.joint_clicked.connect(self.select)
        self.figure.joint_dropped.connect(lambda k, x, y: self.change(self.draft.moved(k, x, y)))
        self.figure.limb_drawn.connect(lambda a, b: self.change(self.draft.with_limb_toggled(a, b)))
        QShortcut(QKeySequence.StandardKey.Undo, self, self._on_undo)
        QShortcut(QKeySequence.StandardKey.Redo, self, self._on_redo)

    # What is shown

    def _show(self) -> None:
        selected = self.selected
        self.model.show(self.draft)
        self.figure.show_skeleton(self.draft.preview())
        if self.name.text() != self.draft.name:
            self.name.setText(self.draft.name)
        flaw = self.draft.flaw
        self.flaw.setText("" if flaw is None else tr(_FLAWS[flaw[0]]).format(name=flaw[1]))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(flaw is None)
        count = len(self.draft.joints)
        self.select(None if selected is None or count == 0 else min(selected, count - 1))
        self._show_buttons()

    def _show_buttons(self) -> None:
        chosen = self.selected
        for button in (self.remove, self.up, self.down, self.colour, self.plain):
            button.setEnabled(chosen is not None)
        if chosen is not None:
            self.up.setEnabled(chosen > 0)
            self.down.setEnabled(chosen < len(self.draft.joints) - 1)
            self.plain.setEnabled(bool(self.draft.joints[chosen].colour))
        self.limbs.setEnabled(len(self.draft.joints) > 1)

    def _on_row_changed(self) -> None:
        self.figure.select(self.selected)
        self._show_buttons()

    # What the buttons do

    def _on_add(self) -> None:
        self.change(self.draft.added())
        self.select(len(self.draft.joints) - 1)
        self.table.edit(self.table.currentIndex())

    def _on_remove(self) -> None:
        if self.selected is not None:
            self.change(self.draft.removed(self.selected))

    def _on_shift(self, step: int) -> None:
        chosen = self.selected
        if chosen is not None:
            self.change(self.draft.shifted(chosen, step))
            self.select(min(max(chosen + step, 0), len(self.draft.joints) - 1))

    def _on_limbs(self) -> None:
        self.figure.draw_limbs(self.limbs.isChecked())

    def _on_colour(self) -> None:
        chosen = self.selected
        if chosen is not None:
            present = QColor(self.draft.joints[chosen].colour or Qt.GlobalColor.white)
            colour = self.ask_colour(present)
            if colour.isValid():
                self._set_colour(chosen, colour.name())

    def _on_plain(self) -> None:
        if self.selected is not None:
            self._set_colour(self.selected, "")

    def _set_colour(self, joint: int, colour: str) -> None:
        changed = replace(self.draft.joints[joint], colour=colour)
        self.change(self.draft.with_joint(joint, changed))

    def ask_colour(self, present: QColor) -> QColor:
        """Ask for a colour; an invalid one if the person declines."""
        return QColorDialog.getColor(present, self, tr("Colour of the joint"))

    def _on_undo(self) -> None:
        self._step(self._undo, self._redo)

    def _on_redo(self) -> None:
        self._step(self._redo, self._undo)

    def _step(self, source: list[SkeletonDraft], target: list[SkeletonDraft]) -> None:
        if source:
            target.append(self.draft)
            self.draft = source.pop()
            self._show()
