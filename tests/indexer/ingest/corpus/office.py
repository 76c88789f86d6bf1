"""Office documents, books and mail, written member by member."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_SLIDE: Final = "http://schemas.openxmlformats.org/presentationml/2006/main"
_DRAW: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns"


def archive(members: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def relations(**targets: tuple[str, str]) -> str:
    """From id to (kind, target)."""
    each = "".join(
        f'<Relationship Id="{id}" Type="{_RELATED}/{kind}" Target="{target}"/>'
        for id, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


_TYPES: Final = {
    "word/document.xml": "wordprocessingml.document.main",
    "word/styles.xml": "wordprocessingml.styles",
    "word/comments.xml": "wordprocessingml.comments",
    "xl/workbook.xml": "spreadsheetml.sheet.main",
    "xl/sharedStrings.xml": "spreadsheetml.sharedStrings",
    "xl/styles.xml": "spreadsheetml.styles",
    "xl/worksheets/sheet1.xml": "spreadsheetml.worksheet",
}
"""Without them LibreOffice takes a file for none of its own."""


def _office(main: str, members: Mapping[str, str | bytes]) -> bytes:
    each = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
        for name, kind in _TYPES.items()
        if name in members
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{each}</Types>'
    )
    start = {"[Content_Types].xml": types, "_rels/.rels": relations(r1=("officeDocument", main))}
    return archive({**start, **members})


def paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(
    body: str, *, strict: bool = False, before: str = "", more: Mapping[str, str | bytes] | None = None
) -> bytes:
    space = _STRICT if strict else _WORD
    styles = f'<w:styles xmlns:w="{space}"><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>'
    document = f'{before}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return _office(
        "word/document.xml", {"word/document.xml": document, "word/styles.xml": styles, **(more or {})}
    )


def letter() -> bytes:
    """Headings, a table, a text box written twice, deleted text, a header and a footnote."""
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>".format(paragraph("Posten"), paragraph("Betrag"))
    box = f"<w:txbxContent>{paragraph('Kastentext')}</w:txbxContent>"
    twice = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    deleted = "<w:p><w:del><w:r><w:delText>Gestrichenes</w:delText></w:r></w:del><w:r><w:t>Bleibendes</w:t></w:r></w:p>"
    body = (
        paragraph("Rechnung", "berschrift1")
        + paragraph("Sehr geehrte Frau Ağaoğlu")
        + f"<w:tbl>{row}</w:tbl>"
    )
    aside = f'<w:hdr xmlns:w="{_WORD}">{paragraph("Briefkopf")}</w:hdr>'
    notes = f'<w:footnotes xmlns:w="{_WORD}"><w:footnote>{paragraph("Fussnote")}</w:footnote></w:footnotes>'
    return docx(body + twice + deleted, more={"word/header1.xml": aside, "word/footnotes.xml": notes})


def pptx(slides: list[str], notes: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="r{n}"/>' for n in range(1, len(slides) + 1))
    members: dict[str, str | bytes] = {
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{_SLIDE}" xmlns:r="{_RELATED}">'
        f"<p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            **{f"r{n}": ("slide", f"slides/slide{n}.xml") for n in range(1, len(slides) + 1)}
        ),
    }
    for number, text in enumerate(slides, 1):
        members[f"ppt/slides/slide{number}.xml"] = _slide("sld", text)
    if notes:
        members["ppt/slides/_rels/slide1.xml.rels"] = relations(
            r1=("notesSlide", "../notesSlides/notesSlide1.xml")
        )
        members["ppt/notesSlides/notesSlide1.xml"] = _slide("notes", notes)
    return _office("ppt/presentation.xml", {**members, **(more or {})})


def _slide(kind: str, text: str) -> str:
    return (
        f'<p:{kind} xmlns:p="{_SLIDE}" xmlns:a="{_DRAW}"><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>{text}</a:t>'
        f"</a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:{kind}>"
    )


def xlsx(
    rows: str,
    *,
    sheet: str = "Haushalt",
    dimension: str = "A1:B2",
    about: str = "",
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """The cell B1 is style 1, a date; shared text 0 is "Miete"."""
    return _office(
        "xl/workbook.xml",
        {
            "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_RELATED}">{about}<sheets>'
            f'<sheet name="{sheet}" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                r1=("worksheet", "worksheets/sheet1.xml"),
                r2=("sharedStrings", "sharedStrings.xml"),
                r3=("styles", "styles.xml"),
            ),
            "xl/sharedStrings.xml": f'<sst xmlns="{_SHEET}"><si><t>Miete</t></si>'
            "<si><r><t>Neben</t></r><r><t>kosten</t></r></si></sst>",
            "xl/styles.xml": f'<styleSheet xmlns="{_SHEET}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
            "</styleSheet>",
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><dimension ref="{dimension}"/>'
            f"<sheetData>{rows}</sheetData></worksheet>",
            **(more or {}),
        },
    )


def beside_a_sheet() -> dict[str, str]:
    """A comment on a cell, a text box, a chart with a title."""
    written = f'<a:p xmlns:a="{_DRAW}"><a:r><a:t>{{}}</a:t></a:r></a:p>'
    return {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            r1=("threadedComment", "../threadedComments/threadedComment1.xml"),
            r2=("drawing", "../drawings/drawing1.xml"),
            r3=("comments", "../comments1.xml"),
        ),
        "xl/drawings/_rels/drawing1.xml.rels": relations(
            r1=("chart", "../charts/chart1.xml"), r2=("drawing", "drawing1.xml")
        ),
        "xl/threadedComments/threadedComment1.xml": '<ThreadedComments><threadedComment ref="B2"><text>Wird teurer'
        "</text></threadedComment></ThreadedComments>",
        "xl/comments1.xml": f'<comments xmlns="{_SHEET}"><commentList><comment ref="B2"><text><r><t>Neuere '
        "Version </t></r><r><t>verwenden</t></r></text></comment></commentList></comments>",
        "xl/drawings/drawing1.xml": f"<wsDr><txBody>{written.format('Kastentext')}</txBody></wsDr>",
        "xl/charts/chart1.xml": f"<chart><title><rich>{written.format('Verlauf')}</rich></title></chart>",
    }


def diagram(text: str) -> dict[str, str]:
    """What a slide's diagram says, beside the slide."""
    return {
        "ppt/slides/_rels/slide1.xml.rels": relations(r1=("diagramData", "../diagrams/data1.xml")),
        "ppt/diagrams/data1.xml": _slide("dataModel", text),
    }


ROWS: Final = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45413</v></c><c r="C1"><v>850.5</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="inlineStr"><is><t>Heizung</t></is></c></row>'
)


def opendocument(kind: str, body: str, *, locked: bool = False) -> bytes:
    """`kind`: text, presentation or spreadsheet."""
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    content = (
        f'<office:document-content xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" '
        f'xmlns:table="{_ODF}:table:1.0" xmlns:draw="{_ODF}:drawing:1.0" xmlns:presentation="{_ODF}:presentation:1.0">'
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    entry = (
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{}'
        "</manifest:file-entry>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0">{{}}</manifest:manifest>'.format(
        entry.format("<manifest:encryption-data/>" if locked else "")
    )
    return archive(
        {"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": content},
        stored=("mimetype",),
    )


ODT: Final = (
    '<text:h text:outline-level="2">Kapitel</text:h><text:p>Ein<text:s text:c="2"/>Satz<text:tab/>mit '
    "<text:span>Span</text:span>ne.</text:p><table:table><table:table-row><table:table-cell><text:p>links</text:p>"
    "</table:table-cell><table:table-cell><text:p>rechts</text:p></table:table-cell></table:table-row></table:table>"
    "<text:tracked-changes><text:p>Gestrichenes</text:p></text:tracked-changes>"
)
NOTED: Final = (
    "<text:p>Dies ist<office:annotation><office:creator>Ada</office:creator><text:p>Bitte prüfen</text:p>"
    "</office:annotation> ein Satz<text:note><text:note-citation>7</text:note-citation><text:note-body>"
    "<text:p>Fussnote</text:p></text:note-body></text:note>.</text:p>"
)
ODP: Final = (
    '<draw:page draw:name="eins"><text:p>Erste Folie</text:p><presentation:notes><text:p>Merkzettel</text:p>'
    '</presentation:notes></draw:page><draw:page draw:name="zwei"><text:p>Zweite Folie</text:p></draw:page>'
)
ODS: Final = (
    '<table:table table:name="Ausgaben"><table:table-row><table:table-cell><text:p>Brot</text:p></table:table-cell>'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row><table:table-row '
    'table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    "</table:table>"
)


def epub(chapters: Mapping[str, str], *, encrypted: bool = False) -> bytes:
    """From title to text."""
    items = "".join(
        f'<item id="c{n}" href="text/c{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(len(chapters))
    )
    order = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}</manifest>'
        f"<spine>{order}</spine></package>",
    }
    for number, (title, text) in enumerate(chapters.items()):
        members[f"OEBPS/text/c{number}.xhtml"] = (
            '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
            f"<title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
        )
    if encrypted:
        locked = "".join(f'<enc:CipherReference URI="OEBPS/text/c{n}.xhtml"/>' for n in range(len(chapters)))
        members["META-INF/encryption.xml"] = (
            f'<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#">{locked}</encryption>'
        )
    return archive(members, stored=("mimetype",))


def message(body: str, *, subject: str = "Termin am Freitag", kind: str = "text/plain") -> str:
    return (
        f"From: Ada <ada@example.org>\r\nTo: Bob <bob@example.org>\r\nSubject: {subject}\r\n"
        f"Date: Wed, 01 May 2024 10:20:30 +0200\r\nMIME-Version: 1.0\r\nContent-Type: {kind}; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n"
    )


def with_attachment() -> str:
    """A message in two forms, with an attached file."""
    return (
        "From: ada@example.org\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="A"\r\n\r\n--A\r\nContent-Type: multipart/alternative; boundary="B"\r\n'
        "\r\n--B\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "Sch=F6ner Gru=DF\r\n--B\r\nContent-Type: text/html\r\n\r\n<p>Nur im Netz</p>\r\n--B--\r\n--A\r\n"
        'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="Vertrag.pdf"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--A--\r\n"
    )
