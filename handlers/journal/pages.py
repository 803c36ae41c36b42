"""The journal's pages: a child's for the family, a group's for those who keep it; the reason of an absence; the blank form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from bot.notices.journal import MEANINGS
from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from bot.services.journal.families import comment_of, explain_absence, reason_of, sums
from bot.services.journal.form import form_of
from bot.settings import Settings
from bot.voice import Fact, Say, lines
from bot.words.journal import limited
from handlers.ui import TEXT, Button, JournalHome, Rows, back, back_to_menu, give, may, pager, show
from storage.db import Database, Tx
from storage.enrollment.enrollment import pupils_of_groups
from storage.journal import journal
from storage.journal.journal import GroupOf, Line
from storage.people import consent, people

DAYS_A_PAGE = 6
GROUPS_A_PAGE = 12
REASONS = {"sick": "reason-sick", "family": "reason-family", "other": "reason-other"}


class Home(CallbackData, prefix="journal.home"):
    """Another page of the groups."""

    page: int


class Child(CallbackData, prefix="journal.child"):
    pupil: int
    page: int = 0


class Read(CallbackData, prefix="journal.read"):
    """From a letter: the child's journal, below the letter."""

    pupil: int


class OfGroup(CallbackData, prefix="journal.group"):
    group: int
    page: int = 0  # of its days, newest first


class Form(CallbackData, prefix="journal.form"):
    group: int


class Why(CallbackData, prefix="journal.why"):
    """Why was the child not there? day: its ordinal."""

    pupil: int
    group: int
    day: int


class Because(CallbackData, prefix="journal.because"):
    pupil: int
    group: int
    day: int
    reason: str


# ── home ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def opened(event: Message | CallbackQuery, person: Person, say: Say, today: date, db: Database, settings: Settings) -> None:
    """The journals this person may open; a family with one child goes straight to it."""
    if len(person.pupils) == 1 and not _keeps(person):
        (pupil,) = person.pupils
        async with db.read() as tx:
            page = await _child_page(tx, pupil, 0, person, say, today, settings)
        await show(event, *page)
        return
    await show(event, *await _home(db, 0, person, say))


async def turned(tap: CallbackQuery, callback_data: Home, person: Person, say: Say, db: Database) -> None:
    await show(tap, *await _home(db, callback_data.page, person, say))


async def _home(db: Database, page: int, person: Person, say: Say) -> tuple[str, Rows]:
    async with db.read() as tx:
        names = await people.first_names(tx, person.pupils)
        groups = await _groups(tx, person)
    pages = max((len(groups) + GROUPS_A_PAGE - 1) // GROUPS_A_PAGE, 1)
    page = min(max(page, 0), pages - 1)
    shown = groups[page * GROUPS_A_PAGE : (page + 1) * GROUPS_A_PAGE]
    rows = [[Button(name, Child(pupil=pupil))] for pupil, name in names.items()]
    rows += [[Button(f"{_short(group.course)}, {group.code}", OfGroup(group=group.id))] for group in shown]
    rows.append(pager(say, page, pages, lambda to: Home(page=to)))
    text = say("journal-choose")
    if _keeps(person):
        text = lines([say("journal-staff"), say("journal-staff-groups") if groups else say("journal-staff-none")])
    return text, [*rows, [back_to_menu(say)]]


def _keeps(person: Person) -> bool:
    return bool(person.staff_as("teacher", "partner", "coordinator"))


async def _groups(tx: Tx, person: Person) -> list[GroupOf]:
    """The groups whose journals this person keeps or answers for."""
    if person.staff_as("coordinator"):
        return await journal.groups(tx)
    if not _keeps(person):
        return []
    return await journal.groups(tx, teachers=person.staff_as("teacher"), organizations=person.organizations_as("partner"))


def _short(text: str, longest: int = 40) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


# ── a child's ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def of_child(
    tap: CallbackQuery, callback_data: Child, person: Person, say: Say, today: date, db: Database, settings: Settings
) -> None:
    async with db.read() as tx:
        page = await _child_page(tx, callback_data.pupil, callback_data.page, person, say, today, settings)
    await show(tap, *page)


async def read(
    tap: CallbackQuery, callback_data: Read, person: Person, say: Say, today: date, db: Database, settings: Settings
) -> None:
    async with db.read() as tx:
        page = await _child_page(tx, callback_data.pupil, 0, person, say, today, settings)
    await show(tap, *page, anew=True)


async def _child_page(
    tx: Tx, pupil: int, page: int, person: Person, say: Say, today: date, settings: Settings
) -> tuple[str, Rows]:
    require(person, "journal.see", Thing(pupil_id=pupil))
    names = await people.first_names(tx, [pupil])
    if pupil not in names:
        raise Refusal("gone")
    found = await journal.lines_of_pupil(tx, pupil, since=date(settings.year(today), 9, 1))
    heading = say("journal-of", child=names[pupil])
    home = [[back(say, JournalHome())]] if len(person.pupils) > 1 or _keeps(person) else []
    if not found:
        return lines([heading, say("journal-of-empty")]), [*home, [back_to_menu(say)]]
    days = [list(some) for _, some in groupby(found, key=lambda line: (line.day, line.group_id))]
    pages = (len(days) + DAYS_A_PAGE - 1) // DAYS_A_PAGE
    page = min(max(page, 0), pages - 1)
    shown = days[page * DAYS_A_PAGE : (page + 1) * DAYS_A_PAGE]
    text = lines([heading, "\n".join(_sums(found, say)), *(_day(some, say) for some in shown)])
    rows = [*_reasons(shown, person, say), pager(say, page, pages, lambda to: Child(pupil=pupil, page=to)), *home]
    return limited(text.split("\n"), TEXT - 100), [*rows, [back_to_menu(say)]]


def _sums(found: Sequence[Line], say: Say) -> list[str]:
    said = []
    for one in sums(found)[:10]:
        facts: dict[str, Fact] = {"course": _short(one.course, 80), "missed": one.missed, "late": one.late}
        said.append(
            say("journal-sum", **facts) if one.average is None else say("journal-sum-average", **facts, average=one.average)
        )
    return said


def _day(some: Sequence[Line], say: Say) -> str:
    first = some[0]
    said = [say("journal-day", day=first.day, course=_short(first.course, 80))]
    said.append(say("journal-day-entries", entries=[entry_words(line, say) for line in some]))
    for topic in dict.fromkeys(line.topic for line in some if line.topic):
        said.append(say("journal-day-topic", topic=_short(topic, 120)))
    for homework in dict.fromkeys(line.homework for line in some if line.homework):
        said.append(say("journal-day-homework", homework=_short(homework, 200)))
    for comment in dict.fromkeys(comment_of(line.comment) for line in some):
        if comment:
            said.append(say("journal-day-comment", comment=_short(comment, 200)))
    return "\n".join(said)


def entry_words(line: Line, say: Say) -> str:
    """«5 (контрольная)», «отсутствие»; plain text, to be a fact of a sentence."""
    if line.kind == "mark":
        return f"{line.value} ({_short(line.work)})" if line.work else line.value
    return say.plain(MEANINGS[line.value])


def _reasons(shown: Sequence[Sequence[Line]], person: Person, say: Say) -> list[list[Button]]:
    """A button for each absence of the page that nobody has explained yet, newest first: for guardians."""
    rows: list[list[Button]] = []
    for some in shown:
        first = some[0]
        open_ = any(line.kind == "attendance" and line.value == "absent" and not reason_of(line.comment) for line in some)
        if open_ and first.pupil_id in person.children and len(rows) < 3:
            to = Why(pupil=first.pupil_id, group=first.group_id, day=first.day.toordinal())
            rows.append([Button(say.plain("button-why-day", day=first.day), to)])
    return rows


# ── the reason of an absence ────────────────────────────────────────────────────────────────────────────────────────


async def asked_why(tap: CallbackQuery, callback_data: Why, person: Person, say: Say, db: Database) -> None:
    at = callback_data
    require(person, "journal.explain", Thing(pupil_id=at.pupil))
    async with db.read() as tx:
        missed = await journal.absences(tx, at.pupil, at.group, _date(at.day))
        names = await people.first_names(tx, [at.pupil])
        groups = await journal.groups(tx, group_id=at.group)
    if not missed:
        raise Refusal("absence-gone")
    rows = [
        [Button(say.plain(key), Because(pupil=at.pupil, group=at.group, day=at.day, reason=reason))]
        for reason, key in REASONS.items()
    ]
    course = groups[0].course if groups else ""
    text = say("absence-why", child=names.get(at.pupil, ""), day=_date(at.day), course=course)
    await show(tap, text, [*rows, [back_to_menu(say)]], anew=True)


async def explained(tap: CallbackQuery, callback_data: Because, person: Person, say: Say, now: datetime, db: Database) -> None:
    at = callback_data
    await explain_absence(db, at.pupil, at.group, _date(at.day), at.reason, by=person, now=now)
    text = say("absence-noted", reason=say.plain(REASONS[at.reason]).lower())
    await show(tap, text, [[Button(say.plain("button-journal"), Child(pupil=at.pupil))], [back_to_menu(say)]])


def _date(ordinal: int) -> date:
    """The day a button names; what no calendar has is gone."""
    try:
        return date.fromordinal(ordinal)
    except (ValueError, OverflowError):
        raise Refusal("gone") from None


# ── a group's ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def of_group(
    tap: CallbackQuery, callback_data: OfGroup, person: Person, say: Say, today: date, db: Database, settings: Settings
) -> None:
    async with db.read() as tx:
        group = await _group(tx, callback_data.group, person)
        days = await journal.days_of_group(tx, group.id, since=date(settings.year(today), 9, 1))
        page = min(max(callback_data.page, 0), max(len(days) - 1, 0))
        schools = person.organizations_as("coordinator")
        found = await journal.lines_of_day(tx, group.id, days[page], schools=schools) if days else []
    heading = say("journal-group", course=_short(group.course, 80), group=group.code)
    said = _group_day(found, say) if found else [say("journal-group-empty")]
    rows = [
        [Button(say.plain("button-journal-form"), Form(group=group.id))],
        pager(say, page, len(days), lambda to: OfGroup(group=group.id, page=to)),
        [back(say, JournalHome()), back_to_menu(say)],
    ]
    await show(tap, limited([heading, "", *said], TEXT - 100), rows)


def _group_day(found: Sequence[Line], say: Say) -> list[str]:
    said = [say("journal-group-day", day=found[0].day)]
    said += [
        say("journal-group-topic", topic=_short(topic, 120)) for topic in dict.fromkeys(line.topic for line in found) if topic
    ]
    said.append("")
    for _, some in groupby(found, key=lambda line: line.pupil_id):
        entries = list(some)
        words = [_with_reason(line, say) for line in entries]
        said.append(say("journal-group-line", pupil=_short(entries[0].pupil, 60), entries=words))
    return said


def _with_reason(line: Line, say: Say) -> str:
    reason = reason_of(line.comment)
    words = entry_words(line, say)
    if reason not in REASONS:
        return words
    return say.plain("journal-family-says", meaning=words, reason=say.plain(REASONS[reason]).lower())


async def _group(tx: Tx, group_id: int, person: Person) -> GroupOf:
    found = await journal.groups(tx, group_id=group_id)
    thing = Thing(teacher_id=found[0].teacher_id, organization_id=found[0].organization_id) if found else Thing()
    require(person, "journal.enter", thing)
    if not found:
        raise Refusal("gone")
    return found[0]


async def formed(tap: CallbackQuery, callback_data: Form, person: Person, say: Say, today: date, db: Database) -> None:
    """The blank form: today's lesson with the group's pupils in it."""
    async with db.read() as tx:
        group = await _group(tx, callback_data.group, person)
        members = set((await pupils_of_groups(tx, [group.id])).get(group.id, ()))
        schools = person.organizations_as("coordinator")
        unnamed = await consent.unnamed(tx, members, group.organization_id, schools=schools)
        pupils = [pupil.by_code if pupil.id in unnamed else pupil for pupil in await journal.pupils(tx) if pupil.id in members]
    if not pupils:
        raise Refusal("journal-form-empty")
    name = say.plain("journal-form-name", group=group.code.replace("/", "-"), day=today.isoformat())
    await give(tap, name, form_of(group, pupils, today), say("journal-form-caption"), [[back(say, JournalHome())]])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="journal")
    router.message.register(opened, Command("journal"), flags=may("journal.open"))
    router.callback_query.register(opened, JournalHome.filter(), flags=may("journal.open"))
    router.callback_query.register(turned, Home.filter(), flags=may("journal.open"))
    router.callback_query.register(of_child, Child.filter(), flags=may("journal.see"))
    router.callback_query.register(read, Read.filter(), flags=may("journal.see"))
    router.callback_query.register(asked_why, Why.filter(), flags=may("journal.explain"))
    router.callback_query.register(explained, Because.filter(), flags=may("journal.explain"))
    router.callback_query.register(of_group, OfGroup.filter(), flags=may("journal.enter"))
    router.callback_query.register(formed, Form.filter(), flags=may("journal.enter"))
    return router
