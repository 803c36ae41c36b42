# Настройки: язык, подробность сообщений, тихие часы.

settings-page =
    ⚙️ <b>Настройки</b>

    Язык: { $language }
    Сообщения: { $detail }
    Тихие часы: { $quiet }
settings-detail-full = подробно, с отметкой
settings-detail-discreet = кратко, без отметок

button-language = 🌐 Язык
button-detail = 💬 Сообщения
button-quiet = 🌙 Тихие часы
button-consents = 📄 Согласия: { $child }
button-mydata = 🗂 Мои данные

settings-language = 🌐 <b>На каком языке говорить?</b>
language-ru = Русский
language-en = English

settings-detail =
    💬 <b>Сколько может говорить сообщение?</b>

    Подробно: «Миша: 5 — Робототехника, проект».
    Кратко: «Новая запись в журнале — открыть».

    Кратко удобно, если телефон видят другие. О переносе занятия скажем в любом случае.
button-detail-full = Подробно
button-detail-discreet = Кратко

settings-quiet =
    🌙 <b>Когда не беспокоить?</b>

    Всё несрочное придёт утром. О занятии сегодня или завтра скажем сразу.
settings-quiet-type =
    🌙 Напишите часы, например <b>21:30-6:45</b>.
button-quiet-none = Без тихих часов
button-quiet-own = ✏️ Другие часы
quiet-hours = { $begins }–{ $ends }
quiet-default = { $begins }–{ $ends }, как в школе
quiet-none = нет
quiet-not-understood = Не разобрал часы. Напишите так: 21:30-6:45
