"""A journal file held against the network: whose groups, which pupils, what the codes mean. Every fault at once, nothing guessed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.policy import Person, Thing, can, reader
from bot.reading.journal.codes import meaning_of
from bot.reading.journal.entry import MOST_FAULTS, Entry, Journal
from bot.reading.letters import code_key, fold, name_key
from bot.refusals import Refusal
from bot.services.journal.names import Answered, Names
from bot.services.journal.questions import (
    NOBODY,
    SKIP,
    Question,
    day_key,
    group_key,
    of_code,
    of_day,
    of_group,
    of_scale,
    open_of,
    scale_key,
)
from bot.services.journal.scales import TOGETHER, fitting, outside
from bot.voice import Fact
from storage.db import Tx
from storage.enrollment.enrollment import pupils_of_groups
from storage.journal import doubts as remembered
from storage.journal import journal as questions
from storage.journal.journal import GroupOf, PupilOf
from storage.journal.writing import Key
from storage.network.years import year_of
from storage.people import consent
from storage.people.invitations import schools


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


@dataclass
class Matched:
    """A file's entries in the network's own terms."""

    groups: dict[int, GroupOf] = field(default_factory=dict)
    pupils: dict[int, PupilOf] = field(default_factory=dict)
    members: set[tuple[int, int]] = field(default_factory=set)  # (group, pupil) enrolled now
    days: set[tuple[int, date]] = field(default_factory=set)
    present: set[tuple[int, int, date]] = field(default_factory=set)  # (pupil, group, day) of every row, an empty one too
    said: set[tuple[int, date, tuple[str, ...]]] = field(default_factory=set)  # (group, day, kinds of entries the rows tell of)
    wanted: dict[Key, Wanted] = field(default_factory=dict)
    topics: dict[tuple[int, date, int], tuple[str | None, str | None]] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)  # by what they are about; answered ones too
    faults: list[Refusal] = field(default_factory=list)
    codes: dict[tuple[int, str], str | None] = field(default_factory=dict)  # (organization, code) → what it was said to mean
    apart: dict[int, dict[str, Entry]] = field(default_factory=dict)  # group → marks that were written together
    skipped: Counter[str] = field(default_factory=Counter)  # names and days as written, and how many of their rows were left out

    @property
    def waits(self) -> bool:
        """Whether something must be answered before the file can be compared."""
        return bool(open_of(self.questions.values()))

    def ask(self, question: Question) -> str | None:
        """The question is the file's; its answer, if it was given before."""
        return self.questions.setdefault(question.about, question).answer

    def code(self, entry: Entry, group: GroupOf, code: str, said: str | None) -> str | None:
        """What the code means there; asked once for all its rows."""
        at = group.organization_id, code
        if at not in self.codes:
            self.codes[at] = self.ask(of_code(entry, group, code, said))
        return self.codes[at]


async def match(tx: Tx, journal: Journal, *, by: Person | None, file: str = "") -> Matched:
    """Find the groups and pupils of a file and read its codes. `by` None is the command line, which may enter for every group.

    `file`: what tells it from others (the start of its SHA-256): an answer about «Лист1» holds for it alone.
    """
    found = Matched(faults=list(journal.faults))
    groups = _Groups(await questions.groups(tx), by, file)
    groups.said = await remembered.answers(tx, {group.organization_id for group in groups.mine})
    rows = [(entry, group) for entry in journal.entries if (group := groups.of(entry, found)) is not None]
    if journal.entries and not rows and not found.faults and not found.waits:  # a report of subjects that are no courses here
        found.faults.append(Refusal("journal-no-course"))
    found.groups = {group.id: group for _, group in rows}
    names = await _names(tx, found, by, groups.said)
    names.meet(rows)
    answers = _Answers(await questions.codes(tx, {group.organization_id for group in found.groups.values()}), groups.said)
    lessons: Counter[tuple[int, int, date]] = Counter()
    for entry, group in rows:
        if len(found.faults) >= MOST_FAULTS:
            break
        if entry.unsure is not None:  # its rows are left out, or the file waits
            if found.ask(of_day(entry, group, answers.of(group, "day", day_key(entry)))) == SKIP:
                found.skipped[entry.unsure] += 1
            continue
        pupil = names.pupil(entry, group, found.faults)
        found.days.add((group.id, entry.day))
        found.said.add((group.id, entry.day, entry.says))
        if pupil is None:
            continue
        found.present.add((pupil.id, group.id, entry.day))
        lessons[pupil.id, group.id, entry.day] += 1
        lesson = entry.lesson or lessons[pupil.id, group.id, entry.day]
        _take(_Row(entry, group, pupil, lesson), answers, found)
    for question in names.asked.values():
        found.ask(question)
    found.skipped += names.skipped
    await _scales(tx, found, answers)
    return found


@dataclass(frozen=True)
class _Row:
    """A row of the file, and whose it is: the lesson is counted where the file does not number it."""

    entry: Entry
    group: GroupOf
    pupil: PupilOf
    lesson: int


@dataclass(frozen=True)
class _Answers:
    """What was answered before: codes by (organization, code), the rest by (organization, kind, what was asked about)."""

    codes: dict[tuple[int, str], str]
    others: dict[tuple[int, str, str], str]

    def of(self, group: GroupOf, kind: str, written: str) -> str | None:
        return self.others.get((group.organization_id, kind, written))

    def scale(self, group: GroupOf) -> str | None:
        return self.of(group, "scale", scale_key(group))


def _take(row: _Row, answers: _Answers, found: Matched) -> None:
    """Put one row's marks, attendance and topic where they belong.

    The row's comment stands at its first mark; but at the absence, if there is one: it may say why, and comments of
    absences are never pushed.
    """
    entry, group = row.entry, row.group
    marks, attendance = list(entry.marks), list[str]()
    if answers.scale(group) == TOGETHER:
        marks = [one for mark in marks for one in (mark if fitting([mark])[0] == TOGETHER else [mark])]
        if len(marks) > len(entry.marks):
            found.apart.setdefault(group.id, {}).setdefault(next(iter(entry.marks)), entry)
    for code in entry.codes:
        meaning: str | None = meaning_of(code)
        if meaning is None or (group.organization_id, code) in answers.codes:
            said = answers.codes.get((group.organization_id, code))
            meaning = found.code(entry, group, code, said) if meaning is None else said
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


async def _scales(tx: Tx, found: Matched, answers: _Answers) -> None:
    """Marks that are not of their course's scale are asked about, but those the group's journal has already."""
    odd: dict[int, dict[str, Entry]] = defaultdict(dict)
    for key, wanted in found.wanted.items():
        if key[4] == "mark" and wanted.entry is not None and outside(found.groups[key[1]].scale, wanted.value):
            odd[key[1]].setdefault(wanted.value, wanted.entry)
    stand = await remembered.mark_values(tx, odd) if odd else {}
    for group_id, marks in sorted(odd.items()):
        group, has = found.groups[group_id], stand.get(group_id, set())
        if group.scale is None and any(outside(None, mark) for mark in has):
            continue
        new = {mark: entry for mark, entry in marks.items() if mark not in has}
        if new:
            found.ask(of_scale(group, new, answers.scale(group)))
    for group_id, marks in sorted(found.apart.items()):
        found.ask(of_scale(found.groups[group_id], marks, TOGETHER))


class _Groups:
    """Groups by the file's words for them, and whether they are the sender's."""

    def __init__(self, groups: Iterable[GroupOf], by: Person | None, file: str) -> None:
        self.by_code: dict[str, dict[int, GroupOf]] = defaultdict(dict)  # by year: next year's group may have the same code
        self.by_course: dict[str, list[GroupOf]] = defaultdict(list)
        for group in groups:
            self.by_code[code_key(group.code)][group.year] = group
            self.by_course[name_key(group.course)].append(group)
        self.by = by
        self.file = file
        self.mine = [group for years in self.by_code.values() for group in years.values() if self.may_enter(group)]
        newest = [years[max(years)] for years in self.by_code.values()]
        self.theirs = [group.code for group in newest if self.may_enter(group)]
        self.said: dict[tuple[int, str, str], str] = {}  # what was answered before
        self.asked: dict[tuple[str, int], Question | None] = {}  # by the file's word and the year
        self.told: set[str] = set()  # a wrong group is one fault, not one for each of its rows

    def may_enter(self, group: GroupOf) -> bool:
        return self.by is None or can(self.by, "journal.enter", thing_of(group))

    def of(self, entry: Entry, found: Matched) -> GroupOf | None:
        if entry.by_course:
            return self._of_course(entry, found.faults)
        years = self.by_code.get(code_key(entry.group)) or self.by_code.get(code_key(_bare(entry.group)), {})
        group = years.get(year_of(entry.day)) or (years[min(years)] if years else None)
        if group is not None and self.may_enter(group):
            return group
        at = entry.group, year_of(entry.day)
        if group is None and at not in self.asked:
            self.asked[at] = self._asked(entry)
        question = self.asked.get(at)
        if group is None and question is not None:
            answer = found.ask(question)
            return next((one for one in self.mine if str(one.id) == answer), None)
        if entry.group not in self.told:
            self.told.add(entry.group)
            facts: dict[str, Fact] = {"found": entry.group, "groups": self.theirs[:20] or ["—"]}
            found.faults.append(entry.fault("journal-group-not-yours", "group", **facts))
        return None

    def _asked(self, entry: Entry) -> Question | None:
        """Which of the sender's groups of that year is meant by a word that is no group's?"""
        year = year_of(entry.day)
        key = group_key(fold(entry.group), self.file)
        mine = sorted((one for one in self.mine if one.year == year), key=lambda one: (one.course, one.code))
        said = {answer for (_, kind, written), answer in self.said.items() if (kind, written) == ("group", key)}
        stands = said & {str(one.id) for one in mine}
        return of_group(entry, mine, key, stands.pop() if len(stands) == 1 else None)

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


_CALLED = re.compile(r"^(?:группа|группы|гр)\b[.:№\s]*", re.IGNORECASE)


def _bare(group: str) -> str:
    """«Группа «РОБО-1».» is РОБО-1."""
    return _CALLED.sub("", group.strip(' «»"„“”.')).strip(' «»"„“”.')


async def _names(tx: Tx, found: Matched, by: Person | None, said: Mapping[tuple[int, str, str], str]) -> Names:
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
    nobody = {(organization, written) for (organization, kind, written) in said if kind == NOBODY}
    return Names(everybody, known, unnamed, Answered(await remembered.names(tx, found.groups), nobody), await schools(tx))
