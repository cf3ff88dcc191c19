"""Files that another library writes by their path, in place only when they are whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.atomic_file import atomic_file
from clickpose_app.formats.optional_library import first_line


@contextmanager
def library_file(path: Path) -> Iterator[Path]:
    """A name at which a library may write; its file takes the path's place at the block's end.

    Raises:
        FormatError: naming the path, if it cannot be written; what was there before stays.
    """
    try:
        with tempfile.TemporaryDirectory(dir=path.absolute().parent, prefix=".clickpose-") as name:
            growing = Path(name) / f"growing{path.suffix}"
            yield growing
            with growing.open("rb") as written, atomic_file(path) as file:
                shutil.copyfileobj(written, file, 1 << 20)
    except FormatError:
        raise
    except Exception as error:  # also of the library, about names that its format cannot hold
        said = error.strerror if isinstance(error, OSError) and error.strerror else None
        raise FormatError(
            Words("{path} cannot be written: {said}.", path=path, said=said or first_line(error)),
            Words("What was there before is unchanged."),
        ) from error
