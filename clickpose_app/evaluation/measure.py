"""All figures of one predictor, or of one file of results, in a single walk over the images."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from clickpose_app.core.geometry import FloatArray
from clickpose_app.core.predictor import Predictor
from clickpose_app.evaluation.ap_resampling import resampled_figures
from clickpose_app.evaluation.bootstrap import resample_images
from clickpose_app.evaluation.coco_ap import MOST_PEOPLE, CocoEvaluation
from clickpose_app.evaluation.coco_results import (
    in_skeleton_order,
    poses_by_image,
    read_results,
    result,
)
from clickpose_app.evaluation.lock_step import count_rounds, image_truth
from clickpose_app.evaluation.noc_official import OfficialRules
from clickpose_app.evaluation.noc_person import ImageClicks, PersonRules, count_clicks
from clickpose_app.evaluation.report import Report
from clickpose_app.evaluation.truth import (
    Progress,
    check_keypoints,
    each_image,
    keypoint_places,
    labelled_people,
)
from clickpose_app.formats.coco import read_coco
from clickpose_app.formats.dataset import Dataset

# With refinement, and by hand.
_PERSON = ("noc_person", "noc_person_manual")
_OFFICIAL = ("noc_official", "noc_official_manual")


class _Walk:
    """What is gathered on the way, image by image.

    Attributes:
        detections: COCO results.
        clicks: for each count of clicks those of every image [N, T].
        people: how many people are labelled.
        found: how many of them were found.
    """

    def __init__(self, *counts: str) -> None:
        self.detections: list[dict[str, Any]] = []
        self.clicks: dict[str, list[FloatArray]] = {name: [] for name in counts}
        self.people = self.found = 0

    def add_person(self, clicks: ImageClicks) -> None:
        """Add an image by the annotator's protocol."""
        if clicks.refined is not None:
            self.clicks["noc_person"].append(clicks.refined)
        self.clicks["noc_person_manual"].append(clicks.manual)
        self.people += len(clicks.found)
        self.found += int(clicks.found.sum())


def measure_predictor(
    predictor: Predictor,
    ground_truth: Path,
    images: Path,
    *,
    noc: PersonRules | None = None,
    official: OfficialRules | None = None,
    progress: Progress | None = None,
) -> Report:
    """How well a predictor finds the people of a data set, and what correcting it costs.

    Args:
        predictor: who is examined; its skeleton needs all keypoints of the data set.
        ground_truth: a COCO JSON file.
        images: the folder that its images lie in.
        noc: how the clicks of an annotator are counted; None not to count them.
        official: sizes of the published loop; None not to run it.
        progress: told how many of how many images are done.

    Raises:
        FormatError: naming what is wrong in the ground truth.
        ImageError: naming images that are missing, unreadable or of another size than stated.
    """
    dataset = read_coco(ground_truth)
    check_keypoints(ground_truth, dataset.skeleton, predictor.skeleton)
    places = keypoint_places(dataset.skeleton, predictor.skeleton)
    walk = _Walk(*(_PERSON if noc else ()), *(_OFFICIAL if official else ()))
    for image, pixels in each_image(dataset, ground_truth, images, progress):
        encoded = predictor.encode(pixels)
        poses = predictor.detect(encoded)
        refiner = (predictor, encoded)
        walk.detections += (result(image.id, pose, places) for pose in poses[:MOST_PEOPLE])
        if noc:
            people = labelled_people(image.annotation, dataset.skeleton, predictor.skeleton)
            walk.add_person(count_clicks(people, poses, noc, refiner))
        if official:
            truth = image_truth(image, dataset)
            for name, refining in zip(_OFFICIAL, (refiner, None), strict=True):
                rounds = count_rounds(poses, truth, places, official, refining)
                walk.clicks[name].append(rounds)
    return _report(dataset, walk)


def measure_results(ground_truth: Path, results: Path, rules: PersonRules) -> Report:
    """AP of the results of any tool, and what correcting them by hand costs.

    Args:
        ground_truth: a COCO JSON file.
        results: a COCO results file for it.
        rules: how clicks are counted.

    Raises:
        FormatError: naming what is wrong in either file.
    """
    dataset = read_coco(ground_truth)
    detections = in_skeleton_order(dataset, ground_truth, read_results(results), str(results))
    poses = poses_by_image(detections)
    person, official = _PERSON[-1], _OFFICIAL[-1]
    walk = _Walk(person, official)
    walk.detections = detections
    places = range(len(dataset.skeleton))
    for image in dataset.images:
        people = labelled_people(image.annotation, dataset.skeleton, dataset.skeleton)
        found, truth = poses.get(image.id, []), image_truth(image, dataset)
        walk.add_person(count_clicks(people, found, rules))
        walk.clicks[official].append(count_rounds(found, truth, places, OfficialRules()))
    return _report(dataset, walk)


def _report(dataset: Dataset, walk: _Walk) -> Report:
    resamples = resample_images(len(dataset.images))
    report = Report()
    coco = CocoEvaluation(dataset, walk.detections)
    report.add_figures(coco.figures, resampled_figures(coco.matches, resamples))
    for name, per_image in walk.clicks.items():
        report.add_clicks(name, per_image, resamples)
    if set(_PERSON) <= walk.clicks.keys():
        refined, manual = (walk.clicks[name] for name in _PERSON)
        report.add_saved("noc_person_saved", refined, manual, resamples)
    if walk.clicks:
        report.counts |= {"people": walk.people, "people_found": walk.found}
    return report
