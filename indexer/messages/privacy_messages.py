"""The part of `indexer.protocol` about what leaves the computer: nothing but what is listed here."""

from dataclasses import dataclass

from indexer.words import Phrase


@dataclass(frozen=True, slots=True)
class GetConnections:
    """Reply: `Connections`."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Another computer that Sightline asked for something.

    Attributes:
        time: seconds since the epoch.
        purpose: what for, as "model qwen3-vl-embedding-2b"; "" when no part of Sightline says so.
        bytes: received until the purpose was served, told with the last host of it; 0 when not known.
    """

    time: float
    host: str
    purpose: Phrase = ""
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Connections:
    """All there ever were, newest first."""

    rows: tuple[Connection, ...]
