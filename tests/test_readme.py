"""What the README promises is what there is."""

import argparse
import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.command_line.grammar import parser

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BOOTSTRAP = ROOT / "packaging" / "bootstrap.py"


def section(heading: str) -> str:
    return README.split(f"\n## {heading}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize(
    ("heading", "command"),
    [("Run", "python3 packaging/bootstrap.py run"), ("Test", "python3 packaging/bootstrap.py test")],
)
def test_one_line_does_all_the_set_up(heading: str, command: str) -> None:
    blocks = re.findall(r"^```\w*\n(.*?)^```$", section(heading), re.DOTALL | re.MULTILINE)
    assert blocks == [command + "\n"]
    assert section(heading).lstrip().startswith("```")


def test_every_command_and_option_is_in_the_readme() -> None:
    table = section("Command line")
    actions = parser()._actions
    commands = next(action for action in actions if isinstance(action, argparse._SubParsersAction))
    everywhere = {option for action in actions for option in action.option_strings} - {"--version"}
    for choice in commands._choices_actions:
        line = next(row for row in table.splitlines() if row.startswith(f"| `sightline {choice.dest}"))
        options = {
            option for action in commands.choices[choice.dest]._actions for option in action.option_strings
        }
        missing = {option for option in options - everywhere if option not in line}
        assert not missing
    for option in everywhere - {"-h", "--help"}:
        assert option in table


def test_files_named_in_the_readme_exist() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).is_file(), target


def test_older_pythons_can_read_the_set_up_script() -> None:
    ast.parse(BOOTSTRAP.read_text("utf-8"), feature_version=(3, 8))


def test_the_set_up_script_says_what_it_can_do() -> None:
    done = subprocess.run([sys.executable, BOOTSTRAP, "rnu"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "Say what to do: python3 packaging/bootstrap.py setup | run | test\n"
