"""The whole story in a browser, by clicking, on a phone; kills and the clock at a desk."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from bot.demo import playing
from bot.demo.director import Director
from bot.demo.network import ANNA, MISHA, OLGA
from bot.demo.story import Step
from tests.browser import CHROMIUM, PATIENCE, PHONE, Desk, browser, desk

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium: the page was not tested in a browser (apt-get install chromium fonts-noto-color-emoji)"
)


async def do(at: Desk, step: Step) -> None:
    """What the strip asks for, as somebody does it who was told nothing: the thing to press shines."""
    if step.who and await at.person(step.who.telegram_id).get_attribute("aria-selected") != "true":
        await at.open(step.who.telegram_id)
    if step.kind == "open":
        await at.page.click("#paper .hint")
    elif step.kind == "start":
        await at.page.click("#begin.hint")
    elif step.kind == "send":
        await at.say(step.what)
    elif step.kind == "tap":
        await at.page.click(".key.hint")
    elif step.kind == "file":
        await at.attach(step.what, step.content)
    else:
        await at.page.click('[data-act="clock"]')


async def play(at: Desk, director: Director, until: int | None = None) -> None:
    steps = director.show.steps[:until]
    for number, (_, step) in enumerate(steps, 1):
        await expect(at.page.locator(".tour-number")).to_have_text(
            f"Шаг {number} из {len(director.show.steps)}", timeout=PATIENCE
        )
        await do(at, step)


async def test_the_story_is_played_by_clicking_on_a_phone() -> None:
    """At a desk the same page is used by the two tests below and drawn for docs/pictures."""
    async with (
        playing(fast=True) as director,
        browser() as chromium,
        desk(chromium, director.sandbox.url, PHONE, reduced_motion="reduce") as at,
    ):
        await director.until_ready()
        await play(at, director)
        await expect(at.page.locator(".tour-words")).to_contain_text("История сыграна", timeout=PATIENCE)
        await at.open(ANNA.telegram_id)
        await at.sees("нужно приглашение")
        await expect(at.person(MISHA.telegram_id).locator(".count")).to_have_text(re.compile(r"\d+"))  # pushes nobody looked at
        assert at.page.url.endswith(f"#{ANNA.telegram_id}")
        assert director.sandbox.violations == []
        at.check()


async def test_nothing_is_lost_when_the_bot_is_killed() -> None:
    async with playing(fast=True) as director, browser() as chromium, desk(chromium, director.sandbox.url) as at:
        await director.until_ready()
        await at.open(OLGA.telegram_id)
        await at.page.click("#show-wire")
        await at.page.click("text=Убить >> nth=1")
        await expect(at.page.locator("#bot-state")).to_have_text("убит")
        await at.say("/inbox")
        waiting = at.bubbles("/inbox").locator(".mark")
        await expect(waiting).to_have_attribute("aria-label", "отправлено, бот ещё не получил")
        await at.page.reload()
        await expect(waiting).to_have_attribute("aria-label", "отправлено, бот ещё не получил")
        await at.page.click("text=Поднять")
        await expect(at.page.locator("#bot-state")).to_have_text("на связи", timeout=PATIENCE)
        await at.sees("Всё разобрано")
        await expect(waiting).to_have_attribute("aria-label", "бот получил")
        await at.page.click("text=Убить бота и запустить снова")
        await at.say("/help")
        await expect(at.page.locator("#process")).to_contain_text("убит 2 раза")
        await expect(at.page.locator("#bot-state")).to_have_text("на связи", timeout=PATIENCE)
        await expect(at.bubbles("/help").locator(".mark").first).to_have_attribute("aria-label", "бот получил")
        at.check()


async def test_the_clock_the_watcher_and_a_new_beginning() -> None:
    async with playing(fast=True) as director, browser() as chromium, desk(chromium, director.sandbox.url) as at:
        await director.until_ready()
        await at.page.click('[data-act="step"]')
        await expect(at.page.locator(".tour-number")).to_have_text(re.compile("Шаг 2 "))
        await at.sees("Добро пожаловать")  # the watcher is shown whose turn it is
        await at.page.click('[data-act="play"]')
        await expect(at.page.locator(".tour-number")).to_have_text(re.compile("Шаг 4 "))
        await at.page.click('[data-act="pause"]')
        await expect(at.page.locator('[data-act="play"]')).to_be_enabled()
        await at.page.click(".clock-button")
        await at.page.click("text=За две недели до конца полугодия")
        await expect(at.page.locator(".clock-button")).to_contain_text("декабря")
        assert director.clock.now().astimezone(director.zone).strftime("%m %H:%M") == "12 09:00"
        await director.stage.acts["again"]({})
        director.ready = False
        await director.until_ready()
        await expect(at.page.locator(".tour-number")).to_have_text(re.compile("Шаг 1 "))
        await at.open(ANNA.telegram_id)
        await expect(at.page.locator("#paper")).to_be_visible()
        at.check()
