"""The network's public pages below PUBLIC_URL: who asks how often, what answers them, and with which headers."""

from __future__ import annotations

import asyncio
import hashlib
import ipaddress
from collections.abc import Awaitable, Callable
from datetime import datetime
from urllib.parse import quote, urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler
from sqlalchemy.exc import DBAPIError

from bot.clock import Moment
from bot.documents.public import ASSETS, Page, asset, public_html
from bot.refusals import Refusal
from bot.services.courses.catalogue import card, partners_and_directions
from bot.services.papers.papers import file_name
from bot.services.public.files import kind_of
from bot.services.public.pages import listed, narrowed, resources
from bot.settings import Settings
from bot.voice import voice
from bot.web.pace import Pace, away, too_often
from bot.words.public import (
    Ways,
    agreements_page,
    course_page,
    index_page,
    missing_page,
    network_page,
    refused_page,
    resources_page,
)
from storage.away import DatabaseAway
from storage.db import Database, Tx
from storage.public import public

A_MINUTE = 600  # pages for one address: a school sits behind one
A_FILE = 20  # pages that a file counts as
FRESH = 60  # seconds a page need not be asked for again: seats move
FOR_EVER = 365 * 24 * 3600  # seconds; another style has another address
PATIENCE = 5.0  # seconds a database may take for a page
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

Drawn = Callable[[web.Request, Tx, Ways], Awaitable[Page]]


class Site:
    """The pages; they hold no data of any person, and are there only while PUBLIC_URL is set."""

    def __init__(self, db: Database, settings: Settings, now: Callable[[], datetime], username: Callable[[], str]) -> None:
        self._db, self._settings, self._now, self._username = db, settings, now, username
        self.pace = Pace(A_MINUTE)

    def open_in(self, app: web.Application) -> None:
        """Hang the pages into the server."""
        app.middlewares.append(self._politely)
        for path, drawn in {
            "/": _index,
            "/courses/{course:[0-9]{1,9}}": _course,
            "/network": _network,
            "/agreements": _agreements,
            "/resources": _resources,
        }.items():
            app.router.add_get(path, self._page(drawn))
        app.router.add_get("/agreements/{agreement:[0-9]{1,9}}/file", self._file)
        for name, kind in ASSETS.items():
            app.router.add_get(f"/{name}", self._asset(name, kind))

    def _page(self, drawn: Drawn) -> Handler:
        async def asked(request: web.Request) -> web.StreamResponse:
            if (no := self._refused(request)) is not None:
                return no
            ways = self._ways()
            try:
                async with asyncio.timeout(PATIENCE), self._db.read() as tx:
                    page = await drawn(request, tx, ways)
            except (DatabaseAway, DBAPIError, TimeoutError):
                return away()
            except Refusal:  # a course that is gone
                return self._told(missing_page, 404)
            return _answer(request, public_html(page), {"Cache-Control": f"public, max-age={FRESH}"})

        return asked

    def _asset(self, name: str, kind: str) -> Handler:
        async def asked(request: web.Request) -> web.StreamResponse:
            if (no := self._refused(request)) is not None:
                return no
            return _answer(
                request, asset(name), {"Content-Type": kind, "Cache-Control": f"public, max-age={FOR_EVER}, immutable"}
            )

        return asked

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """A published agreement, always to be saved: nothing of it is shown or run here."""
        if (no := self._refused(request, weight=A_FILE)) is not None:
            return no
        ways = self._ways()
        try:
            async with asyncio.timeout(PATIENCE), self._db.read() as tx:
                found = await public.file_of(tx, int(request.match_info["agreement"]), ways.today)
        except (DatabaseAway, DBAPIError, TimeoutError):
            return away()
        kind = kind_of(found[2]) if found is not None else None
        if found is None or kind is None:
            return self._told(missing_page, 404)
        name = quote(file_name(ways.say.plain("public-file-name", number=found[0]), kind[0]), safe="")
        saved = {"Content-Type": kind[1], "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        return _answer(request, found[2], saved | {"Cache-Control": f"public, max-age={FRESH}"}, tag=str(found[1]))

    def _refused(self, request: web.Request, *, weight: int = 1) -> web.StreamResponse | None:
        if self._settings.public_url is None:
            raise web.HTTPNotFound
        return None if self.pace.allows(visitor(request), self._now(), weight=weight) else too_often()

    def _ways(self) -> Ways:
        address = self._settings.public_url or ""
        say = voice(self._settings.locale, self._settings.zone)
        today = Moment(self._now(), self._settings.zone).today
        return Ways(address, urlsplit(address).path, self._username(), say, today)

    @web.middleware
    async def _politely(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """What is not there, and what is asked otherwise than by opening it, is said on a page too."""
        try:
            return await handler(request)
        except (web.HTTPNotFound, web.HTTPMethodNotAllowed) as no:
            if self._settings.public_url is None:
                raise
            if not self.pace.allows(visitor(request), self._now()):
                return too_often()
            answer = self._told(missing_page if no.status == 404 else refused_page, no.status)
            if "Allow" in no.headers:
                answer.headers["Allow"] = no.headers["Allow"]
            return answer

    def _told(self, page: Callable[[Ways], Page], status: int) -> web.Response:
        html = public_html(page(self._ways()))
        return web.Response(body=html, status=status, headers=HEADERS | {"Content-Type": "text/html; charset=utf-8"})


def visitor(request: web.Request) -> str:
    """Who asks, for counting only: the address, of IPv6 the network. Behind a proxy on this machine or in its own network it is
    the last one the proxy names; whoever comes straight cannot choose theirs.
    """
    found = _address(request.remote or "")
    if found is not None and found.is_private:
        named = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        found = _address(named) or found
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _address(said: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(said)
    except ValueError:
        return None


def _answer(request: web.Request, body: bytes, headers: dict[str, str], *, tag: str = "") -> web.StreamResponse:
    """The content, or 304 to whoever has it. `tag`: of a file that never changes, and is packed already."""
    file, tag = bool(tag), tag or hashlib.sha256(body).hexdigest()[:32]
    told = HEADERS | {"Content-Type": "text/html; charset=utf-8", "Vary": "Accept-Encoding", "ETag": f'W/"{tag}"'} | headers
    if any(each.value in ("*", tag) for each in request.if_none_match or ()):
        told.pop("Content-Type")
        return web.Response(status=304, headers=told)
    answer = web.Response(body=body, headers=told)
    if not file:
        answer.enable_compression()
    return answer


# ── which page ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def _index(request: web.Request, tx: Tx, ways: Ways) -> Page:
    return index_page(await listed(tx, narrowed(request.query), ways.today), ways)


async def _course(request: web.Request, tx: Tx, ways: Ways) -> Page:
    found = await card(tx, int(request.match_info["course"]), None, ways.today)
    return course_page(found.fit.offer, ways)


async def _network(_request: web.Request, tx: Tx, ways: Ways) -> Page:
    teaching, _ = await partners_and_directions(tx, ways.today)
    return network_page(await public.members(tx), teaching, ways)


async def _resources(request: web.Request, tx: Tx, ways: Ways) -> Page:
    return resources_page(await resources(tx, narrowed(request.query).page), ways)


async def _agreements(_request: web.Request, tx: Tx, ways: Ways) -> Page:
    return agreements_page(await public.published(tx, ways.today), ways)
