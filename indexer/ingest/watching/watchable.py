"""Which folders cannot be relied on to be watched: those of other computers, and drives to be pulled out."""

import os
import sys
from typing import Any, Final

import psutil

from indexer.drives import windows_drives

_REMOTE: Final = frozenset(
    (
        "9p",
        "afpfs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.glusterfs",
        "fuse.gvfsd-fuse",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "fuse.vmhgfs-fuse",
        "glusterfs",
        "ncpfs",
        "nfs",
        "nfs4",
        "prl_fs",
        "smb3",
        "smbfs",
        "vboxsf",
        "virtiofs",
        "webdav",
    )
)


def is_removable(path: str) -> bool:
    """Whether watching it would keep the person from pulling it out: Windows ejects nothing that is open."""
    return sys.platform == "win32" and windows_drives.sort_of(path) == windows_drives.REMOVABLE


def is_remote(path: str) -> bool:
    """Whether others may change it without this system hearing of it."""
    real = os.path.join(os.path.realpath(path), "")  # noqa: PTH118 - it ends with the sign that parts names
    if sys.platform == "win32":  # psutil would ask every drive, those that do not answer as well
        return windows_drives.sort_of(real) == windows_drives.REMOTE
    else:  # noqa: RET505 - for mypy, which follows one platform at a time
        mounts = [mount for mount in psutil.disk_partitions(all=True) if real.startswith(mount.mountpoint)]
        return bool(mounts) and _is_far(max(mounts, key=lambda mount: len(mount.mountpoint)))


def servers() -> frozenset[str]:
    """Where folders of other computers are mounted. Asks none of them; on Windows nothing is said."""
    if sys.platform == "win32":
        return frozenset()
    else:  # noqa: RET505
        return frozenset(mount.mountpoint for mount in psutil.disk_partitions(all=True) if _is_far(mount))


def _is_far(mount: Any) -> bool:
    return mount.fstype.lower() in _REMOTE or "remote" in mount.opts.split(",")
