# Отчёты школы по журналу: посещаемость, отметки, пройденное, состав групп; незаполненный журнал.

## Периоды

report-month-name =
    { $month ->
        [1] январь
        [2] февраль
        [3] март
        [4] апрель
        [5] май
        [6] июнь
        [7] июль
        [8] август
        [9] сентябрь
        [10] октябрь
        [11] ноябрь
       *[12] декабрь
    }
report-period =
    { $kind ->
        [month] { $month }, { $year } учебный год
        [half] { $half }-е полугодие { $year } учебного года
       *[year] { $year } учебный год
    }
button-report-half = { $half }-е полугодие
button-report-year = Год

## Страница отчёта

button-report-journal = 📖 Журнал: посещаемость и отметки
report-title = <b>📖 Журнал: { $period }</b>
report-until = { SPAN($first, $last) }{ $running ->
        [yes] { " " }(по сегодня)
       *[no] { "" }
    }
report-attendance =
    Посещаемость { $percent } %: пропусков { $missed } (без причины { $absent }, болезнь { $sick }, по уважительной { $excused }), опозданий { $late }
report-attendance-none = Посещаемости пока нет: в журнале нет занятий.
report-marks = Отметок { $marks }, средняя { NUMBER($average, minimumFractionDigits: 1, maximumFractionDigits: 2) }
report-marks-only = Отметок { $marks }
report-hours =
    { $lessons ->
        [one] Проведено { $lessons } занятие
        [few] Проведено { $lessons } занятия
       *[other] Проведено { $lessons } занятий
    }, { $hours } ч
report-missing =
    { $count ->
        [one] ⚠️ Не заполнено { $count } занятие
        [few] ⚠️ Не заполнены { $count } занятия
       *[other] ⚠️ Не заполнено { $count } занятий
    }
report-composition = Состав: было { $start }, стало { $end } (пришло { $came }, выбыло { $left })
report-foreign =
    { $count ->
        [one] В группе ещё { $count } ученик другой школы: его отметки видит его школа.
        [few] В группе ещё { $count } ученика другой школы: их отметки видит их школа.
       *[other] В группе ещё { $count } учеников другой школы: их отметки видит их школа.
    }
report-partner = <b>{ SHORT($partner) }</b>
report-course = • { $course }: { $facts }
report-fact-attendance = посещаемость { $percent } %
report-fact-average = средняя { NUMBER($average, minimumFractionDigits: 1, maximumFractionDigits: 2) }
report-fact-hours = { $hours } из { $plan } ч
report-fact-hours-only = { $hours } ч
report-fact-missing = не заполнено { $count }
report-fact-none = записей нет
report-empty =
    Отчитываться пока не о чём: в этом периоде не было занятий с учениками школы.

    Цифры появятся, когда партнёр зачислит учеников, в книге сети будет «Расписание», а педагог заполнит журнал. Другой период — кнопками ниже.
button-report-groups = 👥 По группам и ученикам
button-report-missing = ⚠️ Не заполнено: { $count }
button-report-picture = 🖼 Картинкой
button-report-xlsx = 📊 XLSX
button-report-pdf = 📄 PDF

## Группы и ученики

report-groups = <b>👥 Группы: { $period }</b>
    Выберите группу: откроются её ученики.
button-report-group = { $group }, { $course }: { $percent } %
button-report-group-none = { $group }, { $course }
report-group = <b>{ $course }, группа { $group }</b>
    { $period }
    Педагог: { $teacher }
report-group-hours-plan = С начала года проведено { $hours } из { $plan } ч по программе
report-topics =
    { $count ->
        [0] Темы занятий не записаны
        [one] Записана { $count } тема
        [few] Записаны { $count } темы
       *[other] Записано { $count } тем
    }
report-programme = Пройдено тем программы с начала года: { $covered } из { $planned }
report-pupil-line = { $number }. { $child }, { $class_name } — { $facts }
report-pupil-erased = данные удалены
report-fact-missed = пропусков { $missed }
report-fact-late = опозданий { $late }
report-fact-marks = отметок { $marks }
report-pupil-hint = Номер под списком — ученик по всем курсам.
report-changes = <b>Изменения в составе</b>
report-came = + { DAY($day) }: { $child }, { $class_name }
report-left = − { DAY($day) }: { $child }, { $class_name }
report-changes-more = … и ещё { $count }: все — в XLSX.
report-pupil = <b>{ $child }, { $class_name }</b>
    { $period }
report-pupil-course = <b>{ $course }</b>, { SHORT($partner) }

## Незаполненный журнал

report-missing-title = <b>⚠️ Журнал не заполнен</b>
    { $period }
report-missing-none = ✅ Журнал заполнен: у каждого прошедшего занятия есть записи.
report-missing-group = <b>{ $course }</b>, { $group } — { $teacher }
report-missing-lesson = • { SHORTDAY($at) }, { TIME($at) }
report-missing-what = Педагогу бот напоминает через 3 дня после занятия, ответственному — через 7.

journal-unkept =
    📖 Журнал не заполнен: { $count ->
        [one] { $count } занятие
        [few] { $count } занятия
       *[other] { $count } занятий
    }.
    { $groups }
    Отметьте прямо в боте или пришлите файл.
journal-unkept-group = «{ $course }», { $group }: { $days }
journal-unkept-group-more = «{ $course }», { $group }: { $days } и ещё { $more }
journal-unkept-told =
    ⚠️ Неделю не заполнен журнал: { $count ->
        [one] { $count } занятие
        [few] { $count } занятия
       *[other] { $count } занятий
    }.
    { $groups }
    Педагогам бот уже напоминал.
journal-unkept-teacher = { $line } — { $teacher }
button-unkept-report = ⚠️ Что не заполнено

## Отчёт за полугодие и дорожная карта

report-half-task = Этим отчётом можно закрыть задачу дорожной карты «{ $task }» (срок — { DAY($due) }): PDF приложится к ней.
button-report-close = ✅ Выполнено: приложить отчёт
report-half-seen = ✅ Полугодие закончилось, отчёт сделан: задача «{ $task }» закрылась сама.
report-half-closed = ✅ Задача «{ $task }» закрыта, отчёт приложен.
report-half-none = Открытой задачи об отчёте за это полугодие нет: она уже закрыта или её нет в дорожной карте.

## Файлы

report-file = Журнал
report-plain = Отчёт по сетевому журналу
report-day = составлен { FULLDAY($day) }
report-sheet-about = Отчёт
report-sheet-partners = Партнёры
report-sheet-courses = Курсы
report-sheet-groups = Группы
report-sheet-pupils = Ученики
report-sheet-composition = Состав
report-sheet-missing = Не заполнено
report-about-period = Период
report-about-days = Дни
report-about-made = Составлен
report-about-attendance = Как считается посещаемость
report-about-attendance-how = Занятие журнала считается каждому, кто в этот день учился в группе; посещаемость — доля занятий без пропуска. Опоздание — не пропуск.
report-about-hours = Как считаются часы
report-about-hours-how = Академические, по 45 минут; занятие округляется до целых часов. Проведено — занятия по расписанию без отменённых.
report-head-number = №
report-head-marks = Отметок
report-head-partner = Партнёр
report-head-course = Курс
report-head-group = Группа
report-head-teacher = Педагог
report-head-pupil = Ученик
report-head-class = Класс
report-head-pupils = Учеников
report-head-lessons = Занятий × учеников
report-head-attendance = Посещаемость
report-head-absent = Без причины
report-head-sick = Болезнь
report-head-excused = По уважительной
report-head-late = Опозданий
report-head-average = Средняя
report-head-fives = «5»
report-head-fours = «4»
report-head-threes = «3»
report-head-twos = «2» и ниже
report-head-others = Других отметок
report-head-held = Проведено занятий
report-head-hours = Проведено часов
report-head-hours-start = Часов с начала года
report-head-hours-plan = Часов по программе
report-head-topics = Записано тем
report-head-covered = Пройдено тем программы
report-head-planned = Тем в программе
report-head-missing = Не заполнено
report-head-start = Было
report-head-came = Пришло
report-head-left = Выбыло
report-head-end = Стало
report-head-day = Дата
report-head-time = Время
report-head-what = Что произошло
report-head-why = Причина
report-what-came = пришёл(ла)
report-what-left = выбыл(а)
report-total = Всего
report-chart-attendance = Посещаемость по курсам
report-chart-months = Посещаемость по месяцам
report-chart-marks = Отметки по курсам
report-present = Были
report-absent = Без причины
report-sick = Болезнь
report-excused = По уважительной
report-card-attendance = посещаемость
report-card-average = средняя отметка
report-card-hours = часов проведено
report-card-missing = не заполнено
report-card-pupils = учеников
report-number = { NUMBER($number, minimumFractionDigits: 1, maximumFractionDigits: 2) }
report-days = { FULLDAY($first) } – { FULLDAY($last) }
report-made = { FULLDAY($day) }
report-day-short = { DAY($day) }
report-paper-missing = Не заполнено: { $days }.
report-paper-group = { $partner }. Педагог: { $teacher }. Занятий { $lessons }, часов { $hours }, тем { $topics }{ $planned ->
        [0] {""}
       *[other] , по программе { $covered } из { $planned }
    }. Учеников: было { $start }, стало { $end }.
report-nothing = За этот период в журнале нет записей.
button-report-hand-in = 🗃 Присвоить номер и сохранить
report-hand-in = Это черновик без номера. Когда отчёт готов, нажмите кнопку: он получит номер и останется в «Отправленном» таким, каким его сдали.
report-handed-in = ✅ Отчёт № { $number } от { FULLDAY($day) }: распечатайте и подпишите. Он лежит в «Документы → Отправленное».
