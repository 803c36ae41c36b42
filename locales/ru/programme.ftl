# Программа: согласование с партнёрами, критерии года, программа одним файлом.

## Согласование

button-agreeing-home = 🤝 Согласование программ
agreeing-title =
    🤝 <b>Согласование с партнёрами</b>
    Программа курса, учебный план и расписание отправляются администратору партнёра; он отвечает «Согласовано» или пишет замечания. Изменилось — нужен новый ответ.
agreeing-none =
    🤝 <b>Согласование с партнёрами</b>
    Согласовывать пока нечего.
button-agreeing = { $state ->
        [new] 📤 Отправить: { $course }
        [changed] 🔄 Отправить новое: { $course }
        [waits] ⏳ { $course }
        [agreed] ✅ { $course }
       *[remarks] ✍️ { $course }
    }
agreeing-nothing = У курса нет ни программы, ни расписания: отправлять нечего. Заполните листы «Программа» и «Расписание».
agreeing-sent = 📤 Отправлено: { $partner }.
agreeing-page =
    🤝 <b>«{ $course }», { $year }</b>
    { $school } → { $partner }
    Версия { $version } от { FULLDAY($day) }
agreeing-hours = Часов по плану: { $hours ->
        [0] не указано
       *[other] { $hours }
    }. Тем в программе: { $topics }{ $planned ->
        [0] {""}
       *[other] {", "}часов в ней: { $planned }
    }
agreeing-topic = { $number }. { $topic }{ $hours ->
        [0] {""}
       *[other] {" "}({ $hours } ч)
    }
agreeing-group = • { $group }: { $when }; педагог { $teacher }
agreeing-waits = ⏳ Ждёт ответа партнёра.
agreeing-old = 🔄 С тех пор программа или расписание изменились: нужен ответ на новую версию.
agreeing-said = { $answer ->
        [agreed] ✅ Согласовано: { $who }, { FULLDAY($day) }
       *[remarks] ✍️ Замечания: { $who }, { FULLDAY($day) }. { $remarks }
    }
button-agreeing-open = 🤝 Посмотреть
button-agreeing-yes = ✅ Согласовано
button-agreeing-remarks = ✍️ Есть замечания
agreeing-why = Что изменить в курсе «{ $course }»? Напишите одним сообщением: прочитает ответственный школы.
agreeing-why-sure = <b>Отправить замечания к курсу «{ $course }»?</b>
agreeing-done = { $answer ->
        [agreed] ✅ Согласовано. Ответственный школы узнает.
       *[remarks] ✍️ Замечания отправлены ответственному школы.
    }
agreeing-changed = Пока вы смотрели, школа отправила другую версию или изменила расписание. Откройте курс ещё раз.
agreeing-agreed-already = Эта версия уже согласована. Чтобы изменить, школа отправит новую.
agreeing-answered = { $answer ->
        [agreed] ✅ «{ $course }»: { SHORT($partner) } согласовал программу, план и расписание.
       *[remarks] ✍️ «{ $course }»: у { SHORT($partner) } замечания. { $remarks }
    }
agreeing-asked = 🤝 { SHORT($school) } просит согласовать программу, учебный план и расписание курса «{ $course }»{ $version_number ->
        [1] {""}
       *[other] {", "}версия { $version_number }
    }.
## Критерии года

button-criteria = 📏 Критерии года
criteria-title =
    📏 <b>Критерии { $year }</b>
    Заполнено: { $filled } из { $all }
criteria-school = 🏫 { $school }
criteria-part = { $part ->
        [criteria] Критерии оценки
        [results] Ожидаемые результаты
       *[efficiency] Показатели эффективности
    }
button-criteria-part = { $part ->
        [criteria] Критерии
        [results] Результаты
       *[efficiency] Эффективность
    }
criterion-line =
    { $number }. { $text }
    <b>{ $value }</b>
criterion-empty = не заполнено
criterion-done = { $done ->
        [yes] проведена
       *[no] нет
    }
criterion-measure = { $measure ->
        [surveys] ответов на анкеты: { $count }, анкет: { $of }
        [achievements] подтверждённых достижений: { $count }
        [certificates] документов об обучении: { $count }
        [courses] курсов: { $count }, из них новых: { $of }
        [children] { $of ->
            [0] учатся детей: { $count }
           *[other] учатся детей: { $count } из { $of } подавших заявления
        }
        [wishes] исполнено желаний: { $count } из { $of }
        [graduates] учатся из 9-х и 11-х классов: { $count }
        [partners] партнёров: { $count }
        [agreements] партнёров с договором: { $count }
        [agreed] согласовано программ: { $count } из { $of }
        [orders] приказов: { $count }
        [resources] ресурсов, которыми интересовались: { $count } из { $of }
        [bookings] броней помещений и оборудования: { $count }, у организаций: { $of }
        [materials] материалов курсов: { $count }, взяты раз: { $of }
        [steps] выполнено задач: { $count } из { $of }
       *[teachers] сетевых педагогов: { $count }
    }
criterion-records = { $criterion ->
        [plans] индивидуальных планов: { $count }
        [research] исследований педагогов: { $count }
        [events] совместных мероприятий: { $count }
        [external] внешних оценок: { $count }
       *[practices] новых практик: { $count }
    }
button-criteria-records = { $criterion ->
        [plans] 📎 Индивидуальные планы
        [diagnostics] 📎 Психологическая диагностика
        [research] 📎 Исследования педагогов
        [events] 📎 Совместные мероприятия
        [external] 📎 Внешняя оценка
       *[practices] 📎 Новые практики
    }
criteria-records = { $criterion ->
        [plans] <b>Индивидуальные планы учеников</b>
        [diagnostics] <b>Психологическая диагностика</b>
        [research] <b>Исследования педагогов</b>
        [events] <b>Совместные мероприятия: конференции, олимпиады, проекты</b>
        [external] <b>Внешняя оценка: рейтинги, отзывы, проверки</b>
       *[practices] <b>Новые педагогические практики</b>
    }
    { $criterion ->
        [diagnostics] { $count ->
            [0] Ещё не отмечено, что проведена.
           *[other] Проведена. Результатов бот не хранит.
        }
       *[other] Внесено: { $count }
    }
criterion-kept = { $number }. { $line }
button-criterion-add = { $criterion ->
        [diagnostics] ✅ Проведена
       *[other] ➕ Добавить
    }
button-criterion-file = 📄 Документ { $number }
button-criterion-remove = 🗑 Убрать { $number }
criterion-asked = { $criterion ->
        [plans] Напишите строку («Индивидуальные планы 8А, 12 учеников») или пришлите документ с подписью. Имена детей не нужны.
        [research] Напишите, кто и что исследует, или пришлите документ с подписью.
        [events] Напишите, что за мероприятие, когда и с кем, или пришлите документ с подписью.
        [external] Напишите, кто и как оценил, или пришлите документ с подписью.
       *[practices] Напишите, в чём практика и чья она, или пришлите документ с подписью.
    }
criterion-added = ✅ Записано.
criterion-removed = 🗑 Убрано.
criterion-file-too-big = Документ больше { $limit } МБ. Пришлите поменьше.
criterion-document = { $file ->
        [none] { $line }
       *[other] { $line } ({ $file })
    }
button-criteria-pdf = 📄 PDF для директора
button-programme = 📘 Программа (DOCX)
criteria-file = Критерии
programme-file = Программа-сети
programme-caption = Паспорт, шаги, дорожная карта, критерии и документы этого года: по ним пишется программа следующего.
criteria-paper-title = Критерии программы за { $year } учебный год
criteria-paper-day = на { FULLDAY($day) }
criteria-head-text = Критерий
criteria-head-value = Показатель
criteria-head-documents = Документы и записи
criteria-sign =
    { $post ->
        [director] Директор
       *[other] { $post }
    } ____________________ / { $name } /

## Достижения

achievement-state = { $state ->
        [confirmed] подтверждено
        [declined] не подтверждено
       *[new] ждёт педагога
    }
