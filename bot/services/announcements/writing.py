"""Writing an announcement: a draft with its text, its file and what it asks for; nobody but its author sees it."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Moment
from bot.policy import Person
from bot.reading.kind import PICTURES, ending_of
from bot.refusals import Refusal
from bot.services.announcements.whom import Address, address, post_of
from bot.services.courses.search import fold
from bot.services.network.years import this_year
from bot.voice import LONGEST
from storage import audit
from storage.announcements import announcements, audience
from storage.announcements.announcements import Said
from storage.db import Database, Tx
from storage.tables import Announcement, Document

KIND = "announcement"  # of its documents
MOST = 1500  # characters
BELOW_PICTURE = 700  # … below a picture, of which Telegram takes 1024
PICTURE = 5 * 1024 * 1024  # bytes
FILE = 10 * 1024 * 1024
LONGEST_NAME = 80  # characters of a file's name
_DAYS_KEPT = timedelta(days=7)  # of a draft nobody goes on with


@dataclass(frozen=True)
class Draft:
    """What has come for an announcement: words, and a file's name and content; None: as it was."""

    words: str | None = None
    file: tuple[str, bytes] | None = None


def is_picture(name: str) -> bool:
    """Whether a file that was taken is a picture, and stands above the text: its name was given by its content."""
    return name.endswith(PICTURES)


def checked_words(typed: str) -> str:
    """As it will be read: the lines as they were typed, without what nobody sees. Refusal: announcement-too-long."""
    said = "\n".join(" ".join(line.split()) for line in typed.strip().splitlines())
    while "\n\n\n" in said:
        said = said.replace("\n\n\n", "\n\n")
    if len(said) > MOST or len(html.escape(said)) > LONGEST:
        raise Refusal("announcement-too-long", limit=MOST, long=len(said))
    return said


def checked_file(name: str, content: bytes) -> str:
    """The name under which it is kept, with the ending its content has. Refusals: announcement-file-kind, announcement-file-size."""
    ending = ending_of(content)
    if ending is None:
        raise Refusal("announcement-file-kind")
    most = PICTURE if ending in PICTURES else FILE
    if len(content) > most:
        raise Refusal("announcement-file-size", picture="yes" if most == PICTURE else "no", limit=most // 2**20)
    stem = " ".join(name.split()).rpartition(".")[0] or " ".join(name.split()) or "file"
    return stem[:LONGEST_NAME] + ending


async def own_draft(tx: Tx, announcement_id: int, by: Person) -> Said:
    """A draft of this person's. Refusals: gone; announcement-not-draft, where it was sent meanwhile."""
    said = await announcements.one(tx, announcement_id)
    if said is None or said.by != by.id:
        raise Refusal("gone")
    post_of(by, said.staff_id)
    if said.state != "draft":
        raise Refusal("announcement-not-draft")
    return said


async def begin(db: Database, staff_id: int, to: tuple[str, str], draft: Draft, *, by: Person, at: Moment) -> Said:
    """A draft to these (`kind`, `ref` of a button); the same words that came twice are one draft."""
    name, words = _checked(draft)
    async with db.write() as tx:
        post = post_of(by, staff_id)
        where = await address(tx, post, *to, at.today)
        there = await _twice(tx, by.known, where, words, name)
        if there is not None:
            return there
        who, organization = await audience.signature(tx, staff_id)
        row = Announcement(
            by=by.known, role=post.role, staff_id=staff_id, organization_id=post.organization_id,
            year=await this_year(tx, at.today), kind=where.kind, target_id=where.target_id, whom=where.name,
            sender=who if post.role == "teacher" else organization, words=words or "", asks=False, state="draft", round=0,
            made_at=at.now,
        )  # fmt: skip
        tx.add(row)
        await tx.flush()
        await _give_file(tx, row, name, draft, by, at.now)
        return await _checked_whole(tx, row.id)


async def _twice(tx: Tx, person: int, where: Address, words: str | None, name: str | None) -> Said | None:
    mine = (Announcement.by == person, Announcement.state == "draft", Announcement.kind == where.kind)
    for said in await announcements.found(tx, *mine):
        if (said.whom, said.target_id, said.words, said.file) == (where.name, where.target_id, words or "", name):
            return said
    return None


async def rewrite(db: Database, announcement_id: int, draft: Draft, *, by: Person, now: datetime) -> Said:
    """Other words, another file. Refusals: gone, announcement-not-draft, announcement-too-long, …"""
    name, words = _checked(draft)
    async with db.write() as tx:
        await own_draft(tx, announcement_id, by)
        row = await tx.get_one(Announcement, announcement_id, populate_existing=True)
        row.words = row.words if words is None else words
        await _give_file(tx, row, name, draft, by, now)
        return await _checked_whole(tx, row.id)


def _checked(draft: Draft) -> tuple[str | None, str | None]:
    name = None if draft.file is None else checked_file(*draft.file)
    return name, None if draft.words is None else checked_words(draft.words)


async def _checked_whole(tx: Tx, announcement_id: int) -> Said:
    """Refusal: announcement-too-long-below, where the words are too many for a picture's caption; nothing is kept then."""
    await tx.flush()
    said = await announcements.one(tx, announcement_id)
    assert said is not None  # noqa: S101 - it is held
    if said.file is not None and is_picture(said.file) and len(html.escape(said.words)) > BELOW_PICTURE:
        raise Refusal("announcement-too-long-below", limit=BELOW_PICTURE, long=len(said.words))
    return said


async def _give_file(tx: Tx, row: Announcement, name: str | None, draft: Draft, by: Person, now: datetime) -> None:
    if draft.file is None or name is None:
        return
    was = row.document_id
    document = Document(name=name, kind=KIND, content=draft.file[1], made_at=now, made_by=by.known)
    tx.add(document)
    await tx.flush()
    row.document_id = document.id
    await tx.flush()
    await announcements.drop_document(tx, was)


async def drop_file(db: Database, announcement_id: int, *, by: Person) -> Said:
    """Without its file. Again changes nothing."""
    async with db.write() as tx:
        await own_draft(tx, announcement_id, by)
        row = await tx.get_one(Announcement, announcement_id, populate_existing=True)
        was, row.document_id = row.document_id, None
        await tx.flush()
        await announcements.drop_document(tx, was)
        return await _checked_whole(tx, announcement_id)


async def ask_for_reading(db: Database, announcement_id: int, *, asks: bool, by: Person) -> Said:
    """Whether «Ознакомлен(а)» is asked for."""
    async with db.write() as tx:
        await own_draft(tx, announcement_id, by)
        row = await tx.get_one(Announcement, announcement_id, populate_existing=True)
        row.asks = asks
        return await _checked_whole(tx, announcement_id)


async def discard(db: Database, announcement_id: int, *, by: Person, now: datetime) -> None:
    """A draft is thrown away with its file. Refusal: gone."""
    async with db.write() as tx:
        said = await own_draft(tx, announcement_id, by)
        await announcements.drop(tx, said.id, said.document_id)
        audit.log(tx, by.known, "announcement.discarded", ("announcement", said.id), now=now)


async def drop_old_drafts(tx: Tx, now: datetime) -> None:
    for number, document in (await announcements.old_drafts(tx, now - _DAYS_KEPT)).items():
        await announcements.drop(tx, number, document)


async def names_a_child(tx: Tx, words: str, pupils: list[int]) -> bool:
    """Whether the text has surname and first name of one of those it is for: everybody reads it."""
    said = {word[:-1] if len(word) > 3 else word for word in fold(words)}
    for name in await audience.names(tx, pupils):
        surname, first, *_ = [*fold(name), "", ""]
        if first and {word[:-1] if len(word) > 3 else word for word in (surname, first)} <= said:
            return True
    return False
