"""A clip at its moment: its cached frames as a small loop, and the video they come from as a strip."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop_app.language import wording
from desktop_app.results.thumbnails import Frame, Thumbnails
from desktop_app.viewing.film_player import FilmPlayer
from desktop_app.viewing.image_preview import ImagePreview
from desktop_app.viewing.moment_strip import STEPS, MomentStrip
from desktop_app.widgets import theme
from desktop_app.widgets.controls import focus_ring, outlined
from indexer.messages.result_messages import Hit, Segment

FRAME_MS = 550
STRIP_FRAMES = 6
STRIP_HEIGHT = 34
STRIP_WIDEST = 420


class FrameStrip(QWidget):
    """The frames of one clip in a row; the arrows and the mouse choose. `use`: of its pictures, one per view.

    Signals:
        chosen(int): the number of a frame.
    """

    chosen = Signal(int)

    def __init__(self, thumbnails: Thumbnails, use: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._use = use
        self._files: tuple[str, ...] = ()
        self._shown: list[int] = []
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Frames of this moment"))
        thumbnails.arrived.connect(self._arrived)

    def show_files(self, files: tuple[str, ...]) -> None:
        """Evenly chosen ones, as many as fit."""
        self._files = files
        count = min(len(files), STRIP_FRAMES)
        self._shown = [round(n * (len(files) - 1) / max(1, count - 1)) for n in range(count)]
        self.setVisible(count > 1)
        self.update()

    def set_current(self, number: int) -> None:
        """The frame that is large above."""
        self._current = number
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, STRIP_HEIGHT)

    def _cell(self, place: int) -> QRect:
        count = max(1, len(self._shown))
        left = round(place * (self.width() + theme.XS) / count)
        right = round((place + 1) * (self.width() + theme.XS) / count) - theme.XS
        return QRect(left, 0, right - left, self.height())

    def _arrived(self, files: set[str]) -> None:
        if files.intersection(self._files):
            self.update()

    def _nearest(self) -> int:
        return min(range(len(self._shown)), key=lambda place: abs(self._shown[place] - self._current))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for place, number in enumerate(self._shown):
            if self._cell(place).contains(event.position().toPoint()):
                self.chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(event.key())
        if step is None or not self._shown:
            super().keyPressEvent(event)
            return
        place = min(len(self._shown) - 1, max(0, self._nearest() + step))
        self.chosen.emit(self._shown[place])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        named = theme.colours(self.palette())
        ratio = self.devicePixelRatioF()
        lit = self._nearest() if self._shown else -1
        for place, number in enumerate(self._shown):
            cell = self._cell(place)
            outlined(painter, QRectF(cell), named.tile, None, 4)
            frame = Frame(
                self._use,
                round(cell.width() * ratio),
                round(cell.height() * ratio),
                round(4 * ratio),
                cut=1.0,
            )
            self._thumbnails.paint(painter, self._files[number], frame, cell)
            if place == lit:
                focus_ring(painter, QRectF(cell), named.accent, 4)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), named.text, 4)


class VideoPreview(QWidget):
    """Loops while it is seen and the desktop allows movement; a click stops and starts it.

    Args:
        player: plays the film itself from the moment on. Without one, and where it cannot, the few cached
            pictures of the clip stand for it.

    Signals:
        moment_chosen(int): another segment of the same file.
    """

    moment_chosen = Signal(int)

    def __init__(
        self,
        thumbnails: Thumbnails,
        *,
        alone: bool = False,
        player: FilmPlayer | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._player = player
        self._refused = self._insisted = False
        self._path = ""
        if player is not None:
            player.shown.connect(self._show_moment)
            player.refused.connect(self._play_few)
        self._frames: tuple[str, ...] = ()
        self._segment: Segment | None = None
        self._number = 0
        self._wanted = True
        self.picture = ImagePreview(thumbnails, alone=alone)
        self.picture.clicked.connect(self.toggle)
        self.picture.setToolTip(self.tr("Click to stop or go on"))
        self.frames = FrameStrip(thumbnails, "peek strip" if alone else "strip")
        self.frames.setMaximumWidth(STRIP_WIDEST)
        if alone:
            self.frames.setMinimumWidth(STRIP_WIDEST)
        self.frames.chosen.connect(self._stop_at)
        self.moments = MomentStrip()
        self.moments.chosen.connect(self.moment_chosen)
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.picture, 1 if alone else 0)
        column.addWidget(self.frames, 0, Qt.AlignmentFlag.AlignHCenter if alone else Qt.AlignmentFlag(0))
        column.addWidget(self.moments)

    @property
    def playing(self) -> bool:
        """Whether something moves."""
        return self._timer.isActive() or (self._player is not None and self._player.playing)

    def show_clip(self, hit: Hit, segments: Sequence[Segment], current: int) -> None:
        """One of the file's segments."""
        segment = segments[current]
        if (hit.path, segment) != (self._path, self._segment):  # copies have the same moments
            self._segment = segment
            self._frames = segment.previews
            self._number = 0
            self._wanted = True
            self._path = hit.path
            self._refused = self._insisted = False
        self.picture.set_shape(hit.height / hit.width if hit.width and hit.height else 0.5625)
        self.frames.show_files(self._frames)
        timed = [each for each in segments if each.start_s is not None]
        self.moments.setVisible(bool(timed) and len(timed) == len(segments))
        if self.moments.isVisibleTo(self):
            self.moments.show_moments(segments, current, hit.duration_s)
        self._show(hit.thumbnail)
        self._play_if_seen()

    def toggle(self) -> None:
        """Stop or go on."""
        self._wanted = self._insisted = not self.playing
        self._play_if_seen()

    def rest(self) -> None:
        """Stop: it is looked at elsewhere."""
        self._wanted = False
        self._play_if_seen()

    def _show_moment(self, file: str, moment: float) -> None:
        self.picture.show_file(
            file, meanwhile=self.picture.file, symbol="video", caption=wording.clock(moment)
        )
        self.moments.set_position(moment)

    def _play_few(self) -> None:
        """The film cannot be had now: its cached pictures are there all the same."""
        self._refused = True
        self._play_if_seen()

    def _stop_at(self, number: int) -> None:
        self._number = number
        self._wanted = False
        self._play_if_seen()
        self._show()

    def _next(self) -> None:
        self._number = (self._number + 1) % max(1, len(self._frames))
        self._show(self.picture.file)  # stays until the next one is decoded: nothing flickers

    def _show(self, meanwhile: str = "") -> None:
        file = self._frames[self._number] if self._number < len(self._frames) else ""
        self.picture.show_file(
            file or meanwhile, meanwhile=meanwhile, symbol="video", caption=self._caption()
        )
        self.frames.set_current(self._number)

    def _caption(self) -> str:
        segment = self._segment
        if segment is None or segment.start_s is None:
            return ""
        if segment.end_s is None or int(segment.end_s) <= int(segment.start_s):
            return wording.clock(segment.start_s)
        return f"{wording.clock(segment.start_s)} – {wording.clock(segment.end_s)}"

    def _play_if_seen(self) -> None:
        seen = self._wanted and self.isVisible()
        moves = seen and theme.moves(self.style())
        begin = self._segment.start_s if self._segment is not None else None
        if self._player is not None and not self._refused and begin is not None:
            if moves or (seen and self._insisted):
                self._player.play(self._path, begin)
            else:
                self._player.pause()
        elif moves and len(self._frames) > 1:
            self._timer.start()
        else:
            self._timer.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._play_if_seen()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        if self._player is not None:
            self._player.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._play_if_seen()
