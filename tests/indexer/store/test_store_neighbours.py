"""The whole search path against plain numpy, whatever is asked and however the index came to be."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import apsw
import numpy as np
import pytest
import sqlite_vec
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.kinds import KINDS
from indexer.store import codes, neighbours, scan
from indexer.store.coarse import BLOCK_CHUNKS, CHUNK, Mirror
from indexer.store.filters import Filters
from indexer.store.rows import ItemRow, SegmentRow
from indexer.store.store import Store
from indexer.store.vectors import Form

DAY = datetime(2024, 5, 1)
CAMERAS = (None, "Canon EOS R5", "NIKON Z 6")
DEEP = 4 * CHUNK
FOLDERS = ("/library/a", "/library/a/b", "/library/ab")


@dataclass(frozen=True)
class Seen:
    path: str
    size: int
    mtime_ns: int = 1
    device: int = 1
    inode: int = 1


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """600 files in every combination, their vectors beside them; file, content and segment ids are equal."""
    made = np.random.default_rng(5).standard_normal((600, 64)).astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    files = []
    path: Path = tmp_path_factory.mktemp("library") / "index.db"
    with Store.open(path) as store, store.transaction():
        store.add_folder("/library")
        store.space("tiny", 64, "first")
        for n in range(600):
            kind = KINDS[n % 4]
            file = (
                f"{FOLDERS[n % 3]}/{n}.{('jpg', 'png', 'mp4', 'pdf', 'jpg')[n % 5]}",
                kind,
                n * 100,
                DAY + timedelta(hours=n),
                CAMERAS[n % 7 % 3],
                float(n % 11) if kind == "video" else None,
            )
            files.append(file)
            id = store.add_file(Seen(file[0], file[2]))
            item = ItemRow(kind, duration_s=file[5], taken=file[3].isoformat(), camera=file[4])
            store.add_content(id, str(n), item, [SegmentRow("image")], made[n : n + 1])
    with Store.open(path, readonly=True) as store:
        yield store, files, made


def plain(depth=1):
    """Filters, some of them nested."""
    optional = lambda values: st.none() | values  # noqa: E731
    moments = st.integers(0, 620).map(lambda hours: DAY + timedelta(hours=hours))
    return st.builds(
        Filters,
        kinds=st.lists(st.sampled_from(KINDS), max_size=2, unique=True).map(tuple),
        extensions=st.lists(st.sampled_from(["jpg", "png", "mp4", "xyz"]), max_size=2).map(tuple),
        folders=st.lists(st.sampled_from([*FOLDERS, "/elsewhere"]), max_size=2).map(tuple),
        after=optional(moments),
        before=optional(moments),
        minimum_size=optional(st.integers(0, 60_000)),
        maximum_size=optional(st.integers(0, 60_000)),
        minimum_duration_s=optional(st.integers(0, 12)),
        cameras=st.lists(st.sampled_from(["canon", "nikon z", "leica"]), max_size=2).map(tuple),
        excluded=st.lists(plain(depth - 1), max_size=2).map(tuple) if depth else st.just(()),
    )


def fits(file, filters):
    """The same said plainly."""
    path, kind, size, moment, camera, duration = file
    return (
        (not filters.kinds or kind in filters.kinds)
        and (not filters.extensions or path.rpartition(".")[2] in filters.extensions)
        and (not filters.folders or any(path.startswith(folder + "/") for folder in filters.folders))
        and (filters.after is None or moment >= filters.after)
        and (filters.before is None or moment < filters.before)
        and (filters.minimum_size is None or size >= filters.minimum_size)
        and (filters.maximum_size is None or size <= filters.maximum_size)
        and (
            filters.minimum_duration_s is None
            or (duration is not None and duration >= filters.minimum_duration_s)
        )
        and (not filters.cameras or any(part in (camera or "").lower() for part in filters.cameras))
        and not any(fits(file, one) for one in filters.excluded)
    )


@settings(max_examples=60, deadline=None)
@given(plain(), st.integers(0, 2**32 - 1), st.sampled_from([1, 7, 1000]), st.booleans())
def test_any_filters_and_query_agree_with_numpy(library, filters, seed, k, exact):
    """Where few are compared exactly, and where the coarse codes have to choose."""
    store, files, made = library
    query = np.random.default_rng(seed).standard_normal(64).astype(np.float32)
    query /= np.linalg.norm(query)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neighbours, "EXACT", 1000 if exact else 20)
        ids, scores = store.lookup.nearest(store.find_space("tiny", 64, "first"), query, k, filters)
    true = made @ query
    assert np.all(np.diff(scores) <= 0)
    np.testing.assert_allclose(scores, true[ids - 1], atol=1e-3)
    for kind in KINDS:
        mine = [id - 1 for id in ids.tolist() if files[id - 1][1] == kind]
        fitting = [n for n, file in enumerate(files) if file[1] == kind and fits(file, filters)]
        assert set(mine) <= set(fitting), "every hit obeys"
        assert len(mine) == min(k, len(fitting)), "k come back where k exist"
        if exact and mine:
            best = np.sort(true[fitting])[::-1][: len(mine)]
            assert true[mine].min() >= best.min() - 1e-3


@pytest.mark.parametrize("deleted", ["none", "some", "whole chunks"])
def test_a_reader_follows_what_a_writer_does(tmp_path, seen, vectors, deleted):
    """Codes in several chunks and blocks are added and deleted while a reader looks on."""
    count = 3 * CHUNK + 100
    made = vectors(count, 64, seed=1)
    with Store.open(tmp_path / "index.db") as writer:
        space = writer.space("tiny", 64, "first")
        with Store.open(tmp_path / "index.db", readonly=True) as reader:
            reader.lookup.prepare()
            for start in range(0, count, 500):
                id = writer.add_file(seen(f"/library/{start}"))
                part = made[start : start + 500]
                writer.add_content(id, str(start), ItemRow("photo"), [SegmentRow("image")] * len(part), part)
                query = part[-1]
                assert reader.lookup.nearest(space, query, 1)[0].tolist() == [start + len(part)]
            gone = {"none": [], "some": [1000, 2500], "whole chunks": range(0, 2500, 500)}[deleted]
            writer.remove_files([writer.file(f"/library/{start}").id for start in gone])
            writer.orphan_contents()
            left = [n for n in range(count) if n // 500 * 500 not in gone]
            assert sorted(reader.lookup.nearest(space, made[-1], DEEP)[0] - 1) == left
            again = writer.add_file(seen("/library/again"))
            writer.add_content(again, "again", ItemRow("video"), [SegmentRow("clip")], made[:1])
            assert reader.lookup.nearest(space, made[0], 1, Filters(kinds=("video",)))[0].tolist() == [
                count + 1
            ]
            writer.tidy()
            assert set(reader.lookup.nearest(space, made[-1], DEEP)[0]) >= {count + 1}


def test_memory_holds_what_sqlite_vec_holds(library, tmp_path):
    """Each code, id and content, read from the chunks and by sqlite-vec's own query."""
    store, _, _ = library
    with store._database.read() as connection:
        mirror = Mirror(1, 64)
        mirror.refresh(connection)
        for kind in KINDS:
            rows = connection.execute(
                "SELECT rowid, content, code FROM coarse_1_1 WHERE kind = ? ORDER BY rowid", (kind,)
            ).fetchall()
            [block] = mirror._blocks(kind)
            live = block.ids > 0
            assert block.ids[live].tolist() == [id for id, _, _ in rows]
            assert block.contents[live].tolist() == [content for _, content, _ in rows]
            held = np.concatenate((block.first, block.rest), axis=1)
            assert held[live].tobytes() == b"".join(code for _, _, code in rows)
            assert len(block.ids) == BLOCK_CHUNKS * CHUNK


def test_memory_follows_a_sharper_vector_of_the_same_segment(store, seen, vectors):
    """sqlite-vec puts it where the one before was, under the same number."""
    made = vectors(3, 64, seed=6)
    other = store.add_file(seen("/library/other"))
    store.add_content(other, "other", ItemRow("photo"), [SegmentRow("image")], made[:1])
    id = store.add_file(seen("/library/a"))
    content = store.add_content(id, "a", ItemRow("photo"), [SegmentRow("image")] * 2, made[:2])
    store.sharp.mark_quick(content)
    [blurred] = store.sharp.next(1)
    mirror = Mirror(blurred.space, 64)
    with store._database.read() as connection:
        mirror.refresh(connection)
    store.sharp.replace(blurred, made[1:])
    with store._database.read() as connection:
        mirror.refresh(connection)
    [block] = mirror._blocks("photo")
    held = np.concatenate((block.first, block.rest), axis=1)[block.live]
    assert held.tobytes() == codes.coarse(made).tobytes()


def test_distances_are_those_of_sqlite_vec(library):
    """One plane alone is the Hamming distance that a vec0 query orders by."""
    store, _, made = library
    code = codes.coarse(made[:1])
    with store._database.read() as connection:
        found = dict(
            connection.execute(
                "SELECT rowid, distance FROM coarse_1_1 WHERE code MATCH vec_bit(?) AND k = 600",
                (code.tobytes(),),
            ).fetchall()
        )
    mine = scan.distances([(codes.coarse(made).view(np.uint64), np.ones(600, bool))], code.view(np.uint64))
    assert {n + 1: int(distance) for n, distance in enumerate(mine)} == found


@pytest.mark.parametrize("words", [16, 17, 20, 32])
def test_the_compiled_scan_counts_as_numpy_does(words):
    random = np.random.default_rng(words)
    planes = random.integers(0, 2**64, (codes.PLANES, words), np.uint64)
    scan.make_ready(*planes.shape)
    kernel = scan._compiled[planes.shape]
    assert kernel is not scan.with_numpy
    for rows in (0, 1, 7, 50):
        block = random.integers(0, 2**64, (rows, words), np.uint64)
        mask = random.random(rows) < 0.7
        one, other = np.empty(rows, np.uint16), np.empty(rows, np.uint16)
        kernel(block, planes, mask, one)
        scan.with_numpy(block, planes, mask, other)
        assert one.tolist() == other.tolist()
        assert np.all(one[~mask] == scan.FAR)


@pytest.mark.parametrize("dimension", [1, 3, 64, 100, 768, 2048])
def test_the_rotation_keeps_lengths_and_angles(vectors, dimension):
    made = vectors(4, dimension, seed=2)
    turned = codes.rotated(made)
    np.testing.assert_allclose(turned @ turned.T, made @ made.T, atol=1e-5)


@pytest.mark.parametrize(("precision", "error"), [("float16", 1e-4), ("int8", 2e-3)])
@pytest.mark.parametrize("dimension", [100, 2048])
def test_fine_codes_keep_cosines(vectors, precision, error, dimension):
    made = vectors(20, dimension, seed=3)
    made[0] = np.eye(1, dimension)[0]
    found = codes.similarities(codes.fine(made, precision), made[1], precision)
    np.testing.assert_allclose(found, made @ made[1], atol=error)


@pytest.mark.parametrize("form", [Form(24, "int8"), Form(64, "float16"), Form(33, "int8")])
def test_the_form_is_chosen_per_index_and_stays(tmp_path, seen, vectors, form):
    made = vectors(30, 64, seed=4)
    path = tmp_path / "index.db"
    with Store.open(path) as store:
        space = store.space("tiny", 64, "first", form)
        id = store.add_file(seen("/library/a"))
        store.add_content(id, "a", ItemRow("photo"), [SegmentRow("image")] * 30, made)
    short = made[:, : form.kept] / np.linalg.norm(made[:, : form.kept], axis=1, keepdims=True)
    with Store.open(path) as store:
        assert store.space("tiny", 64, "first") == space
        ids, scores = store.lookup.nearest(space, made[7], 5)
        assert ids[0] == 8
        np.testing.assert_allclose(scores, (short @ short[7])[ids - 1], atol=0.02)


def test_a_form_that_cannot_be(tmp_path):
    with Store.open(tmp_path / "index.db") as store, pytest.raises(ValueError, match="cannot be kept"):
        store.space("tiny", 64, "first", Form(65, "int8"))


def test_an_index_without_vectors_takes_the_form_that_is_asked_for(store, seen, vectors):
    first, half = store.space("tiny", 64, "first"), Form.of(64, "half")
    second = store.space("tiny", 64, "first", half)
    assert second != first
    assert store.space("tiny", 64, "first") == second, "asked for last"
    id = store.add_file(seen("/library/a"))
    store.add_content(id, "a", ItemRow("photo"), [SegmentRow("image")], vectors(1))
    assert store.space("tiny", 64, "first", Form.of(64)) == second, "what is there stays as it is"


def test_forms_for_a_wish():
    assert [Form.of(2048, wish) for wish in ("exact", "whole", "half", "quarter")] == [
        Form(2048, "float16"),
        Form(2048, "int8"),
        Form(1024, "int8"),
        Form(512, "int8"),
    ]
    assert Form.of(256, "quarter") == Form(64, "float16"), "too few for int8"


def test_the_version_of_sqlite_vec_whose_chunks_are_read():
    connection = apsw.Connection(":memory:")
    connection.enable_load_extension(True)
    connection.load_extension(sqlite_vec.loadable_path())
    connection.execute(
        "CREATE VIRTUAL TABLE t USING vec0(kind TEXT PARTITION KEY, content INTEGER, code BIT[64])"
    )
    columns = {
        table: [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
        for table in ("t_chunks", "t_vector_chunks00", "t_metadatachunks00", "t_rowids")
    }
    connection.close()
    assert columns == {
        "t_chunks": ["chunk_id", "size", "sequence_id", "partition00", "validity", "rowids"],
        "t_vector_chunks00": ["rowid", "vectors"],
        "t_metadatachunks00": ["rowid", "data"],
        "t_rowids": ["rowid", "id", "chunk_id", "chunk_offset"],
    }
