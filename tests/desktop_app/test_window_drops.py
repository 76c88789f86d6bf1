"""What is dropped that is neither one picture nor one folder."""

from dataclasses import replace
from pathlib import Path

from dropping import drop, urls
from fake_engine import READY, FakeEngine
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from window_sample import landscape

from desktop_app.actions import Command
from desktop_app.query.intake import MOST_PICTURES
from desktop_app.search_window import SearchWindow
from desktop_app.widgets.controls import Button
from indexer.messages.library_messages import AddFolder
from indexer.messages.work_messages import FolderStatus
from indexer.paths import Paths


def press(window: SearchWindow, text: str) -> None:
    """The button on the banner with this text."""
    QApplication.processEvents()  # new buttons are shown by the event loop
    button = next(each for each in window.findChildren(Button) if each.text() == text and each.isVisible())
    button.click()


def test_every_folder_of_a_drop_is_offered(window: SearchWindow, engine: FakeEngine, tmp_path: Path) -> None:
    engine.ready()
    folders = [tmp_path / name for name in ("Holiday", "Scans", "Films")]
    for folder in folders:
        folder.mkdir()
    assert drop(window, urls(*folders))
    assert window.banner.sentence == "Make the files in these 3 folders searchable?"
    press(window, "Add folders")
    assert engine.requests[-3:] == [AddFolder(str(folder)) for folder in folders]
    assert window.banner.sentence == ""
    engine.report(replace(READY, folders=tuple(FolderStatus(str(folder), 1, 0) for folder in folders[1:])))
    assert drop(window, urls(folders[2]))
    assert window.banner.sentence == "“Films” is searchable already.", "there is nothing to ask"
    assert drop(window, urls(*folders))
    assert window.banner.sentence == "Make the files in “Holiday” searchable?"


def test_a_folder_beside_a_picture_is_not_lost(
    window: SearchWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    engine.ready()
    (tmp_path / "Holiday").mkdir()
    landscape(30, 20, 1).save(str(tmp_path / "a.png"))
    assert drop(window, urls(tmp_path / "a.png", tmp_path / "Holiday"))
    assert [image.name for image in window.search_bar.images] == ["a.png"]
    assert window.banner.sentence == "Make the files in “Holiday” searchable?"


def test_what_is_said_later_does_not_wait_behind_an_offer(
    window: SearchWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    engine.ready()
    (tmp_path / "Holiday").mkdir()
    drop(window, urls(tmp_path / "Holiday"))
    window.say("The file is no longer there.")
    assert window.banner.sentence == "The file is no longer there."
    window.banner._close.click()
    assert window.banner.sentence == "Make the files in “Holiday” searchable?"
    window.banner._close.click()
    assert window.banner.sentence == ""


def test_an_address_on_the_web_is_no_question(window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready()
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/cat.png")])
    mime.setText("https://example.org/cat.png")
    assert drop(window, mime)
    assert window.search_bar.text == ""
    assert window.banner.sentence.startswith("Sightline fetches nothing from the web.")
    QGuiApplication.clipboard().setText("https://example.org/cat.png")
    window.actions_[Command.PASTE].trigger()
    assert window.search_bar.text == "https://example.org/cat.png", (
        "pasted, it may be looked for in documents"
    )


def test_words_that_are_dropped_are_words_of_their_own(window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready()
    for text in ("dog", "red car", " at sea"):
        mime = QMimeData()
        mime.setText(text)
        assert drop(window, mime)
    assert window.search_bar.text.split() == ["dog", "red", "car", "at", "sea"]


def test_pasted_pictures_are_no_more_than_dropped_ones(window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready()
    for seed in range(MOST_PICTURES + 1):
        QGuiApplication.clipboard().setImage(landscape(30, 20, seed))
        window.actions_[Command.PASTE].trigger()
    assert len(window.search_bar.images) == MOST_PICTURES
    assert "the others were left out" in window.banner.sentence


def test_a_picture_counts_although_its_preview_can_be_kept_nowhere(
    window: SearchWindow, engine: FakeEngine, paths: Paths, tmp_path: Path
) -> None:
    engine.ready()
    (paths.cache / "query-images").write_bytes(b"in the way")
    landscape(30, 20, 1).save(str(tmp_path / "a.png"))
    assert drop(window, urls(tmp_path / "a.png"))
    assert engine.searches()[-1].images == (str(tmp_path / "a.png"),)
