"""Files drawn large, and cut to a part, in real decoder processes."""

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from ingest_files import close, corner_colours, corners, film, number_in, numbered, pdf
from PIL import Image, ImageDraw

from indexer.errors import MediaError
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.segments import MAX_IMAGE_PIXELS, WHOLE, Place
from indexer.ingest.views import MAX_VIEW_PIXELS
from indexer.messages.item_messages import Box


@pytest.fixture(scope="module")
def pool() -> Iterator[DecoderPool]:
    with DecoderPool() as pool:
        yield pool


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg), formats=("JPEG",))


def test_a_photo_is_drawn_upright_and_beyond_what_the_models_see(pool: DecoderPool, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    corners((3000, 2000)).save(path, exif=exif, quality=95)
    view = pool.view(path, WHOLE, 8000)
    assert opened(view.jpeg).size == (view.width, view.height) == (2000, 3000)
    assert view.width * view.height > MAX_IMAGE_PIXELS
    assert view.pages is None
    small = pool.view(path, WHOLE, 600)
    assert opened(small.jpeg).size == (400, 600)
    assert (small.width, small.height) == (2000, 3000)
    upright = np.array(Image.open(path).rotate(-90, expand=True))
    assert close(corner_colours(np.array(opened(view.jpeg))), corner_colours(upright))


def test_nothing_is_drawn_larger_than_the_window_can_keep(pool: DecoderPool, tmp_path: Path) -> None:
    Image.new("L", (12_000, 2_000)).save(tmp_path / "wide.png")
    view = pool.view(tmp_path / "wide.png", WHOLE, 100_000)
    width, height = opened(view.jpeg).size
    assert width * height <= MAX_VIEW_PIXELS
    assert (view.width, view.height) == (12_000, 2_000)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_words_of_a_page_stand_where_they_are_drawn(
    pool: DecoderPool, tmp_path: Path, turned: int
) -> None:
    path = tmp_path / "a.pdf"
    upright = pdf(["first", "Invoice 4711\nTotal 12.50"])
    path.write_bytes(upright.replace(b"/Type /Page ", b"/Type /Page /Rotate %d " % turned))
    view = pool.view(path, Place(page=2), 1200)
    assert (view.width < view.height) == (turned in (0, 180))
    assert view.pages == 2
    words = [word.text for word in view.words]
    assert view.text.split() == words
    assert sorted(words) == ["12.50", "4711", "Invoice", "Total"]
    if not turned:
        assert words == ["Invoice", "4711", "Total", "12.50"]
    page = np.array(opened(view.jpeg).convert("L"))
    for word in view.words:
        left, top = round(word.box.left * page.shape[1]), round(word.box.top * page.shape[0])
        right = left + round(word.box.width * page.shape[1])
        bottom = top + round(word.box.height * page.shape[0])
        assert page[top:bottom, left:right].min() < 100, word
        page[top:bottom, left:right] = 255
    assert page.min() > 200, "there is ink outside of the words' places"


def test_the_pages_of_a_scan_and_what_there_is_not(pool: DecoderPool, tmp_path: Path) -> None:
    first, second = Image.new("RGB", (600, 800), "red"), Image.new("RGB", (600, 800), "blue")
    first.save(tmp_path / "scan.tif", save_all=True, append_images=[second])
    view = pool.view(tmp_path / "scan.tif", Place(page=2), 800)
    assert view.pages == 2
    assert opened(view.jpeg).convert("RGB").getpixel((300, 400))[2] > 200  # type: ignore[index]
    (tmp_path / "a.pdf").write_bytes(pdf(["one page"]))
    for path, page in ((tmp_path / "scan.tif", 3), (tmp_path / "a.pdf", 2)):
        with pytest.raises(MediaError, match=f"page {page}"):
            pool.view(path, Place(page=page), 800)
    (tmp_path / "a.md").write_text("# words only")
    with pytest.raises(MediaError, match="no pages"):
        pool.view(tmp_path / "a.md", WHOLE, 800)


def test_a_moment_of_a_film(pool: DecoderPool, tmp_path: Path) -> None:
    film(tmp_path / "a.mp4", numbered(30), rate=10)
    view = pool.view(tmp_path / "a.mp4", Place(at_s=1.7), 800)
    assert number_in(np.array(opened(view.jpeg).convert("RGB"))) == 17
    part = pool.picture(tmp_path / "a.mp4", Place(at_s=0.5))
    assert number_in(part) == 5


def test_a_part_is_cut_from_the_original(pool: DecoderPool, tmp_path: Path) -> None:
    picture = Image.new("RGB", (4000, 3000), "white")
    ImageDraw.Draw(picture).rectangle((1000, 1500, 1999, 2249), fill="green")
    picture.save(tmp_path / "a.png")
    part = pool.picture(tmp_path / "a.png", box=Box(0.25, 0.5, 0.25, 0.25))
    assert part.shape == (750, 1000, 3)
    assert (part[5:-5, 5:-5] == (0, 128, 0)).all()
    whole = pool.picture(tmp_path / "a.png")
    assert whole.shape[0] * whole.shape[1] <= MAX_IMAGE_PIXELS
    corner = pool.picture(tmp_path / "a.png", box=Box(0.999, 0.999, 0.5, 0.5))
    assert corner.shape == (3, 4, 3)
    assert pool.picture(tmp_path / "a.png", box=Box(1.0, 1.0, 0.0, 0.0)).shape == (1, 1, 3)


def test_a_film_and_a_document_have_a_picture_to_search_by(pool: DecoderPool, tmp_path: Path) -> None:
    black, shown = np.zeros((120, 160, 3), np.uint8), np.array(corners((160, 120)))
    film(tmp_path / "a.mp4", [*[black] * 10, *[shown] * 30], rate=10)
    assert close(corner_colours(pool.picture(tmp_path / "a.mp4")), corner_colours(shown), 40)
    (tmp_path / "a.pdf").write_bytes(pdf(["first", "second"]))
    page = pool.picture(tmp_path / "a.pdf")
    assert page.shape[0] > page.shape[1]
    assert page.shape[0] * page.shape[1] <= MAX_IMAGE_PIXELS
    (tmp_path / "broken.mp4").write_bytes((tmp_path / "a.mp4").read_bytes()[:200])
    with pytest.raises(MediaError, match=r"^broken\.mp4 cannot be used as a picture to search by\. It "):
        pool.picture(tmp_path / "broken.mp4")


def test_a_picture_without_a_file(pool: DecoderPool) -> None:
    out = io.BytesIO()
    corners().save(out, "PNG")
    assert close(
        corner_colours(pool.picture(Path("This picture"), data=out.getvalue())),
        corner_colours(np.array(corners())),
    )
    with pytest.raises(MediaError, match=r"^This picture cannot be used as a picture to search by\. It is"):
        pool.picture(Path("This picture"), data=b"rubbish")
