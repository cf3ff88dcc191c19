"""The whole loop with real networks: a skeleton drawn, ten mice labelled, the others follow.

The window, the network, the program that teaches and the pictures are the real ones. How much
is learned is counted in steps, and everything is waited for, so that a slow machine only takes
longer. Few claims are made about poses: benchmarks/adapt.py says how good they are.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit

from clickpose_app.app import make_window
from clickpose_app.cli import main
from clickpose_app.core.annotation import ImageState
from clickpose_app.core.predictor import Predictor
from clickpose_app.engine.loading import load_predictor
from clickpose_app.gui.skeleton_editor import SkeletonEditor
from clickpose_app.gui.skeleton_table import TWIN
from clickpose_app.gui.teaching_dialog import TeachingDialog
from clickpose_app.storage.project import Project
from tests.fake_predictor import FakePredictor
from tests.gui.desk import Desk
from tests.gui.test_real_model import ShippedPredictor

MICE = Path(__file__).resolve().parents[3] / "shared" / "data" / "adapt"
JOINTS = ("snout", "left_ear", "right_ear", "tail_base")
LIMBS = ((0, 1), (0, 2), (1, 3), (2, 3))
LABELLED, ALL, STEPS = 10, 12, 36
LEARNING_MS = 1_200_000  # processor time is bounded by STEPS; this is for a machine full of others

pytestmark = pytest.mark.skipif(
    not MICE.is_dir(), reason="the pictures of mice (shared/data/adapt) are not here"
)


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Compute on one thread: several that wait for each other are slow on a full machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def predictor() -> FakePredictor:
    return ShippedPredictor(load_predictor(None, "cpu"))


class Mice:
    """Some pictures of mice in a folder, and where a person would say that the joints are."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        labels = json.loads((MICE / "mouse_train.json").read_text(encoding="utf-8"))
        images = labels["images"][:: len(labels["images"]) // ALL][:ALL]
        by_image = {a["image_id"]: a for a in labels["annotations"]}
        self._truth = {i["file_name"]: by_image[i["id"]]["keypoints"] for i in images}
        with tarfile.open(MICE / "mouse_train.tar") as tar:
            for name in self._truth:
                tar.extract(name, folder, filter="data")

    def joints(self, name: str) -> np.ndarray[Any, np.dtype[np.float64]]:
        return np.array(self._truth[name], np.float64).reshape(-1, 3)[:, :2]


@pytest.fixture
def desk(make_desk: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The window of the program: other weights are loaded as it does that."""

    def load(weights: Path | None, _device: str) -> Predictor:
        return load_predictor(weights, "cpu")

    monkeypatch.setattr(
        "tests.gui.desk.make_window", lambda first: make_window(first, load_other=load)
    )
    return make_desk()


def test_ten_labelled_mice_teach_the_window_to_find_and_follow_the_others(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mice = Mice(tmp_path / "mice")
    desk.open(mice.folder)
    wait_for_picture(desk)
    monkeypatch.setattr(SkeletonEditor, "exec", draw_the_mouse)
    use_a_new_skeleton(desk, monkeypatch)
    for row in range(LABELLED):
        show(desk, row)
        label(desk, mice)
    labelled = stored(desk)[:LABELLED]

    teach(desk)
    assert desk.window.teaching.said[0] == "Teaching is done."
    desk.wait(lambda: desk.window.teaching.own.in_use)
    records = desk.window.browser.records
    desk.wait(lambda: {r.state for r in records[LABELLED:]} == {ImageState.PREDICTED})
    assert all(record.need is not None for record in records[LABELLED:])

    found_on = [row for row in range(LABELLED, ALL) if stored(desk)[row].people]
    assert found_on
    show(desk, found_on[0])
    desk.wait(lambda: desk.people)
    desk.wait_for_calm()
    (found, *_) = desk.people
    assert not found.pinned.any()
    place = mice.joints(desk.file_name)[0]
    desk.drag(desk.joint_spot(0, 0), desk.spot(*place))
    desk.wait_for_calm()
    after = desk.annotation.person(found.id)
    assert list(after.pinned) == [True, False, False, False]
    assert after.xy[0] == pytest.approx(place, abs=1.5 * desk.canvas.pixel)
    assert (np.abs(after.xy - found.xy).max(axis=1)[1:] > 0).all()
    assert stored(desk)[:LABELLED] == labelled  # nothing that a person placed has changed

    out = tmp_path / "mice.json"
    desk.window.files.export_to(out)
    desk.wait(lambda: "Exported" in desk.window.statusBar().currentMessage())
    (weights,) = mice.folder.glob("*.safetensors")
    capsys.readouterr()
    asked = ["evaluate", str(out), "--images", str(mice.folder), "--weights", str(weights)]
    assert main([*asked, "--device", "cpu"]) == 0
    assert "AP" in capsys.readouterr().out


# What the person does


def show(desk: Desk, row: int) -> None:
    desk.window.browser.open_image(row)
    wait_for_picture(desk)


def wait_for_picture(desk: Desk) -> None:
    desk.wait(lambda: desk.window.browser.source and not desk.canvas.image_size.isEmpty())


def use_a_new_skeleton(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose New in the dialog of skeletons, draw there, and use what was drawn."""
    monkeypatch.setattr(desk.window.skeletons, "ask_removal", lambda _: True)
    dialog = desk.window.skeletons.make_dialog()
    assert dialog is not None
    desk.qtbot.addWidget(dialog)
    dialog.show()
    dialog.new.click()
    dialog.use.click()
    desk.window.skeletons.use(dialog.choice)
    desk.window.activateWindow()  # keys go nowhere else
    desk.wait(desk.window.isActiveWindow)
    project = desk.window.browser.project
    assert project is not None
    assert (project.skeleton.keypoints, project.skeleton.pairs) == (JOINTS, ((1, 2),))
    assert set(project.skeleton.limbs) == set(LIMBS)


def draw_the_mouse(editor: SkeletonEditor) -> int:
    """Add the joints, type their names, and click limbs, as one does in the editor."""
    editor.show()
    editor.name.selectAll()
    QTest.keyClicks(editor.name, "mouse")
    for name in JOINTS:
        editor.add.click()
        (cell,) = (c for c in editor.table.findChildren(QLineEdit) if c.isVisible())
        cell.selectAll()
        QTest.keyClicks(cell, name)
        QTest.keyClick(cell, Qt.Key.Key_Return)
        QTest.qWait(0)  # the cell closes
    editor.model.setData(editor.model.index(1, TWIN), 2)
    for k, (x, y) in enumerate([(0.5, 0.1), (0.7, 0.3), (0.3, 0.3), (0.5, 0.9)]):
        editor.change(editor.draft.moved(k, x, y))
    editor.limbs.click()
    for a, b in LIMBS:
        for k in (a, b):
            spot = editor.figure.spot(k).toPoint()
            QTest.mouseClick(editor.figure, Qt.MouseButton.LeftButton, pos=spot)
    editor.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    return editor.result()


def label(desk: Desk, mice: Mice) -> None:
    """One mouse by hand, joint by joint."""
    desk.press(Qt.Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    assert desk.window.placing.active
    for x, y in mice.joints(desk.file_name):
        desk.click(desk.spot(x, y))
    desk.wait_for_calm()
    person = desk.people[-1]
    assert person.pinned.all() and not desk.window.placing.active
    assert person.xy == pytest.approx(mice.joints(desk.file_name), abs=1.5 * desk.canvas.pixel)


def teach(desk: Desk) -> None:
    """Teach for one minute: so many steps, which on a quick machine are about that."""
    teaching = desk.window.teaching
    teaching.own.remaining.quiet_ms = 0
    *program, option, low = teaching.command
    assert (option, low) == ("--priority", "low")  # which would wait long on a full machine
    teaching.command = [*program, "--steps", str(STEPS), "--threads", "1"]
    desk.window.actions_by_name["teach"].trigger()
    (dialog,) = desk.window.findChildren(TeachingDialog)
    dialog.minutes.setValue(1)
    desk.wait(dialog.begin_button.isEnabled)
    dialog.begin_button.click()
    desk.qtbot.waitUntil(lambda: teaching.run is None, timeout=LEARNING_MS)
    dialog.reject()


def stored(desk: Desk) -> list[Any]:
    """What the project file says of each image, read from the outside."""
    with Project.open(desk.project_path, read_only=True) as project:
        return [project.annotation(record.id) for record in project.images()]
