"""A journal file held against the network: whose groups, which pupils, what the codes mean. Every fault at once, nothing guessed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from bot.policy import Person, Thing, can, reader
from bot.reading.journal.codes import meaning_of
from bot.reading.journal.entry import MOST_FAULTS, Entry, Journal
from bot.reading.letters import code_key, name_key
from bot.refusals import Refusal
from bot.services.journal.names import Names, Who
from bot.voice import Fact
from storage.db import Tx
from storage.enrollment.enrollment import pupils_of_groups
from storage.journal import doubts as remembered
from storage.journal import journal as questions
from storage.journal.journal import GroupOf, PupilOf
from storage.journal.writing import Key
from storage.network.years import year_of
from storage.people import consent


def thing_of(group: GroupOf) -> Thing:
    return Thing(teacher_id=group.teacher_id, organization_id=group.organization_id)


MISSED = frozenset({"absent", "sick", "excused"})


@dataclass(frozen=True)
class Wanted:
    """An entry as the file has it."""

    value: str
    work: str | None
    comment: str | None
    entry: Entry | None = None  # the row of the file that says so

    def place(self, kind: str) -> tuple[str, str] | None:
        """Sheet and cell of the file: «D5»; None: it came from no file."""
        return None if self.entry is None else (self.entry.sheet, self.entry.cell(kind))


@dataclass(frozen=True)
class Code:
    """An attendance code of the file that does not mean the same with everybody. meaning None: to be asked."""

    organization_id: int
    organization: str
    code: str
    meaning: str | None


@dataclass
class Matched:
    """A file's entries in the network's own terms."""

    groups: dict[int, GroupOf] = field(default_factory=dict)
    pupils: dict[int, PupilOf] = field(default_factory=dict)
    members: set[tuple[int, int]] = field(default_factory=set)  # (group, pupil) enrolled now
    days: set[tuple[int, date]] = field(default_factory=set)
    present: set[tuple[int, int, date]] = field(default_factory=set)  # (pupil, group, day) of every row, an empty one too
    wanted: dict[Key, Wanted] = field(default_factory=dict)
    topics: dict[tuple[int, date, int], tuple[str | None, str | None]] = field(default_factory=dict)
    codes: list[Code] = field(default_factory=list)
    who: list[Who] = field(default_factory=list)
    faults: list[Refusal] = field(default_factory=list)

    @property
    def asked(self) -> list[Code]:
        return [code for code in self.codes if code.meaning is None]

    @property
    def waits(self) -> bool:
        """Whether something must be answered before the file can be compared."""
        return bool(self.asked) or any(one.pupil is None for one in self.who)


async def match(tx: Tx, journal: Journal, *, by: Person | None) -> Matched:
    """Find the groups and pupils of a file and read its codes. `by` None is the command line, which may enter for every group."""
    found = Matched(faults=list(journal.faults))
    groups = _Groups(await questions.groups(tx), by)
    rows = [(entry, group) for entry in journal.entries if (group := groups.of(entry, found.faults)) is not None]
    if journal.entries and not rows and not found.faults:  # a report of subjects that are no courses here
        found.faults.append(Refusal("journal-no-course"))
    found.groups = {group.id: group for _, group in rows}
    names = await _names(tx, found, by)
    answers = await questions.codes(tx, {group.organization_id for group in found.groups.values()})
    lessons: Counter[tuple[int, int, date]] = Counter()
    codes: dict[tuple[int, str], Code] = {}
    for entry, group in rows:
        if len(found.faults) >= MOST_FAULTS:
            break
        pupil = names.pupil(entry, group, found.faults)
        found.days.add((group.id, entry.day))
        if pupil is None:
            continue
        found.present.add((pupil.id, group.id, entry.day))
        lessons[pupil.id, group.id, entry.day] += 1
        lesson = entry.lesson or lessons[pupil.id, group.id, entry.day]
        _take(_Row(entry, group, pupil, lesson), answers, codes, found)
    found.who = list(names.asked.values())
    found.codes = sorted(codes.values(), key=lambda code: (code.organization_id, code.code))
    return found


@dataclass(frozen=True)
class _Row:
    """A row of the file, and whose it is: the lesson is counted where the file does not number it."""

    entry: Entry
    group: GroupOf
    pupil: PupilOf
    lesson: int


def _take(row: _Row, answers: dict[tuple[int, str], str], codes: dict[tuple[int, str], Code], found: Matched) -> None:
    """Put one row's marks, attendance and topic where they belong.

    The row's comment stands at its first mark; but at the absence, if there is one: it may say why, and comments of
    absences are never pushed.
    """
    entry, group = row.entry, row.group
    marks, attendance = list(entry.marks), list[str]()
    for code in entry.codes:
        meaning = answers.get((group.organization_id, code)) or meaning_of(code)
        if meaning_of(code) is None:
            codes[group.organization_id, code] = Code(group.organization_id, group.organization, code, meaning)
        if meaning == "mark":
            marks.append(code.lower())
        elif meaning is not None:
            attendance.append(meaning)
    comment = entry.comment
    kinds = [("mark", marks), ("attendance", attendance)]
    if MISSED.intersection(attendance):
        kinds.reverse()
    for kind, values in kinds:
        for ordinal, value in enumerate(values, 1):
            key = (row.pupil.id, group.id, entry.day, row.lesson, kind, ordinal)
            if key in found.wanted:
                found.faults.append(entry.fault("journal-row-twice", "pupil", pupil=entry.pupil))
                return
            found.wanted[key] = Wanted(value, entry.work if kind == "mark" else None, comment, entry)
            comment = None
    at = (group.id, entry.day, row.lesson)
    topic, homework = found.topics.get(at, (None, None))
    if entry.topic or entry.homework:
        found.topics[at] = topic or entry.topic, homework or entry.homework


class _Groups:
    """Groups by the file's words for them, and whether they are the sender's."""

    def __init__(self, groups: Iterable[GroupOf], by: Person | None) -> None:
        self.by_code: dict[str, dict[int, GroupOf]] = defaultdict(dict)  # by year: next year's group may have the same code
        self.by_course: dict[str, list[GroupOf]] = defaultdict(list)
        for group in groups:
            self.by_code[code_key(group.code)][group.year] = group
            self.by_course[name_key(group.course)].append(group)
        self.by = by
        newest = [years[max(years)] for years in self.by_code.values()]
        self.theirs = [group.code for group in newest if self.may_enter(group)]
        self.told: set[str] = set()  # a wrong group is one fault, not one for each of its rows

    def may_enter(self, group: GroupOf) -> bool:
        return self.by is None or can(self.by, "journal.enter", thing_of(group))

    def of(self, entry: Entry, faults: list[Refusal]) -> GroupOf | None:
        if entry.by_course:
            return self._of_course(entry, faults)
        years = self.by_code.get(code_key(entry.group), {})
        group = years.get(year_of(entry.day)) or (years[min(years)] if years else None)
        if group is not None and self.may_enter(group):
            return group
        if entry.group not in self.told:
            self.told.add(entry.group)
            faults.append(entry.fault("journal-group-not-yours", "group", found=entry.group, groups=self.theirs[:20] or ["—"]))
        return None

    def _of_course(self, entry: Entry, faults: list[Refusal]) -> GroupOf | None:
        """A report names subjects: the sender's only group of the course so called. The school's own subjects are none of ours."""
        year = year_of(entry.day)
        named = self.by_course.get(name_key(entry.group), ())
        mine = [group for group in named if group.year == year and self.may_enter(group)]
        if len(mine) == 1:
            return mine[0]
        if mine and entry.group not in self.told:
            self.told.add(entry.group)
            facts: dict[str, Fact] = {"found": entry.group, "groups": [group.code for group in mine]}
            faults.append(entry.fault("journal-course-of-groups", "group", **facts))
        return None


async def _names(tx: Tx, found: Matched, by: Person | None) -> Names:
    enrolled = await pupils_of_groups(tx, found.groups)
    found.members = {(group_id, pupil_id) for group_id, ids in enrolled.items() for pupil_id in ids}
    told_of = await questions.pupils_with_entries(tx, found.groups)
    known = {group_id: {*enrolled.get(group_id, ()), *told_of.get(group_id, ())} for group_id in found.groups}
    everybody = await questions.pupils(tx, max((group.year for group in found.groups.values()), default=0))
    found.pupils = {pupil.id: pupil for pupil in everybody}
    unnamed: dict[int, set[int]] = {}
    if by is not None:
        for group in found.groups.values():
            eyes = reader(by, thing_of(group))
            unnamed[group.id] = set(await consent.unnamed(tx, known[group.id], group.organization_id, eyes))
    answers = await remembered.names(tx, found.groups)
    return Names(everybody, known, unnamed, answers, asks=by is not None)
