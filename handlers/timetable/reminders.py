"""When a family is reminded of a child's lessons: off, an hour or two ahead, the evening before."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.policy import Thing, require
from bot.services.timetable.reminding import CHOICES, USUAL, choose_reminder
from bot.targets import Reminders, SettingsHome
from bot.visit import Button, Visit
from handlers.door import may, opens
from storage.people import people
from storage.timetable import reminders


class ReminderOf(CallbackData, prefix="reminders.of"):
    pupil: int


class ReminderSet(CallbackData, prefix="reminders.set"):
    pupil: int
    ahead: str


async def opened(visit: Visit) -> None:
    """Of the only child at once."""
    pupils = visit.person.pupils
    if len(pupils) == 1:
        await _of(visit, next(iter(pupils)))
        return
    async with visit.db.read() as tx:
        names, chosen = await people.first_names(tx, pupils), await reminders.chosen(tx, pupils)
    rows = []
    for pupil, child in names.items():
        choice = visit.say.plain("reminder-choice", ahead=chosen.get((visit.person.known, pupil), USUAL))
        rows.append([visit.button("button-reminder-of", ReminderOf(pupil=pupil), child=child, choice=choice)])
    await visit.show(visit.say("reminders"), [*rows, visit.ways_back(SettingsHome())])


async def of_child(visit: Visit, at: ReminderOf) -> None:
    await _of(visit, at.pupil)


async def _of(visit: Visit, pupil: int) -> None:
    require(visit.person, "reminder.choose", Thing(pupil_id=pupil))
    async with visit.db.read() as tx:
        name = (await people.first_names(tx, [pupil])).get(pupil, "")
        now = (await reminders.chosen(tx, [pupil])).get((visit.person.known, pupil), USUAL)

    def choice(ahead: str) -> list[Button]:
        label = visit.say.plain("button-reminder", ahead=ahead)
        return [visit.chosen(label, ReminderSet(pupil=pupil, ahead=ahead), now=ahead == now)]

    text = visit.say("reminders-of-own") if visit.person.is_pupil else visit.say("reminders-of", child=name)
    back = SettingsHome() if len(visit.person.pupils) == 1 else Reminders()
    await visit.show(text, [*(choice(ahead) for ahead in CHOICES), visit.ways_back(back)])


async def chosen(visit: Visit, at: ReminderSet) -> None:
    await choose_reminder(visit.db, at.pupil, at.ahead, by=visit.person)
    await _of(visit, at.pupil)


def routes() -> Router:
    """The table of contents of this file; handlers/timetable/family.py takes it in."""
    router = Router(name="reminders")
    router.callback_query.register(opened, opens(Reminders), flags=may("reminder.choose"))
    router.callback_query.register(of_child, ReminderOf.filter(), flags=may("reminder.choose"))
    router.callback_query.register(chosen, ReminderSet.filter(), flags=may("reminder.choose"))
    return router
