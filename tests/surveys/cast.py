"""What the stories of questionnaires begin with: one that is open, and families who answer it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, update

from bot.clock import Moment
from bot.policy import Person
from bot.services.people.people import recognise
from bot.settings import Settings
from storage.db import Database
from storage.surveys import surveys
from storage.tables import Consent, Guardianship, Pupil, Survey, SurveyQuestion
from storage.tables import Person as Row
from tests.world import MISHA, SCHOOL, TELEGRAM, YEAR, ZONE, Member

AT = Moment(datetime(2026, 11, 9, 12, tzinfo=ZONE).astimezone(UTC), ZONE)
ONE = {"question": "Довольны ли вы?", "kind": "one", "options": ["Да", "Нет"]}
SEVERAL = {"question": "Когда удобно?", "kind": "several", "options": ["утром", "днём", "вечером"]}
SCALE = {"question": "Как вам педагоги?", "kind": "scale", "options": ["1", "5"]}
WORDS = {"question": "Что исправить?", "kind": "text", "options": []}
COURSES = {"question": "Какие курсы нужны?", "kind": "courses", "options": []}
EVERY = (ONE, SEVERAL, SCALE, WORDS, COURSES)


async def a_survey(db: Database, questions: Sequence[dict[str, Any]] = EVERY, **given: Any) -> tuple[int, list[int]]:
    """A questionnaire that is open, written straight in: its id, and those of its questions."""
    facts = {
        "school_id": SCHOOL, "year": YEAR, "name": "Наши кружки", "whom": "families", "classes": [], "opens_on": None,
        "closes_on": None, "anonymous": False, "state": "open", "said": None, "totals": {}, "opened_at": AT.now,
    }  # fmt: skip
    async with db.write() as tx:
        made = (await tx.execute(insert(Survey).values(facts | given).returning(Survey.id))).scalar_one()
        await surveys.put_questions(tx, made, [{"number": n, **each} for n, each in enumerate(questions, 1)])
    async with db.read() as tx:
        return made, [each.id for each in (await surveys.questions_of(tx, [made]))[made]]


async def families(db: Database, count: int, *, children: Sequence[int], classes: Sequence[str]) -> dict[int, list[int]]:
    """New families in the bot: by person their children. `children`: how many each has, around and around; so the classes."""
    found: dict[int, list[int]] = {}
    pupil = 1000
    people, pupils, guards, consents = [], [], [], []
    for n in range(count):
        person = 5000 + n
        people.append(
            {
                "id": person,
                "telegram_id": 70_000 + n,
                "name": f"Мать {n}",
                "language": "ru",
                "detail": "full",
                "created_at": AT.now,
            }
        )
        found[person] = []
        for _ in range(children[n % len(children)]):
            name = classes[pupil % len(classes)]
            pupils.append(
                {
                    "id": pupil, "code": f"А-{pupil}", "full_name": f"Ученик{pupil} Имя{pupil} Отчество", "class_name": name,
                    "class_year": YEAR, "birth_date": None, "school_id": SCHOOL, "person_id": None,
                }
            )  # fmt: skip
            guards.append({"person_id": person, "pupil_id": pupil, "since": AT.now})
            consents += [
                {
                    "person_id": person, "pupil_id": pupil, "purpose": purpose, "organization_id": None,
                    "text_version": "2026-08", "basis": "законный представитель", "given_at": AT.now,
                }
                for purpose in ("processing", "messages")
            ]  # fmt: skip
            found[person].append(pupil)
            pupil += 1
    async with db.write() as tx:
        for table, rows in ((Row, people), (Pupil, pupils), (Guardianship, guards), (Consent, consents)):
            await tx.execute(insert(table), rows)
    return found


async def person_of(db: Database, telegram_id: int) -> Person:
    """Somebody as the bot recognises them."""
    return await recognise(db, telegram_id, Settings(_env_file=None))


async def parent(db: Database, person: int) -> Person:
    """One of `families`."""
    return await person_of(db, 70_000 + person - 5000)


async def the_cast(db: Database, who: int) -> Person:
    return await person_of(db, TELEGRAM[who])


def button(who: Member, label: str) -> tuple[int, str]:
    """The newest page, and what its button with these words carries: to be pressed later, or by somebody else."""
    assert who.newest is not None
    return who.newest.id, next(one.data or "" for one in who.newest.buttons if label in one.label)


async def misha_in(db: Database, class_name: str) -> None:
    async with db.write() as tx:
        await tx.execute(update(Pupil).where(Pupil.id == MISHA).values(class_name=class_name))


async def counts_of(db: Database, question: int) -> dict[str, dict[str, int]]:
    """What a question keeps of answers that are nobody's."""
    async with db.read() as tx:
        row = await tx.get_one(SurveyQuestion, question)
        return dict(row.counts)
