"""Recordings put behind each other in one file, each with a count of time of its own. Decoder processes only.

So the clips of a camcorder lie on its DVD, and so do parts that somebody joined. Seeking by time takes the
count for one and ends anywhere. Where it is found to go back, the file is gone through once, undecoded, and
from then on a moment is found by where it lies.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from av.container import InputContainer
from av.video.stream import VideoStream

from indexer.ingest.films.frames import Alive
from indexer.ingest.films.packets import packets

BACK_S: Final = 1.0
"""Further back no picture is shown than the one before it; so what is has another count."""
_LOOKED_AT: Final = 16
_FORMATS: Final = ("mpeg", "mpegts")
"""Others have an index, or one count."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A picture from which can be decoded.

    Attributes:
        time_s: when it is decoded, in one count for all of the film.
        position: in bytes.
        shift_s: what that count is ahead of the one written here.
    """

    time_s: float
    position: int
    shift_s: float


def begins_anew(container: InputContainer, stream: VideoStream) -> bool:
    """Whether the count of time goes back, as far as that is seen in a few places all over the file."""
    if container.format.name not in _FORMATS:
        return False
    latest = float("-inf")
    for number in range(_LOOKED_AT):
        seek(container, stream, container.size * number // _LOOKED_AT)
        written = next((packet.dts for packet in packets(container, stream) if packet.dts is not None), None)
        if written is not None and stream.time_base is not None:
            time = float(written * stream.time_base)
            if time < latest - BACK_S:
                return True
            latest = time
    return False


def marks(container: InputContainer, stream: VideoStream, alive: Alive) -> list[Mark]:
    """Of all its key pictures, in order."""
    found: list[Mark] = []
    shift, latest = 0.0, float("-inf")
    seek(container, stream, 0)
    for packet in packets(container, stream):
        alive()
        if packet.dts is None or packet.time_base is None:
            continue
        time = float(packet.dts * packet.time_base) + shift
        if time < latest - BACK_S:
            shift += latest - time
            time = latest
        latest = time
        if packet.is_keyframe and packet.pos is not None:
            found.append(Mark(time, packet.pos, shift))
    return found


def before(found: Sequence[Mark], time_s: float) -> Mark:
    """Where to begin for the picture shown then: one mark early, as pictures may need the ones before."""
    return found[max(0, bisect_right(found, time_s, key=lambda mark: mark.time_s) - 2)]


def seek(container: InputContainer, stream: VideoStream, position: int) -> None:
    """Go to a byte."""
    container.seek(position, stream=stream, unsupported_byte_offset=True)
