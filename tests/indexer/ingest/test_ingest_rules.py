import io
import os
import socket
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from ingest_files import corners, film, moving, pdf

from indexer.errors import InUse, MediaError, Skipped
from indexer.ingest import items, rules
from indexer.ingest.items import content_hash, open_original
from indexer.ingest.rules import classify, is_ignored

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.txt", "a.pdf", "a.mp4", "a.xyz", "a"])
def test_content_decides_when_it_speaks(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    corners().save(path, "JPEG")
    assert classify(path) == "image"
    path.write_bytes(pdf(["words"]))
    assert classify(path) == "pdf"
    film(tmp_path / "film.mp4", moving(5))
    path.write_bytes((tmp_path / "film.mp4").read_bytes())
    assert classify(path) == "video"


@pytest.mark.parametrize("container", ["mp4", "mov", "mkv", "avi", "ts", "mpg", "flv", "3gp", "webm", "wmv"])
def test_films_are_recognised_without_their_name(tmp_path: Path, container: str) -> None:
    codec = {"webm": "libvpx", "mpg": "mpeg2video", "wmv": "wmv2", "3gp": "mpeg4"}.get(container, "libx264")
    rate = 25 if container == "mpg" else 10
    path = film(tmp_path / f"film.{container}", moving(12), codec=codec, rate=rate)
    assert classify(path.rename(tmp_path / "film")) == "video"


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"\x7fELF\2\1\1", "a program"),
        (b"PK\3\4\x14\0", "a ZIP archive"),
        (b"SQLite format 3\0", "an SQLite database"),
    ],
)
@pytest.mark.parametrize("extension", ["jpg", "mp4", "pdf", "txt"])
def test_something_else_under_a_media_name(tmp_path: Path, extension: str, head: bytes, what: str) -> None:
    path = tmp_path / f"a.{extension}"
    path.write_bytes(head + b"\0" * 500)
    with pytest.raises(MediaError, match=rf"It is named \.{extension}, but it is {what}") as caught:
        classify(path)
    assert not isinstance(caught.value, Skipped)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.xyz", b"whatever", r"It is a \.xyz file, a format Sightline does not read yet\."),
        ("a.zip", b"PK\3\4", r"It is a ZIP archive or an Office document, which Sightline does not read\."),
        ("a.key", b"-----BEGIN", r"It is a \.key file, a format Sightline does not read yet\."),
        ("whatever", b"all:", r"does not read yet\."),
        ("a.mp3", b"ID3\4\0", r"sound file"),
        ("a.flac", b"fLaC", r"sound file"),
        ("a.jpg", b"", r"It is empty\."),
        ("a.txt", b"", r"It is empty\."),
    ],
)
def test_what_is_skipped_and_why(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Skipped, match=reason):
        classify(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "data", "handler"),
    [
        ("a.docx", b"PK\3\4" + b"\0" * 40, "package"),
        ("a", b"PK\3\4" + b"\0" * 26 + b"[Content_Types].xml", "package"),
        ("a", b"PK\3\4" + b"\0" * 26 + b"mimetypeapplication/epub+zip", "package"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office"),
        ("a.doc", b"{\\rtf1", "rtf"),
        ("a.xls", b"Name\tBetrag\r\n", "text"),
        ("a.xls", b"<?xml version='1.0'?><Workbook>", "old office"),
        ("a.ts", b"const a: number = 1;", "text"),
        ("a.svg", b"<svg/>", "svg"),
        ("a", b"\xef\xbb\xbf<?xml version='1.0'?><!-- x --><svg >", "svg"),
        ("a", b"\n<!DOCTYPE HTML>", "html"),
        ("a.NEF", b"II*\0", "raw"),
        ("a.nef", b"\xff\xd8\xff\xe0", "image"),
        ("recovered", b"\0\0\0\x18ftypcrx \0\0\0\1", "raw"),
        ("Makefile", b"all:", "text"),
        ("a.eml", b"Subject: x", "mail"),
    ],
)
def test_names_and_content_together(tmp_path: Path, name: str, data: bytes, handler: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert classify(tmp_path / name) == handler


@pytest.mark.parametrize(
    "text",
    [
        "The free world",
        "BM is short",
        "P5 is a pitch",
        "DDS and ID3",
        "GIF89a was late",
        "%!PS",
        "MZ",
        "icns",
    ],
)
def test_prose_is_prose(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "a.md").write_text(text)
    assert classify(tmp_path / "a.txt") == "text"
    assert classify(tmp_path / "a.md") == "text"


def test_names_decide_where_content_is_silent(tmp_path: Path) -> None:
    corners().save(tmp_path / "a.tga")
    assert classify(tmp_path / "a.tga") == "image"
    (tmp_path / "a.jpg").write_bytes(b"nothing known")
    assert classify(tmp_path / "a.jpg") == "image"


@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        ("/home/p/a.jpg", False),
        ("/home/p/.git/a.jpg", True),
        ("/home/p/x/node_modules/y/a.png", True),
        ("/home/p/Family.photoslibrary/originals/a.heic", True),
        ("/home/p/.hidden.jpg", True),
        ("/home/p/._a.jpg", True),
        ("/home/p/~$letter.docx", True),
        ("/home/p/Thumbs.db", True),
        ("/home/p/film.mp4.part", True),
        ("/home/p/app/bundle/part/temp/a.jpg", False),
        ("/home/p", False),
    ],
)
def test_what_nobody_means(path: str, ignored: bool) -> None:
    assert is_ignored(path, "/home/p") is ignored


def test_a_chosen_folder_may_be_hidden() -> None:
    assert not is_ignored("/home/p/.pictures/a.jpg", "/home/p/.pictures")


@posix
def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    started = time.monotonic()
    with pytest.raises(MediaError, match="not a regular file"):
        open_original(tmp_path / "pipe.jpg")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s.jpg"))
        with pytest.raises(MediaError, match="not a regular file"):
            classify(tmp_path / "s.jpg")
    with pytest.raises(MediaError, match="not a regular file"):
        open_original(tmp_path)
    assert time.monotonic() - started < 20


def test_gone_and_forbidden_files_are_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"It is no longer there\."):
        content_hash(tmp_path / "gone.jpg")
    with pytest.raises(MediaError, match=r"It is no longer there\."):
        classify(tmp_path / "gone.jpg")
    assert items.why(PermissionError(13, "Permission denied")) == "It cannot be read: permission denied."


class _Locked(io.FileIO):
    """As Windows and file servers have a file of which another program has locked a part."""

    def readinto(self, buffer: object) -> int:
        raise PermissionError(13, "Permission denied")

    def readall(self) -> bytes:
        raise PermissionError(13, "Permission denied")


def test_a_lock_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(items, "_Original", type("Locked", (items._Original, _Locked), {}))
        with items.noting_locks() as noted:
            for read in (lambda file: file.read(1), lambda file: file.read(), lambda file: file.readline()):
                with open_original(Path(__file__)) as file, pytest.raises(InUse, match="Another program"):
                    read(file)
        assert noted == [Path(__file__)] * 3
        with pytest.raises(InUse):
            content_hash(Path(__file__))
        assert len(noted) == 3, "not beyond"
    refused = PermissionError(13, "The process cannot access the file")
    for code, kind in ((32, InUse), (5, MediaError)):
        refused.winerror = code  # type: ignore[attr-defined]
        monkeypatch.setattr(items, "_open", lambda path, error=refused: (_ for _ in ()).throw(error))
        with pytest.raises(MediaError) as caught:
            open_original(Path(__file__))
        assert type(caught.value) is kind


@posix
def test_what_the_system_would_have_tried_again_is_not_the_end_of_a_file() -> None:
    """So older kernels answer for a locked part; Python makes of it that there is nothing."""
    out, into = os.pipe()
    os.set_blocking(out, False)
    with io.BufferedReader(items._Original(out, Path("a"))) as file, pytest.raises(InUse):
        file.read(1)
    os.close(into)


@posix
@pytest.mark.skipif(not hasattr(os, "O_NOATIME"), reason="only Linux leaves access times alone")
def test_access_times_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words")
    os.utime(path, ns=(1_000_000_000, 2_000_000_000))
    content_hash(path)
    assert path.stat().st_atime_ns == 1_000_000_000


def test_equal_contents_have_equal_hashes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"same")
    (tmp_path / "b").write_bytes(b"same")
    (tmp_path / "c").write_bytes(b"Same")
    first, second, third = (content_hash(tmp_path / name) for name in "abc")
    assert first == second != third
    assert len(first) == 40
    assert set(first) <= set("0123456789abcdef")


def test_large_files_are_sampled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(items, "WHOLE_HASH_BYTES", 1 << 20)
    data = bytearray(np.random.default_rng(0).bytes(24 << 20))
    path = tmp_path / "large"

    def hashed() -> str:
        path.write_bytes(data)
        return content_hash(path)

    original = hashed()
    assert hashed() == original
    for position in (0, len(data) - 1):
        data[position] ^= 1
        assert hashed() != original
        data[position] ^= 1
    assert hashed() == original
    data.append(0)
    assert hashed() != original


def test_size_limits() -> None:
    rules.check_size(32, 32 * rules.MAX_RATIO)
    with pytest.raises(Skipped):
        rules.check_size(31, 100)
