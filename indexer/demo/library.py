"""What the sample library holds: facts first, files later. A seed is a library, file names and all."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from indexer.demo.prose import office_page
from indexer.kinds import Kind
from models import tiny_phrases as phrases
from models import tiny_world as world
from models.tiny_pool import mixed_pair
from models.tiny_world import Scene

SEED = 2026
FIRST_DAY = datetime(2025, 3, 1, 8, 0)
SCENE_S = 4.0
"""Length of one scene of a clip, seconds."""

VGA, XGA, UPRIGHT, THREE_TO_TWO = (640, 480), (1024, 768), (480, 640), (960, 640)
SCREENS = ((1280, 800), (1440, 900), (1680, 1050))
A4 = (1240, 1754)


@dataclass(frozen=True, slots=True)
class Part:
    """What one picture, page, stretch of a clip or text shows.

    Attributes:
        page: from 1, pages only. start_s, end_s: clips only.
        text: words in it that a computer can read: a page's text layer, a note.
    """

    scene: Scene
    page: int | None = None
    start_s: float | None = None
    end_s: float | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """One file.

    Attributes:
        path: below the library's folder; its suffix is its format.
        kind: what Sightline should take it for; None for a file that cannot be indexed.
        size: pixels as shown.
        seed: of everything about the drawing that is no fact.
        when: the file's time.
        turned: stored lying on its side, with EXIF saying so.
        copy_of: path of the sample it equals byte for byte.
    """

    path: str
    kind: Kind | None
    parts: tuple[Part, ...]
    size: tuple[int, int]
    seed: int
    when: datetime
    turned: bool = False
    copy_of: str = ""

    @property
    def name(self) -> str:
        """Without its folders."""
        return PurePosixPath(self.path).name


@dataclass(frozen=True, slots=True)
class Wish:
    """A mixed question: this sample's picture "but blue", and the facts of what is meant."""

    sample: Sample
    text: str
    meant: world.Caption


@dataclass(frozen=True, slots=True)
class Library:
    """All samples, and the wishes that some of them were made for."""

    samples: tuple[Sample, ...]
    wishes: tuple[Wish, ...]

    def parts(self) -> Iterator[tuple[Sample, Part]]:
        """Everything that can be found."""
        for sample in self.samples:
            for part in sample.parts if sample.kind else ():
                yield sample, part


def plan(seed: int = SEED, heic: bool = True) -> Library:
    """Think up a library.

    Args:
        heic: whether HEIC files can be written here; JPEG takes their place otherwise.
    """
    rng = random.Random(seed)
    names = _Names(rng, heic)
    photos = [names.photo(_scene(rng, "picture")) for _ in range(58)]
    # Hard cases: the same thing seen twice, and pictures that differ in one fact.
    photos += [names.photo(one.parts[0].scene) for one in rng.sample(photos, 5)]
    for one in rng.sample(photos[:58], 11):
        photos += [names.photo(world.change_one_fact(rng, one.parts[0].scene)) for _ in range(2)]
    wishes = []
    for _ in range(4):
        pair = mixed_pair(rng)
        before, after = names.photo(pair.before), names.photo(pair.document.scene)
        photos += [before, after]
        wishes.append(Wish(before, pair.query.texts[0], pair.caption))
    samples = [*photos, *(names.screenshot(_scene(rng, "screenshot")) for _ in range(26))]
    samples += _clips(rng, names) + _documents(rng, names) + _notes(rng, names)
    original = photos[3]
    samples.append(replace(original, path="Sent/for Anna" + PurePosixPath(original.path).suffix,
                           copy_of=original.path))  # fmt: skip
    samples.append(names.useless("Photos/IMG_0666.jpg"))
    samples.append(names.useless("Documents/caffeine.xyz"))
    return Library(tuple(samples), tuple(wishes))


def _scene(rng: random.Random, medium: world.Medium) -> Scene:
    return world.random_scene(rng, medium, held_out=None)


def _clips(rng: random.Random, names: "_Names") -> list[Sample]:
    clips = []
    for motions in (4, 3):  # one subject, several motions: only the motion tells them apart
        subject = _scene(rng, "clip")
        for motion in rng.sample(range(1, len(world.MOTIONS)), motions):
            clips.append(names.clip([replace(subject, motion=motion)]))
    clips += [names.clip([_scene(rng, "clip")]) for _ in range(5)]
    for first, second in ((1, 3), (2, 0)):  # backgrounds, so different that there is a cut to be seen
        clips.append(names.clip([_on(rng, first), _on(rng, second)]))
    return clips


def _on(rng: random.Random, background: int) -> Scene:
    while (scene := _scene(rng, "clip")).background != background:
        pass
    return scene


def _documents(rng: random.Random, names: "_Names") -> list[Sample]:
    titles = ["Scan 3", "scan_0012", "document(4)", "2025-117", "Mietvertrag Lindenstrasse 14", "EPSON0031",
              "attachment", "Untitled"]  # fmt: skip
    documents = []
    for title in titles:
        pages = []
        for number in range(1, rng.randint(3, 5) + 1):
            scene = _scene(rng, "page")
            text = office_page(rng, world.WORDS[scene.words[0]].capitalize())
            pages.append(Part(scene, page=number, text=text))
        documents.append(names.file(f"Documents/{title}.pdf", "document", pages, A4))
    return documents


def _notes(rng: random.Random, names: "_Names") -> list[Sample]:
    titles = [f"note {n}.txt" for n in range(1, 8)] + ["diary.txt", "todo.md", "draft.md", "untitled.md"]
    titles += ["ideas.md", "travel.md", "remember.md"]
    notes = []
    for title in titles:
        scene = _scene(rng, "text")
        notes.append(
            names.file(f"Notes/{title}", "document", [Part(scene, text=phrases.note(rng, scene))], VGA)
        )
    return notes


class _Names:
    """File names as cameras, phones and people give them, which say nothing about what is shown."""

    def __init__(self, rng: random.Random, heic: bool) -> None:
        self._rng = rng
        self._taken: set[str] = set()
        self._styles: list[tuple[str, tuple[int, int], bool, int]] = [
            # name, size, turned by EXIF, how often
            ("IMG_{n:04}.jpg", VGA, False, 22),
            ("DSC{n:05}.JPG", XGA, False, 14),
            ("PXL_{when:%Y%m%d_%H%M%S}.jpg", THREE_TO_TWO, False, 10),
            ("IMG_{n:04}.jpeg", UPRIGHT, True, 10),
            ("IMG_{n:04}.HEIC" if heic else "IMG_{n:04}.JPG", VGA, False, 8),
            ("image({k}).png", VGA, False, 10),
            ("received-{k}.webp", XGA, False, 10),
            ("{when:%Y-%m-%d %H.%M.%S}.webp", UPRIGHT, False, 5),
            ("paint{k}.bmp", VGA, False, 4),
            ("forwarded {k}.gif", VGA, False, 6),
            ("img{n:04}.tif", VGA, False, 6),
        ]

    def photo(self, scene: Scene) -> Sample:
        style, size, turned, _ = self._rng.choices(self._styles, [style[3] for style in self._styles])[0]
        return self.file(f"Photos/{style}", "photo", [Part(scene)], size, turned)

    def screenshot(self, scene: Scene) -> Sample:
        style = self._rng.choice(
            (
                "Screenshot {when:%Y-%m-%d} at {when:%H.%M.%S}.png",
                "Bildschirmfoto {when:%Y-%m-%d um %H.%M.%S}.png",
            )
        )
        return self.file(f"Screenshots/{style}", "screenshot", [Part(scene)], self._rng.choice(SCREENS))

    def clip(self, scenes: Sequence[Scene]) -> Sample:
        parts = [
            Part(scene, start_s=number * SCENE_S, end_s=(number + 1) * SCENE_S)
            for number, scene in enumerate(scenes)
        ]
        return self.file(
            self._rng.choice(("Clips/VID_{n:04}.mp4", "Clips/MVI_{n:04}.MP4")), "video", parts, VGA
        )

    def useless(self, path: str) -> Sample:
        return self.file(path, None, [], VGA)

    def file(
        self,
        style: str,
        kind: Kind | None,
        parts: Sequence[Part],
        size: tuple[int, int],
        turned: bool = False,
    ) -> Sample:
        while True:
            when = FIRST_DAY + timedelta(
                minutes=self._rng.randrange(400 * 24 * 60), seconds=self._rng.randrange(60)
            )
            path = style.format(n=self._rng.randrange(100, 9999), k=self._rng.randrange(1, 99), when=when)
            if path.casefold() not in self._taken:
                break
        self._taken.add(path.casefold())
        return Sample(path, kind, tuple(parts), size, self._rng.randrange(1 << 32), when, turned)
