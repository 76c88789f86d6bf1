"""The part of `indexer.protocol` about when the work in the background is done, and how far it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hurry:
    """Wait for nothing (battery, full screen, other programs, a pause) until all is done. Reply: `Status`."""

    on: bool = True


@dataclass(frozen=True, slots=True)
class ReloadSettings:
    """The settings file was changed: apply what can be applied now. Reply: `Status`."""
