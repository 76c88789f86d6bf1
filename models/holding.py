"""Weights that come and go: held while a model works, let go while it rests, and taken again when needed."""

import gc
import math
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import safe_open

from models import catalog, checkpoint
from models.catalog import Role
from models.checkpoint import Checkpoint
from models.device import Device, memory
from models.errors import CheckpointError
from models.narrow import Weights, is_large, nbytes
from models.runner import Runner
from models.sight import Sight

WORKING_BYTES = 1 << 30
"""What a model needs beside its weights for a batch; a smaller model needs as much again as its weights."""
SMALL_BYTES = 100 << 20
_THREADS = torch.get_num_threads()


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    loaded: Checkpoint
    sight: Sight
    runner: Runner


class Holder:
    """What embedder and reranker have in common.

    Attributes:
        name: for people.
        device: where it runs and why.
        weights: how they are held.
    """

    role: Role

    def __init__(self, loaded: Checkpoint, sight: Sight | None = None) -> None:
        self.folder = loaded.folder
        self.device = loaded.device
        self.weights = loaded.weights
        self.name = catalog.name_of(loaded.folder)
        self._identity = loaded.identity
        self._held: _Held | None = None
        self._take(loaded, sight)

    @property
    def is_held(self) -> bool:
        """Its weights are in memory."""
        return self._held is not None

    @property
    def loaded(self) -> Checkpoint:
        """The checkpoint."""
        return self._now.loaded

    @property
    def sight(self) -> Sight:
        """The vision tower; perhaps shared."""
        return self._now.sight

    @property
    def memory_bytes(self) -> int:
        """What its weights take of the computer's memory while held; nothing on a card with its own."""
        return 0 if self.device.name == "cuda" else self._weights_bytes

    def is_twin(self, other: "Holder") -> bool:
        """Whether the other is the same model, held in the same way: then both need their weights once."""
        ours, theirs = ((one._identity, one.device, one.weights) for one in (self, other))
        return ours == theirs

    def share(self, other: "Holder") -> None:
        """Hold once, as the other's, what both have alike number by number. Nothing happens if one rests."""
        if self._held is None or not other.is_held or self.device != other.device:
            return
        loaded = self._held.loaded
        checkpoint.share(loaded.model.model, other.loaded.model.model)
        if loaded.model.model.visual is other.sight.tower and self._held.sight is not other.sight:
            self._held.runner.close()
            self._held = _Held(loaded, other.sight, Runner(loaded, other.sight))
        give_back(self.device)

    def give_way(self) -> None:
        """For a thread that computes beside other work: choose how many threads it starts for a product.

        A small model's products are so short that threads wait for each other, and for their turn on a
        processor, several times as long as they compute. Beside a card nothing but copies is left for them:
        sixteen took two processors from the decoders and made every batch wait.
        """
        alone = self.device.name != "cpu" or self._weights_bytes < SMALL_BYTES
        threads = 1 if alone else _THREADS
        if torch.get_num_threads() != threads:  # of the calling thread
            torch.set_num_threads(threads)

    def release(self) -> None:
        """Give the memory of the weights back; they return with `restore`, or when the model is used."""
        if self._held is None:
            return
        self._held.runner.close()
        self._held = None
        give_back(self.device)

    def restore(self, beside: "Holder | None" = None) -> None:
        """Hold the weights again. Raises as loading does, and `CheckpointError` if the folder's are others.

        Args:
            beside: another model that is held; what both have in common is held once.
        """
        if self._held is None:
            loaded, sight = load(self.folder, self.role, self.device, beside, self.weights)
            if loaded.identity != self._identity:
                raise CheckpointError(f"The model in {self.folder} has been replaced; start Sightline again.")
            self._take(loaded, sight)

    def _take(self, loaded: Checkpoint, sight: Sight | None) -> None:
        # The output layer is never used as such and is large where it is not tied to the token table.
        loaded.model.lm_head = torch.nn.Identity()
        inside = (*loaded.model.parameters(), *loaded.model.buffers())
        self._weights_bytes = sum(weight.nbytes for weight in inside)
        sight = sight or Sight(loaded.model.model.visual)
        self._held = _Held(loaded, sight, Runner(loaded, sight))

    @property
    def _now(self) -> _Held:
        """Held again if somebody uses it unasked."""
        self.restore()
        assert self._held is not None  # noqa: S101 - for the type checker
        return self._held


def load(
    folder: Path, role: Role, device: Device, beside: Holder | None, weights: Weights = "full"
) -> tuple[Checkpoint, Sight | None]:
    """A checkpoint, and the vision tower of the other model if that can serve both."""
    # Taken once: another thread may let it go meanwhile.
    other = beside._held if beside is not None and beside.device == device else None
    loaded = checkpoint.load(folder, role, device, other.loaded if other is not None else None, weights)
    shared = other is not None and loaded.model.model.visual is other.sight.tower
    return loaded, other.sight if other is not None and shared else None


def needed_bytes(folder: Path, device: Device, weights: Weights = "full") -> int:
    """About what a model takes on a device while it works. Raises `CheckpointError`."""
    total = 0
    for shard in checkpoint.inspect(folder):
        with safe_open(shard, framework="pt") as opened:
            for name in opened.keys():  # noqa: SIM118 - it is no mapping
                shape = opened.get_slice(name).get_shape()
                if weights != "full" and is_large(name, len(shape)):
                    total += nbytes(name, shape, weights)
                else:
                    total += math.prod(shape) * device.dtype.itemsize
    return total + min(total, WORKING_BYTES)


def fits(folder: Path, device: Device, weights: Weights = "full") -> bool:
    """Whether the device has room for a model beside what it holds now. Raises `CheckpointError`."""
    free, _ = memory(device)
    return needed_bytes(folder, device, weights) <= free


def give_back(device: Device) -> None:
    """Let the device have memory that nothing uses any more."""
    gc.collect()
    if device.name == "cuda":
        torch.cuda.empty_cache()
    elif device.name == "mps":
        torch.mps.empty_cache()
