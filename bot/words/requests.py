"""A request in words: a row a child, one child with the groups it may go to, who may not be named yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.services.courses.catalogue import times
from bot.services.courses.clashes import brief
from bot.services.enrollment.choices import who
from bot.services.requests.forming import Pending
from bot.voice import Say, lines
from bot.words.enrollment import role_of
from storage.courses.courses import GroupOffer, Offer
from storage.enrollment.history import Past
from storage.requests.requests import Approved, Line, Whole

MOST = 6  # groups a child's page names
BELOW = 8  # groups below their minimum that a request's page names
PAGE = 3500  # characters of a page, with room for what stands above


def row(line: Line, say: Say) -> str:
    """A child and what became of its wish; a second line if the school let a warning pass."""
    group = f" ({line.group})" if line.group and line.state == "enrolled" else ""
    child, course = brief(line.child, 120), brief(line.course, 120)
    said = say("request-line", child=child, class_name=line.class_name, course=course, state=line.became, group=group)
    return f"{said}\n{say('application-override', reason=line.override)}" if line.override else said


def line_in_words(line: Line, groups: Sequence[GroupOffer], say: Say, today: date) -> str:
    """One child's page: the wish, and the groups with their hours and seats."""
    child, course = brief(line.child), brief(line.course)
    parts = [say("request-child", child=child, class_name=line.class_name, course=course, state=line.became)]
    parts += [say("application-override", reason=line.override)] if line.override else []
    for group in groups[:MOST]:
        when = times(group.hours, say, today) or "—"
        parts.append(say("request-group", group=group.code, when=when, left=group.left, seats=group.seats))
    return lines(parts)


def repeated_in_words(line: Line, step: Past, say: Say) -> str:
    """What became of a child whose answer is given already, by whom and when: under a press that changes nothing any more."""
    role = role_of(who(step), say)
    by = f"{role} ({brief(step.staff, 60)})" if step.partner and step.staff else role
    child, course = brief(line.child, 120), brief(line.course, 120)
    return say("request-answered-before", child=child, course=course, state=line.became, who=by, at=step.at)


def form_in_words(partner: str, pending: Pending, offers: Sequence[Offer], silent: Sequence[Approved], say: Say) -> str:
    """Whom a request would name, which groups stay below their minimum, who may not be named. The warnings are never cut."""
    head = say("forming-for", partner=brief(partner), count=pending.children)
    return _pending_in_words(head, pending, offers, say, silent_in_words(silent, say))


def amend_in_words(whole: Whole, pending: Pending, offers: Sequence[Offer], silent: Sequence[Approved], say: Say) -> str:
    """What the partner would get as the next version of its request. Nothing is sent yet, and the page says so."""
    number, partner, version = str(whole.number), brief(whole.organization), whole.newest.number + 1
    added, withdrawn = len(pending.named), len(pending.gone)
    head = say("amending", number=number, partner=partner, version=version, added=added, withdrawn=withdrawn)
    return _pending_in_words(head, pending, offers, say, silent_in_words(silent, say))


def _pending_in_words(head: str, pending: Pending, offers: Sequence[Offer], say: Say, mute: str) -> str:
    per_course: dict[str, list[Approved]] = {}
    for one in pending.named:
        per_course.setdefault(one.course, []).append(one)
    courses = [
        say("forming-course", course=brief(course), count=len(found), children=_some(found))
        for course, found in per_course.items()
    ]
    below = [
        say("allocation-below", group=f"{brief(offer.name, 60)}, {group.code}", children=group.taken, minimum=group.minimum)
        for offer in offers
        for group in offer.groups
        if group.minimum and group.taken < group.minimum
    ]
    warned = "\n".join([say("allocation-below-title"), *below[:BELOW]]) if below else ""
    gone = say("amending-gone", count=len(pending.gone), children=_some(pending.gone)) if pending.gone else ""
    while courses and sum(map(len, (head, *courses, gone, warned, mute))) > PAGE:
        courses = [*courses[:-2], "…"]
    return lines([head, *courses, gone, warned, mute])


def _some(children: Sequence[Approved | Line], most: int = 12) -> str:
    names = list(dict.fromkeys(f"{brief(one.child, 80) or '—'}, {one.class_name}" for one in children))
    return brief("; ".join([*names[:most], *(["…"] if len(names) > most else [])]), 480)


def silent_in_words(silent: Sequence[Approved], say: Say) -> str:
    """Who may not be named yet, by partner."""
    per_partner: dict[str, list[str]] = {}
    for one in silent:
        names = per_partner.setdefault(one.organization, [])
        if (name := f"{brief(one.child, 80)}, {one.class_name}") not in names:
            names.append(name)
    return "\n".join(
        say("request-silent", partner=brief(partner), children=brief("; ".join(names), 480))
        for partner, names in per_partner.items()
    )


def sent_in_words(whole: Whole, day: date, hear: str, say: Say) -> str:
    """What was sent: a request, or its next version; `hear`: who hears of it."""
    number, version, count = whole.number, whole.newest.number, len({line.pupil_id for line in whole.lines})
    organization = brief(whole.organization)
    about = say("request-formed", number=number, day=day, organization=organization, count=count)
    if version > 1:
        about = say("request-formed-version", number=number, version=version, day=day, organization=organization, count=count)
    return f"{about}\n{hear}"
