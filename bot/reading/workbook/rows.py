"""What a network workbook says once it is read: one frozen row per line of a sheet, in the tables' own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from types import MappingProxyType
from typing import TypeAlias

from bot.reading import letters
from bot.reading.letters import code_key, fold_class
from bot.voice import Fact

__all__ = ["code_key", "fold", "fold_class"]  # with all the rows: where others look for them


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth telling that stops nothing: shown as `say(key, **facts)`."""

    key: str
    facts: Mapping[str, Fact]

    @classmethod
    def of(cls, key: str, /, **facts: Fact) -> Note:
        return cls(key, MappingProxyType(facts))


@dataclass(frozen=True, slots=True)
class YearRow:
    row: int
    year: int  # «2026/2027» is 2026
    starts_on: date
    ends_on: date
    half_ends_on: date | None


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    row: int
    code: str
    name: str
    role: str  # base | partner
    kind: str | None  # educational | resource
    licence: str | None
    address: str | None
    phone: str | None
    site: str | None
    head: str | None = None
    head_post: str | None = None
    acts_on: str | None = None
    details: str | None = None


@dataclass(frozen=True, slots=True)
class StaffRow:
    row: int
    code: str
    full_name: str
    organization: str  # a code, as are all fields named after a thing
    role: str  # coordinator | director | teacher | partner
    post: str | None = None


@dataclass(frozen=True, slots=True)
class PupilRow:
    row: int
    code: str
    full_name: str
    class_name: str
    birth_date: date | None
    school: str | None  # None: the only base organization


@dataclass(frozen=True, slots=True)
class CourseRow:
    row: int
    code: str
    name: str
    organization: str
    direction: str
    classes: tuple[str, ...]  # «7» the whole year, «7А» one class
    hours: int | None
    description: str | None
    selection: str | None  # ranked | queue
    opens_on: date | None
    closes_on: date | None
    scale: str | None = None  # of `sheets.SCALES`; None: nothing is said
    equipment: str | None = None  # what it needs: «10 компьютеров, проектор»
    accessible: str | None = None  # yes | no: open to children with limited health abilities


@dataclass(frozen=True, slots=True)
class GroupRow:
    row: int
    code: str
    course: str
    teacher: str
    seats: int
    minimum: int | None
    place: str | None


@dataclass(frozen=True, slots=True)
class SlotRow:
    row: int
    group: str
    weekday: int  # 0 is Monday
    starts: time
    ends: time
    place: str | None
    from_day: date | None
    to_day: date | None
    weeks: str | None  # all | even | odd (ISO week number)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    row: int
    group: str
    day: date
    starts: time
    action: str  # cancelled | moved | replaced
    new_day: date | None
    new_starts: time | None
    new_place: str | None
    teacher: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class BusyRow:
    row: int
    class_name: str
    weekday: int
    starts: time
    ends: time
    school: str | None  # None: the only base organization


@dataclass(frozen=True, slots=True)
class RoomRow:
    row: int
    code: str
    name: str
    organization: str
    seats: int | None
    equipment: str | None


@dataclass(frozen=True, slots=True)
class RoadRow:
    row: int
    origin: str
    goal: str
    minutes: int


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    row: int
    course: str
    number: int
    topic: str
    hours: int | None


@dataclass(frozen=True, slots=True)
class CalendarRow:
    row: int
    day: date
    kind: str  # day_off | working | working:0 … working:6 (plays that weekday) | holidays
    name: str | None
    school: str | None = None  # None: the only base organization


@dataclass(frozen=True, slots=True)
class StepRow:
    row: int
    number: str
    task: str
    starts_on: date
    ends_on: date
    repeats: str | None  # none | week | month | half_year | always
    responsible: str | None
    result: str | None
    activity: str | None = None
    school: str | None = None  # None: the only base organization


@dataclass(frozen=True, slots=True)
class SurveyRow:
    row: int
    survey: str
    number: int
    question: str
    kind: str  # one | several | scale | text | courses
    options: str | None  # «Да; Нет», «1-5»
    whom: str | None  # «семьи», «ученики; классы: 5, 6»
    opens_on: date | None
    closes_on: date | None
    anonymous: str | None  # yes | no
    school: str | None = None  # None: the only base organization


@dataclass(frozen=True, slots=True)
class ResourceRow:
    row: int
    kind: str  # staff | information | material | methodical | social
    name: str
    organization: str
    description: str | None
    place: str | None
    seats: int | None
    whom: str | None
    link: str | None


Row: TypeAlias = (
    YearRow
    | OrganizationRow
    | StaffRow
    | PupilRow
    | CourseRow
    | GroupRow
    | SlotRow
    | ChangeRow
    | BusyRow
    | RoomRow
    | RoadRow
    | CalendarRow
    | StepRow
    | ProgrammeRow
    | SurveyRow
    | ResourceRow
)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A faultless workbook. A sheet left out is None and changes nothing; a sheet that is there but empty is ()."""

    academic_year: int
    years: tuple[YearRow, ...] | None = None
    organizations: tuple[OrganizationRow, ...] | None = None
    staff: tuple[StaffRow, ...] | None = None
    pupils: tuple[PupilRow, ...] | None = None
    courses: tuple[CourseRow, ...] | None = None
    groups: tuple[GroupRow, ...] | None = None
    slots: tuple[SlotRow, ...] | None = None
    changes: tuple[ChangeRow, ...] | None = None
    busy: tuple[BusyRow, ...] | None = None
    rooms: tuple[RoomRow, ...] | None = None
    roads: tuple[RoadRow, ...] | None = None
    programme: tuple[ProgrammeRow, ...] | None = None
    calendar: tuple[CalendarRow, ...] | None = None
    steps: tuple[StepRow, ...] | None = None
    surveys: tuple[SurveyRow, ...] | None = None
    resources: tuple[ResourceRow, ...] | None = None
    notes: tuple[Note, ...] = ()
    # Sheet → field → number of its column, where the sheet has it: a column left out changes nothing.
    columns: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What is already stored, for references of a workbook that leaves the sheet out. Keys are codes as `code_key` folds them.

    `own`: whoever sends the book answers for one school, and what names none is that school's.
    """

    organizations: Mapping[str, str] = field(default_factory=dict)  # code → base | partner
    staff: Mapping[str, str] = field(default_factory=dict)  # code → role
    courses: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    own: bool = False


def fold(text: str) -> str:
    """How the words of headings and drop-downs are compared: as everywhere, in lower case."""
    return letters.fold(text).lower()
