"""One result as it looks: its picture, the page or the moment that matched, and what lies beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop_app.language import wording
from desktop_app.results.thumbnails import Thumbnails
from desktop_app.viewing.film_player import FilmPlayer
from desktop_app.viewing.page_bar import PageBar
from desktop_app.viewing.picture_tools import PictureTools
from desktop_app.viewing.picture_view import PictureView
from desktop_app.viewing.previews import Previews
from desktop_app.viewing.text_view import TextView
from desktop_app.viewing.video_preview import VideoPreview
from desktop_app.viewing.word_selection import lit
from desktop_app.widgets import icons, theme
from desktop_app.widgets.controls import Label
from indexer.messages.item_messages import MAX_SIDE, GetPreview, Preview
from indexer.messages.result_messages import Hit, Segment

PORTRAIT = 1.3
PAGES_WIDTH = 420
READ_SIDE = 1600
"""Pixels of a picture drawn for its words: sharp in a column on any screen."""


class Stage(QWidget):
    """Shows one segment of a hit, and the pages around it.

    Args:
        previews: where larger pictures come from; used by nothing else. player: plays films.
        alone: it fills its place and is looked at closely. Otherwise it stands in a column and draws larger
            pictures only for somebody who points at it.

    Signals:
        segment_chosen(int): another moment or page that matches.
        clicked: the picture was.
        part_drawn(Box): around a part of what is shown (`place` says where that is).
        said(str): why there is nothing sharper; "" when there is.
    """

    segment_chosen = Signal(int)
    clicked = Signal()
    part_drawn = Signal(object)
    said = Signal(str)

    def __init__(
        self,
        thumbnails: Thumbnails,
        previews: Previews,
        *,
        alone: bool = False,
        player: FilmPlayer | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._alone = alone
        self._previews = previews
        self._hit: Hit | None = None
        self._segments: tuple[Segment, ...] = ()
        self._current = 0
        self._page: int | None = None
        self._query = ""
        self._pages = 1
        self._preview: Preview | None = None
        self._complained = False
        self.picture = PictureView(thumbnails, alone=alone)
        self.picture.clicked.connect(self.clicked)
        self.picture.looked_at.connect(self._read)
        self.picture.sharper_wanted.connect(self._sharpen)
        self.picture.part_drawn.connect(self.part_drawn)
        self.tools = PictureTools(self.picture, None if alone else self.picture)
        self.video = VideoPreview(thumbnails, alone=alone, player=player)
        self.video.moment_chosen.connect(self.segment_chosen)
        self.text = TextView()
        self.text.hide()
        self.undrawn = Label(self.tr("Install LibreOffice to see its pages, too."), quiet=True)
        self.undrawn.setWordWrap(True)
        self.undrawn.hide()
        self.pages = PageBar()
        if alone:
            self.pages.setFixedWidth(PAGES_WIDTH)
        self.pages.match_chosen.connect(self.segment_chosen)
        self.pages.page_wanted.connect(self.show_page)
        previews.arrived.connect(self._arrived)
        previews.refused.connect(self._refused)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.picture, 1 if alone else 0)
        column.addWidget(self.video, 1 if alone else 0)
        column.addWidget(self.text, 1 if alone else 0)
        if alone:  # in a column it stands with the passage, as nothing stands here
            self.undrawn.setContentsMargins(theme.XL, 0, theme.XL, 0)
            column.addWidget(self.undrawn)
        column.addWidget(self.pages, 0, Qt.AlignmentFlag.AlignHCenter if alone else Qt.AlignmentFlag(0))
        if not alone:
            self.tools.hide()
            self.picture.installEventFilter(self)

    @property
    def preview(self) -> Preview | None:
        """What the engine has drawn and read of what is shown, if it was asked."""
        return self._preview

    @property
    def turned_to(self) -> str:
        """The picture of a page between those that match, if that is shown."""
        between = bool(self._segments) and self._shown_segment() < 0
        return self._preview.image if between and self._preview is not None else ""

    @property
    def place(self) -> tuple[int | None, float | None]:
        """The page (from 1) and the moment (in seconds) that are shown."""
        segment = self._segments[self._current] if self._segments else None
        return self._page, segment.start_s if segment is not None else None

    def show_segment(self, hit: Hit, segments: Sequence[Segment], current: int, query: str) -> None:
        """One of the file's segments."""
        self._hit, self._segments, self._current, self._query = hit, tuple(segments), current, query
        segment = self._segments[current]
        self._preview = None
        self._page = segment.page
        self._pages = hit.pages or max(each.page or 1 for each in segments)
        kind = hit.kind if segment.type == "image" else {"clip": "video"}.get(segment.type, "document")
        self.video.setVisible(kind == "video")
        self.pages.show_pages(self._segments, current, self._page, self._pages)
        file = segment.previews[0] if segment.previews else (hit.thumbnail if current == 0 else "")
        self.picture.setVisible(kind != "video" and (bool(file) or not hit.snippet))
        self.text.hide()
        self.undrawn.hide()
        if self._alone:
            self.tools.setVisible(kind != "video")
        if kind == "video":
            self.picture.stop_drawing()
            self.video.show_clip(hit, self._segments, current)
            return
        if hit.width and hit.height:
            self.picture.set_shape(hit.height / hit.width)
            self.picture.set_size(hit.width, hit.height)
        else:
            self.picture.set_shape(PORTRAIT if file else 0.5)
        self.picture.show_file(
            file,
            meanwhile=hit.thumbnail if current == 0 else "",
            symbol=icons.KINDS[hit.kind],
            caption=wording.place(segment) if kind == "document" and not self._alone else "",
            lit=segment.lit,
        )
        self.picture.set_part(segment.box)
        if self._alone or self._words_only() or self.picture.underMouse():
            self._read()

    def show_page(self, page: int) -> None:
        """Another page of the same document, whether it matches or not."""
        matching = [number for number, each in enumerate(self._segments) if each.page == page]
        if matching:
            self.segment_chosen.emit(matching[0])
            return
        self._page, self._preview = page, None
        self.pages.show_pages(self._segments, -1, page, self._pages)
        self.picture.setVisible(True)
        self.picture.show_file("", symbol="document", caption="" if self._alone else wording.page(page))
        self._read()

    def read(self) -> Preview | None:
        """What is written in it, if that is known; otherwise it is asked for."""
        self._read()
        return self._preview

    # --- larger pictures -------------------------------------------------------------------------------

    def _read(self) -> None:
        if self._preview is None and self._hit is not None and not self.video.isVisibleTo(self):
            self._ask(self._side())

    def _side(self) -> int:
        """Pixels that fill the place, in steps, so that a window that grows does not ask for each."""
        if not self._alone:
            return READ_SIDE
        needed = max(self.width(), self.height()) * self.devicePixelRatioF()
        return next((side for side in (READ_SIDE, 2400, 4000) if side >= needed), 4000)

    def _sharpen(self) -> None:
        self._ask(MAX_SIDE)

    def _ask(self, side: int) -> None:
        if self._hit is None:
            return
        request = GetPreview(self._hit.path, self._page, size=side)
        known = self._previews.ask(request, self._hit.modified)
        if known is not None:
            self._arrived(request, known)

    def _arrived(self, request: GetPreview, preview: Preview) -> None:
        if self._hit is None or (request.path, request.page) != (self._hit.path, self._page):
            return
        self._preview = preview
        self.undrawn.setVisible(preview.undrawn)
        if self._words_only() and not self._alone:
            return  # the passage that matched is shown beside it
        if preview.pages and preview.pages != self._pages:
            self._pages = preview.pages
            self.pages.show_pages(self._segments, self._shown_segment(), self._page, self._pages)
        if preview.width and preview.height:
            self.picture.set_size(preview.width, preview.height)
            self.picture.set_shape(preview.height / preview.width)
        self.text.setVisible(self._alone and not preview.image)
        self.picture.setVisible(not self.text.isVisibleTo(self) and (bool(preview.image) or self._alone))
        if self._alone:
            self.tools.setVisible(bool(preview.image))
        if not preview.image:
            self.text.show_text(preview.text, self._query, self._hit.snippet)
        self.picture.sharpen(preview.image)
        shown = self._shown_segment()
        boxes = self._segments[shown].lit if shown >= 0 else ()
        self.picture.set_words(preview.words, boxes or lit(preview.words, self._query))
        if self._complained:
            self._complained = False
            self.said.emit("")

    def _refused(self, request: GetPreview, sentence: str) -> None:
        if self._hit is None or request.path != self._hit.path:
            return
        if self._alone or not self._words_only():  # nothing is missed where the passage is shown beside it
            self._complained = True
            self.said.emit(sentence)

    def _words_only(self) -> bool:
        return self._segments[self._current].type == "text" and self._page is None

    def _shown_segment(self) -> int:
        """The segment on show, -1 for a page that does not match."""
        return self._current if self._segments[self._current].page == self._page else -1

    # --- the tools in a column: only for those who look closely ----------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            self.tools.show()
            self._place_tools()
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.FocusOut):
            focus = QApplication.focusWidget()
            inside = focus is not None and (focus is self.picture or self.picture.isAncestorOf(focus))
            self.tools.setVisible(inside or self.picture.underMouse())
        elif event.type() == QEvent.Type.Resize:
            self._place_tools()
        return super().eventFilter(watched, event)

    def _place_tools(self) -> None:
        size = self.tools.sizeHint()
        x = theme.S if self.isRightToLeft() else self.picture.width() - size.width() - theme.S
        self.tools.setGeometry(x, theme.S, size.width(), size.height())

    def turn(self, by: int) -> None:
        """To another page, or for a film to another moment."""
        if self.video.isVisibleTo(self):
            self.video.moments.step(by)
        else:
            self.pages.turn(by)
