"""Announcements as staff see them: the list, whom one may address, how far one has come, taken back, reminded of; and «Ознакомлен(а)»."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.paging import in_rows, page_of
from bot.policy import Post, Thing, reader
from bot.policy import may as is_open
from bot.services.announcements.sending import (
    Progress,
    file_of,
    is_mine,
    progress,
    remind,
    see,
    seen_by,
    shown_to,
    take_back,
    write_anew,
)
from bot.services.announcements.whom import KINDS, addresses, post_of, posts_of
from bot.services.courses.clashes import brief
from bot.targets import AnnouncementFile, Announcements, AnnouncementSeen
from bot.visit import Button, Rows, Visit
from bot.voice import lines
from bot.words import announcements as words
from handlers.announcements import writing
from handlers.announcements.places import Begin, Card, Missing, Remind, TakeBack
from handlers.door import may, opens
from storage.announcements import announcements, audience
from storage.announcements.announcements import Said
from storage.timetable import timetable

PAGE = 8  # announcements
LIST = 24  # classes, courses, groups
NAMES = 40  # of who has not seen it


class New(CallbackData, prefix="ann.new"):
    """Whom to address? From this post; 0: from whichever they hold."""

    post: int = 0


class Pick(CallbackData, prefix="ann.pick"):
    """Which class, course or group."""

    post: int
    kind: str
    page: int = 0


# ── the list ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def listed(visit: Visit, at: Announcements) -> None:
    await _list(visit, at.page)


async def _list(visit: Visit, page: int, above: str = "") -> None:
    async with visit.db.read() as tx:
        found = await announcements.found(tx, seen_by(visit.person))
    here = page_of(found, page, PAGE)
    rows: Rows = [[Button(words.label(one, visit.now, visit.say), Card(announcement=one.id))] for one in here.some]
    new = [[visit.button("button-announcement-new", New())]] if is_open(visit.person, "announcement.make") else []
    pager = visit.pager(here.number, here.of, Announcements)
    school = "yes" if visit.person.organizations_as("coordinator", "director") else "no"
    title = visit.say("announcements", count=len(found), school=school, writes="yes" if new else "no")
    await visit.show(lines([above, title]), [*new, *rows, pager, [visit.menu]], anew=visit.at_letter)


# ── whom to address ─────────────────────────────────────────────────────────────────────────────────────────────────


async def new(visit: Visit, at: New) -> None:
    """From which post, where there are several; then a class, a course, a group or all."""
    posts = posts_of(visit.person) if not at.post else [post_of(visit.person, at.post)]
    if len(posts) != 1:
        await _which_post(visit, posts)
        return
    kinds = KINDS[posts[0].role]
    if len(kinds) == 1:
        await _pick(visit, posts[0], kinds[0], 0)
        return
    rows = [[visit.button("button-announcement-kind", _to(posts[0], kind), kind=kind)] for kind in kinds]
    await visit.show(visit.say("announcement-whom"), [*rows, visit.ways_back(Announcements())])


def _to(post: Post, kind: str) -> CallbackData:
    return Begin(post=post.staff_id, kind=kind) if kind == "all" else Pick(post=post.staff_id, kind=kind)


async def _which_post(visit: Visit, posts: list[Post]) -> None:
    async with visit.db.read() as tx:
        signed = {post.staff_id: (await audience.signature(tx, post.staff_id))[1] for post in posts}
    rows = [
        [visit.button("button-announcement-post", New(post=post.staff_id), role=post.role, name=brief(signed[post.staff_id], 24))]
        for post in posts
    ]
    await visit.show(visit.say("announcement-which-post"), [*rows, visit.ways_back(Announcements())])


async def picked(visit: Visit, at: Pick) -> None:
    await _pick(visit, post_of(visit.person, at.post), at.kind, at.page)


async def _pick(visit: Visit, post: Post, kind: str, page: int) -> None:
    async with visit.db.read() as tx:
        found = await addresses(tx, post, kind, visit.today)
    here = page_of(found, page, LIST)
    buttons = [Button(brief(one.name, 34), Begin(post=post.staff_id, kind=kind, ref=one.ref)) for one in here.some]
    pager = visit.pager(here.number, here.of, lambda to: Pick(post=post.staff_id, kind=kind, page=to))
    back = New(post=post.staff_id) if len(KINDS[post.role]) > 1 else Announcements()
    text = (
        visit.say("announcement-which", kind=kind) if found else visit.say("announcement-which-none", kind=kind, role=post.role)
    )
    await visit.show(text, [*in_rows(buttons, 4 if kind == "class" else 1), pager, visit.ways_back(back)])


# ── one of them ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def card(visit: Visit, at: Card) -> None:
    await _card(visit, at.announcement)


async def _card(visit: Visit, announcement_id: int, above: str = "") -> None:
    async with visit.db.read() as tx:
        said = await shown_to(tx, announcement_id, visit.person)
        done = await progress(tx, said)
    if said.state == "draft":
        await writing.preview(visit, said)
        return
    state = words.standing(said, visit.now)
    stands = visit.say("announcement-stands", state=state, at=said.leaves_at or visit.now)
    far = words.how_far(said, done, visit.say) if state == "left" else ""
    text = lines([above, stands, far, visit.say("announcement-its-words"), words.letter(said, visit.say)])
    rows = _ways(visit, said, done) if is_mine(said, visit.person) else _looks(visit, said, done)
    file = [[visit.button("button-announcement-file", AnnouncementFile(said.id))]] if said.file else []
    await visit.show(text, [*rows, *file, visit.ways_back(Announcements())])


def _ways(visit: Visit, said: Said, done: Progress) -> list[list[Button]]:
    """What its author, or who holds the same office, may do with it as it stands."""
    mine = said.by == visit.person.id
    match words.standing(said, visit.now):
        case "waiting":
            anew = [visit.button("button-announcement-back-anew", TakeBack(announcement=said.id, anew=True))] if mine else []
            return [[visit.button("button-announcement-back", TakeBack(announcement=said.id))], anew, _again(visit, said)]
        case "recalled":
            return [[visit.button("button-announcement-anew", TakeBack(announcement=said.id, anew=True))]] if mine else []
    rows = _looks(visit, said, done)
    if said.asks and done.missing and said.reminded_at is None:
        rows.insert(1, [visit.button("button-announcement-remind", Remind(announcement=said.id))])
    return rows


def _looks(visit: Visit, said: Said, done: Progress) -> list[list[Button]]:
    missing = visit.button("button-announcement-missing", Missing(announcement=said.id), count=len(done.missing))
    return [[missing] if said.asks and done.missing else [], _again(visit, said)]


def _again(visit: Visit, said: Said) -> list[Button]:
    return [visit.button("button-announcement-refresh", Card(announcement=said.id))]


async def taken_back(visit: Visit, at: TakeBack) -> None:
    """Whole, or not at all; `anew`: to be changed and sent again."""
    if at.anew:
        await writing.preview(visit, await write_anew(visit.db, at.announcement, by=visit.person, now=visit.now))
        return
    said = await take_back(visit.db, at.announcement, by=visit.person, now=visit.now)
    await _card(visit, said.id)


async def who_has_not(visit: Visit, at: Missing) -> None:
    """Names by class, as this reader may have them."""
    async with visit.db.read() as tx:
        said = await shown_to(tx, at.announcement, visit.person)
        here = page_of((await progress(tx, said)).missing, at.page, NAMES)
        eyes = reader(visit.person, Thing(teacher_id=said.staff_id, organization_id=said.organization_id))
        found = await timetable.learners(tx, here.some, said.organization_id, eyes, year=said.year)
    pager = visit.pager(here.number, here.of, lambda to: Missing(announcement=said.id, page=to))
    text = lines([visit.say("announcement-missing", whom=said.whom, kind=said.kind), words.missing(found, visit.say)])
    await visit.show(text, [pager, visit.ways_back(Card(announcement=said.id))])


async def reminded(visit: Visit, at: Remind) -> None:
    count = await remind(visit.db, at.announcement, by=visit.person, now=visit.now)
    await _card(visit, at.announcement, visit.say("announcement-reminded", count=count))


# ── at the other end ────────────────────────────────────────────────────────────────────────────────────────────────


async def seen(visit: Visit, at: AnnouncementSeen) -> None:
    """«Ознакомлен(а)»: the letter stays, its button says that it was pressed."""
    first = await see(visit.db, at.announcement, by=visit.person, now=visit.now)
    await visit.toast(visit.say.plain("lesson-seen-thanks") if first else visit.say.plain("lesson-seen-already"))
    await visit.change_button(visit.button("button-lesson-seen-done", at))


async def file_given(visit: Visit, at: AnnouncementFile) -> None:
    async with visit.db.read() as tx:
        name, content = await file_of(tx, at.announcement, visit.person)
    await visit.give(name, content)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="announcements")
    see_them, make = may("announcement.see"), may("announcement.make")
    router.callback_query.register(listed, opens(Announcements), flags=see_them)
    router.callback_query.register(card, Card.filter(), flags=see_them)
    router.callback_query.register(who_has_not, Missing.filter(), flags=see_them)
    router.callback_query.register(new, New.filter(), flags=make)
    router.callback_query.register(picked, Pick.filter(), flags=make)
    router.callback_query.register(taken_back, TakeBack.filter(), flags=make)
    router.callback_query.register(reminded, Remind.filter(), flags=make)
    router.callback_query.register(seen, opens(AnnouncementSeen), flags=may("announcement.read"))
    router.callback_query.register(file_given, opens(AnnouncementFile), flags=may("announcement.file"))
    router.include_router(writing.routes())
    return router
