"""Bar charts as SVG inside an HTML page; its style sheet gives the colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

_WIDTH, _HEIGHT = 460, 180
_LEFT, _RIGHT, _TOP, _BELOW = 52, 22, 10, 24
_GAP = 0.12


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        name: what it counts, shown with the number when the cursor rests on it.
        count: its height.
    """

    name: str
    count: int


def bar_chart(bars: Sequence[Bar], marks: Mapping[float, str], *, what: str) -> Markup:
    """A chart of bars side by side.

    Args:
        bars: from left to right.
        marks: words below the axis, by their place in bars from the left end.
        what: is counted, in the plural.
    """
    if not any(bar.count for bar in bars):
        return Markup('<p class="soft">Nothing to count.</p>')
    top = _round_up(max(bar.count for bar in bars))
    wide = (_WIDTH - _LEFT - _RIGHT) / len(bars)
    parts = [
        Markup('<svg class="chart" viewBox="0 0 {} {}" role="img">').format(_WIDTH, _HEIGHT),
        *(_line(top, share) for share in (0.0, 0.5, 1.0)),
    ]
    for i, bar in enumerate(bars):
        tall = (_HEIGHT - _TOP - _BELOW) * bar.count / top
        if bar.count:
            tall = max(tall, 1.5)  # one in a million is still there
        parts.append(
            Markup(
                '<g><rect class="room" x="{:.1f}" y="{}" width="{:.1f}" height="{}"/>'
                '<rect class="bar" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>'
                "<title>{}: {:,} {}</title></g>"
            ).format(
                *(_LEFT + i * wide, _TOP, wide, _HEIGHT - _TOP - _BELOW),
                *(_LEFT + (i + _GAP / 2) * wide, _HEIGHT - _BELOW - tall),
                *(wide * (1 - _GAP), tall, bar.name, bar.count, what),
            )
        )
    for place, word in marks.items():
        parts.append(
            Markup('<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
                _LEFT + place * wide, _HEIGHT - 8, word
            )
        )
    return Markup("").join([*parts, Markup("</svg>")])


def _line(top: int, share: float) -> Markup:
    y = _HEIGHT - _BELOW - share * (_HEIGHT - _TOP - _BELOW)
    return Markup(
        '<line x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>'
        '<text x="{}" y="{:.1f}" text-anchor="end">{}</text>'
    ).format(_LEFT, _WIDTH - _RIGHT, y, y, _LEFT - 6, y + 4, _short(top * share))


def _round_up(count: int) -> int:
    """The next even number of one or two leading digits, so that its half is whole."""
    step = 2 * int(f"1{'0' * (len(str(count)) - 2)}")
    return -(-count // step) * step


def _short(number: float) -> str:
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if number >= size:
            return f"{number / (1e3 if letter == 'k' else size):g}{letter}"
    return f"{number:,.0f}"
