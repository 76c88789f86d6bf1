"""What is indexed, as a person chooses it: rules, what they would change, and what is taken out for good."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from indexer.disk.named_folders import as_listed, does_not_answer
from indexer.disk.walking import Visit, walk_patiently
from indexer.drives.answering import Answering
from indexer.errors import NoAnswer, UserError
from indexer.ingest.pictures.screenshots import is_named_like_one
from indexer.ingest.rules import by_name
from indexer.ingest.scan import RootUnreadable, Seen, Unreadable
from indexer.ingest.scope import Scope, patterns
from indexer.ingest.thumbnails import PreviewCache
from indexer.messages.library_messages import FolderCount, Rules, RulesPreview
from indexer.paths import absolute
from indexer.store.left_out import marks
from indexer.store.store import Store

EXAMPLES = 20
COUNT_S = 3.0
"""How long counting a folder may take: somebody waits for it."""
COUNTED_AT_ONCE = 50


class Scoping:
    """Chooses for one index. Every change is complete in the index when its call returns.

    Args:
        own: the data directory, which is never indexed.
        changed: called after every change with what was taken out; with nothing when the folders have to be
            looked at for it.
    """

    def __init__(
        self,
        store: Store,
        cache: PreviewCache,
        own: str,
        changed: Callable[[Sequence[str]], None] = lambda taken_out: None,
    ) -> None:
        self._store = store
        self._cache = cache
        self._own = own
        self._changed = changed
        self._answering = Answering()

    def rules(self) -> Rules:
        """As they are now."""
        return self._store.left_out.rules()

    def set_rules(self, rules: Rules) -> None:
        """Index by these. Raises UserError for a pattern that makes no sense."""
        patterns(rules.exclude)
        self._drop(self._store.left_out.set_rules(rules))
        self._changed(())

    def preview(self, rules: Rules, folder: str = "") -> RulesPreview:
        """What these rules would change, found by looking at all folders or one. Raises as `set_rules`."""
        chosen = self._store.left_out
        scope = Scope(rules, [*chosen.excluded(), self._own])
        forgotten = chosen.forgotten()
        rows = self._store.folders()
        every = [row.path for row in rows]
        away = [disk.path for disk in self._store.disks_away()]
        known: set[str] = set()
        stays: set[str] = set()
        for root in (row.path for row in rows if row.online and folder in ("", row.path)):
            known |= {row.path for row in self._store.known.each(root)}
            for one in self._found(root, scope):
                if isinstance(one, Unreadable):
                    away.append(one.path)
                elif forgotten.isdisjoint(marks(one.path, every, one.size, one.mtime_ns)):
                    stays.add(one.path)
        kept = tuple(path + os.sep for path in away)  # what is known of these stays
        small = set(chosen.smaller_than(rules.min_pixels)) & stays & known
        removed = sorted({path for path in known - stays if not path.startswith(kept)} | small)
        return RulesPreview(len(removed), tuple(removed[:EXAMPLES]), len(stays - known))

    def _found(self, root: str, scope: Scope) -> Iterator[Seen | Unreadable]:
        """What is in a watched folder, some of it twice perhaps, and what of it nothing can be told of."""
        silent: set[str] = set()
        while True:
            visit = Visit.of(root)
            try:
                yield from walk_patiently(self._answering, visit, scope, silent)
            except RootUnreadable as error:
                yield Unreadable(root, str(error))
            except NoAnswer as error:
                if visit.at != root:
                    silent.add(visit.at)
                    continue
                yield Unreadable(root, str(error))
            return

    def is_known(self, path: str) -> bool:
        """Whether a file, or any file in a folder, is in the index."""
        return self._store.left_out.is_known(as_listed(path))

    def excluded(self) -> tuple[str, ...]:
        """Files and folders that were taken out for good."""
        return self._store.left_out.excluded()

    def exclude(self, paths: Sequence[str]) -> None:
        """Take files and folders out, now and for good. Raises UserError for what holds a watched one."""
        usable = self._usable(paths)
        self._drop(self._store.left_out.exclude(usable))
        self._changed(usable)

    def include(self, paths: Sequence[str]) -> None:
        """Take back `exclude`."""
        self._store.left_out.include([as_listed(path) for path in paths])
        self._changed(())

    def forget(self, paths: Sequence[str]) -> None:
        """Take files, and all files in folders, out now; those that change come back. Raises as `exclude`."""
        usable = self._usable(paths)
        self._drop(self._store.left_out.forget(usable))
        self._changed(usable)

    def _usable(self, paths: Sequence[str]) -> list[str]:
        watched = {row.path for row in self._store.folders()}
        usable = [as_listed(path) for path in paths]
        for path in usable:
            if path in watched:
                raise UserError(f"{path} is one of the indexed folders: remove it from the list instead.")
            below = path.rstrip(os.sep) + os.sep
            inner = next((folder for folder in watched if folder.startswith(below)), "")
            if inner:
                raise UserError(f"{path} holds the indexed folder {inner}: remove that from the list first.")
        return usable

    def _drop(self, hashes: Sequence[str]) -> None:
        for hash in hashes:
            self._cache.remove(hash)


def count(path: str, rules: Rules | None = None, patience_s: float = COUNT_S) -> FolderCount:
    """What a folder holds, judged by names. Raises UserError when it cannot be read."""
    counts: Counter[str] = Counter()
    complete = True
    until = time.monotonic() + patience_s
    visit = Visit.of(str(absolute(path)))
    try:
        for seen in walk_patiently(Answering(), visit, Scope(rules), portion=COUNTED_AT_ONCE):
            if isinstance(seen, Seen):
                counts[_sort_of(Path(seen.path))] += 1
            if time.monotonic() > until:
                complete = False
                break
    except NoAnswer as error:
        if visit.at == visit.root:
            raise UserError(does_not_answer(visit.root)) from error
        complete = False
    return FolderCount(
        counts["photos"],
        counts["screenshots"],
        counts["videos"],
        counts["documents"],
        counts["other"],
        complete,
    )


def _sort_of(path: Path) -> str:
    match by_name(path):
        case None:
            return "other"
        case "image" | "raw" | "svg":
            return "screenshots" if is_named_like_one(path.stem) else "photos"
        case "video":
            return "videos"
        case _:
            return "documents"
