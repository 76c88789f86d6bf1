"""What `sightline embed` and `rerank` are asked, as JSON: the arguments of the official `process()`.

    embed   [{"text", "image", "video", "instruction", "fps", "max_frames"}, ...]
    rerank  {"instruction", "query": {"text", "image", "video"}, "documents": [...], "fps", "max_frames"}

Everything is optional. `text` and `image` are one or a list; `video` is a file, a list of frames (picture
files), or a list of these. Relative paths start at the JSON file's folder.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from models.errors import MalformedRequest, UnreadableMedia

FPS = 1.0
MAX_FRAMES = 64
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".tiff", ".svg"})
_FILE_URL = "file://"

Video: TypeAlias = Path | tuple[Path, ...]
"""A video file, or its frames."""


@dataclass(frozen=True, slots=True)
class Item:
    """One input by the names of its files.

    Attributes:
        texts: None when no text was given, which is not the same as an empty one.
        fps: frames to take per second of a video file; max_frames: of it at most.
    """

    texts: tuple[str, ...] | None = None
    images: tuple[Path, ...] = ()
    videos: tuple[Video, ...] = ()
    instruction: str | None = None
    fps: float = FPS
    max_frames: int = MAX_FRAMES


@dataclass(frozen=True, slots=True)
class Judgement:
    """One query and the documents to be scored for it."""

    query: Item
    documents: tuple[Item, ...]
    instruction: str | None = None


def read_items(file: Path) -> list[Item]:
    """The inputs of `embed`. Raises `MalformedRequest`, or `UnreadableMedia` for a file that is not there."""
    value = _load(file)
    if not isinstance(value, list):
        raise MalformedRequest(f"{file} must hold a list of objects.")
    return [_item(entry, file, f"item {number}") for number, entry in enumerate(value)]


def read_judgement(file: Path) -> Judgement:
    """The query and documents of `rerank`. Raises like `read_items`."""
    value = _load(file)
    if not isinstance(value, dict) or not isinstance(value.get("documents"), list) or "query" not in value:
        raise MalformedRequest(f'{file} must hold an object with "query" and a list of "documents".')
    shared = {key: value[key] for key in ("fps", "max_frames") if key in value}
    documents = [
        _item(entry, file, f"document {number}", shared) for number, entry in enumerate(value["documents"])
    ]
    query = _item(value["query"], file, "the query", shared)
    return Judgement(query, tuple(documents), _text(value.get("instruction"), f"{file}: instruction"))


def _load(file: Path) -> Any:
    try:
        return json.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise MalformedRequest(f"{file} cannot be read ({error.strerror}); check the path.") from error
    except ValueError as error:
        raise MalformedRequest(f"{file} is not JSON ({error}); correct it.") from error


def _item(value: object, file: Path, where: str, shared: Mapping[str, Any] | None = None) -> Item:
    if not isinstance(value, dict):
        raise MalformedRequest(f"{file}, {where} must be an object.")
    place = f"{file}, {where}"
    values = {**value, **(shared or {})}
    fps, most = values.get("fps"), values.get("max_frames")
    if fps is not None and (not isinstance(fps, int | float) or isinstance(fps, bool) or fps <= 0):
        raise MalformedRequest(f"{place}: fps must be a positive number.")
    if most is not None and (not isinstance(most, int) or isinstance(most, bool) or most < 2):
        raise MalformedRequest(f"{place}: max_frames must be a whole number from 2.")
    texts = values.get("text")
    return Item(
        texts=None if texts is None else tuple(_strings(texts, f"{place}: text")),
        images=tuple(_path(name, file, place) for name in _strings(values.get("image"), f"{place}: image")),
        videos=tuple(_videos(values.get("video"), file, place)),
        instruction=_text(values.get("instruction"), f"{place}: instruction"),
        fps=fps or FPS,
        max_frames=most or MAX_FRAMES,
    )


def _videos(value: object, file: Path, place: str) -> list[Video]:
    if value is None:
        return []
    if isinstance(value, str):
        return [_path(value, file, place)]
    if not isinstance(value, list):
        raise MalformedRequest(f"{place}: video must be a file, a list of frames, or a list of these.")
    if value and isinstance(value[0], str) and Path(value[0]).suffix.lower() in _PICTURES:
        return [tuple(_path(name, file, place) for name in _strings(value, f"{place}: video"))]
    videos: list[Video] = []
    for entry in value:
        if isinstance(entry, str):
            videos.append(_path(entry, file, place))
        elif entry:
            videos.append(tuple(_path(name, file, place) for name in _strings(entry, f"{place}: video")))
    return videos


def _strings(value: object, place: str) -> list[str]:
    entries = [] if value is None else value if isinstance(value, list) else [value]
    if not all(isinstance(entry, str) for entry in entries):
        raise MalformedRequest(f"{place} must be a string or a list of strings.")
    return [str(entry) for entry in entries]


def _text(value: object, place: str) -> str | None:
    if value is not None and not isinstance(value, str):
        raise MalformedRequest(f"{place} must be a string.")
    return value


def _path(name: str, file: Path, place: str) -> Path:
    named = os.path.expanduser(name.removeprefix(_FILE_URL))  # noqa: PTH111 - Path's may fail
    path = file.parent / named
    if not path.is_file():
        raise UnreadableMedia(f"{place} names {path}, which is not there; correct the path.")
    return path
