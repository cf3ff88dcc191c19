"""In which order photos are shown, so that small sources are not drowned by big ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from clickpose_app.errors import FormatError
from clickpose_app.training.data_samples import Sample

BALANCE = 0.6
"""A source's share goes with its number of photos to this power: 1 is no balancing at all."""

BOOSTS: Mapping[str, float] = {"coco": 2.0}
"""COCO's labels are all human and show what people photograph."""

NEGATIVES = "photos without people"


class SampleOrder:
    """An endless sequence of sample indices that any position can be asked for.

    Each source runs through its photos evenly, in a new order each time round.
    """

    def __init__(
        self,
        samples: Sequence[Sample],
        seed: int,
        boosts: Mapping[str, float] | None,
        negatives: float,
    ) -> None:
        """Share the positions out among sources.

        Args:
            samples: that are ordered.
            seed: of the orders.
            boosts: factors on the shares of sources; None for the default.
            negatives: share of photos without people, if there are any.

        Raises:
            FormatError: there are no samples.
        """
        if not samples:
            raise FormatError("There are no photos to train on.")
        groups: dict[str, list[int]] = {}
        for index, sample in enumerate(samples):
            groups.setdefault(sample.source if len(sample.boxes) else NEGATIVES, []).append(index)
        names = sorted(groups)
        self._groups = [np.array(groups[name]) for name in names]
        factors = BOOSTS if boosts is None else boosts
        shares = np.array([len(groups[n]) ** BALANCE * factors.get(n, 1.0) for n in names])
        if NEGATIVES in groups and len(names) > 1:
            others = np.array([name != NEGATIVES for name in names])
            shares[others] *= (1 - negatives) / shares[others].sum()
            shares[~others] = negatives
        self.length = max(len(samples), 100)
        self.shares = dict(zip(names, (shares / shares.sum()).tolist(), strict=True))
        self._counts = np.diff(np.round(np.cumsum([0, *self.shares.values()]) * self.length))
        self._seed = seed
        self._current = (0, self._make_epoch(0))

    def __getitem__(self, position: int) -> int:
        """Index of the sample at a position 0, 1, 2 and so on without end."""
        epoch, offset = divmod(position, self.length)
        if epoch != self._current[0]:
            self._current = (epoch, self._make_epoch(epoch))
        return int(self._current[1][offset])

    def _make_epoch(self, epoch: int) -> NDArray[np.int64]:
        parts = [self._run(g, epoch, int(count)) for g, count in enumerate(self._counts)]
        rng = np.random.default_rng([self._seed, 1, epoch])
        return rng.permutation(np.concatenate(parts))

    def _run(self, group: int, epoch: int, count: int) -> NDArray[np.int64]:
        """This epoch's stretch of the group's endless row of permutations."""
        members = self._groups[group]
        first, last = epoch * count, (epoch + 1) * count
        rounds = range(first // len(members), -(-last // len(members)))
        row = [
            np.random.default_rng([self._seed, 2, group, r]).permutation(members) for r in rounds
        ]
        start = first - rounds.start * len(members)
        return np.concatenate([members[:0], *row])[start : start + count]
