"""Real files, spoiled at random, through the decoder processes: `python -m tests.stress.fuzz_decoders`.

    --files 10000     of each kind
    --only docx       kinds whose name holds this
    --seed 1          the same seed spoils the same way, each file by itself
    --workers 2       decoder processes at the same time
    --log FILE        notes what is done; with the same file another run goes on where this one was stopped

What must never happen is that anything but `MediaError` comes out of the pool (`broke`; then the exit code is
1). A decoder that dies is counted (`died`): that costs its file, and the next gets a new process.
`unforeseen` are exceptions no decoder turned into a sentence of its own. Files after which a decoder died or
the pool broke are kept in the folder that is printed.
"""

import argparse
import collections
import io
import json
import logging
import random
import sys
import tempfile
import threading
import time
import traceback
import zipfile
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "indexer" / "ingest"))

from corpus import films, papers, pictures
from corpus.sample import Make, writes
from ingest_files import pdf

from indexer.errors import MediaError, Skipped
from indexer.ingest.decoders import DecoderPool, PoolClosed
from indexer.ingest.isolation.supervision import DecoderDied

SEEDS = (
    "plain.jpg", "progressive.jpeg", "cmyk with profile.jpg", "rgb.png", "palette.png", "moving.png",
    "lossless.webp", "moving.gif", "windows.bmp", "lzw.tiff", "scan of three pages.tif", "floats packed.tif",
    "phone.heic",
    "modern.avif", "next.jxl", "archive.jp2", "window.ico", "layers.psd", "light and zipped.psd",
    "poster packed.psb", "texture.dds", "plan.svg",
    "raw with preview.dng", "raw alone.dng", "h264.mp4", "h264.mkv", "h264.mts", "h264.avi", "hevc.mp4",
    "vp9.webm", "av1.mp4", "mpeg-2.mpg", "windows.wmv", "prores.mov", "letter.pdf", "scanned.pdf",
    "Brief.docx", "Vortrag.pptx", "Haushalt.xlsx", "Bericht.odt", "Kasse.ods", "Roman.epub", "Notiz.rtf",
    "Rezept.html", "Anhang.eml", "Archiv.mbox", "western.txt",
)  # fmt: skip
SMALLER: dict[str, Make] = {
    "scan of three pages.tif": writes(lambda: pictures.pages(3, (60, 84))),
    "raw with preview.dng": writes(lambda: pictures.dng(preview=True, size=(96, 64))),
    "raw alone.dng": writes(lambda: pictures.dng(preview=False, size=(96, 64))),
    "letter.pdf": writes(pdf(["Invoice 4711", "second page"], size=(45, 60))),
    "scanned.pdf": writes(lambda: papers.scan((45, 60))),
}
"""Of files that are mostly pixels, ones with few: what is changed is then what a parser reads."""
MAKE = {sample.name: sample.make for sample in (*pictures.SAMPLES, *films.SAMPLES, *papers.SAMPLES)} | SMALLER
OUTCOMES = ("read", "refused", "skipped", "died", "broke")
FILES_PER_DECODER = 10_000
"""To start one takes as long as some hundred of these files, and what each leaves behind is a test, too."""
PORTION = 250
"""Files that are noted together: as many are lost when a run is stopped."""
TOLD_EVERY_S = 30.0


@dataclass(frozen=True)
class Portion:
    """Some spoiled copies of one file."""

    name: str
    seed: int
    first: int
    files: int


@dataclass
class Result:
    """How they ended, and the last lines of what was unforeseen."""

    outcomes: collections.Counter[str] = field(default_factory=collections.Counter)
    unforeseen: collections.Counter[str] = field(default_factory=collections.Counter)

    def add(self, other: "Result") -> None:
        """Count the other's, too."""
        self.outcomes += other.outcomes
        self.unforeseen += other.unforeseen


class _Unforeseen(logging.Handler):
    """What the pool logs, by the thread that asked it."""

    def __init__(self) -> None:
        super().__init__()
        self._by_thread: dict[int, collections.Counter[str]] = collections.defaultdict(collections.Counter)

    def emit(self, record: logging.LogRecord) -> None:
        lines = str(getattr(record, "trace", record.getMessage())).strip().splitlines()
        frames = [line.strip() for line in lines if line.startswith("  File ")]
        self._by_thread[threading.get_ident()][" ".join([lines[-1][:100], *frames[-1:]])] += 1

    def take(self) -> collections.Counter[str]:
        """Of this thread, since it asked last."""
        return self._by_thread.pop(threading.get_ident(), collections.Counter())


def spoiled(data: bytes, dice: random.Random) -> bytes:
    """The bytes with one to eight changes of the kinds that break parsers."""
    out = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 8))):
        at = dice.randrange(len(out)) if out else 0
        match dice.randrange(7):
            case 0:
                out[at : at + 1] = bytes((out[at] ^ 1 << dice.randrange(8),)) if out else b""
            case 1:
                out[at : at + 4] = dice.choice(
                    (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\0\0\0")
                )
            case 2:
                out[at : at + dice.randrange(1, 64)] = dice.randbytes(dice.randrange(1, 64))
            case 3:
                del out[at:]
            case 4:
                start = dice.randrange(len(out)) if out else 0
                out[at:at] = out[start : start + dice.randrange(1, 256)]
            case 5:
                del out[at : at + dice.randrange(1, 64)]
            case 6:
                out[at : at + 64] = b"\0" * 64
    return bytes(out)


def spoiled_inside(data: bytes, dice: random.Random) -> bytes:
    """An archive whose members are spoiled and packed again, or which is spoiled itself."""
    if dice.random() < 0.3:
        return spoiled(data, dice)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        unlucky = dice.choice(source.namelist())
        for name in source.namelist():
            member = source.read(name)
            target.writestr(name, spoiled(member, dice) if name == unlucky else member)
    return out.getvalue()


def fuzz(portion: Portion, pool: DecoderPool, kept: Path, unforeseen: _Unforeseen) -> Result:
    """Spoil and decode them one after the other."""
    result = Result()
    unforeseen.take()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / portion.name
        MAKE[portion.name](path)
        original = path.read_bytes()
        spoil: Callable[[bytes, random.Random], bytes] = (
            spoiled_inside if original.startswith(b"PK") else spoiled
        )
        for number in range(portion.first, portion.first + portion.files):
            path.write_bytes(spoil(original, random.Random(f"{portion.seed} {portion.name} {number}")))
            outcome, why = _outcome(pool, path)
            result.outcomes[outcome] += 1
            if why:
                (kept / f"{number} {path.name}").write_bytes(path.read_bytes())
                print(f"  {path.name} {number} {outcome}: {why}", flush=True)
    result.unforeseen = unforeseen.take()
    return result


def _outcome(pool: DecoderPool, path: Path) -> tuple[str, str]:
    """One of `OUTCOMES`, and what there is to say of it."""
    try:
        for _ in pool.decode(path):
            pass
    except DecoderDied as error:
        return "died", str(error)
    except Skipped:
        return "skipped", ""
    except MediaError:
        return "refused", ""
    except PoolClosed:
        raise
    except Exception:
        return "broke", traceback.format_exc()
    return "read", ""


class _Log:
    """What was done in earlier runs, and in this one."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self.done: dict[Portion, Result] = {}
        noted = file.read_text("utf-8") if file is not None and file.exists() else ""
        for line in noted.splitlines(keepends=True):
            if line.endswith("\n"):  # else it was killed in the middle of it
                row = json.loads(line)
                counts = (collections.Counter(row[name]) for name in ("outcomes", "unforeseen"))
                self.done[Portion(**row["portion"])] = Result(*counts)
        if file is not None and not noted.endswith("\n"):
            file.write_text(noted[: noted.rfind("\n") + 1], "utf-8")

    def add(self, portion: Portion, result: Result) -> None:
        """Note that it is done."""
        self.done[portion] = result
        if self._file is not None:
            row = {"portion": asdict(portion), **vars(result)}
            with self._file.open("a", encoding="utf-8") as out:
                out.write(json.dumps(row) + "\n")


def run(names: Collection[str], files: int, seed: int, workers: int, file: Path | None, kept: Path) -> Result:
    """Of all kinds together. Prints each as soon as it is done; a stopped run goes on with its log `file`."""
    log, unforeseen = _Log(file), _Unforeseen()
    logger = logging.getLogger("indexer.ingest")
    logger.addHandler(unforeseen)
    logger.propagate = False
    wanted = [
        Portion(name, seed, first, min(PORTION, files - first))
        for name in names
        for first in range(0, files, PORTION)
    ]
    waiting = [portion for portion in wanted if portion not in log.done]
    for name in names:
        _tell_if_done(name, wanted, log)
    # the pool is closed before its threads are waited for, so that Ctrl-C ends at once
    with (
        ThreadPoolExecutor(workers) as threads,
        DecoderPool(workers, timeout_s=20, files_per_worker=FILES_PER_DECODER) as pool,
    ):
        tasks = {threads.submit(fuzz, portion, pool, kept, unforeseen): portion for portion in waiting}
        started = told = time.monotonic()
        done = 0
        try:
            for task in as_completed(tasks):
                portion = tasks[task]
                log.add(portion, task.result())
                done += portion.files
                if time.monotonic() - told > TOLD_EVERY_S:
                    told = time.monotonic()
                    left = sum(each.files for each in waiting) - done
                    print(f"  {left} files left, {done / (told - started):.0f} a second", file=sys.stderr)
                _tell_if_done(portion.name, wanted, log)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            logger.removeHandler(unforeseen)
            logger.propagate = True
    return _sum(log.done[portion] for portion in wanted)


def _tell_if_done(name: str, wanted: Iterable[Portion], log: _Log) -> None:
    portions = [portion for portion in wanted if portion.name == name]
    if all(portion in log.done for portion in portions):
        outcomes = _sum(log.done[portion] for portion in portions).outcomes
        print(f"{name:26}" + "".join(f"{outcomes[outcome]:8}" for outcome in OUTCOMES), flush=True)


def _sum(results: Iterable[Result]) -> Result:
    total = Result()
    for result in results:
        total.add(result)
    return total


def main() -> int:
    """0 unless the pool broke."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--files", type=int, default=1000)
    arguments.add_argument("--only", default="")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--workers", type=int, default=1)
    arguments.add_argument("--log", type=Path)
    chosen = arguments.parse_args()
    kept = Path(tempfile.mkdtemp(prefix="sightline-fuzz-"))
    print(f"files after which a decoder died: {kept}")
    print(" " * 26 + "".join(f"{outcome:>8}" for outcome in OUTCOMES), flush=True)
    names = [name for name in SEEDS if chosen.only in name]
    started = time.monotonic()
    total = run(names, chosen.files, chosen.seed, chosen.workers, chosen.log, kept)
    counts = {outcome: total.outcomes[outcome] for outcome in OUTCOMES}
    print(f"{sum(counts.values())} files, {time.monotonic() - started:.0f} s of this run: {counts}")
    print(f"unforeseen: {sum(total.unforeseen.values())}")
    for message, count in total.unforeseen.most_common(30):
        print(f"{count:8}  {message}")
    return int(counts["broke"] > 0)


if __name__ == "__main__":
    sys.exit(main())
