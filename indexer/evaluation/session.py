"""Indexes a dataset with the models at hand, and asks it everything."""

import hashlib
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer.engine import Engine
from indexer.errors import MediaError, UserError
from indexer.evaluation.dataset import Dataset, LabelledQuery, read
from indexer.evaluation.rankings import Scales, Vectors, rank
from indexer.evaluation.report import report
from indexer.inference.loading import ModelLoader, as_folders
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.thumbnails import PreviewCache
from indexer.kinds import Kind
from indexer.paths import Paths
from indexer.protocol import Event
from indexer.search.composing import Embedder
from indexer.search.pipeline import Searcher
from indexer.search.query import parse
from indexer.search.relevance import NAME, embedder_calibration, reranker_calibration
from indexer.search.rerank import Reranker
from indexer.search.shares import Shares
from indexer.settings import ModelOptions
from indexer.store.store import Store
from models.inputs import Pixels


def evaluate(
    paths: Paths,
    options: ModelOptions,
    folder: Path,
    *,
    rerank_files: int,
    write: bool = False,
    emit: Callable[[Event], None] = lambda event: None,
    asked: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:
    """The report of a dataset. Raises UserError.

    Args:
        write: let shares that order better than those in use count from now on (shares.py).
        emit: gets the engine's `Status` while it indexes. asked: gets (queries done, all of them).
    """
    dataset = _askable(read(folder))
    # all of the vectors is kept, which are cut here in every way
    options = replace(as_folders(options, paths.checkpoints), vectors="whole")
    home = paths.data / "evaluate" / _mark(folder, options)
    own = Paths(home / "index").create()
    files = _as_files(dataset, home / "texts")
    _index(own, options, files.values(), emit)
    loader = ModelLoader(options, paths.checkpoints)
    with Store.open(own.database, readonly=True) as store:
        embedder = loader.embedder()
        reranker = loader.reranker(embedder)
        space = store.find_space(embedder.name, embedder.dimension, embedder.preparation)
        if space is None:
            raise UserError(
                f"No document of {folder} could be indexed: see `sightline problems --data-dir {own.data}`."
            )
        documents = {str(file): id for id, file in files.items()}
        vectors, kinds = _vectors(store, space, documents)
        searcher = Searcher(
            store,
            PreviewCache(own.cache),
            embedder,
            reranker,
            rerank_files=rerank_files,
            deadline_s=math.inf,
            calibration=paths.calibration,
        )
        shares = Shares.read(paths.calibration)
        scales = _scales(shares, embedder, reranker)
        outcomes = []
        with DecoderPool() as pool:
            for query in dataset.queries:
                pictures = _pictures(pool, query)
                outcomes.append(rank(query, pictures, searcher, embedder, vectors, scales, documents, kinds))
                asked(len(outcomes), len(dataset.queries))
    found = report(outcomes)
    if write and found["better"]:
        _better_shares(shares, found["better"], embedder, reranker).write(paths.calibration)
        found["written"] = str(paths.calibration)
    return found


def _askable(dataset: Dataset) -> Dataset:
    """Raises UserError when a query asks nothing."""
    for query in dataset.queries:
        if not query.images and not parse(query.text).text:
            raise UserError(f"Query {query.id} has no words and no picture: give it some, or take it out.")
    return dataset


def _index(own: Paths, options: ModelOptions, files: Iterable[Path], emit: Callable[[Event], None]) -> None:
    roots = sorted({str(file.parent) for file in files})
    with Engine(own, options, emit, patient=False, reranker=False) as engine:
        engine.start(watch=False, load=False)
        engine.index(_outermost(roots))


def _scales(shares: Shares, embedder: Embedder, reranker: Reranker | None) -> Scales:
    """How the models are read, and how much they count now."""
    return Scales(
        embedder_calibration(embedder.folder),
        reranker_calibration(reranker.folder) if reranker else None,
        shares.of_words(embedder.folder),
        shares.of_reranker(embedder.folder, reranker.folder) if reranker else {},
    )


def _better_shares(
    shares: Shares, better: Sequence[Mapping[str, Any]], embedder: Embedder, reranker: Reranker | None
) -> Shares:
    """With those that were found to be better."""
    words, judged = (
        {one["kind"]: one["share"] for one in better if one["of"] == of} for of in ("words", "reranker")
    )
    return shares.changed(embedder.folder, reranker.folder if reranker else None, words, judged)


def _as_files(dataset: Dataset, texts: Path) -> dict[str, Path]:
    """Every document as a file, by id: texts are written out once, and those of an earlier set go."""
    files = {}
    texts.mkdir(exist_ok=True)
    for number, (id, document) in enumerate(dataset.documents.items()):
        if isinstance(document, Path):
            files[id] = document.absolute()
            continue
        files[id] = (texts / f"{number}.txt").absolute()
        text = document.encode("utf-8", "replace")  # JSON can hold what is no Unicode
        if not files[id].is_file() or files[id].read_bytes() != text:
            files[id].write_bytes(text)
    for other in set(texts.absolute().iterdir()) - set(files.values()):
        other.unlink()
    return files


def _outermost(folders: list[str]) -> list[str]:
    """Without those that lie in another one."""
    kept: list[str] = []
    for folder in folders:
        if not any(Path(folder).is_relative_to(outer) for outer in kept):
            kept.append(folder)
    return kept


def _vectors(store: Store, space: int, documents: dict[str, str]) -> tuple[Vectors, dict[str, Kind]]:
    """Everything that was embedded, and the kind of each document."""
    ids, found = store.lookup.vectors(space)
    segments = store.lookup.segments_by_id(ids.tolist())
    owners = store.lookup.files_by_content(list({segment.content_id for segment in segments.values()}))
    named = {
        content: [documents[file.path] for file in files if file.path in documents]
        for content, files in owners.items()
    }
    kinds = {
        documents[file.path]: file.kind
        for files in owners.values()
        for file in files
        if file.path in documents
    }
    ordered = [segments[id] for id in ids.tolist()]
    return Vectors(ordered, [named.get(one.content_id, []) for one in ordered], found), kinds


def _pictures(pool: DecoderPool, query: LabelledQuery) -> list[Pixels]:
    try:
        return [pool.picture(image.absolute()) for image in query.images]
    except MediaError as error:
        raise UserError(f"Query {query.id}: {error}") from None


def _mark(folder: Path, options: ModelOptions) -> str:
    """Another one for other weights, however they are held, and another budget: an index never mixes them."""
    weights = sorted(Path(options.embedder).glob("*")) if Path(options.embedder).is_dir() else []
    stats = [(file.name, file.stat()) for file in weights if file.name != NAME]
    parts = [f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in stats]
    made_with = [options.budget, options.weights]
    return hashlib.blake2b("\n".join([str(folder), *made_with, *parts]).encode(), digest_size=8).hexdigest()
