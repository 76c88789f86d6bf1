"""The choice of device, with the cards of other machines described to it."""

from types import SimpleNamespace

import psutil
import pytest
import torch

from models import device
from models.device import Device
from models.errors import DeviceError

GIB = 1 << 30


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> object:
    """Describe a machine's graphics."""

    def describe(cuda: int = 0, bfloat16: bool = True, apple: str = "") -> None:
        card = SimpleNamespace(name="Card", total_memory=cuda * GIB)
        monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda > 0)
        monkeypatch.setattr(device, "_computes", lambda: True)
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


def test_what_pytorch_keeps_of_a_device_for_the_next_batch_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda: (4 * GIB, 16 * GIB))
    monkeypatch.setattr(torch.cuda, "memory_reserved", lambda: 11 * GIB)
    monkeypatch.setattr(torch.cuda, "memory_allocated", lambda: 5 * GIB)
    assert device.memory(Device("cuda", torch.bfloat16, "", 1)) == (10 * GIB, 16 * GIB)
    machine = SimpleNamespace(available=20 * GIB, total=64 * GIB)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: machine)
    monkeypatch.setattr(torch.mps, "recommended_max_memory", lambda: 48 * GIB)
    monkeypatch.setattr(torch.mps, "current_allocated_memory", lambda: 30 * GIB)
    monkeypatch.setattr(torch.mps, "driver_allocated_memory", lambda: 34 * GIB)
    apple = Device("mps", torch.bfloat16, "", 1)
    assert device.memory(apple) == (18 * GIB, 48 * GIB), "no more than it may take in all"
    monkeypatch.setattr(machine, "available", 6 * GIB)
    assert device.memory(apple) == (10 * GIB, 48 * GIB)


@pytest.mark.parametrize(
    ("refusal", "name"),
    [
        ("CUDA error: no kernel image is available for execution on the device", "cpu"),
        ("CUDA error: out of memory", "cuda"),
    ],
    ids=["too old for this PyTorch", "full just now"],
)
def test_a_card_that_cannot_compute_is_not_taken(
    refusal: str, name: str, machine: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError(refusal)

    computes = device._computes
    machine(cuda=8)  # type: ignore[operator]
    monkeypatch.setattr(device, "_computes", computes)
    monkeypatch.setattr(torch, "ones", refuse)
    monkeypatch.setattr(device, "bfloat16_pays", lambda: False)
    assert device.choose("auto").name == name
    if name == "cpu":
        with pytest.raises(DeviceError, match="install a PyTorch built for CUDA"):
            device.choose("cuda")


@pytest.mark.parametrize(
    ("wanted", "words"), [("cuda", "CUDA"), ("mps", "Apple"), ("tpu", "no device called tpu")]
)
def test_an_absent_device_is_an_error(wanted: str, words: str, machine: object) -> None:
    machine()  # type: ignore[operator]
    with pytest.raises(DeviceError, match=words):
        device.choose(wanted)
