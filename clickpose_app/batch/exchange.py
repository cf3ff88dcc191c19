"""A project as COCO JSON, with whatever an imported file said that ClickPose does not know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from clickpose_app.formats.coco import CocoImage, coco_writer
from clickpose_app.storage.images import image_size
from clickpose_app.storage.project import ImageRecord, Project


def export_project(project: Path, out: Path) -> int:
    """Write a project as COCO JSON; another process may be working in it.

    Args:
        project: the project file.
        out: the JSON file; an existing one is replaced when all went well.

    Returns:
        How many images were written.

    Raises:
        ClickPoseError: naming the file that cannot be read or written.
    """
    with Project.open(project, read_only=True) as opened:
        header = opened.coco_header
        extra, category_extra = header.get("extra"), header.get("category_extra")
        with coco_writer(
            out, opened.skeleton, extra=extra, category_extra=category_extra
        ) as writer:
            count = 0
            for image in _images(opened):
                writer.add(image)
                count += 1
    return count


def _images(project: Project) -> Iterator[CocoImage]:
    records = project.images()
    extras = {record.id: project.image_extra(record.id) for record in records}
    imported = [extra["id"] for extra in extras.values() if isinstance(extra.get("id"), int)]
    # Images that joined after the import get ids above every imported one.
    above = max(imported, default=0)
    for record in records:
        extra = extras[record.id]
        image_id = extra["id"] if isinstance(extra.get("id"), int) else above + record.id
        width, height = _size(project, record)
        yield CocoImage(
            image_id, record.file_name, width, height, project.annotation(record.id), extra
        )


def _size(project: Project, record: ImageRecord) -> tuple[int, int]:
    """As noted, or from the file's header for an image that nobody has opened yet."""
    if record.width is not None and record.height is not None:
        return record.width, record.height
    return image_size(project.image_path(record))
