"""What an index knows of the files of a folder, all at once."""

from indexer.store.rows import FileRow
from indexer.store.store import Store


def known_files(store: Store, folder: str) -> dict[str, FileRow]:
    """Everything known below a folder, by path."""
    return {row.path: row for row in store.known.each(folder)}
