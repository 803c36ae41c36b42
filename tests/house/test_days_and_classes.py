"""Guards: a day is a moment's day in the network's zone, and a class is asked of the one place that counts it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.trees import trees

HOUSE = Path(__file__).parent.parent.parent
FILES = sorted(file for room in ("bot", "handlers", "storage") for file in (HOUSE / room).rglob("*.py"))
OURS = [file for file in FILES if file.relative_to(HOUSE).parts[:2] not in {("bot", "sandbox"), ("storage", "migrations")}]

# Moments whose day may be taken as it stands, by file: what makes them moments of the network's clocks.
IN_ZONE = {
    "bot/clock.py": "self.here",
    "bot/demo/story.py": "friday thursday",  # made of days of the story
    "bot/documents/ics.py": "at",  # two years' margin on either side
    "bot/documents/orders.py": "one.made_at",  # given in the network's zone: `sent`
    "bot/reading/days.py": "cell",  # a cell of Excel knows no zone
    "bot/services/network/lessons/reconcile.py": "starts ends",
    "bot/services/resources/booking.py": "starts ends",
    "bot/services/roadmap/evidence.py": "since until",  # midnights of the network's zone
    "bot/services/timetable/free.py": "usual",
    "bot/services/timetable/moments.py": "usual starts",
    "bot/services/timetable/overlaps.py": "starts",
    "bot/services/timetable/preview.py": "starts hours.starts",
    "handlers/resources/bookings.py": "starts",
    "handlers/roadmap/roadmap.py": "never",
    "handlers/timetable/periods.py": "found.starts",  # read in the network's zone
}
# Who may read a pupil's class as it was said, and not as it is in some year.
SAYS = {
    "storage/courses/courses.py",  # gives it with its year, for bot/services/courses/catalogue.py: in_year
    "storage/people/everything.py",  # a person's copy: what is kept, with its year
    "storage/people/invitations.py",  # for the command line's invitation
}


def days_taken(tree: ast.AST) -> Iterator[str]:
    """Of which moments a module takes the day, but of those it has put into a zone in the same breath."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Attribute(attr="astimezone")), attr="date"), args=[]):
                pass
            case ast.Call(func=ast.Attribute(value=moment, attr="date"), args=[], keywords=[]):
                yield ast.unparse(moment)


def test_no_day_is_taken_of_a_moment_in_utc() -> None:
    found = {name: set(days_taken(tree)) - {"here", *IN_ZONE.get(name, "").split()} for name, tree in trees(OURS)}
    assert {name: moments for name, moments in found.items() if moments} == {}, "put it into the network's zone first"


def test_the_guard_knows_what_it_forbids() -> None:
    assert list(days_taken(ast.parse("keep(today=now.date())"))) == ["now"]
    assert list(days_taken(ast.parse("keep(today=now.astimezone(zone).date())"))) == []


def test_what_is_allowed_is_still_there() -> None:
    for name, moments in IN_ZONE.items():
        assert set(moments.split()) <= set(days_taken(ast.parse((HOUSE / name).read_text("utf-8")))), name


def test_a_class_is_asked_for_with_its_year() -> None:
    reads = {name for name, tree in trees(OURS) if any(_class_of_a_pupil(node) for node in ast.walk(tree))}
    assert reads == SAYS, "ask storage/people/classes.py: of another year it is another class"


def _class_of_a_pupil(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node) in ("Pupil.class_name", "tables.Pupil.class_name")
