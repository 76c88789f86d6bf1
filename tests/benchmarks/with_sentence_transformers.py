"""The same weights run by the library sentence-transformers: `tests.benchmarks.models --against ...`.

It is given the model that is in memory already, our prompts as a chat template, and a processor with the same
budget, so it spends the same tokens; torchvision reduces pictures. Batches are its own, 32 inputs each.
As the output layer holds few rows here, its scores cost it a little less than they would.
"""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from sentence_transformers import CrossEncoder, SentenceTransformer
from sentence_transformers.cross_encoder.modules import LogitScore
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

from models.inputs import Input
from models.preparation import MERGE, PATCH, TEMPORAL
from models.prompts import DOCUMENT_INSTRUCTION, JUDGE, RERANK_INSTRUCTION
from tests.benchmarks.model_rigs import TINY, Rig

STEP = 32
"""Inputs a batch: the library's default."""
Value: TypeAlias = str | Image.Image | dict[str, Any]

_CONTENT = (
    "{%- macro show(content) -%}{%- if content is string -%}{{- content -}}{%- else -%}"
    "{%- for part in content -%}{%- if part['type'] == 'image' -%}"
    "{{- '<|vision_start|><|image_pad|><|vision_end|>' -}}{%- else -%}{{- part['text'] -}}{%- endif -%}"
    "{%- endfor -%}{%- endif -%}{%- endmacro -%}"
)
_EMBED = (
    f"{_CONTENT}{{{{- '<|im_start|>system\\n{{instruction}}<|im_end|>\\n<|im_start|>user\\n' -}}}}"
    "{%- for message in messages -%}{{- show(message['content']) -}}{%- endfor -%}"
    "{{- '<|im_end|>\\n<|im_start|>assistant\\n<|endoftext|>' -}}"
)
_RERANK = (
    f"{_CONTENT}{{{{- '<|im_start|>system\\n{{judge}}<|im_end|>\\n<|im_start|>user\\n' -}}}}"
    "{{- '<Instruct>: {instruction}' -}}"
    "{%- for message in messages -%}{{- '<Query>:' if message['role'] == 'query' else '\\n<Document>:' -}}"
    "{{- show(message['content']) -}}{%- endfor -%}{{- '<|im_end|>\\n<|im_start|>assistant\\n' -}}"
)


class _InMemory(Transformer):  # type: ignore[misc]
    """The library's module around a model that need not be loaded."""

    def _load_model(self, *_: Any, held: torch.nn.Module, **__: Any) -> Any:
        return held


class Embedder:
    """Vectors by sentence-transformers.

    Args:
        on_card: let torchvision reduce pictures on the device of the weights.
    """

    def __init__(self, rig: Rig, on_card: bool = False) -> None:
        template = _EMBED.replace("{instruction}", _quoted(DOCUMENT_INSTRUCTION))
        module = _module(rig, rig.loaded.model.model, template, "feature-extraction", on_card)
        size = rig.loaded.model.config.text_config.hidden_size
        self._model = SentenceTransformer(
            modules=[module, Pooling(size, "lasttoken"), Normalize()], device=rig.loaded.device.name
        )

    def embed_documents(self, inputs: Sequence[Input]) -> NDArray[np.float32]:
        """Unit vectors."""
        found = self._model.encode([_value(one) for one in inputs], batch_size=STEP, show_progress_bar=False)
        return np.asarray(found, np.float32)


class Reranker:
    """Scores by sentence-transformers."""

    def __init__(self, rig: Rig, on_card: bool = False) -> None:
        template = _RERANK.replace("{judge}", _quoted(JUDGE))
        template = template.replace("{instruction}", _quoted(RERANK_INSTRUCTION))
        module = _module(rig, rig.loaded.model, template, "any-to-any", on_card)
        yes, no = (rig.loaded.vocabulary.id_of(word) for word in ("yes", "no"))
        self._model = CrossEncoder(
            modules=[module, LogitScore(yes, no)],
            device=rig.loaded.device.name,
            activation_fn=torch.nn.Sigmoid(),
        )

    def score(self, query: Input, documents: Sequence[Input]) -> NDArray[np.float32]:
        """Probabilities."""
        pairs: list[Any] = [(_value(query), _value(document)) for document in documents]
        found = self._model.predict(pairs, batch_size=STEP, show_progress_bar=False)
        return np.asarray(found, np.float32).reshape(-1)


def _value(one: Input) -> Value:
    picture = Image.fromarray(one.images[0]) if one.images else None
    if picture is None:
        return one.texts[0]
    return {"image": picture, "text": one.texts[0]} if one.texts else picture


def _quoted(text: str) -> str:
    """For a string of the template between single quotes."""
    return text.replace("\\", "\\\\").replace("'", "\\'")


def _module(rig: Rig, model: Any, template: str, task: Any, on_card: bool) -> _InMemory:
    for config in (model.config, model.config.text_config):
        config.use_cache = False  # as the library sets it in what it loads
    where = {"image": {"device": rig.loaded.device.name}} if on_card else {}
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), rig, template)
        return _InMemory(folder, transformer_task=task, model_kwargs={"held": model}, processing_kwargs=where)


def _write(folder: Path, rig: Rig, template: str) -> None:
    """All that the library reads of a checkpoint beside its weights."""
    rig.loaded.model.config.save_pretrained(folder)
    (folder / "tokenizer.json").write_bytes((TINY / "reranker" / "tokenizer.json").read_bytes())
    (folder / "chat_template.jinja").write_text(template, "utf-8")
    words = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": rig.embedder.budget.max_length,
        "eos_token": "<|im_end|>",
        "pad_token": "<|endoftext|>",
    }
    sight = {
        "processor_class": "Qwen3VLProcessor",
        "patch_size": PATCH,
        "merge_size": MERGE,
        "temporal_patch_size": TEMPORAL,
        "image_mean": [0.5, 0.5, 0.5],
        "image_std": [0.5, 0.5, 0.5],
        "resample": int(Image.Resampling.BICUBIC),
        "size": {
            "shortest_edge": rig.embedder.budget.image_min_pixels,
            "longest_edge": rig.embedder.budget.image_max_pixels,
        },
    }
    for name, value in (
        ("tokenizer_config.json", words),
        ("preprocessor_config.json", {**sight, "image_processor_type": "Qwen2VLImageProcessor"}),
        ("video_preprocessor_config.json", {**sight, "video_processor_type": "Qwen3VLVideoProcessor"}),
    ):
        (folder / name).write_text(json.dumps(value), "utf-8")
