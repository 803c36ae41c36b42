"""Everybody at once: families, schools, partners, the clock, workbooks and courts, watched for seats and for promises.

A step that is refused is a step like any other: it must only leave things as they have to be.
"""

from __future__ import annotations

from tests.machine.endings import Endings
from tests.machine.families import Families
from tests.machine.partners import Partners
from tests.machine.promises import Promises
from tests.machine.school import Schools
from tests.machine.seats import Seats


class Enrollment(Families, Schools, Partners, Promises, Seats, Endings):
    """One example: a network of its own, and whatever is done to it."""
