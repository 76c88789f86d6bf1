"""The engine's sentences in the person's language.

The engine speaks English. What it can say is listed in resources/translations/engine.txt, `{name}` for what
it fills in, and is translated where the window's own words are. A sentence is recognised by that list, from
its first letter to its last, and said anew with the same things filled in; others are shown as they came.

Why what is filled in stays as it is: it is the person's, such as the name of a file, and may read like
anything. Only where the engine fills in words of its own (`SENTENCES`, `PHRASES`) are they looked up, too.

Why this is done where messages arrive (engine_client.py) and not where they are shown: there it cannot be
forgotten. The protocol says which fields are meant (indexer/words.py).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache, lru_cache
from typing import Any, TypeAlias, TypeVar, get_args, get_type_hints

from PySide6.QtCore import QCoreApplication, QLocale

from desktop_app.language import i18n
from indexer.words import Phrase, Sentence

LIST = i18n.FOLDER / "engine.txt"
SENTENCES = frozenset({"error", "hint", "trouble"})
PHRASES = frozenset({"help", "how", "label", "other", "problem", "why"})
"""What is filled in under these names is the engine's own words, or those of a library."""
NUMBER = re.compile(r"n\d*")
"""Under these it is a number with decimals, written as in English."""
KEPT = 20_000
"""Texts that are remembered: as many files may have problems, each with a sentence of its own."""

FIELD = re.compile(r"\{(\w+)\}")
LAST = re.compile(r"(?:[.!?…]|\. \{\w+\})$")
"""How a sentence ends; what does not is a phrase."""
END = re.compile(r"(?<=[.!…]) (?=[A-Z“])")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Heard:
    """What was recognised, and what was filled in: as it came, or again something that was recognised."""

    text: str
    filled: Mapping[str, "Heard"]


Heard: TypeAlias = "str | _Heard | tuple[Heard, ...]"


@dataclass(frozen=True, slots=True)
class _Template:
    """Something the engine can say.

    Attributes:
        begin, end: of every text that fits.
        fixed: how many letters are given; the more, the surer is that a text that fits is meant.
    """

    text: str
    begin: str
    end: str
    fixed: int
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, text: str) -> "_Template":
        written, names = FIELD.split(text)[::2], FIELD.findall(text)
        pattern = re.escape(written[0])
        for place, (name, after) in enumerate(zip(names, written[1:], strict=True)):
            again = name in names[:place]
            pattern += (f"(?P=f_{name})" if again else f"(?P<f_{name}>.*?)") + re.escape(after)
        fixed = sum(map(len, written))
        return cls(text, written[0], written[-1], fixed, re.compile(pattern, re.DOTALL))

    def read(self, text: str) -> _Heard | None:
        if not (text.startswith(self.begin) and text.endswith(self.end)):
            return None
        found = self.pattern.fullmatch(text)
        if found is None:
            return None
        return _Heard(
            self.text, {group[2:]: _filled_in(group[2:], value) for group, value in found.groupdict().items()}
        )

    @property
    def is_sentence(self) -> bool:
        return bool(LAST.search(self.text))


def told(message: T) -> T:
    """A message of the engine, with all that it says to people in the person's language."""
    kind: Any = type(message)
    change = None if _language() == "en" else _change(kind)
    changed: T = message if change is None else change(message)
    return changed


def said(sentences: str) -> str:
    """One sentence of the engine, or several, in the person's language."""
    return _translated(sentences, False, _language())


def phrase(words: str) -> str:
    """The same of words that are no sentence."""
    return _translated(words, True, _language())


def _language() -> str:
    return QLocale().name()[:2]  # set together with the translations


@lru_cache(KEPT)
def _translated(text: str, phrases: bool, language: str) -> str:
    return text if language == "en" else _say(_heard(text, phrases))


def is_known(sentences: str) -> bool:
    """Whether the engine may say this, as far as the list goes."""
    return not isinstance(_heard(sentences, False), str)


# --- hearing -----------------------------------------------------------------------------------------------


def _heard(text: str, phrases: bool) -> Heard:
    """Args: phrases: words that are no sentence are understood, too, and lists of them."""
    if phrases and (listed := _list(text, "; ")):
        return listed
    whole = _whole(text, phrases)
    if whole is not None:
        return whole
    for border in END.finditer(text):
        first = _whole(text[: border.start()], phrases)
        if first is not None:
            return first, " ", _heard(text[border.end() :], phrases)
    if phrases and (listed := _list(text, ", ")):
        return listed
    return text


def _list(text: str, border: str) -> tuple[Heard, ...]:
    """Several phrases; empty unless all of them are known."""
    parts = [_whole(part, True) for part in text.split(border)]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or len(parts) == 1:
        return ()
    return (known[0], *(each for part in known[1:] for each in (border, part)))


def _filled_in(name: str, value: str) -> Heard:
    return _heard(value, name in PHRASES) if name in SENTENCES | PHRASES else value


def _whole(text: str, phrases: bool) -> _Heard | None:
    for template in _templates(phrases)[_first_word(text)]:
        if (heard := template.read(text)) is not None:
            return heard
    for template in _templates(phrases)[""]:
        if (heard := template.read(text)) is not None:
            return heard
    return None


@cache
def _templates(phrases: bool) -> Mapping[str, Sequence[_Template]]:
    """By their first word, "" where that is filled in; the surest first."""
    found: defaultdict[str, list[_Template]] = defaultdict(list)
    for line in LIST.read_text(encoding="utf-8").splitlines():
        template = _Template.of(line)
        if phrases or template.is_sentence:
            known = " " in template.begin or template.begin == line
            found[_first_word(line) if known else ""].append(template)
    for templates in found.values():
        templates.sort(key=lambda template: -template.fixed)
    return found


def _first_word(text: str) -> str:
    return text.partition(" ")[0]


# --- saying ------------------------------------------------------------------------------------------------


def _say(heard: Heard) -> str:
    if isinstance(heard, str):
        return heard
    if isinstance(heard, tuple):
        return "".join(map(_say, heard)).replace("。 ", "。")  # Chinese has no blank there
    filled = heard.filled

    def put_in(field: re.Match[str]) -> str:
        value = _say(filled[field[1]])
        return value.replace(".", QLocale().decimalPoint()) if NUMBER.fullmatch(field[1]) else value

    return FIELD.sub(put_in, QCoreApplication.translate(i18n.CONTEXT, heard.text))


# --- messages ----------------------------------------------------------------------------------------------

Change: TypeAlias = Callable[[Any], Any]


@cache
def _change(kind: Any) -> Change | None:
    """What translates a value of this type; None for a type that says nothing to people."""
    if kind == Sentence:
        return said
    if kind == Phrase:
        return phrase
    if is_dataclass(kind):
        hints = get_type_hints(kind, include_extras=True)
        changes = {field.name: _change(hints[field.name]) for field in fields(kind)}
        needed = {name: change for name, change in changes.items() if change is not None}
        if needed:
            return lambda message: replace(
                message, **{name: change(getattr(message, name)) for name, change in needed.items()}
            )
        return None
    inner = [change for change in map(_change, get_args(kind)) if change is not None]
    if not inner:
        return None
    (each,) = inner
    return lambda values: tuple(map(each, values))
