"""The one box: words, and pictures as chips beside them."""

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from desktop_app import icons, query_image, theme
from desktop_app.controls import ICON, Button, Look, focus_ring, outlined
from desktop_app.query_image import QueryImage
from desktop_app.thumbnails import Frame, Thumbnails

HEIGHT = 48
CHIP_PICTURE = 28
CHIP_NAME_WIDTH = 110


class ImageChip(Button):
    """A picture of the query. Pressing it takes it out again."""

    HEIGHT = 36

    def __init__(self, image: QueryImage, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__("", "", Look.NORMAL, "", parent)
        self._image = image
        self._preview = image.preview
        self._thumbnails = thumbnails
        thumbnails.arrived.connect(self._arrived)
        name = self.tr("Remove the picture {name} from the search").replace("{name}", image.name)
        self.setAccessibleName(name)
        self.setToolTip(name)

    @property
    def image(self) -> QueryImage:
        """What it stands for."""
        return self._image

    def set_preview(self, file: str) -> None:
        """A small picture of ours to show."""
        self._preview = file
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.XS + CHIP_PICTURE + theme.S + self._name_width() + theme.XS + 16 + theme.S, 36)

    def _name_width(self) -> int:
        return min(CHIP_NAME_WIDTH, self.fontMetrics().horizontalAdvance(self._image.name) + 2)

    def _arrived(self, files: set[str]) -> None:
        if self._preview in files:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        named = theme.colours(self.palette())
        box = QRectF(self.rect())
        outlined(painter, box, named.hover if self.underMouse() else named.tile, named.line, theme.RADIUS)
        if self.hasFocus():
            focus_ring(painter, box, named.accent, theme.RADIUS)
        ratio = self.devicePixelRatioF()
        place = QRect(theme.XS, (self.height() - CHIP_PICTURE) // 2, CHIP_PICTURE, CHIP_PICTURE)
        edge = round(CHIP_PICTURE * ratio)
        frame = Frame("chip", edge, edge, round(5 * ratio))
        if self._thumbnails.paint(painter, self._preview, frame, place) is None:
            corner = QPointF(place.center().x() - ICON / 2 + 0.5, place.center().y() - ICON / 2 + 0.5)
            painter.drawPixmap(corner, icons.pixmap("photo", named.quiet, ICON, ratio))
        text = QRect(place.right() + 1 + theme.S, 0, self._name_width(), self.height())
        painter.setPen(named.text)
        name = self.fontMetrics().elidedText(self._image.name, Qt.TextElideMode.ElideMiddle, CHIP_NAME_WIDTH)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, name)
        cross = QPointF(text.right() + 1 + theme.XS, (self.height() - 16) / 2)
        painter.drawPixmap(cross, icons.pixmap("close", named.quiet, 16, ratio))


class _Field(QLineEdit):
    """The words. A picture on the clipboard is not for it."""

    picture_pasted = Signal()
    emptied_further = Signal()
    left_downwards = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pasting = event.matches(QKeySequence.StandardKey.Paste)
        if pasting and query_image.offered(QGuiApplication.clipboard().mimeData()).picture:
            self.picture_pasted.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied_further.emit()
        else:
            super().keyPressEvent(event)


class SearchBar(QWidget):
    """Words and pictures.

    Signals:
        changed: another text or other pictures.
        submitted: Enter.
        left_downwards: the Down key, on to the results.
        picture_pasted: a picture lies on the clipboard, and the person pasted.
        picture_wanted: the person wants to choose a picture file.
        image_removed(QueryImage): its chip is gone.
    """

    changed = Signal()
    submitted = Signal()
    left_downwards = Signal()
    picture_pasted = Signal()
    picture_wanted = Signal()
    image_removed = Signal(object)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._chips: list[ImageChip] = []
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field = _Field()
        self.field.setFrame(False)
        self.field.setFont(theme.font(self.font(), 1.15))
        self.field.setAccessibleName(self.tr("Search"))
        self.field.setMaxLength(2_000)
        self.field.setAcceptDrops(False)  # the window takes every drop
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._text_changed)
        self.field.returnPressed.connect(self.submitted)
        self.field.left_downwards.connect(self.left_downwards)
        self.field.picture_pasted.connect(self.picture_pasted)
        self.field.emptied_further.connect(self._remove_last)
        self._clear = Button("", "close", Look.QUIET, self.tr("Clear the search"))
        self._clear.clicked.connect(self.clear)
        self._pick = Button("", "picture-search", Look.QUIET, self.tr("Search by a picture…"))
        self._pick.clicked.connect(self.picture_wanted)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.M + ICON + theme.S, 0, theme.S, 0)
        self._row.setSpacing(theme.XS)
        self._row.addWidget(self.field, 1)
        self._row.addWidget(self._clear)
        self._row.addWidget(self._pick)
        self.setFocusProxy(self.field)
        self._update()

    @property
    def text(self) -> str:
        """What is typed."""
        return self.field.text()

    @property
    def images(self) -> tuple[QueryImage, ...]:
        """The pictures, in the order they came."""
        return tuple(chip.image for chip in self._chips)

    def is_empty(self) -> bool:
        """Nothing typed, no pictures."""
        return not self.text and not self._chips

    def add_image(self, image: QueryImage) -> None:
        """Put a picture in front of the words; the same file twice is one."""
        if any(chip.image.path == image.path for chip in self._chips):
            return
        chip = ImageChip(image, self._thumbnails, self)
        chip.clicked.connect(lambda: self._remove(chip))
        self._row.insertWidget(len(self._chips), chip)
        self._chips.append(chip)
        self._update()
        self.changed.emit()

    def set_preview(self, path: str, file: str) -> None:
        """A small picture for the chip of this path."""
        for chip in self._chips:
            if chip.image.path == path:
                chip.set_preview(file)

    def replace(self, text: str, images: tuple[QueryImage, ...]) -> None:
        """Another question as a whole: one change."""
        was = self.blockSignals(True)
        for chip in list(self._chips):
            self._remove(chip, tell=False)
        self.field.setText(text)
        for image in images:
            self.add_image(image)
        self.blockSignals(was)
        self._update()
        self.changed.emit()

    def clear(self) -> None:
        """Ask nothing."""
        gone = self.images
        self.replace("", ())
        for image in gone:
            self.image_removed.emit(image)
        self.field.setFocus()

    def type_on(self, text: str) -> None:
        """Go on typing here what was begun elsewhere."""
        self.field.setFocus()
        self.field.end(False)
        self.field.insert(text)

    def _text_changed(self) -> None:
        self._update()
        self.changed.emit()

    def _remove_last(self) -> None:
        if self._chips:
            self._remove(self._chips[-1])

    def _remove(self, chip: ImageChip, *, tell: bool = True) -> None:
        self._chips.remove(chip)
        self._row.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        self._update()
        if tell:
            self.image_removed.emit(chip.image)
            self.field.setFocus()
            self.changed.emit()

    def _update(self) -> None:
        self._clear.setVisible(not self.is_empty())
        self.field.setPlaceholderText(
            self.tr("Add words, for example: but at night")
            if self._chips
            else self.tr("Search your pictures, videos and documents")
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        named = theme.colours(self.palette())
        box = QRectF(self.rect())
        outlined(painter, box, named.surface, named.line, theme.RADIUS + 4)
        if self.field.hasFocus():
            focus_ring(painter, box, named.accent, theme.RADIUS + 4)
        glass = icons.pixmap("search", named.quiet, ICON + 2, self.devicePixelRatioF())
        x = self.width() - theme.M - ICON - 2 if self.isRightToLeft() else theme.M
        painter.drawPixmap(QPointF(x, (self.height() - ICON - 2) / 2), glass)
