"""What is offered while somebody types, examples out of the index, and lists that are asked for by page."""

from pathlib import Path

import numpy as np
import pytest

from indexer.messages.query_messages import Complete, Month
from indexer.messages.search_messages import Browse
from indexer.search.completing import Completer
from indexer.search.ideas import examples
from indexer.search.query import parse
from indexer.store.rows import ItemRow, SegmentRow


@pytest.fixture
def offered(library):
    """Labels for a text, `|` being the cursor, and the text once the first of them is taken."""

    def offer(typed: str) -> tuple[list[str], str]:
        cursor = typed.find("|") if "|" in typed else len(typed)
        text = typed.replace("|", "")
        found = Completer(library.store.overview).complete(Complete(text, cursor))
        taken = text[: found.start] + found.items[0].insert + text[found.end :] if found.items else text
        return [item.label for item in found.items], taken

    return offer


def photo_of(library, name: str, **facts: object) -> None:
    path = f"/library/{name}"
    seen = type("Seen", (), {"path": path, "size": 9, "mtime_ns": 1, "device": 1, "inode": 1})()
    id = library.store.add_file(seen)
    none = np.zeros((0, 128), np.float32)
    library.store.add_content(id, name.encode().hex() + "00" * 8, ItemRow("photo", **facts), [], none)


def test_names_of_filters(offered):
    assert offered("boat ki") == (["kind:"], "boat kind:")
    assert offered("-ca") == (["-camera:"], "-camera:")
    assert offered("fol") == (["in:"], "in:")
    assert offered("boat ")[0] == []
    assert offered("http://x")[0] == []
    assert offered("ki| boat") == (["kind:"], "kind: boat")


def test_a_mistyped_name_is_put_right(offered):
    assert offered("camra:EOS") == (["camera:EOS"], "camera:EOS")
    assert offered("kidn:photo") == (["kind:photo"], "kind:photo")
    assert offered("12:30")[0] == []


def test_values_that_there_are(library, offered):
    photo_of(library, "Holiday 2023/a.jpg", camera="Canon EOS R5", place="Sintra, Lisbon, Portugal")
    photo_of(library, "Holiday 2023/b.jpg", camera="Canon EOS R5", place="Évora, Portugal")
    photo_of(library, "c.png", camera="Pixel 8")
    assert offered("kind:")[0] == ["photo", "screenshot", "video", "document"]
    assert offered("camera:")[0] == ["Canon EOS R5", "Pixel 8"]
    assert offered("camera:eos")[1] == 'camera:"Canon EOS R5"'
    assert offered("place:")[0][0] == "Portugal"
    assert offered("place:ev")[0] == ["Évora"]
    assert offered("ext:")[0] == ["jpg", "png"]
    assert offered("ext:jpg,p") == (["png", "jpg"], "ext:jpg,png")
    assert offered('in:"holi')[1] == 'in:"Holiday 2023"'
    assert offered("-in:")[0] == ["library", "Holiday 2023"]
    assert offered("kind:photo")[0] == [], "it is written already"
    assert offered("kind：pho") == (["photo"], "kind：photo")


def test_every_offer_is_understood(library, offered):
    photo_of(library, "a.jpg", taken="2024-05-03T12:00:00")
    for field in ("kind", "is", "ext", "in", "before", "after", "on", "size", "dur", "rating", "sort"):
        found = Completer(library.store.overview).complete(Complete(f"{field}:", len(field) + 1, 99))
        assert found.items, field
        for item in found.items:
            assert not parse(f"{field}:{item.insert}").problem, item
    assert "2024-05" in offered("on:2024")[0]


def test_examples_find_something(library):
    library.document("Rental agreement 2023.pdf", "The tenant pays the deposit.")
    library.add(
        "dialog.png", "screenshot", SegmentRow("image", ocr="Disk quota\nexceeded today"), means=["red"]
    )
    photo_of(library, "IMG_0001.jpg", taken="2024-05-03T12:00:00", place="Sintra, Lisbon, Portugal")
    made = examples(library.store.overview)
    assert {"rental agreement", '"Disk quota"', "place:Sintra", "kind:photo on:2024-05"} <= set(made)
    for text in made:
        assert library.search(text), text
    assert not any("IMG" in text for text in made)


def test_no_examples_without_files(library):
    assert examples(library.store.overview) == ()


def test_pages_of_all_files(library):
    for n in range(7):
        photo_of(library, f"{n}.jpg", taken=f"2024-0{n // 3 + 1}-1{n}T12:00:00")
    library.pending("z.pdf")

    def names(**options: object) -> list[str]:
        return [Path(hit.path).name for hit in library.browser.browse(Browse(**options)).hits]

    assert names(limit=3, kinds=("photo",)) == ["6.jpg", "5.jpg", "4.jpg"]
    assert names(limit=3, offset=3, kinds=("photo",)) == ["3.jpg", "2.jpg", "1.jpg"]
    assert names(sort="oldest", kinds=("photo",))[:2] == ["0.jpg", "1.jpg"]
    assert names(sort="name")[-1] == "z.pdf"
    assert names(sort="size")[0] == "z.pdf"
    assert names(month="2024-02") == ["5.jpg", "4.jpg", "3.jpg"]
    assert library.browser.browse(Browse(limit=1)).total == 8
    assert library.browser.browse(Browse(limit=1, month="2024-01")).total == 3
    months = library.store.overview.months()
    assert months[:3] == [Month(2024, 3, 1), Month(2024, 2, 3), Month(2024, 1, 3)]


def test_a_filter_alone_tells_how_many_and_sorts_all_of_them(library):
    for n in range(6):
        photo_of(library, f"{n}.jpg")
    last = library.stages("kind:photo sort:name", limit=2, offset=2)[-1]
    assert [Path(hit.path).name for hit in last.hits] == ["2.jpg", "3.jpg"]
    assert last.total == 6


def test_hits_by_their_paths(library):
    for name in ("a.jpg", "b.jpg"):
        photo_of(library, name)
    found = library.browser.hits(("/library/b.jpg", "/library/gone.jpg", "/library/a.jpg"))
    assert [Path(hit.path).name for hit in found] == ["b.jpg", "a.jpg"]


def test_the_first_stage_while_somebody_types_is_a_screen_full(library):
    with library.store.transaction():
        for n in range(80):
            library.document(f"{n}.txt", f"red words {n}")
    first, *_, last = library.stages("red words", typing=True)
    assert (len(first.hits), first.total) == (60, 80)
    assert len(last.hits) == 80
    assert len(library.stages("red words")[0].hits) == 80, "nobody types"
