"""The main window: the question above, the answers below, one of them large at the side."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.acting.result_commands import ResultCommands
from desktop_app.actions import ON_A_RESULT, Actions, Command
from desktop_app.engine_client import EngineClient, Link
from desktop_app.library.library_dialogs import LibraryDialogs
from desktop_app.library.status_line import StatusLine
from desktop_app.main_menu import main_menu
from desktop_app.onboarding.first_start import FirstStart
from desktop_app.onboarding.onboarding import Onboarding
from desktop_app.query.asking import Asking
from desktop_app.query.filter_bar import FilterBar
from desktop_app.query.intake import Intake
from desktop_app.query.query_image import QueryImages
from desktop_app.query.search_bar import SearchBar
from desktop_app.query.snip import Snip
from desktop_app.results.answering import Answering
from desktop_app.results.results_grid import ResultsGrid
from desktop_app.results.results_header import ResultsHeader
from desktop_app.results.results_model import ResultsModel
from desktop_app.results.thumbnails import Thumbnails
from desktop_app.search.search_session import SearchSession
from desktop_app.suggestions.empty_state import EmptyState, Offer, message
from desktop_app.suggestions.suggesting import Suggesting
from desktop_app.system.file_manager import show_in_folder
from desktop_app.telling import Telling
from desktop_app.viewing.inspector import WIDTH, Inspector
from desktop_app.viewing.looking import Looking
from desktop_app.viewing.previews import Previews
from desktop_app.widgets import theme
from desktop_app.widgets.announcing import leave
from desktop_app.widgets.banner import Banner
from desktop_app.widgets.controls import Button, Look
from desktop_app.widgets.splitter import Splitter
from desktop_app.window_place import SIZE, WindowPlace
from indexer.kinds import KINDS
from indexer.messages.work_messages import Pause, Resume
from indexer.paths import Paths
from indexer.settings import Appearance


class SearchWindow(QMainWindow):
    """Puts the parts together and passes on what one has to tell another.

    Signals:
        appearance_chosen(Appearance): the person wants it light, dark, or like the desktop.
        closed(QCloseEvent): the person closes it; whoever ignores the event keeps it open.
        quit_wanted: the person wants the program to end.
        settings_wanted: the person wants to change something. models_wanted: to choose other models.
    """

    appearance_chosen = Signal(str)
    closed = Signal(object)
    quit_wanted = Signal()
    settings_wanted = Signal()
    models_wanted = Signal()

    def __init__(
        self,
        client: EngineClient,
        paths: Paths,
        *,
        first_run: bool = False,
        appearance: Appearance = "system",
    ) -> None:
        super().__init__()
        self._client = client
        self.place = WindowPlace(paths.data / "window.ini")
        self.setWindowTitle("Sightline")
        self.thumbnails = Thumbnails(self)
        self.query_images = QueryImages(paths.cache / "query-images", self)
        self.session = SearchSession(client, self)
        self.model = ResultsModel(self)
        self.actions_ = Actions(self)
        self.search_bar = SearchBar(self.thumbnails)
        self.filters = FilterBar(client)
        self.banner = Banner()
        self.header = ResultsHeader()
        self.grid = ResultsGrid(self.model, self.thumbnails)
        self.empty = EmptyState()
        self.inspector = Inspector(self.thumbnails, self.actions_, Previews(client, self))
        self.status_line = StatusLine()
        self.onboarding = Onboarding(client, self.place.settings)
        self.telling = Telling(client, self.banner, self.actions_, self)
        self.first_start = FirstStart(client, self.onboarding, self, first_run=first_run)
        self.looking = Looking(client, self.thumbnails, self.grid, self.inspector, self.actions_, self)
        self.commands = ResultCommands(client, self.grid, self.inspector, self.looking, self.actions_, self)
        self.dialogs = LibraryDialogs(client, self.say, self.status_line, self)
        self.snip = Snip(self)
        self.intake = Intake(self.query_images, self.search_bar, self)
        self.asking = Asking(client, self.session, self.search_bar, self.filters, self.header, self)
        kept = self.place.settings
        self.suggesting = Suggesting(client, kept, self.asking, self.grid, self.query_images, self)
        self.answering = Answering(self.session, self.grid, self.header, self)
        self.main_menu = main_menu(self.actions_, appearance, self.appearance_chosen.emit, self)
        self._build()
        self._connect_parts()
        self._connect_commands()
        self.place.restore(self, self._splitter, self.header)
        self._engine_changed()
        self._begin_at_the_first()

    # --- building --------------------------------------------------------------------------------------

    def _build(self) -> None:
        """Two pages: the window as it is used, and the first start."""
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self._answers(), 1)
        column.addWidget(self.status_line)
        self._pages = QStackedWidget()
        self._pages.addWidget(main)
        self._pages.addWidget(self.onboarding)
        self.setCentralWidget(self._pages)

    def _head(self) -> QVBoxLayout:
        """The question, the filters, and what there is to say."""
        menu = Button("", "menu", Look.QUIET, self.tr("Menu"))
        menu.setFixedSize(44, 44)
        menu.on_click(lambda: self._open_menu(menu))
        details = self.actions_.button(Command.TOGGLE_INSPECTOR, Look.QUIET, text=False)
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        top.addWidget(self.search_bar, 1)
        top.addWidget(menu)
        second = QHBoxLayout()
        mirrored = self.isRightToLeft()
        second.setContentsMargins(theme.margins(0, 5, mirrored=mirrored))
        second.addWidget(self.filters, 1)
        second.addWidget(details)
        head = QVBoxLayout()
        head.setContentsMargins(theme.margins(theme.XL, theme.L, theme.L, theme.XS, mirrored=mirrored))
        head.setSpacing(theme.M)
        head.addLayout(top)
        head.addLayout(second)
        head.addWidget(self.banner)
        return head

    def _answers(self) -> Splitter:
        """The list, or words in its place, and one of them large."""
        self._list_or_words = QStackedWidget()
        self._list_or_words.addWidget(self.grid)
        self._list_or_words.addWidget(self.empty)
        left = QWidget()
        left_column = QVBoxLayout(left)
        left_column.setContentsMargins(0, 0, 0, 0)
        left_column.setSpacing(0)
        left_column.addWidget(self.suggesting.ideas)
        left_column.addWidget(self.header)
        left_column.addWidget(self._list_or_words, 1)
        self._splitter = Splitter()
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.inspector)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.setSizes([SIZE.width() - WIDTH, WIDTH])
        return self._splitter

    def _open_menu(self, button: Button) -> None:
        """Below its button, and inside the window."""
        width = self.main_menu.sizeHint().width()
        corner = button.rect().bottomLeft() if self.isRightToLeft() else button.rect().bottomRight()
        self.main_menu.popup(button.mapToGlobal(corner - QPoint(0 if self.isRightToLeft() else width, 0)))

    def _connect_parts(self) -> None:
        client, actions = self._client, self.actions_
        client.status_changed.connect(self._engine_changed)
        client.link_changed.connect(self._engine_changed)
        client.refused.connect(self.say)
        self.search_bar.left_downwards.connect(self._into_results)
        self.search_bar.picture_pasted.connect(self.intake.paste)
        self.search_bar.picture_wanted.connect(self.intake.pick)
        self.search_bar.snip_wanted.connect(self.snip.start)
        self.snip.taken.connect(self.intake.search_screen)
        for part in (self.snip, self.intake, self.asking, self.answering, self.commands, self.first_start):
            part.said.connect(self.say)
        self.answering.shown.connect(self._update_page)
        self.suggesting.hides.changed.connect(self._update_page)
        self.asking.results_wanted.connect(self._into_results)
        self.intake.folders_offered.connect(self._offer_folders)
        self.telling.folders_wanted.connect(self.dialogs.add_folders)
        self.telling.models_wanted.connect(self.models_wanted)
        self.grid.typed.connect(self.search_bar.type_on)
        self.grid.current_hit_changed.connect(self._show_details)
        self.grid.selectionModel().selectionChanged.connect(lambda *_: self._show_details())
        self.grid.doubleClicked.connect(lambda _index: actions[Command.OPEN].trigger())
        self.commands.undoable.connect(self.say)
        self.commands.left.connect(self.session.leave_out)
        self.dialogs.removed.connect(self.session.ask_anew)
        self.commands.similar_wanted.connect(self.intake.search_similar)
        self.looking.part_wanted.connect(self.intake.search_part)
        self.status_line.pause_wanted.connect(actions[Command.PAUSE].trigger)
        self.status_line.problems_wanted.connect(actions[Command.PROBLEMS].trigger)
        self.onboarding.finished.connect(self._onboarded)

    def _connect_commands(self) -> None:
        actions = self.actions_
        actions.belong_to(self.grid, (Command.OPEN, Command.COPY_FILES, Command.PEEK))
        actions[Command.TOGGLE_INSPECTOR].setCheckable(True)
        actions[Command.TOGGLE_INSPECTOR].setChecked(True)
        actions[Command.TOGGLE_INSPECTOR].toggled.connect(lambda _on: self._update_page())
        kinds = (
            Command.TOGGLE_PHOTOS,
            Command.TOGGLE_SCREENSHOTS,
            Command.TOGGLE_VIDEOS,
            Command.TOGGLE_DOCUMENTS,
        )
        for command, kind in zip(kinds, KINDS, strict=True):
            actions.connect(command, partial(self.filters.toggle, kind))
        commands: tuple[tuple[Command, Callable[[], object]], ...] = (
            (Command.FOCUS_SEARCH, self._focus_search),
            (Command.SEARCH_BY_PICTURE, self.intake.pick),
            (Command.PASTE, self.intake.paste),
            (Command.SNIP, self.snip.start),
            (Command.MORE_LIKE, partial(self.suggesting.add_examples, less=False)),
            (Command.LESS_LIKE, partial(self.suggesting.add_examples, less=True)),
            (Command.UNFOLD, self.answering.unfold),
            (Command.FOLDERS, self.dialogs.show_folders),
            (Command.PROBLEMS, self.dialogs.show_problems),
            (Command.PAUSE, self._pause_or_resume),
            (Command.SHOW_LOG, self._show_log),
            (Command.BACK, self._back),
            (Command.SETTINGS, self.settings_wanted.emit),
            (Command.QUIT, self.quit_wanted.emit),
        )
        for command, call in commands:
            actions.connect(command, call)

    # --- the question ----------------------------------------------------------------------------------

    def _into_results(self) -> None:
        if self.model.rowCount() and self._list_or_words.currentWidget() is self.grid:
            self.grid.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.grid.selected_hits():
                self.grid.choose_row(max(0, self.grid.currentIndex().row()))

    def _focus_search(self) -> None:
        self.looking.peek.put_away()
        self.search_bar.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_bar.field.selectAll()

    def _back(self) -> None:
        """Peel off one layer."""
        if self.looking.back():
            return
        if self.grid.selectionModel().hasSelection() or self.grid.hasFocus():
            self.grid.clearSelection()
            self.grid.selectionModel().clearCurrentIndex()
            self.search_bar.setFocus()
        else:
            self.asking.clear()

    # --- the answer ------------------------------------------------------------------------------------

    def _show_details(self, *_: object) -> None:
        answer = self.session.answer
        text = answer.query.text if answer is not None else ""
        chosen = len(self.grid.selectionModel().selectedRows())
        self.looking.show(self.grid.current_hit(), text, chosen)
        self.commands.update()

    def _begin_at_the_first(self) -> None:
        """The keyboard goes to what the page shown is for."""
        if self._pages.currentIndex():
            self.onboarding.take_the_keyboard()
        else:
            self.search_bar.setFocus()

    def _update_page(self) -> None:
        """Onboarding, the list, or what is said instead of it."""
        page = 1 if self.first_start.due else 0
        if page != self._pages.currentIndex():
            leave(self._pages)
            self._pages.setCurrentIndex(page)
            self._begin_at_the_first()
        shown = self.model.rowCount() > 0
        said = None if shown else message(self.session.answer, self._client.status, self._client.link)
        if said is not None:
            self.empty.say(
                said,
                {
                    Offer.EVERY_KIND: self.filters.clear,
                    Offer.FOLDERS: self.dialogs.show_folders,
                    Offer.OTHER_SEARCH: self.search_bar.clear,
                },
                self.suggesting.hides.hidings,
            )
        if said is not None and self.grid.hasFocus():
            self.search_bar.setFocus()
        self._list_or_words.setCurrentWidget(self.grid if said is None else self.empty)
        self.header.setVisible(said is None)
        wanted = self.actions_[Command.TOGGLE_INSPECTOR].isChecked()
        self.inspector.setVisible(wanted and shown)

    # --- what there is to say --------------------------------------------------------------------------

    def say(self, sentence: str, undo: Callable[[], object] | None = None) -> None:
        """Tell the person something across the window, and offer to undo it; "" takes it back."""
        self.telling.say(sentence, undo)
        if self._pages.currentIndex():
            self.onboarding.say(sentence)

    def _offer_folders(self, paths: tuple[str, ...]) -> None:
        if self._pages.currentIndex():
            self.first_start.add_folders(paths)
        else:
            self.telling.offer_folders(paths)

    def _onboarded(self) -> None:
        self._update_page()
        self._begin_at_the_first()

    # --- the engine ------------------------------------------------------------------------------------

    def _engine_changed(self, *_: object) -> None:
        client = self._client
        self.status_line.show_state(client.link, client.status)
        paused = client.status is not None and client.status.state == "paused"
        self.actions_[Command.PAUSE].setText(
            self.tr("Resume indexing") if paused else self.tr("Pause indexing")
        )
        self.actions_.set_icon(Command.PAUSE, "play" if paused else "pause")
        self.actions_.enable((Command.PAUSE, Command.FOLDERS, Command.PROBLEMS), client.link is Link.READY)
        self._update_page()

    def _pause_or_resume(self) -> None:
        paused = self._client.status is not None and self._client.status.state == "paused"
        self._client.request(Resume() if paused else Pause(), parent=self)

    def _show_log(self) -> None:
        """In its folder: the window and its engine write several, and what was written last says most."""
        files = [file for file in self._client.log_file.parent.glob("*.log") if file.stat().st_size]
        last = max(files, key=lambda file: file.stat().st_mtime, default=self._client.log_file)
        self.say(show_in_folder(str(last), self))

    # --- the window itself -----------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        self.place.keep(self, self._splitter, self.header)
        super().closeEvent(event)
        self.closed.emit(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "actions_"):
            self.actions_.tint(self.palette())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Typing belongs into the search box, wherever the keyboard is, as long as the box can be seen."""
        commanding = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        typed = event.text()
        words = typed.strip() and typed.isprintable() and not event.modifiers() & commanding
        if words and self.search_bar.isVisible():
            self.search_bar.type_on(typed)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Of what is chosen in the list: where the mouse is, or, by its key, at the current result."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        if not (self.grid.hasFocus() if by_key else self.grid.underMouse()) or not self.grid.selected_hits():
            return
        menu = self.actions_.menu(ON_A_RESULT, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if by_key:
            self.grid.scrollTo(self.grid.currentIndex())
        place = self.grid.visualRect(self.grid.currentIndex()).center()
        menu.popup(self.grid.viewport().mapToGlobal(place) if by_key else event.globalPos())
