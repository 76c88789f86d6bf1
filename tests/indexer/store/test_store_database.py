import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import apsw
import numpy as np
import pytest

from indexer.errors import IndexTooNew, UserError
from indexer.store import migrations
from indexer.store.database import Database, connect
from indexer.store.filters import Filters
from indexer.store.rows import ItemRow, SegmentRow
from indexer.store.store import Store
from tests.known_files import known_files

FROZEN = Path(__file__).with_name("frozen")


def test_settings_of_a_new_index(tmp_path):
    database = Database.open(tmp_path / "index.db")
    with database.read() as connection:
        assert connection.execute("PRAGMA journal_mode").get == "wal"
        assert connection.execute("PRAGMA synchronous").get == 1
        assert connection.execute("PRAGMA foreign_keys").get == 1
        assert connection.execute("PRAGMA auto_vacuum").get == 2
        assert migrations.version_of(connection) == migrations.VERSION
    database.close()
    database.close()


def test_an_index_by_a_newer_program_is_refused(tmp_path):
    path = tmp_path / "index.db"
    Store.open(path).close()
    with apsw.Connection(str(path)) as connection:
        connection.execute(f"PRAGMA user_version = {migrations.VERSION + 1}")
    connection.close()
    before = path.read_bytes()
    for readonly in (True, False):
        with pytest.raises(IndexTooNew, match="update Sightline"):
            Store.open(path, readonly)
    assert path.read_bytes() == before


def test_another_programs_database_is_left_alone(tmp_path):
    path = tmp_path / "index.db"
    connection = apsw.Connection(str(path))
    connection.execute("CREATE TABLE precious (x); PRAGMA user_version = 1")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(UserError, match="not a Sightline index"):
        Store.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"this is a letter, not a database" * 200, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_file_that_is_no_database(tmp_path, content):
    path = tmp_path / "index.db"
    path.write_bytes(content)
    with pytest.raises(UserError, match="move it away"):
        Store.open(path)
    assert path.read_bytes() == content


def test_a_truncated_index_is_reported_in_a_sentence(tmp_path, seen):
    path = tmp_path / "index.db"
    with Store.open(path) as store, store.transaction():
        for n in range(2000):
            store.add_file(seen(f"/library/{n}.jpg"))
    os.truncate(path, path.stat().st_size // 3)

    def use():
        with Store.open(path) as store:
            known_files(store, "/library")
            store.lookup.word_matches("name_word", ["1999"], True, 10)
            store.counts()

    with pytest.raises(UserError, match="damaged"):
        use()


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(UserError, match="check that the folder exists"):
        Store.open(tmp_path / "missing" / "index.db")


def test_reading_before_anything_is_indexed(tmp_path):
    with pytest.raises(UserError, match="sightline index"):
        Store.open(tmp_path / "index.db", readonly=True)
    assert not (tmp_path / "index.db").exists()


def test_a_reader_cannot_write(tmp_path):
    Store.open(tmp_path / "index.db").close()
    with Store.open(tmp_path / "index.db", readonly=True) as store, pytest.raises(UserError):
        store.add_folder("/library")


def test_a_full_disk_loses_nothing_and_says_so(store, seen, vectors):
    first = store.add_file(seen("/library/a.jpg"))
    store.add_content(first, "hash", ItemRow("photo"), [SegmentRow("image")], vectors(1))
    with store._database.alone() as connection:
        pages = connection.execute("PRAGMA page_count").get
        connection.execute(f"PRAGMA max_page_count = {pages + 3}")
    big = store.add_file(seen("/library/b.txt"))
    rows = [SegmentRow("text", f"{n} " * 3000) for n in range(20)]
    with pytest.raises(UserError, match="disk is full"):
        store.add_content(big, "big", ItemRow("document"), rows, vectors(20))
    with store._database.alone() as connection:
        connection.execute("PRAGMA max_page_count = 1000000")
    assert store.content("big") is None
    assert store.counts().vectors == 1
    store.add_content(big, "big", ItemRow("document"), rows, vectors(20))
    assert store.counts().vectors == 21


def test_a_nested_part_fails_alone(store, seen):
    def fail(path):
        with store.transaction():
            store.add_file(seen(path))
            raise RuntimeError

    with store.transaction():
        store.add_file(seen("/library/a.jpg"))
        with pytest.raises(RuntimeError):
            fail("/library/b.jpg")
        store.add_file(seen("/library/c.jpg"))
    assert set(known_files(store, "/library")) == {"/library/a.jpg", "/library/c.jpg"}
    with pytest.raises(RuntimeError):
        fail("/library/d.jpg")
    assert len(known_files(store, "/library")) == 2


def test_steps_are_applied_in_order_and_a_broken_one_leaves_its_version(tmp_path):
    Store.open(tmp_path / "index.db").close()
    connection = apsw.Connection(str(tmp_path / "index.db"))

    def second(connection):
        connection.execute("ALTER TABLE folder ADD COLUMN colour TEXT")

    def third(connection):
        connection.execute("CREATE TABLE half (x)")
        raise apsw.FullError("the disk is full")

    first = migrations.VERSION
    with pytest.raises(apsw.FullError):
        migrations.migrate(connection, {first: second, first + 1: third}, to=first + 2)
    assert migrations.version_of(connection) == first + 1
    assert "colour" in connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'folder'").get
    assert connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").get == 0
    migrations.migrate(connection, {first + 1: lambda connection: None}, to=first + 2)
    assert migrations.version_of(connection) == first + 2
    connection.close()


def test_a_disk_that_fills_up_in_a_migration_loses_nothing(tmp_path):
    path = tmp_path / "index.db"
    path.write_bytes((FROZEN / "index_v1.db").read_bytes())
    connection = connect(path, readonly=False)
    pages = connection.execute("PRAGMA page_count").get
    connection.execute(f"PRAGMA max_page_count = {pages + 5}")
    with pytest.raises(apsw.FullError):
        migrations.migrate(connection)
    assert migrations.version_of(connection) == 1
    assert connection.execute("PRAGMA integrity_check").get == "ok"
    connection.close()
    with Store.open(path) as store:
        assert store.counts().vectors == 3
        assert store.check() == []


@pytest.mark.parametrize("version", range(1, migrations.VERSION + 1))
def test_an_index_of_every_version_opens_and_answers(tmp_path, version):
    path = tmp_path / "index.db"
    path.write_bytes((FROZEN / f"index_v{version}.db").read_bytes())
    Store.open(tmp_path / "new.db").close()
    with Store.open(path) as store:
        assert store.counts().vectors == 3
        assert len(store.problems()) == 2
        assert store.counts().unread == 1, "the picture, which may hold words"
        assert [id for id, _ in store.lookup.word_matches("name_word", ["sunset"], True, 5)] == [1, 3]
        space = store.find_space("tiny", 8, "frozen")
        ids, scores = store.lookup.nearest(
            space, np.eye(8, dtype=np.float32)[1], 1, Filters(kinds=("document",))
        )
        assert (ids.tolist(), scores.tolist()) == ([2], [1.0])
    assert shape(path) == shape(tmp_path / "new.db"), "a migrated index has the schema of a new one"


def shape(path):
    """The tables that every index has: those of a space come with the space, SQLite's own when it likes."""
    connection = apsw.Connection(str(path))
    tables = connection.execute("SELECT name, sql FROM sqlite_schema").fetchall()
    connection.close()
    return {
        (name, sql and re.sub(r"\s*([(),])\s*", r"\1", " ".join(sql.split())))  # an added column has no line
        for name, sql in tables
        if not name.startswith(("fine_", "coarse_", "sqlite_"))
    }


WRITER = """
import sys
import numpy as np
from dataclasses import dataclass
from pathlib import Path
from indexer.store.store import Store
from indexer.store.filters import Filters
from indexer.store.rows import ItemRow, SegmentRow

@dataclass
class Seen:
    path: str
    size: int = 1
    mtime_ns: int = 1
    device: int = 1
    inode: int = 1

store = Store.open(Path(sys.argv[1]))
store.add_folder("/library")
store.space("tiny", 64, "first")
vectors = np.eye(64, dtype=np.float32)
n = 0
while True:
    id = store.add_file(Seen(f"/library/{n}.pdf"))
    store.begin(id)
    rows = [SegmentRow("page", f"page {m} of {n}", page=m) for m in range(1, 9)]
    store.add_content(id, str(n), ItemRow("document"), rows, vectors[:8])
    print(n, flush=True)
    n += 1
"""


def test_a_killed_writer_loses_nothing_committed_and_leaves_nothing_half_done(tmp_path):
    path = tmp_path / "index.db"
    child = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
    try:
        last = [int(child.stdout.readline()) for _ in range(40)][-1]
        child.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        last = max([last, *map(int, child.stdout.read().split())])
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
    with Store.open(path, readonly=True) as reader:
        assert reader.counts().files > last
    with Store.open(path) as store:
        rows = known_files(store, "/library")
        assert all(rows[f"/library/{n}.pdf"].state == "done" for n in range(last + 1))
        counts = store.counts()
        done = sum(row.state == "done" for row in rows.values())
        assert counts.segments == counts.vectors == 8 * done
        for row in store.next_pending(10):
            assert store.begin(row.id), "one crash is forgiven"
        with store._database.read() as connection:
            assert connection.execute("PRAGMA integrity_check").get == "ok"


def test_readers_and_a_writer_never_wait_for_each_other(tmp_path, seen, vectors):
    path = tmp_path / "index.db"
    writer = Store.open(path)
    writer.add_folder("/library")
    space = writer.space("tiny", 64, "first")
    stop, errors, reads = threading.Event(), [], [0, 0]

    def read(which):
        try:
            with Store.open(path, readonly=True) as reader:
                while not stop.is_set():
                    ids, _ = reader.lookup.nearest(space, vectors(1)[0], 20)
                    found = reader.lookup.segments_by_id(ids.tolist())
                    assert len(found) == len(ids)
                    reader.lookup.word_matches("text_word", ["words"], True, 10)
                    counts = reader.counts()
                    assert counts.segments == counts.vectors
                    reads[which] += 1
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=read, args=(which,)) for which in range(2)]
    for thread in threads:
        thread.start()
    for n in range(200):
        id = writer.add_file(seen(f"/library/{n}.txt"))
        writer.add_content(
            id, str(n), ItemRow("document"), [SegmentRow("text", f"words {n}")] * 3, vectors(3, seed=n)
        )
    stop.set()
    for thread in threads:
        thread.join()
    writer.close()
    assert errors == []
    assert min(reads) > 0


def test_threads_take_turns_on_one_store(store, seen):
    def write(thread):
        for n in range(20):
            with store.transaction():
                store.add_file(seen(f"/library/{thread}-{n}.jpg"))
                store.counts()

    threads = [threading.Thread(target=write, args=(thread,)) for thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(known_files(store, "/library")) == 80
