"""What ever left this computer, and what is kept on it: all connections, the room taken, and deleting all."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from desktop_app.engine_client import EngineClient
from desktop_app.language import wording
from desktop_app.widgets import theme
from desktop_app.widgets.controls import Button, Label, Look, ScrollBar
from desktop_app.widgets.question import Question
from indexer.messages.privacy_messages import Connection, Connections, GetConnections
from indexer.messages.upkeep_messages import DiskUse, GetDiskUse

SHOWN = 5
"""Lines before one has to scroll."""

AGAIN_MS = 1_000
"""While something is fetched, the list is read this often."""


class ConnectionsList(QWidget):
    """One line per connection."""

    def __init__(self, client: EngineClient) -> None:
        super().__init__()
        self._client = client
        self._shown: Connections | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.ask)
        client.download_changed.connect(self._fetching)
        self.sentence = Label("")
        self.sentence.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Connections"))
        self.list.setObjectName("framed")
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollBar(ScrollBar())
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.sentence)
        column.addWidget(self.list)

    def ask(self) -> None:
        """Read the list anew."""
        self._client.request(
            GetConnections(), done=self.show_connections, failed=self.sentence.setText, parent=self
        )

    def _fetching(self) -> None:
        """What is fetched here comes over a connection, which must not be missing meanwhile."""
        if self.isVisible() and not self._again.isActive():
            self._again.start()

    def show_connections(self, reply: Connections) -> None:
        """These are all."""
        if reply != self._shown:  # else who reads it stays where they are
            self.list.clear()
            self.list.addItems([self._line(row) for row in reply.rows])
        self._shown = reply
        self.list.setVisible(bool(reply.rows))
        frame = 2 * self.list.frameWidth()  # a style sheet counts its padding as part of it
        self.list.setFixedHeight(max(1, self.list.sizeHintForRow(0) * min(SHOWN, len(reply.rows)) + frame))
        self.sentence.setText(
            wording.counted(
                len(reply.rows),
                self.tr("One connection was made, for what you asked for:"),
                self.tr("{n} connections were made, for what you asked for:"),
            )
            if reply.rows
            else self.tr("None. Sightline has never opened a connection to another computer.")
        )

    def _line(self, row: Connection) -> str:
        size = wording.size(row.bytes) if row.bytes else ""
        return wording.joined((wording.date_and_time(row.time), row.host, row.purpose, size), "  ·  ")


class DiskUsePanel(QWidget):
    """What Sightline keeps, by size, and the end of all of it.

    Signals:
        purge_wanted: the person said yes to deleting everything.
    """

    purge_wanted = Signal()

    def __init__(self, client: EngineClient) -> None:
        super().__init__()
        self._client = client
        self.sentence = Label(self.tr("Adding it up…"))
        self.sentence.setWordWrap(True)
        self.purge = Button(self.tr("Delete everything…"), "remove")
        self.purge.on_click(self._confirm)
        row = QHBoxLayout()
        row.addWidget(self.purge)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.sentence)
        column.addLayout(row)

    def ask(self) -> None:
        """Add it up anew."""
        self._client.request(GetDiskUse(), done=self.show_use, failed=self.sentence.setText, parent=self)

    def show_use(self, reply: DiskUse) -> None:
        """A line per part, and the sum."""
        known = {
            "index": self.tr("Index"),
            "thumbnails": self.tr("Previews"),
            "models": self.tr("Models"),
            "logs": self.tr("Logs"),
            "rest": self.tr("Other"),
        }
        lines = [
            wording.labelled(known.get(part.name, part.name), wording.size(part.bytes))
            for part in reply.parts
            if part.bytes
        ]
        total = wording.size(sum(part.bytes for part in reply.parts))
        self.sentence.setText("\n".join([*lines, wording.labelled(self.tr("Together"), total)]))

    def _confirm(self) -> None:
        box = Question(
            self.tr("Delete everything?"),
            self.tr("Delete everything that Sightline ever stored?"),
            self.tr(
                "The index, previews, settings, logs and downloaded models are deleted, and Sightline ends. "
                "Your own files stay as they are. This cannot be undone."
            ),
            self,
        )
        delete = box.answer(self.tr("Delete everything"), Question.ButtonRole.DestructiveRole)
        box.answer(self.tr("Keep it"), Question.ButtonRole.RejectRole, Look.PRIMARY)
        box.exec()
        box.deleteLater()
        if box.clickedButton() is delete:
            self.purge_wanted.emit()
