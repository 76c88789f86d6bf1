"""What this computer can run: for the choice of models, before any is loaded."""

import shutil
from pathlib import Path

from indexer.messages.model_messages import Machine
from indexer.settings import ModelOptions
from models import catalog
from models.errors import ModelsError

SLOWEST = 2 << 30
"""Parameters. On a processor alone, larger models take minutes for a film: they are not recommended."""


def measure(options: ModelOptions, checkpoints: Path) -> Machine:
    """Device, memory, disk, and the pair of models that makes most of them. Imports torch."""
    disk = shutil.disk_usage(checkpoints).free
    try:
        from models import device

        chosen = device.choose(options.device)
        total = device.memory(chosen)[1]
    except ModelsError as error:
        return Machine("", disk_free=disk, problem=str(error))
    except (ImportError, OSError) as error:
        problem = f"The libraries for the models are incomplete ({error}); install Sightline again."
        return Machine("", disk_free=disk, problem=problem)
    room = total * 2 // max(2, chosen.dtype.itemsize)
    return Machine(chosen.why, room, disk, recommended(room, alone=chosen.name == "cpu"))


def recommended(room: int, *, alone: bool) -> tuple[str, ...]:
    """The largest embedder that fits together with a reranker.

    Args:
        room: bytes of memory, as if everything were in 16 bits.
        alone: there is only a processor.
    """
    best: tuple[catalog.Checkpoint, ...] = ()
    for embedder in catalog.CATALOG:
        for reranker in catalog.CATALOG:
            pair = (embedder, reranker)
            if (embedder.role, reranker.role) != ("embedder", "reranker"):
                continue
            if sum(model.memory for model in pair) > room:
                continue
            if alone and any(model.parameters > SLOWEST for model in pair):
                continue
            if _strength(pair) > _strength(best):
                best = pair
    return tuple(model.name for model in best)


def _strength(pair: tuple[catalog.Checkpoint, ...]) -> tuple[int, int]:
    """What finds files at all, the embedder, comes before what orders them."""
    return sum(model.parameters for model in pair), pair[0].parameters if pair else 0
