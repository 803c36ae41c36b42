"""Everybody at once: families, schools, partners, the clock, workbooks and courts, watched for seats and for promises.

A step that is refused is a step like any other: it must only leave things as they have to be.
"""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize

from tests.machine.endings import Endings
from tests.machine.families import Families
from tests.machine.hands import CLOSES, PARTNERS, SCHOOLS
from tests.machine.partners import Partners
from tests.machine.promises import Promises
from tests.machine.school import Schools
from tests.machine.seats import Seats


class Enrollment(Families, Schools, Partners, Promises, Seats, Endings):
    """One example: a network of its own, and whatever is done to it."""


class Begun(Enrollment):
    """The same after an enrollment: everybody approved, the lots drawn, both partners asked; perhaps all have answered."""

    @initialize(learn=st.booleans())
    def begins(self, learn: bool) -> None:
        self.now += (CLOSES - self.today) + timedelta(days=1)
        self.goes_on()
        for partner in sorted(PARTNERS) if learn else ():
            for school in SCHOOLS:
                self.enrolls_all(partner, school)
