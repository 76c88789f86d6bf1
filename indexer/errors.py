"""Errors by blame.

    SightlineError
    ├── UserError            the person can fix it: the message is one sentence that says what to do
    │   ├── DataDirectoryBusy    another engine owns this data directory
    │   ├── IndexTooNew          the index was written by a newer Sightline
    │   └── OtherEmbedder        the index holds vectors of another embedder
    └── MediaError           this file cannot be read: listed among the problems, never stops a scan
        ├── InUse                another program keeps it to itself: tried again by itself, not a failure
        └── Skipped              left out on purpose (unknown format, too small): listed, not a failure
            └── InCloud              its bytes are not on this computer

Anything else is a bug: it is logged with its traceback and shown as "something went wrong".
"""


class SightlineError(Exception):
    """The root. `str(error)` is always fit to be shown."""


class UserError(SightlineError):
    """Shown as it is."""


class DataDirectoryBusy(UserError):
    """One writer per data directory."""


class IndexTooNew(UserError):
    """The database has a schema version this program does not know."""


class OtherEmbedder(UserError):
    """Vectors of two embedders do not mix."""


class MediaError(SightlineError):
    """This one file cannot be used; the message is the reason in a sentence."""


class InUse(MediaError):
    """Another program has this one file open and lets nobody read it meanwhile."""


class Skipped(MediaError):
    """This one file is left out by rule; the message names the rule."""


class InCloud(Skipped):
    """Reading this one file would download it."""
