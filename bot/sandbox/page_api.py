"""The chat page and the JSON it is built on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox


class Page:
    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    async def handle(self, _request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=404, text="The page is not here yet.")

    def close(self) -> None:
        pass
