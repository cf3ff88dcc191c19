"""What the window shows while nothing is open: where to begin, and where one left off."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import (
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QIcon, QPalette
from PySide6.QtWidgets import (
    QCommandLinkButton,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clickpose_app.gui.recent import RecentProjects
from clickpose_app.gui.recent_list import RecentDelegate, RecentModel, RecentView
from clickpose_app.gui.texts import text, tr

BUTTONS = (
    ("open_folder", text("Open a folder"), text("of photographs; the work is kept beside them")),
    ("open_coco", text("Open COCO JSON"), text("keypoints that are there already")),
    ("open_project", text("Open a project"), text("that you began earlier")),
    ("demo", text("Try the demo"), text("on three pictures that come with ClickPose")),
)

_BUTTON_ROOM = 22  # around the two lines of a button
_HINT_ROOM = 20  # padding and border of #dropHint in window.qss


class Welcome(QWidget):
    """Big buttons on the left, recent projects on the right."""

    project_chosen = Signal(Path)
    """The project file of a recent project."""

    def __init__(
        self,
        recent: RecentProjects,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        """Show that list, and buttons for these actions."""
        super().__init__(parent)
        self.setObjectName("welcomePage")
        self._recent = recent
        self.model = RecentModel(recent, self)
        self.view = RecentView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(RecentDelegate(self.view))
        for signal in (self.view.chosen, self.view.clicked):
            signal.connect(self._on_view_chosen)
        self.view.selectionModel().currentChanged.connect(self._show_state)
        self.model.modelReset.connect(self._show_state)
        self.remove = QPushButton(tr("Remove from the list"))
        self.remove.setToolTip(tr("The project itself stays where it is (Del)"))
        self.remove.clicked.connect(self._forget)
        self.view.removed.connect(self._forget)
        self.buttons: dict[str, QCommandLinkButton] = {}
        self._none = QLabel(tr("Nothing yet: what you open will be found here again."))
        self._none.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._none.setWordWrap(True)
        self._build(actions)
        self._show_state()

    def refresh(self) -> None:
        """Look again which projects are there; the first one is where the keys are."""
        self.model.refresh()
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0))
            self.view.setFocus()
        else:
            self.buttons["open_folder"].setFocus()

    def _build(self, actions: Mapping[str, QAction]) -> None:
        title = QLabel("ClickPose")
        title.setObjectName("welcomeTitle")
        motto = QLabel(tr("Correct one joint, and the rest of the pose follows."))
        motto.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        hint = QLabel(tr("Or drop a folder, a picture, COCO JSON or a project anywhere here."))
        hint.setObjectName("dropHint")
        hint.setWordWrap(True)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # A low window must not cut words: two lines and the room around them.
        hint.setMinimumHeight(2 * hint.fontMetrics().lineSpacing() + 2 * _HINT_ROOM)
        left = QVBoxLayout()
        left.setSpacing(8)
        for widget in (title, motto):
            left.addWidget(widget)
        left.addSpacing(18)
        for name, label, explained in BUTTONS:
            left.addWidget(self._button(actions[name], name, tr(label), tr(explained)))
        left.addSpacing(14)
        left.addWidget(hint)
        left.addStretch(1)
        heading = QLabel(tr("Recent projects"))
        heading.setObjectName("welcomeHeading")
        heading.setBuddy(self.view)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(heading)
        right.addWidget(self._none, 1, Qt.AlignmentFlag.AlignTop)
        right.addWidget(self.view, 1)
        right.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(56, 48, 56, 40)
        row.setSpacing(56)
        row.addLayout(left, 2)
        row.addLayout(right, 3)

    def _button(self, action: QAction, name: str, label: str, explained: str) -> QCommandLinkButton:
        button = QCommandLinkButton(label, explained)
        button.setObjectName(f"welcome_{name}")
        button.setIcon(QIcon())
        button.setMinimumHeight(2 * button.fontMetrics().lineSpacing() + _BUTTON_ROOM)
        button.setToolTip(action.toolTip())
        button.clicked.connect(lambda: action.trigger())
        self.buttons[name] = button
        return button

    def _on_view_chosen(self, index: QModelIndex) -> None:
        entry = self.model.entry(index.row())
        if not entry.missing:
            self.project_chosen.emit(Path(entry.project))

    def _forget(self) -> None:
        row = self.view.currentIndex().row()
        if row < 0:
            return
        self._recent.forget(self.model.entry(row).project)
        left = self.model.rowCount()
        if left:
            self.view.setCurrentIndex(self.model.index(min(row, left - 1)))

    def _show_state(self) -> None:
        count = self.model.rowCount()
        self.view.setVisible(count > 0)
        self._none.setVisible(count == 0)
        self.remove.setVisible(count > 0)
        self.remove.setEnabled(self.view.currentIndex().isValid())
