"""Documents: PDF, Office, books, mail, web pages and text in many encodings."""

import codecs
import io
import zipfile
from typing import Any

from ingest_files import noise, pdf
from PIL import Image

from corpus import office
from corpus.sample import Make, Sample, writes

MAIL = "Nachricht {}\r\n\r\nFrom now on we meet on Fridays."
GERMAN = "Die Größe der Straße wäre für die Schüler schön. Über Äpfel und Öl spricht man häufig. " * 5
RUSSIAN = "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива. " * 5
JAPANESE = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。" * 5
CHINESE = "我喜欢在周末去公园散步，看看花草树木，听听鸟叫的声音。" * 5

PAGE = """<!DOCTYPE html><html><head><title>Rezept</title><style>p {{color: red}}</style></head><body>
<script>var verborgen = 1;</script><!-- Kommentar --><h1>Apfelkuchen</h1><p>Man nehme <b>drei</b> Äpfel.</p>
<table><tr><td>Mehl</td><td>200 g</td></tr></table>{}</body></html>"""
RTF = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\author Verfasserin}}\f0 Der B\'e4r isst "
    r"\u1087?\u1088?\u1080?\par Zweite Zeile \u-10179?\u-8704? {\pict\pngblip 89504e47}}"
)


def scan(size: tuple[int, int] = (600, 800)) -> bytes:
    out = io.BytesIO()
    noise(size).save(out, "PDF", save_all=True, append_images=[noise(size, 1)])
    return out.getvalue()


def _text(name: str, data: bytes | str, *words: str, **facts: Any) -> Sample:
    make: Make = writes(data if isinstance(data, bytes) else data.encode())
    return Sample(name, make, "document", words=words, **facts)


BOOK = (
    '<?xml version="1.0" encoding="windows-1251"?><FictionBook><description><title-info><author><last-name>'
    "Чехов</last-name></author><date>1899</date></title-info></description><body><title><p/><p>Дама с собачкой"
    "</p></title><section><title><p>Глава первая</p></title><section><title><p>1</p></title><p>на <em>"
    "набережной</em></p></section></section><section><title><p>Глава вторая</p></title><p>Прошла неделя.</p>"
    "</section></body><binary>4AAQ</binary></FictionBook>"
)

SAMPLES: list[Sample] = [
    Sample(
        "letter.pdf",
        writes(pdf(["Invoice 4711", "second page"])),
        "document",
        pages=2,
        segments=2,
        words=("4711",),
    ),
    Sample("scanned.pdf", writes(scan), "document", pages=2, segments=2),
    Sample(
        "script.pdf",
        writes(pdf(["harmless words"], extra="/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")),
        "document",
        pages=1,
        words=("harmless",),
    ),
    _text(
        "Brief.docx",
        office.letter(),
        "# Rechnung",
        "Sehr geehrte Frau Ağaoğlu",
        "Posten\tBetrag",
        "Kastentext",
        "Bleibendes",
        "Briefkopf",
        "Fussnote",
        absent=("Gestrichenes", "Kastentext\nKastentext"),
    ),
    _text("strict.docx", office.docx(office.paragraph("Strenges Format"), strict=True), "Strenges Format"),
    _text("template.dotx", office.docx(office.paragraph("Vorlage")), "Vorlage"),
    _text("docx without name", office.docx(office.paragraph("Namenlos")), "Namenlos"),
    _text(
        "Vortrag.pptx",
        office.pptx(["Begrüßung", "Zusammenfassung"], notes="Sprechzettel"),
        "Begrüßung",
        "Zusammenfassung",
        "Sprechzettel",
        pages=2,
        segments=2,
    ),
    _text(
        "Haushalt.xlsx",
        office.xlsx(office.ROWS),
        "Haushalt",
        "Miete\t2024-05-01\t850.5",
        "Nebenkosten\tHeizung",
        segments=1,
    ),
    _text(
        "Haushalt mit Anmerkung.xlsx",
        office.xlsx(office.ROWS, more=office.beside_a_sheet()),
        "Wird teurer",
        "Kastentext",
        "Verlauf",
        segments=1,
        absent=("Neuere Version",),
    ),
    _text("Ablauf.pptx", office.pptx([""], more=office.diagram("Bestellen")), "Bestellen", pages=1),
    _text(
        "Alt vom Mac.xlsx",
        office.xlsx(office.ROWS, about='<workbookPr date1904="1"/>'),
        "Miete\t2028-05-02\t850.5",
    ),
    _text(
        "Bericht.odt",
        office.opendocument("text", office.ODT),
        "## Kapitel",
        "Ein  Satz\tmit Spanne.",
        "links\trechts",
        absent=("Gestrichenes",),
    ),
    _text(
        "Kommentiert.odt",
        office.opendocument("text", office.NOTED),
        "Dies ist ein Satz.",
        "Bitte prüfen",
        "Fussnote",
        absent=("Ada",),
    ),
    _text(
        "Folien.odp",
        office.opendocument("presentation", office.ODP),
        "Erste Folie",
        "Merkzettel",
        "Zweite Folie",
        pages=2,
        segments=2,
    ),
    _text("Kasse.ods", office.opendocument("spreadsheet", office.ODS), "Ausgaben", "Brot", segments=1),
    _text("odt without name", office.opendocument("text", office.ODT), "Spanne"),
    _text("Notiz.rtf", RTF, "Der Bär isst при", "Zweite Zeile 😀", absent=("Verfasserin", "89504e47")),
    _text("rtf named.doc", RTF, "Der Bär isst"),
    _text(
        "Roman.epub",
        office.epub(
            {
                "Erstes Kapitel": "Es war einmal.",
                "Zweites Kapitel": "Und dann & danach.".replace("&", "&amp;"),
            }
        ),
        "Erstes Kapitel",
        "Es war einmal.",
        "Und dann & danach.",
        segments=2,
    ),
    _text(
        "Rezept.html",
        PAGE.format(""),
        "Rezept",
        "# Apfelkuchen",
        "Man nehme drei Äpfel.",
        "Mehl 200 g",
        absent=("verborgen", "color", "Kommentar"),
    ),
    _text(
        "latin.htm",
        PAGE.format("").replace("<head>", '<head><meta charset="iso-8859-1">').encode("latin-1"),
        "drei Äpfel",
    ),
    _text("page without name", PAGE.format(""), "Apfelkuchen"),
    _text(
        "Termin.eml",
        office.message("Bis dann in Köln"),
        "Termin am Freitag",
        "From: Ada",
        "Bis dann in Köln",
        taken="2024-05-01T10:20:30+02:00",
    ),
    _text(
        "Netz.eml", office.message("<p>Nur <b>HTML</b></p>", kind="text/html"), "Nur HTML", absent=("<p>",)
    ),
    _text(
        "Euro.eml",
        office.message("It’s 80 €").replace("utf-8", "iso-8859-1").encode("cp1252"),
        "It’s 80 €",
    ),
    _text(
        "Anhang.eml",
        office.with_attachment(),
        "Grüße",
        "Schöner Gruß",
        "Vertrag.pdf",
        absent=("Nur im Netz", "AAAA"),
    ),
    _text(
        "Archiv.mbox",
        "".join(
            f"From ada Wed May  1 10:20:30 2024\r\n{office.message(MAIL.format(n), subject=f'Betreff {n}')}\r\n"
            for n in range(3)
        ),
        "Betreff 0",
        "Nachricht 2",
        "From now on we meet on Fridays",
        segments=3,
    ),
    _text(
        "Bericht.fodt",
        zipfile.ZipFile(io.BytesIO(office.opendocument("text", office.ODT))).read("content.xml"),
        "## Kapitel",
        "links\trechts",
        absent=("Gestrichenes",),
    ),
    Sample(
        "Dama.fb2",
        writes(BOOK.encode("cp1251")),
        "document",
        segments=3,
        words=("Глава вторая\n\n# Глава вторая\n\nПрошла неделя.", "# 1\n\nна набережной"),
        absent=("Чехов",),
        taken="1899-01-01T00:00:00",
    ),
    _text("Notizen.md", "# Titel\n\nEin Absatz.", "# Titel", "Ein Absatz."),
    _text("Notizen.txt", "Eine Zeile\n", "Eine Zeile"),
    _text("Tabelle.csv", "Name;Ort\nAda;London\n", "Ada;London"),
    _text("tabelle.tsv", "Name\tOrt\nAda\tLondon\n", "Ada\tLondon"),
    _text("daten.json", r'{"schluessel": "M\u00fcller \ud83d\ude00"}', "schluessel", "Müller 😀"),
    _text(
        "Kontakte.vcf",
        "BEGIN:VCARD\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=BCr=\r\ngen;M=C3=BCller\r\nEND:VCARD\r\n",
        "Jürgen;Müller",
    ),
    _text("programm.py", "def rechne():\n    return 42\n", "def rechne()"),
    _text("programm.ts", "const zahl: number = 42;\n", "const zahl"),
    _text("programm.c", "#include <stdio.h>\nint main(void) { return 0; }\n", "int main"),
    _text("Makefile", "all:\n\tcc main.c\n", "cc main.c"),
    _text("README", "Lies mich\n", "Lies mich"),
    _text("untertitel.srt", "1\n00:00:01,000 --> 00:00:02,000\nGuten Tag\n", "Guten Tag"),
    _text("utf-8 mark.txt", codecs.BOM_UTF8 + GERMAN.encode(), "Größe"),
    _text("utf-16 mark.txt", codecs.BOM_UTF16_LE + GERMAN.encode("utf-16-le"), "Größe"),
    _text("utf-16 bare.txt", GERMAN.encode("utf-16-be"), "Größe"),
    _text("western.txt", GERMAN.encode("cp1252"), "Größe"),
    _text("cyrillic.txt", RUSSIAN.encode("cp1251"), "счастливые"),
    _text("japanese.txt", JAPANESE.encode("shift_jis"), "吾輩は猫である"),
    _text("chinese.txt", CHINESE.encode("gb18030"), "我喜欢"),
    _text("long.txt", "Ein Satz steht hier. " * 3000, "Ein Satz"),
    Sample("locked.pdf", writes(lambda: _locked_pdf()), "failed", reason="protected by a password"),
    Sample(
        "locked.docx",
        writes(lambda: compound("EncryptedPackage")),
        "failed",
        reason="protected by a password",
    ),
    Sample(
        "locked.odt",
        writes(office.opendocument("text", office.ODT, locked=True)),
        "failed",
        reason="by a password",
    ),
    Sample(
        "bought.epub",
        writes(office.epub({"Eins": "Text"}, encrypted=True)),
        "failed",
        reason="against copying",
    ),
    Sample(
        "iwork.pages",
        writes(lambda: _iwork()),
        "document",
        segments=1,
        reason="Only the picture of its first page",
    ),
]


def compound(stream: str) -> bytes:
    """The beginning of a compound file, as old Office documents are, that names one stream."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    return head + stream.encode("utf-16-le").ljust(64, b"\0") + b"\0" * 1024


def _locked_pdf() -> bytes:
    keys = f"/O <{'ab' * 32}> /U <{'cd' * 32}>"
    return pdf(["secret"], extra=f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 {keys} >> /ID [<00><00>]")


def _iwork() -> bytes:
    preview = io.BytesIO()
    Image.new("RGB", (300, 400), (200, 40, 20)).save(preview, "JPEG")
    return office.archive({"preview.jpg": preview.getvalue(), "Index/Document.iwa": b"\0" * 100})
