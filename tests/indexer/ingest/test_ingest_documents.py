import base64
import codecs
import io
from pathlib import Path

import numpy as np
import pytest
from corpus import office
from ingest_files import noise, pdf, split
from PIL import Image

from indexer.errors import MediaError, Skipped
from indexer.ingest.documents import archives, packages, passages, pdf_pages, plain_text, rich_text
from indexer.ingest.segments import PREVIEW_SIDE, THUMBNAIL_SIDE, Item, Segment


def read_pdf(path: Path) -> tuple[Item, list[Segment]]:
    return split(pdf_pages.decode(path))


def read_text(path: Path) -> tuple[Item, list[Segment]]:
    return split(plain_text.decode(path))


def test_pages_have_a_picture_and_their_words(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(["Invoice 4711\nTotal 12.50", "second page"]))
    item, pages = read_pdf(tmp_path / "a.pdf")
    assert (item.kind, item.pages, item.width, item.note) == ("document", 2, None, "")
    assert max(Image.open(io.BytesIO(item.thumbnail)).size) == THUMBNAIL_SIDE
    assert [page.type for page in pages] == ["page", "page"]
    assert [page.page for page in pages] == [1, 2]
    assert pages[0].text.split() == ["Invoice", "4711", "Total", "12.50"]
    assert pages[1].text == "second page"
    for page in pages:
        (pixels,) = page.content.images
        assert pixels.shape == (pdf_pages.PAGE_SIDE, pdf_pages.PAGE_SIDE * 3 // 4, 3)
        assert page.content.texts == ()
        assert pixels.min() < 60 < 250 < pixels.max()
        (preview,) = page.previews
        assert max(Image.open(io.BytesIO(preview)).size) == PREVIEW_SIDE


def test_a_scan_has_a_picture_only_and_a_blank_page_nothing(tmp_path: Path) -> None:
    scan, blank = noise((600, 800)), Image.new("RGB", (600, 800), "white")
    scan.save(tmp_path / "a.pdf", save_all=True, append_images=[blank, scan])
    item, pages = read_pdf(tmp_path / "a.pdf")
    assert item.pages == 3
    assert [page.page for page in pages] == [1, 3]
    assert pages[0].text == ""


def test_colours_are_in_order(tmp_path: Path) -> None:
    Image.new("RGB", (600, 800), (200, 40, 20)).save(tmp_path / "a.pdf", quality=95)
    picture = Image.new("RGB", (600, 800), (200, 40, 20))
    picture.paste((0, 0, 0), (0, 0, 600, 100))
    picture.save(tmp_path / "a.pdf", quality=95)
    _, (page,) = read_pdf(tmp_path / "a.pdf")
    assert np.abs(page.content.images[0][-50, 300].astype(int) - (200, 40, 20)).max() < 12


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Où est-il allé ? Très élégant, le café était déjà fermé à Noël.", "cp1252"),
        ("Åke äter ägg på ön. Är det så här det går till?", "cp1252"),
        ("A coração não é de pão; as informações são fáceis.", "cp1252"),
        ("It’s a “quoted” text – with dashes … and €5.", "cp1252"),
        ("Die Größe der Straße wäre für die Schüler schön.", "cp850"),
        ("Zażółć gęślą jaźń. Wszyscy ludzie rodzą się wolni.", "cp1250"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy.", "iso8859-2"),
        ("Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar.", "cp1254"),
        ("Все люди рождаются свободными и равными.", "koi8-r"),
    ],
)
def test_old_encodings_are_told_apart_by_the_letters_of_languages(text: str, encoding: str) -> None:
    assert plain_text.read_text((text + "\n").encode(encoding) * 8) == f"{text}\n" * 8


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Buenos días, señor López.", "cp1252"),
        ("Grüße aus München", "cp850"),
        ("Список: молоко, хлеб, яйца, сыр", "koi8-r"),
        ("Рахунок за їжу, Київ, ґанок", "koi8-u"),
        ("ΑΠΟΔΕΙΞΗ ΠΛΗΡΩΜΗΣ", "cp1253"),
        ("חשבונית מס מספר 123, תל אביב", "cp1255"),
        ("فاتورة الكهرباء لشهر مارس", "cp1256"),
        ("فاتورة الكهرباء لشهر مارس", "iso8859-6"),
        ("ใบเสร็จรับเงิน เลขที่ 123", "cp874"),
        ("本日の会議は中止になりました。", "euc-jp"),
        ("本日の会議は中止になりました。", "iso2022-jp"),
        ("ｶﾌﾞｼｷｶﾞｲｼﾔ ﾔﾏﾀﾞ ﾃﾞﾝｷ ﾌﾘｺﾐ 12000", "cp932"),
    ],
)
def test_one_line_in_an_old_encoding(text: str, encoding: str) -> None:
    assert plain_text.read_text(text.encode(encoding)) == text


def test_vietnamese_whose_accents_follow_their_letters() -> None:
    data = "Ho\u0301a đơn tiê\u0300n điê\u0323n tha\u0301ng ba".encode("cp1258")
    assert plain_text.read_text(data) == "Hóa đơn tiền điện tháng ba"


def test_hyphenated_words_are_joined() -> None:
    assert pdf_pages._cleaned("foot\ufffe\r\nball so\xadft a\x00b\r\nc") == "football soft a b\nc"


def test_a_password_is_named_as_the_reason(tmp_path: Path) -> None:
    locked = pdf(
        ["secret"],
        extra="/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + "ab" * 32
        + "> /U <"
        + "cd" * 32
        + "> >> /ID [<00><00>]",
    )
    (tmp_path / "a.pdf").write_bytes(locked)
    with pytest.raises(MediaError, match=r"It is protected by a password\."):
        read_pdf(tmp_path / "a.pdf")


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.4\n", b"%PDF-1.4\n" + b"\xff" * 5000, pdf(["a"])[:200], pdf([])],
    ids=["only a header", "noise", "truncated", "no pages"],
)
def test_damaged_documents_are_a_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(MediaError, match=r"It is damaged: no page of it can be found\."):
        read_pdf(tmp_path / "a.pdf")


@pytest.mark.parametrize("size", [(14_400, 14_400), (20, 20), (3000, 16), (0, 0)])
def test_odd_page_sizes(tmp_path: Path, size: tuple[int, int]) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(["words"], size=size))
    item, pages = read_pdf(tmp_path / "a.pdf")
    assert item.pages == 1
    for page in pages:
        for picture in page.content.images:
            assert max(picture.shape) <= pdf_pages.PAGE_SIDE


def test_the_limit_of_pages_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "MAX_PAGES", 2)
    (tmp_path / "a.pdf").write_bytes(pdf(["one", "two", "three"]))
    item, pages = read_pdf(tmp_path / "a.pdf")
    assert item.pages == 3
    assert item.note == "Only the first 2 of its 3 pages are indexed."
    assert [page.text for page in pages] == ["one", "two"]


TEXT = "Grüße aus Köln, 12 €. Ωmega, привет, 你好。\n"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
    ],
)
def test_unicode_in_every_form(tmp_path: Path, encoding: str, mark: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(mark + TEXT.encode(encoding))
    item, (segment,) = read_text(tmp_path / "a.txt")
    assert (item.kind, item.thumbnail, item.pages) == ("document", b"", None)
    assert segment.text == TEXT.strip()
    assert segment.content.texts == (TEXT.strip(),)
    assert (segment.type, segment.previews, segment.page) == ("text", (), None)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(encoding: str) -> None:
    text = "A plain note without a mark.\n" * 5
    assert plain_text.read_text(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (
            "cp1252",
            "Die Größe der Straße wäre für die Schüler schön. Über Äpfel und Öl spricht man häufig. " * 5,
        ),
        ("cp1251", "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива. " * 5),
        ("shift_jis", "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。" * 5),
        ("gb18030", "我喜欢在周末去公园散步，看看花草树木，听听鸟叫的声音。" * 5),
    ],
)
def test_older_encodings_are_guessed(encoding: str, text: str) -> None:
    assert plain_text.read_text(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("named", "encoding", "text"),
    [
        ("iso-8859-1", "cp1252", "It’s 80 €"),
        ("gb2312", "gb18030", "朱镕基"),
        ("us-ascii", "utf-8", "Größe"),
        ("utf-16", "utf-8", "Größe"),
    ],
)
def test_what_is_meant_by_the_name_of_an_encoding(named: str, encoding: str, text: str) -> None:
    assert plain_text.read_markup(f'<meta charset="{named}">{text}'.encode(encoding)).endswith(text)


def test_a_log_that_was_cut_in_a_letter_is_utf_8_still() -> None:
    log = "Größe der Straße für Schüler geprüft\n" * 5
    assert plain_text.read_text(log.encode()[3:]) == "\ufffd" + log[3:]


def test_the_colours_of_a_log_are_no_binary_data() -> None:
    assert plain_text.read_text(b"\x1b[1;32mINFO\x1b[0m ready\n" * 9) == "INFO ready\n" * 9


def test_pictures_that_are_written_as_letters_are_no_text(tmp_path: Path) -> None:
    picture = base64.b64encode(np.random.default_rng(0).bytes(5000)).decode()
    lines = "\n ".join(picture[start : start + 74] for start in range(0, len(picture), 74))
    (tmp_path / "a.ipynb").write_text(f'{{"image/png": "{picture}", "text": "A chart of rainfall"}}')
    (tmp_path / "a.vcf").write_text(f"FN:Ada\nPHOTO;ENCODING=b:{lines}\nNOTE:A chart of rainfall\n")
    for path in sorted(tmp_path.iterdir()):
        _, (segment,) = read_text(path)
        assert "A chart of rainfall" in segment.text
        assert len(segment.text) < 200


def test_binary_under_a_text_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(np.random.default_rng(0).bytes(4000))
    (tmp_path / "b.txt").write_bytes(bytes(range(32)) * 100)
    for path in sorted(tmp_path.iterdir()):
        with pytest.raises(MediaError, match=r"It holds binary data, not text\."):
            read_text(path)


def test_blank_text_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" \n\t\n")
    with pytest.raises(Skipped, match="no text"):
        read_text(tmp_path / "a.txt")


def test_a_cut_character_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_text, "MAX_BYTES", 1001)
    (tmp_path / "a.txt").write_text("ü" * 900)
    item, segments = read_text(tmp_path / "a.txt")
    assert "Only the first" in item.note
    assert "".join(segment.text for segment in segments) == "ü" * 500


def test_of_a_sheet_that_is_too_large_the_beginning_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "MAX_MEMBER_BYTES", 20_000)
    (tmp_path / "a.xlsx").write_bytes(office.xlsx(office.ROWS * 200))
    item, segments = split(archives.decode(tmp_path / "a.xlsx"))
    assert item.note == packages.TOO_LARGE == "Only the first 64 MB of a sheet are read."
    rows = "".join(segment.text for segment in segments).count("Nebenkosten\tHeizung")
    assert 50 < rows < 200

    many = "".join(f"<si><t>Wort{number}</t></si>" for number in range(2000))
    book = office.xlsx(
        '<row r="1"><c r="A1" t="s"><v>5</v></c><c r="B1" t="s"><v>1999</v></c></row>',
        more={"xl/sharedStrings.xml": f"<sst>{many}</sst>"},
    )
    (tmp_path / "b.xlsx").write_bytes(book)
    row = "<table:table-row><table:table-cell><text:p>Brot</text:p></table:table-cell></table:table-row>"
    body = f'<table:table table:name="Ausgaben">{row * 500}</table:table>'
    (tmp_path / "c.ods").write_bytes(office.opendocument("spreadsheet", body))
    for name, text in (("b.xlsx", "Haushalt\n\nWort5"), ("c.ods", "Brot\nBrot")):
        item, (segment, *_) = split(archives.decode(tmp_path / name))
        assert item.note == packages.TOO_LARGE
        assert segment.text.startswith(text)
        assert "1999" not in segment.text


def test_passages_end_between_paragraphs() -> None:
    paragraphs = [f"Paragraph {number}. " + "Some words follow here. " * 20 for number in range(40)]
    parts = list(passages.passages("\n\n".join(paragraphs)))
    assert len(parts) > 5
    for part in parts:
        assert part.startswith("Paragraph")
        assert part.endswith("here.")
        assert passages._costs(part).sum() <= passages.MAX_TOKENS
    for part in parts[:-1]:
        assert passages._costs(part).sum() >= passages.PASSAGE_TOKENS / 2
    assert "".join("".join(parts).split()) == "".join("".join(paragraphs).split())


def test_passages_begin_with_headings() -> None:
    text = "\n\n".join(f"# Heading {number}\n\n" + "Some words follow. " * 80 for number in range(8))
    assert all(part.startswith("# Heading") for part in passages.passages(text))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 50_000,
        "一" * 20_000,
        "句子。" * 8000,
        "word " * 20_000,
        "7" * 9000,
        "line\n" * 20_000,
        "\n" * 9000 + "end",
    ],
    ids=["letters", "ideographs", "sentences", "words", "digits", "lines", "blank lines"],
)
def test_no_text_makes_a_passage_too_long(text: str) -> None:
    parts = list(passages.passages(text))
    assert max(passages._costs(part).sum() for part in parts) <= passages.MAX_TOKENS
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(part.strip() for part in parts)


def test_a_short_text_is_one_passage() -> None:
    assert list(passages.passages("# Title\n\nA line.\n\nAnother.")) == ["# Title\n\nA line.\n\nAnother."]


def test_the_digits_of_pictures_are_not_read_as_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It took a minute for some photos, after which the document counted as one that hangs."""
    read: list[str] = []
    real = rich_text.rtf_to_text
    monkeypatch.setattr(rich_text, "rtf_to_text", lambda text, **how: read.append(text) or real(text, **how))
    photo = "\r\n".join(["89504e470d0a1a0a" * 8] * 100)
    (tmp_path / "a.rtf").write_text(rf"{{\rtf1\ansi Before {{\pict\jpegblip {photo}}} and after\par}}")
    _, (segment,) = split(rich_text.decode(tmp_path / "a.rtf"))
    assert segment.text == "Before and after"
    assert len(read[0]) < 100
