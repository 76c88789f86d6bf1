"""Fetching from a server of our own that breaks off, corrupts, refuses and dawdles."""

import hashlib
import json
import multiprocessing
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from models import catalog, download
from models.catalog import folder_of
from models.errors import CheckpointError, DownloadCancelled, DownloadError
from models.sources import HuggingFace, ModelScope
from tests.hub_server import REVISION, WEIGHTS, Hub, running

ENTRY = replace(catalog.CATALOG[0], revision="", hashes={})
NO_WAITS = (0.0, 0.0)
WANTED = {"config.json", "tokenizer.json", "LICENSE", WEIGHTS}


@pytest.fixture
def hub() -> Iterator[Hub]:
    with running(Hub()) as served:
        yield served


def fetch(folder: Path, *hubs: Hub, mirror: Hub | None = None, **more: Any) -> Path:
    sources: list[Any] = [HuggingFace(hub.endpoint) for hub in hubs]
    if mirror is not None:
        sources.append(ModelScope(mirror.endpoint))
    return download.download(more.pop("entry", ENTRY), folder, sources, waits_s=NO_WAITS, **more)


def assert_whole(folder: Path, hub: Hub) -> None:
    assert {file.name for file in folder.iterdir()} == WANTED | {download.RECORD}
    for name in WANTED:
        assert (folder / name).read_bytes() == hub.files[name]
    assert download.damaged(folder) == []


def test_a_model_arrives_whole_and_says_nothing_about_the_person(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    seen: list[download.Progress] = []
    folder = fetch(tmp_path, hub, report=seen.append)
    assert folder == tmp_path / ENTRY.name
    assert catalog.resolve(ENTRY.name, "embedder", tmp_path) == folder
    assert_whole(folder, hub)
    assert not (tmp_path / f"{ENTRY.name}.part").exists()
    record = json.loads((folder / download.RECORD).read_text())
    assert (record["revision"], record["repository"]) == (REVISION, ENTRY.repository)
    total = sum(len(hub.files[name]) for name in WANTED)
    assert (seen[-1].done, seen[-1].total) == (total, total)
    done = [progress.done for progress in seen if progress.stage == "fetching"]
    assert done == sorted(done)
    assert not hub.tokens
    assert all("torch" not in agent and "session" not in agent for agent in hub.agents)


def test_what_is_there_is_not_fetched_again(hub: Hub, tmp_path: Path) -> None:
    fetch(tmp_path, hub)
    hub.asked.clear()
    fetch(tmp_path, hub)
    assert hub.asked == []


def test_a_connection_that_breaks_off_goes_on_where_it_was(hub: Hub, tmp_path: Path) -> None:
    hub.cuts = [100_000, 50_000]
    assert_whole(fetch(tmp_path, hub), hub)
    assert hub.starts == [0, 100_000, 150_000]


def test_a_killed_program_goes_on_where_it_was(hub: Hub, tmp_path: Path) -> None:
    hub.cuts = [100_000, 0, 0, 0]
    with pytest.raises(DownloadError, match="does not send model"):
        fetch(tmp_path, hub)
    with pytest.raises(CheckpointError, match="models download"):
        catalog.resolve(ENTRY.name, "embedder", tmp_path)
    hub.asked.clear()
    hub.starts.clear()
    assert_whole(fetch(tmp_path, hub), hub)
    assert hub.starts == [100_000]
    assert hub.fetched() == [WEIGHTS], "what was verified is not fetched again"


def test_what_has_arrived_is_on_the_disk_before_it_gets_its_name(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut must leave no model that only looks whole."""
    kept: set[int] = set()
    named: list[tuple[str, bool]] = []
    fsync, replace_file = os.fsync, Path.replace

    def noted(descriptor: int) -> None:
        kept.add(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    def named_now(file: Path, target: Path) -> Path:
        named.append((target.name, file.stat().st_ino in kept))
        return replace_file(file, target)

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(Path, "replace", named_now)
    assert_whole(fetch(tmp_path, hub), hub)
    assert dict(named) == dict.fromkeys(WANTED, True)


@pytest.mark.parametrize("ranges", [True, False])
def test_a_file_shorter_than_promised_is_not_fetched_for_ever(ranges: bool, hub: Hub, tmp_path: Path) -> None:
    hub.promised, hub.ranges = 100, ranges
    with pytest.raises(DownloadError, match="does not send model"):
        fetch(tmp_path, hub, cancelled=lambda: len(hub.starts) > 20)
    hub.promised = 0
    assert_whole(fetch(tmp_path, hub), hub)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_disk_that_is_full_in_the_middle_says_so_and_keeps_what_has_arrived(
    hub: Hub, tmp_path: Path
) -> None:
    digest = hashlib.sha256(hub.files[WEIGHTS]).hexdigest()
    half = tmp_path / f"{ENTRY.name}.part" / f"{WEIGHTS}.{digest[:16]}.part"
    half.parent.mkdir()
    half.symlink_to("/dev/full")
    with pytest.raises(DownloadError, match=r"disk of .* is full; make room and try again"):
        fetch(tmp_path, hub)
    half.unlink()
    assert_whole(fetch(tmp_path, hub), hub)
    assert hub.fetched().count("tokenizer.json") == 1


def test_a_server_that_knows_no_ranges_starts_anew(hub: Hub, tmp_path: Path) -> None:
    hub.cuts, hub.ranges = [100_000], False
    assert_whole(fetch(tmp_path, hub), hub)


def test_damage_on_the_way_is_noticed_and_fetched_again(hub: Hub, tmp_path: Path) -> None:
    hub.corrupt = 1
    assert_whole(fetch(tmp_path, hub), hub)
    assert hub.starts == [0, 0]


def test_a_source_that_always_sends_damage_is_given_up(hub: Hub, tmp_path: Path) -> None:
    hub.corrupt = 99
    with pytest.raises(DownloadError, match=r"sent a damaged model\.safetensors twice.*Try again later"):
        fetch(tmp_path, hub)
    assert not (tmp_path / ENTRY.name).exists()


def test_a_busy_server_is_asked_again_but_not_for_ever(hub: Hub, tmp_path: Path) -> None:
    hub.statuses = [503, 429]
    seen: list[str] = []
    assert_whole(fetch(tmp_path, hub, report=lambda news: seen.append(news.stage)), hub)
    assert seen.count("retrying") == 2, "and whoever waits is told"
    assert "fetching" in seen[seen.index("retrying") :]
    hub.statuses = [503] * 9
    with pytest.raises(DownloadError, match="HTTP status 503"):
        fetch(tmp_path / "other", hub)


def test_a_refusal_is_not_repeated(hub: Hub, tmp_path: Path) -> None:
    hub.statuses = [403] * 9
    with pytest.raises(DownloadError, match=r"refuses model\.safetensors \(HTTP status 403\)"):
        fetch(tmp_path, hub)
    assert len(hub.starts) == 1


def test_a_slow_server_is_waited_for_and_can_be_cancelled(hub: Hub, tmp_path: Path) -> None:
    hub.pause_s = 0.05
    with pytest.raises(DownloadCancelled, match="what has arrived is kept"):
        fetch(tmp_path, hub, cancelled=hub.sending.is_set)
    assert_whole(fetch(tmp_path, hub), hub)


def test_the_mirror_goes_on_with_what_the_hub_began(hub: Hub, tmp_path: Path) -> None:
    hub.cuts = [100_000, 0, 0, 0]
    with running(Hub()) as mirror:
        assert_whole(fetch(tmp_path, hub, mirror=mirror), mirror)
        assert mirror.starts == [100_000]


def test_the_mirror_may_not_have_other_weights(hub: Hub, tmp_path: Path) -> None:
    hub.statuses = [404]
    with running(Hub(files={**hub.files, WEIGHTS: b"other"})) as mirror:
        with pytest.raises(DownloadError, match=r"offers another model\.safetensors than the published one"):
            fetch(tmp_path, hub, mirror=mirror)
        assert mirror.fetched() == []


def test_files_known_beforehand_must_be_the_published_ones(hub: Hub, tmp_path: Path) -> None:
    known = replace(ENTRY, hashes={"tokenizer.json": "00" * 32})
    with pytest.raises(DownloadError, match=r"offers another tokenizer\.json"):
        fetch(tmp_path, hub, entry=known)


def test_no_server_and_no_model(tmp_path: Path, hub: Hub) -> None:
    nobody = SimpleNamespace(endpoint="http://127.0.0.1:9")
    with pytest.raises(DownloadError, match=r"127\.0\.0\.1 gave no list of files"):
        fetch(tmp_path, nobody)  # type: ignore[arg-type]
    with (
        running(Hub(files={"README.md": b"empty"})) as other,
        pytest.raises(DownloadError, match="no whole model"),
    ):
        fetch(tmp_path, other)


def test_room_is_looked_for_first(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = SimpleNamespace(total=1, used=0, free=download.SPARE_BYTES + 1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(
        DownloadError, match=r"needs 1\.1 GB on the disk of .*which has 1\.1 GB free; make room"
    ):
        fetch(tmp_path, hub)
    assert hub.fetched() == []


def test_what_is_left_of_another_revision_takes_no_room(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.cuts = [100_000, 0, 0, 0]
    with pytest.raises(DownloadError, match="does not send"):
        fetch(tmp_path, hub)
    part = tmp_path / f"{ENTRY.name}.part"
    [old] = part.glob(f"{WEIGHTS}.*.part")
    newer = {**hub.files, WEIGHTS: hub.files[WEIGHTS][::-1]}

    def usage(_: object) -> SimpleNamespace:
        return SimpleNamespace(free=download.SPARE_BYTES + (1000 if old.exists() else 400_000))

    monkeypatch.setattr(shutil, "disk_usage", usage)
    with running(Hub(files=newer)) as hub_now:
        assert_whole(fetch(tmp_path, hub_now), hub_now)


def test_two_programs_at_once_fetch_it_once(hub: Hub, tmp_path: Path) -> None:
    hub.pause_s = 0.1
    context = multiprocessing.get_context("spawn")
    other = context.Process(target=_fetch_in_another_process, args=(tmp_path, hub.endpoint))
    other.start()
    assert hub.sending.wait(60), "the other program is fetching"
    stages: set[str] = set()
    folder = fetch(tmp_path, hub, report=lambda progress: stages.add(progress.stage))
    other.join(60)
    assert other.exitcode == 0
    assert stages == {"waiting"}
    assert_whole(folder, hub)
    assert hub.starts == [0]


def _fetch_in_another_process(folder: Path, endpoint: str) -> None:
    fetch(folder, Hub(endpoint=endpoint))


def test_waiting_for_another_program_can_be_cancelled(hub: Hub, tmp_path: Path) -> None:
    hub.pause_s = 0.1
    other = threading.Thread(target=fetch, args=(tmp_path, hub))
    other.start()
    assert hub.sending.wait(30)
    with pytest.raises(DownloadCancelled):
        fetch(tmp_path, hub, cancelled=lambda: True)
    with pytest.raises(CheckpointError, match="Another program is fetching"):
        download.remove(ENTRY, tmp_path)
    other.join()


def test_later_damage_is_named(hub: Hub, tmp_path: Path) -> None:
    folder = fetch(tmp_path, hub)
    (folder / WEIGHTS).write_bytes(hub.files[WEIGHTS][:-1] + b"?")
    (folder / "config.json").unlink()
    assert download.damaged(folder) == ["config.json", WEIGHTS]
    (folder / download.RECORD).unlink()
    assert download.damaged(folder) is None


def test_a_removal_that_is_interrupted_leaves_no_half_of_a_model(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch(tmp_path, hub)

    (tmp_path / ENTRY.name / "additional_chat_templates").mkdir()  # as whoever copied it here may have

    def interrupted(folder: Path) -> None:
        (folder / WEIGHTS).unlink()
        raise PermissionError(13, "In use")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", interrupted)
        with pytest.raises(CheckpointError, match="cannot be removed"):
            download.remove(ENTRY, tmp_path)
    assert folder_of(ENTRY, tmp_path) is None
    assert_whole(fetch(tmp_path, hub), hub)


def test_removing_takes_everything_of_it_and_nothing_else(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir(parents=True)
    fetch(tmp_path, hub)
    (tmp_path / f"{ENTRY.name}.part").mkdir()
    assert download.remove(ENTRY, tmp_path) >= 300_000
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"mine"}
    with pytest.raises(CheckpointError, match="not on this computer"):
        download.remove(ENTRY, tmp_path)
