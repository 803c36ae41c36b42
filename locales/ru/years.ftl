# Учебные годы: конец года и прошлые годы.

# Конец года: партнёру и педагогу
button-year-end = 🎓 Конец года
button-year-end-open = 🎓 Ответить
button-year-group = { $group }, { $course }: { $open ->
        [0] всё отмечено
       *[other] без ответа { $open }
    }
button-year-all = ✅ Всем остальным «пройден»: { $count }
button-year-take-back = ↩️ Отменить: { $number }
button-year-take-back-all = ↩️ Отменить «всем пройден»
year-end =
    🎓 <b>Конец года { $year }</b>

    { $count ->
        [0] Всё отмечено. До 31 августа ответ ещё можно изменить.
        [one] Скажите, как закончил год { $count } ученик: пройден курс, не пройден, ребёнок выбыл или продолжает. Отвечать можно до 31 августа.
       *[other] Скажите, как закончили год { $count } учеников: пройден курс, не пройден, ребёнок выбыл или продолжает. Отвечать можно до 31 августа.
    }
year-end-none = 🎓 В { $year } учебном году в ваших группах никто не учится: отмечать некого.
year-end-over = Итоги года отмечают с 20 мая по 31 августа. Если нужно что-то исправить, скажите ответственному за сетевые курсы.
year-group =
    🎓 <b>«{ $course }», группа { $group }, { $year }</b>
    { $open ->
        [0] Всё отмечено.
       *[other] Без ответа: { $open }.
    }
year-group-signs =
    ✅ пройден · ✖️ не пройден · 🚪 выбыл · 🔁 продолжает

    «Продолжает» — в следующем году хочет на тот же курс: при распределении мест у него преимущество. Само собой в следующий год ничего не переходит.
year-pupil = { $number }. { $child }, { $class_name } — { $outcome ->
        [completed] ✅ пройден
        [failed] ✖️ не пройден
        [left] 🚪 выбыл(а)
        [continues] 🔁 продолжает
       *[none] ответа нет
    }
year-said = { $child }: { $outcome ->
        [completed] ✅ курс пройден.
        [failed] ✖️ курс не пройден.
        [left] 🚪 выбыл(а).
       *[continues] 🔁 продолжает.
    } { families-hear-soon }
year-taken-back = { $child }: ответ отменён.
year-said-all = ✅ Пройден — отмечено: { $count }. { families-hear-soon }
year-taken-back-all = Отменено ответов: { $count }.

# Семье
year-ended = { $outcome ->
        [completed] 🎓 { $child }: курс «{ $course }» пройден, { SHORT($partner) }. Поздравляем!
        [failed] { $child }: курс «{ $course }» за этот год не пройден, { SHORT($partner) }. О причинах спросите педагога.
        [left] { $child }: в конце года отмечено, что из группы курса «{ $course }» ребёнок выбыл, { SHORT($partner) }.
        [continues] 🔁 { $child } продолжит курс «{ $course }», { SHORT($partner) }. Чтобы учиться в следующем году, подайте новое заявление: при распределении мест у тех, кто продолжает, преимущество.
        [unfinished] { $child }: год на курсе «{ $course }» закончен без итога, { SHORT($partner) }. Если итог нужен, напишите в школу.
       *[closed] { $child }: учебный год закончен, и заявление на «{ $course }» закрыто, { SHORT($partner) }. На новый год подайте новое.
    }
year-ended-own = { $outcome ->
        [completed] 🎓 Курс «{ $course }» пройден, { SHORT($partner) }. Поздравляем!
        [failed] Курс «{ $course }» за этот год не пройден, { SHORT($partner) }. О причинах спроси педагога.
        [left] В конце года отмечено, что тебя больше нет в группе курса «{ $course }», { SHORT($partner) }.
        [continues] 🔁 Ты продолжишь курс «{ $course }», { SHORT($partner) }. Чтобы учиться в следующем году, родителям нужно подать новое заявление.
        [unfinished] Год на курсе «{ $course }» закончен без итога, { SHORT($partner) }.
       *[closed] Учебный год закончен, и заявление на «{ $course }» закрыто, { SHORT($partner) }.
    }
year-end-taken-back = { $child }: отметка о конце года по курсу «{ $course }» отменена, { SHORT($partner) }. Напишем, когда появится новая.
year-end-taken-back-own = Отметка о конце года по курсу «{ $course }» отменена, { SHORT($partner) }. Напишу, когда появится новая.

# Тем, кто ещё не ответил; ответственному
year-end-waits =
    🎓 { $year }: скажите, как закончили год ваши ученики. Без ответа { $pupils ->
        [one] { $pupils } ученик
        [few] { $pupils } ученика
       *[other] { $pupils } учеников
    } в { $groups ->
        [one] { $groups } группе
       *[other] { $groups } группах
    }; ответить можно до 31 августа.
year-closed = 🎓 Учебный год { $year } закрыт. { $pupils ->
        [0] Итог есть у каждого.
        [one] Без итога остался { $pupils } ученик.
        [few] Без итога остались { $pupils } ученика.
       *[other] Без итога осталось { $pupils } учеников.
    }
button-year-unfinished = 📋 Кто без итога
button-year-unfinished-count = 📋 Без итога: { $count }
year-unfinished =
    <b>{ $year }: без итога</b>
    Всего: { $count }. Никто не сказал, как они закончили год.
year-unfinished-line = • { $child }, { $class_name } — «{ $course }», { SHORT($partner) }

# Прошлые годы
button-past-years = 🗂 Прошлые годы
button-past-applications = 📝 Заявления
past-years =
    🗂 <b>Прошлые годы</b>
    Всё, что было: журнал, расписание, заявления. Менять там уже нечего.
past-years-none = Прошлых лет пока нет: всё, что было, — в этом учебном году.
past-year = 🗂 <b>{ $year } учебный год</b>
past-year-none = Этого года среди прошлых нет. Откройте меню: /start
journal-past =
    📖 <b>Журнал, { $year } учебный год</b>
    Чей журнал открыть?
journal-of-past = 📖 <b>{ $child }: журнал, { $year } учебный год</b>
applications-past = 📝 <b>Заявления, { $year } учебный год: { $total }</b>
requests-past = 📨 <b>Заявки партнёрам, { $year } учебный год: { $total }</b>
papers-past =
    🗂 <b>Документы, { $year } учебный год</b>
    Приказ и списки групп — по тем, кто учился до конца года.

# Класс
class-in-september = { $now }, в сентябре { $then }
