"""How much words, the embedder and the reranker count, where that was measured on this computer.

`sightline evaluate DATASET --write` keeps what a labelled set justifies in `calibration.json` of the data
directory, by model and kind of file, every part of it optional:

    {"words": {"qwen3-vl-embedding-2b": {"document": 0.7}},
     "reranker": {"qwen3-vl-embedding-2b, qwen3-vl-reranker-2b": {"photo": 0.2}}}

"words" is the share of the words in the order of a list that both channels made (fuse.py; otherwise half),
"reranker" the reranker's share in the final confidence, beside the embedder's (otherwise the checkpoint's
own, relevance.py). The file is read for every search, so what is written counts from the next one on, also
in a window that is open.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, TypeAlias

import msgspec

from indexer.errors import UserError
from indexer.kinds import Kind
from models import catalog

Share: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=1)]
ByKind: TypeAlias = Mapping[Kind, Share]


@dataclass(frozen=True, slots=True)
class Shares:
    """What was measured here, by the models' names."""

    words: Mapping[str, ByKind] = field(default_factory=dict)
    reranker: Mapping[str, ByKind] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path | None) -> "Shares":
        """Raises UserError when the file is there but makes no sense."""
        try:
            return cls() if file is None else msgspec.json.decode(file.read_bytes(), type=cls)
        except FileNotFoundError:
            return cls()
        except (ValueError, OSError) as error:
            raise UserError(
                f"{file} cannot be used ({error}): correct it, or delete it to use the models' own shares."
            ) from None

    def of_words(self, embedder: Path) -> ByKind:
        """For the model in this folder."""
        return self.words.get(catalog.name_of(embedder), {})

    def of_reranker(self, embedder: Path, reranker: Path) -> ByKind:
        """For the models in these folders."""
        return self.reranker.get(_pair(embedder, reranker), {})

    def changed(self, embedder: Path, reranker: Path | None, words: ByKind, judged: ByKind) -> "Shares":
        """With other shares for some kinds of file, for the models in these folders.

        Args:
            words, judged: the new shares of the words and of the reranker.
        """
        by_words, by_reranker = dict(self.words), dict(self.reranker)
        if words:
            by_words[catalog.name_of(embedder)] = {**self.of_words(embedder), **words}
        if judged and reranker is not None:
            by_reranker[_pair(embedder, reranker)] = {**self.of_reranker(embedder, reranker), **judged}
        return Shares(by_words, by_reranker)

    def write(self, file: Path) -> None:
        """Replace the file in one step. Raises UserError when it cannot be written."""
        draft = file.with_suffix(".json.new")
        try:
            draft.write_bytes(msgspec.json.format(msgspec.json.encode(asdict(self)), indent=1) + b"\n")
            draft.replace(file)
        except OSError as error:
            raise UserError(f"Cannot write {file}: {error.strerror}.") from None


def _pair(embedder: Path, reranker: Path) -> str:
    return f"{catalog.name_of(embedder)}, {catalog.name_of(reranker)}"
