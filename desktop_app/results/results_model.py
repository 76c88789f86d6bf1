"""The hits as Qt's item views, screen readers and drags want them."""

import json
import sys
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import groupby
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop_app.language import wording
from desktop_app.system.file_url import url_of
from indexer.messages.result_messages import Hit, Segment

HIT = Qt.ItemDataRole.UserRole + 1
"""The whole `Hit`."""

RESULT_FORMAT = "application/x-sightline-result+json"
"""Path, page and time of what is dragged or copied, for programs that know what to do with them."""
FILES_FORMAT = "x-special/gnome-copied-files"
"""What is done with files, and their addresses. The file managers of Cinnamon and MATE paste nothing else."""

Index = QModelIndex | QPersistentModelIndex


UNFOLDED = Qt.ItemDataRole.UserRole + 2
"""Whether what looks the same is listed below it."""

KEPT = 12_000
"""Hits of a browsed list that are kept; those looked at longest ago are asked for again."""


class ResultsModel(QAbstractListModel):
    """One row per hit, in the order of the answer. Of a long list most rows may not be there yet."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Hit | None] = []
        self._parts: OrderedDict[int, int] = OrderedDict()
        self._unfolded: frozenset[str] = frozenset()

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Those that are there, in order."""
        return tuple(hit for hit in self._rows if hit is not None)

    def set_hits(self, hits: tuple[Hit, ...], total: int = 0, unfolded: frozenset[str] = frozenset()) -> None:
        """Show others, the first of `total`. Selection and place survive when only facts are fresher."""
        rows = max(total, len(hits))
        same = rows == len(self._rows) and all(
            old is not None and new.path == old.path and new.segment == old.segment
            for new, old in zip(hits, self._rows, strict=False)
        )
        self._unfolded = unfolded
        if same:
            self._rows[: len(hits)] = hits
            if hits:
                self.dataChanged.emit(self.index(0), self.index(len(hits) - 1))
            return
        self.beginResetModel()
        self._rows = [*hits, *[None] * (rows - len(hits))]
        self._parts = OrderedDict({0: len(hits)})
        self.endResetModel()

    def put(self, first: int, hits: tuple[Hit, ...]) -> None:
        """Rows that were missing."""
        hits = hits[: max(0, len(self._rows) - first)]
        if not hits:
            return
        self._rows[first : first + len(hits)] = hits
        self._parts[first] = len(hits)
        self._parts.move_to_end(first)
        while len(self._parts) > 1 and sum(self._parts.values()) > KEPT:
            start, count = self._parts.popitem(last=False)
            self._rows[start : start + count] = [None] * count
        self.dataChanged.emit(self.index(first), self.index(first + len(hits) - 1))

    @property
    def parts(self) -> list[tuple[int, int]]:
        """The stretches of rows that are there: the first row of each, and how many."""
        return sorted(self._parts.items())

    @property
    def first_missing(self) -> int:
        """The first row that is not there, -1 if all are."""
        return next((row for row, hit in enumerate(self._rows) if hit is None), -1)

    def hit(self, index: Index) -> Hit | None:
        """The hit of a row, None for none."""
        return self.at(index.row()) if index.isValid() else None

    def at(self, row: int) -> Hit | None:
        """The same by number."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, path: str) -> int:
        """The row of a file, -1 if it is not here."""
        return next((row for row, hit in enumerate(self._rows) if hit is not None and hit.path == path), -1)

    def rows_of(self, paths: Set[str]) -> dict[str, int]:
        """The rows of those of these files that are here, in one look at all."""
        found: dict[str, int] = {}
        for row, hit in enumerate(self._rows):
            if hit is not None and hit.path in paths:
                found.setdefault(hit.path, row)
        return found

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        hit = self.hit(index)
        if hit is None:
            return None
        if role == HIT:
            return hit
        if role == UNFOLDED:
            return hit.path in self._unfolded
        if role == Qt.ItemDataRole.DisplayRole:
            return wording.name(hit)
        if role == Qt.ItemDataRole.ToolTipRole:
            return wording.literal("\n".join(filter(None, (hit.path, wording.away(hit), wording.why(hit)))))
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
    urls = [url_of(hit.path) for hit in hits]
    mime.setUrls(urls)
    if sys.platform.startswith("linux"):
        addresses = [bytes(url.toEncoded().data()) for url in urls]
        mime.setData(FILES_FORMAT, QByteArray(b"\n".join([b"copy", *addresses])))
    mime.setText("\n".join(hit.path for hit in hits))
    places = [{"path": hit.path, "page": hit.segment.page, "start_s": hit.segment.start_s} for hit in hits]
    mime.setData(RESULT_FORMAT, QByteArray(json.dumps(places).encode()))
    return mime


def stretches(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last row of each unbroken run: Qt takes its time with thousands of single rows."""
    for _, run in groupby(enumerate(sorted(rows)), key=lambda each: each[1] - each[0]):
        kept = [row for _, row in run]
        yield kept[0], kept[-1]
