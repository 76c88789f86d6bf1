"""Where checkpoints are published: what a repository holds, and how each of its files is proved whole.

Neither source gets a token, a session number or anything else about the person.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

import httpx2
from huggingface_hub import HfApi, constants, hf_hub_url
from huggingface_hub.errors import HfHubHTTPError, HFValidationError

from models.catalog import Checkpoint
from models.errors import DownloadError

TIMEOUT_S = 20.0
"""How long a source may stay silent."""
_WANTED = re.compile(r"[A-Za-z0-9][\w.-]*\.(safetensors|json|jinja|txt|md)|LICENSE|NOTICE")
"""Files at the top of a repository that the models or their licence need: no pickles, no code, no folders."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """One file of a repository.

    Attributes:
        path: its name, without folders.
        size: in bytes.
        algorithm: "sha256", or "git" for git's hash of small files (SHA-1 of a header and the content).
        digest: hexadecimal.
        url: where its content is.
    """

    path: str
    size: int
    algorithm: str
    digest: str
    url: str


@dataclass(frozen=True, slots=True)
class Listing:
    """All wanted files of one revision."""

    source: str
    revision: str
    files: tuple[RemoteFile, ...]


class Source(Protocol):
    """A place that publishes checkpoints."""

    @property
    def name(self) -> str:
        """For people."""

    def listing(self, entry: Checkpoint) -> Listing:
        """What it has of a checkpoint. Raises `DownloadError` with a clause that says why not."""


class HuggingFace:
    """huggingface.co, or what the environment variable `HF_ENDPOINT` names."""

    def __init__(self, endpoint: str | None = None) -> None:
        self._endpoint = endpoint or constants.ENDPOINT
        self.name = _host(self._endpoint)

    def listing(self, entry: Checkpoint) -> Listing:
        """See `Source`. The catalogue's revision, or the newest one when it names none."""
        constants.HF_HUB_DISABLE_TELEMETRY = True
        api = HfApi(endpoint=self._endpoint, token=False, user_agent="sightline")
        try:
            info = api.model_info(
                entry.repository, revision=entry.revision or None, files_metadata=True, timeout=TIMEOUT_S
            )
        except HfHubHTTPError as error:
            raise _refused(self.name, error.response.status_code) from None
        except (httpx2.HTTPError, OSError, HFValidationError, ValueError, KeyError, TypeError) as error:
            raise DownloadError(f"{self.name} gave no list of files ({first_line(error)})") from None
        revision = info.sha or entry.revision
        found = []
        for file in info.siblings or ():
            url = hf_hub_url(entry.repository, file.rfilename, revision=revision, endpoint=self._endpoint)
            if file.lfs is not None:
                found.append(RemoteFile(file.rfilename, file.lfs.size, "sha256", file.lfs.sha256, url))
            elif file.size is not None and file.blob_id:
                found.append(RemoteFile(file.rfilename, file.size, "git", file.blob_id, url))
        return Listing(self.name, revision, _complete(self.name, found))


class ModelScope:
    """modelscope.cn, a mirror. It counts revisions in its own way, so its newest is taken.

    Why not its own client library: that one sends a session number, the platform and a user name along.
    """

    def __init__(self, endpoint: str = "https://modelscope.cn") -> None:
        self._endpoint = endpoint
        self.name = _host(endpoint)

    def listing(self, entry: Checkpoint) -> Listing:
        """See `Source`."""
        base = f"{self._endpoint}/api/v1/models/{entry.repository}/repo"
        try:
            with client() as http:
                reply = http.get(f"{base}/files?Revision=master&Recursive=False")
                if reply.is_error:
                    raise _refused(self.name, reply.status_code)
                rows: list[dict[str, Any]] = reply.json()["Data"]["Files"]
            found = [
                RemoteFile(
                    path=row["Path"],
                    size=int(row["Size"]),
                    algorithm="sha256",
                    digest=row["Sha256"],
                    url=f"{base}?{urlencode({'Revision': 'master', 'FilePath': row['Path']})}",
                )
                for row in rows
                if row.get("Type") != "tree" and row.get("Sha256")
            ]
        except (httpx2.HTTPError, OSError, ValueError, KeyError, TypeError) as error:
            raise DownloadError(f"{self.name} gave no list of files ({first_line(error)})") from None
        return Listing(self.name, "master", _complete(self.name, found))


def client() -> httpx2.Client:
    """For any of them: follows redirects, asks for bytes as they are stored."""
    headers = {"User-Agent": "sightline", "Accept-Encoding": "identity"}
    return httpx2.Client(follow_redirects=True, timeout=TIMEOUT_S, headers=headers)


def first_line(error: Exception) -> str:
    """The first line of what a library says."""
    return next(iter(str(error).strip().splitlines()), "") or type(error).__name__


def _refused(name: str, status: int) -> DownloadError:
    return DownloadError(f"{name} answered with HTTP status {status}")


def _host(endpoint: str) -> str:
    return httpx2.URL(endpoint).host


def _complete(name: str, found: Iterable[RemoteFile]) -> tuple[RemoteFile, ...]:
    """The wanted ones, small ones first, so that a wrong repository shows before the weights are fetched."""
    wanted = [file for file in found if _WANTED.fullmatch(file.path)]
    names = {file.path for file in wanted}
    if not {"config.json", "tokenizer.json"} <= names or not any(n.endswith(".safetensors") for n in names):
        raise DownloadError(f"{name} lists no whole model")
    return tuple(sorted(wanted, key=lambda file: (file.size, file.path)))
