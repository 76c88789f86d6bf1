"""The names of the places around coordinates, asking nobody: a table of 131,808 towns of the world."""

import functools
import lzma
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resources import ROOT

FARTHEST_KM = 50.0
"""Beyond, a town names nothing that is seen there."""
CITY_PEOPLE = 100_000
CITY_KM = 30.0
"""So far around a city people say they are "near" it."""

_EARTH_KM = 6371.0
_KM_OF_A_VILLAGE = 0.5
_KM_PER_ROOT_OF_PEOPLE = 0.004


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Places as unit vectors float32 `[n, 3]`, their extents in kilometres, and what they are called."""

    towards: NDArray[np.float32]
    extents: NDArray[np.float32]
    people: NDArray[np.int32]
    names: tuple[tuple[str, str, str], ...]


@functools.lru_cache(maxsize=4096)
def named(latitude: float, longitude: float) -> str:
    """The place, the city it is near to, the state and the country: "Vanves, Paris, Île-de-France, France".

    "" at sea and in the wilderness. The place is the one nearest in relation to its size, as the centre of a
    suburb is often nearer to a sight than that of the city it belongs to.
    """
    table = _table()
    here_is = _unit(np.array([latitude]), np.array([longitude]))
    chords = np.linalg.norm(table.towards - here_is, axis=1)
    distances = 2 * _EARTH_KM * np.arcsin(np.minimum(1, chords / 2))
    here = int(np.argmin(distances / table.extents))
    if distances[here] > max(FARTHEST_KM, table.extents[here]):
        return ""
    name, state, country = table.names[here]
    larger = max(CITY_PEOPLE, int(table.people[here]) + 1)
    cities = np.flatnonzero((distances <= CITY_KM) & (table.people >= larger))
    city = table.names[int(cities[np.argmin((distances / table.extents)[cities])])][0] if len(cities) else ""
    return ", ".join(dict.fromkeys(part for part in (name, city, state, country) if part))


@functools.cache
def _table() -> _Table:
    lines = lzma.decompress((ROOT / "places" / "places.tsv.xz").read_bytes()).decode("utf-8").split("\n")
    rows = [line.split("\t") for line in lines]
    degrees = np.array([(row[2], row[3]) for row in rows], np.float64) / 1000
    people = np.array([row[4] for row in rows], np.int32)
    return _Table(
        _unit(degrees[:, 0], degrees[:, 1]),
        (_KM_OF_A_VILLAGE + _KM_PER_ROOT_OF_PEOPLE * np.sqrt(people)).astype(np.float32),
        people,
        tuple((row[5], row[1], row[0]) for row in rows),
    )


def _unit(latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]) -> NDArray[np.float32]:
    """Directions from the middle of the earth, `[n, 3]`."""
    phi, lam = np.radians(latitudes), np.radians(longitudes)
    return np.stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)), 1).astype(np.float32)
