"""The catalogue kept in the process: it says what the database says, whoever changes it; seats are never kept. Both databases."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Executable, insert, text, update
from sqlalchemy.exc import IntegrityError

from bot.policy import Person
from bot.services.courses.catalogue import Wanted, card, catalogue
from bot.services.courses.clashes import Day, against
from bot.services.courses.fitting import Fitting
from bot.services.courses.places import Place
from handlers.courses.catalogue import list_page
from storage.courses import courses, shelf
from storage.courses.courses import UNREAD, Child, GroupOffer, Hours, Offer
from storage.courses.shelf import Shelf
from storage.db import Database
from storage.tables import Application, Choice, ClassHours, Course, Group, Organization, Road, Shortlisted, Slot, Staff
from tests.asked import statements
from tests.timetable_world import enroll
from tests.visits import visit_of
from tests.world import CENTRE, CHESS, DANA, IT, MISHA, NOW, ROBOTICS, SCHOOL

TODAY = date(2026, 11, 9)


async def page(db: Database, **wanted: object) -> list[tuple[str, int, int]]:
    """The courses of a page: name, seats left, how much speaks against it."""
    async with db.read() as tx:
        found = await catalogue(tx, Wanted(**{"pupil": MISHA} | wanted), TODAY)  # type: ignore[arg-type]
    return [(fit.offer.name, fit.offer.left, len(fit.against)) for fit in found.fits]


# ── nothing stale ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_seat_taken_or_freed_is_seen_at_once(db: Database) -> None:
    assert await page(db) == [("Робототехника", 12, 0), ("Шахматы", 10, 0)]
    await enroll(db, DANA, ROBOTICS)
    assert await page(db) == [("Робототехника", 11, 0), ("Шахматы", 10, 0)]
    async with db.read() as tx:
        assert (await card(tx, ROBOTICS, None, TODAY)).fit.offer.left == 11
    async with db.write() as tx:
        await tx.execute(update(Choice).values(state="left"))
    assert await page(db) == [("Робототехника", 12, 0), ("Шахматы", 10, 0)]


CHANGES: dict[str, Executable] = {
    "a course": update(Course).where(Course.id == CHESS).values(name="Шашки"),
    "a course goes": update(Course).where(Course.id == CHESS).values(archived_at=text("CURRENT_TIMESTAMP")),
    "a partner goes": update(Organization).where(Organization.id == CENTRE).values(archived_at=text("CURRENT_TIMESTAMP")),
    "seats": update(Group).where(Group.id == CHESS).values(seats=3),
    "hours": update(Slot).where(Slot.group_id == CHESS).values(starts=time(12), ends=time(13)),
    "lessons": insert(ClassHours).values(class_name="7А", weekday=2, starts=time(14), ends=time(15)),
    "a road": update(Road).where(Road.to_id == CENTRE).values(minutes=90),
    "by hand": text("UPDATE courses SET name = 'Шашки' WHERE id = 2"),
}


@pytest.mark.parametrize("what", CHANGES)
async def test_whatever_changes_the_catalogue_is_seen_at_once(db: Database, what: str) -> None:
    before = await page(db)
    async with db.write() as tx:
        await tx.execute(CHANGES[what])
    assert await page(db) != before


async def test_an_object_changed_counts_too_and_a_teachers_name(db: Database) -> None:
    await page(db)
    async with db.write() as tx:
        course = await tx.get_one(Course, CHESS)
        course.name = "Шашки"
        teacher = await tx.get_one(Staff, 21)
        teacher.full_name = "Тлехас Зарема"
    async with db.read() as tx:
        offer = (await card(tx, CHESS, MISHA, TODAY)).fit.offer
    assert (offer.name, offer.groups[0].teacher) == ("Шашки", "Тлехас Зарема")


async def _changed_in_vain(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(CHANGES["a course"])
        await tx.execute(insert(Slot).values(group_id=None))


async def test_what_was_rolled_back_was_never_seen(db: Database) -> None:
    before = await page(db)
    with pytest.raises(IntegrityError):
        await _changed_in_vain(db)
    assert await page(db) == before
    async with db.write() as tx:
        await tx.execute(CHANGES["seats"])
    assert await page(db) == [("Робототехника", 12, 0), ("Шахматы", 3, 0)]


async def test_another_process_changes_it(db: Database) -> None:
    before = await page(db)
    other = Database(db.url.render_as_string(hide_password=False))
    async with other.write() as tx:
        await tx.execute(CHANGES["a course"])
    await other.close()
    assert await page(db) != before


async def test_what_is_no_part_of_it_leaves_it_where_it_is(db: Database) -> None:
    async with db.read() as tx:
        kept = await shelf.shelf(tx, await shelf.version(tx))
    await enroll(db, DANA, ROBOTICS)
    async with db.read() as tx:
        assert await shelf.shelf(tx, await shelf.version(tx)) is kept


def test_seats_that_were_not_read_cannot_be_shown() -> None:
    group = GroupOffer(1, "Г-01", "Ким П. А.", None, 12, UNREAD, UNREAD, None, ())
    with pytest.raises(ValueError, match="the seats of group Г-01 were not read"):
        _ = group.left


async def test_a_page_asks_three_questions(db: Database) -> None:
    await enroll(db, MISHA, CHESS)
    await page(db)
    ruslan = Person(1, 1, children=frozenset({MISHA}))
    with statements(db) as asked:
        async with db.read() as tx:
            words, _ = await list_page(visit_of(ruslan, db, NOW), tx, Place(pupil=MISHA, fits=True))
    assert "Миша" in words
    assert len([one for one in asked if one.lstrip().upper().startswith("SELECT")]) <= 3


async def test_the_shelf_says_what_the_questions_say(db: Database) -> None:
    """What writing services read anew under their locks is what the page has shown."""
    await enroll(db, DANA, ROBOTICS)
    async with db.read() as tx:
        whole = await shelf.shelf(tx, await shelf.version(tx))
        shown = await courses.with_seats(tx, whole.on_offer.values())
        assert shown == await courses.offers(tx)
        for pupil in (MISHA, DANA):
            assert (await shelf.looking(tx, [pupil]))[pupil].child == (await courses.children(tx, [pupil]))[pupil]


async def test_many_wishes_and_many_stars_do_not_multiply(db: Database) -> None:
    await enroll(db, MISHA, ROBOTICS, CHESS)
    async with db.write() as tx:
        for course in (ROBOTICS, CHESS):
            await tx.execute(insert(Shortlisted).values(person_id=7, pupil_id=MISHA, course_id=course))
        await tx.execute(insert(Application).values(pupil_id=MISHA, state="draft", created_at=NOW))
    async with db.read() as tx:
        looking = (await shelf.looking(tx, [MISHA]))[MISHA]
    assert [held.course_id for held in looking.child.held] == [ROBOTICS, CHESS]
    assert looking.starred == {ROBOTICS, CHESS}


# ── the fast answer is the slow one's ───────────────────────────────────────────────────────────────────────────────

MOMENTS = [time(hour, minute) for hour in range(8, 19) for minute in (0, 30)]
HOURS = st.builds(
    lambda weekday, starts, long, where, weeks, until: Hours(
        weekday, MOMENTS[starts], MOMENTS[min(starts + long, len(MOMENTS) - 1)], where, None, until, weeks
    ),
    st.integers(0, 1),
    st.integers(0, len(MOMENTS) - 2),
    st.integers(1, 3),
    st.sampled_from([SCHOOL, CENTRE, IT]),
    st.sampled_from(["all", "even", "odd"]),
    st.sampled_from([None, None, date(2026, 11, 1), date(2026, 12, 1)]),
)
GROUPS = st.lists(st.lists(HOURS, max_size=2), max_size=3)
CLASSES = st.sampled_from([(), ("7",), ("7А",), ("8",)])


@given(
    st.lists(st.tuples(GROUPS, CLASSES), min_size=1, max_size=6),
    st.lists(HOURS, max_size=3),
    st.lists(st.tuples(st.integers(1, 6), st.one_of(st.none(), st.integers(0, 2))), max_size=3),
)
def test_fast_and_in_words_agree(
    made: list[tuple[list[list[Hours]], tuple[str, ...]]], lessons: list[Hours], held: list[tuple[int, int | None]]
) -> None:
    offers: dict[int, Offer] = {}
    distinct: dict[Hours, int] = {}
    of_group: dict[int, tuple[int, ...]] = {}
    for number, (groups, classes) in enumerate(made, 1):
        offered = []
        for place, met in enumerate(groups):
            of_group[number * 10 + place] = tuple(distinct.setdefault(one, len(distinct)) for one in met)
            offered.append(GroupOffer(number * 10 + place, "Г", "Ким", None, 12, 0, 0, None, tuple(met)))
        offers[number] = Offer(number, "К", IT, "IT", "т", classes, None, None, "ranked", None, None, tuple(offered))
    roads = {(SCHOOL, CENTRE): 15, (SCHOOL, IT): 40, (CENTRE, IT): 70}
    mine = [(offers[id_], None if place is None else id_ * 10 + place) for id_, place in held if id_ in offers]
    day = Day(Child(MISHA, "Петров Миша", "7А", 2026, SCHOOL, (), ()), lessons, mine, roads, TODAY)
    fitting = Fitting(Shelf(offers, offers, {}, roads, max(roads.values(), default=0), tuple(distinct), of_group, {}), day)
    for offer in offers.values():
        assert fitting.fits(offer) is (not against(offer, day))
