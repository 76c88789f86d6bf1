"""Words read off pixels by the real engine, in its own process."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import MagicMock

import numpy as np
import pytest
from ingest_files import corners, noise, pdf
from PIL import Image, ImageDraw, ImageFont

from indexer import ingest
from indexer.errors import MediaError
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.pictures import ocr
from indexer.ingest.pictures.legibility import may_hold_words
from indexer.ingest.pictures.ocr import around
from indexer.ingest.segments import Line, Segment
from indexer.messages.item_messages import Box


def screen(text: str, size: int = 24, ink: str = "black", paper: str = "white") -> Image.Image:
    """A line of text, its upper left corner at a tenth of the width and a quarter of the height."""
    picture = Image.new("RGB", (640, 240), paper)
    ImageDraw.Draw(picture).text((64, 60), text, fill=ink, font=ImageFont.load_default(size))
    return picture


@pytest.mark.parametrize("size", [10, 12, 16, 24, 48, 96])
@pytest.mark.parametrize(
    ("ink", "paper"), [("black", "white"), ("#d4d4d4", "#1e1e1e"), ("#777777", "#dddddd")]
)
def test_text_of_any_size_may_hold_words(size: int, ink: str, paper: str) -> None:
    assert may_hold_words(np.asarray(screen("Invoice RE16TGK-7", size, ink, paper)))


def test_what_certainly_holds_no_words_is_not_read() -> None:
    gradient = Image.linear_gradient("L").resize((900, 600)).convert("RGB")
    for picture in (corners((900, 600)), gradient, Image.new("RGB", (10, 10)), Image.new("RGB", (3000, 33))):
        assert not may_hold_words(np.asarray(picture))
    assert may_hold_words(np.asarray(noise((900, 600)))), "rather once too often"


def test_a_box_stays_in_the_picture() -> None:
    assert around([(-5, 10), (50, 10), (50, 30), (-5, 30)], 100, 50) == Box(0.0, 0.2, 0.5, 0.4)
    assert around([(90, 45), (130, 45), (130, 70), (90, 70)], 100, 50) == Box(0.9, 0.9, 0.1, 0.1)


def test_pages_with_a_text_layer_need_no_reading(tmp_path: Path) -> None:
    scan, written = tmp_path / "scan.pdf", tmp_path / "written.pdf"
    screen("Invoice RE16TGK-7").save(scan)
    written.write_bytes(pdf(["A page that says in letters what it shows"]))
    with DecoderPool() as pool:
        legible = {
            path.stem: [part.legible for part in pool.decode(path) if isinstance(part, Segment)]
            for path in (scan, written)
        }
    assert legible == {"scan": [True], "written": [False]}


def test_words_and_where_they_stand(tmp_path: Path) -> None:
    path, pages = tmp_path / "screen.png", tmp_path / "scan.tif"
    screen("Firewall RE16TGK-7", paper="#202020", ink="#f0f0f0").save(path)
    with DecoderPool() as pool:
        ((words),) = pool.words(path, [0])
        assert words.ordinal == 0
        assert " ".join(line.text for line in words.lines) == "Firewall RE16TGK-7"
        box = words.lines[0].box
        assert (box.left, box.top) == (pytest.approx(0.1, abs=0.02), pytest.approx(0.25, abs=0.06))
        assert box.width == pytest.approx(0.34, abs=0.06)
        assert list(pool.words(path, [7])) == [], "no such part"
        pages.write_bytes(b"II*\0 damaged")
        with pytest.raises(MediaError):
            list(pool.words(pages, [0]))


@pytest.fixture
def on_a_mac(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process takes its system for macOS."""
    monkeypatch.setattr(ocr, "sys", SimpleNamespace(platform="darwin"))
    ocr._engine.cache_clear()
    yield
    ocr._engine.cache_clear()
    sys.modules.pop("indexer.ingest.pictures.ocr_vision", None)
    vars(ingest).pop("ocr_vision", None)


def test_a_mac_without_its_reader_blames_no_picture(on_a_mac: None) -> None:
    with pytest.raises(ocr.NoReader, match="install Sightline again"):
        ocr.read(np.zeros((60, 80, 3), np.uint8))


def test_macos_is_asked_for_every_language(on_a_mac: None, monkeypatch: pytest.MonkeyPatch) -> None:
    vision = MagicMock()
    request = vision.VNRecognizeTextRequest.alloc().init()
    found = MagicMock()
    found.topCandidates_.return_value = [SimpleNamespace(string=lambda: "снег")]
    found.boundingBox.return_value = SimpleNamespace(
        origin=SimpleNamespace(x=0.25, y=0.5), size=SimpleNamespace(width=0.5, height=0.25)
    )
    request.results.return_value = [found]
    handler = vision.VNImageRequestHandler.alloc().initWithData_options_.return_value
    handler.performRequests_error_.return_value = (True, None)
    monkeypatch.setitem(sys.modules, "Vision", vision)
    monkeypatch.setitem(sys.modules, "objc", MagicMock())
    assert ocr.read(np.zeros((60, 80, 3), np.uint8)) == (Line("снег", Box(0.25, 0.25, 0.5, 0.25)),)
    request.setAutomaticallyDetectsLanguage_.assert_called_once_with(True)
