"""Real files, spoiled at random, through the decoder processes: `python -m tests.stress.fuzz_decoders`.

    --files 10000     of each kind
    --only docx       kinds whose name holds this
    --seed 1          the same seed spoils the same way

What must never happen is that anything but `MediaError` comes out of the pool. A decoder that dies is
counted (`died`): that costs its file, and the next gets a new process. `unforeseen` are exceptions no decoder
turned into a sentence of its own. Files after which a decoder died are kept in the folder that is printed.
"""

import argparse
import collections
import io
import logging
import random
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "indexer" / "ingest"))

from corpus import films, papers, pictures
from corpus.sample import Sample

from indexer.errors import MediaError, Skipped
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.supervision import DecoderDied

SEEDS = (
    "plain.jpg", "progressive.jpeg", "cmyk with profile.jpg", "rgb.png", "palette.png", "moving.png",
    "lossless.webp", "moving.gif", "windows.bmp", "lzw.tiff", "scan of three pages.tif", "phone.heic",
    "modern.avif", "next.jxl", "archive.jp2", "window.ico", "layers.psd", "texture.dds", "plan.svg",
    "raw with preview.dng", "raw alone.dng", "h264.mp4", "h264.mkv", "h264.mts", "h264.avi", "hevc.mp4",
    "vp9.webm", "av1.mp4", "mpeg-2.mpg", "windows.wmv", "prores.mov", "letter.pdf", "scanned.pdf",
    "Brief.docx", "Vortrag.pptx", "Haushalt.xlsx", "Bericht.odt", "Kasse.ods", "Roman.epub", "Notiz.rtf",
    "Rezept.html", "Anhang.eml", "Archiv.mbox", "western.txt",
)  # fmt: skip


class _Unforeseen(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.last: collections.Counter[str] = collections.Counter()

    def emit(self, record: logging.LogRecord) -> None:
        self.last[record.getMessage().strip().rsplit("\n", 1)[-1][:100]] += 1


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


def fuzz(sample: Sample, files: int, seed: int, pool: DecoderPool, kept: Path) -> collections.Counter[str]:
    """Counts of how spoiled copies of one file ended."""
    dice = random.Random(f"{seed} {sample.name}")
    counts: collections.Counter[str] = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / sample.name
        sample.make(path)
        original = path.read_bytes()
        spoil: Callable[[bytes, random.Random], bytes] = (
            spoiled_inside if original.startswith(b"PK") else spoiled
        )
        for number in range(files):
            path.write_bytes(spoil(original, dice))
            try:
                for _ in pool.decode(path):
                    pass
                counts["read"] += 1
            except DecoderDied as error:
                counts["died"] += 1
                (kept / f"{number} {sample.name}").write_bytes(path.read_bytes())
                print(f"  {sample.name} {number}: {error}", flush=True)
            except Skipped:
                counts["skipped"] += 1
            except MediaError:
                counts["refused"] += 1
    return counts


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--files", type=int, default=1000)
    arguments.add_argument("--only", default="")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--workers", type=int, default=1)
    chosen = arguments.parse_args()
    unforeseen = _Unforeseen()
    logging.getLogger("indexer").addHandler(unforeseen)
    logging.getLogger("indexer").propagate = False
    kept = Path(tempfile.mkdtemp(prefix="sightline-fuzz-"))
    samples = {sample.name: sample for sample in (*pictures.SAMPLES, *films.SAMPLES, *papers.SAMPLES)}
    chosen_names = [name for name in SEEDS if chosen.only in name]
    started = time.monotonic()
    total: collections.Counter[str] = collections.Counter()
    with DecoderPool(chosen.workers, timeout_s=20) as pool, ThreadPoolExecutor(chosen.workers) as threads:
        runs = [
            (name, threads.submit(fuzz, samples[name], chosen.files, chosen.seed, pool, kept))
            for name in chosen_names
        ]
        print(f"{'':26}{'read':>8}{'refused':>8}{'skipped':>8}{'died':>8}")
        for name, run in runs:
            counts = run.result()
            total += counts
            row = "".join(f"{counts[outcome]:8}" for outcome in ("read", "refused", "skipped", "died"))
            print(f"{name:26}{row}", flush=True)
    print(f"{sum(total.values())} files in {time.monotonic() - started:.0f} s: {dict(total)}")
    print(f"unforeseen: {sum(unforeseen.last.values())}")
    for message, count in unforeseen.last.most_common(30):
        print(f"{count:8}  {message}")
    print(f"files after which a decoder died: {kept}")


if __name__ == "__main__":
    main()
