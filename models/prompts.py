"""Prompts as token ids, with the position of every token. NumPy and the `tokenizers` library only.

Control tokens are put in by id, never by text, so that words typed by a person cannot end the prompt;
every stretch of text between two control tokens is tokenised as a whole, because a newline may merge with
what follows it.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from models import preparation
from models.errors import CheckpointError, UnusableInput
from models.inputs import Input
from models.preparation import MERGE, Budget, Picture

REVISION = 1
"""Raised whenever the same input would give other ids, positions or patches: indexes then do not mix."""

DOCUMENT_INSTRUCTION = "Represent the user's input."
QUERY_INSTRUCTION = "Retrieve images or text relevant to the user's query."
RERANK_INSTRUCTION = "Given a search query, retrieve relevant candidates that answer the query."
JUDGE = (
    "Judge whether the Document meets the requirements based on the Query and the Instruct provided. "
    'Note that the answer can only be "yes" or "no".'
)
NOTHING = "NULL"


@dataclass(frozen=True, slots=True)
class Controls:
    """Ids of the control tokens a prompt is framed with."""

    im_start: int
    im_end: int
    endoftext: int
    vision_start: int
    vision_end: int
    image_pad: int
    video_pad: int


Segment: TypeAlias = str | int
"""Text, or the id of a control token."""
Side: TypeAlias = tuple[Sequence[Picture], str | None]
"""One input as a prompt shows it: clips before pictures, then text; `None` is no text at all."""


SHORT = 1000
"""Characters of a text whose tokens are worth keeping: it comes again with every document of a question."""


CHARACTERS = 16
"""For each token that is wanted, read of a text at first: hardly any text has fewer, and all of a million
characters take seconds."""


class Vocabulary:
    """A checkpoint's tokenizer and control tokens.

    With `escape` (the default) control tokens inside a text are plain characters.

    Attributes:
        controls: the control tokens that frame a prompt.
        special: ids of all control tokens.
    """

    def __init__(self, tokenizer: Tokenizer, escape: bool = True) -> None:
        self._tokenizer = tokenizer
        self.special = frozenset(
            token_id for token_id, token in tokenizer.get_added_tokens_decoder().items() if token.special
        )
        tokenizer.encode_special_tokens = escape
        self._encode_short = lru_cache(maxsize=256)(self._encode)  # the frame, the instruction, the question
        self.controls = Controls(
            im_start=self.id_of("<|im_start|>"),
            im_end=self.id_of("<|im_end|>"),
            endoftext=self.id_of("<|endoftext|>"),
            vision_start=self.id_of("<|vision_start|>"),
            vision_end=self.id_of("<|vision_end|>"),
            image_pad=self.id_of("<|image_pad|>"),
            video_pad=self.id_of("<|video_pad|>"),
        )

    @classmethod
    def of(cls, folder: Path, escape: bool = True) -> "Vocabulary":
        """Read `tokenizer.json`. Raises `CheckpointError`."""
        file = folder / "tokenizer.json"
        try:
            tokenizer = Tokenizer.from_str(file.read_text("utf-8"))
        except FileNotFoundError:
            raise CheckpointError(
                f"{folder} has no tokenizer.json; copy all files of the model there."
            ) from None
        except Exception as error:  # the library raises plain Exception for a file it cannot read
            raise CheckpointError(f"{file} is damaged ({error}); copy the model's files again.") from error
        return cls(tokenizer, escape)

    def id_of(self, token: str) -> int:
        """The id of one token. Raises `CheckpointError` when the vocabulary lacks it."""
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise CheckpointError(
                f"The tokenizer knows no {token}: choose a Qwen3-VL embedding or reranker model."
            )
        return int(found)

    def encode(self, text: str) -> list[int]:
        """Token ids of one stretch of text."""
        return list(self._encode_short(text) if len(text) <= SHORT else self._encode(text))

    def _encode(self, text: str) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode(text, add_special_tokens=False).ids) if text else ()

    def cut(self, text: str, tokens: int) -> str:
        """The longest beginning of `text` that is at most `tokens` tokens when alone."""
        if tokens <= 0:
            return ""
        much = CHARACTERS * tokens
        while True:
            encoded = self._tokenizer.encode(text[:much], add_special_tokens=False)
            if len(encoded.ids) > tokens:
                return text[: encoded.offsets[tokens][0]]
            if much >= len(text):
                return text
            much *= 4


@dataclass(frozen=True, slots=True, eq=False)
class Prompt:
    """One sequence the model can read.

    Attributes:
        ids: int64 `[length]`.
        positions: int64 `[3, length]`: time, row, column.
        vision: bool `[length]`: where the tokens of `pictures` lie, in reading order.
        pictures: the pixels.
    """

    ids: NDArray[np.int64]
    positions: NDArray[np.int64]
    vision: NDArray[np.bool_]
    pictures: tuple[Picture, ...]

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def nbytes(self) -> int:
        """Memory held by the pixels."""
        return sum(frame.nbytes for picture in self.pictures for frame in picture.frames)

    def start_of(self, picture: int) -> int:
        """Where the tokens of one of the pictures begin."""
        before = sum(seen.pairs * seen.tokens_per_pair for seen in self.pictures[:picture])
        return int(np.flatnonzero(self.vision)[before])

    def cut(self, start: int | None, stop: int | None = None) -> "Prompt":
        """A stretch of the tokens with the pictures inside, none of which may be cut through."""
        part = slice(start, stop)
        at = range(len(self))
        inside = [picture for n, picture in enumerate(self.pictures) if self.start_of(n) in at[part]]
        return Prompt(self.ids[part], self.positions[:, part], self.vision[part], tuple(inside))

    def resampled(self) -> "Prompt":
        """The same with pictures that are ready to be seen."""
        ready = tuple(picture.resampled() for picture in self.pictures)
        return Prompt(self.ids, self.positions, self.vision, ready)


class Prompter:
    """Builds the product's prompts for one checkpoint. Raises `UnusableInput` before anything costs time."""

    def __init__(self, vocabulary: Vocabulary, budget: Budget) -> None:
        self.vocabulary = vocabulary
        self.budget = budget

    def embed(self, value: Input, instruction: str) -> Prompt:
        """One input to embed under an instruction (see `sentence`). Long text is cut, the frame stays."""
        controls, pictures = self.vocabulary.controls, self._pictures(value)
        return self._fitted(
            "".join(value.texts),
            pictures,
            lambda text: embedding(controls, (pictures, text or None), instruction),
        )

    def question(self, query: Input) -> Side:
        """The query's side of a pair to judge, its text held to half the room."""
        text = self.vocabulary.cut("".join(query.texts), self.budget.max_length // 2)
        return self._pictures(query), text or None

    def rerank(self, query: Side, document: Input, instruction: str) -> Prompt:
        """One pair to judge; `query` is made by `question`. Long document text is cut, the frame stays."""
        controls, shown = self.vocabulary.controls, self._pictures(document)
        return self._fitted(
            "".join(document.texts),
            [*query[0], *shown],
            lambda text: judging(controls, query, (shown, text or None), instruction),
        )

    def _pictures(self, value: Input) -> list[Picture]:
        clips = [preparation.clip(item, self.budget) for item in value.clips]
        return clips + [preparation.still(item, self.budget, value.page) for item in value.images]

    def _fitted(
        self, text: str, pictures: Sequence[Picture], build: Callable[[str], list[Segment]]
    ) -> Prompt:
        most = self.budget.max_length
        if len(text) > most:
            text = self.vocabulary.cut(text, most)
        ids = tokens(self.vocabulary, build(text))
        room = len(self.vocabulary.encode(text)) if len(ids) > most else 0
        # A token may split where the text is cut or meets the frame, so one pass can end a token too long.
        while len(ids) > most and room > 0:
            room = max(0, room - (len(ids) - most))
            text = self.vocabulary.cut(text, room)
            ids = tokens(self.vocabulary, build(text))
        if len(ids) > most:
            raise UnusableInput(
                f"The pictures and the instruction alone need more than {most} tokens; give fewer."
            )
        return lay_out(ids, pictures, self.vocabulary.controls)


def sentence(instruction: str | None, default: str) -> str:
    """An embedder's instruction: trimmed, ending in punctuation; blank means `default`."""
    trimmed = (instruction or "").strip()
    if not trimmed:
        return default
    return trimmed if unicodedata.category(trimmed[-1]).startswith("P") else trimmed + "."


def embedding(controls: Controls, content: Side, instruction: str) -> list[Segment]:
    """The embedder's prompt; its vector is read at the final token."""
    return [
        *_turn(controls, "system", [instruction]),
        *_turn(controls, "user", _content(controls, content)),
        *(controls.im_start, "assistant\n", controls.endoftext),
    ]


def judging(controls: Controls, query: Side, document: Side, instruction: str) -> list[Segment]:
    """The reranker's prompt; the next token would be yes or no."""
    content = [f"<Instruct>: {instruction}<Query>:", *_content(controls, query)]
    content += ["\n<Document>:", *_content(controls, document)]
    return [
        *_turn(controls, "system", [JUDGE]),
        *_turn(controls, "user", content),
        *(controls.im_start, "assistant\n"),
    ]


def tokens(vocabulary: Vocabulary, segments: Sequence[Segment]) -> list[int]:
    """The ids of a prompt; text that touches is tokenised together."""
    ids: list[int] = []
    text = ""
    for segment in segments:
        if isinstance(segment, str):
            text += segment
            continue
        ids += vocabulary.encode(text)
        ids.append(segment)
        text = ""
    return ids + vocabulary.encode(text)


def lay_out(ids: Sequence[int], pictures: Sequence[Picture], controls: Controls) -> Prompt:
    """Give every token its three positions.

    Text advances all three together; the tokens of a frame pair share one time and count rows and columns
    from there; what follows starts after the larger side.
    """
    row = np.array(ids, np.int64)
    vision = (row == controls.image_pad) | (row == controls.video_pad)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], vision, [False])).astype(np.int8)))
    grids = [picture.grid for picture in pictures for _ in range(picture.pairs)]
    positions = np.empty((3, len(row)), np.int64)
    current = done = 0
    for (start, stop), (height, width) in zip(edges.reshape(-1, 2), grids, strict=True):
        rows, columns = height // MERGE, width // MERGE
        if stop - start != rows * columns:
            raise ValueError("pictures and their tokens do not match")
        positions[:, done:start] = np.arange(current, current + start - done)
        current += start - done
        positions[0, start:stop] = current
        positions[1, start:stop] = current + np.repeat(np.arange(rows), columns)
        positions[2, start:stop] = current + np.tile(np.arange(columns), rows)
        current += max(rows, columns)
        done = stop
    positions[:, done:] = np.arange(current, current + len(row) - done)
    return Prompt(row, positions, vision, tuple(pictures))


def _turn(controls: Controls, role: str, content: Sequence[Segment]) -> list[Segment]:
    return [controls.im_start, f"{role}\n", *content, controls.im_end, "\n"]


def _content(controls: Controls, side: Side) -> list[Segment]:
    pictures, text = side
    if not pictures and text is None:
        return [NOTHING]
    segments: list[Segment] = []
    for picture in pictures:
        pad = controls.video_pad if picture.times else controls.image_pad
        frame = [controls.vision_start, *[pad] * picture.tokens_per_pair, controls.vision_end]
        stamps = [f"<{time:.1f} seconds>" for time in picture.times] or [""]
        for stamp in stamps:
            segments += [stamp, *frame]
    return [*segments, text or ""]
