"""Office documents as pages: by LibreOffice where it is installed, and by stand-ins that behave worse."""

import ctypes
import os
import signal
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from corpus import office
from ingest_files import corners, pdf, split

from indexer.drives import answering
from indexer.drives.answering import Answering
from indexer.errors import InUse, MediaError, NoAnswer, Skipped
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.documents import libreoffice
from indexer.ingest.documents.libreoffice import Drawing
from indexer.ingest.documents.office_pages import FOLDER, OfficePages
from indexer.ingest.isolation.spawning import SPAWN
from indexer.ingest.segments import Place, Segment

real = pytest.mark.skipif(libreoffice.find() is None, reason="LibreOffice is not installed")
scripts = pytest.mark.skipif(sys.platform == "win32", reason="stands in for LibreOffice as a shell script")

BODY = office.paragraph("Quarterly figures") + office.paragraph("Walnuts were harvested early")
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMMENTS = (
    f'<w:comments xmlns:w="{WORD}">'
    f'<w:comment w:id="0" w:author="Ada">{office.paragraph("Ask the baker about it")}</w:comment>'
    "</w:comments>"
)
DRAWN = ["Quarterly figures Walnuts were harvested early", "second page"]


def letter(folder: Path) -> Path:
    path = folder / "letter.docx"
    path.write_bytes(office.docx(BODY, more={"word/comments.xml": COMMENTS}))
    return path


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / FOLDER


@pytest.fixture
def pool(cache: Path) -> Iterator[DecoderPool]:
    with DecoderPool(office=OfficePages(cache)) as pool:
        yield pool


@pytest.fixture
def instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a shell script in LibreOffice's place. `$out` is where it should draw, `$drawn` what it could."""
    (tmp_path / "programs").mkdir()
    program = tmp_path / "programs" / "soffice"
    (tmp_path / "drawn.pdf").write_bytes(pdf(DRAWN))
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")

    def install(script: str) -> None:
        begin = f'#!/bin/sh\nout="$PWD/out"; drawn="{tmp_path}/drawn.pdf"; mkdir -p "$out"\n'
        program.write_text(begin + script)
        program.chmod(stat.S_IRWXU)

    return install


DRAW = 'cp "$drawn" "$out/document.pdf"\n'


def words(segments: list[Segment], type: str) -> str:
    return "\n".join(segment.text for segment in segments if segment.type == type)


# --- the real one ----------------------------------------------------------------------------------


@real
@pytest.mark.slow
def test_a_letter_is_found_by_its_page_and_its_comment_by_its_words(
    pool: DecoderPool, cache: Path, tmp_path: Path
) -> None:
    item, segments = split(pool.decode(letter(tmp_path)))
    assert (item.kind, item.pages, item.note) == ("document", 1, "")
    assert item.thumbnail
    (page,) = [segment for segment in segments if segment.type == "page"]
    assert page.page == 1
    assert "Walnuts were harvested early" in page.text
    assert page.content.images[0].shape[0] > page.content.images[0].shape[1]  # upright paper
    assert words(segments, "text").split("\n") == ["Ask the baker about it"]
    view = pool.view(tmp_path / "letter.docx", Place(page=1), 800)
    assert view.pages == 1
    assert [word.text for word in view.words][:2] == ["Quarterly", "figures"]
    assert [path.suffix for path in cache.iterdir()] == [".pdf"]  # once for all three, nothing left behind
    assert {path.name for path in tmp_path.glob("*") if path.is_file()} == {"letter.docx"}


SVG = "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"


def slide(text: str, more: str = "") -> str:
    frame = 'svg:width="10cm" svg:height="3cm" svg:x="1cm" svg:y="1cm"'
    return (
        f'<draw:page xmlns:svg="{SVG}"><draw:frame {frame}>'
        f"<draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame>{more}</draw:page>"
    )


@real
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "data", "pages", "on_pages", "beside"),
    [
        (
            "talk.odp",
            office.opendocument("presentation", slide("The first slide") + slide("The second slide")),
            2,
            ["The first slide", "The second slide"],
            "",
        ),
        ("table.xlsx", office.xlsx(office.ROWS), 1, ["Nebenkosten Heizung"], "2024-05-01"),
        ("note.rtf", rb"{\rtf1\ansi Bread and butter\par}", 1, ["Bread and butter"], ""),
    ],
)
def test_other_documents(
    pool: DecoderPool, tmp_path: Path, name: str, data: bytes, pages: int, on_pages: list[str], beside: str
) -> None:
    (tmp_path / name).write_bytes(data)
    item, segments = split(pool.decode(tmp_path / name))
    assert (item.pages, item.note) == (pages, "")
    assert [segment.page for segment in segments if segment.type == "page"] == list(range(1, pages + 1))
    for text in on_pages:
        assert text in words(segments, "page")
        assert text not in words(segments, "text")
    assert beside in words(segments, "text")


# --- one that does what it should --------------------------------------------------------------------


@scripts
def test_a_document_is_drawn_once_per_content(
    pool: DecoderPool, instead: Callable[[str], None], tmp_path: Path, cache: Path
) -> None:
    instead(DRAW)
    item, segments = split(pool.decode(letter(tmp_path)))
    assert (item.pages, item.note) == (2, "")
    assert words(segments, "page").split("\n") == DRAWN
    assert words(segments, "text") == "Ask the baker about it"
    instead("exit 1")
    copy = tmp_path / "copy.docx"
    copy.write_bytes((tmp_path / "letter.docx").read_bytes())
    assert split(pool.decode(copy))[0].pages == 2
    assert pool.view(copy, Place(page=2), 300).text == "second page"
    assert pool.picture(copy, Place(page=2)).shape[2] == 3
    (kept,) = cache.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600


@scripts
def test_a_document_of_pictures_alone_is_in_the_index(
    pool: DecoderPool, instead: Callable[[str], None], tmp_path: Path
) -> None:
    (tmp_path / "scan.docx").write_bytes(office.docx(office.paragraph(" ")))
    with DecoderPool() as plain, pytest.raises(Skipped, match="contains no text"):
        list(plain.decode(tmp_path / "scan.docx"))
    instead(DRAW)
    assert split(pool.decode(tmp_path / "scan.docx"))[0].pages == 2


@scripts
def test_what_only_libreoffice_reads(
    pool: DecoderPool, instead: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "old.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))
    instead(DRAW)
    assert words(split(pool.decode(old))[1], "page").split("\n") == DRAWN
    other = tmp_path / "other.doc"
    other.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000))
    monkeypatch.setattr(libreoffice, "find", lambda: None)
    with pytest.raises(Skipped, match=r"before 2007; Sightline reads it where LibreOffice is installed"):
        list(pool.decode(other))


@scripts
def test_without_libreoffice_there_is_the_text(
    pool: DecoderPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "find", lambda: None)
    item, segments = split(pool.decode(letter(tmp_path)))
    assert (item.pages, item.note) == (None, "")
    assert libreoffice.is_missed(tmp_path / "letter.docx")
    assert not libreoffice.is_missed(tmp_path / "book.epub")
    assert "Walnuts were harvested early" in words(segments, "text")
    with pytest.raises(MediaError, match="no pages that could be shown"):
        pool.view(tmp_path / "letter.docx", Place(page=1), 300)


@scripts
def test_a_locked_or_damaged_document_is_not_handed_on(
    pool: DecoderPool, instead: Callable[[str], None], tmp_path: Path
) -> None:
    instead(DRAW)
    (tmp_path / "locked.odt").write_bytes(office.opendocument("text", office.ODT, locked=True))
    with pytest.raises(MediaError, match="password"):
        list(pool.decode(tmp_path / "locked.odt"))
    (tmp_path / "broken.docx").write_bytes(office.docx(BODY)[:200])
    with pytest.raises(MediaError, match="damaged"):
        list(pool.decode(tmp_path / "broken.docx"))


@scripts
def test_room_is_bounded(
    instead: Callable[[str], None], cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.ingest.documents.office_pages.MAX_KEPT_BYTES", 1)
    instead(DRAW)
    with DecoderPool(office=OfficePages(cache)) as pool:
        list(pool.decode(letter(tmp_path)))
        (tmp_path / "note.rtf").write_bytes(rb"{\rtf1\ansi Bread and butter\par}")
        assert split(pool.decode(tmp_path / "note.rtf"))[0].pages == 2
    assert len(list(cache.iterdir())) == 1


# --- ones that do not ----------------------------------------------------------------------------------

FAILURES = {
    "ends with an error": "exit 7\n",
    "crashes": "kill -SEGV $$\n",
    "draws nothing": "exit 0\n",
    "writes rubbish": 'printf "hello" > "$out/document.pdf"\n',
    "writes what only begins as a PDF": 'printf "%%PDF-1.7 hello" > "$out/document.pdf"\n',
    "hangs": "sleep 98765\n",
    "hangs in a child": "sh -c 'sleep 98765' &\nsleep 98765\n",
    "turns in circles": "while :; do :; done\n",
    "grows": 'exec python3 -c "import time; big = bytearray(300 << 20); time.sleep(98765)"\n',
    "fills the disk": 'exec head -c 700000000 /dev/zero > "$out/document.pdf"\n',
}


@scripts
@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_costs_the_pages_of_that_file(
    instead: Callable[[str], None], cache: Path, tmp_path: Path, name: str
) -> None:
    instead(FAILURES[name])
    pages = OfficePages(cache, timeout_s=2, memory_limit=150 << 20)
    with DecoderPool(office=pages) as pool:
        item, segments = split(pool.decode(letter(tmp_path)))
        assert item.note.startswith("LibreOffice could not draw its pages. ")
        assert item.note.endswith("Its text is indexed.")
        assert "Walnuts were harvested early" in words(segments, "text")
        instead(DRAW)
        if name != "writes what only begins as a PDF":
            assert (
                split(pool.decode(tmp_path / "letter.docx"))[0].note == item.note
            )  # not tried over and over
        (tmp_path / "note.rtf").write_bytes(rb"{\rtf1\ansi Bread and butter\par}")
        assert split(pool.decode(tmp_path / "note.rtf"))[0].pages == 2
    assert not [path for path in cache.iterdir() if path.is_dir()]
    assert sleepers() == []


def sleepers() -> list[psutil.Process]:
    return [
        process for process in psutil.process_iter(["cmdline"]) if "98765" in (process.info["cmdline"] or [])
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a lease")
def test_a_document_that_is_locked_just_now_is_not_left_without_pages(
    instead: Callable[[str], None], cache: Path, tmp_path: Path
) -> None:
    import fcntl

    instead(DRAW)
    path, held = letter(tmp_path), SPAWN.RawValue(ctypes.c_bool, False)
    pages = OfficePages(cache)
    before = signal.signal(signal.SIGIO, signal.SIG_IGN)
    try:
        descriptor = os.open(path, os.O_RDWR)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        with pytest.raises(InUse):
            pages.of(path, False, held)
        os.close(descriptor)
        assert pages.of(path, False, held).pdf is not None
    finally:
        signal.signal(signal.SIGIO, before)
        pages.close()


@scripts
def test_closing_ends_a_drawing(instead: Callable[[str], None], cache: Path, tmp_path: Path) -> None:
    instead("sleep 98765\n")
    pool = DecoderPool(office=OfficePages(cache))
    outcomes: list[str] = []

    def run() -> None:
        try:
            list(pool.decode(letter(tmp_path)))
        except Exception as error:
            outcomes.append(type(error).__name__)

    thread = threading.Thread(target=run)
    thread.start()
    while not sleepers():
        time.sleep(0.05)
    pool.close()
    thread.join(30)
    assert outcomes == ["PoolClosed"]
    assert sleepers() == []
    assert list(cache.iterdir()) == []


class Waiting(OfficePages):
    """Draws nothing, and answers only when it is told to."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.asked, self.told = threading.Event(), threading.Event()

    def of(self, *_: object) -> Drawing:
        self.asked.set()
        self.told.wait()
        return Drawing()


def test_a_server_that_goes_away_keeps_nobody_waiting_for_pages(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "PATIENCE_S", 0.1)
    pages = Waiting(cache)
    gone = Answering(lambda folder: pages.told.wait())
    with DecoderPool(office=pages, answering=gone) as pool, pytest.raises(NoAnswer):
        list(pool.decode(letter(tmp_path)))
    assert pages.asked.is_set()
    pages.told.set()


def test_a_picture_to_search_by_does_not_wait_for_pages_that_are_shown(cache: Path, tmp_path: Path) -> None:
    pages, path = Waiting(cache), letter(tmp_path)
    corners().save(tmp_path / "a.png")
    with DecoderPool(office=pages) as pool:

        def look() -> None:
            with pytest.raises(MediaError):
                pool.view(path, Place(1), 100)

        show = threading.Thread(target=look)
        show.start()
        assert pages.asked.wait(60)
        assert pool.picture(tmp_path / "a.png").shape == (80, 120, 3)
        pages.told.set()
        show.join()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has seccomp and Landlock")
def test_libreoffice_reaches_no_network_and_writes_nothing_elsewhere(
    pool: DecoderPool, instead: Callable[[str], None], tmp_path: Path
) -> None:
    connect = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    path = letter(tmp_path)
    instead(
        f"echo no > {path} ; echo no > {tmp_path}/beside ; rm {path}\n"
        f'python3 -c "{connect}" 2> "$out/said" ; grep -q PermissionError "$out/said" || exit 1\n' + DRAW
    )
    item, _ = split(pool.decode(path))
    assert item.pages == 2
    assert path.exists()
    assert not (tmp_path / "beside").exists()
