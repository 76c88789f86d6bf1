"""Vectors as codes: a coarse one of bits that says where to look, a fine one that says how near exactly.

Both are made from the vector after a fixed random rotation, which spreads what a vector says evenly over
all its components. Every component then is about normal with the variance 1 / dimension, whatever the
model, so one scale fits all of them and no code has to be learned from a library first.

* coarse: one sign per component. A query keeps `PLANES` bits per component (levels -3, -1, 1, 3) and is
  compared by exclusive or: the sum of 2^p x Hamming(code, plane p) falls as their product rises (the
  asymmetric distance of RaBitQ, Gao and Long 2024, without its factor per vector, which a rotation of 2,048
  components leaves within 1.6 % of a constant).
* fine: float16 (of the vector as it is), or int8 with one float32 scale per vector so that its largest
  component is 127.

The rotation is three rounds of random signs and a Walsh-Hadamard transform. Where the dimension is no power
of two, the rounds take turns with the first and the last 2^m components.
"""

import hashlib
from functools import lru_cache
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Precision: TypeAlias = Literal["float16", "int8"]

MINIMUM_BITS = 2048
"""Bits of a coarse code even where the vectors have fewer components: more random directions say more."""
PLANES = 2
"""Bits per component of a query. Its rounding then adds about a tenth to the noise that the signs make."""
_STEP = 0.996
"""Between levels, in standard deviations: the best uniform one for 4 levels of a normal distribution
(J. Max, Quantizing for minimum distortion, 1960)."""
_AT_ONCE = 64
"""Vectors turned at a time: they stay in the processor's cache, which is twice as fast."""


def coarse_bits(dimension: int) -> int:
    """Bits per coarse code: whole words of 64."""
    return max(MINIMUM_BITS, -(-dimension // 64) * 64)


def noise(bits: int) -> float:
    """Standard deviation of the distance between a query's planes and a coarse code, for vectors at an angle.

    The signs x of a turned unit vector and a query q: the part of q that is not along the vector adds normal
    noise of variance 1 - 2/pi to <x, q>, which is _STEP / (2 sqrt(bits)) times (a constant - 2 distance).
    """
    return float((1 - 2 / np.pi) ** 0.5 * bits**0.5 / _STEP)


def coarse(vectors: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Coarse codes `[n, coarse_bits / 8]` of vectors `[n, dimension]`."""
    return np.packbits(_widened(vectors) > 0, axis=1)


def planes(query: NDArray[np.float32]) -> NDArray[np.uint64]:
    """One query `[dimension]` of unit length as `[PLANES, coarse_bits / 64]`, the lowest bit first."""
    wide = _widened(query[None])[0]
    step = np.float32(_STEP / len(wide) ** 0.5)
    levels = np.clip(np.floor(wide / step) + 2 ** (PLANES - 1), 0, 2**PLANES - 1).astype(np.uint8)
    bits = (levels >> np.arange(PLANES, dtype=np.uint8)[:, None]) & 1
    return np.packbits(bits, axis=1).view(np.uint64)


def fine(vectors: NDArray[np.float32], precision: Precision) -> NDArray[np.uint8]:
    """Fine codes `[n, bytes]` of unit vectors `[n, dimension]`."""
    if precision == "float16":
        return vectors.astype(np.float16).view(np.uint8)
    return _whole(rotated(vectors))


def both(vectors: NDArray[np.float32], precision: Precision) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """`coarse` and `fine`, with one rotation where the widths are the same."""
    wide = _widened(vectors)
    same = precision == "int8" and wide.shape == vectors.shape
    return np.packbits(wide > 0, axis=1), _whole(wide) if same else fine(vectors, precision)


def _whole(turned: NDArray[np.float32]) -> NDArray[np.uint8]:
    scale = np.maximum(np.abs(turned).max(axis=1, keepdims=True) / 127, np.finfo(np.float32).tiny)
    whole = np.rint(turned / scale).astype(np.int8)
    return np.concatenate((scale.astype(np.float32).view(np.uint8), whole.view(np.uint8)), axis=1)


def similarities(
    codes: NDArray[np.uint8], query: NDArray[np.float32], precision: Precision
) -> NDArray[np.float32]:
    """Cosines `[n]` of fine codes `[n, bytes]` and a query `[dimension]`, both of unit length."""
    if precision == "float16":
        found: NDArray[np.float32] = codes.view(np.float16).astype(np.float32) @ query
        return found
    turned = rotated(query[None])[0]
    scale = np.ascontiguousarray(codes[:, :4]).view(np.float32)[:, 0]
    products: NDArray[np.float32] = codes[:, 4:].view(np.int8).astype(np.float32) @ turned
    return np.multiply(scale, products)


def restored(codes: NDArray[np.uint8], precision: Precision) -> NDArray[np.float32]:
    """The vectors `[n, dimension]` of fine codes `[n, bytes]`, up to the rounding of the code."""
    if precision == "float16":
        return codes.view(np.float16).astype(np.float32)
    scale = np.ascontiguousarray(codes[:, :4]).view(np.float32)
    every = codes[:, 4:].view(np.int8).astype(np.float32) * scale
    dimension = every.shape[1]
    power = 1 << (dimension.bit_length() - 1)
    for round in reversed(range(len(_flips(dimension)))):
        part = every[:, :power] if round % 2 == 0 else every[:, dimension - power :]
        part[:] = _transformed(part)
        every *= _flips(dimension)[round]
    return every


def fine_bytes(dimension: int, precision: Precision) -> int:
    """The length of a fine code."""
    return 2 * dimension if precision == "float16" else 4 + dimension


def rotated(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors `[n, dimension]` turned, the same way on every machine and for ever (up to rounding)."""
    dimension = vectors.shape[1]
    power = 1 << (dimension.bit_length() - 1)
    every = np.array(vectors, np.float32)
    for start in range(0, len(every), _AT_ONCE):
        turned = every[start : start + _AT_ONCE]
        for round, flips in enumerate(_flips(dimension)):
            turned *= flips
            part = turned[:, :power] if round % 2 == 0 else turned[:, dimension - power :]
            part[:] = _transformed(part)
    return every


def _widened(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    wide = np.zeros((len(vectors), coarse_bits(vectors.shape[1])), np.float32)
    wide[:, : vectors.shape[1]] = vectors
    return rotated(wide)


def _transformed(part: NDArray[np.float32]) -> NDArray[np.float32]:
    """The Walsh-Hadamard transform of rows of 2^m, as two small matrix products instead of m passes."""
    count, width = part.shape
    right = 1 << (width.bit_length() // 2)
    left = width // right
    whole = part.reshape(count * left, right) @ _hadamard(right)
    mixed = np.matmul(_hadamard(left), whole.reshape(count, left, right))
    turned: NDArray[np.float32] = mixed.reshape(count, width) * np.float32(width**-0.5)
    return turned


@lru_cache(maxsize=16)
def _hadamard(size: int) -> NDArray[np.float32]:
    matrix = np.ones((1, 1), np.float32)
    while len(matrix) < size:
        matrix = np.block([[matrix, matrix], [matrix, -matrix]])
    return matrix


@lru_cache(maxsize=8)
def _flips(width: int) -> NDArray[np.float32]:
    """Three rows of signs `[3, width]`."""
    stream = hashlib.shake_256(b"the rotation before the coarse code").digest((3 * width + 7) // 8)
    bits = np.unpackbits(np.frombuffer(stream, np.uint8))[: 3 * width].reshape(3, width)
    return (1 - 2 * bits.astype(np.float32)).astype(np.float32)
