"""The projects that were open before: where they are, how far they were, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from clickpose_app.core.annotation import ImageState
from clickpose_app.gui.settings import Settings
from clickpose_app.storage.project import ImageRecord, Project

LIMIT = 20
_DONE = (ImageState.EDITED, ImageState.REVIEWED)


@dataclass(frozen=True)
class RecentProject:
    """One project of the list.

    Attributes:
        project: the project file, absolute.
        folder: the folder of its images, absolute.
        images: how many there were.
        done: how many of them a person had worked on.
        opened: when it was open last, ISO 8601 with the zone.
    """

    project: str
    folder: str
    images: int
    done: int
    opened: str

    @property
    def name(self) -> str:
        """What people call it: the folder, or the file where that says more."""
        path = Path(self.project)
        own = path.stem not in ("annotations", "") and path.parent == Path(self.folder)
        return path.stem if own else Path(self.folder).name or self.folder

    @property
    def missing(self) -> bool:
        """Whether the file is not there, or not reachable now."""
        try:
            return not Path(self.project).is_file()
        except OSError:
            return True


class RecentProjects(QObject):
    """Keeps the list in the settings; the project that is open is its first entry."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        """Read what was open before."""
        super().__init__(parent)
        self._settings = settings
        self._project: Project | None = None
        self._records: Sequence[ImageRecord] = ()
        self.entries: list[RecentProject] = []
        for stored in settings.recent:
            entry = _entry(stored)
            if entry is not None:
                self.entries.append(entry)

    def note_opened(self, project: Project | None, records: Sequence[ImageRecord]) -> None:
        """Another project is open, or none; records is the list that its owner keeps true."""
        self.note_progress()
        self._project, self._records = project, records
        self.note_progress()

    def note_progress(self) -> None:
        """Write down how far the project is that is open."""
        project = self._project
        if project is None:
            return
        entry = RecentProject(
            str(project.path),
            str(project.image_root),
            len(self._records),
            sum(record.state in _DONE for record in self._records),
            datetime.now().astimezone().isoformat(timespec="seconds"),
        )
        others = [other for other in self.entries if other.project != entry.project]
        self._take([entry, *others][:LIMIT])

    def forget(self, project: str) -> None:
        """Take a project off the list; its file stays."""
        self._take([entry for entry in self.entries if entry.project != project])

    def _take(self, entries: list[RecentProject]) -> None:
        self.entries = entries
        self._settings.recent = [asdict(entry) for entry in entries]
        self.changed.emit()


def _entry(stored: dict[str, object]) -> RecentProject | None:
    """What was written; None if something else has written it."""
    project, folder, opened = (stored.get(name) for name in ("project", "folder", "opened"))
    images, done = stored.get("images"), stored.get("done")
    if not (isinstance(project, str) and isinstance(folder, str) and isinstance(opened, str)):
        return None
    if not (isinstance(images, int) and isinstance(done, int)):
        return None
    return RecentProject(project, folder, images, done, opened)
