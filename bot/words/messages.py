"""Threads in words: with whom, about what, each letter with who wrote it and whether it is read."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.notices.messages import about_words
from bot.policy import Person
from bot.services.courses.clashes import brief
from bot.services.messages.overseeing import Logged, Read
from bot.services.messages.reach import NAMED, Reach
from bot.services.messages.reading import Line, Shown, Titled
from bot.services.messages.writing import Shut
from bot.voice import Say, lines, short_name
from storage.messages.overseeing import Written
from storage.messages.subjects import About
from storage.messages.threads import FAMILY, Said, Side, Thread
from storage.people.contacts import Contact

NAME = 60  # characters of a name on a page


def subject(about: About, say: Say) -> str:
    """What a thread is about; plain text."""
    return about_words(say, about.kind, [brief(each, 80) for each in about.courses[:4]], about.at)


def side_words(side: Side, title: Titled, say: Say) -> str:
    """«Педагог Ким Павел Андреевич», «Семья: Петров Миша»; plain text."""
    name = title.child if side.role in FAMILY else called(side, title.sides)
    return say.plain("thread-side", role=side.role, name=brief(name, NAME) or "none")


def called(side: Side, names: dict[Side, str]) -> str:
    """What a side of the staff is called on a page or a button."""
    name = names.get(side, "")
    return name if side.role == "teacher" else short_name(name)


def about_line(title: Titled, say: Say) -> str:
    """«Миша · «Робототехника», занятие 12 ноября»; to staff the family's name stands in the heading already. Plain text."""
    named = title.mine and title.theirs.role in FAMILY
    child = "" if named else brief(title.child, NAME)
    return say.plain("thread-subject", child=child or "none", subject=subject(title.about, say))


def apart(found: Reach, say: Say) -> str:
    """Who of those one could write to has no bot now; empty: all have."""
    names = [say.plain("thread-side", role=side.role, name=brief(called(side, found.names), NAME)) for side in found.names]
    return say("write-apart", names="; ".join(names), count=found.apart) if names else ""


def contacts(found: Sequence[Contact], say: Say) -> str:
    """How organizations are reached, a line each."""
    return "\n".join(
        say("ask-whom", name=one.name, role=one.role, phone=one.phone or "none", site=one.site or "none") for one in found[:NAMED]
    )


# ── the list ────────────────────────────────────────────────────────────────────────────────────────────────────────


def listed(number: int, line: Line, say: Say) -> str:
    """One thread of the list."""
    return say(
        "threads-line",
        number=number,
        unread=line.listed.unread,
        side=side_words(line.title.theirs, line.title, say),
        at=line.listed.last_at,
        subject=about_line(line.title, say),
    )


# ── a thread ────────────────────────────────────────────────────────────────────────────────────────────────────────


def thread_page(seen: Shown, by: Person, say: Say, above: str = "") -> str:
    """A page of a thread before one of its sides."""
    head = heading(seen.title, say)
    said = [_letter(each, seen, by, say) for each in seen.letters] or [say("thread-empty")]
    conflicts = [say("thread-conflict", at=each.opened_at, reason=each.reason) for each in seen.openings[-2:]]
    return lines([above, head, *said, "\n".join(conflicts), shut_words(seen.shut, say)])


def heading(title: Titled, say: Say) -> str:
    """With whom, and about what."""
    return say("thread-title", side=side_words(title.theirs, title, say), subject=about_line(title, say))


def shut_words(shut: Shut | None, say: Say) -> str:
    return "" if shut is None else say("thread-shut", why=shut.why, role=shut.role, reason=shut.reason)


def _letter(letter: Said, seen: Shown, by: Person, say: Say) -> str:
    mine = letter.side == seen.title.mine
    stands = ("read" if letter.id <= seen.read else "sent") if mine else "theirs"
    if letter.person_id == by.id:
        author = say.plain("thread-author-me-pupil") if by.is_pupil else say.plain("thread-author", role="me")
    else:
        author = author_words(letter, seen.title.thread, say, pupil=seen.pupil)
    return _said(letter, say("thread-letter", author=author, at=letter.sent_at, stands=stands), say)


def author_words(letter: Said | Written, thread: Thread, say: Say, *, pupil: int | None) -> str:
    """By role; of a pupil's thread what a guardian wrote in it is a parent's. Plain text."""
    role = thread.side(letter.side).role
    if letter.person_id is None:
        role = "erased"
    elif role == "student" and letter.person_id != pupil:
        role = "guardian"
    return say.plain("thread-author", role=role)


def _said(letter: Said, head: str, say: Say) -> str:
    """The words stand whole, past the voice, which cuts what is long."""
    words = escape(letter.words, quote=False)
    if letter.person_id is None and not letter.words:
        words = say("thread-erased")
    file = say("thread-file", name=letter.document) if letter.document else ""
    return "\n".join(part for part in (head, words, file) if part)


# ── the log ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def logged_line(number: int, line: Line, say: Say) -> str:
    """One thread of the log."""
    thread = line.title.thread
    return say(
        "thread-log-line",
        number=number,
        reported="yes" if thread.reported_at else "no",
        one=side_words(thread.one, line.title, say),
        other=side_words(thread.other, line.title, say),
        subject=subject(line.title.about, say),
        letters=line.listed.letters,
        at=line.listed.last_at,
    )


def logged_page(found: Logged, some: list[Written], say: Say, *, pupil: int | None) -> str:
    """Who wrote when, not what."""
    title, thread = found.title, found.title.thread
    head = say(
        "thread-logged",
        number=thread.id,
        one=side_words(thread.one, title, say),
        other=side_words(thread.other, title, say),
        subject=subject(title.about, say),
    )
    reported = say("thread-logged-reported", at=thread.reported_at) if thread.reported_at else ""
    wrote = [
        say(
            "thread-logged-line",
            at=each.sent_at,
            author=writer(each, thread, say, pupil=pupil),
            file="yes" if each.file else "no",
        )
        for each in some
    ]
    conflicts = [say("thread-conflict", at=each.opened_at, reason=each.reason) for each in found.openings[-3:]]
    names = {each.person_id: writer(each, thread, say, pupil=pupil) for each in found.written}
    stopped = [
        say("thread-logged-stopped", name=names[person], at=each.made_at, reason=each.reason)
        for person, each in sorted(found.stopped.items())
    ]
    return lines([head, reported, "\n".join(wrote), "\n".join([*conflicts, *stopped])])


def writer(letter: Written, thread: Thread, say: Say, *, pupil: int | None) -> str:
    """«Родитель, Петрова Анна»; plain text."""
    role = author_words(letter, thread, say, pupil=pupil)
    return say.plain("thread-logged-author", role=role, name=brief(letter.author, 40) or "none")


def opened_page(read: Read, say: Say, *, pupil: int | None) -> str:
    """A thread opened for a conflict."""
    title, thread = read.title, read.title.thread
    head = say(
        "thread-opening-title",
        number=thread.id,
        at=read.opening.opened_at,
        one=side_words(thread.one, title, say),
        other=side_words(thread.other, title, say),
        subject=subject(title.about, say),
        reason=read.opening.reason,
    )
    said = []
    for each in read.letters:
        author = author_words(each, thread, say, pupil=pupil)
        said.append(_said(each, say("thread-letter", author=author, at=each.sent_at, stands="theirs"), say))
    return lines([head, *said])
