# Расписание: страница семьи, занятия педагога, письма об изменениях.

# Письма семьям

lesson-moved =
    📅 { $own ->
        [yes] Твоё
       *[no] { $child }:
    } занятие «{ $subject }» переносится.
    Было: { WHEN($was, $year) }.
    Стало: { WHEN($now, $year) }.
lesson-moved-end =
    📅 { $own ->
        [yes] Твоё
       *[no] { $child }:
    } занятие «{ $subject }» закончится в другое время.
    Начало: { WHEN($now, $year) }.
    Конец: в { TIME($now_ends) } (было в { TIME($was_ends) }).
lesson-cancelled =
    ❌ { $own ->
        [yes] Твоё
       *[no] { $child }:
    } занятие «{ $subject }» отменяется.
    Его не будет { WHEN($was, $year) }.
lesson-cancelled-elsewhere =
    ❌ { $own ->
        [yes] Твоё
       *[no] { $child }:
    } занятие «{ $subject }» отменяется.
    Его не будет { WHEN($now, $year) } (раньше стояло { WHEN($was, $year) }).
lesson-added =
    📅 { $own ->
        [yes] Тебе добавлено
       *[no] { $child }: добавлено
    } занятие «{ $subject }».
    Ждём { WHEN($now, $year) }.
lesson-restored =
    📅 { $own ->
        [yes] Твоё
       *[no] { $child }:
    } занятие «{ $subject }» всё-таки состоится.
    Ждём { WHEN($now, $year) }.
lesson-room =
    📍 { $own ->
        [yes] Твоё
       *[no] { $child }:
    } занятие «{ $subject }» пройдёт в другом месте.
    Было: { $was_place }.
    Стало: { $now_place }.
    Время: { WHEN($now, $year) }.
lesson-teacher =
    👤 { $own ->
        [yes] Твоё
       *[no] { $child }:
    } занятие «{ $subject }» проведёт другой педагог.
    Было: { $was_teacher }.
    Стало: { $now_teacher }.
    Время: { WHEN($now, $year) }.
lesson-now-place = Место: { $place }.
lesson-now-teacher = Педагог: { $teacher }.
lesson-because = Причина: { $reason }
button-lesson-seen = Ознакомлен(а)
button-lesson-seen-done = ✅ Ознакомлен(а)
lesson-seen-thanks = Спасибо!
lesson-seen-already = Уже отмечено, спасибо!
lesson-change-stale = С тех пор занятие изменили ещё раз: смотрите более новое сообщение или расписание — /timetable

# Педагогу: замена

lesson-stand-in =
    👤 Вы ведёте занятие «{ $subject }», группа { $group }.
    Когда: { WHEN($at) }.
    Вместо: { $teacher }.
lesson-stood-in-for =
    👤 Занятие «{ $subject }», группа { $group }, проведёте не вы.
    Когда: { WHEN($at) }.
    Ведёт: { $teacher }.

lessons-tomorrow =
    🔔 { $own ->
        [yes] Твои занятия
       *[no] { $child }: занятия
    } { ONDAY($day) }.
lessons-tomorrow-line = { TIME($at) } «{ $subject }» — { $place }

# Письма педагогу и ответственному

lesson-call-list =
    { $cancelled ->
        [yes] 📞 «{ $subject }»: занятие { WHEN($at) } отменено.
       *[no] 📞 «{ $subject }»: занятие изменили, теперь оно { WHEN($at) }.
    }
    { $families ->
        [one] { $families } семья ещё не ознакомилась.
        [few] { $families } семьи ещё не ознакомились.
       *[other] { $families } семей ещё не ознакомились.
    } Кому позвонить — на странице занятия.
lesson-call-line = • { $name }
lesson-call-rest = … и ещё { $count }
button-lesson-open = Открыть занятие

# Страница семьи

timetable-today = <b>📅 Сегодня, { DAY($day) }</b>
timetable-tomorrow = <b>📅 Завтра, { DAY($day) }</b>
timetable-on = <b>📅 { FULLDAY($day) }, { LONGWEEKDAY($day) }</b>
timetable-child = 👤 { $child }
timetable-week = <b>📅 Неделя: { SPAN($monday, $sunday) }</b>
timetable-day = <b>{ SHORTDAY($day) }</b>
timetable-lesson = <code>{ TIME($starts) }–{ TIME($ends) }</code> <b>{ $course }</b>
timetable-lesson-of = <code>{ TIME($starts) }–{ TIME($ends) }</code> <b>{ $course }</b> — { $who }
timetable-where = { $place } · { $teacher }
timetable-cancelled = <s>{ TIME($starts) }–{ TIME($ends) } { $course }</s> — отменено
timetable-cancelled-of = <s>{ TIME($starts) }–{ TIME($ends) } { $course }</s> — { $who }: отменено
timetable-left = <s>{ TIME($starts) }–{ TIME($ends) } { $course }</s> — перенесено на { SHORTDAY($now) }, { TIME($now) }
timetable-left-of = <s>{ TIME($starts) }–{ TIME($ends) } { $course }</s> — { $who }: перенесено на { SHORTDAY($now) }, { TIME($now) }
timetable-moved-from = ↪️ перенесено с { DAY($was) }, { TIME($was) }
timetable-more = … и ещё { $count }. Все занятия видны по дням.
timetable-empty-today = Сегодня занятий нет.
timetable-empty-tomorrow = Завтра занятий нет.
timetable-empty-on = В этот день занятий нет.
timetable-empty-week = На этой неделе занятий нет.
timetable-next = Ближайшее: «{ $course }» { WHEN($at) }.
timetable-next-of = Ближайшее: «{ $course }» { WHEN($at) } ({ $who }).
timetable-next-now = Сейчас идёт «{ $course }»{ $who ->
    [none] {""}
   *[other] {" "}({ $who })
  }, до { TIME($ends) }.
timetable-next-soon = Ближайшее: «{ $course }»{ $who ->
    [none] {""}
   *[other] {" "}({ $who })
  } { $left }.
timetable-in = через { $time }
timetable-road = , ехать { $time }
duration-hours = { $count ->
    [one] { $count } час
    [few] { $count } часа
   *[many] { $count } часов
  }
duration-minutes = { $count ->
    [one] { $count } минуту
    [few] { $count } минуты
   *[many] { $count } минут
  }
timetable-no-next = Новых занятий в расписании пока нет.
timetable-no-groups-own = Занятий пока нет. Начни с курсов: после зачисления здесь появится расписание.
timetable-no-groups = Занятий пока нет. Начните с курсов: после зачисления здесь появится расписание.
button-today = Сегодня
button-tomorrow = Завтра
button-week = Неделя
button-date = 🗓 Дата
button-all-children = Все дети
timetable-month =
    <b>🗓 { MONTH($month) }</b>
    Выберите день. Точкой отмечены дни с занятиями.
timetable-month-own =
    <b>🗓 { MONTH($month) }</b>
    Выбери день. Точкой отмечены дни с занятиями.
button-month-day = { $busy ->
    [yes] { $day }•
   *[no] { $day }
  }
button-month-before = ‹ { MONTH($month) }
button-month-after = { MONTH($month) } ›
button-week-before = ‹ Неделя раньше
button-week-after = Неделя позже ›

# Занятия педагога, партнёра, ответственного

button-family-timetable = 📅 Расписание детей
button-lessons-today = Сегодня
button-lessons-week = Неделя
button-day-before = ‹ День раньше
button-day-after = День позже ›
button-by-group = По группам
button-by-place = По местам
button-by-teacher = По педагогам
button-all-partners = Все партнёры
lessons-week = <b>🗓 Занятия: { SPAN($monday, $sunday) }</b>
lessons-week-group = <b>🗓 { $course }, { $group }: { SPAN($monday, $sunday) }</b>
lessons-day = <b>🗓 Занятия: { FULLDAY($day) }, { LONGWEEKDAY($day) }</b>
lessons-of = { $what ->
    [partner] 🏫 { $name }
    [teacher] 👤 { $name }
   *[place] 📍 { $name }
  }
lessons-of-day-line = { $state ->
    [cancelled] ❌ <s>{ TIME($at) } { $course }</s>, { $group } — отменено
    [left] ➡️ <s>{ TIME($at) } { $course }</s>, { $group } — перенесено на { SHORTDAY($now) }, { TIME($now) }
    [moved] ↪️ <b>{ TIME($at) }</b> { $course }, { $group } · { $place } · { NAME($teacher) }
   *[plain] <b>{ TIME($at) }</b> { $course }, { $group } · { $place } · { NAME($teacher) }
  }
lessons-choose = Нажмите на занятие, чтобы перенести его, отменить или посмотреть, кто ознакомился с изменением.
lessons-line = { $state ->
    [cancelled] ❌ { WEEKDAY($at) }, { TIME($at) } · { $course }
    [moved] ↪️ { WEEKDAY($at) }, { TIME($at) } · { $course }
    [left] ➡️ { WEEKDAY($at) }, { TIME($at) } · { $course }
   *[plain] { WEEKDAY($at) }, { TIME($at) } · { $course }
  }
lessons-empty-day = В этот день занятий нет.
lessons-empty = На этой неделе занятий нет.
lessons-empty-next = На этой неделе занятий нет. Ближайшее — { WHEN($at) }.
button-lessons-next = К ближайшему занятию
lessons-partners =
    <b>🗓 Занятия</b>
    Выберите партнёра.
lessons-no-partners-yet = Групп пока нет: они появятся, когда ответственный за сетевые курсы загрузит книгу сети.
lessons-no-partners = Групп пока нет: они появятся, когда вы загрузите книгу сети.
lessons-groups =
    <b>{ SHORT($organization) }</b>
    Выберите группу.
lessons-no-groups = У этого партнёра пока нет групп.
lessons-own-groups = <b>🗓 Ваши группы</b>
lessons-teachers =
    <b>🗓 Занятия по педагогам</b>
    Выберите педагога.
lessons-places =
    <b>🗓 Занятия по местам</b>
    Выберите место.
lessons-none-to-choose = Выбирать пока не из чего: расписания ещё нет.
lessons-place-button = { SHORT($partner) }, { $place }
lessons-group-button = { $course } · { $group }

lesson-page = <b>{ $course }</b>, группа { $group }
lesson-when = 🗓 { ONDAY($starts) }, { TIME($starts) }–{ TIME($ends) }
lesson-was-planned = ↪️ По плану: { ONDAY($planned) }, { TIME($planned) }
lesson-is-cancelled = ❌ <b>Занятие отменено.</b>
lesson-place = 📍 { SHORT($organization) }, { $place }
lesson-place-only = 📍 { SHORT($organization) }
lesson-teacher-name = 👤 { $teacher }
lesson-pupils = { $count ->
    [0] 👥 В группе пока никого нет
    [one] 👥 { $count } ученик
    [few] 👥 { $count } ученика
   *[many] 👥 { $count } учеников
  }
lesson-seen-by = ✅ Ознакомились: { $seen } из { $total }
lesson-missing = Ещё не ознакомились:
lesson-is-over = Занятие уже прошло или идёт: изменить его нельзя.
button-lesson-move = Перенести
button-lesson-cancel = Отменить занятие
button-lesson-place = Место
button-lesson-restore = Вернуть занятие
button-lesson-undo = ↩️ Вернуть как было
button-lesson-page = К занятию

lesson-move-when =
    <b>Перенести «{ $course }»</b>
    Сейчас: { WHEN($at) }.

    Выберите день — время останется тем же. Или напишите день и час: «13.11 15:00» или «пятница 15:00».
lesson-move-day = { SHORTDAY($at) }
lesson-move-preview =
    <b>Перенести «{ $course }»?</b>
    Было: { WHEN($was) }.
    Стало: { WHEN($now) }.
lesson-move-until = Окончание: в { TIME($ends) }.
lesson-cancel-preview =
    <b>Отменить «{ $course }»?</b>
    Занятия не будет { WHEN($at) }.
lesson-cancel-why = Можно написать причину — её увидят семьи. Не указывайте личного: болезней, фамилий.
lesson-restore-preview =
    <b>Вернуть «{ $course }»?</b>
    Занятие состоится { WHEN($at) }.
lesson-place-ask =
    <b>Другое место для занятия «{ $course }»</b>
    Когда: { WHEN($at) }.
    Сейчас: { $place }.

    { $rooms ->
        [yes] Выберите свободное помещение или напишите место
       *[no] Напишите новое место
    }, например «каб. 5».
lesson-place-preview =
    <b>Другое место для занятия «{ $course }»?</b>
    Когда: { WHEN($at) }.
    Было: { $was }.
    Стало: { $now }.
lesson-told-now = { $count ->
    [one] Сразу напишем { $count } семье.
   *[other] Сразу напишем { $count } семьям.
  }
lesson-told-later = { $count ->
    [one] Напишем { $count } семье { WHEN($at) }.
   *[other] Напишем { $count } семьям { WHEN($at) }.
  }
lesson-nobody-hears = Писать некому: никто из семей группы ещё не вошёл в бота.
clash-title = ⚠️ Что мешает:
clash-line = • { $what }
clash-of = { $who } — { $what }
clash-of-many = { $who } и ещё { $rest } — { $what }
clash-school = в это время уроки, { TIME($starts) }–{ TIME($ends) }
clash-school-road = между занятием и уроками ({ TIME($starts) }–{ TIME($ends) }) не хватит времени на дорогу: { $minutes } мин
clash-course = в это время «{ $course }», { TIME($starts) }–{ TIME($ends) }
clash-course-road = между занятием и «{ $course }» ({ TIME($starts) }–{ TIME($ends) }) не хватит времени на дорогу: { $minutes } мин
clash-teacher = у педагога в это время «{ $course }», { TIME($starts) }–{ TIME($ends) }
clash-day-off = { $name ->
    [none] это выходной
   *[other] это нерабочий день: { $name }
  }
clash-holidays = { $name ->
    [none] это каникулы
   *[other] это каникулы: { $name }
  }
button-other-time = Другое время

lesson-done = { $families ->
    [0] Готово. Писать об этом никому не пришлось.
    [one] Готово: предупредили { $families } семью.
    [few] Готово: предупредили { $families } семьи.
   *[many] Готово: предупредили { $families } семей.
  }
lesson-undo-preview = <b>Вернуть как было?</b>
lesson-undone = { $families ->
    [0] Вернули как было. Писать об этом никому не пришлось.
    [one] Вернули как было: предупредили { $families } семью.
    [few] Вернули как было: предупредили { $families } семьи.
   *[many] Вернули как было: предупредили { $families } семей.
  }

# Отказы

lesson-gone = Этого занятия больше нет в расписании. Откройте расписание заново: /timetable
lesson-in-the-past = Занятие «{ $subject }» уже началось или прошло: изменить его нельзя.
lesson-move-to-past = Это время уже прошло. Выберите другое.
lesson-too-far = Перенести можно не дальше чем на год вперёд.
lesson-same-time = Занятие и так стоит на это время: переносить нечего.
lesson-same-place = Занятие и так в этом месте: менять нечего.
lesson-changed-since = Пока вы решали, занятие изменили. Откройте его ещё раз: /timetable
lesson-undo-too-late = Вернуть уже нельзя: прежнее время прошло. Перенесите занятие на другой день.
moment-no-such-day = Дня «{ $day }» нет в календаре. Проверьте число и напишите ещё раз.
moment-day-passed = { FULLDAY($day) } уже прошло. Если нужен следующий год, напишите с годом: { $typed }.
moment-other-weekday = { FULLDAY($day) } — { LONGWEEKDAY($day) }, а не { LONGWEEKDAY($named) }. Напишите ещё раз.
moment-which-hour = { $hour } часов утра или вечера? Напишите 07:00 или 19:00.
moment-end-first = Конец { TIME($ends) } не позже начала { TIME($starts) }. Напишите ещё раз.
moment-left-over = Не понял: «{ $words }». Напишите только день и час, например «13.11 15:00» или «пятница 15:00».
lesson-move-other-year = 📌 Это другой год: { FULLDAY($to) }.
lesson-time-unclear = Не понял, когда. Напишите день и час, например «13.11 15:00» или «пятница 15:00».
lesson-too-long = Это слишком длинно: напишите не больше { $limit } знаков.
