"""The hits as Qt's item views, screen readers and drags want them."""

from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
)

from desktop_app import wording
from indexer.protocol import Hit, Segment

HIT = Qt.ItemDataRole.UserRole + 1
"""The whole `Hit`."""

RESULT_FORMAT = "application/x-sightline-result+json"
"""Path, page and time of what is dragged or copied, for programs that know what to do with them."""

Index = QModelIndex | QPersistentModelIndex


class ResultsModel(QAbstractListModel):
    """One row per hit, in the order of the answer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()

    @property
    def hits(self) -> tuple[Hit, ...]:
        """All of them, in order."""
        return self._hits

    def set_hits(self, hits: tuple[Hit, ...]) -> None:
        """Show others. Selection and place survive when it is the same list with fresher facts."""
        if len(hits) == len(self._hits) and all(
            new.path == old.path and new.segment == old.segment
            for new, old in zip(hits, self._hits, strict=True)
        ):
            self._hits = hits
            if hits:
                self.dataChanged.emit(self.index(0), self.index(len(hits) - 1))
            return
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def hit(self, index: Index) -> Hit | None:
        """The hit of a row, None for none."""
        return self._hits[index.row()] if index.isValid() and index.row() < len(self._hits) else None

    def row_of(self, path: str) -> int:
        """The row of a file, -1 if it is not here."""
        return next((row for row, hit in enumerate(self._hits) if hit.path == path), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        hit = self.hit(index)
        if hit is None:
            return None
        if role == HIT:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return wording.name(hit)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (hit.path, wording.why(hit))))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return wording.spoken(hit)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return ". ".join(filter(None, (wording.why(hit).replace("\n", ". "), hit.snippet)))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list", "text/plain", RESULT_FORMAT]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return files_mime([hit for index in indexes if (hit := self.hit(index)) is not None])

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction


def preview(segment: Segment) -> str:
    """The JPEG that stands for a segment, of a moment its middle frame; "" if there is none."""
    return segment.previews[len(segment.previews) // 2] if segment.previews else ""


def card_picture(hit: Hit) -> str:
    """The JPEG on a card: what is seen there is what was found, not just the file's first page."""
    if hit.matched and hit.segment.type != "image":
        return preview(hit.segment) or hit.thumbnail
    return hit.thumbnail


def files_mime(hits: Sequence[Hit]) -> QMimeData:
    """Files for the clipboard or a drag: as files, as text, and with the place that matched."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(hit.path) for hit in hits])
    mime.setText("\n".join(hit.path for hit in hits))
    places = [{"path": hit.path, "page": hit.segment.page, "start_s": hit.segment.start_s} for hit in hits]
    mime.setData(RESULT_FORMAT, QByteArray(msgspec.json.encode(places)))
    return mime
