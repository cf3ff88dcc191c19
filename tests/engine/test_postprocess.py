from __future__ import annotations

import torch

from clickpose_app.engine.postprocess import distinct_people, select_published
from clickpose_app.network.clickpose import Detections

SIGMAS = torch.full((3,), 0.05)


def test_the_better_of_two_equal_poses_stays() -> None:
    keypoints = torch.tensor([[[10.0, 10], [20, 20], [30, 30]]]).repeat(3, 1, 1)
    keypoints[1] += 0.5
    keypoints[2] += 60
    boxes = torch.tensor([[20.0, 20, 40, 40]]).repeat(3, 1)
    assert distinct_people(boxes, keypoints, torch.tensor([0.4, 0.9, 0.6]), SIGMAS) == [1, 2]


def test_nobody_is_no_error() -> None:
    empty = distinct_people(torch.zeros(0, 4), torch.zeros(0, 3, 2), torch.zeros(0), SIGMAS)
    assert empty == []


def test_published_selection_ranks_people_and_classes_together() -> None:
    found = Detections(
        logits=torch.tensor([[[0.0, 2.0], [1.0, -1.0]]]),
        boxes=torch.tensor([[[0.5, 0.5, 0.2, 0.4], [0.25, 0.5, 0.1, 0.1]]]),
        keypoints=torch.tensor([[[[0.5, 0.5]], [[0.25, 0.5]]]]),
    )
    selected = select_published(found, torch.tensor([[100, 200]]), 3)
    assert selected.labels.tolist() == [[1, 0, 0]]
    torch.testing.assert_close(selected.boxes[0, 0], torch.tensor([80.0, 30.0, 120.0, 70.0]))
    torch.testing.assert_close(selected.keypoints[0, :, 0, 0], torch.tensor([100.0, 50.0, 100.0]))
