"""The coordinator gets the public page's link, and its square to hang up."""

from __future__ import annotations

import asyncio

from aiogram import Router

from bot.documents.invitations import qr_png
from bot.refusals import Refusal
from bot.targets import NetworkHome, PublicPage
from bot.visit import Visit
from handlers.door import may, opens


async def opened(visit: Visit) -> None:
    """As a file, which may be printed and handed on."""
    address = visit.settings.public_url
    if address is None:
        raise Refusal("gone")
    square = await asyncio.to_thread(qr_png, f"{address}/")
    told = visit.say("public-told", url=f"{address}/")
    await visit.give(visit.say.plain("public-square-file"), square, told, [visit.ways_back(NetworkHome())])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="public_page")
    router.callback_query.register(opened, opens(PublicPage), flags=may("public.page"))
    return router
