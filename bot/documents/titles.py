"""Posts and names of organizations in another case: by rules for words that are known; where one is not, nothing is said."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from bot.documents.names import Case, declinable, declined, sex

Gender: TypeAlias = Literal["m", "f", "n"]

_POSTS = {
    "директор", "заместитель", "учитель", "преподаватель", "методист", "педагог", "руководитель", "начальник",
    "координатор", "специалист", "секретарь", "библиотекарь", "воспитатель", "инструктор", "председатель", "мастер",
    "тренер", "организатор", "психолог", "логопед", "дефектолог", "ректор", "проректор", "декан", "завуч", "администратор",
    "консультант", "инженер", "лаборант", "советник", "помощник", "концертмейстер", "хормейстер",
}  # fmt: skip
_SHORT = ("и", "вр", "врио", "врид", "зам", "зав", "пом")  # «и. о. директора», «зам. директора» are the same in every case
_HE = {"genitive": "его", "dative": "ему", "accusative": "его"}  # «заведующего»
_SHE = {"genitive": "ей", "dative": "ей", "accusative": "ую"}

_KINDS: dict[str, tuple[Gender, str]] = {
    "учреждение": ("n", "учреждения"), "училище": ("n", "училища"), "предприятие": ("n", "предприятия"),
    "общество": ("n", "общества"), "управление": ("n", "управления"), "объединение": ("n", "объединения"),
    "организация": ("f", "организации"), "школа": ("f", "школы"), "гимназия": ("f", "гимназии"),
    "библиотека": ("f", "библиотеки"), "академия": ("f", "академии"), "ассоциация": ("f", "ассоциации"),
    "станция": ("f", "станции"), "студия": ("f", "студии"), "администрация": ("f", "администрации"),
    "школа-интернат": ("f", "школы-интерната"), "школа-сад": ("f", "школы-сада"),
    "лицей": ("m", "лицея"), "центр": ("m", "центра"), "дом": ("m", "дома"), "дворец": ("m", "дворца"),
    "музей": ("m", "музея"), "техникум": ("m", "техникума"), "колледж": ("m", "колледжа"), "институт": ("m", "института"),
    "университет": ("m", "университета"), "филиал": ("m", "филиала"), "клуб": ("m", "клуба"), "фонд": ("m", "фонда"),
    "интернат": ("m", "интерната"), "сад": ("m", "сада"), "комплекс": ("m", "комплекса"), "театр": ("m", "театра"),
    "технопарк": ("m", "технопарка"), "кванториум": ("m", "кванториума"), "лагерь": ("m", "лагеря"),
}  # fmt: skip
_ENDINGS: dict[Gender, tuple[tuple[str, str], ...]] = {
    "m": ((r"(?<=[гкх])ий", "ого"), (r"(?<=[жшчщн])ий", "его"), (r"ый|ой", "ого")),
    "f": ((r"(?<=[жшчщц])ая", "ей"), (r"ая", "ой"), (r"яя", "ей")),
    "n": ((r"ое", "ого"), (r"ее", "его")),
}


def post_in(post: str, case: Case) -> str:
    """«старший методист отдела» → «старшего методиста отдела»; empty where the post is not made of words known by heart."""
    words = post.split()
    for place, word in enumerate(words):
        low = word.lower()
        if low.rstrip(".").split(".")[0] in _SHORT and place == 0:
            return post
        if low.split("-")[-1] in _POSTS:
            rest = words[place + 1 :]
            if {"и", "или"} & {each.lower() for each in rest[:1]} or _names_another(rest, _POSTS):
                return ""
            return " ".join([*words[:place], "-".join(_noun(part, case) for part in word.split("-")), *rest])
        if low.endswith(("ющий", "ющая")) and low[:-2] in ("заведующ", "исполняющ", "управляющ"):
            return " ".join([word[:-2] + (_HE if low.endswith("ий") else _SHE)[case], *words[1:]]) if place == 0 else ""
        changed = _adjective(word, "m")
        if not changed:
            return ""
        words[place] = f"{changed[:-2]}му" if case == "dative" else changed
    return ""


def _noun(word: str, case: Case) -> str:
    """Of somebody: «учителя», «учителю»."""
    soft = word.endswith("ь")
    ending = ("ю" if soft else "у") if case == "dative" else ("я" if soft else "а")
    return (word[:-1] if soft else word) + ending


def _adjective(word: str, gender: Gender) -> str:
    """In the genitive; empty for what is no adjective of this gender."""
    for ending, instead in _ENDINGS[gender]:
        changed, count = re.subn(rf"({ending})$", instead, word)
        if count:
            return changed
    return ""


def organization_in_genitive(name: str) -> str:
    """«Районный дом культуры» → «Районного дома культуры»; «МБОУ СОШ №8» is the same. Empty where it is not known how."""
    words = name.split()
    begun = 0
    while begun < len(words) and re.fullmatch(r"[А-ЯЁA-Z]{2,}[А-ЯЁA-Z-]*", words[begun]):
        begun += 1
    if begun == len(words) or (begun and re.match(r"[«\"„“№#\d(]|[а-яё]{1,4}\.", words[begun])):
        return name if words else ""
    for place in range(begun, len(words)):
        kind = _KINDS.get(words[place].lower())
        if kind is None:
            continue
        gender, genitive = kind
        before = [_adjective(word, gender) for word in words[begun:place]]
        if not all(before) or _names_another(_unquoted(words[place + 1 :]), set(_KINDS)):
            return ""
        said = genitive.capitalize() if words[place][0].isupper() else genitive
        return " ".join([*words[:begun], *before, said, *words[place + 1 :]])
    return name if begun and words[begun][0].islower() else ""  # «ЦДО детского творчества»: what follows is its own


def _unquoted(words: list[str]) -> list[str]:
    return re.sub(r"[«\"„“][^»\"”]*", "", " ".join(words)).split()


def _names_another(words: list[str], known: set[str]) -> bool:
    """Whether another word of these stands in the nominative: it would have to change too."""
    return any(word.lower().strip(",.;") in known for word in words)


# ── as papers say them ──────────────────────────────────────────────────────────────────────────────────────────────


def of_organization(name: str) -> str:
    """After «директор»: in the genitive, or so that no case is needed."""
    return organization_in_genitive(name) or f"образовательной организации ({name})"


def titled(post: str | None, case: Case | None = None) -> str:
    """A director's post, as a line begins with it; of one that nobody has written down, «Директор»."""
    said = (post or "директор") if case is None else post_in(post or "директор", case)
    said = said or {"genitive": "руководителя", "dative": "руководителю", "accusative": "руководителя"}[case or "genitive"]
    return said[:1].upper() + said[1:]


def represented(post: str, name: str) -> str:
    """After «в лице»: «директора Иванова Сергея Ильича», or the same in brackets where it is not known how."""
    genitive = post_in(post, "genitive")
    if genitive and declinable(name):
        return f"{genitive[:1].lower()}{genitive[1:]} {declined(name, 'genitive')}"
    return f"руководителя ({post} {name})"


def acting(name: str) -> str:
    """«действующего» of a man, «действующей» of a woman."""
    return {"male": "действующего", "female": "действующей"}.get(sex(name) or "", "действующего (действующей)")


def appointed(post: str, name: str) -> str:
    """Whom: «Хачирову Ольгу Муратовну, заместителя директора»; empty where post or name stay in the nominative."""
    accusative = post_in(post, "accusative")
    return f"{declined(name, 'accusative')}, {accusative}" if accusative and declinable(name) else ""


def charged(post: str, name: str) -> str:
    """To whom: «заместителю директора Хачировой Ольге Муратовне»; empty where post or name stay in the nominative."""
    dative = post_in(post, "dative")
    return f"{dative} {declined(name, 'dative')}" if dative and declinable(name) else ""
