"""Whether a question about consent asks about this very person and child: watched in every statement of every test."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_ASKED = re.compile(r"EXISTS \(SELECT [^()]*?\bFROM ([^()]*?)\s+WHERE")
_OF = ("consents", "guardianships")


@cache  # the same statements come thousands of times
def astray(statement: str) -> list[str]:
    """What a question in this SQL looks through besides consents or guardianships.

    Who stands in the question outside must not be looked for again inside: «whether they agreed» becomes «whether anybody did».
    """
    if "consents" not in statement:
        return []
    looked = [froms for froms in _ASKED.findall(statement) if "," in froms]
    return [froms for froms in looked if any(each.strip().startswith(_OF) for each in froms.split(","))]


def watch(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    """A listener of SQLAlchemy's `before_cursor_execute`."""
    found = astray(statement)
    assert not found, f"EXISTS looks through {found}: correlate_except() the table it is about, see storage/people/consent.py"
