"""Annotations of other programs come in, and go out in their formats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from clickpose_app.errors import FormatError
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.exported import Exported
from clickpose_app.gui.files import Files
from clickpose_app.gui.format_dialog import FormatChoice, FormatDialog
from clickpose_app.gui.opening import Prepared
from clickpose_app.gui.places import Places, placed
from clickpose_app.gui.texts import tr
from clickpose_app.storage.project import PROJECT_SUFFIX

if TYPE_CHECKING:
    from clickpose_app.formats.format import Format


@dataclass(frozen=True)
class Wanted:
    """What is to be imported.

    Attributes:
        path: file or folder of the annotations.
        images: where its images are, when that was asked for.
        described_by: the COCO file that lists its images, when that was asked for.
    """

    path: Path
    images: Path | None = None
    described_by: Path | None = None


@dataclass(frozen=True)
class Imported:
    """What an import read.

    Attributes:
        title: of the format.
        images: how many.
        people: how many.
    """

    title: str
    images: int
    people: int


@dataclass(frozen=True)
class Exchanger:
    """What moves annotations between projects and files, on a thread that may take its time.

    Attributes:
        read: makes a new project of what is wanted; FormatError that says what is wrong or has
            to be asked for.
        write: writes, in the format of a name, the project of a path to a file or folder.
    """

    read: Callable[[Wanted, Path], Imported]
    write: Callable[[str, Path, Path], Exported]


class Exchange(QObject):
    """Import annotations and Export as, in the File menu."""

    failed = Signal(str, str)
    """A sentence and a way out."""
    notice = Signal(str)
    """A sentence for the status line."""

    def __init__(
        self,
        window: QWidget,
        browser: Browser,
        files: Files,
        exchanger: Exchanger,
        places: Callable[[], Places],
    ) -> None:
        """Ask over the window, work on the thread of files; places: of new projects."""
        super().__init__(window)
        self._window, self._browser, self._files = window, browser, files
        self._exchanger, self._places = exchanger, places

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the actions of this part do."""
        return {"import_annotations": self.ask_import, "export_as": self.ask_export}

    # Import

    def ask_import(self) -> None:
        """Ask for a file of annotations, and open what it holds as a project."""
        kinds = " ".join(f"*{suffix}" for suffix in _read_suffixes())
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            tr("Import annotations: choose a file, or any file in their folder"),
            "",
            tr("Annotations ({kinds})").format(kinds=kinds) + ";;" + tr("All files (*)"),
        )
        if name:
            self.import_from(Wanted(Path(name)))

    def import_from(self, wanted: Wanted) -> None:
        """Import without asking, as far as nothing has to be asked."""
        self._files.work(
            tr("importing {name}…").format(name=wanted.path.name),
            lambda: self._imported(wanted),
            lambda result: self._on_imported(wanted, result),
            key="import",
        )

    def _imported(self, wanted: Wanted) -> Prepared | FormatError:
        """On the worker: the project, or the error that only the person can resolve."""
        from clickpose_app.formats.format import DescriptionUnknownError, ImagesUnknownError

        path = wanted.path.resolve()
        beside = (
            path / f"{path.name}{PROJECT_SUFFIX}"
            if path.is_dir()
            else path.with_suffix(PROJECT_SUFFIX)
        )
        project, notice = placed(beside, self._places())
        if project.exists():
            there = tr("{name} was there already, so it was opened as you left it.")
            return Prepared(project, notice=there.format(name=project.name))
        try:
            found = self._exchanger.read(wanted, project)
        except (DescriptionUnknownError, ImagesUnknownError) as error:
            return error
        said = tr("Read {people:,} people on {images:,} images from {name} ({title}).").format(
            people=found.people, images=found.images, name=path.name, title=found.title
        )
        return Prepared(project, notice=f"{said} {notice}".strip())

    def _on_imported(self, wanted: Wanted, result: Prepared | FormatError) -> None:
        if isinstance(result, Prepared):
            current = self._browser.project
            if current is not None and current.path == result.project.resolve():
                self._browser.shut()  # opened once more: let go of it first
            self._files.show_prepared(result)
            return
        from clickpose_app.formats.format import DescriptionUnknownError

        if isinstance(result, DescriptionUnknownError):
            described_by = self.ask_description(wanted.path)
            if described_by is not None:
                self.import_from(Wanted(wanted.path, wanted.images, described_by))
            return
        images = self.ask_images(wanted.path)
        if images is not None:
            self.import_from(Wanted(wanted.path, images, wanted.described_by))

    def ask_images(self, path: Path) -> Path | None:
        """Ask for the folder of the images."""
        said = tr("Where are the images of {name}?").format(name=path.name)
        name = QFileDialog.getExistingDirectory(self._window, said)
        return Path(name) if name else None

    def ask_description(self, path: Path) -> Path | None:
        """Ask for the COCO file that lists the images."""
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            tr("Which COCO file lists the images of {name}?").format(name=path.name),
            str(path.parent),
            tr("COCO JSON (*.json)"),
        )
        return Path(name) if name else None

    # Export

    def ask_export(self) -> None:
        """Ask for a format and where to, and write there."""
        project = self._browser.project
        if project is None:
            self.notice.emit(tr("Nothing is open that could be exported."))
            return
        dialog = self.make_dialog()
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        choice = dialog.choice
        proposed = project.path.with_name(f"{project.path.stem}-{choice.name}{choice.suffix}")
        kinds = f"{choice.title} (*{choice.suffix})" if choice.suffix else ""
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("Export as {title}").format(title=choice.title), str(proposed), kinds
        )
        if name:
            self.export_to(Path(name), choice)

    def make_dialog(self) -> FormatDialog:
        """The dialog with all formats that are written."""
        return FormatDialog(_written(), self._window)

    def export_to(self, out: Path, choice: FormatChoice) -> None:
        """Write without asking."""
        self._files.export_to(out, partial(self._exchanger.write, choice.name))


def _all() -> list[Format]:
    from clickpose_app.formats.catalogue import formats  # they bring libraries of their own

    return list(formats())


def _read_suffixes() -> list[str]:
    suffixes = dict.fromkeys(s for each in _all() if each.read for s in each.suffixes)
    # Formats that are a folder are chosen by the file that describes them.
    return [*suffixes, *(s for s in (".yaml", ".yml") if s not in suffixes)]


def _written() -> list[FormatChoice]:
    return [
        FormatChoice(each.name, each.title, "" if each.is_folder else each.suffixes[0])
        for each in _all()
        if each.write is not None
    ]
