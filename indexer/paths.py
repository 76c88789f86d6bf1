"""Where everything lives. One data directory holds the index, the cache, the logs and the weights.

Moving that one folder moves the whole library; deleting it uninstalls every trace.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

ENVIRONMENT_VARIABLE = "SIGHTLINE_DATA_DIR"


@dataclass(frozen=True, slots=True)
class Paths:
    """The files below one data directory."""

    data: Path

    @classmethod
    def default(cls) -> "Paths":
        """`SIGHTLINE_DATA_DIR` if set, else the platform's per-user data folder."""
        chosen = os.environ.get(ENVIRONMENT_VARIABLE)
        return cls(Path(chosen) if chosen else Path(platformdirs.user_data_dir("sightline", False)))

    @property
    def database(self) -> Path:
        """The index: the only file that cannot be made again for free."""
        return self.data / "index.db"

    @property
    def lock(self) -> Path:
        """Held by the one engine that may write."""
        return self.data / "engine.lock"

    @property
    def settings(self) -> Path:
        """Settings, a TOML file a person may edit."""
        return self.data / "settings.toml"

    @property
    def calibration(self) -> Path:
        """What `sightline evaluate --write` found out about the models (search/shares.py)."""
        return self.data / "calibration.json"

    @property
    def status(self) -> Path:
        """What the engine that runs said last about itself."""
        return self.data / "status.json"

    @property
    def cache(self) -> Path:
        """Thumbnails and previews; rebuilt when lost."""
        return self.data / "cache"

    @property
    def logs(self) -> Path:
        """One rotating log per process."""
        return self.data / "logs"

    @property
    def connections(self) -> Path:
        """Every computer that Sightline ever asked for something, a line each."""
        return self.data / "connections.jsonl"

    @property
    def checkpoints(self) -> Path:
        """Downloaded or side-loaded model weights, one folder each."""
        return self.data / "checkpoints"

    @property
    def restoring(self) -> Path:
        """What a backup brings, while it is being restored (backup.py)."""
        return self.data / "restoring"

    @property
    def replaced(self) -> Path:
        """What it replaces, until that is done."""
        return self.data / "replaced"

    def create(self) -> "Paths":
        """Make the directories, readable by this user alone."""
        for folder in (self.data, self.cache, self.logs, self.checkpoints):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self


def absolute(path: str | Path) -> Path:
    """The path from the root on, `~` and `..` resolved, symbolic links kept as the person gave them."""
    named = os.path.expanduser(path)  # noqa: PTH111 - pathlib's fails where nobody is called so
    drive, rest = os.path.splitdrive(os.path.abspath(named))  # noqa: PTH100 - resolve() would follow links
    return Path((drive.upper() if len(drive) == 2 else drive) + rest)  # of Windows: c: and C: are one
