"""What a person keeps out of the index: at once, for good, and by rules whose effect is shown before."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import engine_samples
import numpy as np
import pytest
from engine_process import wait_until

from indexer.disk import walking
from indexer.disk.library import Library
from indexer.disk.reconcile import NOT_CONNECTED, Reconciler
from indexer.disk.scoping import Scoping, count
from indexer.errors import UserError
from indexer.ingest import scan
from indexer.ingest.items import IN_CLOUD
from indexer.ingest.scope import IGNORE_FILE
from indexer.ingest.thumbnails import PreviewCache
from indexer.messages.library_messages import FolderCount, Rules
from indexer.store.rows import ItemRow, LineRow, SegmentRow
from indexer.store.store import Store
from indexer.work.work_queue import WorkQueue
from tests.known_files import known_files

PHRASE = "Rosebud hieroglyphics"


class Desk:
    """A folder of files with an index that was brought up to date."""

    def __init__(self, root: Path, store: Store) -> None:
        self.folder = root / "p"
        self.store = store
        self.cache = PreviewCache(root / "cache")
        self.own = str(root / "data")
        self.reconciler = Reconciler(store, self.own)
        self.scoping = Scoping(store, self.cache, self.own, self._changed)
        store.add_folder(str(self.folder))
        store.space("tiny", 64, "test")

    def _changed(self, taken_out: Sequence[str]) -> None:
        self.reconciler.reload()
        self.store.scrub()
        if not taken_out:
            self.look()

    def look(self) -> None:
        self.reconciler.folder(str(self.folder), lambda found: None)

    def read(self, side: int = 100) -> None:
        """Give everything that waits a content of its own."""
        for row in self.store.next_pending(1000):
            digest = f"{row.id:040x}"
            segments = [SegmentRow("page", f"{PHRASE} of {Path(row.path).name}", legible=True)]
            vector = np.random.default_rng(row.id).standard_normal((1, 64)).astype(np.float32)
            vector /= np.linalg.norm(vector)
            item = ItemRow("photo", side, 2 * side, about=f"about {PHRASE}")
            content = self.store.add_content(row.id, digest, item, segments, vector)
            [segment] = self.store.lookup.segments_of(content)
            self.store.add_lines(segment.id, [LineRow(f"read: {PHRASE}", engine_box())])
            path = self.cache.thumbnail(digest)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"jpeg")

    @property
    def names(self) -> set[str]:
        known = known_files(self.store, str(self.folder))
        return {Path(path).relative_to(self.folder).as_posix() for path in known}


def engine_box():
    from indexer.messages.item_messages import Box

    return Box(0, 0, 1, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "index.db") as opened:
        yield opened


@pytest.fixture
def desk(tmp_path: Path, store: Store) -> Desk:
    for number, name in enumerate(("a.png", "b.png", "secret/Xanadu-1.png", "secret/Xanadu-2.png")):
        engine_samples.picture(tmp_path / "p" / name, number)
    made = Desk(tmp_path, store)
    made.look()
    made.read()
    return made


def raw(store: Store) -> bytes:
    path = store._database.path
    return b"".join(file.read_bytes() for file in path.parent.glob("index.db*"))


@pytest.mark.parametrize("way", ["exclude", "forget"])
def test_what_is_taken_out_leaves_no_trace(desk, store, tmp_path, way):
    rows = known_files(store, str(desk.folder / "secret"))
    with store._database.read() as connection:
        codes = [
            code
            for (code,) in connection.execute(
                "SELECT code FROM fine_1 JOIN segment ON segment.id = segment_id "
                "JOIN file ON file.content_id = segment.content_id WHERE path LIKE '%Xanadu%'"
            ).fetchall()
        ]
    before = raw(store)
    needles = [PHRASE.encode(), b"Xanadu-1.png", *codes]
    assert all(needle in before for needle in [*needles, b"xan"])
    (desk.scoping.exclude if way == "exclude" else desk.scoping.forget)([str(desk.folder / "secret")])
    assert desk.names == {"a.png", "b.png"}
    assert store.counts().vectors == 2
    assert not any(desk.cache.thumbnail(row.content_hash).exists() for row in rows.values())
    assert len(store.lookup.word_matches("text_word", ["hieroglyphics"], True, 10)) == 2
    assert store.lookup.word_matches("name_word", ["xanadu"], True, 10) == []
    after = raw(store)
    assert not any(needle in after for needle in needles[1:]), "overwritten, not only unlinked"
    assert b"xan" not in after, "not even in the word indexes"
    assert store.check() == []
    desk.look()
    desk.reconciler.paths({str(desk.folder / "secret")}, lambda found: None)
    assert desk.names == {"a.png", "b.png"}, "and stays out"


def test_what_is_excluded_while_its_folder_is_looked_through_stays_out(desk, monkeypatch):
    secret = str(desk.folder / "secret")
    looked: list[int] = []

    def walk(*arguments):
        entries = list(scan.walk(*arguments))
        looked.append(len(entries))
        if len(looked) == 1:
            desk.scoping.exclude([secret])
        return iter(entries)

    monkeypatch.setattr(walking, "walk", walk)
    desk.look()
    assert desk.names == {"a.png", "b.png"}
    assert looked == [4, 2], "begun anew, as others may have been seen by the former rules, too"


def test_a_content_that_others_have_stays(desk, store):
    twin = engine_samples.picture(desk.folder / "twin.png", 2)
    desk.look()
    content = store.content(store.file(str(desk.folder / "secret/Xanadu-1.png")).content_hash)
    store.link(store.file(str(twin)).id, content)
    desk.scoping.exclude([str(desk.folder / "secret")])
    assert store.counts().vectors == 3
    assert store.file(str(twin)).content_hash


def test_a_folder_around_a_watched_one_cannot_be_taken_out(desk):
    """The watched one would come back with the next look."""
    with pytest.raises(UserError, match=f"holds the indexed folder {desk.folder}"):
        desk.scoping.exclude([str(desk.folder.parent)])
    assert len(desk.names) == 4


def test_excluded_files_come_back_when_they_are_included(desk):
    path = str(desk.folder / "secret" / "Xanadu-1.png")
    desk.scoping.exclude([path, path])
    assert desk.scoping.excluded() == (path,)
    os.utime(path)
    desk.look()
    assert "secret/Xanadu-1.png" not in desk.names
    desk.scoping.include([path])
    assert desk.scoping.excluded() == ()
    assert "secret/Xanadu-1.png" in desk.names
    with pytest.raises(UserError, match="remove it from the list"):
        desk.scoping.exclude([str(desk.folder)])


def test_an_excluded_folder_that_is_watched_for_itself_is_excluded_no_longer(desk, store):
    folder = str(desk.folder / "secret")
    desk.scoping.exclude([folder])
    store.add_folder(folder)
    assert desk.scoping.excluded() == ()
    desk.reconciler.folder(folder, lambda found: None)
    assert "secret/Xanadu-1.png" in desk.names


def test_a_forgotten_file_comes_back_when_it_changes(desk):
    path = desk.folder / "secret" / "Xanadu-1.png"
    desk.scoping.forget([str(desk.folder / "secret")])
    engine_samples.picture(path, 77)
    desk.reconciler.paths({str(path), str(path.with_name("Xanadu-2.png"))}, lambda found: None)
    assert desk.names == {"a.png", "b.png", "secret/Xanadu-1.png"}


def test_what_is_forgotten_stays_out_whichever_of_two_folders_is_watched(desk, store):
    inner = desk.folder / "secret"
    desk.scoping.forget([str(inner / "Xanadu-1.png")])
    store.add_folder(str(inner))
    desk.reconciler.folder(str(inner), lambda found: None)
    assert desk.names == {"a.png", "b.png", "secret/Xanadu-2.png"}
    desk.scoping.forget([str(inner / "Xanadu-2.png")])
    desk.look()
    assert desk.names == {"a.png", "b.png"}
    store.remove_folder(str(inner))
    desk.look()
    assert desk.names == {"a.png", "b.png"}


def test_in_a_folder_that_is_watched_for_itself_its_own_patterns_count(desk, store):
    """Else one look would take out what the other takes in, for ever."""
    inner = desk.folder / "secret"
    store.add_folder(str(inner))
    desk.scoping.set_rules(Rules(exclude=("/Xanadu-1.png",)))
    for folder in (inner, desk.folder):
        desk.reconciler.folder(str(folder), lambda found: None)
        assert desk.names == {"a.png", "b.png", "secret/Xanadu-2.png"}
    desk.reconciler.paths({str(inner), str(desk.folder)}, lambda found: None)
    assert desk.names == {"a.png", "b.png", "secret/Xanadu-2.png"}


def test_rules_do_what_their_preview_says(desk, store):
    (desk.folder / "secret" / ".hidden.png").write_bytes(b"x" * 100)
    (desk.folder / "short.txt").write_bytes(b"x")
    desk.look()
    assert desk.scoping.preview(desk.scoping.rules()).removed == 0
    wanted = Rules(exclude=("b.*",), hidden=True, min_bytes=50)
    change = desk.scoping.preview(wanted, str(desk.folder))
    assert (change.removed, change.added) == (2, 1)
    assert change.examples == (str(desk.folder / "b.png"), str(desk.folder / "short.txt"))
    assert len(desk.names) == 5, "nothing has changed yet"
    desk.scoping.set_rules(wanted)
    assert desk.scoping.rules() == wanted
    assert desk.names == {"a.png", "secret/Xanadu-1.png", "secret/Xanadu-2.png", "secret/.hidden.png"}
    with pytest.raises(UserError, match="makes no sense"):
        desk.scoping.set_rules(Rules(exclude=("!",)))
    assert desk.scoping.rules() == wanted
    desk.scoping.set_rules(Rules())
    assert desk.names == {"a.png", "b.png", "short.txt", "secret/Xanadu-1.png", "secret/Xanadu-2.png"}
    (desk.folder / "secret").rename(desk.folder.with_name("away"))
    secret = str(desk.folder / "secret")
    store.set_unreadable(str(desk.folder), [(secret, NOT_CONNECTED)], {secret: "Holiday"})
    assert desk.scoping.preview(Rules()).removed == 0, "what is on a drive that is away stays"


def test_how_large_a_picture_has_to_be(desk, store):
    assert desk.scoping.preview(Rules(min_pixels=101)).removed == 4
    desk.scoping.set_rules(Rules(min_pixels=101))
    assert store.counts().vectors == 0
    assert {problem.outcome for problem in store.problems()} == {"skipped"}
    assert "only 100 × 200 pixels" in store.problems()[0].reason
    desk.scoping.set_rules(Rules(min_pixels=101, hidden=True))
    assert store.next_pending(10) == [], "pictures that stay too small are not opened again"
    desk.scoping.set_rules(Rules(min_pixels=64))
    assert store.problems() == ()
    assert len(store.next_pending(10)) == 4


def test_an_ignore_file_that_changes_is_obeyed_at_once(desk):
    ignore = desk.folder / "secret" / IGNORE_FILE
    ignore.write_text("*-1.png")
    desk.reconciler.paths({str(ignore)}, lambda found: None)
    assert desk.names == {"a.png", "b.png", "secret/Xanadu-2.png"}
    ignore.unlink()
    desk.reconciler.paths({str(ignore)}, lambda found: None)
    assert len(desk.names) == 4
    (desk.folder / IGNORE_FILE).write_text("secret")
    desk.reconciler.paths({str(desk.folder / IGNORE_FILE)}, lambda found: None)
    assert desk.names == {"a.png", "b.png"}


def test_what_the_system_hides_is_left_out_when_it_changes_as_well(desk, monkeypatch):
    """Windows' AppData and macOS' Library have ordinary names; their files change all the time."""
    hidden = {
        engine_samples.picture(desk.folder / "AppData" / "deep" / "cached.png", 1).parents[1],
        engine_samples.picture(desk.folder / "cover.png", 2),
    }
    seen = engine_samples.picture(desk.folder / "seen.png", 3)
    numbers = {path.stat().st_ino for path in hidden}
    before = {Path(path).name for path in known_files(desk.store, str(desk.folder))}
    for module in ("scan", "scope"):
        monkeypatch.setattr(f"indexer.ingest.{module}.is_hidden", lambda status: status.st_ino in numbers)

    def new() -> set[str]:
        return {Path(path).name for path in known_files(desk.store, str(desk.folder))} - before

    desk.look()
    assert new() == {"seen.png"}
    changed = {str(path) for path in desk.folder.rglob("*")}
    desk.reconciler.paths(changed, lambda found: None)
    assert new() == {"seen.png"}
    numbers.add(seen.stat().st_ino)
    desk.reconciler.paths({str(seen)}, lambda found: None)
    assert new() == set()
    desk.scoping.set_rules(replace(desk.scoping.rules(), hidden=True))
    desk.reconciler.paths(changed, lambda found: None)
    assert new() == {"cached.png", "cover.png", "seen.png"}


def test_files_that_go_to_the_cloud_and_come_back(desk, store, monkeypatch):
    away: set[str] = set()
    seen = scan._seen
    monkeypatch.setattr(
        scan, "_seen", lambda path, status: replace(seen(path, status), cloud=Path(path).name in away)
    )
    away |= {"a.png", "new.png", "b.png"}
    engine_samples.picture(desk.folder / "new.png", 9)
    engine_samples.picture(desk.folder / "b.png", 10)  # changed somewhere else, and not fetched yet
    desk.look()
    a, b, new = (store.file(str(desk.folder / name)) for name in ("a.png", "b.png", "new.png"))
    assert (a.state, a.cloud) == ("done", False), "what was read of it is still true"
    assert (b.state, b.cloud) == ("done", True), "found by what it was"
    assert (new.state, new.cloud) == ("skipped", True)
    assert [problem.reason for problem in store.problems()] == [IN_CLOUD]
    assert store.next_pending(10) == []
    away.clear()
    desk.look()
    assert {Path(row.path).name for row in store.next_pending(10)} == {"b.png", "new.png"}
    desk.read()
    away |= {"new.png"}
    desk.look()
    assert store.next_pending(10) == []


def test_files_in_the_cloud_may_be_read_by_wish(desk, store, monkeypatch):
    seen = scan._seen
    monkeypatch.setattr(scan, "_seen", lambda path, status: replace(seen(path, status), cloud="new" in path))
    engine_samples.picture(desk.folder / "new.png", 9)
    desk.look()
    assert store.next_pending(10) == []
    desk.scoping.set_rules(Rules(cloud=True))
    assert [Path(row.path).name for row in store.next_pending(10)] == ["new.png"]


def test_a_folder_is_counted_before_it_is_chosen(tmp_path):
    for name in ("a.jpg", "Screenshot 2024.png", "b.mov", "c.pdf", "d.txt", "e.xyz", ".f.jpg", "g/h.cr2"):
        (tmp_path / "q" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "q" / name).touch()
    assert count(str(tmp_path / "q")) == FolderCount(2, 1, 1, 2, 1)
    assert not count(str(tmp_path / "q"), patience_s=0).complete
    with pytest.raises(UserError, match="does not exist"):
        count(str(tmp_path / "r"))


def test_the_command_line(sightline, here, pictures):
    sightline("index", pictures)
    change = here("folders", "rules", "--exclude", "*-0[0-3].png", "--preview", "--json").json
    assert (change["removed"], len(change["examples"])) == (4, 4)
    shown = here("folders", "rules", "--exclude", "*-0[0-3].png", "--hidden", "yes").out
    assert "exclude     *-0[0-3].png" in shown
    assert here("folders", "count", pictures, "--json").json["photos"] == 8, "by these rules"
    assert "not in the index" in here("folders", "forget", pictures / "picture-99.png").err
    assert "is not excluded" in here("folders", "include", pictures / "picture-99.png").err
    fourth, fifth = str(pictures / "picture-04.png"), str(pictures / "picture-05.png")
    assert here("folders", "exclude", fourth, "--json").json == {"excluded": [fourth]}
    assert here("folders", "forget", fifth, "--json").json == {"forgotten": [fifth]}
    assert here("status", "--json").json["files"] == 10
    sightline("index")
    assert here("status", "--json").json["files"] == 6
    rules = here("folders", "rules", "--no-exclude", "*-0[0-3].png", "--json").json
    assert (rules["exclude"], rules["excluded"]) == ([], [fourth])
    assert here("folders", "include", fourth, "--json").json == {"excluded": []}
    refused = here("folders", "rules", "--exclude", "!")
    assert (refused.status, "makes no sense" in refused.err) == (2, True)


def test_a_running_engine_lets_go_at_once(sightline, engine, pictures):
    one = engine()
    one.ask("add_folder", path=str(pictures))
    one.wait(lambda: one.ask("status")["result"]["files"] == 12)
    path = str(pictures / "picture-03.png")
    assert one.ask("exclude", paths=[path])["result"]["files"] == 11
    assert one.ask("excluded")["result"]["paths"] == [path]
    assert one.ask("forget", paths=[str(pictures / "picture-04.png")])["result"]["files"] == 10
    assert one.ask("count_folder", path=str(pictures))["result"]["photos"] == 12
    rules = {"exclude": ["*-05.png"], "min_bytes": 10}
    preview = one.ask("preview_rules", rules=rules)["result"]
    assert (preview["removed"], preview["added"]) == (1, 0)
    one.ask("set_rules", rules=rules)
    assert one.ask("rules")["result"]["exclude"] == ["*-05.png"]
    assert sightline("folders", "rules", "--json").json["exclude"] == ["*-05.png"], "seen beside it, too"
    one.wait(lambda: one.ask("status")["result"]["files"] == 9)
    assert one.ask("include", paths=[path])["result"]
    one.wait(lambda: one.ask("status")["result"]["files"] == 10)
    assert "makes no sense" in one.ask("set_rules", rules={"exclude": ["!"]})["error"]["message"]


def test_whatever_is_taken_out_is_overwritten_in_the_end(store, tmp_path, monkeypatch):
    """A folder that leaves the list too, and what comes of two changes that follow each other."""
    monkeypatch.setattr("indexer.disk.library.GARBAGE_AFTER_S", 0.0)
    monkeypatch.setattr("indexer.disk.library.LOOK_AT_DRIVES_S", 0.2)
    done: list[str] = []

    def collect() -> bool:
        done.append("collected")
        return True

    monkeypatch.setattr(store, "scrub", lambda: done.append("overwritten"))
    library = Library(store, WorkQueue(store, lambda: None), str(tmp_path / "data"), collect, lambda: None)
    library.start(watch=False)
    try:
        library.unfollow(str(tmp_path / "p"))
        wait_until(lambda: done == ["overwritten", "collected", "overwritten"])
        library.rules_changed()
        library.rules_changed([str(tmp_path / "p")])
        wait_until(lambda: done.count("collected") == 2)
        wait_until(lambda: done[-2:] == ["collected", "overwritten"])
    finally:
        library.stop()


def test_what_a_look_under_way_brings_back_goes_at_once(desk, store, tmp_path):
    """What was seen before a folder left the list, or a file was excluded, is written after that."""
    erased: list[int] = []
    queue = WorkQueue(store, lambda: None)
    library = Library(store, queue, desk.own, lambda: False, lambda: None, erase=erased.extend)
    inner = desk.folder / "secret"
    late, kept = scan.see(desk.folder / "a.png"), scan.see(inner / "Xanadu-1.png")
    assert isinstance(late, scan.Seen)
    assert isinstance(kept, scan.Seen)
    library.start(watch=False)
    try:
        desk.scoping.exclude([late.path])
        store.add_file(late)
        library.rules_changed([late.path])
        wait_until(lambda: store.file(late.path) is None)
        contents = store.remove_folder(str(desk.folder))
        store.add_file(late)
        desk.read()
        store.add_folder(str(inner))  # somebody thought better of that
        store.add_file(kept)
        library.unfollow(str(desk.folder), contents)
        wait_until(lambda: len(erased) == 4)
        assert store.file(late.path) is None
        assert store.file(kept.path) is not None
    finally:
        library.stop()
