"""The language of the window: which one, and where its words come from.

    resources/translations/sightline_LL.ts     what translators edit (`python packaging/translations.py` keeps
                                               it in step with the code)
    resources/translations/sightline_LL.qm     the same, as Qt reads it; made by the same program
    resources/translations/engine.txt          which of these words come from the engine (engine_words.py)

Why one context for all words: Qt files a translation under the class that asks for it, so that the same word
may be said differently in two places, and every sentence said through a helper is lost. Here the same English
has the same translation everywhere; where that would be wrong, the English is made clearer.
"""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

import resources
from indexer.settings import Language

FOLDER = resources.ROOT / "translations"
CONTEXT = "Sightline"
LANGUAGES: tuple[Language, ...] = ("en", "de", "zh")

LOCALES = {"en": QLocale.Language.English, "de": QLocale.Language.German, "zh": QLocale.Language.Chinese}
QTS_OWN = {"de": "qtbase_de", "zh": "qtbase_zh_CN"}
"""Qt's words on its own dialogs and menus."""


class Translator(QTranslator):
    """Our words, whoever asks. Asked last: an answer of Python's ends the search, so it is never empty."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        return super().translate(CONTEXT, source) or source


def language(wanted: Language, desktop: Sequence[str]) -> Language:
    """The language to speak.

    Args:
        wanted: what the settings say.
        desktop: the languages that the person reads, as `QLocale.uiLanguages` lists them, best first.
    """
    if wanted != "system":
        return wanted
    for name in desktop:
        for known in LANGUAGES:
            if name.replace("_", "-").split("-")[0].casefold() == known:
                return known
    return "en"


def speak(application: QCoreApplication, wanted: Language) -> None:
    """Use this language, and its way to write numbers and dates, for what is made from now on."""
    system = QLocale.system()
    chosen = language(wanted, system.uiLanguages())
    same = system.language() == LOCALES[chosen]  # then the country's way is kept
    QLocale.setDefault(system if same else QLocale(LOCALES[chosen]))
    if chosen == "en":
        return
    own = Translator(application)
    if own.load(f"sightline_{chosen}", str(FOLDER)):
        application.installTranslator(own)
    qts = QTranslator(application)  # what is installed last is asked first
    if qts.load(QTS_OWN[chosen], QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(qts)
