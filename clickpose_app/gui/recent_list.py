"""The list of recent projects: its words, its rows, and the keys that it answers to."""

from __future__ import annotations

from datetime import datetime

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
from PySide6.QtGui import QAction, QFont, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from clickpose_app.gui.recent import RecentProject, RecentProjects
from clickpose_app.gui.texts import tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole


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


class RecentDelegate(QStyledItemDelegate):
    """Two lines: name and progress, folder and time."""

    def sizeHint(  # noqa: N802 (Qt's name)
        self, option: QStyleOptionViewItem, index: Index
    ) -> QSize:
        """Room for two lines."""
        del index
        return QSize(320, 2 * option.fontMetrics.height() + 20)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw them in the colours of the list."""
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


class RecentView(QListView):
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
        """Start without a model."""
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
