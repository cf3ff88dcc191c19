"""Write several files so that they take their places together, when all of them are complete."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clickpose_app.errors import FormatError


@contextmanager
def staged_folder(path: Path) -> Iterator[Path]:
    """An empty folder beside path, whose files move into path when the block ends well.

    A new folder appears whole or not at all, whatever happens. Where path is there already,
    other files in it stay, and those of the same name are replaced one by one.

    Raises:
        FormatError: naming the folder, if it cannot be written; files in it are unchanged then,
            unless it is the moving itself that fails.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_dir():
            raise FormatError(f"{path} is there already and no folder.", "Choose another name.")
        stage = Path(tempfile.mkdtemp(prefix=f".{path.name[:50]}-", dir=path.parent))
        try:
            yield stage
            if not path.exists() and not path.is_symlink():
                # mkdtemp lets nobody else in; a new folder has what its folder's files allow.
                stage.chmod(0o777 & ~_umask())
                stage.rename(path)
                return
            for file in sorted(each for each in stage.rglob("*") if each.is_file()):
                target = path / file.relative_to(stage)
                target.parent.mkdir(parents=True, exist_ok=True)
                file.replace(target)
            path.mkdir(exist_ok=True)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    except OSError as error:
        raise FormatError(
            f"{path} cannot be written: {error.strerror or error}.", "Choose another folder."
        ) from error


def _umask() -> int:
    """What the person takes from new files' permissions; it can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
