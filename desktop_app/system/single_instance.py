"""One window per data directory: the first one listens, a second start only tells it what is wanted."""

import logging
import time

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from indexer import launch
from indexer.errors import UserError
from indexer.launch import Launch
from indexer.paths import Paths

log = logging.getLogger(__name__)

LONGEST_LINE = 1_000_000
"""Bytes. Nobody names so many files; whoever sends more is not Sightline."""


class SingleInstance(QObject):
    """The claim to be the window of this data directory.

    Signals:
        asked(Launch): somebody started Sightline again.
    """

    asked = Signal(object)

    def __init__(self, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self._lock = QLockFile(str(paths.data / "window.lock"))
        self._lock.setStaleLockTime(0)  # only the end of its process makes it stale, however long it runs
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)

    def claim(self, wanted: Launch) -> bool:
        """Become the one window. False: there is one, and it does what is wanted.

        Raises UserError when there is one that does not answer.
        """
        until = time.monotonic() + launch.PATIENCE_S
        while not self._lock.tryLock(0):
            # whoever holds it may still be starting, or just be ending
            if launch.pass_on(self._paths, wanted):
                return False
            if time.monotonic() > until:
                sentence = self.tr("Sightline is open already on {path} but does not answer. Close it first.")
                raise UserError(sentence.replace("{path}", str(self._paths.data)))
            time.sleep(0.1)
        where = launch.address(self._paths)
        QLocalServer.removeServer(where)  # of a window that was killed; the lock says that none is left
        if not self._server.listen(where):
            log.warning("A second start will not find this window: %s", self._server.errorString())
        return True

    def give_up(self) -> None:
        """The next start opens a window of its own."""
        self._server.close()
        self._lock.unlock()

    def _connected(self) -> None:
        while (channel := self._server.nextPendingConnection()) is not None:
            channel.disconnected.connect(channel.deleteLater)
            channel.readyRead.connect(lambda channel=channel: self._read(channel))
            self._read(channel)

    def _read(self, channel: QLocalSocket) -> None:
        if not channel.canReadLine():
            if channel.bytesAvailable() > LONGEST_LINE:
                channel.abort()
            return
        try:
            wanted = launch.decode(bytes(channel.readLine(LONGEST_LINE).data()))
        except ValueError as error:
            log.warning("Not a request to the window: %s", error)
            channel.abort()
            return
        channel.write(launch.DONE)
        channel.flush()
        self.asked.emit(wanted)
