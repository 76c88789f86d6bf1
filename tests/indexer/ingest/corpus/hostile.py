"""Damaged files, and files made to do harm: bombs, loops, lies, references to what is outside of them."""

import io
import struct
import zipfile
from pathlib import Path

import numpy as np
from ingest_files import corners, film, moving, noise, pdf, png_header
from PIL import Image

from corpus import films, office, papers, pictures
from corpus.sample import Make, Sample, cut, spoiled, writes

LARGE = noise((400, 300))


def _saved(form: str, picture: Image.Image = LARGE) -> Make:
    return pictures.saved(picture, form)


def jpeg_header(width: int, height: int) -> bytes:
    """A JPEG that claims this size and ends there."""
    frame = struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes((1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1))
    return b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0" + frame + b"\xff\xd9"


def endless_tiff() -> bytes:
    """Its second directory names itself as the next."""
    out = io.BytesIO()
    corners().save(out, "TIFF", save_all=True, append_images=[corners()])
    data = bytearray(out.getvalue())
    order = "<" if data[:2] == b"II" else ">"
    (first,) = struct.unpack_from(order + "I", data, 4)
    (count,) = struct.unpack_from(order + "H", data, first)
    (second,) = struct.unpack_from(order + "I", data, first + 2 + 12 * count)
    (count,) = struct.unpack_from(order + "H", data, second)
    struct.pack_into(order + "I", data, second + 2 + 12 * count, second)
    return bytes(data)


def vast_frame() -> bytes:
    """An animation of which one picture claims 400 megapixels."""
    data = pictures.film_strip("GIF")
    frame = b"\x2c" + struct.pack("<HHHH", 0, 0, *pictures.SIZE)
    at = data.index(frame, data.index(frame) + 1) + 5
    return data[:at] + struct.pack("<HH", 20_000, 20_000) + data[at + 4 :]


def laughs(levels: int = 12) -> str:
    """Entities that expand to ten to the power of `levels`."""
    entities = '<!ENTITY a0 "lol">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, levels)
    )
    return f"<?xml version='1.0'?><!DOCTYPE x [{entities}]>"


OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'


def zip_bomb() -> bytes:
    """A Word document whose text unpacks to 300 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w") as member:
            for _ in range(300):
                member.write(b" " * (1 << 20))
    return out.getvalue()


def lying_size() -> bytes:
    """A directory that promises a few bytes for a member of many."""
    data = bytearray(office.docx(office.paragraph("x" * 200_000)))
    entry = next(
        at
        for at in range(len(data))
        if data.startswith(b"PK\1\2", at) and data.startswith(b"word/document", at + 46)
    )
    struct.pack_into("<I", data, entry + 24, 10)
    return bytes(data)


def spoiled_bzip2() -> bytes:
    """A document that is packed in a rarer way, and damaged there."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as package:
        package.writestr("[Content_Types].xml", "<Types/>", zipfile.ZIP_STORED)
        package.writestr("word/document.xml", "<document/>")
    return out.getvalue().replace(b"BZh9", b"BZh?")


def escaping() -> bytes:
    """Members with paths that lead out of the archive, one of them referred to as the document."""
    return office.archive(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": office.relations(r1=("officeDocument", "../../../../etc/passwd")),
            "../../escaped.txt": "out",
            "/tmp/escaped.txt": "out",
            "word/document.xml": f'<w:document xmlns:w="x">{office.paragraph("Geblieben")}</w:document>',
        }
    )


def looping_pdf() -> bytes:
    """A tree of pages that contains itself."""
    return pdf(["words"]).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")


def lost_page() -> bytes:
    """The second of its pages is nowhere in the file."""
    return pdf(["first words", "second", "third words"]).replace(b" 7 0 R", b" 0 0 R")


def subtitles() -> bytes:
    """A film stream without film, as it comes from a DVD (VobSub): pictures of letters and nothing else."""
    pack = b"\0\0\1\xba\x44\0\4\0\4\1\1\x89\xc3\xf8"
    packet = b"\0\0\1\xbd\x07\xec\x81\x80\5\x21\0\1\0\1\x20\x07\xe3".ljust(2034, b"\0")
    return (pack + packet) * 8


def nested_mail(depth: int = 400) -> str:
    text = "Content-Type: text/plain\r\n\r\ninnermost\r\n"
    for level in range(depth):
        text = f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n{text}\r\n--b{level}--\r\n'
    return "Subject: Zwiebel\r\nMIME-Version: 1.0\r\n" + text


def huge_mail(path: Path) -> None:
    """A message of 66 MB, and one after it."""
    with path.open("wb") as file:
        file.write(b"From ada Wed May  1 10:20:30 2024\nSubject: Anfang\n\n")
        file.writelines([b" " * 65_535 + b"\n"] * (66 << 4))
        file.write(b"Ende\n\nFrom ada Wed May  1 10:20:31 2024\nSubject: Danach\n\nGut.\n")


def lying_film(path: Path) -> None:
    """A header that claims 25 days for two seconds."""
    film(path, moving(20))
    data = bytearray(path.read_bytes())
    for box, offset in ((b"mvhd", 16), (b"tkhd", 20), (b"mdhd", 16)):
        at = data.index(box) + 4 + offset
        struct.pack_into(">I", data, at, 2_160_000_000)
    path.write_bytes(data)


def headless(path: Path) -> None:
    """The pictures without the table that says where they are."""
    film(path, moving(20))
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"moov") - 4])


def zeroed(path: Path) -> None:
    """As a download leaves it for which room was made at once."""
    TABLE_FIRST(path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2].ljust(len(data), b"\0"))


def mine(path: Path) -> None:
    """A play list under a film's name: it asks for other files."""
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n")


MOVING = films.filmed(moving(100, size=(320, 180)), options={"g": "10"})
WINDOWS = films.filmed(moving(100, size=(320, 180)), codec="wmv2", options={"g": "10"})
MPEG = films.filmed(moving(250, size=(320, 180)), codec="mpeg2video", rate=25, options={"g": "10"})
FLASH = films.filmed(moving(100, size=(320, 180)), codec="flv", options={"g": "10"})
OGG = films.filmed(moving(100, size=(320, 180)), codec="libvpx", options={"g": "10"})
TABLE_FIRST = films.filmed(moving(100, size=(320, 180)), options={"g": "10"}, movflags="faststart")
DEEP = "<div>" * 50_000 + "tief unten" + "</div>" * 50_000
WIDE = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="1048576"><c r="XFD1048576" t="s"><v>1</v></c></row>'
)
USES = "".join(f'<g id="u{n + 1}">' + f'<use href="#u{n}"/>' * 10 + "</g>" for n in range(9))
PARTLY = "damaged; what could be read"
DAMAGED = "damaged"
BREAKS_OFF = r"^Its end is missing or damaged: it is indexed up to 0:0[3-6]\.$"


def _failed(name: str, make: Make, reason: str = DAMAGED) -> Sample:
    return Sample(name, make, "failed", reason=reason)


def _skipped(name: str, make: Make, reason: str) -> Sample:
    return Sample(name, make, "skipped", reason=reason)


SAMPLES: list[Sample] = [
    # damaged pictures
    Sample("half.jpg", cut(_saved("JPEG"), 0.5), size=(400, 300), reason=PARTLY),
    Sample("without end.jpg", cut(_saved("JPEG"), 0.995), size=(400, 300), reason=PARTLY),
    Sample("spoiled.jpg", spoiled(_saved("JPEG"), 0.5), size=(400, 300)),
    Sample("half.png", cut(_saved("PNG"), 0.5), size=(400, 300), reason=PARTLY),
    Sample("half.webp", cut(pictures.saved(LARGE, "WEBP", lossless=True), 0.5), "failed", reason=DAMAGED),
    Sample("half.gif", cut(_saved("GIF", LARGE.quantize(64)), 0.5), size=(400, 300), reason=PARTLY),
    Sample(
        "second half damaged.gif", writes(lambda: pictures.film_strip("GIF")[:590]), segments=3, reason=PARTLY
    ),
    _failed("half of floats.tif", cut(writes(lambda: pictures.floats(packed=True)), 0.5)),
    Sample("vast frame.gif", writes(vast_frame), size=pictures.SIZE, segments=2),
    Sample("half.bmp", cut(_saved("BMP"), 0.5), size=(400, 300), reason=PARTLY),
    Sample("half.tif", cut(_saved("TIFF"), 0.5), size=(400, 300), reason=PARTLY),
    _failed("half.heic", cut(_saved("HEIF"), 0.5)),
    _failed("half.avif", cut(_saved("AVIF"), 0.5)),
    _failed("half.jxl", cut(pictures.saved(LARGE, "JXL"), 0.5)),
    Sample("half.psd", cut(writes(pictures.psd(LARGE)), 0.6), size=(400, 300), reason=PARTLY),
    _failed("half.dng", cut(writes(lambda: pictures.dng(preview=False)), 0.3)),
    Sample("spoiled.png", spoiled(_saved("PNG"), 0.5), size=(400, 300), reason=PARTLY),
    _failed("only a header.jpg", writes(jpeg_header(400, 300))),
    _failed("noise.jpg", writes(np.random.default_rng(0).bytes(5000)), "no picture that can be recognised"),
    _failed("zeros.jpg", writes(b"\0" * 5000), "no picture that can be recognised"),
    Sample("endless.tif", writes(endless_tiff), "document", pages=2, segments=2),
    Sample(
        "half a scan.tif",
        cut(writes(lambda: pictures.pages(3)), 0.6),
        "document",
        pages=2,
        segments=1,
        reason=r"^What follows its page 2 cannot be read\. Its page 2 cannot be shown\.$",
    ),
    _failed("only layers.psd", writes(pictures.psd(LARGE, version=bytes(8))), "only its layers"),
    # pictures that claim too much
    _failed("huge.png", writes(png_header(60_000, 60_000)), "more pixels than any camera"),
    _failed("huge.jpg", writes(jpeg_header(65_000, 65_000)), "more pixels than any camera"),
    _skipped("icon.png", _saved("PNG", corners((16, 16))), "an icon rather than a picture"),
    _skipped("thread.png", _saved("PNG", corners((20_000, 40))), "too long and thin"),
    _skipped("empty.jpg", writes(b""), "It is empty"),
    # drawings
    _failed("laughs.svg", writes((laughs() + "<svg><text>&a11;</text></svg>").encode()), "XML entities"),
    _failed("outside.svg", writes((OUTSIDE + "<svg><text>&secret;</text></svg>").encode()), "XML entities"),
    _failed("uses.svg", writes(pictures.svg(more='<g id="u0"><path d="M0 0h9"/></g>' + USES))),
    Sample(
        "reference.svg",
        writes(
            pictures.svg(more='<image href="/etc/passwd" width="9" height="9"/><script>alert(1)</script>')
        ),
        size=pictures.SIZE,
        words=("Grundriss",),
        absent=("alert",),
    ),
    _skipped("line.svg", writes(pictures.svg(size='width="10" height="1000000"')), "icon|too long"),
    Sample("vast.svg", writes(pictures.svg(size='width="1000000" height="1000000"')), size=(1_000_000,) * 2),
    _failed("cut off.svg", writes(pictures.svg()[:100])),
    # films
    Sample("cut off.mkv", cut(MOVING, 0.6), "video", (320, 180), duration_s=5.7, reason=BREAKS_OFF),
    Sample("cut off.avi", cut(MOVING, 0.6), "video", (320, 180), duration_s=4.5, reason=BREAKS_OFF),
    Sample("cut off.wmv", cut(WINDOWS, 0.6), "video", (320, 180), duration_s=6.5, reason=BREAKS_OFF),
    Sample("cut off.mp4", cut(TABLE_FIRST, 0.6), "video", (320, 180), duration_s=4.9, reason=BREAKS_OFF),
    Sample("zeroed.mp4", zeroed, "video", (320, 180), duration_s=3.35, reason=BREAKS_OFF),
    Sample("cut off.mts", cut(MOVING, 0.6), "video", (320, 180), duration_s=6.0, reason=BREAKS_OFF),
    Sample("cut off.mpg", cut(MPEG, 0.6), "video", (320, 180), duration_s=6.0, reason=BREAKS_OFF),
    Sample("cut off.flv", cut(FLASH, 0.6), "video", (320, 180), duration_s=5.7, reason=BREAKS_OFF),
    Sample("cut off.ogv", cut(OGG, 0.6), "video", (320, 180), duration_s=6.0, reason=BREAKS_OFF),
    Sample("spoiled.mkv", spoiled(MOVING, 0.5), "video", (320, 180)),
    Sample("spoiled.mp4", spoiled(MOVING, 0.3), "video", (320, 180)),
    Sample("liar.mp4", lying_film, "video", duration_s=2.0),
    _failed("headless.mp4", headless),
    _failed("play list.mp4", mine),
    _failed("noise.mp4", writes(np.random.default_rng(1).bytes(20_000))),
    _skipped("small.mp4", films.filmed(moving(3, size=(16, 16))), "icon"),
    _skipped("letters.sub", writes(subtitles), "nothing but subtitles"),
    # documents
    _failed("half.pdf", writes(pdf(["a"])[:200])),
    _failed("loop.pdf", writes(looping_pdf)),
    Sample(
        "lost page.pdf",
        writes(lost_page),
        "document",
        pages=3,
        segments=2,
        words=("first", "third"),
        reason=r"^Its page 2 cannot be shown\.$",
    ),
    _failed("noise.pdf", writes(b"%PDF-1.4\n" + b"\xff" * 5000)),
    _failed("half.docx", cut(writes(office.letter()), 0.5)),
    Sample(
        "broken inside.docx",
        writes(office.docx(office.paragraph("Gerettetes") + "<w:p><w:r><<<")),
        "document",
        words=("Gerettetes",),
        reason=PARTLY,
    ),
    Sample(
        "one of three.pptx",
        writes(office.pptx(["Davor", "x", "Danach"], more={"ppt/slides/slide2.xml": "<p:sld><<<"})),
        "document",
        pages=3,
        words=("Davor", "Danach"),
        reason=PARTLY,
    ),
    _failed("laughs.docx", writes(office.docx(office.paragraph("&a11;"), before=laughs())), "XML entities"),
    _failed(
        "outside.docx", writes(office.docx(office.paragraph("&secret;"), before=OUTSIDE)), "XML entities"
    ),
    _failed("bomb.docx", writes(zip_bomb), "unpacks to more than any document"),
    _failed("liar.docx", writes(lying_size)),
    _failed("bzip2.docx", writes(spoiled_bzip2)),
    Sample("escaping.docx", writes(escaping), "document", words=("Geblieben",), absent=("root:",)),
    Sample(
        "vast.xlsx",
        writes(office.xlsx(WIDE, dimension="A1:XFD1048576")),
        "document",
        words=("Miete", "Nebenkosten"),
    ),
    _failed("empty archive.docx", writes(office.archive({})), "an empty ZIP archive"),
    _skipped("no text.docx", writes(office.docx("")), "no text"),
    _skipped("archive.zip", writes(office.archive({"a.txt": "words"})), "ZIP archive"),
    _skipped(
        "plan.vsdx",
        writes(office.archive({"[Content_Types].xml": "", "visio/document.xml": ""})),
        "only where LibreOffice",
    ),
    _skipped(
        "binary.xlsb",
        writes(
            office.archive(
                {
                    "_rels/.rels": office.relations(r1=("officeDocument", "xl/workbook.bin")),
                    "xl/workbook.bin": b"\x83\x01\0",
                    "[Content_Types].xml": "",
                }
            )
        ),
        "only where LibreOffice",
    ),
    _skipped(
        "model.3mf",
        writes(office.archive({"[Content_Types].xml": "<Types/>", "3D/3dmodel.model": "<model/>"})),
        "holds no document",
    ),
    _skipped("old.doc", writes(lambda: papers.compound("WordDocument")), "before 2007"),
    _failed("noise.docx", writes(np.random.default_rng(2).bytes(3000))),
    _failed("deep.docx", writes(office.docx("<w:p>" * 100_000))),
    Sample("deep.html", writes(papers.PAGE.format(DEEP).encode()), "document", words=("Apfelkuchen",)),
    Sample(
        "unclosed.html",
        writes(b"<html><body><p>Offen<b>fett<table><tr><td>Zelle"),
        "document",
        words=("Offen", "Zelle"),
    ),
    Sample(
        "onion.eml",
        writes(nested_mail().encode()),
        "document",
        words=("Zwiebel",),
        reason="nested more than 30 times",
    ),
    Sample(
        "endless title.html",
        writes(f"<title>{'Titel ' * 50_000}</title><p>{'Ein Satz. ' * 1000}".encode()),
        "document",
        words=("Ein Satz.",),
        absent=("Titel " * 50,),
    ),
    Sample("huge.mbox", huge_mail, "document", words=("Anfang", "Danach"), absent=("Ende",), reason="64 MB"),
    Sample(
        "one of three.mbox",
        writes(
            b"From ada Wed May  1 10:20:30 2024\n>From bob Wed May  1 10:20:30 2024\nSubject: Weitergeleitet\n\n.\n\n"
            b"From ada Wed May  1 10:20:31 2024\n>From bob Wed May  1 10:20:31 2024\nkein Kopf\n\n"
            b"From ada Wed May  1 10:20:32 2024\nSubject: Danach\n\nGut.\n"
        ),
        "document",
        words=("Weitergeleitet", "Danach"),
        absent=("From bob",),
        reason=PARTLY,
    ),
    _failed("no mail.eml", writes(b"\n\nnothing at all"), "no header"),
    Sample("groups.rtf", writes((r"{\rtf1 Anfang " + "{" * 100_000).encode()), "document", words=("Anfang",)),
    _failed("noise.txt", writes(np.random.default_rng(3).bytes(4000)), "binary data"),
    _skipped("blank.txt", writes(b" \n\t\n"), "no text"),
    _failed("program.pdf", writes(b"\x7fELF\2\1\1" + b"\0" * 500), "it is a program"),
    _skipped("run.fit", writes(b"\x0e\x20\x54\x08\x8a\x01\0\0.FIT\xc3\x1f" + bytes(500)), "a .fit file"),
    _skipped("sum.ptx", writes(b".version 8.0\n.target sm_80\n"), "a .ptx file"),
    _skipped("disk.raw", writes(b"\xeb\x63\x90" + bytes(2000)), "a .raw file"),
    _skipped("mail.msg", writes(lambda: papers.compound("__properties_version1.0")), "a .msg file"),
    _skipped("secret.key", writes(b"-----BEGIN PRIVATE KEY-----\nAAAA\n"), "does not read"),
    _skipped("music.mp3", writes(b"ID3\4\0" + b"\0" * 500), "sound file"),
    _skipped("unknown.xyz", writes(b"whatever"), "does not read yet"),
]
