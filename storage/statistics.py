"""What SQLite knows of its own tables, so that it begins a question where there is least. PostgreSQL learns by itself."""

from __future__ import annotations

from sqlalchemy import text

from storage.db import Database

LEAST = 8 * 2**20  # bytes: of a smaller database any plan is as good as another
ROWS = 1000  # of each index looked at: a hundredth of a second for a region


async def learn(db: Database, least: int = LEAST) -> bool:
    """Count how much there is of what. False: a database that need not know.

    Without that SQLite guesses, and walks through all choices of a region to count those of one school.
    """
    if not db.is_sqlite or db.size < least:
        return False
    async with db.write() as tx:
        await tx.execute(text(f"PRAGMA analysis_limit={ROWS}"))
        await tx.execute(text("ANALYZE"))
    await db.read_anew()
    return True
