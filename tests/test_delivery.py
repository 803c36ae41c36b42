"""Letters: what waits is sent once, in order, and nothing is lost on the way."""

from __future__ import annotations

from sqlalchemy import text

from storage.db import Database
from tests.world import World


async def test_the_world_stands(world: World) -> None:
    await world.anna.send("/start")


async def test_pg(world_on_postgres: World) -> None:
    await world_on_postgres.anna.send("/start")


async def test_db(db: Database) -> None:
    async with db.read() as tx:
        assert await tx.scalar(text("select count(*) from people")) == 9
