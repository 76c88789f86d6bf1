"""The column on the right: one result large, what it is, why it is here, and what can be done with it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.actions import ON_A_RESULT, Actions, Command
from desktop_app.language import wording
from desktop_app.results.thumbnails import Thumbnails
from desktop_app.suggestions.empty_state import Symbol
from desktop_app.viewing.fact import Fact
from desktop_app.viewing.passage import Passage
from desktop_app.viewing.previews import Previews
from desktop_app.viewing.reasons import Reasons
from desktop_app.viewing.same_files import SameFiles
from desktop_app.viewing.stage import Stage
from desktop_app.widgets import theme
from desktop_app.widgets.controls import Button, ElidedLabel, Hairline, Label, Look, ScrollBar
from indexer.messages.result_messages import Hit, Segment

WIDTH = 340


class Inspector(QScrollArea):
    """Shows the current result, and nothing but a hint while there is none."""

    def __init__(
        self, thumbnails: Thumbnails, actions: Actions, previews: Previews, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._hit: Hit | None = None
        self._segments: tuple[Segment, ...] = ()
        self._current = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(280)
        self.setMaximumWidth(640)
        self.setVerticalScrollBar(ScrollBar())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.stage = Stage(thumbnails, previews)
        self.stage.segment_chosen.connect(self.show_segment)
        self._query = ""
        self._chosen = Label("", quiet=True)
        self._name = Label(scale=1.15, weight=QFont.Weight.DemiBold)
        self._name.setWordWrap(True)
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._folder = ElidedLabel(quiet=True)
        self._passage = Passage()
        self._reasons = Reasons()
        self.same = SameFiles()
        self._facts = QFormLayout()
        self._shown_facts: dict[str, str] = {}
        self._hint = self._make_hint()
        self._details = self._make_details(actions)
        body = QWidget()
        either = QVBoxLayout(body)
        either.setContentsMargins(0, 0, 0, 0)
        either.addWidget(self._hint)
        either.addWidget(self._details)
        self.setWidget(body)
        needed = self._details.minimumSizeHint().width() + ScrollBar.WIDTH  # of the words of this language
        self.setMinimumWidth(max(self.minimumWidth(), needed))
        self.setMaximumWidth(max(self.maximumWidth(), needed))
        self.show_hit(None)

    @property
    def hit(self) -> Hit | None:
        """What is shown."""
        return self._hit

    @property
    def segment(self) -> Segment | None:
        """The moment or page that is shown."""
        return self._segments[self._current] if self._segments else None

    @property
    def query(self) -> str:
        """The words that found it."""
        return self._query

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Every part of the file that matches, the best first."""
        return self._segments

    @property
    def current(self) -> int:
        """The number of the one that is shown."""
        return self._current

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 600)

    def name(self) -> str:
        """The file name as shown."""
        return self._name.text()

    @property
    def facts(self) -> dict[str, str]:
        """Label and value of every line."""
        return self._shown_facts

    def show_hit(self, hit: Hit | None, query: str = "", chosen: int = 1) -> None:
        """Another result, or none. `chosen`: how many are selected in all."""
        same = hit is not None and self._hit is not None and hit.path == self._hit.path
        before = self.segment
        self._hit = hit
        self._hint.setVisible(hit is None)
        self._details.setVisible(hit is not None)
        if hit is None:
            self._segments, self._current = (), 0
            self.stage.video.hide()
            return
        self._query = query
        self._segments = (hit.segment, *hit.others)
        keep = same and before in self._segments
        self._current = self._segments.index(before) if keep and before is not None else 0
        self._chosen.setText(self.tr("{n} files chosen").replace("{n}", wording.number(chosen)))
        self._chosen.setVisible(chosen > 1)
        self._name.setText(wording.breakable(wording.name(hit)))
        self._name.setAccessibleName(wording.name(hit))
        self._folder.set_whole(wording.folder(hit))
        self._reasons.show_hit(hit)
        self._show_facts(hit)
        if not same or not keep:
            self._show_preview()
        self._passage.show_passage(hit.snippet, query)
        self.same.show_file(hit)
        if not same:
            self.verticalScrollBar().setValue(0)

    def show_segment(self, number: int) -> None:
        """Another moment or page of the same file."""
        if 0 <= number < len(self._segments):
            self._current = number
            self._show_preview()

    def _show_preview(self) -> None:
        if self._hit is not None:
            self.stage.show_segment(self._hit, self._segments, self._current, self._query)

    def _show_facts(self, hit: Hit) -> None:
        while self._facts.rowCount():
            self._facts.removeRow(0)
        facts = {self.tr("Kind"): wording.kind(hit.kind), self.tr("Size"): wording.size(hit.size_bytes)}
        if hit.offline:
            seen = wording.date(hit.last_seen)
            last = self.tr("last seen {date}").replace("{date}", seen) if seen else ""
            facts[self.tr("Drive")] = wording.joined((wording.away(hit), last), "  ·  ")
        said = hit.facts
        for label, text in (
            (self.tr("Title"), said.title),
            (self.tr("By"), said.author),
            (self.tr("Taken"), wording.taken(said.taken)),
            (self.tr("Place"), said.place),
            (self.tr("Camera"), said.camera),
            (self.tr("Lens"), said.lens),
            (self.tr("Rating"), "★" * (said.rating or 0)),
        ):
            if text:
                facts[label] = text
        if hit.modified > 0:
            facts[self.tr("Changed")] = wording.date_and_time(hit.modified)
        if hit.width and hit.height and hit.kind != "document":
            facts[self.tr("Dimensions")] = f"{hit.width} × {hit.height}"
        if hit.duration_s is not None:
            facts[self.tr("Length")] = wording.clock(hit.duration_s)
        if hit.pages is not None:
            facts[self.tr("Pages")] = wording.number(hit.pages)
        for label, value in facts.items():
            caption = Label(label, quiet=True)
            caption.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
            self._facts.addRow(caption, Fact(value))
        self._shown_facts = facts

    def _make_hint(self) -> QWidget:
        made = QWidget()
        text = Label(self.tr("Choose a result to see it here"), quiet=True)
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        text.setWordWrap(True)
        column = QVBoxLayout(made)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        column.setSpacing(theme.M)
        column.addStretch(2)
        column.addWidget(Symbol("inspector", 36), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(text)
        column.addStretch(3)
        return made

    def _make_details(self, actions: Actions) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        mirrored = self.isRightToLeft()
        column.setContentsMargins(theme.margins(theme.L, theme.XS, theme.S, theme.L, mirrored=mirrored))
        column.setSpacing(theme.M)
        column.addWidget(self.stage)
        title = QVBoxLayout()
        title.setSpacing(2)
        for label in (self._chosen, self._name, self._folder):
            title.addWidget(label)
        column.addLayout(title)
        buttons = QGridLayout()
        buttons.setSpacing(theme.S)
        buttons.addWidget(actions.button(Command.OPEN, Look.PRIMARY), 0, 0)
        buttons.addWidget(actions.button(Command.SHOW_IN_FOLDER), 0, 1)
        buttons.addWidget(actions.button(Command.FIND_SIMILAR), 1, 0)
        more = Button(self.tr("More"), "menu")
        more.setAccessibleName(self.tr("More to do with it"))
        menu = actions.menu(ON_A_RESULT, more)
        more.on_click(lambda: menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        buttons.addWidget(more, 1, 1)
        buttons.setColumnStretch(0, 1)
        buttons.setColumnStretch(1, 1)
        column.addLayout(buttons)
        column.addWidget(self._passage)
        column.addWidget(self.stage.undrawn)
        column.addWidget(self._reasons)
        column.addWidget(Hairline())
        self._facts.setHorizontalSpacing(theme.L)
        self._facts.setVerticalSpacing(6)
        self._facts.setLabelAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self._facts.setFormAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        column.addLayout(self._facts)
        column.addWidget(self.same)
        column.addStretch(1)
        return made
