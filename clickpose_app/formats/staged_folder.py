"""Write several files so that they take their places together, when all of them are complete."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clickpose_app.errors import FormatError


@contextmanager
def staged_folder(path: Path) -> Iterator[Path]:
    """An empty folder beside path, whose files move into path when the block ends well.

    Other files in path stay; those of the same name are replaced.

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
