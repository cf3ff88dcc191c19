"""All figures of one predictor, or of one file of results, in a single walk over the images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from clickpose_app.core.geometry import FloatArray
from clickpose_app.core.predictor import EncodedImage, PredictedPose, Predictor
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
from clickpose_app.evaluation.noc_official import AP_LEVELS, ImageTruth, OfficialRules
from clickpose_app.evaluation.noc_person import ImageClicks, PersonRules, count_clicks
from clickpose_app.evaluation.report import Report
from clickpose_app.evaluation.truth import (
    Progress,
    check_keypoints,
    each_image,
    keypoint_places,
    labelled_people,
)
from clickpose_app.formats.coco import CocoDataset, read_coco


@dataclass
class _Walk:
    """What is gathered on the way, image by image."""

    detections: list[dict[str, Any]] = field(default_factory=list)
    person: list[ImageClicks] = field(default_factory=list)
    rounds: list[FloatArray] = field(default_factory=list)
    rounds_by_hand: list[FloatArray] = field(default_factory=list)


def measure_predictor(
    predictor: Predictor,
    ground_truth: Path,
    images: Path,
    *,
    noc: PersonRules | None = None,
    progress: Progress | None = None,
) -> Report:
    """How well a predictor finds the people of a data set, and what correcting it costs.

    Args:
        predictor: who is examined; its skeleton needs all keypoints of the data set.
        ground_truth: a COCO JSON file.
        images: the folder that its images lie in.
        noc: how clicks are counted; None for AP alone.
        progress: told how many of how many images are done.

    Raises:
        FormatError: naming what is wrong in the ground truth.
        ImageError: naming images that are missing, unreadable or of another size than stated.
    """
    dataset = read_coco(ground_truth)
    check_keypoints(ground_truth, dataset.skeleton, predictor.skeleton)
    places = keypoint_places(dataset.skeleton, predictor.skeleton)
    walk = _Walk()
    for image, pixels in each_image(dataset, ground_truth, images, progress):
        encoded = predictor.encode(pixels)
        poses = predictor.detect(encoded)
        walk.detections += (result(image.id, pose, places) for pose in poses[:MOST_PEOPLE])
        if noc is not None:
            people = labelled_people(image.annotation, dataset.skeleton, predictor.skeleton)
            walk.person.append(count_clicks(people, poses, noc, (predictor, encoded)))
            truth = image_truth(image, dataset)
            walk.rounds_by_hand.append(_rounds(truth, poses, places))
            walk.rounds.append(_rounds(truth, poses, places, (predictor, encoded)))
    return _report(dataset, walk, noc=noc is not None, refined=True)


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
    walk, poses = _Walk(detections), poses_by_image(detections)
    for image in dataset.images:
        people = labelled_people(image.annotation, dataset.skeleton, dataset.skeleton)
        found = poses.get(image.id, [])
        walk.person.append(count_clicks(people, found, rules))
        truth = image_truth(image, dataset)
        walk.rounds_by_hand.append(_rounds(truth, found, range(len(dataset.skeleton))))
    return _report(dataset, walk, noc=True, refined=False)


def _report(dataset: CocoDataset, walk: _Walk, *, noc: bool, refined: bool) -> Report:
    """Everything that was asked for, in the order in which it is read."""
    resamples = resample_images(len(dataset.images))
    report = Report()
    coco = CocoEvaluation(dataset, walk.detections)
    report.add_figures(coco.figures, resampled_figures(coco.matches, resamples))
    if not noc:
        return report
    manual = [each.manual for each in walk.person]
    ours = [each.refined for each in walk.person if each.refined is not None]
    if refined:
        report.add_clicks("noc_person", ours, resamples)
    report.add_clicks("noc_person_manual", manual, resamples)
    if refined:
        report.add_saved("noc_person_saved", ours, manual, resamples)
        report.add_clicks("noc_official", walk.rounds, resamples)
    report.add_clicks("noc_official_manual", walk.rounds_by_hand, resamples)
    report.counts["people"] = sum(len(each.found) for each in walk.person)
    report.counts["people_found"] = sum(int(each.found.sum()) for each in walk.person)
    return report


def _rounds(
    truth: ImageTruth | None,
    poses: Sequence[PredictedPose],
    places: Sequence[int],
    refiner: tuple[Predictor, EncodedImage] | None = None,
) -> FloatArray:
    """Rounds that one image takes [1, T]; [0, T] for one that the protocol leaves out."""
    if truth is None:
        return np.zeros((0, len(AP_LEVELS)))
    return count_rounds(poses, truth, places, OfficialRules(), refiner)


def _add_person(report: Report, clicks: Sequence[ImageClicks], resamples: FloatArray) -> None:
    manual = [each.manual for each in clicks]
    refined = [each.refined for each in clicks if each.refined is not None]
    if refined:
        report.add_clicks("noc_person", refined, resamples)
    report.add_clicks("noc_person_manual", manual, resamples)
    if refined:
        report.add_saved("noc_person_saved", refined, manual, resamples)
    found = np.concatenate([each.found for each in clicks])
    report.counts |= {"people": len(found), "people_found": int(found.sum())}
