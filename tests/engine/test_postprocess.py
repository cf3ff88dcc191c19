from __future__ import annotations

import torch

from clickpose_app.engine.postprocess import select_published
from clickpose_app.network.clickpose import Detections


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
