"""A least-recently-used cache bounded by bytes, for pixels and encodings."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class ByteCache(Generic[T]):
    """Keeps what was used last, as long as all of it together stays within a number of bytes.

    The newest value is kept even when it alone is larger. For use from one thread.
    """

    def __init__(self, limit: int) -> None:
        """Start empty; limit is in bytes."""
        self._limit = limit
        self._total = 0
        self._values: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()

    def __len__(self) -> int:
        """How many values are kept."""
        return len(self._values)

    def __contains__(self, key: Hashable) -> bool:
        """Whether a value is kept; asking does not count as using it."""
        return key in self._values

    @property
    def nbytes(self) -> int:
        """What all kept values cost together, in bytes."""
        return self._total

    def get(self, key: Hashable) -> T | None:
        """The value of that key, now the most recently used one, or None."""
        entry = self._values.get(key)
        if entry is None:
            return None
        self._values.move_to_end(key)
        return entry[0]

    def put(self, key: Hashable, value: T, nbytes: int) -> None:
        """Keep a value that costs nbytes, at the expense of those not used for longest."""
        old = self._values.pop(key, None)
        if old is not None:
            self._total -= old[1]
        self._values[key] = (value, nbytes)
        self._total += nbytes
        while self._total > self._limit and len(self._values) > 1:
            _, (_, freed) = self._values.popitem(last=False)
            self._total -= freed

    def clear(self) -> None:
        """Forget everything."""
        self._values.clear()
        self._total = 0
