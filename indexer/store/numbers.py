"""Numbers of files, none of which comes back.

SQLite gives the highest number again: whoever is still reading a file that has gone meanwhile knows it by its
number, and would take the next new file for it.
"""

import apsw

_KEY = "last file"


def following(connection: apsw.Connection) -> int:
    """From this one on they are free."""
    last = connection.execute(
        "SELECT max(coalesce((SELECT max(id) FROM file), 0), "
        "coalesce((SELECT value + 0 FROM setting WHERE key = ?), 0))",
        (_KEY,),
    ).get
    return int(last) + 1


def keep(connection: apsw.Connection) -> None:
    """To be called before files are deleted."""
    last = connection.execute("SELECT max(id) FROM file").get
    if last is not None:
        connection.execute(
            "INSERT INTO setting (key, value) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = max(value + 0, excluded.value + 0)",
            (_KEY, str(last)),
        )
