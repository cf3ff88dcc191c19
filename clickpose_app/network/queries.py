"""Two-stage query selection: the tokens that most look like people become queries."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from clickpose_app.network.encoder import Pyramid, token_centres
from clickpose_app.network.heads import MLP, class_head, start_at_zero
from clickpose_app.network.level_shapes import LevelShapes
from clickpose_app.network.linear import Linear
from clickpose_app.network.steps import step_box

# A proposal of level l is a square of 0.05 * 2^l of the image, as published ...
_PROPOSAL_SIZE = 0.05
# ... or, with relative steps, of this many cells.
_PROPOSAL_CELLS = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Proposals:
    """What every token says, and the best of them.

    Shapes: B images, S tokens, Q queries, C classes, D width, K keypoints.

    Attributes:
        logits: class logits of every token [B, S, C].
        boxes: boxes of every token [B, S, 4] (cxcywh, 0..1), or of the chosen [B, Q, 4] where
            only those were asked for.
        usable: tokens that lie in the image [B, S].
        centres: token centres [B, S, 2].
        cells: width and height of each token's cell [B, S, 2].
        chosen: indices of the best Q tokens, best first [B, Q].
        content: their features [B, Q, D], detached.
        references: their boxes [B, Q, 4], detached.
        token_poses: keypoints in units of the token's box, from its centre [B, S, K, 2];
            None without a pose head, and where only the chosen were asked for.
        poses: keypoints of the chosen [B, Q, K, 2] in 0..1, detached; None likewise.
    """

    logits: Tensor
    boxes: Tensor
    usable: Tensor
    centres: Tensor
    cells: Tensor
    chosen: Tensor
    content: Tensor
    references: Tensor
    token_poses: Tensor | None
    poses: Tensor | None


class QuerySelection(nn.Module):
    """Scores every token of the memory and passes the best on as queries.

    Args:
        d_model: D.
        classes: C.
        queries: Q.
        keypoints: K for a pose a token, or None for none.
        relative: whether boxes move in units of the proposal (ModelConfig.relative_steps).
        peaks: whether only local maxima of the score are chosen (ModelConfig.peak_proposals).
    """

    def __init__(
        self,
        d_model: int,
        classes: int,
        queries: int,
        keypoints: int | None,
        *,
        relative: bool,
        peaks: bool,
    ) -> None:
        super().__init__()
        self.queries, self.relative, self.peaks = queries, relative, peaks
        self.output = Linear(d_model, d_model)
        self.output_norm = nn.LayerNorm(d_model)
        self.class_head = class_head(d_model, classes)
        self.box_head = start_at_zero(MLP(d_model, d_model, d_model, 4))
        self.pose_head: MLP | None = None
        if keypoints is not None:
            self.pose_head = start_at_zero(MLP(d_model, d_model, d_model, 2 * keypoints))
            self.mean_pose = nn.Parameter(torch.zeros(keypoints, 2))

    def forward(self, memory: Pyramid, *, every_token: bool = True) -> Proposals:
        """Proposals of a memory.

        Args:
            memory: of the images.
            every_token: False spares boxes and poses of tokens that are not chosen.
        """
        centres, cells = token_centres(memory), _cells(memory)
        boxes, usable = self._starting_boxes(memory, centres, cells)
        tokens = memory.tokens.masked_fill(~usable[..., None], 0.0)
        tokens = self.output_norm(self.output(tokens))
        logits = self.class_head(tokens)
        score = logits.max(-1).values
        if self.relative:
            score = score.masked_fill(~usable, -torch.inf)
        if self.peaks:
            score = _peaks(score, memory.shapes)
        chosen = score.topk(min(self.queries, score.shape[1]), dim=1).indices
        content = _take(tokens, chosen)
        if every_token:
            boxes = self._boxes(tokens, boxes, usable)
            shapes = self._token_poses(tokens)
            references = _take(boxes, chosen).detach()
            flat = None if shapes is None else _take(shapes.flatten(2), chosen)
        else:
            inside = usable.gather(1, chosen)
            references = self._boxes(content, _take(boxes, chosen), inside).detach()
            shapes = self._token_poses(content)
            flat = None if shapes is None else shapes.flatten(2)
        poses = None
        if flat is not None:
            poses = place(torch.unflatten(flat, -1, (-1, 2)), references).detach()
        return Proposals(
            logits,
            boxes if every_token else references,
            usable,
            centres,
            cells,
            chosen,
            content.detach(),
            references,
            shapes if every_token else None,
            poses,
        )

    def _boxes(self, tokens: Tensor, starts: Tensor, usable: Tensor) -> Tensor:
        """Boxes [B, N, 4] of tokens [B, N, D] with these starting boxes."""
        boxes = step_box(starts, self.box_head(tokens).float(), self.relative)
        if self.relative:
            return boxes
        # As published: such a token may be chosen, and its box is the whole image.
        return boxes.masked_fill(~usable[..., None], 1.0)

    def template(self, boxes: Tensor) -> Tensor:
        """The average pose [B, N, K, 2] in boxes [B, N, 4]."""
        return place(self.mean_pose.expand(*boxes.shape[:2], -1, -1), boxes)

    def _token_poses(self, tokens: Tensor) -> Tensor | None:
        if self.pose_head is None:
            return None
        flat: Tensor = self.pose_head(tokens)
        return torch.unflatten(flat.float(), -1, (-1, 2)) + self.mean_pose

    def _starting_boxes(
        self, memory: Pyramid, centres: Tensor, cells: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Starting boxes [B, S, 4] and which of them are usable [B, S]."""
        if self.relative:
            sizes = (_PROPOSAL_CELLS * cells).clamp(max=1.0)
        else:
            level = [_PROPOSAL_SIZE * 2**i for i in range(len(memory.shapes))]
            counts = torch.tensor([h * w for h, w in memory.shapes.sizes], device=cells.device)
            sizes = cells.new_tensor(level).repeat_interleave(counts)[None, :, None]
        boxes = torch.cat([centres, sizes.expand_as(centres)], -1)
        usable = ((centres > 0.01) & (centres < 0.99)).all(-1)
        if not self.relative:
            usable &= ((boxes > 0.01) & (boxes < 0.99)).all(-1)
        if memory.padding is not None:
            usable &= ~memory.padding
        return boxes, usable


def place(shape: Tensor, boxes: Tensor) -> Tensor:
    """Keypoints [B, N, K, 2] in 0..1 from shapes in box units around the centres of boxes."""
    return (boxes[:, :, None, :2] + shape * boxes[:, :, None, 2:]).clamp(0.0, 1.0)


def _cells(memory: Pyramid) -> Tensor:
    """Width and height [B, S, 2] of each token's cell, in 0..1 of the image without padding."""
    sizes = []
    for level, (height, width) in enumerate(memory.shapes.sizes):
        ratio = memory.valid_ratios[:, level, None]  # [B, 1, 2]
        cell = 1 / (ratio.new_tensor([width, height]) * ratio)
        sizes.append(cell.expand(-1, height * width, -1))
    return torch.cat(sizes, 1)


def _peaks(score: Tensor, shapes: LevelShapes) -> Tensor:
    """Scores [B, S] with those below a neighbour of their level pushed to the end."""
    kept = []
    for (height, width), part in zip(
        shapes.sizes, torch.split(score, [h * w for h, w in shapes.sizes], 1), strict=True
    ):
        grid = torch.unflatten(part, 1, (1, height, width))
        kept.append((grid >= F.max_pool2d(grid, 3, 1, 1)).flatten(1))
    # Pushed down rather than out: a tiny image may have fewer peaks than queries.
    return torch.where(torch.cat(kept, 1), score, score - 100.0)


def _take(values: Tensor, indices: Tensor) -> Tensor:
    """Rows [B, Q, ...] of values [B, S, ...]."""
    return values.gather(1, indices[..., None].expand(-1, -1, values.shape[-1]))
