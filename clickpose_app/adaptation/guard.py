"""What rests while keypoints are added to a network, so that the others stay as they are.

A skeleton that has all keypoints of the base and some more (feet beside COCO's joints) could be
learned as any other; but the few images that somebody labels are no match for all that the base
has seen, and its own joints would become worse. So only the numbers that belong to the new
keypoints alone are learned. What the known ones are computed with rests, and they do not look at
the new ones (``ModelConfig.guarded``): they come out as they came out of the base.

Shapes: K keypoints.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from clickpose_app.network.clickpose import ClickPose

# One row a keypoint; of the second one the first row belongs to none.
_ROWS = (
    "decoder.keypoint_content",
    "decoder.keypoint_label_content",
    "decoder.keypoint_size",
    "decoder.linked_corrections.range",
    "heat_head.output.",
    "heat_head.correction.",
    "queries.mean_pose",
    # x and y of each keypoint one below the other.
    "queries.pose_head.layers.2.",
)
_READ = (".sharpness", ".prior")
_SHARES = "decoder.linked_corrections.share"


@dataclass(frozen=True, slots=True, eq=False)
class Guard:
    """What may learn of a network that keeps what it knows.

    Attributes:
        new: which keypoints are new [K] bool.
        people: whom the base looks for in an image.
    """

    new: Tensor
    people: int

    @classmethod
    def of(cls, model: ClickPose, people: int) -> Guard | None:
        """That of a network that was made to keep what it knows; None for another one."""
        generation = model.decoder.generation
        return None if generation is None else cls(generation >= generation.max(), people)

    def free(self, name: str, parameter: Tensor) -> Tensor | None:
        """Which numbers of a parameter may learn, as a mask of its shape; None for none."""
        if name == _SHARES:
            # A known keypoint may follow when a person moves a new one.
            return self.new[:, None] | self.new[None]
        if not name.startswith(_ROWS) and not name.endswith(_READ):
            return None
        rows = self.new
        if name == "decoder.keypoint_label_content":
            rows = torch.cat([rows.new_zeros(1), rows])
        elif len(parameter) == 2 * len(rows):
            rows = rows.repeat_interleave(2)
        return rows.view(-1, *[1] * (parameter.ndim - 1)).expand_as(parameter)

    def choose(self, model: ClickPose) -> None:
        """Let only what is free learn; once for a network."""
        for name, parameter in model.named_parameters():
            mask = self.free(name, parameter)
            parameter.requires_grad_(mask is not None)
            if mask is not None:
                hook: Callable[..., object] = parameter.register_hook  # has no types of its own
                hook(_masked(mask))


def _masked(mask: Tensor) -> Callable[[Tensor], Tensor]:
    return lambda gradient: gradient * mask
