"""What documents say about themselves: PDF's information, Office's and OpenDocument's properties.

Decoder processes only.
"""

import re
from collections.abc import Mapping
from typing import Final

from indexer.ingest.metadata.record import NOTHING, Metadata, clean, distinct, moment, telling
from indexer.ingest.metadata.xmp import parsed

_PDF_DATE: Final = re.compile(
    r"(?:D:)?\s*(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:(Z)|([+-]\d\d)'?(\d\d)?)?"
)
_SEPARATORS: Final = re.compile(r"[,;]")
_LOCAL_NAME: Final = re.compile(r"^\{.*\}")


def read_pdf(information: Mapping[str, str]) -> Metadata:
    """From PDF's information dictionary, as PDFium returns it."""
    return Metadata(
        captured=_pdf_date(information.get("CreationDate", "")) or _pdf_date(information.get("ModDate", "")),
        title=telling(information.get("Title")),
        description=telling(information.get("Subject")),
        author=telling(information.get("Author")),
        keywords=distinct(_SEPARATORS.split(information.get("Keywords", ""))),
        program=clean(information.get("Creator")) or clean(information.get("Producer")),
    )


def read_properties(xml: bytes) -> Metadata:
    """From `docProps/core.xml` of Office's formats, `meta.xml` of OpenDocument's, or an EPUB's package file.

    `NOTHING` for XML that is damaged, or hostile (entities, a DTD).
    """
    root = parsed(xml)
    if root is None:
        return NOTHING
    found: dict[str, list[str]] = {}
    for element in root.iter():
        if isinstance(element.tag, str) and (text := clean(element.text)):
            found.setdefault(_LOCAL_NAME.sub("", element.tag).casefold(), []).append(text)

    def one(*names: str) -> str:
        return next((found[name][0] for name in names if name in found), "")

    keywords = [
        part
        for name in ("keywords", "keyword")
        for text in found.get(name, ())
        for part in _SEPARATORS.split(text)
    ]
    subject = one("subject")
    return Metadata(
        captured=moment(one("created", "creation-date", "date")) or moment(one("modified")),
        title=telling(one("title")),
        description=telling(one("description")) or telling(subject),
        author=telling(one("initial-creator", "creator")),
        keywords=distinct(keywords),
        program=clean(one("application", "generator")),
    )


def _pdf_date(text: str) -> str | None:
    """ "D:20240503142210+02'00'" as ISO 8601."""
    found = _PDF_DATE.match(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, utc, hours, minutes = found.groups()
    written = f"{year}-{month or '01'}-{day or '01'}"
    if hour:
        written += f"T{hour}:{minute or '00'}:{second or '00'}"
    zone = "Z" if utc else f"{hours}:{minutes or '00'}" if hours else ""
    return moment(written, zone)
