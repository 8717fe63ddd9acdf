"""The window's language: the system's, or the one that was chosen.

A language is one file, `translations/motionloop_CODE.ts`, which `make translations` keeps in step
with the texts and compiles. docs/architecture.md says how to add one.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QSettings, QTranslator

from motionloop import language

FOLDER = Path(__file__).with_name("translations")
SOURCE = "en"  # which needs no file
_KEY = "window/language"


def languages() -> dict[str, str]:
    """The languages that there are, by code, each named in itself."""
    codes = [SOURCE, *sorted(file.stem.partition("_")[2] for file in FOLDER.glob("*_*.qm"))]
    # Qt would call English "American English".
    return {
        code: "English" if code == SOURCE else QLocale(code).nativeLanguageName() or code
        for code in codes
    }


def chosen(settings: QSettings) -> str:
    """The code that the user chose, or "" for the system's language."""
    code = str(settings.value(_KEY, ""))
    return code if code in languages() else ""


def choose(settings: QSettings, code: str) -> None:
    """Have the next start speak that language; "" for the system's."""
    settings.setValue(_KEY, code)


def start(settings: QSettings, code: str = "") -> str:
    """Speak that language, or else the user's, from now on; before any text is shown. Returns its
    code."""
    code = code or chosen(settings) or _of_the_system()
    install(code)
    return code


def install(code: str) -> None:
    """Have `tr`, Qt's own dialogs and all numbers speak that language."""
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError("a language needs the application")
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    locale = QLocale(code) if code != SOURCE else QLocale.c()
    QLocale.setDefault(locale)
    if code == SOURCE:
        language.speak(language.english)
        return
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in ((f"qtbase_{code}", qt), (f"motionloop_{code}", str(FOLDER))):
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
    percent = QCoreApplication.translate("", "{number}%").replace("{number}", "")
    language.speak(_ask_qt, locale.decimalPoint(), locale.groupSeparator(), percent)


def _of_the_system() -> str:
    known = languages()
    for name in QLocale.system().uiLanguages():
        if (code := name.partition("-")[0].partition("_")[0]) in known:
            return code
    return SOURCE


def _ask_qt(source: str, comment: str, count: int) -> str:
    words = QCoreApplication.translate("", source, comment or None, count)
    # Qt gives back a text that no one has translated yet.
    untranslated = source if count < 0 else source.replace("%n", str(count))
    return language.english(source, comment, count) if words == untranslated else words
