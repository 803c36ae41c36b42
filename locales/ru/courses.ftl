# Курсы: каталог, карточка, почему курс не подходит, окно приёма заявлений.

button-course-apply = 📝 Подать заявление
button-course-application = ✏️ К заявлению
button-courses-all = Все курсы
button-courses-partner = 🏫 По организации
button-courses-direction = 🧭 По направленности
button-courses-unfiltered = Показать все

courses-for-whom = Для кого смотрим курсы?
courses-all =
    <b>Курсы сети</b>
    { $total ->
        [one] { $total } курс.
        [few] { $total } курса.
       *[other] Курсов: { $total }.
    } Нажмите на название, чтобы узнать больше.
courses-for-child =
    <b>Курсы: { $child }, { $class_name }</b>
    Подходит { $fitting } из { $total }. Нажмите на название, чтобы узнать больше.
courses-by-partner = Организация: { $partner }
courses-by-direction = Направленность: { $direction }
courses-none = Таких курсов сейчас нет. Нажмите «По организации» или «По направленности» и выберите другое.
courses-stranger = Чтобы подать заявление, нужно приглашение школы: попросите его у классного руководителя.
courses-which-partner = Чьи курсы показать?
courses-which-direction = Какую направленность показать?

course-line = <b>{ $course }</b> — { $partner }
course-line-when = { $when } · мест: { $left }
course-against = ▫️ { $why }
course-no-times = время уточняется
course-no-place = место уточняется
course-weeks = { $weeks ->
        [even] чётные недели
       *[odd] нечётные недели
    }

course-title =
    <b>{ $course }</b>
    { $partner }
course-direction = Направленность: { $direction }
course-classes = Классы: { $classes }
course-any-class = любые
course-hours = Часов: { $hours }
course-group-named = <b>Группа { $group }</b>, свободно мест: { $left }
course-group =
    🗓 { $when }
    📍 { $place }
    👤 { $teacher }
course-seats = Свободно мест: { $left } из { $seats }
course-no-groups = Группы ещё не набраны.
course-fits = ✅ { $child }, { $class_name }: курс подходит.
course-does-not-fit = { $child }, { $class_name }: курс не подходит.
course-own-state = 📝 Ваше заявление: { choice-state }

window-open = Приём заявлений до { DAY($day) }, { $days ->
        [0] сегодня последний день.
        [one] остался { $days } день.
        [few] осталось { $days } дня.
       *[other] осталось { $days } дней.
    }
window-always = Заявления принимаются без срока.
window-ahead = Приём заявлений начнётся { DAY($day) }.
window-over = Приём заявлений закончился { DAY($day) }.
window-refused-ahead = Приём заявлений на «{ $course }» начнётся { DAY($day) }. Приходите в этот день.
window-refused-over = Приём заявлений на «{ $course }» закончился { DAY($day) }. Посмотрите другие курсы.

# Почему курс не подходит

on-weekday = { $weekday ->
        [0] В понедельник
        [1] Во вторник
        [2] В среду
        [3] В четверг
        [4] В пятницу
        [5] В субботу
       *[6] В воскресенье
    }
against-class = Курс для классов { $classes }, а не для { $class }.
against-lessons = { on-weekday } в это время у { $class } уроки: { $starts }–{ $ends }.
against-road-from-lessons = { on-weekday } не успеть: уроки { $class } до { $ends }, занятие с { $own }, дорога { $minutes } мин.
against-road-to-lessons = { on-weekday } не успеть: занятие до { $own }, уроки { $class } с { $starts }, дорога { $minutes } мин.
against-course = { on-weekday } в это время «{ $course }»: { $starts }–{ $ends }.
against-road-from-course = { on-weekday } не успеть: «{ $course }» до { $ends }, занятие с { $own }, дорога { $minutes } мин.
against-road-to-course = { on-weekday } не успеть: занятие до { $own }, «{ $course }» с { $starts }, дорога { $minutes } мин.
