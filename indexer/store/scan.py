"""How far the coarse codes are from a query: the one loop over everything that a search makes.

numba compiles it to the vector instructions of the machine at hand, in a thread of its own. Until that is
done, where nobody asked for it and where it cannot be done, numpy counts the same bits and comes to the same
numbers, many times slower. So a single question from the command line is not held up by a compiler.
"""

import logging
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)

FAR = 65_535
"""The distance of what is not looked at. Real ones stay below for up to 21,000 bits at two planes."""
LARGE = 50_000
"""Codes from which on compiling pays: numpy needs more than 20 ms for them."""
THREADS = min(4, os.cpu_count() or 1)
"""Two already use what memory can deliver on a small machine."""
SHARES = 4 * THREADS
"""Parts of the work: enough that a thread which is held up delays nobody, few as each costs 20 µs."""

Codes: TypeAlias = NDArray[np.uint64]
Mask: TypeAlias = NDArray[np.bool_]
Kernel: TypeAlias = Callable[[Codes, Codes, Mask, NDArray[np.uint16]], None]

_compiling: list[Future[Kernel]] = []


def distances(blocks: Sequence[tuple[Codes, Mask]], planes: Codes) -> NDArray[np.uint16]:
    """Of every code in some blocks, one after the other: the sum of 2^p x Hamming(code, plane p).

    Args:
        blocks: codes `[n, words]` and which of them to look at `[n]`; the others are `FAR`.
        planes: `[p, words]`.
    """
    ends = np.cumsum([0, *(len(codes) for codes, _ in blocks)])
    found = np.empty(ends[-1], np.uint16)
    kernel = _compiling[0].result() if _compiling and _compiling[0].done() else with_numpy

    def look(share: int) -> None:
        for block in range(share, len(blocks), SHARES):
            codes, mask = blocks[block]
            kernel(codes, planes, mask, found[ends[block] : ends[block + 1]])

    if len(blocks) == 1:
        look(0)
    else:
        list(_pool().map(look, range(min(SHARES, len(blocks)))))
    return found


def with_numpy(codes: Codes, planes: Codes, mask: Mask, found: NDArray[np.uint16]) -> None:
    """One block, without numba."""
    wanted, total = codes[mask], np.uint16(0)
    for place, plane in enumerate(planes):
        total = total + (np.bitwise_count(wanted ^ plane).sum(axis=1, dtype=np.uint16) << np.uint16(place))
    found[:] = FAR
    found[mask] = total


def compile_soon() -> "Future[Kernel]":
    """Begin to compile the loop, unless that has begun; `distances` takes it from when it is done."""
    if not _compiling:
        maker = ThreadPoolExecutor(1, "scan-compile")
        _compiling.append(maker.submit(_compile))
        maker.shutdown(wait=False)
    return _compiling[0]


@lru_cache(maxsize=1)
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS, "scan")


def _compile() -> Kernel:
    try:
        from numba import njit, types
        from numba.extending import intrinsic

        @intrinsic  # type: ignore[untyped-decorator]
        def ones(typing: Any, word: Any) -> Any:
            def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
                return builder.ctpop(arguments[0])

            return types.uint64(types.uint64), code

        @njit("void(u8[:,::1], u8[:,::1], b1[::1], u2[::1])", nogil=True)  # type: ignore[untyped-decorator]
        def kernel(codes: Any, planes: Any, mask: Any, found: Any) -> None:
            words = codes.shape[1]
            for row in range(codes.shape[0]):
                if not mask[row]:
                    found[row] = FAR
                    continue
                total = np.uint64(0)
                for place in range(planes.shape[0]):
                    count = np.uint64(0)
                    for word in range(words):
                        count += ones(codes[row, word] ^ planes[place, word])
                    total += count << np.uint64(place)
                found[row] = total
    except Exception:  # no answer depends on it
        log.warning("the scan could not be compiled; large libraries answer more slowly", exc_info=True)
        return with_numpy
    return kernel  # type: ignore[no-any-return]
