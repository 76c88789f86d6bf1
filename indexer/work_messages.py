"""The part of `indexer.protocol` about when the work in the background is done, and how far it is."""

from dataclasses import dataclass

from indexer.kinds import Kind


@dataclass(frozen=True, slots=True)
class Hurry:
    """Wait for nothing (battery, full screen, other programs, a pause) until all is done. Reply: `Status`."""

    on: bool = True


@dataclass(frozen=True, slots=True)
class ReloadSettings:
    """The settings file was changed: apply what can be applied now. Reply: `Status`."""


@dataclass(frozen=True, slots=True)
class GetCoverage:
    """Reply: `Coverage`."""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """The files of one kind in one folder.

    Attributes:
        files: those that belong into the index. named: found by name.
        quick: found by what they show, after a quick look at least. sharp: as the settings ask for.
        failed: those of them that could not be read; they stay found by name only.
    """

    folder: str
    kind: Kind
    files: int
    named: int
    quick: int
    sharp: int
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the index is, for every folder and every kind that is in it."""

    rows: tuple[CoverageRow, ...]
