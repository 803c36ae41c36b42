"""The catalogue: what fits a child and why not, the road and the clock, partner and direction, strangers."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlalchemy import insert, update

from bot.services.courses.catalogue import shut, window
from bot.services.courses.clashes import Day, against, classes_in_words, meets, takes_class
from bot.services.courses.offered import is_open
from bot.voice import voice
from bot.words.courses import how_places_are_given
from storage.courses.courses import Child, GroupOffer, Hours, Offer
from storage.db import Database
from storage.tables import ClassHours, Course, Group, Slot
from tests.timetable_world import enroll, said
from tests.world import CENTRE, CHESS, IT, MISHA, ROBOTICS, SCHOOL, ZONE, World

TODAY = date(2026, 11, 9)
SAY = voice("ru", ZONE)
MONDAY, THURSDAY = 0, 3


def hours(weekday: int, starts: time, ends: time, where: int = IT, **more: object) -> Hours:
    return Hours(weekday, starts, ends, where, **more)  # type: ignore[arg-type]


def offer(course_id: int, *groups: tuple[Hours, ...], classes: tuple[str, ...] = (), where: int = IT) -> Offer:
    made = tuple(
        GroupOffer(course_id * 10 + number, f"Г-{course_id}{number}", "Ким П. А.", None, 12, 0, 0, None, slots)
        for number, slots in enumerate(groups)
    )
    return Offer(course_id, f"Курс {course_id}", where, "IT", "техническая", classes, 68, None, "ranked", None, None, made)


def week(*lessons: Hours, courses: tuple[tuple[Offer, int | None], ...] = (), minutes: int = 10) -> Day:
    child = Child(MISHA, "Петров Миша", "7А", 2026, SCHOOL, (), ())
    return Day(child, lessons, courses, {(SCHOOL, IT): minutes, (CENTRE, IT): 25}, TODAY)


def words(course: Offer, day: Day) -> list[str]:
    return [SAY.plain(one.key, **one.facts) for one in against(course, day)]


SCHOOL_DAY = hours(THURSDAY, time(8, 30), time(14, 50), SCHOOL)
AFTER = (hours(THURSDAY, time(15), time(16, 30)),)


# ── rules ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("classes", "class_name", "takes"),
    [
        (("5", "6", "7"), "7А", True),
        (("5", "6", "7"), "8А", False),
        (("7А",), "7А", True),
        (("7А",), "7Б", False),
        (("7а",), "7 А", True),
        (("1",), "11А", False),
        ((), "3В", True),
    ],
)
def test_a_course_takes_the_classes_it_names(classes: tuple[str, ...], class_name: str, takes: bool) -> None:
    assert takes_class(classes, class_name) is takes


def test_classes_are_folded_into_words() -> None:
    assert classes_in_words(["5", "6", "7", "9", "10А"]) == "5–7, 9, 10А"


def test_the_road_from_school_must_be_walked() -> None:
    assert words(offer(1, AFTER), week(SCHOOL_DAY, minutes=10)) == []
    assert words(offer(1, AFTER), week(SCHOOL_DAY, minutes=15)) == [
        "В четверг не успеть: уроки 7А до 14:50, занятие с 15:00, дорога 15 мин."
    ]


def test_the_second_shift_begins_after_the_road() -> None:
    early = (hours(THURSDAY, time(12), time(12, 55)),)
    second_shift = hours(THURSDAY, time(13), time(18), SCHOOL)
    assert words(offer(1, early), week(second_shift)) == [
        "В четверг не успеть: занятие до 12:55, уроки 7А с 13:00, дорога 10 мин."
    ]


def test_lessons_at_the_same_hour_stand_against_a_course() -> None:
    noon = (hours(THURSDAY, time(12), time(13)),)
    assert words(offer(1, noon), week(SCHOOL_DAY)) == ["В четверг в это время у 7А уроки: 08:30–14:50."]
    assert words(offer(1, (hours(MONDAY, time(12), time(13)),)), week(SCHOOL_DAY)) == []


def test_another_course_and_the_road_from_it() -> None:
    dance = offer(2, (hours(THURSDAY, time(13, 50), time(14, 50), CENTRE),), where=CENTRE)
    same_time = offer(3, (hours(THURSDAY, time(16), time(17)),))
    assert words(offer(1, AFTER), week(courses=((same_time, None),))) == ["В четверг в это время «Курс 3»: 16:00–17:00."]
    assert words(offer(1, AFTER), week(courses=((dance, None),))) == [
        "В четверг не успеть: «Курс 2» до 14:50, занятие с 15:00, дорога 25 мин."
    ]


def test_even_and_odd_weeks_and_past_hours_do_not_clash() -> None:
    even = (hours(THURSDAY, time(15), time(16), weeks="even"),)
    odd = offer(2, (hours(THURSDAY, time(15), time(16), weeks="odd"),))
    over = offer(3, (hours(THURSDAY, time(15), time(16), to_day=date(2026, 11, 1)),))
    assert words(offer(1, even), week(courses=((odd, None), (over, None)))) == []


def test_one_group_that_fits_is_enough() -> None:
    friday = (hours(4, time(15), time(16)),)
    busy = offer(2, AFTER)
    assert words(offer(1, AFTER, friday), week(courses=((busy, None),))) == []
    assert words(offer(1, AFTER), week(courses=((offer(2, AFTER, friday), None),))) == []  # its group is not decided yet
    assert words(offer(1, AFTER), week(courses=((offer(2, AFTER, friday), 20),))) != []


def test_two_wishes_at_one_hour_are_only_worth_knowing() -> None:
    assert meets(offer(1, AFTER), offer(2, AFTER), week()) is not None
    assert meets(offer(1, AFTER), offer(2, (hours(4, time(15), time(16)),)), week()) is None


@pytest.mark.parametrize(
    ("opens", "closes", "said_as", "open_now"),
    [
        (date(2026, 11, 1), date(2026, 11, 20), "Приём заявлений до 20 ноября, осталось 11 дней.", True),
        (None, date(2026, 11, 10), "Приём заявлений до 10 ноября, остался 1 день.", True),
        (None, TODAY, "Приём заявлений до 9 ноября, сегодня последний день.", True),
        (None, None, "Заявления принимаются без срока.", True),
        (date(2026, 12, 1), date(2026, 12, 20), "Приём заявлений начнётся 1 декабря.", False),
        (date(2026, 10, 1), date(2026, 11, 8), "Приём заявлений закончился 8 ноября.", False),
    ],
)
def test_the_window_in_words(opens: date | None, closes: date | None, said_as: str, open_now: bool) -> None:
    course = Offer(1, "Шахматы", 1, "ЦДО", "спорт", (), None, None, "ranked", opens, closes, ())
    sentence = window(course, TODAY)
    assert SAY.plain(sentence.key, **sentence.facts) == said_as
    assert is_open(course, TODAY) is open_now
    if not open_now:
        no = shut(course, TODAY)
        assert "«Шахматы»" in SAY.plain(no.key, **no.facts)


@pytest.mark.parametrize(
    ("selection", "closes", "said_as"),
    [
        ("ranked", date(2026, 11, 10), "Места делит жребий после 10 ноября, спешить не нужно."),
        ("ranked", TODAY, "Места делит жребий после 9 ноября: подайте сегодня, в любой час."),
        ("ranked", date(2026, 11, 8), "Места делит жребий."),
        ("ranked", None, "Места делит жребий, спешить не нужно."),
        ("queue", TODAY, "Места — кто раньше подал."),
    ],
)
def test_how_places_are_given_never_contradicts_the_window(selection: str, closes: date | None, said_as: str) -> None:
    course = Offer(1, "Шахматы", 1, "ЦДО", "спорт", (), None, None, selection, None, closes, ())
    assert how_places_are_given(course, SAY, TODAY) == said_as


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_stranger_may_look_but_not_apply(world: World) -> None:
    stranger = world.stranger()
    await stranger.send("/courses")
    assert said(stranger).splitlines()[:2] == ["Курсы сети", "2 курса. Нажмите на название, чтобы узнать больше."]
    assert "нужно приглашение школы" in said(stranger)
    await stranger.tap("Шахматы")
    assert said(stranger).splitlines() == [
        "Шахматы",
        "МБОУ ДО ЦДО МО «Кошехабльский район»",
        "",
        "Направленность: физкультурно-спортивная",
        "Классы: 1–9",
        "Часов: 68",
        "",
        "🗓 ср 14:30–15:30",
        "📍 зал",
        "👤 Тлехас Зарема Аслановна",
        "",
        "Свободно мест: 10 из 10",
        "",
        "Приём заявлений до 30 ноября, остался 21 день.",
        "Места делит жребий после 30 ноября, спешить не нужно.",
    ]
    assert stranger.buttons == [["‹ Назад", "🏠 Меню"]]


async def test_a_mother_of_two_says_first_for_whom(world: World) -> None:
    await world.anna.send("/courses")
    assert said(world.anna) == "Для кого смотрим курсы?"
    await world.anna.tap("Вера")
    assert said(world.anna) == "Курсы: Вера, 4Б\nПодходит 1 из 2. Нажмите на название, чтобы узнать больше."
    assert world.anna.buttons[:2] == [["✅ Шахматы · ср 14:30–15:30 · мест: 10"], ["Не подходят: 1 ›"]]
    await world.anna.tap("Не подходят: 1")
    page = said(world.anna).splitlines()
    assert page[3:] == ["Робототехника", "▫️ Курс для классов 5–8, а не для 4Б."]
    assert world.anna.buttons == [["▫️ Робототехника"], ["‹ Назад", "🏠 Меню"]]
    await world.anna.tap("Робототехника")
    assert "Вера, 4Б: курс не подходит.\n▫️ Курс для классов 5–8, а не для 4Б." in said(world.anna)
    assert world.anna.buttons == [["⭐ В избранное"], ["‹ Назад", "🏠 Меню"]]


async def test_a_father_of_one_sees_the_courses_at_once(world: World) -> None:
    await world.ruslan.send("/courses")
    assert said(world.ruslan).startswith("Курсы: Дана, 7А\nПодход")


async def test_all_courses_then_for_whom_the_application_is(world: World) -> None:
    await world.anna.send("/courses")
    await world.anna.tap("Все курсы")
    await world.anna.tap("Робототехника")
    await world.anna.tap("Подать заявление")
    await world.anna.tap("Миша")
    assert "✅ Миша, 7А: курс подходит." in said(world.anna)


async def test_a_student_sees_what_fits_and_cannot_apply(world: World) -> None:
    await world.misha.send("/courses")
    await world.misha.tap("Шахматы")
    assert "✅ Тебе курс подходит." in said(world.misha)
    assert world.misha.buttons == [["⭐ В избранное"], ["‹ Назад", "🏠 Меню"]]


async def test_a_lesson_and_the_road_stand_in_words(world: World) -> None:
    async with world.db.write() as tx:
        longer = {"class_name": "7А", "weekday": 2, "starts": time(13, 40), "ends": time(14, 20)}
        await tx.execute(insert(ClassHours).values(**longer))
    await enroll(world.db, MISHA, ROBOTICS)
    async with world.db.write() as tx:
        await tx.execute(insert(Slot).values(group_id=CHESS, weekday=3, starts=time(16), ends=time(17)))
    await world.anna.send("/courses")
    await world.anna.tap("Миша")
    assert world.anna.buttons[:2] == [["🎓 Робототехника · уже занимается"], ["Не подходят: 1 ›"]]
    await world.anna.tap("Не подходят")
    assert "▫️ В среду не успеть: уроки 7А до 14:20, занятие с 14:30, дорога 15 мин." in said(world.anna)
    assert "▫️ В четверг в это время «Робототехника»: 15:00–16:30." in said(world.anna)


async def test_of_two_groups_the_card_says_which_one_fits(world: World) -> None:
    async with world.db.write() as tx:
        row = {"id": 9, "code": "Г-09", "course_id": CHESS, "teacher_id": 21, "seats": 8}
        await tx.execute(insert(Group).values(**row))
        await tx.execute(insert(Slot).values(group_id=9, weekday=0, starts=time(12), ends=time(13)))
    await world.ruslan.send("/courses")
    await world.ruslan.tap("Шахматы")
    assert said(world.ruslan).splitlines()[7:18] == [
        "Группа Г-02, свободно мест: 10",
        "🗓 ср 14:30–15:30",
        "📍 зал",
        "👤 Тлехас Зарема Аслановна",
        "✅ подходит по времени",
        "",
        "Группа Г-09, свободно мест: 8",
        "🗓 пн 12:00–13:00",
        "📍 место уточняется",
        "👤 Тлехас Зарема Аслановна",
        "▫️ В понедельник в это время у 7А уроки: 08:30–13:30.",
    ]
    assert "✅ Дана, 7А: курс подходит." in said(world.ruslan)


async def many(db: Database, count: int, name: str = "Курс с длинным названием для самых любознательных ребят") -> None:
    async with db.write() as tx:
        for number in range(count):
            row = {"code": f"К-9{number}", "name": f"{name} {number:02}", "organization_id": IT, "direction": "техническая"}
            await tx.execute(insert(Course).values(**row, classes=["7"], selection="ranked"))


async def test_eight_a_page_and_no_name_is_cut(world: World) -> None:
    await many(world.db, 10)
    await world.ruslan.send("/courses")
    assert "Подходит 12 из 12." in said(world.ruslan)
    assert world.ruslan.buttons[0] == ["✅ Курс с длинным названием для самых любознательных ребят 00"]
    assert "Курс с длинным названием для самых любознательных ребят 00\nвремя уточняется · мест: 0" in said(world.ruslan)
    assert [row for row in world.ruslan.buttons if row[0].startswith("✅")] == world.ruslan.buttons[:8]
    assert world.ruslan.buttons[8] == ["‹", "1 из 2", "›"]
    await world.ruslan.tap("›")
    assert [row[0] for row in world.ruslan.buttons[:4]] == [
        "✅ Курс с длинным названием для самых любознательных ребят 08",
        "✅ Курс с длинным названием для самых любознательных ребят 09",
        "✅ Робототехника · чт 15:00–16:30",
        "✅ Шахматы · ср 14:30–15:30 · мест: 10",
    ]


@pytest.mark.parametrize("name", ["<b>&{{ 7*7 }} =1+1", "<" * 1900, "Я" * 1990])
async def test_no_name_breaks_a_page(world: World, name: str) -> None:
    await many(world.db, 8, name)
    async with world.db.write() as tx:
        await tx.execute(update(Course).values(description=name, direction=name))
        await tx.execute(update(Group).values(place=name))
    await world.ruslan.send("/courses")
    await world.ruslan.tap(name[:20])
    assert name[:20] in said(world.ruslan)
    await world.ruslan.tap("Подать заявление")
    await world.ruslan.tap("Подтвердить")
    await world.ruslan.tap("Мои заявления")
    await world.ruslan.tap("Дана:")
    await world.olga.send("/inbox")
    await world.olga.tap("Заявления: 1")
    await world.olga.tap("Одобрить")
    await world.deliver()
    assert name[:20] in said(world.ruslan)


async def test_another_child_is_nobodys_business(world: World) -> None:
    await world.ruslan.send("/courses")
    page = world.ruslan.newest
    assert page is not None
    for data in (
        f"course.list:{MISHA}:0:0:0",
        f"course.page:{MISHA}",
        f"course.card:{CHESS}:{MISHA}",
        f"course.star:{CHESS}:1:{MISHA}",
        f"course.narrow::{MISHA}",
        f"apply.add:{CHESS}:{MISHA}",
    ):
        await world.ruslan.press(page.id, data)
        assert "Миша" not in said(world.ruslan)
        assert "Это доступно не всем" in str(world.ruslan.toasts[-1])


async def test_a_course_that_is_gone_says_so(world: World) -> None:
    await world.ruslan.send("/courses")
    async with world.db.write() as tx:
        await tx.execute(update(Course).where(Course.id == CHESS).values(archived_at=world.now))
    await world.ruslan.tap("Шахматы")
    assert "страница устарела" in str(world.ruslan.toasts[-1])
