"""How figures are written for people: times, counts and shares."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, QTime

from clickpose_app.core.work import Sums
from clickpose_app.gui.texts import tr

NOTHING = "\N{EN DASH}"
"""Where there is nothing to say yet."""


def time_text(seconds: float | None) -> str:
    """``2 h 05 min``, ``4 min 10 s`` or ``8.4 s``."""
    if seconds is None:
        return NOTHING
    if round(seconds, 1) < 60:
        return tr("{seconds} s").format(seconds=QLocale().toString(float(seconds), "f", 1))
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return tr("{minutes} min {seconds:02d} s").format(minutes=minutes, seconds=rest)
    hours, minutes = divmod(minutes, 60)
    return tr("{hours} h {minutes:02d} min").format(hours=hours, minutes=minutes)


def count_text(number: int) -> str:
    """A whole number with the thousands apart."""
    return QLocale().toString(number)


def decimal_text(number: float | None) -> str:
    """A number with two decimals."""
    return NOTHING if number is None else QLocale().toString(number, "f", 2)


def saved_text(sums: Sums) -> str:
    """Clicks saved, absolute and as a share."""
    if sums.saved_share is None:
        return NOTHING if sums.saved == 0 else count_text(sums.saved)
    return tr("{count}   ({percent} %)").format(
        count=count_text(sums.saved), percent=QLocale().toString(100 * sums.saved_share, "f", 1)
    )


def period_text(begin: datetime, *, by_hour: bool) -> str:
    """The label of an hour or a day below a plot."""
    if by_hour:
        time = QTime(begin.hour, begin.minute)
        return QLocale().toString(time, QLocale.FormatType.ShortFormat)
    when = QDateTime.fromSecsSinceEpoch(int(begin.timestamp()))
    return QLocale().toString(when.date(), "d MMM")
