"""What changes in the journal, from a file, a press or an undo: compared with what stands, written with its source, told to families."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.clock import Moment, midnight
from bot.policy import Person, require
from bot.post.posting import post_all
from bot.refusals import Refusal
from bot.services.journal.families import reason_of, with_reason
from bot.services.journal.homework import homework_letters
from bot.services.journal.homework import stood as stood_before
from bot.services.journal.letters import Change, Day, hearing, letters
from bot.services.journal.match import Wanted, thing_of
from storage import audit
from storage.db import Database, Tx
from storage.enrollment.enrollment import pupils_of
from storage.journal import journal as questions
from storage.journal import standing, writing
from storage.journal.journal import GroupOf, PupilOf
from storage.journal.standing import Stands
from storage.journal.writing import Key, Source, Written, WrittenTopic
from storage.tables import Entry
from storage.timetable import timetable

QUIET_AFTER = timedelta(days=14)  # an older mark is news to nobody
SECOND_THOUGHTS = timedelta(minutes=2)  # what was pressed and is taken back within this costs no family a letter


@dataclass(frozen=True)
class Entered:
    """What came of it. `writing`: what can be undone, None: nothing was otherwise than it stands; `families`: how many hear."""

    changes: tuple[Change, ...] = ()
    writing: int | None = None
    families: int = 0


# ── comparing ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Whose:
    """Whose entry it is, and whether families hear of it."""

    pupil: PupilOf
    group: GroupOf
    told: bool


def compared(key: Key, row: Stands | None, wanted: Wanted | None, whose: Whose) -> Change | None:
    """How an entry is to be otherwise than it stands. wanted None: it is to be removed; the result None: it stands so."""
    was = row.value if row is not None and row.removed_at is None else None
    if wanted is None:
        if row is None or was is None:
            return None
        return _change(key, row, whose, was, Wanted(was, row.work, row.comment), removed=True)
    comment, work = wanted.comment, wanted.work
    if row is not None and was is not None:  # a new file replaces the teacher's comment and keeps the family's reason
        comment = with_reason(reason_of(row.comment), wanted.comment)
        if wanted.entry is not None:  # but one without such columns, as every grid is, says nothing of them
            work = work if "work" in wanted.entry.says else row.work
            comment = comment if "comment" in wanted.entry.says or was != wanted.value else row.comment
        if (row.value, row.work, row.comment) == (wanted.value, work, comment):
            return None
    return _change(key, row, whose, was, Wanted(wanted.value, work, comment, wanted.entry))


def _change(key: Key, row: Stands | None, whose: Whose, was: str | None, to: Wanted, *, removed: bool = False) -> Change:
    now = None if removed else to.value
    return Change(
        key, whose.pupil, whose.group, was, now, to.work, to.comment,
        entry_id=None if row is None else row.id,
        version=1 if row is None else row.version + (was != now),
        told=whose.told,
        place=to.place(key[4]),
    )  # fmt: skip


def key_of(row: Stands | Entry) -> Key:
    assert row.pupil_id is not None  # noqa: S101 - erased pupils' entries are not asked for
    return row.pupil_id, row.group_id, row.day, row.lesson, row.kind, row.ordinal


def attendance(values: Iterable[tuple[Key, str]]) -> dict[Day, list[str]]:
    """Each day's attendance, as the letters are told it."""
    found: dict[Day, list[str]] = defaultdict(list)
    for (pupil, group, day, _, kind, _), value in values:
        if kind == "attendance":
            found[pupil, group, day].append(value)
    return found


def what(change: Change) -> str:
    """new | corrected | removed | touched (only work or comment differ)."""
    if change.was == change.now:
        return "touched"
    if change.was is None:
        return "new"
    return "removed" if change.now is None else "corrected"


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def put(
    tx: Tx, changes: Sequence[Change], topics: Sequence[WrittenTopic] = (), *, source: Source, now: datetime
) -> int | None:
    """Write these changes with their source. Returns the writing's id; None: there are none."""
    written = [
        Written(
            change.key,
            (change.was if change.now is None else change.now) or "",
            change.work,
            change.comment,
            change.version,
            removed=change.now is None,
            entry_id=change.entry_id,
            sheet=change.place[0] if change.place else None,
            cell=change.place[1] if change.place else None,
        )
        for change in changes
    ]
    return await writing.write(tx, source, written, topics, now=now)


async def enter(
    tx: Tx,
    group: GroupOf,
    wanted: Mapping[Key, Wanted | None],
    topics: Sequence[WrittenTopic] = (),
    *,
    source: Source,
    at: Moment,
) -> Entered:
    """Make these entries of one group stand as wanted (None: removed) and tell the families; all others stay. A repeat does nothing.

    Topics are written where they differ. The caller has asked whether `source.by` may.
    """
    await questions.lock_groups(tx, [group.id])
    rows = {key_of(row): row for row in await standing.entries(tx, {(key[1], key[2]) for key in wanted})}
    members = set(await pupils_of(tx, group.id))
    names = {pupil.id: pupil for pupil in await questions.pupils(tx, group.year, {key[0] for key in wanted})}
    changes = []
    for key, to in wanted.items():
        told = key[0] in members and told_of(key[2], at.today)
        change = compared(key, rows.get(key), to, Whose(names[key[0]], group, told))
        if change is not None:
            changes.append(change)
    stood = {key: row.value for key, row in rows.items() if row.removed_at is None}  # before the rows are written
    other = await _other_topics(tx, topics)
    homework = await stood_before(tx, other)
    id_ = await put(tx, changes, other, source=source, now=at.now)
    if id_ is None:
        return Entered()
    stands = stood | {change.key: change.now for change in changes if change.now is not None}
    for change in changes:
        if change.now is None:
            stands.pop(change.key, None)
    posted = await letters(tx, changes, attendance(stood.items()), attendance(stands.items()))
    news = [one for one in other if told_of(one.day, at.today)]
    posted += await homework_letters(tx, news, homework, [group], today=at.today, zone=at.zone)
    await post_all(tx, posted, now=at.now, due_at=at.now + SECOND_THOUGHTS if source.kind in ("chat", "undo") else None)
    counts = Counter(map(what, changes))
    audit.log(tx, source.by, "journal.enter", ("group", group.id), audit.Change(after={"writing": id_, **counts}), now=at.now)
    return Entered(tuple(changes), id_, await hearing(tx, posted))


async def _other_topics(tx: Tx, topics: Sequence[WrittenTopic]) -> list[WrittenTopic]:
    stored = await questions.topics(tx, {(one.group_id, one.day) for one in topics})
    found = []
    for one in topics:
        row = stored.get((one.group_id, one.day, one.lesson))
        if (one.topic, one.homework) != ((row.topic, row.homework) if row else (None, None)):
            found.append(one)
    return found


async def undo(db: Database, writing_id: int, *, by: Person, at: Moment) -> Entered:
    """Take back what somebody entered, whole: every entry stands as before. Only their own; a repeat does nothing.

    Refusal journal-changed-since: something of it was changed meanwhile.
    """
    async with db.write() as tx:
        done = await writing.writing(tx, writing_id, lock=True)
        if done is None or done.source != "chat":
            raise Refusal("gone")
        if done.by != by.known:
            raise Refusal("not-yours")
        if await writing.undone(tx, writing_id):
            return Entered()
        entries, topics = await writing.before(tx, writing_id), await writing.topics_before(tx, writing_id)
        group_id = next((id_ for id_ in [*(one.entry.group_id for one in entries), *(one.group_id for one, _ in topics)]), 0)
        found = await questions.groups(tx, group_id=group_id)
        if not found:
            raise Refusal("gone")
        days = {one.entry.day for one in entries} | {one.day for one, _ in topics}
        if not await _stands_in(tx, by, group_id, days, at):
            require(by, "journal.enter", thing_of(found[0]))
        if not all(one.last for one in entries) or not all(last for _, last in topics):
            raise Refusal("journal-changed-since")
        wanted = {
            key_of(one.entry): None
            if one.was is None or one.was.removed
            else Wanted(one.was.value, one.was.work, one.was.comment)
            for one in entries
        }
        source = Source("undo", by.known, undoes=writing_id)
        return await enter(tx, found[0], wanted, [topic for topic, _ in topics], source=source, at=at)


async def _stands_in(tx: Tx, by: Person, group_id: int, days: Collection[date], at: Moment) -> bool:
    """Whether they give the group's lessons of these days in place of its teacher: what they wrote of them is theirs to take back."""
    begins, ends = midnight(min(days), at.zone), midnight(max(days) + timedelta(days=1), at.zone)
    lessons = await timetable.lessons_of_groups(tx, [group_id], begins, ends)
    theirs = {one.starts_at.astimezone(at.zone).date() for one in lessons if one.stand_in_id in by.staff_as("teacher")}
    return set(days) <= theirs


def sums_of(changes: Sequence[Change]) -> dict[int, Counter[str]]:
    """For each group how many entries are new, corrected, removed, touched."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for change in changes:
        counts[change.group.id][what(change)] += 1
    return counts


def told_of(day: date, today: date) -> bool:
    """Whether an entry of this day is still news."""
    return day >= today - QUIET_AFTER
