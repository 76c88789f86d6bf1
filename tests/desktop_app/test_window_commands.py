"""That every command of the window is tried by some test."""

from pathlib import Path

import pytest

from desktop_app.actions import Command

BY_SWITCH = {Command.TOGGLE_INSPECTOR}
"""Listened to as a switch and not as a command; `test_the_inspector_can_be_put_away` has it."""


@pytest.mark.looks_back
def test_every_command_was_tried(request: pytest.FixtureRequest, commands_used: set[Command]) -> None:
    here = Path(__file__).parent
    ran = {item.path for item in request.session.items if item.path.parent == here}
    if ran != set(here.glob("test_*.py")) or request.config.option.keyword:
        pytest.skip("only some tests of the window were run")
    assert set(Command) - commands_used - BY_SWITCH == set()
