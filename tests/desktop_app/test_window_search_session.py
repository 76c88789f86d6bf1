"""What is asked when, and which answers are shown."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fake_engine import READY, FakeEngine
from pytestqt.qtbot import QtBot
from window_sample import hits

from desktop_app.engine_client import Link
from desktop_app.search import search_session
from desktop_app.search.paging import PAGE
from desktop_app.search.query_and_answer import in_sections
from desktop_app.search.search_session import Answer, Query, SearchSession
from desktop_app.suggestions.empty_state import message
from indexer.messages.query_messages import GetHits
from indexer.messages.result_messages import BrowseReply, Hit, Results
from indexer.messages.search_messages import Cancel
from indexer.messages.work_messages import Status, UserActive


class Heard:
    def __init__(self, session: SearchSession) -> None:
        self.answers: list[Answer] = []
        self.better: list[bool] = []
        session.answered.connect(self.answers.append)
        session.better_available.connect(self.better.append)


@pytest.fixture
def found(tmp_path: Path) -> tuple[Hit, ...]:
    return hits(tmp_path, 6)


@pytest.fixture
def session(qtbot: QtBot, engine: FakeEngine) -> SearchSession:
    made = SearchSession(engine)
    engine.ready()
    return made


@pytest.fixture
def heard(session: SearchSession) -> Heard:
    return Heard(session)


@pytest.fixture
def ask(session: SearchSession) -> Callable[[str], None]:
    return lambda text: session.set_query(Query(text), now=True)


def test_browses_as_soon_as_there_is_an_engine(
    qtbot: QtBot, engine: FakeEngine, found: tuple[Hit, ...]
) -> None:
    engine.browse = found
    session = SearchSession(engine)
    heard = Heard(session)
    assert not engine.requests
    engine.ready()
    assert heard.answers[-1].hits == found
    assert heard.answers[-1].stage is None


def test_a_key_is_asked_for_at_once_and_of_fast_ones_the_last(
    qtbot: QtBot, session: SearchSession, engine: FakeEngine
) -> None:
    for length in range(1, 6):
        session.set_query(Query("beach"[:length]))
    assert [search.text for search in engine.searches()] == ["b"]
    qtbot.waitUntil(lambda: len(engine.searches()) > 1)
    assert [(search.text, search.typing) for search in engine.searches()] == [("b", True), ("beach", True)]
    assert sum(isinstance(each, UserActive) for each in engine.requests) == 1


def test_enter_asks_at_once(session: SearchSession, engine: FakeEngine) -> None:
    session.set_query(Query("beach"))
    session.ask()
    assert [(search.text, search.typing) for search in engine.searches()] == [
        ("beach", True),
        ("beach", False),
    ]


def test_numbers_grow_and_old_answers_are_dropped(
    session: SearchSession,
    engine: FakeEngine,
    heard: Heard,
    ask: Callable[[str], None],
    found: tuple[Hit, ...],
) -> None:
    ask("old")
    ask("new")
    old, new = engine.searches()
    assert new.search_id > old.search_id
    assert Cancel(old.search_id) in engine.requests
    engine.answer(found, search_id=old.search_id)
    assert not heard.answers
    engine.answer(found[:2], search_id=new.search_id)
    assert heard.answers[-1].hits == found[:2]


def test_stages_replace_each_other_while_nobody_looks(
    engine: FakeEngine, heard: Heard, ask: Callable[[str], None], found: tuple[Hit, ...]
) -> None:
    ask("beach")
    engine.answer(found[:3], "words", final=False)
    engine.answer(found, "meaning", final=False)
    engine.answer(found[::-1], "reranked")
    assert [answer.hits for answer in heard.answers] == [found[:3], found, in_sections(found[::-1])]
    assert [answer.fresh for answer in heard.answers] == [True, False, False]
    assert True not in heard.better


def test_nothing_moves_once_the_list_was_touched(
    session: SearchSession,
    engine: FakeEngine,
    heard: Heard,
    ask: Callable[[str], None],
    found: tuple[Hit, ...],
) -> None:
    ask("beach")
    engine.answer(found, "meaning", final=False)
    session.touched()
    engine.answer(found[::-1], "reranked")
    assert heard.answers[-1].hits == found
    assert heard.better[-1] is True
    session.show_better()
    assert heard.answers[-1].hits == in_sections(found[::-1])
    assert heard.answers[-1].fresh is False
    assert heard.better[-1] is False


def test_a_better_list_still_waits_when_copies_were_unfolded_meanwhile(
    session: SearchSession,
    engine: FakeEngine,
    heard: Heard,
    ask: Callable[[str], None],
    found: tuple[Hit, ...],
) -> None:
    first = replace(found[0], folded=("/p/copy.jpg",))
    ask("beach")
    engine.answer((first, *found[1:]), "meaning", final=False)
    session.touched()
    engine.answer(found[::-1], "reranked")
    session.toggle_folded(first)
    assert heard.answers[-1].unfolded == {first.path}
    session.show_better()
    assert heard.answers[-1].hits == in_sections(found[::-1])


def test_copies_unfolded_in_one_breath_are_all_listed(
    session: SearchSession,
    engine: FakeEngine,
    heard: Heard,
    ask: Callable[[str], None],
    found: tuple[Hit, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = (replace(hit, folded=(f"/p/{number}.jpg",)) for number, hit in enumerate(found[:2]))
    ask("beach")
    engine.answer((first, second, *found[2:]), "meaning", final=False)
    asked: list[tuple[GetHits, Callable[[BrowseReply], None]]] = []
    monkeypatch.setattr(engine, "request", lambda request, done, **_: asked.append((request, done)))
    session.toggle_folded(first)
    session.toggle_folded(second)
    for request, done in asked:
        done(BrowseReply(tuple(replace(first, path=path, folded=()) for path in request.paths), 1))
    listed = [hit.path for hit in heard.answers[-1].hits[:4]]
    assert listed == [first.path, "/p/0.jpg", second.path, "/p/1.jpg"]
    engine.answer(found, "reranked")
    assert heard.better[-1] is True, "what is looked at stays"


def test_the_same_order_with_fresher_facts_is_no_reshuffle(
    session: SearchSession,
    engine: FakeEngine,
    heard: Heard,
    ask: Callable[[str], None],
    found: tuple[Hit, ...],
) -> None:
    ask("beach")
    engine.answer(found, "meaning", final=False)
    session.touched()
    engine.answer(found, "reranked")
    assert heard.answers[-1].final
    assert True not in heard.better


def test_a_new_question_forgets_what_was_touched_and_held(
    session: SearchSession,
    engine: FakeEngine,
    heard: Heard,
    ask: Callable[[str], None],
    found: tuple[Hit, ...],
) -> None:
    ask("beach")
    engine.answer(found, "meaning", final=False)
    session.touched()
    engine.answer(found[::-1])
    ask("boat")
    assert heard.better[-1] is False
    engine.answer(found[:1], "words", final=False)
    engine.answer(found[1:], "reranked")
    assert heard.answers[-1].hits == found[1:]


def test_an_empty_first_stage_does_not_blank_the_list_at_once(
    qtbot: QtBot, engine: FakeEngine, heard: Heard, ask: Callable[[str], None], found: tuple[Hit, ...]
) -> None:
    ask("beach")
    engine.answer((), "words", final=False)
    assert not heard.answers
    engine.answer(found, "meaning", final=False)
    assert heard.answers[-1].hits == found
    assert heard.answers[-1].fresh
    ask("boat")
    engine.answer((), "words", final=False)
    qtbot.waitUntil(lambda: heard.answers[-1].hits == ())  # but it does after a moment


def test_a_crash_keeps_what_is_shown_and_asks_again(
    session: SearchSession,
    engine: FakeEngine,
    heard: Heard,
    ask: Callable[[str], None],
    found: tuple[Hit, ...],
) -> None:
    ask("beach")
    engine.answer(found, "meaning", final=False)
    engine.become(Link.RESTARTING)
    assert heard.answers[-1].hits == found
    engine.ready()
    assert [search.text for search in engine.searches()] == ["beach", "beach"]
    engine.answer(found[::-1])
    assert heard.answers[-1].hits == in_sections(found[::-1])


def test_a_complete_answer_is_not_asked_again_after_a_crash(
    engine: FakeEngine, ask: Callable[[str], None], found: tuple[Hit, ...]
) -> None:
    ask("beach")
    engine.answer(found)
    engine.become(Link.RESTARTING)
    engine.ready()
    assert len(engine.searches()) == 1


def test_the_next_page_is_asked_again_after_a_crash(
    session: SearchSession,
    engine: FakeEngine,
    heard: Heard,
    ask: Callable[[str], None],
    found: tuple[Hit, ...],
) -> None:
    ask("beach")
    engine.answer(found[:3], total=6)
    session.want_more()
    engine.become(Link.RESTARTING)
    engine.ready()
    assert [search.offset for search in engine.searches()] == [0, 3, 3]
    engine.answer(found[3:], total=6)
    assert len(heard.answers[-1].hits) == 6


def test_rows_of_a_browsed_list_are_asked_for_again_after_a_crash(
    session: SearchSession, engine: FakeEngine, tmp_path: Path
) -> None:
    engine.browse = hits(tmp_path, 2 * PAGE)
    session.ask()
    arrived: list[int] = []
    session.paging.rows.connect(lambda first, _hits: arrived.append(first))
    engine.refuse = "The engine stopped before it could answer. Please try again."
    engine.link = Link.RESTARTING
    session.want_rows(PAGE)
    assert arrived == []
    engine.refuse = ""
    engine.ready()
    assert arrived == [PAGE]


def test_the_next_page_is_asked_again_when_loaded_models_answer_anew(
    session: SearchSession, engine: FakeEngine, ask: Callable[[str], None], found: tuple[Hit, ...]
) -> None:
    engine.report(Status("loading", 1, 0, 0, 0, "", ""))
    ask("beach")
    engine.answer(found[:3], total=6)
    session.want_more()
    engine.report(READY)  # asks anew, whereupon the engine gives up what it was asked before
    engine.answer(found[:3], total=6)
    session.want_more()
    assert [search.offset for search in engine.searches()] == [0, 3, 0, 3]


def test_a_question_during_a_restart_is_asked_afterwards(
    engine: FakeEngine, ask: Callable[[str], None]
) -> None:
    engine.become(Link.RESTARTING)
    ask("beach")
    assert not engine.searches()
    engine.ready()
    assert [search.text for search in engine.searches()] == ["beach"]


def test_an_error_is_an_answer(engine: FakeEngine, heard: Heard, ask: Callable[[str], None]) -> None:
    engine.refuse = "photo.txt is not a picture."
    ask("beach")
    assert heard.answers[-1].note == "photo.txt is not a picture."
    assert heard.answers[-1].final
    said = message(heard.answers[-1], READY, Link.READY)
    assert said is not None
    assert (said.title, said.body) == ("This search did not work", "photo.txt is not a picture.")


def test_loaded_models_improve_the_answer(engine: FakeEngine, ask: Callable[[str], None]) -> None:
    engine.report(Status("loading", 1, 0, 0, 0, "", ""))
    ask("beach")
    engine.answer((), note="Understanding pictures…")
    engine.report(READY)
    assert len(engine.searches()) == 2


def test_new_files_appear_in_the_empty_box_but_not_under_the_hand(
    qtbot: QtBot,
    session: SearchSession,
    engine: FakeEngine,
    heard: Heard,
    found: tuple[Hit, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session._again.setInterval(10)
    session.ask()
    engine.browse = found
    engine.report(Status("indexing", 6, 0, 0, 0, "", ""))
    qtbot.waitUntil(lambda: heard.answers[-1].hits == found)
    session.touched()
    engine.browse = found[3:]
    engine.report(Status("indexing", 7, 0, 0, 0, "", ""))
    qtbot.waitUntil(lambda: heard.better[-1:] == [True])
    assert heard.answers[-1].hits == found


def test_waits_are_what_the_design_says() -> None:
    assert search_session.TYPING_PAUSE_MS == 40, "of the 100 ms between fast keys and their words, painted"


def test_unasked_results_are_ignored(engine: FakeEngine, heard: Heard, found: tuple[Hit, ...]) -> None:
    engine.results_arrived.emit(Results(99, "words", found, True))
    assert all(answer.stage is None for answer in heard.answers)


def test_nothing_is_waited_for_while_no_engine_comes(
    session: SearchSession,
    engine: FakeEngine,
    heard: Heard,
    ask: Callable[[str], None],
    found: tuple[Hit, ...],
) -> None:
    ask("beach")
    engine.answer(found, "meaning", final=False)
    engine.become(Link.STOPPED, "The engine keeps stopping.")
    assert heard.answers[-1].hits == found
    assert heard.answers[-1].final, "nothing better will follow"
    assert not heard.answers[-1].fresh, "and nothing moves"
    asked = len(engine.searches())
    engine.ready()
    assert len(engine.searches()) == asked + 1, "it was not answered to its end"
