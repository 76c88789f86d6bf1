"""From names to loaded models. The only place of the engine that imports torch, and only when called."""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from indexer.errors import OtherEmbedder, UserError
from indexer.messages.model_messages import DEMO_MODELS, Model
from indexer.settings import NO_RERANKER, ModelOptions, Settings
from indexer.store.switch import MadeWith
from models import catalog
from models.errors import ModelsError

if TYPE_CHECKING:
    from indexer.store.store import Store
    from models.holding import Holder
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

    def restore(self, model: "Holder", beside: "Holder | None") -> None:
        """Hold the weights of a released model again."""
        _plainly(lambda: model.restore(beside), model.name)

    def fits(self, model: "Holder") -> bool:
        """Whether there is room for a released model beside what is held now."""
        from models.holding import fits

        return _plainly(lambda: fits(model.folder, model.device, model.weights), model.name)

    def reranker_fits(self, beside: "Qwen3VLEmbedder") -> bool:
        """The same for a reranker that was not loaded yet."""

        def measure() -> bool:
            from models.holding import fits

            folder = catalog.resolve(self._options.reranker, "reranker", self._checkpoints)
            return fits(folder, beside.device, self._options.weights)

        try:
            return _plainly(measure, self._options.reranker)
        except UserError:
            return True  # what is wrong with it is said when it is loaded

    def check(self) -> None:
        """See that both folders are there and look whole, without loading the weights."""
        _plainly(self._check, self._options.embedder)

    def _check(self) -> None:
        from models import checkpoint

        checkpoint.inspect(catalog.resolve(self._options.embedder, "embedder", self._checkpoints))
        if self._options.reranker != NO_RERANKER:
            checkpoint.inspect(catalog.resolve(self._options.reranker, "reranker", self._checkpoints))

    def embedder_fits(self, beside: "Qwen3VLEmbedder") -> bool:
        """Whether there is room for the embedder beside what is held now; the same weights need it once."""

        def measure() -> bool:
            from models.holding import fits

            weights = self._options.weights
            folder = catalog.resolve(self._options.embedder, "embedder", self._checkpoints)
            same = (beside.folder, beside.weights) == (folder, weights) and beside.is_held
            return same or fits(folder, beside.device, weights)

        return _plainly(measure, self._options.embedder)

    def embedder(self, beside: "Qwen3VLEmbedder | None" = None) -> "Qwen3VLEmbedder":
        """2 s for torch, then the weights.

        Args:
            beside: another one that is held; what both have alike is held once.
        """

        def load() -> "Qwen3VLEmbedder":
            folder = catalog.resolve(self._options.embedder, "embedder", self._checkpoints)
            from models.preparation import Budget
            from models.qwen3_vl import load_embedder

            options = self._options
            budget, quick = Budget.of(folder, options.budget), Budget.quick(folder, options.budget)
            return load_embedder(folder, options.device, budget, beside, quick, options.weights)

        return _plainly(load, self._options.embedder)

    def reranker(self, beside: "Qwen3VLEmbedder | None") -> "Qwen3VLReranker | None":
        """None when the options say so.

        Args:
            beside: the embedder that answers. What both have alike is held once; without room for both, its
                weights are let go.
        """
        if self._options.reranker == NO_RERANKER:
            return None

        def load() -> "Qwen3VLReranker":
            folder = catalog.resolve(self._options.reranker, "reranker", self._checkpoints)
            from models.holding import fits
            from models.preparation import Budget
            from models.qwen3_vl import load_reranker

            weights = self._options.weights
            if beside is not None and beside.is_held and not fits(folder, beside.device, weights):
                beside.release()  # they take turns
            budget = Budget.of(folder, self._options.budget)
            return load_reranker(folder, self._options.device, budget, beside, weights)

        return _plainly(load, self._options.reranker)


class EngineModels:
    """Loads the models for an engine, and lets the store know whose vectors come from now on.

    Args:
        reranker: whether one is wanted at all.
    """

    def __init__(self, options: ModelOptions, checkpoints: Path, store: "Store", reranker: bool) -> None:
        self.wants_reranker = reranker and options.reranker != NO_RERANKER
        self._answering = answering(store, options)
        self._loader = ModelLoader(self._answering, checkpoints)
        self._options = options
        self._store = store
        self.restore, self.fits = self._loader.restore, self._loader.fits
        self.reranker_fits = self._loader.reranker_fits

    def embedder(self) -> "Qwen3VLEmbedder":
        """As `ModelLoader.embedder`. Raises OtherEmbedder when the index holds vectors of another one."""
        embedder = self._loader.embedder()
        try:
            with sentences_as_typed(self._options, embedder.name):
                form = MadeWith.of(self._answering).form(embedder.dimension)
                self._store.space(embedder.name, embedder.dimension, embedder.preparation, form)
            self._store.switch.note(MadeWith.of(self._answering))
        except OtherEmbedder:
            raise
        except UserError as error:
            log.warning("%s Indexing tries again.", error)  # a lock or a full disk is nothing for good
        return embedder

    def reranker(self, beside: "Qwen3VLEmbedder | None") -> "Qwen3VLReranker | None":
        """As `ModelLoader.reranker`."""
        return self._loader.reranker(beside) if self.wants_reranker else None


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


def answering(store: "Store", options: ModelOptions, settings: Settings | None = None) -> ModelOptions:
    """The options with the embedder whose vectors answer now: another one while a change is under way.

    Args:
        settings: if given, also where a change will begin as soon as an engine runs.
    """
    former = store.switch.former() or (outdated(store, options, settings) if settings else None)
    return replace(options, **asdict(former)) if former else options


def outdated(store: "Store", options: ModelOptions, settings: Settings) -> MadeWith | None:
    """What the vectors were made with, if the settings ask for others now.

    None where a command names other options than the settings: what is meant for once must not begin days of
    work.
    """
    made, wanted = store.switch.made_with(), MadeWith.of(options)
    return made if wanted == MadeWith.of(settings.models()) and made != wanted else None


def rebuilding(former: MadeWith, options: ModelOptions) -> str:
    """What is going on while the vectors of another embedder are made."""
    old, new = shown_name(former.embedder), shown_name(options.embedder)
    if old == new:
        return "Everything is looked at again, as the settings ask now; searches go on as before until then."
    return f"Everything is looked at again by {new}; until that is done, {old} answers."


def shown_name(name_or_folder: str) -> str:
    """What a model is called in a status: its name, or the name of its folder; "" for none."""
    if name_or_folder == NO_RERANKER:
        return ""
    return Path(name_or_folder).name if os.sep in name_or_folder else name_or_folder


def advice(options: ModelOptions) -> str:
    """What a person should know about working models; "" if nothing."""
    return DEMO_MODELS if catalog.TINY in (options.embedder, options.reranker) else ""


@contextmanager
def sentences_as_typed(options: ModelOptions, name: str) -> Iterator[None]:
    """Let the store's sentences about an embedder give the command as the person has to type it."""
    try:
        yield
    except UserError as error:
        typed = f"models use {options.embedder}`"
        raise type(error)(str(error).replace(f"models use {name}`", typed)) from None


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
