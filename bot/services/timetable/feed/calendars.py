"""What stands in somebody's calendar, and who may still read it by its address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.clock import Moment, midnight
from bot.documents.ics import Calendar, Event
from bot.policy import Person
from bot.refusals import stamp
from bot.services.network.years import running_now
from bot.services.timetable.feed.addresses import Whose, is_secret
from bot.services.timetable.telling import given_names, place_of
from bot.settings import Settings
from bot.voice import Say, voice
from storage import keys
from storage.db import Database, Tx
from storage.people import people
from storage.timetable import feeds
from storage.timetable.timetable import Stood

REMEMBERED = timedelta(days=400).total_seconds()


async def timetables_of(tx: Tx, person: Person, say: Say) -> dict[Whose, str]:
    """Whose timetables somebody may have in a calendar, and how each is called."""
    names = await people.first_names(tx, person.pupils)
    found = {Whose(pupil=pupil): name for pupil, name in names.items()}
    return found | {Whose(post=post): say.plain("calendar-of-teacher") for post in sorted(person.staff_as("teacher"))}


async def calendar_at(db: Database, secret: str, settings: Settings, now: datetime) -> Calendar | None:
    """The calendar of an address; None: there is none of this secret, or whose it is may no longer see what it shows."""
    if not is_secret(secret):
        return None
    async with db.read() as tx:
        if (key := await keys.known(tx)) is None:
            return None
        found = await feeds.by_mac(tx, keys.mac(key, "feed", secret))
        if found is None:
            return None
        whose = Whose(found.pupil_id or 0, found.staff_id or 0)
        held = {(role, thing) for role, thing, _ in await people.held_by(tx, found.person_id)}
        if not held & {("guardian", found.pupil_id), ("student", found.pupil_id), ("teacher", found.staff_id)}:
            return None
    say = voice(found.language or settings.locale, settings.zone)
    return await calendar_of(db, whose, Whom(found.person_id, found.detail, say), Moment(now, settings.zone))


@dataclass(frozen=True)
class Whom:
    """Who reads a calendar. `detail`: discreet, it says no more than that there is a lesson."""

    person_id: int
    detail: str
    say: Say


async def calendar_of(db: Database, whose: Whose, whom: Whom, at: Moment) -> Calendar:
    """Somebody's lessons since the academic year began; what it shows otherwise than when it was read last has the next number."""
    async with db.read() as tx:
        calendar = await _calendar(tx, whose, whom.detail, whom.say, at)
        known = await feeds.shown(tx, whom.person_id, *whose.key)
        events, shows = numbered(calendar.events, dict(known.shown) if known else {}, at.now)
        fresh = known is None or shows != known.shown
    if fresh:
        async with db.write() as tx:
            known = await feeds.shown(tx, whom.person_id, *whose.key)  # somebody may have been quicker
            events, shows = numbered(calendar.events, dict(known.shown) if known else {}, at.now)
            await feeds.keep_shown(tx, whom.person_id, *whose.key, shows)
    return replace(calendar, events=events)


Shows = dict[str, Any]  # by UID: a stamp of what is shown, the number of its change, the second of it


def numbered(events: Sequence[Event], known: Shows, now: datetime) -> tuple[list[Event], Shows]:
    """The events with the numbers of their changes, and what is to be remembered of them. What was shown once keeps its number
    for a year, so that it comes back with a higher one.
    """
    shows = {uid: each for uid, each in known.items() if now.timestamp() - each[2] < REMEMBERED}
    found = []
    for event in events:
        mark = stamp(event.starts_at, event.ends_at, event.title, event.place, event.about, event.cancelled)
        last = known.get(event.uid)
        if last is None:
            shows[event.uid] = [mark, event.sequence, int(event.changed_at.timestamp())]
        elif last[0] != mark:
            shows[event.uid] = [mark, max(last[1] + 1, event.sequence), max(int(now.timestamp()), last[2])]
        else:
            shows[event.uid] = last
        _, sequence, second = shows[event.uid]
        found.append(replace(event, sequence=sequence, changed_at=datetime.fromtimestamp(second, UTC)))
    return found, shows


async def _calendar(tx: Tx, whose: Whose, detail: str, say: Say, at: Moment) -> Calendar:
    year = await running_now(tx, at.today)
    since = midnight(year.starts_on, at.zone)
    if whose.pupil:
        lessons = await feeds.lessons_of_pupil(tx, whose.pupil, since)
    else:
        lessons = await feeds.lessons_of_teacher(tx, whose.post, since)
    changed = await feeds.changed(tx, [lesson.id for lesson in lessons])
    key = await keys.known(tx) or b""
    never = 0, since.astimezone(UTC)
    events = []
    for lesson in lessons:
        uid = keys.mac(key, "calendar", f"{whose.pupil}:{whose.post}:{lesson.id}").hex()[:32]
        sequence, changed_at = changed.get(lesson.id, never)
        said = _discreet(lesson, say) if detail == "discreet" and whose.pupil else _full(lesson, whose, say)
        events.append(
            Event(
                f"{uid}@school-network",
                lesson.starts_at,
                lesson.ends_at,
                *said,
                cancelled=lesson.cancelled_at is not None,
                sequence=sequence,
                changed_at=changed_at.replace(microsecond=0),
            )
        )
    return Calendar(await _name(tx, whose, detail, say), at.zone, events)


async def _name(tx: Tx, whose: Whose, detail: str, say: Say) -> str:
    if whose.post:
        return say.plain("calendar-of-teacher")
    if detail == "discreet":
        return say.plain("calendar-discreet")
    return say.plain("calendar-of-child", child=(await people.first_names(tx, [whose.pupil])).get(whose.pupil, ""))


def _full(lesson: Stood, whose: Whose, say: Say) -> tuple[str, str, str]:
    """Title, place, and what stands below."""
    course = say.plain("calendar-group", course=lesson.course, group=lesson.group) if whose.post else lesson.course
    title = say.plain("calendar-cancelled", course=course) if lesson.cancelled_at else course
    moved = lesson.starts_at != lesson.plan_starts_at
    about = [
        "" if whose.post else say.plain("calendar-teacher", teacher=given_names(lesson.teacher)),
        say.plain("calendar-moved", was=lesson.plan_starts_at) if moved else "",
    ]
    return title, place_of(lesson), "\n".join(part for part in about if part)


def _discreet(lesson: Stood, say: Say) -> tuple[str, str, str]:
    return say.plain("calendar-lesson-cancelled") if lesson.cancelled_at else say.plain("calendar-lesson"), "", ""
