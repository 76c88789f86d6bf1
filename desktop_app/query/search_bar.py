"""The one box: the question as a sentence of chips, and the words that are being typed."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.query.chip_lines import MOST, Place, in_lines
from desktop_app.query.example_drop import ExampleDrop
from desktop_app.query.query_chips import HEIGHT as CHIP_HEIGHT
from desktop_app.query.query_chips import (
    UNLIKE,
    PictureChip,
    QueryChip,
    QueryExample,
    TextChip,
    closed,
    is_written,
)
from desktop_app.query.query_field import QueryField
from desktop_app.query.query_image import QueryImage
from desktop_app.results.thumbnails import Thumbnails
from desktop_app.widgets import icons, theme
from desktop_app.widgets.controls import ICON, Button, Look, focus_ring, outlined
from indexer.messages.query_parts import QueryPart
from indexer.messages.search_messages import Example

HEIGHT = 48
FIRST = (HEIGHT - CHIP_HEIGHT) // 2
LINE = CHIP_HEIGHT + theme.XS + 2
WORDS = 200
"""The words get at least this width; else they begin a line of their own."""


class SearchBar(QWidget):
    """Chips, then words, which can go on being typed. Of very many chips a few lines are seen at once.

    Signals:
        changed: another text, or it is understood now; other pictures, or they count differently.
        submitted: Enter.
        left_downwards: the Down key, on to the results.
        picture_pasted: a picture lies on the clipboard, and the person pasted.
        picture_wanted: the person wants to choose a picture file; snip_wanted: a part of the screen.
        image_removed(QueryImage): its chip is gone.
        typed: the person wrote, or moved the cursor. Asks for `show_parts` and completion.
        shortened: what was pasted is longer than a question can be.
        examples_dropped(bool): results of this window, as what is meant or (True) as what is not.
    """

    changed = Signal()
    submitted = Signal()
    left_downwards = Signal()
    picture_pasted = Signal()
    picture_wanted = Signal()
    snip_wanted = Signal()
    image_removed = Signal(object)
    typed = Signal()
    shortened = Signal()
    examples_dropped = Signal(bool)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._chips: list[QueryChip] = []
        self._parts: tuple[QueryPart, ...] = ()
        self._parsed = ""
        self._places: dict[QWidget, Place] = {}
        self._above = 0
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field = QueryField(self)
        self.field.setFont(theme.font(self.font(), 1.15))
        self.field.setAccessibleName(self.tr("Search"))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._text_changed)
        self.field.returnPressed.connect(self.submitted)
        self.field.left_downwards.connect(self.left_downwards)
        self.field.picture_pasted.connect(self.picture_pasted)
        self.field.shortened.connect(self.shortened)
        self.field.back_wanted.connect(self._remove_last)
        self.field.leftwards.connect(lambda: self._walk(len(self._chips), -1))
        self._clear = Button("", "close", Look.QUIET, self.tr("Clear the search"), self)
        self._clear.clicked.connect(self.clear)
        self._pick = Button("", "picture-search", Look.QUIET, self.tr("Search by a picture…"), self)
        self._pick.clicked.connect(self.picture_wanted)
        self._drop_zone = ExampleDrop(self)
        self._drop_zone.dropped.connect(self.examples_dropped)
        self._snip = Button("", "snip", Look.QUIET, self.tr("Search by a part of the screen"), self)
        self._snip.clicked.connect(self.snip_wanted)
        self.setFocusProxy(self.field)
        self._update()

    # --- what is asked ---------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """All that was written, chips first."""
        return " ".join([*(chip.part.text for chip in self._texts()), self.field.text()]).strip()

    @property
    def question(self) -> str:
        """The same without a filter that is still being written, in an order that chips do not change."""
        return " ".join(self.question_parts())

    def question_parts(self) -> list[str]:
        """Its pieces as they are written."""
        written = [chip.part.text for chip in self._texts()]
        if self._parsed != self.field.text():
            return [*written, *self.field.text().split()]
        parts = sorted(self._parts, key=lambda part: part.type == "word")
        return [*written, *(closed(part).text for part in parts if not self._unfinished(part))]

    @property
    def awaited(self) -> bool:
        """Whether it is not known yet what of the words is a filter: until `show_parts` says so."""
        return self._parsed != self.field.text() and not self.field.is_plain()

    def narrowing(self) -> list[QueryPart]:
        """The pieces that leave files out, and those that are mistakes."""
        parts = [chip.part for chip in self._texts()]
        if self._parsed == self.field.text():
            special = [each for each in self._parts if each.type != "word" and not self._unfinished(each)]
            parts += map(closed, special)
        return [part for part in parts if part.field != "sort" or part.problem]

    @property
    def pictures(self) -> list[PictureChip]:
        """The chips with pictures."""
        return [chip for chip in self._chips if isinstance(chip, PictureChip)]

    @property
    def images(self) -> tuple[QueryImage, ...]:
        """Files to search by, in the order they came."""
        return tuple(chip.picture for chip in self.pictures if isinstance(chip.picture, QueryImage))

    @property
    def weights(self) -> tuple[float, ...]:
        """Of the images; empty when all count the same."""
        weights = [chip.weight for chip in self.pictures if isinstance(chip.picture, QueryImage)]
        return () if all(weight == 1 for weight in weights) else tuple(weights)

    def examples(self, *, less: bool) -> tuple[Example, ...]:
        """Indexed files that are what is meant, or are not."""
        return tuple(
            chip.picture.example
            for chip in self.pictures
            if isinstance(chip.picture, QueryExample) and (chip.weight < 0) == less
        )

    def is_empty(self) -> bool:
        """Nothing typed, no chips."""
        return not self.field.text() and not self._chips

    # --- changing it -----------------------------------------------------------------------------------

    def add_image(self, image: QueryImage) -> None:
        """Put a picture in front of the words; the same file twice is one."""
        if all(known.path != image.path for known in self.images):
            self._add(PictureChip(image, 1.0, self._thumbnails, self))
            self._update()
            self.changed.emit()

    def add_example(self, example: QueryExample, *, less: bool = False) -> None:
        """Ask for more, or less, like an indexed file. The latest word about a file counts."""
        weight = UNLIKE if less else 1.0
        for chip in self.pictures:
            if isinstance(chip.picture, QueryExample) and chip.picture.example == example.example:
                chip.set_weight(weight)
                return
        self._add(PictureChip(example, weight, self._thumbnails, self))
        self._update()
        self.changed.emit()

    def set_preview(self, path: str, file: str) -> None:
        """A small picture for the chip of this path."""
        for chip in self.pictures:
            if isinstance(chip.picture, QueryImage) and chip.picture.path == path:
                chip.set_preview(file)

    def put_filter(self, fields: Sequence[str], written: str) -> None:
        """A filter chosen elsewhere, in place of those chips that are about one of these fields."""
        for chip in [chip for chip in self._texts() if chip.part.field in fields and not chip.part.negated]:
            self._drop(chip)
        whole = " ".join(filter(None, (self.field.text().strip(), written)))
        self.field.set_text(f"{whole} " if written else whole, len(whole) + 1)
        self._update()
        self.changed.emit()  # the field tells only when its words are others

    def remove_text(self, written: str) -> None:
        """Take away the chip, or the words, that are written like this."""
        for chip in self._texts():
            if chip.part.text == written:
                self._remove(chip)
                return
        if self._parsed == self.field.text():  # where it need not stand as it is shown
            kept = [part for part in self._parts if closed(part).text != written]
            self.field.setText(" ".join(self._parsed[part.start : part.end] for part in kept))

    def replace(
        self, text: str, images: tuple[QueryImage, ...] = (), examples: Iterable[QueryExample] = ()
    ) -> None:
        """Another question as a whole: one change."""
        gone = [image for image in self.images if all(image.path != each.path for each in images)]
        was = self.blockSignals(True)
        for chip in list(self._chips):
            self._drop(chip)
        for image in images:
            self.add_image(image)
        for example in examples:
            self.add_example(example)
        self.field.set_text(f"{text} " if text and not text.endswith(" ") else text, len(text) + 1)
        self.blockSignals(was)
        self._update()
        self.typed.emit()
        self.changed.emit()
        for image in gone:
            self.image_removed.emit(image)

    def clear(self) -> None:
        """Ask nothing."""
        self.replace("")
        self.field.setFocus()

    def type_on(self, text: str) -> None:
        """Go on typing here what was begun elsewhere."""
        self.field.setFocus()
        self.field.end(False)
        self.field.insert(text)

    def show_parts(self, text: str, parts: tuple[QueryPart, ...], *, finished: bool = False) -> None:
        """How the words are understood. Whatever is written to its end becomes a chip.

        Args:
            text: the words as they were then; others by now make this news of yesterday.
            finished: nothing is being written any more, so a mistake is one.
        """
        if text != self.field.text():
            return
        self._parsed, self._parts = text, parts
        ready = [part for part in parts if part.type != "word" and (finished or self._is_written(part))]
        if not ready:
            self.changed.emit()
            return
        cursor = self.field.at
        for part in reversed(ready):
            end = part.end + (text[part.end : part.end + 1] == " ")
            text = text[: part.start] + text[end:]
            cursor -= max(0, min(cursor, end) - part.start)
        for part in map(closed, ready):
            if all(chip.part.text != part.text for chip in self._texts()):
                self._add(TextChip(part, self))
        self.field.set_text(text, cursor)  # which is another one, so that all find their places

    def _unfinished(self, part: QueryPart) -> bool:
        return part.type == "filter" and bool(part.problem) and not self._is_written(part)

    def _is_written(self, part: QueryPart) -> bool:
        return is_written(part, self._parts, self._parsed, self.field.at)

    # --- chips -----------------------------------------------------------------------------------------

    def _texts(self) -> list[TextChip]:
        return [chip for chip in self._chips if isinstance(chip, TextChip)]

    def _add(self, chip: QueryChip) -> None:
        chip.removed.connect(lambda: self._remove(chip))
        chip.installEventFilter(self)
        chip.left.connect(lambda step: self._walk(self._chips.index(chip), step))
        if isinstance(chip, PictureChip):
            chip.weighed.connect(self._weighed)
            place = len(self.pictures)  # pictures before filters
        elif isinstance(chip, TextChip):
            chip.edited.connect(lambda: self._edit(chip))
            place = len(self._chips)
        self._chips.insert(place, chip)
        chip.show()
        QWidget.setTabOrder(self._chips[place - 1] if place else self.field, chip)

    def _drop(self, chip: QueryChip) -> None:
        self._chips.remove(chip)
        self._places.pop(chip, None)
        chip.hide()
        chip.deleteLater()

    def _remove(self, chip: QueryChip) -> None:
        if chip not in self._chips:
            return
        self._drop(chip)
        self._update()
        if isinstance(chip, PictureChip) and isinstance(chip.picture, QueryImage):
            self.image_removed.emit(chip.picture)
        self.field.setFocus()
        self.changed.emit()

    def _remove_last(self) -> None:
        if self._chips:
            self._remove(self._chips[-1])

    def _edit(self, chip: TextChip) -> None:
        """Back to text at the end of the words, ready to be typed over."""
        self._drop(chip)
        self._update()
        words = self.field.text().strip()
        start = len(words) + 1 if words else 0
        self.field.set_text(" ".join(filter(None, (words, chip.part.text))), start + len(chip.part.text))
        self.field.setFocus()

    def _walk(self, place: int, step: int) -> None:
        """The keyboard goes from one chip to the next, and behind the last to the words."""
        place = max(0, place + step)
        if place < len(self._chips):
            self._chips[place].setFocus()
        else:
            self.field.setFocus()
            self.field.setCursorPosition(0)

    def _weighed(self) -> None:
        self._arrange()
        self.changed.emit()

    # --- how it looks ----------------------------------------------------------------------------------

    def _text_changed(self) -> None:
        self._update()
        self.typed.emit()
        self.changed.emit()

    def _update(self) -> None:
        self._clear.setVisible(not self.is_empty())
        self.field.setPlaceholderText(
            self.tr("Add words, for example: but at night")
            if self._chips
            else self.tr("Search your pictures, videos and documents")
        )
        self._arrange()

    def _arrange(self) -> None:
        """The chips, the words after them, and the buttons behind the first line."""
        right = self.width() - theme.S
        button = self._pick.sizeHint().width()
        for each in (self._snip, self._pick, self._clear):
            if not each.isHidden():
                self._put(each, QRect(right - button, (HEIGHT - button) // 2, button, button))
                right -= button + theme.XS
        widths = [chip.sizeHint().width() for chip in self._chips]
        places = in_lines(widths, theme.M + ICON + theme.S, right, theme.XS, WORDS)
        self._places = dict(zip((*self._chips, self.field), places, strict=True))
        self._reveal(next((chip for chip in self._chips if chip.hasFocus()), self.field))

    def _reveal(self, widget: QWidget) -> None:
        """The line that it is in is seen."""
        if widget in self._places:
            line = self._places[widget].line
            self._show_lines(min(line, max(self._above, line - MOST + 1)))

    def _show_lines(self, above: int) -> None:
        """With so many lines above those that are seen, as far as there are more than can be."""
        count = self._places[self.field].line + 1
        shown = min(count, MOST)
        self._above = min(max(0, above), count - shown)
        for widget, place in self._places.items():
            y = FIRST + (place.line - self._above) * LINE
            self._put(widget, QRect(place.x, y, place.width, CHIP_HEIGHT))
        self.setFixedHeight(HEIGHT + (shown - 1) * LINE)
        self.update()

    def _put(self, widget: QWidget, place: QRect) -> None:
        if self.isRightToLeft():
            place.moveLeft(self.width() - place.right() - 1)
        widget.setGeometry(place)

    def corner(self, parent: QWidget) -> QPoint:
        """Below the beginning of the words, where offers are listed, in the coordinates of a parent."""
        start = self.field.width() - 1 if self.isRightToLeft() else 0
        return self.field.mapTo(parent, QPoint(start, self.field.height() + theme.S))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        elif event.type() in (QEvent.Type.LayoutDirectionChange, QEvent.Type.FontChange):
            self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            self.update()
            if event.gotFocus() and isinstance(watched, QWidget):
                self._reveal(watched)
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        self._show_lines(self._above + (turned < 0) - (turned > 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        named = theme.colours(self.palette())
        outlined(painter, QRectF(self.rect()), named.surface, named.line, theme.RADIUS + 4)
        if self.field.hasFocus():
            focus_ring(painter, QRectF(self.rect()), named.accent, theme.RADIUS + 4)
        glass = icons.pixmap("search", named.quiet, ICON + 2, self.devicePixelRatioF())
        x = self.width() - theme.M - ICON - 2 if self.isRightToLeft() else theme.M
        painter.drawPixmap(QPointF(x, (HEIGHT - ICON - 2) / 2), glass)
        if self._places[self.field].line >= MOST:  # more lines than are seen
            dots = QRect(round(x), self.height() - FIRST - CHIP_HEIGHT, ICON + 2, CHIP_HEIGHT)
            painter.setPen(named.quiet)
            painter.drawText(dots, Qt.AlignmentFlag.AlignCenter, "⋮")
