"""Words in pictures, from the files to the search, through the real program."""

from pathlib import Path
from unittest.mock import MagicMock

from engine_process import Sightline
from PIL import Image, ImageDraw, ImageFont

from indexer.ingest.pictures.ocr import NO_READER, NoReader
from indexer.store.rows import Unread
from indexer.store.store import Store
from indexer.work.reading import Reading


def test_words_in_a_picture_are_found_after_indexing_and_lit(sightline: Sightline, tmp_path: Path) -> None:
    settings = sightline.data / "settings.toml"
    settings.write_text(settings.read_text("utf-8").replace("read_words = false\n", ""), "utf-8")
    library = tmp_path / "library"
    library.mkdir()
    picture = Image.new("RGB", (480, 160), "white")
    ImageDraw.Draw(picture).text(
        (48, 40), "Firewall RE16TGK-7", fill="black", font=ImageFont.load_default(28)
    )
    picture.save(library / "a.png")
    Image.new("RGB", (200, 160), "teal").save(library / "b.png")
    assert sightline("index", library, "--json", timeout=300).json["indexed"] == 2
    assert sightline("status", "--json").json["unread"] == 0
    (hit,) = sightline("search", '"RE16"', "--json", "--no-rerank").json["results"]
    assert Path(hit["path"]).name == "a.png"
    assert "words" in hit["matched"]
    ((left, top, width, height),) = hit["segment"]["lit"]
    assert 0.3 < left < 0.45
    assert 0.2 < top < 0.35
    assert 0.05 < width < 0.2
    assert 0.1 < height < 0.3
    assert "RE16TGK-7" in hit["snippet"]
    again = sightline("index", library, "--json", timeout=300).json
    assert (again["indexed"], again["unchanged"]) == (0, 2)
    with Store.open(sightline.data / "index.db") as store, store._database.write() as connection:
        connection.execute("UPDATE reading SET lines = NULL")
    settings.write_text(settings.read_text("utf-8") + "read_words = false\n", "utf-8")
    assert sightline("status", "--json").json["unread"] == 0, "nobody will read them"


def test_that_nothing_reads_words_here_is_said_and_no_picture_blamed() -> None:
    store, pool = MagicMock(), MagicMock()
    store.unread.return_value = Unread(1, "hash", "/p/a.png", {0: 1})
    pool.hash.return_value = "hash"
    pool.words.return_value.__iter__.side_effect = NoReader(NO_READER)
    reading = Reading(store, pool, MagicMock())
    reading._step()
    assert reading.lacks == NO_READER
    assert not reading.reads
    store.add_lines.assert_not_called()
