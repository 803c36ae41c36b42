# Курсы: каталог, карточка, почему курс не подходит, окно приёма заявлений.

button-course-apply = 📝 Подать заявление
button-course-application = ✏️ К заявлению
button-courses-all = Все курсы
button-courses-search = 🔎 Поиск
button-courses-narrow = 🎛 Отбор
button-courses-starred = ⭐ Избранное
button-courses-unfiltered = ✖️ Показать все
button-courses-partner = 🏫 Организация
button-courses-direction = 🧭 Направление
button-courses-day = 📅 День недели
button-narrow-fits = Только подходящие
button-narrow-class = Только для { $name }
button-narrow-year-which = 🎒 Класс
button-narrow-year = { $year } класс
button-narrow-any-partner = Любая организация
button-narrow-any-direction = Любое направление
button-narrow-any-day = Любой день
button-narrow-any-year = Любой класс
button-course-star = ⭐ В избранное
button-course-unstar = ☆ Убрать из избранного
button-course-picture = 🖼 Картинка
button-course-open = Открыть в боте
button-picture-add = 🖼 Добавить картинку
button-picture-change = 🖼 Сменить картинку
button-picture-remove = Убрать картинку

courses-for-whom = Для кого смотрим курсы?
courses-all =
    <b>Курсы сети{ $year ->
        [none] {""}
       *[other] , { $year } учебный год
    }</b>
    { $total ->
        [one] { $total } курс.
        [few] { $total } курса.
       *[other] Курсов: { $total }.
    } Нажмите на название, чтобы узнать больше.
courses-for-child =
    <b>Курсы: { $child }, { $class_name }</b>
    { $fitting ->
        [one] Подходит
        [few] Подходят
       *[other] Подходит
    } { $fitting } из { $total }. { $reader ->
        [pupil] Нажми
       *[other] Нажмите
    } на название, чтобы узнать больше.
courses-narrowed = 🎛 Показаны: { $what }
courses-not-narrowed = Сейчас показаны все.
courses-narrow-by = <b>Какие курсы показать?</b>
courses-none = Курсов пока нет. Загляните через несколько дней.
courses-none-load = Курсов пока нет: они появятся, когда вы загрузите книгу сети.
courses-none-words = Ничего не нашлось. Попробуйте одно слово покороче, например «робот», или нажмите «Показать все».
courses-none-starred = Здесь пока пусто. Откройте курс и нажмите «⭐ В избранное».
courses-none-narrowed = Таких курсов нет. Нажмите «Показать все» или выберите другое в «Отборе».
courses-search =
    { $reader ->
        [pupil] 🔎 <b>Что ищешь?</b>
       *[other] 🔎 <b>Что ищете?</b>
    }

    { $reader ->
        [pupil] Напиши
       *[other] Напишите
    } слово или два: название, направление или организацию. Например: <i>робот</i> или <i>шахматы</i>.
courses-welcome = 📚 Здесь все курсы сети: когда, где и подходят ли вашему ребёнку.
search-nothing = Напишите хотя бы одно слово, например «робот».
narrowed-words = слова «{ $words }»
narrowed-starred = избранное
narrowed-fits = только подходящие
narrowed-class = для { $name } класса
courses-stranger = Чтобы подать заявление, нужно приглашение школы: попросите его у классного руководителя.
courses-which-partner = Чьи курсы показать?
courses-which-direction = Какую направленность показать?
courses-which-day = В какой день?
courses-which-year = Для какого класса?

inline-open = Открыть каталог в боте
inline-nothing = Ничего не нашлось — открыть каталог
inline-fits = ✅ { $child }: подходит
inline-fits-not = ▫️ { $child }: не подходит

picture-send = 🖼 Пришлите картинку для курса «{ $course }»: фото или файл JPEG, PNG до { $limit } МБ. Её увидят все, кто откроет курс.
picture-kept = ✅ Картинка сохранена.
picture-wrong-kind = Это не картинка. Пришлите фото или файл JPEG, PNG.
picture-too-big = Картинка больше { $limit } МБ. Пришлите её как фото: Telegram сам её уменьшит.

course-line = <b>{ $course }</b>
course-aside = { $when } · { course-aside-seats }
course-aside-seats = { $left ->
        [0] мест нет
       *[other] мест: { $left }
    }
course-aside-own = { $state ->
        [enrolled] уже занимается
       *[other] заявление есть
    }
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
course-group-when = 🗓 { $when }
course-group-where = 📍 { $place }
course-group =
    { course-group-when }
    { course-group-where }
    👤 { $teacher }
course-group-fits = ✅ подходит по времени
course-seats = Свободно мест: { $left } из { $seats }
course-no-groups = Группы ещё не набраны.
course-fits = { $own ->
        [yes] ✅ Тебе курс подходит.
       *[no] ✅ { $child }, { $class_name }: курс подходит.
    }
course-does-not-fit = { $own ->
        [yes] Тебе курс не подходит.
       *[no] { $child }, { $class_name }: курс не подходит.
    }
button-courses-rest = Не подходят: { $count } ›
course-own-enrolled = 🎓 Уже занимается здесь.
course-own-state = 📝 Заявление: { choice-state }

window-open = Приём заявлений до { DAY($day) }, { $days ->
        [0] сегодня последний день.
        [one] остался { $days } день.
        [few] осталось { $days } дня.
       *[other] осталось { $days } дней.
    }
window-always = Заявления принимаются без срока.
window-ahead = Приём заявлений начнётся { DAY($day) }.
window-over = Приём заявлений закончился { DAY($day) }.
places-by-arrival = Места — кто раньше подал.
places-by-draw = Места делит жребий, спешить не нужно.
places-by-draw-after = Места делит жребий после { DAY($day) }, спешить не нужно.
places-by-draw-today = Места делит жребий после { DAY($day) }: подайте сегодня, в любой час.
places-by-draw-now = Места делит жребий.
window-refused-ahead = Приём заявлений на курс «{ $course }» начнётся { DAY($day) }. Приходите в этот день.
window-refused-over = Приём заявлений на курс «{ $course }» закончился { DAY($day) }. Посмотрите другие курсы.

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
against-class-coming = Курс для классов { $classes }, а в сентябре ребёнок будет в { $class }.
against-leaves-school = К тому времени школа уже закончена.
against-lessons = { on-weekday } в это время у { $class } уроки: { $starts }–{ $ends }.
against-road-from-lessons = { on-weekday } не успеть: уроки { $class } до { $ends }, занятие с { $own }, дорога { $minutes } мин.
against-road-to-lessons = { on-weekday } не успеть: занятие до { $own }, уроки { $class } с { $starts }, дорога { $minutes } мин.
against-course = { on-weekday } в это время «{ $course }»: { $starts }–{ $ends }.
against-road-from-course = { on-weekday } не успеть: «{ $course }» до { $ends }, занятие с { $own }, дорога { $minutes } мин.
against-road-to-course = { on-weekday } не успеть: занятие до { $own }, «{ $course }» с { $starts }, дорога { $minutes } мин.
