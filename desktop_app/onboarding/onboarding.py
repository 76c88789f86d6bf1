"""The first start: which folders Sightline may look at, then which model is to understand what it sees."""

import sys
import threading
from pathlib import Path

from PySide6.QtCore import QEvent, QSettings, QSize, QStandardPaths, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine_client import EngineClient, Link
from desktop_app.language import wording
from desktop_app.onboarding.onboarding_models import ModelsStep
from desktop_app.system.file_manager import ANSWER_S, choose_folder
from desktop_app.widgets import icons, theme
from desktop_app.widgets.announcing import announce, leave
from desktop_app.widgets.choices import INSET, CheckBox
from desktop_app.widgets.controls import Button, ElidedLabel, Label, Look, Panel, ScrollBar
from indexer.kinds import Kind
from indexer.messages.library_messages import CountFolder, FolderCount

COLUMN = 560

Location = QStandardPaths.StandardLocation

SCREENSHOTS = (
    "Screenshots", "Bildschirmfotos", "Captures d’écran", "Capturas de pantalla", "Schermate",
    "Capturas de tela", "Schermafbeeldingen", "Zrzuty ekranu", "Снимки экрана", "Skärmbilder",
    "スクリーンショット", "屏幕截图", "截图", "螢幕擷取畫面",
)  # fmt: skip
"""What desktops call their folder, by language; most put it into Pictures."""


class FolderRow(QWidget):
    """A folder with a tick; a click anywhere on it changes the tick."""

    def __init__(self, name: str, path: str, ticked: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self.counting = False
        """Whether the engine was asked what is in it."""
        self.box = CheckBox(name)
        self.box.setFont(theme.font(self.font(), 1.05, QFont.Weight.Medium))
        self.box.setAccessibleDescription(path)
        self.box.setChecked(ticked)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        row.setSpacing(theme.L)
        self._count = Label("", quiet=True, scale=0.95)
        self._count.hide()
        below = QHBoxLayout()
        below.addSpacing(INSET)
        below.addWidget(ElidedLabel(path, quiet=True, scale=0.95))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.box)
        column.addLayout(below)
        row.addLayout(column, 1)
        row.addWidget(self._count)

    def show_count(self, count: FolderCount) -> None:
        """What is in it, as far as its files' names tell."""
        numbers: tuple[tuple[int, Kind], ...] = (
            (count.photos, "photo"),
            (count.screenshots, "screenshot"),
            (count.videos, "video"),
            (count.documents, "document"),
        )
        most = sorted((pair for pair in numbers if pair[0]), reverse=True)[:2]
        counts = (wording.counted_kind(kind, number) for number, kind in most)
        text = wording.joined(counts) or self.tr("nothing yet")
        if not count.complete:
            text = self.tr("more than {counts}").replace("{counts}", text)
        self._count.setText(text)
        self._count.show()
        self.box.setAccessibleDescription(f"{self.path}, {text}")

    def not_counted(self, _sentence: str) -> None:
        """When it is added, it is told of; until then it may be counted by the next engine."""
        self.counting = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.toggle()


class _Mark(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(64, 64))

    def paintEvent(self, event: QPaintEvent) -> None:
        made = icons.pixmap("sightline", theme.colours(self.palette()).text, 64, self.devicePixelRatioF())
        margin = 3 if self.isRightToLeft() else -3  # hangs out, so that its edge meets the text's
        QPainter(self).drawPixmap(margin, 0, made)


class Onboarding(QScrollArea):
    """Two pages, each one decision. Indexing, of names first, begins after the first.

    Signals:
        chosen(list[str]): these folders.
        model_wanted(str, str): use this embedder and this reranker. words_wanted: none for now.
        finished: on to the window.
    """

    chosen = Signal(list)
    model_wanted = Signal(str, str)
    words_wanted = Signal()
    finished = Signal()

    def __init__(self, client: EngineClient, kept: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self.busy = False
        """Whether the second page is shown, which has to be left by the person."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBar(ScrollBar())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows: list[FolderRow] = []
        self._introduced = self._offered = False
        self.start = Button(self.tr("Start"), look=Look.PRIMARY)
        self.start.setMinimumWidth(120)
        self.start.clicked.connect(self._finish)
        self.add = Button(self.tr("Add another folder…"), "folder-add", Look.QUIET)
        self.add.clicked.connect(self._pick)
        self.models = ModelsStep(client, kept)
        self.models.model_wanted.connect(self.model_wanted)
        self.models.words_wanted.connect(self.words_wanted)
        self.models.back_wanted.connect(lambda: self._turn_to(0))
        self.models.finished.connect(self._end)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._folders_page())
        self._pages.addWidget(self._models_page())
        self._said = Label("")
        self._said.setWordWrap(True)
        self._said.hide()
        inside = QWidget()
        inside.setFixedWidth(COLUMN)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, theme.XL * 2, 0, theme.XL * 2)
        column.addWidget(self._pages)
        column.addWidget(self._said)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(theme.XL, 0, theme.XL, 0)
        row.addWidget(inside, 0, Qt.AlignmentFlag.AlignCenter)
        self.setWidget(whole)
        self._update()
        client.link_changed.connect(self._link_changed)

    def _folders_page(self) -> QWidget:
        """What it does, and where it should look."""
        title = Label(self.tr("Find anything you have ever seen"), scale=1.9, weight=QFont.Weight.DemiBold)
        intro = Label(
            self.tr(
                "Sightline looks through your pictures, videos and documents, so that you can find them by "
                "what they show. Everything stays on this computer, and your files are never changed."
            ),
            quiet=True,
            scale=1.1,
        )
        for label in (title, intro):
            label.setWordWrap(True)
        self._intro = f"{title.text()}. {intro.text()}"
        question = Label(self.tr("Where should it look?"), scale=1.1, weight=QFont.Weight.DemiBold)
        self._panel = Panel()
        self._panel.setAccessibleName(question.text())
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addStretch(1)
        buttons.addWidget(self.start)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addWidget(_Mark())
        column.addSpacing(theme.S)
        column.addWidget(title)
        column.addWidget(intro)
        column.addSpacing(theme.L)
        column.addWidget(question)
        column.addWidget(self._panel)
        column.addLayout(buttons)
        return made

    def _models_page(self) -> QWidget:
        """What is to understand it."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.models)
        column.addStretch(1)
        return made

    @property
    def folders(self) -> list[str]:
        """The ticked ones."""
        return [row.path for row in self._rows if row.box.isChecked()]

    def _offer(self) -> None:
        """The usual folders, once, to somebody who looks: most starts are not the first."""
        if not self._offered:
            self._offered = True
            for name, path in usual_folders():
                self._add_row(name, path)
            self._update()

    def add_folder(self, path: str) -> None:
        """One more, ticked; a known one is ticked again."""
        self._offer()
        known = next((row for row in self._rows if row.path == path), None)
        if known is not None:
            known.box.setChecked(True)
        else:
            self._add_row(Path(path).name or path, path)
        self._update()

    def _add_row(self, name: str, path: str) -> None:
        row = FolderRow(name, path, ticked=True)
        row.box.toggled.connect(self._update)
        self._rows.append(row)
        self._panel.add(row)
        if self.isVisible():
            self._count()
        if len(self._rows) > 1:
            QWidget.setTabOrder(self._rows[-2].box, row.box)
        QWidget.setTabOrder(row.box, self.add)
        QWidget.setTabOrder(self.add, self.start)

    def take_the_keyboard(self) -> None:
        """To what is to be decided first."""
        self._offer()
        first = self._rows[0].box if self._rows else self.add
        (self.models.first if self._pages.currentIndex() else first).setFocus(Qt.FocusReason.TabFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._offer()
        self._count()
        self._introduce()

    def say(self, sentence: str) -> None:
        """Why something did not work; "" takes it back."""
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        announce(self, sentence)
        if sentence:  # below all else, and laid out by then
            QTimer.singleShot(0, self._said, lambda: self.ensureWidgetVisible(self._said))

    def _link_changed(self) -> None:
        """The next engine is asked what the one before did not answer."""
        if self._client.link is Link.READY and self.isVisible():
            self._count()
            if self._pages.currentIndex():
                self.models.begin_again()

    def _count(self) -> None:
        """Only for somebody who looks: it reads whole folders, which may never have been chosen."""
        for row in self._rows:
            if not row.counting:
                row.counting = True
                request = CountFolder(row.path)
                self._client.request(request, done=row.show_count, failed=row.not_counted, parent=row)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self._introduce()

    def _introduce(self) -> None:
        """Once, and not before the window is the one that is listened to."""
        if not self._introduced and self.isVisible() and self.isActiveWindow():
            self._introduced = announce(self, self._intro)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on from everything that has no use for it itself."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.models.onwards if self._pages.currentIndex() else self.start).click()
        else:
            super().keyPressEvent(event)

    def _pick(self) -> None:
        path = choose_folder(self)
        if path:
            self.add_folder(path)

    def _update(self) -> None:
        self._panel.setVisible(bool(self._rows))
        self.start.setEnabled(bool(self.folders))

    def _finish(self) -> None:
        self.say("")
        self._turn_to(1)
        announce(self, self.models.intro)
        self.chosen.emit(self.folders)
        self.models.begin()

    def _turn_to(self, number: int) -> None:
        self.busy = True
        leave(self._pages)
        self._pages.setCurrentIndex(number)
        self.verticalScrollBar().setValue(0)
        self.take_the_keyboard()

    def _end(self) -> None:
        """Should it ever be needed again, it begins with the folders."""
        self.busy = False
        self._pages.setCurrentIndex(0)
        self.finished.emit()


def usual_folders() -> list[tuple[str, str]]:
    """Name and path of the person's Pictures, Videos, Documents and screenshots, as far as they exist.

    One that lies in another is left out: it is looked at with that one. None where a disk does not say.
    """
    found: list[tuple[str, str]] = []
    looking = threading.Thread(
        target=lambda: found.extend(_usual_folders()), name="usual folders", daemon=True
    )
    looking.start()
    looking.join(ANSWER_S)
    return list(found)


def _usual_folders() -> list[tuple[str, str]]:
    home = Path.home()
    found: dict[str, str] = {}
    for location in (Location.PicturesLocation, Location.MoviesLocation, Location.DocumentsLocation):
        path = QStandardPaths.writableLocation(location)
        if path and Path(path).is_dir() and Path(path) != home:
            movies = location is Location.MoviesLocation  # they are videos everywhere else
            found.setdefault(path, wording.kinds("video") if movies else QStandardPaths.displayName(location))
    for folder in screenshot_folders(home):
        if folder.is_dir():
            found.setdefault(str(folder), folder.name)
    inner = {one for one in found for other in found if one != other and Path(one).is_relative_to(other)}
    return [(name, path) for path, name in found.items() if path not in inner]


def screenshot_folders(home: Path) -> list[Path]:
    """Where desktops put pictures of the screen; they need not exist."""
    places = [home / name for name in SCREENSHOTS]
    places += [home / "OneDrive" / "Pictures" / name for name in SCREENSHOTS]
    if sys.platform == "darwin":
        chosen = QSettings(
            str(home / "Library" / "Preferences" / "com.apple.screencapture.plist"),
            QSettings.Format.NativeFormat,
        ).value("location")
        places.append(Path(str(chosen)).expanduser() if chosen else home / "Desktop")
    return places
