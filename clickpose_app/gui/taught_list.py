"""The models that a project has taught, with their figures."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from clickpose_app.gui.figures import NOTHING, count_text, decimal_text
from clickpose_app.gui.taught_models import TaughtModel, TaughtModels
from clickpose_app.gui.texts import text, tr

_NAME = Qt.ItemDataRole.UserRole
_COLUMNS = (
    text("Model"),
    text("Date"),
    text("Labelled images"),
    text("Held out"),
    text("Found"),
    text("Joints right"),
    text("OKS"),
    text("Clicks"),
)


class TaughtList(QTreeWidget):
    """A row a model, and the network of the settings above them."""

    def __init__(self) -> None:
        """Headers and nothing below."""
        super().__init__()
        self._shown: object = None
        self.setObjectName("taughtModels")
        self.setAccessibleName(tr("Models of this project"))
        self.setHeaderLabels([tr(column) for column in _COLUMNS])
        for column in range(1, len(_COLUMNS)):
            self.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.headerItem().setToolTip(5, tr("Joints within 5 % of the longer side of the box"))
        self.headerItem().setToolTip(
            7, tr("Clicks to OKS 0.90 for each, of all that placing every joint takes")
        )

    @property
    def chosen(self) -> str | None:
        """Name of the selected model, empty for the network of the settings; None for none."""
        items = self.selectedItems()
        return str(items[0].data(0, _NAME)) if items else None

    def show_models(self, models: TaughtModels) -> None:
        """Show these, the newest first; what is selected stays so."""
        shown = (tuple(models.models), models.in_use)
        if shown == self._shown:
            return
        self._shown = shown
        chosen = self.chosen
        self.clear()
        first = [tr("The network of the settings"), *[NOTHING] * (len(_COLUMNS) - 1)]
        for name, row in [("", first), *((m.name, _row(m)) for m in reversed(models.models))]:
            used = name == models.in_use
            item = QTreeWidgetItem([tr("{name} (in use)").format(name=row[0]) if used else row[0]])
            item.setData(0, _NAME, name)
            for column, cell in enumerate(row[1:], start=1):
                item.setText(column, cell)
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
            font = item.font(0)
            font.setBold(used)
            item.setFont(0, font)
            self.addTopLevelItem(item)
            if name == chosen:
                self.setCurrentItem(item)


def _row(model: TaughtModel) -> list[str]:
    figures = model.figures
    day = QDate.fromString(model.day, Qt.DateFormat.ISODate)
    clicks = NOTHING
    if figures.clicks is not None:
        clicks = tr("{clicks} of {joints}").format(
            clicks=decimal_text(figures.clicks), joints=QLocale().toString(figures.joints, "f", 1)
        )
    return [
        model.name.removesuffix(".safetensors"),
        QLocale().toString(day, QLocale.FormatType.ShortFormat),
        count_text(model.labels),
        count_text(figures.images),
        _percent(figures.found),
        _percent(figures.pck),
        decimal_text(figures.oks),
        clicks,
    ]


def _percent(share: float) -> str:
    return tr("{percent} %").format(percent=QLocale().toString(100 * share, "f", 0))
