"""What came of a fault, and the table of all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Row:
    """One fault.

    Attributes:
        fault: in a few words.
        tries: how often it was brought about.
        lost: how often something was lost, damaged or half written.
        refused: how often something that should have worked did not, or was not said in one
            clear sentence.
        said: what the person was told, each sentence once.
        findings: what was wrong, a line each.
        skipped: why it could not be tried here; empty if it could.
    """

    fault: str
    tries: int = 0
    lost: int = 0
    refused: int = 0
    said: set[str] = field(default_factory=set)
    findings: list[str] = field(default_factory=list)
    skipped: str = ""

    @contextmanager
    def counting(self) -> Iterator[None]:
        """One try: whatever is asserted inside and fails is a loss, with RefusedError a refusal."""
        self.tries += 1
        try:
            yield
        except RefusedError as error:
            self.refused += 1
            self.findings.append(f"try {self.tries}: {error}")
        except AssertionError as error:
            self.lost += 1
            self.findings.append(f"try {self.tries}: {error}")

    def check_said(self, sentence: str) -> None:
        """Keep what was told; RefusedError unless it is something for people to read."""
        self.said.add(sentence)
        if not sentence or "Traceback" in sentence or "unexpected" in sentence:
            raise RefusedError(f"not one clear sentence: {sentence!r}")


class RefusedError(Exception):
    """Something that should have worked did not."""


Fault = Callable[[Path, int, int], Row]
"""Brings it about in a scratch folder, so many times, with a seed."""


def table(rows: Iterable[Row]) -> str:
    """All rows, as Markdown."""
    lines = ["| fault | tries | lost | refused wrongly |", "| --- | ---: | ---: | ---: |"]
    for row in rows:
        if row.skipped:
            lines.append(f"| {row.fault} | not tried: {row.skipped} | | |")
        else:
            lines.append(f"| {row.fault} | {row.tries} | {row.lost} | {row.refused} |")
    return "\n".join(lines)
