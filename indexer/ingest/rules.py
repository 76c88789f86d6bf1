"""What is media, what is left out, and the sentence that says why.

Two ways to be left out: `is_ignored` (hidden, system and work files that no person means when choosing a
folder; never mentioned) and `Skipped` (a file they may look for; listed with the reason).
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from indexer.errors import MediaError, Skipped
from indexer.ingest.items import open_original
from indexer.ingest.signatures import ARCHIVE, HEAD_BYTES, OLD_OFFICE, Handler, foreign, recognise
from indexer.messages.library_messages import Rules, icon_sentence

MIN_SIDE = Rules().min_pixels
"""Pictures with a shorter side are icons, not something a person searches."""
MAX_RATIO = 190
"""Longer side to shorter. The models refuse 200, and reducing a picture rounds its sides."""


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


RAW: Final = _words(
    "3fr ari arw bay braw cap cr2 cr3 crw dcr dcs dng drf eip erf fff iiq k25 kdc mdc mef mos mrw "
    "nef nrw orf pef ptx pxn raf raw rw2 rwl sr2 srf srw x3f"
)
"""Endings of cameras' raw data. Their first bytes are those of TIFF, or of film, but that would show the
small preview inside."""
# What a name says where the content says nothing, or only that it is an archive or text.
_BY_NAME: Final[Mapping[Handler, frozenset[str]]] = {
    "image": _words(
        "jpg jpeg jpe jfif png apng gif webp bmp dib tif tiff heic heif hif avif jxl jp2 j2k jpx "
        "jpf jpc psd psb ico icns cur ppm pgm pbm pnm pfm pam tga pcx dds qoi sgi rgb bw ras sun xbm "
        "xpm mpo fits fit dcx exr dpx"
    ),
    # Not here: .ts and .mts, which are TypeScript as often as video and count as film by their content only.
    "video": _words(
        "mp4 m4v mov qt mkv webm avi mpg mpeg mpe m2v m1v m2ts vob wmv asf flv f4v 3gp 3g2 ogv mxf "
        "dv wtv nut ivf rm rmvb mjpeg mjpg h264 h265 hevc"
    ),
    "raw": RAW,
    "svg": _words("svg svgz"),
    "pdf": _words("pdf"),
    "package": _words(
        "docx docm dotx dotm pptx pptm potx potm ppsx ppsm xlsx xlsm xltx xltm odt ott odp otp ods "
        "ots odg otg odm epub pages numbers key"
    ),
    "one xml": _words("fb2 fodt fods fodp fodg"),
    "old office": _words("doc dot xls xlt xlsb ppt pot pps wps wpd vsd vsdx pub"),
    "rtf": _words("rtf"),
    "html": _words("html htm xhtml xht shtml"),
    "mail": _words("eml mbox mbx mht mhtml"),
    "text": _words(
        "txt text md markdown mdown mkd rst adoc asciidoc org tex bib log csv tsv psv json jsonl "
        "ndjson geojson ipynb yaml yml toml ini cfg conf properties xml xsd xsl plist opml gpx kml "
        "srt vtt sub ass lrc ics vcf py pyi pyx js mjs cjs jsx ts tsx mts cts c h cc cpp cxx hh hpp "
        "hxx m mm cs java kt kts scala groovy go rs rb php pl pm sh bash zsh fish ps1 psm1 bat cmd "
        "sql r jl swift lua dart ex exs erl hrl hs clj cljs lisp el scm vim asm s f f90 f95 for pas "
        "vb bas fs fsx ml mli proto graphql css scss sass less vue svelte cmake mk gradle tf hcl "
        "nix dockerfile patch diff tcl v sv vhd vhdl zig nim sol glsl hlsl wgsl"
    ),
}
_HANDLERS: Final = {extension: handler for handler, all in _BY_NAME.items() for extension in all}
_TEXT_NAMES: Final = _words(
    "readme license licence copying notice authors changelog changes contributing todo makefile "
    "dockerfile gemfile rakefile jenkinsfile vagrantfile procfile"
)
# Among these content decides which; elsewhere a text's first letters are not taken for a signature.
_IN_LETTERS: Final = frozenset(("text", "html", "mail", "svg", "rtf", "one xml"))
# Keys, certificates, graphs and translations have these names, too; and what a watch records, programs for
# graphics cards, network traffic and whole disks.
_AMBIGUOUS: Final = frozenset(("key", "pages", "numbers", "pub", "dot", "pot", "fit", "ptx", "cap", "raw"))
_JPEG: Final = b"\xff\xd8\xff"
_TIFF_LIKE: Final = (b"II", b"MM")
_SOUNDS: Final = _words("mp3 m4a aac flac wav ogg oga opus wma aif aiff mid midi amr")

_IGNORED: Final = frozenset(
    name.casefold()
    for name in (
        "__MACOSX",
        "$RECYCLE.BIN",
        "System Volume Information",
        "lost+found",
        "@eaDir",
        "#recycle",
        "Thumbs.db",
        "ehthumbs.db",
        "desktop.ini",
        "Icon\r",
    )
)
# Made by developers' tools, from other files or the network.
_DEVELOPER: Final = _words(
    "node_modules bower_components __pycache__ site-packages .git .hg .svn .tox .nox .venv .gradle "
    ".mypy_cache .pytest_cache .ruff_cache"
)
# The system's own, among what is hidden.
_NEVER_SHOWN: Final = (
    *("._", ".ds_store", ".localized", ".trash", ".fseventsd", ".spotlight-v100", ".temporaryitems"),
    *(".documentrevisions-v100", ".sightlineignore"),
)
# Folders that a person sees as one thing, with hundreds of derived pictures inside.
_PACKAGES: Final = _words(
    "app aplibrary bundle fcpbundle framework imovielibrary lrdata lrcat-data migratedphotolibrary "
    "photolibrary photoslibrary plugin rtfd theater tvlibrary xcodeproj"
)
_UNFINISHED: Final = _words("crdownload part partial download opdownload tmp temp swp lock")
_IGNORED_ENDINGS: Final = _UNFINISHED | _PACKAGES
_HIDDEN_ATTRIBUTES: Final = 0x2 | 0x4
_MACOS_HIDDEN: Final = 0x8000


def is_ignored_name(name: str, hidden: bool = False, developer: bool = False) -> bool:
    """Hidden, system, work and unfinished files and folders, judged by one part of a path.

    Args:
        hidden: what is only hidden counts. developer: what developers' tools make counts.
    """
    if name.startswith("~$") or (name.startswith(".") and not hidden):
        return True
    folded = name.casefold()
    if folded in _IGNORED or (folded.startswith(".") and folded.startswith(_NEVER_SHOWN)):
        return True
    if not developer and folded in _DEVELOPER:
        return True
    _, dot, suffix = folded.rpartition(".")
    return bool(dot) and suffix in _IGNORED_ENDINGS


def is_ignored(path: str, root: str) -> bool:
    """Whether a path below a watched folder is ignored, for its own name or a folder in between."""
    below = path[len(root) :] if path.startswith(root) else path
    return any(
        is_ignored_name(part) for part in re.split(r"[\\/]" if os.name == "nt" else "/", below) if part
    )


def is_hidden(status: os.stat_result) -> bool:
    """Hidden by an attribute instead of by the name (macOS, Windows)."""
    attributes: int = getattr(status, "st_file_attributes", 0) & _HIDDEN_ATTRIBUTES
    flags: int = getattr(status, "st_flags", 0) & _MACOS_HIDDEN
    return bool(attributes or flags)


def check_size(width: int, height: int) -> None:
    """Raises `Skipped` for a picture or film of this size that cannot show anything."""
    if min(width, height) < MIN_SIDE:
        raise Skipped(icon_sentence(width, height))
    if max(width, height) > MAX_RATIO * min(width, height):
        raise Skipped(f"It is {width} × {height} pixels: too long and thin to be understood.")


def classify(path: Path, download: bool = False) -> Handler:
    """The decoder for this file, by its first bytes, and by its name where these say nothing.

    Reads at most 4 kB and decodes nothing, so it is fit for the engine process and cheaper than hashing.
    Raises `Skipped` for what Sightline does not read, and `MediaError` for a file that cannot be opened or
    is something else than its name says. `download`: also read what is only in the cloud.
    """
    extension = path.suffix.lower().lstrip(".")
    with open_original(path, download) as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise Skipped("It is empty.")
    named = by_name(path)
    by_content = recognise(head)
    other = foreign(head)
    is_raw = named == "raw" and (extension not in _AMBIGUOUS or head.startswith(_TIFF_LIKE))
    if is_raw and other is None and not head.startswith(_JPEG):
        return "raw"
    if named in _IN_LETTERS and 0 not in head and not head.startswith((b"%PDF-", b"{\\rtf")):
        # Prose may begin with the letters of a signature
        return named
    if by_content is not None:
        return by_content
    if other == ARCHIVE and named in ("package", "old office"):
        return "package"
    if other == OLD_OFFICE and named in ("old office", "package"):
        return "old office"
    if other == "a sound file" or (named is None and extension in _SOUNDS):
        raise Skipped("It is a sound file; Sightline searches what can be seen or read.")
    if named == "svg" and head.startswith(b"\x1f\x8b"):
        return named
    if named is not None and extension not in _AMBIGUOUS:
        if other is not None:
            raise MediaError(f"It is named .{extension}, but it is {other}.")
        # Programs name the tables so that they export as text
        exported = named == "old office" and 0 not in head and not head.lstrip().startswith(b"<")
        return "text" if exported else named
    # mails of Outlook have that form, too
    if other is not None and not (other == OLD_OFFICE and extension):
        raise Skipped(f"It is {other}, which Sightline does not read.")
    if not extension:
        raise Skipped("It is in a format that Sightline does not read yet.")
    raise Skipped(f"It is a .{extension} file, a format Sightline does not read yet.")


def by_name(path: Path) -> Handler | None:
    """The decoder that a name speaks for."""
    if handler := _HANDLERS.get(path.suffix.lower().lstrip(".")):
        return handler
    return "text" if path.name.lower() in _TEXT_NAMES else None
