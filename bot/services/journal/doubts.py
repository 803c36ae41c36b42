"""What in a journal file looks like an accident or a slip of the pen: asked before anything is applied, never guessed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from bot.reading.fault import Doubt
from bot.reading.illness import speaks_of_illness
from bot.services.journal.letters import Change
from storage.db import Tx
from storage.journal import doubts as stands

FIFTH = 5  # a file may take away this part of a group's marks before it is asked
ONE_SLIP = 1  # one mark removed is a correction
_NAMED = 5

LeftOut: TypeAlias = Literal["keep", "take"]  # the entries of pupils whom a file leaves out
Present = Collection[tuple[int, int, date]]  # (pupil, group, day) of the file's rows
Days = Mapping[int, Collection[date]]  # group → days with a lesson; a group that has no timetable here is left out


def left_out(changes: Sequence[Change], present: Present) -> list[Doubt]:
    """Pupils with entries of a day whose every row is missing from the file: perhaps a class sent as two files."""
    missing: dict[tuple[str, str], set[date]] = defaultdict(set)
    people: dict[tuple[str, str], list[str]] = defaultdict(list)
    for change in changes:
        if change.now is None and change.key[:3] not in present:
            at = change.group.code, change.group.course
            missing[at].add(change.day)
            if change.pupil.full_name not in people[at]:
                people[at].append(change.pupil.full_name)
    return [
        Doubt.of(
            "journal-doubt-left-out",
            ("journal.left-out", group, *(day.isoformat() for day in sorted(days))),
            answers=("keep", "take"),
            group=group,
            course=course,
            first=min(days),
            days=len(days),
            count=len(people[group, course]),
            names=people[group, course][:_NAMED],
        )
        for (group, course), days in sorted(missing.items())
    ]


def wiped(changes: Sequence[Change], marks: Mapping[int, int]) -> list[Doubt]:
    """More than a fifth of a group's marks would go. `marks`: group → how many stand there."""
    gone = Counter(change.group.id for change in changes if change.now is None and change.is_mark)
    groups = {change.group.id: change.group for change in changes}
    return [
        Doubt.of(
            "journal-doubt-wiped",
            ("journal.wiped", groups[group].code),
            group=groups[group].code,
            count=count,
            of=marks.get(group, 0),
        )
        for group, count in sorted(gone.items())
        if count > ONE_SLIP and count * FIFTH > marks.get(group, 0)
    ]


def without_lesson(changes: Sequence[Change], days: Days) -> list[Doubt]:
    """Days on which the group has no lesson, since its timetable is known. Told with the plan: whoever applies it has seen it."""
    wrong: dict[str, set[date]] = defaultdict(set)
    for change in changes:
        known = days.get(change.group.id, ())
        if change.now is not None and known and min(known) <= change.day and change.day not in known:
            wrong[change.group.code].add(change.day)
    return [
        Doubt.of(
            "journal-doubt-no-lesson",
            ("journal.no-lesson", group, *(day.isoformat() for day in sorted(some))),
            stops=False,
            group=group,
            first=min(some),
            days=len(some),
        )
        for group, some in sorted(wrong.items())
    ]


def of_illness(changes: Sequence[Change]) -> list[Doubt]:
    """Comments of marks, which families get as a message, that seem to speak of health. Told with the plan."""
    ill: dict[str, list[date]] = defaultdict(list)
    for change in changes:
        if change.is_mark and change.now is not None and change.comment and speaks_of_illness(change.comment):
            ill[change.group.code].append(change.day)
    return [
        Doubt.of(
            "journal-doubt-illness",
            ("journal.illness", group, *(day.isoformat() for day in sorted(days))),
            stops=False,
            group=group,
            first=min(days),
            count=len(days),
        )
        for group, days in sorted(ill.items())
    ]


async def found(
    tx: Tx, zone: ZoneInfo | None, changes: Sequence[Change], present: Present, answered: LeftOut | None
) -> tuple[Doubt, ...]:
    """Every doubt of a file's changes. `zone`: the network's; None: nothing is asked about days. `answered`: of pupils left out."""
    if not changes:
        return ()
    groups = {change.group.id for change in changes}
    doubts = [*of_illness(changes), *([] if answered else left_out(changes, present))]
    if any(change.now is None for change in changes):
        listed = [change for change in changes if answered or change.now is not None or change.key[:3] in present]
        doubts += wiped(listed, await stands.marks_of_groups(tx, groups))
    if zone is not None:
        lessons = await stands.lessons_of_groups(tx, groups)
        doubts += without_lesson(
            changes, {group: {moment.astimezone(zone).date() for moment in some} for group, some in lessons.items()}
        )
    return tuple(doubts)
