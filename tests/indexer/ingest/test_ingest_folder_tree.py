"""Which folder is where, told late and in any order."""

from indexer.ingest.watching.folder_tree import FolderTree


def test_a_folder_takes_along_what_is_in_it() -> None:
    tree = FolderTree(1, "/p")
    assert tree.put(2, 1, "a")
    assert tree.put(3, 2, "b")
    assert tree.path(3) == "/p/a/b"
    assert tree.put(4, 1, "c")
    assert tree.put(2, 4, "d")
    assert (tree.path(3), tree.child(1, "a")) == ("/p/c/d/b", None)


def test_what_has_lost_its_place_is_nowhere_until_it_gets_one() -> None:
    tree = FolderTree(1, "/p")
    tree.put(2, 1, "a")
    tree.put(3, 2, "b")
    tree.empty(1, "a")
    assert tree.path(2) is tree.path(3) is None
    assert sorted(tree.all()) == [1, 2, 3]
    tree.put(4, 1, "a")
    assert (tree.path(4), tree.path(3)) == ("/p/a", None)
    tree.put(2, 4, "again")
    assert tree.path(3) == "/p/a/again/b"


def test_what_is_put_in_a_place_is_there_instead_of_what_was() -> None:
    tree = FolderTree(1, "/")
    tree.put(2, 1, "a")
    tree.put(3, 1, "a")
    assert (tree.path(2), tree.path(3), tree.child(1, "a")) == (None, "/a", 3)
    tree.forget(3)
    assert tree.child(1, "a") is None
    assert tree.all() == [1, 2]


def test_a_folder_that_shows_itself_inside_is_not_put_there() -> None:
    tree = FolderTree(1, "/p")
    tree.put(2, 1, "a")
    tree.put(3, 2, "b")
    assert not tree.put(2, 3, "c")
    assert not tree.put(1, 3, "c")
    assert not tree.put(3, 3, "c")
    assert tree.path(3) == "/p/a/b"
