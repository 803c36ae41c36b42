"""Who hears what of homework: every family of the group, once for a day, with the lesson it is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.notices.homework import homework_news
from bot.post.posting import Addressed
from storage.db import Tx
from storage.enrollment.enrollment import pupils_of_groups
from storage.journal import homework as questions
from storage.journal.journal import GroupOf
from storage.journal.writing import WrittenTopic
from storage.people.people import families_of, first_names

Key = tuple[int, date]  # group, day


@dataclass(frozen=True)
class Stood:
    """The homework of a group's day before it is written anew, and how often it was written."""

    by_lesson: Mapping[int, str]
    written: int


async def stood(tx: Tx, topics: Sequence[WrittenTopic]) -> dict[Key, Stood]:
    """How the days of these topics stand: asked before they are written."""
    days = {(topic.group_id, topic.day) for topic in topics}
    homework, written = await questions.of_days(tx, days), await questions.writings(tx, days)
    return {day: Stood(homework.get(day, {}), written.get(day, 0)) for day in days}


async def homework_letters(
    tx: Tx,
    topics: Sequence[WrittenTopic],
    before: Mapping[Key, Stood],
    groups: Collection[GroupOf],
    *,
    today: date,
    zone: ZoneInfo,
) -> list[Addressed]:
    """What families hear of these topics' homework. What was to be done for a lesson that is over is news to nobody."""
    changed: dict[Key, dict[int, str]] = defaultdict(dict)
    for topic in topics:
        changed[topic.group_id, topic.day][topic.lesson] = topic.homework or ""
    news = {
        day: (joined(before[day].by_lesson), joined({**before[day].by_lesson, **lessons})) for day, lessons in changed.items()
    }
    news = {day: (was, now) for day, (was, now) in news.items() if was != now}
    if not news:
        return []
    due = await questions.next_lessons(tx, news, zone)
    of = {group.id: group for group in groups}
    pupils = await pupils_of_groups(tx, {group for group, _ in news})
    everybody = {pupil for some in pupils.values() for pupil in some}
    families, names = await families_of(tx, everybody), await first_names(tx, everybody)
    found = []
    for (group, day), (was, now) in sorted(news.items(), key=lambda item: (item[0][1], item[0][0])):
        when = due.get((group, day))
        if when is not None and when < today:
            continue
        for pupil in pupils.get(group, ()):
            notice = homework_news(
                pupil=pupil, group=group, day=day, child=names[pupil], course=of[group].course,
                was=was, now=now, due=when, versions=str(before[group, day].written + 1),
            )  # fmt: skip
            assert notice is not None  # noqa: S101 - was is not now
            found += [Addressed(person, notice, pupil_id=pupil) for person in families.get(pupil, ())]
    return found


def joined(by_lesson: Mapping[int, str]) -> str | None:
    """A day's homework, its lessons' one below another; None: there is none."""
    return "\n".join(text for _, text in sorted(by_lesson.items()) if text) or None
