"""The part of `indexer.protocol` about what is kept, what takes room, and letting all of it go."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GetDiskUse:
    """Reply: `DiskUse`, after some seconds for a large library."""


@dataclass(frozen=True, slots=True)
class DiskPart:
    """`name`, for people: what it is that takes these bytes."""

    name: str
    bytes: int


@dataclass(frozen=True, slots=True)
class DiskUse:
    """What Sightline keeps on the disk, the largest first."""

    parts: tuple[DiskPart, ...]


@dataclass(frozen=True, slots=True)
class Purge:
    """Delete everything that Sightline ever stored; the person's own files stay as they are.

    Reply: empty, then `bye`: the engine ends. Error when something could not be deleted.
    """
