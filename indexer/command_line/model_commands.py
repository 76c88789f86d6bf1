"""The commands about models: which there are, which to use, and running one on a JSON file."""

import argparse
import math
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from indexer.command_line.command_session import (
    Session,
    ask_index,
    data_paths,
    print_json,
    session,
    stop_on_terminate,
    wants_json,
)
from indexer.errors import UserError
from indexer.paths import absolute
from indexer.settings import HELD, KEPT, NO_RERANKER, ModelOptions, Weights
from models import catalog
from models.errors import ModelsError

if TYPE_CHECKING:
    from indexer.store.store import Store
    from models.preparation import Budget
    from models.qwen3_vl import Qwen3VLEmbedder
    from models.verify import Row


def models_list(arguments: argparse.Namespace) -> int:
    """Print what can be chosen, what is installed and what is in use."""
    here = session(arguments, reads=True)
    from indexer.inference.loading import known_models

    rows = known_models(here.options, here.paths.checkpoints)
    pairs = list(zip((*catalog.BUILT_IN, *catalog.CATALOG), rows, strict=True))
    if wants_json(arguments):
        print_json([{**asdict(entry), **asdict(row)} for entry, row in pairs])
        return 0
    for entry, row in pairs:
        facts = [row.licence]
        if entry.repository:
            size = f"{row.download_bytes / 1e9:.1f} GB to fetch, {row.memory >> 30} GiB of memory"
            facts = [size, row.licence, f"revision {entry.revision[:12] or 'newest'}"]
        facts += [mark for mark, holds in (("installed", row.installed), ("used", row.used)) if holds]
        print(f"{row.name:24}{row.role:10}{', '.join(facts)}")
        print(f"{'':24}{row.about}")
    print(f"\nIn use: {here.options.embedder} and {here.options.reranker}, on device {here.options.device}.")
    return 0


def models_download(arguments: argparse.Namespace) -> int:
    """Fetch models of the catalogue; interrupted, the same command goes on where it was."""
    here = session(arguments)
    from indexer.downloading import fetch, known
    from indexer.messages.model_messages import Download
    from indexer.progress import Bar, fetching

    stop_on_terminate()
    bar = Bar()

    def show(news: Download) -> None:
        bar.draw(news.done_bytes / max(1, news.total_bytes), fetching(news))

    say, fetched = _say(arguments), {}
    for name in [known(name).name for name in arguments.names]:
        try:
            folder = fetch(name, here.paths.checkpoints, arguments.source, show)
        finally:
            bar.close()
        fetched[name] = str(folder)
        say(f"{name} is in {folder}; `sightline models use` chooses it.")
    if wants_json(arguments):
        print_json({"fetched": fetched})
    return 0


def models_remove(arguments: argparse.Namespace) -> int:
    """Delete fetched models; never a whole one that is in use, never a folder elsewhere."""
    here = session(arguments)
    from indexer.downloading import known
    from indexer.inference.loading import known_models

    rows = {row.name: row for row in known_models(here.options, here.paths.checkpoints)}
    answering = ask_index(here.paths, lambda store: store.switch.former(), None)
    from models.download import remove

    entries = [known(name) for name in arguments.names]
    for entry in entries:
        used = rows[entry.name].used or (answering and catalog.find(answering.embedder) == entry)
        if used and _is_damaged(entry, here):
            continue  # so that it can be fetched again
        if rows[entry.name].used:
            raise UserError(f"{entry.name} is in use: choose another one with `sightline models use` first.")
        if used:
            raise UserError(
                f"{entry.name} is in use: it answers until the new model has seen all files. "
                "Run `sightline index`, or leave Sightline open, then remove it."
            )
    say, removed = _say(arguments), {}
    for entry in entries:
        try:
            removed[entry.name] = freed = remove(entry, here.paths.checkpoints)
        except ModelsError as error:
            raise UserError(str(error)) from None
        say(f"{entry.name} is removed, {freed / 1e9:.1f} GB are free again.")
    if wants_json(arguments):
        print_json({"removed": removed})
    return 0


def _is_damaged(entry: catalog.Checkpoint, here: Session) -> bool:
    from models.download import damaged

    folder = catalog.folder_of(entry, here.paths.checkpoints)
    try:
        return folder is not None and bool(damaged(folder))
    except ModelsError:
        return True  # nobody knows any more what should be there


def models_verify(arguments: argparse.Namespace) -> int:
    """Check files by hash, weights by loading them, and their figures against the published ones."""
    here = session(arguments)
    found, failures = [], []
    for role, name in _to_verify(arguments, here):
        try:
            model, sentence = _verify(name, role, arguments, here)
        except ModelsError as error:
            raise UserError(str(error)) from None
        found.append(model)
        if sentence:
            failures.append(sentence)
    if wants_json(arguments):
        print_json({"models": found})
    if failures:
        raise UserError(" ".join(failures))
    return 0


def _to_verify(arguments: argparse.Namespace, here: Session) -> list[tuple[catalog.Role, str]]:
    """The models in use, or the named one in the role it can play."""
    if arguments.name is None:
        used = [("embedder", here.options.embedder), ("reranker", here.options.reranker)]
        return [(cast("catalog.Role", role), name) for role, name in used if name != NO_RERANKER]
    entry = catalog.find(arguments.name)
    if entry is not None:
        return [(entry.role, arguments.name)]
    return [("reranker" if "rerank" in arguments.name.lower() else "embedder", arguments.name)]


def _verify(
    name: str, role: catalog.Role, arguments: argparse.Namespace, here: Session
) -> tuple[dict[str, Any], str]:
    """Say what is found. Returns it for JSON, with a sentence about what is wrong; "" when nothing is."""
    say = _say(arguments)
    folder = catalog.resolve(name, role, here.paths.checkpoints)
    from indexer.progress import Bar
    from models import published, verify
    from models.download import damaged

    say(f"{role} {folder}")
    bar = Bar()
    try:  # of 16 GB a minute and more
        bad = damaged(folder, lambda news: bar.draw(news.done / max(1, news.total), "comparing hashes …"))
    finally:
        bar.close()
    found: dict[str, Any] = {"role": role, "folder": str(folder), "damaged": bad, "figures": []}
    if bad:
        return found, f"Damaged in {folder}: {', '.join(bad)}; remove the model and fetch it again."
    say("  files: " + ("not fetched by Sightline, no hashes to compare" if bad is None else "as published"))
    from models.preparation import Budget
    from models.qwen3_vl import load_embedder, load_reranker

    load = load_embedder if role == "embedder" else load_reranker
    model = load(folder, here.options.device, Budget.exact(), weights=here.options.weights)
    say(f"  weights: complete and finite. {model.device.why}")
    rows: list[verify.Row] = []
    for row in verify.verify(model, published.figures(folder, role, arguments.published)):
        if not rows:
            say(f"  {'source':12}{'published':>10}{'here':>10}  {'':8}query")
        rows.append(row)
        mark = "agrees" if row.agrees else "DIFFERS"
        say(f"  {row.source:12}{row.expected:10.4f}{row.found:10.4f}  {mark:8}{row.query[:50]} [{row.place}]")
    meaning = verify.meaning(rows)
    say(f"  {meaning}")
    agrees = all(row.agrees for row in rows)
    found["figures"] = [_figure(row) for row in rows]
    return found, "" if agrees else f"{folder.name}: {meaning}"


def _figure(row: "Row") -> dict[str, Any]:
    """JSON has no word for a number that is none."""
    return asdict(row) | {"found": row.found if math.isfinite(row.found) else None, "agrees": row.agrees}


def models_use(arguments: argparse.Namespace) -> int:
    """Choose models for this data directory from now on; embed everything again if that is needed."""
    here = session(arguments)
    name = arguments.name or getattr(arguments, "embedder", None)
    given = ("reranker", "device", "budget", "weights", "vectors")
    if name is None and not any(hasattr(arguments, each) for each in given):
        raise UserError(
            "Say which model to use, for example `sightline models use tiny`; `models list` shows all."
        )
    chosen = replace(
        here.options,
        embedder=_lasting(name or here.settings.embedder),
        reranker=_lasting(here.options.reranker),
    )
    from indexer.inference.loading import ModelLoader
    from indexer.lock import EngineLock
    from indexer.store.store import Store

    loader = ModelLoader(chosen, here.paths.checkpoints)
    with EngineLock(here.paths.lock), Store.open(here.paths.database) as store:
        loader.check()
        before, indexed = here.settings.models(), bool(store.embedder())
        # Seconds, in which others may write. Of a folder that was not fetched only this shows if it works.
        embedder = loader.embedder() if indexed or _is_brought(chosen.embedder, before.embedder) else None
        if _is_brought(chosen.reranker, before.reranker):
            loader.reranker(embedder)
        with store.transaction():  # the change is begun and the settings name it, or neither
            answers = _keep_answering(store, embedder, before, chosen) if embedder and indexed else ""
            here.settings.with_models(chosen).save(here.paths.settings)
    if wants_json(arguments):
        print_json(asdict(chosen) | {"answers": answers})
        return 0
    held = "" if chosen.weights == "full" else f", with weights {HELD[chosen.weights]}"
    held += "" if chosen.vectors == "whole" else f", {KEPT[chosen.vectors]} of each vector kept"
    print(f"Using {chosen.embedder} and {chosen.reranker} on device {chosen.device}{held}.")
    if answers:
        print(
            f"`sightline index`, or the window, looks at every file again; until that is done, {answers} "
            "answers."
        )
    return 0


def embed(arguments: argparse.Namespace) -> int:
    """Embed the inputs of a JSON file into an .npz file."""

    def run(folder: Path, device: str, budget: "Budget", weights: Weights) -> None:
        import numpy as np

        from models.commands import embed_file
        from models.qwen3_vl import load_embedder

        embedder = load_embedder(folder, device, budget, weights=weights)
        vectors = embed_file(embedder, arguments.input, arguments.official)
        try:
            with arguments.output.open("wb") as file:
                np.savez(file, embeddings=vectors)
        except OSError as error:
            raise UserError(f"Cannot write {arguments.output}: {error.strerror}.") from None

    return _with_model(arguments, "embedder", run)


def rerank(arguments: argparse.Namespace) -> int:
    """Print the scores of a JSON file's documents."""

    def run(folder: Path, device: str, budget: "Budget", weights: Weights) -> None:
        from models.commands import rerank_file
        from models.qwen3_vl import load_reranker

        reranker = load_reranker(folder, device, budget, weights=weights)
        scores = rerank_file(reranker, arguments.input, arguments.official)
        print_json({"scores": [float(score) for score in scores]})

    return _with_model(arguments, "reranker", run)


def _with_model(
    arguments: argparse.Namespace, role: catalog.Role, run: "Callable[[Path, str, Budget, Weights], None]"
) -> int:
    from models.preparation import Budget

    try:
        folder = catalog.resolve(arguments.model, role, data_paths(arguments).checkpoints)
        budget = Budget.of(folder, getattr(arguments, "budget", "balanced"))
        run(folder, getattr(arguments, "device", "auto"), budget, getattr(arguments, "weights", "full"))
    except ModelsError as error:
        raise UserError(str(error)) from None
    return 0


def _say(arguments: argparse.Namespace) -> Callable[[str], None]:
    """For what people read, who get no JSON."""
    return (lambda line: None) if wants_json(arguments) else print


def _keep_answering(
    store: "Store", embedder: "Qwen3VLEmbedder", before: ModelOptions, chosen: ModelOptions
) -> str:
    """What answers until there are vectors of the chosen embedder; "" when those are there already."""
    from indexer.store.switch import MadeWith

    store.switch.want(MadeWith.of(before))
    form = MadeWith.of(chosen).form(embedder.dimension)
    if store.switch.begin(embedder.name, embedder.dimension, embedder.preparation, form) is None:
        store.switch.note(MadeWith.of(chosen))
        return ""
    return store.embedder()


def _lasting(name_or_folder: str) -> str:
    """A folder is kept as an absolute path: the next command may be typed elsewhere."""
    return name_or_folder if _is_named(name_or_folder) else str(absolute(name_or_folder))


def _is_brought(chosen: str, before: str) -> bool:
    """Whether it is a folder of the person's own that was not in use before."""
    return chosen != before and not _is_named(chosen)


def _is_named(name_or_folder: str) -> bool:
    return name_or_folder.lower() in (catalog.TINY, NO_RERANKER) or catalog.find(name_or_folder) is not None
