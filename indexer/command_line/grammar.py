"""What can be typed: every command with its options. What they do is in the modules named here."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeAlias, get_args

import indexer
from indexer.command_line import (
    commands,
    data_commands,
    model_commands,
    scope_commands,
    search_commands,
    status_commands,
    work_commands,
)
from indexer.downloading import SOURCES
from indexer.kinds import KINDS, Sort
from indexer.paths import ENVIRONMENT_VARIABLE
from indexer.settings import Budget, Device, Vectors, Weights

FAILED = 2
"""The exit code of everything that goes wrong."""

_LARGEST = 10**9
"""Of the numbers that are asked for."""

Run: TypeAlias = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    """One sentence instead of the whole usage.

    Attributes:
        leaves_out: `-word` is no option, as there are no short ones, but a part of what is asked.
    """

    leaves_out = False

    def _parse_optional(self, arg_string: str) -> Any:
        word = arg_string.startswith("-") and not arg_string.startswith("--") and arg_string != "-h"
        return None if self.leaves_out and word else super()._parse_optional(arg_string)

    def error(self, message: str) -> NoReturn:
        self.exit(FAILED, f"{message[:1].upper()}{message[1:]}: see `{self.prog} --help`.\n")


class _Commands:
    """Commands side by side. All understand the common options, before and after their name.

    Args:
        metavar: what the help calls them; none for the top.
    """

    def __init__(self, above: argparse.ArgumentParser, common: _Parser, metavar: str = "COMMAND") -> None:
        self._group = above.add_subparsers(metavar=metavar, parser_class=_Parser)
        self._common = common

    def add(self, name: str, run: Run, text: str = "", *, json: bool = False) -> _Parser:
        """One more. `json`: it can print JSON."""
        parents = [self._common]
        if text:
            made = self._group.add_parser(name, help=text, description=text, parents=parents)
        else:
            made = self._group.add_parser(name, parents=parents)
        made.set_defaults(run=run)
        if json:
            made.add_argument("--json", action="store_true", help="print JSON", default=argparse.SUPPRESS)
        return made

    def below(self, made: argparse.ArgumentParser, names: str) -> "_Commands":
        """The commands of a command."""
        return _Commands(made, self._common, names)


def parser() -> argparse.ArgumentParser:
    """The whole grammar."""
    common = _common()
    top = _Parser(
        prog="sightline",
        description="Find anything you have ever seen on your own computer. Without a command: the window.",
        parents=[common],
    )
    top.add_argument("--version", action="version", version=f"sightline {indexer.__version__}")
    top.set_defaults(run=commands.window)
    _appearance(top)
    all_commands = _Commands(top, common)
    for part in (_window, _index, _search, _state, _data, _folders, _models):
        part(all_commands)
    all_commands.add("serve", commands.serve)  # what the window starts
    return top


def _window(top: _Commands) -> None:
    window = top.add("window", commands.window, "the window; FILE: to search by")
    _appearance(window)
    window.add_argument("files", nargs="*", metavar="FILE", help="pictures to search by")
    demo = top.add("demo", commands.demo, "make a sample library, index it, ask it, show it")
    demo.add_argument("--no-window", action="store_true", help="only print the table")


def _index(top: _Commands) -> None:
    index = top.add("index", commands.index, "add folders and index them until done", json=True)
    index.add_argument("folders", nargs="*", metavar="FOLDER", help="none: all folders known already")
    index.add_argument("--watch", action="store_true", help="go on watching; end with Ctrl-C")
    pause = top.add("pause", work_commands.pause, "stop indexing for a time or until resumed")
    pause.add_argument("folders", nargs="*", metavar="FOLDER", help="none: everything")
    pause.add_argument("--for", dest="time", type=work_commands.seconds, metavar="TIME", help="as in 30m, 1h")
    resume = top.add("resume", work_commands.resume, "go on indexing")
    resume.add_argument("folders", nargs="*", metavar="FOLDER", help="none: all that was not paused by name")
    hurry = top.add("hurry", work_commands.hurry, "let indexing wait for nothing until it is done")
    hurry.add_argument("--off", action="store_true", help="be polite again")


def _search(top: _Commands) -> None:
    files: dict[str, Any] = {"action": "append", "default": [], "metavar": "FILE"}
    search = top.add(
        "search", search_commands.search, "find files by text, by example pictures, or by both", json=True
    )
    search.leaves_out = True
    search.add_argument("text", nargs="*", metavar="TEXT")
    search.add_argument("--image", help="may be repeated", **files)
    search.add_argument("--kind", choices=KINDS, action="append", default=[], help="may be repeated")
    search.add_argument("--limit", type=_positive, default=20, metavar="N", help="at most N files (20)")
    search.add_argument("--no-rerank", action="store_true", help="keep the order of the first stage")
    search.add_argument("--like", help="an indexed file", **files)
    search.add_argument("--unlike", help="an indexed file", **files)
    search.add_argument("--minus-image", help="not like this", **files)
    search.add_argument("--offset", type=_count, default=0, metavar="N", help="leave out the first N")
    search.add_argument(
        "--sort", choices=get_args(Sort), default="relevance", help="order of what is relevant"
    )
    search.add_argument("--fold", action="store_true", help="list what looks the same once")
    search.add_argument("--weak", action="store_true", help="also what is probably not meant")
    search.add_argument("--save", default=None, metavar="NAME", help="keep this search under a name")
    saved = top.add("saved", search_commands.saved, "list the saved searches, or ask one again", json=True)
    saved.add_argument("name", nargs="?", default=None, metavar="NAME")
    saved.add_argument("--new", action="store_true", help="only what came since you last looked with --new")
    saved.add_argument("--forget", action="store_true", help="do not keep it any longer")
    evaluate = top.add(
        "evaluate", search_commands.evaluate, "measure the models and settings on a labelled set", json=True
    )
    evaluate.epilog = (
        "DATASET: files in a folder “files” and, in “queries.jsonl”, a question with its right answers on "
        'each line: {"text": "a red boat", "images": [], "relevant": ["boat.jpg"]}; none where nothing '
        "should be found. In BEIR's form: corpus.jsonl, queries.jsonl and qrels/test.tsv."
    )
    evaluate.add_argument("dataset", metavar="DATASET", help="a folder with queries.jsonl, or in BEIR's form")
    evaluate.add_argument(
        "--rerank-files", type=_positive, default=24, metavar="N", help="files the reranker looks at (24)"
    )
    evaluate.add_argument(
        "--write", action="store_true", help="let the shares of words and reranker that it justifies count"
    )


def _state(top: _Commands) -> None:
    status = "how far the index is, why work waits, and what lies on the disk"
    top.add("status", status_commands.status, status, json=True)
    top.add(
        "doctor", commands.doctor, "the device, memory, models, data and versions; what to mend", json=True
    )
    problems = top.add("problems", commands.problems, "files that are not in the index, and why", json=True)
    problems.add_argument("--retry", action="store_true", help="try the failed ones again first")
    problems.add_argument(
        "--ignore", nargs="+", default=[], metavar="FILE", help="do not list these any more"
    )
    problems.add_argument("--all", action="store_true", help="also the ignored ones")


def _data(top: _Commands) -> None:
    backup = top.add("backup", data_commands.backup, "keep the whole library in one file", json=True)
    backup.add_argument(
        "target", metavar="FILE|DIR", type=Path, help="in a folder it gets the date for a name"
    )
    backup.add_argument("--no-thumbnails", action="store_true", help="leave them out")
    restore = top.add("restore", data_commands.restore, "put a backup in place of the library", json=True)
    restore.add_argument("source", metavar="FILE", type=Path)
    restore.add_argument("--yes", action="store_true", help="replace the index that is there")
    check = top.add("check", data_commands.check, "see whether the index is sound", json=True)
    check.add_argument("--repair", action="store_true", help="mend what is not")
    purge = top.add("purge", data_commands.purge, "delete everything that Sightline ever stored")
    purge.add_argument("--yes", action="store_true", help="do not ask")


def _folders(top: _Commands) -> None:
    folders = top.add("folders", commands.folders_list, "list, add or remove indexed folders", json=True)
    below = top.below(folders, "list|add|remove|rules|exclude|include|forget|count")
    below.add("list", commands.folders_list, json=True)
    for name, run in (("add", commands.folders_add), ("remove", commands.folders_remove)):
        below.add(name, run, json=True).add_argument("folders", nargs="+", metavar="FOLDER")
    for name, run in (
        ("exclude", scope_commands.exclude),
        ("include", scope_commands.include),
        ("forget", scope_commands.forget),
    ):
        below.add(name, run, json=True).add_argument("paths", nargs="+", metavar="PATH")
    below.add("count", scope_commands.count, json=True).add_argument("folder", metavar="FOLDER")
    rules = below.add("rules", scope_commands.rules, json=True)
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


def _models(top: _Commands) -> None:
    models = top.add(
        "models", model_commands.models_list, "list, fetch, choose, check or remove models", json=True
    )
    below = top.below(models, "list|download|use|verify|remove")
    below.add("list", model_commands.models_list, json=True)
    fetch = below.add("download", model_commands.models_download, json=True)
    fetch.add_argument("names", nargs="+", metavar="NAME", help="from the list")
    fetch.add_argument(
        "--source",
        choices=SOURCES,
        default="auto",
        help="Hugging Face, its mirror ModelScope, or both (auto)",
    )
    check = below.add("verify", model_commands.models_verify, json=True)
    check.add_argument("name", nargs="?", metavar="NAME|DIR", help="none: the models in use")
    check.add_argument(
        "--published",
        metavar="DIR",
        type=Path,
        help="a copy of the repository QwenLM/Qwen3-VL-Embedding, for more figures than the model card's",
    )
    drop = below.add("remove", model_commands.models_remove, json=True)
    drop.add_argument("names", nargs="+", metavar="NAME", help="a fetched model")
    use = below.add("use", model_commands.models_use, json=True)
    use.add_argument("name", nargs="?", metavar="EMBEDDER", help="a name from the list, or a folder")
    use.add_argument(
        "--vectors",
        choices=get_args(Vectors),
        default=argparse.SUPPRESS,
        help="how much the index keeps of each vector: half takes about half the room",
    )
    embed = top.add("embed", model_commands.embed, "embed the inputs of a JSON file")
    embed.add_argument("input", metavar="IN.json", type=Path)
    embed.add_argument("output", metavar="OUT.npz", type=Path)
    rerank = top.add("rerank", model_commands.rerank, "score the documents of a JSON file against its query")
    rerank.add_argument("input", metavar="IN.json", type=Path)
    for tool in (embed, rerank):
        tool.add_argument("--model", required=True, metavar="DIR", help="a model's name or folder")
        tool.add_argument("--official", action="store_true", help="prepare inputs as the official code does")


def _common() -> _Parser:
    """Options of every command; absent when not given, so that the one after the command wins."""
    made = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = made.add_argument_group("common options")
    group.add_argument("--data-dir", metavar="DIR", help=f"index, cache and logs (or {ENVIRONMENT_VARIABLE})")
    group.add_argument("--embedder", metavar="NAME|DIR")
    group.add_argument("--reranker", metavar="NAME|DIR|none")
    group.add_argument("--device", choices=get_args(Device))
    group.add_argument("--budget", choices=get_args(Budget), help="tokens for a picture")
    group.add_argument(
        "--weights", choices=get_args(Weights), help="int8: about half the memory, int4: two fifths"
    )
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


def _positive(text: str) -> int:
    number = _whole(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _count(text: str) -> int:
    number = _whole(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return number


def _whole(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError("must be a whole number") from None
    if number > _LARGEST:
        raise argparse.ArgumentTypeError(f"must be at most {_LARGEST}")
    return number
