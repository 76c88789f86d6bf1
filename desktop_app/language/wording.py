"""Words for files, matches and counts: said the same way on cards, in the inspector and to screen readers."""

import html
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt, QTime
from PySide6.QtGui import QGuiApplication

from desktop_app.language import engine_words
from indexer.kinds import Kind
from indexer.messages.model_messages import DEMO_MODELS
from indexer.messages.result_messages import Channel, Hit, Relevance, Segment

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
TOO_LONG = re.compile(r"\S{25,}")
FROM_THE_RIGHT = ("R", "AL", "AN")
"""Unicode's classes of what is written from right to left."""


def isolated(text: str) -> str:
    """Keeps the order of its own words, whichever way the words around it run.

    Marked only where it could be shuffled: all of it in a window from right to left, elsewhere what has
    letters that are written that way.
    """
    mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    if not text or not (mirrored or any(unicodedata.bidirectional(each) in FROM_THE_RIGHT for each in text)):
        return text
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def literal(text: str) -> str:
    """For Qt's tooltips and questions, which draw what looks like HTML as such: a file may be called so."""
    if "<" not in text and "&lt;" not in text:
        return text
    return html.escape(text).replace("\n", "<br>")


def escaped(text: str) -> str:
    """For Qt's buttons and menus, which find the mark of a key in the name of a file, "Q&A.pdf"."""
    return text.replace("&", "&&")


def unescaped(text: str) -> str:
    """What such a button shows."""
    return text.replace("&&", "&")


def joined(parts: Iterable[str], between: str = " · ") -> str:
    """What there is of these, each for itself, in one line."""
    return between.join(isolated(part) for part in parts if part)


def labelled(label: str, text: str) -> str:
    """What it is, and which, with the colon of the language between."""
    between = QCoreApplication.translate("Wording", "{label}: {text}")
    return between.replace("{label}", label).replace("{text}", text)


def number(value: int) -> str:
    """With the locale's separators."""
    return QLocale().toString(value)


def counted(value: int, one: str, many: str) -> str:
    """`one` as it is, or `many` with {n} filled in."""
    return isolated(one if value == 1 else many.replace("{n}", number(value)))


def of_models(sentence: str) -> str:
    """What the engine says about its models, in the person's language where it is what it mostly says."""
    if sentence != engine_words.said(DEMO_MODELS):
        return sentence
    return QCoreApplication.translate(
        "Wording",
        "The built-in demo models understand drawn scenes, not real photos. Real ones are fetched once.",
    )


def kind(value: Kind) -> str:
    """One file of this kind."""
    return {
        "photo": QCoreApplication.translate("Wording", "Photo"),
        "screenshot": QCoreApplication.translate("Wording", "Screenshot"),
        "video": QCoreApplication.translate("Wording", "Video"),
        "document": QCoreApplication.translate("Wording", "Document"),
    }[value]


def kinds(value: Kind) -> str:
    """Many files of this kind."""
    return {
        "photo": QCoreApplication.translate("Wording", "Photos"),
        "screenshot": QCoreApplication.translate("Wording", "Screenshots"),
        "video": QCoreApplication.translate("Wording", "Videos"),
        "document": QCoreApplication.translate("Wording", "Documents"),
    }[value]


def counted_kind(value: Kind, count: int) -> str:
    """So many files of this kind, in the middle of a sentence."""
    one, many = {
        "photo": (
            QCoreApplication.translate("Wording", "1 photo"),
            QCoreApplication.translate("Wording", "{n} photos"),
        ),
        "screenshot": (
            QCoreApplication.translate("Wording", "1 screenshot"),
            QCoreApplication.translate("Wording", "{n} screenshots"),
        ),
        "video": (
            QCoreApplication.translate("Wording", "1 video"),
            QCoreApplication.translate("Wording", "{n} videos"),
        ),
        "document": (
            QCoreApplication.translate("Wording", "1 document"),
            QCoreApplication.translate("Wording", "{n} documents"),
        ),
    }[value]
    return counted(count, one, many)


def relevance(value: Relevance) -> str:
    """How sure the search is, short."""
    return {
        "strong": QCoreApplication.translate("Wording", "Strong"),
        "possible": QCoreApplication.translate("Wording", "Possible"),
        "weak": QCoreApplication.translate("Wording", "Weak"),
    }[value]


def relevance_sentence(value: Relevance) -> str:
    """The same in full."""
    return {
        "strong": QCoreApplication.translate("Wording", "Strong match"),
        "possible": QCoreApplication.translate("Wording", "Possible match"),
        "weak": QCoreApplication.translate("Wording", "Weak match"),
    }[value]


def channel(value: Channel) -> str:
    """One reason why a file was found."""
    return {
        "meaning": QCoreApplication.translate("Wording", "What it shows fits your search"),
        "words": QCoreApplication.translate("Wording", "Its text has the words you typed"),
        "name": QCoreApplication.translate("Wording", "Its name has the words you typed"),
    }[value]


def clock(seconds: float) -> str:
    """A moment or a length: 0:42, 1:03:20."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def page(value: int) -> str:
    """Short, for a badge."""
    return QCoreApplication.translate("Wording", "p. {n}").replace("{n}", number(value))


def place(segment: Segment) -> str:
    """Where in its file a segment lies; "" for the whole of it."""
    if segment.start_s is not None:
        return clock(segment.start_s)
    return "" if segment.page is None else page(segment.page)


def badge(hit: Hit) -> str:
    """On the card: where the match is, or how long the file is while browsing."""
    if hit.matched:
        found = place(hit.segment)
        if found:
            return found
    if hit.kind == "video" and hit.duration_s is not None:
        return clock(hit.duration_s)
    return ""


def size(value: int, decimals: int = 1) -> str:
    """Bytes, readable."""
    return isolated(QLocale().formattedDataSize(value, decimals, QLocale.DataSizeFormat.DataSizeSIFormat))


def date_format() -> str:
    """Of a day, short, as Qt writes formats: the order and the dots are the language's."""
    return QCoreApplication.translate("Wording", "d MMM yyyy")


def date(seconds: float) -> str:
    """Day and month in the locale's short way; "" when unknown."""
    return isolated(_date(seconds))


@lru_cache(maxsize=4096)
def _date(seconds: float) -> str:
    if seconds <= 0:
        return ""
    day = QDateTime.fromSecsSinceEpoch(int(seconds)).date()
    return QLocale().toString(day, date_format())


def away(hit: Hit) -> str:
    """That its disk is not connected, "" when it is."""
    sentence = QCoreApplication.translate("Wording", "“{name}” is not connected")
    return sentence.replace("{name}", hit.offline) if hit.offline else ""


def why_not(hit: Hit, sentence: str) -> str:
    """Why something cannot be done with its file: that its disk is away, where it is, says more than the
    sentence that the file is not there. "" stays that."""
    if not sentence or not hit.offline:
        return sentence
    away_now = QCoreApplication.translate("Wording", "“{name}” is not connected. Connect it and try again.")
    return away_now.replace("{name}", hit.offline)


def month_name(number: int) -> str:
    """Of 1 to 12, standing alone."""
    return QLocale().standaloneMonthName(number)


def month(year: int, number: int) -> str:
    """Above what happened in it."""
    return QCoreApplication.translate("Wording", "{month} {year}").format(month=month_name(number), year=year)


def date_and_time(seconds: float) -> str:
    """To the minute; "" when unknown."""
    if seconds <= 0:
        return ""
    moment = QDateTime.fromSecsSinceEpoch(int(seconds))
    return isolated(_to_the_minute(_date(seconds), moment.time()))


def moment(iso: str) -> QDateTime:
    """As the clock on the spot showed it, whatever zone that was in; not valid when unknown.

    As the engine sorts it, too: cameras that write UTC know no other zone, so that becomes this computer's.
    """
    whole = QDateTime.fromString(iso, Qt.DateFormat.ISODate)
    if iso[19:] and whole.isValid() and not whole.offsetFromUtc():
        return whole.toLocalTime()
    return QDateTime.fromString(iso[:19], Qt.DateFormat.ISODate)


@lru_cache(maxsize=4096)
def _day(iso: str) -> str:
    time = moment(iso)
    return QLocale().toString(time.date(), date_format()) if time.isValid() else ""


def day(hit: Hit) -> str:
    """The day that a file is sorted by: when it was taken, else changed; "" when unknown."""
    return isolated(_day(hit.facts.taken)) or date(hit.modified)


def taken(iso: str) -> str:
    """That moment in words; "" when unknown."""
    time = moment(iso)
    if not time.isValid():
        return ""
    return isolated(_to_the_minute(QLocale().toString(time.date(), date_format()), time.time()))


def _to_the_minute(day: str, time: QTime) -> str:
    clock_time = QLocale().toString(time, QLocale.FormatType.ShortFormat)
    both = QCoreApplication.translate("Wording", "{day}, {time}")
    return both.replace("{day}", day).replace("{time}", clock_time)


def duration(seconds: float) -> str:
    """A rough time left."""
    if seconds < 90:
        return QCoreApplication.translate("Wording", "about a minute")
    minutes = round(seconds / 60)
    if minutes < 90:
        return QCoreApplication.translate("Wording", "about {n} minutes").replace("{n}", number(minutes))
    hours = round(seconds / 3600)
    if hours < 48:
        return QCoreApplication.translate("Wording", "about {n} hours").replace("{n}", number(hours))
    days = round(seconds / 86_400)
    return QCoreApplication.translate("Wording", "about {n} days").replace("{n}", number(days))


def name(hit: Hit) -> str:
    """The file's own name."""
    return isolated(PurePath(hit.path).name)


def folder(hit: Hit) -> str:
    """Where it lies."""
    return isolated(str(PurePath(hit.path).parent))


def spoken(hit: Hit) -> str:
    """The card for a screen reader: what, which, when, how sure, with which copies, and if it is away."""
    parts = [kind(hit.kind), name(hit), place(hit.segment) if hit.matched else "", day(hit)]
    if hit.matched:
        parts.append(relevance_sentence(hit.relevance))
        if hit.segment.box is not None:
            parts.append(QCoreApplication.translate("Wording", "A part of the picture matches"))
    if hit.folded:
        one = QCoreApplication.translate("Wording", "1 that looks the same")
        many = QCoreApplication.translate("Wording", "{n} that look the same")
        parts.append(counted(len(hit.folded), one, many))
    parts.append(away(hit))
    return ", ".join(part for part in parts if part)


def why(hit: Hit) -> str:
    """Why it was found, one reason a line; "" while browsing."""
    return "\n".join(channel(each) for each in hit.matched)


def memory(value: int) -> str:
    """Bytes of memory, as memory is sold: in powers of two, but called GB."""
    count = QLocale().toString(round(value / 2**30, 1), "f", 0 if value % 2**30 == 0 else 1)
    return isolated(QCoreApplication.translate("Wording", "{n} GB").replace("{n}", count))


def seconds_until_morning() -> float:
    """Until eight o'clock tomorrow."""
    now = QDateTime.currentDateTime()
    return float(now.secsTo(QDateTime(now.date().addDays(1), QTime(8, 0))))


def shortened(text: str, longest: int = 60) -> str:
    """One line of at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def breakable(name: str) -> str:
    """A file name that may be wrapped after its punctuation and, if it has none, anywhere."""
    opportunity = "\u200b"
    made = []
    run = 0
    for character in name:
        made.append(character)
        run += 1
        if character in "-_.,()" or run >= 24:
            made.append(opportunity)
            run = 0
        elif character.isspace():
            run = 0
    return "".join(made)


def broken(text: str) -> str:
    """Sentences in which a word that is too long for a line, such as the name of a file, may be wrapped."""
    return TOO_LONG.sub(lambda word: breakable(word[0]), text)
