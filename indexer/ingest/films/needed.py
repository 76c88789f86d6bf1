"""Which packets of a film have to be decoded for the next picture that is wanted. Decoder processes only.

Between two samples lie more pictures than anybody looks at. What comes before a key picture is left out
where no more of it is wanted, and so are pictures that no other is made from. What is decoded has the pixels
and the times that it would have had.
"""

import math
from collections.abc import Iterator
from typing import Final

from av.packet import Packet
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

from indexer.ingest.films.joined import BACK_S

_WITH_LONE_PICTURES: Final = ("h264", "mpeg1video", "mpeg2video", "mpeg4")
"""Where what is said to be needed by no other picture is so: HEVC says it of one layer of several."""
_MAX_HELD: Final = 300


class Needed:
    """Packets in, in the order of the file; out those that are needed, a little later.

    Attributes:
        due_s: the next picture wanted is the first at or after that, in seconds as the file counts them; all
            are until it is set.
    """

    def __init__(self, stream: VideoStream) -> None:
        self.due_s = -math.inf
        self._codec = stream.codec_context
        self._has_lone = self._codec.name in _WITH_LONE_PICTURES
        self._first: int | None = None
        self._claimed: int | None = None
        self._tells_keys = False
        self._counts_anew = False
        self._latest_s = -math.inf
        self._held: list[Packet[VideoStream]] = []

    def of(self, packet: "Packet[VideoStream]") -> "Iterator[Packet[VideoStream]]":
        """What is to be decoded now, each before the next is asked for."""
        if packet.pts is None or packet.dts is None or self._counts_anew:
            yield from self._released(packet, whole=True)
            return
        decoded_s = _seconds(packet.dts, packet)
        self._counts_anew = decoded_s < self._latest_s - BACK_S  # what is due is not known in that
        if self._first is None:
            self._first = packet.pts
        elif self._claimed is None and packet.is_keyframe:  # seen at once, before many large ones are held
            self._claimed = packet.pts
            self._latest_s = decoded_s
            yield from self._released(packet, whole=True)
            return
        if self._tells_keys and self._begins_anew(_shown_s(packet)):
            self._held = self._held[-1:]
            self._codec.flush_buffers()
        # One key picture more is waited for: it may be the first that is wanted
        waits = packet.is_keyframe and self._held and self._latest_s <= self.due_s
        self._latest_s = decoded_s
        if (decoded_s <= self.due_s or waits) and len(self._held) < _MAX_HELD:
            self._held.append(packet)
        else:
            yield from self._released(packet)

    def came(self, frame: VideoFrame) -> None:
        """To be told of every picture. Some programs call those key pictures that are none: one is seen."""
        if frame.pts is not None and frame.pts == self._claimed:
            self._tells_keys = frame.pict_type == PictureType.I

    def _begins_anew(self, next_s: float) -> bool:
        """Whether the latest packet held is a key picture, and nothing before it is wanted nor of use.

        Pictures shown before it that come after it, the next then being the first of them, need those before.
        """
        if len(self._held) < 2 or not self._held[-1].is_keyframe:
            return False
        key_s = _shown_s(self._held[-1])
        return (key_s <= self.due_s or next_s > key_s) and all(
            _shown_s(each) < min(self.due_s, key_s) for each in self._held[:-1]
        )

    def _released(
        self, packet: "Packet[VideoStream]", *, whole: bool = False
    ) -> "Iterator[Packet[VideoStream]]":
        released, self._held = [*self._held, packet], []
        for each in released:
            lone = self._has_lone and not whole and _shown_s(each) < self.due_s
            self._codec.skip_frame = "NONREF" if lone else "DEFAULT"
            yield each


def _shown_s(packet: "Packet[VideoStream]") -> float:
    return _seconds(packet.pts, packet)


def _seconds(count: int | None, packet: "Packet[VideoStream]") -> float:
    return float((count or 0) * (packet.time_base or 0))
