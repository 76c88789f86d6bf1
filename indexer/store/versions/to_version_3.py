"""From version 2 to 3: which pictures wait to be read for words, and where the words stand in them."""

import apsw

TABLES = """CREATE TABLE reading (
    segment_id INTEGER PRIMARY KEY REFERENCES segment (id) ON DELETE CASCADE,
    lines TEXT
) STRICT;
CREATE INDEX reading_waiting ON reading (segment_id) WHERE lines IS NULL;"""


def step(connection: apsw.Connection) -> None:
    """Every picture and page without words of its own waits to be read."""
    connection.execute(TABLES)
    connection.execute(
        "INSERT INTO reading (segment_id) "
        "SELECT id FROM segment WHERE type IN ('image', 'page') AND text = ''"
    )
