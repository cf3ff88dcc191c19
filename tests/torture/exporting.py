"""Exports a project again and again, to be killed: PROJECT OUT FORMAT."""

from __future__ import annotations

import sys
from pathlib import Path

from clickpose_app.batch.conversion import export_project
from clickpose_app.formats.catalogue import format_named


def main() -> None:
    """Export until killed."""
    project, out, name = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    while True:
        print("begin", flush=True)
        export_project(project, out, format_named(name))


if __name__ == "__main__":
    main()
