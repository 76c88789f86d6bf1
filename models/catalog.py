"""The checkpoints Sightline knows by name, and where a name or a folder leads."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

import resources
from models.errors import CheckpointError

Role: TypeAlias = Literal["embedder", "reranker"]
TINY = "tiny"
_GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One model that can be used by name.

    Attributes:
        name: what a person types; also the folder below the data directory's `checkpoints`.
        repository, revision: where it is published; "" for the built-in ones. An empty revision means
            the newest.
        dimension: length of an embedding; 0 for a reranker.
        parameters: without the output layer, which is not used.
        memory: bytes needed to run it in 16 bits, working space included.
        about: one plain sentence.
        hashes: SHA-256 of files whose content is known beforehand, by name.
    """

    name: str
    repository: str
    revision: str
    role: Role
    dimension: int
    parameters: int
    memory: int
    licence: str
    about: str
    hashes: Mapping[str, str] = field(default_factory=dict)

    @property
    def download_bytes(self) -> int:
        """About how much is fetched: the weights in 16 bits."""
        return 2 * self.parameters


CATALOG: tuple[Checkpoint, ...] = (
    Checkpoint(
        name="qwen3-vl-embedding-2b",
        repository="Qwen/Qwen3-VL-Embedding-2B",
        revision="9f2f7e710d6d81056aa5c0a4f04764fec6bb7bda",
        role="embedder",
        dimension=2048,
        parameters=2_127_532_032,
        memory=6 * _GIB,
        licence="Apache-2.0",
        about="Understands photos, screenshots, pages, clips and text; fits most graphics cards with 8 GB.",
        hashes={
            "tokenizer.json": "def76fb086971c7867b829c23a26261e38d9d74e02139253b38aeb9df8b4b50a",
            "chat_template.jinja": "a47e6afb389f86f45be7810f17d2686fd42b2bec7ba6e6958abf85845af258c5",
        },
    ),
    Checkpoint(
        name="qwen3-vl-embedding-8b",
        repository="Qwen/Qwen3-VL-Embedding-8B",
        revision="2c4565515e0f265c6511776e7193b22c0968ddc7",
        role="embedder",
        dimension=4096,
        parameters=8_144_793_840,
        memory=20 * _GIB,
        licence="Apache-2.0",
        about="The most accurate embedder; about four times slower and for cards with 24 GB.",
    ),
    Checkpoint(
        name="qwen3-vl-reranker-2b",
        repository="Qwen/Qwen3-VL-Reranker-2B",
        revision="4bd860ac4f15ad1897a214615cccc700f8f71818",
        role="reranker",
        dimension=0,
        parameters=2_127_532_032,
        memory=6 * _GIB,
        licence="Apache-2.0",
        about="Looks at the best results again, side by side with the query, and puts them in better order.",
    ),
    Checkpoint(
        name="qwen3-vl-reranker-8b",
        repository="Qwen/Qwen3-VL-Reranker-8B",
        revision="",
        role="reranker",
        dimension=0,
        parameters=8_144_793_840,
        memory=20 * _GIB,
        licence="Apache-2.0",
        about="The most accurate reranker; about four times slower and for cards with 24 GB.",
    ),
)


_ABOUT_BUILT_IN: dict[Role, str] = {
    "embedder": "Built in, for trying Sightline out: understands drawn scenes, not real photos.",
    "reranker": "Built in as well: looks at the best drawn scenes again, not at real photos.",
}
BUILT_IN: tuple[Checkpoint, ...] = tuple(
    Checkpoint(
        name=TINY,
        repository="",
        revision="",
        role=role,
        dimension=0,
        parameters=0,
        memory=0,
        licence="Apache-2.0",
        about=about,
    )
    for role, about in _ABOUT_BUILT_IN.items()
)


def resolve(name_or_folder: str, role: Role, checkpoints: Path) -> Path:
    """The folder a name or path stands for; it is not opened. Raises `CheckpointError` saying what to do.

    Args:
        checkpoints: where models known by name are kept, one folder each.
    """
    wanted = name_or_folder.strip()
    if wanted.lower() == TINY:
        return _built_in(resources.ROOT / "models" / TINY / role)
    known = find(wanted)
    if known is not None:
        if known.role != role:
            fitting = ", ".join(entry.name for entry in CATALOG if entry.role == role)
            raise CheckpointError(f"{known.name} is no {role}; choose {TINY}, {fitting} or a folder.")
        return _downloaded(known, checkpoints)
    folder = Path(os.path.expanduser(wanted))  # noqa: PTH111 - pathlib's fails where nobody is called so
    if wanted and folder.is_dir():
        return folder
    names = ", ".join([TINY, *(entry.name for entry in CATALOG if entry.role == role)])
    raise CheckpointError(
        f"There is no {role} called {wanted!r} and no such folder; choose {names} or a model folder."
    )


def find(name: str) -> Checkpoint | None:
    """The catalogue entry of a short or full name, in any case."""
    wanted = name.lower()
    return next((entry for entry in CATALOG if wanted in (entry.name, entry.repository.lower())), None)


def name_of(folder: Path) -> str:
    """What to call a loaded checkpoint: its catalogue name if it has one, else its folder's name."""
    if folder.resolve().parent == (resources.ROOT / "models" / TINY).resolve():
        return TINY
    known = find(folder.name) or find(f"Qwen/{folder.name}")
    return known.name if known is not None else folder.resolve().name


def folder_of(entry: Checkpoint, checkpoints: Path) -> Path | None:
    """Where a checkpoint known by name lies, fetched or put there; None when it does not."""
    names = {entry.name, entry.repository.lower().rpartition("/")[2]}
    if checkpoints.is_dir():
        for folder in sorted(checkpoints.iterdir()):
            if folder.name.lower() in names and folder.is_dir():
                return folder
    return None


def _downloaded(entry: Checkpoint, checkpoints: Path) -> Path:
    folder = folder_of(entry, checkpoints)
    if folder is not None:
        return folder
    raise CheckpointError(
        f"{entry.repository} is not on this computer yet: fetch it with `sightline models download "
        f"{entry.name}`, or give a folder with its files."
    )


def _built_in(folder: Path) -> Path:
    if not folder.is_dir():
        raise CheckpointError(f"The built-in model folder {folder} is missing; install Sightline again.")
    return folder
