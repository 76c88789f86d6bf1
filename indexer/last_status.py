"""The status of a running engine for `sightline status`, which cannot ask it: a small file it keeps."""

import json
import time
from contextlib import suppress
from dataclasses import asdict
from typing import Any

import msgspec

from indexer.messages.work_messages import Status
from indexer.paths import Paths

EVERY_S = 2.0


class LastStatus:
    """Writes the file for one engine."""

    def __init__(self, paths: Paths) -> None:
        self._path = paths.status
        self._due = 0.0
        self._said: tuple[str, ...] = ()

    def keep(self, status: Status) -> None:
        """Write it, if that is due or it says something else than before, as none may come after it.

        A disk that is full or faulty is none of its business.
        """
        said = (status.state, status.waiting, status.models)
        if time.monotonic() < self._due and status.state != "idle" and said == self._said:
            return
        self._due, self._said = time.monotonic() + EVERY_S, said
        draft = self._path.with_suffix(".json.new")
        with suppress(OSError):
            draft.write_text(json.dumps(asdict(status)), "utf-8")
            draft.replace(self._path)

    def forget(self) -> None:
        """The engine ends."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def read(paths: Paths) -> Status | None:
    """What the engine that runs said last; None when it said nothing that can be read."""
    try:
        found: Any = json.loads(paths.status.read_text("utf-8"))
        return msgspec.convert(found, Status)
    except (OSError, ValueError, msgspec.ValidationError):
        return None
