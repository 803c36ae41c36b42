"""Letters that tell of a whole group at once: its weekly timetable, its teacher, its room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Moment, midnight
from bot.notices import Notice
from bot.notices.network import GroupChanged, GroupHandedOver, TimetableChanged
from bot.post.posting import Addressed, post_all
from bot.reading.workbook.rows import code_key
from bot.services.network.plan import Plan, Replaced
from bot.services.timetable.telling import evening, given_names
from bot.services.workdays import monday_of
from storage.db import Tx
from storage.network import network
from storage.people import people
from storage.timetable import timetable, views


@dataclass(frozen=True)
class Circle:
    """Whose child learns in which group, and what they are called."""

    learning: Mapping[int, Sequence[int]]
    families: Mapping[int, list[int]]
    names: Mapping[int, str]

    def letters(self, group_id: int, notice: Any) -> list[Addressed]:
        """`notice(child, pupil)` to everybody of the families of a group."""
        return [
            Addressed(person_id, notice(self.names[pupil], pupil), pupil)
            for pupil in self.learning.get(group_id, ())
            for person_id in self.families.get(pupil, [])
        ]


async def tell_groups(tx: Tx, plan: Plan, ids: Mapping[str, int], *, at: Moment) -> None:
    """One letter for what is another for good, instead of thirty for its lessons. `ids`: of the groups concerned."""
    learning = {group: pupils for group, pupils in (await network.learning(tx)).items() if group in set(ids.values())}
    pupils = {pupil for some in learning.values() for pupil in some}
    circle = Circle(learning, await people.families_of(tx, pupils), await people.first_names(tx, pupils))
    for group, rules in plan.rules.items():
        near = any(one.astimezone(at.zone).date() <= at.today + timedelta(days=1) for one in _new(plan, group))
        told = partial(
            _timetable, plan, (group, ids[group]), at=at, monday=await _drawn_week(tx, ids[group], rules.since, at.zone)
        )
        letters = circle.letters(ids[group], told)
        await post_all(tx, letters, now=at.now, due_at=at.now if near else evening(at))
    for group, change in plan.replaced.items():
        await _replaced(tx, plan, (group, ids[group]), change, circle, at=at)


def _new(plan: Plan, group: str) -> list[datetime]:
    """When a group's new lessons begin: one of tomorrow is told at once."""
    return [one.starts_at for one in plan.lessons.new if one.group == group]


async def _drawn_week(tx: Tx, group_id: int, since: date, zone: ZoneInfo) -> date | None:
    """The Monday of the first whole week of a new timetable in which the group has a lesson; failing that, of its first lesson."""
    whole = monday_of(since + timedelta(days=6))
    for first in (whole, since):
        lesson = await views.next_lesson(tx, [group_id], midnight(first, zone))
        if lesson is not None:
            return monday_of(lesson.starts_at.astimezone(zone).date())
    return None


def _timetable(plan: Plan, group: tuple[str, int], child: str, pupil: int, *, at: Moment, monday: date | None) -> Notice:
    code, group_id = group
    rules = plan.rules[code]
    said = rules_in_words(rules.rules)
    return TimetableChanged(
        id_group=group_id,
        at=at.now,
        year=at.today.year,
        pupil=pupil,
        monday=monday,
        child=child,
        subject=plan.subjects[code],
        since=rules.since,
        off=rules.off,
        extra=rules.extra,
        knew=_known(rules_in_words(rules.knew)),
        **said,
    )


def rules_in_words(rules: Sequence[Any]) -> dict[str, Any]:
    """The weekly rules as the letter holds them: lists that run side by side."""
    return {
        "weekdays": [rule.weekday for rule in rules],
        "hours": [f"{rule.starts:%H:%M}-{rule.ends:%H:%M}" for rule in rules],
        "places": [rule.place or "" for rule in rules],
        "weeks": [rule.weeks or "all" for rule in rules],
        "begins": [rule.from_day.isoformat() if rule.from_day else "" for rule in rules],
        "until": [rule.to_day.isoformat() if rule.to_day else "" for rule in rules],
    }


def _known(said: Mapping[str, list[Any]]) -> list[str]:
    return ["|".join(str(value) for value in rule) for rule in zip(*said.values(), strict=True)]


async def _replaced(tx: Tx, plan: Plan, group: tuple[str, int], change: Replaced, circle: Circle, *, at: Moment) -> None:
    """Families, and the old and the new teacher; who stays hears of another room."""
    code, group_id = group
    staff = {code_key(one.code): one for one in await network.names_of_staff(tx)}
    was, stands = staff[code_key(change.was_teacher)], staff[code_key(change.now_teacher)]
    said: dict[str, Any] = {
        "was_teacher": given_names(was.full_name),
        "now_teacher": given_names(stands.full_name),
        "was_place": change.was_place,
        "now_place": change.now_place,
    }
    letters = circle.letters(
        group_id,
        lambda child, _pupil: GroupChanged(id_group=group_id, at=at.now, child=child, subject=plan.subjects[code], **said),
    )
    for one in {was.id: was, stands.id: stands}.values():
        for person_id in await timetable.people_of_staff(tx, [one.id]):
            notice = GroupHandedOver(
                id_group=group_id, at=at.now, group=change.code, subject=plan.subjects[code], yours=one.id == stands.id, **said
            )
            letters.append(Addressed(person_id, notice, role="teacher"))
    await post_all(tx, letters, now=at.now, due_at=evening(at))
