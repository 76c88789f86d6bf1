"""The part of `indexer.protocol` that helps to ask: completion, examples, how much there is of what when."""

from dataclasses import dataclass

from indexer.kinds import Kind


@dataclass(frozen=True, slots=True)
class Parse:
    """How a text in the search box is understood. Reply: `query_parts.ParsedQuery`."""

    text: str


@dataclass(frozen=True, slots=True)
class Complete:
    """What could be meant by the piece of a typed query that the cursor stands in. Reply: `Completions`.

    Attributes:
        cursor: in characters (code points) from the start.
    """

    text: str
    cursor: int
    limit: int = 8


@dataclass(frozen=True, slots=True)
class Completion:
    """One possibility.

    Attributes:
        insert: takes the place of the text from `start` to `end`. Ends with ":" where a value follows.
        label: what to call it. hint: where it is, of a folder.
        files: how many it has; 0 when they were not counted.
    """

    insert: str
    label: str
    hint: str = ""
    files: int = 0


@dataclass(frozen=True, slots=True)
class Completions:
    """Best first; none when there is nothing to complete."""

    start: int
    end: int
    items: tuple[Completion, ...] = ()


@dataclass(frozen=True, slots=True)
class GetTimeline:
    """How many files each month has. Reply: `Timeline`."""

    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """Files whose moment (when taken, else changed) lies in it. month: 1 to 12."""

    year: int
    month: int
    files: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Newest month first, without those that have no files."""

    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class GetExamples:
    """Reply: `Examples`."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Searches, as they would be typed, that find something in this index."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GetHits:
    """Files that are known by their paths, in the same order; those not in the index are left out.

    Reply: `result_messages.BrowseReply`.
    """

    paths: tuple[str, ...]
