"""Runs prompts through a loaded checkpoint: in batches that fit, and nothing twice.

prompts ─► what all begin with ─► read once, kept for the next call of the same search
   │
   └─► the rest, in batches ─► pictures resampled ahead by other threads ─► vision ─► language ─► states
"""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from models.checkpoint import Checkpoint
from models.device import memory, out_of_memory
from models.errors import DeviceError, OutOfMemory
from models.forward import Batch, begin, by_length, common_beginning, lay, read
from models.language import Past
from models.preparation import PATCH_VALUES, Picture
from models.prompts import Prompt
from models.recent import Recent
from models.sight import Sight
from models.vision import gather

BEGINNINGS_BYTES = 128 << 20
"""Of keys and values: with a 2B model in 16 bits 112 KB a token, so a question with a picture."""
BEGINNING_BYTES = 4 << 20
"""What each counts for at least: each call looks through all, and of a small model's hundreds would fit."""
SHARE_OF_FREE = 0.6
"""Of the card's free memory, for one batch."""
LEAST_TOKENS = 512
WORTH_SHARING = 0.1
"""Share of all tokens that reading a beginning once must save: it is a pass of its own through all layers."""
THREADS = min(12, os.cpu_count() or 1)
"""That make pictures smaller: a card waits for four of them, which reduce 110 photos a second to 256 tokens,
twelve 178."""


@dataclass(frozen=True, slots=True, eq=False)
class _Beginning:
    prompt: Prompt
    past: Past


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """A batch on its way.

    Attributes:
        prompts: without what is read already.
        known: features of pictures seen lately, by key.
        ready: all other pictures, resampled meanwhile, by the id of the picture.
    """

    prompts: Sequence[Prompt]
    known: Mapping[bytes, Tensor]
    ready: Mapping[int, Future[Picture]]

    def part(self, rows: slice) -> "_Job":
        return _Job(self.prompts[rows], self.known, self.ready)


class Runner:
    """A checkpoint at work. Not for use by several threads at once.

    Args:
        sight: the checkpoint's vision tower, or one of another checkpoint with the very same weights.
    """

    def __init__(self, loaded: Checkpoint, sight: Sight) -> None:
        self._sight = sight
        self._model = loaded.model
        self._device = loaded.device
        self._size = int(loaded.model.config.text_config.hidden_size)
        self._beginnings: Recent[_Beginning] = Recent(BEGINNINGS_BYTES)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="resample")

    def states(self, prompts: Sequence[Prompt], searching: bool) -> Tensor:
        """Last hidden states float32 `[prompts, hidden size]` on the device, in the order given.

        Args:
            searching: remember pictures and the common beginning, which may well come again soon. While
                indexing they never do, and would push out what the next search needs.

        Raises `DeviceError`.
        """
        # While another thread loads a model the default is that of its weights.
        states = torch.empty((len(prompts), self._size), dtype=torch.float32, device=self._device.torch)
        if not prompts:
            return states
        with torch.inference_mode():
            common, past = self._begin(prompts, searching)
            rest = [prompt.cut(common) for prompt in prompts]
            order: list[int] = []
            found: list[Tensor] = []
            for members, job in self._ahead(rest, searching):
                order += members
                found.append(self._states(job, past, searching))
            states[torch.tensor(order, device=states.device)] = torch.cat(found)
            # Once a call and not once a batch: to ask is to wait for the card.
            wrong = torch.nonzero(~torch.isfinite(states).all(dim=1))[:, 0].tolist()
            if wrong:
                states[wrong] = self._widely([prompts[index] for index in wrong])
        return states

    def close(self) -> None:
        """End its threads. Whatever it is asked afterwards fails."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def forget(self) -> None:
        """Give back the memory of all that was kept for the next call."""
        self._beginnings.clear()
        self._sight.forget()

    def _begin(self, prompts: Sequence[Prompt], searching: bool) -> tuple[int, Past | None]:
        """How many tokens need not be read for each prompt, and what the others attend to of them."""
        first, others, most = prompts[0], prompts[1:], min(len(prompt) for prompt in prompts) - 1
        common = min(most, common_beginning(first, others)) if others else 0
        for kept in self._beginnings if searching else ():
            covered = min(most, common_beginning(kept.prompt, prompts))
            if covered >= max(common, 1):
                return covered, [(key[:, :, :covered], value[:, :, :covered]) for key, value in kept.past]
        worth = common * len(others) >= WORTH_SHARING * sum(len(prompt) for prompt in prompts)
        if not common or not (worth or searching):
            return 0, None
        beginning = first.cut(None, common)
        job = self._submit([beginning], searching)
        past: Past | None = None
        try:
            past = begin(self._model, *self._seen(job, searching))
        except (RuntimeError, MemoryError) as error:
            if not out_of_memory(error):
                raise
        if past is None:
            self._make_room()
            return 0, None  # each of them is read whole then, if need be alone
        if searching:
            nbytes = sum(part.nbytes for pair in past for part in pair)
            kept = _Beginning(beginning, past)
            self._beginnings.keep(fingerprint(beginning), kept, max(nbytes, BEGINNING_BYTES))
        return common, past

    def _ahead(self, prompts: Sequence[Prompt], searching: bool) -> Iterator[tuple[list[int], _Job]]:
        """Batches with the next one's pictures always under way."""
        waiting: list[tuple[list[int], _Job]] = []
        for members in by_length([len(prompt) for prompt in prompts], self._most_tokens()):
            waiting.append((members, self._submit([prompts[index] for index in members], searching)))
            if len(waiting) > 1:
                yield waiting.pop(0)
        yield from waiting

    def _submit(self, prompts: Sequence[Prompt], searching: bool) -> _Job:
        pictures = {id(picture): picture for prompt in prompts for picture in prompt.pictures}
        known = self._sight.recall(list(pictures.values())) if searching else {}
        unknown = {
            name: picture for name, picture in pictures.items() if not known or picture.key not in known
        }
        ready = {name: self._threads.submit(picture.resampled) for name, picture in unknown.items()}
        return _Job(prompts, known, ready)

    def _states(self, job: _Job, past: Past | None, searching: bool, lastly: bool = False) -> Tensor:
        """Of one batch, float32; halved when memory does not suffice, a single prompt tried once more."""
        try:
            return read(self._model, *self._seen(job, searching), past).float()
        except (RuntimeError, MemoryError) as error:
            if not out_of_memory(error):
                raise
            if lastly:
                raise self._too_large() from error
        self._make_room()
        half = len(job.prompts) // 2
        parts = (slice(half), slice(half, None)) if half else (slice(None),)
        return torch.cat([self._states(job.part(part), past, searching, lastly=not half) for part in parts])

    def _make_room(self) -> None:
        """Whatever the device can do without goes before something is tried again."""
        self.forget()
        if self._device.name == "cuda":
            torch.cuda.empty_cache()
        elif self._device.name == "mps":
            torch.mps.empty_cache()

    def _widely(self, prompts: Sequence[Prompt]) -> Tensor:
        """The states of prompts whose numbers were too large for the weights' precision, in float32.

        One after the other, as wide weights leave little room.
        """
        device = self._device.name
        if self._device.dtype == torch.float32:
            raise DeviceError(
                f"The model's numbers overflow for this input on this {device} device; if it happens with "
                "others too, fetch the model again."
            )
        with self._in_float32():
            states = torch.cat([self._states(self._submit([one], False), None, False) for one in prompts])
        if not bool(torch.isfinite(states).all()):
            raise DeviceError(
                f"The model's numbers overflow for this input on this {device} device; choose --device cpu."
            )
        return states

    @contextmanager
    def _in_float32(self) -> Iterator[None]:
        """Widening and narrowing again loses nothing. Buffers are in float32 or whole numbers as it is."""
        before = [(weight, weight.dtype) for weight in self._model.parameters()]
        try:
            for weight, _ in before:
                weight.data = weight.data.float()
            yield
        except (RuntimeError, MemoryError) as error:
            if not out_of_memory(error):
                raise
            raise self._too_large() from error
        finally:
            for weight, dtype in before:
                weight.data = weight.data.to(dtype)

    def _seen(self, job: _Job, searching: bool) -> tuple[Batch, Tensor | None]:
        """The batch on the device, and what it sees."""
        pictures = [picture for prompt in job.prompts for picture in prompt.pictures]
        device = self._device.torch
        batch = lay(job.prompts, device, 0, None)
        if not pictures:
            return batch, None
        if not searching:
            return batch, self._sight.look(gather([job.ready[id(one)].result() for one in pictures], device))
        fresh = {one.key: one for one in pictures if one.key not in job.known}
        frames = [job.ready[id(one)].result() for one in fresh.values()]
        seen = self._sight.look_again(
            pictures, job.known, list(fresh.values()), gather(frames, device) if frames else None
        )
        return batch, seen

    def _most_tokens(self) -> int:
        """How many tokens, padding included, may go through the model at once."""
        if self._device.name != "cuda":
            return self._device.batch_tokens
        free, _ = memory(self._device)
        fitting = int(SHARE_OF_FREE * free / bytes_per_token(self._model.config, self._device.dtype))
        return max(LEAST_TOKENS, min(fitting, self._device.batch_tokens))

    def _too_large(self) -> OutOfMemory:
        if self._device.name == "cpu":
            return OutOfMemory(
                "One input needs more memory than this computer has left; close other programs or choose a "
                "smaller model."
            )
        return OutOfMemory(
            f"One input needs more memory than this {self._device.name} device has left; "
            "choose a smaller model or --device cpu."
        )


def fingerprint(prompt: Prompt) -> bytes:
    """Equal for prompts that ask the same about the same pictures."""
    digest = hashlib.blake2b(prompt.ids.tobytes(), digest_size=16)
    for picture in prompt.pictures:
        digest.update(picture.key)
    return digest.digest()


def bytes_per_token(config: Any, dtype: torch.dtype) -> int:
    """What a vision token, the dearest kind, takes while it passes through the widest layers of both parts.

    Without gradients only one layer's intermediate values live at a time: in the language model the two
    halves of the MLP and about eight times the hidden size, in the vision tower the same for each of four
    patches, and before it the patches' own values in float32.
    """
    text, vision = config.text_config, config.vision_config
    language = 3 * text.intermediate_size + 8 * text.hidden_size
    seeing = 4 * (2 * vision.intermediate_size + 8 * vision.hidden_size)
    return int(dtype.itemsize * max(language, seeing) + 4 * PATCH_VALUES * 4)
