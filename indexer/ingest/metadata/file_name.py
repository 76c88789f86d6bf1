"""When a picture or film was made, as cameras, phones and messengers write it into file names."""

import re
from datetime import UTC, datetime
from typing import Final

from indexer.ingest.metadata.record import moment

_DAY: Final = r"(?P<year>(?:19[9]|20\d)\d)[-_. ]?(?P<month>0[1-9]|1[0-2])[-_. ]?(?P<day>0[1-9]|[12]\d|3[01])"
# "at", "um", "à" and the like, or nothing, between date and time
_JOIN: Final = r"(?:[-_. T]{1,3}|[ _-]+[^\W\d_]{1,8}[ _-]+|[^\W\d_]{1,4})?"
_TIME: Final = (
    r"(?P<hour>[01]?\d|2[0-3])[-_.:h]?(?P<minute>[0-5]\d)(?:[-_.:m]?(?P<second>[0-5]\d))?(?P<milli>\d{3})?(?!\d)"
    r"(?:[ \u202f_-]?(?P<half>[AaPp])\.?[Mm]\b)?"
)
_DATED: Final = re.compile(rf"(?<!\d){_DAY}(?:{_JOIN}{_TIME}|(?!\d))")
# Milliseconds since 1970: Facebook, WeChat, many Android programs
_EPOCH: Final = re.compile(r"(?<!\d)(1[0-9]{12})(?!\d)")
# Google's cameras count in UTC there
_UTC_NAMES: Final = re.compile(r"^PXL_")


def captured(stem: str) -> str | None:
    """ISO 8601 from a file name without its extension, None where it holds no date."""
    if found := _DATED.search(stem):
        parts = found.groupdict()
        written = f"{parts['year']}-{parts['month']}-{parts['day']}"
        if parts["hour"]:
            written += (
                f"T{_hour(int(parts['hour']), parts['half']):02d}:{parts['minute']}:{parts['second'] or '00'}"
            )
        if when := moment(written, "Z" if _UTC_NAMES.match(stem) and parts["hour"] else ""):
            return when
    if found := _EPOCH.search(stem):
        return datetime.fromtimestamp(int(found[1]) // 1000, UTC).isoformat()
    return None


def _hour(hour: int, half: str | None) -> int:
    if half is None or hour > 12:
        return hour
    return hour % 12 + (12 if half in "pP" else 0)
