"""One file large, its copies, and parts of pictures as questions: through the real engine."""

import base64
import io
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import engine_samples
import numpy as np
import pytest
from engine_process import wait_until
from PIL import Image

from indexer import wire
from indexer.drives.volumes import Place
from indexer.errors import UserError
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.items import content_hash
from indexer.ingest.scan import see
from indexer.ingest.thumbnails import MAX_VIEW_BYTES, PreviewCache
from indexer.messages.item_messages import Box, GetFilm, GetPreview, Preview
from indexer.messages.library_messages import PreviewRules, RemoveFolder, Rules, RulesPreview
from indexer.messages.result_messages import BrowseReply
from indexer.messages.search_messages import Browse, Search
from indexer.paths import Paths
from indexer.previewing import Previewing, split
from indexer.server import Channel, Server
from indexer.store.rows import ItemRow, LineRow, SegmentRow
from indexer.store.store import Store


def test_previews_copies_and_parts(sightline, engine, tmp_path):
    """One engine, as loading the models is what takes long."""
    library = tmp_path / "library"
    for number in range(4):
        engine_samples.picture(library / f"photo-{number}.png", number, (800, 600))
    (library / "again").mkdir()
    (library / "again" / "copy.png").write_bytes((library / "photo-1.png").read_bytes())
    engine_samples.pdf(library / "paper.pdf", "The heron waits", "Invoice RE16TGK-7", "The end")
    engine_samples.clip(library / "film.mp4")
    (library / "note.md").write_text("# Recipe\n\nPlum cake with cardamom.\n", "utf-8")
    one = engine()
    one.ask("add_folder", path=str(library))
    one.settled()

    large = one.ask("preview", path=str(library / "photo-0.png"), size=5000)["result"]
    assert (large["width"], large["height"], large["pages"]) == (800, 600, None)
    with Image.open(large["image"]) as picture:
        assert picture.size == (800, 600)
    assert Path(large["image"]).is_relative_to(sightline.data / "cache")
    before = Path(large["image"]).stat().st_ino
    assert one.ask("preview", path=str(library / "photo-0.png"), size=5000)["result"] == large
    assert Path(large["image"]).stat().st_ino == before, "drawn once"

    page = one.ask("preview", path=str(library / "paper.pdf"), page=2)["result"]
    assert (page["pages"], page["text"]) == (3, "Invoice RE16TGK-7")
    assert [word["text"] for word in page["words"]] == ["Invoice", "RE16TGK-7"]
    assert page["words"][0]["box"]["left"] < page["words"][1]["box"]["left"]
    assert "no page 9" in one.ask("preview", path=str(library / "paper.pdf"), page=9)["error"]["message"]

    note = one.ask("preview", path=str(library / "note.md"))["result"]
    assert (note["image"], note["words"]) == ("", [])
    assert "Plum cake" in note["text"]

    film = str(library / "film.mp4")
    first = one.ask("film", path=film, start_s=0.5, seconds=1.0, rate=8)["result"]
    assert (len(first["frames"]), first["rate"], first["last"]) == (8, 8, False)
    assert one.ask("film", path=film, start_s=0.5, seconds=1.0, rate=8)["result"] == first
    end = one.ask("film", path=film, start_s=1.5, seconds=9.0, rate=4)["result"]
    assert (len(end["frames"]), end["last"]) == (2, True)
    for frame in (*first["frames"], *end["frames"]):
        with Image.open(frame) as picture:
            assert picture.size == (128, 96)
    assert "cannot be played" in one.ask("film", path=str(library / "note.md"), start_s=0)["error"]["message"]

    copies = one.ask("copies", path=str(library / "photo-1.png"))["result"]["paths"]
    assert copies == [str(library / "again" / "copy.png")]
    assert one.ask("copies", path=str(library / "photo-2.png"))["result"]["paths"] == []

    # a part of a picture, alone and with words; the rest of the file is none of the question
    part = {
        "path": str(library / "photo-3.png"),
        "box": {"left": 0.1, "top": 0.1, "width": 0.3, "height": 0.3},
    }
    found = one.search(1, more_like=[part], weak=True)[-1]
    assert found["note"] == ""
    names = [Path(hit["path"]).name for hit in found["hits"]]
    assert "photo-2.png" in names
    assert "photo-3.png" not in names, "the file itself is no answer"
    mixed = one.search(2, text="but at night", more_like=[part], weak=True)[-1]
    assert "photo-3.png" in [Path(hit["path"]).name for hit in mixed["hits"]]
    assert one.search(3, more_like=[part], less_like=[part], weak=True)[-1]["note"] == ""

    # a picture that lies nowhere on the disk
    out = io.BytesIO()
    with Image.open(library / "photo-2.png") as picture:
        picture.save(out, "PNG")
    inline = "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
    hits = one.search(4, images=[inline], weak=True)[-1]["hits"]
    assert Path(hits[0]["path"]).name == "photo-2.png"
    for wrong, sentence in (
        ("data:image/png;base64,%%%", "damaged"),
        ("data:image/png;base64," + "A" * 12_000_001, "too large"),
        ("data:image/png;base64,AAAA", "no picture"),
    ):
        (end,) = one.search(5, images=[wrong])
        assert sentence in end["note"]
        assert end["refused"]
        one.events.clear()

    one.ask("pause")
    engine_samples.picture(library / "photo-1.png", 9, (300, 400))
    changed = one.ask("preview", path=str(library / "photo-1.png"))["result"]
    assert changed["width"] == 300, "as it is now, whatever the index still says"
    gone = library / "photo-0.png"
    gone.unlink()
    error = one.ask("preview", path=str(gone), size=700)["error"]
    assert error["blame"] == "user"
    assert "photo-0.png is no longer" in error["message"]
    assert one.ask("preview", path="/nowhere/at all.png")["error"]["blame"] == "user"


def test_views_make_room_for_each_other_and_go_with_their_file(tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.ingest.thumbnails.MAX_VIEW_BYTES", 2_500)
    assert MAX_VIEW_BYTES >= 100_000_000
    cache = PreviewCache(tmp_path)
    first = cache.write_view("ab" * 20, "1600", b"x" * 1_000)
    second = cache.write_view("cd" * 20, "1600", b"x" * 1_000)
    third = cache.write_view("cd" * 20, "1600-page2", b"x" * 1_000)
    assert [first.exists(), second.exists(), third.exists()] == [False, True, True]
    too_large = cache.write_view("ef" * 20, "8000", b"x" * 3_000)
    assert too_large.exists(), "what is looked at is kept"
    cache.remove("ef" * 20)
    assert not too_large.exists()
    with pytest.raises(ValueError, match="not a content hash"):
        cache.view("../../etc", "1600")


def test_words_read_off_the_whole_and_its_parts_are_shown_once(tmp_path):
    path = engine_samples.picture(tmp_path / "page.png", 1, (300, 1500))
    with Store.open(tmp_path / "index.db") as store, DecoderPool() as pool:
        store.space("tiny", 8, "")
        seen = see(str(path))
        assert seen is not None
        whole, upper = (
            SegmentRow("image", legible=True),
            SegmentRow("image", legible=True, box=Box(0, 0, 1, 0.5)),
        )
        content = store.add_content(
            store.add_file(seen),
            content_hash(path),
            ItemRow("screenshot"),
            [whole, upper],
            np.eye(2, 8, dtype=np.float32),
        )
        first, second = (segment.id for segment in store.lookup.segments_of(content))
        store.add_lines(first, [LineRow("once", Box(0, 0, 1, 0.1))])
        previewing = Previewing(store, PreviewCache(tmp_path / "cache"), pool)

        def words() -> list[str]:
            return [word.text for word in previewing.preview(GetPreview(str(path), size=300)).words]

        assert words() == ["once"]
        store.add_lines(second, [LineRow("once", Box(0, 0, 1, 0.1)), LineRow("more", Box(0, 0.2, 1, 0.1))])
        assert words() == ["once", "more"], "what was read more closely"


def test_a_file_on_a_disk_that_is_away_is_not_called_deleted(tmp_path):
    path = engine_samples.picture(tmp_path / "stick" / "a.png", 1)
    with Store.open(tmp_path / "index.db") as store, DecoderPool() as pool:
        root = str(path.parent)
        store.add_folder(root)
        seen = see(str(path))
        assert seen is not None
        store.add_file(seen)
        path.unlink()
        previewing = Previewing(store, PreviewCache(tmp_path / "cache"), pool)

        def refused() -> set[str]:
            said = set()
            for ask in (
                lambda: previewing.preview(GetPreview(str(path))),
                lambda: previewing.film(GetFilm(str(path), 0.0)),
            ):
                with pytest.raises(UserError) as caught:
                    ask()
                said.add(str(caught.value))
            return said

        assert refused() == {"a.png is no longer there. It was moved, renamed or deleted."}
        store.set_place(root, Place("4C1D-9A0B", "HOLIDAYS", "/"))
        store.set_folder_problem(root, "It is not connected.", offline=True)
        assert refused() == {"a.png is on “HOLIDAYS”, which is not connected."}


def test_lines_become_words_with_their_share():
    words = split([LineRow("to be  to", Box(0.1, 0.5, 0.9, 0.1))])
    assert [word.text for word in words] == ["to", "be", "to"]
    assert [word.box.left for word in words] == [0.1, 0.4, 0.8]
    assert all(word.box.width == 0.2 for word in words)
    assert split([LineRow("", Box(0, 0, 1, 1))]) == []
    words = split([LineRow("\u05e9\u05dc\u05d5\u05dd \u05e2", Box(0, 0.5, 0.6, 0.1))])
    assert [word.box.left for word in words] == [0.2, 0.0], "what reads from the right begins there"


def test_a_search_begins_while_a_long_list_is_put_in_order(tmp_path):
    ordered = threading.Event()
    begun: list[object] = []

    def browse(request: Browse) -> BrowseReply:
        ordered.wait(30)
        return BrowseReply(())

    engine: Any = SimpleNamespace(questions=SimpleNamespace(browse=browse), search=begun.append)
    out = io.BytesIO()
    server = Server(engine, Channel(out), Paths(tmp_path))
    server._answer_all(io.BytesIO(wire.request_line(1, Browse()) + wire.request_line(2, Search(7, "boat"))))
    try:
        assert begun == [Search(7, "boat")]
    finally:
        ordered.set()
        server._listed.shutdown()
    assert [line["id"] for line in map(wire.decode, out.getvalue().splitlines())] == [2, 1]


def test_a_picture_is_shown_while_all_folders_are_looked_through(tmp_path):
    """As when somebody tries another rule, or takes a large folder from the list, and looks at a file."""
    looked_through = threading.Event()
    removed: list[str] = []

    def remove(path: str) -> None:
        looked_through.wait(30)
        removed.append(path)

    def look(rules: Rules, folder: str) -> RulesPreview:
        looked_through.wait(30)
        return RulesPreview(0, (), 0)

    engine: Any = SimpleNamespace(
        scoping=SimpleNamespace(preview=look),
        previewing=SimpleNamespace(preview=lambda request: Preview("a.jpg")),
        remove_folder=remove,
        status=dict,
    )
    out = io.BytesIO()
    requests = RemoveFolder("/library/b"), PreviewRules(Rules()), GetPreview("/library/a.png")
    asked = b"".join(wire.request_line(number, request) for number, request in enumerate(requests))
    server = Server(engine, Channel(out), Paths(tmp_path))
    server._answer_all(io.BytesIO(asked))
    try:
        wait_until(lambda: b"a.jpg" in out.getvalue())
        assert b'"id":1' not in out.getvalue()
    finally:
        looked_through.set()
        server._changes.shutdown()
        server._unhurried.shutdown()
    first, *others = (line["id"] for line in map(wire.decode, out.getvalue().splitlines()))
    assert (first, sorted(others), removed) == (2, [0, 1], ["/library/b"])
