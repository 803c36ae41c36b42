"""Names declined by a library (pytrovich, rules of petrovich); where it could err, the name stays as it is."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Literal, TypeAlias

Case: TypeAlias = Literal["genitive", "dative", "accusative"]

_WORD = re.compile(r"[А-ЯЁ][а-яё]+(-[А-ЯЁ][а-яё]+)*")
_HIS = re.compile(r".+(ович|евич|ич)")
_HERS = re.compile(r".+(овна|евна|ична|инична)")


def declined(full_name: str, case: Case) -> str:
    """«Петрова Вера Алексеевна» → «Петрову Веру Алексеевну».

    Only ФИО of three Russian words whose patronymic tells the sex is declined; everything else comes back unchanged.
    """
    gender = sex(full_name)
    if gender is None:
        return full_name
    from pytrovich.enums import Case as Cases
    from pytrovich.enums import Gender, NamePart

    kinds = (NamePart.LASTNAME, NamePart.FIRSTNAME, NamePart.MIDDLENAME)
    wanted, known = Cases[case.upper()], Gender[gender.upper()]
    return " ".join(_maker().make(kind, known, wanted, part) for kind, part in zip(kinds, full_name.split(), strict=True))


def sex(full_name: str) -> Literal["male", "female"] | None:
    """What the patronymic tells of a ФИО of three Russian words; of any other name nothing is told."""
    parts = full_name.split()
    if len(parts) != 3 or not all(_WORD.fullmatch(part) for part in parts):
        return None
    return "male" if _HIS.fullmatch(parts[2]) else "female" if _HERS.fullmatch(parts[2]) else None


def declinable(full_name: str) -> bool:
    """Whether it is known how a name is declined."""
    return sex(full_name) is not None


@cache
def _maker() -> Any:
    from pytrovich.maker import PetrovichDeclinationMaker

    return PetrovichDeclinationMaker()
