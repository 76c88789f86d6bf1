"""The whole library in one file, and back: index, settings and thumbnails, not the person's own files.

    NAME.tar.gz      sightline-backup.json     what it is and when it was made; read first
                     index.db                  as it was at one moment, without a log
                     settings.toml
                     calibration.json          what was measured about the models, if anything
                     cache/ab/abcdef…/*.jpg    thumbnails, unless they were left out

Why one archive that is written and read in one pass: it can lie on any disk, a truncated or damaged one is
known by its checksum before anything is replaced, and a million thumbnails take no memory.

Why restoring goes through two folders beside the index: what is new is made whole and checked in
`restoring`, what it replaces waits in `replaced`. Moving the new index in is the one step that decides:
interrupted before, `recover` puts everything back as it was, and after, it finishes.
"""

import gzip
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeAlias

import msgspec

import indexer
from indexer import upkeep
from indexer.errors import DataDirectoryBusy, UserError
from indexer.ingest.thumbnails import PreviewCache
from indexer.lock import EngineLock
from indexer.paths import Paths, absolute
from indexer.search.shares import Shares
from indexer.settings import Settings
from indexer.store import snapshot
from indexer.store.store import Store

FORMAT = 1
MANIFEST = "sightline-backup.json"
SUFFIX = ".tar.gz"
BESIDE_PICTURES = ("index.db", "settings.toml", "calibration.json")

OnProgress: TypeAlias = Callable[[float, str], None]
"""Gets the share that is done, 0..1, and what is being done, for people."""

_PICTURE = re.compile(r"cache/([0-9a-f]{2})/(\1[0-9a-f]+)/[0-9a-z-]+\.jpg")
_CHUNK = 1 << 20
_DRAFTS = ".sightline-backup-"
_LEFT_BEHIND_S = 86_400.0
"""No backup takes that long."""
_INDEX_SHARE = 0.7
"""Of the whole work, roughly, while thumbnails are still to come."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself.

    Attributes:
        made: seconds since the epoch. program: the version that made it.
        files, vectors: in its index. thumbnails: whether they are in it.
    """

    format: int
    made: float
    program: str
    files: int
    vectors: int
    thumbnails: bool


def save(
    paths: Paths, where: Path, thumbnails: bool = True, on_progress: OnProgress = lambda *_: None
) -> Path:
    """Make a backup, also beside a running engine. Returns its file.

    Args:
        where: a file that is not there yet, or a folder, in which the file gets the date for a name.

    Raises:
        UserError: there is nothing to keep, the place cannot be used, or the disk is full.
    """
    target = _target(paths, where)
    _remove_left_behind(target.parent)
    with _plain_errors(target), tempfile.TemporaryDirectory(prefix=_DRAFTS, dir=target.parent) as made:
        copy, draft = Path(made, "index.db"), Path(made, "backup")
        _need_room(target.parent, 2 * paths.database.stat().st_size)
        snapshot.copy(paths.database, copy, lambda share: on_progress(share / 2, "copying the index"))
        with Store.open(copy) as store:
            counts = store.counts()
        manifest = Manifest(
            FORMAT, time.time(), indexer.__version__, counts.files, counts.vectors, thumbnails
        )
        draft.touch(0o600)  # it holds what nobody else may read
        with (
            gzip.open(draft, "wb", compresslevel=1) as packed,
            tarfile.open(fileobj=packed, mode="w|") as tar,
        ):
            _add_bytes(tar, MANIFEST, json.dumps(asdict(manifest)).encode())
            tar.add(copy, "index.db")
            for file in (paths.settings, paths.calibration):
                if file.exists():
                    tar.add(file, file.name)
            on_progress(_INDEX_SHARE, "copying thumbnails")
            for picture in _pictures(paths) if thumbnails else ():
                try:
                    data = picture.read_bytes()
                except FileNotFoundError:  # what it shows has just left the index
                    continue
                _add_bytes(tar, picture.relative_to(paths.data).as_posix(), data)
                tar.members = []  # type: ignore[attr-defined] # else a million stay in memory
        _settle(draft)
        draft.replace(target)
    return target


def restore(source: Path, paths: Paths, replace: bool, on_progress: OnProgress = lambda *_: None) -> Manifest:
    """Put a backup in place of the index and the settings.

    Thumbnails are added to those that are there, and those of nothing in it go.

    Raises:
        UserError: it is no backup or a damaged one, there is an index already and `replace` is false, or
            an engine is at work. Whatever was there is still there then.
    """
    with EngineLock(paths.lock):
        _recover(paths)
        if paths.database.exists() and not replace:
            raise UserError(
                f"There is an index in {paths.data} already: say --yes to replace it, or choose another "
                "folder with --data-dir."
            )
        coming = paths.restoring
        shutil.rmtree(coming, ignore_errors=True)
        try:
            coming.mkdir(mode=0o700)
            with _plain_errors(source):
                manifest = _unpack(source, coming, paths, on_progress)
            _verify(coming, source)
        except BaseException:
            shutil.rmtree(coming, ignore_errors=True)
            raise
        _swap(paths, coming)
        _remove_pictures_of_nothing(paths)
    return manifest


def _remove_pictures_of_nothing(paths: Paths) -> None:
    """What came after the backup is made again, if it is still there."""
    cache = PreviewCache(paths.cache)
    with Store.open(paths.database) as store:
        for hash in list(upkeep.without_content(paths, store)):
            cache.remove(hash)


def recover(paths: Paths) -> None:
    """After a restore that was interrupted: it never was, or is finished. Nothing to do normally."""
    if not paths.replaced.exists() and not (paths.restoring).exists():
        return
    try:
        with EngineLock(paths.lock):
            _recover(paths)
    except DataDirectoryBusy:
        pass  # it is under way, or an engine has begun with what there is


# --- making ----------------------------------------------------------------------------------------------


def _target(paths: Paths, where: Path) -> Path:
    if not paths.database.exists():
        raise UserError("Nothing is indexed yet in this data directory: there is nothing to back up.")
    target = absolute(where)
    if target.is_dir():
        target /= time.strftime(f"sightline-%Y-%m-%d-%H%M%S{SUFFIX}")
    if target.is_relative_to(absolute(paths.data)):
        raise UserError(f"{target} is inside the library itself: choose another place, best on another disk.")
    if target.exists():
        raise UserError(f"{target} exists already: choose another name, or delete it first.")
    if not target.parent.is_dir():
        raise UserError(f"There is no folder {target.parent}: make it first, or choose another place.")
    return target


def _remove_left_behind(folder: Path) -> None:
    """Copies of an index that a backup which was killed has left there."""
    for draft in folder.glob(f"{_DRAFTS}*"):
        with suppress(OSError):
            ours = all(file.name == "backup" or file.name.startswith("index.db") for file in draft.iterdir())
            if ours and time.time() - draft.stat().st_mtime > _LEFT_BEHIND_S:
                shutil.rmtree(draft, ignore_errors=True)


def _pictures(paths: Paths) -> Iterator[Path]:
    for folder, _, names in os.walk(paths.cache):
        for name in names:
            picture = Path(folder, name)
            if _PICTURE.fullmatch(picture.relative_to(paths.data).as_posix()):
                yield picture


def _add_bytes(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(data)
    member.mode = 0o600
    tar.addfile(member, io.BytesIO(data))


def _settle(path: Path) -> None:
    """Onto the disk itself, before it gets its name."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _need_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise UserError(
            f"{needed / 1e9:.1f} GB of free space are needed in {folder}, and there are {free / 1e9:.1f} GB: "
            "free some space or choose another place."
        )


# --- restoring -------------------------------------------------------------------------------------------


def _unpack(source: Path, coming: Path, paths: Paths, on_progress: OnProgress) -> Manifest:
    manifest: Manifest | None = None
    total = max(1, source.stat().st_size)
    with source.open("rb") as file, gzip.open(file) as packed:
        with tarfile.open(fileobj=packed, mode="r|") as tar:
            for member in tar:
                tar.members = []  # type: ignore[attr-defined] # else a million stay in memory
                data = tar.extractfile(member)
                if manifest is None:
                    manifest = _manifest(member, data, source)
                elif data is not None and member.name in BESIDE_PICTURES:
                    _need_room(coming, member.size)
                    with (coming / member.name).open("xb") as made:
                        shutil.copyfileobj(data, made, _CHUNK)
                elif data is not None and _PICTURE.fullmatch(member.name):
                    _put_picture(paths.data / member.name, data.read())
                on_progress(file.tell() / total, "unpacking")
        while packed.read(_CHUNK):  # to the checksum at its end
            pass
    if manifest is None or not (coming / "index.db").exists():
        raise UserError(f"{source} is no backup of Sightline.")
    return manifest


def _manifest(member: tarfile.TarInfo, data: object, source: Path) -> Manifest:
    if member.name != MANIFEST or not hasattr(data, "read"):
        raise UserError(f"{source} is no backup of Sightline.")
    try:
        manifest = msgspec.json.decode(data.read(), type=Manifest)
    except msgspec.DecodeError as error:
        raise UserError(f"{source} is no backup that this Sightline can read: update Sightline.") from error
    if manifest.format > FORMAT:
        raise UserError(f"{source} was made by a newer Sightline: update Sightline to restore it.")
    return manifest


def _put_picture(path: Path, data: bytes) -> None:
    if path.exists():  # named after the content it was made from
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_bytes(data)
    draft.replace(path)


def _verify(coming: Path, source: Path) -> None:
    """Before anything is replaced. An older index becomes one of this version here."""
    if (coming / "settings.toml").exists():
        Settings.load(coming / "settings.toml")
    Shares.read(coming / "calibration.json")
    with Store.open(coming / "index.db") as store:
        found = store.check()
    if found:
        raise UserError(f"{source} is damaged, so nothing was changed: use another backup. {found[0]}")
    _settle(coming / "index.db")


def _swap(paths: Paths, coming: Path) -> None:
    leaving = paths.replaced
    leaving.mkdir(mode=0o700)
    for file in _replaceable(paths):
        if file.exists():
            file.replace(leaving / file.name)
    _move_in(paths, coming)


def _move_in(paths: Paths, coming: Path) -> None:
    for file in _index_first(coming):
        file.replace(paths.data / file.name)
    coming.rmdir()
    shutil.rmtree(paths.replaced)


def _recover(paths: Paths) -> None:
    """Each step can be interrupted and done again."""
    leaving, coming = paths.replaced, paths.restoring
    if leaving.exists() and coming.exists():
        if not (coming / "index.db").exists():  # all that was there is out of the way, the new index is in
            _move_in(paths, coming)
            return
        for file in reversed(_index_first(leaving)):  # never the index without its log
            file.replace(paths.data / file.name)
    shutil.rmtree(leaving, ignore_errors=True)
    shutil.rmtree(coming, ignore_errors=True)


def _index_first(folder: Path) -> list[Path]:
    return sorted(folder.iterdir(), key=lambda file: (not file.name.startswith("index.db"), file.name))


def _replaceable(paths: Paths) -> list[Path]:
    logs = [paths.database.with_name(paths.database.name + end) for end in ("-wal", "-shm")]
    return [paths.database, *logs, paths.settings, paths.calibration]


@contextmanager
def _plain_errors(place: Path) -> Iterator[None]:
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile, tarfile.TarError) as error:
        raise UserError(f"{place} is damaged or no backup of Sightline: use another one.") from error
    except OSError as error:
        raise UserError(f"{place}: {error.strerror or error}. Nothing was changed.") from error
