"""Labelled sets on disk."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import UserError

SPLITS = ("test", "dev", "train")


@dataclass(frozen=True, slots=True)
class LabelledQuery:
    """A question and its right answers: document ids with grades above 0; none for "nothing fits"."""

    id: str
    text: str
    images: tuple[Path, ...]
    relevant: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Attributes:
    documents: by id, a file of the person's or a text that is not one yet.
    """

    folder: Path
    documents: Mapping[str, Path | str]
    queries: tuple[LabelledQuery, ...]


def read(folder: Path) -> Dataset:
    """Raises UserError when it is no dataset or its labels name documents that are not there."""
    if not (folder / "queries.jsonl").is_file():
        raise UserError(
            f"{folder} has no queries.jsonl: see `sightline evaluate --help` for what belongs there."
        )
    found = _beir(folder) if (folder / "qrels").is_dir() else _own(folder)
    if not found.queries:
        raise UserError(f"{folder / 'queries.jsonl'} holds no labelled query.")
    for query in found.queries:
        lost = [id for id in query.relevant if id not in found.documents]
        if lost:
            raise UserError(
                f"Query {query.id} names {lost[0]}, which is not among the documents: correct it."
            )
    return found


def _own(folder: Path) -> Dataset:
    files = folder / "files"
    documents = {
        path.relative_to(files).as_posix(): path for path in sorted(files.rglob("*")) if path.is_file()
    }
    queries = []
    file = folder / "queries.jsonl"
    for number, row in enumerate(_rows(file), 1):
        try:
            grades = _grades(row.get("relevant", {}))
        except (TypeError, ValueError):
            raise UserError(
                f'The "relevant" of query {number} of {file} is no list of files, and no object with a '
                "whole number for each: correct it."
            ) from None
        try:
            images = _listed(row.get("images") or [])
        except TypeError:
            raise UserError(
                f'The "images" of query {number} of {file} is no list of files: correct it.'
            ) from None
        queries.append(
            LabelledQuery(
                str(row.get("id", number)),
                str(row.get("text") or ""),
                tuple(folder / str(image) for image in images),
                grades,
            )
        )
    return Dataset(folder, documents, tuple(queries))


def _grades(relevant: Any) -> dict[str, int]:
    pairs = relevant.items() if isinstance(relevant, dict) else ((name, 1) for name in _listed(relevant))
    return {str(name): int(grade) for name, grade in pairs if int(grade) > 0}


def _listed(value: Any) -> list[Any]:
    """A list; a text would be taken for its letters. Raises TypeError."""
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _beir(folder: Path) -> Dataset:
    documents: dict[str, Path | str] = {}
    for row in _named_rows(folder / "corpus.jsonl"):
        text = "\n\n".join(part for part in (row.get("title", ""), row.get("text", "")) if part)
        documents[str(row["_id"])] = folder / row["image"] if row.get("image") else text
    texts = {str(row["_id"]): row for row in _named_rows(folder / "queries.jsonl")}
    labels = next((file for split in SPLITS if (file := folder / "qrels" / f"{split}.tsv").is_file()), None)
    if labels is None:
        raise UserError(f"{folder / 'qrels'} has no test.tsv, dev.tsv or train.tsv.")
    relevant: dict[str, dict[str, int]] = {}
    for number, line in enumerate(_lines(labels)[1:], 2):  # the first names the columns
        if not line.strip():
            continue
        try:
            query, document, grade = line.split("\t")
            relevant.setdefault(query, {})[document] = int(grade)
        except ValueError:
            raise UserError(
                f"Line {number} of {labels} is not a query, a document and a whole number with tabs between."
            ) from None
    queries = [
        LabelledQuery(
            id,
            str(texts[id].get("text") or ""),
            (folder / texts[id]["image"],) if texts[id].get("image") else (),
            {document: grade for document, grade in grades.items() if grade > 0},
        )
        for id, grades in relevant.items()
        if id in texts
    ]
    return Dataset(folder, documents, tuple(queries))


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UserError(f"Line {number} of {file} is no JSON object ({error}).") from None
        if not isinstance(row, dict):
            raise UserError(f"Line {number} of {file} is no JSON object.")
        yield row


def _named_rows(file: Path) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(_rows(file), 1):
        if "_id" not in row:
            raise UserError(f'Row {number} of {file} has no "_id": correct it.')
        yield row


def _lines(file: Path) -> list[str]:
    """Ended by nothing but a line feed: a text in JSON may hold other characters that end a line."""
    try:
        return file.read_text("utf-8-sig").removesuffix("\n").split("\n")
    except UnicodeDecodeError as error:
        raise UserError(f"{file} cannot be read: it is not UTF-8 ({error}).") from None
    except OSError as error:
        raise UserError(f"{file} cannot be read ({error.strerror}).") from None
