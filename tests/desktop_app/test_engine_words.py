"""The engine's sentences in the person's language: every one is known, and nothing else is taken for one."""

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.engine_client import EngineClient, Link
from desktop_app.language import engine_words, i18n
from desktop_app.language.engine_words import FIELD, LIST, PHRASES, SENTENCES, phrase, said, told
from desktop_app.search_window import SearchWindow
from indexer.courtesy.politeness import pause_in_words
from indexer.courtesy.pressure import conditions
from indexer.ingest.rules import classify
from indexer.ingest.watching.watch_notes import ELSEWHERE, TOO_MANY, UNWATCHED, slow
from indexer.messages.problem_messages import Problem, Problems
from indexer.messages.query_parts import ParsedQuery, QueryPart
from indexer.paths import Paths
from indexer.search.query import parse
from indexer.store.wishes import Wishes

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("scripted_engine.py")
sys.path.insert(0, str(ROOT / "packaging"))
import engine_sentences  # noqa: E402
import translations  # noqa: E402

TEMPLATES = LIST.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    made = i18n.Translator(qapp)
    assert made.load("sightline_de", str(i18n.FOLDER))
    qapp.installTranslator(made)
    QLocale.setDefault(QLocale(QLocale.Language.German))
    yield
    QLocale.setDefault(before)
    qapp.removeTranslator(made)


# --- finding them in the code ------------------------------------------------------------------------------


def test_sentences_are_found_in_the_code_and_nothing_else() -> None:
    found = engine_sentences.in_code(
        '''"""A docstring that says something."""
LIMIT = "Two words, and more."
NAMES: Final[dict[str, Phrase]] = {"exe": "a program"}
QUERY_INSTRUCTION = "Say yes or no to it."
SQL = "SELECT id FROM file WHERE id = ?"
def f(path, count):
    """Says nothing."""
    log.warning("This is for the log only.")
    if count:
        raise UserError(f"{path.name} is gone: look for {', '.join(path)} or "
                        f"{count / 2:.1f} others, {count + 1} in all.")
    raise ValueError("a bug of ours")
def g() -> Phrase:
    return f"{first} or so" if x else f"none at all"
raise Unreadable(f"write {a.b} to {c.b}")
'''
    )
    assert found == {
        "Two words, and more.",
        "a program",
        "{name} is gone: look for {2} or {n} others, {4} in all.",
        "{first} or so",
        "none at all",
        "write {b} to {b2}",
    }


def test_the_list_is_that_of_the_code() -> None:
    assert LIST.read_text(encoding="utf-8") == translations.engine_list(), "run packaging/translations.py"


def put_in(template: str, filled: dict[str, str]) -> str:
    return FIELD.sub(lambda field: filled[field[1]], template)


# --- saying them -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_sentence_is_recognised_with_what_is_filled_in(
    german: None, qapp: QApplication, language: str
) -> None:
    known = translations.read(translations.FOLDER / f"sightline_{language}.ts")
    own = i18n.Translator(qapp)
    assert own.load(f"sightline_{language}", str(i18n.FOLDER))
    qapp.installTranslator(own)
    engine_words._translated.cache_clear()
    try:
        for template in TEMPLATES:
            filled = {name: f"«{name} 1»" for name in FIELD.findall(template)}
            filled |= {name: "It is empty." for name in filled if name in SENTENCES}
            filled |= {name: "a program" for name in filled if name in PHRASES}
            english = put_in(template, filled)
            expected = put_in(known[template], {name: known.get(word, word) for name, word in filled.items()})
            heard = said(english) if engine_sentences.is_sentence(template) else phrase(english)
            assert heard == expected.replace("。 ", "。"), template
    finally:
        qapp.removeTranslator(own)
        engine_words._translated.cache_clear()


def test_names_of_files_are_never_translated(german: None) -> None:
    name = "It is empty. It is no film.jpg"
    assert said(f"{name} is no longer in the index.") == f"{name} ist nicht mehr im Index."
    assert said("a program is no longer in the index.") == "a program ist nicht mehr im Index."
    folder = "/home/ada/a program; choose --device cpu."
    assert said(f"There is no folder {folder}: check the path.") == (
        f"Den Ordner {folder} gibt es nicht: Prüfen Sie den Pfad."
    )
    assert said("a program") == "a program"  # no sentence
    assert phrase("in newest, photo") == "in newest, photo"


def test_sentences_within_and_after_one_another(german: None) -> None:
    assert said("It is empty. It is no film.") == "Die Datei ist leer. Es ist kein Film."
    assert said("a.pdf cannot be shown large. It is protected by a password.") == (
        "a.pdf lässt sich nicht groß zeigen. Die Datei ist durch ein Passwort geschützt."
    )
    assert (
        said("It is named .jpg, but it is a 7z archive.") == "Die Datei heißt .jpg, ist aber ein 7z-Archiv."
    )
    failures = "a.co lists no whole model; b.co sent a damaged c.bin twice"
    heard = said(f"m could not be fetched: {failures}. Try again later; what has arrived is kept.")
    assert "a.co bietet kein vollständiges Modell an; b.co hat c.bin zweimal beschädigt gesendet." in heard
    assert phrase("not photo, video") == "nicht Foto, Video"


def test_numbers_are_written_as_the_language_does(german: None) -> None:
    heard = said(
        "m needs 8.5 GB on the disk of /a.5, which has 0.1 GB free; make room, or choose another --data-dir."
    )
    assert "8,5 GB" in heard
    assert "0,1 GB" in heard
    assert "/a.5" in heard


def test_what_is_not_known_is_shown_as_it_came(german: None) -> None:
    for text in ("", "Nobody ever said this.", "It is full.", "It is empty", "x It is empty."):
        assert said(text) == text
    assert phrase("known to nobody") == "known to nobody"


def test_nothing_is_touched_in_english() -> None:
    assert said("It is empty.") == "It is empty."
    problems = Problems((Problem("/a", "failed", "It is empty."),))
    assert told(problems) is problems


def test_ten_thousand_problems_are_read_at_once(german: None) -> None:
    count = 10_000
    rows = [
        Problem(f"/{n}", "skipped", f"It is only {n} × 20 pixels: an icon rather than a picture.")
        for n in range(count)
    ]
    started = time.process_time()
    heard = told(Problems(tuple(rows)))
    assert time.process_time() - started < 2.0
    assert heard.problems[7].reason == "Es sind nur 7 × 20 Pixel: eher ein Symbol als ein Bild."
    assert heard.problems[7].path == "/7"


# --- what the engine really says ---------------------------------------------------------------------------


def test_reasons_for_waiting_are_known(german: None) -> None:
    why = [
        each.sentence
        for each in conditions(on_battery_too=False, in_full_screen_too=False, hours="22:00-07:00", card=True)
    ]
    later = time.time() + 1000
    for wishes in (
        Wishes(paused=True),
        Wishes(paused=True, until=later),
        Wishes(paused=True, until=later + 100_000),
        Wishes(folders=(("/a; b", None), ("/c", None))),
        Wishes(folders=(("/a", None), ("/b", later), ("/c", later))),
    ):
        why.append(pause_in_words(wishes))
    assert len(why) == 12
    for sentence in why:
        assert said(sentence) != sentence
        assert "ndexier" in said(sentence)


def test_notes_of_folders_are_known(german: None) -> None:
    for note in (slow(why, 30.0) for why in (TOO_MANY, UNWATCHED, ELSEWHERE)):
        assert re.search(r"Änderungen werden binnen \d+ Sekunden bemerkt\.$", said(note))
        assert not re.search(r"\b(watched|computer,|which)\b", said(note))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.exe", b"MZ" + bytes(100) + b"PE\0\0", "ein Programm"),
        (
            "a.jpg",
            b"PK\3\4" + bytes(30),
            "Die Datei heißt .jpg, ist aber ein ZIP-Archiv oder ein Office-Dokument.",
        ),
        ("a.xyz", b"\1\2\3\4", "Es ist eine .xyz-Datei"),
        ("a.mp3", b"ID3" + bytes(30), "Es ist eine Tondatei"),
        ("a.png", b"", "Die Datei ist leer."),
    ],
    ids=["a.exe", "a.jpg", "a.xyz", "a.mp3", "a.png"],
)
def test_what_a_file_is_is_known(german: None, tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Exception) as caught:  # noqa: PT011  # whatever is said
        classify(tmp_path / name)
    assert words in said(str(caught.value))


def test_chips_and_their_problems_are_known(german: None) -> None:
    def chips(typed: str) -> list[QueryPart]:
        return list(told(ParsedQuery(tuple(parse(typed).parts))).parts)

    typed = (
        "kind:photo,video -ext:jpg in:Holiday after:2024-05 before:2024-05 on:2024-05 size:>5MB "
        "size:1KB..2MB size:<1GB dur:>1m dur:<1h dur:1m..2m camera:Canon "
        "place:Lisbon rating:4 sort:newest sort:size"
    )
    assert [part.label for part in chips(typed)] == [
        "Foto, Video", "nicht .jpg", "in Holiday", "seit 2024-05-01", "vor 2024-05-01",
        "2024-05", "Größe mindestens 5MB", "Größe 1KB bis 2MB", "Größe höchstens 1GB",
        "Länge mindestens 1m", "Länge höchstens 1h", "Länge 1m bis 2m", "aufgenommen mit Canon",
        "aufgenommen in Lisbon",
        "4 Sterne oder mehr", "neueste", "nach Größe sortiert",
    ]  # fmt: skip
    wrong = "kind:x ext:. size:x before:2023,2024 dur:x on:x rating:9 sort:x -sort:name in:"
    for part in chips(wrong):
        assert re.fullmatch(r"„.+“ ist unverständlich: [^“]*(„.*“)?[^“]*\.", part.problem), part
        assert not re.search(r"\b(write|choose|one only|take)\b", part.problem)


# --- in the window -----------------------------------------------------------------------------------------


def test_folders_and_problems_are_read_in_german(german: None, qtbot: QtBot, paths: Paths) -> None:
    command = [sys.executable, "-S", "-E", str(SCRIPT), "troubled"]
    client = EngineClient(command, paths.logs / "engine.log")
    window = SearchWindow(client, paths, first_run=False)
    qtbot.addWidget(window)
    window.show()
    client.start()
    try:
        qtbot.waitUntil(lambda: client.link is Link.READY and client.status is not None)
        window.dialogs.show_folders()
        page = window.dialogs.page
        assert page is not None
        qtbot.waitUntil(lambda: page.problems.model.rowCount() == 2)
        waiting = "Dieser Computer läuft im Akkubetrieb; das Indexieren geht weiter, sobald er am Netz ist."
        assert waiting in page.progress.text
        assert waiting in window.status_line._label.text()
        folders = "\n".join(label.text() for label in page.folders.findChildren(QLabel))
        assert "Der Ordner /away ist nicht lesbar. Erlauben Sie diesem Benutzer, ihn zu öffnen." in folders
        assert "Der Ordner liegt auf einem anderen Computer: Änderungen" in folders
        reasons = [problem.reason for problem in page.problems.model.problems]
        assert reasons == [
            "Die Datei ist beschädigt oder von einer Art, die Sightline nicht lesen kann.",
            "Die Datei ist durch ein Passwort geschützt.",
        ]
        page.problems._skipped.click()
        assert page.problems.model.problems[0].reason == (
            "Es sind nur 3 × 4 Pixel: eher ein Symbol als ein Bild."
        )
        page.close()
    finally:
        client.stop()
        window.close()
        window.query_images.clear()
        window.thumbnails.stop()
