"""A screen reader of the tests' own: what programs tell over AT-SPI, on a bus that nobody else uses."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

LAUNCHER = "org.a11y.Bus"
SERVICE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
ACCESSIBLE = "org.a11y.atspi.Accessible"
EVENTS = "org.a11y.atspi.Event.Object"
CHECKED = 1 << 4


def missing() -> str:
    """The package that is not installed here; "" when all is."""
    if shutil.which("dbus-daemon") is None:
        return "dbus"
    return "" if SERVICE.exists() else "at-spi2-core"


@contextlib.contextmanager
def session(home: Path, display: str) -> Iterator[dict[str, str]]:
    """A person's session, with a bus for screen readers: what a program in it has in its environment."""
    with tempfile.TemporaryDirectory(prefix="sl-") as short:  # a socket's path may have 107 characters
        own = {
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_RUNTIME_DIR": short,
            "DISPLAY": display,
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        with subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address=1", f"--address=unix:path={short}/bus"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **own},
        ) as daemon:
            assert daemon.stdout is not None
            try:
                yield own | {"DBUS_SESSION_BUS_ADDRESS": daemon.stdout.readline().strip()}
            finally:
                daemon.terminate()


@dataclass(frozen=True)
class Heard:
    """how: "focus" (the keyboard is there now), "said" (announced), "called" (its name is another now).

    checked: as it was when it got the keyboard.
    """

    how: str
    name: str
    role: str = ""
    checked: bool = False


class ScreenReader:
    """Hears what happens."""

    def __init__(self, session: str, patience_s: float) -> None:
        self._patience_s = patience_s
        with contextlib.closing(open_dbus_connection(session)) as bus:
            address = self._ask(bus, LAUNCHER, "/org/a11y/bus", LAUNCHER, "GetAddress")
        self._bus = open_dbus_connection(address)
        self.heard: list[Heard] = []

    def listen(self) -> None:
        """From now on: a program that starts later knows of it."""
        rule = MatchRule(type="signal", interface=EVENTS)
        self._signals = self._bus.filter(rule, queue=deque()).__enter__()
        self._bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=self._patience_s)
        for event in ("object:state-changed:focused", "object:announcement",
                      "object:property-change:accessible-name"):  # fmt: skip
            self._ask(self._bus, "org.a11y.atspi.Registry", "/org/a11y/atspi/registry",
                      "org.a11y.atspi.Registry", "RegisterEvent", "sass", (event, [], ""))  # fmt: skip

    def until(self, true: Callable[[Heard], bool], what: str) -> Heard:
        """Listen until something is heard."""
        end = time.monotonic() + self._patience_s
        while True:
            try:
                signal = self._bus.recv_until_filtered(self._signals, timeout=max(0, end - time.monotonic()))
            except TimeoutError:
                raise AssertionError(f"not heard: {what}; but {self.heard[-12:]}") from None
            heard = self._understand(signal)
            if heard is not None:
                self.heard.append(heard)
                if true(heard):
                    return heard

    def focus(self, name: str = "") -> Heard:
        """Listen until the keyboard is at something, of this name if one is given."""
        return self.until(lambda heard: heard.how == "focus" and name in heard.name, name or "a focus")

    def said(self, words: str) -> Heard:
        """Listen until these words are announced."""
        return self.until(lambda heard: heard.how == "said" and words in heard.name, words)

    def ever_called(self, name: str) -> None:
        """Listen until something is called just that, unless it was before."""
        if not any(heard.how == "called" and heard.name == name for heard in self.heard):
            self.until(lambda heard: heard.how == "called" and heard.name == name, name)

    def close(self) -> None:
        self._bus.close()

    def _understand(self, signal: Message) -> Heard | None:
        detail, on, _, value = signal.body[:4]
        fields = signal.header.fields
        member = fields[HeaderFields.member]
        if member == "Announcement":
            return Heard("said", value[1])
        if member == "PropertyChange" and detail == "accessible-name":
            return Heard("called", value[1])
        if member == "StateChanged" and detail == "focused" and on:
            owner, path = fields[HeaderFields.sender], fields[HeaderFields.path]
            with contextlib.suppress(RuntimeError):  # gone already
                name = self._ask(self._bus, owner, path, "org.freedesktop.DBus.Properties", "Get", "ss",
                                 (ACCESSIBLE, "Name"))  # fmt: skip
                role = self._ask(self._bus, owner, path, ACCESSIBLE, "GetRoleName")
                states = self._ask(self._bus, owner, path, ACCESSIBLE, "GetState")
                return Heard("focus", name[1], role, bool(states[0] & CHECKED))
        return None

    def _ask(
        self,
        bus: DBusConnection,
        owner: str,
        path: str,
        interface: str,
        method: str,
        signature: str | None = None,
        body: tuple[Any, ...] = (),
    ) -> Any:
        call = new_method_call(DBusAddress(path, owner, interface), method, signature, body)
        reply = bus.send_and_get_reply(call, timeout=self._patience_s)
        if reply.header.message_type is not MessageType.method_return:
            raise RuntimeError(reply.body)
        return reply.body[0] if reply.body else None
