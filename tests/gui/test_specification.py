"""What annotators expect, line by line, and the tests that show it.

The lines are those of the specification's "Editing", "Getting through thousands of images" and
"Keys in people's fingers". A test that is renamed is looked for here in vain, so no line loses
its proof unnoticed; the tests below are for what no other file shows.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest

from clickpose_app.core.annotation import Source, Visibility
from tests.gui.desk import LEFT_WRIST, NOSE, Desk

EDITING = {
    "drag a joint": "correcting::a_drag_pins_the_joint_and_the_others_follow",
    "select it and click where it belongs": "correcting::shift_click_places_the_selected_joint",
    "or choose it in the list and click": (
        "correcting::a_joint_chosen_in_the_list_is_placed_by_the_next_click"
    ),
    "shown, stored and pinned at once": "specification::an_edit_is_stored_before_it_is_painted",
    "the dragged joint never waits for the network": (
        "correcting::the_dragged_joint_is_stored_before_the_network_answers"
    ),
    "the others move in a short visible motion": (
        "motion::the_pose_glides_to_where_the_annotation_is_already"
    ),
    "the previous pose is left as a fading ghost": "motion::the_ghost_fades_away",
    "pinned joints look different": (
        "looks::pinned_hollow_and_uncertain_joints_differ_without_colour"
    ),
    "pinned joints are never moved by the network": (
        "correcting::what_a_person_placed_is_never_moved"
    ),
    "a stale answer is never applied": "correcting::undo_before_the_answer_drops_the_answer",
    "one undo takes back the drag and what followed": (
        "correcting::one_undo_takes_back_the_drag_and_what_followed"
    ),
    "a modifier drags without refinement": "correcting::with_ctrl_only_the_joint_moves",
    "a toggle switches refinement off, a key asks for it again": (
        "correcting::the_switch_turns_following_off_and_r_asks_for_it"
    ),
    "unpin gives a joint back to the network": (
        "correcting::unpinning_gives_the_joint_back_to_the_network"
    ),
    "draw a box and a pose appears in it": "people::a_drawn_box_adds_a_person_with_a_pose_in_it",
    "place joints one after another in skeleton order": (
        "placing::the_first_click_makes_a_person_with_one_joint"
    ),
    "with the name of the next joint at the cursor": (
        "placing::the_name_of_the_next_joint_is_at_the_cursor"
    ),
    "the network fills in the rest from the second joint on": (
        "placing::from_the_second_joint_on_the_network_places_the_rest"
    ),
    "take a low-scoring prediction that is shown faintly": (
        "suggestions::one_gesture_accepts_a_suggestion_as_one_step"
    ),
    "a key cycles the visibility": "correcting::q_goes_round_the_visibilities",
    "a right click cycles the visibility": (
        "correcting::a_right_click_goes_round_the_visibilities_too"
    ),
    "v=1 is hollow but drawn": "looks::an_occluded_joint_is_hollow_but_there",
    "v=1 is grabbable": "specification::an_occluded_joint_is_dragged_and_stays_occluded",
    "v=0 is listed and can be put back": (
        "correcting::an_unlabelled_joint_is_listed_and_can_be_put_back"
    ),
    "edit the box by its own handles": (
        "handles::a_handle_moves_its_sides_of_the_box_and_nothing_else"
    ),
    "fit box to joints on request": "handles::shift_b_fits_the_box_to_the_joints",
    "the box never steals a click meant for a joint": (
        "handles::a_joint_goes_before_the_handle_that_it_lies_on"
    ),
    "a whole pose is not moved by accident": (
        "people::dragging_beside_a_joint_moves_the_view_and_nobody"
    ),
    "a whole pose moves by its own handle": (
        "handles::the_move_handle_moves_the_whole_pose_in_one_step"
    ),
    "a whole pose moves with a modifier": (
        "handles::alt_drag_anywhere_in_a_person_moves_their_pose"
    ),
    "rotate": "handles::the_turning_handle_turns_about_the_middle",
    "scale": "handles::the_scaling_handle_scales_about_the_middle",
    "handles of pose and box by keyboard": "grip::each_edge_of_a_box_is_moved_by_keys",
    "swap left and right of a whole person": (
        "correcting::swapping_sides_exchanges_left_and_right"
    ),
    "swap one limb": "hand::shift_x_swaps_the_limb_that_hangs_from_the_joint",
    "copy a pose to the next image": "clipboard::ctrl_d_takes_the_pose_to_the_next_image",
    "paste": "clipboard::a_pose_is_pasted_with_its_middle_at_the_cursor",
    "nudge by 1 and 10 pixels": "hand::nudges_in_succession_are_one_step",
    "delete a person": "people::delete_removes_the_selected_person_and_undo_brings_them_back",
    "iscrowd regions": "hand::a_crowd_region_is_drawn_and_exported",
    "hold a key to hide everything": "browsing::holding_h_hides_all_poses",
    "a magnifier at the dragged joint": (
        "seeing::the_magnifier_follows_the_dragged_joint_and_goes_when_it_is_dropped"
    ),
    "isolate one person in a crowd": "seeing::i_hides_the_others_and_tab_goes_on_through_everybody",
    "dim the rest": "seeing::others_are_dimmed_while_somebody_is_selected",
    "joint names on hover": "browsing::the_joint_under_the_cursor_is_named",
    "brightness, contrast and gamma that stay across images": (
        "seeing::sliders_change_what_is_shown_and_stay_for_the_next_image"
    ),
    "points outside the image stay grabbable": (
        "hand::joints_beside_the_picture_are_on_the_screen_and_can_be_grabbed"
    ),
    "walk one joint through all people and images": (
        "same_joint::clicks_walk_through_people_and_images"
    ),
    "undo and redo without limit": "undo::five_hundred_edits_are_undone_and_redone",
    "never across images by surprise": "undo::undo_never_reaches_into_another_image",
    "undo survives that everything is stored": (
        "known_failures::undo_goes_on_after_the_image_was_left_and_everything_was_stored"
    ),
    "hit-testing prefers the selected person's joints": (
        "hit::the_selected_persons_joint_wins_over_a_nearer_one"
    ),
}

THOUSANDS = {
    "a list with thumbnails": "image_list::a_row_that_is_seen_gets_its_thumbnail",
    "states": "browsing::the_list_shows_the_state_of_each_image",
    "filters": "image_list::filters_list_what_they_say",
    "search": "image_list::typing_lists_the_names_that_match_and_enter_opens_the_first",
    "least certain first": (
        "image_list::the_least_certain_image_comes_first_and_is_looked_at_ahead"
    ),
    "return to where one left off": "browsing::work_goes_on_where_it_was_left",
    "keep zoom on request": "seeing::zoom_stays_across_images_only_on_request",
    "a folder of very many images opens at once": (
        "large_folders::a_folder_of_very_many_images_shows_the_first_of_them_first"
    ),
    "the next image and its encoding are ready": (
        "browsing::the_next_image_is_encoded_before_it_is_asked_for"
    ),
    "time per image and per person": (
        "stopwatch::time_goes_to_the_selected_person_and_else_to_the_image"
    ),
    "clicks": "stopwatch::a_drag_is_one_click_whatever_follows_from_it",
    "clicks saved, today and overall": "numbers::the_numbers_of_today_and_overall_are_shown",
    "review: accept": "review::space_accepts_and_shows_the_next_image",
    "review: send back with a note": (
        "review::what_is_sent_back_carries_a_note_that_is_read_there"
    ),
    "review: flip through": "review::review_mode_lists_what_is_to_be_judged_and_counts_down",
    "a grid of one joint cropped from many people": (
        "review_grid::the_selected_joint_of_all_people_is_shown_least_certain_first"
    ),
    "every edit is stored before the next frame": (
        "specification::an_edit_is_stored_before_it_is_painted"
    ),
    "after a crash it opens where it was": "killed::whenever_it_is_killed_nothing_is_lost",
}

KEYS = {
    "A/D or the arrow keys": "browsing::letters_and_arrows_go_from_image_to_image",
    "Space accept and next": "review::space_accepts_and_shows_the_next_image",
    "Ctrl+Z, Ctrl+Shift+Z": "undo::five_hundred_edits_are_undone_and_redone",
    "Ctrl+S, Del, Tab, Q, X, F, N, B, R, Shift+R, F1, Esc": (
        "keys::the_keys_that_people_have_in_their_fingers_are_there"
    ),
    "Ctrl+C/V": "clipboard::a_pose_is_pasted_with_its_middle_at_the_cursor",
    "digits choose a person; Tab next person": "people::tab_and_digits_select_people",
    "digits of the number pad": "grip::digits_of_the_number_pad_choose_a_person",
    "H hold to hide": "browsing::holding_h_hides_all_poses",
    "I isolate": "seeing::i_hides_the_others_and_tab_goes_on_through_everybody",
    "Ctrl+wheel or wheel zoom at the cursor": "seeing::the_wheel_zooms_at_the_cursor",
    "middle button or Space-drag pan": "browsing::space_and_the_middle_button_pan_and_f_fits",
    "Esc leaves the current tool": (
        "people::escape_leaves_the_tool_then_the_joint_then_the_person"
    ),
    "all in one table": "actions::every_action_does_something_and_is_in_a_menu",
    "shown as a cheat sheet": "actions::the_cheat_sheet_shows_every_action_gesture_and_mark",
    "changeable": "keys::a_changed_key_works_at_once_and_after_a_restart",
    "with conflicts named": "keys::a_key_that_means_something_is_not_taken_silently",
    "presets for labelme, CVAT and SLEAP": ("keys::a_preset_gives_known_actions_keys_of_their_own"),
    "every control by keyboard": "reach::f6_reaches_all_that_has_no_key_of_its_own",
}


@pytest.mark.parametrize("place", sorted({*EDITING.values(), *THOUSANDS.values(), *KEYS.values()}))
def test_every_line_has_a_test_that_shows_it(place: str) -> None:
    file, _, name = place.partition("::")
    source = Path(__file__).with_name(f"test_{file}.py").read_text(encoding="utf-8")
    names = {node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
    assert f"test_{name}" in names


class _Frames(QObject):
    """Notes at each frame of the picture whether the file knows already what is on the screen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.known: list[bool] = []
        self._desk = desk

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802
        if event.type() == QEvent.Type.Paint:
            self.known.append(self._desk.stored() == self._desk.annotation)
        return False


def test_an_edit_is_stored_before_it_is_painted(desk: Desk) -> None:
    frames = _Frames(desk)
    port = desk.canvas.viewport()
    start = desk.joint_spot(0, LEFT_WRIST)
    desk.drag_begin(start, start + QPoint(20, 10))
    before = desk.annotation
    port.installEventFilter(frames)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start + QPoint(20, 10))
    assert desk.stored() == desk.annotation != before
    desk.press(Qt.Key.Key_Q)
    port.repaint()
    desk.press(Qt.Key.Key_X)
    port.repaint()
    desk.wait_for_calm()
    port.repaint()
    assert len(frames.known) >= 3
    assert all(frames.known)


def test_an_occluded_joint_is_dragged_and_stays_occluded(desk: Desk) -> None:
    desk.click(desk.joint_spot(0, NOSE), Qt.MouseButton.RightButton)
    before = desk.joint(0, NOSE)
    assert before.visibility is Visibility.OCCLUDED
    desk.drag_joint(0, NOSE, 30, 12)
    desk.wait_for_calm()
    after, pixel = desk.joint(0, NOSE), desk.canvas.pixel
    assert after.x - before.x == pytest.approx(30 * pixel, abs=pixel)
    assert (after.visibility, after.source) == (Visibility.OCCLUDED, Source.HUMAN)
