"""When something happened, as the clock on the wall showed it.

A *moment* is seconds since 1970-01-01 00:00 on that same clock, whatever its zone: what a person calls
"3 May, half past eleven at night" stays on the 3rd of May, also for a photo from the other side of the world.
"""

import calendar
from datetime import datetime, timedelta
from time import localtime

_EPOCH = datetime(1970, 1, 1)


def of_clock(time: datetime) -> int:
    """The moment of a time; its zone, if it has one, is not looked at."""
    return int((time.replace(tzinfo=None) - _EPOCH).total_seconds())


def of_file(mtime_ns: int, taken: str | None = None) -> int:
    """When a file's content was made: what its metadata says, else when the file was changed.

    Args:
        taken: ISO 8601. UTC becomes this computer's time (cameras that write it know no other zone), a time
            with another zone or none is what the camera's clock showed. Unreadable counts as missing.
    """
    if taken:
        try:
            time = datetime.fromisoformat(taken)
            return of_clock(time.astimezone() if time.utcoffset() == timedelta(0) else time)
        except (ValueError, OverflowError, OSError):
            pass
    seconds = mtime_ns // 1_000_000_000
    try:
        return calendar.timegm(localtime(seconds))  # quicker than by way of a datetime, and the same
    except (ValueError, OverflowError, OSError):  # a year that no calendar here can name
        return seconds
