"""The journal: a file becomes a plan, the plan is carried out, families hear of it. The same file twice changes nothing."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.clock import Moment
from bot.policy import Person, reader
from bot.post.posting import Addressed, post_all
from bot.reading.fault import Doubt
from bot.reading.journal import read_journal
from bot.reading.journal.entry import Journal, Note, faults_of
from bot.reading.uploads import read_sheets
from bot.refusals import ChangedSince, Faults, stamp
from bot.services.journal import doubts
from bot.services.journal.doubts import LeftOut, Present
from bot.services.journal.entering import Whose, attendance, compared, key_of, put, sums_of, told_of
from bot.services.journal.homework import homework_letters, stood
from bot.services.journal.letters import Change, hearing, letters, unreached
from bot.services.journal.match import Matched, match, thing_of
from bot.services.journal.names import apart
from bot.services.journal.questions import Question, open_of
from bot.settings import Settings
from storage import audit
from storage.db import Database, Tx
from storage.journal import journal as questions
from storage.journal import standing
from storage.journal.journal import GroupOf
from storage.journal.standing import Stands
from storage.journal.writing import Key, Source, WrittenTopic
from storage.network.years import year_of
from storage.people import consent

_NAMED = 10  # of what was left out


@dataclass(frozen=True)
class JournalFile:
    """A journal file as read, with what it is known by."""

    name: str
    sha256: str
    journal: Journal
    zone: ZoneInfo | None = None  # the network's; None: nothing is asked about days
    beside: tuple[Journal, ...] = ()  # files given together with it: a class may come as two
    silent: bool = False  # carried over from elsewhere: nobody is told

    @property
    def known(self) -> str:
        """What tells it from other files, for answers that hold for it alone."""
        return self.sha256[:12]


@dataclass(frozen=True)
class JournalPlan:
    """What a journal file would change, and how many families would hear."""

    name: str
    groups: tuple[GroupOf, ...]
    days: frozenset[tuple[int, date]]
    changes: tuple[Change, ...] = ()
    topics: int = 0  # lessons that get another topic or homework
    families: int = 0
    unreached: int = 0  # children with news whose families the bot cannot tell
    first: tuple[GroupOf, ...] = ()  # groups that never had a journal here: stored without telling anybody
    questions: tuple[Question, ...] = ()  # what was asked about it, or is to be
    notes: tuple[Note, ...] = ()
    doubts: tuple[Doubt, ...] = ()  # what looks like an accident

    @property
    def stops(self) -> tuple[Doubt, ...]:
        """The doubts somebody must answer before the file can go on."""
        return tuple(doubt for doubt in self.doubts if doubt.stops)

    @property
    def open(self) -> tuple[Question, ...]:
        """What somebody must answer before the file can go on."""
        return open_of(self.questions)

    @property
    def digest(self) -> str:
        """Changes with what the file would do now."""
        done = [(each.key, each.was, each.now, each.work, each.comment) for each in self.changes]
        return stamp(sorted(done, key=repr), self.topics, *(doubt.about for doubt in self.doubts))

    @property
    def empty(self) -> bool:
        return not self.changes and not self.topics


async def read_file(content: bytes, name: str, *, now: datetime, settings: Settings, group: str | None = None) -> JournalFile:
    """Read a journal of any known format. Refusal: it cannot be opened, or is no journal; its faults are told by the plan.

    `group`: the group of rows or sheets that name none.
    """
    today = now.astimezone(settings.zone).date()
    sheets = await read_sheets(content, name)
    journal = read_journal(sheets, today=today, academic_year=year_of(today), group=group)
    return JournalFile(name, hashlib.sha256(content).hexdigest(), journal, settings.zone)


async def plan_journal(
    db: Database, file: JournalFile, *, by: Person | None, today: date, left_out: LeftOut | None = None
) -> JournalPlan:
    """What applying this file would do. Faults lists all that forbids it; what is to be asked (`plan.open`) is no fault yet.

    `left_out`: what becomes of the entries of pupils whom the file leaves out; None: it is asked (`plan.doubts`). `by` None is the command line or the bot itself, which may enter for every group.
    """
    async with db.read() as tx:
        return (await _work_out(tx, file, by=by, today=today, left_out=left_out)).plan


@dataclass(frozen=True)
class Answer:
    """What whoever confirms a plan has said. `seen`: the digest of the plan they saw; `left_out`: what becomes of the entries of
    pupils whom the file leaves out; `sure`: the plan's other doubts are answered as well.
    """

    seen: str | None = None
    left_out: LeftOut | None = None
    sure: bool = False


UNASKED = Answer()


async def apply_journal(
    db: Database,
    file: JournalFile,
    *,
    by: Person | None,
    at: Moment,
    answer: Answer = UNASKED,
) -> JournalPlan:
    """Carry out a file: entries, topics, the record of the import and the letters in one transaction; nothing on any fault.

    Of the (group, day) pairs of the file, what is not in the file is removed; other days stay. The first import of a group
    tells nobody, nor does what is older than 14 days, nor a silent file. Faults journal-questions: something must be answered
    first. Faults journal-doubtful: nobody has answered its
    doubts. If the store has moved on since the plan was seen, that is refused. A repeat finds nothing to do.
    """
    async with db.write() as tx:
        work = await _work_out(tx, file, by=by, today=at.today, lock=True, left_out=answer.left_out)
        if work.plan.open:
            raise Faults("journal-questions", [one.fault for one in work.plan.open])
        if answer.seen is not None and not work.plan.empty and answer.seen != work.plan.digest:
            raise ChangedSince
        if work.plan.stops and not answer.sure:
            raise Faults("journal-doubtful", [doubt.refusal() for doubt in work.plan.stops])
        await _store(tx, work, file, by=by, now=at.now)
        await post_all(tx, work.letters, now=at.now)
        return work.plan


@dataclass
class _Work:
    plan: JournalPlan
    letters: list[Addressed]
    topics: list[WrittenTopic]
    last: Mapping[int, str]  # group → the file applied last
    stored: Mapping[Key, Stands]


async def _work_out(
    tx: Tx,
    file: JournalFile,
    *,
    by: Person | None,
    today: date,
    lock: bool = False,
    left_out: LeftOut | None = None,
) -> _Work:
    matched = await match(tx, file.journal, by=by, file=file.known)
    if matched.faults:  # with what would be asked: a file that is put right anyway is put right at once
        asked = [one for one in open_of(matched.questions.values()) if one.kind != "code"]
        groups, others = ([one.fault for one in asked if (one.kind == "group") is of_group] for of_group in (True, False))
        raise faults_of([*groups, *matched.faults, *others])
    foreign = _leave_foreign(matched, by)
    if lock:
        await questions.lock_groups(tx, matched.groups)
    last = await questions.last_imports(tx, matched.groups)
    stored = {key_of(row): row for row in await standing.entries(tx, matched.days)}

    def told(key: Key) -> bool:
        pupil, group, day = key[:3]
        return not file.silent and group in last and told_of(day, today) and (group, pupil) in matched.members

    present = matched.present.union(*[(await match(tx, other, by=by)).present for other in file.beside])
    changes = [] if matched.waits else _difference(matched, stored, told)
    changes = [one for one in changes if one.now is not None or _goes(one, matched.present, present, left_out)]
    was = attendance((key, row.value) for key, row in stored.items() if row.removed_at is None)
    now = attendance((key, wanted.value) for key, wanted in matched.wanted.items())
    posted, silent = await letters(tx, changes, was, now), await unreached(tx, changes)
    topics = [] if matched.waits else await _other_topics(tx, matched)
    news = [topic for topic in topics if not file.silent and topic.group_id in last and told_of(topic.day, today)]
    of, zone = list(matched.groups.values()), file.zone or ZoneInfo("UTC")
    posted += await homework_letters(tx, news, await stood(tx, news), of, today=today, zone=zone)
    shown = await _as_read(tx, changes, matched, by)
    plan = JournalPlan(
        name=file.name,
        groups=tuple(sorted(matched.groups.values(), key=lambda group: (group.course, group.code))),
        days=frozenset(matched.days),
        changes=shown,
        topics=len(topics),
        families=await hearing(tx, posted),
        unreached=len(silent),
        first=tuple(group for group in matched.groups.values() if group.id not in last) if not file.silent else (),
        questions=tuple(matched.questions.values()),
        notes=(*_left_out(matched, foreign), *file.journal.notes),
        doubts=await doubts.found(tx, file.zone, shown, present, left_out),
    )
    return _Work(plan, posted, topics, last, stored)


def _left_out(matched: Matched, foreign: int) -> list[Note]:
    """What of the file is not entered, as was answered, or because it is not for its sender to say: never in silence."""
    skipped, most = matched.skipped, matched.skipped.most_common(_NAMED)
    said = [Note.of("journal-note-skipped", rows=skipped.total(), found=[one for one, _ in most], more=len(skipped) - len(most))]
    return [*(said if skipped else []), *([Note.of("journal-note-foreign", count=foreign)] if foreign else [])]


def _leave_foreign(matched: Matched, by: Person | None) -> int:
    """A coordinator's file speaks for her school's pupils only: the others' rows are left to the partner. Returns how many pupils."""
    if by is None:
        return 0
    eyes = {group.id: reader(by, thing_of(group)) for group in matched.groups.values()}

    def hers(pupil: int, group: int) -> bool:
        return eyes[group].knows(matched.pupils[pupil].school_id, matched.groups[group].organization_id)

    foreign = {key[0] for key in matched.wanted if not hers(key[0], key[1])}
    matched.wanted = {key: value for key, value in matched.wanted.items() if hers(key[0], key[1])}
    matched.members = {(group, pupil) for group, pupil in matched.members if hers(pupil, group)}
    return len(foreign)


def _goes(change: Change, of_file: Present, together: Present, left_out: LeftOut | None) -> bool:
    """Whether a removal is the file's own word: of a pupil it names, or of one that no file names and nobody wants to keep."""
    at = change.key[:3]
    return at in of_file or (at not in together and left_out != "keep")


async def _as_read(tx: Tx, changes: Sequence[Change], matched: Matched, by: Person | None) -> tuple[Change, ...]:
    """With the workbook's code in place of a name this person may not know, and beside one that two of the groups have. `by` None:
    the school's own machine.
    """
    members = {pupil for _, pupil in matched.members} | {change.pupil.id for change in changes}
    named = apart(matched.pupils[one] for one in members)
    if by is None:
        return tuple(replace(one, pupil=named[one.pupil.id]) if one.pupil.id in named else one for one in changes)
    pupils: dict[GroupOf, set[int]] = defaultdict(set)
    for change in changes:
        pupils[change.group].add(change.pupil.id)
    unnamed = {
        (group.id, one)
        for group, some in pupils.items()
        for one in await consent.unnamed(tx, some, group.organization_id, reader(by, thing_of(group)))
    }
    return tuple(
        replace(change, pupil=change.pupil.by_code)
        if (change.group.id, change.pupil.id) in unnamed
        else replace(change, pupil=named.get(change.pupil.id, change.pupil))
        for change in changes
    )


def _difference(matched: Matched, stored: Mapping[Key, Stands], told: Callable[[Key], bool]) -> list[Change]:
    """What the file has otherwise than the store, in the order a reader goes: by group, day, pupil."""
    found: list[Change] = []
    said = {(group, day, kind) for group, day, kinds in matched.said for kind in kinds}
    # Who has left the group is no longer in its lists: their days stay. So does what the file has no column for.
    gone = {
        key: None
        for key in stored
        if key not in matched.wanted and (key[1], key[0]) in matched.members and (key[1], key[2], key[4]) in said
    }
    for key, wanted in (*matched.wanted.items(), *gone.items()):
        whose = Whose(matched.pupils[key[0]], matched.groups[key[1]], told(key))
        change = compared(key, stored.get(key), wanted, whose)
        if change is not None:
            found.append(change)
    return sorted(
        found,
        key=lambda one: (one.group.code, one.day, one.pupil.full_name, one.key[0], one.key[3], not one.is_mark, one.key[5]),
    )


async def _other_topics(tx: Tx, matched: Matched) -> list[WrittenTopic]:
    """Topics and homework that are not as stored; a file without them changes none."""
    stored = await questions.topics(tx, matched.days)
    rows = []
    for (group, day, lesson), (topic, homework) in matched.topics.items():
        row = stored.get((group, day, lesson))
        was = (row.topic, row.homework) if row else (None, None)
        now = (topic or was[0], homework or was[1])
        if now != was:
            rows.append(WrittenTopic(group, day, lesson, *now))
    return rows


async def _store(tx: Tx, work: _Work, file: JournalFile, *, by: Person | None, now: datetime) -> None:
    person = None if by is None else by.known
    await put(tx, work.plan.changes, work.topics, source=Source("file", person, file.name), now=now)
    counts = sums_of(work.plan.changes)
    imported = [group.id for group in work.plan.groups if work.last.get(group.id) != file.sha256 or counts.get(group.id)]
    await questions.put_imports(
        tx, [{"group_id": group, "sha256": file.sha256, "name": file.name, "by": person, "at": now} for group in imported]
    )
    for group in imported:
        after = {"sha256": file.sha256, **counts.get(group, {})}
        audit.log(tx, person, "journal.enter", ("group", group), audit.Change(after=after), now=now)
