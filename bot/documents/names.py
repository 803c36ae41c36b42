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
    parts = full_name.split()
    if len(parts) != 3 or not all(_WORD.fullmatch(part) for part in parts):
        return full_name
    sex = "MALE" if _HIS.fullmatch(parts[2]) else "FEMALE" if _HERS.fullmatch(parts[2]) else None
    if sex is None:
        return full_name
    from pytrovich.enums import Case as Cases
    from pytrovich.enums import Gender, NamePart

    kinds = (NamePart.LASTNAME, NamePart.FIRSTNAME, NamePart.MIDDLENAME)
    wanted, gender = Cases[case.upper()], Gender[sex]
    return " ".join(_maker().make(kind, gender, wanted, part) for kind, part in zip(kinds, parts, strict=True))


@cache
def _maker() -> Any:
    from pytrovich.maker import PetrovichDeclinationMaker

    return PetrovichDeclinationMaker()
