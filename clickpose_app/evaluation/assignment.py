"""Optimal assignment: which row gets which column, so that the sum of costs is least.

SciPy has this too, but would be a dependency of every installation for these few lines.
"""

from __future__ import annotations

import numpy as np

from clickpose_app.core.geometry import FloatArray


def assign(cost: FloatArray) -> list[tuple[int, int]]:
    """The cheapest pairs of a cost matrix [N, M]: min(N, M) of them, rows rising.

    Shortest augmenting paths with dual prices (Jonker and Volgenant, Computing 38, 1987).
    """
    if cost.shape[0] > cost.shape[1]:
        return sorted((row, column) for column, row in assign(cost.T))
    rows, columns = cost.shape
    row_price, column_price = np.zeros(rows), np.zeros(columns)
    owner = np.full(columns, -1)
    for new in range(rows):
        # The cheapest way to each column on which rows may be moved along, from the new row.
        distance, came_from = np.full(columns, np.inf), np.full(columns, -1)
        settled = np.zeros(columns, dtype=np.bool_)
        row, column, paid = new, -1, 0.0
        while row >= 0:
            reduced = paid + cost[row] - row_price[row] - column_price
            nearer = ~settled & (reduced < distance)
            distance[nearer], came_from[nearer] = reduced[nearer], column
            column = int(np.where(settled, np.inf, distance).argmin())
            paid, settled[column] = float(distance[column]), True
            row = int(owner[column])
        _reprice(row_price, column_price, owner, settled, paid - distance)
        row_price[new] += paid
        while column >= 0:
            previous = int(came_from[column])
            owner[column] = owner[previous] if previous >= 0 else new
            column = previous
    return sorted((int(row), column) for column, row in enumerate(owner) if row >= 0)


def _reprice(
    row_price: FloatArray,
    column_price: FloatArray,
    owner: np.ndarray[tuple[int, ...], np.dtype[np.int_]],
    settled: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    slack: FloatArray,
) -> None:
    """Keep all reduced costs at zero or above along the path that was found."""
    column_price[settled] -= slack[settled]
    owned = settled & (owner >= 0)
    row_price[owner[owned]] += slack[owned]
