"""Finds what the engine says to people, by reading the code of `indexer` and `models`.

A sentence begins with a capital letter, a quotation mark or something filled in, and ends with a full stop or
the like, or with another sentence that is filled in after one: wherever it stands, it is found. Words that
are no sentence, but part of one or short for one, are found where an error is made with them, and where they
are called a `Phrase` (indexer/words.py):

    name: Phrase = "a program"
    NAMES: dict[str, Phrase] = {"exe": "a program"}
    def name(n: int) -> Phrase: return f"{n} programs"

What is filled in keeps its name where it has one, else it is numbered; a number with decimals is `{n}`.
"""

import ast
import builtins
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

COMMAND_LINE = (
    "indexer/command_line/*", "indexer/progress.py", "indexer/backup.py",
    "indexer/demo/*", "indexer/evaluation/*",
    "indexer/store/check.py", "indexer/store/repair.py", "indexer/store/snapshot.py",
    "models/commands.py", "models/tiny*", "models/official.py", "models/published.py",
    "models/reading.py", "models/requests.py", "models/verify.py",
)  # fmt: skip
"""What they say only the command line shows, in English."""

TO_MODELS = re.compile(r".*INSTRUCTION|JUDGE")
"""Constants that are said to a model."""

SENTENCE = re.compile(r"(?:[A-Z“]|\{\w+\}\W*[ ,]).*(?:[.!…]|\. \{\w+\})", re.DOTALL)
WORD = re.compile(r"(?<![{\w])[a-z]{2,}(?![\w}])")
BUILT_IN = frozenset(dir(builtins))


def found(root: Path) -> set[str]:
    """All of them, with `{name}` for what is filled in."""
    said: set[str] = set()
    for package in ("indexer", "models"):
        for file in sorted((root / package).rglob("*.py")):
            place = file.relative_to(root).as_posix()
            if not any(fnmatch(place, pattern) for pattern in COMMAND_LINE):
                said |= in_code(file.read_text(encoding="utf-8"))
    return said


def in_code(code: str) -> set[str]:
    """What one file says."""
    tree = ast.parse(code)
    unsaid = {id(node) for each in ast.walk(tree) for node in _not_for_people(each)}
    said = {
        template(node)
        for node in ast.walk(tree)
        if id(node) not in unsaid and _is_text(node) and is_sentence(template(node))
    }
    for node in ast.walk(tree):
        said |= {template(text) for text in _phrases(node)}
    return said


def is_sentence(text: str) -> bool:
    """Whether it reads like one."""
    return bool(SENTENCE.fullmatch(text)) and len(WORD.findall(text)) > 1


def template(node: ast.AST) -> str:
    """The text of a literal, `{name}` for what is filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.JoinedStr)  # noqa: S101  # for mypy
    fields = [part for part in node.values if isinstance(part, ast.FormattedValue)]
    names: dict[str, str] = {}
    for number, field in enumerate(fields, 1):
        written, wanted = ast.unparse(field), _name(field)
        if wanted in names.values() and written not in names:
            wanted = f"{wanted}{number}"
        names.setdefault(written, wanted or str(number))
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else f"{{{names[ast.unparse(part)]}}}"
        for part in node.values
    )


def _name(field: ast.FormattedValue) -> str:
    if field.format_spec is not None and ast.unparse(field.format_spec).rstrip("'\"").endswith("f"):
        return "n"
    named = field.value
    return getattr(named, "attr", getattr(named, "id", "")).strip("_").lower()


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _not_for_people(node: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, pieces of a template, what goes to the log or to a model."""
    if isinstance(node, ast.Expr) and _is_text(node.value):
        yield node.value
    if isinstance(node, ast.JoinedStr):
        yield from (part for part in ast.walk(node) if part is not node)
    if isinstance(node, ast.Call) and getattr(getattr(node.func, "value", None), "id", "") == "log":
        yield from ast.walk(node)
    if isinstance(node, ast.Assign) and any(TO_MODELS.fullmatch(ast.unparse(to)) for to in node.targets):
        yield from ast.walk(node.value)


def _phrases(node: ast.AST) -> Iterator[ast.AST]:
    made = node.exc if isinstance(node, ast.Raise) else node.value if isinstance(node, ast.Return) else None
    if isinstance(made, ast.Call) and made.args:
        kind = getattr(made.func, "attr", getattr(made.func, "id", ""))
        if kind not in BUILT_IN and (isinstance(node, ast.Raise) or kind.endswith("Error")):
            yield from _texts(made.args[0])
    elif isinstance(node, ast.AnnAssign) and node.value is not None and _is_phrase(node.annotation):
        yield from _texts(node.value)
    elif isinstance(node, ast.FunctionDef) and node.returns is not None and _is_phrase(node.returns):
        for each in ast.walk(node):
            if isinstance(each, ast.Return) and each.value is not None:
                yield from _texts(each.value)


def _is_phrase(annotation: ast.AST) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "Phrase" for each in ast.walk(annotation))


def _texts(node: ast.AST) -> Iterator[ast.AST]:
    """The literals that a value may be; of a dictionary its values."""
    if _is_text(node):
        if WORD.search(template(node)):
            yield node
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _texts(value)
    elif isinstance(node, ast.Tuple | ast.List):
        for element in node.elts:
            yield from _texts(element)
