"""The panel on the left: the images of the project, searched, filtered and in order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from clickpose_app.gui.image_list import ORDER_NAMES, SHOW_NAMES, ImageList, Order, Show, View
from clickpose_app.gui.image_rows import ROW_HEIGHT, ImageListModel, ImageRowDelegate, row_width
from clickpose_app.gui.panel_title import PanelTitle
from clickpose_app.gui.texts import tr
from clickpose_app.gui.thumbnails import Thumbnails


class ImagePanel(QWidget):
    """The images of the project, and how far the work has come."""

    row_chosen = Signal(int)
    """The row of the record that was clicked."""
    view_wanted = Signal(object)
    """The View that a person asks for."""
    search_left = Signal()
    """The search field has done its work: keys go to the picture again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.thumbnails = Thumbnails(self)
        self.model = ImageListModel(self.thumbnails, self)
        self._images = ImageList()
        self._row = -1
        self._following = False
        self._build()
        self.view.selectionModel().currentChanged.connect(self._on_view_current_changed)
        self.thumbnails.ready.connect(self._on_thumbnails_ready)
        self.search.textChanged.connect(self._ask)
        self.show_box.activated.connect(self._ask)
        self.order_box.activated.connect(self._ask)
        self.search.installEventFilter(self)

    @property
    def wanted_width(self) -> int:
        """Room for what a row says in the language of the window."""
        bar = self.view.verticalScrollBar().sizeHint().width()
        return row_width(self.view.fontMetrics()) + bar

    def _build(self) -> None:
        self._title = PanelTitle("images", tr("Images"))
        self.search = QLineEdit(self)
        self.search.setObjectName("imageSearch")
        self.search.setPlaceholderText(tr("Search names"))
        self.search.setAccessibleName(tr("Search images by name"))
        self.search.setClearButtonEnabled(True)
        self.show_box = _choices(self, tr("Which images are listed"), SHOW_NAMES)
        self.order_box = _choices(self, tr("Order of the images"), ORDER_NAMES)
        self.view = _list(self, self.model)
        self._nothing = QLabel(tr("No image matches."), self)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        choices = QHBoxLayout()
        choices.setContentsMargins(0, 0, 0, 0)
        choices.addWidget(self.show_box, 1)
        choices.addWidget(self.order_box, 1)
        wanted = QVBoxLayout()
        wanted.setContentsMargins(6, 0, 6, 6)
        wanted.setSpacing(4)
        wanted.addWidget(self.search)
        wanted.addLayout(choices)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._title)
        layout.addLayout(wanted)
        layout.addWidget(self._nothing, 1)
        layout.addWidget(self.view, 1)

    @property
    def title(self) -> str:
        """What stands above the list: place, counts."""
        return self._title.text()

    def open_images(self, images: ImageList) -> None:
        """Forget what was searched for: another project is open."""
        self.thumbnails.forget()
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._row = -1
        self._images = images

    def show_images(self, images: ImageList, path_of: Callable[[int], Path | None]) -> None:
        """Show what is listed now, and which view that is."""
        self._images = images
        self._choose(self.show_box, images.view.show)
        self._choose(self.order_box, images.view.order)
        self._following = True
        self.model.show(images, path_of)
        self._following = False
        self._nothing.setVisible(len(images) > 0 and len(images.shown) == 0)
        self.view.setVisible(self._nothing.isHidden())
        self.show_row(self._row)

    def refresh(self, row: int) -> None:
        """Show what the record of a row has become."""
        self.model.refresh(row)
        self._show_title()

    def show_row(self, row: int) -> None:
        """Mark the image that is shown, if it is listed."""
        self._row = row
        place = self._images.place(row)
        self._following = True
        if place < 0:
            self.view.setCurrentIndex(QModelIndex())
        elif self.view.currentIndex().row() != place:
            self.view.setCurrentIndex(self.model.index(place))
        self._following = False
        self._show_title()

    def start_search(self) -> None:
        """Let the person type a name."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def want(self, show: Show) -> None:
        """Ask for other images, as if chosen by hand."""
        self._choose(self.show_box, show)
        self._ask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Enter opens the first match, Down goes to the list, Esc ends the search."""
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if watched is not self.search or event.type() not in kinds:
            return super().eventFilter(watched, event)
        assert isinstance(event, QKeyEvent)
        key = event.key()
        if key not in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._leave_search(Qt.Key(key))
        return True

    def stop(self) -> None:
        """Make no more thumbnails: the window closes."""
        self.thumbnails.stop()

    def _leave_search(self, key: Qt.Key) -> None:
        if key == Qt.Key.Key_Down:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if key == Qt.Key.Key_Escape:
            self.search.clear()
        elif len(self._images.shown):
            self.row_chosen.emit(int(self._images.shown[0]))
        self.search_left.emit()

    def _ask(self) -> None:
        show, order = self.show_box.currentData(), self.order_box.currentData()
        self.view_wanted.emit(View(Show(show), self.search.text(), Order(order)))

    def _choose(self, box: QComboBox, choice: Show | Order) -> None:
        box.setCurrentIndex(box.findData(choice.value))

    def _show_title(self) -> None:
        images = self._images
        count, listed, place = len(images), len(images.shown), images.place(self._row)
        if count == 0:
            self._title.setText(tr("Images"))
            return
        if place >= 0:
            where = tr("{place:,} of {listed:,}").format(place=place + 1, listed=listed)
        else:
            where = f"{listed:,}"
        if listed < count:
            where = tr("{listed} (all: {count:,})").format(listed=where, count=count)
        self._title.setText(
            tr("Images   {where} · {edited:,} edited").format(where=where, edited=images.worked)
        )

    def _on_view_current_changed(self, current: QModelIndex) -> None:
        if current.isValid() and not self._following:
            self.row_chosen.emit(self.model.row_of(current))

    def _on_thumbnails_ready(self) -> None:
        self.view.viewport().update()


class _ImageTable(QTableView):
    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Keep the image that is shown in sight, when a message takes room from the list."""
        super().resizeEvent(event)
        current = self.currentIndex()
        if self.visualRect(current).intersects(self.viewport().rect()):
            self.scrollTo(current)


def _list(parent: QWidget, model: ImageListModel) -> QTableView:
    # A table of one column, because a QListView asks the model about each of 100,000 rows
    # whenever others are listed: a tenth of a second a keystroke.
    view = _ImageTable(parent)
    view.setObjectName("images")
    view.setAccessibleName(tr("Images"))
    view.setItemDelegate(ImageRowDelegate(view))
    view.setModel(model)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setShowGrid(False)
    view.setCornerButtonEnabled(False)
    view.setTabKeyNavigation(False)
    view.setMouseTracking(True)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    across, down = view.horizontalHeader(), view.verticalHeader()
    across.hide()
    across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    down.hide()
    down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    down.setMinimumSectionSize(ROW_HEIGHT)
    down.setDefaultSectionSize(ROW_HEIGHT)
    return view


def _choices(parent: QWidget, name: str, choices: dict[Show, str] | dict[Order, str]) -> QComboBox:
    box = QComboBox(parent)
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setMinimumContentsLength(6)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for choice, words in choices.items():
        # By its value: Qt hands an enumeration back as something else.
        box.addItem(tr(words), choice.value)
    return box
