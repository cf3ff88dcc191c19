"""Accept an image, or send it back with a note, and go on to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from clickpose_app.core.annotation import ImageState
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.held_keys import is_plain_space
from clickpose_app.gui.image_list import Show
from clickpose_app.gui.image_panel import ImagePanel
from clickpose_app.gui.review_bar import ReviewBar
from clickpose_app.gui.session import Session
from clickpose_app.gui.texts import tr


class Review(QObject):
    """A reviewer's verdicts and notes; they are steps that can be undone like any other."""

    notice = Signal(str)
    """A sentence for the status line."""

    def __init__(
        self, session: Session, browser: Browser, images: ImagePanel, picture: QWidget
    ) -> None:
        """Judge what the session shows.

        Args:
            session: takes the verdicts.
            browser: goes on to the next image.
            images: lists what there is to judge.
            picture: gets the keyboard back when a note has been written.
        """
        super().__init__(picture)
        self._session, self._browser = session, browser
        self._images, self._picture = images, picture
        self._reviewing = False
        self._before = Show.ALL
        self._keys: QAction | None = None
        self.bar = ReviewBar()
        self.bar.accepted.connect(self.accept)
        self.bar.refused.connect(self.ask_for_note)
        self.bar.note_written.connect(self._on_bar_note_written)
        self.bar.left.connect(picture.setFocus)
        session.annotation_changed.connect(self._show)
        browser.image_opened.connect(self._on_browser_image_opened)
        browser.project_opened.connect(self._show)
        browser.list_changed.connect(self._show)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the actions of this part do."""
        return {
            "accept": self.accept,
            "send_back": self.ask_for_note,
            "reviewing": self._on_reviewing_toggled,
            "search": self._images.start_search,
            "list_again": lambda: self._browser.show_view(self._browser.images.view),
        }

    def take_actions(self, actions: Mapping[str, QAction]) -> None:
        """Know the actions: one press is one verdict, however long the key is held."""
        for name in ("accept", "send_back"):
            actions[name].setAutoRepeat(False)
        self._keys = actions["accept"]

    def tap(self) -> None:
        """Space was tapped over the picture, where holding it pans."""
        space = QKeySequence(Qt.Key.Key_Space)
        if self._keys is not None and space in self._keys.shortcuts():
            self._keys.trigger()

    def accept(self) -> None:
        """Say that nothing is left to do here, and show the next image."""
        if self._session.accept():
            self._go_on()

    def ask_for_note(self) -> None:
        """Let the reviewer write what is wrong."""
        if self._browser.record is not None:
            self.bar.ask(self._session.annotation.note)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """A button that has the keyboard is pressed by Space, as everywhere."""
        if event.type() == QEvent.Type.ShortcutOverride and is_plain_space(event):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _go_on(self) -> None:
        if not self._browser.go(1):
            self.notice.emit(tr("That was the last image of the list."))

    def _on_bar_note_written(self, note: str) -> None:
        self._picture.setFocus()
        if self._session.send_back(note):
            self._go_on()

    def _on_reviewing_toggled(self) -> None:
        self._reviewing = not self._reviewing
        if self._reviewing:
            self._before = self._browser.images.view.show
            self._images.want(Show.TO_REVIEW)
            images, row = self._browser.images, self._browser.row
            if images.place(row) < 0 and len(images.shown):
                self._browser.open_image(int(images.shown[0]))
        else:
            self._images.want(self._before)
        self._show()

    def _on_browser_image_opened(self) -> None:
        self.bar.give_up()
        self._show()

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, QAbstractButton | QComboBox):
            now.installEventFilter(self)

    def _show(self) -> None:
        annotation, images = self._session.annotation, self._browser.images
        said = []
        if self._browser.record is not None and annotation.note:
            said.append(tr("Note: {note}").format(note=annotation.note))
        elif annotation.state is ImageState.REJECTED:
            said.append(tr("Sent back without a note."))
        if self._reviewing:
            left = images.count(Show.TO_REVIEW)
            said.insert(0, tr("Review: {left:,} to go.").format(left=left))
        self.bar.say("   ".join(said), reviewing=self._reviewing)
