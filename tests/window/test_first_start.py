"""The first start, by somebody who has neither a mouse nor a screen: real keys, and what is read out.

What is known of the program is only what a screen reader hears from it, over AT-SPI.
SIGHTLINE_STORY=DIR pytest tests/window      keeps numbered screenshots of every step in DIR
"""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import screen_reader
from PIL import Image, ImageDraw
from screen_reader import ScreenReader

from tests.x_server import x_server

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SCREEN = (1280, 800)
PATIENCE_S = 120.0 * float(os.environ.get("SIGHTLINE_TEST_PATIENCE", "1"))

needed = [program for program in ("Xvfb", "xdotool") if shutil.which(program) is None]
needed += filter(None, [screen_reader.missing()])
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="needs an X display"),
    pytest.mark.skipif(bool(needed), reason=f"needs {' and '.join(needed)}: packaging/bootstrap.py test"),
    pytest.mark.timeout(600),
]


class Person:
    """Presses keys and listens."""

    def __init__(self, environment: dict[str, str], reader: ScreenReader, data: Path) -> None:
        self.environment = {
            **os.environ,
            **environment,
            "QT_QPA_PLATFORM": "xcb",
            "PYTHONPATH": str(ROOT),
            "OMP_NUM_THREADS": "1",
        }
        self.environment.pop("WAYLAND_DISPLAY", None)
        self.reader = reader
        self.steps = 0
        command = ["-m", "desktop_app", "--data-dir", str(data), "--device", "cpu", "--offline"]
        self.program = subprocess.Popen([sys.executable, *command], env=self.environment, cwd=ROOT)

    def take_the_keyboard(self) -> None:
        self.do("search", "--sync", "--onlyvisible", "--name", "Sightline", "windowfocus")

    def do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self.environment, check=True, timeout=PATIENCE_S)

    def press(self, *keys: str) -> None:
        self.do("key", "--clearmodifiers", *keys)

    def keep(self, what: str) -> None:
        self.steps += 1
        folder = os.environ.get("SIGHTLINE_STORY")
        if folder:
            file = Path(folder).absolute() / f"first-{self.steps:02}-{what.replace(' ', '-')}.png"
            grab = [sys.executable, str(HERE / "helper_window.py"), "grab", str(file)]
            subprocess.run(grab, env=self.environment, cwd=ROOT, check=True, timeout=PATIENCE_S)
            file.with_suffix(".txt").write_text("\n".join(map(str, self.reader.heard)), "utf-8")

    def close(self) -> None:
        self.program.terminate()
        self.program.wait(60)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Of somebody who has three pictures and, in another folder, a letter."""
    made = tmp_path / "home"
    (made / "Pictures").mkdir(parents=True)
    (made / "Documents").mkdir()
    for colour, shape in (("red", "ellipse"), ("blue", "rectangle"), ("green", "ellipse")):
        picture = Image.new("RGB", (640, 480), (245, 245, 245))
        getattr(ImageDraw.Draw(picture), shape)((170, 90, 470, 390), fill=colour)
        picture.save(made / "Pictures" / f"{colour} {shape}.png")
    (made / "Documents" / "letter.txt").write_text("Dear Ada,\nthe lighthouse was closed.\n", "utf-8")
    return made


@pytest.fixture
def person(home: Path, tmp_path: Path) -> Iterator[Person]:
    with contextlib.ExitStack() as stack:
        # -r: on a busy machine a key may be held for long, and is not typed twice for that
        # -noreset: a first client that goes would take with it those who are just coming
        display = stack.enter_context(x_server(*SCREEN, "-r", "-noreset"))
        environment = stack.enter_context(screen_reader.session(home, display))
        address = environment["DBUS_SESSION_BUS_ADDRESS"]
        reader = stack.enter_context(contextlib.closing(ScreenReader(address, PATIENCE_S)))
        reader.listen()
        made = Person(environment, reader, tmp_path / "data")
        try:
            made.take_the_keyboard()
            yield made
        finally:
            made.close()


def test_the_first_start_with_the_keyboard_and_a_screen_reader(person: Person) -> None:
    reader = person.reader

    pictures = reader.focus("Pictures")
    assert (pictures.role, pictures.checked) == ("check box", True)
    person.keep("where should it look")
    person.press("Tab")
    assert reader.focus("Documents").checked
    person.press("space", "shift+Tab", "Tab")
    reader.focus("Pictures")
    assert not reader.focus("Documents").checked, "not this folder"
    person.press("Tab")
    reader.focus("Add another folder")
    person.press("Tab")
    assert reader.focus("Start").role == "push button"
    person.press("Return")

    reader.said("What should understand your files?")
    reader.said("of memory for models")
    here = reader.focus()
    person.keep("what should understand it")
    while "None for now" not in here.name:
        assert here.role == "radio button", here
        person.press("Down")
        here = reader.focus()
    person.press("Tab")
    assert reader.focus("Continue").role == "push button"
    person.press("space")

    assert reader.focus("Search").role == "text"
    reader.ever_called("3 files understood")
    person.keep("understood")
    person.do("type", "--delay", "15", "red")
    reader.said("1 result")
    person.keep("an answer")
    person.press("Down")
    first = reader.focus("red ellipse.png")
    person.keep("the first result")
    assert first.role == "list item"
    assert first.name.startswith("Photo, red ellipse.png, ")
    assert first.name.endswith(", Strong match")

    person.press("space")
    reader.focus("Large view: Photo, red ellipse.png")
    person.keep("looked at closely")
    person.press("Escape")
    assert reader.focus("red ellipse.png").role == "list item"
