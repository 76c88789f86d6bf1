"""Models from the hub to a search: the real program against a server of our own."""

import hashlib
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from engine_process import PATIENCE
from PIL import Image

from indexer.downloading import Stopped, fetch
from indexer.messages.model_messages import Download
from indexer.progress import fetching
from models import sources
from models.sources import HuggingFace
from tests.hub_server import WEIGHTS, Hub, content, running

CHECKPOINTS = Path(__file__).parents[2] / "data" / "qwen3vl" / "checkpoints"
NAME = "qwen3-vl-embedding-8b"


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A small model of the right kind under a large one's name."""
    names = ("config.json", "tokenizer.json", WEIGHTS)
    files = {name: (CHECKPOINTS / "embed" / name).read_bytes() for name in names}
    with running(Hub(files=files)) as served:
        monkeypatch.setenv("HF_ENDPOINT", served.endpoint)
        yield served


def test_download_use_index_search_remove(sightline, pictures, hub):
    missing = sightline("models", "use", NAME)
    assert missing.status == 2
    assert f"`sightline models download {NAME}`" in missing.err
    fetched = sightline("models", "download", NAME, "--source", "hub", "--json")
    assert fetched.json == {"fetched": {NAME: str(sightline.data / "checkpoints" / NAME)}}
    rows = {row["name"]: row for row in sightline("models", "list", "--json").json}
    assert (rows[NAME]["installed"], rows[NAME]["used"]) == (True, False)
    assert rows[NAME]["revision"]
    assert sightline("models", "use", NAME, "--reranker", "none").status == 0
    (sightline.data / "checkpoints" / NAME / "preparation.json").write_text('{"image_max_pixels": 9216}')
    assert sightline("index", pictures, "--json").json["indexed"] == 12
    assert sightline("status", "--json").json["embedder"] == NAME
    assert "is in use" in sightline("models", "remove", NAME).err
    used = sightline("models", "use", "tiny", "--json").json
    assert (used["embedder"], used["reranker"], used["answers"]) == ("tiny", "none", NAME)
    assert "answers until the new model has seen all files" in sightline("models", "remove", NAME).err
    assert sightline("index", pictures).status == 0
    sizes = [file.stat().st_size for file in (sightline.data / "checkpoints" / NAME).iterdir()]
    assert sightline("models", "remove", NAME, "--json").json == {"removed": {NAME: sum(sizes)}}
    assert not (sightline.data / "checkpoints" / NAME).exists()


def test_a_damaged_model_can_be_removed_though_it_is_in_use(here, sightline):
    folder = sightline.data / "checkpoints" / NAME
    folder.mkdir(parents=True)
    record = '{"files": {"config.json": {"size": 2, "algorithm": "sha256", "digest": "%s"}}}'
    (folder / "download.json").write_text(record % hashlib.sha256(b"{}").hexdigest())
    (folder / "config.json").write_text("{}")
    remove = ("models", "remove", NAME, "--embedder", NAME)
    assert "is in use" in here(*remove).err
    (folder / "config.json").write_text("[]")
    assert here(*remove).status == 0
    assert not folder.exists()


def test_offline_never_asks(sightline, hub):
    refused = sightline("models", "download", NAME, "--offline")
    assert (refused.status, refused.err.count("\n")) == (2, 1)
    assert "offline" in refused.err
    assert hub.asked == []


def test_a_name_that_cannot_be_fetched(sightline, hub):
    for name in ("tiny", "clip"):
        refused = sightline("models", "download", name)
        assert refused.status == 2
        assert f"no model called {name} to fetch: choose qwen3-vl" in refused.err
    assert hub.asked == []


def test_a_stopped_program_keeps_what_has_arrived(sightline, hub):
    hub.pause_s = 0.2
    process = sightline.start("models", "download", NAME, "--source", "hub")
    assert hub.sending.wait(60 * PATIENCE)
    while not hub.starts:
        pass
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=30 * PATIENCE)
    assert process.returncode == 2
    assert err.strip().endswith("run the same command to go on.")
    hub.pause_s = 0.0
    assert sightline("models", "download", NAME, "--source", "hub").status == 0
    assert sum(name == "tokenizer.json" for name in hub.fetched()) == 1


def test_the_window_can_fetch_stop_and_go_on(engine, hub):
    started = engine()
    rows = {(row["name"], row["role"]): row for row in started.ask("models")["result"]["models"]}
    assert not rows[NAME, "embedder"]["installed"]
    hub.pause_s = 0.2
    assert "result" in started.ask("download_model", name=NAME)
    started.wait(lambda: any(news["total_bytes"] for news in downloads(started)), 60)
    again = started.ask("download_model", name=NAME)
    assert "Another model is being fetched" in again["error"]["message"]
    started.ask("cancel_download")
    assert "result" in started.ask("download_model", name=NAME), "at once"
    hub.pause_s = 0.0
    started.wait(lambda: downloads(started)[-1]["state"] == "done")
    assert any(news["state"] == "cancelled" for news in downloads(started))
    rows = {(row["name"], row["role"]): row for row in started.ask("models")["result"]["models"]}
    assert rows[NAME, "embedder"]["installed"]
    assert "no model called" in started.ask("download_model", name="tiny")["error"]["message"]


def test_an_engine_that_ends_says_nothing_of_a_download_that_nobody_gave_up(engine, hub):
    started = engine()
    hub.pause_s = 0.2
    started.ask("download_model", name=NAME)
    started.wait(lambda: any(news["total_bytes"] for news in downloads(started)), 60)
    assert started.close() == 0
    started.wait(started.messages.empty)
    assert not any(news["state"] == "cancelled" for news in downloads(started))


def test_the_rate_of_a_resumed_download_is_that_of_what_comes(tmp_path, monkeypatch):
    with running(Hub(files={**content(), WEIGHTS: bytes(2_000_000)})) as hub:
        monkeypatch.setattr(sources, "HuggingFace", partial(HuggingFace, hub.endpoint))

        def arrived() -> int:
            return sum(file.stat().st_size for file in tmp_path.glob(f"{NAME}.part/{WEIGHTS}*"))

        hub.pause_s = 0.005
        with pytest.raises(Stopped):
            fetch(NAME, tmp_path, "hub", cancelled=lambda: arrived() > 1_700_000)
        hub.pause_s = 0.2
        seen: list[Download] = []
        fetch(NAME, tmp_path, "hub", seen.append)
        assert 0 < max(news.rate for news in seen) < 600_000, "64 KiB in 0.2 s"
        assert [news.state for news in seen][-1] == "checking", "what begins is said at once"


def test_a_download_is_told_in_words():
    sizes = {"done_bytes": 1_200_000_000, "total_bytes": 4_300_000_000}
    assert fetching(Download(NAME, "fetching")) == f"{NAME}: asking for the list of files …"
    told = fetching(Download(NAME, "fetching", **sizes, rate=10_000_000))
    assert told == f"{NAME}: 1.20 of 4.30 GB, 10.0 MB a second, 5:10 left"
    assert fetching(Download(NAME, "retrying", **sizes)).endswith("trying again …")


def test_embed_and_rerank_follow_the_budget(sightline, tmp_path):
    picture = np.random.default_rng(0).integers(0, 256, (1000, 1000, 3), np.uint8)
    Image.fromarray(picture).save(tmp_path / "one.png")
    (tmp_path / "in.json").write_text('[{"image": "one.png"}]')
    vectors = []
    for budget in ("fast", "balanced"):
        out = tmp_path / f"{budget}.npz"
        options = ("--model", CHECKPOINTS / "embed", "--device", "cpu", "--budget", budget)
        assert sightline("embed", *options, tmp_path / "in.json", out).status == 0
        vectors.append(np.load(out)["embeddings"])
    assert np.abs(vectors[0] - vectors[1]).max() > 1e-3


def test_a_failed_download_tells_the_window_why(engine, hub):
    hub.statuses = [403]
    hub.files = {**hub.files, "config.json": b"{}"}
    started = engine("--offline")
    started.ask("download_model", name=NAME)
    started.wait(lambda: any(news["state"] == "failed" for news in downloads(started)))
    assert "offline" in downloads(started)[-1]["problem"]


def downloads(started):
    return [event["data"] for event in started.events if event["event"] == "download"]
