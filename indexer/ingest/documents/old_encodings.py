"""In which of the many old encodings a text is. Decoder processes only.

In most of them every byte is a letter, and statistics that know no languages take French for Lithuanian, and
short texts in other letters for those of any people. Of Latin letters those of one language at a time are
asked for: where it is the wrong encoding they come from several. Of others, whose encodings have the same
letters elsewhere, those that are common in any text.
"""

import re
import unicodedata
from itertools import pairwise
from typing import Final

_LATIN: Final = (
    "cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "iso8859_15", "mac_roman", "cp850", "cp852",
    "mac_latin2", "cp1258",
)  # fmt: skip
"""The likelier first, which counts where several would do."""
_OTHERS: Final = (
    "cp1251", "koi8_u", "cp866", "iso8859_5", "mac_cyrillic", "cp1253", "cp1255", "cp1256", "iso8859_6",
    "cp874",
)  # fmt: skip
_JAPANESE: Final = ("euc_jp", "cp932")
_OF_SYLLABLES: Final = 0.3
_COMMON: Final = ("оаеинтсрвлкмі", "αάοόιίεέτσςνηήυύρπκ", "יוהלאתרמבשנםח", "اليمونرتبةهعد", "าานรเกอยงมลทวสด่้ิีั")
"""Cyrillic, Greek, Hebrew, Arabic, Thai: they make two thirds of what is written in them, and more."""
SAMPLE_BYTES: Final = 256 << 10
_ENOUGH: Final = 0.6
_BY_MORE: Final = 0.15
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
_OF_VIETNAMESE: Final = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_VIETNAMESE: Final = (frozenset(_OF_VIETNAMESE + _OF_VIETNAMESE.upper()) | _SIGNS,)
_AMONG_LETTERS: Final = re.compile(r"(?<=[^\W\d_])(?:[‘‚“”„–—…«»‹›€£§°©®™•¿¡²³½¼¾µ×±´¨]|·(?!l))(?=[^\W\d_])")
_EASTERN: Final = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]")
_SYLLABLES: Final = re.compile("[\u3040-\u30ff]")
_HALF_WIDTH: Final = re.compile("[\uff61-\uff9f]")
_WITHIN_A_WORD: Final = re.compile(r"(?<=[A-Za-z])[^\0-\x7f]{1,2}(?=[a-z])")


def decoded(data: bytes, guess: str) -> str:
    """The text in the encoding that makes most sense of it. `guess`: what may be wrong."""
    sample = data[:SAMPLE_BYTES]
    text = sample.decode(guess, errors="replace")
    beyond = [letter for letter in text if letter > "\x7f" and letter.isalpha()]
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in beyond)
    if 2 * max(latin, sum(map(len, _WITHIN_A_WORD.findall(text)))) >= len(beyond):
        best = max((*_LATIN, guess), key=lambda name: _sense(sample, name))
    else:
        best = _of_other_letters(sample, guess, text)
    # that of Vietnamese writes accents behind their letters
    return unicodedata.normalize("NFC", data.decode(best, errors="replace"))


def _sense(data: bytes, name: str) -> float:
    """The share of what is beyond ASCII that is of one language, or a sign where signs stand."""
    try:
        text = unicodedata.normalize("NFC", data.decode(name))
    except UnicodeDecodeError:
        return 0.0
    beyond = [letter for letter in text if letter > "\x7f"]
    alphabets = _VIETNAMESE if name == "cp1258" else _ALLOWED
    right = max(sum(letter in allowed for letter in beyond) for allowed in alphabets)
    return (right - len(_AMONG_LETTERS.findall(text)) - _turns_large(text)) / max(1, len(beyond))


def _of_other_letters(data: bytes, guess: str, text: str) -> str:
    """The guess, if there is none in which the letters are far more usual."""
    if 2 * len(_HALF_WIDTH.findall(text)) < len(_EASTERN.findall(text)):
        return next((name for name in _JAPANESE if _has_syllables(data, name)), guess)
    best = max(_OTHERS, key=lambda name: _usual(data, name))
    usual = _usual(data, best)
    return best if usual >= max(_ENOUGH, _usual(data, guess) + _BY_MORE) else guess


def _usual(data: bytes, name: str) -> float:
    """The share of what is beyond ASCII that is common in one script."""
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return 0.0
    beyond = [letter for letter in text.lower() if letter > "\x7f" and letter not in _SIGNS]
    right = max(sum(letter in common for letter in beyond) for common in _COMMON)
    return (right - _turns_large(text)) / max(1, len(beyond))


def _has_syllables(data: bytes, name: str) -> bool:
    """Whether a good part is written in syllables, as in Japanese every sentence is."""
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return False
    return len(_SYLLABLES.findall(text)) > _OF_SYLLABLES * len(_EASTERN.findall(text))


def _turns_large(text: str) -> int:
    """How many capital letters beyond ASCII follow small ones."""
    return sum(one.islower() and other > "\x7f" and other.isupper() for one, other in pairwise(text))
