"""What a child answers, on its way through the pipe: arrays go beside the rest, straight into their place.

Why beside. Pickled whole, a photo of 5.5 MB took the engine 8 to 10 ms of a processor to receive, for most of
which no other thread of it could do anything, a search least of all; this way it takes 0.7 ms. With four
decoders at work a thread that was to wake was late by 10 ms (95th of 100), and is by 0.3.

Why only what is known. A pickle may name any function of any module and have it called. A file that takes a
decoder over would be out of it with that, whatever the decoder itself cannot do.
"""

import os
import pickle
import struct
import sys
from collections.abc import Iterable
from io import BytesIO
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_BYTES = 1 << 30
"""Of the arrays of one answer."""
_ARRAY = np.zeros(1, np.uint8)
_OF_ARRAYS: tuple[Any, ...] = (_ARRAY.__reduce_ex__(5)[0], _ARRAY.__reduce_ex__(4)[0], np.ndarray, np.dtype)


def send(to: Connection, value: object) -> None:
    """Waits until it is read. Raises OSError when nobody is left to read it."""
    apart: list[pickle.PickleBuffer] = []
    rest = pickle.dumps(value, 5, buffer_callback=apart.append)
    arrays = [buffer.raw() for buffer in apart]
    to.send_bytes(struct.pack(f"<{len(arrays)}Q", *(array.nbytes for array in arrays)))
    to.send_bytes(rest)
    for array in arrays:
        _write(to, array)


class NotAnAnswer(Exception):
    """What came through the pipe is nothing that a child of ours sends."""


class Receiver:
    """Takes what was sent by `send`, if it is made of nothing but arrays, plain values and `known` types."""

    def __init__(self, known: Iterable[type]) -> None:
        self._known = {(each.__module__, each.__qualname__): each for each in (*known, *_OF_ARRAYS)}

    def receive(self, origin: Connection) -> Any:
        """The next; its arrays may be written to.

        Raises EOFError or OSError when the sender is gone, `NotAnAnswer`.
        """
        sizes = [size for (size,) in struct.iter_unpack("<Q", origin.recv_bytes())]
        if sum(sizes) > MOST_BYTES:
            raise NotAnAnswer(sum(sizes))
        rest = origin.recv_bytes()
        arrays = [np.empty(size, np.uint8) for size in sizes]
        for array in arrays:
            _read(origin, array.data)
        try:
            return _Unpickler(rest, arrays, self._known).load()
        except Exception as error:
            raise NotAnAnswer from error


class _Unpickler(pickle.Unpickler):
    def __init__(
        self, data: bytes, arrays: list[NDArray[np.uint8]], known: dict[tuple[str, str], Any]
    ) -> None:
        super().__init__(BytesIO(data), buffers=arrays)
        self._known = known

    def find_class(self, module: str, name: str) -> Any:
        try:
            return self._known[module, name]
        except KeyError:
            raise pickle.UnpicklingError(module, name) from None


if sys.platform == "win32":  # only the connection itself can read and write there

    def _write(to: Connection, array: memoryview) -> None:
        to.send_bytes(array)

    def _read(origin: Connection, array: memoryview) -> None:
        origin.recv_bytes_into(array)

else:

    def _write(to: Connection, array: memoryview) -> None:
        while array.nbytes:
            array = array[os.write(to.fileno(), array) :]

    def _read(origin: Connection, array: memoryview) -> None:
        while array.nbytes:
            count = os.readv(origin.fileno(), [array])
            if not count:
                raise EOFError
            array = array[count:]
