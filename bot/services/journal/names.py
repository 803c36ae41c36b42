"""Whose name it is that a journal says: by code or name, of the group first; what may be somebody's is asked, never guessed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TypeAlias

from bot.reading.journal.entry import Entry
from bot.reading.letters import code_key, fold, fold_class, name_key
from bot.refusals import Refusal, stamp
from bot.services.journal.questions import LONGEST_KEY, SKIP, Option, Question
from bot.voice import Fact
from storage.journal.journal import GroupOf, PupilOf

_PROPOSED = 3  # similar names that are shown
_FEW = 5  # strangers of one file that are asked about whoever else is in it; with more of them than of the group's it is another class
_NOBODY, _ELSEWHERE = "journal-pupil-unknown", "journal-pupil-not-enrolled"
_WHY = {"journal-namesakes": "several", "journal-pupil-perhaps": "perhaps", _NOBODY: "nobody", _ELSEWHERE: "elsewhere"}
_UNANSWERED = {_NOBODY: "journal-pupil-nobody", _ELSEWHERE: "journal-pupil-elsewhere"}  # as it is told where nobody can be asked
_WITH_CLASS = re.compile(r"(.+?)[\s,(]+(\d{1,2}\s*[«\"'-]?\s*[А-Я])[»\"']?\s*(?:КЛАСС|КЛ\.?)?\)?")


@dataclass(frozen=True)
class _Unclear:
    """Why a name is nobody's, and who of the group may be meant."""

    key: str
    facts: dict[str, Fact]
    among: tuple[PupilOf, ...] = ()


Answers: TypeAlias = Mapping[tuple[int, str], tuple[int, frozenset[int]]]  # see storage.journal.doubts.names


@dataclass(frozen=True)
class Answered:
    """What was said before about names: the pupils meant, and the names that are nobody's (see `nobody_key`), by organization."""

    pupils: Answers
    nobody: Collection[tuple[int, str]]


def nobody_key(group_id: int, key: str) -> str:
    """What is remembered of a name whose rows are left out: never the name, for it is a child's who is not ours."""
    return stamp("nobody", group_id, key)


class Names:
    """Pupils by code or name: of the group first, then of the school, to say what is wrong."""

    def __init__(
        self,
        pupils: list[PupilOf],
        known: dict[int, set[int]],
        unnamed: dict[int, set[int]],
        answered: Answered,
        schools: Mapping[int | None, str] = MappingProxyType({}),
    ) -> None:
        self.by_code = {code_key(pupil.code): pupil for pupil in sorted(pupils, key=lambda one: not one.archived)}
        self.by_id = {pupil.id: pupil for pupil in pupils}
        self.known = known
        self.unnamed = unnamed  # group → whom the sender may not name
        self.answered = answered
        self.schools = schools  # the names of the base schools
        self.found: dict[tuple[int, str], PupilOf | _Unclear] = {}
        self.named: dict[int, set[int]] = defaultdict(set)  # group → whom the file names beyond doubt
        self.foreign: set[int] = set()  # groups of which the file has more strangers than pupils
        self.told: set[tuple[int, str]] = set()  # a stranger is one fault, not one for each of their rows
        self.asked: dict[tuple[int, str], Question] = {}
        self.skipped: Counter[str] = Counter()  # names as written, and how many rows were left out as nobody's

    @cached_property
    def by_surname(self) -> dict[str, list[PupilOf]]:
        """Asked for only where the group has no such name: the names of five thousand pupils are long to fold."""
        found: dict[str, list[PupilOf]] = defaultdict(list)
        for pupil in self.by_id.values():
            found[name_key(pupil.full_name).partition(" ")[0]].append(pupil)
        return found

    def meet(self, rows: Iterable[tuple[Entry, GroupOf]]) -> None:
        """Look at every name once: what a question offers depends on whom the rest of the file names."""
        strangers: Counter[int] = Counter()
        for entry, group in rows:
            at = _said(entry, group)
            if at in self.found:
                continue
            first = self._find(entry.pupil, group)
            namesakes = not isinstance(first, PupilOf) and first.key == "journal-namesakes"
            found = self.found[at] = self._find(at[1], group) if namesakes and entry.class_name else first
            if isinstance(found, PupilOf):
                self.named[group.id].add(found.id)
            else:
                strangers[group.id] += found.key in _UNANSWERED
        self.foreign = {group for group, count in strangers.items() if count > max(_FEW, len(self.named[group]))}

    def pupil(self, entry: Entry, group: GroupOf, faults: list[Refusal]) -> PupilOf | None:
        """The pupil a row is about, if they are in the group: enrolled, or with days of theirs already in its journal."""
        at = _said(entry, group)
        found = self.found[at]
        if isinstance(found, PupilOf):
            return found
        if found.key in _UNANSWERED and group.id in self.foreign:
            if at not in self.told:
                self.told.add(at)
                faults.append(entry.fault(found.key, "pupil", **found.facts))
            return None
        if at not in self.asked:
            fault = entry.fault(_UNANSWERED.get(found.key, found.key), "pupil", **found.facts)
            self.asked[at] = self._who(at[1], group, found, fault)
        answer = self.asked[at].answer
        if answer == SKIP:
            self.skipped[at[1]] += 1
        return None if answer in (None, SKIP) else self.by_id[int(answer)]

    def _who(self, written: str, group: GroupOf, found: _Unclear, fault: Refusal) -> Question:
        """The question, and its answer if it was given when there were no others to choose from."""
        key, hidden = name_key(written)[:LONGEST_KEY], self.unnamed.get(group.id, set())
        among = self._rest(group) if found.key == _NOBODY else found.among
        options = [Option(str(one.id), text) for one, text in zip(among, self._labels(among, hidden), strict=True)]
        if found.key != "journal-namesakes":
            options.append(Option(SKIP, key="button-who-skip"))
        facts = {**fault.facts, "group": group.code, "why": _WHY[found.key], "others": len(among)}
        answer = self._answer(group, key, found, among)
        return Question("who", group.id, group.organization_id, key, tuple(options), fault, facts, answer)

    def _labels(self, among: Sequence[PupilOf], hidden: Collection[int]) -> list[str]:
        """By name and class; whom that does not tell apart, by class, code and school: the name stands in the question."""
        labels = [f"{one.code if one.id in hidden else one.full_name}, {one.class_name}" for one in among]
        alike = Counter(labels)
        return [
            label if alike[label] == 1 else f"{one.class_name}, {one.code} · {self.schools.get(one.school_id, '')}".rstrip(" ·")
            for one, label in zip(among, labels, strict=True)
        ]

    def _answer(self, group: GroupOf, key: str, found: _Unclear, among: Sequence[PupilOf]) -> str | None:
        """What was said of that name before, where nobody else may be meant now and the file does not name that pupil besides."""
        if found.key != "journal-namesakes" and (group.organization_id, nobody_key(group.id, key)) in self.answered.nobody:
            return SKIP
        pupil, offered = self.answered.pupils.get((group.id, key), (0, frozenset()))
        stands = pupil in {one.id for one in among} and (found.key == _NOBODY or {one.id for one in among} <= offered)
        return str(pupil) if stands else None

    def _rest(self, group: GroupOf) -> tuple[PupilOf, ...]:
        """Whom of the group the file does not name otherwise: one of them may be meant by a name like nobody's."""
        rest = [self.by_id[id_] for id_ in self.known[group.id] - self.named[group.id] if id_ in self.by_id]
        return tuple(sorted(rest, key=lambda one: (one.full_name, one.id)))

    def _find(self, written: str, group: GroupOf) -> PupilOf | _Unclear:
        members = self.known[group.id]
        wrong: dict[str, Fact] = {"found": written if len(written) <= 60 else f"{written[:59]}…", "group": group.code}
        by_code = self.by_code.get(code_key(written))
        if by_code is None:
            written = _bare(written)
            by_code = self.by_code.get(code_key(written))
        if by_code is not None:
            return by_code if by_code.id in members else _Unclear("journal-pupil-not-enrolled", wrong)
        named = self._named(written)
        here = [pupil for pupil in named if pupil.id in members]
        if len(here) == 1:
            return here[0]
        if here:
            return _Unclear("journal-namesakes", wrong, tuple(sorted(here, key=lambda one: (one.full_name, one.id))))
        if any(not pupil.archived for pupil in named):
            return _Unclear("journal-pupil-not-enrolled", wrong)
        perhaps = self._perhaps(written, group)
        if perhaps:
            return _Unclear("journal-pupil-perhaps", wrong | {"names": self._shown(perhaps, group)}, perhaps)
        return _Unclear("journal-pupil-unknown", wrong)

    def _shown(self, some: Sequence[PupilOf], group: GroupOf) -> list[str]:
        hidden = self.unnamed.get(group.id, set())
        return sorted(one.code if one.id in hidden else f"{one.full_name} ({one.code})" for one in some)[:_PROPOSED]

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

    def _perhaps(self, written: str, group: GroupOf) -> tuple[PupilOf, ...]:
        """Of the group, whom «Имя Фамилия», «Фамилия И. О.», «И. О. Фамилия» may mean: proposed, never taken."""
        words = name_key(written.replace(".", " ").replace(",", " ")).split()
        if not words:
            return ()
        found = [pupil for id_ in self.known[group.id] if (pupil := self.by_id.get(id_)) and resembles(words, pupil.full_name)]
        return tuple(sorted(found, key=lambda one: (one.full_name, one.id)))


def apart(some: Iterable[PupilOf]) -> dict[int, PupilOf]:
    """Those of them whom no name tells apart, by id: two schools may have a child of one name each. The code stands beside it."""
    called: dict[str, dict[int, PupilOf]] = {}
    for pupil in some:
        called.setdefault(pupil.full_name, {})[pupil.id] = pupil
    return {
        id_: replace(pupil, full_name=f"{pupil.full_name} ({pupil.code})")
        for namesakes in called.values()
        if len(namesakes) > 1
        for id_, pupil in namesakes.items()
    }


_NUMBERED = re.compile(r"\d{1,2}\s*[.)]\s*(?=[^\W\d_])")


def _bare(written: str) -> str:
    """A name without its number in a list and a footnote's sign behind it."""
    return _NUMBERED.sub("", written, count=1).rstrip("*.,; ")


def resembles(words: Sequence[str], full_name: str) -> bool:
    """Whether these words (as `name_key` folds them) may be that name: in another order, or cut short but for the surname: «А.», «Алекс.»."""
    name = name_key(full_name).split()
    if len(words) == 1:
        return words[0] == name[0]
    if len(words) > len(name) or name[0] not in words:
        return False
    others = [word for word in words if word != name[0]]
    return all(
        given.startswith(word) and (len(word) != 2 or given == word) for word, given in zip(others, name[1:], strict=False)
    )


def _said(entry: Entry, group: GroupOf) -> tuple[int, str]:
    """A name of the file, with its class where the file has one."""
    return group.id, f"{entry.pupil}, {entry.class_name}" if entry.class_name else entry.pupil
