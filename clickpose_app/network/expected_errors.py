"""What a correction says of the other keypoints, read off the network's own errors.

Errors of a pose go together: a jaw that is found too low is too low all along. While the network
learns it keeps the covariance of its errors in units of the box, one for both axes: that is known
from few labels, and holds for creatures that turn. When a person places a keypoint, the others
move to their expectation given all that was placed so far (conditioning of a normal
distribution). Shares of corrections (corrections.py) are the learned
form of the same for one keypoint at a time; this one needs no training of its own, and takes
account of what earlier corrections have said already. A correction that is far larger than the
errors to be expected is of a keypoint that was confused with something: it counts for less.

Taught from few labels, pose layers lead a corrected pose back to what they first believed, click
after click. So once somebody has placed a keypoint they have no say.

Shapes: P people, B images, N people of an image, K keypoints.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from clickpose_app.network.steps import LEAST_SIZE

# Errors are kept in hundredths of a box side: covariances stay in reach of float16.
_UNIT = 100.0
# Errors beyond this many units are of somebody else, or of nobody.
_LARGEST = 30.0
# How much of a keypoint's error no other keypoint can tell, and no label is more exact than.
_OWN_SHARE = 0.1
_LEAST_VARIANCE = 0.1
# A correction counts in full up to this many times the errors to be expected.
_USUAL = 2.0
# How fast early errors are forgotten.
_DECAY = 0.99
_MOST_SEEN = 1000


class ExpectedErrors(nn.Module):
    """Covariance of the errors of all keypoints, and steps that follow from corrections.

    Args:
        keypoints: K.
    """

    covariance: Tensor
    seen: Tensor

    def __init__(self, keypoints: int) -> None:
        super().__init__()
        self.register_buffer("covariance", torch.zeros(keypoints, keypoints))
        self.register_buffer("seen", torch.zeros(()))

    def observe(self, errors: Tensor, known: Tensor) -> None:
        """Take account of the errors of some people.

        Args:
            errors: truth less prediction, in box sides [P, K, 2].
            known: which keypoints are labelled [P, K].
        """
        if not len(errors):
            return
        with torch.no_grad():
            vectors = (errors * _UNIT).clamp(-_LARGEST, _LARGEST) * known[..., None]
            pairs = 2 * (known.float().T @ known.float())
            found = torch.einsum("pjc,pkc->jk", vectors, vectors) / pairs.clamp(min=1)
            # Beyond this many it makes no difference, and float16 holds no large numbers.
            self.seen.add_(1).clamp_(max=_MOST_SEEN)
            share = torch.maximum(1 / self.seen, self.seen.new_tensor(1 - _DECAY))
            # Of pairs that nobody has labelled together nothing new is known.
            self.covariance.lerp_(torch.where(pairs > 0, found, self.covariance), share)

    def forward(self, moved: Tensor, pinned: Tensor, boxes: Tensor) -> Tensor:
        """Steps [B, N, K, 2] in the units of moved.

        Args:
            moved: how far the last correction moved each keypoint [B, N, K, 2].
            pinned: which a person has placed by now [B, N, K].
            boxes: of the people [B, N, 4], cxcywh.
        """
        sides = boxes[:, :, None, 2:].clamp(min=LEAST_SIZE)
        placed = pinned.to(moved.dtype)
        by = moved / sides * placed[..., None] * _UNIT
        own = torch.diagonal(self.covariance) * _OWN_SHARE + _LEAST_VARIANCE
        covariance = self.covariance * (1 - _OWN_SHARE) + torch.diag(own)
        among = placed[..., :, None] * covariance * placed[..., None, :]
        # Corrections of nothing for what was placed before take out what that has said already.
        weights = torch.linalg.solve(among + torch.diag_embed(1 - placed), by)
        corrected = (by.abs().sum(-1) > 0).sum(-1).clamp(min=1)
        odd = ((weights * by).sum((-1, -2)) / (2 * corrected)).clamp(min=1e-9).sqrt()
        weights = weights * (_USUAL / odd).clamp(max=1.0)[..., None, None]
        step: Tensor = torch.einsum("jk,bnkc->bnjc", covariance, weights * placed[..., None])
        return step / _UNIT * sides


def unless_corrected(start: Tensor, found: Tensor, pinned: Tensor) -> Tensor:
    """What is believed of people: boxes [B, N, 4] or keypoints [B, N, K, 2].

    Args:
        start: where they are after the steps that follow from corrections.
        found: where the pose layers take them, who are believed of whom nobody has corrected.
        pinned: which keypoints a person has placed [B, N, K].
    """
    corrected = pinned.any(-1)
    return torch.where(corrected.view(*corrected.shape, *[1] * (start.ndim - 2)), start, found)
