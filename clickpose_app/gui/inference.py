"""The one thread that owns the network, and the cache of what it has encoded."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from clickpose_app.core.geometry import Box
from clickpose_app.core.predictor import (
    EncodedImage,
    ImageArray,
    PoseQuery,
    PredictedPose,
    Predictor,
    encode,
)
from clickpose_app.core.searching import Searcher, SearchNews
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.cache import ByteCache
from clickpose_app.gui.failure_words import is_out_of_memory
from clickpose_app.gui.texts import text, tr
from clickpose_app.gui.worker import Worker

log = logging.getLogger(__name__)

CACHE_BYTES = 192 * 1024 * 1024  # a few photos; with pixels.py and the model within 1.5 GB

SEARCHING = text("searching for small people…")
"""What the network does between more urgent things."""

# Priorities: a correction, the image shown, the image after it, the search through what is shown.
_NOW, _NEXT, _AHEAD, _SEARCH = 0, 1, 2, 3


@dataclass(frozen=True)
class ImageSource:
    """An image that the worker may encode.

    Attributes:
        key: what the encoding is cached under.
        pixels: decodes the image; called on the worker thread, and only when needed.
    """

    key: Hashable
    pixels: Callable[[], ImageArray]


@dataclass(frozen=True)
class NetworkFacts:
    """What the main thread may know of the predictor.

    Attributes:
        description: what runs where.
        skeleton: of every pose that comes back.
    """

    description: str
    skeleton: Skeleton


@dataclass(frozen=True)
class Timed:
    """One pose and how long the network took for it, in milliseconds."""

    pose: PredictedPose
    milliseconds: float


Start = Callable[[tuple[PredictedPose, ...], Callable[[Box], PredictedPose]], PoseQuery]
"""Where to begin with a person, from the poses found and from what finds a pose in a box."""


@dataclass
class _Cached:
    encoded: EncodedImage
    found: tuple[PredictedPose, ...] | None = None


class NetworkUnavailableError(ClickPoseError):
    """The network cannot be loaded; annotation by hand goes on without it."""


class Inference(QObject):
    """Asks the network on a worker thread; everything it answers arrives on the main thread.

    The predictor and the cache are touched by the worker thread alone.
    """

    activity_changed = Signal(str)
    """What the network does now; empty when it rests."""
    ready = Signal(object)
    """NetworkFacts, when the network has been loaded, or another one."""
    unavailable = Signal(object)
    """The exception, once, when it cannot be loaded."""
    failed = Signal(str, object)
    """What was attempted, and the exception."""

    def __init__(
        self,
        load: Callable[[], Predictor],
        parent: QObject | None = None,
        *,
        cache_bytes: int = CACHE_BYTES,
    ) -> None:
        """Start the thread; nothing is loaded yet.

        Args:
            load: makes the predictor; called on the worker thread.
            parent: Qt owner.
            cache_bytes: how much memory encoded images may take together.
        """
        super().__init__(parent)
        self._load = load
        self._cache: ByteCache[_Cached] = ByteCache(cache_bytes)
        self._predictor: Predictor | None = None
        self.facts: NetworkFacts | None = None
        self.broken: Exception | None = None
        self._coming: object | None = None
        self._worker = Worker("network")
        self._worker.activity_changed.connect(self.activity_changed)
        self._worker.failed.connect(self._on_worker_failed)

    def warm_up(self) -> None:
        """Load the network unless that has begun."""
        if self.facts is None and self.broken is None:
            self._worker.submit(tr("loading network…"), self._get, lambda _: None, key="load")

    @property
    def replacing(self) -> bool:
        """Whether another network is being loaded, so that nobody knows which one answers next."""
        return self._coming is not None

    def replace_network(
        self, load: Callable[[], Predictor], done: Callable[[Exception | None], None]
    ) -> None:
        """Load another network; if that fails, the one before stays.

        Args:
            load: makes it; called on the worker thread.
            done: told the exception, or None if it worked.
        """

        def run() -> Exception | None:
            try:
                predictor = load()
            except Exception as error:
                return error
            self._load, self.broken = load, None
            self._cache.clear()
            self._take(predictor)
            return None

        coming = self._coming = object()

        def loaded(error: Exception | None) -> None:
            if self._coming is coming:
                self._coming = None
            if self.facts is not None:
                self.ready.emit(self.facts)
            done(error)

        self._worker.submit(tr("loading network…"), run, loaded, key="another network")

    def predict(
        self, source: ImageSource, done: Callable[[tuple[PredictedPose, ...]], None]
    ) -> None:
        """Find the people in the image that is shown; replaces a queued older wish."""
        self._submit(
            tr("encoding and finding people…"), lambda: self._find(source), done, "shown", _NEXT
        )

    def look_ahead(self, source: ImageSource, *, find: bool) -> None:
        """Encode (and find people in) the image that will probably come next.

        A failure is said when that image is shown, because then it happens again.
        """

        def run() -> None:
            with suppress(Exception):
                if find:
                    self._find(source)
                else:
                    self._encode(source)

        self._submit(tr("encoding the next image…"), run, lambda _: None, "ahead", _AHEAD)

    def predict_quietly(
        self, source: ImageSource, done: Callable[[tuple[PredictedPose, ...] | None], None]
    ) -> None:
        """Find the people of an image that nobody looks at, when nothing else is to be done.

        Nothing of it is kept, so that what is shown keeps its place in the cache.

        Args:
            source: the image.
            done: gets the poses, or None where that failed; it is said when it is shown.
        """

        def run() -> tuple[PredictedPose, ...] | None:
            with suppress(Exception):
                cached = self._cache.get(source.key)
                if cached is not None and cached.found is not None:
                    return cached.found
                predictor = self._get()
                return predictor.detect(self._encoded(predictor, source))
            return None

        self._submit(tr("finding people on the other images…"), run, done, "quiet", _AHEAD)

    def refine(
        self, source: ImageSource, person_id: str, query: PoseQuery, done: Callable[[Timed], None]
    ) -> None:
        """Let a person follow their pinned keypoints; replaces a queued older wish for them."""

        def run() -> Timed:
            encoded = self._encode(source).encoded
            return self._timed(lambda: self._get().refine(encoded, query))

        self._ask(tr("refining…"), source, person_id, run, done)

    def complete(
        self, source: ImageSource, person_id: str, start: Start, done: Callable[[Timed], None]
    ) -> None:
        """Let a person of whom a few joints are placed get the others.

        Args:
            source: the image.
            person_id: as for refine.
            start: called on the worker thread with the poses that were found and with what
                finds a pose in a box; says where to begin.
            done: gets the pose.
        """

        def run() -> Timed:
            encoded = self._encode(source).encoded

            def find() -> PredictedPose:
                query = start(self._find(source), lambda box: self._get().pose_in_box(encoded, box))
                return self._get().refine(encoded, query)

            return self._timed(find)

        self._ask(tr("finding the pose…"), source, person_id, run, done)

    def pose_in_box(
        self, source: ImageSource, person_id: str, box: Box, done: Callable[[Timed], None]
    ) -> None:
        """Find the pose of a person whose box was drawn."""

        def run() -> Timed:
            encoded = self._encode(source).encoded
            return self._timed(lambda: self._get().pose_in_box(encoded, box))

        self._ask(tr("finding the pose…"), source, person_id, run, done)

    def search(self, source: ImageSource, done: Callable[[SearchNews | None], None]) -> None:
        """Look at the next part of a large image that is shown, when nothing else is to be done.

        Args:
            source: the image.
            done: gets what was found, or None where the search gave way and may be asked again.
        """

        def run() -> SearchNews | None:
            first, cached = self._find(source), self._encode(source)
            predictor = self._get()
            if not isinstance(predictor, Searcher):
                return SearchNews(first, 0, 0, anew=False)
            give_way = partial(self._worker.must_give_way, _SEARCH)
            news = predictor.search_on(cached.encoded, give_way)
            if news is not None and news.anew:
                cached.found = news.poses
            return news

        self._submit(tr(SEARCHING), run, done, "search", _SEARCH)

    def look_closer(
        self, source: ImageSource, box: Box, done: Callable[[bool | None], None]
    ) -> None:
        """Encode the person in a box once more, closer; replaces a queued older wish.

        Args:
            source: the image.
            box: of the person who is worked on.
            done: gets None where it gave way to a correction and may be asked again.
        """

        def run() -> bool | None:
            cached, predictor = self._encode(source), self._get()
            if not isinstance(predictor, Searcher):
                return False
            give_way = partial(self._worker.must_give_way, _NEXT)
            looked = predictor.look_closer(cached.encoded, box, give_way)
            if looked:
                self._cache.put(source.key, cached, cached.encoded.nbytes)
            return looked

        self._submit(tr("looking closer…"), run, done, "closer", _NEXT)

    def forget_shown(self) -> None:
        """Drop what is queued for images that are shown no longer."""
        for key in ("shown", "ahead", "search", "closer"):
            self._worker.cancel(key)

    def rest_while_dragging(self, dragging: bool) -> None:
        """Start no encoding ahead while a hand moves: its refinement comes next."""
        self._worker.hold_back(_AHEAD if dragging else None)

    def close(self, timeout_s: float = 10.0) -> bool:
        """Stop; True if the thread has ended."""
        return self._worker.close(timeout_s)

    def _ask(
        self,
        what: str,
        source: ImageSource,
        person_id: str,
        run: Callable[[], Timed],
        done: Callable[[Timed], None],
    ) -> None:
        """Ask about one person; it may be answered while another image is encoded."""
        key = ("person", source.key, person_id)
        self._submit(what, run, done, key, _NOW, brief=lambda: source.key in self._cache)

    def _submit(
        self,
        what: str,
        run: Callable[[], object],
        done: Callable[..., None],
        key: Hashable,
        priority: int,
        brief: Callable[[], bool] | None = None,
    ) -> None:
        if self.broken is not None:
            return
        if self.facts is None:
            self.warm_up()
        self._worker.submit(what, run, done, key=key, priority=priority, brief=brief)

    # From here on: on the worker thread.

    def _get(self) -> Predictor:
        if self.broken is not None:
            raise NetworkUnavailableError(tr("The network is not available."))
        if self._predictor is None:
            try:
                predictor = self._load()
            except Exception as error:
                self.broken = error
                self.unavailable.emit(error)
                raise NetworkUnavailableError(tr("The network is not available.")) from error
            self._take(predictor)
            self.ready.emit(self.facts)
            return predictor
        return self._predictor

    def _take(self, predictor: Predictor) -> None:
        self._predictor = predictor
        self.facts = NetworkFacts(predictor.description, predictor.skeleton)
        log.info("network: %s", predictor.description)

    def _encode(self, source: ImageSource) -> _Cached:
        cached = self._cache.get(source.key)
        if cached is None:
            try:
                encoded = self._encoded(self._get(), source)
            except Exception as error:
                if is_out_of_memory(error):
                    self._cache.clear()  # so that the next attempt finds room
                raise
            cached = _Cached(encoded)
            self._cache.put(source.key, cached, encoded.nbytes)
        return cached

    def _encoded(self, predictor: Predictor, source: ImageSource) -> EncodedImage:
        # Whoever corrects a joint meanwhile does not wait for the whole image.
        return encode(predictor, source.pixels(), self._worker.give_way)

    def _find(self, source: ImageSource) -> tuple[PredictedPose, ...]:
        cached = self._encode(source)
        if cached.found is None:
            cached.found = self._get().detect(cached.encoded)
        return cached.found

    def _timed(self, run: Callable[[], PredictedPose]) -> Timed:
        start = time.perf_counter()
        pose = run()
        return Timed(pose, (time.perf_counter() - start) * 1000)

    # Main thread again.

    def _on_worker_failed(self, what: str, error: Exception) -> None:
        # That the network is unavailable was said once, by its own signal.
        if not isinstance(error, NetworkUnavailableError):
            self.failed.emit(what, error)
