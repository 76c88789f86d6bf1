"""FSEvents through watchdog, with its silent failure made audible.

Where more changes than can be told of, the system asks for a folder to be looked through; watchdog does not
hand that on.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from watchdog.observers.fsevents import FSEventsEmitter, FSEventsObserver

_MUST_SCAN: Final = 0x1
"""kFSEventStreamEventFlagMustScanSubDirs"""


class MacObserver(FSEventsObserver):
    """An observer that says so when events were lost.

    Args:
        on_lost: called, from an emitter's thread, when a folder has to be looked through.
    """

    def __init__(self, on_lost: Callable[[], None]) -> None:
        super().__init__()
        self._emitter_class = _Emitter
        self._emitter_kwargs["on_lost"] = on_lost


class _Emitter(FSEventsEmitter):
    def __init__(self, *arguments: Any, on_lost: Callable[[], None], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._on_lost = on_lost

    def events_callback(
        self, paths: Sequence[bytes], inodes: Sequence[int], flags: Sequence[int], ids: Sequence[int]
    ) -> None:
        super().events_callback(list(paths), list(inodes), list(flags), list(ids))
        if any(flag & _MUST_SCAN for flag in flags):
            self._on_lost()
