"""What a person may choose: one frozen dataclass, one TOML file, one schema version.

Folders are not here: they live in the database beside what was found in them.

Why unknown keys are refused: the file may be edited by hand, and a misspelled setting that is silently
ignored is worse than a sentence that names it. A new key therefore raises `SCHEMA_VERSION`.
"""

import contextlib
import difflib
import math
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import time
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec
import tomli_w

from indexer.errors import UserError
from indexer.words import Phrase

SCHEMA_VERSION = 6

Device: TypeAlias = Literal["auto", "cuda", "mps", "cpu"]
Budget: TypeAlias = Literal["fast", "balanced", "exact"]
Weights: TypeAlias = Literal["full", "int8", "int4"]
Vectors: TypeAlias = Literal["exact", "whole", "half", "quarter"]
Appearance: TypeAlias = Literal["system", "light", "dark", "contrast"]
Language: TypeAlias = Literal["system", "en", "de", "zh"]
OnClose: TypeAlias = Literal["ask", "stay", "quit"]

HELD: Mapping[Weights, str] = {"full": "in full", "int8": "in 8 bits", "int4": "in 4 bits"}
"""How weights are held, as people are told."""

KEPT: Mapping[Vectors, str] = {
    "exact": "all in 16 bits",
    "whole": "all",
    "half": "the first half",
    "quarter": "the first quarter",
}
"""What is kept of vectors, likewise."""

_HOURS = re.compile(r"\s*(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)\s*")

NO_RERANKER = "none"
"""The reranker's name when results are to stay in the order of meaning."""


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """Which models to run, and where.

    Attributes:
        embedder: a catalogue name or a folder.
        reranker: the same, or `NO_RERANKER`.
        device: where they run; "auto" takes the best there is.
        budget: how closely they look; built-in models have a budget of their own.
        weights: how their weights are held; "int8" takes about half the memory, "int4" two fifths.
        vectors: how much of the vectors that they make is kept (`store.vectors.Form`).
    """

    embedder: str = "tiny"
    reranker: str = "tiny"
    device: Device = "auto"
    budget: Budget = "balanced"
    weights: Weights = "full"
    vectors: Vectors = "whole"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default.

    Attributes:
        schema_version: of the file's form, raised with every new key.
        embedder: the model that turns pictures and text into vectors; "tiny" is built in.
        reranker: the model that reorders the best candidates, or "none".
        device: "auto", "cuda", "mps" or "cpu".
        budget: "fast", "balanced" or "exact": how many tokens a picture, page or clip may cost.
        weights: "full", "int8" for about half the memory, or "int4" for two fifths.
        vectors: how much the index keeps of each vector: "whole", its first "half" or "quarter" for less room
            on the disk, or "exact" for twice the room of "whole".
        by_meaning: words also find what pictures show and texts mean, and not only where they are written.
            Pictures find pictures either way.
        read_words: read the words in pictures and scans when there is nothing else to do.
        regions: also look at parts of large, detailed pictures, so that small things in them are found.
        appearance: of the window; "system" follows the desktop, "contrast" is black and white.
        language: of the window; "system" follows the desktop.
        on_close: closing the window ends the program, or leaves it in the tray, or the person is asked once.
        palette_key, snip_key: keys that work in every program, as Qt writes them; "" for none.
        shortcuts: the person's own keys in the window, by command; "" for none.
        offline: never open a connection, not even to fetch a model.
        work_on_battery: index also while a battery feeds the computer.
        work_in_full_screen: index also while a program fills the screen.
        release_after_min: minutes after which models that nobody needs give their memory back; 0 for never.
        working_hours: index only in these, such as "22:00-07:00"; empty for always.
    """

    schema_version: int = SCHEMA_VERSION
    embedder: str = "tiny"
    reranker: str = "tiny"
    device: Device = "auto"
    budget: Budget = "balanced"
    weights: Weights = "full"
    vectors: Vectors = "whole"
    by_meaning: bool = True
    read_words: bool = True
    regions: bool = True
    appearance: Appearance = "system"
    language: Language = "system"
    on_close: OnClose = "ask"
    palette_key: str = "Ctrl+Shift+Space"
    snip_key: str = ""
    shortcuts: dict[str, str] = field(default_factory=dict)
    offline: bool = False
    work_on_battery: bool = False
    work_in_full_screen: bool = False
    working_hours: str = ""
    release_after_min: int = 10

    @classmethod
    def load(cls, path: Path) -> "Settings":
        """Read the file; defaults when there is none. Raises UserError naming file and line."""
        try:
            text = path.read_text(encoding="utf-8-sig")  # some editors of Windows begin a file with a mark
        except FileNotFoundError:
            return cls()
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(f"Cannot read the settings in {path}: {error}. Correct or delete it.") from None
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise UserError(f"{path} is not valid TOML: {error}. Correct or delete it.") from None
        return cls._checked(data, text, path)

    @classmethod
    def _checked(cls, data: dict[str, Any], text: str, path: Path) -> "Settings":
        version = data.get("schema_version", SCHEMA_VERSION)
        if isinstance(version, int) and version > SCHEMA_VERSION:
            raise UserError(
                f"{path} was written by a newer Sightline (settings version {version}, this program knows "
                f"{SCHEMA_VERSION}). Update Sightline, or move that file away to start with defaults."
            )
        names = [each.name for each in fields(cls)]
        for key in data:
            if key not in names:
                close = difflib.get_close_matches(key, names, n=1)
                hint: Phrase = f"Did you mean '{close[0]}'?" if close else f"Known are {', '.join(names)}."
                raise UserError(f"{path}, line {_line_of(key, text)}: there is no setting '{key}'. {hint}")
        try:
            return msgspec.convert({**data, "schema_version": SCHEMA_VERSION}, cls)
        except msgspec.ValidationError as error:
            key = next((name for name in data if f"`$.{name}`" in str(error)), "")
            raise UserError(f"{path}, line {_line_of(key, text)}: {_plain(error)}. Correct it.") from None

    def save(self, path: Path) -> None:
        """Replace the file in one step. Raises UserError: it cannot be written, or the hours are none."""
        if self.working_hours.strip():
            working_hours(self.working_hours)
        draft = path.with_suffix(".toml.new")
        try:
            with draft.open("w", encoding="utf-8") as file:
                file.write(tomli_w.dumps(asdict(self)))
                file.flush()
                os.fsync(file.fileno())  # after a power cut an empty file would choose other models
            draft.replace(path)
        except OSError as error:
            raise UserError(f"Cannot write the settings to {path}: {error.strerror}.") from None

    @property
    def release_after_s(self) -> float:
        """Seconds; infinite for never."""
        return 60.0 * self.release_after_min if self.release_after_min > 0 else math.inf

    def models(self) -> ModelOptions:
        """The part that the engine needs."""
        return ModelOptions(
            self.embedder, self.reranker, self.device, self.budget, self.weights, self.vectors
        )

    def with_models(self, options: ModelOptions) -> "Settings":
        """These settings with other models."""
        return replace(
            self,
            embedder=options.embedder,
            reranker=options.reranker,
            device=options.device,
            budget=options.budget,
            weights=options.weights,
            vectors=options.vectors,
        )


def working_hours(text: str) -> tuple[time, time]:
    """From and to, of the setting of that name. Raises UserError."""
    found = _HOURS.fullmatch(text)
    with contextlib.suppress(ValueError):
        if found:
            first, then, last, end = map(int, found.groups())
            return time(first, then), time(last % 24, end)
    raise UserError(f"“{text}” are no working hours: write them as in 22:00-07:00, or leave them empty.")


def _line_of(key: str, text: str) -> int:
    pattern = re.compile(rf"\s*\[*\s*['\"]?{re.escape(key)}\b")
    return next((n for n, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 1)


def _plain(error: Exception) -> str:
    return str(error).replace("`$.", "'").replace("`", "'")
