"""What the schools do: decide, take back, draw lots, give a place by hand, ask the partners, free a nameless seat."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select

from bot.services.allocation.allocation import draw_lots, draw_rest, publish
from bot.services.allocation.byhand import give_place
from bot.services.deciding.deciding import Verdict, decide, undo
from bot.services.offers.departures import free_nameless
from bot.services.requests.forming import form_request
from bot.voice import voice
from storage.tables import Application, Choice
from tests.machine.hands import CLOSES, GYMNASIUM, PARTNERS, SCHOOLS, Hands, a_child, a_course, a_partner
from tests.world import OLGA, ROBOTICS, SCHOOL, TELEGRAM, ZONE

SAY = voice("ru", ZONE)
a_school = st.sampled_from((SCHOOL, SCHOOL, GYMNASIUM))


class Schools(Hands):
    @rule(number=a_child, word=st.sampled_from(("approve", "approve", "return", "decline")))
    def decides(self, number: int, word: Any) -> None:
        _, _, whose = self.some(number, ROBOTICS, "submitted")
        verdict = Verdict(word, reason="так надо", override="можно")
        self.do("decided", decide(self.db, self.paper(whose), verdict, by=self.office(whose), at=self.at))

    @rule()
    def goes_on(self) -> None:
        """The office's day: everybody approved, lots drawn where they may be, both partners asked."""
        for number in range(6):
            verdict = Verdict("approve", override="можно")
            self.do("decided", decide(self.db, self.paper(number), verdict, by=self.office(number), at=self.at))
        if self.today > CLOSES:
            self.do("drawn", self._draw())
        for school in SCHOOLS:
            for partner in sorted(PARTNERS):
                self.asks(partner, school)

    @rule(number=a_child)
    def takes_back(self, number: int) -> None:
        self.do("taken back", undo(self.db, self.paper(number), by=self.office(number), at=self.at))

    @rule()
    def draws(self) -> None:
        if self.today <= CLOSES:
            self.now = datetime(2026, 11, 13, 9, tzinfo=ZONE).astimezone(self.now.tzinfo)
        self.do("drawn", self._draw())

    async def _draw(self) -> None:
        olga = await self.who(TELEGRAM[OLGA])
        made = await draw_lots(self.db, by=olga, now=self.now, today=self.today, year=2026)
        await publish(self.db, made, "", by=olga, at=self.at, say=SAY)

    @rule()
    def draws_the_rest(self) -> None:
        async def step() -> None:
            olga = await self.who(TELEGRAM[OLGA])
            made = await draw_rest(self.db, by=olga, now=self.now, today=self.today)
            await publish(self.db, made, "", by=olga, at=self.at, say=SAY)

        self.do("rest drawn", step())

    @rule(number=a_child, course=a_course)
    def gives_by_hand(self, number: int, course: int) -> None:
        choice, _, whose = self.some(number, course, "approved", "reserve")
        by = self.office(whose)
        self.do("by hand", give_place(self.db, choice, "так надо", by=by, now=self.now, today=self.today))

    @rule(partner=a_partner, school=a_school)
    def asks(self, partner: int, school: int) -> None:
        by = self.run(self.who(SCHOOLS[school]))
        self.do("asked", form_request(self.db, school, partner, by=by, now=self.now, year=2026, zone=ZONE))

    @rule(course=a_course, by_partner=st.booleans())
    def frees_a_nameless_seat(self, course: int, by_partner: bool) -> None:
        held = select(Choice.id).join(Application).where(Application.pupil_id.is_(None), Choice.state == "enrolled")
        choice = self.asked(held.where(Choice.course_id == course).order_by(Choice.id))
        group = self.asked(select(Choice.group_id).where(Choice.id == choice))
        school = self.asked(select(Application.school_id).join(Choice).where(Choice.id == choice)) or SCHOOL
        account = PARTNERS[3 if course == ROBOTICS else 2] if by_partner else SCHOOLS[school]
        self.do("freed", free_nameless(self.db, group, choice, by=self.run(self.who(account)), now=self.now))
