"""Brings faults about, many times, and prints a table: fault, tries, lost, refused wrongly.

    python -m tests.torture [--kills 50] [--tries 5] [--only WORD ...] [--seed 1]

Without a screen. What needs rights or tools that are not there (mounting a small disk: root;
strace for slow and failing disks) is named in the table as not tried.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.torture import disks, exchanging, kills, meddling, slow_reads
from tests.torture.table import Fault, table

KILLS: dict[str, Fault] = {
    "window": kills.kill_window,
    "prelabel": kills.kill_prelabel,
    "export": kills.kill_export,
    "exchange": exchanging.kill_exchange,
    "migration": kills.kill_migration,
}
"""Tried as often as --kills says."""

FAULTS: dict[str, Fault] = {**disks.FAULTS, **slow_reads.FAULTS, **meddling.FAULTS}
"""Tried as often as --tries says."""


def main() -> int:
    """Run what was asked for; 1 if anything was lost or refused wrongly."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").splitlines()[0],
        epilog=f"Faults: {', '.join((*KILLS, *FAULTS))}.",
    )
    parser.add_argument("--kills", type=int, default=50, help="kills of each kind (default: 50)")
    parser.add_argument("--tries", type=int, default=5, help="of each other fault (default: 5)")
    parser.add_argument("--only", nargs="+", choices=(*KILLS, *FAULTS), metavar="FAULT")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rows = []
    for name, fault in (KILLS | FAULTS).items():
        if options.only and name not in options.only:
            continue
        count = options.kills if name in KILLS else options.tries
        begin = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="clickpose-torture-") as scratch:
            row = fault(Path(scratch).resolve(), count, options.seed)
        rows.append(row)
        lines = [*row.findings, *(f"said: {' / '.join(s.splitlines())}" for s in sorted(row.said))]
        print(f"{name}: {row.tries} in {time.monotonic() - begin:.0f} s", *lines, sep="\n    ")
        sys.stdout.flush()
    print(f"\n{table(rows)}")
    return 1 if any(row.lost or row.refused for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
