"""A child's journal for the family: narrowed to a course or a month; the reason of an absence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.clock import day_numbered
from bot.paging import in_rows, page_of
from bot.policy import Thing, require
from bot.refusals import Refusal
from bot.services.journal.families import Absence, explain_absence, reason_of
from bot.services.network.years import this_year
from bot.targets import JournalHome, JournalOf, PastJournal, PastYear, SummaryOf, WhyAbsent, WriteAbout
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Rows, Visit
from bot.voice import lines
from bot.words.entries import REASONS, day_of_child, short, sums_lines
from bot.words.journal import empty_journal, limited
from bot.words.narrowed import course_of, months_of, narrowed, narrowed_to
from handlers.door import may, opens
from storage.db import Tx
from storage.journal import homework, journal
from storage.journal.journal import Line
from storage.network.years import usual
from storage.people import people

DAYS_A_PAGE = 6


class Child(AlsoOld, CallbackData, prefix="journal.child"):
    pupil: int
    page: int = 0
    year: int = 0
    group: int = 0  # of the course it is narrowed to; 0: all
    month: int = 0  # year × 12 + month − 1; 0: all


class Narrow(CallbackData, prefix="journal.narrow"):
    """Which course, or which month: the rest of how it is narrowed stays."""

    pupil: int
    year: int
    group: int
    month: int
    by: str  # course | month


class Because(CallbackData, prefix="journal.because"):
    pupil: int
    group: int
    day: int
    reason: str


async def of_child(visit: Visit, at: Child) -> None:
    async with visit.db.read() as tx:
        page = await child_page(visit, tx, at)
    await visit.show(*page)


async def read(visit: Visit, at: JournalOf) -> None:
    async with visit.db.read() as tx:
        page = await child_page(visit, tx, Child(pupil=at.pupil))
    await visit.show(*page, anew=visit.at_letter)


async def year_of(visit: Visit, tx: Tx, meant: int) -> int:
    """The academic year a button means; 0 is the running one."""
    return meant or await this_year(tx, visit.today)


def reads(visit: Visit) -> bool:
    """Whether they have groups' journals to read besides their children's."""
    return bool(visit.person.staff_as("teacher", "partner", "coordinator", "director"))


async def child_page(visit: Visit, tx: Tx, at: Child) -> tuple[str, Rows]:
    """A child's journal of a year, newest day first; its sums are of what is shown."""
    name, every = await _journal(visit, tx, at.pupil, at.year)
    heading = visit.say("journal-of", child=name)
    several = len(visit.person.pupils) > 1 or reads(visit)
    home = [[visit.back(JournalHome())]] if several else []
    if at.year:
        heading = visit.say("journal-of-past", child=name, year=usual(at.year).name)
        home = [[visit.back(PastJournal(at.year) if several else PastYear(at.year))]]
    if not every:
        nothing = empty_journal(visit.say, past=bool(at.year), own=at.pupil in visit.person.own)
        write = [] if at.year else [[visit.button("button-write-teacher", WriteAbout("journal", at.pupil))]]
        return lines([heading, nothing]), [*write, *home, [visit.menu]]
    found = narrowed(every, at.group, at.month)
    days = [list(some) for _, some in groupby(found, key=lambda line: (line.day, line.group_id))]
    here = page_of(days, at.page, DAYS_A_PAGE)
    shown = [day_of_child(some, visit.say) for some in here.some] or [visit.say("journal-narrow-empty")]
    text = lines([heading, narrowed_to(visit.say, every, at.group, at.month), "\n".join(sums_lines(found, visit.say)), *shown])
    pager = visit.pager(here.number, here.of, lambda to: at.model_copy(update={"page": to}))
    week = [] if at.year else _ways_on(visit, at)
    reasons = [] if at.year else _reasons(visit, here.some)
    return limited(text.split("\n")), [*reasons, pager, _narrowing(visit, every, at), *week, *home, [visit.menu]]


def _ways_on(visit: Visit, at: Child) -> list[list[Button]]:
    """The week as a picture, and a word to who teaches: of the course it is narrowed to, else of which is chosen."""
    about = WriteAbout("group", at.group) if at.group else WriteAbout("journal", at.pupil)
    return [[visit.button("button-summary", SummaryOf(at.pupil))], [visit.button("button-write-teacher", about)]]


async def _journal(visit: Visit, tx: Tx, pupil: int, year: int) -> tuple[str, list[Line]]:
    """The child's first name, and everything of the year: entries, and the homework of lessons without any."""
    require(visit.person, "journal.see", Thing(pupil_id=pupil))
    names = await people.first_names(tx, [pupil])
    if pupil not in names:
        raise Refusal("gone")
    of = await year_of(visit, tx, year)
    found = await journal.lines_of_pupil(tx, pupil, year=of)
    told = {(line.group_id, line.day, line.lesson) for line in found}
    more = [line for line in await homework.lines_of_pupil(tx, pupil, of) if (line.group_id, line.day, line.lesson) not in told]
    return names[pupil], sorted(
        [*found, *more], key=lambda line: (-line.day.toordinal(), line.course, line.group_id, line.lesson)
    )


# ── by course and month ─────────────────────────────────────────────────────────────────────────────────────────────


def _narrowing(visit: Visit, every: Sequence[Line], at: Child) -> list[Button]:
    """The ways to see less: only where there is a choice."""
    to = {"pupil": at.pupil, "year": at.year, "group": at.group, "month": at.month}
    row = []
    if len({line.course for line in every}) > 1:
        row.append(visit.button("button-by-course", Narrow(**to, by="course")))
    if len(months_of(every)) > 1:
        row.append(visit.button("button-by-month", Narrow(**to, by="month")))
    return row


async def narrow(visit: Visit, at: Narrow) -> None:
    async with visit.db.read() as tx:
        name, every = await _journal(visit, tx, at.pupil, at.year)
    here = Child(pupil=at.pupil, year=at.year, group=at.group, month=at.month)

    def way(label: str, *, now: bool, **to: int) -> Button:
        return visit.chosen(label, here.model_copy(update=to), now=now)

    if at.by == "course":
        chosen = course_of(every, at.group)
        first = {line.course: line.group_id for line in every}
        rows = [[way(visit.say.plain("journal-every-course"), now=chosen is None, group=0)]]
        rows += [[way(short(course, 34), now=course == chosen, group=first[course])] for course in sorted(first)]
    else:
        rows = [[way(visit.say.plain("journal-every-month"), now=not at.month, month=0)]]
        named = [(visit.say.plain("journal-month", month=first), number) for number, first in months_of(every)]
        rows += in_rows([way(month, now=number == at.month, month=number) for month, number in named], 2)
    text = visit.say("journal-by-course", child=name) if at.by == "course" else visit.say("journal-by-month", child=name)
    await visit.show(text, [*rows, visit.ways_back(here)])


def _reasons(visit: Visit, shown: Sequence[Sequence[Line]]) -> list[list[Button]]:
    """A button for each absence of the page that nobody has explained yet, newest first: for guardians."""
    rows: list[list[Button]] = []
    for some in shown:
        first = some[0]
        open_ = any(line.kind == "attendance" and line.value == "absent" and not reason_of(line.comment) for line in some)
        if open_ and first.pupil_id in visit.person.children and len(rows) < 3:
            to = WhyAbsent(pupil=first.pupil_id, group=first.group_id, day=first.day.toordinal())
            rows.append([visit.button("button-why-day", to, day=first.day)])
    return rows


# ── the reason of an absence ────────────────────────────────────────────────────────────────────────────────────────


async def asked_why(visit: Visit, at: WhyAbsent) -> None:
    require(visit.person, "journal.explain", Thing(pupil_id=at.pupil))
    async with visit.db.read() as tx:
        missed = await journal.absences(tx, at.pupil, at.group, day_of(at.day))
        names = await people.first_names(tx, [at.pupil])
        groups = await journal.groups(tx, group_id=at.group)
    if not missed:
        raise Refusal("absence-gone")
    rows = [
        [visit.button(key, Because(pupil=at.pupil, group=at.group, day=at.day, reason=reason))] for reason, key in REASONS.items()
    ]
    course = groups[0].course if groups else ""
    text = visit.say("absence-why", child=names.get(at.pupil, ""), day=day_of(at.day), course=course)
    await visit.show(text, [*rows, [visit.menu]], anew=True)


async def explained(visit: Visit, at: Because) -> None:
    absence = Absence(at.pupil, at.group, day_of(at.day))
    await explain_absence(visit.db, absence, at.reason, by=visit.person, now=visit.now)
    text = visit.say("absence-noted", reason=visit.say.plain(REASONS[at.reason]).lower())
    await visit.show(text, [[visit.button("button-journal", Child(pupil=at.pupil))], [visit.menu]])


def day_of(ordinal: int) -> date:
    """The day a button names; what is no day of our age is gone."""
    if (day := day_numbered(ordinal)) is None:
        raise Refusal("gone")
    return day


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="journal of a child")
    router.callback_query.register(of_child, Child.filter(), flags=may("journal.see"))
    router.callback_query.register(narrow, Narrow.filter(), flags=may("journal.see"))
    router.callback_query.register(read, opens(JournalOf), flags=may("journal.see"))
    router.callback_query.register(asked_why, opens(WhyAbsent), flags=may("journal.explain"))
    router.callback_query.register(explained, Because.filter(), flags=may("journal.explain"))
    return router
