"""Who hears what of a change in the journal: one letter for a child's marks of a day, one for the day's attendance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from bot.notices import Notice
from bot.notices.journal import MarkChange, attendance_news, mark_news
from bot.post.posting import Addressed
from bot.services.journal.match import MISSED
from storage.db import Tx
from storage.journal import journal as questions
from storage.journal.journal import GroupOf, PupilOf
from storage.journal.writing import Key
from storage.people import calls
from storage.people.people import families_of, first_name
from storage.timetable.absences import was_announced

Day: TypeAlias = tuple[int, int, date]  # pupil, group, day


@dataclass(frozen=True)
class Change:
    """One entry that is not as it was. was None: new; now None: removed; both equal: only work or comment differ."""

    key: Key
    pupil: PupilOf
    group: GroupOf
    was: str | None
    now: str | None
    work: str | None
    comment: str | None
    entry_id: int | None  # None: never stood there
    version: int
    told: bool  # whether families hear of it
    place: tuple[str, str] | None = None  # sheet and cell of the file that says so

    @property
    def day(self) -> date:
        return self.key[2]

    @property
    def is_mark(self) -> bool:
        return self.key[4] == "mark"


Attendance: TypeAlias = Mapping[Day, Sequence[str]]


async def letters(tx: Tx, changes: Sequence[Change], was: Attendance, now: Attendance) -> list[Addressed]:
    """The letters of these changes to every family that has the bot. was, now: each day's attendance before and after.

    What a family has said itself beforehand, that the child will not come, it is not told as a surprise.
    """
    by_day: dict[Day, list[Change]] = defaultdict(list)
    for change in changes:
        if change.told and change.was != change.now:
            by_day[change.key[:3]].append(change)
    families = await families_of(tx, {pupil_id for pupil_id, _, _ in by_day})
    known = await was_announced(tx, [day for day, some in by_day.items() if any(not change.is_mark for change in some)])
    details = await questions.details(tx, {person for people in families.values() for person in people})
    found: list[Addressed] = []
    for day, some in sorted(by_day.items(), key=lambda item: (item[0][2], item[0])):
        pupil = some[0].pupil
        for person in families.get(pupil.id, ()):
            before, after = (_unknown(values.get(day, ()), announced=day in known) for values in (was, now))
            may_ask = person != pupil.person_id and details.get(person) == "full"
            for notice in _of_day(day, some, before, after, may_ask=may_ask):
                found.append(Addressed(person, notice, pupil_id=pupil.id))
    return found


def _unknown(values: Sequence[str], *, announced: bool) -> Sequence[str]:
    """A day's attendance without what its family knows already."""
    return [value for value in values if value not in MISSED] if announced else values


async def hearing(tx: Tx, posted: Collection[Addressed]) -> int:
    """How many children's families hear of these letters: whoever has switched such news off does not."""
    muted = await questions.muted(tx, {letter.person_id for letter in posted})
    return len({each.pupil_id for each in posted if each.notice.unmuted(muted.get(each.person_id, frozenset()))})


async def unreached(tx: Tx, changes: Sequence[Change]) -> set[int]:
    """The pupils with news nobody of whose family the bot reaches."""
    pupils = {change.pupil.id for change in changes if change.told and change.was != change.now}
    return await calls.unreached(tx, pupils)


def _of_day(day: Day, changes: Sequence[Change], was: Sequence[str], now: Sequence[str], *, may_ask: bool) -> list[Notice]:
    pupil, group, date_ = day
    facts: dict[str, Any] = {
        "pupil": pupil,
        "group": group,
        "day": date_,
        "child": first_name(changes[0].pupil.full_name),
        "course": changes[0].group.course,
    }
    marks = [change for change in changes if change.is_mark]
    others = [change for change in changes if not change.is_mark]
    said: list[Notice] = []
    if marks:
        said.append(mark_news(**facts, changes=[_told(change) for change in marks], versions=_versions(marks)))
    if others:
        before, was_lessons = standing(was)
        after, lessons = standing(now)
        news = attendance_news(
            **facts,
            was=before,
            now=after,
            was_lessons=was_lessons,
            lessons=lessons,
            asks=may_ask and "absent" in now,
            versions=_versions(others),
        )
        if news is not None:
            said.append(news)
    return said


def standing(values: Collection[str]) -> tuple[str, int]:
    """A day's attendance as a family is told it: missed, late or there; of how many lessons. Why is never said."""
    missed = sum(value in MISSED for value in values)
    late = sum(value == "late" for value in values)
    if missed:
        return "missed", missed
    return ("late", late) if late else ("there", 0)


def _told(change: Change) -> MarkChange:
    lesson, ordinal = change.key[3], change.key[5]
    return MarkChange(place=f"{lesson:03}.{ordinal:03}", was=change.was, now=change.now, work=change.work, comment=change.comment)


def _versions(changes: Sequence[Change]) -> str:
    return ",".join(f"{change.key[3]}.{change.key[5]}={change.version}" for change in changes)
