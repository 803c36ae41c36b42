"""Why the demo stops: one clear line each."""

from __future__ import annotations


class PortTaken(Exception):  # noqa: N818 - an answer
    """The chat page cannot be served where it was asked to; the message is one line for a person."""


class StoryBroken(Exception):  # noqa: N818 - one clear line
    """The story did not go on as it should; the message says where."""
