"""How the window feels over a large index: `python -m tests.benchmarks.window DATA_DIR` (see window_library).

Offscreen, with the real engine and the tiny models beside it. Measured are: the window's start until it is
painted; a key until the first stage of its answer is painted; scrolling through all rows; what the window
holds in memory; and a random walk through the whole interface while the engine indexes (`--walk` seconds). A
stall is time in which the window could not have answered; "own" is what the window's thread itself worked
meanwhile, so that other programs on a busy machine do not count.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtCore import QEvent, QEventLoop, QLocale, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from desktop_app import engine_client
from desktop_app.actions import Command
from desktop_app.engine_client import EngineClient, Link
from desktop_app.palette import Palette
from desktop_app.results.results_grid import View
from desktop_app.search_window import SearchWindow
from desktop_app.widgets.theme import Theme
from indexer.paths import Paths

QUERIES = ("red boat", "two blue stars", "house", "green circle", "yellow tree at night", "a white fish",
           "kind:document boat", "camera:canon moon", "three cars", "on:2018 flower")  # fmt: skip
PARTS = ("starts", "keys", "palette", "scrolling", "walk")
FRAMES = 400
BEAT_MS = 5
STALL_MS = 100
START = """
import sys, time
started = time.perf_counter()
from PySide6.QtCore import QEvent, QTimer
from desktop_app import app, search_window
class Timed(search_window.SearchWindow):
    def event(self, event):
        done = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest:
            print(time.perf_counter() - started, time.process_time(), flush=True)
            QTimer.singleShot(0, self.close)
        return done
app.SearchWindow = Timed
raise SystemExit(app.main(["--data-dir", sys.argv[1], "--offline"]))
"""


class Painted(QObject):
    """Tells when a widget was painted."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self.last = 0.0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._note)
        return False

    def since(self, begun: float) -> bool:
        """Whether it was after this moment."""
        return self.last > begun

    def _note(self) -> None:
        self.last = time.perf_counter()


class Heart(QObject):
    """Beats in the window's thread; a beat that is late is a stall."""

    def __init__(self) -> None:
        super().__init__()
        self.stalls: list[tuple[float, float, str]] = []
        self.doing = ""
        self._last = time.perf_counter()
        self._worked = time.thread_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        late, own = 1e3 * (now - self._last) - BEAT_MS, 1e3 * (worked - self._worked)
        if late > STALL_MS or own > STALL_MS:
            self.stalls.append((late, own, self.doing))
        self._last, self._worked = now, worked


def wait(milliseconds: float, until: Callable[[], bool] = lambda: False) -> bool:
    """Run the event loop for so long, or until something is true; returns whether it was."""
    loop = QEventLoop()
    end = time.perf_counter() + milliseconds / 1e3
    while not until():
        if time.perf_counter() >= end:
            return False
        loop.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        if not loop.processEvents():
            time.sleep(0.0005)
    return True


def starts(paths: Paths) -> None:
    """The window's start, the first time and again, with compiled modules as every installation has them."""
    rows = []
    as_installed = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(4):
        command = [sys.executable, "-c", START, str(paths.data)]
        out = subprocess.check_output(command, text=True, env=as_installed)
        rows.append([float(part) for part in out.split()[:2]])
    again = sorted(rows[1:])[1]
    print(f"start until painted, s: first {rows[0][0]:.2f} (own {rows[0][1]:.2f}), "
          f"again {again[0]:.2f} (own {again[1]:.2f})")  # fmt: skip


def keys(window: SearchWindow, engine: psutil.Process, rounds: int) -> None:
    """A key, until the first stage of the answer to it is painted; and what both processes worked for it."""

    def worked() -> float:
        spent = engine.cpu_times()
        return 1e3 * (time.thread_time() + spent.user + spent.system)

    painted = Painted(window.grid.viewport())
    answered = [0.0]
    window.session.answered.connect(lambda answer: answered.__setitem__(0, time.perf_counter()))

    def seen(begun: float) -> bool:
        return answered[0] > begun and painted.last > answered[0]

    times: list[float] = []
    work: list[float] = []
    rng = random.Random(3)
    missed = 0
    for number in range(rounds):
        query = QUERIES[number % len(QUERIES)]
        window.search_bar.clear()
        wait(600)
        window.search_bar.type_on(query[:-1])
        wait(500 + rng.random() * 100)
        wait(20_000, lambda: window.session.answer is not None and window.session.answer.final)
        begun, before = time.perf_counter(), worked()
        QTest.keyClicks(window.search_bar.field, query[-1])
        if wait(10_000, partial(seen, begun)):
            times.append(1e3 * (painted.last - begun))
            work.append(worked() - before)
        else:
            missed += 1
    report("a key until its first answer is painted, ms", times)
    report("  work of both processes for it", work)
    if missed:
        print(f"  {missed} of {rounds} had no answer to paint within 10 s")


def summons(window: SearchWindow, client: EngineClient) -> None:
    """The palette's key until it is painted, without and with its first answers."""
    palette = Palette(client, window.thumbnails)
    painted, listed = Painted(palette), Painted(palette.list.viewport())
    times: list[float] = []
    filled: list[float] = []
    for _ in range(20):
        begun = time.perf_counter()
        palette.summon()
        if wait(3_000, partial(painted.since, begun)):
            times.append(1e3 * (painted.last - begun))
        if wait(3_000, partial(listed.since, begun)):
            filled.append(1e3 * (listed.last - begun))
        wait(200)
        palette.hide()
        wait(200)
    report("the palette summoned until it is painted, ms", times)
    report("  until it shows answers", filled)
    palette.deleteLater()


def scrolling(window: SearchWindow) -> None:
    """Frames while scrolling through all rows, slowly and in leaps."""
    grid = window.grid
    for view in (View.GRID, View.LIST, View.TIMELINE):
        window.header.choose_view(view)
        wait(3_000, lambda: window.model.rowCount() > 0)
        bar = grid.verticalScrollBar()
        wall, own = [], []
        for frame in range(FRAMES):
            leap = (bar.maximum() // FRAMES) * frame if frame % 2 else bar.value() + 90
            begun, worked = time.perf_counter(), time.thread_time()
            bar.setValue(leap)
            grid.viewport().repaint()
            wall.append(1e3 * (time.perf_counter() - begun))
            own.append(1e3 * (time.thread_time() - worked))
            wait(4)
        print(f"{view.value}: {window.model.rowCount():,} rows")
        report("  a frame while scrolling, ms", wall)
        report("  the same, own work", own)
    window.header.choose_view(View.GRID)
    wait(500)


def walk(window: SearchWindow, client: EngineClient, seconds: float, seed: int = 11) -> None:
    """Whatever a person might do, at random, while the engine indexes."""
    rng = random.Random(seed)
    heart = Heart()
    bar, grid, filters, header = window.search_bar, window.grid, window.filters, window.header
    palette = Palette(client, window.thumbnails)

    def type_some() -> None:
        bar.field.setFocus()
        for key in rng.choice(QUERIES) + " ":
            QTest.keyClicks(bar.field, key)
            wait(rng.choice((5, 30, 90)))

    def open_menu() -> None:
        menu = rng.choice((filters.date_menu, filters.folder_menu, filters.more_menu, header.menu))
        menu.popup(window.mapToGlobal(window.rect().center()))
        wait(120)
        chosen = [action for action in menu.actions() if action.menu() is None and action.isEnabled()]
        menu.close()
        if chosen and rng.random() < 0.4:
            rng.choice([action for action in chosen if "…" not in action.text()] or chosen[:0] or [
                header.sorts.actions()[0]
            ]).trigger()  # fmt: skip

    def scroll() -> None:
        scrollbar = grid.verticalScrollBar()
        for _ in range(rng.randrange(2, 12)):
            scrollbar.setValue(rng.randrange(scrollbar.maximum() + 1))
            wait(16)

    def choose() -> None:
        if window.model.rowCount():
            grid.setFocus()
            for key in rng.choices((Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_End), k=4):
                QTest.keyClick(grid, key)
                wait(20)

    def look_closely() -> None:
        peek = window.looking.peek
        window.actions_[Command.PEEK].trigger()
        for key in rng.choices(
            (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Plus, Qt.Key.Key_PageDown), k=5
        ):
            QTest.keyClick(peek, key)
            wait(rng.choice((30, 200)))
        peek.put_away()

    def summon() -> None:
        palette.summon()
        QTest.keyClicks(palette.field, rng.choice(QUERIES))
        wait(rng.choice((60, 400)))
        palette.hide()

    def leaf_through() -> None:
        rng.choice((window.dialogs.show_folders, window.dialogs.show_problems))()
        wait(200)
        if window.dialogs.page is not None:
            window.dialogs.page.hide()

    def resize() -> None:
        window.resize(rng.randrange(700, 1500), rng.randrange(500, 1000))

    actions: dict[str, Callable[[], object]] = {
        "typing": type_some,
        "clearing": bar.clear,
        "a menu": open_menu,
        "scrolling": scroll,
        "choosing": choose,
        "resizing": resize,
        "looking closely": look_closely,
        "the palette": summon,
        "folders and problems": leaf_through,
        "details": window.actions_[Command.TOGGLE_INSPECTOR].trigger,
        "a view": lambda: header.choose_view(rng.choice(list(View))),
        "a kind": lambda: filters.toggle(rng.choice(("photo", "screenshot", "video", "document"))),
        "an order": lambda: rng.choice(header.sorts.actions()).trigger(),
        "an example": lambda: window.asking.add_examples(grid.selected_hits()[:1], less=rng.random() < 0.5),
    }
    end = time.perf_counter() + seconds
    steps = 0
    while time.perf_counter() < end:
        heart.doing = rng.choice(list(actions))
        actions[heart.doing]()
        wait(rng.choice((10, 60, 250)))
        steps += 1
    late = [stall for stall in heart.stalls if stall[0] > STALL_MS]
    own = [stall for stall in heart.stalls if stall[1] > STALL_MS]
    longest = max((stall[0] for stall in late), default=0)
    longest_own = max((stall[1] for stall in heart.stalls), default=0)
    print(
        f"{seconds:.0f} s of walk, {steps} steps beside indexing: {len(late)} stalls over {STALL_MS} ms "
        f"(longest {longest:.0f}), of own work {len(own)} (longest {longest_own:.0f})"
    )
    for stall in sorted(own, key=lambda each: -each[1])[:5]:
        print(f"  {stall[1]:.0f} ms own, {stall[0]:.0f} ms in all, during {stall[2]}")
    for menu in window.findChildren(QMenu):
        menu.close()


def report(name: str, values: Sequence[float]) -> None:
    """Median and 95th percentile."""
    if values:
        p95 = sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]
        print(f"{name}: p50 {statistics.median(values):.1f}, p95 {p95:.1f}, n {len(values)}", flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.window", description=__doc__)
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--keys", type=int, default=40, help="questions typed")
    parser.add_argument("--walk", type=float, default=120.0, help="seconds of random walk; 600 is the whole")
    parser.add_argument("--new", type=int, default=400, help="pictures indexed meanwhile")
    parser.add_argument("--only", choices=PARTS, help="just this")
    arguments = parser.parse_args(argv)
    wanted = (arguments.only,) if arguments.only else PARTS
    paths = Paths(arguments.data_dir.absolute()).create()
    if "starts" in wanted:
        starts(paths)
    application = QApplication(["sightline"])
    QLocale.setDefault(QLocale(QLocale.Language.English))
    Theme(application, "light")
    client = EngineClient(
        engine_client.command(paths, device="cpu", offline=True),
        paths.logs / "engine-output.log",
    )
    window = SearchWindow(client, paths)
    window.show()
    client.start()
    ready = lambda: client.link is Link.READY and client.status is not None and client.status.state == "idle"  # noqa: E731
    if not wait(180_000, ready):
        print("the engine did not get ready", file=sys.stderr)
        return 1
    wait(3_000)
    print(f"{client.status.files:,} files", flush=True)  # type: ignore[union-attr]
    if "keys" in wanted:
        keys(window, psutil.Process(client.process_id()), arguments.keys)
    window.search_bar.clear()
    wait(2_000)
    if "palette" in wanted:
        summons(window, client)
    if "scrolling" in wanted:
        scrolling(window)
    if "walk" in wanted:
        with tempfile.TemporaryDirectory() as folder:
            draw = [sys.executable, "-m", "tests.benchmarks.window_library", folder]
            subprocess.run(
                [*draw, "--pictures", str(arguments.new)], check=True
            )  # not in this process: memory
            window.dialogs.add_folder(folder)
            walk(window, client, arguments.walk)
    print(f"the window's memory after it: {psutil.Process().memory_info().rss / 1e6:.0f} MB")
    window.hide()
    client.stop()
    window.close()
    window.thumbnails.stop()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
