"""Teaching from the window, with a program that only pretends to."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from clickpose_app.app import make_window
from clickpose_app.core.annotation import ImageState
from clickpose_app.core.predictor import Predictor
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import CheckpointError
from clickpose_app.gui.teaching_dialog import TeachingDialog
from clickpose_app.storage.project import Project
from tests.fake_predictor import FakePredictor
from tests.gui.desk import Desk, make_photo

JOINTS = ("snout", "left_ear", "right_ear", "tail")
MOUSE = Skeleton(
    "mouse", JOINTS, limbs=((0, 1), (0, 2), (0, 3)), pairs=((1, 2),), sigmas=(0.05,) * 4
)
LABELLED, ALL = 5, 8


class Teacher:
    """A desk with a project of mice, of which some are labelled, and a program that teaches."""

    def __init__(self, folder: Path, desk: Desk, networks: list[Path | None]) -> None:
        self.folder, self.desk, self.networks = folder, desk, networks
        self._script = folder / "script.json"
        teaching = self.teaching = desk.window.teaching
        stand_in = Path(__file__).with_name("fake_teacher.py")
        teaching.command = [sys.executable, str(stand_in), str(self._script)]
        teaching.own.remaining.quiet_ms = 0

    def will(self, **what: Any) -> None:
        self._script.write_text(json.dumps({"quality": 0.8, **what}), encoding="utf-8")

    @property
    def calls(self) -> list[list[str]]:
        lines = self._script.with_suffix(".calls").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def dialog(self) -> TeachingDialog:
        self.desk.window.actions_by_name["teach"].trigger()
        (dialog,) = self.desk.window.findChildren(TeachingDialog)
        self.desk.wait(lambda: dialog.loss is not None)
        return dialog

    def teach(self) -> TeachingDialog:
        dialog = self.dialog()
        self.desk.wait(dialog.begin_button.isEnabled)
        dialog.begin_button.click()
        return dialog

    def wait_for_end(self) -> None:
        self.desk.wait(lambda: self.teaching.run is None)

    @property
    def in_use(self) -> str:
        return self.teaching.own.in_use

    def states(self) -> list[ImageState]:
        return [record.state for record in self.desk.window.browser.records]


def row(dialog: TeachingDialog, number: int) -> list[str]:
    """What the list of models says in a row."""
    item = dialog.models.topLevelItem(number)
    return [] if item is None else [item.text(column) for column in range(item.columnCount())]


def press(desk: Desk, button: QAbstractButton) -> None:
    """Press a button as soon as it can be pressed."""
    desk.wait(button.isEnabled)
    button.click()


def use(dialog: TeachingDialog, number: int) -> None:
    item = dialog.models.topLevelItem(number)
    assert item is not None
    dialog.models.setCurrentItem(item)
    dialog.use_button.click()


def write_project(folder: Path) -> Path:
    folder.mkdir()
    path = folder / "mäuse.clickpose"
    with Project.create(path, image_root=folder, skeleton=MOUSE) as project:
        names = [f"maus {n}.png" for n in range(ALL)]
        for n, name in enumerate(names):
            make_photo(folder / name, shade=n)
        ids = project.add_images((name, None, None) for name in names)
        for image_id in ids[:LABELLED]:
            project.write(image_id, labelled(image_id))
    return path


def labelled(image_id: int) -> Any:
    from clickpose_app.core.annotation import ImageAnnotation, Keypoint, Person, Source
    from clickpose_app.core.geometry import Box

    xy = [(100.0 + image_id, 50.0), (80.0, 70.0), (120.0, 70.0), (100.0, 200.0)]
    joints = tuple(Keypoint(x, y, source=Source.HUMAN) for x, y in xy)
    mouse = Person(f"mouse{image_id}", joints, Box(60, 40, 140, 220), Source.HUMAN)
    return ImageAnnotation((mouse,), ImageState.EDITED)


@pytest.fixture
def make_teacher(
    make_desk: Callable[[], Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Teacher]:
    """Opens the project in a new window, whose network depends on the weights."""
    networks: list[Path | None] = []
    folder = tmp_path / "Mäuse été"

    def load(weights: Path | None, _device: str) -> Predictor:
        networks.append(weights)
        if weights is None:
            return FakePredictor()
        if not weights.exists():
            raise CheckpointError(f"There is no weights file {weights}.", "Look for it.")
        return FakePredictor(MOUSE)

    def with_own(_load: Callable[[], Predictor]) -> Any:
        return make_window(lambda: load(None, "cpu"), load_other=load)

    monkeypatch.setattr("tests.gui.desk.make_window", with_own)

    def make() -> Teacher:
        path = folder / "mäuse.clickpose"
        if not path.exists():
            write_project(folder)
        desk = make_desk()
        teacher = Teacher(folder, desk, networks)
        desk.open(path)
        desk.wait(lambda: not desk.canvas.image_size.isEmpty())
        return teacher

    return make


@pytest.fixture
def teacher(make_teacher: Callable[[], Teacher]) -> Teacher:
    return make_teacher()


def test_a_taught_model_takes_over_and_predicts_what_nobody_has_touched(teacher: Teacher) -> None:
    desk = teacher.desk
    by_hand = desk.annotation
    teacher.will()
    dialog = teacher.teach()
    teacher.wait_for_end()
    desk.wait(lambda: teacher.in_use == "mäuse-teach-1.safetensors")
    desk.wait(lambda: teacher.states()[LABELLED:] == [ImageState.PREDICTED] * (ALL - LABELLED))
    assert teacher.states()[:LABELLED] == [ImageState.EDITED] * LABELLED
    assert desk.annotation == by_hand == desk.stored()
    desk.wait(lambda: dialog.said.text() == "Teaching is done.")
    (call,) = teacher.calls
    assert call[0] == str(desk.project_path) and "--unlabelled" not in call
    assert call[call.index("--minutes") + 1] == "15"
    with Project.open(desk.project_path, read_only=True) as project:
        needs = {record.id: record.need for record in project.images()}
        assert all(needs[record] is not None for record in needs)
        found = project.annotation(ALL).people
    assert found and all(len(person.keypoints) == 4 for person in found)
    assert not any(person.pinned.any() for person in found)


def test_the_others_follow_a_joint_that_the_network_was_taught(teacher: Teacher) -> None:
    teacher.will()
    teacher.teach()
    teacher.wait_for_end()
    desk = teacher.desk
    desk.wait(lambda: teacher.in_use)
    desk.window.browser.open_image(LABELLED)
    desk.wait_for_people(2)
    before = desk.people[0].xy
    teacher.dialog().reject()
    desk.drag_joint(0, 0, 30, 20)
    desk.wait_for_calm()
    moved = abs(desk.people[0].xy - before).max(axis=1)
    assert (moved > 0).all()
    assert list(desk.people[0].pinned) == [True, False, False, False]


def test_progress_time_left_and_curves_are_shown_while_it_teaches(teacher: Teacher) -> None:
    teacher.will(wait=True)
    dialog = teacher.teach()
    desk = teacher.desk
    desk.wait(lambda: "Step 20: 1 min 30 s left" in dialog.left.text())
    assert dialog.bar.value() == 500
    assert dialog.loss is not None and dialog.accuracy is not None
    desk.wait(lambda: dialog.accuracy is not None and dialog.accuracy.curve.getData()[0].size)
    assert list(dialog.loss.curve.getData()[1]) == [4.0, 3.0]
    assert list(dialog.accuracy.curve.getData()[1]) == [50.0]
    teacher.desk.wait(
        lambda: not dialog.begin_button.isEnabled() and dialog.cancel_button.isEnabled()
    )
    desk.window.activateWindow()
    desk.wait(desk.window.isActiveWindow)
    desk.press(Qt.Key.Key_D)
    desk.wait(lambda: desk.file_name != "maus 0.png")  # work goes on meanwhile
    press(desk, dialog.cancel_button)
    teacher.wait_for_end()


def test_a_paused_run_goes_on_with_the_same_command(teacher: Teacher) -> None:
    teacher.will(wait=True)
    dialog = teacher.teach()
    desk = teacher.desk
    desk.wait(lambda: teacher.teaching.course.step)
    press(desk, dialog.pause_button)
    teacher.wait_for_end()
    desk.wait(lambda: dialog.pause_button.text() == "&Go on" and dialog.pause_button.isEnabled())
    teacher.desk.wait(lambda: "Paused" in dialog.said.text())
    press(desk, dialog.pause_button)
    teacher.wait_for_end()
    desk.wait(lambda: dialog.said.text() == "Teaching is done.")
    first, second = teacher.calls
    assert first == second
    teacher.desk.wait(lambda: not dialog.cancel_button.isEnabled())
    assert list(teacher.folder.glob("*.stop")) == []


def test_a_paused_run_is_still_there_when_the_project_is_opened_again(
    make_teacher: Callable[[], Teacher],
) -> None:
    teacher = make_teacher()
    teacher.will(wait=True)
    teacher.teach()
    teacher.desk.wait(lambda: teacher.in_use)
    teacher.desk.close()  # in the middle of it
    again = make_teacher()
    dialog = again.dialog()
    assert dialog.pause_button.text() == "&Go on"
    press(again.desk, dialog.pause_button)
    again.wait_for_end()
    assert len(again.teaching.own.models.models if again.teaching.own.models else []) == 1


def test_another_project_pauses_the_run_of_the_one_before(teacher: Teacher, folder: Path) -> None:
    teacher.will(wait=True)
    dialog = teacher.teach()
    desk, project = teacher.desk, teacher.desk.project_path
    desk.wait(lambda: teacher.in_use)
    desk.open(folder)
    desk.wait_for_people(2)
    assert teacher.in_use == "" and teacher.teaching.run is None
    desk.wait(lambda: not list(teacher.folder.glob("*.stop")))
    assert len(list(teacher.folder.glob("*.adapt"))) == 1
    desk.open(project)
    desk.wait(lambda: teacher.in_use)
    teacher.desk.wait(lambda: teacher.dialog().pause_button.isEnabled())
    teacher.desk.wait(lambda: dialog.pause_button.text() == "&Go on")


def test_cancelling_keeps_the_model_that_is_complete_and_removes_the_rest(teacher: Teacher) -> None:
    teacher.will(wait=True)
    dialog = teacher.teach()
    desk = teacher.desk
    desk.wait(lambda: teacher.in_use)
    press(desk, dialog.cancel_button)
    teacher.wait_for_end()
    assert list(teacher.folder.glob("*.adapt")) == []
    assert teacher.in_use == "mäuse-teach-1.safetensors"
    desk.wait(lambda: dialog.said.text() == "Cancelled.")
    teacher.desk.wait(
        lambda: dialog.begin_button.isEnabled() and not dialog.pause_button.isEnabled()
    )


def test_a_worse_model_waits_in_the_list_and_can_be_chosen(teacher: Teacher) -> None:
    desk = teacher.desk
    for quality in (0.8, 0.6):
        teacher.will(quality=quality)
        dialog = teacher.teach()
        teacher.wait_for_end()
        desk.wait(lambda: teacher.in_use == "mäuse-teach-1.safetensors")
    desk.wait(lambda: dialog.models.topLevelItemCount() == 3)
    desk.wait(lambda: row(dialog, 1)[0] == "mäuse-teach-2" and row(dialog, 1)[6] == "0.60")
    desk.wait(lambda: row(dialog, 2)[0] == "mäuse-teach-1 (in use)")
    use(dialog, 1)
    desk.wait(lambda: teacher.in_use == "mäuse-teach-2.safetensors")
    desk.wait(lambda: row(dialog, 1)[0] == "mäuse-teach-2 (in use)")
    assert row(dialog, 0)[0] == "The network of the settings"
    use(dialog, 0)
    desk.wait(lambda: teacher.in_use == "")
    assert teacher.networks[-1] is None


def test_the_project_opens_with_its_own_network_and_others_do_not(
    make_teacher: Callable[[], Teacher], folder: Path
) -> None:
    teacher = make_teacher()
    teacher.will()
    teacher.teach()
    teacher.wait_for_end()
    teacher.desk.wait(lambda: teacher.in_use)
    teacher.desk.close()
    again = make_teacher()
    own = again.folder / "mäuse-teach-1.safetensors"
    again.desk.wait(lambda: again.networks[-1] == own)
    network = again.desk.session.network
    again.desk.wait(lambda: network.keypoint_map is not None)
    assert network.network_fits and again.desk.message == ""
    again.desk.open(folder)
    again.desk.wait_for_people(2)
    assert again.networks[-1] is None


def test_weights_that_are_gone_are_named_and_work_goes_on(
    make_teacher: Callable[[], Teacher],
) -> None:
    teacher = make_teacher()
    teacher.will()
    teacher.teach()
    teacher.wait_for_end()
    teacher.desk.wait(lambda: teacher.in_use)
    teacher.desk.close()
    (teacher.folder / "mäuse-teach-1.safetensors").unlink()
    again = make_teacher()
    again.desk.wait(lambda: "mäuse-teach-1.safetensors cannot be loaded" in again.desk.message)


def test_what_a_person_placed_meanwhile_is_not_predicted_anew(teacher: Teacher) -> None:
    desk = teacher.desk
    teacher.will()
    teacher.teach().reject()
    teacher.wait_for_end()
    desk.wait(lambda: teacher.states()[-1] is ImageState.PREDICTED)
    desk.window.browser.open_image(ALL - 1)
    desk.wait_for_people(2)
    desk.session.move_keypoint(desk.people[0].id, 0, 50.0, 60.0)
    desk.wait_for_calm()
    mine = desk.annotation
    before = teacher.networks[:]
    teacher.will(quality=0.9)
    teacher.teach()
    teacher.wait_for_end()
    desk.wait(lambda: teacher.in_use == "mäuse-teach-2.safetensors")
    desk.wait(lambda: not teacher.desk.session.outdated)
    assert len(teacher.networks) > len(before)
    assert desk.annotation == mine == desk.stored()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"error": "The disk is full."}, "The disk is full. Do it otherwise."),
        ({"crash": "unexpected MemoryError"}, "stopped with an error: unexpected MemoryError"),
        ({"kill": True, "saves": False}, "ended from outside"),
    ],
)
def test_a_failure_says_one_sentence(teacher: Teacher, how: dict[str, Any], said: str) -> None:
    teacher.will(**how)
    dialog = teacher.teach()
    teacher.wait_for_end()
    teacher.desk.wait(lambda: said in dialog.said.text())
    teacher.desk.wait(lambda: "Traceback" not in dialog.said.text())
    assert teacher.in_use == ""
    teacher.desk.wait(dialog.begin_button.isEnabled)


def test_a_killed_run_goes_on_from_what_it_kept(teacher: Teacher) -> None:
    teacher.will(kill=True)
    dialog = teacher.teach()
    teacher.wait_for_end()
    teacher.will()
    teacher.desk.wait(lambda: dialog.pause_button.text() == "&Go on")
    press(teacher.desk, dialog.pause_button)
    teacher.wait_for_end()
    teacher.desk.wait(lambda: dialog.said.text() == "Teaching is done.")


def test_a_program_that_is_not_there_is_said(teacher: Teacher) -> None:
    teacher.teaching.command = [str(teacher.folder / "nothing")]
    dialog = teacher.teach()
    teacher.wait_for_end()
    teacher.desk.wait(lambda: "cannot be started" in dialog.said.text())


def test_too_few_labels_are_said_before_anything_starts(desk: Desk) -> None:
    desk.window.actions_by_name["teach"].trigger()
    (dialog,) = desk.window.findChildren(TeachingDialog)
    desk.wait(lambda: "Label at least 4 images" in dialog.labels.text())
    desk.wait(lambda: not dialog.begin_button.isEnabled())


def test_without_a_project_the_status_line_says_what_to_do(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    desk.window.actions_by_name["teach"].trigger()
    assert "Open a folder" in desk.window.statusBar().currentMessage()
    assert desk.window.findChildren(TeachingDialog) == []
