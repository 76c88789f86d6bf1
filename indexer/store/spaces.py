"""Spaces: which model, dimension and preparation made the vectors. Two never mix."""

import apsw

from indexer.errors import OtherEmbedder
from indexer.store import vectors
from indexer.store.database import fetch
from indexer.store.vectors import Form

FORMER = "former embedder"
"""The setting that names whose vectors answer while those of another embedder are made."""

MADE_WITH = "made with"
"""The setting that names what the current vectors are made with."""


def is_changing(connection: apsw.Connection) -> bool:
    """Whether the vectors of another embedder are made beside the current ones."""
    return connection.execute("SELECT 1 FROM setting WHERE key = ?", (FORMER,)).get is not None


def current_embedder(connection: apsw.Connection) -> str:
    """The name of the embedder whose vectors answer, "" when there are none."""
    found = connection.execute("SELECT embedder FROM space WHERE state = 'current'").get
    return str(found or "")


def current(connection: apsw.Connection) -> int | None:
    """The space that answers, None while there is none."""
    found = connection.execute("SELECT id FROM space WHERE state = 'current'").get
    return None if found is None else int(found)


def exists(connection: apsw.Connection, space: int) -> bool:
    """Whether it was not dropped."""
    return connection.execute("SELECT 1 FROM space WHERE id = ?", (space,)).get is not None


def must_exist(connection: apsw.Connection, space: int) -> None:
    """Raises OtherEmbedder when the space was dropped while somebody was on the way to it."""
    if not exists(connection, space):
        raise OtherEmbedder("The index has just changed to another embedder: ask again.")


def is_current(
    connection: apsw.Connection, embedder: str, dimension: int, preparation: str, form: Form | None = None
) -> bool:
    """Whether the vectors that answer are of this embedder, and in this form if one is given."""
    space = connection.execute(
        "SELECT id FROM space WHERE state = 'current' AND embedder = ? AND dimension = ? AND preparation = ?",
        (embedder, dimension, preparation),
    ).get
    return space is not None and (form is None or vectors.form(connection, space) == form)


def can_be_made_of(connection: apsw.Connection, space: int, other: int) -> bool:
    """Whether the vectors of one space can be made of another's: of the same embedder, with no less kept."""
    columns = "embedder, dimension, preparation, kept, precision"
    [one], [two] = (
        fetch(connection, f"SELECT {columns} FROM space WHERE id = ?", (id,))  # noqa: S608 - our own names
        for id in (other, space)
    )
    return one[:3] == two[:3] and one[3] >= two[3] and (one[4] == "float16" or two[4] == "int8")


def find(connection: apsw.Connection, embedder: str, dimension: int, preparation: str) -> int | None:
    """The space of this embedder, None when nothing is embedded yet.

    Raises:
        OtherEmbedder: the index holds vectors of another embedder, dimension or preparation.
    """
    space = current(connection)
    if space is None or is_current(connection, embedder, dimension, preparation):
        return space
    if vectors.count(connection, space):
        made_by = connection.execute("SELECT embedder FROM space WHERE id = ?", (space,)).get
        raise OtherEmbedder(_refusal(made_by, embedder))
    return None


def use(
    connection: apsw.Connection, embedder: str, dimension: int, preparation: str, form: Form | None
) -> int:
    """Find the space, or make it in this form. One without any vector gives way. Raises like `find`."""
    space = find(connection, embedder, dimension, preparation)
    if space is not None:
        other = form is not None and form != vectors.form(connection, space)
        if not other or vectors.count(connection, space):
            return space
    forget(connection)
    return _make(connection, embedder, dimension, preparation, form, "current")


def beside(connection: apsw.Connection, embedder: str, dimension: int, preparation: str, form: Form) -> int:
    """The space that is built beside the current one; one of another embedder or form gives way."""
    found = connection.execute(
        "SELECT id FROM space WHERE state = 'building' "
        "AND embedder = ? AND dimension = ? AND preparation = ? AND kept = ? AND precision = ?",
        (embedder, dimension, preparation, form.kept, form.precision),
    ).get
    if found is not None:
        return int(found)
    abandon(connection)
    return _make(connection, embedder, dimension, preparation, form, "building")


def swap(connection: apsw.Connection, space: int) -> None:
    """Make the space that was built the current one, and drop the one that was."""
    _drop(connection, "current")
    connection.execute("UPDATE space SET state = 'current' WHERE id = ?", (space,))


def abandon(connection: apsw.Connection) -> None:
    """Drop what is built beside the current space."""
    _drop(connection, "building")


def _make(
    connection: apsw.Connection,
    embedder: str,
    dimension: int,
    preparation: str,
    form: Form | None,
    state: str,
) -> int:
    form = form or Form.of(dimension)
    if not 1 <= form.kept <= dimension:
        raise ValueError(f"{form.kept} of {dimension} components cannot be kept")
    connection.execute(
        "INSERT INTO space (embedder, dimension, preparation, kept, precision, state) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (embedder, dimension, preparation, form.kept, form.precision, state),
    )
    new = connection.last_insert_rowid()
    vectors.create(connection, new)
    return new


def _drop(connection: apsw.Connection, state: str) -> None:
    for (space,) in fetch(connection, "SELECT id FROM space WHERE state = ?", (state,)):
        vectors.drop(connection, space)
        connection.execute("DELETE FROM space WHERE id = ?", (space,))
        if state == "current":
            connection.execute("DELETE FROM setting WHERE key = ?", (MADE_WITH,))


def forget(connection: apsw.Connection) -> None:
    """Drop every space with its vectors."""
    _drop(connection, "current")
    _drop(connection, "building")


def _refusal(made_by: str, wanted: str) -> str:
    if made_by == wanted:
        return (
            f"This index was made by {made_by} with another --budget or other --weights: embed everything "
            f"again with `sightline models use {wanted}`, or choose another folder with --data-dir."
        )
    return (
        f"This index was made by the embedder {made_by} and cannot be searched with {wanted}: use the same "
        f"embedder, embed everything again with `sightline models use {wanted}`, or choose another folder "
        "with --data-dir."
    )
