"""No way leads from an anonymous answer to its person: by any join, on SQLite and on PostgreSQL, nor in the bytes of the file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.services.forgetting import scrub
from bot.services.surveys import counting
from bot.services.surveys.answering import Pick, Place, pick, send, write
from bot.services.surveys.building import close
from bot.services.surveys.counting import LEAST
from storage.db import Database
from storage.surveys.answers import Reply
from storage.tables import Table
from tests.surveys.cast import AT, ONE, SCALE, WORDS, a_survey, button, counts_of, families, parent, the_cast
from tests.timetable_world import said
from tests.world import OLGA, World

ANSWERS = (
    ("0", "5", "Яблоки в буфете"), ("1", "1", "Больше занятий"), ("0", "4", "Автобус опаздывает"), ("1", "2", "Ничего"),
    ("0", "3", "Холодно в зале"), ("1", "5", "Мало мест"), ("0", "1", "Другой педагог"), ("1", "4", "Всё хорошо"),
)  # fmt: skip
PEOPLE = tuple(range(5000, 5008))

Rows = dict[str, list[dict[str, Any]]]


async def answered(db: Database, survey: tuple[int, list[int]], pupil: int, person: int, answer: Sequence[str]) -> None:
    (survey_id, questions), by, at = survey, await parent(db, person), Place(survey[0], pupil)
    one, scale, words = answer
    await pick(db, at, Pick(questions[0], one, on=True), by=by, moment=AT)
    await pick(db, at, Pick(questions[1], scale, on=True), by=by, moment=AT)
    await write(db, at, questions[2], words, by=by, moment=AT)
    await send(db, Place(survey_id, pupil), by=by, moment=AT)


async def a_world(db: Database, order: Sequence[int], answers: Sequence[Sequence[str]], classes: Sequence[str]) -> Rows:
    """Eight families send these answers in this order; everything the database holds then."""
    of = await families(db, len(PEOPLE), children=(1,), classes=classes)
    survey = await a_survey(db, (ONE, SCALE, WORDS), anonymous=True)
    for person, answer in zip(order, answers, strict=True):
        await answered(db, survey, of[person][0], person, answer)
    return await everything(db)


async def everything(db: Database) -> Rows:
    """Every row of every table, with all that the database itself knows of it: its place, on PostgreSQL its transaction too."""
    found: Rows = {}
    async with db.read() as tx:
        for table in Table.metadata.sorted_tables:
            hidden = ", ctid::text AS place, xmin::text AS written"
            if db.is_sqlite:
                hidden = "" if table.dialect_options["sqlite"]["with_rowid"] is False else ", rowid AS place"
            rows = await tx.execute(text(f"SELECT *{hidden} FROM {table.name}"))  # noqa: S608 - our own names
            found[table.name] = [{"rank": rank} | _as_it_lies(row._mapping) for rank, row in enumerate(rows)]
        if db.is_sqlite:
            rows = await tx.execute(text("SELECT name, seq FROM sqlite_sequence ORDER BY name"))
            found["sqlite_sequence"] = [dict(row._mapping) for row in rows]
    return found


def _as_it_lies(row: Mapping[Any, Any]) -> dict[str, Any]:
    """JSON in the order of its keys, as it is written."""
    return {name: json.dumps(value) if isinstance(value, dict | list) else value for name, value in row.items()}


def alike(rows: Rows) -> Rows:
    """Transactions by the order in which they come: which number PostgreSQL gave the first is nobody's doing."""
    numbers = sorted({int(row["written"]) for every in rows.values() for row in every if "written" in row})
    place = {str(number): rank for rank, number in enumerate(numbers)}
    return {
        table: [row | ({"written": place[row["written"]]} if "written" in row else {}) for row in every]
        for table, every in rows.items()
    }


def words_in(value: Any) -> Iterator[str]:
    """The texts somewhere within a value."""
    if isinstance(value, str):
        yield value
        if value[:1] in ("[", "{"):
            yield from words_in(json.loads(value))
    elif isinstance(value, dict):
        yield from (each for part in (*value, *value.values()) for each in words_in(part))
    elif isinstance(value, list | tuple):
        yield from (each for part in value for each in words_in(part))


def joined(rows: Rows, person: int) -> set[str]:
    """The answers in words that every join of every table leads to from somebody: any column with any, as often as it goes on."""
    where: dict[str, set[tuple[str, int]]] = {}
    for table, every in rows.items():
        for place, row in enumerate(every):
            for value in row.values():
                where.setdefault(str(value), set()).add((table, place))
    reached = {("people", place) for place, row in enumerate(rows["people"]) if row["id"] == person}
    wave = set(reached)
    while wave:
        values = {str(value) for table, place in wave for value in rows[table][place].values()}
        wave = set().union(*(where[value] for value in values)) - reached
        reached |= wave
    texts = {words for _, _, words in ANSWERS}
    return {each for table, place in reached for value in rows[table][place].values() for each in words_in(value)} & texts


async def test_whoever_gave_which_answer_in_whatever_order_the_database_is_the_same(tmp_path: Path, request: Any) -> None:
    """So no question to it, of any tables, ids, moments, places or transactions, can tell one from another."""
    await _the_same(request, tmp_path, "sqlite")


async def test_and_so_it_is_on_postgresql(tmp_path: Path, request: Any) -> None:
    await _the_same(request, tmp_path, "postgresql")


async def _the_same(request: Any, tmp_path: Path, kind: str) -> None:
    from tests.conftest import _settled_url

    worlds = []
    for number, (order, answers) in enumerate(
        (
            (PEOPLE, ANSWERS),
            (PEOPLE, ANSWERS[::-1]),
            ((5003, 5007, 5000, 5005, 5001, 5006, 5004, 5002), ANSWERS[3:] + ANSWERS[:3]),
        )
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        db = Database(await _settled_url(kind, request, folder))
        await db.open()
        worlds.append(alike(await a_world(db, order, answers, ("5А", "6А", "8А"))))
        await db.close()
    for other in worlds[1:]:
        for table, rows in worlds[0].items():
            assert _where_it_matters(table, rows) == _where_it_matters(table, other[table]), table


def _where_it_matters(table: str, rows: list[dict[str, Any]]) -> Any:
    """The columns of a row. Where PostgreSQL laid one down follows from how long the drafts were, not from whose: of these two
    tables of counts and receipts only the order and the transaction count."""
    if table in ("surveys", "survey_questions", "survey_received"):
        return [{name: value for name, value in row.items() if name != "place"} for row in rows]
    return rows


async def test_every_join_leads_to_all_answers_or_to_none(db: Database) -> None:
    rows = await a_world(db, PEOPLE, ANSWERS, ("5А", "6А", "8А"))
    assert rows["survey_responses"] == rows["survey_replies"] == []
    assert len(rows["survey_received"]) == len(PEOPLE)
    reached = [joined(rows, person) for person in PEOPLE]
    assert all(found in (set(), {words for _, _, words in ANSWERS}) for found in reached)
    assert len({frozenset(found) for found in reached}) == 1
    holding = {
        table
        for table, every in rows.items()
        for row in every
        for each in words_in(list(row.values()))
        if each in {a[2] for a in ANSWERS}
    }
    assert holding == {"survey_questions"}


async def test_an_answer_stands_in_its_class_only_where_it_is_one_of_five(db: Database) -> None:
    """Receipts say of which class who has answered: joined with the counts of a class they must leave five to choose from."""
    of = await families(db, 8, children=(1,), classes=("7А",))
    survey = await a_survey(db, (ONE, SCALE, WORDS), anonymous=True)
    for number, (person, answer) in enumerate(zip(PEOPLE, ANSWERS, strict=True), 1):
        await answered(db, survey, of[person][0], person, answer)
        counted = (await counts_of(db, survey[1][0])).get("c:7А", {})
        assert sum(counted.values()) == max(0, number - LEAST + 1)
    assert (await counts_of(db, survey[1][0]))[""] == {"0": 4, "1": 4}


# ── what is shown ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_under_five_is_shown_or_can_be_subtracted() -> None:
    """Every way in which up to nine answers of each of three classes can be shown leaves nothing between one and four."""
    for sizes in ((a, b, c, rest) for a in range(10) for b in range(10) for c in range(10) for rest in (0, 1, 4, 8)):
        groups = {f"c:{name}": size for name, size in zip("абв", sizes, strict=False) if size}
        totals = {"": sum(sizes), **groups, "c": sizes[3]}
        seen = counting.shown(totals, "c", least=LEAST)
        assert all(groups[each] >= LEAST for each in seen)
        for some in (part for size in range(len(seen) + 1) for part in combinations(seen, size)):
            left = totals[""] - sum(groups[each] for each in some)
            assert left == 0 or left >= LEAST or not some, (totals, seen)


def test_of_courses_that_share_children_nothing_small_is_left_beside_one() -> None:
    totals: Mapping[str, int] = {"": 10, "g:1": 8, "g:2": 5, "g": 0}
    assert counting.shown(totals, "g", least=LEAST) == ["g:2"]  # beside the first two would be left
    assert counting.shown({"": 10, "g:1": 10, "g:2": 5}, "g", least=LEAST) == ["g:1", "g:2"]


def test_words_stand_by_alphabet() -> None:
    said: list[str] = []
    for _, _, words in ANSWERS:
        said = counting.with_words(said, Reply((), words))
    assert said == sorted(said, key=str.casefold)


# ── in the bot ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_what_was_typed_is_nowhere_else_not_even_in_the_bytes_of_the_file(world: World) -> None:
    await a_survey(world.db, (WORDS, ONE), anonymous=True)
    await world.anna.send("/start")
    await world.anna.tap("Анкеты")
    await world.anna.tap("Наши кружки")
    assert "🔒 Анкета анонимная. Пока вы не отправили, ответы можно менять." in said(world.anna)
    await world.anna.tap("Начать")
    await world.anna.send("Верните КРЫЖОВНИК")
    await world.anna.tap("Нет")
    assert said(world.anna) == (
        "📝 Наши кружки\n\nОтвечены все вопросы. После отправки изменить ответ будет нельзя: он станет безымянным."
    )
    sends = button(world.anna, "Отправить")
    await world.anna.tap("Отправить")
    assert said(world.anna) == "Спасибо!\n\n📝 Наши кружки\n\n✅ Ответ вашей семьи получен. Спасибо!"
    rows = await everything(world.db)
    holding = {
        (table, name)
        for table, every in rows.items()
        for row in every
        for name, value in row.items()
        if any("КРЫЖОВНИК" in each for each in words_in(value))
    }
    assert holding == {("survey_questions", "words")}
    assert rows["talks"] == rows["survey_responses"] == []
    assert [row for row in rows["inbox"] if row["body"] or row["undrawn"]] == []
    assert not [row for row in rows["audit"] if row["action"].startswith("survey")]
    await world.anna.press(*sends)  # pressed twice: nothing is counted twice
    assert (await everything(world.db))["surveys"][0]["totals"] == '{"": 1, "c": 1, "g": 1}'
    await scrub(world.db, world.app.settings.journal_dir)
    file = Path(str(world.db.url.database))
    kept = b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))
    assert kept.count(json.dumps("КРЫЖОВНИК")[1:-1].encode()) + kept.count("КРЫЖОВНИК".encode()) == 1


async def test_a_stale_page_begins_no_new_answer_once_one_was_sent(world: World) -> None:
    await a_survey(world.db, (ONE,), anonymous=True)
    await world.anna.send("/start")
    await world.anna.tap("Анкеты")
    await world.anna.tap("Наши кружки")
    await world.anna.tap("Начать")
    yes = button(world.anna, "Да")
    await world.anna.tap("Да")
    await world.anna.tap("Отправить")
    await world.anna.press(*yes)
    assert world.anna.toasts[-1] == "Ответ уже получен: изменить его нельзя."
    assert (await everything(world.db))["survey_responses"] == []


async def test_when_it_closes_who_has_answered_is_forgotten_too(db: Database) -> None:
    survey = await a_survey(db, (ONE, SCALE, WORDS), anonymous=True)
    of = await families(db, 2, children=(1,), classes=("7А",))
    await answered(db, survey, of[5000][0], 5000, ANSWERS[0])
    await pick(db, Place(survey[0], of[5001][0]), Pick(survey[1][0], "1", on=True), by=await parent(db, 5001), moment=AT)
    await close(db, survey[0], by=await the_cast(db, OLGA), moment=AT)
    rows = await everything(db)
    assert rows["survey_received"] == rows["survey_responses"] == rows["survey_replies"] == []
    assert (await counts_of(db, survey[1][0]))[""] == {"0": 1}
