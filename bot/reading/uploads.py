"""Tables that strangers send: XLSX, ODS, XLS, CSV and web pages named .xls, checked and read in a child process with limits of memory and time."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import python_calamine

from bot.reading.cell import Broken, Cell, Number
from bot.refusals import Refusal
from bot.turn import elsewhere

__all__ = ["LIMITS", "Cell", "Limits", "Sheet", "letter", "read_sheets", "sheets_of"]

_MB = 1024 * 1024
_CHILD = Path(__file__).parent / "child" / "main.py"
_ROOT = Path(__file__).parents[2]
_SITE = Path(python_calamine.__file__).parent.parent
# Two at a time, in threads of their own: a flood of uploads waits here and not where the database waits.
_READERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="uploads")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a stranger's table may take. Sizes in bytes; `memory` beyond what an idle interpreter holds; `seconds` of processor time."""

    upload: int = 10 * _MB
    unpacked: int = 20 * _MB
    ratio: int = 100
    rows: int = 50_000
    columns: int = 200
    sheets: int = 40
    memory: int = 256 * _MB
    seconds: int = 2


LIMITS = Limits()
# No token and no address of a database for whoever breaks out of the reader; a Python built by hand may need its libraries' path.
_ENV = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `rows[0]` is row 1 of the file, `rows[0][0]` its column A. A row ends with its last filled cell.

    `merges`: what merged cells cover, as first row and column, last row and column, from 1; the value stands in the first.
    `hidden`: whoever opens the file does not see it.
    """

    name: str
    rows: list[list[Cell]]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False


async def read_sheets(data: bytes, name: str, *, limits: Limits = LIMITS) -> list[Sheet]:
    """The sheets of an uploaded file, by its content; Refusal says what is wrong and what to do.

    A CSV is one sheet named like the file; so is the first table of a web page that calls itself `.xls`, others have numbers.
    """
    with elsewhere():  # the reader has limits of its own
        return await asyncio.get_running_loop().run_in_executor(_READERS, lambda: sheets_of(data, name, limits=limits))


def sheets_of(data: bytes, name: str, *, limits: Limits = LIMITS) -> list[Sheet]:
    """The same for the command line, which has nothing else to do meanwhile."""
    if not data:
        raise Refusal("upload-empty", file=name)
    if len(data) > limits.upload:
        raise Refusal("upload-too-big", file=name, limit=limits.upload // _MB)
    other = next((word for first, word in _BEGINS.items() if data.startswith(first)), None)
    found: dict[str, Any] = _in_a_child(data, name, limits) if other is None else {"refused": other}
    if "refused" in found:
        raise _refusal(found, name, limits, data)
    sheets = [
        Sheet(title, [[_cell(cell) for cell in row] for row in rows], tuple((a, b, c, d) for a, b, c, d in merges), hidden)
        for title, rows, merges, hidden in found["sheets"]
    ]
    if [sheet.name for sheet in sheets] == ["\x00"] and not name.lower().endswith((".csv", ".txt", ".tsv")):
        raise Refusal("upload-plain-text", file=name)
    return [replace(sheet, name=sheet.name.strip("\x00") or Path(name).stem) for sheet in sheets]


@cache
def letter(column: int) -> str:
    """1 → A, 28 → AB: the column as Excel shows it."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _in_a_child(data: bytes, name: str, limits: Limits) -> dict[str, Any]:
    command = [sys.executable, "-I", "-S", "-B", str(_CHILD), str(_ROOT), str(_SITE), orjson.dumps(asdict(limits)).decode()]
    try:
        # The child is held to processor time; by the wall it may take longer, or a busy machine would refuse good files.
        ran = subprocess.run(  # noqa: S603 - our own interpreter and script; the stranger's bytes go to its stdin
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds * 5,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refusal("upload-too-heavy", file=name) from None
    if ran.returncode != 0:  # killed by a limit, or the reader aborted for want of memory
        raise Refusal("upload-too-heavy", file=name)
    answer: dict[str, Any] = orjson.loads(ran.stdout)
    return answer


_REFUSED = {
    "encrypted": "upload-encrypted",
    "old": "upload-old-excel",
    "cp866": "upload-letters-of-dos",
    "koi8": "upload-letters-of-unix",
    "other": "upload-other-spreadsheet",
    "page": "upload-web-page",
    "unknown": "upload-not-a-table",
    "heavy": "upload-too-heavy",
    "pdf": "upload-pdf",
    "picture": "upload-picture",
    "word": "upload-word",
    "numbers": "upload-numbers",
    "slides": "upload-slides",
    "archive": "upload-archive",
}


_BEGINS = {  # no tables, but people send them: they read what to do with each
    b"%PDF": "pdf",
    b"\xff\xd8\xff": "picture",
    b"\x89PNG": "picture",
    b"GIF8": "picture",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
}
_HOLDS = {  # names within an archive, or an old document, as they lie there
    b"word/document.xml": "word",
    "WordDocument".encode("utf-16-le"): "word",
    b"{\\rtf": "word",
    b"Index/Document.iwa": "numbers",
    b"ftypheic": "picture",
    b"ppt/presentation.xml": "slides",
    b".xlsx": "archive",
    b".csv": "archive",
}
_UNREAD = frozenset({"other", "unknown", "old", "damaged"})


def _refusal(found: dict[str, Any], name: str, limits: Limits, data: bytes) -> Refusal:
    refused = found["refused"]
    if refused in _UNREAD:
        refused = next((word for inner, word in _HOLDS.items() if inner in data), refused)
    match refused:
        case "bomb":
            return Refusal("upload-unpacks-too-much", file=name, limit=limits.unpacked // _MB)
        case "rows":
            return Refusal("upload-too-many-rows", file=name, limit=limits.rows, found=found["found"])
        case "columns":
            return Refusal("upload-too-many-columns", file=name, limit=limits.columns, found=found["found"])
        case "sheets":
            return Refusal("upload-too-many-sheets", file=name, limit=limits.sheets)
        case word:
            return Refusal(_REFUSED.get(word, "upload-damaged"), file=name)


def _cell(cell: Any) -> Cell:
    if type(cell) is not dict:
        plain: Cell = cell
        return plain
    ((kind, said),) = cell.items()
    match kind:
        case "e":
            return Broken(said)
        case "f":
            return Broken("=")
        case "n":
            return Number.of(*said)
        case "m":
            return Number.of(said, since_1904=True)
        case "dt":
            return datetime.fromisoformat(said)
        case "d":
            return date.fromisoformat(said)
        case _:
            return time.fromisoformat(said)
