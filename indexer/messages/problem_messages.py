"""The part of `indexer.protocol` about files that are not in the index, and why."""

from dataclasses import dataclass
from typing import Final, Literal

from indexer.words import Sentence

IN_USE: Final = "Another program keeps it to itself now; it is read as soon as that is over."
"""Of a file that waits meanwhile, and is listed for it."""


@dataclass(frozen=True, slots=True)
class GetProblems:
    """Reply: `Problems`, with `ignored` those too that the person does not want to see."""

    ignored: bool = False


@dataclass(frozen=True, slots=True)
class Retry:
    """Try the failed files again (all, or these paths). Reply: `Status`."""

    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that is not in the index, or not all of it, and why, in a sentence.

    Attributes:
        attempts: how often it was opened. ignored: the person does not want to see it any more.
    """

    path: str
    outcome: Literal["failed", "skipped"]
    reason: Sentence
    attempts: int = 0
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class Problems:
    """All of them, failed first."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class IgnoreProblems:
    """List these files among the problems no longer, or (`ignored` false) again. Reply: `Status`.

    A file that changes, or is tried again, is listed if it is a problem still.
    """

    paths: tuple[str, ...]
    ignored: bool = True
