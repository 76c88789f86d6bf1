"""A loopback server that speaks like huggingface.co and modelscope.cn, and misbehaves when told to."""

import hashlib
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np

REVISION = "0123456789abcdef0123456789abcdef01234567"
WEIGHTS = "model.safetensors"


def content() -> dict[str, bytes]:
    """The files of a repository; what is in them does not matter here."""
    weights = np.random.default_rng(0).integers(0, 256, 300_000, np.uint8).tobytes()
    return {
        "config.json": b'{"model_type": "qwen3_vl"}',
        "tokenizer.json": b"{}" * 50,
        "LICENSE": b"",
        WEIGHTS: weights,
        "pytorch_model.bin": b"never fetch pickles",
        "modeling_evil.py": b"never fetch code",
        "onnx/model.safetensors": b"not at the top",
    }


@dataclass
class Hub:
    """What the server does. Faults concern the weights only.

    Attributes:
        cuts: bytes after which the connection breaks, one per request, then none breaks.
        corrupt: how many of the next answers carry a wrong byte.
        statuses: HTTP statuses to answer with first.
        pause_s: before every 64 KiB.
        promised: bytes that the hub says there are more than come.
        ranges: whether requests for a part are honoured.
        asked: method and path of every request.
        starts: first byte asked for, per request for the weights.
    """

    files: Mapping[str, bytes] = field(default_factory=content)
    cuts: list[int] = field(default_factory=list)
    corrupt: int = 0
    statuses: list[int] = field(default_factory=list)
    pause_s: float = 0.0
    promised: int = 0
    ranges: bool = True
    asked: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    tokens: set[str] = field(default_factory=set)
    endpoint: str = ""
    sending: threading.Event = field(default_factory=threading.Event)

    def fetched(self) -> list[str]:
        """Names of the files whose content was asked for, in order."""
        return [path.rpartition("/")[2].rpartition("=")[2] for path in self.asked if "/cdn/" in path]


@contextmanager
def running(hub: Hub) -> Iterator[Hub]:
    """Serve until left."""

    class Handler(_Handler):
        served = hub

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    hub.endpoint = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    served: Hub

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        hub, path = self.served, urlsplit(self.path).path
        hub.asked.append(self.path)
        hub.agents.add(self.headers.get("User-Agent", ""))
        if "Authorization" in self.headers:
            hub.tokens.add(self.headers["Authorization"])
        if path.startswith("/api/models/"):
            self._json(self._hugging_face())
        elif path.endswith("/repo/files"):
            self._json({"Code": 200, "Data": {"Files": self._model_scope()}})
        elif path.endswith("/repo"):
            self._redirect(parse_qs(urlsplit(self.path).query)["FilePath"][0])
        elif f"/resolve/{REVISION}/" in path:
            self._redirect(path.partition(f"/resolve/{REVISION}/")[2])
        elif path.startswith("/cdn/"):
            self._content(path.removeprefix("/cdn/"))
        else:
            self.send_error(404)

    def _hugging_face(self) -> dict[str, Any]:
        rows = []
        for name, data in self.served.files.items():
            git = hashlib.sha1(f"blob {len(data)}\0".encode() + data, usedforsecurity=False).hexdigest()
            size = len(data) + (self.served.promised if name == WEIGHTS else 0)
            row: dict[str, Any] = {"rfilename": name, "size": size, "blobId": git}
            if name.endswith((".safetensors", ".bin")) or name == "tokenizer.json":
                sha = hashlib.sha256(data).hexdigest()
                row["lfs"] = {"sha256": sha, "size": size, "pointerSize": 134}
            rows.append(row)
        return {"id": "Qwen/X", "sha": REVISION, "siblings": rows, "tags": [], "private": False}

    def _model_scope(self) -> list[dict[str, Any]]:
        return [
            {"Path": name, "Type": "blob", "Size": len(data), "Sha256": hashlib.sha256(data).hexdigest()}
            for name, data in self.served.files.items()
        ]

    def _json(self, value: object) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _redirect(self, name: str) -> None:
        self.send_response(302)
        self.send_header("Location", f"{self.served.endpoint}/cdn/{name}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _content(self, name: str) -> None:
        hub, data = self.served, self.served.files[name]
        start = 0
        if hub.ranges and (asked := self.headers.get("Range")):
            start = int(asked.removeprefix("bytes=").rstrip("-"))
        cut = None
        if name == WEIGHTS:
            hub.starts.append(start)
            if hub.statuses:
                self.send_error(hub.statuses.pop(0))
                return
            cut = hub.cuts.pop(0) if hub.cuts else None
            if hub.corrupt and cut is None:
                hub.corrupt -= 1
                data = data[:-1] + bytes([data[-1] ^ 1])
        if start and start >= len(data):
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        rest = data[start:] if cut is None else data[start : start + cut]
        try:
            for offset in range(0, len(rest), 1 << 16):
                self.wfile.write(rest[offset : offset + (1 << 16)])
                self.wfile.flush()
                hub.sending.set()
                time.sleep(hub.pause_s)
        except OSError:  # the other side has gone
            pass
        if cut is not None:
            self.close_connection = True
