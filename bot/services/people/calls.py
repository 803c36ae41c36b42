"""The coordinator's list «Позвонить»: what no letter could say, or perhaps did not, is told by telephone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import update

from bot.notices import BULK, Notice, notice_of
from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from storage import audit, outbox, unsaid
from storage.db import Database, Tx
from storage.outbox import Ended
from storage.people import calls
from storage.people.calls import Whom
from storage.tables import Call


async def note_calls(tx: Tx, letters: Iterable[tuple[int, Notice]], *, now: datetime) -> None:
    """For each pupil (by id) whose family no letter reaches, what it is to be told; families that are written to are left out.

    As with letters, a newer notice of a topic takes the place of an older one nobody has called about, and a change
    taken back before the call leaves nothing to say.
    """
    letters = list(letters)
    silent = await calls.unreached(tx, {pupil_id for pupil_id, _ in letters})
    told = [(pupil_id, notice) for pupil_id, notice in letters if pupil_id in silent]
    if not told:
        return
    noted = await calls.of_topics(tx, silent, {notice.topic for _, notice in told})
    for pupil_id, notice in told:
        lines = noted[pupil_id, notice.topic]
        if any((line.kind, line.version) == (notice.kind(), notice.version) for line in lines):
            continue
        left: Notice | None = notice
        for older in [line for line in lines if line.done_at is None and line.letter_id is None]:
            left = left and left.after(notice_of(older.kind, older.facts))
            lines.remove(older)
            if older in tx.new:  # of this very batch
                tx.expunge(older)
            else:
                await tx.delete(older)
        if left is not None:
            lines.append(_line(pupil_id, notice, left, now))
            tx.add(lines[-1])
    await tx.flush()


def _line(pupil_id: int, notice: Notice, left: Notice, now: datetime) -> Call:
    """What is left to say, in the place of the notice."""
    facts, topic, version = left.facts(), notice.topic, notice.version
    return Call(pupil_id=pupil_id, kind=left.kind(), facts=facts, topic=topic, version=version, created_at=now)


async def undelivered(tx: Tx, letters: Collection[int], *, now: datetime) -> None:
    """Letters that ended without being said for certain: `dead`, `unknown`, or never sent, for their addressee cannot be
    reached. A family's is to be told to the family; one to staff to that person, unless they have shut the bot out
    (`doctor` counts those people). What is on the list already is passed over.
    """
    ended = await outbox.ended(tx, letters)
    known = await calls.noted(tx, {letter.id for letter in ended})
    silent = await calls.unreached(tx, {letter.pupil_id for letter in ended if letter.pupil_id is not None})
    for letter in ended:
        family = letter.role in (None, "guardian", "student")
        version = _version(letter)
        if letter.id in known or (letter.state == "cancelled" and not (family and _still_news(letter, silent))):
            continue
        pupil_id = letter.pupil_id if family else None
        if pupil_id is not None and await calls.known(tx, pupil_id, letter.kind, letter.topic, version):
            continue
        tx.add(
            Call(
                pupil_id=pupil_id,
                person_id=letter.person_id,
                letter_id=letter.id,
                kind=letter.kind,
                facts=letter.facts,
                topic=letter.topic,
                version=version,
                created_at=now,
            )
        )
    await tx.flush()
    await unsaid.empty(tx, letters)


def _still_news(letter: Ended, silent: Collection[int]) -> bool:
    """Whether somebody is to be called for a letter to who cannot be reached: whatever waited when that came out; later
    only what nobody of the family gets, and no mere reminder.
    """
    if letter.unreachable_at is None or letter.created_at <= letter.unreachable_at:
        return True
    return letter.pupil_id in silent and letter.urgency > BULK


def _version(letter: Ended) -> str:
    try:
        return notice_of(letter.kind, letter.facts).version
    except Exception:  # it may be dead because nobody can say it
        return ""


async def called(db: Database, whom: Whom, upto: int, *, by: Person, now: datetime) -> None:
    """They were told everything up to this call (its id); what has come since stays on the list. Repeated: nothing."""
    async with db.write() as tx:
        await _mine(tx, whom, by)
        mine = (whom.calls, Call.id <= upto, Call.done_at.is_(None))
        done = list(await tx.scalars(update(Call).where(*mine).values(done_at=now, done_by=by.known).returning(Call.id)))
        if done:
            _noted(tx, by, "calls.made", whom, done, now=now)


async def uncalled(db: Database, whom: Whom, upto: int, *, by: Person, now: datetime) -> None:
    """It was not so: what was marked as told together with this call comes back to the list."""
    async with db.write() as tx:
        await _mine(tx, whom, by)
        at = await calls.done_at(tx, whom, upto)
        if at is None:
            return
        mine = (whom.calls, Call.done_at == at)
        back = list(await tx.scalars(update(Call).where(*mine).values(done_at=None, done_by=None).returning(Call.id)))
        _noted(tx, by, "calls.not-made", whom, back, now=now)


async def _mine(tx: Tx, whom: Whom, by: Person) -> None:
    if whom.pupil_id is None:
        require(by, "calls.see", Thing(person_id=whom.person_id))
        return
    school = await calls.school_of(tx, whom.pupil_id)
    if school is None:
        raise Refusal("gone")
    require(by, "calls.see", Thing(pupil_id=whom.pupil_id, school_id=school))


def _noted(tx: Tx, by: Person, action: str, whom: Whom, which: list[int], *, now: datetime) -> None:
    about = ("person", whom.person_id) if whom.pupil_id is None else ("pupil", whom.pupil_id)
    audit.log(tx, by.known, action, about, audit.Change(after={"calls": sorted(which)}), now=now)
