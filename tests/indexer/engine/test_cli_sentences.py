"""Every wrong input ends with status 2 and one sentence that says what to do."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import engine_samples
import pytest
from engine_process import PATIENCE, ROOT, Done

from indexer.command_line.command_session import stop_on_terminate
from indexer.command_line.search_commands import _place
from indexer.messages.result_messages import Segment
from indexer.store.store import Store


def refused(sightline: Callable[..., Done], *arguments: str | Path, **environment: str) -> str:
    done = sightline(*arguments, **environment)
    assert done.status == 2, done
    assert done.out == ""
    *progress, sentence = done.err.strip().splitlines()
    assert all(" files" in line for line in progress), done.err
    return sentence


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["search"], "Say what to look for"),
        (["search", "  "], "Say what to look for"),
        (["search", "x", "--kind", "sound"], "invalid choice"),
        (["search", "x", "--limit", "0"], "at least 1"),
        (["search", "x", "--limit", "many"], "must be a whole number"),
        (["search", "x", "--limit", "99999999999999999999"], "must be at most"),
        (["search", "x"], "sightline index FOLDER"),
        (["search", "x", "-house"], "sightline index FOLDER"),
        (["index", "~nobody-here/Pictures"], "There is no folder"),
        (["saved", "nobody's"], "No search is saved as nobody's"),
        (["search", "x", "--offset", "-1"], "must not be negative"),
        (["evaluate", "/no/such/set"], "has no queries.jsonl"),
        (["dance"], "--help"),
        (["what I have seen " * 30], "--help"),
        (["index"], "Say which folder"),
        (["index", "/no/such/folder"], "There is no folder /no/such/folder"),
        (["index", __file__], "is a file"),
        (["folders", "add", "/no/such/folder"], "There is no folder"),
        (["folders", "remove", "/never/added"], "not among the indexed folders"),
        (["models", "use"], "Say which model"),
        (["embed", "--model", "/no/such/model", "in.json", "out.npz"], "no such folder"),
        (["rerank", "--model", "gpt", "in.json"], "no reranker called"),
        (["status", "--data-dir", f"{__file__}/inside"], "--data-dir"),
        (["status", "--device", "abacus"], "invalid choice"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)
def test_wrong_arguments(here, arguments, expected):
    assert expected in refused(here, *arguments)


def test_the_help_says_what_belongs_into_a_labelled_set(here):
    help = " ".join(here("evaluate", "--help").out.split())
    assert '"relevant": ["boat.jpg"]' in help


def test_a_process_ends_as_its_command_does(sightline):
    assert "Say what to look for" in refused(sightline, "search")
    assert "--help" in refused(sightline, "dance")


def test_what_a_terminal_has_no_letters_for_is_written_in_codes(sightline):
    said = refused(sightline, "folders", "add", "/nowhere/日本", PYTHONIOENCODING="latin-1")
    assert said == r"There is no folder /nowhere/\u65e5\u672c: check the path."


def test_a_reader_that_has_enough_is_no_failure(sightline):
    process = sightline.start("status", PYTHONUNBUFFERED="")
    process.stdout.close()
    assert (process.stderr.read(), process.wait()) == ("", 0)
    process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a file on a full disk is needed")
def test_an_output_that_finds_no_room_is_said(sightline):
    command = [sys.executable, "-m", "indexer", "status"]
    with Path("/dev/full").open("w") as full:
        for unbuffered in ("", "1"):
            environment = sightline.environment(PYTHONUNBUFFERED=unbuffered)
            done = subprocess.run(
                command, cwd=ROOT, env=environment, stdout=full, stderr=subprocess.PIPE, text=True
            )
            assert done.returncode == 2
            assert done.stderr.startswith("The disk is full: free some space where the output goes")
            assert done.stderr.count("\n") == 1
        done = subprocess.run(command, cwd=ROOT, env=sightline.environment(), stdout=full, stderr=full)
        assert done.returncode == 2, "also where the sentence itself finds none"


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of the test's own")
def test_nothing_is_deleted_where_nobody_answers(sightline):
    sightline.configure()
    mine, theirs = os.openpty()
    os.write(mine, b"\x04")
    done = subprocess.run(
        [sys.executable, "-m", "indexer", "purge"],
        cwd=ROOT,
        env=sightline.environment(),
        stdin=theirs,
        capture_output=True,
        text=True,
    )
    os.close(mine)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (2, "Nothing was deleted.\n")
    assert (sightline.data / "settings.toml").exists()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("embedder = [broken", "line 1"),
        ('\nembeder = "tiny"\n', "line 2: there is no setting 'embeder'. Did you mean 'embedder'"),
        ("device = 3\n", "line 1"),
        ('embedder = "tiny"\ndevice = "abacus"\n', "line 2"),
        ('\ufeff\nembeder = "tiny"\n', "line 2"),
        ("schema_version = 99\n", "newer Sightline"),
    ],
)
def test_wrong_settings(sightline, here, text, expected):
    file = sightline.data / "settings.toml"
    file.write_text(text, "utf-8")
    sentence = refused(here, "status")
    assert str(file) in sentence
    assert expected in sentence


def test_a_database_that_is_too_new_or_none_at_all(here, sightline, pictures):
    assert here("folders", "add", pictures).status == 0
    database = sightline.data / "index.db"
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    before = database.read_bytes()
    for command in (["status"], ["check"], ["index", pictures], ["folders", "list"], ["serve"]):
        assert "newer Sightline" in refused(sightline, *command)
    assert database.read_bytes() == before, "it is not touched"
    database.write_bytes(b"no database at all, but somebody's important notes" * 100)
    assert "move it away" in refused(sightline, "status")
    assert b"important" in database.read_bytes()


def test_models_that_cannot_be_used(here, tmp_path, sightline, models, pictures):
    """Names come first, so that only the last few need torch."""
    assert "no embedder called" in refused(sightline, "index", pictures, "--embedder", "clip")
    assert "not on this computer yet" in refused(
        sightline, "index", "--embedder", "Qwen/Qwen3-VL-Embedding-2B"
    )
    assert "is no embedder" in refused(sightline, "index", "--embedder", "qwen3-vl-reranker-2b")
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "is empty" in refused(sightline, "index", "--embedder", empty)
    cut = Path(shutil.copytree(models / "embed", tmp_path / "cut"))
    (cut / "model.safetensors").write_bytes((cut / "model.safetensors").read_bytes()[:100_000])
    assert "cut short" in refused(sightline, "index", "--embedder", cut)
    lame = Path(shutil.copytree(models / "embed", tmp_path / "lame"))
    config = json.loads((lame / "config.json").read_text("utf-8"))
    config["text_config"]["num_hidden_layers"] += 1
    (lame / "config.json").write_text(json.dumps(config), "utf-8")
    assert "lack tensors" in refused(sightline, "models", "use", lame), "which only loading shows"
    assert here("status", "--json").json["pending"] == 12, "the names are there and wait"
    done = sightline("search", "picture-03", "--json", "--embedder", empty)
    assert done.json["results"][0]["path"] == str(pictures / "picture-03.png"), "names need no model yet"


def test_another_model_needs_a_decision(here, tmp_path, sightline, models, pictures):
    assert sightline("index", pictures, "--json").json["indexed"] == 12
    other = Path(shutil.copytree(models / "embed", tmp_path / "other"))
    budget = json.loads((other / "preparation.json").read_text("utf-8"))
    (other / "preparation.json").write_text(json.dumps(budget | {"image_max_pixels": 20480}), "utf-8")
    engine_samples.picture(pictures / "new.png", 800)
    sentence = refused(sightline, "index", pictures, "--embedder", other)
    assert f"sightline models use {other}" in sentence
    assert here("status", "--json").json["vectors"] == 12, "nothing is lost"
    in_the_way = sightline.data / "settings.toml.new"
    in_the_way.mkdir()
    assert "Cannot write the settings" in refused(sightline, "models", "use", other)
    in_the_way.rmdir()
    with Store.open(sightline.data / "index.db") as store:
        assert store.switch.former() is None, "no change is begun that the settings do not name"
    used = sightline("models", "use", other)
    assert used.status == 0
    assert "until that is done, embed answers" in used.out
    status = here("status", "--json").json
    assert (status["vectors"], status["pending"]) == (12, 1), "the old vectors answer meanwhile"
    assert sightline("index", "--json").json["indexed"] == 1
    assert here("status", "--json").json["vectors"] == 13
    with Store.open(sightline.data / "index.db") as store:
        assert store.check() == []
        assert store.switch.former() is None
        assert store.embedder() == "other"
    assert f"In use: {other} and" in here("models", "list").out


def test_weights_named_for_once_change_nothing_and_in_the_settings_everything(sightline, pictures):
    assert sightline("index", pictures, "--json").json["indexed"] == 12
    engine_samples.picture(pictures / "new.png", 800)
    assert "other --weights" in refused(sightline, "index", "--weights", "int8")
    with Store.open(sightline.data / "index.db") as store:
        assert store.switch.former() is None
    settings = sightline.data / "settings.toml"
    settings.write_text(settings.read_text("utf-8") + 'weights = "int8"\n', "utf-8")
    done = sightline("search", "--image", pictures / "picture-03.png", "--json").json
    assert done["results"][0]["path"] == str(pictures / "picture-03.png"), (
        "the old vectors, before any new one"
    )
    assert "embed answers" in sightline("models", "use", sightline.models / "embed").out, "the old weights"
    assert sightline("search", "--image", pictures / "picture-03.png").status == 0
    assert sightline("index", "--json").json["indexed"] == 1
    with Store.open(sightline.data / "index.db") as store:
        assert (store.counts().vectors, store.check()) == (13, [])
        assert store.switch.former() is None
        assert store.switch.made_with().weights == "int8"
    assert sightline("index", "--json").json["unchanged"] == 13


def test_half_of_each_vector_is_kept_if_that_is_wished(sightline, pictures):
    assert sightline("index", pictures, "--json").json["indexed"] == 12
    used = sightline("models", "use", "--vectors", "half").out
    assert "the first half of each vector kept" in used
    assert "until that is done, embed answers" in used
    assert sightline("index", "--json").json["unchanged"] == 12
    with Store.open(sightline.data / "index.db") as store:
        assert (store.counts().vectors, store.check(), store.switch.former()) == (12, [], None)
        with store._database.read() as connection:
            assert connection.execute("SELECT 1.0 * kept / dimension FROM space").get == 0.5
    done = sightline("search", "--image", pictures / "picture-03.png", "--weak", "--json").json
    assert str(pictures / "picture-03.png") in {hit["path"] for hit in done["results"]}


def test_everything_new_is_listed_and_a_longer_list_says_so(sightline, pictures):
    assert sightline("index", pictures, "--json").json["indexed"] == 12
    first = sightline("search", "ext:png", "--limit", "2", "--offset", "1", "--save", "all")
    assert first.out.count("picture-") == 2
    assert "There is more: --limit and --offset show it." in first.err
    for number in range(5):
        engine_samples.picture(pictures / f"new-{number}.png", 800 + number)
    assert sightline("index", "--json").json["indexed"] == 5
    new = sightline("saved", "all", "--new", "--json").json["results"]
    assert sorted(Path(hit["path"]).name for hit in new) == [f"new-{number}.png" for number in range(5)]
    assert sightline("saved", "all", "--new", "--json").json["results"] == []


def test_times_of_a_film_in_minutes():
    assert _place(Segment("clip", 59.96, 3725.0)) == ", 1:00.0 to 62:05.0"


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
def test_a_terminal_that_is_closed_ends_a_command_cleanly(monkeypatch):
    """Else it counts against the files that were being read."""
    handlers = {signal.SIGHUP: signal.SIG_DFL}
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    monkeypatch.setattr(signal, "getsignal", handlers.get)
    stop_on_terminate()
    assert handlers[signal.SIGHUP] == handlers[signal.SIGTERM] == signal.default_int_handler
    handlers[signal.SIGHUP] = signal.SIG_IGN
    stop_on_terminate()
    assert handlers[signal.SIGHUP] == signal.SIG_IGN, "as nohup wants it"


def test_a_query_image_that_is_none(here, sightline, pictures, tmp_path):
    here("folders", "add", pictures)
    for image in (
        pictures / "missing.png",
        engine_samples.huge_header(tmp_path / "huge.png"),
        Path(__file__),
    ):
        assert image.name in refused(sightline, "search", "--image", image)


def test_a_full_disk_loses_nothing(sightline, pictures, tmp_path):
    """A file system of its own, too small for the previews of all pictures."""
    for number in range(12):
        engine_samples.picture(pictures / f"picture-{number:02}.png", number, (1200, 900))
    full = tmp_path / "full"
    full.mkdir()
    command = [sys.executable, "-m", "indexer", "index", str(pictures), "--data-dir", str(full), "--json"]
    command += ["--embedder", str(sightline.models / "embed"), "--reranker", "none"]
    script = (
        f'mount -t tmpfs -o size=420k none {full} && {{ "$@"; echo status=$?; }} 2>&1;'
        f'mount -o remount,size=100m {full} && "$@"'
    )
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", *command],
        cwd=ROOT,
        env=sightline.environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120 * PATIENCE,
    )
    if "mount" in done.stderr or "unshare" in done.stderr:
        pytest.skip(f"file systems cannot be mounted here: {done.stderr.strip()}")
    *first, report = done.stdout.strip().splitlines()
    assert first[-1] == "status=2"
    assert "The disk is full" in first[-2]
    counted = json.loads(report)
    assert counted["indexed"] + counted["unchanged"] == 12
    assert counted["failed"] == 0


def test_common_options_before_and_after_the_command(here, tmp_path):
    for arguments in (
        ["--data-dir", tmp_path / "one", "status", "--json"],
        ["status", "--json", "--data-dir", tmp_path / "one"],
        [
            "--data-dir",
            tmp_path / "two",
            "--embedder",
            "x",
            "status",
            "--data-dir",
            tmp_path / "one",
            "--json",
        ],
    ):
        assert here(*arguments).json["files"] == 0
    assert (tmp_path / "one").is_dir()
    assert not (tmp_path / "two").exists()


def test_folders_are_listed_added_and_removed(here, pictures):
    assert here("folders", "list", "--json").json == []
    assert here("folders", "add", pictures, "--json").json == {"added": [str(pictures)]}
    assert here("folders", "list").out.strip() == str(pictures)
    assert here("folders", "remove", pictures, "--json").json == {"removed": [str(pictures)]}
    assert here("folders").out == ""
    assert len(list(pictures.iterdir())) == 12, "originals stay"


def test_a_paused_folder_stays_so_until_it_is_named(here, pictures):
    here("folders", "add", pictures)
    said = here("pause", pictures, "--for", "1h").err
    assert said.startswith(f"Indexing is paused in {pictures} until ")
    assert here("hurry").err.startswith("Indexing waits for nothing")
    assert here("hurry").err.endswith(said), "which hurry does not end"
    indexed = here("index")
    assert indexed.err.endswith(said)
    assert "problems" not in indexed.out
    assert "12 waiting" in here("status").out


def test_a_data_directory_that_can_only_be_read_still_answers(here, sightline, pictures, monkeypatch):
    here("folders", "add", pictures)
    monkeypatch.setattr("os.access", lambda path, mode: mode != os.W_OK)
    monkeypatch.setattr("indexer.logs.nowhere", lambda: None)
    before = sorted(sightline.data.rglob("*"))
    assert here("folders", "list").out.strip() == str(pictures)
    assert here("status").out.startswith("0 files")
    assert here("search", "kind:photo").out.strip() == "Nothing matches."
    assert here("check").out.strip() == "The index is sound."
    for arguments in (["index"], ["pause"], ["problems", "--retry"], ["search", "x", "--save", "y"]):
        assert "Nothing can be written in" in refused(here, *arguments)
    assert sorted(sightline.data.rglob("*")) == before, "not even the files that SQLite makes to read"


def test_light_commands_import_no_heavy_library(sightline):
    code = (
        "import sys, indexer.command_line.cli as cli\n"
        "status = cli.main(sys.argv[1:])\n"
        "heavy = {'torch', 'transformers', 'PySide6'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else status)"
    )
    for arguments in (["status"], ["folders", "list"], ["problems"], ["models", "list"]):
        subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=ROOT,
            env=sightline.environment(),
            check=True,
            capture_output=True,
        )


def test_offline_refuses_every_connection():
    code = """
import socket
from indexer import offline
offline.enforce()
connect = lambda: socket.create_connection(("127.0.0.1", 9))
for attempt in (connect, lambda: socket.getaddrinfo("localhost", 80)):
    try:
        attempt()
    except PermissionError as error:
        assert "offline" in str(error)
    else:
        raise SystemExit("a connection was tried")
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_embed_and_rerank_write_what_they_promise(sightline, models, tmp_path):
    import numpy as np

    image = engine_samples.picture(tmp_path / "a.png", 1)
    (tmp_path / "in.json").write_text(json.dumps([{"text": "a tram"}, {"image": str(image)}]), "utf-8")
    out = tmp_path / "vectors"
    assert sightline("embed", "--model", models / "embed", tmp_path / "in.json", out).status == 0
    with np.load(out) as arrays:
        vectors = arrays["embeddings"]
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    job = {"query": {"text": "tram"}, "documents": [{"text": "a tram"}, {"image": str(image)}]}
    (tmp_path / "job.json").write_text(json.dumps(job), "utf-8")
    scores = sightline("rerank", "--model", models / "rerank", tmp_path / "job.json").json["scores"]
    assert len(scores) == 2
    assert all(0 <= score <= 1 for score in scores)
