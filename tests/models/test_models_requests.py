"""The JSON of `sightline embed` and `rerank`."""

import json
from pathlib import Path
from typing import Any

import pytest

from models.errors import MalformedRequest, UnreadableMedia
from models.requests import Item, read_items, read_judgement


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.png", "b.png", "c.mp4"):
        (tmp_path / name).touch()
    return tmp_path


def written(folder: Path, value: Any) -> Path:
    file = folder / "in.json"
    file.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return file


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({}, Item()),
        ({"text": None, "other": 1}, Item()),
        ({"text": ""}, Item(texts=("",))),
        ({"text": ["x", "y"]}, Item(texts=("x", "y"))),
        ({"image": "a.png"}, Item(images=(Path("a.png"),))),
        ({"image": ["a.png", "b.png"]}, Item(images=(Path("a.png"), Path("b.png")))),
        ({"video": "c.mp4"}, Item(videos=(Path("c.mp4"),))),
        ({"video": ["a.png", "b.png"]}, Item(videos=((Path("a.png"), Path("b.png")),))),
        ({"video": ["c.mp4", ["a.png"]]}, Item(videos=(Path("c.mp4"), (Path("a.png"),)))),
        ({"video": []}, Item()),
        ({"instruction": "i", "fps": 2, "max_frames": 8}, Item(instruction="i", fps=2, max_frames=8)),
    ],
)
def test_forms_of_an_input(entry: Any, expected: Item, folder: Path) -> None:
    def inside(path: Any) -> Any:
        return tuple(map(inside, path)) if isinstance(path, tuple) else folder / path

    (found,) = read_items(written(folder, [entry]))
    assert found.images == inside(expected.images)
    assert found.videos == inside(expected.videos)
    assert (found.texts, found.instruction) == (expected.texts, expected.instruction)
    assert (found.fps, found.max_frames) == (expected.fps, expected.max_frames)


def test_absolute_paths_and_file_urls(folder: Path) -> None:
    (found,) = read_items(written(folder, [{"image": [f"file://{folder}/a.png", f"{folder}/b.png"]}]))
    assert found.images == (folder / "a.png", folder / "b.png")


def test_a_judgement_shares_its_settings(folder: Path) -> None:
    value = {"query": {"text": "q"}, "documents": [{"video": "c.mp4"}], "fps": 2.0, "max_frames": 8}
    job = read_judgement(written(folder, value))
    assert (job.documents[0].fps, job.documents[0].max_frames) == (2.0, 8)
    assert job.instruction is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("{", "is not JSON"),
        ({}, "must hold a list"),
        ([3], "item 0 must be an object"),
        ([{}, {"text": 3}], "item 1: text must be"),
        ([{"image": [3]}], "image must be"),
        ([{"video": 3}], "video must be"),
        ([{"fps": 0}], "fps must be"),
        ([{"fps": True}], "fps must be"),
        ([{"max_frames": 1}], "max_frames must be"),
        ([{"max_frames": 2.5}], "max_frames must be"),
        ([{"instruction": []}], "instruction must be"),
    ],
)
def test_what_embed_does_not_take(value: Any, words: str, folder: Path) -> None:
    with pytest.raises(MalformedRequest, match=words):
        read_items(written(folder, value))


@pytest.mark.parametrize(
    "value",
    [[], {"query": {}}, {"documents": []}, {"query": "q", "documents": []}, {"query": {}, "documents": [1]}],
)
def test_what_rerank_does_not_take(value: Any, folder: Path) -> None:
    with pytest.raises(MalformedRequest):
        read_judgement(written(folder, value))


def test_missing_files_are_named(folder: Path) -> None:
    with pytest.raises(MalformedRequest, match=r"nowhere\.json cannot be read"):
        read_items(folder / "nowhere.json")
    for key in ("image", "video"):
        with pytest.raises(UnreadableMedia, match=r"item 0 names .*gone\.png, which is not there"):
            read_items(written(folder, [{key: "gone.png"}]))
