"""Who may do what: `can(person, action, thing)`, deny by default. The one place to look, the one place to change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import time
from typing import Literal, TypeAlias

from bot.refusals import Refusal
from storage.people.consent import Reader

Role: TypeAlias = Literal["guardian", "student", "teacher", "partner", "coordinator", "director"]
ROLES: tuple[Role, ...] = ("guardian", "student", "teacher", "partner", "coordinator", "director")


@dataclass(frozen=True)
class Post:
    """A staff post somebody holds: as whom, where."""

    role: Role
    staff_id: int
    organization_id: int


@dataclass(frozen=True)
class Person:
    """Who is talking, with everything their rights follow from. A stranger has id None and nothing else."""

    id: int | None
    telegram_id: int
    name: str = ""
    language: str = "ru"
    detail: str = "discreet"
    muted: frozenset[str] = field(default_factory=frozenset)  # news of the journal they have switched off (NEWS)
    quiet: tuple[time, time] | None = None
    children: frozenset[int] = field(default_factory=frozenset)  # pupils they act for, having given consent
    wards: frozenset[int] = field(default_factory=frozenset)  # all pupils they act for, consent or not
    own: frozenset[int] = field(default_factory=frozenset)  # the pupil they are
    closed: frozenset[int] = field(default_factory=frozenset)  # the same while no guardian's consent stands: they see nothing
    posts: frozenset[Post] = field(default_factory=frozenset)
    unreachable: bool = False  # they had shut the bot out when last written to

    @property
    def known(self) -> int:
        """The id of somebody who is in; a stranger is refused."""
        if self.id is None:
            raise Refusal("stranger")
        return self.id

    @property
    def roles(self) -> frozenset[Role]:
        held: set[Role] = {post.role for post in self.posts}
        if self.children:
            held.add("guardian")
        if self.own:
            held.add("student")
        return frozenset(held)

    def staff_as(self, *roles: Role) -> frozenset[int]:
        """The staff ids of the posts held in one of these roles."""
        return frozenset(post.staff_id for post in self.posts if post.role in roles)

    def organizations_as(self, *roles: Role) -> frozenset[int]:
        return frozenset(post.organization_id for post in self.posts if post.role in roles)

    @property
    def pupils(self) -> frozenset[int]:
        """Their children and themself: what a family's pages may show."""
        return self.children | self.own

    @property
    def is_pupil(self) -> bool:
        """A pupil and nobody else: they are «ты»."""
        return bool(self.own) and not (self.posts or self.wards)


@dataclass(frozen=True)
class Thing:
    """What an action is about, as far as rights depend on it. What is left None matches nothing."""

    pupil_id: int | None = None
    school_id: int | None = None  # the pupil's base school
    teacher_id: int | None = None  # staff id of the group's teacher (or the lesson's stand-in)
    organization_id: int | None = None  # the partner that runs the course
    person_id: int | None = None
    responsible_id: int | None = None  # staff id of who answers for a task of the roadmap
    post_id: int | None = None  # staff id of a post that is handed over


Rule: TypeAlias = Callable[[Person, Thing], bool]


def anyone(_person: Person, _thing: Thing) -> bool:
    return True


def known(person: Person, _thing: Thing) -> bool:
    return person.id is not None


def guardian(person: Person, thing: Thing) -> bool:
    return thing.pupil_id in person.children


def family(person: Person, thing: Thing) -> bool:
    return thing.pupil_id in person.pupils


def coordinator(person: Person, thing: Thing) -> bool:
    """A coordinator decides for their own school's pupils; what belongs to no school is every coordinator's."""
    schools = person.organizations_as("coordinator")
    return bool(schools) and (thing.school_id is None or thing.school_id in schools)


def head(person: Person, thing: Thing) -> bool:
    """The coordinator or the director of the school."""
    schools = person.organizations_as("coordinator", "director")
    return bool(schools) and (thing.school_id is None or thing.school_id in schools)


def teacher(person: Person, thing: Thing) -> bool:
    return thing.teacher_id in person.staff_as("teacher")


def partner(person: Person, thing: Thing) -> bool:
    return thing.organization_id in person.organizations_as("partner")


def responsible(person: Person, thing: Thing) -> bool:
    return thing.responsible_id in {post.staff_id for post in person.posts}


def holder(person: Person, thing: Thing) -> bool:
    return thing.post_id in {post.staff_id for post in person.posts}


def director(person: Person, thing: Thing) -> bool:
    """The director of the school; what belongs to no school is every director's."""
    schools = person.organizations_as("director")
    return bool(schools) and (thing.school_id is None or thing.school_id in schools)


def ward(person: Person, thing: Thing) -> bool:
    """A guardian, before consent too: to read what is asked, and to agree."""
    return thing.pupil_id in person.wards


def has_wards(person: Person, _thing: Thing) -> bool:
    return bool(person.wards)


def staff(person: Person, _thing: Thing) -> bool:
    return bool(person.posts)


def reader(person: Person, *things: Thing) -> Reader:
    """Whose names somebody may read: of their schools' pupils, of everybody at a partner they administer, and of the groups
    (`things`) they teach. Who is neither to them is «ученик другой школы».
    """
    taught = {thing.organization_id for thing in things if thing.organization_id is not None and teacher(person, thing)}
    return Reader(person.organizations_as("coordinator", "director"), person.organizations_as("partner") | taught)


def books(person: Person, _thing: Thing) -> bool:
    """Whoever teaches, or answers for a partner or for the network: rooms and equipment are for their work."""
    return bool(person.staff_as("teacher", "partner", "coordinator"))


def either(*rules: Rule) -> Rule:
    return lambda person, thing: any(rule(person, thing) for rule in rules)


# An action is `subject.verb`. A handler names the action that lets somebody in at all (checked without a thing by
# `may`), the service the same or a finer one with its thing.
RULES: dict[str, Rule] = {
    "start.menu": anyone,
    "start.invited": anyone,
    "start.help": anyone,
    "courses.see": anyone,
    "course.picture": either(partner, coordinator),
    "shortlist.keep": family,
    "settings.change": known,
    "mydata.see": known,
    "mydata.withdraw": anyone,  # whoever just withdrew is a stranger: a repeated press must find them done, not refused
    "consent.see": has_wards,
    "consent.give": ward,
    "enrollment.apply": guardian,
    "enrollment.see": family,
    "enrollment.list": known,
    "enrollment.propose": coordinator,  # another course in the place of one that went
    "enrollment.decide": coordinator,
    "enrollment.enter": coordinator,
    "enrollment.request": coordinator,
    "calls.see": coordinator,
    "allocation.run": coordinator,
    "allocation.exception": coordinator,
    "allocation.see": head,
    "allocation.check": known,
    "enrollment.answer": either(partner, coordinator),
    "yearend.answer": either(teacher, partner, coordinator),
    "yearend.see": coordinator,
    "agreeing.send": coordinator,
    "agreeing.see": either(partner, head),
    "agreeing.answer": either(partner, coordinator),
    "criteria.see": head,
    "portfolio.see": either(family, teacher, head),
    "achievement.tell": either(family, teacher),
    "achievement.decide": either(teacher, coordinator),
    "certificate.issue": either(partner, coordinator),
    "certificate.see": either(family, partner, head),
    "certificate.verify": anyone,
    "past.see": either(family, staff),
    "papers.application": either(family, head),
    "papers.open": either(partner, head),
    "papers.see": head,
    "papers.template": head,
    "papers.consent": either(ward, head),
    "papers.consents": either(has_wards, head),
    "papers.courses": either(partner, head),
    "papers.issue": head,
    "papers.number": head,
    "reports.see": head,
    "timetable.open": known,
    "timetable.see": family,
    "timetable.subscribe": either(family, teacher),
    "timetable.look": either(teacher, partner, head),
    "timetable.teach": either(teacher, partner, coordinator),
    "lesson.seen": family,
    "reminder.choose": family,
    "absence.say": family,  # «завтра не приду» is answered to a pupil too; a guardian says it
    "absence.announce": guardian,
    "absence.of-class": coordinator,
    "absence.enter": either(teacher, partner, coordinator),
    "lesson.move": either(teacher, partner, coordinator),
    "lesson.cancel": either(teacher, partner, coordinator),
    "journal.see": family,
    "journal.enter": either(teacher, partner, coordinator),
    "journal.read": either(teacher, partner, head),
    "journal.open": either(family, teacher, partner, head),
    "journal.explain": guardian,
    "journal.code": either(partner, coordinator),
    "files.send": staff,
    "roadmap.see": staff,
    "roadmap.act": either(head, partner, responsible),
    "roadmap.hand": either(head, partner),
    "roadmap.add": head,
    "resources.see": anyone,
    "resource.attach": either(partner, coordinator),
    "resource.book": books,
    "colleagues.see": staff,
    "material.see": either(family, teacher, partner, head),
    "material.give": either(teacher, partner, coordinator),
    "survey.open": either(family, head),
    "survey.answer": family,
    "survey.see": head,
    "survey.make": coordinator,
    "message.see": either(family, teacher, partner, coordinator),  # one's own sides of threads
    "message.write": either(family, teacher, partner, coordinator),
    "message.log": coordinator,
    "announcement.make": either(teacher, partner, coordinator),
    "announcement.see": either(teacher, partner, head),
    "announcement.read": family,
    "announcement.file": either(family, teacher, partner, head),
    "network.load": coordinator,
    "public.page": coordinator,
    "network.invite": coordinator,
    "guardianship.end": coordinator,
    "withdrawal.see": coordinator,
    "post.see": known,  # whoever held the post when it was asked for may see what became of it
    "post.answer": either(holder, director),
    "inbox.see": staff,
}

# ── doors: which roles an action can possibly be open to, asked in front of a handler, before any thing is known ────────

# Two rules let in everybody who is known, because what lies behind shows each their own. Their doors are narrower
# than the rule: whoever has nothing of the kind is told so at the door, and does not find an empty page.
_NARROWER: dict[str, tuple[Role, ...]] = {
    "enrollment.list": ("guardian", "student", "coordinator"),  # teachers and partners read their groups, no applications
    "timetable.open": ("guardian", "student", "teacher", "partner", "coordinator", "director"),
}
# A person in no role (a guardian who has not agreed yet is one) and a thing that is theirs in every respect.
_NOBODY = Person(id=1, telegram_id=1, wards=frozenset({1}))
_THEIRS = Thing(**{each.name: 1 for each in fields(Thing)})


def _only(role: Role) -> Person:
    """Somebody who is in this one role, and whose everything is number 1."""
    match role:
        case "guardian":
            return replace(_NOBODY, children=frozenset({1}))
        case "student":
            return replace(_NOBODY, wards=frozenset(), own=frozenset({1}))
        case _:
            return replace(_NOBODY, wards=frozenset(), posts=frozenset({Post(role, 1, 1)}))


def _doors() -> dict[str, frozenset[Role]]:
    """Tried, not listed: a door is open to the roles whose rule can say yes. No door where the rule asks for no role."""
    doors = {
        action: frozenset(role for role in ROLES if rule(_only(role), _THEIRS))
        for action, rule in RULES.items()
        if not rule(_NOBODY, _THEIRS)
    }
    return doors | {action: frozenset(roles) for action, roles in _NARROWER.items()}


DOORS = _doors()


def can(person: Person, action: str, thing: Thing) -> bool:
    """Whether this person may do this to this thing; an unknown action is nobody's."""
    rule = RULES.get(action)
    return rule is not None and rule(person, thing)


def require(person: Person, action: str, thing: Thing) -> None:
    """Refuse politely unless allowed. The sentence says nothing about the thing, not even that it exists."""
    if not can(person, action, thing):
        raise Refusal("not-yours")


def may(person: Person, action: str) -> bool:
    """Whether the door of a handler opens at all: by role alone, before any thing is known."""
    if action not in RULES:
        return False
    if action in DOORS:
        return bool(person.roles & DOORS[action])
    return RULES[action](person, Thing())
