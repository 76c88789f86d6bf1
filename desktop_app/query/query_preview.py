"""`python -m desktop_app.query.query_preview PICTURE OUT EDGE`: a tiny PNG of a picture that was dropped.

A process of its own, because a picture from outside is not trusted with the window's life. Formats that Qt
does not know give exit code 1, and the chip then shows a symbol; the engine may still know them.
"""

import sys

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImageReader


def main(picture: str, out: str, edge: int) -> int:
    """Write `out`, at most `edge` pixels long and wide. 0, or 1 if the picture cannot be read."""
    reader = QImageReader(picture)
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > edge:
        reader.setScaledSize(size.scaled(QSize(edge, edge), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return 1
    return 0 if image.save(out) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
