"""Decode images on a thread, a few ahead of whoever looks at them."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from clickpose_app.core.predictor import ImageArray
from clickpose_app.errors import ImageError
from clickpose_app.storage.images import read_image

AHEAD = 3
"""Images that wait decoded; each may take hundreds of megabytes, so few."""


def decode_ahead(
    paths: Iterable[Path],
) -> Generator[tuple[Path, ImageArray | ImageError], None, None]:
    """Each path with its upright RGB pixels [H, W, 3], or with why it cannot be read.

    While one image is looked at, the next few are decoded.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="decode") as pool:
        waiting: deque[tuple[Path, Future[ImageArray | ImageError]]] = deque()
        try:
            for path in paths:
                waiting.append((path, pool.submit(_read, path)))
                if len(waiting) > AHEAD:
                    yield _next(waiting)
            while waiting:
                yield _next(waiting)
        finally:
            for _, future in waiting:
                future.cancel()


def _next(
    waiting: deque[tuple[Path, Future[ImageArray | ImageError]]],
) -> tuple[Path, ImageArray | ImageError]:
    path, future = waiting.popleft()
    return path, future.result()


def _read(path: Path) -> ImageArray | ImageError:
    try:
        return read_image(path)
    except ImageError as error:
        return error
