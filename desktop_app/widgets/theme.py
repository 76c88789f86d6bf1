"""Colours, spacing and type. The only file with colour literals.

The two palettes are our own because Qt knows the desktop's scheme only on some platforms: where it does,
it is followed. Widgets ask `colours(self.palette())`, so a palette change repaints everything and nothing
has to be told.
"""

import sys
from dataclasses import dataclass

from PySide6.QtCore import QMargins, QObject, Qt
from PySide6.QtGui import QColor, QFont, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication, QStyle, QToolTip

from indexer.settings import Appearance

XS, S, M, L, XL = 4, 8, 12, 16, 24
"""The spacing grid, in device-independent pixels."""

RADIUS = 8
"""Of cards, buttons and fields."""

PICTURE_EDGE = QColor(128, 128, 128, 64)
"""A hairline on pictures, which may be as light or as dark as the window."""


LIT = QColor("#3350c8")
"""Around and over what is pointed at in a picture; as for the edge, the window's look does not matter."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour by what it is for.

    Attributes:
        window: behind everything; surface: fields, the inspector, raised things.
        tile: behind a picture that does not fill its frame; hover: the same, pointed at.
        line: hairlines; track: the part of a bar that is not full yet.
        text, quiet: the two strengths of writing.
        accent, on_accent: the one colour that calls for action, and writing on it.
        chosen, on_chosen: selected cards and chips.
        danger, good: for things that went wrong, and for what is strong.
        badge, on_badge: small labels on top of pictures.
    """

    window: QColor
    surface: QColor
    tile: QColor
    hover: QColor
    line: QColor
    track: QColor
    text: QColor
    quiet: QColor
    accent: QColor
    on_accent: QColor
    chosen: QColor
    on_chosen: QColor
    danger: QColor
    good: QColor
    badge: QColor
    on_badge: QColor


LIGHT = Colours(
    window=QColor("#f5f6f8"),
    surface=QColor("#ffffff"),
    tile=QColor("#e9ebf0"),
    hover=QColor("#e6e9ef"),
    line=QColor("#d5d9e1"),
    track=QColor("#d5d9e1"),
    text=QColor("#1a1e26"),
    quiet=QColor("#566072"),
    accent=QColor("#3350c8"),
    on_accent=QColor("#ffffff"),
    chosen=QColor("#dfe6fd"),
    on_chosen=QColor("#1c2c78"),
    danger=QColor("#ab1f1a"),
    good=QColor("#14683c"),
    badge=QColor(16, 18, 24, 205),
    on_badge=QColor("#ffffff"),
)

DARK = Colours(
    window=QColor("#15171c"),
    surface=QColor("#1c1f26"),
    tile=QColor("#252932"),
    hover=QColor("#262a34"),
    line=QColor("#363c48"),
    track=QColor("#363c48"),
    text=QColor("#e8eaef"),
    quiet=QColor("#a2abba"),
    accent=QColor("#8ea6ff"),
    on_accent=QColor("#0f1530"),
    chosen=QColor("#2a3560"),
    on_chosen=QColor("#dde4ff"),
    danger=QColor("#ffaba3"),
    good=QColor("#83d9a6"),
    badge=QColor(10, 11, 15, 205),
    on_badge=QColor("#ffffff"),
)

HIGH_LIGHT = Colours(
    window=QColor("#ffffff"),
    surface=QColor("#ffffff"),
    tile=QColor("#f2f2f2"),
    hover=QColor("#e0e0e0"),
    line=QColor("#000000"),
    track=QColor("#c4c4c4"),
    text=QColor("#000000"),
    quiet=QColor("#202020"),
    accent=QColor("#00008b"),
    on_accent=QColor("#ffffff"),
    chosen=QColor("#d6e4ff"),
    on_chosen=QColor("#000000"),
    danger=QColor("#8b0000"),
    good=QColor("#004d00"),
    badge=QColor("#000000"),
    on_badge=QColor("#ffffff"),
)

HIGH_DARK = Colours(
    window=QColor("#000000"),
    surface=QColor("#000000"),
    tile=QColor("#1a1a1a"),
    hover=QColor("#2e2e2e"),
    line=QColor("#ffffff"),
    track=QColor("#4d4d4d"),
    text=QColor("#ffffff"),
    quiet=QColor("#e6e6e6"),
    accent=QColor("#ffff00"),
    on_accent=QColor("#000000"),
    chosen=QColor("#003a6b"),
    on_chosen=QColor("#ffffff"),
    danger=QColor("#ff9c9c"),
    good=QColor("#7dff9c"),
    badge=QColor("#000000"),
    on_badge=QColor("#ffffff"),
)

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("text", "quiet") for ground in ("window", "surface", "tile", "hover")),
    *((text, "chosen") for text in ("text", "quiet", "on_chosen")),
    *((text, ground) for text in ("accent", "danger", "good") for ground in ("window", "surface")),
    ("good", "hover"),
    ("good", "chosen"),
    ("on_accent", "accent"),
    ("on_badge", "badge"),
)
"""Every writing and ground that meet on the screen; a test holds them to a contrast of 4.5."""


def colours(palette: QPalette) -> Colours:
    """The colours that belong to a widget's palette."""
    ground = palette.window().color()
    for named in (HIGH_LIGHT, HIGH_DARK):  # no other look is quite white or quite black
        if ground == named.window:
            return named
    return DARK if ground.lightness() < 128 else LIGHT


def palette(named: Colours) -> QPalette:
    """The same colours in Qt's roles, for the standard widgets."""
    role = QPalette.ColorRole
    made = QPalette()
    for each, colour in (
        (role.Window, named.window),
        (role.WindowText, named.text),
        (role.Base, named.surface),
        (role.AlternateBase, named.tile),
        (role.Text, named.text),
        (role.PlaceholderText, named.quiet),
        (role.Button, named.surface),
        (role.ButtonText, named.text),
        (role.BrightText, named.danger),
        (role.Highlight, named.accent),
        (role.HighlightedText, named.on_accent),
        (role.Accent, named.accent),
        (role.Link, named.accent),
        (role.LinkVisited, named.accent),
        (role.ToolTipBase, named.surface),
        (role.ToolTipText, named.text),
        (role.Light, named.surface),
        (role.Midlight, named.hover),
        (role.Mid, named.line),
        (role.Dark, named.line),
        (role.Shadow, named.line),
    ):
        made.setColor(each, colour)
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, named.quiet)
    return made


class Theme(QObject):
    """Keeps the application in the chosen appearance, and in step with the desktop if it is "system"."""

    def __init__(self, application: QApplication, appearance: Appearance = "system") -> None:
        super().__init__(application)
        self._application = application
        self._appearance: Appearance = appearance
        if sys.platform.startswith("linux"):
            application.setStyle("Fusion")
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._update)
        if hasattr(hints, "accessibility"):  # since Qt 6.10
            hints.accessibility().contrastPreferenceChanged.connect(self._update)
        self._update()

    @property
    def appearance(self) -> Appearance:
        """What was chosen."""
        return self._appearance

    def choose(self, appearance: Appearance) -> None:
        """Change it at once."""
        self._appearance = appearance
        self._update()

    def _update(self) -> None:
        hints, chosen = self._application.styleHints(), self._appearance
        follows = chosen in ("system", "contrast")
        dark = chosen == "dark" or (follows and hints.colorScheme() == Qt.ColorScheme.Dark)
        if chosen == "contrast" or (chosen == "system" and _wants_contrast(hints)):
            made = palette(HIGH_DARK if dark else HIGH_LIGHT)
        else:
            made = palette(DARK if dark else LIGHT)
        self._application.setPalette(made)
        QToolTip.setPalette(made)


def _wants_contrast(hints: QStyleHints) -> bool:
    """Whether the desktop is set to high contrast, as far as Qt can tell."""
    if not hasattr(hints, "accessibility"):
        return False
    return bool(hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast)


def leading(*, mirrored: bool) -> Qt.AlignmentFlag:
    """Where a line begins, whatever language it is in: Qt goes by its letters, and half of it would stray."""
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute


def margins(
    beginning: int, end: int, above: int = 0, below: int | None = None, *, mirrored: bool
) -> QMargins:
    """Around a row: Qt turns its widgets round from right to left, but not its margins."""
    left, right = (end, beginning) if mirrored else (beginning, end)
    return QMargins(left, above, right, above if below is None else below)


def font(base: QFont, scale: float = 1.0, weight: QFont.Weight | None = None) -> QFont:
    """The same family in another size and weight."""
    made = QFont(base)
    if base.pointSizeF() > 0:
        made.setPointSizeF(base.pointSizeF() * scale)
    else:
        made.setPixelSize(round(base.pixelSize() * scale))
    if weight is not None:
        made.setWeight(weight)
    return made


def moves(style: QStyle) -> bool:
    """Whether the person's desktop allows animation."""
    return style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0
