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
