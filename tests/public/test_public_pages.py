"""The network's public page: what anybody reads without logging in, with no telephone in hand; and what nobody reads there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, time
from html.parser import HTMLParser
from typing import Literal

import pytest
from aiohttp import ClientResponse, ClientSession
from sqlalchemy import insert, update

from bot.documents.invitations import qr_svg
from bot.web.pace import Pace
from storage.tables import Agreement, Course, Group, Organization, Resource, Slot
from tests.browser import CHROMIUM, axe, browser, faults_of
from tests.timetable_world import enroll, said
from tests.world import IT, MISHA, NAMES, ROBOTICS, SCHOOL, World

PUBLIC = "https://bot.school.example/net"
EVIL = "<script>alert(1)</script>\"'&\u202eгнол\x00 <img src=x onerror=alert(2)>"
VOID = {"meta", "link", "input", "img", "br"}


class Words(HTMLParser):
    """A page as a text browser reads it; unhappy where its tags do not close or where a style or a script stands in it."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.said: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "style", "iframe", "object"), "nothing that runs"
        named = dict(attrs)
        assert not {name for name in named if name == "style" or name.startswith("on")}, f"no inline style or handler: {attrs}"
        assert len(named) == len(attrs), f"an attribute twice: {attrs}"
        self.ids += [named["id"] or ""] if "id" in named else []
        if tag == "a":
            self.links.append(("", named.get("href") or ""))
        if tag not in VOID and tag != "path":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "path":
            assert self.open
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if words and self.open[-1:] != ["title"]:
            self.said.append(words)
            if "a" in self.open and self.links:
                self.links[-1] = (words, self.links[-1][1])


@dataclass
class Reader:
    """Somebody with a browser that knows no JavaScript."""

    session: ClientSession
    base: str

    async def ask(self, path: str, *, method: str = "GET", **headers: str) -> ClientResponse:
        answer = await self.session.request(method, self.base + path, headers=headers)
        await answer.read()
        return answer

    async def page(self, path: str) -> Words:
        answer = await self.ask(path)
        assert answer.status == 200, path
        return parsed(await answer.text())


def parsed(html: str) -> Words:
    assert html.startswith('<!DOCTYPE html>\n<html lang="ru">')
    assert len(html.encode()) < 50_000
    found = Words()
    found.feed(html)
    found.close()
    assert found.open == []
    assert len(set(found.ids)) == len(found.ids)
    assert {href for _, href in found.links if href.startswith("#")} <= {f"#{each}" for each in found.ids}
    return found


@pytest.fixture
async def reader(world: World) -> AsyncIterator[Reader]:
    world.app.settings.public_url = PUBLIC
    await world.app.web.start()
    async with ClientSession() as session:
        yield Reader(session, f"http://127.0.0.1:{world.app.web.port}")


async def furnish(world: World) -> None:
    """A second school, a resource partner who can be reached, an agreement on the school's website."""
    named = {"phone": "8 (87770) 9-12-34", "site": "it.example", "kind": "resource"}
    signed = {"signed_on": date(2026, 9, 1), "ends_on": date(2027, 5, 31), "made_at": world.now, "side": "teaching"}
    async with world.db.write() as tx:
        await tx.execute(update(Organization).where(Organization.id == IT).values(**named))
        await tx.execute(insert(Organization).values(id=9, code="О-09", name="СОШ №3", role="base", address="ул. Новая, 3"))
        await tx.execute(
            update(Course)
            .where(Course.id == ROBOTICS)
            .values(accessible="yes", description="Собираем роботов.\nВ мае — соревнования.")
        )
        of_it = {"organization_id": IT, "place": "каб. 5", "seats": 12, "link": "https://ski.example"}
        for kind, name, whom in (
            ("material", "Лыжи", "семьям"),
            ("staff", "Психолог Ким Павел", "семьям"),
            ("methodical", "Планы", "только педагогам"),
        ):
            await tx.execute(insert(Resource).values(kind=kind, name=name, whom=whom, **of_it))
        link = {"number": "12/у", "url": "https://school8.example/a/1"}
        await tx.execute(insert(Agreement).values(school_id=SCHOOL, organization_id=IT, **signed, **link))
        await tx.execute(insert(Agreement).values(school_id=SCHOOL, organization_id=IT, **signed, number="13", url=None))


async def test_anybody_reads_what_the_bot_says_of_a_course_and_nobody_s_name(world: World, reader: Reader) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await furnish(world)
    index = await reader.page("/")
    assert index.said[6:9] == [
        "Курсы сети",
        "2026/2027 учебный год",
        "Курсы по выбору для школьников. Записывают родители, в боте школы.",
    ]
    at = index.said.index("2 курса")
    assert ("Сразу к списку", "#list") in index.links  # past the narrowing, which a text browser shows whole
    assert index.said[at + 1 : at + 7] == [
        "Робототехника",
        "Центр развития IT-образования",
        "Классы: 5–8",
        "🗓 чт 15:00–16:30",
        "Свободно мест: 11 из 12",
        "Приём заявлений до 30 ноября, остался 21 день.",
    ]
    assert ("Робототехника", "/net/courses/1") in index.links
    open_to = await reader.page("/?open=1")
    assert [words for words, href in open_to.links if "/courses/" in href] == ["Робототехника"]
    course = await reader.page("/courses/1")
    assert course.said[6:] == [
        "‹ Все курсы",
        "Робототехника",
        "Центр развития IT-образования",
        "О курсе",
        "Собираем роботов.",
        "В мае — соревнования.",
        "Направленность: техническая",
        "Классы: 5–8",
        "Часов: 68",
        "♿ Открыт детям с ограниченными возможностями здоровья",
        "Когда и где",
        "Свободно мест: 11 из 12",
        "🗓 чт 15:00–16:30",
        "📍 каб. 2",
        "Как записаться",
        "Приём заявлений до 30 ноября, остался 21 день.",
        "Места делит жребий после 30 ноября, спешить не нужно.",
        "Откройте бота, выберите ребёнка и нажмите «Подать заявление». Войти можно по приглашению школы: его даёт классный руководитель.",
        "Открыть в боте",
        "Наведите камеру телефона на QR-код: курс откроется в Telegram.",
        "Кто ведёт",
        "Центр развития IT-образования",
        "🤝 Ресурсный партнёр: даёт помещение, книги и людей; документа об обучении он не выдаёт.",
        "🏠 ул. Гагарина, 12",
        "☎️ 8 (87770) 9-12-34",
        "🌐 it.example",
        "Курсы организации",
        "Здесь нет данных детей и семей. Страница ничего о вас не запоминает.",
        "Страница на 9 ноября 2026: https://bot.school.example/net/courses/1",
    ]
    assert {href for words, href in course.links if words in ("Открыть в боте", "☎️ 8 (87770) 9-12-34", "🌐 it.example")} == {
        "https://t.me/school8_bot?start=course_1",
        "tel:88777091234",
        "https://it.example",
    }
    square = qr_svg("https://t.me/school8_bot?start=course_1", any_size=True)
    assert square in await (await reader.ask("/courses/1")).text()
    stranger = world.stranger()
    await stranger.send("/start course_1")
    ours = {"О курсе", "Когда и где", "Как записаться", "Кто ведёт", "🏠 ул. Гагарина, 12", course.said[23]}
    told = [words for words in course.said[7:-4] if words not in ours and "Открыть" not in words and "камеру" not in words]
    assert [words for words in told if words not in said(stranger)] == [], "the same sentences as the bot's"
    network, agreements = await reader.page("/network"), await reader.page("/agreements")
    assert network.said[7:11] == [
        "Школы и организации, которые учат детей вместе.",
        "Базовые школы",
        "МБОУ СОШ №8",
        "🏠 ул. Школьная, 1",
    ]
    assert "СОШ №3" in network.said
    assert agreements.said[8:13] == [
        "МБОУ СОШ №8",
        "Договор о сетевой форме № 12/у от 1 сентября 2026",
        "Центр развития IT-образования",
        "Действует до 31 мая 2027.",
        "Открыть на сайте",
    ]
    assert agreements.links[-1] == ("Открыть на сайте", "https://school8.example/a/1")
    resources = await reader.page("/resources")
    assert resources.said[6:] == [
        "Ресурсы",
        "Чем школы и партнёры делятся: помещения и оборудование, книги, сайты, занятия для семей.",
        "🔧 Материально-технические",
        "Лыжи",
        "Центр развития IT-образования",
        "📍 каб. 5",
        "🔢 Комплектов или мест: 12",
        "👥 Кому: семьям",
        "🌐 https://ski.example",
        *course.said[-2:-1],
        "Страница на 9 ноября 2026: https://bot.school.example/net/resources",
    ], "no people, and nothing that is for teachers alone"
    everything = " ".join(" ".join(page.said) for page in (index, course, network, agreements, resources))
    people = {*NAMES.values(), "Ким", "Хачирова", "Петров", "Шеуджен", "Тлехас", "7А", "4Б"}
    assert [name for name in people if name in everything] == []


async def test_a_list_is_narrowed_searched_and_leafed_through(world: World, reader: Reader) -> None:
    for path, names in {
        "/?class=4": ["Шахматы"],
        "/?partner=3": ["Робототехника"],
        "/?like=2": ["Шахматы"],
        "/?q=роботы": ["Робототехника"],
        "/?class=x&partner=-1&like=99999999999&page=0&q=": ["Робототехника", "Шахматы"],
        "/?q=хор": [],
    }.items():
        page = await reader.page(path)
        assert [words for words, href in page.links if "/courses/" in href] == names, path
    assert "Ничего не нашлось. Попробуйте одно слово покороче, например «робот», или нажмите «Показать все»." in page.said
    assert ("✖️ Показать все", "/net/") in page.links
    many = [{"id": 100 + n, "code": f"М-{n}", "name": f"{EVIL} {n}" * 9} for n in range(240)]
    groups = [{"id": 100 + n, "code": f"М-{n}", "course_id": 100 + n, "seats": 12, "place": EVIL * 9} for n in range(240)]
    hours = [{"group_id": 100 + n, "weekday": day, "starts": time(15), "ends": time(16)} for n in range(240) for day in range(5)]
    async with world.db.write() as tx:
        await tx.execute(
            update(Organization).where(Organization.id == IT).values(name=EVIL * 9, phone=EVIL, site="javascript:alert(3)")
        )
        same = {"organization_id": IT, "direction": EVIL * 9, "classes": ["5"], "description": EVIL * 40, "selection": "queue"}
        await tx.execute(insert(Course), [one | same for one in many])
        await tx.execute(insert(Group), [one | {"teacher_id": 11} for one in groups])
        await tx.execute(insert(Slot), hours)
    page = await reader.page("/?class=5&page=9")
    assert ("‹ Раньше", "/net/?class=5&page=8") in page.links
    assert "Страница 9 из 9" in page.said
    assert any("<script>alert(1)</script>" in words for words in page.said), "a name is shown, and does nothing"
    wicked = await reader.page("/courses/100")
    assert [href for _, href in wicked.links if not href.startswith(("/net/", "#", "https://t.me/"))] == []
    async with world.db.write() as tx:
        await tx.execute(update(Course).values(archived_at=world.now))
    assert "Курсов пока нет. Загляните через несколько дней." in (await reader.page("/")).said


async def test_whoever_asks_gets_just_the_page(world: World, reader: Reader) -> None:
    first = await reader.ask("/courses/1")
    assert first.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
    assert "unsafe" not in first.headers["Content-Security-Policy"]
    assert (first.headers["Cache-Control"], first.headers["Referrer-Policy"]) == ("public, max-age=60", "no-referrer")
    assert (first.headers["X-Content-Type-Options"], "Set-Cookie" in first.headers) == ("nosniff", False)
    again = await reader.ask("/courses/1", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status, await again.read()) == (304, b"")
    head = await reader.ask("/courses/1", method="HEAD")
    assert (head.status, await head.read(), head.headers["ETag"]) == (200, b"", first.headers["ETag"])
    await enroll(world.db, MISHA, ROBOTICS)
    assert (await reader.ask("/courses/1", **{"If-None-Match": first.headers["ETag"]})).status == 200, "a seat was taken"
    style = await reader.ask("/style.css")
    assert (style.status, style.content_type, "immutable" in style.headers["Cache-Control"]) == (200, "text/css", True)
    for path in ("/courses/99999", "/courses/x", "/wp-login.php"):
        answer = await reader.ask(path)
        assert answer.status == 404
        missing = parsed(await answer.text()).said
        assert "Такой страницы нет" in missing
        assert missing[-1] == f"Страница на 9 ноября 2026: {PUBLIC}/"
    posted = await reader.ask("/courses/1", method="POST")
    assert (posted.status, posted.headers["Allow"]) == (405, "GET,HEAD")
    assert "Так не спрашивают" in parsed(await posted.text()).said
    near, far = {"X-Forwarded-For": "203.0.113.7"}, {"X-Forwarded-For": "1.1.1.1, 203.0.113.8"}
    world.app.web.site.pace = Pace(3)
    assert [(await reader.ask("/", **near)).status for _ in range(4)] == [200, 200, 200, 429]
    assert (await reader.ask("/nothing", **near)).status == 429, "what is not there is counted too"
    assert (await reader.ask("/", **far)).status == 200, "each for itself"
    await world.pass_time(minutes=1)
    assert (await reader.ask("/", **near)).status == 200
    world.app.settings.public_url = None
    assert {(await reader.ask(path)).status for path in ("/", "/courses/1", "/style.css", "/network")} == {404}, (
        "nothing is published"
    )


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: the public page was not looked at by axe (apt-get install chromium)")
async def test_accessible_to_everybody_on_a_telephone_in_both_lights(world: World, reader: Reader) -> None:
    source = axe()
    if source is None:
        pytest.skip("no axe-core: accessibility was not checked (apt-get install npm; once, it needs the network)")
    await furnish(world)
    world.app.settings.public_url = reader.base
    complaints: list[str] = []
    async with browser() as chromium:
        light: Literal["light", "dark"]
        for light, paths in (
            ("light", ("/", "/?class=5", "/courses/1", "/network", "/agreements", "/resources")),
            ("dark", ("/courses/1",)),
        ):
            page = await chromium.new_page(viewport={"width": 390, "height": 780}, color_scheme=light)
            page.on("console", lambda said: complaints.append(said.text))
            for path in paths:
                await page.goto(reader.base + path)
                assert await faults_of(page, source) == [], path
                assert await page.evaluate("document.documentElement.scrollWidth") <= 390, path
        assert complaints == []


async def test_a_network_without_anything_says_so_and_offers_nothing_to_search(world: World, reader: Reader) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Course).values(archived_at=world.now))
        await tx.execute(update(Organization).values(archived_at=world.now))
    index, network = await reader.page("/"), await reader.page("/network")
    resources, agreements = await reader.page("/resources"), await reader.page("/agreements")
    assert "Курсов пока нет. Загляните через несколько дней." in index.said
    assert "Отбор и поиск" not in index.said
    assert "Пока здесь никого нет. Загляните через несколько дней." in network.said
    assert "Ресурсов пока нет. Загляните через несколько дней." in resources.said
    assert "Договоры пока не опубликованы." in agreements.said
    narrowed = await reader.page("/?class=7")
    assert "✖️ Показать все" in narrowed.said
