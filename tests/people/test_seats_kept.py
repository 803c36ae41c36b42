"""Withdrawal keeps its promise: the seat is held, nameless, until school or partner frees it, and the counts stay."""

from __future__ import annotations

from storage.deciding.funnel import ways
from storage.doctor import violations
from storage.people.consent import Reader
from storage.requests import requests
from tests.enrollment_world import ANNA_HERSELF, approved, drawn
from tests.offers.test_offers import a_line, states
from tests.timetable_world import said, words
from tests.world import MISHA, ROBOTICS, SCHOOL, YEAR, Member, World


def told(who: Member, about: str) -> list[str]:
    return [words(message) for message in who.messages if message.from_bot and about in words(message)]


async def the_first_family_withdraws(world: World) -> dict[str, int]:
    """One seat, a classmate of Misha's has it; that family withdraws everything."""
    made = await a_line(world)
    await withdraws(world)
    return made


async def withdraws(world: World) -> None:
    """The classmate's family, from its own telephone."""
    classmate = world.member(100, "Кто-то")
    await classmate.send("/mydata")
    await classmate.tap("Отозвать согласие")
    await classmate.tap("Подтвердить")
    await world.pass_time(seconds=60)
    await world.deliver()


async def test_nobody_is_offered_a_seat_that_only_lost_its_name(world: World) -> None:
    made = await the_first_family_withdraws(world)
    assert await states(world, made["first"], made["misha"], made["dana"]) == ["enrolled", "reserve", "reserve"]
    async with world.db.read() as tx:
        assert await violations(tx) == {}
    notice = (
        "🗂 «Робототехника», группа Г-01: одна семья отозвала данные. "
        "Место держится без имени, пока его не освободят школа или партнёр."
    )
    assert told(world.irina, "отозвала данные") == told(world.pavel, "отозвала данные") == [notice]


async def test_the_partner_frees_it_and_the_line_moves_on(world: World) -> None:
    made = await the_first_family_withdraws(world)
    irina = world.irina
    await irina.send("/inbox")
    await irina.tap("Заявки")
    await irina.tap("Группы")
    await irina.tap("Г-01")
    assert "1 место, данные отозваны" in said(irina)
    assert said(irina).startswith("Группа Г-01, «Робототехника»\nЗанято мест: 1 из 1")
    await irina.tap("Освободить место без имени")
    await irina.tap("Подтвердить")
    assert said(irina).startswith("✅ Место свободно.")
    await world.pass_time(seconds=60)
    assert await states(world, made["first"], made["misha"]) == ["left", "offered"]


async def test_only_where_the_child_is_enrolled_the_page_promises_to_keep_the_place(world: World) -> None:
    """A place the draw gave, not answered yet, goes with the application: the page says so before «Подтвердить»."""
    paper = await approved(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await drawn(world.db)
    anna = world.anna
    await anna.send("/mydata")
    await anna.tap("Отозвать согласие")
    await anna.tap("Только Миша")
    assert "Пока ребёнка не зачислили, заявление будет отозвано, и место по нему пропадёт." in said(anna)
    assert "Место, куда ребёнка уже зачислили, бот не отменяет: оно держится без имени, пока его не освободят" in said(anna)
    await anna.tap("Подтвердить")
    assert await states(world, paper) == ["withdrawn"]


async def test_the_counts_and_the_request_stay(world: World) -> None:
    await the_first_family_withdraws(world)
    async with world.db.read() as tx:
        (robotics,) = [way for way in await ways(tx, [SCHOOL], YEAR) if way.course_id == ROBOTICS]
        assert (robotics.applied, robotics.enrolled, robotics.free) == (3, 1, 0)
        (sent,) = await requests.sent(tx, (YEAR, YEAR), schools=[SCHOOL], partners=[])
        assert sent.children == 3
        whole = await requests.whole(tx, sent.id, reader=Reader(schools=frozenset({SCHOOL})))
        assert whole is not None
        assert [(line.child, line.erased) for line in whole.lines if not line.child] == [("", True)]
    await world.irina.send("/inbox")
    await world.irina.tap("Заявки")
    await world.irina.tap("№ 1")
    assert "1 место, данные отозваны" in said(world.irina)
    assert "Фамилия100" not in said(world.irina)
