"""What the sample library is asked, and which answers are right: both follow from the facts."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from indexer.demo.library import Library, Part, Sample
from indexer.demo.prose import EXACT
from indexer.kinds import Kind
from indexer.messages.result_messages import Hit
from models import tiny_phrases as phrases
from models import tiny_world as world

SLACK_S = 0.75
"""How far the moment shown may be from the true one."""
MOST_ANSWERS = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """A right answer: a file and, where it has several parts, the right one."""

    path: str
    part: Part | None = None

    def is_met(self, path: str, hit: Hit) -> bool:
        """Whether a hit for the file at `path` is this answer, page and moment included."""
        if path != self.path:
            return False
        part, shown = self.part, hit.segment
        if part is None:
            return True
        if part.page is not None:
            return shown.page == part.page
        if part.start_s is None or part.end_s is None:
            return True
        return (
            shown.start_s is not None
            and shown.end_s is not None
            and abs(shown.start_s - part.start_s) <= SLACK_S
            and abs(shown.end_s - part.end_s) <= SLACK_S
        )


@dataclass(frozen=True, slots=True)
class Question:
    """One query with everything that would be a right first answer; none at all for nonsense.

    Attributes:
        about: what this kind of question is called in the table.
        image: the sample to ask with; `altered` means a cropped, scaled and tinted copy of it.
    """

    about: str
    text: str
    right: tuple[Answer, ...]
    image: Sample | None = None
    altered: bool = False
    kinds: tuple[Kind, ...] = ()


def questions(library: Library, seed: int = 1) -> list[Question]:
    """About forty, of every kind, always the same for one library."""
    asker = _Asker(library, random.Random(seed))
    return [
        *asker.about("text, short", 4, "picture", "en", lambda said: len(said.text.split()) <= 6),
        *asker.about("text, long", 3, "picture", "en", full=True),
        *asker.about("German", 3, "picture", "de", full=True),
        *asker.about("Chinese", 3, "picture", "zh", full=True),
        *asker.by_picture(3),
        *asker.mixed(4),
        *asker.about("clip by motion", 4, "clip", "en", lambda said: said.motion > 0, full=True),
        *asker.about("moment in a clip", 2, "clip", "en", full=True, of=lambda part: bool(part.start_s)),
        *asker.about("page of a PDF", 3, "page", "en", lambda said: bool(said.things), full=True),
        *asker.about("page, German", 1, "page", "de", lambda said: bool(said.things), full=True),
        *asker.about("words on a screenshot", 3, "screenshot", "en", full=True),
        *asker.about("note", 1, "text", "en", full=True),
        asker.code(),
        asker.phrase(),
        asker.file_name(),
        *asker.of_a_kind(),
        *asker.nonsense(3),
    ]


class _Asker:
    def __init__(self, library: Library, rng: random.Random) -> None:
        self._library = library
        self._rng = rng
        self._parts = list(library.parts())
        self._facts = world.facts_of([part.scene for _, part in self._parts])

    def about(
        self,
        about: str,
        count: int,
        medium: world.Medium,
        language: world.Language,
        fits: Callable[[world.Caption], bool] = lambda said: True,
        *,
        full: bool = False,
        of: Callable[[Part], bool] = lambda part: True,
    ) -> Iterator[Question]:
        """Captions of chance parts, telling enough that few parts answer them."""
        chosen = [part for _, part in self._parts if part.scene.medium == medium and of(part)]
        self._rng.shuffle(chosen)
        for part in chosen:
            said = phrases.caption(self._rng, part.scene, language, full=full)
            right = self._right(said)
            if fits(said) and '"' not in said.text and len({answer.path for answer in right}) <= MOST_ANSWERS:
                yield Question(about, said.text, right)
                count -= 1
                if count == 0:
                    return

    def by_picture(self, count: int) -> Iterator[Question]:
        """Altered copies of pictures: the original is meant, or one that shows just the same."""
        for sample in self._rng.sample(self._pictures(), count):
            scene = sample.parts[0].scene
            same = world.Caption("", "en", scene.things, scene.medium, scene.background)
            yield Question("picture", "", self._right(same), sample, altered=True)

    def mixed(self, count: int) -> Iterator[Question]:
        """A picture with a wish."""
        for wish in self._library.wishes[:count]:
            yield Question("picture and text", wish.text, self._right(wish.meant), wish.sample)

    def code(self) -> Question:
        """A part of a word that stands on one page."""
        _, part = self._rng.choice([pair for pair in self._parts if pair[1].page])
        inner = part.text.rpartition(" ")[2][2:7]
        return Question("part of a word", inner, self._holding(inner))

    def phrase(self) -> Question:
        """Words that must stand together."""
        return Question("quoted phrase", f'"{EXACT}"', self._holding(EXACT))

    def file_name(self) -> Question:
        """A part of a file's name."""
        sought = "lindenstr"
        named = [Answer(sample.path) for sample in self._library.samples if sought in sample.name.lower()]
        return Question("part of a file name", sought, tuple(named))

    def of_a_kind(self) -> Iterator[Question]:
        """A thing that several kinds of file show, wanted from one kind."""
        wanted: tuple[tuple[Kind, world.Medium], ...] = (("video", "clip"), ("document", "page"))
        for kind, medium in wanted:
            chosen = [part.scene.things[0] for _, part in self._parts
                      if part.scene.medium == medium and part.scene.things]  # fmt: skip
            self._rng.shuffle(chosen)
            for thing in chosen:
                bare = world.Thing(thing.noun, thing.colour, count=1)
                scene = world.Scene("picture", (bare,))
                said = replace(phrases.caption(self._rng, scene, full=True), medium=None, things=(bare,))
                said = replace(said, text=said.text.partition(" of ")[2] or said.text.partition(" with ")[2])
                right = self._right(said, (kind,))
                if len(self._right(said)) > len(right):
                    yield Question(f"only {kind}s", said.text, right, kinds=(kind,))
                    break

    def nonsense(self, count: int) -> Iterator[Question]:
        """What nothing here answers: things this world lacks, and words no language has."""
        topics = iter(self._rng.sample(phrases.FOREIGN_TOPICS, count))
        for number in range(count):
            text = next(topics)
            while number % 2 and text in phrases.FOREIGN_TOPICS:
                text = phrases.nonsense(self._rng)
            yield Question("nothing to be found", text, ())

    def _pictures(self) -> list[Sample]:
        return [sample for sample, part in self._parts if part.scene.medium == "picture"]

    def _right(self, said: world.Caption, kinds: Sequence[Kind] = ()) -> tuple[Answer, ...]:
        true = world.satisfies(world.facts_of([said]), self._facts)[0]
        return tuple(
            Answer(sample.path, part)
            for (sample, part), it_is in zip(self._parts, true, strict=True)
            if it_is and (not kinds or sample.kind in kinds)
        )

    def _holding(self, words: str) -> tuple[Answer, ...]:
        return tuple(Answer(sample.path, part) for sample, part in self._parts if words in part.text)


def place(part: Part | None) -> str:
    """Where in its file a part is; "" when it is all of it."""
    if part is None:
        return ""
    if part.page is not None:
        return f", page {part.page}"
    return f", {part.start_s:g}-{part.end_s:g} s" if part.start_s is not None else ""


def short(path: str) -> str:
    """A sample's path without its folder."""
    return PurePosixPath(path).name
