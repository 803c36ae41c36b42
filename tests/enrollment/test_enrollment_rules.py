"""The table of transitions, seats taken in order of arrival, and every verb safe to repeat."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, update

from bot.clock import Moment
from bot.notices import notice_of
from bot.policy import Person
from bot.refusals import Refusal
from bot.services.deciding.deciding import Verdict, decide
from bot.services.enrollment.applications import choose, discard, rank, submit, unchoose
from bot.services.enrollment.weighing import preview
from bot.services.enrollment.withdrawing import withdraw
from bot.services.requests.requests import enroll, enroll_all, put_in_reserve, turn_down
from bot.voice import voice
from storage.courses import courses
from storage.db import Database
from storage.enrollment import enrollment
from storage.tables import Application, Course, Group, Letter, Pupil, Slot
from tests.enrollment_world import (
    ANNA_HERSELF,
    IRINA_HERSELF,
    MOMENT,
    NURBIY_HIMSELF,
    OLGA_HERSELF,
    RUSLAN_HIMSELF,
    THEN,
    TODAY,
    approved,
    choices,
    classmates,
    handed_in,
    requested,
    state_of,
)
from tests.world import CHESS, DANA, IT, MISHA, MISHA_HIMSELF, ROBOTICS, VERA, ZONE

SAY = voice("ru", ZONE)


async def in_order(db: Database, course: int = ROBOTICS, seats: int = 12) -> None:
    """The course goes «по порядку»."""
    async with db.write() as tx:
        await tx.execute(update(Course).where(Course.id == course).values(selection="queue"))
        await tx.execute(update(Group).where(Group.course_id == course).values(seats=seats))


async def test_nobody_overtakes_the_line(db: Database) -> None:
    await in_order(db, seats=1)
    families = await classmates(db, 3)
    first, second, third = families
    held = await handed_in(db, first, ROBOTICS, by=families[first])
    await handed_in(db, second, ROBOTICS, by=families[second])
    await withdraw(db, held, 0, by=families[first], at=Moment(MOMENT, ZONE))
    waiting = await handed_in(db, third, ROBOTICS, by=families[third])
    async with db.read() as tx:
        (paper,) = await enrollment.papers(tx, ids=[waiting])
    assert paper.wishes[0].number == 2  # the free seat is for the head of the line


async def test_who_left_the_school_holds_no_seat_and_who_was_erased_a_nameless_one(db: Database) -> None:
    await in_order(db, seats=2)
    families = await classmates(db, 5)
    papers = [await handed_in(db, pupil, ROBOTICS, by=person) for pupil, person in families.items()]
    gone, erased, archived, *_ = families
    async with db.write() as tx:
        await tx.execute(update(Pupil).where(Pupil.id.in_([gone, archived])).values(archived_at=MOMENT))
        await tx.execute(update(Application).where(Application.pupil_id == erased).values(pupil_id=None))
    async with db.read() as tx:
        (course,) = await courses.offers(tx, [ROBOTICS])
        waiting = await enrollment.papers(tx, ids=papers)
    assert (course.left, course.groups[0].waiting) == (1, 2)
    assert [paper.wishes[0].number for paper in waiting] == [2, 1]  # the newest first


async def test_a_returned_application_keeps_its_seat(db: Database) -> None:
    await in_order(db, seats=1)
    mishas = await handed_in(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await decide(db, mishas, Verdict("return", "Уточните класс"), by=OLGA_HERSELF, at=Moment(MOMENT, ZONE))
    await handed_in(db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    await submit(db, mishas, by=ANNA_HERSELF, now=MOMENT, today=TODAY)
    choice = (await choices(db, mishas))[ROBOTICS]
    assert (choice.state, choice.group_id, choice.reserve_at) == ("submitted", 1, None)


async def test_the_seat_is_in_a_group_that_suits_the_child(db: Database) -> None:
    await in_order(db)
    async with db.write() as tx:
        second = {"code": "Г-11", "course_id": ROBOTICS, "teacher_id": 11, "seats": 30}
        group = (await tx.execute(insert(Group).values(second).returning(Group.id))).scalar_one()
        at_school = {
            "group_id": group,
            "weekday": 0,
            "starts": MOMENT.time().replace(hour=9),
            "ends": MOMENT.time().replace(hour=10),
        }
        await tx.execute(insert(Slot).values(at_school))
    application = await handed_in(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    assert (await choices(db, application))[ROBOTICS].group_id == 1  # the other has more seats, but lessons at that hour


async def refused(work: object) -> str:
    with pytest.raises(Refusal) as no:
        await work  # type: ignore[misc]
    return SAY.plain(no.value.key, **no.value.facts)


async def test_class_clash_and_window_refuse(db: Database) -> None:
    now, today = MOMENT, TODAY
    assert await refused(choose(db, VERA, ROBOTICS, by=ANNA_HERSELF, at=THEN)) == "Курс для классов 5–8, а не для 4Б."
    december = today + timedelta(days=30)
    assert await refused(choose(db, MISHA, CHESS, by=ANNA_HERSELF, at=Moment(now + timedelta(days=30), ZONE))) == (
        "Приём заявлений на курс «Шахматы» закончился 30 ноября. Посмотрите другие курсы."
    )
    assert await refused(choose(db, MISHA, CHESS, by=ANNA_HERSELF, at=Moment(now - timedelta(days=30), ZONE))) == (
        "Приём заявлений на курс «Шахматы» начнётся 1 ноября. Приходите в этот день."
    )
    draft = await choose(db, MISHA, CHESS, by=ANNA_HERSELF, at=THEN)
    assert "закончился 30 ноября" in await refused(submit(db, draft, by=ANNA_HERSELF, now=now, today=december))
    async with db.write() as tx:
        await tx.execute(update(Course).where(Course.id == CHESS).values(classes=["1"]))
    assert "Курс для классов 1" in await refused(submit(db, draft, by=ANNA_HERSELF, now=now, today=today))
    assert await state_of(db, draft) == "draft"


async def test_another_application_of_the_child_stands_against(db: Database) -> None:
    await handed_in(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    assert "заявление уже подано" in await refused(choose(db, MISHA, ROBOTICS, by=ANNA_HERSELF, at=THEN))
    async with db.write() as tx:
        await tx.execute(update(Slot).where(Slot.group_id == 2).values(weekday=3, starts=MOMENT.time().replace(hour=16)))
        await tx.execute(update(Slot).where(Slot.group_id == 2).values(ends=MOMENT.time().replace(hour=17)))
    assert await refused(choose(db, MISHA, CHESS, by=ANNA_HERSELF, at=THEN)) == (
        "В четверг в это время «Робототехника»: 15:00–16:30."
    )


async def test_two_wishes_at_one_hour_may_be_submitted_and_only_one_is_enrolled(db: Database) -> None:
    async with db.write() as tx:
        same = {"weekday": 3, "starts": MOMENT.time().replace(hour=15), "ends": MOMENT.time().replace(hour=16)}
        await tx.execute(update(Slot).where(Slot.group_id == 2).values(same))
    application = await approved(db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    async with db.read() as tx:
        (paper,) = await enrollment.papers(tx, ids=[application])
        seen = await preview(tx, paper, TODAY)
    hints = [[SAY.plain(hint.key, **hint.facts) for hint in weighed.hints] for weighed in seen.values()]
    assert hints == [[], ["В четверг в это время «Робототехника»: 15:00–16:30."]]
    for partner in (IT, 2):
        await requested(db, partner)
    made = await choices(db, application)
    await enroll(db, made[ROBOTICS].id, by=IRINA_HERSELF, now=MOMENT, today=TODAY)
    assert await refused(enroll(db, made[CHESS].id, by=NURBIY_HIMSELF, now=MOMENT, today=TODAY)) == (
        "В четверг в это время «Робототехника»: 15:00–16:30."
    )


async def test_ranking_and_removing_are_safe_to_repeat(db: Database) -> None:
    for course in (ROBOTICS, CHESS, CHESS):
        draft = await choose(db, MISHA, course, by=ANNA_HERSELF, at=THEN)
    chess = (await choices(db, draft))[CHESS].id
    for _ in range(2):
        await rank(db, draft, chess, 1, by=ANNA_HERSELF, at=Moment(MOMENT, ZONE))
        assert {course: choice.rank for course, choice in (await choices(db, draft)).items()} == {ROBOTICS: 2, CHESS: 1}
    for _ in range(2):
        assert await unchoose(db, draft, chess, by=ANNA_HERSELF, now=MOMENT)
    assert {course: choice.rank for course, choice in (await choices(db, draft)).items()} == {ROBOTICS: 1}
    robotics = (await choices(db, draft))[ROBOTICS].id
    for _ in range(2):
        assert not await unchoose(db, draft, robotics, by=ANNA_HERSELF, now=MOMENT)
    assert await state_of(db, draft) is None
    await discard(db, draft, by=ANNA_HERSELF)


async def test_one_draft_a_child_whoever_presses_at_once(db: Database) -> None:
    made = await asyncio.gather(
        *(choose(db, MISHA, course, by=ANNA_HERSELF, at=THEN) for course in (ROBOTICS, CHESS, ROBOTICS, CHESS))
    )
    assert len(set(made)) == 1
    assert sorted(choice.rank for choice in (await choices(db, made[0])).values()) == [1, 2]


async def letters(db: Database, kind: str) -> int:
    async with db.read() as tx:
        return await tx.scalar(select(func.count()).where(Letter.kind == kind)) or 0


async def test_every_verb_twice_does_its_work_once(db: Database) -> None:
    later = MOMENT + timedelta(minutes=1)

    async def twice(*work: object) -> None:
        for one in work:
            await one  # type: ignore[misc]

    application = await handed_in(db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    await submit(db, application, by=ANNA_HERSELF, now=later, today=TODAY)
    await twice(*(decide(db, application, Verdict("approve"), by=OLGA_HERSELF, at=Moment(now, ZONE)) for now in (MOMENT, later)))
    assert await letters(db, "application-approved") == 2  # the mother and the pupil
    first, again = await requested(db, IT), await requested(db, IT)
    assert first == again
    assert await letters(db, "request-sent") == 2
    assert await letters(db, "request-received") == 1
    await requested(db, 2)
    made = await choices(db, application)
    for now in (MOMENT, later):
        await enroll(db, made[ROBOTICS].id, by=IRINA_HERSELF, now=now, today=TODAY)
        assert await put_in_reserve(db, made[CHESS].id, by=NURBIY_HIMSELF, now=now, today=TODAY) == 1
        await enroll_all(db, first, by=IRINA_HERSELF, now=now, today=TODAY)
    assert await letters(db, "child-enrolled") == 2
    assert await letters(db, "put-in-reserve") == 2
    await twice(*(withdraw(db, application, made[CHESS].id, by=ANNA_HERSELF, at=Moment(now, ZONE)) for now in (MOMENT, later)))
    assert await letters(db, "application-withdrawn") == 1
    assert await letters(db, "child-withdrew") == 2  # the coordinator and the partner
    async with db.read() as tx:
        assert await enrollment.groups_of_pupils(tx, [MISHA, DANA]) == {MISHA: [1]}
        assert await enrollment.pupils_of_groups(tx, [1, 2]) == {1: [MISHA]}


async def test_a_decision_is_the_coordinators_with_a_reason_and_only_once(db: Database) -> None:
    application = await handed_in(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    assert (await refused(decide(db, application, Verdict("approve"), by=ANNA_HERSELF, at=Moment(MOMENT, ZONE)))).startswith(
        "Это доступно не всем"
    )
    assert "Напишите причину" in await refused(
        decide(db, application, Verdict("return", " "), by=OLGA_HERSELF, at=Moment(MOMENT, ZONE))
    )
    assert "не больше 400" in await refused(
        decide(db, application, Verdict("decline", "я" * 401), by=OLGA_HERSELF, at=Moment(MOMENT, ZONE))
    )
    await decide(db, application, Verdict("decline", "Нет справки"), by=OLGA_HERSELF, at=Moment(MOMENT, ZONE))
    assert await refused(decide(db, application, Verdict("approve"), by=OLGA_HERSELF, at=Moment(MOMENT, ZONE))) == (
        "Это заявление уже решено: отклонено, Хачирова Ольга Муратовна, 9 ноября, 12:00."
    )
    other_school = Person(50, 50, posts=frozenset(type(post)("coordinator", 9, 77) for post in OLGA_HERSELF.posts))
    assert "не всем" in await refused(decide(db, application, Verdict("approve"), by=other_school, at=Moment(MOMENT, ZONE)))


async def test_a_partner_answers_for_its_own_courses_only(db: Database) -> None:
    application = await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await requested(db, IT)
    robotics = (await choices(db, application))[ROBOTICS].id
    for work in (
        enroll(db, robotics, by=NURBIY_HIMSELF, now=MOMENT, today=TODAY),
        put_in_reserve(db, robotics, by=ANNA_HERSELF, now=MOMENT, today=TODAY),
        turn_down(db, robotics, "нет", by=NURBIY_HIMSELF, now=MOMENT),
    ):
        assert "не всем" in await refused(work)
    await enroll(db, robotics, by=OLGA_HERSELF, now=MOMENT, today=TODAY)  # on the partner's behalf
    assert (await choices(db, application))[ROBOTICS].state == "enrolled"


async def test_a_full_group_offers_the_reserve(db: Database) -> None:
    await in_order(db, seats=1)
    async with db.write() as tx:
        await tx.execute(update(Course).values(selection="ranked"))
    mishas = await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    danas = await approved(db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    request = await requested(db, IT)
    done = await enroll_all(db, request, by=IRINA_HERSELF, now=MOMENT, today=TODAY)
    assert (len(done.enrolled), done.left) == (1, 1)
    states = {(await choices(db, one))[ROBOTICS].state for one in (mishas, danas)}
    assert states == {"enrolled", "requested"}
    (left,) = [c for c in [(await choices(db, one))[ROBOTICS] for one in (mishas, danas)] if c.state == "requested"]
    assert await refused(enroll(db, left.id, by=IRINA_HERSELF, now=MOMENT, today=TODAY)) == (
        "На курсе «Робототехника» мест нет: заняты все 1. Нажмите «В резерв»."
    )
    assert await put_in_reserve(db, left.id, by=IRINA_HERSELF, now=MOMENT, today=TODAY) == 1


async def test_nobody_hears_their_own_deed(db: Database) -> None:
    await handed_in(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    async with db.read() as tx:
        rows = (await tx.execute(select(Letter.kind, Letter.person_id, Letter.pupil_id))).all()
    assert [tuple(row) for row in rows] == [("application-submitted", MISHA_HIMSELF, MISHA)]


async def test_a_place_left_and_a_wish_withdrawn_in_one_press_are_called_so(db: Database) -> None:
    application = await approved(db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    await requested(db, IT)
    robotics = (await choices(db, application))[ROBOTICS].id
    await enroll(db, robotics, by=IRINA_HERSELF, now=MOMENT, today=TODAY)
    await withdraw(db, application, 0, by=ANNA_HERSELF, at=THEN)
    async with db.read() as tx:
        told = list(await tx.scalars(select(Letter).where(Letter.kind == "application-withdrawn").order_by(Letter.id)))
    assert [notice_of(one.kind, one.facts or {}).text(SAY, "full") for one in told] == [
        "📝 Миша: больше не ходит на курс «Робототехника», так решила семья.",
        "📝 Миша: отозвано заявление на курс «Шахматы».",
    ]
