"""A data set that was read from a file becomes a project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import ProjectError, Words
from clickpose_app.storage.project import PROJECT_SUFFIX, Project


class _Image(Protocol):
    @property
    def file_name(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def annotation(self) -> ImageAnnotation: ...
    @property
    def extra(self) -> Mapping[str, Any]: ...


class _Dataset(Protocol):
    @property
    def skeleton(self) -> Skeleton: ...
    @property
    def images(self) -> Sequence[_Image]: ...
    @property
    def extra(self) -> Mapping[str, Any]: ...
    @property
    def category_extra(self) -> Mapping[str, Any]: ...


def project_from(dataset: _Dataset, path: Path, *, image_root: Path) -> None:
    """Write a data set as a new project file, which appears only when it is whole.

    Args:
        dataset: as formats read it (formats.dataset.Dataset).
        path: the project file.
        image_root: the folder that the names of its images are relative to.

    Raises:
        ProjectError: if the file is there already or cannot be written, or an image's name
            leaves the image root.
        FormatError: if the data set is damaged where only now somebody looks.
    """
    if path.exists():
        raise ProjectError(
            Words("{path} is there already and may hold work.", path=path),
            Words("Choose another name, or move it away."),
        )
    # A half-made project must not look like a finished one, so it grows under another name.
    growing = path.with_name(f"{path.stem}.part{PROJECT_SUFFIX}")
    growing.unlink(missing_ok=True)
    try:
        with Project.create(growing, image_root=image_root, skeleton=dataset.skeleton) as project:
            images = dataset.images
            ids = project.add_images((i.file_name, i.width, i.height) for i in images)
            project.write_many((n, i.annotation) for n, i in zip(ids, images, strict=True))
            project.set_image_extras(
                (n, i.extra) for n, i in zip(ids, images, strict=True) if i.extra
            )
            project.set_coco_header(
                {"extra": dict(dataset.extra), "category_extra": dict(dataset.category_extra)}
            )
        growing.replace(path)
    finally:
        growing.unlink(missing_ok=True)
