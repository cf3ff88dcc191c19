"""Another skeleton in the middle of a project, and joints that the network does not know."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDialogButtonBox

from clickpose_app.core.annotation import ImageState, Visibility
from clickpose_app.core.reskeleton import REMOVED
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.gui.skeleton_dialog import SkeletonDialog
from clickpose_app.storage.project import Project
from clickpose_app.storage.skeletons import BUILTIN_NAMES, builtin_skeleton
from tests.gui.desk import LEFT_WRIST, NOSE, Desk

Key = Qt.Key
MakeDesk = Callable[[], Desk]


def project_of(folder: Path, skeleton: Skeleton) -> Path:
    path = folder / "own.clickpose"
    with Project.create(path, image_root=folder, skeleton=skeleton) as project:
        project.add_images([(f"bild {n}.png", None, None) for n in (1, 2, 10)])
    return path


def opened(make_desk: MakeDesk, folder: Path, name: str) -> Desk:
    desk = make_desk()
    desk.open(project_of(folder, builtin_skeleton(name)))
    desk.wait(lambda: not desk.canvas.image_size.isEmpty())
    return desk


def dialog_of(desk: Desk) -> SkeletonDialog:
    dialog = desk.window.skeletons.make_dialog()
    assert dialog is not None
    desk.qtbot.addWidget(dialog)
    with desk.qtbot.waitActive(dialog):
        dialog.show()
    return dialog


def row_of(name: str) -> int:
    return 1 + BUILTIN_NAMES.index(name)


def use(desk: Desk, name: str) -> None:
    """Choose a shipped skeleton with keys, as the menu's dialog lets one."""
    dialog = dialog_of(desk)
    for _ in range(row_of(name)):
        QTest.keyClick(dialog.list, Key.Key_Down)
    assert dialog.choice.skeleton == builtin_skeleton(name)
    dialog.use.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    desk.window.skeletons.use(dialog.choice)


@pytest.fixture
def agreed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Agrees to whatever leaves the project, and keeps what was said."""
    said: list[str] = []

    def agree(leaves: str) -> bool:
        said.append(leaves)
        return True

    monkeypatch.setattr(desk.window.skeletons, "ask_removal", agree)
    return said


# Joints that the network does not know


def test_shared_joints_are_predicted_and_the_others_wait_for_the_hand(
    make_desk: MakeDesk, folder: Path
) -> None:
    desk = opened(make_desk, folder, "mpii-16")
    desk.wait_for_people(2)
    mpii, person = builtin_skeleton("mpii-16"), desk.people[0]
    labelled = {mpii.keypoints[k] for k in np.flatnonzero(person.labelled)}
    assert labelled == set(mpii.keypoints) - {"pelvis", "thorax", "upper_neck", "head_top"}
    found = desk.predictor.detect(desk.predictor.encode(np.zeros((300, 400, 3), np.uint8)))[0]
    k = mpii.index("left_wrist")
    assert tuple(person.xy[k]) == tuple(found.keypoints[LEFT_WRIST])
    assert "Place by hand: pelvis, thorax" in desk.window.statusBar().currentMessage()
    assert desk.stored() == desk.annotation
    assert desk.message == ""


def test_a_correction_moves_shared_joints_and_leaves_placed_ones_alone(
    make_desk: MakeDesk, folder: Path
) -> None:
    desk = opened(make_desk, folder, "mpii-16")
    desk.wait_for_people(2)
    mpii = builtin_skeleton("mpii-16")
    wrist, ankle = mpii.index("left_wrist"), mpii.index("left_ankle")
    head, pelvis = mpii.index("head_top"), mpii.index("pelvis")
    desk.session.select(desk.people[0].id, head)
    desk.press(Key.Key_P)
    refined = desk.predictor.calls.count("refine")
    desk.click(desk.spot(100, 35))
    placed = desk.joint(0, head)
    assert placed.pinned
    # A joint that the network does not know leads nobody.
    assert not desk.session.waiting
    before = desk.joint(0, ankle)
    guessed = desk.joint(0, pelvis)
    desk.drag_joint(0, wrist, 30, 10)
    desk.wait_for_calm()
    assert desk.predictor.calls.count("refine") == refined + 1
    assert desk.joint(0, wrist).pinned
    assert desk.joint(0, ankle).x != before.x
    assert desk.joint(0, head) == placed
    assert desk.joint(0, pelvis).visibility is Visibility.UNLABELLED
    assert desk.joint(0, pelvis).x != guessed.x  # it waits where the figure would have it now
    desk.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.joint(0, ankle) == before
    assert desk.joint(0, head) == placed


def test_a_drawn_box_finds_the_shared_joints(make_desk: MakeDesk, folder: Path) -> None:
    desk = opened(make_desk, folder, "lsp-14")
    desk.wait_for_people(2)
    desk.press(Key.Key_N)
    desk.drag(desk.spot(170, 40), desk.spot(230, 260))
    desk.wait(lambda: len(desk.people) == 3 and not desk.session.waiting)
    lsp = builtin_skeleton("lsp-14")
    labelled = [lsp.keypoints[k] for k in np.flatnonzero(desk.people[2].labelled)]
    assert len(labelled) == 12
    assert "neck" not in labelled


def test_a_question_asked_before_the_network_is_there_is_answered_afterwards(
    make_desk: MakeDesk, folder: Path
) -> None:
    desk = make_desk()
    path = project_of(folder, builtin_skeleton("lsp-14"))
    desk.predictor.gate.clear()
    desk.open(path)
    desk.wait(lambda: not desk.canvas.image_size.isEmpty())
    desk.press(Key.Key_N)
    desk.drag(desk.spot(100, 40), desk.spot(200, 260))
    assert desk.session.waiting
    desk.predictor.gate.set()
    desk.wait_for_calm()
    assert desk.people[0].labelled.sum() == 12


@pytest.mark.parametrize("name", ["hand-21", "face-68"])
def test_where_nothing_is_shared_all_is_by_hand_and_that_is_said_once(
    make_desk: MakeDesk, folder: Path, name: str
) -> None:
    desk = opened(make_desk, folder, name)
    desk.wait(lambda: desk.message)
    assert "none of the joints" in desk.message
    desk.press(Key.Key_D)
    desk.wait(lambda: not desk.canvas.image_size.isEmpty())
    desk.window.messages.hide()
    desk.press(Key.Key_N)
    desk.drag(desk.spot(150, 60), desk.spot(250, 260))
    desk.session.select(desk.people[0].id, 0)
    desk.press(Key.Key_P)
    desk.click(desk.spot(200, 70))
    assert desk.joint(0, 0).pinned
    assert desk.message == ""
    assert desk.stored() == desk.annotation
    assert "refine" not in desk.predictor.calls


# Another skeleton in the middle of a project


def test_a_new_project_has_cocos_skeleton_and_another_is_chosen_with_keys(
    desk: Desk, agreed: list[str]
) -> None:
    project = desk.window.browser.project
    assert project is not None
    assert project.skeleton == builtin_skeleton()
    desk.drag_joint(0, LEFT_WRIST, 30, 10)
    desk.wait_for_calm()
    desk.drag_joint(0, NOSE, 5, 5)
    desk.wait_for_calm()
    before = desk.people[0]
    use(desk, "mpii-16")
    assert project.skeleton == builtin_skeleton("mpii-16")
    desk.wait_for_people(2)
    person, mpii = desk.people[0], builtin_skeleton("mpii-16")
    assert person.id == before.id
    assert person.keypoints[mpii.index("left_wrist")] == before.keypoints[LEFT_WRIST]
    assert person.extra[REMOVED]["nose"][3] == "human"
    assert len(agreed) == 1
    assert "10 (nose, left eye, right eye, left ear, right ear)" in agreed[0]
    assert desk.window.statusBar().currentMessage().endswith("undo starts afresh.")
    assert not desk.session.history.can_undo
    assert desk.window.poses.keypoints.rowCount() == 0
    desk.press(Key.Key_Tab)
    assert desk.window.poses.keypoints.rowCount() == 16
    assert desk.stored() == desk.annotation
    # And back: nothing was lost.
    use(desk, "coco-17")
    desk.wait_for_people(2)
    assert desk.people[0] == before


def test_the_network_goes_on_with_the_new_skeleton(desk: Desk, agreed: list[str]) -> None:
    del agreed
    use(desk, "lsp-14")
    desk.wait_for_people(2)
    lsp = builtin_skeleton("lsp-14")
    ankle = desk.joint(0, lsp.index("left_ankle"))
    desk.drag_joint(0, lsp.index("left_wrist"), 30, 10)
    desk.wait_for_calm()
    assert desk.joint(0, lsp.index("left_ankle")) != ankle
    desk.window.actions_by_name["next"].trigger()
    desk.wait_for_people(2)
    assert desk.annotation.state is ImageState.PREDICTED
    assert len(desk.people[0].keypoints) == 14


def test_declining_leaves_everything_as_it_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.window.skeletons, "ask_removal", lambda _: False)
    before = desk.annotation
    use(desk, "mpii-16")
    project = desk.window.browser.project
    assert project is not None
    assert project.skeleton == builtin_skeleton()
    assert desk.annotation == before == desk.stored()


def test_more_joints_need_no_question(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.window.skeletons, "ask_removal", lambda _: pytest.fail("asked"))
    before = desk.people
    use(desk, "coco-wholebody-133")
    desk.wait_for_people(2)
    assert [p.keypoints[:17] for p in desk.people] == [p.keypoints for p in before]
    assert not desk.people[0].labelled[17:].any()
    desk.press(Key.Key_Tab)
    assert desk.window.poses.keypoints.rowCount() == 133


def test_a_pose_asked_for_with_the_old_skeleton_is_dropped(desk: Desk, agreed: list[str]) -> None:
    del agreed
    desk.predictor.gate.clear()
    desk.drag_joint(0, LEFT_WRIST, 30, 10)
    use(desk, "lsp-14")
    desk.predictor.gate.set()
    desk.wait_for_calm()
    lsp = builtin_skeleton("lsp-14")
    assert desk.joint(0, lsp.index("left_wrist")).pinned
    assert desk.stored() == desk.annotation
    assert desk.message == ""


def test_a_full_disk_changes_nothing(
    desk: Desk, agreed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from clickpose_app.errors import ProjectError

    del agreed

    def full(*_: object) -> None:
        raise ProjectError("own.clickpose cannot be written: the disk is full.")

    monkeypatch.setattr("clickpose_app.storage.project.rewrite_people", full)
    before = desk.annotation
    use(desk, "lsp-14")
    assert "disk is full" in desk.message
    assert desk.annotation == before == desk.stored()
    desk.drag_joint(0, LEFT_WRIST, 30, 10)
    desk.wait_for_calm()
    assert desk.stored() == desk.annotation


# The dialog


def test_the_dialog_says_what_each_skeleton_would_do(desk: Desk) -> None:
    desk.window.warm_up()
    dialog = dialog_of(desk)
    assert dialog.list.count() == 1 + len(BUILTIN_NAMES)
    assert not dialog.use.isEnabled()  # the project has that one already
    assert "predicts all" in dialog.facts.text()
    dialog.list.setCurrentRow(row_of("lsp-14"))
    assert dialog.use.isEnabled()
    assert "Takes out: nose, left eye, right eye, left ear, right ear." in dialog.facts.text()
    assert "Adds: neck, head top." in dialog.facts.text()
    assert "predicts 12 of these joints. Place by hand: neck, head top." in dialog.facts.text()
    dialog.list.setCurrentRow(row_of("hand-21"))
    assert "none of these joints" in dialog.facts.text()


def test_the_menu_opens_the_dialog_and_enter_uses_the_choice(
    desk: Desk, agreed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    del agreed

    def press_keys(dialog: SkeletonDialog) -> int:
        dialog.show()
        QTest.keyClick(dialog.list, Key.Key_Down)
        QTest.keyClick(dialog.list, Key.Key_Down)
        QTest.keyClick(dialog.list, Key.Key_Return)
        return dialog.result()

    monkeypatch.setattr(SkeletonDialog, "exec", press_keys)
    desk.window.actions_by_name["skeleton"].trigger()
    project = desk.window.browser.project
    assert project is not None
    assert project.skeleton == builtin_skeleton("lsp-14")


def test_without_a_project_the_way_out_is_said(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.window.actions_by_name["skeleton"].trigger()
    assert "Open a folder" in desk.window.statusBar().currentMessage()


def test_a_read_only_project_keeps_its_skeleton(desk: Desk) -> None:
    dialog = SkeletonDialog(builtin_skeleton(), None, read_only=True)
    desk.qtbot.addWidget(dialog)
    dialog.list.setCurrentRow(3)
    assert not dialog.use.isEnabled()
    assert "read-only" in dialog.problem.text()


def test_a_skeleton_is_exported_and_imported(desk: Desk, tmp_path: Path) -> None:
    dialog = dialog_of(desk)
    dialog.list.setCurrentRow(row_of("halpe-26"))
    dialog.export_to(tmp_path / "mine.json")
    assert "Written" in dialog.problem.text()
    dialog.import_from(tmp_path / "mine.json")
    assert dialog.choice.skeleton == builtin_skeleton("halpe-26")
    assert dialog.choice.title.startswith("mine.json")
    (tmp_path / "broken.json").write_text("{}")
    dialog.import_from(tmp_path / "broken.json")
    assert "broken.json" in dialog.problem.text()
    dialog.export_to(tmp_path / "nowhere" / "mine.json")
    assert "cannot be written" in dialog.problem.text()


def test_editing_twice_still_knows_which_joint_was_which(
    desk: Desk, agreed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from clickpose_app.gui.skeleton_editor import SkeletonEditor

    names = iter(["snout", "muzzle"])

    def rename_the_nose(editor: SkeletonEditor) -> int:
        editor.model.setData(editor.model.index(0, 0), next(names))
        editor.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(SkeletonEditor, "exec", rename_the_nose)
    dialog = dialog_of(desk)
    dialog.edit.click()
    dialog.edit.click()
    assert dialog.choice.skeleton.keypoints[0] == "muzzle"
    assert dict(dialog.choice.renamed) == {"nose": "muzzle"}
    before = desk.people
    desk.window.skeletons.use(dialog.choice)
    desk.wait_for_people(2)
    assert desk.people == before
    assert agreed == []


# Many joints


def test_one_joint_among_many_is_found_by_its_name(desk: Desk) -> None:
    use(desk, "coco-wholebody-133")
    desk.wait_for_people(2)
    desk.session.select(desk.people[0].id)
    body, view = builtin_skeleton("coco-wholebody-133"), desk.window.poses.keypoint_view
    find = desk.window.poses.joint_filter
    desk.window.actions_by_name["find_joint"].trigger()
    QTest.keyClicks(find, "left thumb")
    shown = [body.keypoints[row] for row in range(133) if not view.isRowHidden(row)]
    assert shown == [f"left_thumb{n}" for n in (1, 2, 3, 4)]
    QTest.keyClick(find, Key.Key_Return)
    assert desk.session.keypoint == body.index("left_thumb1")
    desk.session.select(desk.people[1].id)
    assert view.isRowHidden(0)  # it stays for the next person
    QTest.keyClick(find, Key.Key_Escape)
    assert not any(view.isRowHidden(row) for row in range(133))


def test_a_short_list_needs_no_search(desk: Desk) -> None:
    desk.session.select(desk.people[0].id)
    assert not desk.window.poses.joint_filter.isVisible()
    desk.window.actions_by_name["find_joint"].trigger()
    assert desk.session.keypoint == 0
