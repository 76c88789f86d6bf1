"""The embedder and the reranker, over any Qwen3-VL checkpoint folder."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models import catalog, checkpoint, prompts
from models.checkpoint import Checkpoint
from models.device import choose
from models.errors import DeviceError, UnusableInput
from models.forward import by_length, collate, forward, in_order
from models.inputs import Input
from models.preparation import Budget
from models.prompts import Prompt, Prompter

Vectors: TypeAlias = NDArray[np.float32]
"""float32 `[inputs, dimension]`, each row of length 1."""
Scores: TypeAlias = NDArray[np.float32]
"""float32 `[documents]`, 0..1."""
QUERY = -1
"""`UnusableInput.index` when it is the query of a reranker's call."""


class _Runner:
    """Runs prompts through a checkpoint, in batches that fit."""

    def __init__(self, loaded: Checkpoint) -> None:
        self._model = loaded.model
        self._device = loaded.device
        self._size = int(loaded.model.config.text_config.hidden_size)

    def states(self, ready: Sequence[Prompt]) -> Tensor:
        """Last hidden states float32 `[prompts, hidden size]` on the device, in the order given."""
        with torch.inference_mode():
            found = torch.empty((len(ready), self._size), dtype=torch.float32, device=self._device.torch)
            for members in by_length([len(prompt) for prompt in ready], self._device.batch_tokens):
                found[members] = self.batch([ready[index] for index in members])
        return found

    def batch(self, ready: Sequence[Prompt]) -> Tensor:
        """Like `states` for prompts that go together; halved when the device's memory does not suffice."""
        try:
            with torch.inference_mode():
                found = forward(self._model, collate(ready, self._device.torch)).float()
        except torch.OutOfMemoryError as error:
            if len(ready) == 1:
                raise DeviceError(
                    f"One input needs more memory than this {self._device.name} device has left; "
                    "choose a smaller model or --device cpu."
                ) from error
        else:
            if not bool(torch.isfinite(found).all()):
                raise DeviceError(
                    f"The model's numbers overflow on this {self._device.name} device; choose --device cpu."
                )
            return found
        torch.cuda.empty_cache()
        half = len(ready) // 2
        return torch.cat([self.batch(ready[:half]), self.batch(ready[half:])])


class Qwen3VLEmbedder:
    """Turns inputs into vectors whose dot product says how alike they are. Made by `load_embedder`.

    Not for use by several threads at once.

    Attributes:
        name: for people.
        dimension: length of a vector.
        preparation: differs whenever equal inputs would give other vectors (other weights, budget or
            prompt code); an index holds vectors of one preparation only.
        device: where it runs and why.
    """

    def __init__(self, loaded: Checkpoint, budget: Budget) -> None:
        # Its output layer is never used and is large where it is not tied to the token table.
        loaded.model.lm_head = torch.nn.Identity()
        self._runner = _Runner(loaded)
        self._prompter = Prompter(loaded.vocabulary, budget)
        self.folder = loaded.folder
        self.device = loaded.device
        self.name = catalog.name_of(loaded.folder)
        self.dimension = int(loaded.model.config.text_config.hidden_size)
        self.preparation = f"{prompts.REVISION}-{budget.fingerprint()}-{loaded.identity}"

    def embed_queries(self, inputs: Sequence[Input], instruction: str | None = None) -> Vectors:
        """Vectors to search with. Raises `UnusableInput` before computing, `DeviceError`."""
        return self.embed(inputs, [prompts.sentence(instruction, prompts.QUERY_INSTRUCTION)] * len(inputs))

    def embed_documents(self, inputs: Sequence[Input]) -> Vectors:
        """Vectors to search in. Raises `UnusableInput` before computing, `DeviceError`."""
        return self.embed(inputs, [None] * len(inputs))

    def embed(self, inputs: Sequence[Input], instructions: Sequence[str | None]) -> Vectors:
        """Vectors under an instruction each; None or blank means the one for documents."""
        wanted = [prompts.sentence(text, prompts.DOCUMENT_INSTRUCTION) for text in instructions]
        pairs = zip(inputs, wanted, strict=True)
        return self.embed_prompts(_each(self._prompter.embed(value, text) for value, text in pairs))

    def embed_prompts(self, ready: Sequence[Prompt]) -> Vectors:
        """Vectors of finished prompts."""
        with torch.inference_mode():
            vectors: Vectors = torch.nn.functional.normalize(self._runner.states(ready), dim=-1).cpu().numpy()
        return vectors


class Qwen3VLReranker:
    """Judges how well documents answer a query, looking at both together. Made by `load_reranker`.

    Not for use by several threads at once.

    Attributes:
        name: for people.
        device: where it runs and why.
    """

    def __init__(self, loaded: Checkpoint, budget: Budget) -> None:
        yes, no = loaded.vocabulary.id_of("yes"), loaded.vocabulary.id_of("no")
        output = loaded.model.lm_head.weight
        self._verdict = (output[yes].float() - output[no].float()).clone()
        loaded.model.lm_head = torch.nn.Identity()
        self._runner = _Runner(loaded)
        self._prompter = Prompter(loaded.vocabulary, budget)
        self.folder = loaded.folder
        self.device = loaded.device
        self.name = catalog.name_of(loaded.folder)

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
        """Scores of finished prompts."""
        with torch.inference_mode():
            scores: Scores = torch.sigmoid(self._runner.states(ready) @ self._verdict).cpu().numpy()
        return scores

    def _prompts(self, query: Input, documents: Sequence[Input], instruction: str | None) -> list[Prompt]:
        try:
            asked = self._prompter.question(query)
        except UnusableInput as error:
            raise UnusableInput(str(error), QUERY) from error
        wanted = instruction or prompts.RERANK_INSTRUCTION
        return _each(self._prompter.rerank(asked, document, wanted) for document in documents)


def load_embedder(folder: Path, device: str = "auto", budget: Budget | None = None) -> Qwen3VLEmbedder:
    """Load an embedder from its folder (see `catalog.resolve`).

    Args:
        device: "auto", "cuda", "mps" or "cpu".
        budget: the checkpoint's own when None.

    Raises `CheckpointError`, `DeviceError`.
    """
    chosen = choose(device)
    return Qwen3VLEmbedder(checkpoint.load(folder, "embedder", chosen), budget or Budget.of(folder))


def load_reranker(folder: Path, device: str = "auto", budget: Budget | None = None) -> Qwen3VLReranker:
    """Load a reranker from its folder; otherwise like `load_embedder`."""
    chosen = choose(device)
    return Qwen3VLReranker(checkpoint.load(folder, "reranker", chosen), budget or Budget.of(folder))


def _each(building: Iterator[Prompt]) -> list[Prompt]:
    """All prompts, with the place of the first unusable input in its error."""
    ready: list[Prompt] = []
    try:
        for prompt in building:
            ready.append(prompt)
    except UnusableInput as error:
        raise UnusableInput(str(error), len(ready)) from error
    return ready
