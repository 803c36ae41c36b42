"""What the family hears of a decision: when its letter goes, and a reason that speaks of illness."""

from __future__ import annotations

from bot.clock import Moment
from bot.reading.illness import speaks_of_illness
from bot.services.enrollment.withdrawing import withdraw
from bot.services.requests.forming import form_request
from tests.deciding.test_deciding import queue
from tests.enrollment_world import ANNA_HERSELF, OLGA_HERSELF, drawn, handed_in
from tests.timetable_world import said
from tests.world import IT, MISHA, ROBOTICS, SCHOOL, ZONE, World


async def test_a_letter_of_a_decision_waits_and_what_follows_it_waits_for_nothing(world: World) -> None:
    await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await world.deliver()
    olga = await queue(world)
    await olga.tap("Одобрить")
    await world.pass_time(minutes=1)
    assert "одобрила" not in " ".join(world.anna.notices)
    await drawn(world.db)
    await form_request(world.db, SCHOOL, IT, by=OLGA_HERSELF, now=world.now, year=2026, zone=ZONE)
    await world.deliver()
    approved, asked = world.anna.notices[-1].split("\n\n")  # in the order in which it happened, and no later than what follows
    assert "одобрила заявление" in approved
    assert "запросила место" in asked


async def test_a_family_that_withdrew_meanwhile_is_not_told_it_was_approved(world: World) -> None:
    application = await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    olga = await queue(world)
    await olga.tap("Одобрить")
    await withdraw(world.db, application, 0, by=ANNA_HERSELF, at=Moment(world.now, ZONE))
    await world.pass_time(minutes=5)
    assert "одобрила" not in " ".join(world.anna.notices)


async def test_a_reason_that_speaks_of_illness_is_asked_about_once(world: World) -> None:
    await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    olga = await queue(world)
    await olga.tap("Отклонить")
    await olga.send("После операции ему нельзя")
    assert "⚠️ Похоже, речь о здоровье." in said(olga)
    await olga.tap("Оставить как есть")
    assert said(olga).startswith("✖️ Отклонено: Петров Миша Алексеевич.")
    await world.pass_time(minutes=2)
    assert said(world.anna).endswith("Школа пишет: После операции ему нельзя")


def test_what_speaks_of_illness() -> None:
    ill = ("Болею", "педагог заболел", "по болезни", "врачи запретили", "ОРВИ", "после перелома", "Нет медотвода", "He is sick")
    well = ("более подходящий курс", "Большая группа", "Нет мест", "больше не ходит", "здорово!", "Боленков уехал", "on the hill")
    assert [text for text in ill if not speaks_of_illness(text)] == []
    assert [text for text in well if speaks_of_illness(text)] == []
