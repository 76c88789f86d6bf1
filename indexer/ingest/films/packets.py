"""The packets of a film, in the order in which they lie in its file. Decoder processes only."""

from collections.abc import Iterator

from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream


def packets(container: InputContainer, stream: VideoStream) -> Iterator["Packet[VideoStream]"]:
    """From where the container stands to the end, an empty one last.

    PyAV ends with an IndexError where other streams have begun in the middle of a file, as subtitles do.
    """
    try:
        yield from container.demux(stream)
    except IndexError:
        return
