"""Exports two projects in turn to the same place, to be killed: OUT FORMAT PROJECT PROJECT."""

from __future__ import annotations

import sys
from itertools import cycle
from pathlib import Path

from clickpose_app.batch.conversion import export_project
from clickpose_app.formats.catalogue import format_named


def main() -> None:
    """Export until killed."""
    out, name, *projects = sys.argv[1:]
    for project in cycle(projects):
        print("begin", flush=True)
        export_project(Path(project), Path(out), format_named(name))


if __name__ == "__main__":
    main()
