"""Mail: single messages (EML, MHT) and mailboxes (MBOX), each message a part with its subject as title."""

import contextlib
import email.errors
import email.message
import email.parser
import email.policy
import email.utils
import itertools
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import BinaryIO, Final

from indexer.errors import MediaError
from indexer.ingest.documents.assembled import document
from indexer.ingest.documents.parts import Part
from indexer.ingest.documents.plain_text import meant, read_markup, read_text
from indexer.ingest.items import open_original
from indexer.ingest.markup import UNREADABLE, html_text, tidy
from indexer.ingest.metadata.record import NOTHING, Metadata, clean, moment, telling
from indexer.ingest.segments import Item, Segment

MAX_MESSAGE_BYTES: Final = 64 << 20
"""Of one message, attachments included; the rest of it is not read, and the item's note says so."""
MAX_DEPTH: Final = 30
"""Of parts in parts, and mails in mails; so is what lies deeper."""

_HEADERS: Final = ("From", "To", "Cc", "Date")
_SEPARATOR: Final = b"From "
_QUOTED_SEPARATOR: Final = b">From "
# Not every program quotes a sentence that begins so in the middle of a mail
_HEADER: Final = re.compile(rb"[!-9;-~]+[ \t]*:|>From ")
_LONGEST_LINE: Final = 1 << 20
# Headers are parsed when they are read, and the parser has its own faults
_FAULTS: Final = (email.errors.MessageError, ValueError, IndexError, TypeError, AttributeError, LookupError)

_TOO_LONG: Final = f"Only the first {MAX_MESSAGE_BYTES >> 20} MB of a message are read."
_TOO_DEEP: Final = f"What is nested more than {MAX_DEPTH} times in a message is not read."


def decode(path: Path) -> Iterator[Item | Segment]:
    """The `Item` of a message or mailbox, then a segment per passage. Raises `Skipped`, `MediaError`.

    A single message's date, sender and subject are the file's own.
    """
    with open_original(path) as file:
        is_mailbox = file.read(len(_SEPARATOR)) == _SEPARATOR
        file.seek(0)
        messages = _messages(file)
        about = NOTHING
        if not is_mailbox and (first := next(messages, None)) is not None:
            about, messages = _about(first[0]), itertools.chain([first], messages)
        yield from document(_parts(messages), about=about)


def _messages(file: BinaryIO) -> Iterator[tuple[EmailMessage, bool]]:
    """Each message, and whether that is all of it.

    One after another, so that a mailbox of gigabytes takes the memory of its largest message. What some
    servers leave of an older separator before the headers is left out.
    """
    lines: list[bytes] = []
    size = 0
    whole = after_blank = True
    line = file.readline(_LONGEST_LINE)
    while line:
        following = file.readline(_LONGEST_LINE)
        if after_blank and line.startswith(_SEPARATOR) and _HEADER.match(following):
            if lines:
                yield _parsed(lines), whole
            lines, size, whole = [], 0, True
        elif size < MAX_MESSAGE_BYTES:
            if lines or not line.startswith(_QUOTED_SEPARATOR):
                lines.append(line)
            size += len(line)
        else:
            whole = False
        after_blank = not line.strip()
        line = following
    if lines:
        yield _parsed(lines), whole


def _parsed(lines: list[bytes]) -> EmailMessage:
    return email.parser.BytesParser(EmailMessage, policy=email.policy.default).parsebytes(b"".join(lines))


def _parts(messages: Iterator[tuple[EmailMessage, bool]]) -> Iterator[Part]:
    """A damaged message costs itself; the last complaint is raised after all others are read."""
    damage: MediaError | None = None
    for message, whole in messages:
        try:
            yield _part(message, whole)
        except MediaError as error:
            damage = error
        except _FAULTS as error:
            damage = MediaError(UNREADABLE)
            damage.__cause__ = error
    if damage is not None:
        raise damage


def _about(message: EmailMessage) -> Metadata:
    """When it was sent, by whom, and about what."""
    name, address = email.utils.parseaddr(_header(message, "From"))
    sent = None
    with contextlib.suppress(TypeError, ValueError, IndexError, OverflowError):
        sent = email.utils.parsedate_to_datetime(_header(message, "Date")).isoformat()
    return Metadata(
        captured=moment(sent),
        title=telling(_header(message, "Subject")),
        author=clean(name or address) if "@" in address else "",  # else it is a browser that kept a page
    )


def _part(message: EmailMessage, whole: bool) -> Part:
    if not message.keys():
        raise MediaError("It is no mail: there is no header in it.")
    subject = _header(message, "Subject")
    headers = [f"{name}: {value}" for name in _HEADERS if (value := _header(message, name))]
    texts, attached, deeper = _bodies(message)
    if attached:
        headers.append("Attachments: " + ", ".join(attached))
    note = "" if whole and not deeper else _TOO_DEEP if whole else _TOO_LONG
    return Part("\n".join((subject, *headers)) + "\n\n" + "\n\n".join(texts), subject, note=note)


def _bodies(message: EmailMessage) -> tuple[list[str], list[str], bool]:
    """The texts to be read, plain rather than HTML where both are there, and the names of attachments.

    The last is whether there is more, too deep inside.
    """
    texts: list[str] = []
    attached: list[str] = []
    deeper = False
    stack: list[tuple[email.message.Message, int]] = [(message, 0)]
    while stack:
        part, depth = stack.pop()
        if depth > MAX_DEPTH:
            deeper = True
            continue
        if name := _filename(part):
            attached.append(name)
        kind = part.get_content_type()
        if part.is_multipart():
            parts = [each for each in part.get_payload() if isinstance(each, email.message.Message)]
            if kind == "multipart/alternative":
                plain = [each for each in parts if each.get_content_type() == "text/plain"]
                parts = [each for each in plain if _text(each).strip()] or parts
            stack += [(each, depth + 1) for each in reversed(parts)]
        elif kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
            texts.append(_text(part))
    return texts, attached, deeper


def _text(part: email.message.Message) -> str:
    data, html = part.get_payload(decode=True), part.get_content_type() == "text/html"
    if not isinstance(data, bytes):
        return ""
    try:
        text = data.decode(meant(part.get_content_charset() or ""), "replace")
    except (LookupError, ValueError):
        try:
            text = read_markup(data) if html else read_text(data)
        except MediaError:
            return ""
    return html_text(text)[1] if html else tidy(text)


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = str(message.get(name, ""))
    except _FAULTS:
        return ""
    return " ".join(value.split())


def _filename(part: email.message.Message) -> str:
    try:
        return " ".join((part.get_filename() or "").split())
    except _FAULTS:
        return ""
