"""The disks that are connected now, by an id that stays theirs wherever they are mounted next.

A folder's place is its disk and its path on that disk. Plugged in again under another name or letter, the
place is the same. File systems that say nothing of themselves (memory, layers of a container) have no id, and
their folders no place.
"""

import os
import plistlib
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psutil

from indexer.drives.windows_drives import FIXED, REMOTE, WindowsDrives


@dataclass(frozen=True, slots=True)
class Mount:
    """A volume, or a folder of one, as it is mounted now.

    Attributes:
        volume: the volume's id. name: what a person calls it.
        point: where it is mounted. base: which of its folders is shown there, "/" for all of it.
    """

    volume: str
    name: str
    point: str
    base: str = "/"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a folder is, whatever its path is today.

    Attributes:
        volume: the volume's id, "" when it has none. name: what a person calls it.
        below: the path on the volume, with slashes, "/" for its root.
    """

    volume: str = ""
    name: str = ""
    below: str = ""


class Volumes:
    """Where folders are, as of the last `refresh`.

    Args:
        mounts: lists what is mounted; where several cover a path the longest, then the last one counts.
    """

    def __init__(self, mounts: "Callable[[], Sequence[Mount]] | None" = None) -> None:
        self._list = mounts or _system_mounts()
        self._mounts: tuple[Mount, ...] = ()
        self._names: dict[str, str] = {}
        self.refresh()

    def refresh(self) -> bool:
        """Look again. Returns whether something came or went."""
        before, self._mounts = self._mounts, tuple(self._list())
        self._names |= {mount.point: mount.name for mount in self._mounts if mount.volume}
        return self._mounts != before

    @property
    def mounts(self) -> tuple[Mount, ...]:
        """All that is mounted."""
        return self._mounts

    def connected(self, volume: str) -> bool:
        """Whether a volume with this id is mounted anywhere."""
        return any(mount.volume == volume for mount in self._mounts)

    def place(self, path: str) -> Place:
        """Where this folder is. The path need not exist."""
        real = os.path.realpath(path)
        around = [mount for mount in self._mounts if _is_below(real, mount.point)]
        if not around:
            return Place()
        longest = max(len(mount.point) for mount in around)
        mount = next(mount for mount in reversed(around) if len(mount.point) == longest)
        if not mount.volume:
            return Place()
        inside = real[len(mount.point) :].replace(os.sep, "/").strip("/")
        return Place(mount.volume, mount.name, _joined(mount.base, inside))

    def inside(self, path: str) -> tuple[Mount, ...]:
        """What is mounted somewhere below this folder."""
        real = os.path.realpath(path)
        return tuple(mount for mount in self._mounts if mount.point != real and _is_below(mount.point, real))

    def name_at(self, point: str) -> str:
        """What a person calls the volume that belongs to a mount point, by what was last seen there."""
        return self._names.get(os.path.realpath(point)) or Path(point).name

    def paths(self, place: Place) -> list[str]:
        """The paths that lead to this place now, whether or not anything is there."""
        found = []
        for mount in self._mounts:
            base = mount.base.rstrip("/")
            if place.volume and mount.volume == place.volume and f"{place.below}/".startswith(f"{base}/"):
                inside = place.below[len(base) :].strip("/")
                found.append(os.path.normpath(Path(mount.point, *inside.split("/"))))
        return found


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _joined(base: str, inside: str) -> str:
    return "/".join([base.rstrip("/"), inside]) if inside else base.rstrip("/") or "/"


def _sized(point: str) -> str:
    """A name for a volume without one."""
    try:
        return f"{psutil.disk_usage(point).total / 1e9:.0f} GB drive"
    except OSError:
        return "drive"


def _system_mounts() -> Callable[[], Sequence[Mount]]:
    if sys.platform == "linux":
        return _LinuxMounts()
    elif sys.platform == "darwin":  # noqa: RET505 - for mypy, which follows one platform at a time
        return _MacMounts()
    else:
        return _WindowsMounts()


class _LinuxMounts:
    """From the kernel's own list; ids and names as udev found them, for some file systems the kernel's id."""

    _LIST: Final = "/proc/self/mountinfo"
    # Its id is that of the volume here; elsewhere it is the number of the device, another one each time.
    _OWN_ID: Final = frozenset(("ext2", "ext3", "ext4", "btrfs", "zfs"))

    def __init__(self) -> None:
        self._text = ""
        self._mounts: tuple[Mount, ...] = ()

    def __call__(self) -> Sequence[Mount]:
        text = os.fsdecode(Path(self._LIST).read_bytes())
        if text != self._text:  # asking devices and servers for their names takes a moment
            self._text = text
            self._mounts = tuple(self._parsed(text))
        return self._mounts

    def _parsed(self, text: str) -> list[Mount]:
        ids, names = _links("/dev/disk/by-uuid"), _links("/dev/disk/by-label")
        found = []
        for line in text.splitlines():
            before, _, after = line.partition(" - ")
            base, point = (_unescaped(part) for part in before.split(" ")[3:5])
            kind, source = after.split(" ")[:2]
            source = _unescaped(source)
            device = os.path.realpath(source) if source.startswith("/dev/") else ""
            volume = name = ""
            if device:
                volume = ids.get(device) or self._own_id(kind, point)
                name = names.get(device) or (_sized(point) if volume else "")
            elif ":" in source or source.startswith("//"):  # another computer
                volume = name = source
            found.append(Mount(volume, name, point, base))
        return found

    def _own_id(self, kind: str, point: str) -> str:
        try:
            return f"{os.statvfs(point).f_fsid:016x}" if kind in self._OWN_ID else ""
        except OSError:
            return ""


def _links(folder: str) -> dict[str, str]:
    """Devices by the names that udev gave them in such a folder."""
    try:
        names = list(Path(folder).iterdir())
    except OSError:
        return {}
    return {os.path.realpath(link): _unescaped(link.name) for link in names}


def _unescaped(text: str) -> str:
    """Blanks and the like come as octal (the kernel) or hexadecimal codes (udev) of bytes."""
    if "\\" not in text:
        return text
    raw = re.sub(
        rb"\\(?:x([0-9a-fA-F]{2})|([0-7]{3}))",
        lambda code: bytes([int(code[1], 16) if code[1] else int(code[2], 8)]),
        os.fsencode(text),
    )
    return os.fsdecode(raw)


class _MacMounts:
    """`diskutil` tells id and name; asked once for each mount, and again where it did not answer."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Mount] = {}

    def __call__(self) -> Sequence[Mount]:
        present = [(part.mountpoint, part.device) for part in psutil.disk_partitions(all=True)]
        told = {key: self._known.get(key) or self._asked(*key) for key in present}
        self._known = {key: mount for key, mount in told.items() if mount is not None}
        return [mount or Mount("", "", point) for (point, _), mount in told.items()]

    def _asked(self, point: str, device: str) -> Mount | None:
        if not device.startswith("/dev/"):
            remote = device if "@" in device or device.startswith("//") or ":" in device else ""
            return Mount(remote, remote, point)
        line = ["/usr/sbin/diskutil", "info", "-plist", point]
        try:
            told: Mapping[str, Any] = plistlib.loads(
                subprocess.run(line, capture_output=True, timeout=20, check=True).stdout
            )
        except subprocess.CalledProcessError:
            return Mount("", "", point)
        except (OSError, subprocess.TimeoutExpired, plistlib.InvalidFileException):
            return None
        return Mount(told.get("VolumeUUID", ""), told.get("VolumeName") or _sized(point), point)


class _WindowsMounts:
    """Every letter with the volume's serial number and label; a fixed drive is asked once.

    A letter that stands for another computer has that name for its id: it is not asked, as one that has gone
    would hold everything up for half a minute. It is listed by that name as well, to which the
    system resolves what leads there.
    """

    def __init__(self, drives: WindowsDrives | None = None) -> None:
        self._drives = drives or WindowsDrives()
        self._known: dict[tuple[str, str], Mount] = {}

    def __call__(self) -> Sequence[Mount]:
        return [mount for root in self._drives.roots() for mount in self._mounts(root)]

    def _mounts(self, root: str) -> tuple[Mount, ...]:
        share = self._drives.share(root)
        if share:
            return Mount(share, share, root), Mount(share, share, share)
        return (self._mount(root),)

    def _mount(self, root: str) -> Mount:
        sort = self._drives.sort(root)
        if sort == REMOTE:
            return Mount("", "", root)
        volume = self._drives.name(root) if sort == FIXED else ""  # a reader has one name for all cards
        if (root, volume) in self._known:
            return self._known[root, volume]
        told = self._drives.ask(root)
        if told is None:
            return Mount("", "", root)
        serial, label = told
        mount = Mount(serial, label or f"{_sized(root)} ({root[:2]})", root)
        if volume:
            self._known[root, volume] = mount
        return mount
