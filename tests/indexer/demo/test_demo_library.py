"""The sample library: what it holds, that its files are read as meant, and that its questions are fair."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.demo import session
from indexer.demo.library import Library, Part, Sample, plan
from indexer.demo.prose import SENTENCES
from indexer.demo.questions import Answer, questions
from indexer.demo.table import WIDTHS, line
from indexer.demo.writing import can_write_heic, encode, write
from indexer.errors import MediaError, Skipped
from indexer.inference.loading import as_folders
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.segments import Item
from indexer.kinds import KINDS
from indexer.messages.result_messages import Hit, Segment
from indexer.paths import Paths
from indexer.settings import ModelOptions
from models import tiny_world as world


@pytest.fixture(scope="module")
def library() -> Library:
    return plan(heic=can_write_heic())


def test_it_has_every_kind_and_is_always_the_same(library: Library) -> None:
    assert len(library.samples) >= 150
    assert {sample.kind for sample in library.samples} == {*KINDS, None}
    assert len({sample.path.casefold() for sample in library.samples}) == len(library.samples)
    assert library == plan(heic=can_write_heic())
    assert library != plan(seed=1, heic=can_write_heic())


def test_names_do_not_give_the_answer_away(library: Library) -> None:
    telling = [*world.WORDS, *(noun.en for noun in world.NOUNS), *(noun.de.lower() for noun in world.NOUNS)]
    telling += [name for colour in world.COLOURS for name in colour[:2]]
    for sample in library.samples:
        words = re.split(r"[^a-zäöüß]+", sample.path.lower())
        assert not set(words) & set(telling), sample.path
    assert not [word for word in world.WORDS for sentence in SENTENCES if word in sentence.lower()]


def test_every_format_is_read_as_what_it_is(library: Library, tmp_path: Path) -> None:
    one_each = {Path(sample.path).suffix.lower(): sample for sample in library.samples if sample.kind}
    cut = next(sample for sample in library.samples if sample.kind == "video" and len(sample.parts) == 2)
    turned = next(sample for sample in library.samples if sample.turned)
    with DecoderPool(1) as pool:
        for sample in [*one_each.values(), cut, turned]:
            file = tmp_path / sample.name
            file.write_bytes(encode(sample))
            item, *segments = pool.decode(file)
            assert isinstance(item, Item)
            assert item.kind == sample.kind
            assert item.width is None or (item.width, item.height) == sample.size
            places = [(part.page, part.start_s, part.end_s) for part in sample.parts]
            found = [(s.page, s.start_s, s.end_s) for s in segments if not isinstance(s, Item)]
            assert found == [
                (page, start, pytest.approx(end, abs=0.2) if end else None) for page, start, end in places
            ], sample.path
            texts = [s.text for s in segments if not isinstance(s, Item)]
            assert texts == [part.text for part in sample.parts], sample.path


def test_the_useless_files_are_refused(library: Library, tmp_path: Path) -> None:
    useless = [sample for sample in library.samples if sample.kind is None]
    with DecoderPool(1) as pool:
        for sample in useless:
            file = tmp_path / sample.name
            file.write_bytes(encode(sample))
            with pytest.raises(Skipped if file.suffix == ".xyz" else MediaError):
                list(pool.decode(file))


def test_it_is_written_once_and_copies_are_copies(library: Library, tmp_path: Path) -> None:
    copy = next(sample for sample in library.samples if sample.copy_of)
    original = next(sample for sample in library.samples if sample.path == copy.copy_of)
    few = Library((original, copy), ())
    assert write(few, tmp_path / "samples")
    assert (tmp_path / "samples" / copy.path).read_bytes() == (
        tmp_path / "samples" / original.path
    ).read_bytes()
    assert not write(few, tmp_path / "samples")
    assert write(Library((original,), ()), tmp_path / "samples")
    assert not (tmp_path / "samples" / copy.path).exists()


def test_questions_are_many_and_their_answers_follow_from_facts(library: Library) -> None:
    asked = questions(library)
    assert len(asked) >= 30
    assert asked == questions(library)
    by_path = {sample.path: sample for sample in library.samples}
    for question in asked:
        if question.about.startswith("nothing"):
            assert question.right == ()
            continue
        assert question.right, question
        for answer in question.right:
            sample = by_path[answer.path]
            assert answer.part is None or answer.part in sample.parts
            assert not question.kinds or sample.kind in question.kinds
    assert {"German", "Chinese"} <= {question.about for question in asked}
    assert any(question.image and question.text for question in asked)
    assert any(
        answer.part and answer.part.start_s for q in asked for answer in q.right if "moment" in q.about
    )


def test_an_answer_is_right_only_with_its_page_or_moment() -> None:
    scene = world.Scene("page")
    page, moment = Part(scene, page=3), Part(scene, start_s=4.0, end_s=8.0)

    def hit(segment: Segment) -> Hit:
        return Hit("a", "document", 1.0, "strong", ("meaning",), segment)

    assert Answer("a", page).is_met("a", hit(Segment("page", page=3)))
    assert not Answer("a", page).is_met("a", hit(Segment("page", page=2)))
    assert not Answer("a", page).is_met("b", hit(Segment("page", page=3)))
    assert Answer("a", moment).is_met("a", hit(Segment("clip", start_s=4.1, end_s=7.9)))
    assert not Answer("a", moment).is_met("a", hit(Segment("clip", start_s=0.0, end_s=4.0)))
    assert not Answer("a", moment).is_met("a", hit(Segment("clip")))
    assert Answer("a").is_met("a", hit(Segment("image")))


def test_the_table_keeps_its_columns() -> None:
    for cells in (
        ("a", "b", "c", "d", "1", "ok"),
        ("x" * 99,) * 6,
        ("图片：夜晚中间一只小白色的鸟" * 5, "", "", "", "", "ok"),
    ):
        width = sum(2 if ord(character) > 0x2E80 else 1 for character in line(cells))
        assert width <= sum(WIDTHS) + 2 * (len(WIDTHS) - 1)


def test_samples_know_their_names() -> None:
    sample = plan().samples[0]
    assert isinstance(sample, Sample)
    assert sample.path.endswith("/" + sample.name)


def test_other_options_make_another_index_and_reach_the_window(tmp_path, monkeypatch) -> None:
    """Else the demo is refused, with advice about an index that nobody sees."""
    options = replace(as_folders(ModelOptions(), tmp_path), weights="int8", budget="fast")
    own = Paths(tmp_path).create()
    assert session._weights(options, own) != session._weights(replace(options, weights="full"), own)
    started: list[list[str]] = []
    monkeypatch.setattr(session, "_has_display", lambda: True)
    monkeypatch.setattr(subprocess, "call", lambda line: started.append(line) or 0)
    session._show(own, options)
    assert {"--weights", "int8", "--budget", "fast", "-P"} <= set(started[0])
