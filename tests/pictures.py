"""`make pictures`: the story as pictures for the guide, docs/pictures/NN-name.png, and the week as it is drawn. The same on every run
but for the fonts."""

from __future__ import annotations

import asyncio
import sys
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from bot.clock import Clock
from bot.demo import playing
from bot.demo.director import Director
from bot.demo.house import settings_for
from bot.demo.names import USERNAME
from bot.demo.network import ANNA, IRINA, NURBIY, OLGA, PAVEL, Cast
from bot.services.public.pages import Narrowed, listed
from bot.web.server import Web
from storage.db import Database
from tests import weeks
from tests.browser import CHROMIUM, DESKTOP, PATIENCE, PHONE, Desk, browser, desk

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
MOMENT = datetime(2026, 11, 9, 9, tzinfo=UTC)
MOST, MOST_BYTES = 16, 1_700_000
PUBLIC = "public"  # the name of the picture of the network's public page
STILL = """
*, ::before, ::after { animation: none !important; transition: none !important; caret-color: transparent !important; }
.chat { background: var(--ground) !important; } /* one colour: a gradient is most of a picture's bytes */
.chat::before { display: none; }
.toast { display: none; }
.pill.date { position: static !important; } /* where it floats depends on a fraction of a pixel */
.secret { visibility: hidden; }
"""


# How many pixels of two pictures differ by more than a shade: a round corner may come out a little lighter, and that is no news
# for a review; a digit is.
DIFFERENCE = """async ([one, two]) => {
    const [a, b] = await Promise.all([one, two].map(async each => {
        const image = new Image(); image.src = 'data:image/png;base64,' + each; await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext('2d');
        pen.drawImage(image, 0, 0); return pen.getImageData(0, 0, image.width, image.height).data;
    }));
    if (a.length !== b.length) return Infinity;
    let count = 0;
    for (let at = 0; at < a.length; at += 4)
        count += Math.abs(a[at] - b[at]) + Math.abs(a[at + 1] - b[at + 1]) + Math.abs(a[at + 2] - b[at + 2]) > 150; // of 765
    return count;
}"""
SAME = 20  # pixels


@dataclass(frozen=True)
class Picture:
    name: str
    after: tuple[Cast, str] | None  # the step whose person and words these are has just happened; None: before the first
    shows: Cast | None  # whose chat; None: the list of people
    narrow: bool = False


PICTURES = (
    Picture("people", None, None),
    Picture("invitation", None, ANNA, narrow=True),
    Picture("consent", (ANNA, "Прочитать и согласиться"), ANNA, narrow=True),
    Picture("courses", (ANNA, "Курсы"), ANNA, narrow=True),
    Picture("application", (ANNA, "Подтвердить"), ANNA, narrow=True),
    Picture("inbox", (OLGA, "Заявления"), OLGA),
    Picture("request", (OLGA, "Другие партнёры"), OLGA),
    Picture("partner", (IRINA, "Зачислить"), IRINA),
    Picture("enrolled", (NURBIY, "В резерв"), ANNA, narrow=True),
    Picture("move", (PAVEL, "пт,"), PAVEL),
    Picture("moved", (PAVEL, "Подтвердить"), ANNA, narrow=True),
    Picture("who-has-read", (OLGA, "пт,"), OLGA),
    Picture("journal", (PAVEL, "журнал.csv"), PAVEL),
    Picture("deadline", (OLGA, "Выполнено"), OLGA, narrow=True),
    Picture("my-data", (ANNA, "Отозвать согласие"), ANNA, narrow=True),
)


async def shoot(at: Desk, picture: Picture, number: int) -> int:
    """Take one; its size in bytes."""
    if picture.shows is None:
        await at.page.evaluate("document.activeElement.blur()")
    elif await at.person(picture.shows.telegram_id).get_attribute("aria-selected") != "true":
        await at.open(picture.shows.telegram_id)
    await at.page.mouse.move(0, 0)
    await at.page.evaluate("document.activeElement.blur()")
    await at.page.evaluate("() => Promise.all([...document.images].map(each => each.decode().catch(() => null)))")
    await at.page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 150)))")
    return await keep(at.page, picture.name, number)


async def keep(page: Page, name: str, number: int) -> int:
    """Write what the page shows, unless the picture there is shows the same; its size in bytes."""
    file = FOLDER / f"{number:02}-{name}.png"
    taken = await page.screenshot()
    if (
        file.exists()
        and await page.evaluate(DIFFERENCE, [b64encode(each).decode() for each in (file.read_bytes(), taken)]) < SAME
    ):
        return file.stat().st_size
    file.write_bytes(taken)
    return len(taken)


async def played(director: Director, until: int) -> None:
    """Play on to this step."""
    while director.show.at < until:
        before = director.show.at
        await director.stage.acts["step"]({})
        await director.show.bell.until(lambda: not director.show.playing, 60)
        if director.show.at == before:
            raise SystemExit(f"the story stopped at step {before + 1}: {director.stage.view['tour']['trouble']}")
        await director.sandbox.quiet()


def step_of(director: Director, picture: Picture) -> int:
    """How many steps have been played when the picture is taken."""
    if picture.after is None:
        return 0
    who, words = picture.after
    found = [n for n, (_, step) in enumerate(director.show.steps, 1) if step.who is who and words in step.what]
    return found[0]


async def shoot_the_public_page(chromium: Browser, folder: Path, clock: Clock) -> int:
    """A course on the network's public page, as a telephone shows it: served here, from the database of the story."""
    settings = settings_for(folder, "http://127.0.0.1").model_copy(update={"public_url": "https://school.example"})
    db = Database(settings.database_url)
    web = Web(settings, db, lambda: True, clock.now)
    web.add_pages(settings, lambda: USERNAME)
    await web.start()
    try:
        async with db.read() as tx:
            course = (
                (await listed(tx, Narrowed(typed="робототехника"), clock.now().astimezone(settings.zone).date()))
                .found.fits[0]
                .offer.id
            )
        window = await chromium.new_context(viewport=PHONE, locale="ru-RU", bypass_csp=True)  # type: ignore[arg-type]
        page = await window.new_page()
        site = f"http://{web.host}:{web.port}"
        await page.goto(f"{site}/courses/{course}")
        size = await keep(page, PUBLIC, len(PICTURES) + 1)
        await window.close()
        return size
    finally:
        await web.stop()
        await db.close()


async def take() -> int:
    """All of them; their size in bytes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    size = 0
    async with playing(at=MOMENT, fast=True) as director, browser() as chromium:
        url = director.sandbox.url
        async with (
            desk(chromium, url, DESKTOP, reduced_motion="reduce", bypass_csp=True) as wide,
            desk(chromium, url, PHONE, reduced_motion="reduce", bypass_csp=True) as small,
        ):
            for each in (wide, small):
                await each.page.add_style_tag(content=STILL)
            await director.until_ready()
            for number, picture in enumerate(sorted(PICTURES, key=lambda each: step_of(director, each)), 1):
                await played(director, step_of(director, picture))
                at = small if picture.narrow else wide
                now = f"Шаг {director.show.at + 1} из {len(director.show.steps)}"
                await expect(at.page.locator(".tour-number")).to_have_text(now, timeout=PATIENCE)
                size += await shoot(at, picture, number)
            wide.check()
            small.check()
        size += await shoot_the_public_page(chromium, director.folder, director.clock)
    for old in FOLDER.glob("[0-9][0-9]-*.png"):
        if old.stem[3:] not in {PUBLIC, *(picture.name for picture in PICTURES)}:
            old.unlink()
    return size


def main() -> int:
    if CHROMIUM is None:
        print("Chromium is needed: apt install chromium", file=sys.stderr)  # noqa: T201
        return 1
    weeks.take()  # the week's own pictures: no browser in them
    size = asyncio.run(take())
    print(f"{len(PICTURES) + 1} pictures, {size // 1000} kB: {FOLDER}")  # noqa: T201
    assert len(PICTURES) + 1 <= MOST
    assert size <= MOST_BYTES, "too big to keep in the repository"
    return 0


if __name__ == "__main__":
    sys.exit(main())
