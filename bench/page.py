"""How long the chat page takes in Chromium: the first paint of a chat, a push on its way, going up through old messages.

30 people with 200 messages each. The floor of a chat is an empty one in the same browser; of a push, an event that draws nothing.
"""

from __future__ import annotations

import asyncio
import statistics

from bot.sandbox import Sandbox
from tests.browser import CHROMIUM, Desk, browser, desk
from tests.sandbox_bot import RawBot, playing

PEOPLE, MESSAGES, PUSHES = 30, 200, 40
PAGE = (
    "<b>Робототехника</b>\nЦентр развития IT-образования\n\n🗓 чт 15:00–16:30\n📍 IT-центр, каб. 2\n\nСвободно мест: 8 из 12 · №{}"
)
WATCH = """() => { window.cameAt = {}; new MutationObserver(() => {
    for (const found of document.querySelectorAll('#messages .message:last-child .text')) {
        const number = /Push (\\d+);/.exec(found.textContent)?.[1];
        if (number) window.cameAt[number] ??= performance.timeOrigin + performance.now();
    }
}).observe(document.querySelector('#messages'), {childList: true, subtree: true}); }"""
SCROLL = """async () => {
    const scroller = document.getElementById('scroller'); const frames = []; let last = performance.now();
    for (let frame = 0; frame < 120; frame++) {
        scroller.scrollTop -= 250;
        await new Promise(requestAnimationFrame);
        const now = performance.now(); frames.push(now - last); last = now;
    }
    return frames;
}"""


def fill(sandbox: Sandbox) -> None:
    markup = {
        "inline_keyboard": [[{"text": "📝 Подать заявление", "callback_data": "x"}], [{"text": "‹ Назад", "callback_data": "y"}]]
    }
    for person in range(PEOPLE):
        chat = sandbox.person(2000 + person, f"Гость {person}", about="родитель").chat
        chat.started = True
        for number in range(MESSAGES):
            entities = [{"type": "bold", "offset": 0, "length": 13}]
            text = PAGE.format(number).replace("<b>", "").replace("</b>", "")
            sandbox.telegram.post(chat, sandbox.telegram.bot, text=text, entities=entities, markup=markup)
        sandbox.person(3000 + person, f"Пустой {person}")


async def painted(at: Desk, first: int) -> list[float]:
    """Milliseconds from the press on a person to their chat on the screen, for each of them, opened for the first time."""
    await at.page.evaluate("performance.clearMeasures()")
    for person in range(first, first + PEOPLE):
        await at.person(person).click()
        await at.page.wait_for_function("n => performance.getEntriesByName('chat').length > n", arg=person - first)
    found: list[float] = await at.page.evaluate("performance.getEntriesByName('chat').map(each => each.duration)")
    return found


async def pushed(at: Desk, bot: RawBot) -> list[float]:
    """Milliseconds from the bot's call to the message in the page."""
    await at.open(2000)
    await at.page.evaluate(WATCH)
    asked = {}
    for number in range(PUSHES):
        asked[number] = await at.page.evaluate("performance.timeOrigin + performance.now()")
        await bot("sendMessage", chat_id=2000, text=f"Push {number};")
        await at.page.wait_for_function("n => window.cameAt[n]", arg=str(number))
    came = await at.page.evaluate("window.cameAt")
    return [came[str(number)] - asked[number] for number in range(PUSHES)]


def told(name: str, values: list[float]) -> None:
    print(
        f"{name}: p50 {statistics.median(values):.1f} ms, p95 {statistics.quantiles(values, n=20)[18]:.1f} ms, worst {max(values):.1f} ms"
    )


async def measured() -> None:
    async with playing(page=True) as (bot, _), browser() as chromium:
        fill(bot.sandbox)
        async with desk(chromium, bot.sandbox.url) as at:
            empty, full = await painted(at, 3000), await painted(at, 2000)
            again = await painted(at, 2000)
            told("an empty chat, first paint (the floor)", empty)
            told(f"a chat of {MESSAGES} messages, first paint", full)
            told("the same chats again", again)
            print(f"ratio {statistics.median(full) / statistics.median(empty):.2f}")
            told("a push, from the bot's call to the page", await pushed(at, bot))
            told("a frame while going up through old messages", await at.page.evaluate(SCROLL))
            at.check()


def main() -> None:
    if CHROMIUM is None:
        print("no Chromium here: the page was not measured")
        return
    asyncio.run(measured())


if __name__ == "__main__":
    main()
