"""The part of `indexer.protocol` about what is indexed: rules, what is left out, and what a folder holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddFolder:
    """Index this folder from now on. Reply: `Status`. Error when it does not exist or cannot be read."""

    path: str


@dataclass(frozen=True, slots=True)
class RemoveFolder:
    """Forget the folder and everything indexed only through it; originals stay. Reply: `Status`."""

    path: str


@dataclass(frozen=True, slots=True)
class Rules:
    """What of the chosen folders is indexed.

    Attributes:
        exclude: patterns as in a `.gitignore`, from each chosen folder down, of what is left out.
        hidden: also hidden files and folders. developer: also what tools make for developers
            (node_modules, .git, virtual environments, caches).
        min_pixels: pictures with a shorter side are icons; not below 32, under which nothing is recognised.
        min_bytes: smaller files are left out.
        cloud: also files that are kept in the cloud only; reading them downloads them.
    """

    exclude: tuple[str, ...] = ()
    hidden: bool = False
    developer: bool = False
    min_pixels: int = 32
    min_bytes: int = 0
    cloud: bool = False


def icon_sentence(width: int, height: int) -> str:
    """Why a picture is left out that is smaller than the rules ask for."""
    return f"It is only {width} × {height} pixels: an icon rather than a picture."


@dataclass(frozen=True, slots=True)
class GetRules:
    """Reply: `Rules`."""


@dataclass(frozen=True, slots=True)
class SetRules:
    """Index by these rules from now on; what they leave out is forgotten. Reply: `Status`.

    Error when a pattern cannot be understood.
    """

    rules: Rules


@dataclass(frozen=True, slots=True)
class PreviewRules:
    """What these rules would change, in all folders or one. Reply: `RulesPreview`, when the disk is read."""

    rules: Rules
    folder: str = ""


@dataclass(frozen=True, slots=True)
class RulesPreview:
    """What rules would change.

    Attributes:
        removed: indexed files that they leave out; examples: some of them.
        added: files that are left out now.
    """

    removed: int
    examples: tuple[str, ...] = ()
    added: int = 0


@dataclass(frozen=True, slots=True)
class CountFolder:
    """What a folder holds, by the names of its files, before it is chosen. Reply: `FolderCount`."""

    path: str


@dataclass(frozen=True, slots=True)
class FolderCount:
    """Files of each kind. `complete`: false when counting took too long and there are more."""

    photos: int = 0
    screenshots: int = 0
    videos: int = 0
    documents: int = 0
    other: int = 0
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Exclude:
    """These files, and all files in these folders, leave the index at once and stay out. Reply: `Status`."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Include:
    """Take back an `Exclude`. Reply: `Status`."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GetExcluded:
    """Reply: `Excluded`."""


@dataclass(frozen=True, slots=True)
class Excluded:
    """Every file and folder that was excluded, in order."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forget:
    """These files, and all files in these folders, leave the index at once. Reply: `Status`.

    One that changes comes back.
    """

    paths: tuple[str, ...]
