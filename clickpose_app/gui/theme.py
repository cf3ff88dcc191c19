"""Light or dark: as the system is, or as the person chose."""

from __future__ import annotations

from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from clickpose_app.gui import marks, palette
from clickpose_app.gui.settings import THEMES
from clickpose_app.paths import resources_dir

SYSTEM = "system"
_THEMES = {"light": palette.LIGHT, "dark": palette.DARK}


class Appearance(QObject):
    """How the application looks; one for each application."""

    changed = Signal()
    """Colours are others now: whoever keeps something painted must paint it again."""

    def __init__(self, application: QApplication) -> None:
        """Follow the system from now on, until something else is chosen."""
        super().__init__(application)
        self._application = application
        self._choice = SYSTEM
        application.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)

    @property
    def choice(self) -> str:
        """One of settings.THEMES."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Look like that, at once; what is not known counts as ``system``."""
        self._choice = choice if choice in THEMES else SYSTEM
        self._ask_system_for_frames()
        self._show(_THEMES.get(self._choice) or self._system_theme())

    def _system_theme(self) -> palette.Theme:
        # Where the system does not say, dark: the photograph stands out.
        light = self._application.styleHints().colorScheme() is Qt.ColorScheme.Light
        return palette.LIGHT if light else palette.DARK

    def _ask_system_for_frames(self) -> None:
        """Let title bars and the system's own dialogs follow, where Qt can (6.8 and later)."""
        hints = self._application.styleHints()
        if hasattr(hints, "setColorScheme"):
            schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
            hints.setColorScheme(schemes.get(self._choice, Qt.ColorScheme.Unknown))

    def _on_system_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        if self._choice == SYSTEM:
            self._show(palette.LIGHT if scheme is Qt.ColorScheme.Light else palette.DARK)

    def _show(self, theme: palette.Theme) -> None:
        palette.use(theme)
        marks.forget()
        self._application.setPalette(palette.window_palette())
        self._application.setStyleSheet(style_sheet(theme))
        self.changed.emit()


def apply(application: QApplication, choice: str) -> None:
    """Make the whole application look as chosen, now and when the system changes.

    Args:
        application: the one application.
        choice: one of settings.THEMES; anything else counts as ``system``.
    """
    appearance(application).choose(choice)


def appearance(application: QApplication) -> Appearance:
    """What tells when the colours of that application change."""
    found = application.findChild(Appearance)
    return found if isinstance(found, Appearance) else Appearance(application)


def style_sheet(theme: palette.Theme) -> str:
    """window.qss with the colours of a theme in their places."""
    source = (resources_dir() / "styles" / "window.qss").read_text(encoding="utf-8")
    icons = (resources_dir() / "icons").as_posix()
    return Template(source).substitute(palette.names(theme), icons=icons)
