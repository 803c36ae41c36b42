"""Who hears of a book's lessons in one letter for all: another weekly timetable, another teacher or room for good. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.reading.workbook.rows import Workbook, code_key
from bot.services.network.compare import Difference
from bot.services.network.plan import Altered, Draft, LessonPlan, NewRules, Replaced
from storage.network.network import Stored

SOON = timedelta(days=7)  # a timetable that changes within them is told as changing today
KEPT = 20  # lessons named in one letter because they stand otherwise than its rules


@dataclass(frozen=True, slots=True)
class Outlook:
    """By group (its folded code), and the new lessons of which families hear singly."""

    rules: dict[str, NewRules] = field(default_factory=dict)
    replaced: dict[str, Replaced] = field(default_factory=dict)
    added: list[Draft] = field(default_factory=list)

    def heard(self, lessons: LessonPlan) -> set[str]:
        """The groups whose families hear of anything."""
        singly = {code_key(one.old.group) for one in lessons.changed if one.told} | {one.group for one in self.added}
        return singly | self.rules.keys() | self.replaced.keys()


def outlook_of(
    book: Workbook, before: Stored, differences: Sequence[Difference], lessons: LessonPlan, *, today: date, zone: ZoneInfo
) -> Outlook:
    """Sets aside what one letter for all says: those lessons are not told singly."""
    replaced = dict(_replaced(differences))
    lessons.changed = [_unless_replaced(one, replaced) for one in lessons.changed]
    rules = dict(_new_rules(book, before, lessons, today, zone))
    soon = today + timedelta(days=14)
    added = [
        one
        for one in lessons.new
        if one.group not in rules and not one.cancelled and (one.single or one.starts_at.astimezone(zone).date() <= soon)
    ]
    return Outlook(rules, replaced, added)


def _replaced(differences: Iterable[Difference]) -> Iterator[tuple[str, Replaced]]:
    for one in differences:
        if one.form.field != "groups":
            continue
        for old, values in one.altered:
            if old.archived_at is None and values.keys() & {"teacher", "place"}:
                teacher, place = values.get("teacher", old.teacher), values.get("place", old.place)
                yield code_key(old.code), Replaced(old.code, old.teacher, teacher, old.place, place)


def _unless_replaced(one: Altered, replaced: dict[str, Replaced]) -> Altered:
    group = replaced.get(code_key(one.old.group))
    if group is None or one.kind != "room" or not one.values.keys() <= {"plan_place", "place"}:
        return one
    moves = (one.old.place, one.values.get("place", one.old.place)) == (group.was_place, group.now_place)
    return replace(one, told=False) if moves else one


def _new_rules(
    book: Workbook, before: Stored, lessons: LessonPlan, today: date, zone: ZoneInfo
) -> Iterator[tuple[str, NewRules]]:
    """The groups whose weekly timetable becomes another further ahead than families hear of single lessons, or has a lesson more."""
    known = {code_key(row.code) for row in before.groups if row.archived_at is None}
    far = {code_key(one.old.group) for one in lessons.changed if not one.told} | {one.group for one in lessons.new} & known
    was, now = _rules(before.slots, today), _rules(book.slots if book.slots is not None else before.slots, today)
    for group in sorted(far):
        olds, news = was.get(group, []), now.get(group, [])
        theirs = [draft for draft in lessons.drafts if draft.group == group]
        first = min((at for draft in theirs for at in _differs(draft)), default=None)
        if _hours(olds) != _hours(news) and first is not None:
            since = _since(first.astimezone(zone).date(), news, today)
            holds = [rule for rule in news if rule.to_day is None or rule.to_day >= since]
            yield group, NewRules(since, holds, olds, *_otherwise(group, lessons, theirs, since, zone))


def _differs(draft: Draft) -> Iterator[datetime]:
    """When a lesson is other than it was by the rules."""
    if draft.old is None:
        yield draft.plan_starts_at
        return
    ours = (draft.plan_starts_at, draft.plan_ends_at, draft.plan_place)
    theirs = (draft.old.plan_starts_at, draft.old.plan_ends_at, draft.old.plan_place)
    drops = draft.gone and draft.old.cancelled_at is None
    returns = draft.old.cancelled_at is not None and not draft.cancelled
    if ours != theirs or ((drops or returns) and not draft.single):
        yield min(draft.plan_starts_at, draft.old.plan_starts_at)


def _since(first: date, rules: Iterable[Any], today: date) -> date:
    """From which day the letter says it: today where it is near, else the day its rule names, else its first lesson."""
    if first <= today + SOON:
        return today
    named = [rule.from_day for rule in rules if rule.from_day and first - SOON < rule.from_day <= first]
    return max(named, default=first)


def _otherwise(
    group: str, lessons: LessonPlan, theirs: Sequence[Draft], since: date, zone: ZoneInfo
) -> tuple[list[datetime], list[datetime]]:
    """Lessons the new rules give that are not held, and such as are held without them: decided singly, and they stand."""

    def coming(moments: Iterable[datetime]) -> set[datetime]:
        return {at for at in moments if at.astimezone(zone).date() >= since and at > lessons.now}

    ruled = coming(one.starts_at for one in lessons.planned if one.group == group)
    held = coming(draft.starts_at for draft in theirs if not draft.cancelled and not draft.archived)
    return sorted(ruled - held)[:KEPT], sorted(held - ruled)[:KEPT]


def _rules(slots: Sequence[Any], today: date) -> dict[str, list[Any]]:
    """By group the rules that have not ended."""
    found: dict[str, list[Any]] = defaultdict(list)
    for row in sorted(slots, key=lambda row: (row.weekday, row.starts)):
        if row.to_day is None or row.to_day >= today:
            found[code_key(row.group)].append(row)
    return found


def _hours(rules: Sequence[Any]) -> list[tuple[Any, ...]]:
    return [(row.weekday, row.starts, row.ends, row.place, row.from_day, row.to_day, row.weeks or "all") for row in rules]
