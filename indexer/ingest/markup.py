"""XML and HTML from anywhere: parsed without entities, without other files, without the network.

Decoder processes only. libxml2 (lxml) reads damaged documents as far as they go and refuses what is nested
or expanded beyond reason; what remains to be refused here are declarations of entities, which no office
document and no book needs.
"""

import re
from collections.abc import Iterator
from typing import IO, Any, Final, TypeAlias

from lxml import etree

from indexer.errors import MediaError

Element: TypeAlias = Any
"""An element of lxml, which has no types."""

# fmt: off
_BLOCKS: Final = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre",
    "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
))
_CELLS: Final = frozenset(("td", "th"))
_UNSEEN: Final = frozenset((
    "script", "style", "noscript", "template", "head", "svg", "math", "object", "iframe", "select", "canvas",
    "audio", "video",
))
# fmt: on
_HEADINGS: Final = {f"h{level}": "#" * level + " " for level in range(1, 7)}
UNREADABLE: Final = "It is damaged: its content cannot be read."
_SPACES: Final = re.compile(r"[^\S\n]+")
_LINES: Final = re.compile(r"\n{3,}")


def events(file: IO[bytes], *, starts: bool = True) -> Iterator[tuple[bool, str, Element]]:
    """(whether it ends, local name, element) for every element, in order, as the file is read.

    An element is empty when it begins. What has ended should be cleared by the caller once it is used, or
    the tree grows with the file. Raises `MediaError` for what is no XML, and at the first entity declared.
    """
    parser = etree.iterparse(
        file,
        events=("start", "end") if starts else ("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    checked = False
    try:
        for event, element in parser:
            if not checked:
                _refuse_entities(element)
                checked = True
            if isinstance(element.tag, str):
                yield event == "end", local(element.tag), element
    except etree.XMLSyntaxError as error:
        raise MediaError(UNREADABLE) from error


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """An attribute by its local name, "" if there is none."""
    value = element.get(name)
    if value is None:
        value = next((value for key, value in element.attrib.items() if local(key) == name), "")
    return str(value)


def html_text(markup: str) -> tuple[str, str]:
    """(title, text) of an HTML page: what a browser would show, a line per block, headings with "#".

    Raises `MediaError` when nothing can be made of it.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise MediaError(UNREADABLE) from error
    if root is None:
        return "", ""
    title = root.findtext(".//title") or ""
    return " ".join(title.split()), tidy("".join(_shown(root)))


def tidy(text: str) -> str:
    """Text with single spaces, no space around line ends, and at most one blank line at a time."""
    lines = (line.strip(" ") for line in _SPACES.sub(" ", text).split("\n"))
    return _LINES.sub("\n\n", "\n".join(lines)).strip()


def _shown(root: Element) -> Iterator[str]:
    """Pieces of the visible text. Without recursion: a page can be nested deeper than Python's stack."""
    hidden = 0
    preformatted = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += name in _UNSEEN
            preformatted += name == "pre"
            if hidden:
                continue
            if name in _BLOCKS:
                yield "\n"
            if name in _HEADINGS:
                yield "\n" + _HEADINGS[name]
            if name == "img" and element.get("alt"):
                yield f" {element.get('alt')} "
            text = element.text
        else:
            if not hidden and name in _BLOCKS:
                yield "\n\n" if name == "p" or name in _HEADINGS else "\n"
            if not hidden and name in _CELLS:
                yield " "
            hidden -= name in _UNSEEN
            preformatted -= name == "pre"
            text = element.tail
        if text and not hidden:
            yield text if preformatted else _flowing(text)


def _flowing(text: str) -> str:
    """A text with single spaces, also at its ends where white space was."""
    words = " ".join(text.split())
    if not words:
        return " "
    return " " * text[0].isspace() + words + " " * text[-1].isspace()


def _refuse_entities(root: Element) -> None:
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and next(iter(subset.iterentities()), None) is not None:
        raise MediaError("It declares XML entities, as attacks do and documents never need; it was not read.")
