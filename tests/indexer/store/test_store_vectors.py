import apsw
import numpy as np
import pytest

from indexer.errors import UserError
from indexer.kinds import KINDS
from indexer.store import codes, neighbours
from indexer.store import vectors as store_vectors
from indexer.store.filters import Filters
from indexer.store.rows import ItemRow, SegmentRow
from indexer.store.store import Store
from tests.known_files import known_files


@pytest.fixture
def filled(store, seen, vectors):
    """2,000 vectors, 500 of each kind, in clusters; segment ids count from 1 in the order of the rows."""
    centres = vectors(40, seed=1)
    made = centres[np.random.default_rng(2).integers(0, 40, 2000)] + 0.7 * vectors(2000, seed=3)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    with store.transaction():
        for n in range(20):
            id = store.add_file(seen(f"/library/{n}"))
            rows = [SegmentRow("image")] * 100
            store.add_content(id, str(n), ItemRow(KINDS[n % 4]), rows, made[100 * n : 100 * n + 100])
    return store, made


def kind_of(ids):
    return (np.asarray(ids) - 1) // 100 % 4


@pytest.mark.parametrize("coarse", [False, True])
@pytest.mark.parametrize("kinds", [(), ("photo",), ("screenshot", "video")])
def test_nearest_agrees_with_numpy(filled, vectors, monkeypatch, coarse, kinds):
    store, made = filled
    if coarse:
        monkeypatch.setattr(neighbours, "EXACT", 300)
    space = store.find_space("tiny", 64, "first")
    found = expected = 0
    for query in np.concatenate([made[:3], vectors(3, seed=4)]):
        ids, scores = store.lookup.nearest(space, query, 50, Filters(kinds=kinds))
        assert np.all(np.diff(scores) <= 0)
        np.testing.assert_allclose(scores, (made @ query)[ids - 1], atol=1e-3)
        for kind in kinds or KINDS:
            mine = ids[kind_of(ids) == KINDS.index(kind)]
            assert len(mine) == 50, "k come back of each kind where k exist"
            true = (
                np.argsort(-np.where(kind_of(np.arange(1, 2001)) == KINDS.index(kind), made @ query, -2))[:50]
                + 1
            )
            found += len(set(mine) & set(true))
            expected += 50
            if not coarse:
                # exact but for float16: nothing clearly better was left out
                assert (made @ query)[mine - 1].min() >= (made @ query)[true - 1].min() - 1e-3
    assert found >= 0.99 * expected


def test_asking_for_more_than_there_are_gives_all(filled, monkeypatch):
    store, made = filled
    space = store.find_space("tiny", 64, "first")
    assert len(store.lookup.nearest(space, made[0], 5000)[0]) == 2000
    monkeypatch.setattr(neighbours, "EXACT", 300)
    assert len(store.lookup.nearest(space, made[0], 5000)[0]) == 2000


def test_an_empty_index_has_no_neighbours(store, vectors):
    space = store.find_space("tiny", 64, "first")
    ids, scores = store.lookup.nearest(space, vectors(1)[0], 10)
    assert (len(ids), len(scores)) == (0, 0)


def test_rebuilding_after_deletions_changes_no_answer(filled, monkeypatch):
    store, made = filled
    monkeypatch.setattr(neighbours, "EXACT", 300)
    space = store.find_space("tiny", 64, "first")
    store.remove_files(
        [row.id for row in known_files(store, "/library").values() if int(row.path[9:]) % 3 == 0]
    )
    store.orphan_contents()
    before = store.lookup.nearest(space, made[150], 30)[0]
    store.tidy()
    after = store.lookup.nearest(space, made[150], 30)[0]
    assert set(before) == set(after)
    assert ((after - 1) // 100 % 3 != 0).all()
    store.tidy()


def test_the_coarse_code_is_the_same_for_ever():
    code = codes.coarse((np.arange(72, dtype=np.float32).reshape(3, 24) * 7) % 11 - 5)
    assert code.shape == (3, 256)
    assert code[:, :8].tobytes().hex() == CODE


CODE = "a32c4a3368dbdf895f1dcd90f6240ab04a03376cd68ca147"


@pytest.mark.parametrize(
    ("embedder", "dimension", "preparation"),
    [("other", 64, "first"), ("tiny", 32, "first"), ("tiny", 64, "second")],
)
def test_vectors_of_another_making_are_refused(store, seen, vectors, embedder, dimension, preparation):
    id = store.add_file(seen("/library/a.jpg"))
    store.add_content(id, "hash", ItemRow("photo"), [SegmentRow("image")], vectors(1))
    for ask in (store.space, store.find_space):
        with pytest.raises(UserError, match="sightline models use"):
            ask(embedder, dimension, preparation)
    assert store.counts().vectors == 1


def test_a_space_without_vectors_gives_way(store):
    assert store.find_space("other", 32, "first") is None
    space = store.space("other", 32, "first")
    assert store.find_space("other", 32, "first") == space
    assert store.find_space("tiny", 64, "first") is None


@pytest.mark.parametrize("query", [np.full(64, np.nan), np.zeros(63), np.zeros((1, 64)), np.full(64, np.inf)])
def test_a_query_that_is_no_vector_is_a_mistake_and_not_an_answer(filled, query):
    store, _ = filled
    space = store.find_space("tiny", 64, "first")
    with pytest.raises(ValueError, match="does not fit 64 components, or is not finite"):
        store.lookup.nearest(space, query.astype(np.float32), 5)
    with pytest.raises(ValueError, match="does not fit 64 components, or is not finite"):
        store.lookup.similarities(space, query.astype(np.float32), [1])


def test_vectors_need_a_space(tmp_path, seen, vectors):
    with Store.open(tmp_path / "index.db") as store:
        id = store.add_file(seen("/library/a.jpg"))
        with pytest.raises(ValueError, match="space"):
            store.add_content(id, "hash", ItemRow("photo"), [SegmentRow("image")], vectors(1))


@pytest.mark.parametrize("precision", ["float16", "int8"])
@pytest.mark.parametrize("dimension", [160, 1000, 2048])
def test_a_fine_code_gives_its_vector_back(precision, dimension):
    given = np.random.default_rng(3).standard_normal((20, dimension)).astype(np.float32)
    given /= np.linalg.norm(given, axis=1, keepdims=True)
    again = codes.restored(codes.fine(given, precision), precision)
    assert (again * given).sum(axis=1).min() > 0.998


def test_counting_vectors_reads_none_of_them(store, seen, vectors):
    id, many = store.add_file(seen("/library/a.mbox")), 3000
    store.add_content(id, "a", ItemRow("document"), [SegmentRow("text")] * many, vectors(many))
    with store._database.read() as connection:

        def pages() -> int:
            looked = (apsw.SQLITE_DBSTATUS_CACHE_HIT, apsw.SQLITE_DBSTATUS_CACHE_MISS)
            return sum(connection.status(which)[0] for which in looked)

        before = pages()
        assert store_vectors.count(connection, 1) == many
        assert pages() - before < 15, "the vectors themselves fill 25"
