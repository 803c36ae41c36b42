"""What the rows of Изменения do to single lessons: each ends in an effect, in «уже так» or in a sentence that names it. Pure.

A row acts when it is new or says something else than when it last acted; what it decided stands although the row is cleared
once its day is over. A row taken away while its day is ahead is taken back.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.reading.workbook.rows import ChangeRow, Note, code_key
from bot.services.network.lessons.rules import Eyes, agreed, at
from bot.services.network.plan import Draft, Slip
from bot.services.network.schools import Calendars

Key = tuple[str, date, time]
Met = tuple[date, int]  # the week and the ordinal of the lesson that a row met


@dataclass(frozen=True, slots=True)
class Kept:
    """A row as it last acted, and the lesson it met."""

    row: ChangeRow
    met: Met | None = None
    legacy: bool = False  # of a version that did not note what the row met


def key_of(row: ChangeRow) -> Key:
    return code_key(row.group), row.day, row.starts


def given_back(note: str | None) -> list[Kept]:
    """The rows as last applied."""

    def row(values: dict[str, Any]) -> Kept:
        legacy = "met" not in values
        met = values.pop("met", None)
        days = {name: date.fromisoformat(values[name]) if values[name] else None for name in ("day", "new_day")}
        hours = {name: time.fromisoformat(values[name]) if values[name] else None for name in ("starts", "new_starts")}
        found = ChangeRow(row=0, **(values | days | hours))
        return Kept(found, (date.fromisoformat(met[0]), met[1]) if met else None, legacy)

    return [row(values) for values in json.loads(note or "[]")]


def to_keep(kept: Iterable[Kept]) -> str:
    """Изменения as a note: without row numbers, so that a row added above changes nothing."""
    rows = [
        {name: value for name, value in asdict(one.row).items() if name != "row"}
        | {"met": [one.met[0].isoformat(), one.met[1]] if one.met else None}
        for one in kept
    ]
    return json.dumps(rows, default=lambda value: value.isoformat(), ensure_ascii=False, sort_keys=True)


def in_order(note: str | None) -> list[str]:
    """A note as what it holds: two schools' books list the same rows in whatever order."""
    return sorted(json.dumps(row, sort_keys=True) for row in json.loads(note or "[]"))


@dataclass(slots=True)
class Rows:
    """The rows of a book, before and now, among the lessons they speak of."""

    before: Sequence[Kept]
    news: Sequence[ChangeRow] | None  # None: the sheet is left out and changes nothing
    eyes: Eyes
    calendars: Calendars
    own_teacher: dict[str, str]  # group → its teacher's code, both folded
    slips: list[Slip] = field(default_factory=list)
    said: list[Note] = field(default_factory=list)
    acted: list[tuple[ChangeRow, Draft]] = field(default_factory=list)
    over: list[str] = field(default_factory=list)  # numbers of rows that come too late

    def take_back(self, drafts: Iterable[Draft]) -> None:
        """Before the rules speak: what rows decided that are no longer there, or say something else now."""
        lessons = {(draft.group, draft.week, draft.ordinal): draft for draft in drafts}
        self.before = [_adopted(one, drafts, self.eyes.zone) if one.legacy else one for one in self.before]
        if self.news is None:
            return
        news = {key_of(row): row for row in self.news}
        for one in self.before:
            now = news.get(key_of(one.row))
            if one.met is None or (now is not None and _same(now, one.row)):
                continue
            draft = lessons.get((code_key(one.row.group), *one.met))
            over = at(one.row.day, one.row.starts, self.eyes.zone) <= self.eyes.now  # rows of past days may be cleared
            if draft is not None and draft.starts_at > self.eyes.now and not (over and now is None):
                _undo(draft)

    def act(self, drafts: Sequence[Draft]) -> list[Kept]:
        """After the rules have spoken: every row that is new. Returns what is to be kept of the rows."""
        if self.news is None:
            return list(self.before)
        before = {key_of(one.row): one for one in self.before}
        theirs: dict[str, list[Draft]] = defaultdict(list)
        for draft in drafts:
            theirs[draft.group].append(draft)
        kept: list[Kept] = []
        for row in self.news:
            known = before.get(key_of(row))
            past = at(row.day, row.starts, self.eyes.zone) <= self.eyes.now
            if known is not None and (known.met is not None or past) and _same(row, known.row):
                kept.append(replace(known, row=row))
                continue
            met = self._one(row, theirs.get(code_key(row.group), ()))
            kept.append(Kept(row, None if met is None else (met.week, met.ordinal)))
        if self.over:
            self.said.append(Note.of("network-rows-over", rows=self.over, count=len(self.over)))
        return kept

    def _one(self, row: ChangeRow, drafts: Sequence[Draft]) -> Draft | None:
        """What a new row does; the lesson it met, unless there is none or it is over."""
        draft = _meant(row, drafts, self.eyes.zone)
        named = at(row.day, row.starts, self.eyes.zone)
        if draft is None:
            off = self.calendars.of(code_key(row.group)).off(row.day)
            if named <= self.eyes.now:
                self._over(row)
            elif off is not None and row.action == "cancelled":
                self._say("network-row-already", row)
            elif off is not None:
                self._slip(row, "day", "network-change-of-day-off", day=row.day)
            else:
                found = f"{row.group}, {row.day:%d.%m.%Y}, {row.starts:%H:%M}"
                self._slip(row, "day", "network-change-of-nothing", found=found)
            return None
        if draft.starts_at <= self.eyes.now:
            self._over(row)
            return None
        if row.action == "cancelled":
            self._cancel(row, draft)
        elif draft.cancelled and row.new_day is None and row.new_starts is None:
            self._say("network-row-cancelled-lesson", row)
            return None
        else:
            self._change(row, draft)
        return draft

    def _cancel(self, row: ChangeRow, draft: Draft) -> None:
        if draft.cancelled:
            self._say("network-row-already", row)
            return
        if "chat" in draft.by.values():
            self._say("network-row-against-chat", row, draft.starts_at)
        draft.cancelled, draft.archived, draft.single, draft.reason = True, False, True, row.reason
        draft.by["cancelled"] = "row"
        self.acted.append((row, draft))

    def _change(self, row: ChangeRow, draft: Draft) -> None:
        """Another time, place or teacher; a cancelled lesson with a new time takes place after all."""
        was = (draft.starts_at, draft.ends_at, draft.place, draft.teacher, draft.cancelled)
        decided = dict(draft.by)
        if row.new_day or row.new_starts:
            starts = at(row.new_day or row.day, row.new_starts or row.starts, self.eyes.zone)
            if not self._time(row, starts):
                return
            draft.starts_at, draft.ends_at = starts, starts + (draft.plan_ends_at - draft.plan_starts_at)
            draft.by["time"] = "row"
            if draft.cancelled:
                draft.cancelled, draft.archived = False, False
                draft.by["cancelled"] = "row"
        if row.new_place:
            draft.place, draft.by["place"] = row.new_place, "row"
        if row.teacher:
            code = code_key(row.teacher)
            draft.teacher, draft.by["teacher"] = None if code == self.own_teacher.get(draft.group) else code, "row"
        agreed(draft)
        if was == (draft.starts_at, draft.ends_at, draft.place, draft.teacher, draft.cancelled):
            draft.by = decided
            self._say("network-row-already", row)
            return
        if "chat" in decided.values():
            self._say("network-row-against-chat", row, was[0])
        draft.single, draft.reason = True, row.reason
        self.acted.append((row, draft))

    def _time(self, row: ChangeRow, starts: datetime) -> bool:
        where = "new_day" if row.new_day else "new_starts"
        if starts <= self.eyes.now:
            self._slip(row, where, "network-new-time-over", at=starts)
            return False
        return True

    # Nothing is said of a row that is kept for another school: it is of no line of this file.

    def _over(self, row: ChangeRow) -> None:
        if row.row:
            self.over.append(str(row.row))

    def _slip(self, row: ChangeRow, field_: str, key: str, **facts: Any) -> None:
        if row.row:
            self.slips.append(Slip(row.row, field_, key, facts))

    def _say(self, key: str, row: ChangeRow, stands: datetime | None = None) -> None:
        facts: dict[str, Any] = {} if stands is None else {"stands": stands}
        if row.row:
            self.said.append(Note.of(key, row=str(row.row), group=row.group, day=row.day, starts=f"{row.starts:%H:%M}", **facts))


def _same(one: ChangeRow, other: ChangeRow) -> bool:
    """Whether two rows do the same; another reason alone does nothing."""
    return _effect(one) == _effect(other)


def _effect(row: ChangeRow) -> tuple[Any, ...]:
    return (*key_of(row), row.action, row.new_day, row.new_starts, row.new_place, code_key(row.teacher or ""))


def _meant(row: ChangeRow, theirs: Sequence[Draft], zone: ZoneInfo) -> Draft | None:
    """The lesson a row names: by the hour of the rules, as they are or as they were, else by the hour it has."""
    named = at(row.day, row.starts, zone)
    ways: tuple[Callable[[Draft], bool], ...] = (
        lambda one: one.plan_starts_at == named and not one.archived,
        lambda one: one.old is not None and one.old.plan_starts_at == named and not one.archived,
        lambda one: named in (one.starts_at, one.old.starts_at if one.old is not None else one.starts_at) and not one.cancelled,
        lambda one: one.plan_starts_at == named,
    )
    return next((draft for way in ways for draft in theirs if way(draft)), None)


def _undo(draft: Draft) -> None:
    """As the rules have it, but for what the chat decided."""
    if draft.by.get("time") == "row":
        draft.starts_at, draft.ends_at = draft.plan_starts_at, draft.plan_ends_at
    if draft.by.get("place") == "row":
        draft.place = draft.plan_place
    if draft.by.get("teacher") == "row":
        draft.teacher = None
    if draft.by.get("cancelled") == "row":
        draft.cancelled = False
    draft.by = {what: by for what, by in draft.by.items() if by != "row"}
    draft.single = True


def _adopted(one: Kept, drafts: Iterable[Draft], zone: ZoneInfo) -> Kept:
    """A row that an earlier version applied: its plan held what the row said, and who decided was not kept."""
    row, group = one.row, code_key(one.row.group)
    named = at(row.day, row.starts, zone)
    moved = at(row.new_day or row.day, row.new_starts or row.starts, zone) if row.action != "cancelled" else named
    theirs = [draft for draft in drafts if draft.group == group]
    draft = next((draft for way in (named, moved) for draft in theirs if draft.plan_starts_at == way), None)
    if draft is None:
        return Kept(row)
    if draft.plan_starts_at != named:
        length = draft.plan_ends_at - draft.plan_starts_at
        draft.plan_starts_at, draft.plan_ends_at = named, named + length
        draft.by["time"] = draft.by.get("time", "row")
    if row.action == "cancelled" and draft.cancelled:
        draft.by["cancelled"] = draft.by.get("cancelled", "row")
    if row.new_place and draft.place == row.new_place:
        draft.by["place"] = "row"
    if row.teacher and draft.teacher == code_key(row.teacher):
        draft.by["teacher"] = "row"
    return Kept(row, (draft.week, draft.ordinal))
