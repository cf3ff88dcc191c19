from __future__ import annotations

import os
from pathlib import Path

import pytest

from clickpose_app.storage.image_root import find_root, relative_root, root_near


def test_a_root_beside_the_project_is_relative_to_it(tmp_path: Path) -> None:
    assert relative_root(tmp_path / "work" / "p.clickpose", tmp_path / "a" / "b") == "../a/b"


def test_a_root_on_another_drive_has_no_relative_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other_drive(*_: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", other_drive)
    assert relative_root(tmp_path / "p.clickpose", tmp_path) == ""
    assert find_root(tmp_path / "p.clickpose", str(tmp_path), "") == tmp_path


def test_images_of_names_longer_than_may_be_are_found_nowhere(tmp_path: Path) -> None:
    annotations = tmp_path / "a.json"
    annotations.touch()
    (tmp_path / "b.jpg").touch()
    assert root_near(annotations, ["x" * 5000]) is None
    assert root_near(annotations, ["x" * 5000, "b.jpg"]) == tmp_path


def test_a_root_of_a_name_longer_than_may_be_did_not_move_along(tmp_path: Path) -> None:
    project, far = tmp_path / "p.clickpose", "x" * 5000
    assert find_root(project, str(tmp_path), far) == tmp_path
