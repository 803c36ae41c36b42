"""Writing an announcement: its words and file come as messages, the page shows how it will be read, «Отправить»."""

from __future__ import annotations

from aiogram import F, Router

from bot.refusals import Refusal
from bot.services.announcements.sending import SECOND_THOUGHTS, Sending, leaves, send
from bot.services.announcements.whom import address, audience_of, post_of
from bot.services.announcements.writing import (
    BELOW_PICTURE,
    FILE,
    MOST,
    Draft,
    ask_for_reading,
    begin,
    discard,
    drop_file,
    names_a_child,
    own_draft,
    rewrite,
)
from bot.targets import Announcements
from bot.visit import Button, Visit
from bot.voice import lines
from bot.words import announcements as words
from handlers.announcements.places import Begin, Card, Change, Discard, Edit, Send, TakeBack, Writing
from handlers.door import may
from storage import redaction
from storage.announcements.announcements import Said

# ── its words and its file ──────────────────────────────────────────────────────────────────────────────────────────


async def begun(visit: Visit, at: Begin) -> None:
    async with visit.db.read() as tx:
        where = await address(tx, post_of(visit.person, at.post), at.kind, at.ref, visit.today)
    await visit.talk.begin(Writing.typing, post=at.post, kind=at.kind, ref=at.ref)
    text = visit.say("announcement-ask-words", kind=where.kind, name=where.name, limit=MOST, below=BELOW_PICTURE)
    await visit.show(text, [[visit.back(Announcements())]])


async def edited(visit: Visit, at: Edit) -> None:
    async with visit.db.read() as tx:
        said = await own_draft(tx, at.announcement, visit.person)
    await visit.talk.begin(Writing.typing, announcement=said.id)
    asks = visit.say("announcement-ask-file")
    if at.what != "file":
        asks = visit.say("announcement-ask-other-words", limit=MOST, below=BELOW_PICTURE)
    await visit.show(asks, [[visit.back(Card(announcement=said.id))]])


async def came(visit: Visit) -> None:
    """Words, a file, or both at once."""
    data = await visit.talk.data()
    draft = Draft(visit.text or None, await _file(visit))
    if "announcement" in data:
        said = await rewrite(visit.db, int(data["announcement"]), draft, by=visit.person, now=visit.now)
    else:
        to = (str(data["kind"]), str(data["ref"]))
        said = await begin(visit.db, int(data["post"]), to, draft, by=visit.person, at=visit.moment)
    if not said.words:
        await visit.talk.begin(Writing.typing, announcement=said.id)
        await visit.show(lines([visit.say("announcement-now-words"), _album(visit)]), [[visit.back(Card(announcement=said.id))]])
        return
    await visit.talk.end()
    await preview(visit, said)


def _album(visit: Visit) -> str:
    """Of several pictures sent at once one was taken."""
    return visit.say("announcement-album") if visit.file is not None and visit.file.album else ""


async def _file(visit: Visit) -> tuple[str, bytes] | None:
    sent = visit.file
    if sent is None:
        return None
    if (sent.size or 0) > FILE:
        raise Refusal("announcement-file-size", picture="no", limit=FILE // 2**20)
    return sent.name, await visit.read(sent)


async def unsuitable(_visit: Visit) -> None:
    """A voice message, a video, a sticker."""
    raise Refusal("announcement-file-kind")


# ── how it will be read ─────────────────────────────────────────────────────────────────────────────────────────────


async def preview(visit: Visit, said: Said, *, pictured: bool = True) -> None:
    """The letter as it will be read, how many it reaches, when it would leave. `pictured`: its picture above it."""
    async with visit.db.read() as tx:
        found = await audience_of(tx, said, visit.person, visit.today)
        named = await names_a_child(tx, said.words, list(found.families))
        picture = await redaction.content(tx, said.document_id or 0) if pictured and words.picture_name(said) else None
    reach = await visit.promise(
        found.families, lambda told: visit.say("announcement-reach", people=len(found.letters), families=told)
    )
    text = lines(
        [
            visit.say("announcement-preview"),
            words.letter(said, visit.say),
            visit.say("announcement-line"),
            _album(visit),
            visit.say("announcement-names-a-child") if named else "",
            reach if found.families else visit.say("announcement-nobody"),
        ]
    )
    rows = [*(_send(visit, said) if found.letters and said.words else []), *_changes(visit, said)]
    if picture:
        await visit.show_below_picture(words.picture_name(said), picture, text, rows)
    else:
        await visit.show(text, rows)


def _send(visit: Visit, said: Said) -> list[list[Button]]:
    """Now, or in the morning, each with the moment at which it leaves."""
    now, morning = (leaves(visit.moment, visit.settings.quiet, morning=each) for each in (False, True))
    soon = "yes" if now <= visit.now + SECOND_THOUGHTS else "no"
    rows = [[visit.button("button-announcement-send", Send(announcement=said.id, round=said.round), soon=soon, at=now)]]
    if morning != now:
        later = Send(announcement=said.id, round=said.round, morning=True)
        rows.append([visit.button("button-announcement-morning", later, at=morning)])
    return rows


def _changes(visit: Visit, said: Said) -> list[list[Button]]:
    asks = Change(announcement=said.id, what="quiet" if said.asks else "asks")
    bare = visit.button("button-announcement-bare", Change(announcement=said.id, what="bare"))
    file = visit.button("button-announcement-add-file", Edit(announcement=said.id, what="file"))
    return [
        [visit.button("button-announcement-asks", asks, on="yes" if said.asks else "no")],
        [visit.button("button-announcement-words", Edit(announcement=said.id, what="words")), bare if said.file else file],
        [visit.button("button-announcement-discard", Discard(announcement=said.id)).destroys],
        visit.ways_back(Announcements()),
    ]


async def changed(visit: Visit, at: Change) -> None:
    if at.what == "bare":
        said = await drop_file(visit.db, at.announcement, by=visit.person)
    else:
        said = await ask_for_reading(visit.db, at.announcement, asks=at.what == "asks", by=visit.person)
    await preview(visit, said, pictured=False)


async def discarded(visit: Visit, at: Discard) -> None:
    await discard(visit.db, at.announcement, by=visit.person, now=visit.now)
    await visit.show(visit.say("announcement-discarded"), [visit.ways_back(Announcements())])


async def sent(visit: Visit, at: Send) -> None:
    """It waits its minute; until then it can be taken back whole."""
    what = Sending(at.announcement, at.round, at.morning, visit.settings.quiet)
    said = await send(visit.db, what, by=visit.person, at=visit.moment)
    async with visit.db.read() as tx:
        found = await audience_of(tx, said, visit.person, visit.today)
    reach = await visit.promise(
        found.families, lambda told: visit.say("announcement-reach", people=len(found.letters), families=told)
    )
    stands = visit.say("announcement-stands", state=words.standing(said, visit.now), at=said.leaves_at or visit.now)
    rows = [
        [visit.button("button-announcement-back", TakeBack(announcement=said.id))],
        [visit.button("button-announcement-back-anew", TakeBack(announcement=said.id, anew=True))],
        [visit.button("button-announcement-refresh", Card(announcement=said.id))],
        visit.ways_back(Announcements()),
    ]
    await visit.show(lines([stands, reach]), rows)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="announcement-writing")
    make = may("announcement.make")
    router.callback_query.register(begun, Begin.filter(), flags=make)
    router.callback_query.register(edited, Edit.filter(), flags=make)
    router.callback_query.register(changed, Change.filter(), flags=make)
    router.callback_query.register(sent, Send.filter(), flags=make)
    router.callback_query.register(discarded, Discard.filter(), flags=make)
    router.message.register(came, Writing.typing, (F.text & ~F.text.startswith("/")) | F.document | F.photo, flags=make)
    router.message.register(unsuitable, Writing.typing, ~F.text, flags=make)
    return router
