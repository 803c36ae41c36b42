"""What a family types without being asked: where it is about a page, the page is a press away; a greeting is greeted."""

from __future__ import annotations

from aiogram import Router

from bot.policy import may as is_open
from bot.services.people.asking import who_answers
from bot.services.people.codes import looks_like_code
from bot.services.people.leading import greets, thanks, topics
from bot.targets import AbsenceOn, Applications, Courses, Help, JournalHome, MyData, PassOn, SettingsHome, Target, Timetable
from bot.visit import Button, Visit
from bot.voice import lines
from handlers.door import TYPED, UNASKED, Passing, may

PAGES: dict[str, tuple[str, Target]] = {  # by topic who may open the page, and where it is
    "absence": ("absence.announce", AbsenceOn()),
    "timetable": ("timetable.see", Timetable()),
    "journal": ("journal.see", JournalHome()),
    "applications": ("enrollment.see", Applications()),
    "courses": ("courses.see", Courses()),
    "settings": ("settings.change", SettingsHome()),
    "mydata": ("mydata.see", MyData()),
    "help": ("start.help", Help()),
}


async def leads_on(message: object, visit: Visit) -> bool:
    """Whether a family's text is about something a page answers, or only polite."""
    text = getattr(message, "text", None) or ""
    if not visit.person.pupils or looks_like_code(text):
        return False
    return greets(text) or thanks(text) or any(is_open(visit.person, PAGES[topic][0]) for topic in topics(text))


async def led(visit: Visit) -> None:
    """The pages it may be about; and who answers where none of them does."""
    if greets(visit.text) or thanks(visit.text):
        polite = visit.say("led-hello", you=visit.you) if greets(visit.text) else visit.say("led-thanks")
        await visit.show(polite, [[visit.menu]])
        return
    found = [topic for topic in topics(visit.text) if is_open(visit.person, PAGES[topic][0])]
    rows = [[_page(visit, topic)] for topic in found]
    rows += await passing(visit)
    await visit.show(lines([visit.say("led-here", you=visit.you), *await else_ask(visit)]), [*rows, [visit.menu]])


async def passing(visit: Visit) -> list[list[Button]]:
    """The button that passes on what was typed, to whom one chooses then; none for who may write to nobody."""
    if not is_open(visit.person, "message.write"):
        return []
    await visit.talk.begin(Passing.words, words=visit.text)
    return [[visit.button("button-pass-on", PassOn(), staff="no" if visit.person.pupils else "yes")]]


def _page(visit: Visit, topic: str) -> Button:
    match topic:
        case "absence":
            label = visit.say.plain("button-absence")
        case "timetable":
            label = visit.say.plain("button-timetable")
        case "journal":
            label = visit.say.plain("button-journal")
        case "applications":
            label = visit.say.plain("button-applications")
        case "courses":
            label = visit.say.plain("button-courses")
        case "settings":
            label = visit.say.plain("button-settings")
        case "mydata":
            label = visit.say.plain("button-mydata")
        case _:
            label = visit.say.plain("button-help")
    return Button(label, PAGES[topic][1])


async def else_ask(visit: Visit) -> list[str]:
    """Who can answer what no page does; empty: nobody is known."""
    async with visit.db.read() as tx:
        found = await who_answers(tx, visit.person)
    told = [
        visit.say("ask-whom", name=one.name, role=one.role, phone=one.phone or "none", site=one.site or "none") for one in found
    ]
    return ["\n".join([visit.say("led-else"), *told])] if told else []


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="leading")
    router.message.register(led, UNASKED, TYPED, leads_on, flags=may("start.menu"))
    return router
