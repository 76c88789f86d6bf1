"""From names to loaded models. The only place of the engine that imports torch, and only when called."""

import logging
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from indexer.errors import UserError
from indexer.model_messages import Model
from indexer.settings import NO_RERANKER, ModelOptions
from models import catalog
from models.errors import ModelsError

if TYPE_CHECKING:
    from models.qwen3_vl import Qwen3VLEmbedder, Qwen3VLReranker

log = logging.getLogger(__name__)
T = TypeVar("T")


class ModelLoader:
    """Loads what the options name. Every failure is a UserError that says what to do.

    Args:
        checkpoints: where models known by name lie.
    """

    def __init__(self, options: ModelOptions, checkpoints: Path) -> None:
        self._options = options
        self._checkpoints = checkpoints
        self._embedder: weakref.ref[Qwen3VLEmbedder] | None = None

    def check(self) -> None:
        """See that both folders are there and look whole, without loading the weights."""
        _plainly(self._check, self._options.embedder)

    def _check(self) -> None:
        from models import checkpoint

        checkpoint.inspect(catalog.resolve(self._options.embedder, "embedder", self._checkpoints))
        if self._options.reranker != NO_RERANKER:
            checkpoint.inspect(catalog.resolve(self._options.reranker, "reranker", self._checkpoints))

    def embedder(self) -> "Qwen3VLEmbedder":
        """2 s for torch, then the weights."""

        def load() -> "Qwen3VLEmbedder":
            folder = catalog.resolve(self._options.embedder, "embedder", self._checkpoints)
            from models.preparation import Budget
            from models.qwen3_vl import load_embedder

            return load_embedder(folder, self._options.device, Budget.of(folder, self._options.budget))

        embedder = _plainly(load, self._options.embedder)
        self._embedder = weakref.ref(embedder)
        return embedder

    def reranker(self) -> "Qwen3VLReranker | None":
        """None when the options say so. Shares with the embedder, if that is loaded, what both have alike."""
        if self._options.reranker == NO_RERANKER:
            return None

        def load() -> "Qwen3VLReranker":
            folder = catalog.resolve(self._options.reranker, "reranker", self._checkpoints)
            from models.preparation import Budget
            from models.qwen3_vl import load_reranker

            beside = self._embedder() if self._embedder is not None else None
            budget = Budget.of(folder, self._options.budget)
            return load_reranker(folder, self._options.device, budget, beside)

        return _plainly(load, self._options.reranker)


def known_models(options: ModelOptions, checkpoints: Path) -> tuple[Model, ...]:
    """The built-in models and those of the catalogue, and which of them are installed and used."""
    return tuple(_model(entry, options, checkpoints) for entry in (*catalog.BUILT_IN, *catalog.CATALOG))


def _model(entry: catalog.Checkpoint, options: ModelOptions, checkpoints: Path) -> Model:
    chosen = options.embedder if entry.role == "embedder" else options.reranker
    named = catalog.find(chosen)
    return Model(
        name=entry.name,
        role=entry.role,
        about=entry.about,
        licence=entry.licence,
        parameters=entry.parameters,
        download_bytes=entry.download_bytes,
        memory=entry.memory,
        installed=entry.name == catalog.TINY or catalog.folder_of(entry, checkpoints) is not None,
        used=(named.name if named is not None else chosen.lower()) == entry.name,
    )


def as_folders(options: ModelOptions, checkpoints: Path) -> ModelOptions:
    """Models known by name as their folders, for a data directory that holds no weights. Raises UserError."""

    def folder(name: str, role: catalog.Role) -> str:
        known = catalog.find(name)
        return str(catalog.resolve(name, role, checkpoints)) if known is not None else name

    try:
        embedder = folder(options.embedder, "embedder")
        return replace(options, embedder=embedder, reranker=folder(options.reranker, "reranker"))
    except ModelsError as error:
        raise UserError(str(error)) from None


@contextmanager
def sentences_as_typed(options: ModelOptions, name: str) -> Iterator[None]:
    """Let the store's sentences about an embedder give the command as the person has to type it."""
    try:
        yield
    except UserError as error:
        typed = f"models use {options.embedder}`"
        raise UserError(str(error).replace(f"models use {name}`", typed)) from None


def _plainly(load: Callable[[], T], name: str) -> T:
    try:
        return load()
    except ModelsError as error:
        raise UserError(str(error)) from None
    except ImportError as error:
        log.exception("a library for the models is missing")
        raise UserError(
            f"The libraries for the models are incomplete ({error}); install Sightline again."
        ) from None
    except Exception as error:
        log.exception("loading %s failed", name)
        raise UserError(
            f"The model {name} could not be loaded ({type(error).__name__}); choose another one with "
            "`sightline models use`, or see the log."
        ) from error
