"""The numbers dialog: what the work took, and what was saved."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from clickpose_app.core.annotation import ImageState
from clickpose_app.core.work import Spell
from clickpose_app.gui import figures
from clickpose_app.gui.numbers import NumbersDialog
from clickpose_app.storage.work import record_work
from tests.gui.desk import LEFT_WRIST, NOSE, Desk

LEFT = Qt.MouseButton.LeftButton
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def open_numbers(desk: Desk) -> NumbersDialog:
    desk.wait(desk.window.isActiveWindow)
    desk.press(Qt.Key.Key_D, CTRL_SHIFT)
    (dialog,) = desk.window.findChildren(NumbersDialog)
    desk.wait(dialog.total.text)
    return dialog


def row(dialog: NumbersDialog, name: str) -> tuple[str, str]:
    today, overall = dialog.cells[name]
    return today.text(), overall.text()


def charts(dialog: NumbersDialog) -> list[str]:
    return [title.text() for title in dialog.plots.findChildren(QLabel, "plotTitle")]


def test_the_numbers_of_today_and_overall_are_shown(desk: Desk) -> None:
    project = desk.window.browser.project
    assert project is not None
    record_work(project, [Spell(2, desk.people[0].id, 1_000_000.0, 7205.0, 4, 0)])
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    desk.wait_for_calm()
    dialog = open_numbers(desk)
    assert dialog.total.text() == "3"
    assert dialog.states[ImageState.EDITED].text() == "1"
    assert row(dialog, "Clicks") == ("1", "5")
    assert row(dialog, "People finished") == ("1", "1")
    assert row(dialog, "Clicks to place every joint by hand") == ("17", "17")
    today, overall = row(dialog, "Clicks saved")
    assert today.startswith("16 ") and "94" in today
    assert overall.startswith("12 ")
    assert row(dialog, "Active time")[1].startswith("2 h 00 min")
    desk.wait(dialog.plots.isVisible)
    assert len(charts(dialog)) == 3
    assert all(title.endswith("by day") for title in charts(dialog))
    assert not dialog.empty.isVisible()


def test_before_any_work_the_dialog_says_how_to_begin(desk: Desk) -> None:
    dialog = open_numbers(desk)
    assert "Correct a joint" in dialog.empty.text()
    assert dialog.empty.isVisible() and not dialog.plots.isVisible()
    assert row(dialog, "Clicks per person") == (figures.NOTHING, figures.NOTHING)


def test_without_a_project_the_status_line_says_what_to_do(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    desk.wait(desk.window.isActiveWindow)
    desk.press(Qt.Key.Key_D, CTRL_SHIFT)
    assert "open a folder first" in desk.window.statusBar().currentMessage()
    assert desk.window.findChildren(NumbersDialog) == []


def test_the_table_is_exported_where_the_person_says(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.click(desk.joint_spot(0, NOSE), Qt.MouseButton.RightButton)
    dialog = open_numbers(desk)
    desk.wait(dialog.export_button.isEnabled)
    out = tmp_path / "work.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    dialog.export_button.click()
    assert "Exported" in dialog.said.text()
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["clicks"] for row in rows if row["person"] == "1"] == ["1"]


def test_an_export_that_fails_says_so_in_the_dialog(desk: Desk, tmp_path: Path) -> None:
    desk.click(desk.joint_spot(0, NOSE), Qt.MouseButton.RightButton)
    dialog = open_numbers(desk)
    dialog.export_to(tmp_path / "nowhere" / "work.csv")
    assert "nowhere" in dialog.said.text()


def test_a_project_that_cannot_be_read_is_named(desk: Desk, tmp_path: Path) -> None:
    dialog = NumbersDialog(tmp_path / "gone.clickpose", desk.window)
    desk.wait(lambda: "gone.clickpose" in dialog.empty.text())
    dialog.reject()


def test_every_figure_has_an_accessible_name(desk: Desk) -> None:
    dialog = open_numbers(desk)
    assert all(cell.accessibleName() for cells in dialog.cells.values() for cell in cells)
    assert all(cell.accessibleName() for cell in dialog.states.values())


def test_a_plot_is_to_be_looked_at_and_nothing_else(desk: Desk) -> None:
    desk.drag_joint(0, LEFT_WRIST, 40, 20)
    desk.wait_for_calm()
    dialog = open_numbers(desk)
    desk.wait(dialog.plots.isVisible)
    import pyqtgraph

    plots = dialog.plots.findChildren(pyqtgraph.PlotWidget)
    assert len(plots) == 3
    for plot in plots:
        assert plot.accessibleName() and plot.accessibleDescription()
        before = plot.getPlotItem().viewRange()
        middle = plot.viewport().rect().center()
        QTest.mousePress(plot.viewport(), LEFT, pos=middle)
        QTest.mouseMove(plot.viewport(), middle + QPoint(30, 30))
        QTest.mouseRelease(plot.viewport(), LEFT, pos=middle)
        assert plot.getPlotItem().viewRange() == before


def test_the_window_starts_without_pyqtgraph() -> None:
    code = (
        "import sys\n"
        "import clickpose_app.app, clickpose_app.gui.main_window, clickpose_app.gui.numbers\n"
        "assert 'pyqtgraph' not in sys.modules\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (None, figures.NOTHING),
        (0, "0.0 s"),
        (8.44, "8.4 s"),
        (59.99, "1 min 00 s"),
        (250, "4 min 10 s"),
        (3599.9, "1 h 00 min"),
        (7500, "2 h 05 min"),
    ],
)
def test_times_are_written_for_people(seconds: float | None, shown: str) -> None:
    assert figures.time_text(seconds) == shown
