"""What was computed lately, kept within a bound."""

from collections import OrderedDict
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Values by key, at most so many bytes of them; what was not asked for longest goes first.

    Not for use by several threads at once.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[bytes, tuple[T, int]] = OrderedDict()
        self._bytes = 0

    @property
    def nbytes(self) -> int:
        """How much is kept."""
        return self._bytes

    def __iter__(self) -> Iterator[T]:
        """Every value, the most recent first."""
        return iter([value for value, _ in reversed(self._values.values())])

    def get(self, key: bytes) -> T | None:
        """The value, if it is still here."""
        found = self._values.get(key)
        if found is None:
            return None
        self._values.move_to_end(key)
        return found[0]

    def keep(self, key: bytes, value: T, nbytes: int) -> None:
        """Keep a value, unless it alone is larger than the bound."""
        if key in self._values:
            self._bytes -= self._values.pop(key)[1]
        if nbytes > self._most:
            return
        self._values[key] = value, nbytes
        self._bytes += nbytes
        while self._bytes > self._most:
            _, (_, size) = self._values.popitem(last=False)
            self._bytes -= size

    def clear(self) -> None:
        """Forget everything."""
        self._values.clear()
        self._bytes = 0
