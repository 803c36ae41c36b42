"""What families and teachers hear of a new network workbook, besides its single lessons."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.notices import Notice, Unsaid
from bot.notices.drawn import WantedWeek
from bot.notices.enrollment import _Fitting, _OfChoice
from bot.targets import Courses, GroupList, Target, WeekPicture
from bot.voice import Fact, Say, weekday_names


@dataclass(frozen=True, kw_only=True)
class TimetableChanged(Notice):
    """The weekly timetable of a child's group is another. The lists run side by side: `weekdays` (0 is Monday), `hours`,
    `places`, `weeks` (all | even | odd), `begins` and `until` (a day in ISO, or nothing). Rules and what stands otherwise
    are the whole of it: `off` are lessons that are not held, `extra` such as are held without a rule.
    """

    id_group: Unsaid[int]
    at: datetime
    child: str
    subject: str
    since: date
    weekdays: list[int]
    hours: list[str]
    places: list[str]
    weeks: list[str]
    until: list[str]
    begins: list[str] = field(default_factory=list)
    off: list[datetime] = field(default_factory=list)
    extra: list[datetime] = field(default_factory=list)
    knew: list[str] = field(default_factory=list)  # the rules as the family knew them
    year: int = 0  # in which it is said, by the network's clock: a day of another one is told with its year
    pupil: Unsaid[int] = 0
    monday: Unsaid[date | None] = None  # of the week that is drawn: the first whole one with a lesson; none in old letters

    @property
    def topic(self) -> str:
        return f"timetable:{self.id_group}"

    @property
    def version(self) -> str:
        return self.at.isoformat()

    def after(self, older: Notice) -> Notice | None:
        """A timetable that is again as the family knows it is not told."""
        if not isinstance(older, TimetableChanged):
            return self
        return None if self._rules() == older.knew else replace(self, knew=older.knew)

    def _rules(self) -> list[str]:
        begins = self.begins or [""] * len(self.weekdays)
        lists = (self.weekdays, self.hours, self.places, self.weeks, begins, self.until)
        return ["|".join(str(value) for value in rule) for rule in zip(*lists, strict=True)]

    def words(self, say: Say) -> dict[str, Fact]:
        days = weekday_names(say.language)
        begins = self.begins or [""] * len(self.weekdays)
        rules = []
        for n, weekday in enumerate(self.weekdays):
            more = [self.places[n]] if self.places[n] else []
            if self.weeks[n] == "even":
                more.append(say("timetable-even-weeks"))
            elif self.weeks[n] == "odd":
                more.append(say("timetable-odd-weeks"))
            if begins[n] and date.fromisoformat(begins[n]) > self.since:
                more.append(say("timetable-from", day=date.fromisoformat(begins[n]), year=self.year))
            if self.until[n]:
                more.append(say("timetable-until", day=date.fromisoformat(self.until[n]), year=self.year))
            rules.append(f"{days[weekday]} {self.hours[n]}" + (f" ({', '.join(more)})" if more else ""))
        return {"child": self.child, "subject": self.subject, "since": self.since, "rules": rules, "year": self.year}

    def picture(self, say: Say, _detail: str, reader: int) -> WantedWeek | None:
        return WantedWeek(self.pupil, self.monday, reader, say.language) if self.pupil and self.monday and self.weekdays else None

    def buttons(self) -> list[tuple[str, Target]]:
        if not (self.pupil and self.monday and self.weekdays):
            return []
        return [("button-picture-dark", WeekPicture(self.monday.toordinal(), child=self.pupil, dark=1))]

    def text(self, say: Say, _detail: str) -> str:
        return self._told(say, own="no")

    def own_text(self, say: Say, _detail: str) -> str:
        return self._told(say, own="yes")

    def _told(self, say: Say, own: str) -> str:
        if not self.weekdays:
            return say("timetable-ended", own=own, child=self.child, subject=self.subject, since=self.since, year=self.year)
        said = [say("timetable-changed", own=own, **self.words(say))]
        said += [say("timetable-but-not", at=at, year=self.year) for at in self.off]
        said += [say("timetable-but-also", at=at, year=self.year) for at in self.extra]
        return "\n".join(said)


@dataclass(frozen=True, kw_only=True)
class GroupChanged(Notice):
    """To families: their child's group has another teacher or another room for good."""

    id_group: Unsaid[int]
    at: datetime
    child: str
    subject: str
    was_teacher: str  # without the surname
    now_teacher: str
    was_place: str | None
    now_place: str | None

    @property
    def topic(self) -> str:
        return f"group:{self.id_group}"

    @property
    def version(self) -> str:
        return self.at.isoformat()

    def after(self, older: Notice) -> Notice | None:
        """What the family knew before it heard anything, against what is now."""
        if not isinstance(older, GroupChanged):
            return self
        told = replace(self, was_teacher=older.was_teacher, was_place=older.was_place)
        return told if told.differs else None

    @property
    def differs(self) -> bool:
        return (self.was_teacher, self.was_place) != (self.now_teacher, self.now_place)

    def text(self, say: Say, _detail: str) -> str:
        return self._told(say, own="no")

    def own_text(self, say: Say, _detail: str) -> str:
        return self._told(say, own="yes")

    def _told(self, say: Say, own: str) -> str:
        said = [say("group-changed", own=own, child=self.child, subject=self.subject)]
        if self.was_teacher != self.now_teacher:
            said.append(say("group-now-teacher", was=self.was_teacher, now=self.now_teacher))
        if self.was_place != self.now_place:
            said.append(say("group-now-place", was=self.was_place or "—", now=self.now_place or "—"))
        return "\n".join(said)


@dataclass(frozen=True, kw_only=True)
class GroupHandedOver(Notice):
    """To the old and the new teacher of a group, and to one whose group has another room."""

    id_group: Unsaid[int]
    at: datetime
    group: str
    subject: str
    was_teacher: str
    now_teacher: str
    was_place: str | None
    now_place: str | None
    yours: bool

    @property
    def topic(self) -> str:
        return f"group-teacher:{self.id_group}"

    @property
    def version(self) -> str:
        return self.at.isoformat()

    def after(self, older: Notice) -> Notice | None:
        """Whose group it was, and is again, hears nothing."""
        if not isinstance(older, GroupHandedOver):
            return self
        told = replace(self, was_teacher=older.was_teacher, was_place=older.was_place)
        same = (told.was_teacher, told.was_place) == (told.now_teacher, told.now_place)
        return None if same else told

    def text(self, say: Say, _detail: str) -> str:
        group, subject, place = self.group, self.subject, self.now_place or "—"
        if self.was_teacher == self.now_teacher:
            return say("group-another-place", group=group, subject=subject, was=self.was_place or "—", now=place)
        if not self.yours:
            return say("group-no-longer-yours", group=group, subject=subject, teacher=self.now_teacher)
        return say("group-is-yours", group=group, subject=subject, teacher=self.was_teacher, place=place)


@dataclass(frozen=True, kw_only=True)
class PlaceChanged(_OfChoice, Notice):
    """To the family: a new workbook, or the coordinator's hand, changed the place or the number of a wish.

    `fate` and `why` as in bot/services/network/fates.py, and `hand`: moved by hand; `hours`: they keep it without a seat.
    `group`: the one it goes to.
    """

    fate: str
    why: str
    group: str
    number: int  # in the line, from 1; 0: a seat, or neither
    undoes: Unsaid[str] = ""  # the change (`id_change`) this one takes back
    learns: str = "yes"  # whether the child learns there: yes | offered | held (a seat, or a wish for one, and no answer yet)
    way: str = "none"  # of a course that went: apply, other courses take applications; school, it may propose another; none

    def after(self, older: Notice) -> Notice | None:
        """A move that was taken back before anybody heard of it is not told."""
        return None if self.undoes and isinstance(older, PlaceChanged) and older.id_change == self.undoes else self

    def buttons(self) -> list[tuple[str, Target]]:
        others = [("button-courses", Courses())] if self.way == "apply" else []
        return [*others, *super().buttons()]


@dataclass(frozen=True, kw_only=True)
class GroupTouched(_Fitting, Notice):
    """To the partner and the teachers: how many children of a course left, changed their place, or will not come."""

    id_course: Unsaid[int]
    at: Unsaid[datetime]
    course: str
    left: int
    moved: int
    fell: int
    undoes: Unsaid[str] = ""
    gone: str = "no"  # the course itself is gone: yes | no; then no page has a list of it any more

    def after(self, older: Notice) -> Notice | None:
        """A move that was taken back before anybody heard of it is not told."""
        return None if self.undoes and isinstance(older, GroupTouched) and older.version == self.undoes else self

    @property
    def topic(self) -> str:
        return f"course:{self.id_course}:touched"

    @property
    def version(self) -> str:
        return self.at.isoformat()

    def buttons(self) -> list[tuple[str, Target]]:
        return [] if self.gone == "yes" else [("button-groups", GroupList())]
