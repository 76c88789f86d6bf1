"""What waits for the models' thread: a document to embed, and a job that may be given up."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.errors import UserError
from models.errors import DeviceError, UnusableInput
from models.inputs import Input

if TYPE_CHECKING:
    from models.prompts import Prompt
    from models.qwen3_vl import Qwen3VLEmbedder

log = logging.getLogger(__name__)

Vector: TypeAlias = NDArray[np.float32]


class ModelsUnavailable(UserError):
    """The model that a job needs could not be loaded; the message says why."""


class SearchCancelled(Exception):
    """Nobody waits for this answer any more."""


class Cancellation:
    """Lets one thread give up a search that another thread is working on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancelled = False
        self._future: Future[Any] | None = None

    def cancel(self) -> None:
        """Give it up; a job that has not started is taken out of the queue."""
        with self._lock:
            self._cancelled = True
            if self._future is not None:
                self._future.cancel()

    def is_cancelled(self) -> bool:
        """Whether `cancel()` was called."""
        return self._cancelled

    def follow(self, future: Future[Any]) -> None:
        """From now on this is the job that `cancel()` takes out of the queue."""
        with self._lock:
            self._future = future
            if self._cancelled:
                future.cancel()


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """One document to embed.

    Attributes:
        content: what the embedder reads.
        done: called with the vector in the models thread, or with a sentence that says why there is none.
        quickly: called when a quick look was taken, before `done`; None for a sharp one.
        embedder: another one than that which answers (switching.py).
        in_company: more is on its way, and nobody waits for this one before the next: it may wait for others.
    """

    content: Input
    done: Callable[[Vector | str], None]
    quickly: Callable[[], None] | None = None
    embedder: "Qwen3VLEmbedder | None" = None
    in_company: bool = False

    def prepare(self, embedder: "Qwen3VLEmbedder", has_time: Callable[[int], bool]) -> "Ready":
        """Resample its pictures and build its prompt, for a quick look where one is wanted and saves time.

        Args:
            has_time: whether a sharp look of so many tokens takes no time that anything else needs.

        Raises UnusableInput.
        """
        prompt = None
        if self.quickly is not None:
            prompt = embedder.prepare_quickly(self.content, has_time)
        if prompt is None:
            prompt = embedder.prepare(self.content)
        elif self.quickly is not None:
            self.quickly()
        return Ready(prompt, self.done, embedder, self.in_company)


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """A work whose pictures have been resampled, for this embedder."""

    prompt: "Prompt"
    done: Callable[[Vector | str], None]
    embedder: "Qwen3VLEmbedder"
    in_company: bool


def why_not(error: Exception) -> str:
    """The sentence that a `Work` is done with when it got no vector; what is a bug goes to the log."""
    if isinstance(error, (DeviceError, UnusableInput, ModelsUnavailable)):
        return str(error)
    log.error("embedding one document failed", exc_info=error)
    return f"The model could not read it ({type(error).__name__})."
