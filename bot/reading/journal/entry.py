"""What every reader of journals gives: entries as they stand in the file, with the place of each for its faults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from bot.reading.fault import Amiss
from bot.reading.letters import fold
from bot.refusals import Faults, Refusal
from bot.voice import Fact

MOST_FAULTS = 1000  # nobody reads on; a wrong file of 50,000 rows must not become 50,000 sentences


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its letter in Excel and its heading."""

    letter: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One pupil at one lesson: what its cells say. Group and pupil are still the file's own words.

    `lesson` is the ordinal of the lesson within the day; None: the nth row of this pupil, group and day is lesson n.
    """

    sheet: str
    row: int
    day: date
    group: str
    pupil: str
    lesson: int | None = None
    marks: tuple[str, ...] = ()  # as written
    codes: tuple[str, ...] = ()  # attendance, folded by bot.journal.codes.fold
    topic: str | None = None
    homework: str | None = None
    comment: str | None = None
    work: str | None = None
    columns: Mapping[str, Column] = field(default_factory=dict)  # where group, pupil and code stand
    by_course: bool = False  # `group` is a course's name; one of no course here is none of ours
    unsure: str | None = None  # its date as written, without a year, where `day` is still to come in this academic year
    class_name: str | None = None  # tells namesakes apart, where the file says it
    says: tuple[str, ...] = ("mark", "attendance")  # what its columns tell of: a list of topics takes no marks away

    def cell(self, kind: str) -> str:
        """Where its mark or attendance stands: «D5»."""
        at = self.columns.get(kind) or self.columns.get("code")
        return f"{at.letter if at else ''}{self.row}"

    def fault(self, key: str, column: str, /, **facts: Fact) -> Refusal:
        """A fault of this entry, with its place."""
        at = self.columns.get(column, Column("?", ""))
        return Amiss(key, **facts).at(self.sheet, self.row, at.letter, at.name)


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth telling that stops nothing: shown as `say(key, **facts)`."""

    key: str
    facts: Mapping[str, Fact]

    @classmethod
    def of(cls, key: str, /, **facts: Fact) -> Note:
        return cls(key, MappingProxyType(facts))


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal file as read. Its faults are told together with those found against the database."""

    entries: tuple[Entry, ...]
    faults: tuple[Refusal, ...] = ()
    notes: tuple[Note, ...] = ()


def faults_of(faults: Sequence[Refusal]) -> Faults:
    """Every fault of a journal as one refusal."""
    return Faults("journal-faults", faults[:MOST_FAULTS])


# How a journal's column of pupils is headed, in lists and grids alike.
PUPIL = (
    "Ученик",
    "Ученики",
    "Учащийся",
    "Учащиеся",
    "Обучающийся",
    "Обучающиеся",
    "ФИО",
    "ФИ",
    "ФИО ученика",
    "ФИО учащегося",
    "ФИО обучающегося",
    "Ф.И. ученика",
    "Ф.И.О. ребёнка",
    "Фамилия, имя",
    "Фамилия Имя",
    "Фамилия и имя",
    "Фамилия, имя ученика",
    "Фамилия, имя, отчество",
    "Фамилия Имя Отчество",
    "Список учащихся",
    "Список учеников",
    "Список обучающихся",
    "Список группы",
)
_BELOW = (
    "ИТОГ",
    "ВСЕГО",
    "СРЕДН",
    "ПРОПУСК",
    "КОЛ-ВО",
    "КОЛИЧЕСТВО",
    "ПЕДАГОГ",
    "УЧИТЕЛЬ",
    "ПОДПИСЬ",
    "РУКОВОДИТЕЛЬ",
    "ДИРЕКТОР",
    "ДАТА ",
    "ЗАВУЧ",
    "ЗАМЕСТИТЕЛЬ",
    "ЗАПОЛНИЛ",
    "КЛАССНЫЙ РУК",
    "ПРИМЕЧАНИ",
    "ПРОВЕРИЛ",
    "СОСТАВИЛ",
    "УТВЕРЖДА",
)


def is_below(text: str) -> bool:
    """Whether these are words of a row below a table: its sums, who signs it."""
    return fold(text).startswith(_BELOW)
