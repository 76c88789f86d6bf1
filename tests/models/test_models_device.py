"""The choice of device, with the cards of other machines described to it."""

from types import SimpleNamespace

import pytest
import torch

from models import device
from models.errors import DeviceError

GIB = 1 << 30


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> object:
    """Describe a machine's graphics."""

    def describe(cuda: int = 0, bfloat16: bool = True, apple: str = "") -> None:
        card = SimpleNamespace(name="Card", total_memory=cuda * GIB)
        monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda > 0)
        monkeypatch.setattr(torch.cuda, "get_device_properties", lambda _: card)
        monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation: bfloat16)
        monkeypatch.setattr(torch.backends.mps, "is_available", lambda: bool(apple))
        monkeypatch.setattr(torch.backends.mps, "get_name", lambda: apple)

    return describe


@pytest.mark.parametrize(
    ("described", "wanted", "name", "dtype", "wide"),
    [
        ({}, "cpu", "cpu", torch.float32, False),
        ({"cuda": 24}, "auto", "cuda", torch.bfloat16, False),
        ({"cuda": 8, "bfloat16": False}, "auto", "cuda", torch.float16, True),
        ({"cuda": 24}, "cpu", "cpu", torch.float32, False),
        ({"apple": "Apple M1 Pro"}, "auto", "mps", torch.float16, True),
        ({"apple": "Apple M4"}, "mps", "mps", torch.bfloat16, False),
        ({"apple": "Apple M12"}, "auto", "mps", torch.bfloat16, False),
    ],
)
def test_choice(
    described: dict[str, object], wanted: str, name: str, dtype: torch.dtype, wide: bool, machine: object
) -> None:
    machine(**described)  # type: ignore[operator]
    chosen = device.choose(wanted)
    assert (chosen.name, chosen.dtype, chosen.wide_vision) == (name, dtype, wide)
    assert chosen.why.endswith(".")
    assert chosen.why.count(".") == 1


@pytest.mark.parametrize(
    ("capabilities", "seconds", "pays"),
    [
        ({}, {torch.float32: 1.0, torch.bfloat16: 0.1}, False),
        ({"avx512_bf16": True}, {torch.float32: 1.0, torch.bfloat16: 0.5}, True),
        ({"amx_bf16": True}, {torch.float32: 1.0, torch.bfloat16: 0.9}, False),
    ],
)
def test_a_processor_gets_bfloat16_only_when_it_is_faster(
    capabilities: dict[str, bool],
    seconds: dict[torch.dtype, float],
    pays: bool,
    machine: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine()  # type: ignore[operator]
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: capabilities, raising=False)
    monkeypatch.setattr(device, "_product_s", seconds.__getitem__)
    device.bfloat16_pays.cache_clear()
    chosen = device.choose("auto")
    device.bfloat16_pays.cache_clear()
    assert chosen.dtype == (torch.bfloat16 if pays else torch.float32)
    assert ("faster" in chosen.why) == pays
    assert device.choose("cpu").dtype == torch.float32


def test_free_memory_is_part_of_all() -> None:
    free, total = device.memory(device.choose("cpu"))
    assert 0 < free < total


@pytest.mark.parametrize(
    ("wanted", "words"), [("cuda", "CUDA"), ("mps", "Apple"), ("tpu", "no device called tpu")]
)
def test_an_absent_device_is_an_error(wanted: str, words: str, machine: object) -> None:
    machine()  # type: ignore[operator]
    with pytest.raises(DeviceError, match=words):
        device.choose(wanted)
