"""A project of very many images is listed at once."""

from __future__ import annotations

import gc
from pathlib import Path

from clickpose_app.storage.project import Project
from clickpose_app.storage.skeletons import builtin_skeleton

COUNT = 20_000


def test_listing_gives_pythons_collector_nothing_to_walk_through(tmp_path: Path) -> None:
    collected: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            collected.append(info["generation"])

    path = tmp_path / "many.clickpose"
    with Project.create(path, image_root=tmp_path, skeleton=builtin_skeleton()) as project:
        project.add_images((f"{number}.jpg", None, None) for number in range(COUNT))
        gc.collect()
        gc.callbacks.append(note)
        try:
            records = project.images()
        finally:
            gc.callbacks.remove(note)
    assert len(records) == COUNT
    assert not any(gc.is_tracked(record) for record in records)
    # What is made and dropped again sets off no walk through all that lives.
    assert 2 not in collected
