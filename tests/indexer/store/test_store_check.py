import pytest

from indexer.store.rows import ItemRow, SegmentRow


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


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        ("DELETE FROM fine_1 WHERE segment_id = 1", "1 segments without a vector"),
        ("DELETE FROM coarse_1_1 WHERE rowid = 2", "1 vectors without a coarse code"),
        ("UPDATE fine_1 SET code = x'00' WHERE segment_id = 3", "1 vectors that are not 128 bytes"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM content WHERE id = 2", "points to a row of content"),
        ("UPDATE text_word_data SET block = zeroblob(40) WHERE id > 100", "corruption found reading blob"),
    ],
)
def test_parts_that_disagree_are_told(filled, damage, finding):
    with filled._database.alone() as connection:
        connection.execute(damage)
    assert any(finding in sentence for sentence in filled.check())
