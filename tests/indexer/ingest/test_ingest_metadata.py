"""What files say about themselves, written by the libraries that cameras' and people's programs resemble."""

import io
import os
import plistlib
import sys
from pathlib import Path

import pytest
from corpus.pictures import psd
from hypothesis import given
from hypothesis import strategies as st
from ingest_files import corners, film, moving, pdf
from PIL import Image, PngImagePlugin, TiffImagePlugin, TiffTags

from indexer.ingest.documents import pdf_pages
from indexer.ingest.films import video
from indexer.ingest.metadata import beside, document, file_name, places, record, xmp
from indexer.ingest.metadata import film as films
from indexer.ingest.metadata.record import Metadata, camera_name, first_of, moment
from indexer.ingest.pictures import images
from indexer.ingest.segments import Item

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
 xmp:Rating="4" xmp:CreateDate="2023-07-14T09:30:00+02:00" photoshop:City="Lisboa"
 photoshop:Country="Portugal"
 exif:GPSLatitude="38,42.5N" exif:GPSLongitude="9,8,24W">
<dc:title><rdf:Alt><rdf:li xml:lang="de">Die Straßenbahn</rdf:li>
<rdf:li xml:lang="x-default">The tram</rdf:li>
</rdf:Alt></dc:title>
<dc:description><rdf:Alt>
<rdf:li xml:lang="x-default">Line 28 in the Alfama</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>Ana Sousa</rdf:li></rdf:Seq></dc:creator>
<dc:subject><rdf:Bag><rdf:li>tram</rdf:li><rdf:li>yellow</rdf:li></rdf:Bag></dc:subject>
<lr:hierarchicalSubject><rdf:Bag><rdf:li>travel|Lisbon</rdf:li></rdf:Bag></lr:hierarchicalSubject>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def item(path: Path) -> Metadata:
    first = next(images.decode(path))
    assert isinstance(first, Item)
    return first.about


def camera_file(path: Path, **more: object) -> Path:
    """As a camera writes it: EXIF with zone, GPS, lens."""
    exif = Image.Exif()
    exif[271], exif[272], exif[305] = "NIKON CORPORATION", "NIKON Z 6", "Ver.03.00"
    exif[306], exif[270] = "2024:05:04 00:00:00", "OLYMPUS DIGITAL CAMERA"
    exif.get_ifd(0x8769).update(
        {36867: "2024:05:03 14:22:10", 36881: "+09:00", 42036: "NIKKOR Z 24-70mm f/4 S", 37500: b"\0" * 64}
    )
    exif.get_ifd(0x8825).update({1: "N", 2: (35.0, 0.0, 41.7), 3: "E", 4: (135.0, 46.0, 21.0)})
    corners().save(path, exif=exif.tobytes(), **more)
    return path


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "heic", "avif"])
def test_a_cameras_facts_from_every_format_that_carries_them(tmp_path: Path, suffix: str) -> None:
    about = item(camera_file(tmp_path / f"a.{suffix}"))
    assert about.captured == "2024-05-03T14:22:10+09:00"
    assert (about.camera, about.lens) == ("NIKON Z 6", "NIKKOR Z 24-70mm f/4 S")
    assert (about.latitude, about.longitude) == (pytest.approx(35.011583), pytest.approx(135.7725))
    assert about.description == "", "what the camera writes into every picture describes none"


def test_words_in_exif_are_read_as_most_programs_write_them(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[270], exif[315] = "Größe, 港口".encode(), "Jörg".encode("latin-1")
    corners().save(tmp_path / "a.jpg", exif=exif.tobytes())
    about = item(tmp_path / "a.jpg")
    assert (about.description, about.author) == ("Größe, 港口", "Jörg")


def test_the_place_is_named_without_asking_anybody(tmp_path: Path) -> None:
    path = camera_file(tmp_path / "a.jpg")
    assert beside.completed(item(path), path).place == "Kyoto, Japan"


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ((48.8584, 2.2945), "Paris, Île-de-France, France"),  # the Eiffel Tower: Vanves is about as near
        ((48.8235, 2.2900), "Vanves, Paris, Île-de-France, France"),
        ((52.5163, 13.3777), "Berlin, State of Berlin, Germany"),
        ((47.5576, 10.7498), "Schwangau, Bavaria, Germany"),
        ((0.0, -30.0), ""),
        ((-90.0, 0.0), ""),
    ],
)
def test_places(where: tuple[float, float], name: str) -> None:
    assert places.named(*where) == name


def test_peoples_words_come_from_xmp(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    corners().save(path, xmp=PACKET.encode())
    about = item(path)
    assert about.title == "The tram"
    assert about.description == "Line 28 in the Alfama"
    assert about.author == "Ana Sousa"
    assert about.keywords == ("tram", "yellow", "Lisbon")
    assert about.rating == 4
    assert about.place == "Lisboa, Portugal"
    assert about.captured == "2023-07-14T09:30:00+02:00"
    assert (about.latitude, about.longitude) == (pytest.approx(38.708333), pytest.approx(-9.14))


def test_exif_keeps_the_cameras_facts_where_xmp_has_others(tmp_path: Path) -> None:
    about = item(camera_file(tmp_path / "a.jpg", xmp=PACKET.encode()))
    assert about.captured == "2024-05-03T14:22:10+09:00"
    assert about.title == "The tram"
    assert about.longitude == pytest.approx(135.7725)


@pytest.mark.parametrize("name", ["a.jpg.xmp", "a.xmp"])
def test_a_sidecar_goes_before_the_file(tmp_path: Path, name: str) -> None:
    path = camera_file(tmp_path / "a.jpg")
    (tmp_path / name).write_text(PACKET, "utf-8")
    about = beside.completed(item(path), path)
    assert (about.title, about.rating, about.captured) == ("The tram", 4, "2023-07-14T09:30:00+02:00")
    assert (about.camera, about.place) == ("NIKON Z 6", "Lisboa, Portugal")
    (tmp_path / name).write_text(PACKET.replace("2023-07-14T09:30:00+02:00", "2024-05-03T14:22:10"), "utf-8")
    assert beside.completed(item(path), path).captured == "2024-05-03T14:22:10+09:00", "it is the same moment"


def iptc(number: int, text: str) -> bytes:
    data = text.encode()
    return bytes((0x1C, 2, number)) + len(data).to_bytes(2, "big") + data


@pytest.mark.parametrize(("bits", "large"), [(8, False), (16, False), (8, True)])
def test_iptc_in_photoshop_files(tmp_path: Path, bits: int, large: bool) -> None:
    path = tmp_path / "a.psd"
    path.write_bytes(psd(corners(), bits, large=large, iptc=iptc(5, "Hafen") + iptc(80, "J. Doe")))
    about = item(path)
    assert (about.title, about.author) == ("Hafen", "J. Doe")


def test_iptc(tmp_path: Path) -> None:
    written = b"\x1c\x01\x5a\0\3\x1b%G" + b"".join(
        iptc(number, text)
        for number, text in (
            (5, "Größe"),
            (25, "Hafen"),
            (25, "Kräne"),
            (80, "J. Doe"),
            (90, "Hamburg"),
            (101, "Deutschland"),
            (120, "Abends am Hafen"),
            (55, "20210530"),
            (60, "193000+0200"),
        )
    )
    resource = b"8BIM\x04\x04\0\0" + len(written).to_bytes(4, "big") + written + b"\0" * (len(written) % 2)
    segment = b"Photoshop 3.0\0" + resource
    plain = io.BytesIO()
    corners().save(plain, "JPEG")
    data = plain.getvalue()
    path = tmp_path / "a.jpg"
    path.write_bytes(data[:2] + b"\xff\xed" + (len(segment) + 2).to_bytes(2, "big") + segment + data[2:])
    about = item(path)
    assert (about.title, about.description) == ("Größe", "Abends am Hafen")
    assert about.keywords == ("Hafen", "Kräne")
    assert (about.author, about.place) == ("J. Doe", "Hamburg, Deutschland")
    assert about.captured == "2021-05-30T19:30:00+02:00"


def test_damage_where_xmp_should_be_costs_no_picture(tmp_path: Path) -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags.tagtype[700] = TiffTags.SHORT
    tags[700] = 7
    corners().save(tmp_path / "a.tif", tiffinfo=tags)
    assert item(tmp_path / "a.tif").title == ""


def test_what_windows_and_png_write(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x9C9B], exif[0x9C9E] = "Titel\0".encode("utf-16-le"), "rot;grün\0".encode("utf-16-le")
    exif[0x4746] = 5
    corners().save(tmp_path / "a.jpg", exif=exif)
    about = item(tmp_path / "a.jpg")
    assert (about.title, about.keywords, about.rating) == ("Titel", ("rot", "grün"), 5)
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Title", "A chart")
    texts.add_itxt("Author", "Zoë")
    texts.add_text("Creation Time", "2020-02-03T04:05:06")
    corners().save(tmp_path / "a.png", pnginfo=texts)
    about = item(tmp_path / "a.png")
    assert (about.title, about.author, about.captured) == ("A chart", "Zoë", "2020-02-03T04:05:06")


@pytest.mark.parametrize(
    ("order", "encoding", "text"),
    [
        ("<", "utf-16-le", "Abends am Hafen"),
        (">", "utf-16-be", "Abends am Hafen"),
        (">", "utf-16-le", "Abends am Hafen"),
        (">", "utf-16-be", "港口的傍晚"),
    ],
)
def test_a_comment_whichever_of_two_bytes_comes_first(
    tmp_path: Path, order: str, encoding: str, text: str
) -> None:
    exif = Image.Exif()
    exif.endian = order
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + text.encode(encoding)
    corners().save(tmp_path / "a.jpg", exif=exif)
    assert item(tmp_path / "a.jpg").description == text


def test_a_receiver_without_a_fix_and_a_clock_never_set_say_nothing(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({36867: "0000:00:00 00:00:00", 36868: "2000:01:01 00:00:00"})
    exif.get_ifd(0x8825).update({1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)})
    corners().save(tmp_path / "a.jpg", exif=exif)
    about = item(tmp_path / "a.jpg")
    assert (about.captured, about.latitude, about.longitude) == (None, None, None)


def test_the_satellites_clock_when_the_cameras_is_missing(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({7: (9.0, 8.0, 7.0), 29: "2022:11:10"})
    corners().save(tmp_path / "a.jpg", exif=exif)
    assert item(tmp_path / "a.jpg").captured == "2022-11-10T09:08:07+00:00"


def test_a_films_tags(tmp_path: Path) -> None:
    path = film(
        tmp_path / "a.mov",
        moving(3),
        metadata={
            "com.apple.quicktime.creationdate": "2024-05-03T14:22:10+0200",
            "creation_time": "2024-05-03T12:22:10.000000Z",
            "com.apple.quicktime.location.ISO6709": "+35.0116+135.7681+056.000/",
            "com.apple.quicktime.make": "Apple",
            "com.apple.quicktime.model": "iPhone 15 Pro",
            "title": "Gion",
        },
    )
    first = next(video.decode(path, "av", lambda: None))
    assert isinstance(first, Item)
    about = beside.completed(first.about, path)
    assert about.captured == "2024-05-03T14:22:10+02:00"
    assert (about.camera, about.title, about.codec) == ("Apple iPhone 15 Pro", "Gion", "h264")
    assert about.place == "Kyoto, Japan"


def test_films_of_android_say_where_in_another_field() -> None:
    about = films.read({"location": "-33.8568+151.2153/", "com.android.model": "Pixel 8"}, "hevc")
    assert (about.latitude, about.longitude, about.camera) == (-33.8568, 151.2153, "Pixel 8")


def test_pdf(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    information = (
        b"\n9 0 obj\n<< /Title (Annual report) /Author (Jane Roe) /Keywords (money, growth) "
        b"/Subject <FEFF0041D83D> "  # cut off within a letter
        b"/CreationDate (D:20210530121314+02'00') >>\nendobj\n"
    )
    whole = pdf(["text"], extra="/Info 9 0 R")
    place = whole.index(b"xref")
    table = f"9 1\n{place + 1:010d} 00000 n \ntrailer".encode()
    moved = whole[:place] + information + whole[place:].replace(b"trailer", table)
    path.write_bytes(
        moved.replace(f"startxref\n{place}".encode(), f"startxref\n{place + len(information)}".encode())
    )
    first = next(pdf_pages.decode(path))
    assert isinstance(first, Item)
    about = first.about
    assert (about.title, about.author, about.keywords) == ("Annual report", "Jane Roe", ("money", "growth"))
    assert about.captured == "2021-05-30T12:13:14+02:00"


OFFICE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
<dc:title>Budget</dc:title><dc:creator>J. Roe</dc:creator><cp:keywords>plan; money</cp:keywords>
<dcterms:created>2022-03-04T05:06:07Z</dcterms:created></cp:coreProperties>"""


def test_the_properties_of_office_documents() -> None:
    about = document.read_properties(OFFICE.encode())
    assert (about.title, about.author, about.keywords) == ("Budget", "J. Roe", ("plan", "money"))
    assert about.captured == "2022-03-04T05:06:07+00:00"


BOMB = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("read", [xmp.read, document.read_properties])
def test_hostile_and_damaged_xml_is_nothing(read: object) -> None:
    assert callable(read)
    for packet in (
        BOMB + PACKET[PACKET.index("<x:xmpmeta") :],
        BOMB + OFFICE.replace("Budget", "&b;"),
        '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        PACKET[: len(PACKET) // 2],
        "",
        "\0\0",
        "<a>" * 100_000,
    ):
        assert read(packet.encode()) in (record.NOTHING, xmp.read(packet)), packet[:60]


def test_entities_are_not_read() -> None:
    assert xmp.read(BOMB + PACKET[PACKET.index("<x:xmpmeta") :].replace("The tram", "&b;")).title != "lol" * 4
    assert document.read_properties((BOMB + OFFICE.replace("Budget", "&b;")).encode()) == record.NOTHING


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("IMG_20210530_123456", "2021-05-30T12:34:56"),
        ("PXL_20210530_123456789", "2021-05-30T12:34:56+00:00"),
        ("2021-05-30 12.34.56", "2021-05-30T12:34:56"),
        ("Screenshot 2024-05-01 at 10.30.15\u202fPM", "2024-05-01T22:30:15"),
        ("Screenshot_20240501-103015_Chrome", "2024-05-01T10:30:15"),
        ("Bildschirmfoto 2021-05-30 um 12.34.56", "2021-05-30T12:34:56"),
        ("Capture d’écran 2024-05-03 à 14.22.10", "2024-05-03T14:22:10"),
        ("Снимок экрана 2024-05-03 в 14.22.10", "2024-05-03T14:22:10"),
        ("スクリーンショット 2021-05-30 12.34.56", "2021-05-30T12:34:56"),
        ("WhatsApp Image 2021-05-30 at 12.34.56", "2021-05-30T12:34:56"),
        ("IMG-20210530-WA0001", "2021-05-30T00:00:00"),
        ("mmexport1622371234567", "2021-05-30T10:40:34+00:00"),
        ("20210530", "2021-05-30T00:00:00"),
        ("DSC01234", None),
        ("scan 1234567890123456", None),
        ("2020-13-40", None),
        ("invoice 4711 for 1999", None),
    ],
)
def test_dates_in_file_names(stem: str, expected: str | None) -> None:
    assert file_name.captured(stem) == expected


def test_the_files_own_date_goes_before_its_name(tmp_path: Path) -> None:
    path = camera_file(tmp_path / "IMG_20010203_040506.jpg")
    assert beside.completed(item(path), path).captured == "2024-05-03T14:22:10+09:00"
    assert beside.completed(record.NOTHING, path).captured == "2001-02-03T04:05:06"


@pytest.mark.skipif(sys.platform != "linux", reason="attributes are written with Linux' own calls")
def test_finder_tags_on_a_network_drive(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"x")
    tags = plistlib.dumps(["Holiday\n4", "Family"], fmt=plistlib.FMT_BINARY)
    try:
        os.setxattr(path, "user.com.apple.metadata:_kMDItemUserTags", tags)
    except OSError:
        pytest.skip("this file system keeps no attributes")
    assert beside.completed(record.NOTHING, path).keywords == ("Holiday", "Family")
    os.setxattr(path, "user.com.apple.metadata:_kMDItemUserTags", b"bplist00garbage")
    assert beside.completed(record.NOTHING, path).keywords == ()
    os.setxattr(path, "user.com.apple.metadata:kMDItemIsScreenCapture", plistlib.dumps(True))
    assert beside.is_screen_capture(path)


@pytest.mark.parametrize(
    ("make", "model", "name"),
    [
        ("Canon", "Canon EOS R5", "Canon EOS R5"),
        ("NIKON CORPORATION", "NIKON D850", "NIKON D850"),
        ("SONY", "ILCE-7M4", "Sony ILCE-7M4"),
        ("Apple", "iPhone 15", "Apple iPhone 15"),
        ("OLYMPUS IMAGING CORP.", "E-M1", "Olympus E-M1"),
        ("", "X100V", "X100V"),
        ("FUJIFILM", "", "Fujifilm"),
        ("", "", ""),
    ],
)
def test_cameras_as_people_call_them(make: str, model: str, name: str) -> None:
    assert camera_name(make, model) == name


def test_layers() -> None:
    top = Metadata(title="a", keywords=("x",), rating=0, latitude=1.0, longitude=2.0)
    below = Metadata(title="b", author="c", keywords=("X", "y"), rating=3)
    merged = first_of(top, below)
    assert (merged.title, merged.author, merged.keywords) == ("a", "c", ("x", "y"))
    assert merged.rating == 0, "no stars is what somebody said"


@given(st.text(max_size=40), st.text(max_size=10))
def test_any_text_is_a_date_or_none(text: str, zone: str) -> None:
    when = moment(text, zone)
    assert when is None or moment(when) == when


@given(st.binary(max_size=400))
def test_any_bytes_as_metadata(data: bytes) -> None:
    assert xmp.read(data) == record.NOTHING
    assert document.read_properties(data) == record.NOTHING


@pytest.mark.filterwarnings("ignore")  # as in a decoder process
def test_truncated_and_mutated_exif_never_loses_the_picture(tmp_path: Path) -> None:
    whole = camera_file(tmp_path / "a.jpg", xmp=PACKET.encode()).read_bytes()
    path = tmp_path / "b.jpg"
    start = whole.index(b"Exif")
    for place in range(start + 6, start + 400, 7):
        path.write_bytes(whole[:place] + bytes((whole[place] ^ 0xFF,)) + whole[place + 1 :])
        first = next(images.decode(path))
        assert isinstance(first, Item)
        assert (first.width, first.height) == (120, 80)
