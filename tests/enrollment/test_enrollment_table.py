"""Every state of a wish × every action × every role: what is allowed works, everything else is refused in clear words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeAlias, get_args

import pytest
from sqlalchemy import delete, insert, select, update

from bot.clock import Moment
from bot.policy import Person, Post, Thing
from bot.refusals import Refusal
from bot.services.deciding.deciding import Verdict, decide, undo
from bot.services.deciding.entering import Wishes, enter
from bot.services.enrollment.applications import discard, extend, rank, submit, unchoose
from bot.services.enrollment.choices import LEADS_TO, TRANSITIONS, State, Verb, walk
from bot.services.enrollment.withdrawing import withdraw
from bot.services.requests.requests import enroll, put_in_reserve, turn_down
from bot.voice import voice
from storage.db import Database
from storage.tables import Application, ApplicationVersion, Call, Choice, ChoiceChange, Guardianship, Pupil
from tests.enrollment_world import (
    ANNA_HERSELF,
    IRINA_HERSELF,
    MOMENT,
    NURBIY_HIMSELF,
    OLGA_HERSELF,
    RUSLAN_HIMSELF,
    TODAY,
)
from tests.world import ANNA, CHESS, IT, MISHA, MISHA_HIMSELF, OLGA, PAVEL, ROBOTICS, SCHOOL, SERGEY, ZONE

SAY = voice("ru", ZONE)

# Who takes part: a wish of Anna's son for a course of Irina's.
ROLES: dict[str, Person | None] = {
    "guardian": ANNA_HERSELF,
    "other guardian": RUSLAN_HIMSELF,
    "student": Person(MISHA_HIMSELF, 9, own=frozenset({MISHA})),
    "teacher": Person(PAVEL, 6, posts=frozenset({Post("teacher", 11, IT)})),
    "partner": IRINA_HERSELF,
    "other partner": NURBIY_HIMSELF,
    "coordinator": OLGA_HERSELF,
    "other coordinator": Person(50, 50, posts=frozenset({Post("coordinator", 9, 77)})),
    "director": Person(SERGEY, 7, posts=frozenset({Post("director", 2, SCHOOL)})),
    "stranger": Person(None, 99),
    "bot": None,
}
FAMILY, SCHOOLS, ANSWERS, BOT = ("guardian", "coordinator"), ("coordinator",), ("partner", "coordinator"), ("bot",)
PROPOSES = SCHOOLS  # another course in the place of one that went

# rules.md, word for word: from a state, by what, to which, by whom. (The coordinator stands in for a family without the
# bot; the distribution of places answers an approved wish, docs/decisions/0014-allocation.md; a decision is taken back on
# its day; what a new workbook no longer has is dropped, who learnt there is dismissed.)
ALLOWED: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
    "draft": {
        "submit": ("submitted", FAMILY),
        "withdraw": ("withdrawn", ("guardian",)),
        "propose": ("offered", PROPOSES),
        "close": ("closed", BOT),
    },
    "submitted": {
        "drop": ("declined", BOT),
        "return": ("returned", SCHOOLS),
        "approve": ("approved", SCHOOLS),
        "decline": ("declined", SCHOOLS),
        "withdraw": ("withdrawn", FAMILY),
        "close": ("closed", BOT),
    },
    "returned": {
        "drop": ("declined", BOT),
        "submit": ("submitted", FAMILY),
        "reopen": ("submitted", SCHOOLS),
        "withdraw": ("withdrawn", FAMILY),
        "close": ("closed", BOT),
    },
    "approved": {
        "drop": ("declined", BOT),
        "offer": ("offered", BOT),
        "request": ("requested", SCHOOLS),
        "reserve": ("reserve", SCHOOLS),
        "decline": ("declined", SCHOOLS),
        "reopen": ("submitted", SCHOOLS),
        "suffice": ("declined", BOT),
        "withdraw": ("withdrawn", FAMILY),
        "close": ("closed", BOT),
    },
    "requested": {
        "drop": ("declined", BOT),
        "enroll": ("enrolled", ANSWERS),
        "reserve": ("reserve", ANSWERS),
        "decline": ("declined", ANSWERS),
        "withdraw": ("withdrawn", FAMILY),
        "close": ("closed", BOT),
    },
    "reserve": {
        "drop": ("declined", BOT),
        "offer": ("offered", BOT),
        "approve": ("approved", SCHOOLS),
        "suffice": ("declined", BOT),
        "withdraw": ("withdrawn", FAMILY),
        "close": ("closed", BOT),
    },
    "offered": {
        "take-back": ("reserve", BOT),
        "accept": ("enrolled", FAMILY),
        "decline": ("declined", FAMILY),
        "lapse": ("lapsed", BOT),
        "withdraw": ("withdrawn", FAMILY),
        "close": ("closed", BOT),
    },
    "enrolled": {
        "dismiss": ("left", BOT),
        "complete": ("completed", ANSWERS),
        "leave": ("left", ANSWERS),
        "withdraw": ("left", FAMILY),
        "finish": ("completed", BOT),
        "fail": ("failed", BOT),
        "quit": ("left", BOT),
        "continue": ("continues", BOT),
        "end": ("unfinished", BOT),
    },
    "lapsed": {"propose": ("offered", PROPOSES)},
    "declined": {"reopen": ("submitted", SCHOOLS), "propose": ("offered", PROPOSES)},
    "withdrawn": {"propose": ("offered", PROPOSES)},
    "completed": {},
    "failed": {},
    "left": {"propose": ("offered", PROPOSES)},
    "continues": {},
    "unfinished": {},
    "closed": {},
}
ENDED = ("lapsed", "declined", "completed", "failed", "left", "continues", "unfinished", "closed")
PAST_APPROVAL = (
    "approved",
    "requested",
    "enrolled",
    "reserve",
    "offered",
    "lapsed",
    "completed",
    "failed",
    "left",
    "continues",
    "unfinished",
    "closed",
)
IN_WORDS = {
    "draft": "ещё не отправлено",
    "submitted": "отправлено, ждёт решения школы",
    "returned": "возвращено на исправление",
    "approved": "одобрено школой",
    "requested": "школа запросила место у партнёра",
    "enrolled": "зачислили",
    "reserve": "в резерве",
    "offered": "предложено место",
    "lapsed": "предложение места истекло",
    "declined": "отказано",
    "withdrawn": "отозвано",
    "completed": "курс пройден",
    "failed": "курс не пройден",
    "left": "больше не ходит",
    "continues": "продолжает в следующем году",
    "unfinished": "учебный год закончен без итога",
    "closed": "учебный год закончен, заявление закрыто",
}
NOT_YOURS = "Это доступно не всем. Если вы думаете, что это ошибка, напишите ответственному за сетевые курсы."


def words(no: Refusal) -> str:
    return SAY.plain(no.key, **no.facts)


def test_the_table_is_the_rules_word_for_word() -> None:
    assert set(ALLOWED) == set(IN_WORDS) == set(get_args(State))
    assert {(state, verb): to for state, verbs in ALLOWED.items() for verb, (to, _) in verbs.items()} == {
        key: step.to for key, step in TRANSITIONS.items()
    }


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
async def test_every_state_every_verb_every_role(db: Database) -> None:
    thing = Thing(pupil_id=MISHA, school_id=SCHOOL, organization_id=IT)
    choice_id = await laid(db, "submitted")
    tried = 0
    async with db.write() as tx:
        choice = await tx.get_one(Choice, choice_id)
        for state, allowed in ALLOWED.items():
            for verb in get_args(Verb):
                for role, person in ROLES.items():
                    tried += 1
                    choice.state = state
                    to, whose = allowed.get(verb, (None, ()))
                    try:
                        done: bool | str = await walk(tx, choice, verb, by=person, thing=thing, now=MOMENT, reason="так надо")
                    except Refusal as no:
                        done = words(no)
                    case = (state, verb, role)
                    if role in whose:
                        assert (done, choice.state) == (True, to), case
                    elif to is not None:
                        assert (done, choice.state) == (NOT_YOURS, state), case
                    elif state in LEADS_TO[verb]:
                        assert (done, choice.state) == (False, state), case  # it is so already: a repeat does nothing
                    else:
                        assert (done, choice.state) == (f"Сейчас это сделать нельзя: {IN_WORDS[state]}.", state), case
    assert tried == 17 * 25 * 11
    async with db.read() as tx:
        kept = (await tx.execute(select(ChoiceChange.was, ChoiceChange.now, ChoiceChange.reason))).all()
    steps = [(state, to) for state, verbs in ALLOWED.items() for to, whose in verbs.values() for _ in whose]
    assert sorted(tuple(row) for row in kept) == sorted((was, now, "так надо") for was, now in steps)


# ── the same through what a press calls ─────────────────────────────────────────────────────────────────────────────


async def laid(db: Database, state: str) -> int:
    """Misha's application for robotics with its wish in this state, and nothing else."""
    paper = state if state in ("draft", "submitted", "returned", "declined", "withdrawn") else "approved"
    decided = paper in ("approved", "returned", "declined")
    later = state not in ("approved", "returned", "declined", "submitted", "draft")
    async with db.write() as tx:
        for table in (ChoiceChange, Choice, ApplicationVersion, Application, Call):
            await tx.execute(delete(table))
        row = {
            "id": 1,
            "pupil_id": MISHA,
            "person_id": ANNA,
            "state": paper,
            "created_at": MOMENT,
            "submitted_at": MOMENT,
            "decided_at": MOMENT if decided else None,
            "decided_by": OLGA if decided else None,
        }
        await tx.execute(insert(Application).values(row))
        choice = {"id": 1, "application_id": 1, "course_id": ROBOTICS, "rank": 1, "state": state}
        changed = MOMENT + timedelta(minutes=1) if later else MOMENT
        seat: dict[str, object] = {"group_id": 1 if state in ("offered", "enrolled", "reserve") else None}
        seat |= {"reserve_at": MOMENT if state == "reserve" else None}
        await tx.execute(insert(Choice).values(choice | seat | {"changed_at": changed}))
    return 1


Press: TypeAlias = Callable[[Database, Person], Awaitable[object]]
PRESSES: dict[str, Press] = {
    "submit": lambda db, by: submit(db, 1, by=by, now=MOMENT, today=TODAY),
    "reorder": lambda db, by: rank(db, 1, 1, 1, by=by, at=Moment(MOMENT, ZONE)),
    "add": lambda db, by: extend(db, 1, CHESS, by=by, now=MOMENT, today=TODAY),
    "take off": lambda db, by: unchoose(db, 1, 1, by=by, now=MOMENT),
    "throw away": lambda db, by: discard(db, 1, by=by),
    "withdraw": lambda db, by: withdraw(db, 1, 1, by=by, at=Moment(MOMENT, ZONE)),
    "approve": lambda db, by: decide(db, 1, Verdict("approve"), by=by, at=Moment(MOMENT, ZONE)),
    "return": lambda db, by: decide(db, 1, Verdict("return", "Уточните"), by=by, at=Moment(MOMENT, ZONE)),
    "decline": lambda db, by: decide(db, 1, Verdict("decline", "Нет мест"), by=by, at=Moment(MOMENT, ZONE)),
    "take back": lambda db, by: undo(db, 1, by=by, at=Moment(MOMENT, ZONE)),
    "enter": lambda db, by: enter(db, MISHA, Wishes([CHESS], 1), by=by, now=MOMENT, today=TODAY),
    "enroll": lambda db, by: enroll(db, 1, by=by, now=MOMENT, today=TODAY),
    "reserve": lambda db, by: put_in_reserve(db, 1, by=by, now=MOMENT, today=TODAY),
    "turn down": lambda db, by: turn_down(db, 1, "Нет мест", by=by, now=MOMENT),
}

# Who may press it, and from which states it leads where ("gone": the wish is no more; None: it stays what it is).
CAN: dict[str, tuple[tuple[str, ...], dict[str, str | None]]] = {
    "submit": (("guardian",), {"draft": "submitted", "returned": "submitted", "submitted": None}),
    "reorder": (("guardian",), {"draft": None, "returned": None, "submitted": None}),
    "add": (("guardian",), {"submitted": None}),
    "take off": (("guardian",), {"draft": "gone", "returned": "withdrawn"}),
    "throw away": (("guardian",), {"draft": "gone"}),
    "withdraw": (
        ("guardian",),
        {
            **{state: None if state == "withdrawn" else "withdrawn" for state in ALLOWED if state not in ENDED},
            "enrolled": "left",
            "left": None,
        },
    ),
    "approve": (SCHOOLS, {"submitted": "approved", **dict.fromkeys(PAST_APPROVAL)}),
    "return": (SCHOOLS, {"submitted": "returned", "returned": None}),
    "decline": (SCHOOLS, {"submitted": "declined", "declined": None}),
    "take back": (
        SCHOOLS,
        {"returned": "submitted", "approved": "submitted", "declined": "submitted", "submitted": None},
    ),
    "enter": (SCHOOLS, dict.fromkeys(ALLOWED)),
    "enroll": (ANSWERS, {"requested": "enrolled", "enrolled": None}),
    "reserve": (ANSWERS, {"requested": "reserve", "reserve": None}),
    "turn down": (ANSWERS, {"requested": "declined", "declined": None}),
}
SENT = "Это заявление уже в школе, и по нему решают: изменить его нельзя, можно отозвать."
NO_STEP = {state: f"Сейчас это сделать нельзя: {said}." for state, said in IN_WORDS.items()}
FAMILY_SAYS = {
    "draft": "Это заявление ещё не подано: добавьте в него курс и подтвердите.",
    "returned": "Это заявление вернули на исправление: его можно исправить или отозвать.",
    "declined": "Это заявление отклонено. Можно подать новое.",
    "withdrawn": "Это заявление отозвано. Можно подать новое.",
    **dict.fromkeys(("submitted", *PAST_APPROVAL), SENT),
}
SCHOOL_SAYS = {
    "draft": "Это заявление уже решено: его ещё не подали.",
    "returned": "Это заявление уже решено: возвращено семье, Хачирова Ольга Муратовна, 9 ноября, 12:00.",
    "declined": "Это заявление уже решено: отклонено, Хачирова Ольга Муратовна, 9 ноября, 12:00.",
    "withdrawn": "Это заявление уже решено: семья его отозвала.",
    **dict.fromkeys(PAST_APPROVAL, "Это заявление уже решено: одобрено, Хачирова Ольга Муратовна, 9 ноября, 12:00."),
}
REFUSED: dict[str, dict[str, str]] = {
    **dict.fromkeys(("submit", "reorder", "add", "take off", "throw away"), FAMILY_SAYS),
    **dict.fromkeys(("approve", "return", "decline"), SCHOOL_SAYS),
    "take back": dict.fromkeys(ALLOWED, "Отменить уже нельзя: за этим решением последовало другое."),
    **dict.fromkeys(("withdraw", "enroll", "reserve", "turn down"), NO_STEP),
}


async def state_now(db: Database) -> str:
    async with db.read() as tx:
        return await tx.scalar(select(Choice.state).where(Choice.id == 1)) or "gone"


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
@pytest.mark.parametrize("press", PRESSES)
async def test_every_press_in_every_state_by_everybody(db: Database, press: str) -> None:
    whose, leads = CAN[press]
    for state in ALLOWED:
        await laid(db, state)
        for role, person in ROLES.items():
            if person is None:
                continue  # nothing presses by itself
            expected: tuple[str, str] = (NOT_YOURS, state)
            if role in whose and state in leads:
                expected = ("done", leads[state] or state)
            elif role in whose:
                expected = (REFUSED[press][state], state)
            elif press == "withdraw" and role == "coordinator":
                expected = ("У этой семьи есть бот: отозвать заявление она может сама.", state)
            try:
                await PRESSES[press](db, person)
                said = "done"
            except Refusal as no:
                said = words(no)
            assert (said, await state_now(db)) == expected, (press, state, role)
            if said == "done":
                await laid(db, state)


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
async def test_the_coordinator_withdraws_for_a_family_without_the_bot(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(update(Guardianship).where(Guardianship.pupil_id == MISHA).values(until=MOMENT))
        await tx.execute(update(Pupil).where(Pupil.id == MISHA).values(person_id=None))
    for state in ALLOWED:
        await laid(db, state)
        if state in ("draft", *ENDED) and state != "left":
            with pytest.raises(Refusal) as no:
                await withdraw(db, 1, 1, by=OLGA_HERSELF, at=Moment(MOMENT, ZONE))
            assert words(no.value) == (NOT_YOURS if state == "draft" else NO_STEP[state]), state
            continue
        await withdraw(db, 1, 1, by=OLGA_HERSELF, at=Moment(MOMENT, ZONE))
        assert await state_now(db) == ("left" if state in ("enrolled", "left") else "withdrawn"), state
        with pytest.raises(Refusal) as no:
            await withdraw(db, 1, 1, by=ROLES["other coordinator"] or OLGA_HERSELF, at=Moment(MOMENT, ZONE))
        assert words(no.value) == NOT_YOURS
