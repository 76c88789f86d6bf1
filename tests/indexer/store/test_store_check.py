import apsw
import pytest

from indexer import upkeep
from indexer.errors import UserError
from indexer.messages.search_messages import Search
from indexer.paths import Paths
from indexer.store.repair import repair
from indexer.store.rows import ItemRow, SegmentRow
from indexer.store.store import Store
from tests.known_files import known_files


@pytest.fixture
def filled(store, seen, vectors):
    for n in range(3):
        id = store.add_file(seen(f"/library/{n}.txt"))
        store.add_content(
            id, str(n), ItemRow("document"), [SegmentRow("text", f"words {n}")], vectors(1, seed=n)
        )
    return store


def test_a_sound_index(filled):
    assert filled.check() == []
    filled.remove_files([1])
    filled.orphan_contents()
    filled.tidy()
    assert filled.check() == []


DAMAGES = [
    ("DELETE FROM fine_1 WHERE segment_id = 1", "1 segments are without a vector"),
    ("DELETE FROM coarse_1_1 WHERE rowid = 2", "1 vectors of space 1 are without a coarse code"),
    ("UPDATE fine_1 SET code = x'00' WHERE segment_id = 3", "1 vectors of space 1 are not 128 bytes"),
    ("DELETE FROM content WHERE id = 2", "1 files say they are in the index"),
    ("DELETE FROM folder", "3 files belong to a folder that is not there"),
    ("DELETE FROM segment WHERE id = 2", "1 vectors of space 1 are of a segment that is not there"),
    ("UPDATE file SET content_id = NULL WHERE id = 1", "1 files say they are in the index"),
    ("DELETE FROM name_word WHERE rowid = 2", "1 file names cannot be searched"),
    ("DELETE FROM text_word WHERE rowid = 2", "1 texts cannot be searched"),
    (
        "INSERT INTO text_word (rowid, text, ocr, about) VALUES (77, 'ghosts', '', '')",
        "1 texts are searched that are not there",
    ),
    ("DELETE FROM file WHERE id = 1", "1 file names are searched that are not there"),
    ("UPDATE text_word_data SET block = zeroblob(40) WHERE id > 100", "SQLite: "),
]


@pytest.mark.parametrize(("damage", "finding"), DAMAGES)
def test_parts_that_disagree_are_told_and_mended(filled, damage, finding, vectors):
    with filled._database.alone() as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(damage)
        connection.execute("PRAGMA foreign_keys = ON")
    assert any(finding in sentence for sentence in filled.check())
    path = filled._database.path
    filled.close()
    assert repair(path) is None, "no new index is needed"
    with Store.open(path) as store:
        assert store.check() == []
        waiting = [row for row in known_files(store, "/library").values() if row.state == "pending"]
        counts = store.counts()
        assert len(waiting) <= 1
        assert counts.segments == counts.vectors == len(found(store, "text_word", "words"))
        assert set(found(store, "name_word", "txt")) == {row.id for row in known_files(store, "/").values()}
        space = store.space("tiny", 64, "first")
        ids, scores = store.lookup.nearest(space, vectors(1, seed=0)[0], 1)
        assert scores[0] == pytest.approx(1, abs=1e-3) or 1 not in ids, "the rest is found as before"


def found(store, table, word):
    return [id for id, _ in store.lookup.word_matches(table, [word], True, 100)]


def test_what_is_readable_of_a_damaged_file_is_saved(tmp_path, seen, vectors, monkeypatch):
    """Pages in the middle of tables are overwritten; a disk does that."""
    path = tmp_path / "index.db"
    with Store.open(path) as store:
        store.add_folder("/library")
        store.space("tiny", 64, "first")
        with store.transaction():
            for n in range(600):
                id = store.add_file(seen(f"/library/{n}.txt"))
                row = SegmentRow("text", f"words {n} " * 30)
                store.add_content(id, f"{n:032x}", ItemRow("document"), [row], vectors(1, seed=n))
        store.saved.save("boats", Search(1, "boat"), standing=False)
        with store._database.read() as connection:
            wide = connection.execute(
                "SELECT max(pageno) FROM dbstat WHERE name = 'segment' AND pagetype = 'leaf'"
            ).get
    with path.open("r+b") as file:
        file.seek((wide - 1) * 16384)
        file.write(b"\xa5" * 16384)
    with Store.open(path) as store:
        try:
            sentences = store.check()
        except UserError as error:
            sentences = [str(error)]
    assert any("SQLite" in told or "check --repair" in told for told in sentences)
    before = path.read_bytes()

    def full(old, new):
        raise apsw.FullError("no more")

    with monkeypatch.context() as patch:
        patch.setattr("indexer.store.repair._copy", full)
        with pytest.raises(UserError, match="no room"):
            repair(path)
    assert [file.name for file in tmp_path.iterdir() if ".new" in file.name] == []
    kept = repair(path)
    assert kept is not None
    assert kept.read_bytes() == before, "the damaged one is still there"
    with Store.open(path) as store:
        store.scrub()
    assert not kept.exists(), "what is to be forgotten was in it, too"
    with Store.open(path) as store:
        assert store.check() == []
        counts = store.counts()
        assert counts.files == 600
        assert 500 < counts.vectors < 600
        assert counts.pending == 600 - counts.vectors, "what is lost is read again"
        assert [saved.name for saved in store.saved.all()] == ["boats"]
        assert [row.path for row in store.folders()] == ["/library"]
        assert len(found(store, "name_word", "599")) == 1
        store.space("tiny", 64, "first")


def test_an_index_beyond_mending_says_so(tmp_path, filled):
    path = filled._database.path
    filled.close()
    whole = bytearray(path.read_bytes())
    whole[100:16384] = b"\xa5" * (16384 - 100)  # the schema
    path.write_bytes(whole)
    with pytest.raises(UserError, match="bring back a backup") as told:
        repair(path)
    assert "--repair" not in str(told.value), "that is what was tried"
    assert path.read_bytes() == whole
    assert [file.name for file in tmp_path.iterdir() if ".new" in file.name] == []


def test_thumbnails_of_nothing_are_told_and_go(tmp_path):
    paths = Paths(tmp_path / "data").create()
    Store.open(paths.database).close()
    assert upkeep.check(paths) == []
    lost = paths.cache / "ab" / ("ab" * 16)
    lost.mkdir(parents=True)
    (lost / "thumbnail.jpg").write_bytes(b"x")
    (paths.cache / "ab" / "notes").mkdir()
    assert "1 files in the cache" in upkeep.check(paths)[0]
    assert upkeep.repair(paths) is None
    assert upkeep.check(paths) == []
    assert not lost.exists()
    assert (paths.cache / "ab" / "notes").exists(), "what is not ours stays"
