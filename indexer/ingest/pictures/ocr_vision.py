"""Words read by macOS itself: Vision's text recognition. macOS only."""

import io
from typing import Any

import objc
import Vision
from PIL import Image

from indexer.ingest.segments import Line
from indexer.messages.item_messages import Box
from models.inputs import Pixels


def lines(rgb: Pixels) -> list[Line]:
    """What Vision reads, in its order and in whatever language: unasked it reads nothing but English."""
    png = io.BytesIO()
    Image.fromarray(rgb).save(png, "PNG", compress_level=1)
    with objc.autorelease_pool():
        request: Any = Vision.VNRecognizeTextRequest.alloc().init()
        request.setRecognitionLevel_(Vision.VNRequestTextRecognitionLevelAccurate)
        request.setAutomaticallyDetectsLanguage_(True)
        handler: Any = Vision.VNImageRequestHandler.alloc().initWithData_options_(png.getvalue(), None)
        done, _error = handler.performRequests_error_([request], None)
        return [_line(each) for each in (request.results() if done else None) or ()]


def _line(found: Any) -> Line:
    """Vision's boxes are shares of the picture already, counted from its lower left corner."""
    (candidate,) = found.topCandidates_(1)
    start, size = found.boundingBox().origin, found.boundingBox().size
    top = 1 - start.y - size.height
    return Line(
        str(candidate.string()),
        Box(round(start.x, 4), round(top, 4), round(size.width, 4), round(size.height, 4)),
    )
