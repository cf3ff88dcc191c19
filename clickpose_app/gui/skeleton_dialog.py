"""Choosing the project's skeleton: those that are shipped, one's own, and files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from clickpose_app.core.keypoint_map import match_names
from clickpose_app.core.reskeleton import Reskeleton
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.core.skeleton_draft import SkeletonDraft
from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.screen_room import resize_on_screen
from clickpose_app.gui.skeleton_editor import SkeletonEditor
from clickpose_app.gui.skeleton_figure import SkeletonFigure
from clickpose_app.gui.skeleton_words import change_sentence, network_sentence
from clickpose_app.gui.texts import text, told_in_full, tr
from clickpose_app.gui.widgets import grid_button
from clickpose_app.storage.skeletons import (
    BUILTIN_NAMES,
    builtin_skeleton,
    read_skeleton,
    with_known_looks,
    write_skeleton,
)

_TITLES = {
    "coco-17": text("COCO: 17 joints of the body"),
    "lsp-14": text("Leeds Sports Poses: 14 joints of the body"),
    "crowdpose-14": text("CrowdPose: 14 joints of the body"),
    "mpii-16": text("MPII: 16 joints of the body"),
    "human-art-21": text("Human-Art: 21 joints, with fingers and toes"),
    "halpe-26": text("Halpe: 26 joints, with head, neck and feet"),
    "coco-wholebody-133": text("COCO-WholeBody: 133 joints, with feet, face and hands"),
    "hand-21": text("Hand: 21 joints"),
    "face-68": text("Face: 68 points"),
}
_KINDS = text("Skeletons (*.json)")


@dataclass(frozen=True)
class SkeletonChoice:
    """A skeleton that the project may get.

    Attributes:
        title: as listed.
        skeleton: the skeleton.
        renamed: new names of the project's keypoints by their old ones.
    """

    title: str
    skeleton: Skeleton
    renamed: Mapping[str, str] = field(default_factory=dict)


class SkeletonDialog(QDialog):
    """Lists skeletons with a drawn figure each; one's own are edited, read and written here."""

    def __init__(
        self,
        present: Skeleton,
        network: Skeleton | None,
        *,
        read_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """List what is there.

        Args:
            present: the project's skeleton.
            network: the network's, where it is known.
            read_only: whether the project cannot be changed.
            parent: Qt owner.
        """
        super().__init__(parent)
        self.setWindowTitle(tr("Skeleton"))
        self._present, self._network, self._read_only = present, network, read_only
        mine = tr("This project: {name}").format(name=present.name)
        self._choices = [SkeletonChoice(mine, present)]
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Skeletons"))
        self.figure = SkeletonFigure()
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.facts.setMinimumHeight(self.facts.fontMetrics().height() * 6)
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setObjectName("skeletonFlaw")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.use = self.buttons.addButton(
            tr("&Use this skeleton"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._build()
        self.list.addItem(mine)
        for name in BUILTIN_NAMES:
            self._add(SkeletonChoice(tr(_TITLES[name]), builtin_skeleton(name)))
        self.list.setCurrentRow(0)

    @property
    def choice(self) -> SkeletonChoice:
        """What is selected in the list."""
        return self._choices[max(self.list.currentRow(), 0)]

    def offer(self, choice: SkeletonChoice) -> None:
        """Add a skeleton to the list and select it."""
        self._add(choice)
        self.list.setCurrentRow(self.list.count() - 1)

    # Building

    def _build(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        grid = QGridLayout()
        self.edit = grid_button(grid, 0, 0, tr("&Edit…"), self._on_edit)
        self.new = grid_button(grid, 0, 1, tr("&New…"), self._on_new)
        grid_button(grid, 1, 0, tr("&Import JSON…"), self._on_import)
        grid_button(grid, 1, 1, tr("E&xport JSON…"), self._on_export)
        left.addLayout(grid)
        right = QVBoxLayout()
        right.addWidget(self.figure, 1)
        right.addWidget(self.facts)
        middle = QHBoxLayout()
        middle.addLayout(left, 1)
        middle.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(middle, 1)
        layout.addWidget(self.problem)
        layout.addWidget(self.buttons)
        self.use.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.list.currentRowChanged.connect(self._on_row_changed)
        self.list.itemActivated.connect(lambda _: self.use.click())
        resize_on_screen(self, 860, 600)

    def _add(self, choice: SkeletonChoice) -> None:
        renamed = choice.renamed or self._spelling(choice.skeleton)
        self._choices.append(SkeletonChoice(choice.title, choice.skeleton, renamed))
        self.list.addItem(choice.title)

    def _spelling(self, skeleton: Skeleton) -> dict[str, str]:
        """The project's keypoints that only are spelt otherwise there."""
        old, new = self._present.keypoints, skeleton.keypoints
        places = match_names(new, old)
        return {
            old[place]: name
            for name, place in zip(new, places, strict=True)
            if place is not None and old[place] != name
        }

    # What is shown

    def _on_row_changed(self) -> None:
        choice = self.choice
        skeleton = choice.skeleton
        self.figure.show_skeleton(skeleton)
        count = tr("Joints: {joints}. Limbs: {limbs}.").format(
            joints=len(skeleton), limbs=len(skeleton.limbs)
        )
        sentences = [count, network_sentence(skeleton, self._network)]
        if self.list.currentRow() > 0:
            change = Reskeleton.between(self._present, skeleton, choice.renamed)
            sentences.append(change_sentence(change))
        self.facts.setText("\n".join(sentence for sentence in sentences if sentence))
        self.problem.setText(
            tr("The project is open read-only, so its skeleton stays.") if self._read_only else ""
        )
        self.use.setEnabled(not self._read_only and self.list.currentRow() > 0)

    # What the buttons do

    def _on_edit(self) -> None:
        editor = self.edit_draft(SkeletonDraft.of(self.choice.skeleton))
        if editor is None:
            return
        skeleton = editor.draft.skeleton()
        if skeleton == self.choice.skeleton:
            return
        # The draft began with names that may be new ones of the project's joints already.
        origins = {new: old for old, new in self.choice.renamed.items()}
        renamed = {}
        for joint in editor.draft.joints:
            old = origins.get(joint.origin, joint.origin)
            if old in self._present.keypoints and old != joint.name:
                renamed[old] = joint.name
        title = tr("Edited: {name}").format(name=skeleton.name)
        self.offer(SkeletonChoice(title, skeleton, renamed))

    def _on_new(self) -> None:
        editor = self.edit_draft(SkeletonDraft(tr("my skeleton")))
        if editor is not None:
            skeleton = editor.draft.skeleton()
            self.offer(SkeletonChoice(tr("New: {name}").format(name=skeleton.name), skeleton))

    def edit_draft(self, draft: SkeletonDraft) -> SkeletonEditor | None:
        """Open the editor; None if the person gave up."""
        editor = SkeletonEditor(draft, self)
        return editor if editor.exec() == QDialog.DialogCode.Accepted else None

    def _on_import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Import a skeleton"), "", tr(_KINDS))
        if name:
            self.import_from(Path(name))

    def import_from(self, path: Path) -> None:
        """Add the skeleton of a file to the list, without asking."""
        try:
            skeleton = with_known_looks(read_skeleton(path))
        except ClickPoseError as error:
            self.problem.setText(told_in_full(error))
            return
        title = tr("{file}: {name}").format(file=path.name, name=skeleton.name)
        self.offer(SkeletonChoice(title, skeleton))

    def _on_export(self) -> None:
        proposed = f"{self.choice.skeleton.name}.json"
        name, _ = QFileDialog.getSaveFileName(self, tr("Export the skeleton"), proposed, tr(_KINDS))
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the selected skeleton, without asking."""
        try:
            write_skeleton(path, self.choice.skeleton)
        except ClickPoseError as error:
            self.problem.setText(told_in_full(error))
        else:
            self.problem.setText(tr("Written to {path}.").format(path=path))
