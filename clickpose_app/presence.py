"""Whether there is a file or a folder of a name that somebody else made up.

Path asks the system, which raises OSError for a name longer than any may be; who asks only
whether something is there is told that it is not.
"""

from __future__ import annotations

from pathlib import Path


def is_file(path: Path) -> bool:
    """Whether a file is there."""
    try:
        return path.is_file()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Whether a folder is there."""
    try:
        return path.is_dir()
    except OSError:
        return False
