from __future__ import annotations

from clickpose_app.core.natural_order import natural_order


def test_numbers_sort_by_value_letters_without_case_and_folder_by_folder() -> None:
    expected = ["a/img2.jpg", "a/IMG10.jpg", "a b/1.jpg", "b/001.jpg", "b/2.jpg", "b/c/1.jpg"]
    mixed = [expected[i] for i in (5, 1, 4, 0, 3, 2)]
    assert sorted(mixed, key=natural_order) == expected


def test_leading_zeros_and_case_make_no_difference() -> None:
    assert natural_order("IMG007.jpg") == natural_order("img7.jpg")
