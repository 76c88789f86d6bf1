"""What the engine says to people, marked, so that the window can say it in the person's language.

Both are plain strings in English, as the command line and the log show them. What can be said is found in the
code by `packaging/engine_sentences.py`; `desktop_app/language/engine_words.py` says it in another language.
"""

from typing import Annotated, TypeAlias

Sentence: TypeAlias = Annotated[str, "sentence"]
"""One whole sentence, or several, one after another."""

Phrase: TypeAlias = Annotated[str, "phrase"]
"""Words that are no sentence: they stand alone on a chip, or are put into a sentence."""
