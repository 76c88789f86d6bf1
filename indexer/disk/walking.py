"""Going through a watched folder as long as what is touched there answers (answering.py)."""

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from indexer.drives.answering import Answering
from indexer.ingest.scan import Seen, Unreadable, walk
from indexer.ingest.scope import Scope

T = TypeVar("T")

PORTION = 500
"""Files that are seen at a time."""


@dataclass(slots=True)
class Visit:
    """A look into a watched folder. `at`: what is touched just now."""

    root: str
    at: str

    @classmethod
    def of(cls, root: str) -> "Visit":
        """It begins with the folder itself."""
        return cls(root, root)

    def to(self, path: str) -> None:
        """This is touched next."""
        self.at = path

    def patiently(self, answering: Answering, touch: Callable[[], T]) -> T:
        """What `touch` returns or raises. Raises `NoAnswer` once what it touches is silent."""
        return answering.patiently(lambda: Path(self.at, "*"), touch)


def walk_patiently(
    answering: Answering, visit: Visit, scope: Scope, silent: Container[str] = (), portion: int = PORTION
) -> Iterator[Seen | Unreadable]:
    """As `scan.walk`, from where the visit begins. Raises as that does, and `NoAnswer`."""
    folder = visit.at
    entries = visit.patiently(answering, lambda: walk(folder, scope, visit.root, silent, visit.to))
    while some := visit.patiently(answering, lambda: list(islice(entries, portion))):
        yield from some
