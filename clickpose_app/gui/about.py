"""What this is, and under which licences it and all that it is built on may be used."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from clickpose_app import __version__
from clickpose_app.gui.screen_room import resize_on_screen
from clickpose_app.gui.texts import text, tr
from clickpose_app.paths import default_weights

# Name of the distribution, what it does here; QtAwesome brings its fonts along.
LIBRARIES = (
    ("PySide6-Essentials", text("the window (Qt)")),
    ("shiboken6", text("the window (Qt)")),
    ("torch", text("the network")),
    ("safetensors", text("weights files")),
    ("numpy", text("numbers")),
    ("opencv-python-headless", text("decoding and resampling of pictures")),
    ("pillow", text("decoding of pictures")),
    ("pyqtgraph", text("charts")),
    ("QtAwesome", text("icons; their fonts are under the SIL Open Font License 1.1")),
    ("QtPy", text("icons")),
    ("msgspec", text("JSON")),
    ("PyYAML", text("YAML")),
    ("pycocotools", text("evaluation")),
    ("click", text("the command line")),
    ("tqdm", text("progress on the command line")),
    ("platformdirs", text("places for files")),
    ("Jinja2", text("reports of pre-labelling")),
    ("MarkupSafe", text("reports of pre-labelling")),
)


@dataclass(frozen=True)
class Library:
    """One library that is installed here.

    Attributes:
        name: of the distribution.
        version: that is installed.
        licence: as its metadata says; empty if they say nothing.
        purpose: what it does here.
    """

    name: str
    version: str
    licence: str
    purpose: str


def libraries() -> list[Library]:
    """What is installed of LIBRARIES, as its own metadata describes it."""
    found = []
    for name, purpose in LIBRARIES:
        try:
            facts = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        found.append(Library(facts["Name"], facts["Version"], _licence(facts), tr(purpose)))
    return found


def _licence(facts: metadata.PackageMetadata) -> str:
    """The licence in a few words: newer metadata first, then classifiers, then free text."""
    keys = facts.json
    expression = keys.get("license_expression")
    if expression:
        return str(expression)
    said = str(keys.get("license") or "").strip()
    if said and "\n" not in said and len(said) < 80:
        return said
    classifiers = keys.get("classifier") or []
    named = [c.rsplit(" :: ", 1)[1] for c in classifiers if c.startswith("License :: ")]
    return ", ".join(named) or said.partition("\n")[0]


class AboutDialog(QDialog):
    """Three pages: the program, the libraries, the network and the photos it learned from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Read everything that is installed."""
        super().__init__(parent)
        self.setWindowTitle(tr("About ClickPose"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        for title, page in (
            (tr("ClickPose"), _program()),
            (tr("Libraries"), _libraries()),
            (tr("Network and training photos"), _model_card()),
        ):
            page.setAccessibleName(title)
            self.pages.addTab(page, title)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.pages)
        layout.addWidget(buttons)
        resize_on_screen(self, 760, 560)


def _browser() -> QTextBrowser:
    page = QTextBrowser()
    page.setOpenExternalLinks(True)
    page.document().setDocumentMargin(16)
    return page


def _program() -> QTextBrowser:
    page = _browser()
    page.setMarkdown(
        "\n\n".join(
            (
                f"# ClickPose {__version__}",
                tr("Annotate 2D human keypoints with a network that listens to clicks."),
                "## " + tr("Licence"),
                tr(
                    "ClickPose is free software under the Apache License 2.0: you may use, change "
                    "and pass it on, also commercially, as long as the licence goes along. It "
                    "comes without any warranty."
                ),
                "<https://www.apache.org/licenses/LICENSE-2.0>",
                "## Qt",
                tr(
                    "The window is made with Qt {version} and PySide6, which are under the GNU "
                    "Lesser General Public License 3. They lie beside the program as libraries of "
                    "their own, unchanged, and may be replaced by others; their source is at "
                    "{address}."
                ).format(version=qVersion(), address="<https://download.qt.io>"),
                "## " + tr("Sample pictures"),
                tr("The three pictures of the demo are free of copyright."),
            )
        )
    )
    return page


def _libraries() -> QTextBrowser:
    page = _browser()
    rows = [
        f"| {tr('Library')} | {tr('Version')} | {tr('Licence')} | {tr('What it does here')} |",
        "| --- | --- | --- | --- |",
        *(f"| {lib.name} | {lib.version} | {lib.licence} | {lib.purpose} |" for lib in libraries()),
    ]
    page.setMarkdown("\n".join(rows))
    return page


def _model_card() -> QTextBrowser:
    page = _browser()
    card = default_weights().with_suffix(".md")
    page.document().setBaseUrl(card.parent.as_uri() + "/")
    page.setSearchPaths([str(card.parent)])
    if card.is_file():
        page.setMarkdown(card.read_text(encoding="utf-8"))
    else:
        page.setPlainText(tr("{name} is not there.").format(name=card.name))
    return page
