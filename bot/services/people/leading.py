"""«Какие оценки у Миши», «миша заболел»: a sentence nobody asked for leads to the pages it is about. Pure."""

from __future__ import annotations

import re

LONGEST = 200  # characters that are read at all
MOST = 3  # pages one sentence leads to
_WHEN = r"(?:когда|во сколько|в котором часу|где|какие|какое|есть ли|будет ли|что|до скольк\w*|сегодня|завтра)"
_LESSON = r"(?:заняти\w*|занимаемся|урок\w*|трениров\w*)"
# In this order; a topic is a page of handlers/people/leading.py.
_TOPICS = {
    "absence": r"забол\w+|заболе\w*|боле[её]т|болеем|болею|приболе\w*|температур\w*|простуд\w*|простыл\w*|опозда\w*|отпрос\w*|отпусти\w*",
    "timetable": rf"р[ао]с?писани\w*|что (?:\w+ ){{0,2}}(?:сегодня|завтра)|{_WHEN} .*{_LESSON}|{_LESSON} (?:\w+ )?{_WHEN}|{_LESSON}",
    "journal": r"оцен(?:к\w*|ок)|отмет(?:к\w*|ок)|дневник\w*|журнал\w*|посещаемост\w*|пропуск\w*|домашн\w*|домашк\w*|задали|дз|успеваемост\w*",
    "applications": r"заявлени\w*|заявк\w*|зачисл\w*|очеред\w*|принял\w*|резерв\w*",
    "courses": r"что[- ]?(?:нибудь|нить|то)(?: .*)?|чем занять\w*|куда (?:\w+ ){0,2}(?:записа\w*|ходить|отдать)|кружк\w*|кружо\w*|секци\w*|курс\w*|запис\w*|запиш\w*",
    "settings": r"отпис\w*|отпиш\w*|(?:не приход\w*|где) (?:\w+ )?(?:сообщени\w*|письм\w*)|отключ\w*|уведомлени\w*|не пиши\w*|не присыла\w*|тихи\w* час\w*|язык\w*",
    "mydata": r"мои данн\w*|персональн\w*|удали\w*|согласи\w*",
    "help": r"помощь|помоги\w*|не понима\w*|как (?:\w+ )?пользоваться|как (?:это|тут|здесь|оно) .*|что (?:ты|вы|бот) уме\w*|инструкци\w*",
}
_SPEAK_OF = {topic: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])") for topic, words in _TOPICS.items()}
# «Можно перенести занятие?» names a lesson, and yet no page answers it: it is for people.
_FOR_PEOPLE = re.compile(
    r"(?<!\w)(?:можно(?! (?:ли )?(?:записа|посмотре|узна))|нельзя|перенес\w*|почему(?!-)|зачем(?!-)|позвон\w*|перезвон\w*|поговор\w*|жалоб\w*|передай\w*|скажите \w+ч)(?!\w)"
)
_THANKS = re.compile(
    r"(?:ок|хорошо|понятно|ясно|большое|огромное|да|всё|все|и|вам|тебе|за помощь|спасибо\w*|спс|благодар\w*|принято|👍|🙏|[,.!) ])+"
)
_HELLO = re.compile(
    r"(?:(?:добр\w+ (?:день|утро|вечер)|доброго (?:дня|утра)|здравствуй(?:те)?|здрасте|привет\w*|салам\w*)[,.! )]*)+"
)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())


def topics(text: str) -> tuple[str, ...]:
    """The pages a sentence is about, of those that answer it; none where people are asked."""
    said = _plain(text)
    if len(said) > LONGEST or _FOR_PEOPLE.search(said):
        return ()
    return tuple(topic for topic, words in _SPEAK_OF.items() if words.search(said))[:MOST]


def for_people(text: str) -> bool:
    """«Позвоните мне», «можно перенести занятие»: no page can answer it, somebody has to."""
    return _FOR_PEOPLE.search(_plain(text)) is not None


def greets(text: str) -> bool:
    """«Добрый день!», and nothing else."""
    return _HELLO.fullmatch(_plain(text)) is not None


def thanks(text: str) -> bool:
    """«Хорошо, спасибо», and nothing else."""
    return _THANKS.fullmatch(_plain(text)) is not None
