"""“Find similar in Sightline” in the menu of the file manager: what is written, and what it does."""

import configparser
import os
import plistlib
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from fake_engine import FakeEngine
from pytestqt.qtbot import QtBot
from window_sample import hits

from desktop_app.presence import Presence
from desktop_app.search_window import SearchWindow
from desktop_app.system import (
    autostart,
    desktop_entries,
    file_menu,
    file_menu_linux,
    file_menu_mac,
    file_menu_windows,
)
from desktop_app.system.single_instance import SingleInstance
from desktop_app.system.start_command import start_command
from indexer.launch import Launch
from indexer.paths import ENVIRONMENT_VARIABLE, Paths
from indexer.settings import Settings

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its own registry must not be changed")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which every file manager is installed, with files of the person's own."""
    for name, folder in (("HOME", "home"), ("XDG_DATA_HOME", "home/data"), ("XDG_CONFIG_HOME", "home/set")):
        (tmp_path / folder).mkdir()
        monkeypatch.setenv(name, str(tmp_path / folder))
    programs = tmp_path / "programs"
    programs.mkdir()
    for menu in file_menu_linux.MENUS:
        (programs / menu.programs[-1]).touch(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
    monkeypatch.setattr(file_menu, "_door", lambda: file_menu_linux)
    return tmp_path / "home"


@pytest.fixture
def strange(tmp_path: Path) -> Paths:
    """A library in a folder with all that has a meaning in some notation."""
    return Paths(tmp_path / 'it\'s my "data" & $HOME 100% `x` \\n').create()


def entries(home: Path) -> dict[str, Path]:
    return {str(file.relative_to(home)): file for file in sorted(home.rglob("*")) if not file.is_dir()}


def read(file: Path) -> configparser.RawConfigParser:
    made = configparser.RawConfigParser(strict=True, interpolation=None)
    made.optionxform = str  # type: ignore[assignment,method-assign]
    made.read(file, encoding="utf-8")
    return made


def as_a_desktop_runs(value: str, files: Sequence[Path]) -> list[str]:
    """The words of a line in a desktop entry; its notation inside double quotes is a shell's."""
    line = value.replace("\\\\", "\\").removesuffix(" %F").replace("%%", "%")
    printed = subprocess.check_output(["sh", "-c", f"printf '%s\\0' {line}"], text=True)
    return [*printed.split("\0")[:-1], *map(str, files)]


def as_nemo_runs(value: str, files: Sequence[Path]) -> list[str]:
    line = value.replace("\\\\", "\\")
    return shlex.split(line.replace("%F", " ".join(f'"{file}"' for file in files)))


def in_kde(file: Path, files: Sequence[Path]) -> list[str]:
    entry = read(file)
    assert file.stat().st_mode & 0o100  # or Dolphin does not trust it
    action = entry["Desktop Entry"]["Actions"].strip(";")
    assert entry[f"Desktop Action {action}"]["Name"] == "Find similar in Sightline"
    return as_a_desktop_runs(entry[f"Desktop Action {action}"]["Exec"], files)


def in_nemo(file: Path, files: Sequence[Path]) -> list[str]:
    entry = read(file)["Nemo Action"]
    assert entry["Name"] == "Find similar in Sightline"
    assert entry["Quote"] == "double"
    return as_nemo_runs(entry["Exec"], files)


def in_thunar(file: Path, files: Sequence[Path]) -> list[str]:
    entry = read(file)["Desktop Entry"]
    assert (entry["Type"], entry["Name"]) == ("Application", "Find similar in Sightline")
    return as_a_desktop_runs(entry["Exec"], files)


def in_pcmanfm(file: Path, files: Sequence[Path]) -> list[str]:
    entry = read(file)
    profile = entry["Desktop Entry"]["Profiles"].strip(";")
    return as_a_desktop_runs(entry[f"X-Action-Profile {profile}"]["Exec"], files)


def in_scripts(file: Path, files: Sequence[Path]) -> list[str]:
    return [str(file), *(path.name for path in files)]  # relative to the folder, which is the current one


WHERE: dict[str, Callable[[Path, Sequence[Path]], list[str]]] = {
    "data/nautilus/scripts/Find similar in Sightline": in_scripts,
    "set/caja/scripts/Find similar in Sightline": in_scripts,
    "data/nemo/actions/sightline.nemo_action": in_nemo,
    "data/kio/servicemenus/sightline.desktop": in_kde,
    "data/Thunar/sendto/sightline.desktop": in_thunar,
    "data/file-manager/actions/sightline.desktop": in_pcmanfm,
}


def test_every_file_manager_has_it_and_loses_it_again(home: Path, strange: Paths) -> None:
    mine = home / "data" / "nautilus" / "scripts" / "My sightline script"
    mine.parent.mkdir(parents=True)
    mine.write_text("#!/bin/sh\n")
    assert not file_menu.is_on()
    assert file_menu.switch(True, strange) == ""
    assert file_menu.is_on()
    there = entries(home)
    assert set(there) == {*WHERE, str(mine.relative_to(home))}
    files = [home / "a b.jpg", home / "it's.jpg"]
    wanted = [*start_command(strange), "--", *map(str, files)]
    for place, words in WHERE.items():
        if words is not in_scripts:
            assert words(there[place], files) == wanted, place
    renamed = there["data/nautilus/scripts/Find similar in Sightline"]
    renamed.rename(renamed.with_name("Ähnliches in Sightline finden"))  # in another language
    assert file_menu.switch(True, strange) == ""
    assert set(entries(home)) == set(there)
    assert file_menu.switch(False, strange) == ""
    assert file_menu.switch(False, strange) == ""
    assert not file_menu.is_on()
    assert [path for path in home.rglob("*") if path.is_file()] == [mine]
    assert not (home / "data" / "kio").exists()
    assert not (home / "set" / "caja").exists()


def test_what_is_in_the_way_is_said(home: Path, strange: Paths, tmp_path: Path) -> None:
    (home / "data" / "nemo").write_bytes(b"in the way")
    assert "cannot be changed" in file_menu.switch(True, strange)
    for program in (tmp_path / "programs").iterdir():
        program.unlink()
    (home / "data" / "nemo").unlink()
    assert file_menu.switch(False, strange) == ""
    assert "none of the file managers" in file_menu.switch(True, strange)


@pytest.fixture
def running(window: SearchWindow, engine: FakeEngine, strange: Paths) -> Iterator[Presence]:
    """The one window of the strange library, out of sight."""
    instance = SingleInstance(strange)
    assert instance.claim(Launch())
    made = Presence(window, engine, Settings())
    instance.asked.connect(made.obey)
    engine.ready()
    window.hide()
    yield made
    instance.give_up()
    made._quitting = True
    made.palette.deleteLater()


def test_the_entry_asks_the_window_that_is_open(
    qtbot: QtBot, home: Path, strange: Paths, running: Presence, window: SearchWindow, tmp_path: Path
) -> None:
    """Run as the file managers do, in the folder of the files, one of which pretends to be code of ours."""
    assert file_menu.switch(True, strange) == ""
    files = [Path(hit.thumbnail) for hit in hits(tmp_path, 2)]
    odd = files[1].with_name("-ö ' $x.jpg")
    files[1] = files[1].rename(odd)
    (files[0].parent / "argparse.py").write_text("raise SystemExit(7)")
    window.search_bar.field.setText("a question of before")
    words = in_scripts(home / "data/nautilus/scripts/Find similar in Sightline", files)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(words, cwd=files[0].parent, env=environment) as process:
        qtbot.waitUntil(lambda: process.poll() is not None, timeout=120_000)
    assert process.returncode == 0
    assert window.isVisible()
    assert [image.path for image in window.search_bar.images] == list(map(str, files))
    assert window.search_bar.text == ""


def test_a_start_for_each_file_is_one_question(
    running: Presence, window: SearchWindow, tmp_path: Path
) -> None:
    files = [hit.thumbnail for hit in hits(tmp_path, 6)]
    for file in files[:3]:
        running.obey(Launch(files=(file,)))
    assert [image.path for image in window.search_bar.images] == files[:3]
    running.obey(Launch(files=tuple(files[3:])))
    assert [image.path for image in window.search_bar.images] == files[:4]
    assert window.banner.sentence == "A search can have 4 pictures; the others were left out."
    running._files_came = -100.0
    running.obey(Launch(files=(files[5],)))
    assert [image.path for image in window.search_bar.images] == [files[5]]


def test_the_finder_gets_an_action_that_runs(home: Path, strange: Paths, tmp_path: Path) -> None:
    file_menu_mac.write("Find similar in Sightline", ["printf", "%s\\n", *start_command(strange), "--"])
    inside = file_menu_mac.place() / "Contents"
    (service,) = plistlib.loads((inside / "Info.plist").read_bytes())["NSServices"]
    assert service["NSMenuItem"]["default"] == "Find similar in Sightline"
    assert "public.image" in service["NSSendFileTypes"]
    (action,) = plistlib.loads((inside / "document.wflow").read_bytes())["actions"]
    parameters = action["action"]["ActionParameters"]
    script = parameters["COMMAND_STRING"].removesuffix(" >/dev/null 2>&1 &")
    printed = subprocess.check_output([parameters["shell"], "-c", script, "sh", "/p/a b.jpg"], text=True)
    assert printed.splitlines() == [*start_command(strange), "--", "/p/a b.jpg"]
    assert file_menu_mac.is_there()
    file_menu_mac.remove()
    file_menu_mac.remove()
    assert not file_menu_mac.place().exists()


def test_the_explorer_starts_the_line_with_the_file() -> None:
    made = file_menu_windows.command([r"C:\Program Files\Sightline\pythonw.exe", "-P", "--"])
    assert made == r'"C:\Program Files\Sightline\pythonw.exe" -P -- "%1"'
    assert len({key for key in file_menu_windows.verbs() if "SystemFileAssociations" in key}) == 3


@pytest.mark.skipif(
    sys.platform != "linux", reason="where entries are, is told by the environment only there"
)
def test_purging_at_a_terminal_leaves_no_entry_behind(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    purge = [sys.executable, "-m", "indexer", "purge", "--yes"]
    environment = {**os.environ, ENVIRONMENT_VARIABLE: "", "PYTHONPATH": str(ROOT)}
    assert start_command(Paths.default())[-2] == "--data-dir", "the desktop does not know of the variable"
    monkeypatch.delenv(ENVIRONMENT_VARIABLE)
    assert "--data-dir" not in start_command(Paths.default())
    library = Paths.default().create()
    assert home in library.data.parents
    library.settings.write_text("", encoding="utf-8")
    assert not autostart.switch(True, library)
    assert not file_menu.switch(True, library)
    before = entries(home)
    another = ["--data-dir", str(home / "data" / "sightline 2")]
    subprocess.run([*purge, *another], cwd=ROOT, env=environment, check=True)
    assert entries(home) == before
    subprocess.run(purge, cwd=ROOT, env=environment, check=True)
    assert not entries(home)


def test_what_starts_another_library_is_left_alone(home: Path, strange: Paths, tmp_path: Path) -> None:
    for one, other in ((strange, Paths(tmp_path)), (Paths(tmp_path / "a"), Paths(tmp_path / "a b"))):
        for switch in (autostart, file_menu):
            assert switch.switch(True, one) == ""
            assert (switch.starts(one), switch.starts(other)) == (True, False)
        file_menu_mac.write("Find similar in Sightline", [*start_command(one), "--"])
        assert file_menu_mac.starts(["/opt/python", *start_command(one)[1:], "--"])
        assert not file_menu_mac.starts([*start_command(other), "--"])
        assert desktop_entries.take_away(other) == []
        assert (autostart.is_on(), file_menu.is_on()) == (True, True)
        assert desktop_entries.take_away(one) == []
        assert (autostart.is_on(), file_menu.is_on()) == (False, False)
