"""A file that is made before the work that fills it, and is gone again when the work fails."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


class NotMade(Exception):  # noqa: N818 - an answer, not an error
    """The file cannot be made; the message is one line for a person."""


@contextmanager
def new_file(file: Path) -> Iterator[BinaryIO]:
    """A new file only its owner may read; one that is there is left alone (NotMade)."""
    try:
        made = os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    except FileExistsError:
        raise NotMade(f"{file} exists already: choose another name, nothing is overwritten") from None
    except OSError as error:
        raise NotMade(f"{file}: {error.strerror}") from None
    try:
        with made:
            yield made
    except BaseException:
        file.unlink(missing_ok=True)
        raise
