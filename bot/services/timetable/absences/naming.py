"""How children are called: which of a family's children a word means, in any case, by the full name or a short one."""

from __future__ import annotations

from collections.abc import Mapping

# Full names with the short ones; «Саша» and «Женя» belong to several.
_CALLED = """
александр: саша саня шура алекс сашка сашенька
александра: саша шура сашка сашенька аля
алексей: леша алеша леха лешка
алина: аля алинка
алиса: алиска
альбина: аля
анастасия: настя ася настенька настюша
анатолий: толя
ангелина: геля лина
андрей: андрюша андрейка
анна: аня анюта нюта нюра анечка анька
антон: антоша тоша
арина: ариша
арсений: сеня арсюша
артем: тема артемка
артур: артурчик
борис: боря
вадим: вадик
валентина: валя
валерий: валера
валерия: лера
варвара: варя
василий: вася
василиса: вася
вера: верочка веруня
вероника: ника
виктор: витя
виктория: вика
виталий: виталик
владимир: вова володя вовочка
владислав: влад владик слава
вячеслав: слава
галина: галя
георгий: гоша жора гера
герман: гера
григорий: гриша
дарья: даша дашенька дашуля
даниил: даня данила данил
данила: даня данил
денис: дениска
дмитрий: дима митя димочка димка
евгений: женя
евгения: женя
егор: егорка гоша
екатерина: катя катюша катенька
елена: лена леночка
елизавета: лиза лизонька
иван: ваня ванечка ванька
игорь: игорек
илья: илюша
инна: инночка
ирина: ира ириша
карина: кариша
кирилл: кирюша кира
константин: костя
кристина: кристя кристи
ксения: ксюша
лариса: лара
лев: лева
леонид: леня
любовь: люба
людмила: люда мила
максим: макс
маргарита: рита марго
марина: мариша
мария: маша маруся машенька муся
матвей: мотя
михаил: миша мишка мишенька
надежда: надя
наталья: наташа ната
наталия: наташа ната
никита: никитка
николай: коля
оксана: ксюша
олег: олежка
ольга: оля оленька
павел: паша пашка
петр: петя петька
полина: поля
роман: рома ромка
руслан: русик
светлана: света
семен: сема
сергей: сережа серега
снежана: снежа
софия: соня софа
софья: соня софа
станислав: стас слава
степан: степа
тамара: тома
татьяна: таня
тимофей: тима
тимур: тимурка
ульяна: уля
федор: федя
филипп: филя
юлия: юля
юрий: юра
яна: яночка
ярослав: ярик слава
ярослава: яра слава
"""
_GROUPS = [frozenset(line.replace(":", "").split()) for line in _CALLED.strip().splitlines()]
_HARD_A = ("а", "ы", "и", "у", "е", "ой", "ою", "ей")
_SOFT_A = ("я", "и", "ю", "е", "ей", "ею", "ьи", "ье", "ью")
_CONSONANT = ("", "а", "у", "ом", "ем", "е")
_SHORT_I = ("й", "я", "ю", "ем", "е", "и")
_SOFT_SIGN = ("ь", "я", "ю", "ем", "е", "и", "ью")
_STEMS = {"павел": "павл", "лев": "льв", "любовь": "любов"}  # whose vowel leaves


def plain(word: str) -> str:
    """Small letters, «ё» as «е»."""
    return word.lower().replace("ё", "е")


def forms_of(name: str) -> frozenset[str]:
    """Every way to write a first name: it and its short ones, in all their cases."""
    name = plain(name)
    called = {name}.union(*(group for group in _GROUPS if name in group))
    return frozenset(form for each in called for form in _cases(each))


def _cases(name: str) -> set[str]:
    stem = name[:-1]
    match name[-1:]:
        case "а":
            found = {stem + end for end in _HARD_A}
        case "я":
            found = {stem + end for end in _SOFT_A}
        case "й":
            found = {stem + end for end in _SHORT_I}
        case "ь":
            found = {stem + end for end in _SOFT_SIGN}
        case _:
            found = {name + end for end in _CONSONANT}
    if name in _STEMS:
        found |= {_STEMS[name] + end for end in (*_CONSONANT[1:], "и", "ью")}
    return found | {name}


def meant_by(word: str, children: Mapping[int, str]) -> frozenset[int]:
    """The children (by their ФИО) whom a word may mean by the first name."""
    word = plain(word)
    return frozenset(pupil for pupil, full in children.items() if word in forms_of(_first(full)))


def _first(full_name: str) -> str:
    parts = full_name.split()
    return parts[1] if len(parts) > 1 else full_name
