"""The composition root: arguments, the objects, and their connections. Nothing is decided here."""

import argparse
import logging
import os
import shutil
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import get_args

from PySide6.QtCore import QCoreApplication, QTimer

from desktop_app import engine_client
from desktop_app.engine_client import EngineClient
from desktop_app.language import engine_words, i18n
from desktop_app.presence import Presence
from desktop_app.search_window import SearchWindow
from desktop_app.settings.preferences import Preferences
from desktop_app.settings_desk import SettingsDesk
from desktop_app.system.application import Application
from desktop_app.system.single_instance import SingleInstance
from desktop_app.widgets import icons
from desktop_app.widgets.controls import Look
from desktop_app.widgets.question import Question
from desktop_app.widgets.theme import Theme
from indexer import launch, logs
from indexer.errors import UserError
from indexer.launch import Launch
from indexer.paths import Paths
from indexer.settings import Budget, Device, Weights

log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window until it is closed. Returns the exit code."""
    arguments = _parse(sys.argv[1:] if argv is None else argv)
    paths = Paths(Path(arguments.data_dir).absolute()) if arguments.data_dir else Paths.default()
    try:
        paths.create()
    except OSError as error:
        return refuse(f"Cannot write to {paths.data}: {error.strerror}. Choose another --data-dir.")
    wanted = launch.from_options(arguments.background, arguments.palette, arguments.snip, arguments.files)
    if launch.pass_on(paths, wanted):
        return 0
    try:
        logs.start(paths, "window")
    except UserError as error:
        return refuse(str(error))
    sys.excepthook = note_bug
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    application = Application()
    preferences = Preferences(paths)
    i18n.speak(application, preferences.settings.language)
    instance = SingleInstance(paths)
    try:
        if not instance.claim(wanted):
            return 0
    except UserError as error:
        return refuse(str(error))
    application.setWindowIcon(icons.application_icon())
    return _run(application, instance, arguments, paths, preferences, wanted)


def refuse(sentence: str) -> int:
    """Say why there will be no window: to the terminal, and in a box to whoever did not start it from one.

    Returns the exit code.
    """
    print(sentence, file=sys.stderr)
    if sys.stderr is not None and sys.stderr.isatty():
        return 2
    application = QCoreApplication.instance()
    if application is None:
        application = Application()
        i18n.speak(application, "system")
    box = Question("Sightline", engine_words.said(sentence), "")
    box.answer(QCoreApplication.translate("Window", "Close"), Question.ButtonRole.RejectRole, Look.PRIMARY)
    box.exec()
    return 2


def _run(
    application: Application,
    instance: SingleInstance,
    arguments: argparse.Namespace,
    paths: Paths,
    preferences: Preferences,
    wanted: Launch,
) -> int:
    """The one window of this data directory, from its making to its end. Returns the exit code."""
    settings = preferences.settings
    theme = Theme(application, settings.appearance)
    client = EngineClient(
        engine_client.command(
            paths,
            embedder=arguments.embedder,
            reranker=arguments.reranker,
            device=arguments.device,
            budget=arguments.budget,
            weights=arguments.weights,
            offline=arguments.offline,
        ),
        paths.logs / "engine-output.log",
    )
    window = SearchWindow(
        client, paths, first_run=not paths.database.exists(), appearance=settings.appearance
    )

    window.actions_.set_keys(settings.shortcuts)
    window.appearance_chosen.connect(lambda appearance: preferences.change(appearance=appearance))
    presence = Presence(window, client, settings)
    presence.on_close_chosen.connect(lambda on_close: preferences.change(on_close=on_close))
    application.may_end = presence.quit
    presence.quit_wanted.connect(application.quit)
    desk = SettingsDesk(window, client, preferences, presence, theme, paths)
    window.settings_wanted.connect(desk.show)
    instance.asked.connect(presence.obey)
    presence.obey(wanted, first=True)
    QTimer.singleShot(0, client.start)  # the window is painted first
    code = application.exec()
    window.hide()
    client.stop()
    instance.give_up()  # not before: the engine of the next start needs the index that this one holds
    stopped = window.commands.stop()
    if not stopped:
        log.warning("What was being copied does not stop: a disk does not answer")
    window.thumbnails.stop()
    if desk.purged:
        leave_nothing(paths)
    if not stopped:  # Python and Qt would wait for that thread for ever
        os._exit(code)
    return code


def note_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What goes wrong in a slot ends there, and most who start a window see no standard error."""
    log.error("A bug", exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)


def leave_nothing(paths: Paths) -> None:
    """After the engine deleted everything: what this process itself had open until now."""
    logs.stop()
    shutil.rmtree(paths.logs, ignore_errors=True)
    for file in paths.data.glob("window.*"):
        file.unlink(missing_ok=True)
    with suppress(OSError):  # not empty: something of somebody else's
        paths.data.rmdir()


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m desktop_app", description="Sightline's window.")
    parser.add_argument("--data-dir", help="where the index lives (default: SIGHTLINE_DATA_DIR or per user)")
    parser.add_argument("--embedder", help="a catalogue name or a folder")
    parser.add_argument("--reranker", help="a catalogue name, a folder, or none")
    parser.add_argument("--device", choices=get_args(Device))
    parser.add_argument("--budget", choices=get_args(Budget))
    parser.add_argument("--weights", choices=get_args(Weights))
    parser.add_argument("--offline", action="store_true", help="never use the network")
    parser.add_argument("--background", action="store_true", help="only the tray, not the window")
    parser.add_argument("--palette", action="store_true", help="the palette instead of the window")
    parser.add_argument("--snip", action="store_true", help="choose a part of the screen to search by")
    parser.add_argument("files", nargs="*", metavar="FILE", help="to search by")
    return parser.parse_args(argv)
