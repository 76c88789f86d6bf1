"""In which of its many old encodings a text in Latin letters is. Decoder processes only.

In all of them every byte is a letter, and statistics that know no languages take French for Lithuanian. Here
the letters of one language at a time are asked for: where it is the wrong encoding they come from several.
"""

import re
import unicodedata
from typing import Final

_ENCODINGS: Final = (
    "cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "iso8859_15", "mac_roman", "cp850", "cp852",
    "mac_latin2",
)  # fmt: skip
"""The likelier first, which counts where several would do."""
_ALPHABETS: Final = (
    "àâæçéèêëîïôœùûüÿ", "äöüß", "áéíóúüñªº", "áâãàçéêíóôõúüªº", "àèéìîòóù", "àçéèíïóòúü", "éëïöüèóáç", "åäöé",
    "æøåé", "áæðéíóöþúý", "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţșț",
    "čćđšž", "çğıİöşüâî", "ąčęėįšųūž", "āčēģīķļņšūž", "äöüõšž",
)  # fmt: skip
"""Beyond ASCII: French, German, Spanish, Portuguese, Italian, Catalan, Dutch, Swedish and Finnish, Danish and
Norwegian, Icelandic, Polish, Czech, Slovak, Hungarian, Romanian, Croatian and Slovene, Turkish, Lithuanian,
Latvian, Estonian."""
_SIGNS: Final = frozenset("’‘‚“”„–—…«»‹›€£§°©®™·•¿¡²³½¼¾µ×±´¨\u00a0\u00ad")
_ALLOWED: Final = tuple(frozenset(letters + letters.upper()) | _SIGNS for letters in _ALPHABETS)
_AMONG_LETTERS: Final = re.compile(r"(?<=[^\W\d_])[‘‚“”„–—…«»‹›€£§°©®™•¿¡²³½¼¾µ×±´¨](?=[^\W\d_])")


def encoding(data: bytes, guess: str) -> str:
    """The one that makes most sense of it. `guess`, where that is for other letters."""
    if not _is_latin(data.decode(guess, errors="replace")):
        return guess
    return max((*_ENCODINGS, guess), key=lambda name: _sense(data, name))


def _is_latin(text: str) -> bool:
    letters = [letter for letter in text if letter > "\x7f" and letter.isalpha()]
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return 2 * latin >= len(letters)


def _sense(data: bytes, name: str) -> float:
    """The share of what is beyond ASCII that is of one language, or a sign where signs stand."""
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return 0.0
    beyond = [letter for letter in text if letter > "\x7f"]
    right = max(sum(letter in allowed for letter in beyond) for allowed in _ALLOWED)
    return (right - len(_AMONG_LETTERS.findall(text))) / max(1, len(beyond))
