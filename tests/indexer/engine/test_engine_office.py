"""LibreOffice installed later: documents that were only text get their pages. A script stands in for it."""

import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import engine_samples
import pytest
from engine_process import PATIENCE

from indexer.engine import Engine
from indexer.ingest.documents import libreoffice
from indexer.paths import Paths
from indexer.settings import ModelOptions

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stands in for LibreOffice as a shell script")

RTF = r"{\rtf1\ansi The walnuts were harvested early.\par Ask the baker about it.\par}"
OLD = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2048
DRAW = '#!/bin/sh\n"{mkdir}" -p "$PWD/out" && "{cp}" "{pages}" "$PWD/out/document.pdf"\n'


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a script in LibreOffice's place; "" takes it away. The real one, if any, is out of sight."""
    mkdir, cp = shutil.which("mkdir"), shutil.which("cp")
    program = tmp_path / "programs" / "soffice"
    program.parent.mkdir()
    pages = engine_samples.pdf(tmp_path / "pages.pdf", "The walnuts were harvested early.", "A second page")
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setattr(libreoffice, "_ELSEWHERE", ())

    def install(script: str) -> None:
        program.unlink(missing_ok=True)
        if script:
            program.write_text(script.format(mkdir=mkdir, cp=cp, pages=pages), "utf-8")
            program.chmod(stat.S_IRWXU)

    return install


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Engine]]:
    """Starts an engine on one data directory, after the one before has ended."""
    paths = Paths(tmp_path / "data")
    paths.data.mkdir()
    paths.create()
    engine_samples.small_models(tmp_path)
    started: list[Engine] = []

    def start() -> Engine:
        for engine in started:
            engine.close()
        options = ModelOptions(str(tmp_path / "embed"), "none", "cpu")
        started.append(Engine(paths, options, read_words=False))
        started[-1].start(watch=False)
        return started[-1]

    yield start
    for engine in started:
        engine.close()


def segments(engine: Engine, path: Path) -> list[tuple[str, int | None, str]]:
    """Type, page and text of each segment."""
    found = engine.store.lookup.files_by_path([str(path)]).get(str(path))
    if found is None or found.content_id is None:
        return []
    return [
        (each.type, each.page, each.text.strip())
        for each in engine.store.lookup.segments_of(found.content_id)
    ]


def test_documents_get_their_pages_once_they_can_be_drawn_and_keep_them(
    start, install, tmp_path, monkeypatch
):
    folder = tmp_path / "library"
    folder.mkdir()
    letter, old = folder / "letter.rtf", folder / "old.doc"
    letter.write_text(RTF, "ascii")
    old.write_bytes(OLD)
    (folder / "notes.txt").write_text("Nobody draws these.\n", "utf-8")

    engine = start()
    report = engine.index([str(folder)])
    assert (report.indexed, report.skipped) == (2, 1)
    [(type, _, text)] = segments(engine, letter)
    assert type == "text"
    assert "walnuts" in text
    assert "baker" in text
    assert engine.status().incomplete == 0, "without LibreOffice there is nothing to be done"

    # It cannot draw: the text stays, and is not tried again
    install("#!/bin/sh\nexit 1\n")
    engine = start()
    assert engine.status().incomplete == 1
    engine.finish()
    assert engine.status().incomplete == 0
    assert [kind for kind, *_ in segments(engine, letter)] == ["text"]
    reasons = {Path(problem.path).name: problem.reason for problem in engine.problems()}
    assert reasons["letter.rtf"].endswith("Its text is indexed.")
    assert "old.doc" in reasons


def test_libreoffice_is_noticed_at_the_start_and_while_running(start, install, tmp_path, monkeypatch):
    folder = tmp_path / "library"
    folder.mkdir()
    letter, old = folder / "letter.rtf", folder / "old.doc"
    letter.write_text(RTF, "ascii")
    old.write_bytes(OLD)
    engine = start()
    engine.index([str(folder)])

    install(DRAW)
    engine = start()
    engine.finish()
    expected = [
        ("page", 1, "The walnuts were harvested early."),
        ("page", 2, "A second page"),
        ("text", None, "Ask the baker about it."),
    ]
    assert segments(engine, letter) == expected
    assert [kind for kind, *_ in segments(engine, old)] == ["page", "page"]
    assert engine.problems() == ()
    assert engine.store.check() == []
    [found] = engine.store.lookup.files_by_path([str(letter)]).values()
    assert found.pages == 2
    assert list((tmp_path / "data").rglob(f"{found.content_hash}/00001-00.jpg")), "its pages can be shown"

    # It has gone: what was drawn stays, and what comes now is text until it is there again
    install("")
    (later := folder / "later.rtf").write_text(RTF.replace("early", "late"), "ascii")
    monkeypatch.setattr("indexer.work.catching_up.LOOK_FOR_OFFICE_S", 0.2)
    engine = start()
    engine.index([str(folder)])
    assert segments(engine, letter) == expected
    assert [kind for kind, *_ in segments(engine, later)] == ["text"]
    install(DRAW)
    end = time.monotonic() + 60 * PATIENCE
    while len(segments(engine, later)) < 3:
        assert time.monotonic() < end
        time.sleep(0.1)
    assert "late" in segments(engine, later)[-1][2], "what stands on no page"
