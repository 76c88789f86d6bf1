"""Words read by macOS itself (Vision's text recognition), through ocrmac. macOS only."""

from typing import Any

from PIL import Image

from indexer.ingest.segments import Line
from indexer.item_messages import Box
from models.inputs import Pixels


def lines(rgb: Pixels) -> list[Line]:
    """What Vision reads, in its order; it detects the language by itself."""
    from ocrmac.ocrmac import OCR

    found: Any = OCR(Image.fromarray(rgb), recognition_level="accurate").recognize()
    # Vision's boxes are shares of the picture already, counted from its lower left corner
    return [
        Line(text, Box(round(x, 4), round(1 - y - height, 4), round(width, 4), round(height, 4)))
        for text, _, (x, y, width, height) in found
    ]
