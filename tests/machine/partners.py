"""What the partners do: answer requests, one by one or all at once; pupils who leave, complete, or go to another group."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select

from bot.services.offers.departures import complete, depart
from bot.services.offers.offers import release
from bot.services.offers.regroup import regroup
from bot.services.requests.requests import enroll, enroll_all, put_in_reserve, turn_down
from storage.tables import Group
from tests.machine.hands import Hands, a_child, a_course, a_partner
from tests.machine.school import a_school
from tests.world import CENTRE, IT, ROBOTICS


class Partners(Hands):
    @rule(number=a_child, course=a_course, word=st.sampled_from(("enroll", "enroll", "reserve", "decline")))
    def answers(self, number: int, course: int, word: str) -> None:
        choice, of, _ = self.some(number, course, "requested")
        by = self.partner(IT if of == ROBOTICS else CENTRE)
        if word == "enroll":
            self.do("enrolled", enroll(self.db, choice, by=by, now=self.now, today=self.today))
        elif word == "reserve":
            self.do("reserved", put_in_reserve(self.db, choice, by=by, now=self.now, today=self.today))
        else:
            self.do("declined", turn_down(self.db, choice, "так надо", by=by, now=self.now))

    @rule(partner=a_partner, school=a_school)
    def enrolls_all(self, partner: int, school: int) -> None:
        request, by = self.request(partner, school), self.partner(partner)
        self.do("all enrolled", enroll_all(self.db, request, by=by, now=self.now, today=self.today))

    @rule(number=a_child, course=a_course, how=st.sampled_from(("left", "completed", "moved")))
    def ends(self, number: int, course: int, how: str) -> None:
        choice, of, whose = self.some(number, course, "enrolled")
        by = self.office(whose)
        if how == "left":
            self.do("left", depart(self.db, choice, "так надо", by=by, now=self.now))
        elif how == "completed":
            self.do("completed", complete(self.db, choice, by=by, now=self.now))
        else:
            self.do("moved", regroup(self.db, choice, self._last_group(of), by=by, now=self.now))

    @rule(number=a_child, course=a_course)
    def moves_in_line(self, number: int, course: int) -> None:
        choice, of, whose = self.some(number, course, "reserve")
        self.do("moved in line", regroup(self.db, choice, self._last_group(of), by=self.office(whose), now=self.now))

    @rule(course=a_course)
    def gives_kept_seats(self, course: int) -> None:
        by = self.partner(IT if course == ROBOTICS else CENTRE)
        released = release(self.db, self._last_group(course), by=by, now=self.now, settings=self.settings)
        self.do("released", released)

    def _last_group(self, course: int) -> int:
        of = select(Group.id).where(Group.course_id == course, Group.archived_at.is_(None))
        return self.asked(of.order_by(Group.id.desc()))
