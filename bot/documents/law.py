"""The law the papers cite: dated entries of law.toml, or of the school's own."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bot.cells import clean
from bot.refusals import Refusal

DEFAULT = Path(__file__).with_name("law.toml")


class Act(NamedTuple):
    """A legal act as a paper cites it: in full, and where there is little room."""

    name: str
    short: str


def law(on: date, own: Path | None = None) -> dict[str, Act]:
    """By subject (education, network, programmes, …) the act to cite on that day: the newest that is not of the future.

    `own` is the folder of the school's templates. Refusal: template-broken, for a law.toml that cannot be read.
    """
    acts = _dated(DEFAULT)
    if own is not None and (own / DEFAULT.name).is_file():
        theirs = _dated(own / DEFAULT.name)
        said = {about for _, about, _ in theirs}
        acts = sorted([*theirs, *(each for each in acts if each[1] not in said)])
    return {about: act for since, about, act in acts if since <= on}


def _dated(file: Path) -> list[tuple[date, str, Act]]:
    try:
        acts = tomllib.loads(file.read_text("utf-8"))["act"]
        return sorted((_day(act["since"]), str(act["about"]), _act(act)) for act in acts)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise Refusal("template-broken", file=file.name, why=str(error)[:80]) from None


def _act(entry: dict[str, object]) -> Act:
    name = clean(str(entry["name"]))
    return Act(name, clean(str(entry.get("short", name))))


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise ValueError(f"since = {value!r}")
    return value
