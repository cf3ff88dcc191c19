"""The one loop of all pre-labelling: look at each image, keep what was found, tell how far."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

from clickpose_app.batch.looking import Seen, look_at
from clickpose_app.batch.workers import Workers
from clickpose_app.core.annotation import ImageAnnotation
from clickpose_app.core.edits import predicted_annotation
from clickpose_app.core.keypoint_map import KeypointMap
from clickpose_app.core.predictor import ImageArray, Predictor
from clickpose_app.storage.images import read_image

Looker: TypeAlias = Predictor | Workers
"""Who looks: a network in this process, or one in each of several."""

Keep: TypeAlias = Callable[[Seen[Path], ImageAnnotation], object]
"""Called with each image that was looked at, and its people above the threshold."""

Progress: TypeAlias = Callable[[int, int], object]
"""Called with how many of how many images are done."""


def label(
    paths: Collection[Path],
    looker: Looker,
    keep: Keep,
    *,
    score_threshold: float,
    read: Callable[[Path], ImageArray] = read_image,
    known: KeypointMap | None = None,
    missed: Callable[[Path], object] | None = None,
    before: int = 0,
    progress: Progress | None = None,
) -> list[str]:
    """Look at all images, in their order; one sentence for each that could not be read.

    Args:
        paths: of the images.
        looker: who looks.
        keep: the one place to which every result comes.
        score_threshold: people less certain than this are left out.
        read: gives the upright RGB pixels of a path.
        known: the keypoints that are wanted; None for those of the network.
        missed: called with each image that cannot be read.
        before: images that were done earlier; progress counts them.
        progress: called at the start and after each image.
    """
    failures: list[str] = []
    done, total = before, before + len(paths)
    if progress:
        progress(done, total)
    every = (
        looker.look(paths, read) if isinstance(looker, Workers) else look_at(paths, looker, read)
    )
    with closing(every) as results:
        for result in results:
            if isinstance(result, Seen):
                poses = result.poses if known is None else [known.pose(p) for p in result.poses]
                keep(result, predicted_annotation(poses, score_threshold=score_threshold))
            else:
                failures.append(result.why)
                if missed:
                    missed(result.item)
            done += 1
            if progress:
                progress(done, total)
    return failures
