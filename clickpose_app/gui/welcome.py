"""What the window shows while nothing is open: where to begin, and where one left off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QDate,
    QEvent,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTime,
    Signal,
)
from PySide6.QtGui import QAction, QFont, QIcon, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCommandLinkButton,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from clickpose_app.gui.recent import RecentProject, RecentProjects
from clickpose_app.gui.texts import text, tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole

BUTTONS = (
    ("open_folder", text("Open a folder"), text("of photographs; the work is kept beside them")),
    ("open_coco", text("Open COCO JSON"), text("keypoints that are there already")),
    ("open_project", text("Open a project"), text("that you began earlier")),
    ("demo", text("Try the demo"), text("on three pictures that come with ClickPose")),
)


def progress_words(entry: RecentProject) -> str:
    """How far a project is."""
    if entry.missing:
        return tr("not found")
    if entry.done == 0:
        return tr("%n images", entry.images)
    return tr("{done} of {images} images edited").format(done=entry.done, images=entry.images)


def when_words(opened: str, now: datetime | None = None) -> str:
    """When that was, as one says it: today, yesterday, or the date."""
    try:
        then = datetime.fromisoformat(opened)
    except ValueError:
        return ""
    now = now or datetime.now(then.tzinfo)
    locale = QLocale()
    short = QLocale.FormatType.ShortFormat
    days = (now.date() - then.date()).days
    if days == 0:
        clock = QTime(then.hour, then.minute)
        return tr("today, {time}").format(time=locale.toString(clock, short))
    date = QDate(then.year, then.month, then.day)
    return tr("yesterday") if days == 1 else locale.toString(date, short)


class RecentModel(QAbstractListModel):
    """The recent projects as a list."""

    def __init__(self, recent: RecentProjects, parent: QObject | None = None) -> None:
        """Follow that list."""
        super().__init__(parent)
        self._recent = recent
        recent.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Look again, also whether the files are there."""
        self.beginResetModel()
        self.endResetModel()

    def entry(self, row: int) -> RecentProject:
        """The project of a row."""
        return self._recent.entries[row]

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 (Qt's name)
        """One row a project."""
        return 0 if parent.isValid() else len(self._recent.entries)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Name, and everything in one sentence for tips and screen readers."""
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        entry = self.entry(index.row())
        if role == _Role.DisplayRole:
            return entry.name
        if role == _Role.ToolTipRole:
            return entry.project
        if role == _Role.AccessibleTextRole:
            parts = (entry.name, entry.folder, progress_words(entry), when_words(entry.opened))
            return ", ".join(part for part in parts if part)
        return None


class _RecentDelegate(QStyledItemDelegate):
    """Two lines: name and progress, folder and time."""

    def sizeHint(  # noqa: N802 (Qt's name)
        self, option: QStyleOptionViewItem, index: Index
    ) -> QSize:
        del index
        return QSize(320, 2 * option.fontMetrics.height() + 20)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, RecentModel)
        entry = model.entry(index.row())
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        roles = QPalette.ColorRole
        strong = option.palette.color(roles.HighlightedText if selected else roles.Text)
        faint = strong if selected else option.palette.color(roles.PlaceholderText)
        area = option.rect.adjusted(12, 8, -12, -8)
        line = option.fontMetrics.height() + 4
        upper = QRect(area.x(), area.y(), area.width(), line)
        lower = upper.translated(0, line)
        bold = QFont(option.font)
        bold.setBold(True)
        painter.save()
        painter.setPen(faint if entry.missing else strong)
        _draw_pair(painter, upper, bold, entry.name, option.font, progress_words(entry))
        painter.setPen(faint)
        _draw_pair(painter, lower, option.font, entry.folder, option.font, when_words(entry.opened))
        painter.restore()


def _draw_pair(
    painter: QPainter, area: QRect, left_font: QFont, left: str, right_font: QFont, right: str
) -> None:
    """Two texts in one line; the left one gives way."""
    painter.setFont(right_font)
    flags = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(area, flags | Qt.AlignmentFlag.AlignRight, right)
    room = area.width() - painter.fontMetrics().horizontalAdvance(right) - 16
    painter.setFont(left_font)
    elided = painter.fontMetrics().elidedText(left, Qt.TextElideMode.ElideMiddle, room)
    painter.drawText(area, flags | Qt.AlignmentFlag.AlignLeft, elided)


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
        self.view = _RecentView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_RecentDelegate(self.view))
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


class _RecentView(QListView):
    """The list; a click or Enter opens, Del removes."""

    chosen = Signal(QModelIndex)
    """Enter was pressed there."""
    removed = Signal()
    """The current one is wanted no more."""

    _OURS = (
        *(Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace),
        *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End),
    )

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("recentProjects")
        self.setAccessibleName(tr("Recent projects"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for label, act in (
            (tr("Open"), lambda: self.chosen.emit(self.currentIndex())),
            (tr("Remove from the list"), self.removed.emit),
        ):
            action = QAction(label, self)
            action.triggered.connect(lambda _checked=False, run=act: run())
            self.addAction(action)

    def event(self, event: QEvent) -> bool:
        """Keys that mean something else elsewhere in the window are the list's while it has them.

        Del would delete a person, an arrow might move a joint.
        """
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in self._OURS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Enter opens, Del removes."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.chosen.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
