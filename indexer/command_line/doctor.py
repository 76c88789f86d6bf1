"""`sightline doctor`: what this installation is made of, and what stands in its way.

Every line is one thing looked at; a line with a problem says in one sentence what to do. Nothing is changed
and no connection is opened.
"""

import importlib.metadata
import importlib.util
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

import indexer
from indexer import offline
from indexer.errors import UserError
from indexer.ingest.documents import libreoffice
from indexer.ingest.pictures.ocr import LIBRARY, NO_READER
from indexer.lock import holder, is_held
from indexer.paths import Paths
from indexer.search.shares import Shares
from indexer.settings import HELD, NO_RERANKER, ModelOptions, Weights
from indexer.upkeep import disk_use
from models import catalog
from models.errors import ModelsError

if TYPE_CHECKING:
    from models.device import Device

LIBRARIES = (
    "torch",
    "transformers",
    "tokenizers",
    "safetensors",
    "apsw",
    "sqlite-vec",
    "av",
    "PySide6-Essentials",
)
LEAST_DISK = 1 << 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Attributes:
        about: "program", "libraries", "words", "office", "data", "index", "shares", "network", "device",
            "memory", "embedder", "reranker".
        state: for people.
        problem: a sentence that says what to do; "" when all is well.
    """

    about: str
    state: str
    problem: str = ""


def examine(paths: Paths, options: ModelOptions) -> Iterator[Finding]:
    """Look at everything, quick things first."""
    yield Finding(
        "program",
        f"Sightline {indexer.__version__}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.release()} on {platform.machine()}",
    )
    yield Finding("libraries", ", ".join(f"{name} {_version(name)}" for name in LIBRARIES))
    yield _words()
    yield _office()
    yield _data(paths)
    yield _index(paths)
    if paths.calibration.exists():
        yield _shares(paths)
    refused = offline.wanted()
    yield Finding("network", "refused (--offline)" if refused else "only for `sightline models download`")
    yield from _device(paths, options)


def _words() -> Finding:
    if importlib.util.find_spec(LIBRARY) is None:
        return Finding("words", "those in pictures are not read", NO_READER)
    return Finding("words", f"{LIBRARY} reads those in pictures")


def _office() -> Finding:
    program = libreoffice.find()
    if program is None:
        return Finding(
            "office",
            "no LibreOffice: of Office documents only the text is read; with it their pages are, too",
        )
    return Finding("office", f"{program} draws the pages of Office documents")


def _data(paths: Paths) -> Finding:
    free = shutil.disk_usage(paths.data).free
    running = f", in use by process {holder(paths.lock) or 'unknown'}" if is_held(paths.lock) else ""
    taken = sum(part.bytes for part in disk_use(paths))
    state = f"{paths.data}, {_amount(taken)}, {_amount(free)} free on its disk{running}"
    problem = "Make room on the disk of the data directory, or choose another --data-dir."
    return Finding("data", state, problem if free < LEAST_DISK else "")


def _index(paths: Paths) -> Finding:
    from indexer.store.store import Store

    if not paths.database.exists():
        return Finding("index", "none yet; `sightline index FOLDER` makes it")
    try:
        with Store.open(paths.database, readonly=True) as store:
            counts, made_by = store.counts(), store.embedder()
    except UserError as error:
        return Finding("index", "cannot be read", str(error))
    return Finding(
        "index",
        f"{counts.files} files, {counts.vectors} vectors by {made_by or 'no model yet'}, "
        f"{counts.pending} waiting, {counts.failed} failed",
    )


def _shares(paths: Paths) -> Finding:
    try:
        shares = Shares.read(paths.calibration)
    except UserError as error:
        return Finding("shares", "cannot be read", str(error))
    models = ", ".join(dict.fromkeys([*shares.words, *shares.reranker])) or "no model"
    return Finding("shares", f"of words and reranker measured here for {models}: {paths.calibration}")


def _device(paths: Paths, options: ModelOptions) -> Iterator[Finding]:
    """Imports torch: two seconds."""
    memory = psutil.virtual_memory()
    ram = f"{_amount(memory.available)} of {_amount(memory.total)} free"
    try:
        from models import device

        chosen = device.choose(options.device)
        free, total = device.memory(chosen)
    except ModelsError as error:
        yield Finding("device", f"{options.device} cannot be used", str(error))
        yield Finding("memory", ram)
        return
    except (ImportError, OSError) as error:
        problem = f"The libraries for the models are incomplete ({error}); install Sightline again."
        yield Finding("device", "unknown", problem)
        yield Finding("memory", ram)
        return
    yield Finding("device", chosen.why)
    card = f"; of the graphics card {_amount(free)} of {_amount(total)} free"
    yield Finding("memory", ram + card if chosen.name == "cuda" else ram)
    yield _model("embedder", options.embedder, paths.checkpoints, chosen, total, options.weights)
    if options.reranker == NO_RERANKER:
        yield Finding("reranker", "none, as chosen")
    else:
        yield _model("reranker", options.reranker, paths.checkpoints, chosen, total, options.weights)


def _model(
    role: catalog.Role, name: str, checkpoints: Path, device: "Device", room: int, weights: Weights
) -> Finding:
    """`room`: bytes of memory in all."""
    try:
        from models.holding import needed_bytes

        folder = catalog.resolve(name, role, checkpoints)
        needed = needed_bytes(folder, device, weights)
    except ModelsError as error:
        return Finding(role, f"{name} cannot be used", str(error))
    if needed > room:
        smaller = {"full": "--weights int8 or int4, or ", "int8": "--weights int4, or ", "int4": ""}[weights]
        return Finding(
            role,
            f"{name} in {folder}",
            f"{catalog.name_of(folder)} needs {_amount(needed)} here, more than there is; choose "
            f"{smaller}a smaller model with `sightline models use`.",
        )
    demo = catalog.name_of(folder) == catalog.TINY
    return Finding(
        role,
        f"{name} in {folder}, whole; {_amount(needed)} while it works, weights {HELD[weights]}"
        + "; for drawn scenes, not for real photos" * demo,
    )


def _version(distribution: str) -> str:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return "missing"


def _amount(count: float) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e8 else f"{count / 1e6:.0f} MB"
