"""Who has a project open for writing: one lock file beside it, held through the operating system.

The system drops the lock when the process ends, however it ends, so a crash or kill -9 leaves
nothing that blocks. The file's text says who holds it and means nothing once the lock is free.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import socket
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from clickpose_app.errors import Words

# Far behind the text, because a range locked on Windows cannot be read by others.
_LOCKED_BYTE = 1 << 30

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Owner:
    """The process that has a project open for writing.

    Attributes:
        user: login name.
        host: name of the computer.
        pid: process id on that computer.
        since: ISO 8601 with time zone, to the second.
    """

    user: str
    host: str
    pid: int
    since: str

    @classmethod
    def this_process(cls) -> Owner:
        """The running process, from now on."""
        try:
            user = getpass.getuser()
        except (OSError, KeyError, ImportError):
            user = "unknown user"
        since = datetime.now().astimezone().isoformat(timespec="seconds")
        return cls(user, socket.gethostname(), os.getpid(), since)

    @property
    def words(self) -> Words:
        """One phrase for an error message."""
        return Words(
            "{user} on {host} (process {pid}) since {since}",
            user=self.user,
            host=self.host,
            pid=self.pid,
            since=self.since.replace("T", " ")[:19],
        )

    def __str__(self) -> str:
        """The same, in English."""
        return str(self.words)


class LockHeldError(Exception):
    """Another open project holds the lock; ``owner`` is None if its text cannot be read."""

    def __init__(self, owner: Owner | None) -> None:
        super().__init__(str(owner))
        self.owner = owner


class ProjectLock:
    """The right to write one project, held from construction to release()."""

    def __init__(self, project: Path) -> None:
        """Take the lock.

        Args:
            project: the project file, resolved, so that every name of it means one lock.

        Raises:
            LockHeldError: if it is taken, in this process or another.
            OSError: if the lock file cannot be written.
        """
        self._path = lock_path(project)
        self._descriptor = self._take()

    @property
    def in_place(self) -> bool:
        """Whether the lock file is still there; whoever deletes it would let others in."""
        return self._descriptor < 0 or _same_file(self._descriptor, self._path)

    def take_again(self) -> None:
        """Take the lock of a file that was deleted; errors as when it is taken first."""
        descriptor = self._take()
        os.close(self._descriptor)
        self._descriptor = descriptor

    def _take(self) -> int:
        while True:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                if not _try_lock(descriptor):
                    raise LockHeldError(_read_owner(self._path))
                # The holder before us may have removed the file between our open and our lock.
                if _same_file(descriptor, self._path):
                    os.ftruncate(descriptor, 0)
                    os.lseek(descriptor, 0, os.SEEK_SET)
                    os.write(descriptor, msgspec.json.encode(Owner.this_process()))
                    return descriptor
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)

    def release(self) -> None:
        """Give the lock back and remove its file; a second call does nothing."""
        if self._descriptor < 0:
            return
        descriptor, self._descriptor = self._descriptor, -1
        if sys.platform != "win32" and _same_file(descriptor, self._path):
            # While still holding it, so that nobody locks a file that is about to vanish.
            self._path.unlink(missing_ok=True)
        os.close(descriptor)
        if sys.platform == "win32":
            # Windows removes no open file; if the next owner was quicker it stays.
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)


def lock_path(project: Path) -> Path:
    """The lock file of a project file."""
    return project.with_name(project.name + ".lock")


def owner_elsewhere(project: Path) -> Owner | None:
    """Who has the project open for writing on another computer, or None.

    Changes nothing, so it works in a folder that cannot be written.
    """
    path = lock_path(project)
    owner = _read_owner(path)
    # Only then is the lock tried, which for a moment would look taken to a writer.
    if owner is None or owner.host == socket.gethostname():
        return None
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        return None if _try_lock(descriptor) else owner
    finally:
        os.close(descriptor)


def _same_file(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _read_owner(path: Path) -> Owner | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Owner)
    except (OSError, msgspec.DecodeError):
        return None
