"""Sightline on the desktop, its window open or not: tray, palette, keys, second starts, closing."""

import math
import os
import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QProgressDialog

from desktop_app.engine_client import EngineClient
from desktop_app.palette import Palette
from desktop_app.search_window import SearchWindow
from desktop_app.system.hotkeys import GlobalKeys
from desktop_app.system.tray import Tray
from desktop_app.widgets.controls import Look
from desktop_app.widgets.question import Question
from indexer.launch import Launch
from indexer.messages.work_messages import Pause, Resume
from indexer.settings import OnClose, Settings

HOUR_S = 3_600.0

TOGETHER_S = 3.0
"""Some file managers start a program once for each marked file."""

TRAY_AGAIN_MS, TRAY_LOOKS = 2_000, 30
"""A desktop that is still starting, as at login, has no place for icons yet."""


class Presence(QObject):
    """Decides what is shown when, and when the program ends.

    Signals:
        on_close_chosen(OnClose): the person was asked what closing the window means, once.
        quit_wanted: the program is to end.
        key_problems_changed: the desktop said more about the keys that work everywhere.
    """

    on_close_chosen = Signal(str)
    quit_wanted = Signal()
    key_problems_changed = Signal()

    def __init__(
        self, window: SearchWindow, client: EngineClient, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._client = client
        self._on_close: OnClose = settings.on_close
        self._quitting = False
        self._files_came = -math.inf
        self._question: Question | None = None
        self.palette = Palette(client, window.thumbnails)
        self.palette.window_wanted.connect(self._continue_in_window)
        self.palette.closed.connect(self._palette_closed)
        self.tray: Tray | None = None
        self._minimized = False
        self._looks_left = TRAY_LOOKS
        self._look_for_tray()
        self.keys = GlobalKeys(self)
        self.keys.pressed.connect(lambda name: self.palette.toggle() if name == "palette" else self._snip())
        self.keys.told.connect(self._key_told)
        self.key_problems: dict[str, str] = {}
        self.apply(settings)
        window.closed.connect(self._window_closed)
        window.snip.taken.connect(lambda _image: self.show_window())
        window.snip.said.connect(lambda _sentence: self.show_window())  # why there is nothing to draw on
        window.quit_wanted.connect(lambda: self.quit())

    def _look_for_tray(self) -> None:
        """Now, or as soon as the desktop has a place for it."""
        if self._quitting or self.tray is not None:
            return
        if Tray.is_available():
            self._make_tray()
        elif self._looks_left:
            self._looks_left -= 1
            QTimer.singleShot(TRAY_AGAIN_MS, self, self._look_for_tray)

    def _make_tray(self) -> None:
        self.tray = Tray(self)
        self.tray.search_wanted.connect(self.palette.summon)
        self.tray.snip_wanted.connect(self._snip)
        self.tray.window_wanted.connect(self.show_window)
        self.tray.pause_wanted.connect(self._pause)
        self.tray.quit_wanted.connect(lambda: self.quit())
        self._client.status_changed.connect(self._update_tray)
        self._client.link_changed.connect(self._update_tray)
        self.tray.show()
        self._update_tray()
        if self._minimized and self._window.isMinimized():  # it was only there to be found
            self._window.hide()

    def apply(self, settings: Settings) -> None:
        """Other settings from now on; `key_problems` says which keys cannot be had, and why."""
        self._on_close = settings.on_close
        for name, keys in (("palette", settings.palette_key), ("snip", settings.snip_key)):
            self.key_problems[name] = self.keys.set(name, keys)

    def _key_told(self, name: str, sentence: str) -> None:
        self.key_problems[name] = sentence
        self.key_problems_changed.emit()

    # --- what is wanted --------------------------------------------------------------------------------

    def obey(self, wanted: Launch, *, first: bool = False) -> None:
        """Do what a start asks for; the first start of the program shows the window unless told not to."""
        if wanted.token:  # Wayland lets only a window to the front that can name a click it comes from
            os.environ["XDG_ACTIVATION_TOKEN"] = wanted.token
        if wanted.files:
            self.show_window()
            self._search_by(wanted.files)
        elif wanted.palette:
            self.palette.toggle()
        elif wanted.snip:
            self._snip()
        elif wanted.background:
            if first and self.tray is None:  # without a tray nothing would lead back to it
                self._minimized = True
                self._window.showMinimized()
        else:
            self.show_window()

    def show_window(self) -> None:
        """To the front, wherever it was."""
        window = self._window
        window.setWindowState(
            window.windowState() & ~Qt.WindowState.WindowMinimized | Qt.WindowState.WindowActive
        )
        window.show()
        window.raise_()
        window.activateWindow()

    def quit(self, *, at_once: bool = False) -> bool:
        """End the program, whatever closing the window means. False when the person waits for what is under
        way, which is asked unless it is to end `at_once`."""
        if self._quitting:
            return True
        if not at_once and self._window.commands.busy and not self._stops_work():
            return False
        self._quitting = True
        self._window.close()
        self.palette.hide()
        self._window.query_images.clear()
        self.keys.close()
        if self.tray is not None:
            self.tray.hide()
        self.quit_wanted.emit()
        return True

    def _stops_work(self) -> bool:
        """Half of many files copied is not what anybody wants who only closes a window."""
        if self._question is not None:  # asked already, and asked to quit again
            self._question.raise_()
            self._question.activateWindow()
            return False
        self._question = box = Question(
            "Sightline",
            self.tr("Stop copying?"),
            self.tr(
                "Files are still being copied, or a contact sheet is being made. What is finished stays; the "
                "rest is not done."
            ),
            self._window,
        )
        stop = box.answer(self.tr("Stop and quit"), Question.ButtonRole.DestructiveRole)
        box.answer(self.tr("Wait for it"), Question.ButtonRole.RejectRole, Look.PRIMARY)
        box.exec()
        self._question = None
        box.deleteLater()
        return box.clickedButton() is stop

    def _search_by(self, files: tuple[str, ...]) -> None:
        """A new question; but what comes in one breath is one question."""
        now = time.monotonic()
        together = now - self._files_came < TOGETHER_S
        self._files_came = now
        self._window.intake.search_files(files, more=together)

    def _snip(self) -> None:
        self._window.snip.start()

    # --- the palette -----------------------------------------------------------------------------------

    def _continue_in_window(self, text: str) -> None:
        self.show_window()
        if text.strip():
            self._window.search_bar.replace(text, ())
            self._window.filters.clear()  # the palette knows of none: here must be what was seen there
            self._window.session.ask()
        self._window.search_bar.setFocus()

    def _palette_closed(self) -> None:
        """The engine answers one question at a time: the window's may have given way to the palette's."""
        answer = self._window.session.answer
        if self._quitting or answer is None:
            return
        if answer.final:
            self._window.session.paging.again()
        else:
            self._window.session.ask()

    # --- the tray, and closing -------------------------------------------------------------------------

    def _pause(self, pause: bool) -> None:
        self._client.request(Pause(seconds=HOUR_S) if pause else Resume(), parent=self)

    def _update_tray(self, *_: object) -> None:
        if self.tray is not None:
            status = self._client.status
            paused = status is not None and status.state == "paused"
            self.tray.show_status(self._window.status_line.text, paused=paused)

    def _window_closed(self, event: QCloseEvent) -> None:
        if not self._quitting and self._stays():
            event.ignore()
            return
        for page in self._window.findChildren(QDialog):
            if not isinstance(page, QProgressDialog):  # which would take that for Stop
                page.hide()

    def _stays(self) -> bool:
        """Whether the window does not close after all: something is not answered yet, or waited for."""
        if self.tray is not None and self._on_close == "ask" and not self._ask():
            return True
        ends = self.tray is None or self._on_close == "quit"
        return ends and not self.quit()

    def _ask(self) -> bool:
        """What closing means. Returns whether there is an answer; without one the window stays."""
        box = Question(
            "Sightline",
            self.tr("Keep Sightline running in the background?"),
            self.tr(
                "It then keeps its index up to date, and its icon beside the clock opens it at once. You can "
                "change this in the settings."
            ),
        )
        keep = box.answer(self.tr("Keep running"), Question.ButtonRole.AcceptRole, Look.PRIMARY)
        leave = box.answer(self.tr("Quit"), Question.ButtonRole.DestructiveRole)
        box.answer(self.tr("Cancel"), Question.ButtonRole.RejectRole)
        box.exec()
        if self._quitting:  # from the tray, before this was answered
            return True
        if box.clickedButton() not in (keep, leave):
            return False
        self._on_close = "stay" if box.clickedButton() is keep else "quit"
        self.on_close_chosen.emit(self._on_close)
        return True
