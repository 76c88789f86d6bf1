"""SVG drawings, by resvg: no scripts, no animation, nothing from outside the file. Decoder processes only."""

import gzip
import io
import math
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import resvg_py
from lxml import etree
from PIL import Image

from indexer.errors import MediaError
from indexer.ingest.items import open_original
from indexer.ingest.markup import Element, attribute, events, local, tidy
from indexer.ingest.pictures.raster import jpeg, pixels, resized, within_side
from indexer.ingest.rules import MAX_RATIO, check_size
from indexer.ingest.segments import PREVIEW_SIDE, THUMBNAIL_SIDE, Item, Segment
from models.inputs import Input, Pixels

SIDE: Final = 1024
"""Of the picture that is drawn, in pixels on its longer side."""
MAX_BYTES: Final = 16 << 20
MAX_ELEMENTS: Final = 200_000

_DAMAGED: Final = "It is damaged: the drawing cannot be read."
_LENGTH: Final = re.compile(r"\+?(\d*\.?\d+(?:[eE][+-]?\d{1,3})?)\s*([a-z]*)")
_PIXELS_PER_INCH: Final = 96.0
_UNITS: Final = {
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "pt": 96 / 72,
    "pc": 16.0,
    "em": 16.0,
    "ex": 8.0,
}
"""In pixels, as in CSS."""
_REFERENCES: Final = frozenset(("image", "feImage", "use"))
_TEXTS: Final = ("{*}title", "{*}desc", "{*}text")
_DECLARED: Final = re.compile(rb"<!DOCTYPE\s+svg\b[^\[>]*\[(.*?)\]\s*>", re.DOTALL)
_ADDRESS: Final = re.compile(rb"<!ENTITY\s+([A-Za-z_][\w.-]*)\s+(?:\"([^\"%&<]*)\"|'([^'%&<]*)')\s*>")
_USED: Final = re.compile(rb"&([A-Za-z_][\w.-]*);")


def decode(path: Path) -> Iterator[Item | Segment]:
    """The drawing's `Item` and its segment, with the words in it. Raises `Skipped` (icons), `MediaError`."""
    root = _parsed(path)
    picture, size = _drawn(root)
    yield Item(kind="photo", thumbnail=jpeg(picture, THUMBNAIL_SIDE), width=size[0], height=size[1])
    yield Segment(
        "image",
        Input(images=(pixels(picture),)),
        text=tidy("\n".join("".join(each.itertext()) for each in root.iter(*_TEXTS))),
        previews=(jpeg(picture, PREVIEW_SIDE),),
    )


def read(path: Path) -> Pixels:
    """The drawing alone, on white. Raises `Skipped`, `MediaError`."""
    return pixels(_drawn(_parsed(path))[0])


def draw(path: Path, side: int) -> Image.Image:
    """The drawing on white with a longer side of `side` pixels. Raises `Skipped`, `MediaError`."""
    return _drawn(_parsed(path), side)[0]


def _parsed(path: Path) -> Element:
    """The drawing, without references to anything outside of it."""
    with open_original(path) as file:
        data = file.read(MAX_BYTES + 1)
    if data.startswith(b"\x1f\x8b"):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as unpacked:
                data = unpacked.read(MAX_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise MediaError(_DAMAGED) from error
    data = _written_out(data)
    if len(data) > MAX_BYTES:
        raise MediaError(f"It is larger than {MAX_BYTES >> 20} MB, too much for a drawing; it was not read.")
    root: Element = None
    for count, (ends, name, element) in enumerate(events(io.BytesIO(data))):
        if root is None:
            root = element
        if count > 2 * MAX_ELEMENTS:
            raise MediaError("It has more parts than can be drawn; it was not read.")
        if ends and name in _REFERENCES:
            _keep_inside(element)
    if root is None or local(root.tag) != "svg":
        raise MediaError(_DAMAGED)
    return root


def _written_out(data: bytes) -> bytes:
    """Without entities, if all that are declared stand for plain text, as Illustrator names addresses."""
    declared = _DECLARED.search(data)
    if declared is None or _ADDRESS.sub(b"", declared[1]).strip():
        return data  # what else is declared the parser refuses
    names = {name: one or other for name, one, other in _ADDRESS.findall(declared[1])}
    rest = data[: declared.start()] + data[declared.end() :]
    more = sum(len(names.get(used, b"")) for used in _USED.findall(rest))
    if len(rest) + more > MAX_BYTES:
        return data
    return _USED.sub(lambda used: names.get(used[1], used[0]), rest)


def _keep_inside(element: Element) -> None:
    for key, value in list(element.attrib.items()):
        if local(key) == "href" and not value.strip().startswith(("#", "data:")):
            del element.attrib[key]


def _drawn(root: Element, side: int = SIDE) -> tuple[Image.Image, tuple[int, int]]:
    """The drawing on white, and the size that the file gives it, in pixels."""
    width, height = _size(root)
    if min(width, height) * MAX_RATIO < max(width, height):
        check_size(math.ceil(width), math.ceil(height))
        raise MediaError(_DAMAGED)
    # Always both sides: with one alone a drawing that claims to be a line takes gigabytes
    scale = side / max(width, height)
    try:
        png: bytes = resvg_py.svg_to_bytes(
            svg_string=etree.tostring(root, encoding="unicode", with_tail=False),
            width=max(1, round(width * scale)),
            height=max(1, round(height * scale)),
            background="white",
            dpi=_PIXELS_PER_INCH,  # else whatever is not given in pixels has no size at all
        )
    except ValueError as error:
        raise MediaError(_DAMAGED) from error
    picture = Image.open(io.BytesIO(png), formats=("PNG",)).convert("RGB")
    return resized(picture, within_side(*picture.size, side)), (round(width), round(height))


def _size(root: Element) -> tuple[float, float]:
    """Width and height as the file gives them, by its attributes or else by its view box."""
    width, height = _number(attribute(root, "width")), _number(attribute(root, "height"))
    if not (width and height):
        box = [_number(side) for side in attribute(root, "viewBox").replace(",", " ").split()]
        width, height = box[2:] if len(box) == 4 else (0.0, 0.0)
    return (width, height) if width and height else (float(SIDE), float(SIDE))


def _number(length: str) -> float:
    """A length in pixels, whatever its unit; 0.0 for none, and for a share (per cent)."""
    found = _LENGTH.match(length.strip())
    number = 0.0
    if found and not length.strip().endswith("%"):
        number = float(found.group(1)) * _UNITS.get(found.group(2), 1.0)
    return number if 0 < number < 1e9 else 0.0
