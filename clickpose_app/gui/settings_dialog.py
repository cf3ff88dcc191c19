"""All settings in one dialog; each takes effect as soon as it is made."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from clickpose_app.gui.key_editor import KeyEditor
from clickpose_app.gui.keymap import Keymap
from clickpose_app.gui.language import NAMES
from clickpose_app.gui.screen_room import resize_on_screen
from clickpose_app.gui.settings import DEVICES, LANGUAGES, THEMES, ProjectPlace, Settings
from clickpose_app.gui.texts import text, tr
from clickpose_app.paths import default_weights

DEVICE_TEXTS = {
    "auto": text("Automatic: the fastest there is"),
    "cpu": text("Processor (CPU)"),
    "cuda": text("NVIDIA graphics card (CUDA)"),
    "mps": text("Apple graphics (MPS)"),
}
THEME_TEXTS = {
    "system": text("As the system"),
    "light": text("Light"),
    "dark": text("Dark"),
}
PLACE_TEXTS = {
    ProjectPlace.BESIDE: text("Beside the pictures"),
    ProjectPlace.OWN: text("In my own data folder"),
    ProjectPlace.FOLDER: text("In this folder:"),
}


class SettingsDialog(QDialog):
    """Keys, network, files, appearance."""

    network_wanted = Signal(object, str)
    """Weights file (None: the shipped ones) and device that were chosen; not kept yet."""

    def __init__(self, settings: Settings, keymap: Keymap, parent: QWidget | None = None) -> None:
        """Show and change these settings and keys."""
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings = settings
        self.keys = KeyEditor(keymap)
        self.network = NetworkPage(settings)
        self.files = FilesPage(settings)
        self.appearance = AppearancePage(settings)
        self.network.wanted.connect(self.network_wanted)
        self.pages = QTabWidget()
        for title, page in (
            (tr("Keys"), self.keys),
            (tr("Network"), self.network),
            (tr("Files"), self.files),
            (tr("Appearance"), self.appearance),
        ):
            self.pages.addTab(page, title)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        # Enter in a list is not meant for the dialog.
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.pages)
        layout.addWidget(buttons)
        resize_on_screen(self, 720, 620)


class NetworkPage(QWidget):
    """Which weights, and where they run."""

    wanted = Signal(object, str)
    """Weights file or None, and device."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        """Show what the settings say."""
        super().__init__(parent)
        self._settings = settings
        self.weights = QLabel()
        self.weights.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.weights.setWordWrap(True)
        self.choose = QPushButton(tr("Choose a file…"))
        self.shipped = QPushButton(tr("The shipped ones"))
        self.device = QComboBox()
        self.device.setAccessibleName(tr("Where the network runs"))
        for name in DEVICES:
            self.device.addItem(tr(DEVICE_TEXTS[name]), name)
        self.search = QCheckBox(tr("Search large pictures part by part"))
        self.search.setToolTip(
            tr("Finds people who are small in them, in the background, while nothing else is done.")
        )
        self.message = _wrapped("")
        buttons = QHBoxLayout()
        for button in (self.choose, self.shipped):
            buttons.addWidget(button)
        buttons.addStretch(1)
        form = QFormLayout(self)
        _spread(form)
        form.addRow(tr("Weights"), self.weights)
        form.addRow("", buttons)
        form.addRow(tr("Runs on"), self.device)
        form.addRow(tr("Small people"), self.search)
        form.addRow("", self.message)
        self.choose.clicked.connect(self._on_choose_clicked)
        self.shipped.clicked.connect(lambda: self.wanted.emit(None, settings.device))
        self.device.activated.connect(self._on_device_activated)
        self.search.setChecked(settings.search)
        self.search.clicked.connect(self._on_search_clicked)
        self.show_settings()
        for name, widgets in (
            ("weights", (self.choose, self.shipped)),
            ("device", (self.device,)),
        ):
            if settings.is_given(name):
                for widget in widgets:
                    widget.setEnabled(False)
                self.message.setText(
                    tr("{option} was given on the command line and wins for this run.").format(
                        option=f"--{name}"
                    )
                )

    def show_settings(self) -> None:
        """Show what is in use."""
        chosen = self._settings.weights
        shipped = tr("{name}, shipped with ClickPose").format(name=default_weights().stem)
        self.weights.setText(shipped if chosen is None else str(chosen))
        self.shipped.setEnabled(chosen is not None and not self._settings.is_given("weights"))
        self.device.setCurrentIndex(self.device.findData(self._settings.device))

    def say(self, sentence: str) -> None:
        """Say what has become of the choice."""
        self.message.setText(sentence)

    def ask_weights(self) -> Path | None:
        """Ask for a weights file."""
        start = str((self._settings.weights or default_weights()).parent)
        kinds = tr("Weights (*.safetensors *.pth)")
        name, _ = QFileDialog.getOpenFileName(self, tr("Choose weights"), start, kinds)
        return Path(name) if name else None

    def _on_choose_clicked(self) -> None:
        path = self.ask_weights()
        if path is not None:
            self.wanted.emit(path, self._settings.device)

    def _on_search_clicked(self, wanted: bool) -> None:
        self._settings.search = wanted

    def _on_device_activated(self) -> None:
        device = self.device.currentData()
        if device != self._settings.device:
            self.wanted.emit(self._settings.weights, device)


class FilesPage(QWidget):
    """Where project files are put."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        """Show what the settings say."""
        super().__init__(parent)
        self._settings = settings
        self.places = QButtonGroup(self)
        self.buttons: dict[ProjectPlace, QRadioButton] = {}
        self.folder = QLabel()
        self.folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.choose = QPushButton(tr("Choose a folder…"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 20)
        layout.setSpacing(10)
        layout.addWidget(
            _wrapped(
                tr(
                    "Every change is kept in a project file at once. For folders and COCO files "
                    "that you open for the first time, it is put:"
                )
            )
        )
        for place in ProjectPlace:
            button = QRadioButton(tr(PLACE_TEXTS[place]))
            self.buttons[place] = button
            self.places.addButton(button)
            button.clicked.connect(lambda _checked=False, place=place: self._choose(place))
            layout.addWidget(button)
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 0, 0)
        row.addWidget(self.folder)
        row.addWidget(self.choose)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addSpacing(8)
        layout.addWidget(
            _wrapped(
                tr(
                    "Projects that are there already stay where they are and are found again. A "
                    "folder that cannot be written to has its project in your own data folder."
                )
            )
        )
        layout.addStretch(1)
        self.choose.clicked.connect(self._on_choose_clicked)
        self._show()

    def ask_folder(self) -> Path | None:
        """Ask for the folder of projects."""
        name = QFileDialog.getExistingDirectory(self, tr("Choose a folder for projects"))
        return Path(name) if name else None

    def _choose(self, place: ProjectPlace) -> None:
        if place is ProjectPlace.FOLDER and self._settings.project_folder is None:
            self._on_choose_clicked()
        else:
            self._settings.project_place = place
        self._show()

    def _on_choose_clicked(self) -> None:
        folder = self.ask_folder()
        if folder is not None:
            self._settings.project_folder = folder
            self._settings.project_place = ProjectPlace.FOLDER
        self._show()

    def _show(self) -> None:
        self.buttons[self._settings.project_place].setChecked(True)
        folder = self._settings.project_folder
        self.folder.setText(tr("none chosen yet") if folder is None else str(folder))


class AppearancePage(QWidget):
    """Language and theme."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        """Show what the settings say."""
        super().__init__(parent)
        self._settings = settings
        self.language = QComboBox()
        for code in LANGUAGES:
            # A language is found by its own name, whatever the window speaks.
            self.language.addItem(NAMES.get(code) or tr(THEME_TEXTS["system"]), code)
        self.theme = QComboBox()
        for name in THEMES:
            self.theme.addItem(tr(THEME_TEXTS[name]), name)
        self.message = _wrapped("")
        form = QFormLayout(self)
        _spread(form)
        form.addRow(tr("&Language"), self.language)
        form.addRow(tr("&Theme"), self.theme)
        form.addRow("", self.message)
        self.language.setCurrentIndex(self.language.findData(settings.language))
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        self.language.activated.connect(self._on_language_activated)
        self.theme.activated.connect(self._on_theme_activated)

    def _on_language_activated(self) -> None:
        if self.language.currentData() != self._settings.language:
            self._settings.language = self.language.currentData()
            self.message.setText(tr("The language changes when ClickPose is started again."))

    def _on_theme_activated(self) -> None:
        self._settings.theme = self.theme.currentData()


def _wrapped(words: str) -> QLabel:
    label = QLabel(words)
    label.setWordWrap(True)
    return label


def _spread(form: QFormLayout) -> None:
    form.setContentsMargins(20, 20, 20, 20)
    form.setVerticalSpacing(12)
    form.setHorizontalSpacing(16)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
