"""A running engine over its pipe: stages, live changes, a torn pipe, and kill -9 in the middle."""

import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path

import engine_samples
import pytest
from engine_process import PATIENCE

LIVE_S = 10.0 * PATIENCE
FILES = 150


def test_the_life_of_an_engine(sightline, engine, pictures):
    """One engine, as loading the models is what takes long."""
    one = engine()
    started = time.monotonic()
    hello = one.ask("hello", protocol=1)["result"]
    assert hello["pid"] == one.process.pid
    assert one.ask("status")["result"]["state"] == "loading", "answers come before the models"
    assert time.monotonic() - started < 5.0 * PATIENCE

    status = one.ask("add_folder", path=str(pictures))["result"]
    assert status["folders"][0]["path"] == str(pictures)
    one.wait(lambda: any(event["data"].get("files") == 12 for event in one.events))
    early = one.search(1, text="picture-07")
    assert early[0]["stage"] == "words"
    assert Path(early[0]["hits"][0]["path"]).name == "picture-07.png"
    assert [stage["stage"] for stage in early][-1] in ("meaning", "reranked"), (
        "later stages follow by themselves"
    )
    assert one.settled()["vectors"] == 12

    _garbage_is_answered(one)
    _stages_and_previews(one)
    _a_newer_search_wins(one)
    _live_changes(one, pictures)
    _a_folder_comes_and_goes(one, pictures)
    _pause(one, pictures)
    _a_second_engine_is_refused(sightline, engine, pictures)

    assert one.ask("remove_folder", path=str(pictures))["result"]["files"] == 0
    assert one.ask("remove_folder", path=str(pictures))["error"]["blame"] == "user"
    parts = one.ask("parse", text="boat kind:photo")["result"]["parts"]
    assert [(part["text"], part["label"]) for part in parts] == [("boat", ""), ("kind:photo", "photo")]
    _completion_and_counts(one)
    kept = one.ask("save_search", name="boats", search={"search_id": 1, "text": "boat"}, standing=True)[
        "result"
    ]
    assert [saved["name"] for saved in kept["searches"]] == ["boats"]
    assert one.ask("looked_at", name="boats")["result"] == one.ask("saved_searches")["result"]
    assert one.ask("forget_search", name="boats")["result"] == {"searches": []}
    assert one.ask("shutdown")["result"] == {}
    one.wait(lambda: one.events and one.events[-1]["event"] == "bye")
    assert one.process.wait(15 * PATIENCE) == 0


def _garbage_is_answered(one) -> None:
    one.send(b"\n{not json\n[1, 2]\n\xff\xfe\n" + b'{"id": 900, "method": "dance"}\n')
    one.send(b'{"id": 901, "method": "search", "params": {"search_id": "x"}}\n')
    one.send(b'{"id": 902, "method": "status", "params": {"from": "the future"}}\n')
    one.wait(lambda: 902 in one.replies)
    assert one.replies[None]["error"]["blame"] == "bug"
    assert "dance" in one.replies[900]["error"]["message"]
    assert "search_id" in one.replies[901]["error"]["message"]
    assert "result" in one.replies[902], "unknown fields are ignored"


def _completion_and_counts(one) -> None:
    offered = one.ask("complete", text="kind:vi", cursor=7)["result"]
    assert (offered["start"], offered["items"][0]["insert"]) == (5, "video")
    assert one.ask("timeline")["result"]["months"] == []
    assert one.ask("examples")["result"]["texts"] == []
    assert one.ask("hits", paths=["/nowhere"])["result"] == {"hits": [], "total": 0}
    assert one.search(90, text="picture", only_count=True)[-1]["total"] == 0


def _stages_and_previews(one) -> None:
    stages = one.search(10, text="picture-03")
    assert list(dict.fromkeys(stage["stage"] for stage in stages)) == ["words", "meaning", "reranked"]
    assert [stage["final"] for stage in stages] == [False] * (len(stages) - 1) + [True]
    hit = stages[-1]["hits"][0]
    assert Path(hit["thumbnail"]).read_bytes().startswith(b"\xff\xd8")
    assert Path(hit["segment"]["previews"][0]).exists()
    by_image = one.search(11, images=[hit["path"]], rerank=False)
    assert [stage["stage"] for stage in by_image] == ["words", "meaning"]
    assert Path(by_image[-1]["hits"][0]["path"]).name == "picture-03.png"
    broken = one.search(12, images=[__file__])[-1]
    assert broken["final"]
    assert "test_engine_live.py" in broken["note"]
    newest = one.ask("browse", limit=5)["result"]["hits"]
    assert len(newest) == 5


def _a_newer_search_wins(one) -> None:
    for search_id in range(20, 30):
        one.send(
            json.dumps(
                {
                    "id": search_id + 1000,
                    "method": "search",
                    "params": {"search_id": search_id, "text": "picture"},
                }
            ).encode()
            + b"\n"
        )
    one.wait(lambda: any(stage["final"] for stage in one.results(29)))
    finished = [id for id in range(20, 29) if any(stage["final"] for stage in one.results(id))]
    assert len(finished) < 9, "the older ones are given up"


def _live_changes(one, pictures: Path) -> None:
    """What the file system shows is what a search shows, within ten seconds."""
    engine_samples.picture(pictures / "heron-new.png", 600)
    _found_within(one, "heron-new", ["heron-new.png"])
    (pictures / "heron-new.png").rename(pictures / "egret-new.png")
    _found_within(one, "egret-new", ["egret-new.png"])
    _found_within(one, "heron-new", [])
    odd = os.fsdecode(b"ibis-\xff.png") if sys.platform == "linux" else "ibis-ÿ.png"
    engine_samples.picture(pictures / odd, 601)
    _found_within(one, "ibis", [odd])
    (pictures / "letter.txt").write_text("The quick brown ferry.\n", "utf-8")
    _found_within(one, "brown ferry", ["letter.txt"])
    (pictures / "letter.txt").write_text("A slow yellow tram, instead of it.\n", "utf-8")
    _found_within(one, "yellow tram", ["letter.txt"])
    _found_within(one, '"brown ferry"', [])
    (pictures / "letter.txt").unlink()
    _found_within(one, "yellow tram", [])
    vectors = one.settled()["vectors"]
    shutil.copytree(pictures, pictures / "stork-copies", ignore=lambda *_: {"stork-copies"})
    _found_within(one, "stork-copies", None, 14)
    one.settled()
    (pictures / "stork-copies").rename(pictures / "crane-copies")
    _found_within(one, "crane-copies", None, 14)
    shutil.rmtree(pictures / "crane-copies")
    _found_within(one, "crane-copies", [])
    assert one.settled()["vectors"] == vectors, "copies and moves cost no model work"


def _found_within(one, text: str, names: list[str] | None, count: int = 0) -> None:
    """By name or words: with these untrained models, meaning says nothing."""
    end = time.monotonic() + LIVE_S
    search_id = 1000 + int(time.monotonic() * 1000)
    while True:
        search_id += 1
        hits = one.search(search_id, text=text, rerank=False)[0]["hits"]
        found = [Path(hit["path"]).name for hit in hits]
        if found == names or (names is None and len(found) == count):
            return
        assert time.monotonic() < end, f"{text}: {found} instead of {names or count} within {LIVE_S} s"
        time.sleep(0.2)


def _a_folder_comes_and_goes(one, pictures: Path) -> None:
    files = one.settled()["files"]
    away = pictures.rename(pictures.with_name("away"))
    end = time.monotonic() + 2 * LIVE_S
    while not (status := one.ask("status")["result"])["folders"][0]["problem"]:
        assert time.monotonic() < end
        time.sleep(0.2)
    assert status["files"] == files, "an unplugged drive is not an empty one"
    away.rename(pictures)
    while (status := one.ask("status")["result"])["folders"][0]["problem"]:
        assert time.monotonic() < end + 2 * LIVE_S
        time.sleep(0.2)
    status = one.settled()
    assert (status["files"], status["failed"]) == (files, 0)
    (pictures / "back.txt").write_text("Back again: the cormorant.\n", "utf-8")
    _found_within(one, "cormorant", ["back.txt"])


def _pause(one, pictures: Path) -> None:
    assert one.ask("pause")["result"]["state"] == "paused"
    vectors = one.ask("status")["result"]["vectors"]
    engine_samples.picture(pictures / "paused.png", 700)
    _found_within(one, "paused", ["paused.png"])
    status = one.ask("status")["result"]
    assert (status["pending"], status["vectors"]) == (1, vectors)
    one.ask("resume")
    assert one.settled()["vectors"] == vectors + 1


def _a_second_engine_is_refused(sightline, engine, pictures: Path) -> None:
    two = engine()
    reply = two.ask("hello")
    assert reply["error"]["blame"] == "user"
    assert "already running" in reply["error"]["message"]
    assert two.process.wait(10 * PATIENCE) == 2
    refused = sightline("index", pictures)
    assert refused.status == 2
    assert "already running" in refused.err
    assert len(refused.err.strip().splitlines()) == 1
    # reading is allowed beside it
    assert sightline("status", "--json").json["vectors"] > 0
    assert sightline("problems", "--json").json == []


def test_kill_9_loses_nothing_and_repeats_nothing(sightline, engine, tmp_path):
    folder = tmp_path / "many"
    for number in range(FILES):
        engine_samples.picture(folder / f"{number:03}.png", number)
    one = engine()
    one.ask("add_folder", path=str(folder))
    one.wait(lambda: any(event["data"].get("vectors") for event in one.events))
    one.kill()
    done = sightline("status", "--json").json["vectors"]
    assert 0 < done < FILES, "killed in the middle"
    report = sightline("index", folder, "--json").json
    assert report["unchanged"] == done, "what was finished is not done again"
    assert report["indexed"] == FILES - done
    assert (report["failed"], report["skipped"]) == (0, 0)
    status = sightline("status", "--json").json
    assert (status["files"], status["vectors"], status["pending"]) == (FILES, FILES, 0)


@pytest.mark.parametrize("end", ["eof", "terminate"])
def test_the_engine_ends_with_its_window(engine, pictures, end):
    one = engine()
    one.ask("add_folder", path=str(pictures))
    started = time.monotonic()
    if end == "terminate":
        one.process.send_signal(signal.SIGTERM)
    assert one.close() == 0
    assert time.monotonic() - started < 8 * PATIENCE, "also while the models are being loaded"


def test_words_are_found_without_any_model(engine, sightline, pictures, tmp_path):
    (tmp_path / "empty").mkdir()
    one = engine("--embedder", str(tmp_path / "empty"))
    one.ask("add_folder", path=str(pictures))
    one.wait(lambda: any(event["data"].get("models") for event in one.events if event["event"] == "status"))
    status = one.ask("status")["result"]
    assert "is empty" in status["models"]
    assert status["embedder"] == ""
    results = one.search(1, text="picture-02")
    assert results[-1]["final"]
    assert [Path(hit["path"]).name for hit in results[-1]["hits"]] == ["picture-02.png"]
    assert "is empty" in results[-1]["note"]
    assert one.ask("status")["result"]["pending"] == 12, "everything waits for a model that works"
