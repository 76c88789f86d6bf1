"""What else this computer has to do, measured: each a function that costs little and returns one number.

    full_screen.fills_screen     a film, a game, a presentation       1 while there is one
    on_battery                   no mains                             1 while there is none
    heat                         of the processor                     share of what it bears
    stalled                      programs that wait for memory        share of the time (Linux)
    short_of_memory              memory in use                        share of all
    CardUse                      the graphics card, by others         share of the time (NVIDIA)
    outside                      the hours set for working            1 outside of them

`conditions` says from which value on background work waits, below which it goes on, and in which words. The
two values lie apart so that work does not start and stop every second.

A measure that a system does not have is 0, never an error: nothing waits for what nobody can tell.
"""

import contextlib
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any, Final

import psutil

from indexer.courtesy.full_screen import fills_screen, said_by
from indexer.settings import working_hours

_PROCESSOR_SENSORS: Final = ("coretemp", "k10temp", "zenpower", "cpu_thermal", "cpu-thermal", "soc_thermal")
_BELIEVABLE: Final = 50.0
"""Degrees below which a limit that a sensor names is no limit."""
_PRESSURE: Final = Path("/proc/pressure/memory")


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """A reason to wait.

    Attributes:
        measure: what is measured, 0..1.
        wait_from: work waits from this value on; go_on_below: and until it has fallen below this one.
        sentence: why it waits and what would make it go on.
        every_s: how often it is worth measuring.
        of_memory: weights that nobody needs are let go while it lasts, whether or not anything waits.
    """

    measure: Callable[[], float]
    wait_from: float
    go_on_below: float
    sentence: str
    every_s: float = 2.0
    of_memory: bool = False


def conditions(
    on_battery_too: bool,
    in_full_screen_too: bool,
    hours: str,
    card: bool,
    memory_to_come: Callable[[], int] = lambda: 0,
) -> tuple[Condition, ...]:
    """What to wait for under these settings. Raises UserError when the hours cannot be understood.

    Args:
        hours: when to work, such as "22:00-07:00"; "" for always.
        card: the models run on an NVIDIA card.
        memory_to_come: bytes that work would take before it could begin, because weights were let go. They
            count as taken, or work would fetch them as soon as letting them go has made room, and so on.
    """
    wanted = []
    if not in_full_screen_too:
        wanted.append(
            Condition(
                fills_screen,
                1.0,
                0.5,
                "A program fills the screen; indexing goes on when it no longer does.",
                10.0 if sys.platform == "darwin" else 0.5,
            )
        )
    if not on_battery_too:
        wanted.append(
            Condition(
                on_battery,
                1.0,
                0.5,
                "This computer runs on battery; indexing goes on when it is plugged in.",
            )
        )
    wanted += [
        Condition(heat, 0.97, 0.88, "The processor is hot; indexing goes on when it has cooled down."),
        Condition(
            stalled,
            0.10,
            0.02,
            "Programs are waiting for memory; indexing goes on when some is free again.",
            of_memory=True,
        ),
        Condition(
            lambda: short_of_memory(memory_to_come()),
            0.96,
            0.93,
            "Other programs need nearly all memory; indexing goes on when some is free again.",
            of_memory=True,
        ),
    ]
    if card:
        busy = "Another program is using the graphics card; indexing goes on when it is free."
        wanted.append(Condition(CardUse(), 0.30, 0.10, busy))
    if hours.strip():
        start, end = working_hours(hours)
        wanted.append(
            Condition(
                lambda: outside(start, end, datetime.now().time()),
                1.0,
                0.5,
                f"Indexing is set to work from {start:%H:%M} to {end:%H:%M}; it goes on at {start:%H:%M}.",
            )
        )
    return tuple(wanted)


def on_battery() -> float:
    """1.0 while a battery feeds the computer."""
    with contextlib.suppress(OSError, RuntimeError, AttributeError, ValueError):
        battery = psutil.sensors_battery()
        return float(battery is not None and battery.power_plugged is False)
    return 0.0


def heat() -> float:
    """The hottest place of the processor as a share of what it bears; 1.0 on a Mac that is slowed down."""
    if sys.platform == "darwin":
        return slowed_down(said_by("pmset", "-g", "therm"))
    with contextlib.suppress(OSError, RuntimeError, AttributeError, ValueError):
        return hottest(psutil.sensors_temperatures())
    return 0.0


def hottest(sensors: Mapping[str, Sequence[Any]]) -> float:
    """Of the processor's sensors, as `psutil.sensors_temperatures` gives them."""
    shares = [0.0]
    for name in _PROCESSOR_SENSORS:
        for sensor in sensors.get(name, ()):
            limits = [limit for limit in (sensor.high, sensor.critical) if limit and limit > _BELIEVABLE]
            if limits:
                shares.append(sensor.current / min(limits))
    return max(shares)


def slowed_down(thermal_state: str) -> float:
    """From what `pmset -g therm` says."""
    found = re.search(r"CPU_Speed_Limit\s*=\s*(\d+)", thermal_state)
    return float(found is not None and int(found[1]) < 100)


def stalled() -> float:
    """Share of the last ten seconds in which some program waited for memory."""
    with contextlib.suppress(OSError):
        return share_stalled(_PRESSURE.read_text("ascii"))
    return 0.0


def share_stalled(pressure: str) -> float:
    """From the text of /proc/pressure/memory."""
    found = re.search(r"some avg10=([\d.]+)", pressure)
    return float(found[1]) / 100 if found else 0.0


def short_of_memory(to_come: int = 0) -> float:
    """Share of the memory that no program could have any more once so many bytes more are taken."""
    memory = psutil.virtual_memory()
    return 1.0 - (memory.available - to_come) / memory.total


def outside(start: time, end: time, now: time) -> float:
    """1.0 outside of the hours, which may pass midnight; the same hour twice means always."""
    if start == end:
        return 0.0
    inside = start <= now < end if start < end else now >= start or now < end
    return float(not inside)


@dataclass
class CardUse:
    """How busy the NVIDIA card is with other programs than this one and its children; 0.0 without one."""

    _seen_us: int = 0
    _nvml: Any = field(default=None)
    _card: Any = field(default=None)

    def __call__(self) -> float:
        """Share of the time since it was last asked."""
        if self._nvml is None:
            self._begin()
        if self._card is None:
            return 0.0
        try:
            samples = self._nvml.nvmlDeviceGetProcessUtilization(self._card, self._seen_us)
        except Exception:  # no sample since: its own way of saying that nobody used it
            return 0.0
        self._seen_us = max((int(sample.timeStamp) for sample in samples), default=self._seen_us)
        return share_of_others([(int(sample.pid), int(sample.smUtil)) for sample in samples], os.getpid())

    def _begin(self) -> None:
        import pynvml

        self._nvml = pynvml
        with contextlib.suppress(Exception):  # no driver, no card, or one that says nothing
            pynvml.nvmlInit()
            self._card = pynvml.nvmlDeviceGetHandleByIndex(0)


def share_of_others(samples: Sequence[tuple[int, int]], ours: int) -> float:
    """From (process, percent) pairs, of which a process may have several."""
    most: dict[int, int] = {}
    for process, percent in samples:
        if process != ours:
            most[process] = max(most.get(process, 0), min(percent, 100))
    return min(1.0, sum(most.values()) / 100)
