"""The commands about models: which there are, which to use, and running one on a JSON file."""

import argparse
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from indexer.commands import Session, _print_json, _wants_json, data_paths, session
from indexer.errors import UserError
from indexer.paths import absolute
from indexer.settings import NO_RERANKER
from models import catalog
from models.errors import CheckpointError, ModelsError

if TYPE_CHECKING:
    from indexer.loading import ModelLoader
    from indexer.store.store import Store

T = TypeVar("T")


def models_list(arguments: argparse.Namespace) -> int:
    """Print what can be chosen, what is installed and what is in use."""
    here = session(arguments)
    rows = [_row(entry, here) for entry in (*_BUILT_IN, *catalog.CATALOG)]
    if _wants_json(arguments):
        _print_json(rows)
        return 0
    for row in rows:
        marks = [name for name in ("installed", "used") if row[name]]
        size = f"{row['parameters'] / 1e9:.1f} billion parameters, " if row["parameters"] >= 1e8 else ""
        print(
            f"{row['name']:24}{row['role']:10}{size}{row['licence']}{''.join(f', {mark}' for mark in marks)}"
        )
        print(f"{'':24}{row['about']}")
    print(f"\nIn use: {here.options.embedder} and {here.options.reranker}, on device {here.options.device}.")
    return 0


def models_use(arguments: argparse.Namespace) -> int:
    """Choose models for this data directory from now on; embed everything again if that is needed."""
    here = session(arguments)
    name = arguments.name or getattr(arguments, "embedder", None)
    if name is None and not any(hasattr(arguments, given) for given in ("reranker", "device", "budget")):
        raise UserError(
            "Say which model to use, for example `sightline models use tiny`; `models list` shows all."
        )
    chosen = replace(
        here.options,
        embedder=_lasting(name or here.settings.embedder),
        reranker=_lasting(here.options.reranker),
    )
    from indexer.loading import ModelLoader
    from indexer.lock import EngineLock
    from indexer.store.store import Store

    loader = ModelLoader(chosen, here.paths.checkpoints)
    with EngineLock(here.paths.lock), Store.open(here.paths.database) as store:
        loader.check()
        other = bool(store.embedder()) and _is_other(store, loader)
        here.settings.with_models(chosen).save(here.paths.settings)
        waiting = _embed_again(store, here) if other else 0
    print(f"Using {chosen.embedder} and {chosen.reranker} on device {chosen.device}.")
    if waiting:
        print(f"{waiting} files of another model wait to be embedded again: `sightline index` does it.")
    return 0


def embed(arguments: argparse.Namespace) -> int:
    """Embed the inputs of a JSON file into an .npz file."""

    def run(folder: Path, device: str) -> None:
        import numpy as np

        from models.commands import embed_file
        from models.qwen3_vl import load_embedder

        vectors = embed_file(load_embedder(folder, device), arguments.input, arguments.official)
        try:
            with arguments.output.open("wb") as file:
                np.savez(file, embeddings=vectors)
        except OSError as error:
            raise UserError(f"Cannot write {arguments.output}: {error.strerror}.") from None

    return _with_model(arguments, "embedder", run)


def rerank(arguments: argparse.Namespace) -> int:
    """Print the scores of a JSON file's documents."""

    def run(folder: Path, device: str) -> None:
        from models.commands import rerank_file
        from models.qwen3_vl import load_reranker

        scores = rerank_file(load_reranker(folder, device), arguments.input, arguments.official)
        _print_json({"scores": [float(score) for score in scores]})

    return _with_model(arguments, "reranker", run)


def _with_model(arguments: argparse.Namespace, role: catalog.Role, run: Callable[[Path, str], None]) -> int:
    try:
        folder = catalog.resolve(arguments.model, role, data_paths(arguments).checkpoints)
        run(folder, getattr(arguments, "device", "auto"))
    except ModelsError as error:
        raise UserError(str(error)) from None
    return 0


def _is_other(store: "Store", loader: "ModelLoader") -> bool:
    """Whether the vectors in the index are not this embedder's."""
    embedder = loader.embedder()
    try:
        store.find_space(embedder.name, embedder.dimension, embedder.preparation)
    except UserError:
        return True
    return False


def _embed_again(store: "Store", here: Session) -> int:
    """Forget all vectors. Returns how many files wait now."""
    from indexer.ingest.thumbnails import PreviewCache

    cache = PreviewCache(here.paths.cache)
    for digest in store.forget_vectors():
        cache.remove(digest)
    return store.counts().pending


def _lasting(name_or_folder: str) -> str:
    """A folder is kept as an absolute path: the next command may be typed elsewhere."""
    named = name_or_folder.lower() in (catalog.TINY, NO_RERANKER) or catalog.find(name_or_folder) is not None
    return name_or_folder if named else str(absolute(name_or_folder))


def _row(entry: catalog.Checkpoint, here: Session) -> dict[str, Any]:
    try:
        installed = bool(catalog.resolve(entry.name, entry.role, here.paths.checkpoints))
    except CheckpointError:
        installed = False
    used = here.options.embedder if entry.role == "embedder" else here.options.reranker
    known = catalog.find(used)
    in_use = used.lower() == entry.name or (known is not None and known.name == entry.name)
    return {**asdict(entry), "installed": installed, "used": in_use}


_BUILT_IN = tuple(
    catalog.Checkpoint(
        name=catalog.TINY,
        repository="",
        revision="",
        role=role,
        dimension=0,
        parameters=0,
        memory=0,
        licence="Apache-2.0",
        about="Built in, for trying Sightline out: understands drawn scenes, not real photos.",
    )
    for role in ("embedder", "reranker")
)
