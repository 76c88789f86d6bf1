import unicodedata
from pathlib import Path

import pytest
from ingest_files import corners, split
from PIL import Image, PngImagePlugin

from indexer.ingest.pictures import images
from indexer.ingest.pictures.screenshots import Evidence, is_screenshot

NAMES = [
    "Screenshot 2024-05-03 at 14.22.10",
    "Screen Shot 2019-01-02 at 03.04.05",
    "Screenshot_20240503-142210_Chrome",
    "Bildschirmfoto 2024-05-03 um 14.22.10",
    "Capture d’écran 2024-05-03 à 14.22.10",
    "Capture d'écran (12)",
    "Captura de pantalla 2024-05-03",
    "Captura de Tela 2024-05-03",
    "Captura de ecrã 2024",
    "Schermafbeelding 2024-05-03",
    "Schermata 2024-05-03",
    "Skärmavbild 2024-05-03",
    "Skjermbilde 2024-05-03",
    "Skærmbillede 2024-05-03",
    "Näyttökuva 2024-05-03",
    "Zrzut ekranu 2024-05-03",
    "Snímek obrazovky 2024-05-03",
    "Képernyőfotó 2024-05-03",
    "Ekran Görüntüsü (3)",
    "Снимок экрана 2024-05-03",
    "Знімок екрана 2024-05-03",
    "Στιγμιότυπο οθόνης 2024",
    "スクリーンショット 2024-05-03 14.22.10",
    "屏幕截图 2024-05-03 142210",
    "截屏2024-05-03",
    "螢幕截圖 2024-05-03",
    "스크린샷 2024-05-03",
    "لقطة شاشة 2024",
    "צילום מסך 2024",
    "ภาพหน้าจอ 2024",
    "Ảnh chụp màn hình 2024",
    "flameshot 2024",
    "Snipaste_2024-05-03_14-22-10",
    "20240503_14h22m10s_grim",
    "2024-05-03-142210_1920x1080_scrot",
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("name", NAMES)
def test_names_in_many_languages(name: str, form: str) -> None:
    stem = unicodedata.normalize(form, name)
    assert is_screenshot(Evidence(stem, "Pictures", "JPEG", (700, 500)))


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (Evidence("IMG_1234", "DCIM", "PNG", (1179, 2556)), True),
        (Evidence("image", "Desktop", "PNG", (1920, 1080)), True),
        (Evidence("image", "Screenshots", "PNG", (811, 402)), True),
        (Evidence("image", "x", "PNG", (811, 402), program="gnome-screenshot"), True),
        (Evidence("image", "x", "JPEG", (811, 402), marked=True), True),
        (Evidence("image", "x", "PNG", (811, 402)), False),
        (Evidence("wallpaper", "x", "JPEG", (3840, 2160)), False),
        (Evidence("IMG_1234", "DCIM", "JPEG", (4032, 3024), camera="Apple"), False),
        (Evidence("screenshot of my camera", "x", "JPEG", (4032, 3024), camera="Canon"), False),
        (Evidence("my screen", "x", "JPEG", (4032, 3024)), False),
        (Evidence("Grim Reaper", "x", "JPEG", (811, 402)), False),
        (Evidence("harbour", "x", "JPEG", (811, 402), program="Shutterstock"), False),
    ],
)
def test_the_score(evidence: Evidence, expected: bool) -> None:
    assert is_screenshot(evidence) is expected


def test_the_kind_of_a_file(tmp_path: Path) -> None:
    def kind(path: Path) -> str:
        return split(images.decode(path))[0].kind

    corners((1366, 768)).save(tmp_path / "desk.png")
    assert kind(tmp_path / "desk.png") == "screenshot"
    corners((400, 300)).save(tmp_path / "drawing.png")
    assert kind(tmp_path / "drawing.png") == "photo"
    marked = PngImagePlugin.PngInfo()
    marked.add_text("Software", "gnome-screenshot")
    corners((400, 300)).save(tmp_path / "marked.png", pnginfo=marked)
    assert kind(tmp_path / "marked.png") == "screenshot"
    exif = Image.Exif()
    exif[0x010F] = "Canon"
    corners((1920, 1080)).save(tmp_path / "photo.jpg", exif=exif)
    assert kind(tmp_path / "photo.jpg") == "photo"
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0Screenshot"
    corners((400, 300)).save(tmp_path / "phone.jpg", exif=exif)
    assert kind(tmp_path / "phone.jpg") == "screenshot"
