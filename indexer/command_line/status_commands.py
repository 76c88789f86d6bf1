"""`sightline status`: counts, rate, what waits and why, problems, coverage, and what lies on the disk.

Of a running engine it shows what that said last; without one, what the index says.
"""

import argparse
from dataclasses import asdict, replace

from indexer import last_status
from indexer.command_line.command_session import Session, ask_index, print_json, session, wants_json
from indexer.messages.work_messages import CoverageRow, Status
from indexer.progress import duration
from indexer.store.rows import DiskAway
from indexer.store.wishes import Wishes
from indexer.upkeep import disk_use

NOBODY = "Nothing works on it now: `sightline index` does, and the window while it is open."


def status(arguments: argparse.Namespace) -> int:
    """How far the index is, why work waits, and what lies on the disk."""
    here = session(arguments, reads=True)
    state = _status(here)
    coverage: tuple[CoverageRow, ...] = ask_index(here.paths, lambda store: store.coverage.all(), ())
    sizes = {part.name: part.bytes for part in disk_use(here.paths)}
    if wants_json(arguments):
        rows = [asdict(row) for row in coverage]
        print_json(asdict(state) | {"coverage": rows, "disk": sizes})
        return 0
    print(f"{state.files} files, {state.segments} segments, {state.vectors} vectors, {state.state}")
    print(f"{state.pending} waiting{_pace(state)}, {state.failed} failed, {state.skipped} skipped")
    if state.failed or state.skipped:
        print("`sightline problems` says which and why.")
    if state.blurred:
        print(f"{state.blurred} looked at quickly, to be looked at more closely when nothing else waits")
    if state.unread:
        print(f"{state.unread} pictures whose words are still to be read")
    if state.unreadable:
        print(state.unreadable)
    if state.incomplete:
        print(f"{state.incomplete} to be looked at once more, for what is wanted or possible now")
    if state.unpictured:
        print(f"{state.unpictured} whose thumbnails were lost, to be made again when nothing else waits")
    if state.rebuilding:
        print(f"{state.rebuilding} {100 * state.rebuilt:.0f} % is done.")
    for sentence in (state.trouble, state.waiting):
        if sentence:
            print(sentence)
    if state.hurry:
        print("In a hurry: indexing waits for nothing until it is done.")
    print(f"embedder {state.embedder or 'none'}, reranker {state.reranker or 'none'}")
    if state.models:
        print(f"{state.models} `sightline models use` chooses others.")
    print(", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in sizes.items()) + f" in {here.paths.data}")
    away: list[DiskAway] = ask_index(here.paths, lambda store: store.disks_away(), [])
    for folder in state.folders:
        wrong = folder.problem or folder.note
        print(f"{folder.path}: {folder.files} files" + (f" - {wrong}" if wrong else ""))
        for row in coverage:
            if row.folder == folder.path:
                print(_in_words(row))
    for disk in away:
        print(f"{disk.path}, “{disk.name}”: {disk.reason}")
    return 0


def _pace(state: Status) -> str:
    rate = f"{state.rate:.1f} a second" if state.rate else ""
    left = f"about {duration(state.eta_s)} left" if state.eta_s is not None else ""
    known = ", ".join(part for part in (rate, left) if part)
    return f" ({known})" if known else ""


def _in_words(row: CoverageRow) -> str:
    text = f"  {row.kind:11}{row.named:8} by name{row.quick:8} by what they show"
    if row.sharp < row.quick:
        text += f"{row.sharp:8} sharply"
    return text + (f"{row.failed:8} failed" if row.failed else "")


def _status(here: Session) -> Status:
    from indexer.courtesy.politeness import pause_in_words
    from indexer.inference.loading import advice, rebuilding, shown_name
    from indexer.ingest.documents import libreoffice
    from indexer.lock import is_held
    from indexer.store.catch_up import Wanted

    wanted = Wanted(here.settings.regions, libreoffice.find() is not None)
    counts, size, made_by, folders, wishes, blurred, incomplete, former, rebuilt = ask_index(
        here.paths,
        lambda store: (
            store.counts(),
            store.index_bytes(),
            store.embedder(),
            store.folder_statuses(),
            store.wishes.now(),
            store.sharp.left(),
            store.catch_up.left(wanted),
            store.switch.former(),
            store.switch.built(),
        ),
        (None, 0, "", (), Wishes(), {}, 0, None, 0.0),
    )
    pending = counts.pending if counts else 0
    working = is_held(here.paths.lock)
    found = Status(
        state="idle" if not pending else "indexing" if working else "paused",
        files=counts.files if counts else 0,
        segments=counts.segments if counts else 0,
        vectors=counts.vectors if counts else 0,
        index_bytes=size,
        embedder=made_by or shown_name(here.options.embedder),
        reranker=shown_name(here.options.reranker),
        pending=pending,
        failed=counts.failed if counts else 0,
        skipped=counts.skipped if counts else 0,
        unread=counts.unread if counts and here.settings.read_words else 0,
        blurred=sum(blurred.values()),
        incomplete=incomplete,
        models=advice(here.options),
        rebuilding=rebuilding(former, here.options) if former else "",
        rebuilt=rebuilt,
        folders=folders,
        waiting=pause_in_words(wishes) or ("" if working or not pending else NOBODY),
        paused_until=wishes.until,
        hurry=wishes.hurry,
    )
    said = last_status.read(here.paths) if working else None
    if said is None:
        return found
    notes = {folder.path: folder.note for folder in said.folders}
    return replace(
        found,
        state="paused" if wishes.paused else said.state,
        rate=said.rate,
        eta_s=said.eta_s,
        unread=found.unread if not said.unreadable else 0,
        unreadable=said.unreadable,
        unpictured=said.unpictured,
        folders=tuple(replace(folder, note=notes.get(folder.path, "")) for folder in folders),
        waiting=found.waiting or said.waiting,
        models=said.models,
        trouble=said.trouble,
    )
