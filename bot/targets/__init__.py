"""Where a button can lead from elsewhere: the pages that letters and other subjects open. Plain facts, packed as aiogram packs.

A page that only its own file leads to is a `CallbackData` of that file; one that others lead to stands here, and its
handler is registered with `opens(target)` (handlers/door.py), which makes the CallbackData from it. Prefixes and the order
of fields never change: buttons made years ago must go on working. A new field comes last and has a default.
"""

from __future__ import annotations

from bot.targets.allocation import AllocationHome, AllocationOf, Exceptions, Lottery, WantedHome
from bot.targets.certificates import CertificateFile, Certificates
from bot.targets.courses import Courses, CoursesFor
from bot.targets.enrollment import AddToDraft, Applications, AskAnyway, DecisionPast, Draft, EnterHome, Inbox, PaperPage
from bot.targets.journal import (
    AskCode,
    AskQuestion,
    JournalHome,
    JournalOf,
    MarkHome,
    MarkLesson,
    SummaryOf,
    UploadPlan,
    WhyAbsent,
)
from bot.targets.network import NetworkHome
from bot.targets.offers import AcceptOffer, DeclineOffer, GroupList, OfferPage
from bot.targets.papers import ApplicationFile, JournalReport, Papers, Reports, UnkeptReport
from bot.targets.people import (
    CallList,
    ConsentOf,
    Help,
    InvitationTried,
    Invite,
    InviteCard,
    Menu,
    MyData,
    NewsHome,
    Nowhere,
    PostAsked,
    SettingsHome,
    Withdrawal,
    WithdrawHome,
)
from bot.targets.requests import RequestLine, RequestPage, Requests
from bot.targets.roadmap import Board, OneTask, TaskDone, TaskHand, TaskLater, Tasks
from bot.targets.target import ROOM, Epoch, Target
from bot.targets.timetable import (
    AbsenceOn,
    ClassAbsences,
    LessonPage,
    Lessons,
    LessonSeen,
    NetworkDay,
    Reminders,
    Subscription,
    Timetable,
)
from bot.targets.years import (
    PastApplications,
    PastJournal,
    PastLessons,
    PastPapers,
    PastRequests,
    PastTimetable,
    PastYear,
    PastYears,
    YearEnd,
    YearUnfinished,
)

__all__ = [
    "ROOM",
    "AbsenceOn",
    "AcceptOffer",
    "AddToDraft",
    "AllocationHome",
    "AllocationOf",
    "ApplicationFile",
    "Applications",
    "AskAnyway",
    "AskCode",
    "AskQuestion",
    "Board",
    "CallList",
    "CertificateFile",
    "Certificates",
    "ClassAbsences",
    "ConsentOf",
    "Courses",
    "CoursesFor",
    "DecisionPast",
    "DeclineOffer",
    "Draft",
    "EnterHome",
    "Epoch",
    "Exceptions",
    "GroupList",
    "Help",
    "Inbox",
    "InvitationTried",
    "Invite",
    "InviteCard",
    "JournalHome",
    "JournalOf",
    "JournalReport",
    "LessonPage",
    "LessonSeen",
    "Lessons",
    "Lottery",
    "MarkHome",
    "MarkLesson",
    "Menu",
    "MyData",
    "NetworkDay",
    "NetworkHome",
    "NewsHome",
    "Nowhere",
    "OfferPage",
    "OneTask",
    "PaperPage",
    "Papers",
    "PastApplications",
    "PastJournal",
    "PastLessons",
    "PastPapers",
    "PastRequests",
    "PastTimetable",
    "PastYear",
    "PastYears",
    "PostAsked",
    "Reminders",
    "Reports",
    "RequestLine",
    "RequestPage",
    "Requests",
    "SettingsHome",
    "Subscription",
    "SummaryOf",
    "Target",
    "TaskDone",
    "TaskHand",
    "TaskLater",
    "Tasks",
    "Timetable",
    "UnkeptReport",
    "UploadPlan",
    "WantedHome",
    "WhyAbsent",
    "WithdrawHome",
    "Withdrawal",
    "YearEnd",
    "YearUnfinished",
]
