"""Resources in words: the catalogue's head, a button, the card."""

from __future__ import annotations

from collections.abc import Sequence

from bot.services.courses.clashes import brief
from bot.services.resources.attaching import Whose
from bot.services.resources.catalogue import Catalogue
from bot.services.resources.needs import Missing
from bot.services.resources.places import KINDS, Where
from bot.voice import Say, lines, short_name
from storage.resources.attachments import Put
from storage.resources.colleagues import Colleague, Taught
from storage.resources.resources import Shown

LABEL = 38  # characters of a button that a telephone 390 pixels wide shows whole
ASIDE = 34  # … with wide letters among them: what may as well be left out
MOST = 1500  # characters of a description
LINES = 500  # of «Где» and «Кому»


def heading(found: Catalogue, where: Where, say: Say) -> str:
    """What is shown, how many, and what to do where there is nothing."""
    kind = KINDS[where.kind - 1] if where.kind else "all"
    narrowed = [brief(found.narrowed)] if found.narrowed else []
    narrowed += [say.plain("narrowed-words", words=" ".join(f"{word}…" for word in where.words))] if where.words else []
    said = [say("resources-list", kind=kind, count=found.total)]
    said += [say("courses-narrowed", what=" · ".join(narrowed))] if narrowed else []
    if not found.total:
        return lines(["\n".join(said), say("resources-none-words") if where.words else say("resources-none-here")])
    return "\n".join(said)


def label(one: Shown, where: Where) -> str:
    """Its name, and beside it, where it fits, whose it is; of a list of one organization the name alone."""
    name = brief(one.name, LABEL)
    whole = f"{name} · {short_name(one.organization)}"
    return whole if not where.organization and len(whole) <= ASIDE else name


def card(one: Shown, say: Say, files: int = 0) -> str:
    """All about a resource."""
    facts = [say("resource-what", what=brief(one.description, MOST))] if one.description else []
    rest = []
    if one.place:
        rest.append(say("resource-where", place=brief(one.place, LINES)))
    if one.seats:
        rest.append(say("resource-sets", kind=one.kind, count=one.seats))
    if one.whom:
        rest.append(say("resource-whom", whom=brief(one.whom, LINES)))
    if one.link:
        rest.append(say("resource-link", link=one.link))
    if files:
        rest.append(say("resource-files", count=files))
    title = say("resource-title", name=brief(one.name), kind=one.kind, organization=brief(one.organization))
    return lines([title, *facts, "\n".join(rest)])


def files_page(whose: Whose, stand: Sequence[Put], say: Say) -> str:
    """The files and links of a resource or a course; links are pressed in the text."""
    of = "course" if whose.to.course is not None else "resource"
    head = say("attachments-title", of=of, name=brief(whose.name), count=len(stand))
    said = [
        say("attachment-link", number=number, name=one.name, link=one.link)
        if one.link
        else say("attachment-file", number=number, name=one.name)
        for number, one in enumerate(stand, 1)
    ]
    return lines([head, "\n".join(said)])


def needs_in_words(needs: str, lack: Sequence[Missing], say: Say) -> str:
    """For staff: what a course needs, and what of it is missing; empty where it needs nothing."""
    if not needs:
        return ""
    said = [say("course-needs", what=brief(needs, LINES))]
    said += [say("course-lacks", what=one.what, found=one.found) for one in lack]
    return "\n".join(said)


def colleague_card(one: Colleague, taught: Sequence[Taught], say: Say) -> str:
    """A teacher for colleagues: who they are, what they teach this year and by which programmes."""
    head = say("colleague", name=one.name, post=one.post or "none", organization=brief(one.organization))
    said = [
        say("colleague-course", course=brief(each.name), direction=each.direction, hours=each.hours or 0, topics=each.topics)
        for each in taught
    ]
    return lines([head, "\n".join(said) or say("colleague-nothing")])
