"""Keeps resources/translations in step with the code: new words are added, words that are gone are dropped.

    python packaging/translations.py            update the .ts files and make the .qm files
    python packaging/translations.py --check    say what is missing instead; exit code 1 if anything is

Words are found by reading the code: the text of every call of `tr`, `_tr` and `translate` in the window, and
what the engine says to people (packaging/engine_sentences.py), which resources/translations/engine.txt lists.
"""

import argparse
import ast
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).parent))
import engine_sentences

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources" / "translations"
ENGINE = FOLDER / "engine.txt"
"""What the window looks for in the engine's sentences (desktop_app/language/engine_words.py)."""
LANGUAGES = ("de", "zh")
CONTEXT = "Sightline"
CALLS = {"tr": 0, "_tr": 0, "translate": 1}
"""Functions, and which argument is the text."""


def main() -> int:
    """Returns 1 when something is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    words = sources()
    missing = 0
    if not check:
        ENGINE.write_text(engine_list(), encoding="utf-8")
    elif ENGINE.read_text(encoding="utf-8") != engine_list():
        missing += 1
        print(f"{ENGINE.name} is not what the engine says now")
    for language in LANGUAGES:
        known = read(FOLDER / f"sightline_{language}.ts")
        for text in words:
            if not known.get(text):
                missing += 1
                print(f"{language}: {text!r}")
        if not check:
            write(language, {text: known.get(text, "") for text in words})
    return 1 if missing else 0


def engine_list() -> str:
    """A line for each sentence of the engine, in alphabetical order."""
    return "".join(f"{text}\n" for text in sorted(engine_sentences.found(ROOT)))


def sources() -> list[str]:
    """Every text that a person may read, in alphabetical order."""
    found: set[str] = engine_sentences.found(ROOT)
    for file in sorted((ROOT / "desktop_app").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                place = CALLS.get(name, -1)
                if 0 <= place < len(node.args):
                    argument = node.args[place]
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        found.add(argument.value)
    return sorted(found)


def read(file: Path) -> dict[str, str]:
    """Text to translation; "" where there is none yet."""
    if not file.exists():
        return {}
    found = {}
    for message in ElementTree.parse(file).getroot().iter("message"):  # noqa: S314  # our own file
        found[message.findtext("source") or ""] = message.findtext("translation") or ""
    return found


def write(language: str, translations: dict[str, str]) -> None:
    """The .ts file, and the .qm file that Qt reads."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for source, translation in translations.items():
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = source
        made = ElementTree.SubElement(message, "translation")
        made.text = translation
        if not translation:
            made.set("type", "unfinished")
    ElementTree.indent(root, " ")
    FOLDER.mkdir(exist_ok=True)
    file = FOLDER / f"sightline_{language}.ts"
    text = ElementTree.tostring(root, encoding="unicode")
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8")
    compile_to(file, file.with_suffix(".qm"))


def compile_to(source: Path, target: Path) -> None:
    """With the program that comes with PySide6."""
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([str(tool), "-silent", "-nounfinished", str(source), "-qm", str(target)], check=True)


if __name__ == "__main__":
    raise SystemExit(main())
