"""The criteria of a year: what the programme is judged by, each with a figure, a document, or «не заполнено»."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from bot.clock import Moment
from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from bot.services.enrollment.choices import checked_reason
from bot.services.network.years import running_now
from storage import audit
from storage.db import Database, Tx
from storage.network.years import usual
from storage.papers import papers
from storage.programme import criteria
from storage.programme.criteria import Figure, Kept
from storage.tables import Document, Record

_FACTS = Path(__file__).with_suffix(".toml")
RECORDS = ("plans", "diagnostics", "research", "events", "external", "practices")
DONE_ONLY = "diagnostics"  # carried out or not, and nothing else: a result would be health data of a child
FILE = "criterion"  # the kind of its documents
LARGEST = 10 * 1024 * 1024  # bytes of a document


@dataclass(frozen=True)
class Line:
    """One criterion, in the passport's words, and what stands for it."""

    number: int
    part: str  # criteria | results | efficiency
    text: str
    figures: tuple[tuple[str, Figure], ...]  # by the name of what is counted; nothing counted: left out
    criterion: str | None  # of RECORDS: what staff put down for it
    kept: tuple[Kept, ...]

    @property
    def empty(self) -> bool:
        return not self.figures and not self.kept


@dataclass(frozen=True)
class Year:
    """The criteria of one school's year."""

    school_id: int
    school: str
    year: int
    lines: tuple[Line, ...]
    director: str | None = None
    director_post: str | None = None  # as the workbook says it

    @property
    def name(self) -> str:
        return usual(self.year).name

    def of(self, part: str) -> list[Line]:
        return [one for one in self.lines if one.part == part]

    @property
    def filled(self) -> int:
        return sum(not one.empty for one in self.lines)


@cache
def facts() -> dict[str, Any]:
    """criteria.toml."""
    return tomllib.loads(_FACTS.read_text("utf-8"))


async def criteria_of(tx: Tx, year: int, by: Person, today: date, school: int = 0) -> Year:
    """Of a school this person heads, 0: the first; year 0: the running one. Refusals: not-yours, gone."""
    school_id = school_of(by, school)
    found = await papers.school(tx, school_id)
    of = year or (await running_now(tx, today)).year
    counted = await criteria.figures(tx, school_id, of)
    kept = await criteria.records(tx, [school_id], of)
    lines = []
    for number, one in enumerate(facts()["line"], 1):
        known = tuple((name, counted[name]) for name in one.get("measures", ()) if counted[name].count)
        theirs = tuple(each for each in kept if each.criterion == one.get("records"))
        lines.append(Line(number, one["part"], one["text"], known, one.get("records"), theirs))
    if found is None:
        return Year(school_id, "", of, tuple(lines))
    return Year(school_id, found.name, of, tuple(lines), found.director, found.director_post)


def school_of(by: Person, wanted: int = 0) -> int:
    """The school that is wanted, 0: the first this person heads. Refusals: not-yours; gone, of one they do not head."""
    schools = sorted(by.organizations_as("coordinator", "director"))
    if not schools:
        raise Refusal("not-yours")
    if wanted and wanted not in schools:
        raise Refusal("gone")
    return wanted or schools[0]


@dataclass(frozen=True)
class Said:
    """What somebody puts down: a line, and the name and content of a document where there is one."""

    line: str = ""
    file: tuple[str, bytes] | None = None
    school: int = 0  # of which this is, 0: the first they head


async def put_down(db: Database, criterion: str, said: Said, *, by: Person, at: Moment) -> None:
    """A line for a criterion, with a document where there is one. Of diagnostics only that it was carried out is kept.

    Refusals: not-yours, gone (another school's too), reason-needed, reason-too-long, criterion-file-too-big.
    """
    school_id, file, now = school_of(by, said.school), said.file, at.now
    require(by, "criteria.see", Thing(school_id=school_id))
    if criterion not in RECORDS:
        raise Refusal("gone")
    if file is not None and len(file[1]) > LARGEST:
        raise Refusal("criterion-file-too-big", limit=LARGEST // 2**20)
    words = "" if criterion == DONE_ONLY else checked_reason(said.line)
    async with db.write() as tx:
        year = (await running_now(tx, at.today)).year
        kept = await criteria.records(tx, [school_id], year)
        if any((one.criterion, one.line, one.document) == (criterion, words, file[0] if file else None) for one in kept):
            return  # it came twice
        document = None
        if file is not None and criterion != DONE_ONLY:
            document = Document(name=file[0], kind=FILE, content=file[1], made_at=now, made_by=by.known)
            tx.add(document)
            await tx.flush()
        row = Record(
            school_id=school_id,
            year=year,
            criterion=criterion,
            line=words,
            document_id=document.id if document is not None else None,
            made_at=now,
            made_by=by.known,
        )
        tx.add(row)
        await tx.flush()
        audit.log(tx, by.known, "criterion.kept", ("criterion", row.id), audit.Change(after={"criterion": criterion}), now=now)


async def one_record(tx: Tx, number: int, by: Person) -> Kept:
    """Refusal: gone, of another school too."""
    found = await criteria.records(tx, by.organizations_as("coordinator", "director"), number=number)
    if not found:
        raise Refusal("gone")
    return found[0]


async def document_of(tx: Tx, number: int, by: Person) -> tuple[str, bytes]:
    """The name and content of a record's document. Refusal: gone."""
    one = await one_record(tx, number, by)
    row = await tx.get(Document, one.document_id) if one.document_id is not None else None
    if row is None or not row.content:
        raise Refusal("gone")
    return row.name, row.content


async def remove(db: Database, number: int, *, by: Person, now: datetime) -> Kept:
    """A record is taken away; that there was one stays in the audit. Refusal: gone."""
    async with db.write() as tx:
        one = await one_record(tx, number, by)
        require(by, "criteria.see", Thing(school_id=one.school_id))
        row = await tx.get_one(Record, number)
        row.removed_at = now
        audit.log(tx, by.known, "criterion.removed", ("criterion", number), now=now)
        return one
