"""One run of the demo, from nothing to the table and the window."""

import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

import numpy as np
from PIL import Image, ImageOps

from indexer.demo import table
from indexer.demo.library import Library, Sample, plan
from indexer.demo.questions import Question, place, questions, short
from indexer.demo.writing import can_write_heic, write
from indexer.engine import Engine, IndexReport
from indexer.errors import UserError
from indexer.inference.loading import as_folders, shown_name
from indexer.lock import EngineLock
from indexer.messages.problem_messages import Problem
from indexer.messages.result_messages import Hit, Results
from indexer.messages.search_messages import Search
from indexer.messages.work_messages import Status
from indexer.paths import Paths
from indexer.progress import Progress
from indexer.protocol import Event
from indexer.settings import ModelOptions
from models import catalog
from models.errors import CheckpointError
from models.tiny_pool import alter

PASS = 0.9
"""Share of the questions that must be answered right."""
PATIENCE_S = 120.0
"""For one answer, loading the models included."""
ABOUT_TINY = """\
The models are the two built-in tiny checkpoints: real Qwen3-VL embedder and reranker, a thousand times
smaller, trained on drawings like these. They show the machinery and know only this drawn world. They do not
understand real photos; for those choose real models: `sightline models list`."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of a question. `rank`: place of the first right answer, from 1; None if there is none."""

    question: Question
    hits: tuple[Hit, ...]
    rank: int | None
    took_ms: float

    @property
    def is_right(self) -> bool:
        return self.rank == 1 if self.question.right else not self.hits


def run(paths: Paths, options: ModelOptions, window: bool) -> int:
    """Make the library, index it, ask it, print how that went; then show it in the window.

    Args:
        window: open it, if there is a display.

    Returns:
        0, or 1 when fewer than `PASS` of the answers were right. Raises UserError.
    """
    home = paths.data / "demo"
    own, samples = Paths(home / "index"), home / "samples"
    options = as_folders(options, paths.checkpoints)
    names = shown_name(options.embedder), shown_name(options.reranker)
    print("Sightline demo, embedder {}, reranker {}.".format(*names))
    if catalog.TINY in (options.embedder, options.reranker):
        print(ABOUT_TINY)
    library = plan(heic=can_write_heic())
    _prepare(own, options)
    _draw(library, samples)
    passed = _index_and_ask(library, own, samples, options)
    if window:
        _show(own, options)
    return 0 if passed else 1


def _prepare(own: Paths, options: ModelOptions) -> None:
    """Start an empty index if the last one was made by other weights. Raises DataDirectoryBusy."""
    own.create()
    mark = own.data / "made-by.txt"
    maker = _weights(options, own)
    with EngineLock(own.lock):
        known = mark.read_text("utf-8") if mark.is_file() else ""
        if known != maker:
            for file in own.data.glob(f"{own.database.name}*"):
                file.unlink()
            shutil.rmtree(own.cache)
            own.create()
            mark.write_text(maker, "utf-8")


def _weights(options: ModelOptions, own: Paths) -> str:
    """Changes whenever another embedder, the same one trained anew, or with other options, is used."""
    try:
        folder = catalog.resolve(options.embedder, "embedder", own.checkpoints)
    except CheckpointError as error:
        raise UserError(str(error)) from None
    stats = ((file.name, file.stat()) for file in sorted(folder.iterdir()))
    lines = [
        f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in stats if name != "calibration.json"
    ]
    return "\n".join([str(folder), options.budget, options.weights, *lines])


def _draw(library: Library, samples: Path) -> None:
    started = time.monotonic()
    try:
        drawn = write(library, samples)
    except OSError as error:
        raise UserError(
            f"The sample library cannot be written to {samples} ({error.strerror}): free some space, or "
            "choose another --data-dir."
        ) from None
    what = f"drawn in {time.monotonic() - started:.0f} s" if drawn else "drawn by an earlier run"
    formats = sorted({Path(sample.path).suffix.lower().lstrip(".") for sample in library.samples})
    print(f"\nLibrary: {len(library.samples)} files ({', '.join(formats)}), {what}, in {samples}")


def _index_and_ask(library: Library, own: Paths, samples: Path, options: ModelOptions) -> bool:
    answers: SimpleQueue[Results] = SimpleQueue()
    progress = Progress()

    def emit(event: Event) -> None:
        if isinstance(event, Results):
            answers.put(event)
        elif isinstance(event, Status):
            progress.show(event)

    with Engine(own, options, emit, patient=False, read_words=False) as engine:
        engine.start(watch=False)
        report = engine.index([str(samples)])
        progress.close()
        problems = engine.problems()
        _say_indexed(report, engine.status(), problems, samples)
        asked = questions(library)
        outcomes = [
            _ask(engine, answers, number, question, samples, own.data / "queries")
            for number, question in enumerate(asked, 1)
        ]
    _print(outcomes)
    listed = {problem.path for problem in problems}
    useless = {str(samples / sample.path) for sample in library.samples if sample.kind is None}
    right = sum(outcome.is_right for outcome in outcomes)
    median = float(np.median([outcome.took_ms for outcome in outcomes]))
    print(f"\n{right} of {len(outcomes)} right ({right / len(outcomes):.0%}); median answer {median:.0f} ms.")
    if listed != useless:
        print("The list of problems is wrong: it should name just " + ", ".join(sorted(useless)))
    return right >= PASS * len(outcomes) and listed == useless


def _say_indexed(report: IndexReport, status: Status, problems: tuple[Problem, ...], samples: Path) -> None:
    rate = f", {report.indexed / report.seconds:.1f} files/s" if report.indexed and report.seconds else ""
    print(
        f"Index: {report.indexed} indexed, {report.unchanged} unchanged (known already, or a copy) in "
        f"{report.seconds:.1f} s{rate}; {status.segments} segments, {status.index_bytes / 1e6:.1f} MB"
    )
    for problem in problems:
        print(f"  {problem.outcome}: {Path(problem.path).relative_to(samples)}: {problem.reason}")


def _ask(
    engine: Engine,
    answers: "SimpleQueue[Results]",
    number: int,
    question: Question,
    samples: Path,
    queries: Path,
) -> _Outcome:
    images = (
        (str(_query_image(question.image, question.altered, number, samples, queries)),)
        if question.image
        else ()
    )
    engine.search(Search(number, question.text, images, question.kinds, limit=50))
    results = _last(answers, number)
    if results.note and not results.hits:
        raise UserError(results.note)
    paths = [Path(hit.path).relative_to(samples).as_posix() for hit in results.hits]
    ranks = [
        rank
        for rank, (path, hit) in enumerate(zip(paths, results.hits, strict=True), 1)
        if any(answer.is_met(path, hit) for answer in question.right)
    ]
    return _Outcome(question, results.hits, ranks[0] if ranks else None, results.took_ms.total)


def _query_image(sample: Sample, altered: bool, number: int, samples: Path, queries: Path) -> Path:
    """The sample itself, or a copy of it as somebody would crop, resize and edit it, outside the library."""
    original = samples / sample.path
    if not altered:
        return original
    queries.mkdir(exist_ok=True)
    file = queries / f"query {number}.jpg"
    with Image.open(original) as image:
        pixels = np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
    Image.fromarray(alter(random.Random(sample.seed), pixels)).save(file, quality=88)
    return file


def _last(answers: "SimpleQueue[Results]", number: int) -> Results:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            results = answers.get(timeout=max(0.1, deadline - time.monotonic()))
        except Empty:
            raise UserError(
                "The demo waited too long for an answer: see the logs folder, or try again."
            ) from None
        if results.search_id == number and results.final:
            return results


def _print(outcomes: list[_Outcome]) -> None:
    print()
    print(table.line(table.HEADINGS))
    print(table.rule())
    for outcome in outcomes:
        question = outcome.question
        query = question.text
        if question.image is not None:
            what = f"[{'part of ' * question.altered}{question.image.name}]"
            query = f"{what} {query}".strip()
        right = [short(answer.path) + place(answer.part) for answer in question.right]
        expected = (
            right[0] + (f" (or {len(right) - 1} more)" if len(right) > 1 else "") if right else "nothing"
        )
        rank = "" if not question.right else str(outcome.rank) if outcome.rank else "none"
        verdict = "ok" if outcome.is_right else "MISS"
        print(table.line((question.about, query, expected, _first(outcome.hits), rank, verdict)))


def _first(hits: tuple[Hit, ...]) -> str:
    if not hits:
        return "nothing"
    segment = hits[0].segment
    where = f", page {segment.page}" if segment.page is not None else ""
    if segment.start_s is not None and segment.end_s is not None:
        where = f", {segment.start_s:g}-{segment.end_s:g} s"
    return Path(hits[0].path).name + where


def _show(own: Paths, options: ModelOptions) -> None:
    if not _has_display():
        print("There is no display here, so no window is opened.")
        return
    print("Opening the window on the sample library; close it to end the demo.", flush=True)
    line = [sys.executable, "-P", "-m", "desktop_app", "--data-dir", str(own.data)]
    line += ["--embedder", options.embedder, "--reranker", options.reranker, "--device", options.device]
    line += ["--budget", options.budget, "--weights", options.weights]
    if subprocess.call(line) != 0:
        print("The window could not be opened or ended unexpectedly; everything above was done without it.")


def _has_display() -> bool:
    if os.environ.get("QT_QPA_PLATFORM", "") in ("offscreen", "minimal", "minimalegl"):
        return False
    return not sys.platform.startswith("linux") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
