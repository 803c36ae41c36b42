"""Every handler with what stands around it."""

from __future__ import annotations

from functools import cache

from aiogram import Dispatcher
from aiogram.dispatcher.event.handler import HandlerObject

from bot.clock import Clock
from bot.settings import Settings
from bot.telegram import membership
from bot.telegram.doorman import Doorman
from bot.telegram.frame import Door, FromPeople, OneAnswer, PageLeft, PrivateOnly, Refusals
from bot.telegram.switchboard import connect, handlers_of
from bot.telegram.talks import Talks
from handlers.allocation import allocation, byhand, lottery
from handlers.allocation import groups as allocated
from handlers.announcements import office as announcements
from handlers.certificates import certificates, verifying
from handlers.courses import catalogue as courses
from handlers.deciding import deciding, entering, finding, inbox, many, sheet
from handlers.enrollment import applications, submitting
from handlers.enrollment import applying as enrollment
from handlers.journal import child, files, marking, summary
from handlers.journal import pages as journal
from handlers.messages import threads as messages
from handlers.network import past, yearend
from handlers.offers import groups, losses, offers, regroup
from handlers.papers import agreements, blanks, consents, journal_report, mine, numbers, orders, papers, reports, sent
from handlers.papers import courses as course_papers
from handlers.people import calls, consent, invitations, leading, mydata, news, posts, start, whom
from handlers.people import settings as settings_pages
from handlers.programme import agreeing, criteria, portfolio
from handlers.public import page as public_page
from handlers.requests import amending, answers, refusing, requests
from handlers.requests import past as past_requests
from handlers.resources import attaching, bookings, colleagues
from handlers.resources import catalogue as resources
from handlers.roadmap import adding, board, roadmap, wording
from handlers.roadmap import year as roadmap_year
from handlers.surveys import answering as surveys
from handlers.surveys import office as survey_office
from handlers.surveys import results as survey_results
from handlers.timetable import family as timetable
from handlers.timetable import lessons
from storage.db import Database

# The order matters only where two listen to the same: commands and codes first, a typed conversation in its own state.
SUBJECTS = (
    start,
    whom,
    invitations,
    consent,
    settings_pages,
    news,
    mydata,
    courses,
    resources,
    attaching,
    bookings,
    colleagues,
    enrollment,
    submitting,
    applications,
    inbox,
    deciding,
    many,
    finding,
    sheet,
    entering,
    calls,
    requests,
    past_requests,
    answers,
    refusing,
    amending,
    offers,
    losses,
    regroup,
    groups,
    reports,
    journal_report,
    allocation,
    allocated,
    lottery,
    byhand,
    timetable,
    leading,
    lessons,
    journal,
    child,
    summary,
    marking,
    agreeing,
    criteria,
    portfolio,
    messages,
    announcements,
    board,
    roadmap,
    agreements,
    blanks,
    adding,
    wording,
    roadmap_year,
    files,
    papers,
    orders,
    numbers,
    sent,
    consents,
    course_papers,
    mine,
    posts,
    past,
    yearend,
    surveys,
    survey_office,
    survey_results,
    certificates,
    verifying,
    public_page,
)


def dispatcher(db: Database, settings: Settings, clock: Clock) -> Dispatcher:
    """Every handler with what stands around it."""
    made = Dispatcher(storage=Talks(db, clock), db=db, settings=settings)
    made.update.outer_middleware(Doorman(db, settings, clock))
    made.message.outer_middleware(FromPeople())
    for observer in (made.message, made.callback_query, made.inline_query):
        observer.outer_middleware(Refusals())
        observer.outer_middleware(PrivateOnly())
        observer.middleware(PageLeft())
        observer.middleware(Door())
    made.message.outer_middleware(OneAnswer(db))
    made.my_chat_member.middleware(Door())
    connect(made, handlers())
    return made


@cache
def handlers() -> dict[str, list[HandlerObject]]:
    """The handlers of all subjects, by kind of update."""
    return handlers_of([*(subject.routes() for subject in SUBJECTS), membership.routes(), start.fallback()])
