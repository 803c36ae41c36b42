"""Everybody at once: families, schools, partners, the clock and workbooks, watched for seats and for promises.

A step that is refused is a step like any other: it must only leave things as they have to be.
"""

from __future__ import annotations

from tests.machine.books import Books
from tests.machine.families import Families
from tests.machine.partners import Partners
from tests.machine.promises import Promises
from tests.machine.school import Schools
from tests.machine.seats import Seats


class Enrollment(Families, Schools, Partners, Promises, Seats, Books):
    """One example: a network of its own, and whatever is done to it."""
