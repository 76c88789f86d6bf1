"""What a film says about itself: the tags FFmpeg reads from its container. Decoder processes only."""

import re
from collections.abc import Mapping
from typing import Final

from indexer.ingest.metadata.record import (
    Metadata,
    camera_name,
    clean,
    coordinates,
    distinct,
    moment,
    stars,
    telling,
)

_ISO_6709: Final = re.compile(r"\s*([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)(?:[+-]\d+(?:\.\d+)?)?")
_SEPARATORS: Final = re.compile(r"[,;/]")


def read(tags: Mapping[str, str], codec: str) -> Metadata:
    """From the tags of container and stream, whatever the case of their names.

    Apple's creation date comes first: it is the local time with its zone; `creation_time` is UTC.
    """
    low = {name.casefold(): value for name, value in tags.items()}

    def one(*names: str) -> str:
        return next((text for name in names if (text := clean(low.get(name)))), "")

    dates = (
        one("com.apple.quicktime.creationdate"),
        one("date_recorded", "datetimeoriginal", "date_digitized"),
        one("creation_time", "creationdate", "date", "year"),
    )
    where = _coordinates(one("com.apple.quicktime.location.iso6709", "location", "location-eng", "xyz"))
    return Metadata(
        captured=next((when for date in dates if (when := moment(date))), None),
        camera=camera_name(
            one("com.apple.quicktime.make", "make", "com.android.manufacturer"),
            one("com.apple.quicktime.model", "model", "com.android.model"),
        ),
        lens=one("com.apple.quicktime.camera.lens_model", "lens"),
        latitude=where[0] if where else None,
        longitude=where[1] if where else None,
        place=one("com.apple.quicktime.location.name"),
        title=telling(one("title", "com.apple.quicktime.displayname")),
        description=telling(one("description", "synopsis", "com.apple.quicktime.description", "comment")),
        author=one("artist", "author", "com.apple.quicktime.author", "director", "album_artist"),
        keywords=distinct(_SEPARATORS.split(one("keywords", "com.apple.quicktime.keywords", "genre"))),
        rating=stars(one("com.apple.quicktime.rating.user")) or None,
        codec=codec,
        program=one("com.apple.quicktime.software", "encoder"),
    )


def _coordinates(text: str) -> tuple[float, float] | None:
    """ "+48.8584+002.2945+035.000/" as degrees."""
    found = _ISO_6709.match(text)
    return coordinates(float(found[1]), float(found[2])) if found else None
