"""What ever left this computer: all connections, newest first, or the proud sentence that there was none."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from desktop_app import theme, wording
from desktop_app.controls import Label, ScrollBar
from desktop_app.engine_client import EngineClient
from indexer.privacy_messages import Connection, Connections, GetConnections

SHOWN = 5
"""Lines before one has to scroll."""


class ConnectionsList(QWidget):
    """One line per connection."""

    def __init__(self, client: EngineClient) -> None:
        super().__init__()
        self._client = client
        self.sentence = Label("")
        self.sentence.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Connections"))
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

    def show_connections(self, reply: Connections) -> None:
        """These are all."""
        self.list.clear()
        self.list.addItems([self._line(row) for row in reply.rows])
        self.list.setVisible(bool(reply.rows))
        height = self.list.sizeHintForRow(0) * min(SHOWN, len(reply.rows)) + 2 * self.list.frameWidth()
        self.list.setFixedHeight(max(1, height))
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
        return "  ·  ".join(filter(None, (wording.date_and_time(row.time), row.host, row.purpose, size)))
