"""The language of the window: ours from resources/translations, Qt's own beside it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from clickpose_app.paths import resources_dir

NAMES = {"en": "English", "de": "Deutsch"}


def chosen_language(setting: str, system: QLocale | None = None) -> str:
    """The language for a setting: itself, or what the system speaks; else English.

    Args:
        setting: ``system`` or the code of a language.
        system: of the computer; asked for if None.
    """
    if setting in NAMES:
        return setting
    for name in (system or QLocale.system()).uiLanguages():
        code = name.partition("-")[0]
        if code in NAMES:
            return code
    return "en"


def install(application: QCoreApplication, setting: str) -> str:
    """Let the application speak the language of a setting.

    Returns:
        The code of the language.
    """
    code = chosen_language(setting)
    places = (
        ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        ("clickpose", str(resources_dir() / "translations")),
    )
    for name, folder in places:
        # Qt needs no file for English; ours has the plurals.
        translator = QTranslator(application)
        if translator.load(f"{name}_{code}", folder):
            application.installTranslator(translator)
    if setting in NAMES:
        QLocale.setDefault(QLocale(setting))
    return code
