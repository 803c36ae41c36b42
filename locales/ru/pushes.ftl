# Журнал в сообщениях: домашнее задание, о чём писать, итог недели.

# Домашнее задание

homework-set =
    📝 { $child }, «{ $course }»: задание { $when ->
        [today] на сегодня
        [tomorrow] на завтра
        [next] к следующему занятию
       *[day] к занятию { ONDAY($due) }
    }.
    { $homework }
homework-changed =
    📝 { $child }, «{ $course }»: задание { $when ->
        [today] на сегодня
        [tomorrow] на завтра
        [next] к следующему занятию
       *[day] к занятию { ONDAY($due) }
    } изменили. Теперь так:
    { $homework }
homework-dropped =
    📝 { $child }, «{ $course }»: задание { $when ->
        [today] на сегодня
        [tomorrow] на завтра
        [next] к следующему занятию
       *[day] к занятию { ONDAY($due) }
    } отменили: { $homework }
homework-set-own =
    📝 «{ $course }»: задание { $when ->
        [today] на сегодня
        [tomorrow] на завтра
        [next] к следующему занятию
       *[day] к занятию { ONDAY($due) }
    }.
    { $homework }
homework-changed-own =
    📝 «{ $course }»: задание { $when ->
        [today] на сегодня
        [tomorrow] на завтра
        [next] к следующему занятию
       *[day] к занятию { ONDAY($due) }
    } изменили. Теперь так:
    { $homework }
homework-dropped-own =
    📝 «{ $course }»: задание { $when ->
        [today] на сегодня
        [tomorrow] на завтра
        [next] к следующему занятию
       *[day] к занятию { ONDAY($due) }
    } отменили: { $homework }
homework-set-discreet = 📖 Новая запись в журнале — открыть.
homework-changed-discreet = 📖 Новая запись в журнале — открыть.
homework-dropped-discreet = 📖 Новая запись в журнале — открыть.
homework-listed =
    • «{ $course }», задание { $when ->
        [today] на сегодня
        [tomorrow] на завтра
        [next] к следующему занятию
       *[day] к занятию { ONDAY($due) }
    } { $how ->
        [new] — { $homework }
        [corrected] изменили — { $homework }
       *[removed] отменили — { $homework }
    }

# О чём писать

settings-news-all = Из журнала: обо всём
settings-news-but = Из журнала: обо всём, кроме { $muted }
settings-news-none = Из журнала: не писать
button-news = 🔔 О чём писать
settings-news =
    🔔 <b>О чём писать из журнала?</b>

    Нажмите на строку, чтобы включить или выключить. В журнале есть всё и без сообщений.
    О переносе и отмене занятий пишем всегда.
settings-news-own =
    🔔 <b>О чём писать из журнала?</b>

    Нажми на строку, чтобы включить или выключить. В журнале есть всё и без сообщений.
    О переносе и отмене занятий пишу всегда.
button-news-on = ✅ { $news }
button-news-off = ⬜ { $news }
news-but =
    { $kind ->
        [mark] новых отметок
        [correction] исправленных отметок
        [removal] снятых отметок
        [absence] пропусков и опозданий
        [homework] домашних заданий
       *[week] итога недели
    }
news-of =
    { $kind ->
        [mark] Новые отметки
        [correction] Исправленные отметки
        [removal] Снятые отметки
        [absence] Пропуски и опоздания
        [homework] Домашние задания
       *[week] Итог недели в пятницу
    }
file-news = Сообщения из журнала

# Итог недели в пятницу

week-told = 🗓 <b>{ $child }</b>: неделя в журнале, { SPAN($monday, $sunday) }.
week-told-own = 🗓 Твоя неделя в журнале, { SPAN($monday, $sunday) }.
week-told-discreet = 📖 Итог недели в журнале — открыть.
week-told-title = Неделя в журнале, { SPAN($monday, $sunday) }
week-told-day = { WEEKDAY($day) }
week-told-there = на занятии
week-told-late = опоздание
week-told-missed = пропуск
week-told-course =
    «{ $course }»: { $lessons ->
        [one] { $lessons } занятие
        [few] { $lessons } занятия
       *[other] { $lessons } занятий
    }, { $missed ->
        [0] пропусков нет
       *[other] пропусков { $missed }
    }{ $late ->
        [0] {""}
       *[other] , опозданий { $late }
    }. { $are ->
        [marked] Отметки: { $marks }.
       *[bare] Отметок нет.
    }
week-told-more =
    { $count ->
        [one] … и ещё { $count } курс — на картинке.
        [few] … и ещё { $count } курса — на картинке.
       *[other] … и ещё { $count } курсов — на картинке.
    }
week-told-empty = За неделю { SPAN($monday, $sunday) } в журнале ничего не записано.
button-summary = 🗓 Итог недели

# Журнал ребёнка по курсам и месяцам

button-by-course = По курсу
button-by-month = По месяцу
journal-by-course = <b>📖 Журнал — { $child }</b>
    Какой курс показать?
journal-by-month = <b>📖 Журнал — { $child }</b>
    Какой месяц показать?
journal-every-course = Все курсы
journal-every-month = Все месяцы
journal-month = { MONTH($month) }
journal-narrowed = Показано: { $to }
journal-narrow-empty = Здесь записей нет.
