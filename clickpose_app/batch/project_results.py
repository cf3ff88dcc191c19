"""Previews and a report of what a network has found on the images of a project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from clickpose_app.batch.results import Results
from clickpose_app.core.annotation import ImageState
from clickpose_app.formats.dataset import DatasetImage
from clickpose_app.storage.project import Project


def write_project_results(
    path: Path, results: Results, failures: Sequence[str] = ()
) -> tuple[str, ...]:
    """Write them for all images that have predictions nobody has touched.

    Args:
        path: the project file.
        results: what is to be written.
        failures: one sentence for each image that could not be read, for the report.

    Returns:
        One sentence for each preview that could not be drawn.

    Raises:
        ProjectError: if the project cannot be read.
        ClickPoseError: if a file cannot be written.
    """
    if results.preview is None and results.report is None:
        return ()
    with Project.open(path, read_only=True) as project:
        found = [record for record in project.images() if record.state is ImageState.PREDICTED]
        files = ((project.image_path(record), record.file_name) for record in found)
        results.check(None, project.skeleton, files)
        return results.write(None, project.skeleton, _found(project), failures).not_drawn


def _found(project: Project) -> Iterator[tuple[Path, DatasetImage]]:
    for record in project.images():
        if record.state is ImageState.PREDICTED:
            size = record.width or 1, record.height or 1
            annotation = project.annotation(record.id)
            image = DatasetImage(record.id, record.file_name, *size, annotation)
            yield project.image_path(record), image
