"""Exports two projects in turn to the same place, to be killed: OUT FORMAT PROJECT PROJECT.

Or goes on with exchanges in a folder: --go-on FOLDER.
"""

from __future__ import annotations

import sys
from itertools import cycle
from pathlib import Path

from clickpose_app.formats.exchange import finish_exchanges_in


def main() -> None:
    """Export until killed, or go on."""
    if sys.argv[1] == "--go-on":
        print("begin", flush=True)
        finish_exchanges_in(Path(sys.argv[2]))
        return
    from clickpose_app.batch.conversion import export_project
    from clickpose_app.formats.catalogue import format_named

    out, name, *projects = sys.argv[1:]
    for project in cycle(projects):
        print("begin", flush=True)
        export_project(Path(project), Path(out), format_named(name))


if __name__ == "__main__":
    main()
