"""A person at the page in a headless Chromium: what the browser's tests, the pictures and the bench are played with."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from tests.fonts import besides

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 780}
PATIENCE = 30_000.0  # milliseconds: the machine may be busy with other tests
AXE = "axe-core@4.10.3"
IMPACTS = ("minor", "moderate", "serious", "critical")
expect.set_options(timeout=PATIENCE)
CACHE = Path(__file__).parent.parent / ".cache" / "axe"
FONTS_TOLD = CACHE.parent / "fontconfig"


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Chromium with a new profile."""
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, env={**besides(FONTS_TOLD)})
        try:
            yield found
        finally:
            await found.close()


class Desk:
    """One window with the page in it. Notes what the console complains of and whom else the page asks."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.origin = origin
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._asked)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.origin + "/", "blob:" + self.origin, "data:")):
            self.strangers.append(request.url)

    def check(self) -> None:
        """No console error, no request off the page's own origin."""
        assert not self.complaints
        assert not self.strangers

    @property
    def narrow(self) -> bool:
        size = self.page.viewport_size
        return size is not None and size["width"] < 760

    def person(self, person_id: int) -> Locator:
        return self.page.locator(f'.person[data-id="{person_id}"]')

    async def open(self, person_id: int) -> None:
        """Take this person's phone, by clicking."""
        if await self.page.evaluate("document.body.classList.contains('open')") and self.narrow:
            await self.page.click("#back")
        await self.person(person_id).click()
        await expect(self.person(person_id)).to_have_attribute("aria-selected", "true")

    async def say(self, text: str) -> None:
        await self.page.fill("#text", text)
        await self.page.press("#text", "Enter")

    async def tap(self, label: str) -> None:
        """The newest button with these words."""
        await self.page.locator(".message.bot .key", has_text=label).last.click()

    async def attach(self, name: str, content: bytes, mime: str = "application/octet-stream") -> None:
        await self.page.set_input_files("#file", {"name": name, "mimeType": mime, "buffer": content})
        await self.page.click("dialog .main")

    def bubbles(self, words: str) -> Locator:
        return self.page.locator(".message", has_text=words)

    async def sees(self, words: str) -> None:
        await expect(self.bubbles(words).last).to_be_visible(timeout=PATIENCE)


@asynccontextmanager
async def desk(chromium: Browser, url: str, size: dict[str, int] = DESKTOP, **context: Any) -> AsyncIterator[Desk]:
    """The page open in a window of its own, as somebody in Russia has it."""
    window = await chromium.new_context(viewport=size, locale=context.pop("locale", "ru-RU"), **context)  # type: ignore[arg-type]
    page = await window.new_page()
    found = Desk(page, url)
    try:
        await page.goto(url)
        await page.wait_for_selector("body.ready")
        yield found
    finally:
        await window.close()


def axe() -> str | None:
    """The source of axe-core, fetched once from npm into .cache; None when npm or the network is not there."""
    file = CACHE / "node_modules" / "axe-core" / "axe.min.js"
    if not file.exists():
        npm = shutil.which("npm")
        if npm is None:
            return None
        command = [npm, "install", "--prefix", str(CACHE), "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", AXE]
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run(command, capture_output=True, timeout=60, check=False)
    return file.read_text("utf-8") if file.exists() else None


async def serious(page: Page, source: str) -> list[str]:
    """What axe-core finds that is serious or critical: rule, and where."""
    return await faults_of(page, source, ("serious", "critical"))


async def faults_of(page: Page, source: str, impacts: Collection[str] = IMPACTS) -> list[str]:
    """What axe-core finds, of these impacts: rule, and where."""
    await page.evaluate(source)
    found = await page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        if each["impact"] in impacts
        for node in each["nodes"]
    ]
