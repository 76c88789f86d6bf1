import os
import socket
import sys
import time
from pathlib import Path

import pytest

from indexer.errors import UserError
from indexer.ingest import scan
from indexer.ingest.scan import RootUnreadable, Seen, Unreadable, see, walk
from indexer.ingest.scope import Scope

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode("utf-8", "surrogateescape"))


def names(root: Path, **options: object) -> set[str]:
    found = list(walk(root, **options))  # type: ignore[arg-type]
    assert all(isinstance(one, Seen) for one in found), found
    return {Path(one.path).relative_to(root).as_posix() for one in found}


def test_every_file_with_what_identifies_it(tmp_path: Path) -> None:
    make(tmp_path, "a.jpg", "b/c.txt", "b/d/e.xyz", "ü/日本.png")
    assert names(tmp_path) == {
        "a.jpg",
        "b/c.txt",
        "b/d/e.xyz",
        "ü/日本.png",
    }
    (seen,) = [one for one in walk(tmp_path) if one.path.endswith("a.jpg")]
    status = (tmp_path / "a.jpg").stat()
    assert seen == Seen(str(tmp_path / "a.jpg"), 5, status.st_mtime_ns, status.st_dev, status.st_ino)
    assert see(tmp_path / "a.jpg") == seen
    assert see(tmp_path) is None
    assert see(tmp_path / "gone") is None


def test_what_is_ignored(tmp_path: Path) -> None:
    make(
        tmp_path,
        "a.jpg",
        ".git/b.jpg",
        "node_modules/c.jpg",
        "P.photoslibrary/d.jpg",
        ".e.jpg",
        "f.jpg.part",
        "~$g.docx",
    )
    assert names(tmp_path) == {"a.jpg"}


def test_a_chosen_folder_may_be_hidden(tmp_path: Path) -> None:
    make(tmp_path, ".pictures/a.jpg")
    assert names(tmp_path / ".pictures") == {"a.jpg"}


def test_excluded_folders_are_not_entered(tmp_path: Path) -> None:
    make(tmp_path, "a.jpg", "data/cache/b.jpg", "database/c.jpg")
    scope = Scope(excluded=[str(tmp_path / "data")])
    assert names(tmp_path, scope=scope) == {"a.jpg", "database/c.jpg"}


def test_an_empty_folder_is_empty(tmp_path: Path) -> None:
    assert list(walk(tmp_path)) == []


def test_a_missing_root_is_not_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(RootUnreadable, match="does not exist") as caught:
        walk(tmp_path / "gone")
    assert isinstance(caught.value, UserError)
    make(tmp_path, "file")
    with pytest.raises(RootUnreadable, match="is not a folder"):
        walk(tmp_path / "file")


@posix
def test_links(tmp_path: Path) -> None:
    make(tmp_path, "real/a.jpg")
    (tmp_path / "real" / "loop").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path / "real")
    (tmp_path / "b.jpg").symlink_to(tmp_path / "real" / "a.jpg")
    (tmp_path / "nowhere.jpg").symlink_to(tmp_path / "gone.jpg")
    (tmp_path / "itself.jpg").symlink_to(tmp_path / "itself.jpg")
    assert names(tmp_path) == {"real/a.jpg", "b.jpg"}
    assert names(tmp_path / "again") == {"a.jpg"}


@posix
def test_what_is_no_file(tmp_path: Path) -> None:
    make(tmp_path, "a.jpg")
    os.mkfifo(tmp_path / "pipe.jpg")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s.jpg"))
        assert names(tmp_path) == {"a.jpg"}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems insist on Unicode names")
def test_names_that_are_not_unicode(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.jpg")
    make(tmp_path, name, os.fsdecode(b"d\xff/a.jpg"))
    assert names(tmp_path) == {name, os.fsdecode(b"d\xff/a.jpg")}
    (seen,) = [one for one in walk(tmp_path) if "caf" in one.path]
    assert os.fsencode(seen.path).endswith(b"caf\xe9.jpg")
    assert Path(seen.path).read_bytes() == b"caf\xe9.jpg"


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_folder_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    make(tmp_path, "a.jpg", "closed/b.jpg")
    (tmp_path / "closed").chmod(0)
    try:
        found = list(walk(tmp_path))
        with pytest.raises(RootUnreadable, match="cannot be read"):
            walk(tmp_path / "closed")
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert Unreadable(str(tmp_path / "closed"), "It cannot be read: permission denied.") in found
    assert {Path(one.path).name for one in found if isinstance(one, Seen)} == {"a.jpg"}


def test_of_what_vanishes_meanwhile_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder around it may have been away for this moment only."""
    make(tmp_path, "a.jpg", "b/c.jpg", "d/e.jpg")
    scandir = os.scandir

    def flaky(path: str) -> "os._ScandirIterator[str]":
        if path.endswith("b"):
            raise FileNotFoundError(2, "No such file or directory", path)
        if path.endswith("d"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", flaky)
    found = {Path(one.path).name: one for one in walk(tmp_path)}
    assert set(found) == {"a.jpg", "b", "d"}
    assert found["b"] == Unreadable(str(tmp_path / "b"), scan.VANISHED)
    assert found["d"] == Unreadable(str(tmp_path / "d"), "It cannot be read: permission denied.")
    monkeypatch.setattr(scan, "_LONGEST", len(str(tmp_path)))
    assert Unreadable(str(tmp_path / "b"), scan.TOO_LONG) in list(walk(tmp_path)), "so Windows says it"


def test_it_is_quick(tmp_path: Path) -> None:
    for folder in range(20):
        make(tmp_path, *(f"{folder}/{number}.jpg" for number in range(100)))
    started = time.process_time()
    assert len(list(walk(tmp_path))) == 2000
    assert time.process_time() - started < 0.5
