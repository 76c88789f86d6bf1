"""Data only: icons, built-in checkpoints, screenshots. Code asks for a file by `ROOT / name`."""

from pathlib import Path

ROOT = Path(__file__).parent
