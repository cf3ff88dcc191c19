"""Pre-labelling on a Ray cluster: actors that keep the network, one driver that writes.

Images come from folders (every machine must see them at the same place), fsspec addresses
(``s3://...``), Parquet files with a column of encoded images, or WebDataset tar shards. Ray
carries encoded bytes or addresses to the actors, never pixels, and poses back; an actor that
dies is started again, and its images are looked at once more. What comes back is noted in the
same journal as in a local run, so a stopped driver goes on.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from clickpose_app.batch.journal import open_journal
from clickpose_app.batch.labelling import Progress
from clickpose_app.batch.looking import Missed, Seen, look_at
from clickpose_app.batch.prelabel import ImageFile, PrelabelReport, finish, own_ids
from clickpose_app.batch.ray_sources import Source, find_sources, read_source
from clickpose_app.batch.shards import in_a_line
from clickpose_app.core.annotation import ImageAnnotation, ImageState
from clickpose_app.core.edits import predicted_annotation
from clickpose_app.core.natural_order import natural_order
from clickpose_app.core.predictor import ImageArray, Predictor
from clickpose_app.core.thresholds import SCORE_THRESHOLD
from clickpose_app.errors import ClickPoseError
from clickpose_app.storage.annotation_json import decode_people, encode_people

_COLUMNS: dict[str, type] = {"name": str, "width": int, "height": int, "people": str, "why": str}

# What an actor could not do is in the middle of a long story.
_OURS = re.compile(r"^clickpose_app\.errors\.\w+: (.+)$", re.MULTILINE)

AT_A_TIME = 32
"""Images that an actor is sent at a time."""


@dataclass(frozen=True)
class Cluster:
    """A Ray cluster that is connected to.

    Attributes:
        actors: how many networks it shall hold.
        gpus: whether each of them has a GPU; else each has a core.
    """

    actors: int
    gpus: bool


@contextmanager
def connect(address: str) -> Iterator[Cluster]:
    """Connect to a cluster, or start one in this machine.

    Args:
        address: of the cluster, ``auto`` for the one of this machine; empty to start one.

    Raises:
        ClickPoseError: if Ray is not installed, or there is no cluster.
    """
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise ClickPoseError(
            "Ray is not installed.", "Install it: pip install 'clickpose-app[ray]'."
        ) from error
    options: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False}
    begun = not ray.is_initialized()
    try:
        if begun and address:
            ray.init(address=address, **options)
        elif begun:
            ray.init(include_dashboard=False, **options)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise ClickPoseError(
            f"There is no Ray cluster at {address or 'this machine'}: {error}",
            "Look for its address with ray status, or leave it out to use this machine alone.",
        ) from error
    try:
        ray.data.DataContext.get_current().enable_progress_bars = False
        # What goes wrong is raised, and said once.
        logging.getLogger("ray.data").setLevel(logging.CRITICAL)
        there = ray.cluster_resources()
        gpus = int(there.get("GPU", 0))
        # One core is left for reading: actors that hold all of them would wait for ever.
        yield Cluster(gpus or max(1, int(there.get("CPU", 1)) - 1), gpus > 0)
    finally:
        if begun:
            ray.shutdown()


def prelabel_on_ray(
    addresses: Sequence[str],
    cluster: Cluster,
    make: Callable[[str], Predictor],
    out: Path,
    *,
    recursive: bool = False,
    score_threshold: float = SCORE_THRESHOLD,
    progress: Progress | None = None,
) -> PrelabelReport:
    """Find people on images, on all machines of a cluster; the result is as of a local run.

    Args:
        addresses: folders, images, Parquet files, tar shards; paths or fsspec addresses.
        cluster: from connect().
        make: the predictor of a device, made once in each actor; can be pickled.
        out: the COCO JSON file; it appears when all is done.
        recursive: also look into folders in folders.
        score_threshold: people less certain than this are left out.
        progress: called with how many of how many images are done; the latter is 0 while
            nobody knows.

    Raises:
        ClickPoseError: as prelabel() does, and if an address cannot be read.
    """
    device = "cuda" if cluster.gpus else "cpu"
    here = make("cpu")
    where = "" if device == "cpu" else f" (on {device})"
    settings = f"{here.description}{where}, score threshold {score_threshold:g}"
    source = find_sources(addresses, recursive=recursive)
    with open_journal(out, settings) as journal:
        done = source.done(journal)
        names, failures = set(done), list(source.failures)
        if progress:
            progress(len(done), source.count)
        for row in _found(source, done, cluster, make, device, score_threshold):
            name = str(row["name"])
            if row["why"]:
                failures.append(str(row["why"]))
                journal.forget(source.path(name))
            elif name in names:
                failures.append(f"{name} is there twice; the first was taken.")
            else:
                names.add(name)
                people = ImageAnnotation(decode_people(row["people"]), ImageState.PREDICTED)
                journal.add(source.path(name), int(row["width"]), int(row["height"]), people)
            if progress:
                progress(len(names) + len(failures), source.count)
        if not names:
            journal.remove()
            raise ClickPoseError(f"None of the images can be read. {' '.join(failures[:3])}")
        images = source.images or _numbered(names, source)
        written = finish(images, here.skeleton, out, journal)
    return PrelabelReport(len(names), written.people, tuple(failures))


def _numbered(names: Iterable[str], source: Source) -> tuple[ImageFile, ...]:
    """Images of which only the names are known, in their natural order, with ids."""
    ordered = {source.path(n): n for n in sorted(names, key=lambda n: (natural_order(n), n))}
    return tuple(ImageFile(p, ordered[p], i) for p, i in own_ids(ordered).items())


def _found(
    source: Source,
    done: set[str],
    cluster: Cluster,
    make: Callable[[str], Predictor],
    device: str,
    score_threshold: float,
) -> Iterator[dict[str, Any]]:
    """A row for each image, as they come."""
    import ray
    from ray.data import ActorPoolStrategy

    rows = read_source(source, done, AT_A_TIME)
    if rows is None:
        return
    resources: dict[str, Any] = {"num_gpus": 1} if cluster.gpus else {"num_cpus": 1}
    looked = rows.map_batches(
        Actor,
        # Files that are done are left out before; of what shards hold, the names come late.
        fn_constructor_args=(make, device, score_threshold, set() if source.files else done),
        batch_size=AT_A_TIME,
        batch_format="numpy",
        compute=ActorPoolStrategy(min_size=1, max_size=cluster.actors),
        **resources,
    )
    try:
        yield from looked.iter_rows()
    except ray.exceptions.RayError as error:
        ours = _OURS.search(str(error))
        why = ours[1] if ours else f"The work on Ray stopped: {in_a_line(error)}."
        raise ClickPoseError(why, "Start again afterwards: what is done stays done.") from error


class Actor:
    """Keeps a network in a process of the cluster, and looks at the images that it is sent."""

    def __init__(
        self, make: Callable[[str], Predictor], device: str, score_threshold: float, done: set[str]
    ) -> None:
        """Load the network; done holds the names of images that nobody wants again."""
        self._predictor, self._score_threshold = make(device), score_threshold
        self._done = done

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Rows of name, address and bytes to rows of name, size, people and failure."""
        nothing = [""] * len(batch["name"])  # no address: an empty image is no way to a file
        addresses = batch.get("address", nothing)
        data = batch.get("bytes", [b""] * len(nothing))
        items = [
            (str(name), str(address), bytes(encoded))
            for name, address, encoded in zip(batch["name"], addresses, data, strict=True)
            if name not in self._done
        ]
        rows = [self._row(result) for result in look_at(items, self._predictor, _pixels)]
        # With their types, because there may be no rows.
        return {
            column: np.array([row[i] for row in rows], dtype=kind)
            for i, (column, kind) in enumerate(_COLUMNS.items())
        }

    def _row(
        self, result: Seen[tuple[str, str, bytes]] | Missed[tuple[str, str, bytes]]
    ) -> tuple[str, int, int, str, str]:
        name = result.item[0]
        if isinstance(result, Missed):
            return name, 0, 0, "", result.why
        found = predicted_annotation(result.poses, score_threshold=self._score_threshold)
        return name, result.width, result.height, encode_people(found), ""


def _pixels(item: tuple[str, str, bytes]) -> ImageArray:
    from clickpose_app.batch.ray_sources import pixels_at
    from clickpose_app.storage.images import decode_image

    name, address, data = item
    return pixels_at(address) if address else decode_image(data, name)
