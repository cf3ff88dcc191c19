"""Opens project files of an older version one after the other, to be killed: PROJECT..."""

from __future__ import annotations

import sys
from pathlib import Path

from clickpose_app.storage.project import Project


def main() -> None:
    """Open each to write."""
    print("begin", flush=True)
    for name in sys.argv[1:]:
        Project.open(Path(name)).close()


if __name__ == "__main__":
    main()
