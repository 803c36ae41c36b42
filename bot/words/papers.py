"""What is said with a paper: what to do with it, which version it is, what the next order would say, what went out."""

from __future__ import annotations

from collections.abc import Sequence

from bot.services.courses.clashes import brief
from bot.services.papers.orders import Draft
from bot.voice import Say, lines
from storage.papers.handed_in import Version
from storage.papers.kept import Kept


def paper_caption(version: int, versions: Sequence[Version], say: Say) -> str:
    """Of an application; version 0: as it stands now."""
    when = [one.made_at for one in versions if one.version == version]
    said = [say("paper-application-as", version=version, of=len(versions), day=day) for day in when]
    return lines([say("paper-application-caption"), *said])


def order_page(made: Draft, first: str, say: Say) -> str:
    """What the next order would say, and what it cannot say."""
    order = made.order
    named = {place.organization_id: place.organization for place in [*order.added, *(one.place for one in order.moved)]}
    partner = next(iter(named.values()), "") if made.partner_id is not None else ""
    whose = say("order-whose", school=brief(order.school.name), partner=brief(partner)) if partner else brief(order.school.name)
    if made.empty:
        return lines([first, say("order-title"), say("order-nothing", total=order.total)])
    number = made.book.printed
    if order.changes is None:
        what = say("order-first", total=order.total, number=number, day=order.day)
    else:
        what = say("order-changes", of=order.changes.number, of_day=order.changes.day, number=number, day=order.day)
        changed = say("order-changed", added=len(order.added), moved=len(order.moved), left=len(order.left))
        what = lines([what, changed])
    starts = say("order-starts", day=order.starts_on) if order.starts_on else say("order-starts-unknown")
    missing = [name for partner_id, name in named.items() if partner_id not in (order.agreements or {})]
    unsaid = [say("order-no-agreement", partners=", ".join(missing))] if missing else []
    unsaid += [] if order.school.coordinator_post else [say("order-no-post")]
    return lines([first, lines([say("order-title"), whose]), what, starts, *unsaid])


def issued_words(made: Kept, say: Say) -> str:
    return say("order-issued", number=made.number, day=made.day)


def kept_label(one: Kept, say: Say, *, several: bool) -> str:
    """A paper in the list of what went out; with the school's name for who heads several."""
    label = say.plain("button-kept", kind=one.kind, number=one.number, day=one.day, partner=one.organization or "none")
    label = f"{label}, {brief(one.school, 60)}" if several else label
    return say.plain("button-kept-annulled", label=label) if one.annulled_at else label


def kept_words(one: Kept, say: Say) -> str:
    """A paper that went out: what it is, and by what one knows that it is the same."""
    head = say("kept-title", kind=one.kind, number=one.number, day=one.day)
    parts = [head, say("kept-partner", partner=one.organization) if one.organization else brief(one.school)]
    parts += [say("kept-starts", day=one.starts_on)] if one.starts_on else []
    parts += [say("kept-annulled", at=one.annulled_at)] if one.annulled_at else []
    return lines([*parts, say("kept-hash", at=one.made_at, sha256=one.sha256)])
