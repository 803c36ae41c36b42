# Доска задач: постоянные обязанности, недели, перенос с причиной, свои задачи, половины партнёров.

tasks-always-title =
    <b>Постоянные обязанности</b>
    У них нет срока, и я о них не напоминаю: закроются вместе с учебным годом. Если что-то пойдёт не так, скажу отдельно.
tasks-tab-always = Постоянно · { $count }
task-line-always = <b>{ $place }.</b> { $title }
task-line-weeks = <b>{ $place }.</b> { $title } — { $count ->
        [one] { $count } неделя
        [few] { $count } недели
       *[many] { $count } недель
    }, последняя до { DAY($due) }
task-state-always = ♾ Весь учебный год, до { DAY($until) }: срока нет, закроется вместе с годом
task-activity = Мероприятие: { $activity }
task-of-own = Своя задача, { $number }
task-halves = <b>У партнёров:</b> { $title }
task-half-done = ✅ { $partner } — { DAY($done) }
task-half-overdue = 🔴 { $partner } — { $days ->
        [one] просрочено на { $days } день
        [few] просрочено на { $days } дня
       *[many] просрочено на { $days } дней
    }
task-half-ahead = ⚪️ { $partner } — до { DAY($due) }
task-half-always = ♾ { $partner }

button-task-new = ➕ Своя задача
button-task-repeat = 🔁 Повтор
button-task-undo = ↩️ Отменить
button-task-open = 🗂 Открыть задачу
task-ask-title = Что сделать? Напишите одной строкой, например: «Провести собрание с педагогами партнёров».
task-added-word = Задача создана, срок через неделю, отвечаете вы. Срок, повтор и кому поручить — кнопками ниже.
task-needs-title = Напишите, что сделать.
task-title-too-long = Это длиннее { $limit } знаков. Напишите короче.
task-ask-turn =
    <b>{ $title }</b>

    Как часто повторять?
task-turn-none = Один раз
task-turn-week = Каждую неделю
task-turn-month = Каждый месяц
task-turn-half-year = В конце полугодия
task-turn-always = Постоянно, без срока
task-turned-word = Готово, задача повторяется иначе.

task-ask-why =
    <b>{ $title }</b>
    Новый срок: { DAY($day) }

    Почему переносите? Нажмите или напишите своими словами.
task-why-papers = Ждём документы
task-why-partner = Ждём партнёра
task-why-time = Не успеваем
task-needs-why = Напишите, почему переносите.
task-put-off-why = Почему: { $why }
task-undone-word = Отменено.
task-dropped-word = Отменено: этой задачи больше нет.
task-undo-late = Уже не отменить: с задачей сделали что-то ещё.
task-event-why = { DAY($at) }: отложено до { DAY($to) } — { $by }: { $why }
task-event-add = { DAY($at) }: задача создана — { $by }
task-event-undo = { DAY($at) }: отменено — { $by }
task-event-repeat = { DAY($at) }: { $repeats ->
        [week] теперь каждую неделю
        [month] теперь каждый месяц
        [half_year] теперь в конце полугодия
        [always] теперь без срока
       *[none] теперь один раз
    } — { $by }
task-answered = ✅ { $partner }: <b>{ $title }</b> — сделано, { $by }.
task-answered-proof =
    ✅ { $partner }: <b>{ $title }</b> — сделано, { $by }.
    Подтверждение: { $proof }

# ── год: картинка, таблица, бумага ──

button-roadmap-year = 📊 Год
button-year-picture = 🖼 Год на картинке
button-year-xlsx = Таблица XLSX
button-year-pdf = PDF
year-page =
    <b>Задачи { $year } учебного года</b>

    На картинке видно, что сделано, что горит и что впереди. В таблице и PDF — что обещано, когда сделано, на основании чего и кем.
year-file = Дорожная-карта
year-title = Задачи { $year } учебного года
year-regulation = Регламент
year-roadmap = Дорожная карта
year-own = Свои задачи
year-months = М И И А С О Н Д Я Ф М А М И
year-partners = партнёры
year-note-some = { $done } из { $count }
year-note-done = { DAY($done) }
year-note-due = до { DAY($due) }
year-state-done = сделано
year-state-overdue = просрочено
year-state-month = в этом месяце
year-state-later = позже
year-state-always = без срока
year-state-passed = прошло
year-sheet = Задачи
year-sheet-weeks = Недели
year-column-place = Где
year-column-number = №
year-column-task = Задача
year-column-activity = Мероприятие
year-column-who = Отвечает
year-column-promised = Обещано
year-column-put-off = Перенесено
year-column-why = Почему
year-column-state = Состояние
year-column-done = Сделано
year-column-evidence = На основании
year-column-by = Кто отметил
year-who-coordinator = ответственный за сетевое взаимодействие
year-who-partner = администратор: { $partner }
year-by-bot = закрыто само
year-summary = На { FULLDAY($day) }: { $summary }.
year-always = весь год
year-weekly = каждую неделю
year-day = { FULLDAY($day) }
year-put-off = { FULLDAY($day) }, перенесено на { FULLDAY($to) }
button-task-words = ✏️ Изменить
button-task-reword-task = ✏️ Задачу
button-task-reword-result = ✏️ Что должно получиться
button-task-unsay = 🗑 Убрать
task-words =
    <b>{ $title }</b>
    { $said ->
        [no] Что должно получиться: не указано
       *[other] Что должно получиться: { $result }
    }

    Что написать иначе?
task-ask-words =
    { $what ->
        [result] Напишите, что должно получиться.
       *[task] Напишите задачу другими словами.
    }{ $said ->
        [no] {""}
       *[other] {" "}Сейчас: «{ $was }».
    }
task-needs-words = Напишите словами, одной строкой.
task-reworded-word = Готово, слова изменены. Книга вернёт свои, только если их поменяют в ней.
task-event-reword = { DAY($at) }: { $what ->
        [nothing] убрано, что должно получиться
        [result] изменено, что должно получиться
       *[task] изменена задача
    } — { $by }. { $said ->
        [no] Раньше не было указано
       *[other] Было: «{ $was }»
    }
