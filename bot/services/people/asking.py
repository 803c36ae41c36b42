"""«Кому передать?»: who can answer a family's question. The one place that knows whom it may be passed on to."""

from __future__ import annotations

import re

from bot.policy import Person
from bot.services.people.leading import for_people
from storage.db import Tx
from storage.people import contacts
from storage.people.contacts import Contact

_ASKS = re.compile(
    r"(?:а |и |скажите,? |подскажите,? |здравствуйте[,!.]? )*"
    r"(?:когда|где|куда|откуда|как|какой|какая|какое|какие|каких|почему|зачем|кто|кому|что|чем|сколько|можно|нужно|надо|есть ли|будет ли|скажите|подскажите)\b(?!-|\s(?:нибудь|нить|то)\b).*",
    re.DOTALL,
)


def is_question(text: str) -> bool:
    """Whether a sentence nobody asked for asks something, or wants somebody to do something."""
    words = " ".join(text.lower().split())
    return words.endswith("?") or _ASKS.fullmatch(words) is not None or for_people(text)


async def who_answers(tx: Tx, by: Person) -> list[Contact]:
    """Whom somebody can ask: the schools of their children, and the partners where they learn. First whoever knows most."""
    return await contacts.of_pupils(tx, by.pupils)
