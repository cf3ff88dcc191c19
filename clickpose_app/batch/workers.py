"""Several devices in one machine: a process for each, with a network of its own.

The processes take the next image from a common counter, so a faster device does more; they
decode for themselves, and send poses alone. What they find comes out in the order of the
images.
"""

from __future__ import annotations

import multiprocessing
import signal
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any, TypeAlias

from clickpose_app.batch.looking import Missed, Seen, look_at
from clickpose_app.core.predictor import ImageArray, Predictor
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import ClickPoseError

Read: TypeAlias = Callable[[Path], ImageArray]

_PATIENCE_S = 5.0


class Workers:
    """Looks at images with several predictors; made by start_workers().

    Attributes:
        skeleton: of every pose that comes back.
        description: what runs where.
        devices: of the workers.
    """

    def __init__(self, made: Sequence[_Worker], counter: Synchronized[int]) -> None:
        self.devices = tuple(worker.device for worker in made)
        self._workers, self._counter = made, counter
        self.skeleton: Skeleton = made[0].hello[1]
        self.description = "; ".join(dict.fromkeys(worker.hello[0] for worker in made))

    def look(
        self, paths: Iterable[Path], read: Read
    ) -> Generator[Seen[Path] | Missed[Path], None, None]:
        """What is found on each image, in the order of the images; see look_at().

        Raises:
            ClickPoseError: if a worker ends before its work does.
        """
        paths = list(paths)
        with self._counter.get_lock():
            self._counter.value = 0
        for worker in self._workers:
            worker.connection.send((paths, read))
        waiting: dict[int, Seen[int] | Missed[int]] = {}
        awaited = 0
        while awaited < len(paths):
            for worker in self._ready():
                found = worker.receive()
                waiting[found.item] = found
            while awaited in waiting:
                yield _of_path(waiting.pop(awaited), paths[awaited])
                awaited += 1

    def _ready(self) -> list[_Worker]:
        by_connection = {worker.connection: worker for worker in self._workers}
        return [by_connection[c] for c in wait(list(by_connection)) if isinstance(c, Connection)]


@contextmanager
def start_workers(make: Callable[[str], Predictor], devices: Sequence[str]) -> Iterator[Workers]:
    """One process a device, ready to look.

    Args:
        make: the predictor of a device; can be pickled.
        devices: their names; one name may come several times.

    Raises:
        ClickPoseError: if a predictor cannot be made.
    """
    context = multiprocessing.get_context("spawn")
    counter = context.Value("q", 0)
    with ExitStack() as stack:
        made = [_Worker(context, make, device, counter) for device in devices]
        for worker in made:
            stack.callback(worker.end)
        for worker in made:
            worker.hello = worker.receive()
        yield Workers(made, counter)


class _Worker:
    """One process, seen from here."""

    def __init__(
        self,
        context: SpawnContext,
        make: Callable[[str], Predictor],
        device: str,
        counter: Synchronized[int],
    ) -> None:
        self.device = device
        self.hello: tuple[str, Skeleton]
        self.connection, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(
            target=_work, args=(theirs, make, device, counter), daemon=True
        )
        self.process.start()
        theirs.close()

    def receive(self) -> Any:
        """What it sends next."""
        try:
            message = self.connection.recv()
        except (EOFError, OSError) as error:
            self.process.join(_PATIENCE_S)
            raise ClickPoseError(
                f"The worker on {self.device} ended before its work did "
                f"(exit code {self.process.exitcode}).",
                "Start again: what is done stays done.",
            ) from error
        if isinstance(message, BaseException):
            raise message
        return message

    def end(self) -> None:
        """Stop it, whatever it does."""
        self.connection.close()
        self.process.terminate()
        self.process.join(_PATIENCE_S)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()


def _work(
    connection: Connection,
    make: Callable[[str], Predictor],
    device: str,
    counter: Synchronized[int],
) -> None:
    """The life of a worker: say hello, take the images, send what is found on each."""
    # The one who started it hears Ctrl+C, and ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Who started it may be gone: then nobody wants the rest.
    with suppress(BrokenPipeError, ConnectionResetError, EOFError):
        try:
            predictor = make(device)
            connection.send((predictor.description, predictor.skeleton))
            while True:
                paths, read = connection.recv()

                def read_number(
                    number: int, paths: Sequence[Path] = paths, read: Read = read
                ) -> ImageArray:
                    return read(paths[number])

                for result in look_at(_numbers(counter, len(paths)), predictor, read_number):
                    connection.send(_without_pixels(result))
        except ClickPoseError as error:
            connection.send(error)
        except (BrokenPipeError, ConnectionResetError, EOFError):
            raise
        except Exception as error:
            connection.send(RuntimeError(f"on {device}: {error}\n{traceback.format_exc()}"))


def _numbers(counter: Synchronized[int], end: int) -> Iterator[int]:
    """Numbers of images, each for one of the workers."""
    while True:
        with counter.get_lock():
            number = counter.value
            if number >= end:
                return
            counter.value = number + 1
        yield number


def _without_pixels(result: Seen[int] | Missed[int]) -> Seen[int] | Missed[int]:
    if isinstance(result, Missed):
        return result
    return Seen(result.item, result.width, result.height, result.poses)


def _of_path(result: Seen[int] | Missed[int], path: Path) -> Seen[Path] | Missed[Path]:
    if isinstance(result, Missed):
        return Missed(path, result.why)
    return Seen(path, result.width, result.height, result.poses)
