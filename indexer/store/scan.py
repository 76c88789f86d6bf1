"""How far the coarse codes are from a query: the one loop over everything that a search makes.

LLVM compiles it to the vector instructions of the machine at hand as soon as there is much to look at. For
little, and where it cannot be done, numpy counts the same bits and comes to the same numbers, many times
slower.

Written in LLVM's own language, as numba left the inner loop to a vectoriser that did not see a vector in it:
one thread took 22 to 27 ms for the first halves of 1 M codes in that loop and 18 in this one, 12 to 13 when
each code is asked for before its turn (reading them takes 9 to 11). It is compiled in 0.2 s instead of 1.5
and takes 30 MB instead of 100.
"""

import ctypes
import logging
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TypeAlias

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
AHEAD = 32
"""Codes between the one that is counted and the one that memory is asked for."""
LINE = 8
"""Words that memory delivers at a time."""

Codes: TypeAlias = NDArray[np.uint64]
Mask: TypeAlias = NDArray[np.bool_]
Kernel: TypeAlias = Callable[[Codes, Codes, Mask, NDArray[np.uint16]], None]

_compiled: dict[tuple[int, ...], Kernel] = {}
_compiling = threading.Lock()
_engines: list[object] = []
"""Compiled code lives as long as its engine."""


def distances(blocks: Sequence[tuple[Codes, Mask]], planes: Codes) -> NDArray[np.uint16]:
    """Of every code in some blocks, one after the other: the sum of 2^p x Hamming(code, plane p).

    Args:
        blocks: codes `[n, words]` and which of them to look at `[n]`; the others are `FAR`.
        planes: `[p, words]`.
    """
    ends = np.cumsum([0, *(len(codes) for codes, _ in blocks)])
    found = np.empty(ends[-1], np.uint16)
    if ends[-1] >= LARGE:
        make_ready(*planes.shape)
    kernel = _compiled.get(planes.shape, with_numpy)

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
    """One block, without LLVM."""
    wanted, total = codes[mask], np.uint16(0)
    for place, plane in enumerate(planes):
        total = total + (np.bitwise_count(wanted ^ plane).sum(axis=1, dtype=np.uint16) << np.uint16(place))
    found[:] = FAR
    found[mask] = total


def make_ready(planes: int, words: int) -> None:
    """Have codes of so many words compared with so many planes in compiled code from now on."""
    with _compiling:
        if (planes, words) not in _compiled:
            _compiled[planes, words] = _compile(planes, words)


@lru_cache(maxsize=1)
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS, "scan")


def _compile(planes: int, words: int) -> Kernel:
    try:
        from llvmlite import binding as llvm

        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        machine = llvm.Target.from_default_triple().create_target_machine(
            cpu=llvm.get_host_cpu_name(), features=llvm.get_host_cpu_features().flatten(), opt=3
        )
        engine = llvm.create_mcjit_compiler(llvm.parse_assembly(_loop(planes, words)), machine)
        engine.finalize_object()
        address = engine.get_function_address("distances")
        _engines.append(engine)
    except Exception:  # no answer depends on it
        log.warning("the scan could not be compiled; large libraries answer more slowly", exc_info=True)
        return with_numpy
    loop = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 4, ctypes.c_int64)(address)

    def kernel(codes: Codes, planes: Codes, mask: Mask, found: NDArray[np.uint16]) -> None:
        if len(codes):
            loop(codes.ctypes.data, planes.ctypes.data, mask.ctypes.data, found.ctypes.data, len(codes))

    return kernel


def _loop(planes: int, words: int) -> str:
    """A loop over codes. A code is one vector, for which LLVM takes as many registers as it needs."""
    code = f"<{words} x i64>"
    queries, early, counted, total = "", "", "", "zeroinitializer"
    for p in range(planes):
        queries += f"""
            %query.at.{p} = getelementptr i64, ptr %planes, i64 {p * words}
            %query.{p} = load {code}, ptr %query.at.{p}, align 8"""
        weight = f"<{', '.join([f'i64 {p}'] * words)}>"
        counted += f"""
            %other.{p} = xor {code} %code, %query.{p}
            %ones.{p} = call {code} @llvm.ctpop.v{words}i64({code} %other.{p})
            %weighted.{p} = shl {code} %ones.{p}, {weight}
            %total.{p} = add {code} {total}, %weighted.{p}"""
        total = f"%total.{p}"
    for word in range(0, words, LINE):
        early += f"""
            %ahead.{word} = getelementptr i64, ptr %code.at, i64 {AHEAD * words + word}
            call void @llvm.prefetch.p0(ptr %ahead.{word}, i32 0, i32 3, i32 1)"""
    return f"""
        declare {code} @llvm.ctpop.v{words}i64({code})
        declare i64 @llvm.vector.reduce.add.v{words}i64({code})
        declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

        define void @distances(ptr %codes, ptr %planes, ptr %mask, ptr %found, i64 %count) {{
        start:{queries}
            br label %row
        row:
            %number = phi i64 [0, %start], [%next, %put]
            %mask.at = getelementptr i8, ptr %mask, i64 %number
            %wanted = load i8, ptr %mask.at
            %skipped = icmp eq i8 %wanted, 0
            br i1 %skipped, label %put, label %look
        look:
            %first = mul i64 %number, {words}
            %code.at = getelementptr i64, ptr %codes, i64 %first{early}
            %code = load {code}, ptr %code.at, align 8{counted}
            %sum = call i64 @llvm.vector.reduce.add.v{words}i64({code} {total})
            %near = trunc i64 %sum to i16
            br label %put
        put:
            %distance = phi i16 [{FAR}, %row], [%near, %look]
            %found.at = getelementptr i16, ptr %found, i64 %number
            store i16 %distance, ptr %found.at
            %next = add i64 %number, 1
            %more = icmp slt i64 %next, %count
            br i1 %more, label %row, label %end
        end:
            ret void
        }}
    """
