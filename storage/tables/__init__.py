"""Every table, by subject. Moments are aware and in UTC; days and clock times are the network's own."""

from __future__ import annotations

from storage.tables.allocation import Allocation
from storage.tables.announcements import Announcement, AnnouncementReader
from storage.tables.base import Moment, Table
from storage.tables.certificates import Certificate, CertificateFile, CertificateInFile
from storage.tables.delivery import Letter, Note, Talk, Update, Worker
from storage.tables.enrollment import Application, ApplicationVersion, Choice, ChoiceChange, Shortlisted
from storage.tables.journal import (
    AttendanceCode,
    Entry,
    JournalAnswer,
    JournalImport,
    KnownAs,
    Revision,
    Topic,
    TopicRevision,
    Writing,
)
from storage.tables.messages import Thread, ThreadMessage, ThreadOpening, ThreadRead, WritingStop
from storage.tables.network import CalendarDay, ClassHours, Course, Group, Organization, PlannedTopic, Road, Room, Year
from storage.tables.offers import PlaceOffer
from storage.tables.papers import Agreement, KeptPaper, OrderLine, Register
from storage.tables.people import (
    Audit,
    Call,
    Consent,
    Erasure,
    Guardianship,
    Invitation,
    Person,
    Pupil,
    Secret,
    Staff,
    Succession,
    WrongCode,
)
from storage.tables.programme import Achievement, Agreeing, Record
from storage.tables.requests import Request, RequestLine, RequestVersion
from storage.tables.resources import Attachment, Booking, Resource, ResourceView
from storage.tables.roadmap import Document, Step, Task, TaskReminder
from storage.tables.surveys import Survey, SurveyQuestion, SurveyReceived, SurveyReply, SurveyResponse
from storage.tables.timetable import (
    Absence,
    Acknowledgement,
    ClassAbsence,
    Feed,
    FeedShown,
    Lesson,
    LessonChange,
    LessonReminder,
    Slot,
)

__all__ = [
    "Absence",
    "Achievement",
    "Acknowledgement",
    "Agreeing",
    "Agreement",
    "Allocation",
    "Announcement",
    "AnnouncementReader",
    "Application",
    "ApplicationVersion",
    "Attachment",
    "AttendanceCode",
    "Audit",
    "Booking",
    "CalendarDay",
    "Call",
    "Certificate",
    "CertificateFile",
    "CertificateInFile",
    "Choice",
    "ChoiceChange",
    "ClassAbsence",
    "ClassHours",
    "Consent",
    "Course",
    "Document",
    "Entry",
    "Erasure",
    "Feed",
    "FeedShown",
    "Group",
    "Guardianship",
    "Invitation",
    "JournalAnswer",
    "JournalImport",
    "KeptPaper",
    "KnownAs",
    "Lesson",
    "LessonChange",
    "LessonReminder",
    "Letter",
    "Moment",
    "Note",
    "OrderLine",
    "Organization",
    "Person",
    "PlaceOffer",
    "PlannedTopic",
    "Pupil",
    "Record",
    "Register",
    "Request",
    "RequestLine",
    "RequestVersion",
    "Resource",
    "ResourceView",
    "Revision",
    "Road",
    "Room",
    "Secret",
    "Shortlisted",
    "Slot",
    "Staff",
    "Step",
    "Succession",
    "Survey",
    "SurveyQuestion",
    "SurveyReceived",
    "SurveyReply",
    "SurveyResponse",
    "Table",
    "Talk",
    "Task",
    "TaskReminder",
    "Thread",
    "ThreadMessage",
    "ThreadOpening",
    "ThreadRead",
    "Topic",
    "TopicRevision",
    "Update",
    "Worker",
    "Writing",
    "WritingStop",
    "WrongCode",
    "Year",
]
