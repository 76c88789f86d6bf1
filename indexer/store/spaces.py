"""Spaces: which model, dimension and preparation made the vectors. Two never mix."""

import apsw

from indexer.errors import OtherEmbedder
from indexer.store import vectors
from indexer.store.database import fetch
from indexer.store.vectors import Form


def find(connection: apsw.Connection, embedder: str, dimension: int, preparation: str) -> int | None:
    """The space of this embedder, None when nothing is embedded yet.

    Raises:
        OtherEmbedder: the index holds vectors of another embedder, dimension or preparation.
    """
    for space, *made_by in fetch(connection, "SELECT id, embedder, dimension, preparation FROM space"):
        if made_by == [embedder, dimension, preparation]:
            return int(space)
        if vectors.count(connection, space):
            raise OtherEmbedder(_refusal(made_by[0], embedder))
    return None


def use(
    connection: apsw.Connection, embedder: str, dimension: int, preparation: str, form: Form | None
) -> int:
    """Find the space, or make it in this form. One without any vector gives way. Raises like `find`."""
    space = find(connection, embedder, dimension, preparation)
    if space is not None:
        return space
    forget(connection)
    form = form or Form.default(dimension)
    if not 1 <= form.kept <= dimension:
        raise ValueError(f"{form.kept} of {dimension} components cannot be kept")
    connection.execute(
        "INSERT INTO space (embedder, dimension, preparation, kept, precision) VALUES (?, ?, ?, ?, ?)",
        (embedder, dimension, preparation, form.kept, form.precision),
    )
    new = connection.last_insert_rowid()
    vectors.create(connection, new)
    return new


def forget(connection: apsw.Connection) -> None:
    """Drop every space with its vectors."""
    for (space,) in fetch(connection, "SELECT id FROM space"):
        vectors.drop(connection, space)
        connection.execute("DELETE FROM space WHERE id = ?", (space,))


def _refusal(made_by: str, wanted: str) -> str:
    if made_by == wanted:
        return (
            f"This index was made by {made_by} with other settings for preparing pictures: embed everything "
            f"again with `sightline models use {wanted}`, or choose another folder with --data-dir."
        )
    return (
        f"This index was made by the embedder {made_by} and cannot be searched with {wanted}: use the same "
        f"embedder, embed everything again with `sightline models use {wanted}`, or choose another folder "
        "with --data-dir."
    )
