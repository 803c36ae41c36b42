"""What broke, kept for the makers: where, never on what; in DATA_DIR, a few and small."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from storage.disk import write

FOLDER = "crashes"
MOST = 20  # files
LONGEST = 20_000  # characters of each


def keep_crash(data_dir: Path, where: str, now: datetime) -> Path:
    """Write down where it broke, the oldest make room. OSError when DATA_DIR cannot be written to."""
    folder = data_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"{now:%Y-%m-%dT%H-%M-%S-%f}.log"
    write(file, where[:LONGEST] + "\n")
    for old in sorted(folder.glob("*.log"))[:-MOST]:
        old.unlink(missing_ok=True)
    return file
