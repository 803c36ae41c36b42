"""A family that agreed to processing only: asked for the partner at «Подтвердить», shown what is missing, called."""

from __future__ import annotations

from sqlalchemy import select, update

from storage.people import calls
from storage.tables import Application, Call, Choice, Consent, Pupil
from tests.enrollment_world import drawn
from tests.timetable_world import said
from tests.world import ANNA, IT, MISHA, ROBOTICS, World


async def agreed_to_processing_only(world: World) -> None:
    """Anna keeps what lets her in, and nothing else; Misha has no telephone."""
    async with world.db.write() as tx:
        await tx.execute(
            update(Consent).where(Consent.pupil_id == MISHA, Consent.purpose != "processing").values(withdrawn_at=world.now)
        )


async def partners_agreed_to(world: World) -> set[int | None]:
    in_force = (Consent.person_id == ANNA, Consent.pupil_id == MISHA, Consent.withdrawn_at.is_(None))
    async with world.db.read() as tx:
        return set(await tx.scalars(select(Consent.organization_id).where(*in_force, Consent.purpose == "partner")))


async def chosen(world: World) -> None:
    anna = world.anna
    await anna.send("/courses")
    await anna.tap("Миша")
    await anna.tap("Робототехника")
    await anna.tap("Подать заявление")


async def test_the_partner_is_asked_for_in_the_same_step(world: World) -> None:
    await agreed_to_processing_only(world)
    await chosen(world)
    assert "🔕 Сообщения вы не включили: о решении узнаете только здесь — или школа позвонит." in said(world.anna)
    await world.anna.tap("Подтвердить")
    assert said(world.anna).splitlines() == [
        "Миша: последний вопрос перед отправкой",
        "",
        "Чтобы попросить о месте, школа назовёт ребёнка партнёру (ФИО, класс, дату рождения):",
        "• Центр развития IT-образования",
        "",
        "Согласны? Без согласия заявление примут, но место школа попросить не сможет.",
    ]
    await world.anna.tap("Согласен(на), подтвердить")
    assert said(world.anna).startswith("✅ Заявление отправлено: Миша, 7А")
    assert await partners_agreed_to(world) == {IT}, "this partner, and no other"


async def test_without_the_partner_nothing_is_a_dead_end(world: World) -> None:
    await agreed_to_processing_only(world)
    await chosen(world)
    await world.anna.tap("Подтвердить")
    await world.anna.tap("Подтвердить без согласия")
    missing = "⚠️ Центр развития IT-образования: нет вашего согласия назвать ребёнка, попросить о месте школа не может."
    assert missing in said(world.anna)
    assert await partners_agreed_to(world) == set()
    await world.olga.send("/inbox")
    await world.olga.tap("Заявления: 1")
    await world.olga.tap("Одобрить")
    await drawn(world.db)
    await world.olga.send("/inbox")
    assert "⚠️ Одобрено, но семья не дала согласия партнёру: 1." in said(world.olga)
    assert "Всё разобрано" not in said(world.olga)
    await world.anna.send("/applications")
    await world.anna.tap("Робототехника")
    assert missing in said(world.anna)
    await world.anna.tap("Согласия")
    await world.anna.tap("Центр развития IT")
    await world.olga.send("/inbox")
    assert "Одобрено, пора сформировать заявку: 1 место" in said(world.olga)
    assert "не дала согласия" not in said(world.olga)


async def test_a_family_that_is_not_written_to_is_called(world: World) -> None:
    """The decision is a line of «Позвонить», and still the family acts for itself."""
    await agreed_to_processing_only(world)
    async with world.db.write() as tx:
        paper = Application(pupil_id=MISHA, person_id=ANNA, state="submitted", created_at=world.now, submitted_at=world.now)
        tx.add(paper)
        await tx.flush()
        tx.add(Choice(application_id=paper.id, course_id=ROBOTICS, rank=1, state="submitted", changed_at=world.now))
        await tx.execute(update(Pupil).where(Pupil.id == MISHA).values(person_id=None))
    await world.olga.send("/inbox")
    await world.olga.tap("Заявления: 1")
    await world.olga.tap("Одобрить")
    async with world.db.read() as tx:
        assert await tx.scalar(select(Call.kind).where(Call.pupil_id == MISHA)) == "application-approved"
        assert await calls.unreached(tx, [MISHA]) == {MISHA}
        assert await calls.without_bot(tx, [MISHA]) == set()
