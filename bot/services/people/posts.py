"""A post somebody holds is handed over: with the holder's word, or after a day the director's; by the command line at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, update

from bot.notices.people import PostClaimed, PostGiven, PostKept, PostPassed, PostUnanswered
from bot.policy import Person as Known
from bot.policy import Thing, can, holder, require
from bot.post.posting import Addressed, post, post_all
from bot.refusals import Refusal
from storage import audit, unsaid
from storage.db import Database, Tx
from storage.people import posts
from storage.people.posts import PostOf
from storage.tables import Person, Staff, Succession

DIRECTOR_AFTER = timedelta(hours=24)  # then the director may answer in the holder's place
LAPSES_AFTER = timedelta(days=7)  # nobody answered: a new invitation is wanted

# ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def waits(tx: Tx, invitation_id: int, person_id: int, now: datetime) -> bool:
    """Whether this person has opened this invitation and waits for an answer: pressing the link again changes nothing."""
    found = await posts.of_invitation(tx, invitation_id)
    return found is not None and found.person_id == person_id and found.ended_at is None and not _lapsed(found, now)


async def ask(tx: Tx, invitation: Row[*tuple[Any, ...]], person_id: int, *, now: datetime) -> None:
    """The invitation to a held post was opened: its holder is asked at once, the directors in a day."""
    about = await posts.post_of(tx, invitation.staff_id)
    await _make_way(tx, about.staff_id, now=now)
    asked = Succession(
        invitation_id=invitation.id,
        staff_id=about.staff_id,
        person_id=person_id,
        former_id=invitation.holder,
        asked_at=now,
    )
    tx.add(asked)
    await tx.flush()
    _noted(tx, person_id, "post.asked", asked, None, now=now)
    await post(tx, asked.former_id, PostClaimed(number=asked.id), now=now, role=about.role, expires_at=now + LAPSES_AFTER)
    notice = PostUnanswered(number=asked.id)
    directors = await posts.directors(tx, about.school_id, besides=person_id)
    letters = [Addressed(each, notice, role="director") for each in directors if each != asked.former_id]
    await post_all(tx, letters, now=now, due_at=now + DIRECTOR_AFTER, expires_at=now + LAPSES_AFTER)


async def _make_way(tx: Tx, staff_id: int, *, now: datetime) -> None:
    """An older asking about the same post ends: lapsed, or replaced by the newer one, and then whoever waits hears of it."""
    older = await posts.open_one(tx, staff_id)
    if older is None:
        return
    lapsed = _lapsed(older, now)
    await _end(tx, older, "lapsed" if lapsed else "replaced", None, now)
    if not lapsed:
        await post(tx, older.person_id, PostKept(number=older.id), now=now)
    await tx.flush()


def _lapsed(asked: Succession, now: datetime) -> bool:
    return now >= asked.asked_at + LAPSES_AFTER


# ── answering ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Seen:
    """What is asked, as the holder and the director see it."""

    id: int
    post: PostOf
    by: str  # ФИО of whoever opened the invitation; empty: the bot does not know it
    asked_at: datetime
    director_from: datetime
    lapses_at: datetime
    how: str  # open | agreed | refused | lapsed | replaced


async def seen(db: Database, succession_id: int, *, by: Known, now: datetime) -> Seen:
    """Refusals: not-yours; post-too-early, for a director within the first day."""
    async with db.read() as tx:
        asked = await posts.one(tx, succession_id)
        about = await _allowed(tx, asked, by, now)
        assert asked is not None  # noqa: S101 - or nobody would be allowed
        name, _ = await posts.called(tx, asked.person_id)
    how = asked.how or ("lapsed" if _lapsed(asked, now) else "open")
    return Seen(asked.id, about, name, asked.asked_at, asked.asked_at + DIRECTOR_AFTER, asked.asked_at + LAPSES_AFTER, how)


async def answer(db: Database, succession_id: int, *, yes: bool, by: Known, now: datetime) -> None:
    """The post passes, or stays with its holder. A repeat, and whoever comes second, changes nothing."""
    async with db.write() as tx:
        asked = await posts.locked(tx, succession_id)
        about = await _allowed(tx, asked, by, now)
        assert asked is not None  # noqa: S101 - or nobody would be allowed
        if asked.ended_at is not None or _lapsed(asked, now):
            return
        _, here = await posts.called(tx, asked.person_id)
        if not here or about.archived or about.holder_id != asked.former_id:
            await _end(tx, asked, "replaced", None, now)
            return
        await _end(tx, asked, "agreed" if yes else "refused", by.known, now)
        if yes:
            await _pass(tx, about, asked.person_id, now=now)
        else:
            await post(tx, asked.person_id, PostKept(number=asked.id), now=now)


async def _allowed(tx: Tx, asked: Succession | None, by: Known, now: datetime) -> PostOf:
    """The post, for its holder (or who held it when asked), or for a director when the day is over; never for who asks."""
    if asked is None:
        raise Refusal("not-yours")
    about = await posts.post_of(tx, asked.staff_id)
    if by.id == asked.former_id:
        return about
    thing = Thing(post_id=about.staff_id, school_id=about.school_id)
    require(by, "post.answer", thing)
    if by.id == asked.person_id and asked.ended_at is None:
        raise Refusal("not-yours")
    if not holder(by, thing) and can(by, "post.answer", thing) and now < asked.asked_at + DIRECTOR_AFTER:
        raise Refusal("post-too-early", at=asked.asked_at + DIRECTOR_AFTER)
    return about


async def _end(tx: Tx, asked: Succession, how: str, by: int | None, now: datetime) -> None:
    asked.ended_at, asked.how, asked.ended_by = now, how, by
    await unsaid.cancel_topic(tx, PostUnanswered(number=asked.id).topic, "it was answered")
    await unsaid.cancel_topic(tx, PostClaimed(number=asked.id).topic, "it was answered")
    _noted(tx, by, f"post.{how}", asked, {"how": how}, now=now)


# ── taking ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def take(tx: Tx, staff_id: int, person_id: int, full_name: str, *, former: int | None, now: datetime) -> None:
    """The post is this person's from now on; who held it, and who still waited for it, are told."""
    await _make_way(tx, staff_id, now=now)
    await tx.execute(update(Staff).where(Staff.id == staff_id).values(person_id=person_id))
    await tx.execute(update(Person).where(Person.id == person_id).values(name=full_name))
    if former is not None and former != person_id:
        await post(tx, former, PostPassed(id_staff=staff_id, id_at=now.isoformat()), now=now)


async def _pass(tx: Tx, about: PostOf, person_id: int, *, now: datetime) -> None:
    await take(tx, about.staff_id, person_id, about.full_name, former=about.holder_id, now=now)
    await post(tx, person_id, PostGiven(id_staff=about.staff_id, id_at=now.isoformat()), now=now, role=about.role)


def _noted(tx: Tx, by: int | None, action: str, asked: Succession, after: dict[str, Any] | None, *, now: datetime) -> None:
    before = {"staff": asked.staff_id, "from": asked.former_id, "to": asked.person_id}
    audit.log(tx, by, action, ("succession", asked.id), audit.Change(before=before, after=after), now=now)
