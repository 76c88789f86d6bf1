"""Whether a picture is a screenshot: a score from its name, its size and what wrote it."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_THRESHOLD: Final = 3
"""Name and no camera; or PNG, display size and no camera; or a screenshot program's own mark. Two would
make a screenshot of every PNG without a camera, so of every drawing, scan and logo."""

_NAMES: Final = re.compile(
    "|".join(
        (
            r"screen[ _-]?shots?",
            r"screen[ _-]?(capture|grab|clip)",
            r"captura (de|da) (pantalla|tela|ecr[aã])",
            r"captura_de_(pantalla|tela)",
            r"capture d.[eé]cran",
            r"bildschirm(foto|ausschnitt|abbild)",
            r"scherm(afbeelding|afdruk|opname)",
            r"schermata|istantanea schermo|cattura (di )?scherm",
            r"sk[aä]rm(avbild|bild|dump|klipp)",
            r"skjerm(bilde|dump)|sk[aæ]rm(billede|dump)",
            r"n[aä]ytt[oö](kuva|kaappaus)|kuvakaappaus|ruutukaappaus",
            r"zrzut[ _]ekranu",
            r"sn[ií]m(ek|ka) obrazovky",
            r"k[eé]perny[oő](fot[oó]|k[eé]p|felv[eé]tel)",
            r"captur[aă] de ecran",
            r"ekran (resmi|g[oö]r[uü]nt[uü]s[uü]|al[iı]nt[iı]s[iı]|foto[gğ]raf[iı])",
            r"снимок экрана|скриншот|знімок екрана|екранна снимка",
            r"στιγμι[οό]τυπο",
            r"スクリーンショット|画面キャプチャ",
            r"屏幕(截图|截圖|快照)|螢幕(截圖|快照|擷取畫面)|截屏|截图|截圖|擷取",
            r"스크린샷|화면 ?캡처",
            r"لقطة (شاشة|الشاشة)",
            r"צילום מסך",
            r"ภาพหน้าจอ|ภาพถ่ายหน้าจอ|สกรีนช็อต",
            r"ảnh (chụp )?màn hình",
            r"tangkapan (layar|skrin)|cuplikan layar",
            r"स्क्रीनशॉट",
            r"^(snipaste|greenshot|sharex|flameshot|lightshot|gyazo|cleanshot|ksnip|snagit)(?![^\W_])",
            r"_(grim|scrot)(?![^\W_])",
        )
    )
)
_PROGRAMS: Final = re.compile(
    r"screenshot|spectacle|flameshot|greenshot|sharex|snagit|ksnip|\bshutter\b|lightshot|cleanshot|snipping"
)
_FOLDERS: Final = re.compile(
    r"^(screen ?shots?|bildschirmfotos|capturas de pantalla|captures d.écran|截图|屏幕截图)$"
)

# fmt: off
_DISPLAYS: Final = frozenset((
    # monitors and laptops
    (800, 600), (1024, 768), (1152, 864), (1280, 720), (1280, 768), (1280, 800), (1280, 960), (1280, 1024),
    (1360, 768), (1366, 768), (1440, 900), (1440, 960), (1470, 956), (1512, 982), (1600, 900), (1600, 1200),
    (1680, 1050), (1710, 1112), (1728, 1117), (1792, 1120), (1920, 1080), (1920, 1200), (1920, 1280),
    (2048, 1152), (2160, 1440), (2240, 1400), (2256, 1504), (2304, 1440), (2496, 1664), (2560, 1080),
    (2560, 1440), (2560, 1600), (2736, 1824), (2880, 1620), (2880, 1800), (2880, 1864), (2880, 1920),
    (2940, 1912), (3000, 2000), (3024, 1964), (3072, 1920), (3120, 2080), (3200, 1800), (3240, 2160),
    (3420, 2224), (3440, 1440), (3456, 2234), (3840, 1080), (3840, 1600), (3840, 2160), (3840, 2400),
    (4096, 2304), (4480, 2520), (4500, 3000), (5120, 1440), (5120, 2160), (5120, 2880), (6016, 3384),
    # phones and tablets, upright
    (640, 1136), (720, 1280), (720, 1520), (720, 1560), (720, 1600), (720, 1612), (750, 1334), (828, 1792),
    (1080, 1920), (1080, 2160), (1080, 2220), (1080, 2240), (1080, 2280), (1080, 2310), (1080, 2316),
    (1080, 2340), (1080, 2376), (1080, 2400), (1080, 2408), (1080, 2424), (1080, 2460), (1125, 2436),
    (1170, 2532), (1179, 2556), (1206, 2622), (1242, 2208), (1242, 2688), (1260, 2736), (1260, 2800),
    (1264, 2780), (1280, 2856), (1284, 2778), (1290, 2796), (1320, 2868), (1344, 2992), (1440, 2560),
    (1440, 2880), (1440, 2960), (1440, 3040), (1440, 3088), (1440, 3120), (1440, 3168), (1440, 3200),
    (1440, 3216), (1488, 2266), (1536, 2048), (1600, 2560), (1620, 2160), (1640, 2360), (1668, 2224),
    (1668, 2388), (1668, 2420), (1752, 2800), (1848, 2960), (2048, 2732), (2064, 2752),
))
# fmt: on


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a picture without looking at it.

    Attributes:
        stem, folder: its name without extension, and the name of the folder it lies in.
        size: width and height in pixels, upright.
        camera: its name, "" if none is recorded.
        program: what wrote it (EXIF or PNG `Software`).
        marked: its metadata, or the system, says that it is a picture of a screen.
    """

    stem: str
    folder: str
    format: str
    size: tuple[int, int]
    camera: str = ""
    program: str = ""
    marked: bool = False


def is_screenshot(evidence: Evidence) -> bool:
    """Whether this is a picture of a screen rather than a photo or drawing."""
    width, height = evidence.size
    score = 0
    score += 2 * is_named_like_one(evidence.stem)
    score += evidence.format == "PNG"
    score += (width, height) in _DISPLAYS or (height, width) in _DISPLAYS
    score += 3 * bool(_PROGRAMS.search(evidence.program.lower()))
    score += 3 * evidence.marked
    score += bool(_FOLDERS.fullmatch(_folded(evidence.folder)))
    score += -3 if evidence.camera else 1
    return score >= _THRESHOLD


def is_named_like_one(stem: str) -> bool:
    """Whether a name without its extension is one that programs give to screenshots."""
    return bool(_NAMES.search(_folded(stem)))


def _folded(name: str) -> str:
    # macOS hands out names in decomposed form
    return unicodedata.normalize("NFC", name).casefold()
