"""XMP: a packet of RDF inside a picture or PDF, or in a sidecar file beside it. Decoder processes only."""

import re
from collections.abc import Iterable
from typing import Any, Final, TypeAlias

from lxml import etree

from indexer.ingest.metadata.record import (
    NOTHING,
    Metadata,
    camera_name,
    clean,
    coordinates,
    distinct,
    moment,
    stars,
    telling,
    zoned,
)

MAX_BYTES = 4 << 20
"""Larger packets hold pictures or histories of edits."""

_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_XMP: Final = "{http://ns.adobe.com/xap/1.0/}"
_PHOTOSHOP: Final = "{http://ns.adobe.com/photoshop/1.0/}"
_EXIF: Final = "{http://ns.adobe.com/exif/1.0/}"
_EXIF_EX: Final = "{http://cipa.jp/exif/1.0/}"
_TIFF: Final = "{http://ns.adobe.com/tiff/1.0/}"
_AUX: Final = "{http://ns.adobe.com/exif/1.0/aux/}"
_LIGHTROOM: Final = "{http://ns.adobe.com/lightroom/1.0/}"
_DIGIKAM: Final = "{http://www.digikam.org/ns/1.0/}"
_IPTC: Final = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_PDF: Final = "{http://ns.adobe.com/pdf/1.3/}"

_DEGREES: Final = re.compile(
    r"\s*(\d{1,3})(?:[,°]\s*(\d{1,2}(?:\.\d+)?))?(?:,\s*(\d{1,2}(?:\.\d+)?))?\s*([NSEW])"
)
_HIERARCHY: Final = re.compile(r"[|/]")

Element: TypeAlias = Any
"""An element of lxml, which has no types."""


def read(packet: bytes | str | None) -> Metadata:
    """What an XMP packet says; `NOTHING` for one that is none. DTDs and entities are refused unread."""
    if isinstance(packet, str):
        packet = packet.encode("utf-8", "surrogatepass")
    if not packet or len(packet) > MAX_BYTES:
        return NOTHING
    begin, end = packet.find(b"<x:xmpmeta"), packet.rfind(b"</x:xmpmeta>")
    if 0 <= begin < end:
        packet = packet[begin : end + len(b"</x:xmpmeta>")]  # padding and Lightroom's bytes behind it
    root = parsed(packet.strip(b"\0 \r\n\t"))
    return NOTHING if root is None else _described(list(root.iter(f"{_RDF}Description")))


def parsed(xml: bytes) -> Element | None:
    """The root of a small XML document; None for one that is none, or declares anything (as attacks do)."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if root is not None and root.getroottree().docinfo.internalDTD is None else None


def _described(parts: list[Element]) -> Metadata:
    def one(*names: str) -> str:
        return next((text for name in names if (text := _first(_values(parts, name)))), "")

    def every(*names: str) -> Iterable[str]:
        return (text for name in names for text in _values(parts, name))

    place = (
        one(f"{_IPTC}Location"),
        one(f"{_PHOTOSHOP}City"),
        one(f"{_PHOTOSHOP}State"),
        one(f"{_PHOTOSHOP}Country"),
    )
    where = coordinates(_degrees(one(f"{_EXIF}GPSLatitude")), _degrees(one(f"{_EXIF}GPSLongitude")))
    keywords = [
        _HIERARCHY.split(word)[-1]
        for word in every(f"{_LIGHTROOM}hierarchicalSubject", f"{_DIGIKAM}TagsList")
    ]
    dates = (
        one(f"{_EXIF}DateTimeOriginal"),
        one(f"{_PHOTOSHOP}DateCreated"),
        one(f"{_EXIF}DateTimeDigitized"),
        one(f"{_XMP}CreateDate"),
    )
    return Metadata(
        captured=zoned(moment(date) for date in dates),
        camera=camera_name(one(f"{_TIFF}Make"), one(f"{_TIFF}Model")),
        lens=telling(one(f"{_AUX}Lens", f"{_EXIF_EX}LensModel", f"{_EXIF}LensModel")),
        latitude=where[0] if where else None,
        longitude=where[1] if where else None,
        place=", ".join(distinct(place)),
        title=telling(one(f"{_DC}title", f"{_PHOTOSHOP}Headline")),
        description=telling(one(f"{_DC}description")),
        author=", ".join(distinct(every(f"{_DC}creator"))),
        keywords=distinct([*every(f"{_DC}subject"), *keywords]),
        rating=stars(one(f"{_XMP}Rating")),
        program=clean(one(f"{_XMP}CreatorTool", f"{_PDF}Producer")),
        screen_capture="screenshot" in one(f"{_EXIF}UserComment").casefold(),
    )


def _values(parts: Iterable[Element], name: str) -> list[str]:
    """All values of a property: written as attribute, as text, or as a list (default language first)."""
    found: list[str] = []
    for part in parts:
        if (written := part.get(name)) is not None:
            found.append(written)
        for child in part.findall(name):
            items = sorted(
                child.iter(f"{_RDF}li"), key=lambda item: item.get(_LANG) not in (None, "x-default")
            )
            found += [item.text or "" for item in items] or [child.text or ""]
    return [text for value in found if (text := clean(value))]


def _first(values: list[str]) -> str:
    return values[0] if values else ""


def _degrees(text: str) -> float | None:
    """ "51,30.5N" and "51,30,30N" as signed degrees."""
    found = _DEGREES.fullmatch(text)
    if found is None:
        return None
    size = float(found[1]) + float(found[2] or 0) / 60 + float(found[3] or 0) / 3600
    return -size if found[4] in "SW" else size
