"""The skeleton editor: everything by mouse and by key, seen at once, undone at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.core.skeleton_draft import SkeletonDraft
from clickpose_app.gui.skeleton_editor import SkeletonEditor
from clickpose_app.gui.skeleton_table import NAME, SIGMA, TWIN
from clickpose_app.storage.skeletons import builtin_skeleton

Key = Qt.Key
_LEFT = Qt.MouseButton.LeftButton
_PLAIN = Qt.KeyboardModifier.NoModifier


class Drawing:
    """An editor and the hands on it."""

    def __init__(self, qtbot: QtBot, skeleton: Skeleton | None) -> None:
        draft = SkeletonDraft("mine") if skeleton is None else SkeletonDraft.of(skeleton)
        self.editor = SkeletonEditor(draft)
        qtbot.addWidget(self.editor)
        self.editor.show()
        qtbot.waitExposed(self.editor)
        self.figure = self.editor.figure

    @property
    def draft(self) -> SkeletonDraft:
        return self.editor.draft

    @property
    def can_finish(self) -> bool:
        return self.editor.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()

    @property
    def cell(self) -> QLineEdit | None:
        """The cell that is being typed in."""
        cells = self.editor.table.findChildren(QLineEdit)
        return next((cell for cell in cells if cell.isVisible()), None)

    def type_in(self, row: int, column: int, words: str) -> None:
        table = self.editor.table
        if self.cell is None:  # a new joint's name is open already
            table.setCurrentIndex(self.editor.model.index(row, column))
            table.edit(table.currentIndex())
        cell = self.cell
        assert cell is not None
        cell.selectAll()
        QTest.keyClicks(cell, words)
        QTest.keyClick(cell, Key.Key_Return)
        QApplication.processEvents()
        assert self.cell is None

    def drag(self, joint: int, dx: float, dy: float) -> None:
        start = self.figure.spot(joint)
        end = (start + QPointF(dx, dy)).toPoint()
        QTest.mousePress(self.figure, _LEFT, _PLAIN, start.toPoint())
        QTest.mouseMove(self.figure, end)
        QTest.mouseRelease(self.figure, _LEFT, _PLAIN, end)

    def click(self, joint: int) -> None:
        QTest.mouseClick(self.figure, _LEFT, _PLAIN, self.figure.spot(joint).toPoint())

    def press(self, key: Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
        QTest.keyClick(self.figure, key, modifier)


@pytest.fixture
def coco(qtbot: QtBot) -> Iterator[Drawing]:
    yield Drawing(qtbot, builtin_skeleton())


@pytest.fixture
def empty(qtbot: QtBot) -> Iterator[Drawing]:
    yield Drawing(qtbot, None)


def test_an_untouched_skeleton_comes_back_as_it_was(coco: Drawing) -> None:
    assert coco.can_finish
    assert coco.draft.skeleton() == builtin_skeleton()


def test_a_joint_is_dragged_on_the_figure(coco: Drawing) -> None:
    before = coco.draft.joints[9]
    coco.drag(9, 30, -20)
    after = coco.draft.joints[9]
    assert after.x > before.x
    assert after.y < before.y
    assert coco.editor.selected == 9
    coco.drag(9, 5000, 0)
    assert coco.draft.joints[9].x == 1.0  # never outside


def test_a_joint_is_moved_with_the_arrow_keys(coco: Drawing) -> None:
    coco.press(Key.Key_PageDown)
    assert coco.editor.selected == 1
    before = coco.draft.joints[1]
    coco.press(Key.Key_Right)
    coco.press(Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    after = coco.draft.joints[1]
    assert after.x > before.x
    assert after.y - before.y > after.x - before.x
    coco.press(Key.Key_PageUp)
    coco.press(Key.Key_PageUp)
    assert coco.editor.selected == 16  # around the end


def test_two_clicks_make_a_limb_and_two_more_take_it_away(coco: Drawing) -> None:
    QTest.mouseClick(coco.editor.limbs, _LEFT)
    coco.click(9)
    coco.click(15)
    assert coco.draft.skeleton().limbs[-1] == (9, 15)
    coco.click(15)
    coco.click(9)
    assert coco.draft.skeleton().limbs == builtin_skeleton().limbs


def test_limbs_are_drawn_with_keys(coco: Drawing) -> None:
    coco.editor.select(0)
    coco.press(Key.Key_L)
    coco.editor.select(16)
    coco.press(Key.Key_L)
    assert coco.draft.skeleton().limbs[-1] == (0, 16)


def test_names_tolerances_and_twins_are_typed(coco: Drawing) -> None:
    coco.type_in(0, NAME, "snout")
    assert coco.draft.joints[0].name == "snout"
    assert coco.draft.joints[0].origin == "nose"
    coco.type_in(0, SIGMA, "0,05")
    assert coco.draft.joints[0].sigma == 0.05
    for nonsense in ("-1", "wide", "0", "inf"):
        coco.type_in(0, SIGMA, nonsense)
        assert coco.draft.joints[0].sigma == 0.05
    model = coco.editor.model
    model.setData(model.index(1, TWIN), -1)
    assert coco.draft.twin(1) is None
    assert coco.draft.twin(2) is None
    model.setData(model.index(2, TWIN), 1)
    # Whatever is chosen first, the left one is the left one.
    assert (1, 2) in coco.draft.skeleton().pairs


def test_a_twin_is_chosen_from_a_list(coco: Drawing) -> None:
    from PySide6.QtWidgets import QComboBox

    table = coco.editor.table
    table.setCurrentIndex(coco.editor.model.index(0, TWIN))
    table.edit(table.currentIndex())
    box = table.findChild(QComboBox)
    assert box is not None
    assert (box.currentText(), box.count()) == ("no other joint", 17)
    QTest.keyClick(box, Key.Key_Down)
    table.commitData(box)
    assert coco.draft.twin(0) == 1
    assert coco.draft.twin(2) is None  # it was the eye's


def test_joints_are_added_removed_and_reordered(coco: Drawing) -> None:
    coco.editor.select(1)
    QTest.mouseClick(coco.editor.remove, _LEFT)
    names = [joint.name for joint in coco.draft.joints]
    assert names[:3] == ["nose", "right_eye", "left_ear"]
    assert len(coco.draft.limbs) == 16
    coco.editor.select(1)
    QTest.mouseClick(coco.editor.down, _LEFT)
    names = [joint.name for joint in coco.draft.joints]
    assert names[:3] == ["nose", "left_ear", "right_eye"]
    assert coco.editor.selected == 2
    kept = coco.draft.skeleton()
    ear = (kept.index("left_ear"), kept.index("left_shoulder"))
    assert ear in kept.limbs
    QTest.mouseClick(coco.editor.add, _LEFT)
    assert coco.editor.selected == 16
    assert coco.draft.joints[16].origin == ""


def test_colours_are_given_and_taken(coco: Drawing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coco.editor, "ask_colour", lambda _: QColor("#12ab34"))
    coco.editor.select(3)
    QTest.mouseClick(coco.editor.colour, _LEFT)
    assert coco.draft.skeleton().colours[3] == "#12ab34"
    QTest.mouseClick(coco.editor.plain, _LEFT)
    assert coco.draft.skeleton().colours == ()


def test_every_step_is_undone_and_redone(coco: Drawing) -> None:
    coco.drag(9, 30, 0)
    coco.editor.select(0)
    QTest.mouseClick(coco.editor.remove, _LEFT)
    changed = coco.draft
    for _ in range(2):
        QTest.keyClick(coco.figure, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert coco.draft.skeleton() == builtin_skeleton()
    for _ in range(2):
        QTest.keyClick(coco.figure, Key.Key_Z, _CONTROL_SHIFT)
    assert coco.draft == changed


_CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_a_skeleton_is_drawn_from_nothing_and_flaws_are_named(empty: Drawing) -> None:
    editor = empty.editor
    assert "no joints yet" in editor.flaw.text()
    assert not empty.can_finish
    QTest.mouseClick(editor.add, _LEFT)
    empty.type_in(0, NAME, "left_hand")
    QTest.mouseClick(editor.add, _LEFT)
    empty.type_in(1, NAME, "left_hand")
    assert "Two joints are called “left_hand”" in editor.flaw.text()
    assert not empty.can_finish
    empty.type_in(1, NAME, " ")
    assert "Joint 2 has no name" in editor.flaw.text()
    empty.type_in(1, NAME, "right_hand")
    assert empty.can_finish
    empty.editor.name.selectAll()
    QTest.keyClick(empty.editor.name, Key.Key_Backspace)
    assert "no name yet" in editor.flaw.text()
    QTest.keyClicks(empty.editor.name, "hands")
    assert empty.can_finish
    skeleton = empty.draft.skeleton()
    assert (skeleton.name, skeleton.keypoints) == ("hands", ("left_hand", "right_hand"))


def test_a_large_skeleton_can_be_zoomed_to_grab_one_of_its_joints(qtbot: QtBot) -> None:
    body = Drawing(qtbot, builtin_skeleton("coco-wholebody-133"))
    k = builtin_skeleton("coco-wholebody-133").index("face-62")
    body.editor.select(k)
    for _ in range(12):
        body.press(Key.Key_Plus)
    body.click(k)
    assert body.editor.selected == k
    before = body.draft.joints[k]
    body.drag(k, 0, 9)
    assert 0 < body.draft.joints[k].y - before.y < 0.01
