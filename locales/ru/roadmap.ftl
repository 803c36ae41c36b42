# Дорожная карта и регламент: доска задач, задача, напоминания о сроках.

button-tasks-open = 🗂 Открыть задачи
button-task-done = ✅ Выполнено
button-task-put-off = ⏳ Отложить
button-task-hand = 👤 Кому
button-task-bare = Без документа
button-task-paper = 📎 Открыть документ
button-task-reopen = ↩️ Вернуть в работу
button-task-other-day = 📅 Другая дата
button-task-three-days = На 3 дня: до { DAY($day) }
button-task-week = На неделю: до { DAY($day) }

# ── доска ──

tasks-title = <b>Задачи дорожной карты и регламента</b>
tasks-later-title = <b>Задачи позже</b>
tasks-done-title = <b>Сделано</b>
tasks-passed-title =
    <b>Прошло до начала работы бота</b>
    О них не напоминаю. Если задача сделана, её можно отметить; если делается — отложить на новый срок.
tasks-heading-overdue = 🔴 <b>Просрочено</b>
tasks-heading-month = 🟡 <b>В ближайший месяц</b>
tasks-none-now = Просроченных задач нет, в ближайший месяц сроков нет.
tasks-none-yours = Вам пока не поручено ни одной задачи. Когда поручат, я напишу.
tasks-none-here = Здесь пока пусто.
tasks-next = Ближайшая: { $title } — до { DAY($due) }, { $days ->
        [one] остался { $days } день
        [few] осталось { $days } дня
       *[many] осталось { $days } дней
    }.
tasks-tab-now = Сейчас · { $count }
tasks-tab-later = Позже · { $count }
tasks-tab-done = Сделано · { $count }
tasks-tab-passed = Прошло · { $count }

task-line-overdue = <b>{ $place }.</b> { $title } — срок был { DAY($due) }, { $days ->
        [one] просрочено на { $days } день
        [few] просрочено на { $days } дня
       *[many] просрочено на { $days } дней
    }
task-line-ahead = <b>{ $place }.</b> { $title } — до { DAY($due) }, { $days ->
        [0] сегодня последний день
        [one] остался { $days } день
        [few] осталось { $days } дня
       *[many] осталось { $days } дней
    }
task-line-passed = <b>{ $place }.</b> { $title } — срок был { DAY($due) }
task-line-done = <b>{ $place }.</b> { $title } — { DAY($done) }
task-button = { $mark } { $place }
tasks-choose = Нажмите номер, чтобы открыть задачу.

# ── задача ──

task-of-roadmap = Дорожная карта, { $number }
task-of-regulation = Регламент, { $number }
task-place = { $where }
task-title =
    { $where }
    <b>{ $title }</b>
task-state-overdue = 🔴 Срок был { DAY($due) }: { $days ->
        [one] просрочено на { $days } день
        [few] просрочено на { $days } дня
       *[many] просрочено на { $days } дней
    }
task-state-ahead = { $mark } { $days ->
        [0] До { DAY($due) }: сегодня последний день
        [one] До { DAY($due) }, остался { $days } день
        [few] До { DAY($due) }, осталось { $days } дня
       *[many] До { DAY($due) }, осталось { $days } дней
    }
task-state-passed = ▫️ Срок был { DAY($due) }, до начала работы бота. Не напоминаю.
task-state-done = ✅ Сделано { FULLDAY($done) }
task-put-off-from = Отложено: по плану срок { DAY($planned) }.
task-window = Время: с { DAY($starts) } по { DAY($ends) }{ $repeats ->
        [week] , каждую неделю
        [month] , каждый месяц
        [half_year] , в конце каждого полугодия
        [always] , без срока
       *[none] {""}
    }
task-result = Что должно получиться: { $result }
task-responsible = Отвечает: { $name }
task-responsible-not-in = Отвечает: { $name } (ещё не в боте, поэтому напоминаю ответственному за сетевое взаимодействие)
task-responsible-partner = Отвечает: администратор партнёра
task-responsible-coordinator = Отвечает: ответственный за сетевое взаимодействие
task-corrected-number = ℹ️ Исправлено: в паспорте программы этот шаг напечатан под номером { $printed }, потому что там два пятых шага и нет седьмого. По порядку он { $number }-й.
task-corrected-window = ℹ️ Исправлено: в паспорте программы напечатано «{ $printed }» — это вне срока программы. Читаем как сентябрь учебного года.
task-proof = Подтверждение: { $proof }
task-proof-file = Подтверждение: документ «{ $name }»
task-seen = Закрыто само: { $seen }
task-seen-applications = { $count ->
        [one] { $count } заявление, последнее { DAY($last) }
        [few] { $count } заявления, последнее { DAY($last) }
       *[many] { $count } заявлений, последнее { DAY($last) }
    }
task-seen-requests = { $count ->
        [one] { $count } заявка партнёрам, последняя { DAY($last) }
        [few] { $count } заявки партнёрам, последняя { DAY($last) }
       *[many] { $count } заявок партнёрам, последняя { DAY($last) }
    }
task-seen-enrolled = { $count ->
        [one] зачислен { $count } ученик
        [few] зачислено { $count } ученика
       *[many] зачислено { $count } учеников
    }
task-seen-timetable = в расписании { $lessons ->
        [one] { $lessons } занятие
        [few] { $lessons } занятия
       *[many] { $lessons } занятий
    }, { $groups ->
        [one] { $groups } группа
        [few] { $groups } группы
       *[many] { $groups } групп
    }
task-seen-journal = журнал заполнен: { $lessons ->
        [one] { $lessons } занятие
        [few] { $lessons } занятия
       *[many] { $lessons } занятий
    }, { $groups ->
        [one] { $groups } группа
        [few] { $groups } группы
       *[many] { $groups } групп
    }
task-seen-no-lessons = занятий с зачисленными учениками на этой неделе не было
task-seen-order = приказ { $number } от { DAY($day) }
task-seen-agreement = { $count ->
        [one] { $count } договор, последний от { DAY($last) }
        [few] { $count } договора, последний от { DAY($last) }
       *[many] { $count } договоров, последний от { DAY($last) }
    }
task-seen-certificates = { $count ->
        [one] выдан { $count } документ об обучении, последний { DAY($last) }
        [few] выдано { $count } документа об обучении, последний { DAY($last) }
       *[many] выдано { $count } документов об обучении, последний { DAY($last) }
    }
task-seen-agreed = { $count ->
        [one] согласован { $count } курс, последний ответ { DAY($last) }
        [few] согласовано { $count } курса, последний ответ { DAY($last) }
       *[many] согласовано { $count } курсов, последний ответ { DAY($last) }
    }
task-seen-report = отчёт за { $half }-е полугодие сделан { DAY($last) }
task-seen-year-over = учебный год закончился
task-history = <b>История</b>
task-event-done = { DAY($at) }: выполнено — { $by }
task-event-put-off = { DAY($at) }: отложено до { DAY($to) } — { $by }
task-event-hand = { DAY($at) }: передано, отвечает { $to } — { $by }
task-event-reopen = { DAY($at) }: возвращено в работу — { $by }
task-event-seen = { DAY($at) }: закрыто само

# ── выполнено, отложить, кому ──

task-ask-proof =
    <b>{ $title }</b>

    Чем подтвердить? Пришлите файл или фото документа, ссылку, номер — или напишите словами.
    Ожидается: { $result }
task-ask-proof-free =
    <b>{ $title }</b>

    Если есть документ, пришлите его файлом, фото, ссылкой или словами. Можно и без него.
task-ask-day =
    <b>{ $title }</b>
    Срок: { DAY($due) }

    До какого дня отложить? Напомню в этот день.
task-ask-typed-day = Напишите день: например, 15.12 или 15 декабря.
task-ask-hand =
    <b>{ $title }</b>

    Кому поручить? Я напишу этому человеку.
task-colleague = { $name } · { $role ->
        [coordinator] координатор
        [director] директор
        [partner] администратор
       *[teacher] педагог
    }{ $reached ->
        [yes] {""}
       *[no] {" "}· ещё не в боте
    }
task-photo-name = Фото { FULLDAY($day) }.jpg
task-done-word = Готово: задача выполнена.
task-reopened-word = Задача снова в работе.
task-put-off-word = Отложено до { DAY($day) }. Напомню в этот день.
task-put-off-other-year = Отложено до { FULLDAY($day) }. Напомню в этот день.
task-handed-word = Передано. Я напишу, кому поручили.
task-handed-unreached-word = Передано. Этот человек ещё не в боте, поэтому напоминания приходят ответственному за сетевое взаимодействие.

task-needs-proof = Нужно подтверждение: пришлите файл, ссылку, номер или напишите словами.
task-proof-too-long = Это длиннее { $limit } знаков. Напишите короче или пришлите файлом.
task-file-too-big = Файл больше { $limit } МБ. Пришлите файл поменьше или ссылку на него.
task-already-done = Задача уже выполнена. Чтобы изменить её, сначала верните её в работу.
task-day-over = Этот день уже прошёл или идёт. Выберите день позже.
task-day-too-far = Отложить можно не больше чем на год.
task-day-unclear = Не понял день. Напишите так: 15.12 или 15 декабря.

# ── письма ──

task-due =
    ⏰ <b>{ $title }</b>
    { $days ->
        [0] Срок сегодня, { DAY($due) }.
        [one] Срок до { DAY($due) }, остался { $days } день.
        [few] Срок до { DAY($due) }, осталось { $days } дня.
       *[many] Срок до { DAY($due) }, осталось { $days } дней.
    }
task-overdue =
    🔴 <b>{ $title }</b>
    Срок был { DAY($due) }, { $late ->
        [one] просрочено на { $late } день.
        [few] просрочено на { $late } дня.
       *[many] просрочено на { $late } дней.
    }
task-handed =
    👤 { $by } поручает вам задачу.
    <b>{ $title }</b>
    Срок до { DAY($due) }.
tasks-due =
    ⏰ <b>Сроки задач: { $count }</b>{ $overdue ->
        [0] {""}
       *[other] , просрочено { $overdue }
    }
    { $tasks }
tasks-passed =
    🗂 <b>Эти сроки прошли до того, как я начал работать</b>
    Напоминать о них не буду. Что ещё делается, можно отложить на новый срок.

    { $tasks }
task-letter-passed = • { $title } — срок был { DAY($due) }
task-letter-line = • { $title } — до { DAY($due) }
task-letter-more = … и ещё { $count }
