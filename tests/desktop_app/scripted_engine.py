"""A tiny engine process for tests: speaks the protocol, and misbehaves on request.

    scripted_engine.py [normal | busy | strange | other-version | crash-at-start | deaf | troubled] [LOG]

While it runs, a search for "crash" kills it, "garbage" makes it print nonsense first, and "echo" answers.
LOG gets one line per start and one per request.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path


def say(message: dict) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


STATUS = {
    "state": "idle", "files": 3, "segments": 3, "vectors": 3, "index_bytes": 1, "embedder": "tiny",
    "reranker": "tiny", "folders": [{"path": "/somewhere", "files": 3, "pending": 0}], "unknown_field": 1,
}  # fmt: skip
TROUBLED = {**STATUS, "state": "indexing", "pending": 7, "failed": 2, "skipped": 1, "folders": [
    {"path": "/away", "files": 3, "pending": 0, "problem": "The folder /away cannot be read. Allow this user "
     "to open it."},
    {"path": "/far", "files": 3, "pending": 0, "note": "It is on another computer, which does not say what "
     "changes: changes are noticed within 60 seconds."},
], "waiting": "This computer runs on battery; indexing goes on when it is plugged in."}  # fmt: skip
PROBLEMS = [
    {
        "path": "/far/a.jpg",
        "outcome": "failed",
        "reason": "It is damaged, or of a variety that Sightline cannot read.",
    },
    {"path": "/far/b.pdf", "outcome": "failed", "reason": "It is protected by a password."},
    {"path": "/far/c.png", "outcome": "skipped", "reason": "It is only 3 × 4 pixels: an icon rather than a "
     "picture."},
]  # fmt: skip


def search(params: dict) -> None:
    if params["text"] == "crash":
        os.abort()
    if params["text"] == "garbage":
        sys.stdout.write("Loading weights: 100%\n[1, 2]\n" + '{"event": "results", "data": {"hits": 7}}\n')
        say({"event": "something-new", "data": {}})
    hit = {
        "path": f"/somewhere/{params['text']}.jpg", "kind": "photo", "score": 0.5, "relevance": "strong",
        "matched": ["meaning"], "segment": {"type": "image"},
    }  # fmt: skip
    say({"event": "results", "data": {
        "search_id": params["search_id"], "stage": "reranked", "hits": [hit], "final": True,
    }})  # fmt: skip


def main(mode: str, log: Path | None) -> int:
    def note(line: str) -> None:
        if log is not None:
            with log.open("a") as file:
                file.write(line + "\n")

    note("start")
    if mode == "busy":
        print("a warning of some library", file=sys.stderr)
        print("Sightline is already running on /data (process 7). Close it first.", file=sys.stderr)
        return 2
    if mode == "crash-at-start":
        os.abort()
    if mode == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            time.sleep(60)
    print("ready to work", file=sys.stderr, flush=True)
    for line in sys.stdin:
        message = json.loads(line)
        method, params, number = message["method"], message["params"], message["id"]
        note(method)
        if method == "hello":
            version = 99 if mode == "other-version" else params["protocol"]
            say({"id": number, "result": {"protocol": version, "version": "0", "pid": os.getpid()}})
        elif method == "search":
            say({"id": number, "result": {}})
            search(params)
        elif method == "browse":
            say({"id": number, "result": {"hits": []}})
        elif method == "add_folder" and "missing" in params["path"]:
            say({"id": number, "error": {"message": "There is no such folder.", "blame": "user"}})
        elif method == "retry":
            say({"id": number, "error": {"message": "KeyError: 3", "blame": "bug"}})
        elif method == "problems" and mode == "troubled":
            say({"id": number, "result": {"problems": PROBLEMS}})
        elif method == "coverage":
            say({"id": number, "result": {"rows": []}})
        elif method == "problems":
            say({"id": number, "result": {"problems": "not a list"}})
        elif method == "shutdown":
            say({"id": number, "result": {}})
            say({"event": "bye", "data": {}})
            return 0
        else:
            say({"id": number, "result": TROUBLED if mode == "troubled" else STATUS})
    note("eof")
    return 0


if __name__ == "__main__":
    arguments = sys.argv[1:]
    raise SystemExit(main(arguments[0], Path(arguments[1]) if len(arguments) > 1 else None))
