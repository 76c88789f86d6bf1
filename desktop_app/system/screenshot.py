"""The screens as they are now, as pictures in memory. Nothing of them is kept on a disk.

mss grabs them on X11, Windows and macOS; Qt does it for a screen that mss does not know by its place. Wayland
lets no program do that: there the desktop is asked through its portal, which hands over a file, and that is
removed as soon as it is read.
"""

import ctypes
import ctypes.util
import logging
import secrets
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mss
from mss.exception import ScreenShotError
from PySide6.QtCore import QObject, QRect, QTimer, QUrl, Slot
from PySide6.QtGui import QGuiApplication, QImage, QScreen

log = logging.getLogger(__name__)

_REAL_SCREENS = ("xcb", "windows", "cocoa")
"""Platforms of Qt whose screens are those that mss sees."""
PORTAL_PATIENCE_MS = 60_000
"""The desktop may ask the person whether it is allowed."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen.

    Attributes:
        image: its pixels, with their ratio to device-independent ones set.
    """

    screen: QScreen
    image: QImage


class Screenshot(QObject):
    """Takes one of every screen.

    Args:
        done: gets the shots. failed: gets a sentence that says what the person can do.
    """

    def __init__(
        self,
        done: Callable[[list[Shot]], None],
        failed: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._done = done
        self._failed = failed
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._gave_no_answer)

    def take(self) -> None:
        """Now, or on Wayland as soon as the desktop gives it."""
        if QGuiApplication.platformName().startswith("wayland"):
            self._ask_portal()
        elif sys.platform == "darwin" and not _macos_allows():
            self._failed(
                self.tr(
                    "macOS does not let Sightline see the screen yet. Allow it in the System Settings, under "
                    "Privacy & Security, Screen Recording, then start Sightline again."
                )
            )
        else:
            self._take_all()

    def _take_all(self) -> None:
        shots = []
        known = grabbed() if QGuiApplication.platformName() in _REAL_SCREENS else {}
        for screen in QGuiApplication.screens():
            corner = screen.geometry().topLeft().toTuple()
            image = known[corner] if corner in known else screen.grabWindow(0).toImage()
            if not image.isNull():
                image.setDevicePixelRatio(image.width() / max(1, screen.geometry().width()))
                shots.append(Shot(screen, image))
        if shots:
            self._done(shots)
        else:
            self._failed(self.tr("The screen cannot be seen from here."))

    # --- Wayland ---------------------------------------------------------------------------------------

    def _ask_portal(self) -> None:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        bus = QDBusConnection.sessionBus()
        token = f"sightline{secrets.token_hex(4)}"
        sender = bus.baseService().lstrip(":").replace(".", "_")
        path = f"/org/freedesktop/portal/desktop/request/{sender}/{token}"
        listening = bus.isConnected() and bus.connect(
            "org.freedesktop.portal.Desktop",
            path,
            "org.freedesktop.portal.Request",
            "Response",
            self,
            b"1portal_answered(QDBusMessage)",  # as a string it would need Qt's old macro
        )
        if not listening:
            self._gave_no_answer()
            return
        message = QDBusMessage.createMethodCall(
            "org.freedesktop.portal.Desktop",
            "/org/freedesktop/portal/desktop",
            "org.freedesktop.portal.Screenshot",
            "Screenshot",
        )
        message.setArguments(["wayland:", {"handle_token": token, "interactive": False}])
        watcher = QDBusPendingCallWatcher(bus.asyncCall(message), self)
        watcher.finished.connect(lambda: self._gave_no_answer() if watcher.isError() else None)
        self._patience.start(PORTAL_PATIENCE_MS)

    @Slot("QDBusMessage")
    def portal_answered(self, message: Any) -> None:
        """The desktop's answer: a number, 0 for yes, and where the picture lies."""
        waited_for = self._patience.isActive()
        self._patience.stop()
        code, results = message.arguments()
        file = QUrl(str(dict(results).get("uri", ""))).toLocalFile() if code == 0 else ""
        image = QImage(file) if file and waited_for else QImage()
        if file:
            with suppress(OSError):  # in a folder of the desktop's own it may not be ours to remove
                Path(file).unlink(missing_ok=True)
        if not waited_for:  # too late for the person, but not for what must not stay on the disk
            return
        if image.isNull():
            self._failed(self.tr("The desktop did not let Sightline see the screen."))
            return
        self._done(divided(image, QGuiApplication.screens()))

    def _gave_no_answer(self) -> None:
        self._patience.stop()
        self._failed(
            self.tr(
                "This desktop does not let programs see the screen. Take a screenshot with its own tool and "
                "paste it here."
            )
        )


def grabbed() -> dict[tuple[int, int], QImage]:
    """What mss sees, by each screen's upper left corner; nothing where it cannot see."""
    images = {}
    try:
        with mss.MSS() as eye:
            for monitor in eye.monitors[1:]:  # the first is all of them together
                shot = eye.grab(monitor)
                image = QImage(shot.bgra, shot.width, shot.height, QImage.Format.Format_RGB32)
                images[monitor["left"], monitor["top"]] = image.copy()  # the bytes go with the shot
    except (ScreenShotError, OSError) as error:
        log.info("mss sees no screen: %s", error)
    return images


def divided(image: QImage, screens: Sequence[QScreen]) -> list[Shot]:
    """A picture of all screens together, cut up."""
    whole = QRect()
    for screen in screens:
        whole = whole.united(screen.geometry())
    scale = image.width() / max(1, whole.width())
    shots = []
    for screen in screens:
        place = screen.geometry().translated(-whole.topLeft())
        part = image.copy(
            round(place.x() * scale),
            round(place.y() * scale),
            round(place.width() * scale),
            round(place.height() * scale),
        )
        part.setDevicePixelRatio(scale)
        shots.append(Shot(screen, part))
    return shots


def _macos_allows() -> bool:
    """Whether this program may see the screen; asks the person the first time."""
    library = ctypes.util.find_library("CoreGraphics")
    if library is None:
        return True
    graphics = ctypes.CDLL(library)
    graphics.CGPreflightScreenCaptureAccess.restype = ctypes.c_bool
    graphics.CGRequestScreenCaptureAccess.restype = ctypes.c_bool
    return bool(graphics.CGPreflightScreenCaptureAccess() or graphics.CGRequestScreenCaptureAccess())
