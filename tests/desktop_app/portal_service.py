"""A desktop's portal for global keys, on the session bus. python portal_service.py [refuse]

Prints a JSON line for what it is asked. Reads lines: "press NAME" presses that key, "end" ends the session.
"""

import json
import select
import sys
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import open_dbus_connection

BUS, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"


class Portal:
    def __init__(self, refuse: bool) -> None:
        self.refuse = refuse
        self.session = ""
        self.connection = open_dbus_connection("SESSION")
        self.connection.send_and_get_reply(message_bus.RequestName(BUS))

    def run(self) -> None:
        """Until standard input ends."""
        say({"ready": True})
        while True:
            ready, _, _ = select.select([self.connection.sock, sys.stdin], [], [])
            if self.connection.sock in ready:
                self.hear()
            if sys.stdin in ready:
                line = sys.stdin.readline().split()
                if not line:
                    return
                if line[0] == "press":
                    about = {"activation_token": ("s", "click-9")}
                    self.signal(
                        PATH, "GlobalShortcuts", "Activated", "osta{sv}", (self.session, line[1], 7, about)
                    )
                else:
                    self.signal(self.session, "Session", "Closed", "a{sv}", ({},))

    def hear(self) -> None:
        while True:
            try:
                message = self.connection.receive(timeout=0)
            except TimeoutError:
                return
            if message.header.message_type is MessageType.method_call:
                self.called(message)

    def called(self, message: Message) -> None:
        fields = message.header.fields
        sender = fields[HeaderFields.sender]
        place = sender.lstrip(":").replace(".", "_")
        member = fields[HeaderFields.member]
        if member == "CreateSession":
            (options,) = message.body
            self.session = f"{PATH}/session/{place}/{options['session_handle_token'][1]}"
            self.answer(message, options, place, (0, {"session_handle": ("s", self.session)}))
        elif member == "BindShortcuts":
            session, keys, _window, options = message.body
            say({"bound": {name: about.get("preferred_trigger", ("s", ""))[1] for name, about in keys}})
            assert session == self.session
            assert all(about["description"][1] for _, about in keys)
            given = [
                (name, {"trigger_description": ("s", f"Press {about['preferred_trigger'][1]}")})
                if "preferred_trigger" in about
                else (name, {})
                for name, about in keys
            ]
            results = {"shortcuts": ("a(sa{sv})", given)}
            self.answer(message, options, place, (1, {}) if self.refuse else (0, results))
        elif member == "Close":
            say({"closed": fields[HeaderFields.path] == self.session})
        else:
            self.connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))

    def answer(
        self, message: Message, options: dict[str, Any], place: str, body: tuple[int, dict[str, Any]]
    ) -> None:
        handle = f"{PATH}/request/{place}/{options['handle_token'][1]}"
        self.connection.send(new_method_return(message, "o", (handle,)))
        to = message.header.fields[HeaderFields.sender]
        self.signal(handle, "Request", "Response", "ua{sv}", body, to)

    def signal(
        self, path: str, interface: str, member: str, signature: str, body: tuple[Any, ...], to: str = ""
    ) -> None:
        address = DBusAddress(path, interface=f"org.freedesktop.portal.{interface}")
        message = new_signal(address, member, signature, body)
        if to:
            message.header.fields[HeaderFields.destination] = to
        self.connection.send(message)


def say(what: dict[str, Any]) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    Portal(sys.argv[1:] == ["refuse"]).run()
