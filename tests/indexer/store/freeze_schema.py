"""Make `frozen/index_v<N>.db`, the index that later versions must be able to open.

Run once when a schema version is released, from the root of the repository, and never again for that
version:  python tests/indexer/store/freeze_schema.py
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.store import migrations
from indexer.store.rows import ItemRow, SegmentRow
from indexer.store.store import Store


@dataclass(frozen=True)
class Seen:
    path: str
    size: int = 1234
    mtime_ns: int = 1_700_000_000_000_000_000
    device: int = 2**64 - 1
    inode: int = 42


def freeze(target: Path) -> None:
    """One file of each state, one copy, names and words in several scripts, three vectors."""
    vectors = np.eye(8, dtype=np.float32)
    with Store.open(target) as store:
        store.add_folder("/library")
        store.space("tiny", 8, "frozen")
        photo, document, copy = (
            store.add_file(Seen(f"/library/{name}"))
            for name in ("Ferien/sunset.jpg", "北京大学.pdf", "copy of sunset.jpg")
        )
        store.add_content(
            photo,
            "a" * 32,
            ItemRow("photo", 640, 480, taken="2024-05-01T10:00:00"),
            [SegmentRow("image", legible=True)],
            vectors[:1],
        )
        pages = [
            SegmentRow("page", "Rechnung für Ärzte", page=1),
            SegmentRow("text", "second passage", page=2),
        ]
        store.add_content(document, "b" * 32, ItemRow("document", pages=2), pages, vectors[1:3])
        store.link(copy, store.content("a" * 32) or 0)
        store.fail(store.add_file(Seen("/library/broken.mp4"), "video"), "failed", "The file ends early.")
        store.add_skipped(Seen("/library/tool.xyz"), "The format is unknown.")
        store.begin(store.add_file(Seen("/library/odd\udcff name.png")))
        store.tidy()


if __name__ == "__main__":
    path = Path(__file__).with_name("frozen") / f"index_v{migrations.VERSION}.db"
    if path.exists():
        sys.exit(f"{path} is frozen already")
    freeze(path)
