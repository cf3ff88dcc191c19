"""What follows when a taught model takes over: the list, what people placed, the way back."""

from __future__ import annotations

from collections.abc import Callable

from clickpose_app.core.annotation import ImageState
from clickpose_app.gui.image_list import Order, View
from clickpose_app.storage.project import Project
from tests.gui.test_teaching import (  # noqa: F401 (fixtures)
    ALL,
    LABELLED,
    Teacher,
    make_teacher,
    row,
    teacher,
    use,
)

MODEL = "mäuse-teach-"


def wait_for_use(teacher: Teacher, name: str) -> None:  # noqa: F811
    teacher.desk.wait(lambda: teacher.in_use == name)


def learned(teacher: Teacher) -> None:  # noqa: F811
    teacher.teach()
    teacher.wait_for_end()
    predicted = [ImageState.PREDICTED] * (ALL - LABELLED)
    teacher.desk.wait(lambda: teacher.states()[LABELLED:] == predicted)


def test_the_least_certain_images_come_first_once_all_are_predicted(
    teacher: Teacher,  # noqa: F811
) -> None:
    teacher.will()
    browser = teacher.desk.window.browser
    learned(teacher)
    teacher.desk.wait(lambda: browser.images.view.order is Order.NEED)
    needs = [browser.records[row].need or 0.0 for row in browser.images.shown]
    assert needs == sorted(needs, reverse=True)
    listed = [browser.records[row].state for row in browser.images.shown]
    assert listed[: ALL - LABELLED] == [ImageState.PREDICTED] * (ALL - LABELLED)
    teacher.desk.wait(lambda: "least certain" in teacher.desk.window.statusBar().currentMessage())


def test_a_list_that_somebody_sorted_by_name_stays_so(teacher: Teacher) -> None:  # noqa: F811
    teacher.will()
    browser = teacher.desk.window.browser
    browser.show_view(View(order=Order.NAME))
    learned(teacher)
    teacher.desk.wait(lambda: teacher.teaching.own.remaining.left == 0)
    assert browser.images.view.order is Order.NAME


def test_every_model_keeps_its_figures_and_going_back_changes_nothing_that_was_placed(
    make_teacher: Callable[[], Teacher],  # noqa: F811
) -> None:
    first = make_teacher()
    placed = stored(first)
    for quality in (0.5, 0.7, 0.9):
        first.will(quality=quality)
        learned(first)
        name = f"{MODEL}{len(first.calls)}.safetensors"
        wait_for_use(first, name)
    first.desk.close()
    again = make_teacher()  # what is kept is kept in the project
    dialog = again.dialog()
    again.desk.wait(lambda: dialog.models.topLevelItemCount() == 4)
    shown = [row(dialog, number)[6] for number in range(1, 4)]
    assert shown == ["0.90", "0.70", "0.50"]
    for number, name in ((3, f"{MODEL}1.safetensors"), (1, f"{MODEL}3.safetensors"), (0, "")):
        use(dialog, number)
        wait_for_use(again, name)
        again.desk.wait(lambda: not again.desk.session.outdated or not again.in_use)
    assert stored(again) == placed


def stored(teacher: Teacher) -> list[object]:  # noqa: F811
    """What the project file holds of the images that a person labelled."""
    with Project.open(teacher.folder / "mäuse.clickpose", read_only=True) as project:
        return [project.annotation(record.id) for record in project.images()[:LABELLED]]
