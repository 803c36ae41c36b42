"""What a reason speaks of, typed or in a file."""

from __future__ import annotations

import re

# Beginnings of words, «ё» as «е». Asked about, never refused: «больница» may be the name of a street.
_ILLNESS = re.compile(
    r"\b(?:боле[зюил]|более[тмш]|болн|больн|забол|прибол|хвор|недомога|диагно|инвалид|здоровь|нездоров|госпитал|травм|перелом|сотряс|операци|"
    r"грипп|орви|орз\b|ковид|covid|коронавир|температур|простуд|аллерги|астм|диабет|эпилеп|аутиз|инфекц|ангин|ветрян|пневмон|бронхит|"
    r"врач|доктор|психиатр|психолог|логопед|медотвод|медицинск|медсправк|лечени|лечит|лечат|реабилит|беремен|депресс|дцп\b|овз\b|"
    r"ill\b|illness|sick|disease|diagnos|disab|hospital|surgery|allerg|injur|doctor|pregnan)"
)


def speaks_of_illness(text: str) -> bool:
    """Whether a sentence seems to tell of somebody's health: data of a special kind (152-ФЗ, статья 10)."""
    return bool(_ILLNESS.search(text.lower().replace("ё", "е")))
