"""Takes the README's pictures of the window, with the real engine on a real index.

    python packaging/take_screenshots.py DATA_DIR [--query TEXT] [--row N] [--out FOLDER]

For example on what `sightline demo` made: DATA_DIR/demo/index. Writes light.png, dark.png and the same at
twice the pixels (light@2x.png, dark@2x.png). Needs no display.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PATIENCE_MS = 300_000
LOOKS = ("light", "dark")


def main() -> int:
    """Run one process per density, because Qt reads it once."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--query", default="a sailing boat")
    parser.add_argument("--row", type=int, default=0, help="which result is chosen")
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "screenshots")
    parser.add_argument("--density", type=int, choices=(1, 2), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.density is not None:
        return take(arguments)
    for density in (1, 2):
        environment = {**os.environ, "QT_SCALE_FACTOR": str(density), "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, __file__, *sys.argv[1:], "--density", str(density)]
        subprocess.run(command, env=environment, cwd=ROOT, check=True)
    return 0


def take(arguments: argparse.Namespace) -> int:
    """Search, wait for the last stage, choose a result, and grab the window in both looks."""
    sys.path.insert(0, str(ROOT))
    from PySide6.QtCore import QEventLoop, QLocale, QTimer
    from PySide6.QtWidgets import QApplication

    from desktop_app import engine_client
    from desktop_app.engine_client import EngineClient
    from desktop_app.search_window import SearchWindow
    from desktop_app.widgets.theme import Theme
    from indexer.paths import Paths

    application = QApplication(["sightline"])
    QLocale.setDefault(QLocale(QLocale.Language.English))
    theme = Theme(application, "light")
    paths = Paths(arguments.data_dir.absolute()).create()
    client = EngineClient(
        engine_client.command(paths, device="cpu", offline=True),
        paths.logs / "engine-output.log",
    )
    window = SearchWindow(client, paths)
    loop = QEventLoop()

    def answered(answer: object) -> None:
        if window.session.answer is not None and not window.session.query.empty and answer.final:  # type: ignore[attr-defined]
            loop.quit()

    def ready() -> None:
        if client.status is not None and client.status.state == "idle" and window.session.query.empty:
            window.search_bar.field.setText(arguments.query)

    def give_up() -> None:
        application.exit(1)
        loop.exit(1)

    window.session.answered.connect(answered)
    client.status_changed.connect(ready)
    QTimer.singleShot(PATIENCE_MS, give_up)
    window.show()
    client.start()
    failed = loop.exec()
    if not failed:
        window.grid.choose_row(arguments.row)
        window.grid.setFocus()
        arguments.out.mkdir(parents=True, exist_ok=True)
        for look in LOOKS:
            theme.choose(look)  # type: ignore[arg-type]
            pause = QEventLoop()
            QTimer.singleShot(1_500, pause.quit)
            pause.exec()
            suffix = "" if arguments.density == 1 else "@2x"
            window.grab().save(str(arguments.out / f"{look}{suffix}.png"))
    window.close()
    client.stop()
    window.thumbnails.stop()
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
