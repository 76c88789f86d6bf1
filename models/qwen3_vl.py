"""The embedder and the reranker, over any Qwen3-VL checkpoint folder."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray

from models import prompts
from models.checkpoint import Checkpoint
from models.device import choose
from models.errors import UnusableInput
from models.forward import in_order
from models.holding import Holder, load
from models.inputs import Input
from models.narrow import Weights
from models.preparation import Budget
from models.prompts import Prompt, Prompter
from models.recent import Recent
from models.runner import fingerprint
from models.sight import Sight

Vectors: TypeAlias = NDArray[np.float32]
"""float32 `[inputs, dimension]`, each row of length 1."""
Scores: TypeAlias = NDArray[np.float32]
"""float32 `[documents]`, 0..1."""
VERDICT_BYTES, VERDICTS_BYTES = 256, 2 << 20
"""A remembered score with its key, about, and all of them: 8192."""
WORTH_A_QUICK_LOOK = 0.8
"""Share of the tokens of a sharp look above which a quick one is not worth the second pass."""
QUERY = -1
"""`UnusableInput.index` when it is the query of a reranker's call."""


class Qwen3VLEmbedder(Holder):
    """Turns inputs into vectors whose dot product says how alike they are. Made by `load_embedder`.

    Not for use by several threads at once.

    Attributes:
        dimension: length of a vector.
        preparation: differs whenever equal inputs would give other vectors (other weights, in full or in
            eight bits, another budget or prompt code); an index holds vectors of one preparation only.
        budget: how closely it looks.
    """

    role = "embedder"

    def __init__(
        self,
        loaded: Checkpoint,
        budget: Budget,
        sight: Sight | None = None,
        quick: Budget | None = None,
    ) -> None:
        super().__init__(loaded, sight)
        self.budget = budget
        self._prompter = Prompter(loaded.vocabulary, budget)
        self._quick = Prompter(loaded.vocabulary, quick) if quick is not None else None
        self.dimension = int(loaded.model.config.text_config.hidden_size)
        made = f"{prompts.REVISION}-{budget.fingerprint()}-{loaded.identity}"
        self.preparation = made if loaded.weights == "full" else f"{made}-{loaded.weights}"

    def embed_queries(self, inputs: Sequence[Input], instruction: str | None = None) -> Vectors:
        """Vectors to search with. Raises `UnusableInput` before computing, `DeviceError`."""
        wanted = prompts.sentence(instruction, prompts.QUERY_INSTRUCTION)
        return self._vectors(_each(self._prompter.embed(value, wanted) for value in inputs), searching=True)

    def embed_documents(self, inputs: Sequence[Input]) -> Vectors:
        """Vectors to search in. Raises `UnusableInput` before computing, `DeviceError`."""
        return self.embed(inputs, [None] * len(inputs))

    def embed(self, inputs: Sequence[Input], instructions: Sequence[str | None]) -> Vectors:
        """Vectors under an instruction each; None or blank means the one for documents."""
        wanted = [prompts.sentence(text, prompts.DOCUMENT_INSTRUCTION) for text in instructions]
        pairs = zip(inputs, wanted, strict=True)
        return self.embed_prompts(_each(self._prompter.embed(value, text) for value, text in pairs))

    def prepare(self, value: Input, instruction: str | None = None) -> Prompt:
        """A document for `embed_prompts` with all but the model's own work done; on any thread.

        Args:
            instruction: None or blank means the one for documents.

        Raises `UnusableInput`.
        """
        wanted = prompts.sentence(instruction, prompts.DOCUMENT_INSTRUCTION)
        return self._prompter.embed(value, wanted).resampled()

    def prepare_quickly(
        self, value: Input, has_time: Callable[[int], bool] = lambda tokens: False
    ) -> Prompt | None:
        """A document for a quick look, whose vector is a little less sure; on any thread.

        None when that would save nothing, `has_time` for the tokens of a sharp one, or there is no quick
        budget. Raises `UnusableInput`.
        """
        if self._quick is None or not (value.images or value.clips):
            return None
        quick = self._quick.embed(value, prompts.DOCUMENT_INSTRUCTION)
        sharp = self._prompter.embed(value, prompts.DOCUMENT_INSTRUCTION)
        saves = len(quick) < WORTH_A_QUICK_LOOK * len(sharp) and not has_time(len(sharp))
        return quick.resampled() if saves else None

    def embed_prompts(self, ready: Sequence[Prompt]) -> Vectors:
        """Vectors of finished prompts, in the order given."""
        return self._vectors(ready, searching=False)

    def _vectors(self, ready: Sequence[Prompt], searching: bool) -> Vectors:
        states = self._now.runner.states(ready, searching)
        vectors: Vectors = torch.nn.functional.normalize(states, dim=-1).cpu().numpy()
        return vectors


class Qwen3VLReranker(Holder):
    """Judges how well documents answer a query, looking at both together. Made by `load_reranker`.

    Not for use by several threads at once.
    """

    role = "reranker"

    def __init__(self, loaded: Checkpoint, budget: Budget, sight: Sight | None = None) -> None:
        super().__init__(loaded, sight)
        self._verdicts: Recent[float] = Recent(VERDICTS_BYTES)
        self._prompter = Prompter(loaded.vocabulary, budget)

    def _take(self, loaded: Checkpoint, sight: Sight | None) -> None:
        yes, no = loaded.vocabulary.id_of("yes"), loaded.vocabulary.id_of("no")
        output = loaded.model.lm_head.weight
        self._verdict = (output[yes].float() - output[no].float()).clone()
        super()._take(loaded, sight)

    def score(self, query: Input, documents: Sequence[Input], instruction: str | None = None) -> Scores:
        """How well each document answers. Raises `UnusableInput` (index of the document, or `QUERY`)."""
        return self.score_prompts(self._prompts(query, documents, instruction))

    def score_batches(
        self, query: Input, documents: Sequence[Input], instruction: str | None = None
    ) -> Iterator[tuple[slice, Scores]]:
        """Like `score`, first documents first, as soon as each batch is done; stop reading to stop early.

        Prompts are built before the first batch, so `UnusableInput` comes with the call itself.
        """
        ready = self._prompts(query, documents, instruction)
        parts = list(in_order([len(prompt) for prompt in ready], self.device.batch_tokens))
        return ((part, self.score_prompts(ready[part])) for part in parts)

    def score_prompts(self, ready: Sequence[Prompt]) -> Scores:
        """Scores of finished prompts; those given lately are not computed again."""
        names = [fingerprint(prompt) for prompt in ready]
        known = [self._verdicts.get(name) for name in names]
        new = [index for index, score in enumerate(known) if score is None]
        states = self._now.runner.states([ready[index] for index in new], searching=True)
        for index, score in zip(new, torch.sigmoid(states @ self._verdict).tolist(), strict=True):
            known[index] = score
            self._verdicts.keep(names[index], score, VERDICT_BYTES)
        return np.array(known, np.float32)

    def forget(self) -> None:
        """Give back the memory of what was computed lately."""
        self._now.runner.forget()
        self._verdicts.clear()

    def _prompts(self, query: Input, documents: Sequence[Input], instruction: str | None) -> list[Prompt]:
        try:
            asked = self._prompter.question(query)
        except UnusableInput as error:
            raise UnusableInput(str(error), QUERY) from error
        wanted = instruction or prompts.RERANK_INSTRUCTION
        return _each(self._prompter.rerank(asked, document, wanted) for document in documents)


def load_embedder(
    folder: Path,
    device: str = "auto",
    budget: Budget | None = None,
    beside: Holder | None = None,
    quick: Budget | None = None,
    weights: Weights = "full",
) -> Qwen3VLEmbedder:
    """Load an embedder from its folder (see `catalog.resolve`).

    Args:
        device: "auto", "cuda", "mps" or "cpu".
        budget: the checkpoint's own, else the balanced one, when None.
        beside: a model that is held on the same device; what both have in common is held in memory once.
        quick: a smaller budget for a first pass.
        weights: "int8" takes half the memory, "int4" two fifths; the vectors are others (see the package).

    Raises `CheckpointError`, `DeviceError`.
    """
    loaded, sight = load(folder, "embedder", choose(device), beside, weights)
    return Qwen3VLEmbedder(loaded, budget or Budget.of(folder), sight, quick)


def load_reranker(
    folder: Path,
    device: str = "auto",
    budget: Budget | None = None,
    beside: Holder | None = None,
    weights: Weights = "full",
) -> Qwen3VLReranker:
    """Load a reranker from its folder, as `load_embedder` does an embedder."""
    loaded, sight = load(folder, "reranker", choose(device), beside, weights)
    return Qwen3VLReranker(loaded, budget or Budget.of(folder), sight)


def _each(building: Iterator[Prompt]) -> list[Prompt]:
    """All prompts, with the place of the first unusable input in its error."""
    ready: list[Prompt] = []
    try:
        for prompt in building:
            ready.append(prompt)
    except UnusableInput as error:
        raise UnusableInput(str(error), len(ready)) from error
    return ready
