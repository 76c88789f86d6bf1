"""The commands that ask: one question, or a whole labelled set of them."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict, astuple, replace
from typing import Any

from indexer.command_line.command_session import Session, ask_index, print_json, session, showing, wants_json
from indexer.errors import UserError
from indexer.messages.search_messages import Example, Search
from indexer.paths import absolute

_NEW = 100_000
"""Results of a saved search that are new, at most."""


def search(arguments: argparse.Namespace) -> int:
    """Answer one question."""
    text = " ".join(arguments.text).strip()
    if not (text or arguments.image or arguments.like or arguments.kind):
        raise UserError("Say what to look for: some text, --image FILE, or both.")
    here = session(arguments, reads=not arguments.save)
    images = [*arguments.image, *arguments.minus_image]
    request = Search(
        search_id=1,
        text=text,
        images=tuple(str(absolute(image)) for image in images),
        kinds=tuple(arguments.kind),
        limit=arguments.limit,
        rerank=not arguments.no_rerank,
        offset=arguments.offset,
        sort=arguments.sort,
        fold=arguments.fold,
        weak=arguments.weak,
        image_weights=(*[1.0] * len(arguments.image), *[-1.0] * len(arguments.minus_image)),
        more_like=tuple(Example(str(absolute(file))) for file in arguments.like),
        less_like=tuple(Example(str(absolute(file))) for file in arguments.unlike),
    )
    status = _answer(arguments, here, request)
    if arguments.save:
        from indexer.store.store import Store

        with Store.open(here.paths.database) as store:
            store.saved.save(arguments.save, request, standing=True)
    return status


def saved(arguments: argparse.Namespace) -> int:
    """List the saved searches, ask one again, or forget it."""
    here = session(arguments, reads=not (arguments.new or arguments.forget))
    from indexer.store.store import Store

    known = {one.name: one for one in ask_index(here.paths, lambda store: store.saved.all(), ())}
    if arguments.name is None:
        if wants_json(arguments):
            print_json([asdict(one) for one in known.values()])
        for one in () if wants_json(arguments) else known.values():
            print(f"{one.name}: {one.search.text}")
        return 0
    one = known.get(arguments.name)
    if one is None:
        raise UserError(f"No search is saved as {arguments.name}: `sightline saved` lists those that are.")
    last = ask_index(here.paths, lambda store: store.saved.last(), None)  # what comes meanwhile stays new
    if not arguments.forget:
        # they count as seen then, so none may stay behind the last one listed
        most = max(_NEW, one.search.limit)
        since = replace(one.search, newer_than=one.seen, read_after=one.read, offset=0, limit=most)
        _answer(arguments, here, since if arguments.new else one.search)
    if arguments.forget or arguments.new:
        with Store.open(here.paths.database) as store:
            if arguments.forget:
                store.saved.forget(one.name)
            else:
                store.saved.looked(one.name, last)
    return 0


def _answer(arguments: argparse.Namespace, here: Session, request: Search) -> int:
    from indexer.searching import answer

    results = answer(here.paths, here.options, request)
    if wants_json(arguments):
        print_json(
            {
                "query": request.text,
                "took_ms": asdict(results.took_ms),
                "total": results.total,
                "at_least": results.at_least,
                "results": _result_rows(results.hits),
            }
        )
        return 0
    for number, hit in enumerate(results.hits, 1):
        print(f"{number:3}  {hit.relevance:9}{hit.path}{_place(hit.segment)}")
        because = ", ".join(hit.matched)
        print(f"     {because}" + (f": {hit.snippet}" if hit.snippet else ""))
        if hit.folded:
            print(f"     and {len(hit.folded)} that look the same")
        if hit.offline:
            print(f"     on “{hit.offline}”, which is not connected")
    if results.hits and results.total > request.offset + len(results.hits):
        print("There is more: --limit and --offset show it.", file=sys.stderr)
    if results.note:
        print(results.note, file=sys.stderr)
    if not results.hits:
        print("Nothing matches.")
    return 0


def evaluate(arguments: argparse.Namespace) -> int:
    """Measure the chosen models on a labelled set."""
    here = session(arguments)
    from indexer.evaluation.report import lines
    from indexer.evaluation.session import evaluate as measure
    from indexer.progress import Progress

    progress = Progress()
    try:
        found = measure(
            here.paths,
            here.options,
            absolute(arguments.dataset),
            rerank_files=arguments.rerank_files,
            write=arguments.write,
            emit=showing(progress),
            asked=lambda done, total: progress.draw(done / total, f"{done} of {total} questions asked"),
        )
    finally:
        progress.close()
    if wants_json(arguments):
        print_json(found)
    else:
        print("\n".join(lines(found)))
    return 0


def _result_rows(hits: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {
            "path": hit.path,
            "kind": hit.kind,
            "score": round(hit.score, 6),
            "relevance": hit.relevance,
            "matched": list(hit.matched),
            "segment": {
                "type": hit.segment.type,
                "start_s": hit.segment.start_s,
                "end_s": hit.segment.end_s,
                "page": hit.segment.page,
                "lit": [list(astuple(box)) for box in hit.segment.lit],
                "box": None if hit.segment.box is None else list(astuple(hit.segment.box)),
            },
            "snippet": hit.snippet,
            "folded": list(hit.folded),
            "offline": hit.offline,
            "facts": {name: fact for name, fact in asdict(hit.facts).items() if fact not in ("", None)},
        }
        for hit in hits
    ]


def _place(segment: Any) -> str:
    if segment.page is not None:
        return f", page {segment.page}"
    if segment.start_s is not None:
        return f", {_clock(segment.start_s)} to {_clock(segment.end_s or segment.start_s)}"
    return ""


def _clock(seconds: float) -> str:
    tenths = round(10 * seconds)
    return f"{tenths // 600}:{tenths % 600 / 10:04.1f}"
