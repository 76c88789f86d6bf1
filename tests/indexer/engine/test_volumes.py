"""Disks that come and go: simulated ones, and real ones where mounting is allowed."""

import os
import plistlib
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import engine_samples
import numpy as np
import psutil
import pytest

from indexer.disk.library import Library
from indexer.disk.reconcile import NOT_CONNECTED, Reconciler
from indexer.drives.volumes import Mount, Place, Volumes, _LinuxMounts, _MacMounts, _WindowsMounts
from indexer.drives.windows_drives import FIXED, REMOTE, REMOVABLE, WindowsDrives, sort_of
from indexer.ingest.scan import Seen
from indexer.ingest.thumbnails import PreviewCache
from indexer.messages.result_messages import Hit
from indexer.messages.search_messages import Browse
from indexer.search.browsing import Browser
from indexer.store.filters import Filters
from indexer.store.rows import ItemRow, SegmentRow
from indexer.store.store import Store
from indexer.work.work_queue import WorkQueue
from tests.known_files import known_files

linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux' list of mounts")


class Disks:
    """A computer into which disks are plugged: each is a folder somewhere else until it is."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.mounted = [Mount("system", "System", str(root))]
        self.volumes = Volumes(lambda: list(self.mounted))

    def plug(self, name: str, point: str) -> Path:
        target = self.root / point
        if target.exists():
            target.rmdir()  # the mount point
        (self.root / f".{name}").rename(target)
        self.mounted.append(Mount(f"id of {name}", name, str(target)))
        self.volumes.refresh()
        return target

    def unplug(self, name: str, leave_mount_point: bool = False) -> None:
        mount = next(mount for mount in self.mounted if mount.name == name)
        Path(mount.point).rename(self.root / f".{name}")
        if leave_mount_point:
            Path(mount.point).mkdir()
        self.mounted.remove(mount)
        self.volumes.refresh()


@pytest.fixture
def disks(tmp_path: Path) -> Disks:
    made = Disks(tmp_path)
    for name in ("Holiday", "Other"):
        for number in range(3):
            engine_samples.picture(tmp_path / f".{name}" / "photos" / f"{name}-{number}.png", number)
    return made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "index.db") as opened:
        yield opened


def watched(store: Store, disks: Disks, point: str) -> tuple[Reconciler, str]:
    """The disk "Holiday", its photos known and read."""
    folder = str(disks.plug("Holiday", point) / "photos")
    store.add_folder(folder)
    reconciler = Reconciler(store, str(disks.root / "data"), volumes=disks.volumes)
    reconciler.folder(folder, lambda found: None)
    store.space("tiny", 8, "test")
    for number, row in enumerate(known_files(store, folder).values()):
        vector = np.eye(8, dtype=np.float32)[number : number + 1]
        store.add_content(row.id, f"{number}" * 32, ItemRow("photo"), [SegmentRow("image")], vector)
    return reconciler, folder


def nothing(found: list[str]) -> None:
    assert not found, "nothing has to be read again"


@pytest.mark.parametrize("leave_mount_point", [True, False])
def test_an_unplugged_disk_keeps_its_files_and_says_its_name(store, disks, leave_mount_point):
    reconciler, folder = watched(store, disks, "usb")
    ids = {row.id for row in known_files(store, folder).values()}
    before = time.time()
    disks.unplug("Holiday", leave_mount_point)
    assert not reconciler.paths({folder, f"{folder}/Holiday-1.png"}, nothing), "late events are not believed"
    assert not reconciler.folder(folder, nothing)
    assert {row.id for row in known_files(store, folder).values()} == ids
    [status] = store.folder_statuses()
    assert (status.offline, status.volume, status.files) == (True, "Holiday", 3)
    assert "“Holiday” is not connected" in status.problem
    assert before - 60 < status.last_seen <= time.time()
    hits = Browser(store, PreviewCache(disks.root / "cache")).browse(Browse())
    assert {(hit.offline, hit.last_seen) for hit in hits.hits} == {("Holiday", status.last_seen)}
    disks.plug("Holiday", "usb")
    assert reconciler.reconnected(folder) == folder
    assert not reconciler.folder(folder, nothing)
    [status] = store.folder_statuses()
    assert (status.offline, status.problem) == (False, "")
    assert store.lookup.files_by_id(list(ids))[min(ids)].offline == ""


def test_a_disk_connected_somewhere_else_is_recognised(store, disks):
    reconciler, folder = watched(store, disks, "usb")
    known = {Path(path).name: row.id for path, row in known_files(store, folder).items()}
    store.set_unreadable(folder, [(f"{folder}/closed", "It cannot be read.")])
    disks.unplug("Holiday")
    disks.plug("Holiday", "media")
    now = reconciler.reconnected(folder)
    assert now == str(disks.root / "media" / "photos")
    assert [row.path for row in store.folders()] == [now]
    assert not reconciler.folder(now, nothing)
    rows = known_files(store, now)
    assert {Path(path).name: row.id for path, row in rows.items()} == known
    assert {row.state for row in rows.values()} == {"done"}
    assert store.next_pending(10) == []
    assert known_files(store, folder) == {}
    assert len(store.lookup.word_matches("name_word", ["holiday"], True, 10)) == 3
    assert len(store.lookup.listed_files(Filters(folders=(now,)), 10)) == 3


def test_a_disk_that_is_the_folder_is_found_by_its_new_name(store, disks):
    """The name of the mount point is a word by which its files are found."""
    root = disks.plug("Holiday", "usb")
    store.add_folder(str(root))
    reconciler = Reconciler(store, str(disks.root / "data"), volumes=disks.volumes)
    reconciler.folder(str(root), lambda found: None)
    assert len(store.lookup.word_matches("name_word", ["usb"], True, 10)) == 3
    disks.unplug("Holiday")
    now = Path(disks.plug("Holiday", "elsewhere"))
    assert reconciler.reconnected(str(root)) == str(now)
    assert store.lookup.word_matches("name_word", ["usb"], True, 10) == []
    assert len(store.lookup.word_matches("name_word", ["elsewhere"], True, 10)) == 3


def test_files_known_at_the_new_path_give_way(store, disks):
    """A folder around it was scanned before the disk was recognised."""
    reconciler, folder = watched(store, disks, "usb")
    ids = {row.id for row in known_files(store, folder).values()}
    disks.unplug("Holiday")
    store.add_folder(str(disks.root / "media"))
    disks.plug("Holiday", "media")
    reconciler.folder(str(disks.root / "media"), lambda found: None)
    now = reconciler.reconnected(folder)
    assert {row.id for row in known_files(store, now).values()} == ids
    assert len(known_files(store, str(disks.root))) == 3
    assert store.check() == []


def test_another_disk_in_its_place_is_not_believed(store, disks):
    reconciler, folder = watched(store, disks, "usb")
    disks.unplug("Holiday")
    disks.plug("Other", "usb")
    assert not reconciler.folder(folder, nothing)
    assert not reconciler.paths({f"{folder}/Holiday-1.png", f"{folder}/Other-1.png"}, nothing)
    assert {Path(path).name[:7] for path in known_files(store, folder)} == {"Holiday"}
    [status] = store.folder_statuses()
    assert status.offline
    assert "connect “Holiday” again" in status.problem
    disks.unplug("Other")
    disks.plug("Holiday", "usb")
    reconciler.folder(folder, nothing)
    assert not store.folder_statuses()[0].offline


def test_a_copy_of_the_disk_takes_its_place(store, disks):
    reconciler, folder = watched(store, disks, "usb")
    shutil.copytree(disks.root / "usb", disks.root / ".Larger")
    disks.unplug("Holiday")
    disks.plug("Larger", "usb")
    assert not reconciler.folder(folder, nothing)
    [status] = store.folder_statuses()
    assert (status.offline, status.volume, status.files) == (False, "Larger", 3)


def test_an_emptied_disk_is_empty(store, disks):
    reconciler, folder = watched(store, disks, "usb")
    for file in Path(folder).iterdir():
        file.unlink()
    assert reconciler.folder(folder, nothing)
    assert known_files(store, folder) == {}


def test_places_and_paths():
    root = Path.cwd().anchor
    usb, inner = str(Path(root, "media", "usb")), str(Path(root, "srv"))
    mounts = [Mount("a", "A", root), Mount("b", "B", usb), Mount("b", "B", inner, "/deep/er")]
    volumes = Volumes(lambda: mounts)
    assert volumes.place(str(Path(usb, "x", "y"))) == Place("b", "B", "/x/y")
    assert volumes.place(usb) == Place("b", "B", "/")
    assert volumes.place(inner) == Place("b", "B", "/deep/er")
    assert volumes.place(usb + "x") == Place("a", "A", "/media/usbx")
    assert volumes.paths(Place("b", "B", "/deep/er/z")) == [
        str(Path(usb, "deep", "er", "z")),
        str(Path(inner, "z")),
    ]
    assert volumes.paths(Place("b", "B", "/deep/erz")) == [str(Path(usb, "deep", "erz"))]
    assert volumes.paths(Place()) == []
    assert volumes.connected("b")
    mounts.pop(), mounts.pop()
    assert volumes.refresh()
    assert not volumes.refresh()
    assert not volumes.connected("b")
    assert volumes.place(usb) == Place("a", "A", "/media/usb")


@linux
def test_what_the_kernel_lists():
    text = r"""27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
31 27 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
40 27 0:50 / /mnt/my\040nas rw shared:3 - nfs4 nas:/export/photos rw
41 27 8:1 /@home /home rw - btrfs /dev/sda1 rw
42 27 0:51 / /mnt/share rw - cifs //server/share rw"""
    found = {mount.point: mount for mount in _LinuxMounts()._parsed(text)}
    assert found["/"].volume, "the kernel knows an id where udev does not"
    assert found["/sys/fs/cgroup"].volume == ""
    assert found["/mnt/my nas"] == Mount("nas:/export/photos", "nas:/export/photos", "/mnt/my nas")
    assert found["/home"].base == "/@home"
    assert found["/mnt/share"].volume == "//server/share"


def test_a_mac_is_asked_again_where_it_did_not_answer(monkeypatch):
    """As after sleep: a drive without an id would be no drive from then on."""
    stick = SimpleNamespace(mountpoint="/Volumes/STICK", device="/dev/disk4s1")
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: [stick])
    told = plistlib.dumps({"VolumeUUID": "1234", "VolumeName": "STICK"})
    answers = [subprocess.TimeoutExpired("diskutil", 20), SimpleNamespace(stdout=told)]

    def run(*_, **__):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(subprocess, "run", run)
    mounts = _MacMounts()
    assert mounts() == [Mount("", "", "/Volumes/STICK")]
    assert mounts() == mounts() == [Mount("1234", "STICK", "/Volumes/STICK")], "and then no more"


class Drives(WindowsDrives):
    """A hard disk, a card reader, a drive of a program and one of a computer that does not answer."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.card: tuple[str, str] | None = ("00000001", "HOLIDAY")
        self.disk = "one"

    def roots(self) -> list[str]:
        return ["C:\\", "E:\\", "G:\\", "Z:\\"]

    def sort(self, root: str) -> int:
        assert root != "Z:\\"
        return REMOVABLE if root == "E:\\" else FIXED

    def share(self, root: str) -> str:
        return r"\\nas\photos" if root == "Z:\\" else ""

    def name(self, root: str) -> str:
        return "" if root == "G:\\" else rf"\\?\Volume{{{self.disk} {root[0]}}}"

    def ask(self, root: str) -> tuple[str, str] | None:
        self.asked.append(root)
        return self.card if root == "E:\\" else (f"{root[0]} {self.disk}", "Disk")


def test_windows_asks_no_drive_more_than_it_has_to():
    drives = Drives()
    volumes = Volumes(_WindowsMounts(drives))
    assert volumes.mounts == (
        Mount("C one", "Disk", "C:\\"),
        Mount("00000001", "HOLIDAY", "E:\\"),
        Mount("G one", "Disk", "G:\\"),
        Mount(r"\\nas\photos", r"\\nas\photos", "Z:\\"),
        Mount(r"\\nas\photos", r"\\nas\photos", r"\\nas\photos"),
    )
    assert drives.asked == ["C:\\", "E:\\", "G:\\"]
    assert not volumes.refresh()
    assert drives.asked[3:] == ["E:\\", "G:\\"], "a disk that is the same is not asked again"
    drives.card = None
    assert volumes.refresh()
    assert volumes.mounts[1] == Mount("", "", "E:\\")
    drives.disk = "two"
    assert volumes.refresh()
    assert volumes.mounts[0].volume == "C two", "another disk behind the same letter"


def test_paths_of_another_computer_are_known_without_asking():
    for path in (r"\\nas\photos\2024", r"\\?\UNC\nas\photos\2024"):
        assert sort_of(path) == REMOTE


# --- real mounts -------------------------------------------------------------------------------------------


def mount(*arguments: str) -> None:
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"mounting is not allowed here: {done.stderr.strip()}")


@pytest.fixture
def image(tmp_path: Path) -> Iterator[Path]:
    """A disk in a file, as it would be on a stick."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("mkfs.ext4"):
        pytest.skip("needs root on Linux and mkfs.ext4")
    file = tmp_path / "stick.img"
    with file.open("wb") as made:
        made.truncate(4 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-L", "STICK", str(file)], check=True)
    points = [tmp_path / "stick", tmp_path / "again"]
    for point in points:
        point.mkdir()
    yield file
    for point in points:
        subprocess.run(["umount", "-l", str(point)], capture_output=True, check=False)


def test_a_real_stick_is_pulled_out_and_put_in_elsewhere(store, image, tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.disk.library.LOOK_AT_DRIVES_S", 0.2)
    stick, again = tmp_path / "stick", tmp_path / "again"
    mount("-o", "loop", str(image), str(stick))
    for number in range(3):
        engine_samples.picture(stick / "photos" / f"{number}.png", number)
    folder = str(stick / "photos")
    store.add_folder(folder)
    library = Library(
        store, WorkQueue(store, lambda: None), str(tmp_path / "data"), lambda: True, lambda: None
    )
    library.start(watch=True)
    try:
        _wait(lambda: store.counts().files == 3 and not library.busy)
        ids = {row.id for row in known_files(store, folder).values()}
        subprocess.run(["umount", "-l", str(stick)], check=True)
        _wait(lambda: store.folder_statuses()[0].offline)
        assert {row.id for row in known_files(store, folder).values()} == ids
        mount("-o", "loop", str(image), str(again))
        _wait(lambda: store.folders()[0].path == str(again / "photos"))
        _wait(lambda: not store.folder_statuses()[0].problem)
        assert {row.id for row in known_files(store, str(again)).values()} == ids
        engine_samples.picture(again / "photos" / "new.png", 9)
        _wait(lambda: store.counts().files == 4)
    finally:
        library.stop()


@pytest.mark.parametrize("watched", ["p", "p/stick/photos"])
def test_a_stick_that_loses_contact_for_a_moment_is_watched_again(
    store, image, tmp_path, monkeypatch, watched
):
    """Back before anyone looks: all is as it was, but the system tells of nothing on it any more."""
    monkeypatch.setattr("indexer.ingest.watching.watch.LOOK_EVERY_S", 1.0)
    folder, stick = str(tmp_path / watched), tmp_path / "p" / "stick"
    stick.mkdir(parents=True)
    mount("-o", "loop", str(image), str(stick))
    engine_samples.picture(stick / "photos" / "old.png", 0)
    store.add_folder(folder)
    library = Library(
        store, WorkQueue(store, lambda: None), str(tmp_path / "data"), lambda: True, lambda: None
    )
    library.start(watch=True)
    try:
        _wait(lambda: str(stick / "photos" / "old.png") in known_files(store, folder) and not library.busy)
        subprocess.run(["umount", str(stick)], check=True)
        mount("-o", "loop", str(image), str(stick))
        time.sleep(4)  # until it is watched again
        engine_samples.picture(stick / "photos" / "new.png", 9)
        _wait(lambda: str(stick / "photos" / "new.png") in known_files(store, folder))
    finally:
        library.stop()
        subprocess.run(["umount", "-l", str(stick)], capture_output=True, check=False)


def test_a_disk_inside_a_watched_folder_is_missed_not_emptied(store, image, tmp_path):
    engine_samples.picture(tmp_path / "p" / "own.png", 1)
    inner = tmp_path / "p" / "stick"
    inner.mkdir()
    mount("-o", "loop", str(image), str(inner))
    try:
        engine_samples.picture(inner / "deep" / "b.png", 2)
        store.add_folder(str(tmp_path / "p"))
        reconciler = Reconciler(store, str(tmp_path / "data"))
        reconciler.folder(str(tmp_path / "p"), lambda found: None)
        assert len(known_files(store, str(tmp_path / "p"))) == 2
        name = Volumes().place(str(inner)).name
        assert name
    finally:
        subprocess.run(["umount", "-l", str(inner)], check=True)
    assert not reconciler.folder(str(tmp_path / "p"), nothing)
    assert len(known_files(store, str(tmp_path / "p"))) == 2
    [problem] = store.problems()
    assert (problem.path, problem.reason) == (str(inner), NOT_CONNECTED)
    away = {Path(hit.path).name: hit.offline for hit in browsed(store, tmp_path)}
    assert away == {"own.png": "", "b.png": name}
    mount("-o", "loop", str(image), str(inner))
    try:
        assert not reconciler.folder(str(tmp_path / "p"), nothing)
        assert {hit.offline for hit in browsed(store, tmp_path)} == {""}
    finally:
        subprocess.run(["umount", "-l", str(inner)], check=True)


def browsed(store: Store, root: Path) -> tuple[Hit, ...]:
    return Browser(store, PreviewCache(root / "cache")).browse(Browse()).hits


def test_files_on_a_disk_inside_a_folder_say_its_name_and_since_when_it_is_away(store, tmp_path):
    folder = tmp_path / "p"
    store.add_folder(str(folder))
    for inode, name in enumerate(("own.png", "stick/b.png", "stick 2/c.png", "closed/d.png")):
        store.add_file(Seen(str(folder / name), 1, 1, 1, inode))
    places = [(str(folder / "stick"), NOT_CONNECTED), (str(folder / "closed"), "It cannot be read.")]

    def away() -> dict[str, tuple[str, float]]:
        return {Path(hit.path).name: (hit.offline, hit.last_seen) for hit in browsed(store, tmp_path)}

    store.set_place(str(folder), Place())
    seen_at = store.folder_statuses()[0].last_seen
    store.set_unreadable(str(folder), places, {str(folder / "stick"): "Holiday"})
    store.set_place(str(folder), Place())
    now = store.folder_statuses()[0].last_seen
    assert away()["b.png"] == ("Holiday", seen_at)
    assert {away()[name] for name in ("own.png", "c.png", "d.png")} == {("", now)}
    store.set_unreadable(str(folder), places, {str(folder / "stick"): "stick"})
    assert away()["b.png"] == ("Holiday", seen_at), "as it was when it was there"
    store.set_unreadable(str(folder), places[1:])
    assert away()["b.png"] == ("", now)
    store.set_unreadable(str(folder), places, {str(folder / "stick"): "Other"})
    assert away()["b.png"] == ("Other", now)


def test_index_says_which_drive_is_away(here, sightline, tmp_path):
    drive, pictures = tmp_path / "drive", tmp_path / "pictures"
    drive.mkdir()  # the mount point that stays
    (pictures / "2025").mkdir(parents=True)
    sightline.data.mkdir(exist_ok=True)
    with Store.open(sightline.data / "index.db") as store:
        for folder, place in ((drive, Place("id", "Holiday", "/")), (pictures, Place())):
            store.add_folder(str(folder))
            store.set_place(str(folder), place)
        store.add_skipped(Seen(str(drive / "a.png"), 1, 1, 1, 1), "It is small.")
        store.add_skipped(Seen(str(pictures / "stick" / "b.png"), 1, 1, 99, 2), "It is small.")
    for asked in ([], [drive], [drive / "a"], [tmp_path / "drive" / "b", pictures]):
        done = here("index", *asked)
        assert "“Holiday” is not connected: what was found on it stays" in done.err
        assert done.status == 2
    done = here("index", pictures)
    assert (done.status, "Holiday" in done.err) == (0, False)
    away = f"{pictures / 'stick'}, “stick”: {NOT_CONNECTED}"
    assert away in done.err
    assert away in here("status").out
    assert away in here("index", pictures / "stick" / "2026").err


def _wait(until, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end
        time.sleep(0.02)
