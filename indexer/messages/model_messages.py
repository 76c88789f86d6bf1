"""The part of `indexer.protocol` about models: which there are, and fetching them."""

from dataclasses import dataclass
from typing import Literal

from indexer.words import Sentence

DEMO_MODELS = "The built-in demo models understand drawn scenes, not real photos."
"""`Status.models` while they are used. Each face adds how it lets others be chosen."""


@dataclass(frozen=True, slots=True)
class GetModels:
    """Reply: `Models`."""


@dataclass(frozen=True, slots=True)
class GetMachine:
    """Reply: `Machine`, after some seconds when the models' libraries are not loaded yet."""


@dataclass(frozen=True, slots=True)
class DownloadModel:
    """Fetch a model of the catalogue. Reply: empty; then `Download` events. Error when one is under way."""

    name: str


@dataclass(frozen=True, slots=True)
class CancelDownload:
    """Stop the download under way; what has arrived is kept. Reply: empty."""


@dataclass(frozen=True, slots=True)
class UseModel:
    """Choose models for good; "" leaves one as it is, "none" is no reranker. Reply: `Status`.

    The vectors of another embedder are made beside those that there are, which answer until all are made.
    """

    embedder: str = ""
    reranker: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """A model that can be chosen.

    Attributes:
        role: "embedder" or "reranker".
        download_bytes: about how much is fetched; memory: bytes needed to run it in 16 bits.
        used: by this engine.
    """

    name: str
    role: Literal["embedder", "reranker"]
    about: Sentence
    licence: str
    parameters: int = 0
    download_bytes: int = 0
    memory: int = 0
    installed: bool = False
    used: bool = False


@dataclass(frozen=True, slots=True)
class Models:
    """All of them."""

    models: tuple[Model, ...]


@dataclass(frozen=True, slots=True)
class Machine:
    """What models can count on here, measured.

    Attributes:
        device: which one runs them, and why, in a sentence.
        memory: bytes for models, counted as if everything were in 16 bits. disk_free: bytes for weights.
        recommended: names of the embedder and the reranker that fit best; empty when none fits.
        problem: a sentence when something stands in the way.
    """

    device: Sentence
    memory: int = 0
    disk_free: int = 0
    recommended: tuple[str, ...] = ()
    problem: Sentence = ""


@dataclass(frozen=True, slots=True)
class Download:
    """Event. How far a download is, at most four times a second, and how it ended.

    Attributes:
        state: "waiting" is for another program that fetches the same model, "retrying" for a source that
            sends nothing more just now.
        rate: bytes per second over the last seconds; 0 when unknown.
        problem: a sentence when it failed.
    """

    name: str
    state: Literal["waiting", "fetching", "retrying", "checking", "done", "cancelled", "failed"]
    done_bytes: int = 0
    total_bytes: int = 0
    rate: float = 0.0
    problem: Sentence = ""
