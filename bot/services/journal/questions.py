"""What a journal file asks in place of a guess: codes, names, groups, days and scales alike; each answered once and remembered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from bot.notices.journal import MEANINGS
from bot.policy import Person, Thing, can
from bot.reading.journal.entry import Entry
from bot.refusals import Refusal, stamp
from bot.services.journal.scales import ANY, TOGETHER, fitting, outside
from bot.voice import Fact
from storage.journal.journal import GroupOf
from storage.network.years import year_of

Kind: TypeAlias = Literal["code", "who", "group", "day", "scale"]

LONGEST_KEY = 200  # characters of what is asked about: of storage.tables.KnownAs and JournalAnswer
SKIP = "skip"  # the answer about a day, or a name that is nobody's: its rows are left out
NOBODY = "nobody"  # the kind of what is remembered of such a name
NOBODYS = frozenset(("ЛИСТ", "SHEET", "ЖУРНАЛ", "ОТМЕТКИ", "TABLE", "ТАБЛИЦА", ""))  # names of sheets that name no group


@dataclass(frozen=True)
class Option:
    """One of the answers: what is remembered, and its button: a text as it stands, or else the sentence `key`."""

    value: str
    text: str = ""
    key: str = ""


@dataclass(frozen=True)
class Question:
    """Something of a journal file that somebody must say. Said by bot/words/journal.py with `facts`.

    It is remembered by `scope` (a group for a name, else an organization; 0 until the answer tells whose) and `key`.
    answer None: to be asked; `fault`: as it is told where nobody can press a button.
    """

    kind: Kind
    scope: int
    organization_id: int  # whose journal: who besides the sender may answer; 0: the sender alone, and coordinators
    key: str
    options: tuple[Option, ...]
    fault: Refusal
    facts: Mapping[str, Fact] = field(default_factory=dict)
    answer: str | None = None

    @property
    def about(self) -> str:
        """The question, in eight characters of a button: never its number, for numbers move."""
        return stamp(self.scope, self.key) if self.kind == "who" else stamp(self.kind, self.scope, self.key)

    @property
    def asked(self) -> str:
        """What is asked about, as the file writes it."""
        return str(self.facts["found"])

    @property
    def chosen(self) -> Option | None:
        return next((one for one in self.options if one.value == self.answer), None)


def may_answer(person: Person, question: Question, *, sender: bool) -> bool:
    """Whether they may say so. What a partner's code means only the partner and the coordinators know; the rest its sender too."""
    if question.kind != "code" and sender:
        return True
    if question.organization_id:
        return can(person, "journal.code", Thing(organization_id=question.organization_id))
    return bool(person.organizations_as("coordinator"))


# ── each kind ───────────────────────────────────────────────────────────────────────────────────────────────────────


def of_code(entry: Entry, group: GroupOf, code: str, answer: str | None) -> Question:
    """What does this attendance code mean with that partner?"""
    facts: dict[str, Fact] = {"found": code, "organization": group.organization}
    return Question(
        "code",
        group.organization_id,
        group.organization_id,
        code,
        tuple(Option(meaning, key=key) for meaning, key in MEANINGS.items()),
        entry.fault("journal-code-unknown", "code", **facts),
        facts,
        answer,
    )


def day_key(entry: Entry) -> str:
    """What a date without a year is remembered by."""
    return f"{entry.unsure} {year_of(entry.day)}"


def of_day(entry: Entry, group: GroupOf, answer: str | None) -> Question:
    """A date without a year that this academic year has not come to: a slip, or another year's."""
    written = entry.unsure or ""
    facts: dict[str, Fact] = {
        "found": written,
        "day": entry.day,
        "group": group.code,
        "sheet": entry.sheet,
        "row": str(entry.row),
    }
    options = (Option(SKIP, key="button-day-skip"),)
    fault = entry.fault("journal-year-unclear", "day", found=written)
    return Question("day", group.organization_id, group.organization_id, day_key(entry), options, fault, facts, answer)


def of_group(entry: Entry, theirs: Sequence[GroupOf], key: str, answer: str | None) -> Question | None:
    """A group nobody has, by a code or a sheet's name: which of the sender's is it? None: they have none to choose from."""
    if not theirs:
        return None
    options = tuple(Option(str(one.id), f"{one.code} · {one.course}") for one in theirs)
    facts: dict[str, Fact] = {"found": entry.group[:60], "sheet": entry.sheet, "row": str(entry.row)}
    fault = entry.fault("journal-group-not-yours", "group", found=entry.group, groups=[one.code for one in theirs[:20]])
    return Question("group", 0, 0, key, options, fault, facts, answer)


def group_key(folded: str, file: str) -> str:
    """What an unknown group is remembered by; «Лист1» says nothing of its group, and is remembered for that file alone."""
    plain = folded.rstrip("0123456789 _-")
    return (f"{file} {folded}" if plain in NOBODYS else folded)[:LONGEST_KEY]


_SCALES = {
    TOGETHER: "button-scale-together",
    "ten": "button-scale-ten",
    "hundred": "button-scale-hundred",
    ANY: "button-scale-any",
}


def scale_key(group: GroupOf) -> str:
    """What is remembered of a course's marks: once the workbook names another scale, it is asked anew."""
    return f"{group.course[: LONGEST_KEY - 10]} {group.scale or ''}".strip()


def of_scale(group: GroupOf, odd: Mapping[str, Entry], said: str | None) -> Question:
    """Marks that are not of the course's scale. `odd`: each with the first row that has it; `said`: what was answered before."""
    marks = list(odd)
    entry = odd[marks[0]]
    values = fitting(marks)
    fits = said == TOGETHER or not any(outside(said, mark) for mark in marks)
    stands = said if said in values and fits else None
    facts: dict[str, Fact] = {
        "found": ", ".join(marks[:5]),
        "course": group.course,
        "scale": group.scale or "five",
        "together": " и ".join(marks[0]),
        "sheet": entry.sheet,
        "row": str(entry.row),
    }
    return Question(
        "scale",
        group.organization_id,
        group.organization_id,
        scale_key(group),
        tuple(Option(value, key=_SCALES[value]) for value in values),
        entry.fault(
            "journal-mark-outside", "mark" if "mark" in entry.columns else "code", found=facts["found"], scale=facts["scale"]
        ),
        facts,
        stands,
    )


def open_of(questions: Iterable[Question]) -> tuple[Question, ...]:
    return tuple(one for one in questions if one.answer is None)
