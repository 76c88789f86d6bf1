"""When work in the background waits: what the person asked, what else goes on, and in which words."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import time as clock
from pathlib import Path
from types import SimpleNamespace

import engine_samples
import psutil
import pytest
from engine_process import PATIENCE, decoders_of

from indexer.courtesy import full_screen, politeness, pressure
from indexer.courtesy.politeness import Politeness
from indexer.courtesy.pressure import Condition
from indexer.errors import UserError
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.scan import Seen
from indexer.priority import NICE, thread_gives_way
from indexer.settings import working_hours
from indexer.store.store import Store
from indexer.works import side_by_side
from tests.x_server import x_server

# --- how much at the same time -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("device", "cores", "gib", "files"),
    [
        *[("cuda", 16, 128, 15), ("cuda", 64, 256, 16), ("mps", 8, 8, 5), ("cuda", 2, 64, 2)],
        *[("cpu", 16, 128, 4), ("cpu", 2, 24, 2)],
    ],
)
def test_decoders_keep_up_with_a_card_and_leave_a_processor_to_the_models(
    device: str, cores: int, gib: int, files: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(total=gib << 30))
    assert side_by_side(device) == files


# --- measures ---------------------------------------------------------------------------------------------


def sensor(current: float, high: float | None, critical: float | None) -> SimpleNamespace:
    return SimpleNamespace(current=current, high=high, critical=critical)


def test_heat_is_that_of_the_processor_and_of_its_own_limit():
    assert pressure.hottest({"nvme": [sensor(90, 80, 85)]}) == 0.0
    assert pressure.hottest({"coretemp": [sensor(60, 100, 105), sensor(95, 100, 105)]}) == 0.95
    assert pressure.hottest({"k10temp": [sensor(70, None, None)]}) == 0.0, "no limit, nothing to say"
    assert pressure.hottest({"k10temp": [sensor(70, 0.0, 20.0)]}) == 0.0, "no believable one either"


def test_what_the_systems_print_is_understood():
    text = "some avg10=12.50 avg60=1.00 avg300=0.00 total=5\nfull avg10=3.00 avg60=0 avg300=0 total=1\n"
    assert pressure.share_stalled(text) == 0.125
    assert pressure.share_stalled("") == 0.0
    assert pressure.slowed_down("CPU_Scheduler_Limit = 100\n CPU_Speed_Limit \t= 70\n") == 1.0
    assert pressure.slowed_down("CPU_Speed_Limit \t= 100\n") == 0.0
    awake = "Assertion status system-wide:\n   PreventUserIdleDisplaySleep    1\n   UserIsActive 1\n"
    assert full_screen.keeps_display_awake(awake)
    assert not full_screen.keeps_display_awake(awake.replace("Sleep    1", "Sleep    0"))


def test_only_other_programs_make_the_card_busy():
    assert pressure.share_of_others([(7, 90), (7, 80)], ours=7) == 0.0
    assert pressure.share_of_others([(7, 90), (8, 20), (8, 35), (9, 10)], ours=7) == 0.45


@pytest.mark.parametrize(
    ("hours", "now", "waits"),
    [
        ("22:00-07:00", clock(23, 0), False),
        ("22:00 - 07:00", clock(3, 0), False),
        ("22:00-07:00", clock(7, 0), True),
        ("09:00–17:30", clock(12, 0), False),
        ("09:00-17:30", clock(18, 0), True),
        ("18:00-24:00", clock(23, 59), False),
        ("00:00-00:00", clock(5, 0), False),
    ],
)
def test_working_hours_may_pass_midnight(hours, now, waits):
    assert pressure.outside(*working_hours(hours), now) == waits


@pytest.mark.parametrize("hours", ["nights", "25:00-07:00", "22:00", "22:60-23:00"])
def test_hours_that_are_none_are_a_sentence(hours):
    with pytest.raises(UserError, match="22:00-07:00"):
        pressure.conditions(False, False, hours, card=False)


def test_every_measure_works_on_this_computer():
    for condition in pressure.conditions(False, False, "22:00-07:00", card=True):
        for _ in range(2):
            assert 0.0 <= condition.measure() <= 1.5
        assert condition.go_on_below < condition.wait_from
        assert condition.sentence.endswith(".")
    if sys.platform == "linux":
        assert 0.0 < pressure.short_of_memory() < 1.0
    assert len(pressure.conditions(True, True, "", card=False)) == 3


@pytest.fixture
def screen() -> Iterator[str]:
    """A display of its own."""
    if (
        sys.platform != "linux"
        or not shutil.which("Xvfb")
        or not shutil.which("xprop")
        or not shutil.which("xwininfo")
    ):
        pytest.skip("needs Xvfb and xprop")
    with x_server(320, 240, "-noreset") as name:
        yield name


def test_a_full_screen_window_is_noticed_and_a_lost_display_is_none(screen, monkeypatch):
    monkeypatch.setenv("DISPLAY", screen)
    assert full_screen.fills_screen() == 0.0, "no window is active"

    def say(*words: str) -> None:
        subprocess.run(["xprop", "-display", screen, "-root", *words], check=True)

    root = next(
        word
        for word in subprocess.run(
            ["xwininfo", "-display", screen, "-root"], capture_output=True, text=True, check=True
        ).stdout.split()
        if word.startswith("0x")
    )
    say("-f", "_NET_ACTIVE_WINDOW", "32x", "-set", "_NET_ACTIVE_WINDOW", root)
    say("-f", "_NET_WM_STATE", "32a", "-set", "_NET_WM_STATE", "_NET_WM_STATE_MODAL")
    assert full_screen.fills_screen() == 0.0
    say("-f", "_NET_WM_STATE", "32a", "-set", "_NET_WM_STATE", "_NET_WM_STATE_FULLSCREEN")
    assert full_screen.fills_screen() == 1.0
    say("-f", "_NET_WM_PID", "32c", "-set", "_NET_WM_PID", str(os.getppid()))
    assert full_screen.fills_screen() == 0.0, "our own window's film is no reason to wait"
    say("-f", "_NET_ACTIVE_WINDOW", "32x", "-set", "_NET_ACTIVE_WINDOW", "0x123456")
    assert full_screen.fills_screen() == 0.0, "a window that has gone"
    monkeypatch.setenv("DISPLAY", ":4711")
    assert full_screen.fills_screen() == 0.0


# --- the decision -----------------------------------------------------------------------------------------


class Work:
    """Some work to hold, and a condition to hold it for."""

    def __init__(self, store: Store) -> None:
        self.value = 0.0
        self.left = True
        self.held = False
        self.memory = 0.0
        self.spared: list[bool] = []
        self.polite = Politeness(
            store.wishes, store.wishes, self.hold, self.spared.append, lambda: self.left, lambda: None
        )
        self.condition = Condition(
            lambda: self.value, 0.9, 0.5, "It is warm; it goes on when it is cold.", 0.0
        )
        self.full = Condition(lambda: self.memory, 0.9, 0.5, "It is full.", 0.0, of_memory=True)

    def hold(self, on: bool) -> None:
        self.held = on


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    monkeypatch.setattr(politeness, "CALM_S", 0.2)
    with Store.open(tmp_path / "index.db") as store:
        store.add_folder("/somewhere")
        yield Work(store)


def test_it_waits_with_a_sentence_and_goes_on_when_all_is_calm(work):
    work.polite.wait_for([work.condition])
    assert not work.held
    assert work.polite.waiting == ""
    for value, held in ((0.8, False), (0.95, True), (0.6, True), (0.4, True)):
        work.value = value
        work.polite.look()
        assert work.held == held, value
        assert work.polite.waiting == ("It is warm; it goes on when it is cold." if held else "")
    time.sleep(0.25)
    work.polite.look()
    assert not work.held
    work.value = 1.0
    work.left = False
    work.polite.look()
    assert work.polite.waiting == "", "nothing waits where nothing is to be done"


def test_a_pause_ends_by_itself_and_hurry_ends_with_the_work(work):
    work.polite.wait_for([work.condition])
    work.polite.pause("", 0.3)
    assert work.held
    assert "until" in work.polite.waiting
    assert work.polite.wishes.until == pytest.approx(time.time(), abs=1.0)
    time.sleep(0.35)
    work.polite.look()
    assert not work.held
    work.value = 1.0
    work.polite.look()
    assert work.held
    work.polite.hurry(True)
    assert not work.held
    assert work.polite.wishes.hurry
    work.left = False
    work.polite.look()
    assert not work.polite.wishes.hurry
    work.left = True
    work.polite.pause("", None)
    assert work.polite.waiting == "Indexing is paused; resume it to go on."
    work.polite.hurry(True)
    assert not work.held, "whoever hurries does not want a pause"
    work.polite.pause("", None)
    assert not work.polite.wishes.hurry, "nor the other way round"
    work.polite.resume("")
    work.polite.pause("/somewhere", None)
    assert work.polite.waiting == work.condition.sentence
    work.value = 0.0
    work.polite.look()
    time.sleep(0.25)
    work.polite.look()
    assert not work.polite.wishes.paused
    assert "/somewhere" in work.polite.waiting


def test_weights_are_spared_while_memory_is_short_also_during_a_pause(work):
    work.polite.wait_for([work.condition, work.full])
    work.value = 1.0
    work.polite.look()
    assert work.held
    assert work.spared == [], "warmth is none of their business"
    work.polite.pause("", None)
    work.memory = 1.0
    work.polite.look()
    assert work.spared == [True]
    assert work.polite.waiting == "Indexing is paused; resume it to go on."
    work.memory = work.value = 0.0
    work.polite.look()
    assert work.spared == [True, False]
    work.memory = 1.0
    work.polite.resume("")
    assert work.spared == [True, False, True]
    assert work.polite.waiting == "It is full."


def test_weights_that_work_would_fetch_again_count_as_taken():
    total = psutil.virtual_memory().total
    [before] = [
        one for one in pressure.conditions(True, True, "", card=False) if "nearly all" in one.sentence
    ]
    taken = pressure.conditions(True, True, "", card=False, memory_to_come=lambda: total)
    [after] = [one for one in taken if "nearly all" in one.sentence]
    assert before.measure() < 1.0 < after.measure() < 2.0


def test_it_is_noticed_within_a_second(work):
    work.polite.start([work.condition])
    try:
        assert not work.held
        work.value = 1.0
        started = time.monotonic()
        _wait(lambda: work.held, 1.0)
        assert time.monotonic() - started < 1.0 * PATIENCE
    finally:
        work.polite.stop()


def _wait(until: Callable[[], object], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds * PATIENCE
    while not until():
        assert time.monotonic() < end
        time.sleep(0.02)


# --- what is held -----------------------------------------------------------------------------------------


def test_decoders_give_way_and_stand_still_in_the_middle_of_a_film(tmp_path):
    film = engine_samples.clip(tmp_path / "film.mp4", 40)
    with DecoderPool() as pool:
        pool.hold(True)
        parts = pool.decode(film)
        got: list[object] = []
        thread = threading.Thread(target=lambda: got.extend(parts))
        thread.start()
        _wait(lambda: psutil.Process().children())
        time.sleep(1.5)
        assert not got
        assert thread.is_alive()
        if sys.platform != "win32":
            assert NICE in [child.nice() for child in decoders_of()]
        pool.hold(False)
        thread.join(30 * PATIENCE)
        assert len(got) >= 2


@pytest.mark.skipif(sys.platform != "linux", reason="priorities of threads are read here as Linux has them")
def test_a_thread_gives_way_alone():
    seen: list[int] = []

    def run() -> None:
        thread_gives_way()
        seen.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert seen == [max(NICE, before)]
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before


# --- a running engine -------------------------------------------------------------------------------------


def test_a_pause_reaches_a_running_engine_and_survives_it(sightline, engine, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    for number, folder in enumerate((one, two)):
        engine_samples.picture(folder / f"first-{number}.png", number)
    running = engine()
    for folder in (one, two):
        running.ask("add_folder", path=str(folder))
    assert running.settled()["vectors"] == 2
    assert "not among" in running.ask("pause", folder="/nowhere")["error"]["message"]

    status = running.ask("pause", folder=str(one))["result"]
    assert str(one) in status["waiting"]
    for number, folder in enumerate((one, two)):
        engine_samples.picture(folder / f"second-{number}.png", 10 + number)
    _wait(lambda: running.ask("status")["result"]["vectors"] == 3)
    assert running.ask("status")["result"]["pending"] == 1, "the one in the paused folder"
    running.ask("resume", folder=str(one))
    assert running.settled()["vectors"] == 4

    assert sightline("pause", "--for", "1h").status == 0
    _wait(lambda: running.ask("status")["result"]["state"] == "paused")
    assert running.ask("status")["result"]["paused_until"] == pytest.approx(time.time() + 3600, abs=60)
    engine_samples.picture(one / "third.png", 20)
    _wait(lambda: running.ask("status")["result"]["pending"] == 1)
    running.close()

    again = engine()
    _wait(lambda: again.ask("status")["result"]["state"] == "paused")
    assert "until" in sightline("status").out
    assert again.ask("status")["result"]["pending"] == 1
    assert sightline("hurry").status == 0
    assert again.settled()["vectors"] == 5
    _wait(lambda: not again.ask("status")["result"]["hurry"])

    settings = sightline.data / "settings.toml"
    settings.write_text(settings.read_text("utf-8") + 'working_hours = "nights"\n', "utf-8")
    assert "22:00-07:00" in again.ask("reload_settings")["error"]["message"]
    start = time.localtime(time.time() + 7200)
    hours = f"{start.tm_hour:02}:00-{(start.tm_hour + 1) % 24:02}:00"
    settings.write_text(settings.read_text("utf-8").replace("nights", hours), "utf-8")
    assert "result" in again.ask("reload_settings")
    engine_samples.picture(one / "fourth.png", 21)
    _wait(lambda: again.ask("status")["result"]["pending"] == 1)
    status = again.ask("status")["result"]
    assert hours[:5] in status["waiting"]
    assert status["state"] == "indexing"
    found = [Path(hit["path"]).name for hit in again.search(1, text="fourth", rerank=False)[-1]["hits"]]
    assert "fourth.png" in found, "searches are answered all the same"


def test_pause_on_the_command_line_says_what_is_wrong(sightline, here):
    assert "Nothing is indexed" in here("pause").err
    assert "30m" in here("pause", "--for", "soon").err
    with Store.open(sightline.data / "index.db") as store:
        store.add_file(Seen("/library/1.png", 1, 1, 1, 1))
    assert "Nothing works on it now: `sightline index` does" in here("status").out
    assert here("pause").err == "Indexing is paused; resume it to go on.\n"
    assert "until" in here("pause", "--for", "1h30m").err
    assert "until it is done. Nothing works on it now: `sightline index` does" in here("hurry").err
    assert here("hurry", "--off").err == "Nothing is paused: `sightline index` goes on.\n"
    assert "at most 365d" in here("pause", "--for", "9999999d").err, "no calendar goes so far"
    assert here("pause", "/nowhere").status == 2
