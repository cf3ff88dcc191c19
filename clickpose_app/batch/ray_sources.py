"""Where the images of a run on Ray come from, and how Ray reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec

from clickpose_app.batch.journal import Journal
from clickpose_app.batch.prelabel import ImageFile, select_images
from clickpose_app.batch.shards import clean_name, images_in_shard, in_a_line
from clickpose_app.core.natural_order import natural_order
from clickpose_app.core.predictor import ImageArray
from clickpose_app.errors import ClickPoseError, ImageError
from clickpose_app.storage.images import decode_image, is_image_path, read_image

_IMAGE_COLUMNS = ("image", "bytes", "jpg", "jpeg", "png", "webp")
_NAME_COLUMNS = ("file_name", "name", "path", "key", "__key__", "id")


@dataclass(frozen=True)
class Source:
    """Images, or files that hold images.

    Attributes:
        images: those of folders in this machine, with the ids of a local run; else empty.
        files: (name, address) of each image that is a file of its own.
        parquet: addresses of Parquet files.
        shards: addresses of tar shards.
        failures: one sentence for each address at which there is nothing.
    """

    images: tuple[ImageFile, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    parquet: tuple[str, ...] = ()
    shards: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many images there are; 0 while nobody knows."""
        return len(self.files)

    def path(self, name: str) -> Path:
        """Under which path the journal has an image."""
        return self._paths().get(name, Path(name))

    def done(self, journal: Journal) -> set[str]:
        """Names of the images that need no further look."""
        if self.images:
            return {image.file_name for image in self.images if journal.has(image.path)}
        return set(journal.names())

    def _paths(self) -> dict[str, Path]:
        # Made once: the class is frozen, its dictionary is not part of its value.
        if "paths" not in self.__dict__:
            self.__dict__["paths"] = {image.file_name: image.path for image in self.images}
        found: dict[str, Path] = self.__dict__["paths"]
        return found


def find_sources(addresses: Sequence[str], *, recursive: bool) -> Source:
    """What is to be looked at.

    Args:
        addresses: folders and images, or Parquet files (.parquet), or shards (.tar), all of
            one kind; paths or fsspec addresses.
        recursive: also look into folders in folders.

    Raises:
        ClickPoseError: if there is nothing, or kinds are mixed.
    """
    parquet = tuple(a for a in addresses if a.endswith(".parquet"))
    shards = tuple(a for a in addresses if a.endswith(".tar"))
    for kind, name in ((parquet, "Parquet files"), (shards, "tar shards")):
        if kind and len(kind) < len(addresses):
            raise ClickPoseError(
                f"{name} and other images cannot be mixed in one run.", "Make a run of each kind."
            )
    if parquet or shards:
        return Source(parquet=_absolute(parquet), shards=_absolute(shards))
    if not any("://" in address for address in addresses):
        selection = select_images([Path(a) for a in addresses], recursive=recursive)
        files = tuple((image.file_name, str(image.path)) for image in selection.images)
        return Source(images=selection.images, files=files, failures=selection.failures)
    return Source(files=tuple(_remote(addresses, recursive)))


def _absolute(addresses: Sequence[str]) -> tuple[str, ...]:
    for address in addresses:
        system, path = _opened(address)
        try:
            exists = system.exists(path)
        except Exception as error:  # each file system has its own
            raise _unreadable(address, error) from error
        if not exists:
            raise ClickPoseError(f"{in_a_line(address)} does not exist.")
    return tuple(a if "://" in a else str(Path(a).absolute()) for a in addresses)


def _remote(addresses: Sequence[str], recursive: bool) -> Iterator[tuple[str, str]]:
    """Names and addresses of the images below fsspec addresses."""
    found = 0
    for address in addresses:
        system, root = _opened(address)
        try:
            paths = system.find(root, maxdepth=None if recursive else 1)
        except Exception as error:
            raise _unreadable(address, error) from error
        if not paths:
            raise ClickPoseError(f"{in_a_line(address)} holds no images.")
        for path in sorted(paths, key=lambda p: (natural_order(p), p)):
            if is_image_path(PurePosixPath(path)):
                found += 1
                inside = path[len(root) :].lstrip("/") or PurePosixPath(path).name
                yield inside, system.unstrip_protocol(path)
    if not found:
        raise ClickPoseError(f"{in_a_line(addresses[0])} holds no images.")


def _unreadable(address: str, error: Exception) -> ClickPoseError:
    return ClickPoseError(f"{in_a_line(address)} cannot be read: {in_a_line(error)}.")


def _opened(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it."""
    try:
        system, path = fsspec.core.url_to_fs(address)
    except Exception as error:
        raise ClickPoseError(
            f"{in_a_line(address)} cannot be opened: {in_a_line(error)}.",
            "fsspec names the package that it needs for such an address.",
        ) from error
    return system, str(path)


def pixels_at(address: str) -> ImageArray:
    """Upright RGB pixels [H, W, 3] of an image at a path or an fsspec address.

    Raises:
        ImageError: if it cannot be read.
    """
    if "://" not in address:
        return read_image(Path(address))
    try:
        system, path = _opened(address)
        data: bytes = system.cat_file(path)
    except Exception as error:
        raise ImageError(f"{in_a_line(address)} cannot be read: {in_a_line(error)}.") from error
    return decode_image(data, address)


def read_source(source: Source, done: set[str], at_a_time: int) -> Any:
    """A Ray data set with a row for each image; None if all is done.

    Rows have a name, and an address or bytes.
    """
    import ray.data

    if source.parquet:
        system = _opened(source.parquet[0])[0]
        paths = [_opened(address)[1] for address in source.parquet]
        return ray.data.read_parquet(paths, filesystem=system).map(_parquet_row)
    if source.shards:
        shards = ray.data.from_items(
            [{"shard": shard} for shard in source.shards], override_num_blocks=len(source.shards)
        )
        return shards.map_batches(_members, batch_size=1, fn_args=(at_a_time,))
    waiting = [{"name": n, "address": a} for n, a in source.files if n not in done]
    if not waiting:
        return None
    blocks = -(-len(waiting) // at_a_time)
    return ray.data.from_items(waiting, override_num_blocks=min(blocks, 10_000))


def _parquet_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a Parquet file as a name and bytes; an image may be {bytes, path} as well."""
    column = next((c for c in _IMAGE_COLUMNS if isinstance(row.get(c), bytes | dict)), None)
    image = None if column is None else row[column]
    data = image.get("bytes") if isinstance(image, dict) else image
    name = next((row[c] for c in _NAME_COLUMNS if row.get(c) is not None), None)
    if name is None and isinstance(image, dict):
        name = image.get("path")
    if not isinstance(data, bytes) or name is None:
        raise ClickPoseError(
            f"The Parquet file has the columns {in_a_line(', '.join(row))}.",
            f"Call that of the encoded image {' or '.join(_IMAGE_COLUMNS)}, and that of its name "
            f"{' or '.join(_NAME_COLUMNS)}.",
        )
    return {"name": clean_name(str(name), "The Parquet file"), "bytes": data}


def _members(batch: dict[str, Any], at_a_time: int) -> Iterator[dict[str, Any]]:
    """The images of a shard, a few at a time."""
    (shard,) = (str(s) for s in batch["shard"])
    system, path = _opened(shard)
    try:
        file = system.open(path, "rb")
    except Exception as error:
        raise _unreadable(shard, error) from error
    with file:
        yield from images_in_shard(file, shard, at_a_time)
