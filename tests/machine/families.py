"""What families do: apply, change, withdraw, answer an offer, agree that a partner reads the name, leave with their data."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import func, select

from bot.clock import Moment
from bot.policy import Person
from bot.services.enrollment.applications import choose, extend, rank, submit, unchoose
from bot.services.enrollment.withdrawing import withdraw
from bot.services.offers.offers import accept, decline
from bot.services.people import consent, mydata
from storage.tables import Guardianship
from storage.tables import Person as PersonRow
from tests.machine.hands import COURSES, Hands, a_child, a_course, a_guardian, a_partner
from tests.world import MISHA_HIMSELF, TELEGRAM, ZONE


class Families(Hands):
    @rule(number=a_child, which=a_guardian, wanted=st.permutations(COURSES), count=st.integers(1, 2), sends=st.booleans())
    def applies(self, number: int, which: int, wanted: list[int], count: int, sends: bool) -> None:
        by, pupil = self.guardian(number, which), self.pupils[number]
        chosen = [self.do("chosen", choose(self.db, pupil, course, by=by, at=self.at), by) for course in wanted[:count]]
        if sends and any(chosen):
            self.do("applied", submit(self.db, self.paper(number), by=by, now=self.now, today=self.today), by)

    @rule(number=a_child, which=a_guardian, course=a_course, how=st.sampled_from(("add", "up", "off")))
    def changes(self, number: int, which: int, course: int, how: str) -> None:
        by, paper, choice = self.guardian(number, which), self.paper(number), self.choice(number, course)
        if how == "add":
            self.do("extended", extend(self.db, paper, course, by=by, now=self.now, today=self.today), by)
        elif how == "up":
            self.do("ranked", rank(self.db, paper, choice, 1, by=by, at=self.at), by)
        else:
            self.do("unchosen", unchoose(self.db, paper, choice, by=by, now=self.now), by)

    @rule(number=a_child, which=a_guardian, course=st.sampled_from((0, *COURSES)))
    def withdraws(self, number: int, which: int, course: int) -> None:
        by, choice = self.guardian(number, which), self.choice(number, course) if course else 0
        self.do("withdrew", withdraw(self.db, self.paper(number), choice, by=by, at=Moment(self.now, ZONE)), by)

    @rule(number=a_child, which=a_guardian, course=a_course, takes=st.booleans())
    def answers_an_offer(self, number: int, which: int, course: int, takes: bool) -> None:
        choice, _, whose = self.some(number, course, "offered")
        by = self.guardian(whose, which)
        if takes:
            self.do("accepted", accept(self.db, choice, by=by, now=self.now, today=self.today), by)
        else:
            self.do("gave up", decline(self.db, choice, by=by, now=self.now), by)

    @rule(number=a_child, which=a_guardian, partner=a_partner, agreed=st.booleans())
    def names(self, number: int, which: int, partner: int, agreed: bool) -> None:
        by, pupil = self.guardian(number, which), self.pupils[number]
        self.do("named", consent.choose(self.db, pupil, ("partner", partner), agreed=agreed, by=by, now=self.now), by)

    @rule(number=a_child, which=a_guardian)
    def leaves_with_its_data(self, number: int, which: int) -> None:
        by = self.guardian(number, which)
        self.do("erased", mydata.withdraw(self.db, self.pupils[number], by=by, now=self.now), by)

    @rule(number=a_child)
    def comes_back(self, number: int) -> None:
        """Whoever left is invited anew, agrees, and is somebody the bot has never seen."""
        pupil, account = self.pupils[number], self.guards[self.pupils[number]][0]
        since = select(Guardianship.id).where(Guardianship.pupil_id == pupil, Guardianship.until.is_(None))
        if self.asked(since) or self.asked(select(PersonRow.id).where(PersonRow.telegram_id == account)):
            return
        newest = self.asked(select(func.max(PersonRow.id)))

        async def step() -> None:
            async with self.db.write() as tx:
                await self.comes_in(tx, account, pupil, max(newest, 1000) + 1)

        self.do("came back", step())

    @rule(course=a_course, what=st.sampled_from(("apply", "send", "withdraw", "accept", "decline")))
    def presses_as_a_pupil(self, course: int, what: str) -> None:
        """Misha reads everything on his own telephone, and decides nothing."""
        by, paper, choice = self.run(self.who(TELEGRAM[MISHA_HIMSELF])), self.paper(0), self.choice(0, course)
        assert not self.do("a pupil's press", self._pressed(by, paper, choice, course, what))

    async def _pressed(self, by: Person, paper: int, choice: int, course: int, what: str) -> None:
        match what:
            case "apply":
                await choose(self.db, self.pupils[0], course, by=by, at=self.at)
            case "send":
                await submit(self.db, paper, by=by, now=self.now, today=self.today)
            case "withdraw":
                await withdraw(self.db, paper, choice, by=by, at=Moment(self.now, ZONE))
            case "accept":
                await accept(self.db, choice, by=by, now=self.now, today=self.today)
            case _:
                await decline(self.db, choice, by=by, now=self.now)
