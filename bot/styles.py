"""Which buttons stand out (Bot API, `style`): the likely one of a page, and one that destroys something."""

from __future__ import annotations

from typing import Literal, TypeAlias

Style: TypeAlias = Literal["", "primary", "danger"]

# Where a page waits for one press above all others.
LIKELY = frozenset(
    (
        "button-agree",
        "button-approve",
        "button-approve-all",
        "button-consent-read",
        "button-course-apply",
        "button-draw-lots",
        "button-enroll-all",
        "button-enroll-some",
        "button-file-apply",
        "button-form-request",
        "button-lesson-seen",
        "button-lost-sure",
        "button-offer-accept",
        "button-offer-agreeing",
        "button-publish",
        "button-submit",
        "button-submit-agreeing",
        "button-task-done",
    )
)
# What cannot simply be pressed back.
DESTRUCTIVE = frozenset(
    (
        "button-application-withdraw",
        "button-decline-all",
        "button-discard",
        "button-discard-sure",
        "button-free-nameless",
        "button-guardian-end",
        "button-leave-course",
        "button-offer-decline-sure",
        "button-unlink",
        "button-withdraw",
        "button-withdraw-all",
    )
)


def style_of(key: str) -> Style:
    """How the button with these words looks; most look like all others."""
    return "primary" if key in LIKELY else "danger" if key in DESTRUCTIVE else ""
