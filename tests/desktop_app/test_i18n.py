"""Which language is spoken, and that its words are those of the files that translators edit."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QLabel

from desktop_app.language import i18n
from desktop_app.language.i18n import Translator, language

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "packaging"))
import translations  # noqa: E402


def test_the_desktops_languages_are_asked_in_order() -> None:
    assert language("system", ["fr-FR", "de-AT", "en-GB"]) == "de"
    assert language("system", ["zh-Hans-CN", "zh-CN", "zh"]) == "zh"
    assert language("system", ["fr-FR", "pt_BR"]) == "en"
    assert language("system", []) == "en"
    assert language("de", ["zh-CN"]) == "de"


def test_words_are_found_wherever_they_are_asked_for(tmp_path: Path) -> None:
    words = translations.sources()
    assert "Pause for an hour" in words  # self.tr
    assert "Find similar" in words  # tr = window.tr
    assert "Nothing here matches “{text}”" in words  # _tr
    assert "Screenshots" in words  # translate("Wording", ...)


@pytest.mark.parametrize("name", translations.LANGUAGES)
def test_what_qt_reads_is_made_from_what_translators_edit(name: str, tmp_path: Path) -> None:
    source = translations.FOLDER / f"sightline_{name}.ts"
    made = tmp_path / "made.qm"
    translations.compile_to(source, made)
    assert made.read_bytes() == source.with_suffix(".qm").read_bytes(), "run packaging/translations.py"


def test_a_translation_is_found_whoever_asks(qapp: QApplication, tmp_path: Path) -> None:
    translations.FOLDER, kept = tmp_path, translations.FOLDER
    try:
        translations.write("de", {"Quit": "Beenden", "Later": ""})
    finally:
        translations.FOLDER = kept
    made = Translator()
    assert made.load("sightline_de", str(tmp_path))
    qapp.installTranslator(made)
    try:
        assert QLabel().tr("Quit") == "Beenden"
        assert QCoreApplication.translate("Anything", "Quit") == "Beenden"
        assert QLabel().tr("Later") == "Later"
        assert QLabel().tr("Unknown") == "Unknown"
    finally:
        qapp.removeTranslator(made)


def test_numbers_are_written_as_the_language_does(qapp: QApplication) -> None:
    code = (
        "import sys; from PySide6.QtWidgets import QApplication, QLabel; from PySide6.QtCore import QLocale\n"
        "from desktop_app.language import i18n, wording; app = QApplication([])\n"
        "i18n.speak(app, sys.argv[1]); print(wording.number(12430), QLocale().name())"
    )
    for name, expected in (("de", "12.430 de_DE"), ("en", "12,430 en_US"), ("zh", "12,430 zh_CN")):
        said = subprocess.check_output([sys.executable, "-c", code, name], text=True, cwd=ROOT)
        assert said.strip() == expected
    assert QLocale().language() == QLocale.Language.English
    assert ("en", *translations.LANGUAGES) == i18n.LANGUAGES


@pytest.mark.parametrize("name", translations.LANGUAGES)
def test_every_word_is_translated_and_keeps_what_is_filled_in(name: str) -> None:
    known = translations.read(translations.FOLDER / f"sightline_{name}.ts")
    words = translations.sources()
    assert [text for text in words if not known.get(text)] == [], "see CONTRIBUTING.md, Adding words"
    fields = re.compile(r"\{\w+\}")
    wrong = [text for text in words if sorted(fields.findall(text)) != sorted(fields.findall(known[text]))]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("de", r"\w…|“[^“„]*”"), ("zh", r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]|\.\.\.")],
)
def test_signs_are_those_of_the_language(name: str, wrong: str) -> None:
    known = translations.read(translations.FOLDER / f"sightline_{name}.ts")
    assert [said for said in known.values() if re.search(wrong, said)] == []
