"""How an answer falls into sections: by how sure the search is, or by month."""

from collections.abc import Iterator
from itertools import groupby

from PySide6.QtCore import QCoreApplication, QDateTime

from desktop_app.language import wording
from desktop_app.results.results_layout import Section
from desktop_app.search.query_and_answer import RANKS, Answer
from indexer.messages.result_messages import Hit


def sections(answer: Answer, *, by_month: bool) -> tuple[Section, ...]:
    """Of all rows of an answer. One without a title when there is nothing to tell apart."""
    whole = (Section("", max(answer.total if answer.stage is None else 0, len(answer.hits))),)
    if by_month and answer.by_month:
        return tuple(_of_index(answer)) if answer.stage is None else tuple(_months(answer.hits))
    if answer.stage is None or not answer.query.by_relevance or not any(hit.matched for hit in answer.hits):
        return whole
    made = list(_relevances(answer.hits, counted=not answer.more))
    if answer.final and not answer.more and not answer.query.weak and not answer.before:
        made.append(Section(_tr("Show weaker matches"), 0, action=True))
    return tuple(made)


def _relevances(hits: tuple[Hit, ...], *, counted: bool) -> Iterator[Section]:
    titles = (_tr("Strong matches"), _tr("Possible matches"), _tr("Weak matches"))
    counts = [0, 0, 0]
    rank = 0
    for hit in hits:  # a later page may hold a better one, which does not go back up
        rank = max(rank, RANKS[hit.relevance])
        counts[rank] += 1
    for title, count in zip(titles, counts, strict=True):
        if count:
            yield Section(f"{title}  ·  {wording.number(count)}" if counted else title, count)


def _of_index(answer: Answer) -> Iterator[Section]:
    left = max(answer.total, len(answer.hits))
    months = answer.months if answer.query.sort != "oldest" else answer.months[::-1]
    for month in months:
        rows = min(left, month.files)
        if rows:
            yield Section(_title(month.year, month.month, month.files), rows)
        left -= rows
    if left:  # came while the months were counted
        yield Section(_tr("Others"), left)


def _months(hits: tuple[Hit, ...]) -> Iterator[Section]:
    for (year, month), group in groupby(hits, key=_month):
        rows = len(list(group))
        yield Section(_title(year, month, rows), rows)


def _month(hit: Hit) -> tuple[int, int]:
    if hit.facts.taken:
        moment = wording.moment(hit.facts.taken)
        if moment.isValid():
            return moment.date().year(), moment.date().month()
    day = QDateTime.fromSecsSinceEpoch(int(hit.modified)).date()
    return day.year(), day.month()


def _title(year: int, month: int, files: int) -> str:
    return f"{wording.month(year, month)}  ·  {wording.number(files)}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sections", text)
