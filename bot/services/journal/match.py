"""A journal file held against the network: whose groups, which pupils, what the codes mean. Every fault at once, nothing guessed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.policy import Person, Thing, can, reader
from bot.reading.journal.codes import meaning_of
from bot.reading.journal.entry import MOST_FAULTS, Entry, Journal
from bot.reading.letters import code_key, fold, fold_class, name_key
from bot.refusals import Refusal
from bot.voice import Fact
from storage.db import Tx
from storage.enrollment.enrollment import pupils_of_groups
from storage.journal import journal as questions
from storage.journal.journal import GroupOf, PupilOf
from storage.journal.writing import Key
from storage.network.years import year_of
from storage.people import consent

_PROPOSED = 3  # similar names that are shown


def thing_of(group: GroupOf) -> Thing:
    return Thing(teacher_id=group.teacher_id, organization_id=group.organization_id)


MISSED = frozenset({"absent", "sick", "excused"})
_WITH_CLASS = re.compile(r"(.+?)[\s,(]+(\d{1,2}\s*[«\"'-]?\s*[А-Я])[»\"']?\s*(?:КЛАСС|КЛ\.?)?\)?")


@dataclass(frozen=True)
class Wanted:
    """An entry as the file has it."""

    value: str
    work: str | None
    comment: str | None
    entry: Entry | None = None  # the row of the file that says so

    @property
    def place(self) -> tuple[str, str] | None:
        """Sheet and cell of the file: «D5»; None: it came from no file."""
        return None if self.entry is None else (self.entry.sheet, self.entry.cell)


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
    faults: list[Refusal] = field(default_factory=list)

    @property
    def asked(self) -> list[Code]:
        return [code for code in self.codes if code.meaning is None]


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
        if pupil is None:
            continue
        found.days.add((group.id, entry.day))
        found.present.add((pupil.id, group.id, entry.day))
        lessons[pupil.id, group.id, entry.day] += 1
        lesson = entry.lesson or lessons[pupil.id, group.id, entry.day]
        _take(_Row(entry, group, pupil, lesson), answers, codes, found)
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


async def _names(tx: Tx, found: Matched, by: Person | None) -> _Names:
    enrolled = await pupils_of_groups(tx, found.groups)
    found.members = {(group_id, pupil_id) for group_id, ids in enrolled.items() for pupil_id in ids}
    told_of = await questions.pupils_with_entries(tx, found.groups)
    known = {group_id: {*enrolled.get(group_id, ()), *told_of.get(group_id, ())} for group_id in found.groups}
    everybody = await questions.pupils(tx)
    found.pupils = {pupil.id: pupil for pupil in everybody}
    unnamed: dict[int, set[int]] = {}
    if by is not None:
        for group in found.groups.values():
            eyes = reader(by, thing_of(group))
            unnamed[group.id] = set(await consent.unnamed(tx, known[group.id], group.organization_id, eyes))
    return _Names(everybody, known, unnamed)


class _Names:
    """Pupils by code or name: of the group first, then of the school, to say what is wrong."""

    def __init__(self, pupils: list[PupilOf], known: dict[int, set[int]], unnamed: dict[int, set[int]]) -> None:
        self.by_code = {code_key(pupil.code): pupil for pupil in sorted(pupils, key=lambda one: not one.archived)}
        self.by_id = {pupil.id: pupil for pupil in pupils}
        self.known = known
        self.unnamed = unnamed  # group → whom the sender may not name
        self.by_surname: dict[str, list[PupilOf]] = defaultdict(list)
        for pupil in pupils:
            self.by_surname[name_key(pupil.full_name).partition(" ")[0]].append(pupil)
        self.found: dict[tuple[int, str], PupilOf | tuple[str, dict[str, Fact]]] = {}

    def pupil(self, entry: Entry, group: GroupOf, faults: list[Refusal]) -> PupilOf | None:
        """The pupil a row is about, if they are in the group: enrolled, or with days of theirs already in its journal."""
        at = group.id, f"{entry.pupil}, {entry.class_name}" if entry.class_name else entry.pupil
        if at not in self.found:
            first = self._find(entry.pupil, group)
            namesakes = not isinstance(first, PupilOf) and first[0] == "journal-namesakes"
            self.found[at] = self._find(at[1], group) if namesakes and entry.class_name else first
        found = self.found[at]
        if isinstance(found, PupilOf):
            return found
        key, facts = found
        faults.append(entry.fault(key, "pupil", **facts))
        return None

    def _find(self, written: str, group: GroupOf) -> PupilOf | tuple[str, dict[str, Fact]]:
        members = self.known[group.id]
        wrong: dict[str, Fact] = {"found": written if len(written) <= 60 else f"{written[:59]}…", "group": group.code}
        by_code = self.by_code.get(code_key(written))
        if by_code is not None:
            return by_code if by_code.id in members else ("journal-pupil-not-enrolled", wrong)
        named = self._named(written)
        here = [pupil for pupil in named if pupil.id in members]
        if len(here) == 1:
            return here[0]
        if here:
            return "journal-namesakes", wrong
        if any(not pupil.archived for pupil in named):
            return "journal-pupil-not-enrolled", wrong
        perhaps = self._perhaps(written, group)
        if perhaps:
            return "journal-pupil-perhaps", wrong | {"names": perhaps}
        return "journal-pupil-unknown", wrong

    def _named(self, written: str) -> list[PupilOf]:
        words = fold(written.replace(",", " "))
        matching = self._called(name_key(words))
        if matching:
            return matching
        match_ = _WITH_CLASS.fullmatch(words)
        if match_ is None:
            return []
        class_ = fold_class(match_[2])
        return [pupil for pupil in self._called(name_key(match_[1])) if fold_class(pupil.class_name) == class_]

    def _called(self, name: str) -> list[PupilOf]:
        """Who is called exactly so; else whose name begins with these words: the patronymic may be left out."""
        same_surname = self.by_surname.get(name.partition(" ")[0], [])
        exactly = [pupil for pupil in same_surname if name_key(pupil.full_name) == name]
        if exactly or " " not in name:
            return exactly
        return [pupil for pupil in same_surname if name_key(pupil.full_name).startswith(f"{name} ")]

    def _perhaps(self, written: str, group: GroupOf) -> list[str]:
        """Of the group, whom «Имя Фамилия», «Фамилия И. О.», «И. О. Фамилия» may mean: proposed, never taken."""
        words = name_key(written.replace(".", " ").replace(",", " ")).split()
        if not words:
            return []
        found = [pupil for id_ in self.known[group.id] if (pupil := self.by_id.get(id_)) and resembles(words, pupil.full_name)]
        hidden = self.unnamed.get(group.id, set())
        shown = sorted(pupil.code if pupil.id in hidden else f"{pupil.full_name} ({pupil.code})" for pupil in found)
        return shown[:_PROPOSED]


def resembles(words: Sequence[str], full_name: str) -> bool:
    """Whether these words (as `name_key` folds them) may be that name: in another order, or with initials for all but the surname."""
    name = name_key(full_name).split()
    if len(words) == 1:
        return words[0] == name[0]
    if len(words) > len(name) or name[0] not in words:
        return False
    others = [word for word in words if word != name[0]]
    return all(
        given.startswith(word) and (len(word) == 1 or given == word) for word, given in zip(others, name[1:], strict=False)
    )
