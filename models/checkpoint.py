"""A checkpoint folder: is it whole, which weights are in it, and loading it.

Only safetensors are read and no code from the folder is run, so a folder from anywhere is safe to try.
"""

import hashlib
import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from transformers import Qwen3VLForConditionalGeneration
from transformers.utils import logging as transformers_logging

from models.catalog import Role
from models.device import Device, out_of_memory
from models.errors import CheckpointError, OutOfMemory
from models.narrow import Weights, narrow
from models.prompts import Vocabulary

ARCHITECTURE = "Qwen3VLForConditionalGeneration"
INDEX = "model.safetensors.index.json"
_CONTROL_IDS = {
    "image_token_id": "image_pad",
    "video_token_id": "video_pad",
    "vision_start_token_id": "vision_start",
    "vision_end_token_id": "vision_end",
}
_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl")
_SAMPLE, _SAMPLES = 1 << 20, 64
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, RuntimeError, AttributeError, SafetensorError)
"""What transformers raises for weights and a configuration that do not fit each other."""


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """A loaded model.

    Attributes:
        model: transformers' `Qwen3VLForConditionalGeneration` on its device, in evaluation mode.
        identity: short hash that differs whenever the weights or the tokenizer do.
        weights: how they are held.
    """

    folder: Path
    model: Any
    vocabulary: Vocabulary
    device: Device
    identity: str
    weights: Weights = "full"


_ONE_AT_A_TIME = threading.Lock()
"""While transformers builds a model it changes torch for all threads, so that parameters hold no numbers yet:
two models built at once leave one of them, and all that come after, without weights."""


def load(
    folder: Path,
    role: Role,
    device: Device,
    beside: Checkpoint | None = None,
    weights: Weights = "full",
) -> Checkpoint:
    """Load a folder with every weight accounted for. Raises `CheckpointError`.

    Args:
        beside: loaded already on the same device; what of it is equal is used.
        weights: "int8" and "int4" make the large ones small while they are loaded.
    """
    shards = inspect(folder)
    vocabulary = Vocabulary.of(folder)
    model, report = _read(folder, device, weights)
    missing = set(report["missing_keys"])
    if role == "embedder":
        missing.discard("lm_head.weight")  # an embedder has no use for it and may come without
    _check_tensors(folder, missing, report["unexpected_keys"], report["mismatched_keys"])
    _check_ids(folder, model.config, vocabulary)
    try:
        _settle(folder, model, device, beside, weights)
    except (RuntimeError, MemoryError) as error:
        if not out_of_memory(error):
            raise
        raise _too_big(folder, device) from error
    return Checkpoint(folder, model, vocabulary, device, _identity(folder, shards), weights)


def _read(folder: Path, device: Device, weights: Weights) -> tuple[Any, Mapping[str, Any]]:
    """The model, and what transformers says of its tensors. Raises `CheckpointError`."""
    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    try:
        with _ONE_AT_A_TIME:
            model, report = Qwen3VLForConditionalGeneration.from_pretrained(
                folder,
                # As stored they lie in the file, and none is copied before it becomes small.
                dtype=device.dtype if weights == "full" else "auto",
                attn_implementation="sdpa",
                use_safetensors=True,
                local_files_only=True,
                trust_remote_code=False,
                output_loading_info=True,
                ignore_mismatched_sizes=True,  # they are named in the report, and refused
            )
    except (*_UNREADABLE, MemoryError) as error:
        if out_of_memory(error):
            raise _too_big(folder, device) from error
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise CheckpointError(
            f"The weights in {folder} do not fit their config.json ({reason}); copy the model's files again."
        ) from error
    return model, report


def _settle(folder: Path, model: Any, device: Device, beside: Checkpoint | None, weights: Weights) -> None:
    """Bring the weights into their form and onto the device; what is alike is held once."""
    if weights != "full":
        _check_numbers(folder, model)  # in whole numbers a NaN would not show
        narrow(model.model.visual, device, weights)
    if beside is not None:
        share(model.model, beside.model.model)
    if weights != "full":
        narrow(model.model.language_model, device, weights)
        _convert(model, device)
        if beside is not None:
            share(model.model, beside.model.model)
    model.to(device.torch).eval().requires_grad_(False)
    if device.wide_vision:
        for block in model.model.visual.blocks:
            block.mlp.float()
    _check_numbers(folder, model)


def inspect(folder: Path) -> list[Path]:
    """The weight files of a folder that looks whole. Raises `CheckpointError` saying what is wrong."""
    if not folder.is_dir():
        raise CheckpointError(f"There is no model folder {folder}; check the path.")
    names = {path.name for path in folder.iterdir()}
    if not names:
        raise CheckpointError(f"The model folder {folder} is empty; copy all files of the model there.")
    config = _json(folder, "config.json")
    architectures = config.get("architectures")
    architectures = architectures if isinstance(architectures, list) else []
    if config.get("model_type") != "qwen3_vl" or ARCHITECTURE not in architectures:
        found = ", ".join(map(str, architectures)) or str(config.get("model_type", "unknown"))
        raise CheckpointError(
            f"{folder} holds a model of another kind ({found}); "
            "choose a Qwen3-VL-Embedding or Qwen3-VL-Reranker folder."
        )
    if INDEX in names:
        index = _json(folder, INDEX).get("weight_map")
        files = list(index.values()) if isinstance(index, dict) else []
        if not files or not all(isinstance(name, str) for name in files):
            raise CheckpointError(f"{folder / INDEX} is damaged (not an object); copy it again.")
        wanted = sorted(set(files))
    else:
        wanted = ["model.safetensors"]
    for name in wanted:
        if name not in names:
            if pickle := next((other for other in sorted(names) if other.endswith(_PICKLES)), None):
                raise CheckpointError(
                    f"{folder} has its weights as {pickle}, which may hold programs and is never opened; "
                    f"put the model's {name} there."
                )
            raise CheckpointError(f"{folder} lacks {name}; copy all files of the model there.")
        try:
            with safe_open(folder / name, framework="pt"):
                pass
        except (SafetensorError, OSError, MemoryError) as error:
            if out_of_memory(error):
                raise OutOfMemory(
                    f"This computer has too little memory left to open {name}; close other programs."
                ) from error
            raise CheckpointError(
                f"{folder / name} is cut short or damaged ({error}); copy it again."
            ) from error
    return [folder / name for name in wanted]


def share(model: Any, other: Any) -> None:
    """Use the other's vision tower, token table or whole language model where every number is the same."""
    if _equal(model.visual, other.visual) and model.visual.config.to_dict() == other.visual.config.to_dict():
        model.visual = other.visual
    ours, theirs = model.language_model, other.language_model
    if _equal(ours.embed_tokens, theirs.embed_tokens):
        ours.embed_tokens = theirs.embed_tokens
        if _equal(ours, theirs) and ours.config.to_dict() == theirs.config.to_dict():
            model.language_model = theirs


def _equal(one: torch.nn.Module, other: torch.nn.Module) -> bool:
    ours, theirs = one.state_dict(), other.state_dict()
    return ours.keys() == theirs.keys() and all(
        tensor.shape == theirs[name].shape
        and torch.equal(tensor.to(theirs[name].device, theirs[name].dtype), theirs[name])
        for name, tensor in ours.items()
    )


def _convert(model: torch.nn.Module, device: Device) -> None:
    """The weights that stayed as they were stored, to the device's precision. Buffers are in float32."""
    for weight in model.parameters():
        weight.data = weight.data.to(device.dtype)


def _check_numbers(folder: Path, model: torch.nn.Module) -> None:
    """One pass over the weights where they lie; a NaN or an infinity shows in the least or the greatest."""
    ends = {
        name: torch.stack(weight.aminmax()) for name, weight in model.named_parameters() if weight.numel()
    }
    finite = torch.stack([pair.float().isfinite().all() for pair in ends.values()]).tolist()
    bad = [name for name, good in zip(ends, finite, strict=True) if not good]
    if bad:
        raise CheckpointError(
            f"The weights in {folder} hold values that are no numbers ({', '.join(bad[:3])}); "
            "fetch or copy the model again."
        )


def _json(folder: Path, name: str) -> dict[str, Any]:
    try:
        value = json.loads((folder / name).read_text("utf-8"))
    except FileNotFoundError:
        raise CheckpointError(f"{folder} has no {name}; copy all files of the model there.") from None
    except (OSError, ValueError) as error:
        raise CheckpointError(f"{folder / name} is damaged ({error}); copy it again.") from error
    if not isinstance(value, dict):
        raise CheckpointError(f"{folder / name} is damaged (not an object); copy it again.")
    return value


def _check_tensors(
    folder: Path, missing: set[str], unknown: Iterable[str], wrong: Iterable[tuple[str, object, object]]
) -> None:
    if some := _some(missing):
        raise CheckpointError(
            f"The weights in {folder} lack tensors ({some}); use a complete Qwen3-VL model folder."
        )
    if some := _some(unknown):
        raise CheckpointError(
            f"The weights in {folder} hold unknown tensors ({some}); use a complete Qwen3-VL model folder."
        )
    if some := _some(name for name, *_ in wrong):
        raise CheckpointError(
            f"The weights in {folder} hold wrongly sized tensors ({some}); use a complete Qwen3-VL model "
            "folder."
        )


def _some(keys: Iterable[str]) -> str:
    names = sorted(set(keys))
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")


def _check_ids(folder: Path, config: Any, vocabulary: Vocabulary) -> None:
    for ours, theirs in _CONTROL_IDS.items():
        if getattr(config, ours) != getattr(vocabulary.controls, theirs):
            raise CheckpointError(
                f"tokenizer.json and config.json in {folder} disagree about {theirs}; copy both again."
            )


def _too_big(folder: Path, device: Device) -> OutOfMemory:
    if device.name == "cpu":
        return OutOfMemory(
            f"{folder.name} does not fit into the memory of this computer; close other programs or choose a "
            "smaller model."
        )
    return OutOfMemory(
        f"{folder.name} does not fit into the memory of this {device.name} device; "
        "choose a smaller model or --device cpu."
    )


def _identity(folder: Path, shards: list[Path]) -> str:
    """Large files by their size and samples: reading all of 16 GB at every start would take too long."""
    digest = hashlib.blake2b(digest_size=8)
    for path in [folder / "config.json", folder / "tokenizer.json", *shards]:
        size = path.stat().st_size
        step = max(_SAMPLE, size // _SAMPLES)
        digest.update(size.to_bytes(8, "little"))
        with path.open("rb") as file:
            for start in range(0, size, step):
                file.seek(start)
                digest.update(file.read(_SAMPLE))
    return digest.hexdigest()
