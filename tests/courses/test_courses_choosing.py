"""Choosing: the catalogue narrowed, searched and remembered; every button small, every page drawn from its button alone."""

from __future__ import annotations

import contextlib
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, insert, select, update

from bot.refusals import Refusal
from bot.services.courses.places import Place, place
from bot.services.courses.search import Index, meant
from bot.services.people.invitations import make_invitation
from handlers.courses.places import Picture
from storage.courses.courses import Offer
from storage.tables import Course, Group, Shortlisted, Slot
from tests.timetable_world import said
from tests.world import ANNA, CHESS, DANA, IT, MISHA, ROBOTICS, World

DESCRIBED = "Собираем роботов из конструктора и учим их ходить."


async def more(world: World) -> None:
    """Four more courses: of the IT centre, on Thursdays and Saturdays, for several classes."""
    courses = [
        (3, "Лёгкая атлетика", "физкультурно-спортивная", ["7"], 5, time(10)),
        (4, "Программирование игр", "техническая", ["7", "8"], 3, time(15)),
        (5, "Лего для малышей", "техническая", ["1", "2"], 5, time(12)),
        (6, "Рисование", "художественная", ["7А"], 0, time(9)),
    ]
    async with world.db.write() as tx:
        for number, name, direction, classes, weekday, starts in courses:
            row = {"id": number, "code": f"К-0{number}", "name": name, "organization_id": IT, "direction": direction}
            await tx.execute(insert(Course).values(**row, classes=classes, selection="ranked", closes_on=date(2026, 11, 30)))
            group = {"id": number, "code": f"Г-0{number}", "course_id": number, "teacher_id": 11, "seats": 12}
            await tx.execute(insert(Group).values(**group))
            ends = time(starts.hour + 1)
            await tx.execute(insert(Slot).values(group_id=number, weekday=weekday, starts=starts, ends=ends))
        await tx.execute(update(Course).where(Course.id == 6).values(description=DESCRIBED))


def courses_of(world: World) -> list[str]:
    """The courses on Ruslan's page, in order."""
    return [row[0].split(" · ")[0] for row in world.ruslan.buttons if row[0][0] in "✅▫"]


# ── narrowing ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_what_fits_comes_first_and_the_rest_says_why_not(world: World) -> None:
    await more(world)
    await world.ruslan.send("/courses")
    assert courses_of(world) == [
        "✅ Лёгкая атлетика",
        "✅ Программирование игр",
        "✅ Робототехника",
        "✅ Шахматы",
    ]
    await world.ruslan.tap("Не подходят: 2")
    assert courses_of(world) == ["▫️ Лего для малышей", "▫️ Рисование"]
    assert "▫️ Курс для классов 1–2, а не для 7А." in said(world.ruslan)
    assert "▫️ В понедельник в это время у 7А уроки: 08:30–13:30." in said(world.ruslan)


async def test_filters_add_up_stand_in_words_and_go_with_one_press(world: World) -> None:
    await more(world)
    ruslan = world.ruslan
    await ruslan.send("/courses")
    await ruslan.tap("Отбор")
    assert said(ruslan) == "Какие курсы показать?\n\nСейчас показаны все."
    await ruslan.tap("Направление")
    assert [row[0] for row in ruslan.buttons[:4]] == [
        "техническая",
        "физкультурно-спортивная",
        "художественная",
        "Любое направление",
    ]
    await ruslan.tap("техническая")
    assert courses_of(world) == ["✅ Программирование игр", "✅ Робототехника"]
    await ruslan.tap("Отбор")
    await ruslan.tap("День недели")
    await ruslan.tap("суббота")
    assert said(ruslan).splitlines()[2] == "🎛 Показаны: техническая · суббота"
    assert courses_of(world) == ["▫️ Лего для малышей"]
    await ruslan.tap("Отбор")
    await ruslan.tap("Только подходящие")
    assert "🎛 Показаны: только подходящие · техническая · суббота" in said(ruslan)
    assert "Таких курсов нет. Нажмите «Показать все» или выберите другое в «Отборе»." in said(ruslan)
    await ruslan.tap("Показать все")
    assert len(courses_of(world)) == 4
    assert ["Не подходят: 2 ›"] in ruslan.buttons
    assert "Показаны" not in said(ruslan)


async def test_by_partner_by_class_and_back_to_all_of_them(world: World) -> None:
    await more(world)
    ruslan = world.ruslan
    await ruslan.send("/courses")
    await ruslan.tap("Отбор")
    await ruslan.tap("Только для 7А")
    assert "🎛 Показаны: для 7А класса" in said(ruslan)
    assert ["Не подходят: 1 ›"] in ruslan.buttons
    assert "Лего" not in said(ruslan)
    await ruslan.tap("Отбор")
    assert "✅ Только для 7А" in ruslan.buttons[1]
    await ruslan.tap("Организация")
    await ruslan.tap("МБОУ ДО ЦДО")
    assert courses_of(world) == ["✅ Шахматы"]
    await ruslan.tap("Отбор")
    await ruslan.tap("Только для 7А")
    await ruslan.tap("Отбор")
    await ruslan.tap("Организация")
    await ruslan.tap("Любая организация")
    assert len(courses_of(world)) == 4


async def test_a_stranger_narrows_by_class(world: World) -> None:
    await more(world)
    stranger = world.stranger()
    await stranger.send("/courses")
    await stranger.tap("Отбор")
    await stranger.tap("Класс")
    assert stranger.buttons[0] == ["1 класс", "2 класс", "3 класс"]
    await stranger.tap("2 класс")
    assert "🎛 Показаны: для 2 класса" in said(stranger)
    assert [row[0].split(" · ")[0] for row in stranger.buttons[:2]] == ["Лего для малышей", "Шахматы"]
    assert "2 курса." in said(stranger)


# ── searching ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def search(world: World, words: str) -> list[str]:
    await world.ruslan.send("/courses")
    await world.ruslan.tap("Поиск")
    await world.ruslan.send(words)
    return courses_of(world)


async def test_a_word_finds_names_before_directions_and_descriptions(world: World) -> None:
    await more(world)
    await world.ruslan.send("/courses")
    await world.ruslan.tap("Поиск")
    assert said(world.ruslan) == (
        "🔎 Что ищете?\n\nНапишите слово или два: название, направление или организацию. Например: робот или шахматы."
    )
    await world.ruslan.send("Роботы")
    assert said(world.ruslan).splitlines()[:3] == [
        "Курсы: Дана, 7А",
        "Подходит 1 из 2. Нажмите на название, чтобы узнать больше.",
        "🎛 Показаны: слова «робот…»",
    ]
    assert courses_of(world) == ["✅ Робототехника", "▫️ Рисование"]  # the second only in its description


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("шахматам", ["✅ Шахматы"]),
        ("ЛЕГКОЙ АТЛЕТИКЕ", ["✅ Лёгкая атлетика"]),
        ("лёгкая", ["✅ Лёгкая атлетика"]),
        ("хочу курс по программированию", ["✅ Программирование игр"]),
        ("спортивный", ["✅ Лёгкая атлетика", "✅ Шахматы"]),  # «физкультурно-спортивная»
        ("физкультура", ["✅ Лёгкая атлетика", "✅ Шахматы"]),
        ("лего", ["▫️ Лего для малышей"]),
        ("игры программирование", ["✅ Программирование игр"]),
        ("шахматы роботы", []),
    ],
)
async def test_endings_and_capitals_do_not_matter(world: World, typed: str, found: list[str]) -> None:
    await more(world)
    assert await search(world, typed) == found


async def test_nothing_found_says_what_to_do(world: World) -> None:
    assert await search(world, "верховая езда") == []
    assert "Ничего не нашлось. Попробуйте одно слово покороче, например «робот», или нажмите «Показать все»." in said(
        world.ruslan
    )
    await world.ruslan.tap("Показать все")
    assert len(courses_of(world)) == 2
    await world.ruslan.tap("Поиск")
    await world.ruslan.send("!!! ???")
    assert said(world.ruslan) == "Напишите хотя бы одно слово, например «робот»."
    await world.ruslan.send("шахматы")  # it can be typed again
    assert courses_of(world) == ["✅ Шахматы"]


async def test_who_went_back_does_not_search_any_more(world: World) -> None:
    await world.ruslan.send("/courses")
    await world.ruslan.tap("Поиск")
    await world.ruslan.tap("Назад")
    await world.ruslan.send("шахматы")
    assert said(world.ruslan).startswith("Курсы: Дана, 7А")  # as anywhere: what names a course is looked for
    await world.ruslan.tap("Поиск")
    await world.ruslan.tap("Назад")
    await world.ruslan.send("ничего такого")
    assert "Не понял вас" in said(world.ruslan)


async def test_a_strangers_invitation_is_no_search(world: World) -> None:
    stranger = world.stranger()
    await stranger.send("/courses")
    await stranger.tap("Поиск")
    await stranger.send("шахматы")
    assert "Шахматы" in str(stranger.buttons)
    await stranger.tap("Поиск")
    made = await make_invitation(world.db, "guardian", "У-702", now=world.now)
    await stranger.send(made.letters)
    assert "Ваш ребёнок: Дана" in said(stranger)


async def test_a_search_is_remembered_by_its_buttons(world: World) -> None:
    await more(world)
    await search(world, "техническая")
    await world.ruslan.tap("Лего")
    await world.ruslan.tap("Назад")
    assert "🎛 Показаны: слова «техничес…»" in said(world.ruslan)
    await world.ruslan.tap("Отбор")
    await world.ruslan.tap("Только подходящие")
    assert courses_of(world) == ["✅ Программирование игр", "✅ Робототехника"]


# ── the shortlist ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_family_keeps_courses_in_mind(world: World) -> None:
    misha, anna = world.misha, world.anna
    await misha.send("/courses")
    assert "Избранное" not in str(misha.buttons)
    await misha.tap("Шахматы")
    await misha.tap("В избранное")
    assert misha.buttons[0] == ["☆ Убрать из избранного"]
    await misha.tap("Назад")
    assert ["✅ Шахматы ⭐ · ср 14:30–15:30"] in misha.buttons
    await anna.send("/courses")
    await anna.tap("Миша")
    await anna.tap("Избранное")
    assert said(anna).splitlines()[1:3] == [
        "Подходит 1 из 1. Нажмите на название, чтобы узнать больше.",
        "🎛 Показаны: избранное",
    ]
    await anna.tap("Шахматы")
    await anna.tap("Убрать из избранного")
    await anna.tap("Назад")
    assert "Здесь пока пусто. Откройте курс и нажмите «⭐ В избранное»." in said(anna)
    await anna.send("/courses")
    await anna.tap("Вера")
    assert "Избранное" not in str(anna.buttons)


async def test_a_star_pressed_twice_and_a_star_for_another_child(world: World) -> None:
    await world.ruslan.send("/courses")
    await world.ruslan.tap("Шахматы")
    page = world.ruslan.newest
    assert page
    for _ in range(2):
        await world.ruslan.press(page.id, f"course.star:{CHESS}:1:{DANA}")
    await world.ruslan.press(page.id, f"course.star:{CHESS}:1:{MISHA}")
    await world.ruslan.press(page.id, f"course.star:77:1:{DANA}")
    async with world.db.read() as tx:
        rows = list(await tx.execute(select(Shortlisted.pupil_id, Shortlisted.course_id)))
    assert rows == [(DANA, CHESS)]


async def test_the_file_of_ones_data_names_them(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(insert(Shortlisted).values(person_id=ANNA, pupil_id=MISHA, course_id=ROBOTICS))
    await world.anna.send("/mydata")
    await world.anna.tap("Скачать файл")
    assert world.anna.newest
    held = (await world.anna.file(world.anna.newest)).decode()
    assert held.count("Избранные курсы") == 1
    assert "Робототехника" in held


async def test_a_withdrawal_forgets_the_shortlist(world: World) -> None:
    async with world.db.write() as tx:
        for person, pupil in ((ANNA, MISHA), (9, MISHA)):
            await tx.execute(insert(Shortlisted).values(person_id=person, pupil_id=pupil, course_id=ROBOTICS))
    await world.anna.send("/mydata")
    await world.anna.tap("Отозвать согласие")
    await world.anna.tap("Для всех и выйти")
    await world.anna.tap("Подтвердить")
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(Shortlisted)) == 0


# ── rules ───────────────────────────────────────────────────────────────────────────────────────────────────────────

NUMBERS = st.integers(0, 9_999_999)
PLACES = st.builds(
    Place,
    pupil=NUMBERS,
    organization=st.integers(0, 9_999),
    like=st.integers(0, 99_999),
    day=st.integers(0, 7),
    year=st.integers(0, 11),
    fits=st.booleans(),
    starred=st.booleans(),
    words=st.text(st.sampled_from("робтешахмынгёйьё3d "), max_size=60).map(meant),
    page=st.integers(0, 999),
)


@given(PLACES)
def test_every_place_fits_a_button_and_comes_back_from_it(at: Place) -> None:
    assert place(at.token) == at
    assert len(Picture(course=999_999, at=at.token).pack().encode()) <= 64


@given(st.text(max_size=40))
def test_a_forged_place_is_refused_or_harmless(token: str) -> None:
    with contextlib.suppress(Refusal):
        assert place(token).page >= 0


@given(st.text(max_size=200))
def test_whatever_is_typed_means_some_words_or_none(typed: str) -> None:
    words = meant(typed)
    assert len(" ".join(words)) <= 16
    assert all(word == word.strip() for word in words)


def test_name_before_direction_before_partner_before_description() -> None:
    def offer(id_: int, *fields: str) -> Offer:
        name, direction, partner, description = fields
        return Offer(id_, name, 1, partner, direction, (), None, description, "ranked", None, None, ())

    index = Index(
        [
            offer(1, "Лепка", "художественная", "Дом танца", "Глина"),
            offer(2, "Лепка", "танцевальная", "Дом", "Глина"),
            offer(3, "Танцы", "художественная", "Дом", "Глина"),
            offer(4, "Лепка", "художественная", "Дом", "Глина и танцы"),
            offer(5, "Лепка", "художественная", "Дом", "Глина"),
        ]
    )
    ranks = index.ranks(meant("танцы"))
    assert sorted(ranks, key=lambda id_: ranks[id_]) == [3, 2, 1, 4]
