"""What kinds of files there are, and how lists are ordered: words that every message may use."""

from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["photo", "screenshot", "video", "document"]
Sort: TypeAlias = Literal["relevance", "newest", "oldest", "name", "size"]

KINDS: tuple[Kind, ...] = ("photo", "screenshot", "video", "document")
