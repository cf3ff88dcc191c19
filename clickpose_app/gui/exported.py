"""What an export wrote, and how the window says what of it is amiss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clickpose_app.errors import Words
from clickpose_app.gui.texts import told, tr

_SHOWN = 5  # sentences of a kind; nobody reads more in a bar


@dataclass(frozen=True)
class Exported:
    """What an export wrote.

    Attributes:
        images: how many.
        people: how many.
        left_out: one sentence for each image that was left out.
        losses: one sentence for each thing that the format cannot hold.
        findings: one line for each thing in it that other programs stumble over.
    """

    images: int
    people: int
    left_out: tuple[Words, ...] = ()
    losses: tuple[Words, ...] = ()
    findings: tuple[Words, ...] = ()


def shortcomings(report: Exported, name: str) -> str:
    """What is not as it was in the project, or not as others want it; empty if all is well.

    Args:
        report: of the export.
        name: of the file or folder.
    """
    said = []
    if report.losses:
        said.append(tr("Not all of it: {sentences}").format(sentences=_first(report.losses)))
    if report.left_out:
        reason, more = told(report.left_out[0]), len(report.left_out) - 1
        others = " " + tr("So are {count:,} others.").format(count=more) if more else ""
        said.append(tr("Left out of {name}: {reason}").format(name=name, reason=reason) + others)
    if report.findings:
        lines = _first(report.findings, "; ")
        said.append(tr("Other programs may stumble over it: {lines}").format(lines=lines))
    return " ".join(said)


def _first(sentences: Sequence[Words], between: str = " ") -> str:
    """As many as somebody reads, and how many more there are."""
    shown = between.join(map(told, sentences[:_SHOWN]))
    more = len(sentences) - _SHOWN
    return shown if more <= 0 else f"{shown} " + tr("(and {count:,} more)").format(count=more)
