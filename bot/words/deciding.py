"""How an application reads in the coordinator's queue, and the reasons most often given."""

from __future__ import annotations

from bot.services.courses.clashes import brief
from bot.services.enrollment.weighing import Scale
from bot.voice import Fact, Say, lines
from bot.words.clashes import why_not
from bot.words.enrollment import class_of
from bot.words.enrollment import state as state_of
from storage.enrollment.enrollment import Paper


def head(paper: Paper, say: Say) -> str:
    """Whose application it is, and who handed it in when."""
    facts: dict[str, Fact] = {"child": brief(paper.child), "class_name": class_of(paper, say), "at": paper.submitted_at}
    if paper.guardian is None:
        return say("inbox-application-entered", **facts)
    return say("inbox-application", **facts, guardian=brief(paper.guardian) or say.plain("inbox-guardian-nameless"))


def application_text(paper: Paper, scale: Scale, say: Say) -> str:
    """Its wishes with seats, warnings and what the school lets pass; of a decided one, what became of them."""
    if paper.state != "submitted":
        parts = [head(paper, say), "\n".join(state_of(wish, say) for wish in paper.wishes)]
        return lines([*parts, say("inbox-reason", reason=paper.reason) if paper.reason else ""])
    said = []
    for wish in paper.wishes:
        if wish.state != "submitted":
            continue
        weighed = scale[wish.id]
        own = [say("application-draft-wish", place=wish.rank, course=brief(wish.course), partner=brief(wish.organization))]
        if wish.number is not None:
            own.append(say("inbox-wish-in-line", number=wish.number))
        elif wish.group is not None:
            own.append(say("inbox-wish-seat", group=wish.group))
        else:
            own.append(say("course-seats", left=weighed.offer.left, seats=weighed.offer.seats))
        own += [say("inbox-warning", why=why_not(one, say)) for one in weighed.against]
        own += [say("inbox-anyway")] if weighed.anyway and weighed.warns else []
        own += [say("inbox-wish-besides", count=paper.wanted)] if wish.besides else []
        own += [say("application-override", reason=wish.override)] if wish.override else []
        own += [say("application-hint", why=why_not(one, say)) for one in weighed.hints]
        said.append("\n".join(own))
    return lines([head(paper, say), *said])


def question(verb: str, facts: dict[str, str], say: Say) -> str:
    """What the coordinator is asked: why it is returned («r»), declined («d»), or may pass («o»)."""
    match verb:
        case "r":
            return say("inbox-why-return", **facts)
        case "d":
            return say("inbox-why-decline", **facts)
        case _:
            return say("inbox-why-override", **facts)


def confirmation(verb: str, child: str, class_name: str, say: Say) -> str:
    """What is about to be done with the reason that was typed."""
    match verb:
        case "r":
            return say("inbox-sure-return", child=child, class_name=class_name)
        case "d":
            return say("inbox-sure-decline", child=child, class_name=class_name)
        case _:
            return say("inbox-sure-override", child=child, class_name=class_name)


def common_reasons(verb: str, say: Say) -> list[str]:
    """The reasons most often given."""
    match verb:
        case "r":
            keys = ("reason-return-class", "reason-return-choose", "reason-return-paper", "reason-return-call")
        case "d":
            keys = ("reason-decline-full", "reason-decline-age", "reason-decline-closed", "reason-decline-learns")
        case _:
            keys = ("reason-override-director", "reason-override-lessons", "reason-override-age", "reason-override-parents")
    return [say.plain(key) for key in keys]


def left_out(paper: Paper, scale: Scale, say: Say) -> str:
    """Why an application is not among all that fit: the first thing that stands against it."""
    why = next(one for wish in paper.wishes if wish.state == "submitted" for one in scale[wish.id].against)
    return say("inbox-all-left-one", child=brief(paper.child, 80), class_name=paper.class_name, why=why_not(why, say))
