"""Decisions about people: who they are, how they wish to be spoken to, who is reached, who acts for whom."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import delete, select, update

from bot.notices import NEWS
from bot.policy import Person as Known
from bot.policy import Post, Role, Thing, require
from bot.refusals import Refusal
from bot.services.people.calls import undelivered
from bot.settings import Settings
from bot.voice import LANGUAGES
from storage import audit, unsaid
from storage.db import Database, Tx
from storage.people import invitations, people
from storage.tables import Call, Consent, Feed, FeedShown, Guardianship, Person, Pupil

DETAILS = ("full", "discreet")


async def recognise(db: Database, telegram_id: int, settings: Settings) -> Known:
    """Who this Telegram account is. What Telegram calls them stays outside: nobody is known by a nickname."""
    async with db.read() as tx:
        found = await people.who(tx, telegram_id)
        if found is None:
            return Known(None, telegram_id, language=settings.locale)
        everything = await people.held_by(tx, found.id)
    posts: set[Post] = set()
    for role, thing, organization in everything:
        if organization is not None:
            held: Role = role  # type: ignore[assignment]  # the workbook's reader lets no other role in
            posts.add(Post(held, thing, organization))

    def pupils(role: str) -> frozenset[int]:
        return frozenset(thing for held, thing, _ in everything if held == role)

    return Known(
        found.id,
        telegram_id,
        name=found.name,
        language=found.language or settings.locale,
        detail=found.detail,
        muted=frozenset(found.muted.split()),
        quiet=(found.quiet_from, found.quiet_to) if found.quiet_from and found.quiet_to else None,
        unreachable=found.unreachable_at is not None,
        children=pupils("guardian"),
        wards=pupils("ward"),
        own=pupils("student"),
        closed=pupils("closed"),
        posts=frozenset(posts),
    )


async def language_of(db: Database, telegram_id: int, settings: Settings) -> str:
    """The language this Telegram account is spoken to in; a stranger in the network's."""
    async with db.read() as tx:
        return await people.language(tx, telegram_id) or settings.locale


# ── who is reached ──────────────────────────────────────────────────────────────────────────────────────────────────


async def became_unreachable(db: Database, person_id: int, *, now: datetime) -> None:
    """They have shut the bot out, or are gone: what waits for them is never sent, and stands on the list of calls instead."""
    async with db.write() as tx:
        await tx.execute(update(Person).where(Person.id == person_id, Person.unreachable_at.is_(None)).values(unreachable_at=now))
        await undelivered(tx, await unsaid.cancel_all_to(tx, person_id), now=now)


async def came_back(db: Database, by: Known) -> None:
    """Somebody who had shut the bot out lets it in again, or simply uses it: they are written to again."""
    if by.id is not None and by.unreachable:
        async with db.write() as tx:
            await tx.execute(update(Person).where(Person.id == by.id).values(unreachable_at=None))


async def moved_chat(db: Database, person_id: int, telegram_id: int) -> None:
    """Telegram gave the chat a new id (migrate_to_chat_id)."""
    async with db.write() as tx:
        await tx.execute(update(Person).where(Person.id == person_id).values(telegram_id=telegram_id))


# ── how they wish to be spoken to ───────────────────────────────────────────────────────────────────────────────────


async def choose_language(db: Database, language: str, *, by: Known) -> None:
    require(by, "settings.change", Thing())
    if language not in LANGUAGES:
        raise Refusal("gone")
    await _set(db, by, language=language)


async def choose_detail(db: Database, detail: str, *, by: Known) -> None:
    """How much a pushed message may say: `full` (the mark) or `discreet` (that there is something to open)."""
    require(by, "settings.change", Thing())
    if detail not in DETAILS:
        raise Refusal("gone")
    await _set(db, by, detail=detail)


async def choose_news(db: Database, kind: str, *, on: bool, by: Known) -> frozenset[str]:
    """Write to this person of such news of the journal (NEWS), or no more. Returns what is switched off now; repeated: the same."""
    require(by, "settings.change", Thing())
    if kind not in NEWS:
        raise Refusal("gone")
    async with db.write() as tx:
        stood = await tx.scalar(select(Person.muted).where(Person.id == by.known).with_for_update()) or ""
        muted = {*stood.split()} - {kind} if on else {*stood.split(), kind}
        await tx.execute(update(Person).where(Person.id == by.known).values(muted=" ".join(sorted(muted))))
    return frozenset(muted)


async def choose_quiet(db: Database, hours: tuple[time, time] | None, *, by: Known) -> None:
    """When letters that can wait are held; equal times: never; None: as the network has it (QUIET_HOURS)."""
    require(by, "settings.change", Thing())
    begins, ends = hours or (None, None)
    await _set(db, by, quiet_from=begins, quiet_to=ends)


async def _set(db: Database, by: Known, **values: object) -> None:
    async with db.write() as tx:
        await tx.execute(update(Person).where(Person.id == by.known).values(**values))


# ── who acts for whom ───────────────────────────────────────────────────────────────────────────────────────────────


async def end_guardianship(db: Database, guardianship_id: int, *, by: Known, now: datetime) -> None:
    """At once (custody): from this moment they see nothing of the child and hear nothing, and what was handed out for the
    child and not used lets nobody in any more. A repeat changes nothing.
    """
    async with db.write() as tx:
        row = (
            await tx.execute(
                select(Guardianship.person_id, Guardianship.pupil_id, Guardianship.until, Pupil.school_id)
                .join(Pupil, Pupil.id == Guardianship.pupil_id)
                .where(Guardianship.id == guardianship_id)
            )
        ).first()
        require(by, "guardianship.end", Thing(school_id=row.school_id if row else None))
        if row is None:
            raise Refusal("gone")
        if row.until is not None:
            return
        await part(tx, row.person_id, row.pupil_id, now=now, why="the guardianship was ended")
        await invitations.void(tx, row.pupil_id, now=now)
        audit.log(
            tx,
            by.known,
            "guardianship.end",
            ("guardianship", guardianship_id),
            audit.Change(before={"person": row.person_id, "pupil": row.pupil_id}),
            now=now,
        )


async def part(tx: Tx, person_id: int, pupil_id: int, *, now: datetime, why: str) -> None:
    """A guardian and a pupil part: the right to act ends, what was agreed to no longer stands, letters are cancelled, the
    address of the child's calendar leads nowhere.
    """
    await tx.execute(
        update(Guardianship)
        .where(Guardianship.person_id == person_id, Guardianship.pupil_id == pupil_id, Guardianship.until.is_(None))
        .values(until=now)
    )
    await tx.execute(
        update(Consent)
        .where(Consent.person_id == person_id, Consent.pupil_id == pupil_id, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )
    await unsaid.cancel_about(tx, pupil_id, why, person_id=person_id)
    await tx.execute(delete(Call).where(Call.pupil_id == pupil_id, Call.person_id == person_id))
    for calendar in (Feed, FeedShown):
        await tx.execute(delete(calendar).where(calendar.pupil_id == pupil_id, calendar.person_id == person_id))
