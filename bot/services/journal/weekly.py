"""Friday's summary: what a child's week in the journal adds up to, and who is sent it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.notices.week import CourseWeek, WeekTold
from bot.post.posting import Addressed, post_all
from bot.services.journal.letters import standing
from bot.services.network.years import this_year
from bot.services.timetable.views.week import colours_of
from bot.services.workdays import monday_of
from storage import notes
from storage.db import Database, Tx
from storage.enrollment.enrollment import groups_of_pupils
from storage.journal import weekly
from storage.journal.reporting import first_days
from storage.people.people import families_of, first_names
from storage.tables import Entry

FRIDAY, EVENING = timedelta(days=4), time(18)  # after Monday; of the network's zone
BATCH = 50  # pupils whose letters are posted in one transaction
TOLD = "week-told"  # the note: the Monday of the last week that was told whole


async def tell_weeks(db: Database, *, now: datetime, zone: ZoneInfo) -> None:
    """From Friday evening to Sunday night, once a week: every family whose child's journal has something of the week."""
    here = now.astimezone(zone)
    monday = monday_of(here.date())
    if here < datetime.combine(monday + FRIDAY, EVENING, zone):
        return
    async with db.read() as tx:
        if await notes.note(tx, TOLD) == str(monday):
            return
    after = 0
    while True:
        async with db.write() as tx:
            pupils = await weekly.learners(tx, after, BATCH)
            if not pupils:
                await notes.keep(tx, TOLD, str(monday))
                return
            await _post(tx, pupils, monday, now=now, zone=zone)
        after = pupils[-1]


async def _post(tx: Tx, pupils: Collection[int], monday: date, *, now: datetime, zone: ZoneInfo) -> None:
    families = await families_of(tx, pupils)
    letters = [
        Addressed(person, told, pupil_id=pupil)
        for pupil, told in (await weeks_of(tx, set(families), monday, today=monday, zone=zone)).items()
        for person in families[pupil]
    ]
    await post_all(tx, letters, now=now, expires_at=now + timedelta(days=2))


async def weeks_of(tx: Tx, pupils: Collection[int], monday: date, *, today: date, zone: ZoneInfo) -> dict[int, WeekTold]:
    """The week of each of these pupils; of whom the journal says nothing is left out."""
    last = monday + timedelta(days=6)
    learning = await groups_of_pupils(tx, pupils)
    groups = {group for some in learning.values() for group in some}
    kept, entries = await weekly.kept(tx, groups, monday, last), await weekly.entries(tx, pupils, monday, last)
    names, courses = await first_names(tx, pupils), await weekly.courses(tx, groups)
    came = {at: moment.astimezone(zone).date() for at, moment in (await weekly.came(tx, pupils, groups)).items()}
    firsts = await first_days(tx, [group for _, group in came if group in kept])
    year, found = await this_year(tx, today), {}

    def lessons(pupil: int, group: int) -> list[weekly.Lesson]:
        """Those they were there for, or should have been: nothing stands of them before they came, unless the journal knows better."""
        own, since = (pupil, group), came.get((pupil, group), monday)
        since = min(since, firsts.get(own, since))
        return [one for one in kept.get(group, ()) if one[0] >= since]

    for pupil in sorted(pupils):
        theirs = {group: some for group in learning.get(pupil, ()) if (some := lessons(pupil, group))}
        mine = sorted(theirs, key=lambda group: (courses[group], group))
        if not mine:
            continue
        colours = await colours_of(tx, [pupil], mine, year)
        told = [_course(courses[group], colours.get(group, 0), theirs[group], entries.get((pupil, group), [])) for group in mine]
        found[pupil] = WeekTold(child=names[pupil], monday=monday, pupil=pupil, courses=told)
    return found


def _course(name: str, colour: int, kept: list[weekly.Lesson], entries: list[Entry]) -> CourseWeek:
    def at(lesson: weekly.Lesson) -> str:
        return standing([one.value for one in entries if one.kind == "attendance" and (one.day, one.lesson) == lesson])[0]

    marks = [one.value for one in entries if one.kind == "mark"]
    return CourseWeek(course=name, colour=colour, lessons=[at(one) for one in kept], days=[day for day, _ in kept], marks=marks)
