"""The whole program on a real (virtual) X display, driven by real keys and a real mouse.

SIGHTLINE_STORY=DIR pytest tests/window      keeps numbered screenshots of every step in DIR
"""

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from indexer.paths import Paths
from indexer.store.store import Store
from tests.x_server import x_server

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SCREEN = (1600, 1000)
PATIENCE_S = 120.0 * float(os.environ.get("SIGHTLINE_TEST_PATIENCE", "1"))

needed = [program for program in ("Xvfb", "xdotool") if shutil.which(program) is None]
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="needs an X display"),
    pytest.mark.skipif(bool(needed), reason=f"needs {' and '.join(needed)}: packaging/bootstrap.py test"),
    pytest.mark.timeout(600),
]


class Lines:
    """What a process prints, line by line, and the process."""

    def __init__(self, environment: dict[str, str], *command: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *command], stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
        )
        self.lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.strip())

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(30)
        self._reader.join(10)
        assert self.process.stdout is not None
        self.process.stdout.close()


class Person:
    """Looks at the screen, types, and moves the mouse."""

    def __init__(self, display: str, data: Path) -> None:
        self.environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "PYTHONPATH": str(ROOT),
            "OMP_NUM_THREADS": "1",
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",
        }
        self.environment.pop("WAYLAND_DISPLAY", None)
        self.seen: dict[str, Any] = {}
        self.others: list[Lines] = []
        self.steps = 0
        self.window = Lines(self.environment, str(HERE / "told_window.py"), str(data))

    def until(self, true: Callable[[dict[str, Any]], object], what: str) -> None:
        """Wait until something is true of what is on the screen; then keep a picture of it."""
        end = time.monotonic() + PATIENCE_S
        while not (self.seen and true(self.seen)):
            assert self.window.process.poll() is None, "the program ended"
            with suppress(queue.Empty):
                self.seen = json.loads(self.window.lines.get(timeout=1))
            assert time.monotonic() < end, f"not seen: {what}; but {self.seen}"
        self.keep(what)

    def keep(self, what: str) -> None:
        self.steps += 1
        folder = os.environ.get("SIGHTLINE_STORY")
        if folder:
            file = Path(folder).absolute() / f"{self.steps:02}-{what.replace(' ', '-')}.png"
            self.helper("grab", str(file)).process.wait(60)

    def helper(self, *arguments: str) -> Lines:
        self.others.append(Lines(self.environment, str(HERE / "helper_window.py"), *arguments))
        return self.others[-1]

    def do(self, *words: object) -> None:
        subprocess.run(["xdotool", *map(str, words)], env=self.environment, check=True, timeout=30)

    def keys(self, *names: str) -> None:
        self.do("key", "--clearmodifiers", *names)

    def type(self, text: str) -> None:
        self.do("type", "--delay", "15", text)

    def click(self, place: list[int]) -> None:
        self.do("mousemove", (place[0] + place[2]) // 2, (place[1] + place[3]) // 2, "click", 1)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        self.do("mousemove", *start, "mousedown", 1)
        for step in range(1, 11):  # as a hand would: what is dragged over wants to notice
            x, y = (first + (last - first) * step // 10 for first, last in zip(start, end, strict=True))
            self.do("mousemove", x, y, "sleep", 0.05)
        self.do("sleep", 0.2, "mouseup", 1)

    def close(self) -> None:
        for other in (*self.others, self.window):
            other.close()


@pytest.fixture
def display() -> Iterator[str]:
    with x_server(*SCREEN) as name:
        yield name


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Shapes of the demo models' world, one on each picture; and a text."""
    folder = tmp_path / "library"
    folder.mkdir()
    for number, (colour, shape) in enumerate(
        (("red", "ellipse"), ("blue", "rectangle"), ("green", "ellipse"), ("yellow", "rectangle"))
    ):
        picture = Image.new("RGB", (640, 480), (245, 245, 245))
        getattr(ImageDraw.Draw(picture), shape)((170, 90, 470, 390), fill=colour)
        picture.save(folder / f"{number} {colour} {shape}.png")
    (folder / "letter.txt").write_text("Dear Ada,\nthe lighthouse was closed.\n", "utf-8")
    return folder


@pytest.fixture
def person(display: str, library: Path, tmp_path: Path) -> Iterator[Person]:
    data = tmp_path / "data"
    with Store.open(Paths(data).create().database) as store:
        store.add_folder(str(library))
    made = Person(display, data)
    yield made
    made.close()


def test_search_look_cut_snip_and_drag_out(person: Person, library: Path, tmp_path: Path) -> None:
    red = str(library / "0 red ellipse.png")
    person.until(lambda now: len(now["hits"]) == 5 and (now["state"], now["pending"]) == ("idle", 0), "files")
    person.click(person.seen["field"])
    person.do("search", "--onlyvisible", "--name", "Sightline", "windowfocus", "--sync")
    person.until(lambda now: now["active"], "the window has the keyboard")

    person.type("red")
    person.until(lambda now: now["asked"] == "red" and now["final"] and now["hits"][:1] == [red], "an answer")
    person.keys("Down")
    person.until(lambda now: now["current"] == red, "the first result is chosen")

    person.keys("space")
    person.until(lambda now: now["peek"] and now["sharp"] and now["peek picture"], "a large view")
    person.keys("b")
    person.until(lambda now: now["drawing"], "a box can be drawn")
    left, top, right, bottom = person.seen["peek picture"]
    width, height = right - left, bottom - top
    person.drag((left + width // 4, top + height // 6), (left + 3 * width // 4, top + 5 * height // 6))
    person.until(lambda now: not now["peek"] and now["pictures"] == [f"Part of {Path(red).name}"], "a part")
    person.until(lambda now: now["final"] and now["hits"] and red not in now["hits"], "what is like the part")

    shown = tmp_path / "elsewhere.png"
    Image.open(library / "1 blue rectangle.png").resize((320, 240)).save(shown)
    before = {file for file in tmp_path.rglob("*") if file.suffix != ".log"}
    picture = person.helper("show", str(shown))
    assert picture.lines.get(timeout=60) == "there"
    person.keys("ctrl+shift+s")
    person.until(lambda now: now["frozen"] and not now["visible"], "the screen stands still")
    (screen,) = person.seen["frozen"]
    assert (screen[2] - screen[0] + 1, screen[3] - screen[1] + 1) == SCREEN
    person.drag((SCREEN[0] - 300, SCREEN[1] - 230), (SCREEN[0] - 20, SCREEN[1] - 10))
    person.until(
        lambda now: now["visible"] and now["pictures"] == ["Part of the screen"], "a part of the screen"
    )
    blue = str(library / "1 blue rectangle.png")
    person.until(lambda now: now["final"] and now["hits"][:1] == [blue], "what is like it")
    new = {file for file in tmp_path.rglob("*") if file.suffix != ".log"} - before
    assert not [file for file in new if file.suffix in (".png", ".jpg") and "views" not in file.parts], new

    target = person.helper("target")
    assert target.lines.get(timeout=60) == "there"
    left, top, right, bottom = person.seen["card"]
    person.drag(((left + right) // 2, (top + bottom) // 2), (SCREEN[0] - 60, SCREEN[1] - 60))
    assert target.lines.get(timeout=60) == blue, "the file itself arrives"
    person.keep("dragged out")
