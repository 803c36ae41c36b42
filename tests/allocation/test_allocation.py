"""The distribution of places as people live it: lots, the result, receipts, the reserve, the request, the rest, the check."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.clock import Moment
from bot.refusals import Refusal
from bot.services.allocation import allocation as service
from bot.services.allocation.allocation import draw_lots, look, open_group, publish, renew, want
from bot.services.allocation.input import last_year
from bot.services.allocation.rules import Result, lots
from bot.services.allocation.view import overview
from bot.services.enrollment.applications import choose, submit
from bot.services.enrollment.withdrawing import withdraw
from bot.services.requests.requests import enroll_all
from bot.voice import voice
from storage.db import Database
from storage.enrollment.enrollment import number_in_line
from storage.tables import (
    Application,
    Audit,
    Call,
    Choice,
    ChoiceChange,
    Course,
    Group,
    Guardianship,
    Letter,
    Person,
    Slot,
    Year,
)
from tests.enrollment_world import (
    ANNA_HERSELF,
    IRINA_HERSELF,
    MOMENT,
    OLGA_HERSELF,
    RUSLAN_HIMSELF,
    THEN,
    TODAY,
    approved,
    choices,
    classmates,
    requested,
)
from tests.timetable_world import enroll
from tests.world import ANNA, CHESS, DANA, IT, MISHA, ROBOTICS, RUSLAN, VERA, YEAR, ZONE

SAY = voice("ru", ZONE)
AFTER = date(2026, 12, 1)  # the windows are closed
LATER = MOMENT + timedelta(days=22)
SEED = "2026"  # with it application 1 draws lot 1, application 2 lot 3, application 3 lot 2


@pytest.fixture(autouse=True)
def _known_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "new_seed", lambda: SEED)


async def seats(db: Database, group: int, count: int, minimum: int = 0) -> None:
    async with db.write() as tx:
        await tx.execute(update(Group).where(Group.id == group).values(seats=count, minimum=minimum))


async def drawn(db: Database) -> int:
    return await draw_lots(db, by=OLGA_HERSELF, now=LATER, today=AFTER, year=2026)


async def published(db: Database, number: int, seen: str = "") -> Result:
    return await publish(db, number, seen, by=OLGA_HERSELF, at=Moment(LATER, ZONE), say=SAY)


async def states(db: Database, application: int) -> dict[int, str]:
    return {course: choice.state for course, choice in (await choices(db, application)).items()}


async def letters(db: Database, person: int, kind: str) -> list[dict[str, object]]:
    async with db.read() as tx:
        rows = await tx.scalars(select(Letter).where(Letter.person_id == person, Letter.kind == kind).order_by(Letter.id))
        return [row.facts or {} for row in rows]


# ── who goes first ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("classes", "class_name", "last"),
    [(["5", "6", "7", "8"], "8А", True), (["5", "6", "7", "8"], "7А", False), ([], "11А", False), (["7А", "7Б"], "7А", True)],
)
def test_the_last_year_a_course_can_be_taken(classes: list[str], class_name: str, last: bool) -> None:
    assert last_year(classes, class_name) is last


async def test_one_seat_two_children_the_lot_decides(db: Database) -> None:
    """Both want robotics first; application 1 is Misha's and draws the first lot."""
    await seats(db, ROBOTICS, 1)
    misha = await approved(db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    dana = await approved(db, DANA, ROBOTICS, CHESS, by=RUSLAN_HIMSELF)
    assert lots(SEED, [misha, dana]) == {misha: 1, dana: 2}
    result = await published(db, await drawn(db))
    assert (len(result.places), sum(map(len, result.reserve.values())), len(result.lapsed)) == (2, 1, 1)
    assert await states(db, misha) == {ROBOTICS: "approved", CHESS: "declined"}
    assert await states(db, dana) == {ROBOTICS: "reserve", CHESS: "approved"}
    held = await choices(db, dana)
    assert (held[CHESS].group_id, held[CHESS].reserve_at) == (CHESS, None)
    async with db.read() as tx:
        assert await number_in_line(tx, held[ROBOTICS].id) == 1


async def test_who_learned_here_last_year_goes_first(db: Database) -> None:
    await seats(db, ROBOTICS, 1)
    await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    dana = await approved(db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    async with db.write() as tx:
        last = YEAR - 1
        await tx.execute(insert(Year).values(year=last, starts_on=date(last, 9, 1), ends_on=date(YEAR, 5, 25)))
        lasting = await tx.execute(
            select(Course.code, Course.name, Course.organization_id, Course.direction).where(Course.id == ROBOTICS)
        )
        course = {**lasting.mappings().one(), "year": last, "classes": ["7"], "selection": "ranked"}
        once = (await tx.execute(insert(Course).values(course).returning(Course.id))).scalar_one()
        row = {"pupil_id": DANA, "state": "approved", "year": last, "created_at": MOMENT - timedelta(days=400)}
        old = (await tx.execute(insert(Application).values(row).returning(Application.id))).scalar_one()
        done = {"application_id": old, "course_id": once, "rank": 1, "state": "continues"}
        await tx.execute(insert(Choice).values(**done, changed_at=MOMENT - timedelta(days=160)))
    await published(db, await drawn(db))
    assert await states(db, dana) == {ROBOTICS: "approved"}


async def test_a_sibling_in_the_group_goes_before_a_better_lot(db: Database) -> None:
    await seats(db, CHESS, 2)
    await approved(db, MISHA, CHESS, by=ANNA_HERSELF)
    dana = await approved(db, DANA, CHESS, by=RUSLAN_HIMSELF)
    await enroll(db, VERA, CHESS)
    async with db.write() as tx:  # Vera is Dana's step-sister, and no longer Anna's ward
        await tx.execute(update(Guardianship).where(Guardianship.pupil_id == VERA).values(person_id=RUSLAN))
    await published(db, await drawn(db))
    assert await states(db, dana) == {CHESS: "approved"}


async def test_a_group_at_school_hours_is_not_given_where_another_one_fits(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(update(Slot).where(Slot.group_id == CHESS).values(starts=time(9)))
        await tx.execute(insert(Group).values(id=3, code="Г-03", course_id=CHESS, teacher_id=21, seats=5))
        fits = {"weekday": 2, "starts": time(16), "ends": time(17)}
        await tx.execute(insert(Slot).values(group_id=3, **fits))
    misha = await approved(db, MISHA, CHESS, by=ANNA_HERSELF)
    await published(db, await drawn(db))
    assert (await choices(db, misha))[CHESS].group_id == 3


async def test_how_many_courses_are_wanted_is_said_while_writing(db: Database) -> None:
    application = await choose(db, MISHA, ROBOTICS, by=ANNA_HERSELF, at=THEN)
    await choose(db, MISHA, CHESS, by=ANNA_HERSELF, at=THEN)
    assert await want(db, application, 9, by=ANNA_HERSELF) == 2
    with pytest.raises(Refusal, match="not-yours"):
        await want(db, application, 1, by=RUSLAN_HIMSELF)
    await submit(db, application, by=ANNA_HERSELF, now=MOMENT, today=TODAY)
    with pytest.raises(Refusal, match="application-sent"):
        await want(db, application, 1, by=ANNA_HERSELF)


async def test_a_family_that_wants_both_gets_both(db: Database) -> None:
    application = await approved(db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    async with db.write() as tx:
        await tx.execute(update(Application).where(Application.id == application).values(wanted=2))
    await published(db, await drawn(db))
    assert await states(db, application) == {ROBOTICS: "approved", CHESS: "approved"}


# ── the draw ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_no_lots_before_all_windows_are_closed_and_all_applications_decided(db: Database) -> None:
    await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    with pytest.raises(Refusal, match="allocation-still-open"):
        await draw_lots(db, by=OLGA_HERSELF, now=MOMENT, today=TODAY, year=2026)
    waits = await choose(db, DANA, ROBOTICS, by=RUSLAN_HIMSELF, at=THEN)
    await submit(db, waits, by=RUSLAN_HIMSELF, now=MOMENT, today=TODAY)
    with pytest.raises(Refusal, match="allocation-undecided"):
        await drawn(db)
    for stranger in (ANNA_HERSELF, IRINA_HERSELF):
        with pytest.raises(Refusal, match="not-yours"):
            await draw_lots(db, by=stranger, now=LATER, today=AFTER, year=2026)


async def test_nobody_to_draw_for(db: Database) -> None:
    with pytest.raises(Refusal, match="allocation-nobody"):
        await drawn(db)


async def test_lots_are_drawn_once_and_told_before_the_result(db: Database) -> None:
    await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    number = await drawn(db)
    assert await drawn(db) == number
    told = await letters(db, ANNA, "lot-drawn")
    assert [(one["lot"], one["drawn"], one["seed"]) for one in told] == [("0001", 1, SEED)]
    assert await letters(db, ANNA, "places-allocated") == []
    async with db.read() as tx:
        assert [row.action for row in await tx.scalars(select(Audit).where(Audit.thing == "allocation"))] == ["allocation.run"]


async def test_who_is_approved_after_the_draw_waits_for_the_next_one(db: Database) -> None:
    await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    number = await drawn(db)
    dana = await approved(db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    await renew(db, number, by=OLGA_HERSELF, today=AFTER)
    await published(db, number)
    assert await states(db, dana) == {ROBOTICS: "approved"}
    assert (await choices(db, dana))[ROBOTICS].group_id is None
    assert await drawn(db) == number + 1


async def test_what_changed_since_it_was_looked_at_is_not_published(db: Database) -> None:
    misha = await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await approved(db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    number = await drawn(db)
    async with db.read() as tx:
        seen = (await look(tx, number)).digest[:8]
    await withdraw(db, misha, 0, by=ANNA_HERSELF, at=Moment(LATER, ZONE))
    with pytest.raises(Refusal, match="allocation-changed"):
        await published(db, number, seen)
    await renew(db, number, by=OLGA_HERSELF, today=AFTER)
    with pytest.raises(Refusal, match="allocation-changed"):
        await published(db, number, seen)
    async with db.read() as tx:
        again = await look(tx, number)
    assert len(again.draw.entrants) == 1
    assert len(again.draw.numbers) == 2  # the lots stay as they were drawn
    await published(db, number, again.digest[:8])


async def test_a_group_below_its_minimum_is_seen_and_may_stay_closed(db: Database) -> None:
    await seats(db, CHESS, 10, minimum=4)
    misha = await approved(db, MISHA, CHESS, ROBOTICS, by=ANNA_HERSELF)
    dana = await approved(db, DANA, CHESS, by=RUSLAN_HIMSELF)
    number = await drawn(db)
    async with db.read() as tx:
        below = [group for group in (await overview(tx, await look(tx, number))).groups if group.below]
    assert [(group.code, group.children, group.minimum) for group in below] == [("Г-01", 0, 6), ("Г-02", 2, 4)]
    await open_group(db, number, CHESS, opens=False, by=OLGA_HERSELF, at=Moment(LATER, ZONE))
    await published(db, number)
    assert await states(db, misha) == {CHESS: "declined", ROBOTICS: "approved"}
    assert await states(db, dana) == {CHESS: "declined"}
    told = (await letters(db, RUSLAN, "places-allocated"))[0]
    assert told["id_unmet"] == ["Шахматы"]
    with pytest.raises(Refusal, match="allocation-closed"):
        await open_group(db, number, CHESS, opens=True, by=OLGA_HERSELF, at=Moment(LATER, ZONE))


async def test_whom_a_partner_was_asked_for_keeps_a_seat(db: Database) -> None:
    await seats(db, ROBOTICS, 1)
    ((pupil, family),) = (await classmates(db, 1)).items()
    await approved(db, pupil, ROBOTICS, by=family)
    await requested(db, IT)
    misha = await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await published(db, await drawn(db))
    assert await states(db, misha) == {ROBOTICS: "reserve"}


async def test_seats_a_partner_keeps_empty_stay_empty(db: Database) -> None:
    misha = await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    async with db.write() as tx:
        await tx.execute(update(Group).where(Group.id == ROBOTICS).values(seats=3, kept_free=3))
    await published(db, await drawn(db))
    assert await states(db, misha) == {ROBOTICS: "reserve"}


# ── publishing ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_receipt_and_the_history_say_the_same(db: Database) -> None:
    await seats(db, ROBOTICS, 1)
    await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    dana = await approved(db, DANA, ROBOTICS, CHESS, by=RUSLAN_HIMSELF)
    await published(db, await drawn(db))
    told = (await letters(db, RUSLAN, "places-allocated"))[0]
    assert (told["id_placed"], told["id_numbers"], told["id_seats"]) == (["Шахматы"], ["1"], ["10"])
    assert (told["id_waiting"], told["id_lines"], told["lot"]) == (["Робототехника"], ["1"], "0002")
    async with db.read() as tx:
        kept = await tx.scalars(
            select(ChoiceChange.reason)
            .join(Choice, Choice.id == ChoiceChange.choice_id)
            .where(Choice.application_id == dana, ChoiceChange.reason.is_not(None))
            .order_by(Choice.rank)
        )
        assert list(kept) == [
            "резерв по распределению; жребий 0002",
            "место по распределению: 1-й в списке, мест 10; жребий 0002",
        ]


async def test_a_family_without_the_bot_is_called(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(update(Person).where(Person.id == RUSLAN).values(telegram_id=None))
    await approved(db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    await published(db, await drawn(db))
    async with db.read() as tx:
        told = (await tx.execute(select(Call.pupil_id, Call.kind).order_by(Call.id))).all()
    kinds = [tuple(one) for one in told]  # the result takes the place of a lot nobody has called about
    assert kinds[-2:] == [(DANA, "application-approved"), (DANA, "places-allocated")]


async def test_published_twice_is_published_once(db: Database) -> None:
    await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    number = await drawn(db)
    assert await published(db, number) == await published(db, number)
    assert len(await letters(db, ANNA, "places-allocated")) == 1


async def test_the_request_names_the_placed_and_nobody_who_waits(db: Database) -> None:
    await seats(db, ROBOTICS, 1)
    first, second = [await approved(db, pupil, ROBOTICS, by=by) for pupil, by in (await classmates(db, 2)).items()]
    await published(db, await drawn(db))
    request = await requested(db, IT)
    done = await enroll_all(db, request, by=IRINA_HERSELF, now=LATER, today=AFTER)
    assert (len(done.enrolled), done.left) == (1, 0)
    assert await states(db, first) == {ROBOTICS: "enrolled"}
    assert await states(db, second) == {ROBOTICS: "reserve"}


async def test_forty_children_twelve_seats(db: Database) -> None:
    """Twelve get a place, the line has the rest in the order of their lots, none is told two things."""
    families = await classmates(db, 40)
    papers = [await approved(db, pupil, ROBOTICS, by=by) for pupil, by in families.items()]
    number = await drawn(db)
    result = await published(db, number)
    assert (len(result.places), len(result.reserve[ROBOTICS])) == (12, 28)
    drawn_lots = lots(SEED, papers)
    by_lot = sorted(papers, key=drawn_lots.__getitem__)
    now = {paper: (await choices(db, paper))[ROBOTICS] for paper in papers}
    assert [now[paper].state for paper in by_lot] == ["approved"] * 12 + ["reserve"] * 28
    async with db.read() as tx:
        assert [await number_in_line(tx, now[paper].id) for paper in by_lot[12:]] == list(range(1, 29))
