"""The page in a browser against a bot of a few lines: what it shows, survives and refuses."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from playwright.async_api import expect

from bot.sandbox.page_trouble import view
from bot.sandbox.stage import Stage
from tests.browser import CHROMIUM, PHONE, axe, browser, desk, serious
from tests.sandbox_bot import RawBot, inline, playing

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium: the page was not tested in a browser (apt-get install chromium fonts-noto-color-emoji)"
)

EVERYTHING = """<b>жирный</b> <i>курсив</i> <u>линия</u> <s>зачёркнут</s> <tg-spoiler>тайна</tg-spoiler> <code>код</code>
<pre><code class="language-python">print(1)</code></pre>
<blockquote>цитата</blockquote>
<blockquote expandable>раз
два
три
четыре
пять</blockquote>
<a href="https://example.org/">ссылка</a> <a href="tg://user?id=1001">Анна</a> /start @school_bot #школа https://example.org/a?b=1 a@example.org
<b>вло<i>же<u>но</u></i></b>"""
WICKED = "<script>alert(1)</script>"


async def answer(bot: RawBot, **said: Any) -> None:
    """Answer the button that is pressed next."""
    while not (queries := [update["callback_query"] for update in await bot.updates(timeout=5) if "callback_query" in update]):
        pass
    bot.sandbox.telegram.updates.clear()
    await bot("answerCallbackQuery", callback_query_id=queries[0]["id"], **said)


async def test_every_kind_of_entity_stands_in_its_place() -> None:
    async with playing(page=True) as (bot, _), browser() as chromium, desk(chromium, bot.sandbox.url) as at:
        await at.open(1001)
        await bot("sendMessage", chat_id=1001, text=EVERYTHING, parse_mode="HTML")
        text = at.bubbles("жирный").locator(".text")
        for tag, words in {
            "b": "жирный",
            "i": "курсив",
            "u": "линия",
            "s": "зачёркнут",
            "p + code, code": "код",
            "pre": "print(1)",
        }.items():
            await expect(text.locator(tag).first).to_contain_text(words)
        await expect(text.locator("blockquote")).to_have_count(2)
        await expect(text.locator("b i u")).to_have_text("но")
        await expect(text.locator(".tongue")).to_have_text("python")
        assert [await link.get_attribute("href") for link in await text.locator("a").all()] == [
            "https://example.org/",
            "https://example.org/a?b=1",
            "mailto:a@example.org",
        ]
        await expect(text.locator(".spoiler .inside")).to_have_css("visibility", "hidden")
        await text.locator(".spoiler").press("Enter")
        await expect(text.locator(".spoiler .inside")).to_have_css("visibility", "visible")
        folded = text.locator("blockquote.folded")
        await folded.locator("button").click()
        await expect(folded).to_have_count(0)
        await text.locator("button.command").click()
        await expect(at.bubbles("/start")).to_have_count(3)  # hers, the bot's page with the word, and this one
        at.check()


async def test_a_button_shows_progress_then_a_toast_or_a_window() -> None:
    async with playing(page=True) as (bot, _), browser() as chromium, desk(chromium, bot.sandbox.url) as at:
        await at.open(1001)
        page = (await bot("sendMessage", chat_id=1001, text="Готово?", reply_markup=inline({"Да": "y"}, {"Нет": "n"})))[
            "message_id"
        ]
        await at.tap("Да")
        await expect(at.page.locator(".key.waiting")).to_have_text("Да")
        await answer(bot, text="Записано")
        await expect(at.page.locator(".toast")).to_have_text("Записано")
        await expect(at.page.locator(".key.waiting")).to_have_count(0)
        await at.tap("Нет")
        await answer(bot, text="Так нельзя", show_alert=True)
        await expect(at.page.locator("dialog .said")).to_have_text("Так нельзя")
        await at.page.keyboard.press("Escape")
        await bot("editMessageText", chat_id=1001, message_id=page, text="Готово!", reply_markup=inline({"Ещё": "m"}))
        await expect(at.bubbles("Готово!").locator(".edited")).to_have_text("изменено")
        await expect(at.page.locator(".key")).to_have_text(["Ещё"])
        await bot("deleteMessage", chat_id=1001, message_id=page)
        await expect(at.page.locator(".key")).to_have_count(0)
        at.check()


async def test_names_with_scripts_are_names_and_no_script_runs() -> None:
    async with playing(page=True) as (bot, _), browser() as chromium:
        bot.sandbox.person(1002, WICKED, about="<img src=x onerror=alert(2)>")
        async with desk(chromium, bot.sandbox.url) as at:
            await at.open(1002)
            await expect(at.page.locator("#who")).to_have_text(WICKED)
            await at.page.click("#begin")
            await bot("sendMessage", chat_id=1002, text=WICKED, reply_markup=inline({WICKED: "x"}))
            await bot.upload("sendDocument", {"document": (f"{WICKED.replace('/', '')}.html", WICKED.encode())}, chat_id="1002")
            await at.sees(WICKED)
            assert await at.page.evaluate("document.querySelectorAll('main script, main img').length") == 0
            at.check()
            await at.page.evaluate("""() => {
                const made = document.createElement('script'); made.textContent = 'window.hacked = 1'; document.body.append(made);
                const image = document.createElement('img'); image.src = 'https://example.org/x.png'; document.body.append(image);
                document.body.setAttribute('onclick', 'window.hacked = 2'); document.body.click();
            }""")
            assert await at.page.evaluate("window.hacked") is None
            assert all("Content Security Policy" in complaint for complaint in at.complaints)
            assert len(at.complaints) >= 3


async def test_ten_megabytes_go_there_and_back() -> None:
    content = bytes(range(256)) * 40_960
    async with playing(page=True) as (bot, anna), browser() as chromium, desk(chromium, bot.sandbox.url) as at:
        await at.open(1001)
        await at.attach("архив.zip", content)
        await expect(at.bubbles("архив.zip").locator("small")).to_have_text("10 МБ")
        assert anna.messages[-1].document is not None
        assert anna.messages[-1].document.content == content
        async with at.page.expect_download() as waiting:
            await at.page.click("a.file")
        download = await waiting.value
        assert download.suggested_filename == "архив.zip"
        assert (await download.path()).stat().st_size == len(content)
        at.check()


async def test_a_file_is_dropped_into_the_chat() -> None:
    async with playing(page=True) as (bot, anna), browser() as chromium, desk(chromium, bot.sandbox.url) as at:
        await at.open(1001)
        moved = await at.page.evaluate_handle("""() => {
            const moved = new DataTransfer(); moved.items.add(new File(['Дата;Ученик'], 'журнал.csv')); return moved;
        }""")
        await at.page.dispatch_event("#scroller", "dragenter", {"dataTransfer": moved})
        await expect(at.page.locator("#drop")).to_be_visible()
        await at.page.dispatch_event("#scroller", "drop", {"dataTransfer": moved})
        await at.page.fill("dialog input", "ноябрь")
        await at.page.press("dialog input", "Enter")
        await at.sees("журнал.csv")
        assert (anna.messages[-1].text, anna.messages[-1].document is not None) == ("ноябрь", True)
        at.check()


async def test_two_pages_and_a_reload_show_the_same() -> None:
    async with playing(page=True) as (bot, _), browser() as chromium:
        bot.sandbox.person(1002, "Руслан")
        async with desk(chromium, bot.sandbox.url) as one, desk(chromium, bot.sandbox.url, PHONE) as two:
            await one.open(1002)
            await bot("sendMessage", chat_id=1001, text="Раз")
            await bot("sendMessage", chat_id=1001, text="Два")
            for each in (one, two):
                await expect(each.person(1001).locator(".count")).to_have_text("2")
            assert await one.page.title() == "(2) Бот"
            await two.open(1001)
            await expect(one.person(1001).locator(".count")).to_have_count(0)
            await two.say("Спасибо")
            await one.open(1001)
            await one.sees("Спасибо")
            await one.page.reload()
            await one.sees("Спасибо")
            await expect(one.page.locator("#who")).to_have_text("Анна Петрова")
            one.check()
            two.check()


async def test_a_push_comes_by_itself_and_nothing_is_asked_for_it() -> None:
    """At once means: over the stream that stands open, with no question and no timer between. `make bench` has the time."""
    async with playing(page=True) as (bot, _), browser() as chromium, desk(chromium, bot.sandbox.url) as at:
        await at.open(1001)
        await bot("sendMessage", chat_id=1001, text="Скоро")
        await at.sees("Скоро")
        asked: list[str] = []
        at.page.on("request", lambda request: asked.append(request.url))
        await bot("sendMessage", chat_id=1001, text="Пора")
        await at.sees("Пора")
        assert [url for url in asked if not url.endswith("/read")] == []


async def test_a_keyboard_is_enough() -> None:
    async with playing(page=True) as (bot, anna), browser() as chromium:
        bot.sandbox.person(1002, "Руслан")
        await bot(
            "setMyCommands",
            commands=[{"command": "start", "description": "Меню"}, {"command": "mydata", "description": "Данные"}],
        )
        async with desk(chromium, bot.sandbox.url) as at:
            key = at.page.keyboard
            await at.person(1001).focus()
            await key.press("ArrowDown")
            await expect(at.person(1002)).to_be_focused()
            await key.press("ArrowUp")
            await key.press("Enter")
            await expect(at.page.locator("#text")).to_be_focused()
            await key.type("/m")
            await expect(at.page.locator(".suggestion")).to_have_text(["/mydataДанные"])
            await key.press("ArrowDown")
            await key.press("Enter")
            await at.sees("/mydata")
            assert anna.messages[-1].text == "/mydata"
            await bot("sendMessage", chat_id=1001, text="?", reply_markup=inline({"Да": "y"}))
            await at.sees("?")
            await at.page.locator(".key").focus()
            await key.press("Enter")
            await expect(at.page.locator(".key.waiting")).to_have_count(1)
            await key.press("Escape")
            await expect(at.person(1001)).to_be_focused()
            at.check()


async def test_a_link_to_the_bot_is_opened_as_anybody() -> None:
    async with playing(page=True) as (bot, _), browser() as chromium:
        ruslan = bot.sandbox.person(1002, "Руслан", about="папа Даны")
        await bot("sendMessage", chat_id=1001, text="Для папы: https://t.me/school_bot?start=w7")
        async with desk(chromium, bot.sandbox.url) as at:
            await at.open(1001)
            await at.page.click("#messages >> text=https://t.me/school_bot")
            await at.page.click("dialog >> text=Руслан")
            await expect(at.page.locator("#who")).to_have_text("Руслан")
            await at.sees("/start")
            assert ruslan.messages[-1].text == "/start w7"
            assert "w7" not in await at.page.inner_text("#messages")  # Telegram does not show it either
            await at.page.click("#more")
            await at.page.click("text=Заблокировать бота")
            await at.page.click("text=Разблокировать бота")
            await expect(at.page.locator("#write")).to_be_visible()
            at.check()


async def test_the_bots_keyboard_opens_and_speaks() -> None:
    async with playing(page=True) as (bot, anna), browser() as chromium, desk(chromium, bot.sandbox.url, PHONE) as at:
        await at.open(1001)
        await bot(
            "sendMessage",
            chat_id=1001,
            text="Выберите",
            reply_markup={"keyboard": [["Курсы", "Помощь"]], "one_time_keyboard": True},
        )
        await at.page.click("#keyboard >> text=Курсы")
        await at.sees("Курсы")
        assert anna.messages[-1].text == "Курсы"
        await expect(at.page.locator("#keyboard")).to_be_hidden()
        at.check()


async def test_the_wire_is_seen_filtered_and_troubled() -> None:
    async with playing(page=True) as (bot, _), browser() as chromium, desk(chromium, bot.sandbox.url) as at:
        await at.page.click("#show-wire")
        await bot("sendMessage", chat_id=1001, text="Привет")
        await bot.no("sendMessage", chat_id=77, text="Кому?")
        await expect(at.page.locator(".calls summary b")).to_have_text(["sendMessage", "sendMessage"])
        await expect(at.page.locator(".calls .told").first).to_have_text("Bad Request: chat not found")
        await at.page.fill(".search", "привет")
        await expect(at.page.locator(".calls summary")).to_have_count(1)
        await at.page.click(".calls summary")
        await expect(at.page.locator(".calls pre").first).to_contain_text('"text": "Привет"')
        await at.page.click("text=Связи нет")
        await expect(at.page.locator("#show-wire")).to_have_attribute("data-trouble", "")
        assert view(bot.sandbox.trouble)["outage"]
        await at.page.click("text=Связи нет")
        await expect(at.page.locator("#show-wire[data-trouble]")).to_have_count(0)
        assert not view(bot.sandbox.trouble)["outage"]
        at.check()


async def test_thirty_people_with_two_hundred_messages_each() -> None:
    async with playing(page=True) as (bot, _), browser() as chromium:
        for number in range(30):
            person = bot.sandbox.person(2000 + number, f"Гость {number}")
            person.chat.started = True
            for line in range(200):
                bot.sandbox.telegram.post(person.chat, bot.sandbox.telegram.bot, text=f"Сообщение {line}")
        async with desk(chromium, bot.sandbox.url) as at:
            for number in range(0, 30, 5):
                await at.open(2000 + number)
                await at.sees("Сообщение 199")
            first = await at.page.evaluate("performance.getEntriesByName('chat').map(each => each.duration)")
            assert len(first) == 6  # each chat drawn once; how long that takes is measured by make bench
            assert await at.page.locator(".message").count() <= 60
            await at.page.evaluate("document.getElementById('scroller').scrollTop = 0")
            await expect(at.bubbles("Сообщение 100")).to_have_count(1)
            at.check()


async def test_two_languages_and_two_lights() -> None:
    async with playing(page=True) as (bot, _), browser() as chromium, desk(chromium, bot.sandbox.url, locale="en-GB") as at:
        await at.open(1001)
        await expect(at.page.locator("#text")).to_have_attribute("placeholder", "Message")
        await at.page.click("#language")
        await expect(at.page.locator("#text")).to_have_attribute("placeholder", "Сообщение")
        await at.page.click("#look")
        await at.page.click("#look")
        await expect(at.page.locator("html")).to_have_attribute("data-look", "dark")
        await at.page.reload()
        await expect(at.page.locator("html")).to_have_attribute("data-look", "dark")
        await expect(at.page.locator("html")).to_have_attribute("lang", "ru")
        at.check()


def stage() -> Stage:
    """A story of two steps, told by nobody in particular."""
    words = {"ru": "Начало", "en": "Beginning"}
    steps = [
        {"scene": 0, "kind": "tap", "who": 1001, "what": "Да"},
        {"scene": 0, "kind": "clock", "who": None, "what": "", "words": words},
    ]
    return Stage(
        {
            "bot": {"state": "awake", "deaths": 0},
            "clock": {
                "now": "2026-11-09T09:00:00+00:00",
                "zone": "Europe/Moscow",
                "stopped": True,
                "jumps": [{"id": "day", "words": words}],
            },
            "groups": [{"words": {"ru": "Семьи", "en": "Families"}, "people": [1001]}],
            "papers": {"1002": {"payload": "w7", "letters": "AAAAA-BBBBB"}},
            "tour": {"scenes": [words], "steps": steps, "at": 0, "playing": "", "trouble": None},
        }
    )


@pytest.mark.parametrize("light", ["light", "dark"])
async def test_accessible_to_everybody(light: Any) -> None:
    source = await asyncio.to_thread(axe)
    if source is None:
        pytest.skip("no axe-core: accessibility was not checked (apt-get install npm; once, it needs the network)")
    async with playing(page=stage()) as (bot, anna), browser() as chromium:
        bot.sandbox.person(1002, "Руслан")
        await bot("setMyCommands", commands=[{"command": "start", "description": "Меню"}])
        await bot("sendMessage", chat_id=1001, text=EVERYTHING, parse_mode="HTML", reply_markup=inline({"Да": "y"}, {"Нет": "n"}))
        await bot.upload("sendDocument", {"document": ("Заявка.docx", b"PK")}, chat_id="1001")
        await anna.send("Спасибо")
        async with desk(chromium, bot.sandbox.url, color_scheme=light, reduced_motion="reduce") as at:
            found = {"nobody chosen": await serious(at.page, source)}
            await at.open(1001)
            await at.page.click("#show-wire")
            await at.page.click("#menu")
            found["a chat, the wire, the commands"] = await serious(at.page, source)
            await at.page.click("#more")
            found["a menu"] = await serious(at.page, source)
            await at.page.keyboard.press("Escape")
            await at.open(1002)
            found["an invitation"] = await serious(at.page, source)
            await at.page.click("#clock button")
            found["the clock's menu"] = await serious(at.page, source)
            faults = [f"{where}: {fault}" for where, each in found.items() for fault in each]
            assert not faults, "\n".join(faults)


async def test_the_order_of_people_is_the_stages() -> None:
    async with playing(page=stage()) as (bot, _), browser() as chromium:
        bot.sandbox.person(1000, "Раньше всех")
        async with desk(chromium, bot.sandbox.url) as at:
            assert [re.sub(r"\s.*", "", each) for each in await at.page.locator(".person b").all_inner_texts()] == [
                "Анна",
                "Раньше",
            ]
            await expect(at.page.locator(".group-title")).to_have_text("Семьи")
            await expect(at.page.locator(".clock-button")).to_contain_text("12:00")
            at.check()
