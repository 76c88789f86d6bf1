"""Errors by blame.

    SightlineError
    ├── UserError            the person can fix it: the message is one sentence that says what to do
    │   ├── DataDirectoryBusy    another engine owns this data directory
    │   ├── IndexTooNew          the index was written by a newer Sightline
    │   └── OtherEmbedder        the index holds vectors of another embedder
    └── MediaError           this file cannot be read: listed among the problems, never stops a scan
        ├── NotNow               through no fault of its own, and over by itself: tried again, not a failure
        │   ├── InUse                another program keeps it to itself
        │   └── NoAnswer             the disk or server that it is on does not answer
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


class NotNow(MediaError):
    """This one file cannot be read for a while: that says nothing against it."""


class InUse(NotNow):
    """Another program has this one file open and lets nobody read it meanwhile."""


class NoAnswer(NotNow):
    """The disk or server of this one file keeps whoever asks waiting."""


class Skipped(MediaError):
    """This one file is left out by rule; the message names the rule."""


class InCloud(Skipped):
    """Reading this one file would download it."""
