"""Global keys under Wayland: the desktop's portal is asked for them, and the person decides there.

The portal takes all keys of a session at once, so a change closes the session and begins another. What it
answers comes later; `told` gets it. jeepney writes the messages, because Qt's Python bindings cannot write
the portal's list of structures.
"""

import logging
import os
import secrets
from collections.abc import Callable
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageFlag, MessageType, message_bus
from jeepney import new_method_call as call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer

log = logging.getLogger(__name__)

BUS, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
SHORTCUTS = DBusAddress(PATH, BUS, "org.freedesktop.portal.GlobalShortcuts")
REGISTRY = DBusAddress(PATH, BUS, "org.freedesktop.host.portal.Registry")
APPLICATION = "sightline"
"""As `QApplication.desktopFileName`: desktops remember keys for this name."""

MODIFIERS = {
    Qt.KeyboardModifier.ControlModifier: "CTRL",
    Qt.KeyboardModifier.AltModifier: "ALT",
    Qt.KeyboardModifier.ShiftModifier: "SHIFT",
    Qt.KeyboardModifier.MetaModifier: "LOGO",
}
NAMES = {
    Qt.Key.Key_Space: "space",
    Qt.Key.Key_Escape: "Escape",
    Qt.Key.Key_Tab: "Tab",
    Qt.Key.Key_Backspace: "BackSpace",
    Qt.Key.Key_Return: "Return",
    Qt.Key.Key_Insert: "Insert",
    Qt.Key.Key_Delete: "Delete",
    Qt.Key.Key_Pause: "Pause",
    Qt.Key.Key_Print: "Print",
    Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_PageUp: "Page_Up",
    Qt.Key.Key_PageDown: "Page_Down",
}


def trigger(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> str:
    """As the desktops' specification of shortcuts has it, "CTRL+SHIFT+space"; "" for a key without name."""
    number = int(key)
    name = NAMES.get(key, "")
    if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35:
        name = f"F{1 + number - int(Qt.Key.Key_F1)}"
    elif number < 0x7F and chr(number).isalnum():
        name = chr(number).lower()
    held = [text for modifier, text in MODIFIERS.items() if modifiers & modifier]
    return "+".join([*held, name]) if name else ""


class PortalKeys:
    """`Door` for Wayland.

    Args:
        pressed: gets the name of a key that was pressed.
        told: gets a name and what the desktop calls its keys, "" when it has none for it yet; None when the
            desktop gives none.
        titles: what each name is called in the desktop's own settings.
    """

    def __init__(
        self,
        connection: DBusConnection,
        pressed: Callable[[str], None],
        told: Callable[[str, str | None], None],
        titles: dict[str, str],
        parent: QObject,
    ) -> None:
        self._connection = connection
        self._pressed = pressed
        self._told = told
        self._titles = titles
        self._wanted: dict[str, str] = {}
        self._session = ""
        self._asked: dict[str, str] = {}
        self._given: dict[str, str | None] | None = None
        self._waiting: dict[int | str, Callable[[dict[str, Any] | None], None]] = {}
        self._later = QTimer(parent)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._begin)
        self._notifier = QSocketNotifier(connection.sock.fileno(), QSocketNotifier.Type.Read, parent)
        self._notifier.activated.connect(lambda *_: self._read())
        self._send(message_bus.AddMatch(MatchRule(type="signal", sender=BUS)))
        # newer portals know a program that no sandbox names only by this; older ones do not know the call
        self._send(call(REGISTRY, "Register", "sa{sv}", (APPLICATION, {})))

    @classmethod
    def connect(
        cls,
        pressed: Callable[[str], None],
        told: Callable[[str, str | None], None],
        titles: dict[str, str],
        parent: QObject,
    ) -> "PortalKeys | None":
        """On the session's bus. None when there is none."""
        try:
            return cls(open_dbus_connection("SESSION"), pressed, told, titles, parent)
        except (OSError, KeyError, ValueError, RuntimeError) as error:
            log.info("no session bus: %r", error)
            return None

    def take(self, name: str, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """See `Door`; whether it can be had is told later."""
        self._wanted[name] = trigger(key, modifiers)
        self._later.start(0)
        return True

    def give_back(self, name: str) -> None:
        """See `Door`."""
        if self._wanted.pop(name, None) is not None:
            self._later.start(0)

    def close(self) -> None:
        """See `Door`."""
        self._later.stop()
        self._notifier.setEnabled(False)
        self._connection.close()  # the portal ends the session of a program that is gone

    # --- asking ----------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """A session with exactly the keys that are wanted; the one there is, if it has them."""
        if self._session and self._given is not None and self._wanted == self._asked:
            self._tell(self._given)
            return
        if self._session:
            session = DBusAddress(self._session, BUS, "org.freedesktop.portal.Session")
            self._send(call(session, "Close"))
            self._session = ""
        self._asked, self._given = dict(self._wanted), None
        self._waiting.clear()  # what is answered now was asked for a session of before
        if self._wanted:
            token = _token()
            options = {"session_handle_token": ("s", _token())}
            self._ask("CreateSession", "a{sv}", (), options, token, self._begun)

    def _begun(self, results: dict[str, Any] | None) -> None:
        if results is None or "session_handle" not in results:
            self._refused()
            return
        self._session = results["session_handle"][1]
        keys = []
        for name, wanted in self._asked.items():
            about = {"description": ("s", self._titles.get(name, name))}
            if wanted:
                about["preferred_trigger"] = ("s", wanted)
            keys.append((name, about))
        self._ask("BindShortcuts", "oa(sa{sv})sa{sv}", (self._session, keys, ""), {}, _token(), self._bound)

    def _bound(self, results: dict[str, Any] | None) -> None:
        if results is None:
            self._refused()
            return
        abouts = dict(results.get("shortcuts", ("", []))[1])
        self._given = {
            name: abouts[name].get("trigger_description", ("s", ""))[1] if name in abouts else None
            for name in self._asked
        }
        self._tell(self._given)

    def _refused(self) -> None:
        self._tell({})

    def _tell(self, given: dict[str, str | None]) -> None:
        for name in self._wanted:
            self._told(name, given.get(name))

    def _ask(
        self,
        method: str,
        signature: str,
        body: tuple[Any, ...],
        options: dict[str, Any],
        token: str,
        done: Callable[[dict[str, Any] | None], None],
    ) -> None:
        """A request, which the portal answers by a signal of an object with a name that is known before."""
        sender = self._connection.unique_name.lstrip(":").replace(".", "_")
        handle = f"{PATH}/request/{sender}/{token}"
        self._waiting[handle] = done
        options = {"handle_token": ("s", token), **options}
        serial = self._send(call(SHORTCUTS, method, signature, (*body, options)), answered=True)

        def accepted(results: dict[str, Any] | None) -> None:
            if results is None and self._waiting.pop(handle, None) is not None:
                done(None)

        self._waiting[serial] = accepted

    def _send(self, message: Message, *, answered: bool = False) -> int:
        if not answered:
            message.header.flags |= MessageFlag.no_reply_expected
        serial: int = next(self._connection.outgoing_serial)
        try:
            self._connection.send(message, serial=serial)
        except OSError:
            log.warning("the session bus is gone", exc_info=True)
        return serial

    # --- being answered --------------------------------------------------------------------------------

    def _read(self) -> None:
        while True:
            try:
                message = self._connection.receive(timeout=0)
            except TimeoutError:
                return
            except OSError:
                log.warning("the session bus is gone", exc_info=True)
                self._notifier.setEnabled(False)
                self._refused()
                return
            self._received(message)

    def _received(self, message: Message) -> None:
        fields, kind = message.header.fields, message.header.message_type
        if kind in (MessageType.method_return, MessageType.error):
            waiting = self._waiting.pop(fields.get(HeaderFields.reply_serial, 0), None)
            if waiting is not None:
                if kind is MessageType.error:
                    log.info("the portal: %s %s", fields.get(HeaderFields.error_name), message.body)
                waiting({} if kind is MessageType.method_return else None)
            return
        if kind is not MessageType.signal:
            return
        path, member = fields.get(HeaderFields.path, ""), fields.get(HeaderFields.member, "")
        if member == "Response" and path in self._waiting:
            code, results = message.body
            self._waiting.pop(path)(results if code == 0 else None)
        elif member == "Activated" and message.body[0] == self._session:
            token = message.body[3].get("activation_token")
            if token is not None:  # Wayland lets only a window to the front that can name what it comes from
                os.environ["XDG_ACTIVATION_TOKEN"] = token[1]
            self._pressed(message.body[1])
        elif member == "Closed" and path == self._session:
            self._session = ""
            self._refused()


def _token() -> str:
    return f"sightline{secrets.token_hex(6)}"
