"""Which images are listed, and in which order: filter, search and sort without Qt."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clickpose_app.core.annotation import ImageState
from clickpose_app.core.natural_order import natural_order
from clickpose_app.gui.texts import text
from clickpose_app.storage.project import ImageRecord

Rows = NDArray[np.int64]

_STATES = tuple(ImageState)
_CODES = {state: code for code, state in enumerate(_STATES)}
_WORKED = [_CODES[ImageState.EDITED], _CODES[ImageState.REVIEWED]]
_UNKNOWN_NEED = 1e-9  # after all that need something, before those that need nothing
_UNCERTAIN_SHARE = 0.25


class Show(enum.Enum):
    """Which images are listed."""

    ALL = "all"
    TO_REVIEW = "to review"
    UNCERTAIN = "uncertain"
    NOTED = "noted"
    NEW = "new"
    PREDICTED = "predicted"
    EDITED = "edited"
    REVIEWED = "reviewed"
    REJECTED = "rejected"


class Order(enum.Enum):
    """In which order they are listed."""

    FILE = "file"
    NAME = "name"
    NEED = "need"


SHOW_NAMES = {
    Show.ALL: text("All images"),
    Show.TO_REVIEW: text("To review"),
    Show.UNCERTAIN: text("Least certain quarter"),
    Show.NOTED: text("With a note"),
    Show.NEW: text("New"),
    Show.PREDICTED: text("Predicted"),
    Show.EDITED: text("Edited"),
    Show.REVIEWED: text("Reviewed"),
    Show.REJECTED: text("Rejected"),
}

ORDER_NAMES = {
    Order.FILE: text("As they came"),
    Order.NAME: text("By name"),
    Order.NEED: text("Least certain first"),
}


@dataclass(frozen=True)
class View:
    """What a person wants to see of a list.

    Attributes:
        show: the images of a state.
        search: words that the file name holds, in any order, whatever their case.
        order: which come first.
    """

    show: Show = Show.ALL
    search: str = ""
    order: Order = Order.FILE


class ImageList:
    """The images of a project as columns, and those rows of them that are shown.

    What was listed stays listed until a view is asked for again, although its state changes:
    a list that moves under the hand is worse than one that is a little old.
    """

    def __init__(self, records: Iterable[ImageRecord] = ()) -> None:
        """Show all of these, as they came."""
        self.records: list[ImageRecord] = []
        self.view = View()
        self._names: list[str] = []
        self._states = np.zeros(0, dtype=np.int8)
        self._needs = np.zeros(0)
        self._noted = np.zeros(0, dtype=np.bool_)
        self._by_name: Rows | None = None
        self.shown: Rows = np.zeros(0, dtype=np.int64)
        self._places: Rows = np.zeros(0, dtype=np.int64)
        self.extend(list(records))

    def __len__(self) -> int:
        """How many images there are, shown or not."""
        return len(self.records)

    @property
    def worked(self) -> int:
        """How many images a person has edited or accepted."""
        return int(np.isin(self._states, _WORKED).sum())

    def extend(self, records: Sequence[ImageRecord]) -> None:
        """Append images, and show those that the view wants."""
        self.records.extend(records)
        self._names.extend(record.file_name.casefold() for record in records)
        codes = [_CODES[record.state] for record in records]
        self._states = np.append(self._states, np.array(codes, dtype=np.int8))
        self._needs = np.append(self._needs, [_need(record) for record in records])
        noted = [bool(record.note) for record in records]
        self._noted = np.append(self._noted, np.array(noted, dtype=np.bool_))
        self._by_name = None
        self.show(self.view)

    def update(self, row: int, record: ImageRecord) -> None:
        """Replace a record; the list stays as it is until the view is asked for again."""
        self.records[row] = record
        self._states[row] = _CODES[record.state]
        self._needs[row] = _need(record)
        self._noted[row] = bool(record.note)

    def show(self, view: View) -> None:
        """List what a view wants."""
        self.view = view
        rows = self._ordered(view.order)
        wanted = self._wanted(view.show)
        if wanted is not None:
            rows = rows[wanted[rows]]
        for word in view.search.casefold().split():
            names = self._names
            rows = np.array([row for row in rows.tolist() if word in names[row]], dtype=np.int64)
        self.shown = rows
        self._places = np.full(len(self.records), -1, dtype=np.int64)
        self._places[rows] = np.arange(len(rows))

    def count(self, show: Show) -> int:
        """How many images a filter lets through now, whatever is listed."""
        wanted = self._wanted(show)
        return len(self.records) if wanted is None else int(wanted.sum())

    def place(self, row: int) -> int:
        """Where an image is listed, from 0; -1 if it is not."""
        return int(self._places[row]) if 0 <= row < len(self._places) else -1

    def step(self, row: int, by: int) -> int:
        """The row listed so many places further on; -1 beyond the ends.

        From an image that is not listed, the first step leads to the next one that is, in the
        order in which the images came.
        """
        place = self.place(row)
        if place < 0:
            beyond = self.shown[self.shown > row] if by > 0 else self.shown[self.shown < row]
            if len(beyond):
                return int(beyond.min() if by > 0 else beyond.max())
            return -1
        place += by
        return int(self.shown[place]) if 0 <= place < len(self.shown) else -1

    def _wanted(self, show: Show) -> NDArray[np.bool_] | None:
        if show is Show.ALL:
            return None
        if show is Show.NOTED:
            return self._noted
        if show is Show.TO_REVIEW:
            codes = [_CODES[ImageState.PREDICTED], _CODES[ImageState.EDITED]]
            return np.isin(self._states, codes)
        if show is Show.UNCERTAIN:
            needy = self._needs[self._needs > _UNKNOWN_NEED]
            least = np.quantile(needy, 1.0 - _UNCERTAIN_SHARE) if len(needy) else 1.0
            return np.asarray(self._needs >= least, dtype=np.bool_)
        return np.asarray(self._states == _CODES[ImageState(show.value)], dtype=np.bool_)

    def _ordered(self, order: Order) -> Rows:
        if order is Order.NEED:
            return np.argsort(-self._needs, kind="stable").astype(np.int64)
        if order is Order.FILE:
            return np.arange(len(self.records), dtype=np.int64)
        if self._by_name is None:
            keys = [natural_order(name) for name in self._names]
            by_name = sorted(range(len(keys)), key=keys.__getitem__)
            self._by_name = np.array(by_name, dtype=np.int64)
        return self._by_name


def _need(record: ImageRecord) -> float:
    return _UNKNOWN_NEED if record.need is None else record.need
