"""What the journal says of one pupil in a year: in which groups, from when to when, hours and attendance. For papers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from bot.clock import Moment, midnight
from bot.services.journal.composition import History, Span, spans_of
from bot.services.journal.report import hours_of, pupils_tallied
from bot.services.journal.tally import Tally, together
from storage.db import Tx
from storage.journal import reporting
from storage.journal.reporting import Counted, GroupOf
from storage.network.years import AcademicYear


@dataclass(frozen=True)
class Learning:
    """A pupil in one group."""

    group: GroupOf
    choices: frozenset[int]
    since: date
    until: date | None  # the day they left; None: to the end
    lessons: int  # that took place while they learnt there, by the timetable
    hours: int  # academic hours of these
    tally: Tally

    @property
    def attended(self) -> int | None:
        """Academic hours the pupil was there; None: the journal tells of no lesson."""
        share = self.tally.attendance
        return None if share is None else round(self.hours * share)


async def learning(tx: Tx, pupil_id: int, school_id: int, year: AcademicYear, at: Moment) -> list[Learning]:
    """Where this pupil of a school learnt that year, by partner and course."""
    places = await reporting.places(tx, [school_id], year.year, pupil=pupil_id)
    choices = [place.choice_id for place in places]
    moves, regrouped = await reporting.moves(tx, choices), await reporting.regrouped(tx, choices)
    ids = {place.group_id for place in places} | {group for move in regrouped for group in move[2:]}
    spans = spans_of(places, History(moves, regrouped, await reporting.first_days(tx, ids), at.zone, year.starts_on))
    counted = [each for each in await reporting.counted(tx, ids, year.starts_on, year.ends_on) if each.pupil_id == pupil_id]
    kept = await reporting.kept(tx, ids, year.starts_on, year.ends_on)
    ends = midnight(year.ends_on + timedelta(days=1), at.zone)
    held = await reporting.lessons(tx, ids, midnight(year.starts_on, at.zone), min(ends, at.now))
    stands: dict[int, list[Counted]] = defaultdict(list)
    for one in counted:
        stands[one.group_id].append(one)
    found = []
    for group in await reporting.groups(tx, ids):
        mine = [span for span in spans if span.group_id == group.id]
        if not mine:
            continue
        days = [(day, lesson) for of, day, lesson in kept if of == group.id]
        over = [
            each
            for each in held
            if each.group_id == group.id and each.ends_at <= at.now and _there(mine, each.starts_at.astimezone(at.zone).date())
        ]
        rows, _ = pupils_tallied(mine, days, stands[group.id])
        until = None if any(span.until is None for span in mine) else max(span.until for span in mine if span.until)
        tally = together(row.tally for row in rows)
        whose = frozenset(span.choice_id for span in mine)
        found.append(Learning(group, whose, min(span.since for span in mine), until, len(over), hours_of(over), tally))
    return found


def _there(spans: list[Span], day: date) -> bool:
    return any(span.covers(day) for span in spans)
