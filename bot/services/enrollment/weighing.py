"""What speaks against the wishes of an application, before anything is done: for the family's page and the coordinator's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from bot.refusals import Refusal
from bot.services.courses.catalogue import in_year
from bot.services.courses.clashes import Against, Day, against, meets, only_hours
from bot.services.network.years import running_now
from storage.courses import courses, weeks
from storage.courses.courses import Offer
from storage.db import Tx
from storage.enrollment.enrollment import Paper, Wish


@dataclass(frozen=True)
class Weighed:
    """A wish with its course, what stands against it, and what is only worth knowing (two wishes at one time)."""

    offer: Offer
    against: tuple[Against, ...]
    hints: tuple[Against, ...]
    override: str | None  # why the coordinator lets it pass all the same
    anyway: bool = False  # the family knows, and asks all the same

    @property
    def warns(self) -> bool:
        """Whether the coordinator has yet to say why it may pass."""
        return bool(self.against) and self.override is None

    @property
    def stops(self) -> bool:
        """Whether it stands against handing in: the hours do not where the family asks anyway."""
        return self.warns and not (self.anyway and only_hours(self.against))

    @property
    def may_insist(self) -> bool:
        """Whether «Всё равно попросить» is a way on."""
        return self.warns and not self.anyway and only_hours(self.against)


Scale: TypeAlias = dict[int, Weighed]


async def preview(tx: Tx, paper: Paper, today: date) -> Scale:
    """For each wish of an application, by id, what speaks against it. A pupil who has left is refused."""
    found = await weigh(tx, [paper], today)
    if paper.id not in found:
        raise Refusal("gone")
    return found[paper.id]


async def weigh(tx: Tx, papers: Sequence[Paper], today: date) -> dict[int, Scale]:
    """The same for many applications, by id, with a handful of questions in all; of pupils who have left, nothing."""
    children = await courses.children(tx, {paper.pupil_id for paper in papers})
    wanted = {wish.course_id for paper in papers for wish in paper.wishes}
    wanted |= {held.course_id for child in children.values() for held in child.held}
    offers = {offer.id: offer for offer in await courses.offers(tx, wanted, current=False)}
    roads = await weeks.roads(tx)
    this = (await running_now(tx, today)).year
    then = {paper.id: in_year(children[paper.pupil_id], paper.year, this) for paper in papers if paper.pupil_id in children}
    classes = {(child.school_id, child.class_name) for child in then.values()}
    hours = {year: await weeks.class_hours(tx, year, classes) for year in {paper.year for paper in papers}}
    found = {}
    for paper in papers:
        if paper.id not in then:
            continue
        child = then[paper.id]
        held = [(offers[one.course_id], one.group_id) for one in child.held if one.application_id != paper.id]
        day = Day(child, hours[paper.year].get((child.school_id, child.class_name), []), held, roads, today, paper.year > this)
        found[paper.id] = {wish.id: _weigh(wish, paper, offers, day) for wish in paper.wishes}
    return found


def one_too_many(paper: Paper, scale: Scale) -> set[int]:
    """Of an application being written the wishes that would wait besides: seats «по порядку» are taken at once, and are enough."""
    taken, besides = 0, set[int]()
    wishes = [wish for wish in paper.wishes if wish.state in ("draft", "returned")]
    for wish in sorted(wishes, key=lambda wish: (scale[wish.id].offer.selection != "queue", wish.rank)):
        offer = scale[wish.id].offer
        if taken >= paper.wanted:
            besides.add(wish.id)
        elif offer.selection == "queue" and (wish.group_id is not None or (offer.left and not scale[wish.id].against)):
            taken += 1
    return besides


def _weigh(wish: Wish, paper: Paper, offers: dict[int, Offer], day: Day) -> Weighed:
    offer = offers[wish.course_id]
    others = [offers[other.course_id] for other in paper.wishes if other.rank < wish.rank and other.state != "withdrawn"]
    hints = [clash for clash in (meets(offer, other, day) for other in others) if clash is not None]
    return Weighed(offer, tuple(against(offer, day)), tuple(hints), wish.override, wish.anyway)
