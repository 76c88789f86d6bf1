"""The command line: what can be typed, and how every mistake ends in one sentence.

Importing this module is quick: what a command needs is imported when it runs, so `sightline --help`,
`status` and `folders` never load a model library.
"""

import argparse
import io
import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn, get_args

import indexer
from indexer import (
    commands,
    data_commands,
    model_commands,
    offline,
    scope_commands,
    search_commands,
    status_commands,
    work_commands,
)
from indexer.downloading import SOURCES
from indexer.errors import UserError
from indexer.kinds import KINDS, Sort
from indexer.paths import ENVIRONMENT_VARIABLE

FAILED = 2


class _Parser(argparse.ArgumentParser):
    """One sentence instead of the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(FAILED, f"{message[:1].upper()}{message[1:]}: see `{self.prog} --help`.\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0, or 2 after one sentence on standard error that says what to do."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a file name may be anything, a terminal too
            stream.reconfigure(errors="surrogateescape" if os.name == "posix" else "backslashreplace")
    status = _run(parser().parse_args(_with_command(sys.argv[1:] if argv is None else argv)))
    if any(thread.name == "models" for thread in threading.enumerate()):
        # The index is closed. A thread that is reading weights would only delay the exit, or crash it.
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return status


def _with_command(argv: Sequence[str]) -> Sequence[str]:
    """`sightline picture.jpg`, as file managers call it, means the window."""
    file = bool(argv) and not argv[0].isalpha() and Path(argv[0]).is_file()  # commands are words
    return ["window", *argv] if file else argv


def _run(arguments: argparse.Namespace) -> int:
    if getattr(arguments, "offline", False) or offline.wanted():
        offline.enforce()
    try:
        run: Callable[[argparse.Namespace], int] = arguments.run
        return run(arguments)
    except UserError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return _fail("Stopped: nothing is lost, run the same command to go on.")
    except BrokenPipeError:
        # the reader of a pipe has enough; what Python flushes at exit must not fail again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:
        logging.getLogger(__name__).exception("%s failed", " ".join(sys.argv[1:2]))
        return _fail("Something went wrong inside Sightline: see the logs folder in the data directory.")


def parser() -> argparse.ArgumentParser:
    """The whole grammar. Common options are understood before and after the command."""
    common = _common()
    top = _Parser(
        prog="sightline",
        description="Find anything you have ever seen on your own computer. Without a command: the window.",
        parents=[common],
    )
    top.add_argument("--version", action="version", version=f"sightline {indexer.__version__}")
    top.set_defaults(run=commands.window)
    add = top.add_subparsers(metavar="COMMAND", parser_class=_Parser)

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        made = add.add_parser(name, help=text, description=text, parents=[common])
        made.set_defaults(run=run)
        return made

    _appearance(top)
    window = command("window", commands.window, "the window; FILE: to search by")
    _appearance(window)
    window.add_argument("files", nargs="*", metavar="FILE", help="pictures to search by")

    demo = command("demo", commands.demo, "make a sample library, index it, ask it, show it")
    demo.add_argument("--no-window", action="store_true", help="only print the table")

    index = command("index", commands.index, "add folders and index them until done")
    index.add_argument("folders", nargs="*", metavar="FOLDER", help="none: all folders known already")
    index.add_argument("--watch", action="store_true", help="go on watching; end with Ctrl-C")
    _json(index)

    search = command("search", search_commands.search, "find files by text, by example pictures, or by both")
    search.add_argument("text", nargs="*", metavar="TEXT")
    search.add_argument("--image", action="append", default=[], metavar="FILE", help="may be repeated")
    search.add_argument("--kind", choices=KINDS, action="append", default=[], help="may be repeated")
    search.add_argument("--limit", type=_positive, default=20, metavar="N", help="at most N files (20)")
    search.add_argument("--no-rerank", action="store_true", help="keep the order of the first stage")
    search.add_argument("--like", action="append", default=[], metavar="FILE", help="an indexed file")
    search.add_argument("--unlike", action="append", default=[], metavar="FILE", help="an indexed file")
    search.add_argument("--minus-image", action="append", default=[], metavar="FILE", help="not like this")
    search.add_argument("--offset", type=_count, default=0, metavar="N", help="leave out the first N")
    search.add_argument(
        "--sort", choices=get_args(Sort), default="relevance", help="order of what is relevant"
    )
    search.add_argument("--fold", action="store_true", help="list what looks the same once")
    search.add_argument("--weak", action="store_true", help="also what is probably not meant")
    search.add_argument("--save", default=None, metavar="NAME", help="keep this search under a name")
    _json(search)

    saved = command("saved", search_commands.saved, "list the saved searches, or ask one again")
    saved.add_argument("name", nargs="?", default=None, metavar="NAME")
    saved.add_argument("--new", action="store_true", help="only what came since you last looked with --new")
    saved.add_argument("--forget", action="store_true", help="do not keep it any longer")
    _json(saved)

    evaluate = command(
        "evaluate", search_commands.evaluate, "measure the models and settings on a labelled set"
    )
    evaluate.add_argument("dataset", metavar="DATASET", help="a folder with queries.jsonl, or in BEIR's form")
    evaluate.add_argument(
        "--rerank-files", type=_positive, default=24, metavar="N", help="files the reranker looks at (24)"
    )
    evaluate.add_argument(
        "--write", action="store_true", help="let the shares of words and reranker that it justifies count"
    )
    _json(evaluate)

    pause = command("pause", work_commands.pause, "stop indexing for a time or until resumed")
    pause.add_argument("folders", nargs="*", metavar="FOLDER", help="none: everything")
    pause.add_argument("--for", dest="time", type=work_commands.seconds, metavar="TIME", help="as in 30m, 1h")
    resume = command("resume", work_commands.resume, "go on indexing")
    resume.add_argument("folders", nargs="*", metavar="FOLDER", help="none: all that was not paused by name")
    hurry = command("hurry", work_commands.hurry, "let indexing wait for nothing until it is done")
    hurry.add_argument("--off", action="store_true", help="be polite again")

    _json(
        command(
            "status",
            status_commands.status,
            "how far the index is, why work waits, and what lies on the disk",
        )
    )

    _json(command("doctor", commands.doctor, "the device, memory, models, data and versions; what to mend"))

    problems = command("problems", commands.problems, "files that are not in the index, and why")
    problems.add_argument("--retry", action="store_true", help="try the failed ones again first")
    problems.add_argument(
        "--ignore", nargs="+", default=[], metavar="FILE", help="do not list these any more"
    )
    problems.add_argument("--all", action="store_true", help="also the ignored ones")
    _json(problems)

    backup = command("backup", data_commands.backup, "keep the whole library in one file")
    backup.add_argument(
        "target", metavar="FILE|DIR", type=Path, help="in a folder it gets the date for a name"
    )
    backup.add_argument("--no-thumbnails", action="store_true", help="leave them out")
    _json(backup)
    restore = command("restore", data_commands.restore, "put a backup in place of the library")
    restore.add_argument("source", metavar="FILE", type=Path)
    restore.add_argument("--yes", action="store_true", help="replace the index that is there")
    _json(restore)

    check = command("check", data_commands.check, "see whether the index is sound")
    check.add_argument("--repair", action="store_true", help="mend what is not")
    _json(check)

    purge = command("purge", data_commands.purge, "delete everything that Sightline ever stored")
    purge.add_argument("--yes", action="store_true", help="do not ask")

    folders = command("folders", commands.folders_list, "list, add or remove indexed folders")
    _json(folders)
    folder = folders.add_subparsers(
        metavar="list|add|remove|rules|exclude|include|forget|count", parser_class=_Parser
    )
    _sub(folder, "list", commands.folders_list, common)
    for name, run in (("add", commands.folders_add), ("remove", commands.folders_remove)):
        _sub(folder, name, run, common).add_argument("folders", nargs="+", metavar="FOLDER")
    for name, run in (
        ("exclude", scope_commands.exclude),
        ("include", scope_commands.include),
        ("forget", scope_commands.forget),
    ):
        _sub(folder, name, run, common).add_argument("paths", nargs="+", metavar="PATH")
    _sub(folder, "count", scope_commands.count, common).add_argument("folder", metavar="FOLDER")
    rules = _sub(folder, "rules", scope_commands.rules, common)
    rules.add_argument("--exclude", action="append", default=[], metavar="PATTERN", help="as in a .gitignore")
    rules.add_argument("--no-exclude", action="append", default=[], metavar="PATTERN", help="take it back")
    for name, text in (
        ("hidden", "hidden files and folders"),
        ("developer", "node_modules, .git, virtual environments, caches"),
        ("cloud", "files that reading would download"),
    ):
        rules.add_argument(f"--{name}", choices=("yes", "no"), help=text)
    rules.add_argument("--min-pixels", type=_count, metavar="N", help="shorter side of a picture")
    rules.add_argument("--min-bytes", type=_count, metavar="N", help="size of a file")
    rules.add_argument("--preview", action="store_true", help="only say what would change")

    models = command("models", model_commands.models_list, "list, fetch, choose, check or remove models")
    _json(models)
    model = models.add_subparsers(metavar="list|download|use|verify|remove", parser_class=_Parser)
    _sub(model, "list", model_commands.models_list, common)
    fetch = _sub(model, "download", model_commands.models_download, common)
    fetch.add_argument("names", nargs="+", metavar="NAME", help="from the list")
    fetch.add_argument(
        "--source",
        choices=SOURCES,
        default="auto",
        help="Hugging Face, its mirror ModelScope, or both (auto)",
    )
    check = _sub(model, "verify", model_commands.models_verify, common)
    check.add_argument("name", nargs="?", metavar="NAME|DIR", help="none: the models in use")
    check.add_argument(
        "--published",
        metavar="DIR",
        type=Path,
        help="a copy of the repository QwenLM/Qwen3-VL-Embedding, for more figures than the model card's",
    )
    drop = _sub(model, "remove", model_commands.models_remove, common)
    drop.add_argument("names", nargs="+", metavar="NAME", help="a fetched model")
    use = _sub(model, "use", model_commands.models_use, common)
    use.add_argument("name", nargs="?", metavar="EMBEDDER", help="a name from the list, or a folder")

    embed = command("embed", model_commands.embed, "embed the inputs of a JSON file")
    embed.add_argument("input", metavar="IN.json", type=Path)
    embed.add_argument("output", metavar="OUT.npz", type=Path)
    rerank = command("rerank", model_commands.rerank, "score the documents of a JSON file against its query")
    rerank.add_argument("input", metavar="IN.json", type=Path)
    for tool in (embed, rerank):
        tool.add_argument("--model", required=True, metavar="DIR", help="a model's name or folder")
        tool.add_argument("--official", action="store_true", help="prepare inputs as the official code does")

    add.add_parser("serve", parents=[common]).set_defaults(run=commands.serve)  # what the window starts
    return top


def _common() -> _Parser:
    """Options of every command; absent when not given, so that the one after the command wins."""
    made = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = made.add_argument_group("common options")
    group.add_argument("--data-dir", metavar="DIR", help=f"index, cache and logs (or {ENVIRONMENT_VARIABLE})")
    group.add_argument("--embedder", metavar="NAME|DIR")
    group.add_argument("--reranker", metavar="NAME|DIR|none")
    group.add_argument("--device", choices=("auto", "cuda", "mps", "cpu"))
    group.add_argument("--budget", choices=("fast", "balanced", "exact"), help="tokens for a picture")
    group.add_argument("--weights", choices=("full", "int8"), help="int8 takes about half the memory")
    group.add_argument("--offline", action="store_true", help="refuse every network connection")
    return made


def _appearance(made: argparse.ArgumentParser) -> None:
    group = made.add_argument_group("how the window appears; one that is open already is told")
    for name, text in (
        ("--background", "only its icon in the tray"),
        ("--palette", "a field over whatever is on the screen"),
        ("--snip", "choose a part of the screen to search by"),
    ):
        group.add_argument(name, action="store_true", help=text, default=argparse.SUPPRESS)


def _json(made: argparse.ArgumentParser) -> None:
    made.add_argument("--json", action="store_true", help="print JSON", default=argparse.SUPPRESS)


def _sub(
    group: "argparse._SubParsersAction[_Parser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    common: _Parser,
) -> argparse.ArgumentParser:
    made = group.add_parser(name, parents=[common])
    made.set_defaults(run=run)
    _json(made)
    return made


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return number


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return FAILED
