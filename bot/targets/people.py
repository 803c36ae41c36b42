"""Where buttons lead: the way in, the menu, settings, consent and one's data, invitations, calls."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Target


@dataclass(frozen=True)
class Menu(Target, prefix="menu"):
    """The way back that every page has."""


@dataclass(frozen=True)
class Nowhere(Target, prefix="page"):
    """The middle of a pager, which says where one is."""


@dataclass(frozen=True)
class Help(Target, prefix="help"):
    """What this bot can do, by role."""


@dataclass(frozen=True)
class SettingsHome(Target, prefix="settings"):
    """Language, how much a message may say, quiet hours."""


@dataclass(frozen=True)
class NewsHome(Target, prefix="settings.news"):
    """Which news of the journal one is written of."""


@dataclass(frozen=True)
class MyData(Target, prefix="mydata"):
    """What is held about a person, and how to withdraw it."""


@dataclass(frozen=True)
class WithdrawHome(Target, prefix="mydata.out"):
    """What a withdrawal would erase; pupil 0: for all children."""

    pupil: int


@dataclass(frozen=True)
class ConsentOf(Target, prefix="consent"):
    """What is asked for one child, and what was agreed to."""

    pupil: int


@dataclass(frozen=True)
class CallList(Target, prefix="calls"):
    """«Позвонить»: families to be told by telephone; pupil 0: all."""

    pupil: int


@dataclass(frozen=True)
class Invite(Target, prefix="invite"):
    """Whom to invite: the coordinator's."""


@dataclass(frozen=True)
class InviteCard(Target, prefix="invite.card"):
    """Who is in for a pupil, or at a post (kind «pupil» or «staff»), and new invitations."""

    kind: str
    id: int


@dataclass(frozen=True)
class InvitationTried(Target, prefix="invite.tried"):
    """A void invitation that somebody tried."""

    invitation: int


@dataclass(frozen=True)
class PostAsked(Target, prefix="post.ask"):
    """Somebody opened an invitation to a post that is held."""

    id: int


@dataclass(frozen=True)
class Withdrawal(Target, prefix="withdrawal"):
    """A withdrawal of consent: whose, and what is to be decided now."""

    number: int
