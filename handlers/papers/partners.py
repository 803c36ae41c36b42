"""Lists of partners under the papers: whose schools they are of, and what a button says of each."""

from __future__ import annotations

from collections.abc import Sequence

from bot.services.courses.clashes import brief
from bot.services.papers.papers import papers_year
from bot.targets import Papers, PastPapers
from bot.visit import Visit
from storage.papers import papers
from storage.papers.papers import Partner


def heads(visit: Visit) -> frozenset[int]:
    """The schools this person is coordinator or director of."""
    return visit.person.organizations_as("coordinator", "director")


def home(year: int) -> Papers | PastPapers:
    return PastPapers(year) if year else Papers()


async def partners_of(visit: Visit, year: int) -> list[Partner]:
    """With whom pupils of this person's schools learn; `year` 0: the one papers are made of now."""
    async with visit.db.read() as tx:
        every = [
            await papers.partners(tx, [school], year or await papers_year(tx, school, visit.today))
            for school in sorted(heads(visit))
        ]
    return sorted((one for some in every for one in some), key=lambda one: (one.school, one.school_id, one.name, one.id))


def schools_of(found: Sequence[Partner]) -> int:
    return len({one.school_id for one in found})


def label(visit: Visit, one: Partner, found: Sequence[Partner]) -> str:
    """A partner's button; with the school's name only for who heads several."""
    name = brief(one.name, 100)
    if schools_of(found) > 1:
        return visit.say.plain("button-papers-partner-of", school=brief(one.school, 60), partner=name, count=one.children)
    return visit.say.plain("button-papers-partner", partner=name, count=one.children)
