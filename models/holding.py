"""Weights that come and go: held while a model works, let go while it rests, and taken again when needed."""

import gc
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import safe_open

from models import catalog, checkpoint
from models.catalog import Role
from models.checkpoint import Checkpoint
from models.device import Device, memory
from models.errors import CheckpointError
from models.runner import Runner
from models.sight import Sight

WORKING_BYTES = 1 << 30
"""What a model needs beside its weights for a batch; a smaller model needs as much again as its weights."""
_ITEM_BYTES = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I8": 1, "U8": 1, "F8_E4M3": 1, "F8_E5M2": 1}


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
    """

    role: Role

    def __init__(self, loaded: Checkpoint, sight: Sight | None = None) -> None:
        self.folder = loaded.folder
        self.device = loaded.device
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
            loaded, sight = load(self.folder, self.role, self.device, beside)
            if loaded.identity != self._identity:
                raise CheckpointError(f"The model in {self.folder} has been replaced; start Sightline again.")
            self._take(loaded, sight)

    def _take(self, loaded: Checkpoint, sight: Sight | None) -> None:
        # The output layer is never used as such and is large where it is not tied to the token table.
        loaded.model.lm_head = torch.nn.Identity()
        self._weights_bytes = sum(weight.nbytes for weight in loaded.model.parameters())
        sight = sight or Sight(loaded.model.model.visual)
        self._held = _Held(loaded, sight, Runner(loaded, sight))

    @property
    def _now(self) -> _Held:
        """Held again if somebody uses it unasked."""
        self.restore()
        assert self._held is not None  # noqa: S101 - for the type checker
        return self._held


def load(folder: Path, role: Role, device: Device, beside: Holder | None) -> tuple[Checkpoint, Sight | None]:
    """A checkpoint, and the vision tower of the other model if that can serve both."""
    other = beside if beside is not None and beside.is_held and beside.device == device else None
    loaded = checkpoint.load(folder, role, device, other.loaded if other is not None else None)
    shared = other is not None and loaded.model.model.visual is other.sight.tower
    return loaded, other.sight if other is not None and shared else None


def needed_bytes(folder: Path, device: Device) -> int:
    """About what a model takes on a device while it works. Raises `CheckpointError`."""
    weights = 0
    for shard in checkpoint.inspect(folder):
        with safe_open(shard, framework="pt") as opened:
            name = next(iter(opened.keys()), None)
            stored = _ITEM_BYTES.get(opened.get_slice(name).get_dtype(), 2) if name is not None else 2
        weights += shard.stat().st_size * device.dtype.itemsize // stored
    return weights + min(weights, WORKING_BYTES)


def fits(folder: Path, device: Device) -> bool:
    """Whether the device has room for a model beside what it holds now. Raises `CheckpointError`."""
    free, _ = memory(device)
    return needed_bytes(folder, device) <= free


def give_back(device: Device) -> None:
    """Let the device have memory that nothing uses any more."""
    gc.collect()
    if device.name == "cuda":
        torch.cuda.empty_cache()
    elif device.name == "mps":
        torch.mps.empty_cache()
