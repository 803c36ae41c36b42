"""Documents of learning in words: what would be issued, what one says, whether it is genuine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.services.certificates.issuing import MISTAKE, OfGroup, Planned
from bot.services.courses.clashes import brief
from bot.voice import Say, lines
from storage.certificates.certificates import Issued
from storage.certificates.sent import Sent
from storage.enrollment.yearend import Learnt
from storage.network.years import usual

MOST = 15  # names a page says
FILES = 3  # of one document, on the page of its line


def group_page(found: OfGroup, say: Say) -> str:
    """What can be issued in a group."""
    issuer = found.issuer
    head = say("certificate-group", course=brief(issuer.course), group=issuer.group, year=usual(issuer.year).name)
    return lines(
        [
            head,
            say("certificate-ready", count=len(found.ready)),
            _names(found.ready, say),
            say("certificate-in-part", count=len(found.in_part)) if found.in_part else "",
            say("certificate-issued-count", count=len(found.issued)) if found.issued else "",
            say("certificate-silent", count=found.silent) if found.silent else "",
            say("places-nameless", count=found.nameless) if found.nameless else "",
        ]
    )


def _names(some: tuple[Learnt, ...], say: Say) -> str:
    said = [say("certificate-child", child=brief(one.child, 100), class_name=one.class_name) for one in some[:MOST]]
    return "\n".join([*said, say("certificate-more", count=len(some) - MOST)] if len(some) > MOST else said)


def planned_page(plan: Planned, say: Say) -> str:
    """What will be issued, to be confirmed."""
    first = plan.papers[0]
    return lines(
        [
            say(
                "certificate-sure",
                document=plan.kind,
                count=len(plan.whom),
                first=plan.number,
                last=plan.number + len(plan.whom) - 1,
            ),
            _names(plan.whom, say),
            say(
                "certificate-says",
                partner=brief(first["organization"], 200),
                licence=brief(first["licence"], 100),
                course=brief(first["course"], 200),
                hours=first["hours"],
                first=_day(first["first"]),
                last=_day(first["last"]),
            ),
            _attended(first, say) if plan.kind == "note" else "",
            say("families-hear-certificate"),
        ]
    )


def _attended(facts: dict[str, object], say: Say) -> str:
    attended = facts["attended"]
    told = "none" if attended is None else str(attended)
    return say(
        "certificate-attended",
        held=str(facts["held"]),
        attended=told,
        present=str(facts["present"]),
        lessons=str(facts["lessons"]),
    )


def register_page(one: Issued, files: Sequence[Sent], say: Say) -> str:
    """A line of the register, as staff read it, with the newest files it went out in."""
    kept = [say("certificate-kept", name=each.name, at=each.made_at, sha256=each.sha256) for each in files[:FILES]]
    return lines([*_printed(one, say), "\n".join(kept), _revoked(one, say)])


def verified_page(one: Issued, say: Say) -> str:
    """What somebody who holds the paper is told: what is printed on it, and nothing else."""
    if one.revoked_at is not None:
        head = say("certificate-not-good", day=one.revoked_at)
        return lines([head, say("certificate-number", document=one.kind, number=one.number, day=_day(one.facts["day"]))])
    return lines([say("certificate-genuine"), *_printed(one, say), say("certificate-compare")])


def _printed(one: Issued, say: Say) -> list[str]:
    facts = one.facts
    return [
        say("certificate-number", document=one.kind, number=one.number, day=_day(facts["day"])),
        say("certificate-whose", child=brief(str(facts["child"]), 200) if one.pupil_id is not None else "none"),
        say(
            "certificate-says",
            partner=brief(str(facts["organization"]), 200),
            licence=brief(str(facts["licence"]), 100),
            course=brief(str(facts["course"]), 200),
            hours=facts["hours"],
            first=_day(facts["first"]),
            last=_day(facts["last"]),
        ),
        _attended(facts, say) if one.kind == "note" else "",
        say("certificate-result", result=str(facts["result"])),
    ]


def _revoked(one: Issued, say: Say) -> str:
    if one.revoked_at is None:
        return ""
    return say("certificate-revoked-line", day=one.revoked_at, reason="none" if one.reason == MISTAKE else one.reason or "none")


def _day(iso: object) -> date:
    return date.fromisoformat(str(iso))
