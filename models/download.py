"""Fetching a checkpoint: listed, room checked, resumed, every file verified, and only then in its place.

    checkpoints/.NAME.lock          held while one program fetches; another one waits
    checkpoints/NAME.part/          what has arrived: verified files, and NAME.HASH.part of the next one
    checkpoints/NAME/               appears in one step, when everything has been verified
    checkpoints/NAME/download.json  where it came from, and the hash of each file

A half-fetched file is named after the hash it must have, so that it goes on whichever source continues it.
"""

import errno
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import httpx2
from filelock import FileLock, Timeout

from models.catalog import Checkpoint, folder_of
from models.errors import CheckpointError, DownloadCancelled, DownloadError
from models.sources import HuggingFace, Listing, ModelScope, RemoteFile, Source, client, first_line

RECORD = "download.json"
SPARE_BYTES = 1 << 30
"""Left free on the disk besides what is fetched."""
CHUNK = 1 << 20
WAITS_S = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Before each new try after the connection broke off with nothing new; then the source is given up."""
_POLL_S = 0.2


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is.

    Attributes:
        stage: "waiting" for another program, "fetching", "retrying" after the connection broke off, or
            "checking" hashes.
        done, total: bytes of the whole checkpoint; 0 while unknown.
        received: bytes that came over the network so far, this time.
    """

    stage: Literal["waiting", "fetching", "retrying", "checking"]
    done: int = 0
    total: int = 0
    received: int = 0


def download(
    entry: Checkpoint,
    checkpoints: Path,
    sources: Sequence[Source] | None = None,
    report: Callable[[Progress], None] = lambda progress: None,
    cancelled: Callable[[], bool] = lambda: False,
    waits_s: Sequence[float] = WAITS_S,
) -> Path:
    """Fetch a checkpoint, or find that it is there.

    Args:
        checkpoints: where models known by name are kept.
        sources: tried in this order; Hugging Face, then ModelScope when None.
        report: called often, in the caller's thread.
        cancelled: asked often; True ends it with `DownloadCancelled`.

    Returns:
        The folder.

    Raises:
        DownloadError: with one sentence; what has arrived is kept.
    """
    if sources is None:
        sources = (HuggingFace(), ModelScope())
    try:
        checkpoints.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(checkpoints / f".{entry.name}.lock", report, cancelled):
            there = folder_of(entry, checkpoints)
            return there or _Fetch(entry, checkpoints, report, cancelled, waits_s).run(sources)
    except OSError as error:
        raise DownloadError(_disk_sentence(error, checkpoints)) from None


def damaged(folder: Path, report: Callable[[Progress], None] = lambda progress: None) -> list[str] | None:
    """Names of files that are not as they were published; None when the folder was not fetched by us.

    Raises `CheckpointError` when its record cannot be read.
    """
    try:
        files = json.loads((folder / RECORD).read_text("utf-8"))["files"]
        expected = [(name, row["size"], row["algorithm"], row["digest"]) for name, row in files.items()]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CheckpointError(
            f"{folder / RECORD} is damaged ({first_line(error)}); fetch the model again."
        ) from None
    total, done, bad = sum(size for _, size, _, _ in expected), 0, []
    for name, size, algorithm, digest in expected:
        report(Progress("checking", done, total))
        try:
            whole = (folder / name).stat().st_size == size and hash_of(folder / name, algorithm) == digest
        except OSError:
            whole = False
        if not whole:
            bad.append(name)
        done += size
    return bad


def remove(entry: Checkpoint, checkpoints: Path) -> int:
    """Delete a checkpoint known by name, whole or half-fetched. Returns the bytes freed.

    Raises `CheckpointError` when there is nothing, or another program is fetching it.
    """
    part = checkpoints / f"{entry.name}.part"
    present = [folder for folder in (part, folder_of(entry, checkpoints)) if folder and folder.is_dir()]
    if not present:
        raise CheckpointError(f"{entry.name} is not on this computer; `sightline models list` shows what is.")
    try:
        with FileLock(checkpoints / f".{entry.name}.lock", timeout=0):
            freed = sum(
                file.stat().st_size for folder in present for file in folder.rglob("*") if file.is_file()
            )
            for folder in present:
                if folder != part:
                    folder.rename(part)  # interrupted, it leaves a model that can be fetched, not half of one
                shutil.rmtree(part)
    except Timeout:
        raise CheckpointError(f"Another program is fetching {entry.name}; stop that first.") from None
    except OSError as error:
        raise CheckpointError(
            f"{entry.name} cannot be removed ({error.strerror}); close the programs that use it."
        ) from None
    return freed


def hash_of(file: Path, algorithm: str, cancelled: Callable[[], bool] = lambda: False) -> str:
    """SHA-256, or git's hash, of a file. Raises OSError, `DownloadCancelled`."""
    if algorithm == "git":
        digest = hashlib.sha1(f"blob {file.stat().st_size}\0".encode(), usedforsecurity=False)
    else:
        digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            _go_on(cancelled)
            digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def _alone(file: Path, report: Callable[[Progress], None], cancelled: Callable[[], bool]) -> Iterator[None]:
    """Hold the lock; wait while another program does."""
    lock = FileLock(file)
    while True:
        try:
            lock.acquire(timeout=0)
            break
        except Timeout:
            _go_on(cancelled)
            report(Progress("waiting"))
            time.sleep(_POLL_S)
    try:
        yield
    finally:
        lock.release()


class _Fetch:
    """One download under the lock."""

    def __init__(
        self,
        entry: Checkpoint,
        checkpoints: Path,
        report: Callable[[Progress], None],
        cancelled: Callable[[], bool],
        waits_s: Sequence[float],
    ) -> None:
        self._entry = entry
        self._part = checkpoints / f"{entry.name}.part"
        self._target = checkpoints / entry.name
        self._report = report
        self._cancelled = cancelled
        self._waits_s = waits_s
        self._total = 0
        self._finished = 0
        self._received = 0

    def run(self, sources: Sequence[Source]) -> Path:
        failures: list[str] = []
        known: dict[str, str] = dict(self._entry.hashes)
        for source in sources:
            _go_on(self._cancelled)
            self._report(Progress("fetching"))
            try:
                listing = source.listing(self._entry)
                _agree(listing, known)
                self._make_room(listing)
                return self._take(listing)
            except DownloadCancelled:
                raise
            except _NoRoom:
                raise
            except DownloadError as error:
                failures.append(str(error))
        why = "; ".join(failures)
        raise DownloadError(
            f"{self._entry.name} could not be fetched: {why}. Try again later; what has arrived is kept."
        )

    def _make_room(self, listing: Listing) -> None:
        self._part.mkdir(exist_ok=True, mode=0o700)
        self._total = sum(file.size for file in listing.files)
        missing = self._total - sum(self._arrived(file) for file in listing.files)
        free = shutil.disk_usage(self._part).free
        if missing and free < missing + SPARE_BYTES:
            # What is left of another revision may be as large as the model.
            self._drop_all_but({path for file in listing.files for path in self._places(file)})
            free = shutil.disk_usage(self._part).free
        if missing and free < missing + SPARE_BYTES:
            raise _NoRoom(
                f"{self._entry.name} needs {(missing + SPARE_BYTES) / 1e9:.1f} GB on the disk of "
                f"{self._part.parent}, which has {free / 1e9:.1f} GB free; make room, or choose another "
                "--data-dir."
            )

    def _take(self, listing: Listing) -> Path:
        self._finished = 0
        with client() as http:
            for file in listing.files:
                if not self._is_there(file):
                    for again in (True, False):
                        self._receive(http, file)
                        if self._check(file):
                            break
                        if not again:
                            raise DownloadError(f"{listing.source} sent a damaged {file.path} twice")
                self._finished += file.size
        self._report(Progress("checking", self._total, self._total))
        self._drop_all_but({self._part / file.path for file in listing.files})
        files = {file.path: {k: v for k, v in asdict(file).items() if k != "path"} for file in listing.files}
        record = {
            "repository": self._entry.repository,
            "revision": listing.revision,
            "source": listing.source,
            "files": files,
        }
        (self._part / RECORD).write_text(json.dumps(record, indent=1), "utf-8")
        return self._part.rename(self._target)

    def _receive(self, http: httpx2.Client, file: RemoteFile) -> None:
        """Fetch until as many bytes are there as there should be; tries again while it gets further.

        Further than ever: a file that is shorter than it was said to be would come again and again.
        """
        half = self._half(file)
        half.touch()
        waits, furthest = iter(self._waits_s), half.stat().st_size
        while (before := half.stat().st_size) < file.size:
            try:
                self._stream(http, file, before)
                raise _Busy("the connection ended early")
            except _Busy as error:
                problem = str(error)
            except httpx2.HTTPError as error:
                problem = first_line(error)
            if half.stat().st_size > furthest:
                waits, furthest = iter(self._waits_s), half.stat().st_size
                continue
            wait = next(waits, None)
            if wait is None:
                raise DownloadError(f"{httpx2.URL(file.url).host} does not send {file.path} ({problem})")
            done = self._finished + half.stat().st_size
            self._report(Progress("retrying", done, self._total, self._received))
            self._sleep(wait)

    def _stream(self, http: httpx2.Client, file: RemoteFile, start: int) -> None:
        headers = {"Range": f"bytes={start}-"} if start else {}
        with http.stream("GET", file.url, headers=headers) as reply:
            if reply.status_code == 416:  # there is no such rest: begin anew
                self._half(file).write_bytes(b"")
            if reply.status_code in (408, 416, 429) or reply.status_code >= 500:
                raise _Busy(f"HTTP status {reply.status_code}")
            if reply.is_error:
                host = httpx2.URL(file.url).host
                raise DownloadError(f"{host} refuses {file.path} (HTTP status {reply.status_code})")
            goes_on = reply.headers.get("Content-Range", "").startswith(f"bytes {start}-")
            if reply.status_code != 206 or not goes_on:
                start = 0
            with self._half(file).open("r+b" if start else "wb") as out:
                out.seek(start)
                for chunk in reply.iter_bytes():
                    _go_on(self._cancelled)
                    out.write(chunk[: file.size - start])
                    start = min(file.size, start + len(chunk))
                    self._received += len(chunk)
                    done = self._finished + start
                    self._report(Progress("fetching", done, self._total, self._received))
                    if start == file.size:
                        return

    def _check(self, file: RemoteFile) -> bool:
        """Hash what arrived; good files get their name, bad ones go."""
        half = self._half(file)
        self._report(Progress("checking", self._finished + file.size, self._total))
        if hash_of(half, file.algorithm, self._cancelled) != file.digest:
            half.unlink()
            return False
        with half.open("rb+") as arrived:
            os.fsync(arrived.fileno())  # or a power cut leaves a name with nothing behind it
        half.replace(self._part / file.path)
        return True

    def _half(self, file: RemoteFile) -> Path:
        return self._part / f"{file.path}.{file.digest[:16]}.part"

    def _places(self, file: RemoteFile) -> tuple[Path, Path]:
        """Where it lies once it is whole, and until then."""
        return self._part / file.path, self._half(file)

    def _drop_all_but(self, wanted: set[Path]) -> None:
        for stray in set(self._part.iterdir()) - wanted:
            if stray.is_dir() and not stray.is_symlink():
                shutil.rmtree(stray)  # of a removal that was interrupted
            else:
                stray.unlink()

    def _is_there(self, file: RemoteFile) -> bool:
        """Whether it was verified before, under this very hash: the other source may have another file."""
        done = self._part / file.path
        if not done.is_file() or done.stat().st_size != file.size:
            return False
        self._report(Progress("checking", self._finished, self._total))
        if hash_of(done, file.algorithm, self._cancelled) == file.digest:
            return True
        done.unlink()
        return False

    def _arrived(self, file: RemoteFile) -> int:
        for path in self._places(file):
            if path.is_file():
                return min(file.size, path.stat().st_size)
        return 0

    def _sleep(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            _go_on(self._cancelled)
            time.sleep(min(_POLL_S, left))


class _Busy(Exception):
    """No more comes now; trying again may help."""


class _NoRoom(DownloadError):
    """No source can help with that."""


def _agree(listing: Listing, known: dict[str, str]) -> None:
    """No source may offer other content than the catalogue or an earlier source. Raises `DownloadError`."""
    for file in listing.files:
        if file.algorithm == "sha256" and known.setdefault(file.path, file.digest) != file.digest:
            raise DownloadError(f"{listing.source} offers another {file.path} than the published one")


def _go_on(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise DownloadCancelled("The download was stopped; what has arrived is kept.")


def _disk_sentence(error: OSError, checkpoints: Path) -> str:
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return f"The disk of {checkpoints} is full; make room and try again: it goes on where it was."
    reason = error.strerror or error
    return f"{checkpoints} cannot be written ({reason}); allow it, or choose another --data-dir."
