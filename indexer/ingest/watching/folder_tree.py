"""Where watched folders are, each known by its place in the one around it.

A folder that moves takes along all that is in it: one place changes. Told of in the order of the events, and
filled from what the disk then says, it may be wrong about what has moved since and is set right by the event
of that move. So a folder can be known without a place, and be given one again.
"""

import os


class FolderTree:
    """Folders by number, below a root that has the number `root` and the path `path`."""

    def __init__(self, root: int, path: str) -> None:
        self.root = root
        self._path = path
        self._place: dict[int, tuple[int, str] | None] = {}
        self._inside: dict[int, dict[str, int]] = {}

    def all(self) -> list[int]:
        """Every known folder, with a place or not."""
        return [self.root, *self._place]

    def path(self, folder: int) -> str | None:
        """None for what has no place, or lies in what has none."""
        names = []
        while folder != self.root:
            if (place := self._place.get(folder)) is None:
                return None
            folder, name = place
            names.append(name)
        return os.path.join(self._path, *reversed(names))  # noqa: PTH118 - for every event

    def child(self, folder: int, name: str) -> int | None:
        """What is known to be there."""
        return self._inside.get(folder, {}).get(name)

    def put(self, folder: int, around: int, name: str) -> bool:
        """Its place from now on, instead of what was there. False for one in itself (bind mounts)."""
        if folder == around or folder == self.root or self._holds(folder, around):
            return False
        self._leave(folder)
        self.empty(around, name)
        self._place[folder] = (around, name)
        self._inside.setdefault(around, {})[name] = folder
        return True

    def empty(self, around: int, name: str) -> None:
        """Nothing has this place any more."""
        if (folder := self.child(around, name)) is not None:
            self._leave(folder)

    def forget(self, folder: int) -> None:
        """It is not known any more."""
        self._leave(folder)
        self._place.pop(folder, None)

    def _leave(self, folder: int) -> None:
        if (place := self._place.get(folder)) is not None:
            self._place[folder] = None
            around, name = place
            inside = self._inside[around]
            del inside[name]
            if not inside:
                del self._inside[around]

    def _holds(self, folder: int, other: int) -> bool:
        while (place := self._place.get(other)) is not None:
            other = place[0]
            if other == folder:
                return True
        return False
