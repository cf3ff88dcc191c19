"""Pre-labelling straight into a project, whatever a person did there staying as it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from clickpose_app.batch.labelling import Looker, Progress, label
from clickpose_app.batch.looking import Seen
from clickpose_app.core.annotation import ImageAnnotation, ImageState
from clickpose_app.core.keypoint_map import KeypointMap
from clickpose_app.core.thresholds import SCORE_THRESHOLD
from clickpose_app.errors import ClickPoseError
from clickpose_app.storage.project import ImageRecord, Project


@dataclass(frozen=True)
class IntoReport:
    """What came of it.

    Attributes:
        images: how many got predictions.
        people: how many people were found on them.
        kept: images that were left as they are, because somebody has worked on them or they
            have predictions already.
        failures: one sentence for each image that could not be read.
    """

    images: int
    people: int
    kept: int
    failures: tuple[str, ...]


def prelabel_project(
    path: Path,
    looker: Looker,
    *,
    again: bool = False,
    score_threshold: float = SCORE_THRESHOLD,
    progress: Progress | None = None,
) -> IntoReport:
    """Put predictions into a project, one transaction an image: stopped, it goes on later.

    Only images that are new are looked at; what a person edited, reviewed or sent back is
    never touched. Keypoints that the network does not know stay unplaced.

    Args:
        path: the project file; no window may have it open for writing.
        looker: who looks.
        again: also renew predictions that nobody has touched.
        score_threshold: people less certain than this are left out.
        progress: called at the start and after each image with how many of how many are done.

    Raises:
        ProjectError: if the project cannot be opened or written.
        ClickPoseError: if the network knows none of the project's keypoints.
    """
    open_to = {ImageState.NEW, ImageState.PREDICTED} if again else {ImageState.NEW}
    with Project.open(path) as project:
        known = KeypointMap.between(project.skeleton, looker.skeleton)
        if not known.shared:
            raise ClickPoseError(
                f"The network knows none of the keypoints of {path}.",
                "Take weights that were trained for them.",
            )
        records = project.images()
        waiting = {project.image_path(r): r for r in records if r.state in open_to}
        people = 0

        def keep(seen: Seen[Path], found: ImageAnnotation) -> None:
            nonlocal people
            record = waiting[seen.item]
            project.write(record.id, found)
            _note_size(project, record, seen.width, seen.height)
            people += len(found.people)

        failures = label(
            waiting,
            looker,
            keep,
            score_threshold=score_threshold,
            known=known,
            progress=progress,
        )
    return IntoReport(
        len(waiting) - len(failures), people, len(records) - len(waiting), tuple(failures)
    )


def _note_size(project: Project, record: ImageRecord, width: int, height: int) -> None:
    if (record.width, record.height) != (width, height):
        project.set_image_size(record.id, width, height)
