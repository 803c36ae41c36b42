"""A partner and its teachers read names only of children whose family has agreed to that partner: every page, file, letter."""

from __future__ import annotations

import html
import io
import re
from collections import Counter
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import delete, insert, select, update

from bot.documents.request import request_xlsx
from bot.notices import Notice
from bot.refusals import Refusal
from bot.services.people.consent import choose
from bot.services.people.people import part, recognise
from bot.services.requests.requests import enroll_all, put_in_reserve
from bot.settings import Settings
from bot.voice import voice
from storage.db import Database, Tx
from storage.offers import seats
from storage.papers import papers
from storage.people import consent
from storage.people.consent import Reader
from storage.requests import requests
from storage.tables import Application, Choice, Consent, Guardianship, Pupil, Request, RequestLine, RequestVersion
from storage.timetable import timetable
from tests import story
from tests.world import ANNA, CENTRE, DANA, IT, MISHA, NOW, ROBOTICS, RUSLAN, SCHOOL, TELEGRAM, VERA, Member, World

SETTINGS = Settings(_env_file=None)
NOT_AGREED = r"\bДан[аыуеой]+\b|Шеуджен|7А, Дана"


async def places(tx: Tx, state: str = "enrolled", **pupils: str) -> dict[int, int]:
    """Misha, Vera and Dana all learn robotics (or as told): by pupil the id of the choice."""
    made = {}
    for number, (pupil, guardian) in enumerate(((MISHA, ANNA), (VERA, ANNA), (DANA, RUSLAN))):
        paper = Application(pupil_id=pupil, person_id=guardian, state="approved", created_at=NOW, submitted_at=NOW)
        tx.add(paper)
        await tx.flush()
        its = pupils.get(str(pupil), state)
        waits = NOW + timedelta(minutes=number) if its == "reserve" else None
        choice = Choice(
            application_id=paper.id, course_id=ROBOTICS, rank=1, state=its, group_id=1, reserve_at=waits, changed_at=NOW
        )
        tx.add(choice)
        await tx.flush()
        made[pupil] = choice.id
    return made


async def asked_for(tx: Tx, choices: dict[int, int]) -> int:
    request = Request(year=2026, number=1, organization_id=IT, made_at=NOW)
    tx.add(request)
    await tx.flush()
    tx.add(RequestVersion(request_id=request.id, version=1, made_at=NOW))
    await tx.flush()
    await tx.execute(insert(RequestLine), [{"request_id": request.id, "choice_id": each} for each in choices.values()])
    return request.id


async def taken_back(db: Database) -> None:
    """Ruslan no longer agrees that the IT centre is told Dana's name; to the other partner he still does."""
    ruslan = await recognise(db, TELEGRAM[RUSLAN], SETTINGS)
    await choose(db, DANA, ("partner", IT), agreed=False, by=ruslan, now=NOW)


# ── the one condition ───────────────────────────────────────────────────────────────────────────────────────────────


async def named_to(db: Database, organization: int, *, schools: tuple[int, ...] = ()) -> set[int]:
    async with db.read() as tx:
        everybody = {MISHA, VERA, DANA}
        return everybody - await consent.unnamed(
            tx, everybody, organization, Reader(frozenset(schools), frozenset([organization]))
        )


async def test_consent_is_to_one_partner_by_name(db: Database) -> None:
    assert await named_to(db, IT) == {MISHA, VERA, DANA}
    await taken_back(db)
    assert await named_to(db, IT) == {MISHA, VERA}
    assert await named_to(db, CENTRE) == {MISHA, VERA, DANA}
    assert await named_to(db, IT, schools=(SCHOOL,)) == {MISHA, VERA, DANA}  # the school knows its pupils


async def test_a_family_without_the_bot_signed_on_paper_one_that_left_took_it_back(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(update(Consent).where(Consent.pupil_id == DANA).values(withdrawn_at=NOW))
        await tx.execute(delete(Guardianship).where(Guardianship.pupil_id == DANA))
        await part(tx, ANNA, VERA, now=NOW, why="the guardianship was ended")
    assert await named_to(db, IT) == {MISHA, DANA}
    async with db.write() as tx:  # later the school enters what the family has signed on paper
        tx.add(Application(pupil_id=VERA, person_id=None, state="submitted", created_at=NOW + timedelta(days=1)))
    assert await named_to(db, IT) == {MISHA, VERA, DANA}


# ── what uses it ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_lists_files_and_papers_leave_the_name_out_and_keep_the_count(db: Database) -> None:
    await taken_back(db)
    async with db.write() as tx:
        choices = await places(tx)
        request = await asked_for(tx, choices)
    async with db.read() as tx:
        found = await seats.members(tx, 1, Reader.at(IT))
        assert sorted(one.about.child for one in found) == ["", "Петров Миша Алексеевич", "Петрова Вера Алексеевна"]
        assert len([one for one in await seats.members(tx, 1, Reader(frozenset([SCHOOL]))) if one.about.child]) == 3
        whole = await requests.whole(tx, request)
        assert whole is not None
        hidden = [line for line in whole.lines if not line.child]
        assert [(line.class_name, line.birth_date, line.guardian) for line in hidden] == [("", None, None)]
        to_partner = await papers.places(tx, SCHOOL, 2026, partner_id=IT, to_partner=True)
        assert [(place.child, place.class_name, place.birth_date) for place in to_partner if not place.child] == [("", "", None)]
        assert len(await papers.places(tx, SCHOOL, 2026, partner_id=IT)) == 3
        learners = await timetable.learners(tx, [DANA, MISHA], IT, Reader.at(IT), year=2026)
        assert sorted(one.full_name for one in learners) == ["", "Петров Миша Алексеевич"]
    words = words_of(request_xlsx(whole, voice("ru", SETTINGS.zone), SETTINGS.zone))
    assert "согласия на передачу имени нет" in words
    assert "Шеуджен" not in words
    assert "Петрова Вера" in words


async def test_a_partner_decides_nothing_about_a_child_it_may_not_know(db: Database) -> None:
    await taken_back(db)
    async with db.write() as tx:
        choices = await places(tx, "requested")
        await tx.execute(update(Choice).values(group_id=None))
        request = await asked_for(tx, choices)
    irina = await recognise(db, TELEGRAM[4], SETTINGS)
    with pytest.raises(Refusal, match="child-nameless"):
        await put_in_reserve(db, choices[DANA], by=irina, now=NOW, today=NOW.date())
    done = await enroll_all(db, request, by=irina, now=NOW, today=NOW.date())
    assert sorted(done.enrolled) == [MISHA, VERA]
    async with db.read() as tx:
        states = (await tx.execute(select(Application.pupil_id, Choice.state).join(Choice))).all()
        assert {row[0]: row[1] for row in states} == {MISHA: "enrolled", VERA: "enrolled", DANA: "requested"}
    olga = await recognise(db, TELEGRAM[1], SETTINGS)
    assert await put_in_reserve(db, choices[DANA], by=olga, now=NOW, today=NOW.date()) == 1  # the school does


async def test_the_groups_page_counts_the_reserve_without_its_names(world: World) -> None:
    """The reported case: after an allocation the reserve's full names stood there."""
    await taken_back(world.db)
    async with world.db.write() as tx:
        await places(tx, "reserve")
    irina = world.irina
    await irina.send("/start")
    await irina.tap("Заявки")
    await irina.tap("Группы")
    await irina.tap("Г-01")
    assert "1. Петров Миша Алексеевич, 7А" in irina.page
    assert "2. Петрова Вера Алексеевна, 4Б" in irina.page
    assert (
        irina.page.endswith("1 место: согласия на передачу имени нет.")
        or "\n1 место: согласия на передачу имени нет." in irina.page
    )
    assert not re.search(NOT_AGREED, irina.page)


# ── the sweep: every button of a partner and a teacher, as far as they lead ─────────────────────────────────────────


def words_of(content: bytes) -> str:
    """What a file says: an office file's parts, or the text itself."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with ZipFile(io.BytesIO(content)) as parts:
        return html.unescape("\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist()))


async def walked(phone: Member, of_a_kind: int) -> str:
    """Press the buttons this person is ever shown, those that appear on the way too, some of each kind (`of_a_kind`), and
    give back everything they read: pages, labels, words over a page, files."""
    pressed: Counter[str] = Counter()
    done: set[str] = set()
    while True:
        fresh = sorted((message, data) for message, data in phone.shown if data not in done)
        fresh = [(message, data) for message, data in fresh if pressed[data.partition(":")[0]] < of_a_kind]
        if not fresh:
            break
        message, data = fresh[0]
        done.add(data)
        pressed[data.partition(":")[0]] += 1
        await phone.press(message, data)
    assert len(done) > 15
    said = [*phone.notices, *map(str, phone.toasts)]
    for one in phone.messages:
        said += [button.label for row in one.rows for button in row]
        if one.file is not None and one.from_bot:
            said.append(words_of(await phone.file(one)))
    return "\n".join(said)


@pytest.mark.parametrize("of_a_kind", [1, pytest.param(8, marks=[pytest.mark.faults, pytest.mark.part("partners-names")])])
async def test_no_page_file_or_letter_of_a_partner_names_a_child_without_consent(world: World, of_a_kind: int) -> None:
    """Dana learns beside Misha and Vera, waits in a request and in a line; whoever walks all buttons never reads her name."""
    await taken_back(world.db)
    async with world.db.write() as tx:
        await asked_for(tx, await places(tx, **{str(MISHA): "requested"}))
    codes = story.journal("05.11.2026;Г-01;У-702;5;;Датчики;", "05.11.2026;Г-01;У-402;4;;Датчики;")
    await world.pavel.attach("журнал.csv", codes)
    await world.pavel.tap("Применить")
    await world.pavel.send("/timetable")
    for label in ("Робототехника", "Перенести", "пт,", "Подтвердить"):
        await world.pavel.tap(label)
    await world.pass_time(hours=7)
    read = {}
    for phone in (world.irina, world.pavel):
        for command in ("/start", "/timetable", "/journal", "/inbox", "/tasks"):
            await phone.send(command)
        read[phone.user.name] = await walked(phone, of_a_kind)
        assert re.search("Петрова Вера", read[phone.user.name]), phone.user.name  # the walk does meet names
        assert "У-702" in read[phone.user.name], phone.user.name  # the journal calls her by the workbook's code
    assert {
        name: re.findall(f".{{0,60}}(?:{NOT_AGREED}).{{0,60}}", text)[:5]
        for name, text in read.items()
        if re.search(NOT_AGREED, text)
    } == {}
    async with world.db.read() as tx:
        assert await tx.scalar(select(Pupil.full_name).where(Pupil.id == DANA)) == "Шеуджен Дана Руслановна"


# ── letters to staff ────────────────────────────────────────────────────────────────────────────────────────────────

STAFF = ("class-name", "class_name", "names", "full_name", "surname", "pupil", "diagnosis")


def test_no_letter_to_staff_carries_a_childs_name_or_a_reason() -> None:
    """A kind that a family hears may say the child's first name; one for the staff says none, nor class, nor reason."""
    family = {kind for kind, notice in Notice.kinds.items() if "child" in notice.__dataclass_fields__}
    to_staff = {
        "child-withdrew", "offer-answered", "lesson-call-list", "family-withdrew", "voided-tried", "guardian-returned",
        "codes-guessed", "post-claimed", "post-unanswered", "post-kept", "post-passed", "post-given", "card-moved",
        "request-received", "request-changed", "journal-code-asked", "journal-code-answered", "journal-file-failed",
        "journal-question-asked", "journal-question-answered",
        "task-due", "task-overdue", "task-handed", "task-answered", "tasks-due", "tasks-passed",
        "data-withdrawn", "group-touched", "year-closed", "year-end-waits",
        "journal-file-doubted", "lesson-stand-in", "group-handed-over",
        "journal-unkept", "journal-unkept-told", "lesson-to-mark", "lesson-absences", "morning", "lessons-to-give", "survey-closed", "agreeing-asked", "agreeing-answered", "achievement-waits",
        "booking-met", "booking-free", "booking-cancelled",
        "announcement-withheld",
        "letter-to-staff", "letter-reported", "thread-opened", "writing-stopped",
    }  # fmt: skip
    to_families = {
        "survey-opened",
        "survey-reminder",
        "announced",
        "announced-again",
    }  # of no child: what the school asks and says
    ours = {kind for kind, notice in Notice.kinds.items() if notice.__module__.startswith("bot.notices")}
    family |= to_families
    assert ours - family == to_staff, "a new kind of letter: does its recipient belong to the staff? Then no child in it"
    said: dict[str, Any] = {kind: set(Notice.kinds[kind].__dataclass_fields__) for kind in to_staff}
    said["lesson-stand-in"] -= {"reason"}  # why a lesson has a stand-in: written for families to read
    assert {
        kind: fields & {*STAFF, "child", "reason"} for kind, fields in said.items() if fields & {*STAFF, "child", "reason"}
    } == {}
