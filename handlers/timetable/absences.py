"""«Не придём»: a family announces an absence by a button or in a sentence, sees what it has announced, takes it back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.refusals import Refusal
from bot.services.timetable.absences.announcing import (
    Wanted,
    announce,
    days_ahead,
    lesson_meant,
    look,
    said_of,
    take_back,
    unsaid,
)
from bot.services.timetable.absences.said import Said as Sentence
from bot.services.timetable.absences.said import read_absence, speaks_of_absence
from bot.services.timetable.typed_days import Period
from bot.services.timetable.views.week import day_of
from bot.targets import AbsenceOn, Timetable
from bot.visit import Button, Rows, Visit
from bot.voice import lines
from bot.words import absences as words
from bot.words.week import label
from handlers.door import TYPED, UNASKED, may, opens
from storage.people import people
from storage.timetable.timetable import Stood

SHOWN = 6  # of what was announced, each with its button


class Absent(CallbackData, prefix="absent"):
    """Announce it."""

    pupils: str  # their numbers, a dot between; empty: all of the family
    first: int  # ordinals of days
    last: int
    lesson: int = 0  # 0: every lesson of these days


class LookAbsent(Absent, CallbackData, prefix="absent.look"):
    """Look at it first."""


class AbsenceBack(CallbackData, prefix="absent.back"):
    absence: int
    day: int  # the page it stands on


class AbsenceDays(CallbackData, prefix="absent.days"):
    day: int


def _wanted(visit: Visit, at: Absent) -> Wanted:
    pupils = tuple(int(each) for each in at.pupils.split(".") if each.isdigit()) or tuple(sorted(visit.person.children))
    days = Period(day_of(at.first, visit.today), day_of(at.last, visit.today))
    return Wanted(pupils, days, at.lesson or None)


def _packed(visit: Visit, pupils: Collection[int]) -> str:
    """As a button has room for them."""
    return "" if frozenset(pupils) == visit.person.children else ".".join(str(each) for each in sorted(pupils))


# ── a day ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def opened(visit: Visit, at: AbsenceOn) -> None:
    await _show(visit, day_of(at.day, visit.today) if at.day else visit.today, anew=visit.at_letter)


async def _show(visit: Visit, day: date, above: str = "", *, anew: bool = False) -> None:
    """What can be announced of a day, and what has been of it and later ones."""
    async with visit.db.read() as tx:
        names = await people.first_names(tx, visit.person.children)
        open_ = await unsaid(tx, visit.person.children, day, visit.moment)
        said = await said_of(tx, visit.person.children, visit.today, visit.zone)
    rows = [row for pupil in names for row in _of_child(visit, pupil, names, open_.get(pupil, []), day)]
    nothing = visit.say("absence-day-none", said="yes" if said else "no")
    asks = visit.say("absence-day-choose") if rows else nothing
    back = [
        [Button(words.back_label(one, names.get(one.pupil_id, ""), visit.say), AbsenceBack(absence=one.id, day=day.toordinal()))]
        for one in said[:SHOWN]
    ]
    days = [visit.button("button-absence-days", AbsenceDays(day=day.toordinal()))]
    title = "\n".join([visit.say("absence-day", day=day), asks])
    text = lines([above, title, words.said_already(said[:SHOWN], names, visit.say)])
    await visit.show(text, [*rows, *back, days, visit.ways_back(Timetable())], anew=anew)


def _of_child(visit: Visit, pupil: int, names: dict[int, str], lessons: list[Stood], day: date) -> list[list[Button]]:
    who = names[pupil] if len(names) > 1 else "none"
    on = day.toordinal()
    rows = [
        [
            visit.button(
                "button-absence-lesson",
                Absent(pupils=str(pupil), first=on, last=on, lesson=one.id),
                who=who,
                at=one.starts_at,
                course=label(one.course),
            )
        ]
        for one in lessons
    ]
    if len(lessons) > 1:
        rows.append([visit.button("button-absence-all-day", Absent(pupils=str(pupil), first=on, last=on), who=who)])
    return rows


async def how(visit: Visit, at: AbsenceDays) -> None:
    """Several days are written, in the words one would say."""
    async with visit.db.read() as tx:
        names = await people.first_names(tx, visit.person.children)
    child = next(iter(names.values()), "")
    await visit.show(visit.say("absence-days", child=child), [visit.ways_back(AbsenceOn(at.day))])


# ── announcing and taking back ──────────────────────────────────────────────────────────────────────────────────────


async def announced(visit: Visit, at: Absent) -> None:
    wanted = _wanted(visit, at)
    await announce(visit.db, wanted, by=visit.person, at=visit.moment)
    await _show(visit, max(wanted.days.first, visit.today), visit.say("absence-done"))


async def taken_back(visit: Visit, at: AbsenceBack) -> None:
    row = await take_back(visit.db, at.absence, by=visit.person, at=visit.moment)
    async with visit.db.read() as tx:
        names = await people.first_names(tx, [row.pupil_id])
    await _show(visit, day_of(at.day, visit.today), visit.say("absence-taken-back", child=names.get(row.pupil_id, "")))


async def looked(visit: Visit, at: LookAbsent) -> None:
    await _preview(visit, _wanted(visit, at))


async def _preview(visit: Visit, wanted: Wanted) -> None:
    """What was understood, before it is kept."""
    async with visit.db.read() as tx:
        found = await look(tx, wanted, by=visit.person, at=visit.moment)
    days, pupils = wanted.days, _packed(visit, [each.pupil_id for each in found])
    to = Absent(pupils=pupils, first=days.first.toordinal(), last=days.last.toordinal(), lesson=wanted.lesson_id or 0)
    rows = [[visit.button("button-confirm", to)], [visit.button("button-cancel", AbsenceOn(days.first.toordinal())), visit.menu]]
    if all(each.known for each in found):
        rows = [visit.ways_back(AbsenceOn(days.first.toordinal()))]
    await visit.show(words.preview(found, visit.say), rows)


# ── a sentence ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def says_so(message: object, visit: Visit) -> bool:
    """Whether a text nobody asked for announces an absence of a family's child."""
    text = getattr(message, "text", None) or ""
    return bool(visit.person.wards or visit.person.own) and speaks_of_absence(text)


async def typed(visit: Visit) -> None:
    """«Миша завтра не придёт»: what was understood is shown; what was not said is asked with buttons."""
    if not visit.person.children:
        raise Refusal("absence-by-guardian")
    async with visit.db.read() as tx:
        children = await people.full_names(tx, visit.person.children)
    said = read_absence(visit.text, children, visit.today)
    only_one = frozenset(children) if len(children) == 1 and not said.among else frozenset()
    pupils = said.pupils or only_one
    if said.among or not pupils:
        await _whom(visit, said, pupils, children)
    elif said.days is None:
        await _which_day(visit, pupils)
    else:
        await _understood(visit, said, Wanted(tuple(sorted(pupils)), said.days))


async def _whom(visit: Visit, said: Sentence, sure: frozenset[int], children: dict[int, str]) -> None:
    """Two are called so, or nobody was named."""
    days = said.days or Period(visit.today, visit.today)
    first, last = days.first.toordinal(), days.last.toordinal()
    among = [pupil for pupil in children if pupil in (said.among or children)]

    def to(pupils: Collection[int]) -> LookAbsent | AbsenceOn:
        return AbsenceOn(first) if said.days is None else LookAbsent(pupils=_packed(visit, pupils), first=first, last=last)

    full = words.called(children, among)
    rows: Rows = [[Button(full[pupil], to([*sure, pupil]))] for pupil in among]
    everybody = [[visit.button("button-absence-everybody", to([*sure, *among]))]]
    await visit.show(visit.say("absence-whom"), [*rows, *everybody, [visit.menu]])


async def _which_day(visit: Visit, pupils: frozenset[int]) -> None:
    async with visit.db.read() as tx:
        days = await days_ahead(tx, pupils, visit.moment)
    rows = [[visit.button("lesson-move-day", AbsenceOn(day.toordinal()), at=day)] for day in days]
    await visit.show(visit.say("absence-which-day"), [*rows, visit.ways_back(Timetable())])


async def _understood(visit: Visit, said: Sentence, wanted: Wanted) -> None:
    """The days are known; «на шахматы», «в 15:00» narrow them to one lesson."""
    async with visit.db.read() as tx:
        lesson = await lesson_meant(tx, said, wanted, visit.moment)
    if lesson is None:
        await _show(visit, wanted.days.first, visit.say("absence-which-lesson"))
    else:
        await _preview(visit, replace(wanted, lesson_id=lesson or None))


def routes() -> Router:
    """The table of contents of this file; handlers/timetable/family.py takes it in."""
    router = Router(name="absences")
    router.callback_query.register(opened, opens(AbsenceOn), flags=may("absence.announce"))
    router.callback_query.register(announced, Absent.filter(), flags=may("absence.announce"))
    router.callback_query.register(looked, LookAbsent.filter(), flags=may("absence.announce"))
    router.callback_query.register(taken_back, AbsenceBack.filter(), flags=may("absence.announce"))
    router.callback_query.register(how, AbsenceDays.filter(), flags=may("absence.announce"))
    router.message.register(typed, UNASKED, TYPED, says_so, flags=may("absence.say"))
    return router
