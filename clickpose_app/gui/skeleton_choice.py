"""The project gets another skeleton: asked for, confirmed, done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from clickpose_app.core.reskeleton import Reskeleton
from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.browser import Browser
from clickpose_app.gui.inference import Inference
from clickpose_app.gui.session import Session
from clickpose_app.gui.skeleton_dialog import SkeletonChoice, SkeletonDialog
from clickpose_app.gui.skeleton_words import removal_sentence
from clickpose_app.gui.texts import told_error, tr


class SkeletonChooser(QObject):
    """Opens the dialog and does what was chosen there."""

    def __init__(
        self, window: QWidget, session: Session, browser: Browser, inference: Inference
    ) -> None:
        """Ask over the window, change the browser's project through the session."""
        super().__init__(window)
        self._window, self._session = window, session
        self._browser, self._inference = browser, inference

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the actions of this part do."""
        return {"skeleton": self.choose}

    def choose(self) -> None:
        """Ask which skeleton the project shall have."""
        dialog = self.make_dialog()
        if dialog is None:
            self._session.notice.emit(tr("Open a folder of photographs first."))
        elif dialog.exec() == QDialog.DialogCode.Accepted:
            self.use(dialog.choice)

    def make_dialog(self) -> SkeletonDialog | None:
        """The dialog for the project that is open; None without one."""
        project, facts = self._browser.project, self._inference.facts
        if project is None:
            return None
        return SkeletonDialog(
            project.skeleton,
            None if facts is None else facts.skeleton,
            read_only=project.read_only,
            parent=self._window,
        )

    def use(self, choice: SkeletonChoice) -> None:
        """Give the project that skeleton, once what would leave it has been agreed to."""
        project = self._browser.project
        if project is None or choice.skeleton == project.skeleton:
            return
        change = Reskeleton.between(project.skeleton, choice.skeleton, choice.renamed)
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            leaves = removal_sentence(change, project.labelled_counts()) if change.removed else ""
        except ClickPoseError as error:
            self._session.failed.emit(*told_error(error))
            return
        finally:
            QApplication.restoreOverrideCursor()
        if leaves and not self.ask_removal(leaves):
            return
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self._session.change_skeleton(choice.skeleton, choice.renamed)
        finally:
            QApplication.restoreOverrideCursor()

    def ask_removal(self, leaves: str) -> bool:
        """Say what leaves the project; whether to go on."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(tr("Change the skeleton"))
        box.setText(leaves)
        box.setInformativeText(
            tr(
                "They are no longer shown or exported as keypoints. The project file keeps them: "
                "they come back when a joint of the same name is added again."
            )
        )
        go_on = box.addButton(tr("Change skeleton"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        return box.clickedButton() is go_on
