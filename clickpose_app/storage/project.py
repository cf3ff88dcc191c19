"""The project file: images, annotations and settings in one SQLite database.

Every edit is one durable transaction, so there is no save that one can forget. One process
writes at a time; others may read along. A Project belongs to the thread that opened it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from clickpose_app.core.annotation import ImageAnnotation, ImageState, Person
from clickpose_app.core.need import need_of
from clickpose_app.core.reskeleton import Reskeleton
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import ProjectError, Words
from clickpose_app.storage import annotation_json, schema
from clickpose_app.storage.database import Database, annotation_of
from clickpose_app.storage.image_root import check_file_name, find_root, relative_root
from clickpose_app.storage.project_lock import LockHeldError, Owner, ProjectLock, owner_elsewhere
from clickpose_app.storage.reskeleton import count_labelled, rewrite_people, without_places
from clickpose_app.storage.skeletons import with_known_looks

PROJECT_SUFFIX = ".clickpose"

# Settings of the project itself; those of the window have names of their own.
_SKELETON = "project.skeleton"
_ROOT = "project.image_root"
_RELATIVE_ROOT = "project.image_root_relative"
_COCO_HEADER = "project.coco_header"

_KEEP_SETTING = (
    "INSERT INTO setting (key, value) VALUES (?, ?) "
    "ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)
_READ_AT_ONCE = 500  # annotations in memory while all are walked through


class ProjectInUseError(ProjectError):
    """Somebody else has the project open for writing.

    Attributes:
        owner: who has it, as a phrase: user, host, process id and since when.
        who: the same, to be translated.
    """

    def __init__(self, path: Path, owner: Owner | None, hint: Words) -> None:
        self.who = owner.words if owner else Words("another process")
        self.owner = str(self.who)
        super().__init__(Words("{path} is already open: {owner}.", path=path, owner=self.who), hint)


class ImageRecord(msgspec.Struct, frozen=True, gc=False):
    """One image of a project, without its annotation.

    A Struct, because there may be 100,000 of them: Python's collector need not look at what
    holds plain values only, which it would while they are made, for up to a second.

    Attributes:
        id: stable within the project, from 1.
        file_name: relative to the project's image root, with forward slashes.
        width: upright width in pixels, or None while unknown.
        height: upright height in pixels, or None while unknown.
        state: how far the work on it has come.
        need: how much it needs a person's eyes in 0..1 (core.need), or None while unknown.
        note: what a reviewer wrote; empty for nothing.
    """

    id: int
    file_name: str
    width: int | None
    height: int | None
    state: ImageState
    need: float | None = None
    note: str = ""


class Project:
    """An open project file; see create() and open()."""

    def __init__(self, path: Path, database: Database) -> None:
        """Wrap an open database."""
        self._path = path
        self._database = database
        with self._database.decoding(Words("its skeleton")):
            stored = annotation_json.decode_skeleton(self.setting(_SKELETON))
        self._skeleton = with_known_looks(stored)
        self._image_root = find_root(path, self.setting(_ROOT), self.setting(_RELATIVE_ROOT))

    @classmethod
    def create(cls, path: Path, *, image_root: Path, skeleton: Skeleton) -> Project:
        """Make a new project file and open it for writing.

        Args:
            path: where; nothing may be there yet.
            image_root: the folder that all images lie in. A project that moves together
                with its images finds them again.
            skeleton: of every person in the project.

        Raises:
            ProjectError: if the file exists or cannot be written.
        """
        path, root = path.resolve(), image_root.resolve()
        settings = {
            _SKELETON: annotation_json.encode_skeleton(skeleton),
            _ROOT: str(root),
            _RELATIVE_ROOT: relative_root(path, root),
        }
        lock = _take_lock(path)
        try:
            if path.exists():
                raise ProjectError(
                    Words("{path} already exists.", path=path),
                    Words("Open it, or choose another name."),
                )
            schema.create_database(path, settings)
        except BaseException:
            lock.release()
            raise
        return cls._opened(path, lock)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Project:
        """Open an existing project file.

        Args:
            path: the file.
            read_only: change nothing; works beside a writer and in a read-only folder.

        Raises:
            ProjectInUseError: if another has it open for writing (with read_only: on another
                computer, from where reading along is not safe).
            ProjectError: if it is no project, damaged, newer than this program or not writable.
        """
        path = path.resolve()
        schema.check_is_file(path)
        if not read_only:
            return cls._opened(path, _take_lock(path))
        owner = owner_elsewhere(path)
        if owner is not None:
            hint = Words("Close it there first, or open a copy.")
            raise ProjectInUseError(path, owner, hint)
        return cls._opened(path, None)

    @classmethod
    def _opened(cls, path: Path, lock: ProjectLock | None) -> Project:
        with ExitStack() as on_error:
            if lock is not None:
                on_error.callback(lock.release)
                with schema.older(path) as older:
                    if older:  # what is wrong is said before the file is brought up to date
                        cls(path, Database(path, None)).close()
            database = Database(path, lock)
            on_error.callback(database.close)
            project = cls(path, database)
            on_error.pop_all()
        return project

    @property
    def path(self) -> Path:
        """The project file, absolute; another one if somebody replaced the file meanwhile."""
        return self._database.path

    @property
    def image_root(self) -> Path:
        """The folder that all images lie in, absolute."""
        return self._image_root

    @property
    def skeleton(self) -> Skeleton:
        """The skeleton of every person in the project."""
        return self._skeleton

    @property
    def read_only(self) -> bool:
        """Whether every attempt to write is refused."""
        return self._database.read_only

    @property
    def database(self) -> Database:
        """For modules of storage that keep tables of their own, such as work.py."""
        return self._database

    def close(self) -> None:
        """Close the file and let others write it; a second call does nothing."""
        self._database.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def add_images(self, images: Iterable[tuple[str, int | None, int | None]]) -> list[int]:
        """Add images in one transaction; those already there keep their id and annotation.

        Args:
            images: (file name relative to the image root, upright width, upright height);
                sizes may be None while unknown.

        Returns:
            The ids, in the order given.

        Raises:
            ProjectError: if a name points outside the image root or is not valid Unicode.
        """
        insert = (
            "INSERT INTO image (file_name, width, height) VALUES (?, ?, ?) "
            "ON CONFLICT (file_name) DO UPDATE SET width = coalesce(excluded.width, width), "
            "height = coalesce(excluded.height, height) RETURNING id"
        )
        ids: list[int] = []
        with self._database.transaction() as connection:
            for file_name, width, height in images:
                check_file_name(self._path, file_name)
                ((image_id,),) = connection.execute(insert, (file_name, width, height)).fetchall()
                ids.append(image_id)
        return ids

    def images(self) -> list[ImageRecord]:
        """All images, in the order they were added; no annotation is read."""
        rows = self._database.each(
            "SELECT id, file_name, width, height, state, need, note FROM image ORDER BY id"
        )
        # A lookup by plain text: calling the enumeration 100,000 times takes three times as long.
        states = {state.value: state for state in ImageState}
        with self._database.decoding(Words("the list of images")):
            return [
                ImageRecord(i, name, w, h, states[state], need, note)
                for i, name, w, h, state, need, note in rows
            ]

    def image_path(self, record: ImageRecord) -> Path:
        """Where the image file is; always inside the image root.

        Raises:
            ProjectError: if the record points elsewhere.
        """
        check_file_name(self._path, record.file_name)
        return self._image_root / record.file_name

    def set_image_size(self, image_id: int, width: int, height: int) -> None:
        """Note the upright size of an image, in pixels; KeyError for an unknown id."""
        with self._database.transaction() as connection:
            cursor = connection.execute(
                "UPDATE image SET width = ?, height = ? WHERE id = ?", (width, height, image_id)
            )
            _require_one(cursor, image_id)

    def annotation(self, image_id: int) -> ImageAnnotation:
        """Everything annotated on one image, exactly as written; KeyError for an unknown id."""
        rows = self._database.rows(
            "SELECT state, people, note FROM image LEFT JOIN annotation ON image_id = id "
            "WHERE id = ?",
            (image_id,),
        )
        if not rows:
            raise KeyError(image_id)
        ((state, people, note),) = rows
        with self._database.decoding(annotation_of(image_id)):
            decoded = annotation_json.decode_people(people) if people is not None else ()
            return ImageAnnotation(decoded, ImageState(state), note)

    def people(self) -> Iterator[tuple[int, tuple[Person, ...]]]:
        """(image id, its people) of all images that were annotated, read bit by bit."""
        last = 0
        while rows := self._database.rows(
            "SELECT image_id, people FROM annotation WHERE image_id > ? ORDER BY image_id LIMIT ?",
            (last, _READ_AT_ONCE),
        ):
            last = rows[-1][0]
            for image_id, people in rows:
                with self._database.decoding(annotation_of(image_id)):
                    decoded = annotation_json.decode_people(people)
                yield image_id, decoded

    def write(self, image_id: int, annotation: ImageAnnotation) -> None:
        """Store one image's annotation; durable when this returns. As write_many()."""
        self.write_many([(image_id, annotation)])

    def write_many(self, annotations: Iterable[tuple[int, ImageAnnotation]]) -> None:
        """Store annotations in one transaction: all of them or, on an error, none.

        Args:
            annotations: (image id, its annotation).

        Raises:
            KeyError: for an unknown image id.
            ProjectError: if a value is not finite or cannot be stored, or on a disk error.
        """
        with self._database.transaction() as connection:
            for image_id, annotation in annotations:
                with self._database.encoding(annotation_of(image_id)):
                    people = annotation_json.encode_people(annotation)
                    cursor = connection.execute(
                        "UPDATE image SET state = ?, need = ?, note = ? WHERE id = ?",
                        (annotation.state.value, need_of(annotation), annotation.note, image_id),
                    )
                _require_one(cursor, image_id)
                connection.execute(
                    "INSERT INTO annotation (image_id, people) VALUES (?, ?) "
                    "ON CONFLICT (image_id) DO UPDATE SET people = excluded.people",
                    (image_id, people),
                )

    def setting(self, key: str, default: str = "") -> str:
        """A text kept with the project, such as the last image or the zoom."""
        rows = self._database.rows("SELECT value FROM setting WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else default

    def set_setting(self, key: str, value: str) -> None:
        """Keep a text with the project."""
        with self._database.transaction() as connection:
            connection.execute(_KEEP_SETTING, (key, value))

    def set_skeleton(self, skeleton: Skeleton, renamed: Mapping[str, str] | None = None) -> None:
        """Give every person another skeleton, in one transaction: all of them or none.

        Keypoints are followed by name; what happens to each is told by Reskeleton.person.

        Args:
            skeleton: the new one.
            renamed: new names of keypoints by their old ones.

        Raises:
            ValueError: if a rename speaks of a keypoint that is not there.
            ProjectError: if an annotation is damaged, or on a disk error; nothing has changed.
        """
        change = Reskeleton.between(self._skeleton, skeleton, renamed)
        header = annotation_json.encode_mapping(without_places(self.coco_header))
        settings = {_SKELETON: annotation_json.encode_skeleton(skeleton), _COCO_HEADER: header}
        with self._database.transaction() as connection:
            if not change.keeps_all:
                rewrite_people(self._database, connection, change)
            connection.executemany(_KEEP_SETTING, settings.items())
        self._skeleton = with_known_looks(skeleton)

    def labelled_counts(self) -> dict[str, int]:
        """How many people have each keypoint labelled, by its name."""
        return count_labelled(self._database, self._skeleton)

    @property
    def coco_header(self) -> dict[str, Any]:
        """What an imported COCO file said besides images and annotations; empty if nothing."""
        with self._database.decoding(Words("the COCO header")):
            return annotation_json.decode_mapping(self.setting(_COCO_HEADER, "{}"))

    def set_coco_header(self, header: Mapping[str, Any]) -> None:
        """Keep those fields (JSON values), so that an export gives them back."""
        with self._database.encoding(Words("the COCO header")):
            text = annotation_json.encode_mapping(header)
        self.set_setting(_COCO_HEADER, text)

    def image_extra(self, image_id: int) -> dict[str, Any]:
        """Fields of an imported image entry that ClickPose does not know; empty if none."""
        rows = self._database.rows("SELECT fields FROM image_extra WHERE image_id = ?", (image_id,))
        with self._database.decoding(Words("image {id}", id=image_id)):
            return annotation_json.decode_mapping(rows[0][0]) if rows else {}

    def image_extras(self) -> dict[int, dict[str, Any]]:
        """As image_extra, of all images that have any, by their ids."""
        extras = {}
        for image_id, fields in self._database.rows("SELECT image_id, fields FROM image_extra"):
            with self._database.decoding(Words("image {id}", id=image_id)):
                extras[image_id] = annotation_json.decode_mapping(fields)
        return extras

    def set_image_extra(self, image_id: int, extra: Mapping[str, Any]) -> None:
        """Keep those fields (JSON values); KeyError for an unknown id."""
        self.set_image_extras([(image_id, extra)])

    def set_image_extras(self, extras: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
        """As set_image_extra for many (image id, fields), in one transaction: all or none."""
        with self._database.transaction() as connection:
            for image_id, extra in extras:
                with self._database.encoding(Words("image {id}", id=image_id)):
                    text = annotation_json.encode_mapping(extra)
                cursor = connection.execute(
                    "INSERT INTO image_extra (image_id, fields) "
                    "SELECT id, ? FROM image WHERE id = ? "
                    "ON CONFLICT (image_id) DO UPDATE SET fields = excluded.fields",
                    (text, image_id),
                )
                _require_one(cursor, image_id)


def _take_lock(path: Path) -> ProjectLock:
    try:
        return ProjectLock(path)
    except LockHeldError as error:
        hint = Words("Close it there, or open it read-only.")
        raise ProjectInUseError(path, error.owner, hint) from error
    except OSError as error:
        raise schema.not_writable(path) from error


def _require_one(cursor: sqlite3.Cursor, image_id: int) -> None:
    if cursor.rowcount != 1:
        raise KeyError(image_id)
