import re
from pathlib import Path
missing=[]
def sub(name,*pairs):
    p=Path(name); s=p.read_text("utf-8")
    for a,b in pairs:
        t=s.replace(a,b)
        if t==s: missing.append((name,a[:80]))
        s=t
    p.write_text(s,"utf-8")
Path("tests/visits.py").write_text('''"""A visit of somebody who only looks: for what draws a page and answers nobody."""

from __future__ import annotations

from datetime import datetime

from bot.policy import Person
from bot.settings import Settings
from bot.telegram.visit import TelegramVisit
from bot.visit import Talk, Visit
from bot.voice import voice
from storage.db import Database


def visit_of(person: Person, db: Database, now: datetime) -> Visit:
    """`person` looking at `now`, in the network's zone and language."""
    settings = Settings(_env_file=None)
    return TelegramVisit(person, voice("ru", settings.zone), now, db, settings, Talk(db, "", None, now))
''')
sub("tests/courses/test_courses_shelf.py",
 ('list_page(tx, Place(pupil=MISHA, fits=True), voice("ru", ZONE), ruslan, TODAY)','list_page(visit_of(ruslan, db, NOW), tx, Place(pupil=MISHA, fits=True))'),
 ("from tests.timetable_world import enroll\n","from tests.timetable_world import enroll\nfrom tests.visits import visit_of\n"))
sub("bench/catalogue.py",("list_page(tx, at, SAY, person, TODAY)","list_page(visit, tx, at)"),
 ("    person = Person(1, 1, children=frozenset({CHILD}))\n","    person = Person(1, 1, children=frozenset({CHILD}))\n    visit = TelegramVisit(person, SAY, NOW, db, Settings(_env_file=None), Talk(db, \"\", None, NOW))\n"),
 ("from __future__ import annotations\n","from __future__ import annotations\n\nfrom bot.settings import Settings\nfrom bot.telegram.visit import TelegramVisit\nfrom bot.visit import Talk\n"))
sub("tests/telegram/test_delivery.py",("list[tuple[str, str]]","list[tuple[str, Target]]"),('("button-menu", "menu")','("button-menu", Menu())'),('("button-absence-why", "menu")','("button-absence-why", Menu())'),
 ('("button-journal-open", self.opens)','("button-journal-open", JournalOf(self.opens))'),("    opens: str\n","    opens: int\n"),('opens="journal.read:1"','opens=1'),('opens="journal.read:2"','opens=2'),("from bot.voice import","from bot.targets import JournalOf, Menu, Target\nfrom bot.voice import"))
sub("tests/roadmap/test_roadmap_reminders.py",('("button-task-done", f"task.done:{task}:1")','("button-task-done", TaskDone(task, anew=True))'),('("button-task-put-off", f"task.later:{task}:1")','("button-task-put-off", TaskLater(task, anew=True))'),('("button-task-hand", f"task.hand:{task}:0:1")','("button-task-hand", TaskHand(task, 0, anew=True))'),
 ("from __future__ import annotations\n","from __future__ import annotations\n\nfrom bot.targets import TaskDone, TaskHand, TaskLater\n"))
p=Path("tests/roadmap/test_roadmap.py"); s=p.read_text()
s=s.replace("from handlers.roadmap.page import Board, Done, Hand, HandTo, Later, LaterTo, OneTask, Paper","from bot.targets import Board, OneTask, TaskDone, TaskHand, TaskLater\nfrom handlers.roadmap.page import HandTo, LaterTo, Paper")
s=re.sub(r"\b(Done|Hand|Later)\(",r"Task\1(",s); p.write_text(s)
print(missing)
