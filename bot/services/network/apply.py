"""Carrying out a plan: every sheet, every lesson, the audit line and the letters, in the caller's one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Moment
from bot.reading.workbook.rows import code_key
from bot.services.network.children import Touching, staff_of, touch
from bot.services.network.compare import KEYED, Difference, Values
from bot.services.network.lessons.rules import WHAT
from bot.services.network.plan import Altered, Draft, Plan
from bot.services.network.resources import no_equipment
from bot.services.network.surveys import carry_surveys
from bot.services.network.telling import tell_groups
from bot.services.network.years import running_now
from bot.services.resources.meeting import drop_bookings, keep_in_rooms, tell_bookers
from bot.services.timetable.telling import Changed, announce
from storage import audit
from storage.db import Tx
from storage.messages import threads
from storage.network import network, years
from storage.roadmap import roadmap
from storage.tables import (
    CalendarDay,
    ClassHours,
    Course,
    Group,
    Lesson,
    Organization,
    PlannedTopic,
    Pupil,
    Resource,
    Road,
    Room,
    Slot,
    Staff,
    Step,
    Table,
    Year,
)
from storage.timetable.timetable import Standing

_TABLES: dict[str, type[Table]] = {
    "organizations": Organization,
    "staff": Staff,
    "pupils": Pupil,
    "courses": Course,
    "groups": Group,
    "rooms": Room,
    "resources": Resource,
    "steps": Step,
    "slots": Slot,
    "busy": ClassHours,
    "programme": PlannedTopic,
    "years": Year,
}
_YEARLY = ("courses", "groups", "busy", "steps")  # whose rows say which academic year they are of
_NAMED: dict[str, type[Organization | Staff | Course | Group]] = {
    "Организации": Organization,
    "Сотрудники": Staff,
    "Курсы": Course,
    "Группы": Group,
}


@dataclass(frozen=True, slots=True)
class Carrying:
    """Who carries it out (None: the command line), when, and whose evening it is."""

    by: int | None
    now: datetime
    zone: ZoneInfo

    @property
    def at(self) -> Moment:
        return Moment(self.now, self.zone)


class Codes:
    """Ids by code, asked again once a sheet that others name has been written."""

    def __init__(self, tx: Tx, year: int, this: int) -> None:
        self.tx = tx
        self.year = year
        self.this = this  # the running year: «Ученики» holds its classes
        self.ids: dict[str, dict[str, int]] = {}

    async def learn(self) -> None:
        self.ids = {
            sheet: {code_key(code): id_ for code, id_ in (await network.ids(self.tx, table, self.year)).items()}
            for sheet, table in _NAMED.items()
        }

    def id(self, sheet: str, code: str | None) -> int | None:
        return None if code is None else self.ids[sheet][code_key(code)]


async def apply(tx: Tx, plan: Plan, carrying: Carrying) -> None:
    """Write the plan. The order follows the references: organizations, staff, pupils, courses, groups, then the rest."""
    await years.begin(tx, plan.academic_year)
    codes = Codes(tx, plan.academic_year, (await running_now(tx, carrying.at.today)).year)
    await codes.learn()
    staff = await staff_of(tx, plan.children)
    for one in plan.differences:
        if not one:
            continue
        if one.form.field == "roads":
            await _roads(tx, one, codes)
        elif one.form.field == "calendar":
            await _calendar(tx, one, codes)
        elif one.form.field == "years":
            await _year(tx, one)
        elif one.form.field == "surveys":
            await carry_surveys(tx, one, codes.ids["Организации"], codes.year)
        else:
            await _sheet(tx, one, codes, carrying.now)
        if one.form.name in _NAMED:
            await codes.learn()
    await touch(tx, plan.children, staff, Touching(carrying.now, carrying.at.today, codes.ids["Группы"]))
    if plan.new_changes is not None:
        await network.keep_note(tx, network.changes_of(plan.academic_year), plan.new_changes)
    audit.log(tx, carrying.by, "network.load", ("network", None), audit.Change(after=_counted(plan)), now=carrying.now)
    await _lessons(tx, plan, codes, carrying)
    await keep_in_rooms(tx, now=carrying.now)
    await tell_bookers(tx, None, now=carrying.now)  # of new lessons too, of which no family hears singly
    ids = {group: codes.ids["Группы"][group] for group in plan.rules.keys() | plan.replaced.keys()}
    await tell_groups(tx, plan, ids, at=carrying.at)


def _counted(plan: Plan) -> dict[str, Any]:
    sheets = {one.form.field: [len(one.new), len(one.changed), len(one.gone)] for one in plan.differences if one}
    kinds = ("moved", "cancelled", "restored", "room", "teacher")
    lessons = {"new": len(plan.lessons.new)} | {kind: len(plan.lessons.of(kind)) for kind in kinds}
    return {
        "academic_year": plan.academic_year,
        "new_changed_gone": sheets,
        "lessons": lessons,
        "families": plan.families,
        "children": len(plan.children),
    }


async def _sheet(tx: Tx, one: Difference, codes: Codes, now: datetime) -> None:
    table = _TABLES[one.form.field]
    new = {"year": codes.year} if one.form.field in _YEARLY else {}
    await network.put(tx, table, [_values(one, values, codes) | new for values in one.added])
    await network.change(tx, table, [{"id": old.id} | _values(one, values, codes) for old, values in one.altered])
    if one.form.field == "pupils":
        await threads.follow(tx, [old.id for old, values in one.altered if "school" in values])
    if one.form.field == "steps":  # the book speaks last: whom the chat named gives way to whom it names now
        await roadmap.give_back(tx, [old.id for old, values in one.altered if "responsible" in values])
    if one.form.field in KEYED:
        await network.change(tx, table, [{"id": old.id, "archived_at": now} for old in one.removed])
        if one.form.field in ("rooms", "resources"):
            gone = [old.id for old in one.removed]
            await drop_bookings(tx, *((gone, []) if one.form.field == "rooms" else ([], gone)), now=now)
            await drop_bookings(tx, [], no_equipment(one), now=now, why="cancelled")
    else:
        await network.drop(tx, table, [old.id for old in one.removed])


def _values(one: Difference, values: Values, codes: Codes) -> Values:
    """A row's values in the table's words."""
    sheets = {column.field: column.sheet for column in one.form.columns if column.sheet}
    found = {
        f"{name}_id" if name in sheets else name: codes.id(sheets[name] or "", value) if name in sheets else value
        for name, value in values.items()
    }
    if one.form.field == "steps" and "number" in values:
        found["code"] = f"roadmap-{values['number']}"
    if one.form.field == "steps":  # the chat's words give way to words that are new in the book, and to no others
        found |= {f"said_{name}": None for name in ("task", "result") if name in values}
    if one.form.field == "pupils" and "class_name" in values:
        found["class_year"] = codes.this
    return found


async def _roads(tx: Tx, one: Difference, codes: Codes) -> None:
    replaced = [(old.from_id, old.to_id) for old, _ in one.altered]
    await network.drop_roads(tx, replaced + [(old.from_id, old.to_id) for old in one.removed])
    rows = [{"from_id": old.from_id, "to_id": old.to_id, "minutes": values["minutes"]} for old, values in one.altered]
    for values in one.added:
        ends = sorted(codes.ids["Организации"][code_key(values[name])] for name in ("origin", "goal"))
        rows.append({"from_id": ends[0], "to_id": ends[1], "minutes": values["minutes"]})
    await network.put(tx, Road, rows)


async def _year(tx: Tx, one: Difference) -> None:
    """When the year begins and ends; by now it is known."""
    for values in [*one.added, *({"year": old.year} | changed for old, changed in one.altered)]:
        await years.change(tx, **values)


async def _calendar(tx: Tx, one: Difference, codes: Codes) -> None:
    gone = [*one.removed, *(old for old, _ in one.altered)]
    await network.drop_days(tx, [(old.school_id, old.day) for old in gone])
    kept = [{"school": old.school, "day": old.day, "kind": old.kind, "name": old.name} | values for old, values in one.altered]
    await network.put(tx, CalendarDay, [_values(one, values, codes) | {"year": codes.year} for values in kept + one.added])


# ── lessons ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def _lessons(tx: Tx, plan: Plan, codes: Codes, carrying: Carrying) -> None:
    await network.put(tx, Lesson, [_new_lesson(lesson, codes, carrying.now) for lesson in plan.lessons.new])
    changed = [(one.old.id, one.values) for one in plan.lessons.changed]
    rows = [{"id": id_} | _lesson_values(values, codes) for id_, values in (*changed, *plan.lessons.quiet)]
    await network.change(tx, Lesson, rows)
    stands = {one.old.id: _standing(one, codes) for one in plan.lessons.changed}
    told = [
        Changed(one.old.id, 0, one.kind, *stands[one.old.id], one.reason)
        for one in plan.lessons.changed
        if one.told and one.values.get("archived_at") is None
    ]
    untold = [
        Changed(one.old.id, 0, one.kind, *stands[one.old.id], one.reason)
        for one in plan.lessons.changed
        if not one.told or one.values.get("archived_at") is not None
    ]
    told += await _added(tx, plan, codes, carrying)
    kept = await network.put_changes(tx, [_kept(one, carrying) for one in (*told, *untold)], at=carrying.now)
    if told:
        news = [replace(one, change_id=kept[one.lesson_id]) for one in told]
        await announce(tx, news, at=carrying.at)


def _new_lesson(lesson: Draft, codes: Codes, now: datetime) -> Values:
    return {
        "group_id": codes.id("Группы", lesson.group), "week": lesson.week, "ordinal": lesson.ordinal,
        "plan_starts_at": lesson.plan_starts_at, "plan_ends_at": lesson.plan_ends_at, "plan_place": lesson.plan_place,
        "starts_at": lesson.starts_at, "ends_at": lesson.ends_at, "place": lesson.place,
        "teacher_id": codes.id("Сотрудники", lesson.teacher), "cancelled_at": now if lesson.cancelled else None,
        **{f"{what}_by": lesson.by.get(what) for what in WHAT},
    }  # fmt: skip


async def _added(tx: Tx, plan: Plan, codes: Codes, carrying: Carrying) -> list[Changed]:
    """The new lessons of which somebody hears singly, as changes from none to one."""
    learning = await network.learning(tx) if plan.added else {}
    groups = {codes.ids["Группы"][lesson.group] for lesson in plan.added} & learning.keys()
    ids = await network.lesson_ids(tx, groups, carrying.now) if groups else {}
    found = []
    for lesson in plan.added:
        id_ = ids.get((codes.ids["Группы"][lesson.group], lesson.week, lesson.ordinal))
        if id_ is not None:
            teacher = codes.id("Сотрудники", lesson.teacher)
            stands = Standing(lesson.starts_at, lesson.ends_at, lesson.place, teacher, cancelled=False)
            found.append(Changed(id_, 0, "added", replace(stands, cancelled=True), stands))
    return found


def _kept(one: Changed, carrying: Carrying) -> Values:
    return {
        "lesson_id": one.lesson_id, "kind": one.kind, "was": one.was.kept(), "now": one.now.kept(),
        "reason": one.reason, "by": carrying.by, "at": carrying.now,
    }  # fmt: skip


def _lesson_values(values: Mapping[str, Any], codes: Codes) -> Values:
    found = {name: value for name, value in values.items() if name != "teacher"}
    return found | ({"teacher_id": codes.id("Сотрудники", values["teacher"])} if "teacher" in values else {})


def _standing(one: Altered, codes: Codes) -> tuple[Standing, Standing]:
    """How a lesson stood and how it stands now, as the timetable tells it."""
    old = one.old
    was = Standing(old.starts_at, old.ends_at, old.place, codes.id("Сотрудники", old.teacher), old.cancelled_at is not None)
    facts = _lesson_values(one.values, codes)
    now = replace(was, **{name: facts[name] for name in ("starts_at", "ends_at", "place", "teacher_id") if name in facts})
    return was, replace(now, cancelled=facts["cancelled_at"] is not None) if "cancelled_at" in facts else now
