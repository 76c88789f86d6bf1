import os
import sys
from pathlib import Path

import pytest

from indexer.errors import InCloud, UserError
from indexer.ingest import items
from indexer.ingest.items import open_original
from indexer.ingest.scan import Seen, see, walk
from indexer.ingest.scope import IGNORE_FILE, Scope, patterns
from indexer.messages.library_messages import Rules


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * len(name))


def found(root: Path, scope: Scope) -> set[str]:
    """What is walked, which has to be what is said of each path by itself."""
    seen = {Path(one.path).relative_to(root).as_posix() for one in walk(root, scope) if isinstance(one, Seen)}
    for path in root.rglob("*"):
        if path.is_file() and path.stat().st_size >= scope.rules.min_bytes:
            name = path.relative_to(root).as_posix()
            assert scope.leaves_out(str(path), str(root)) == (name not in seen), name
            if name in seen:
                assert not scope.ignores_name(str(path), str(root)), "changes of it are reported"
    return seen


def test_patterns_of_the_rules(tmp_path):
    make(tmp_path, "a.jpg", "a.tmpx", "Old/b.jpg", "new/Old/c.jpg", "new/d.tmpx", "new/keep.tmpx", "e/f.jpg")
    scope = Scope(Rules(exclude=("*.tmpx", "/Old/", "!keep.tmpx", "e/*.jpg", "# nothing", "")))
    assert found(tmp_path, scope) == {"a.jpg", "new/Old/c.jpg", "new/keep.tmpx"}
    assert found(tmp_path / "new", scope) == {"keep.tmpx"}, "each chosen folder by itself"


def test_ignore_files_count_from_their_folder_and_the_innermost_decides(tmp_path):
    make(tmp_path, "a.jpg", "a.txt", "in/a.jpg", "in/b.jpg", "in/deep/b.jpg", "in/deep/c.jpg", "in/no/d.jpg")
    (tmp_path / IGNORE_FILE).write_text("b.jpg\n*.txt\n")
    (tmp_path / "in" / IGNORE_FILE).write_text("\ufeff/a.jpg\nno/\n", "utf-8")
    (tmp_path / "in" / "deep" / IGNORE_FILE).write_text("!b.jpg\nc.jpg\n")
    (tmp_path / "in" / "no" / IGNORE_FILE).write_text("!d.jpg\n")
    assert found(tmp_path, Scope()) == {"a.jpg", "in/deep/b.jpg"}
    rules = Rules(exclude=("a.jpg", "*.txt"))
    (tmp_path / IGNORE_FILE).write_text("!a.txt\n")
    assert found(tmp_path, Scope(rules)) == {"a.txt", "in/b.jpg", "in/deep/b.jpg"}
    assert not Scope().ignores_name(str(tmp_path / "in" / IGNORE_FILE), str(tmp_path)), "its changes count"
    assert Scope().ignores_name(str(tmp_path / ".git" / IGNORE_FILE), str(tmp_path))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems insist on Unicode names")
def test_ignore_files_in_no_particular_encoding(tmp_path):
    make(tmp_path, os.fsdecode(b"caf\xe9.jpg"), "b.jpg")
    (tmp_path / IGNORE_FILE).write_bytes(b"caf\xe9.*\n")
    assert found(tmp_path, Scope()) == {"b.jpg"}


def test_hidden_files_by_wish_but_never_the_systems(tmp_path):
    make(
        tmp_path,
        "a.jpg",
        ".b.jpg",
        ".c/d.jpg",
        ".git/e.jpg",
        ".DS_Store",
        "._a.jpg",
        ".Trash-0/f.jpg",
        "Thumbs.db",
    )
    (tmp_path / IGNORE_FILE).write_text("")
    assert found(tmp_path, Scope()) == {"a.jpg"}
    assert found(tmp_path, Scope(Rules(hidden=True))) == {"a.jpg", ".b.jpg", ".c/d.jpg"}


def test_what_developers_tools_make_by_wish(tmp_path):
    make(
        tmp_path,
        "a.py",
        "node_modules/b.js",
        "env/pyvenv.cfg",
        "env/lib/c.py",
        "target/CACHEDIR.TAG",
        "target/d.png",
        "x/__pycache__/e.png",
    )
    assert found(tmp_path, Scope()) == {"a.py"}
    assert found(tmp_path / "env", Scope()) == {"pyvenv.cfg", "lib/c.py"}, "when just that was chosen"
    assert len(found(tmp_path, Scope(Rules(developer=True)))) == 7


def test_small_files_and_excluded_ones(tmp_path):
    make(tmp_path, "a", "bb/cc", "bb/dd/eeeeee", "ff/gg")
    assert found(tmp_path, Scope(Rules(min_bytes=5))) == {"bb/cc", "bb/dd/eeeeee", "ff/gg"}
    scope = Scope(excluded=[str(tmp_path / "bb" / "dd"), str(tmp_path / "ff" / "gg"), str(tmp_path / "gone")])
    assert found(tmp_path, scope) == {"a", "bb/cc"}
    assert scope.leaves_out(str(tmp_path / "bb" / "dd" / "not" / "there"), str(tmp_path))
    assert not scope.leaves_out(str(tmp_path), str(tmp_path))
    assert list(walk(tmp_path / "bb" / "dd", scope, within=tmp_path)) == []


def test_a_pattern_that_makes_no_sense_is_named(tmp_path):
    pattern = "!"
    with pytest.raises(UserError, match="makes no sense") as caught:
        patterns(["*.ok", pattern])
    assert repr(pattern) in str(caught.value)
    make(tmp_path, "a.jpg", "b.jpg")
    (tmp_path / IGNORE_FILE).write_text(f"{pattern}\nb.jpg\n")
    assert found(tmp_path, Scope()) == {"a.jpg"}, "the other lines of the file count"


def test_files_in_the_cloud_are_told_and_never_opened(tmp_path, monkeypatch):
    """On Linux: a file of a cloud drive (FUSE) that occupies nothing."""
    sparse, own = tmp_path / "sparse.jpg", tmp_path / "own.jpg"
    with sparse.open("wb") as file:
        file.truncate(1 << 20)
    own.write_bytes(b"x" * 10_000)
    assert not see(sparse).cloud, "a sparse file of a disk is one"
    if sys.platform != "linux":
        return
    device = sparse.stat().st_dev
    monkeypatch.setattr(items, "_fuse_devices", lambda: {f"{os.major(device)}:{os.minor(device)}"})
    assert {Path(one.path).name: one.cloud for one in walk(tmp_path)} == {
        "sparse.jpg": True,
        "own.jpg": False,
    }
    with pytest.raises(InCloud, match="would download it"):
        open_original(sparse)
    open_original(sparse, download=True).close()


def test_old_stubs_of_icloud_stand_for_their_files(tmp_path):
    make(tmp_path, ".Holiday.jpg.icloud", "in/.icloud", "in/b.icloud")
    (stub,) = [one for one in walk(tmp_path) if one.path.endswith(".jpg")]
    assert (stub.path, stub.cloud) == (str(tmp_path / "Holiday.jpg"), True)
    assert see(tmp_path / "Holiday.jpg") == stub
    make(tmp_path, "Holiday.jpg")
    assert not see(tmp_path / "Holiday.jpg").cloud
