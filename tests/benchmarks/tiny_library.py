"""A labelled set of the drawn world for `sightline evaluate`: run `python -m` this with the FOLDER to make.

The files are the demo's sample library, several formats and all; the queries are new ones. Which answers are
right is computed from the facts: every file with a part that a caption is true of. Queries and library come
from seeds, so the set is always the same.
"""

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from indexer.demo.library import Library, plan
from indexer.demo.writing import can_write_heic, write
from models import tiny_phrases as phrases
from models import tiny_world as world

QUERIES = 240
NONSENSE = 60
MOST_ANSWERS = 8
"""A caption that more files answer says too little to be a question."""


def label(library: Library, count: int, nonsense: int, seed: int = 7) -> list[dict[str, Any]]:
    """Queries with their right answers."""
    rng = random.Random(seed)
    parts = list(library.parts())
    facts = world.facts_of([part.scene for _, part in parts])
    rows: list[dict[str, Any]] = []
    while len(rows) < count:
        _, part = rng.choice(parts)
        said = phrases.caption(rng, part.scene, rng.choice(("en", "en", "de", "zh")), full=rng.random() < 0.5)
        true = np.flatnonzero(world.satisfies(world.facts_of([said]), facts)[0])
        relevant = sorted({parts[at][0].path for at in true})
        copies = sorted(one.path for one in library.samples if one.copy_of in relevant and one.copy_of)
        relevant += [path for path in copies if path not in relevant]
        if 0 < len(relevant) <= MOST_ANSWERS:
            rows.append({"text": said.text, "relevant": relevant})
    return rows + [{"text": phrases.nonsense(rng), "relevant": []} for _ in range(nonsense)]


def make(folder: Path, queries: int = QUERIES, nonsense: int = NONSENSE) -> None:
    """The set below an empty or missing folder."""
    library = plan(heic=can_write_heic())
    write(library, folder / "files")
    rows = label(library, queries, nonsense)
    (folder / "queries.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.tiny_library", description=__doc__)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args(argv)
    make(arguments.folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
