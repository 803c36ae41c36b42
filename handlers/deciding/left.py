"""What is left to do for whoever decides, in sentences, each with the button that leads to it: for the inbox and for the
end of the queue alike."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from bot.services.courses.clashes import brief
from bot.services.network.years import this_year
from bot.targets import AllocationHome, CallList, Losses, RequestPage, Requests
from bot.visit import Button, Visit
from handlers.deciding.places import Forming, Look
from storage.db import Tx
from storage.deciding import deciding
from storage.enrollment import enrollment
from storage.offers import losses
from storage.people import calls
from storage.requests import requests

MOST = 8  # requests with children waiting that the page names


@dataclass
class Left:
    """What waits for this person (`facts`), what waits for others (`info`), and the buttons."""

    facts: list[str] = field(default_factory=list)
    info: list[str] = field(default_factory=list)
    rows: list[list[Button]] = field(default_factory=list)
    asked: bool = False  # a request has been sent, this year or for the next
    draw: bool = False  # one of the buttons leads to the draw

    def add(self, fact: str, *row: Button) -> None:
        self.facts.append(fact)
        if row:
            self.rows.append([*row])


async def left_of(visit: Visit, tx: Tx, *, applications: bool = True) -> Left:
    """Everything that waits; `applications` False: the page says itself how it stands with those."""
    schools, partners = visit.person.organizations_as("coordinator"), visit.person.organizations_as("partner")
    left = Left()
    if schools and applications and (count := len(await enrollment.submitted(tx, schools))):
        button = visit.button("button-inbox-applications", Look(application=0), count=count)
        left.add(visit.say("inbox-applications", count=count), button)
    if schools:
        await _unasked(visit, tx, left, schools)
    await _unanswered(visit, tx, left, schools, partners)
    if schools:
        if lost := await losses.waiting(tx, schools, visit.today):
            left.add(visit.say("inbox-lost", count=lost), visit.button("button-inbox-lost", Losses(), count=lost))
        await _others(visit, tx, left, schools)
    return left


async def _unasked(visit: Visit, tx: Tx, left: Left, schools: Collection[int]) -> None:
    if approved := sum(one.children for one in await requests.unasked(tx, schools)):
        left.add(visit.say("inbox-approved", count=approved), visit.button("button-form-request", Forming()))
    if mute := len({one.pupil_id for one in await requests.unconsented(tx, schools)}):
        left.add(visit.say("inbox-no-consent", count=mute), visit.button("button-inbox-no-consent", Requests(), count=mute))
    drawn, line = await requests.waiting_for_a_place(tx, schools)
    if drawn:
        left.draw = True
        left.add(visit.say("inbox-waits-draw", count=drawn), visit.button("button-allocation-home", AllocationHome()))
    if line:
        left.info.append(visit.say("inbox-waits-line", count=line))


async def _unanswered(visit: Visit, tx: Tx, left: Left, schools: Collection[int], partners: frozenset[int]) -> None:
    this = await this_year(tx, visit.today)
    sent = await requests.sent(tx, (this, this + 1), schools=schools, partners=partners)
    left.asked, waiting = bool(sent), [one for one in sent if one.waiting]
    if waiting:
        left.facts.append(visit.say("inbox-waiting", count=sum(one.waiting for one in waiting)))
        left.rows += [[_request(visit, one, partners)] for one in waiting[:MOST]]


def _request(visit: Visit, one: requests.Sent, partners: frozenset[int]) -> Button:
    own = one.organization_id in partners
    key = "button-inbox-request" if own else "button-inbox-request-of"
    label = visit.say.plain(key, number=one.number, count=one.waiting, partner=brief(one.organization, 100))
    return Button(label, RequestPage(one.id))


async def _others(visit: Visit, tx: Tx, left: Left, schools: Collection[int]) -> None:
    if silent := await calls.waiting(tx, schools, await this_year(tx, visit.today)):
        letters, count = any(one.letters for one in silent), len(silent)
        fact = visit.say("inbox-calls-letters" if letters else "inbox-calls", count=count)
        left.add(fact, visit.button("button-calls", CallList(0), count=count))
    if returned := len(await deciding.queue(tx, schools, ("returned",), deciding.Only())):
        left.info.append(visit.say("inbox-returned", count=returned))
