"""The window under a scripted hand while the clock is set back again and again.

Arguments as of tests.gui.killed_window.
"""

from __future__ import annotations

import datetime
import time

_HOUR = 3600.0
_true_time = time.time
_looks = 0


def _earlier() -> float:
    """Every second look at the clock shows one hour less than the look before."""
    global _looks
    _looks += 1
    return _true_time() - _HOUR * (_looks // 2)


class _Datetime(datetime.datetime):
    """As the clock shows it."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> _Datetime:
        """The time on the odd clock."""
        return cls.fromtimestamp(_earlier(), tz)


def main() -> None:
    """Change the clock before anything looks at it, then work."""
    time.time = _earlier
    datetime.datetime = _Datetime  # type: ignore[misc]
    from tests.gui import killed_window

    killed_window.main()


if __name__ == "__main__":
    main()
