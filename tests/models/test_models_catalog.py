"""Names, folders and the published sizes."""

from pathlib import Path

import pytest
import torch
from transformers import Qwen3VLConfig, Qwen3VLForConditionalGeneration

import resources
from models import catalog
from models.errors import CheckpointError


def test_a_folder_is_itself(tmp_path: Path) -> None:
    assert catalog.resolve(str(tmp_path), "embedder", tmp_path / "none") == tmp_path


@pytest.mark.parametrize(
    "name", ["qwen3-vl-embedding-2b", "Qwen/Qwen3-VL-Embedding-2B", "QWEN3-VL-Embedding-2b"]
)
@pytest.mark.parametrize("folder", ["qwen3-vl-embedding-2b", "Qwen3-VL-Embedding-2B"])
def test_a_name_leads_to_its_folder(name: str, folder: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir()
    found = catalog.resolve(name, "embedder", tmp_path)
    assert found == tmp_path / folder
    assert catalog.name_of(found) == "qwen3-vl-embedding-2b"


@pytest.mark.parametrize("role", ["embedder", "reranker"])
def test_tiny_is_built_in(role: catalog.Role, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "ROOT", tmp_path)
    with pytest.raises(CheckpointError, match="install"):
        catalog.resolve("tiny", role, tmp_path)
    folder = tmp_path / "models" / "tiny" / role
    folder.mkdir(parents=True)
    assert catalog.resolve("tiny", role, tmp_path) == folder
    assert catalog.name_of(folder) == "tiny"


def test_what_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="sightline models download qwen3-vl-embedding-8b"):
        catalog.resolve("qwen3-vl-embedding-8b", "embedder", tmp_path)
    with pytest.raises(CheckpointError, match="is no embedder; choose tiny, qwen3-vl-embedding-2b"):
        catalog.resolve("qwen3-vl-reranker-2b", "embedder", tmp_path)
    with pytest.raises(CheckpointError, match="no reranker called 'clip'"):
        catalog.resolve("clip", "reranker", tmp_path)
    with pytest.raises(CheckpointError, match="no reranker called ''"):
        catalog.resolve("", "reranker", tmp_path)


SIZES = {
    "2b": (2048, 28, 16, 6144, True, 1024, 24, 4096, [5, 11, 17]),
    "8b": (4096, 36, 32, 12288, False, 1152, 27, 4304, [8, 16, 24]),
}


@pytest.mark.parametrize("size", list(SIZES))
def test_the_real_architectures_have_the_published_number_of_parameters(size: str) -> None:
    hidden, layers, heads, mlp, tied, seeing, depth, seeing_mlp, deepstack = SIZES[size]
    config = Qwen3VLConfig(
        tie_word_embeddings=tied,
        text_config={
            "vocab_size": 151936,
            "hidden_size": hidden,
            "num_hidden_layers": layers,
            "num_attention_heads": heads,
            "num_key_value_heads": 8,
            "head_dim": 128,
            "intermediate_size": mlp,
            "tie_word_embeddings": tied,
            "rope_theta": 5e6,
            "rope_scaling": {
                "rope_type": "default",
                "mrope_section": [24, 20, 20],
                "mrope_interleaved": True,
            },
        },
        vision_config={
            "hidden_size": seeing,
            "depth": depth,
            "num_heads": 16,
            "intermediate_size": seeing_mlp,
            "out_hidden_size": hidden,
            "num_position_embeddings": 2304,
            "deepstack_visual_indexes": deepstack,
        },
    )
    with torch.device("meta"):
        model = Qwen3VLForConditionalGeneration(config)
    count = sum(weight.numel() for weight in model.model.parameters())
    entries = [entry for entry in catalog.CATALOG if entry.name.endswith(size)]
    assert len(entries) == 2
    assert {entry.parameters for entry in entries} == {count}
    assert {entry.dimension for entry in entries} == {hidden, 0}
    for entry in entries:
        assert entry.memory > 2 * count
