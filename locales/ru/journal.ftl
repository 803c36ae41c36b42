# Журнал: письма семьям, страницы, файлы и ошибки в них.

# Письма семьям: отметки

mark-new = 📖 { $child }: { $marks } по курсу «{ $course }»{ $work }, { ONDAY($day) }.{ $comment }
mark-corrected = 📖 { $child }, «{ $course }»{ $work }, { ONDAY($day) } — исправлено: { $marks }.{ $comment }
mark-removed = 📖 { $child }, «{ $course }»{ $work }, { ONDAY($day) } — отметка снята: { $marks }.
marks-changed = 📖 { $child }, «{ $course }», { ONDAY($day) } — { $marks }.{ $comment }
marks-changed-new = новые отметки: { $marks }
marks-changed-corrected = исправлено: { $marks }
marks-changed-removed = снято: { $marks }
mark-debt = точка (работа не сдана)
mark-new-discreet = 📖 Новая запись в журнале — открыть.
mark-corrected-discreet = 📖 Новая запись в журнале — открыть.
mark-removed-discreet = 📖 Новая запись в журнале — открыть.
marks-changed-discreet = 📖 Новая запись в журнале — открыть.

mark-new-own = 📖 { $marks } по курсу «{ $course }»{ $work }, { ONDAY($day) }.{ $comment }
mark-corrected-own = 📖 «{ $course }»{ $work }, { ONDAY($day) } — исправлено: { $marks }.{ $comment }
mark-removed-own = 📖 «{ $course }»{ $work }, { ONDAY($day) } — отметка снята: { $marks }.
marks-changed-own = 📖 «{ $course }», { ONDAY($day) } — { $marks }.{ $comment }

# Письма семьям: посещаемость

absence =
    🔔 { $child }: пропуск { $lessons ->
        [one] занятия «{ $course }»
        [few] { $lessons } занятий «{ $course }»
       *[other] { $lessons } занятий «{ $course }»
    } { ONDAY($day) }.
late = ⏰ { $child }: опоздание на занятие «{ $course }» { ONDAY($day) }.
attendance-corrected =
    🔔 { $child }, «{ $course }», { ONDAY($day) } — исправлено: { $now ->
        [late] пропуска не было, было опоздание.
       *[there] { $was ->
            [late] опоздания не было.
           *[missed] пропуска не было.
        }
    }
absence-own =
    🔔 Пропуск { $lessons ->
        [one] занятия «{ $course }»
        [few] { $lessons } занятий «{ $course }»
       *[other] { $lessons } занятий «{ $course }»
    } { ONDAY($day) }.
late-own = ⏰ Опоздание на занятие «{ $course }» { ONDAY($day) }.
attendance-corrected-own =
    🔔 «{ $course }», { ONDAY($day) } — исправлено: { $now ->
        [late] пропуска у тебя не было, было опоздание.
       *[there] { $was ->
            [late] опоздания у тебя не было.
           *[missed] пропуска у тебя не было.
        }
    }
absence-discreet = 📖 Новая запись в журнале — открыть.
late-discreet = 📖 Новая запись в журнале — открыть.
attendance-corrected-discreet = 📖 Новая запись в журнале — открыть.
button-absence-why = Указать причину
button-journal-open = 📖 Открыть журнал

# Несколько новостей одного ребёнка в одном сообщении: заголовок и строки

journal-told = 📖 <b>{ $child }</b>, журнал:
journal-told-own = 📖 <b>Журнал:</b>
marks-listed =
    • { SHORTDAY($day) }, «{ $course }»{ $work } — { $how ->
        [mark] { $marks }
        [correction] исправлено: { $marks }
        [removal] отметка снята: { $marks }
       *[several] { $marks }
    }{ $comment }
attendance-listed =
    • { SHORTDAY($day) }, «{ $course }» — { $mended ->
        [yes] исправлено: { $now ->
            [late] пропуска не было, было опоздание
           *[there] { $was ->
                [late] опоздания не было
               *[missed] пропуска не было
            }
        }
       *[no] { $now ->
            [late] опоздание
           *[missed] { $lessons ->
                [one] пропуск занятия
                [few] пропуск { $lessons } занятий
               *[other] пропуск { $lessons } занятий
            }
        }
    }
journal-about = { DAY($day) }, { $course }

# Причина пропуска

absence-why = <b>{ $child }</b>: пропуск { ONDAY($day) }, «{ $course }». Почему? Ответ увидит только педагог.
absence-noted = Спасибо, записали: { $reason }. Ответ увидит только педагог.
absence-gone = Этого пропуска в журнале больше нет: запись исправили. Отвечать не нужно.
reason-sick = Болезнь
reason-family = По семейным обстоятельствам
reason-other = Другая причина

# Журнал ребёнка

journal-choose = <b>📖 Журнал</b>
    Чей журнал открыть?
journal-of = <b>📖 Журнал — { $child }</b>
journal-of-empty =
    Записей пока нет. Когда педагог поставит отметку или отметит пропуск, вы увидите это здесь и получите сообщение.
journal-of-empty-own = Записей пока нет. Когда педагог поставит отметку или отметит пропуск, ты увидишь это здесь, и я напишу.
journal-past-empty = В этом году записей в журнале не было.
journal-sum = <b>{ $course }</b> — пропусков { $missed }, опозданий { $late }
journal-sum-average = <b>{ $course }</b> — средняя { NUMBER($average, maximumFractionDigits: 2) }, пропусков { $missed }, опозданий { $late }
journal-day = <b>{ SHORTDAY($day) }</b> · { $course }
journal-day-entries = { $entries }
journal-day-topic = Тема: { $topic }
journal-day-homework = Домашнее задание: { $homework }
journal-day-comment = 💬 { $comment }
button-why-day = Причина пропуска { DAY($day) }

# Что значит посещаемость

meaning-absent = отсутствие
meaning-late = опоздание
meaning-sick = болезнь
meaning-excused = уважительная причина
meaning-present = присутствие
meaning-mark = это отметка

# Журнал группы (для педагога, партнёра, ответственного)

journal-staff =
    <b>📖 Журнал</b>
    Пришлите сюда файл журнала — книгу Excel или CSV: столбцы «Дата», «Группа», «Ученик», «Отметка», «Посещаемость». Я покажу, что изменится, и спрошу, применять ли.
journal-reading =
    <b>📖 Журнал</b>
    Отметки и посещаемость учеников школы, по группам и дням. Итоги — в «Отчётах».
journal-group-empty-reading = Записей пока нет: они появятся, когда педагог заполнит журнал.
journal-staff-groups = Посмотреть группу:
journal-staff-none = Групп у вас пока нет.
journal-group = <b>{ $course }</b>, группа { $group }
journal-group-nobody = В группе пока нет зачисленных учеников. Журнал начнётся, когда партнёр их зачислит.
journal-group-empty = Записей пока нет. Возьмите бланк — в нём уже есть ученики группы — заполните и пришлите сюда.
journal-group-day = { ONDAY($day) }
journal-group-topic = Тема: { $topic }
journal-group-line = { $pupil } — { $entries }
journal-family-says = { $meaning } (семья: { $reason })
button-journal-form = 📄 Бланк группы
journal-form-name = Журнал { $group } { $day }.xlsx
journal-form-caption = Заполните и пришлите сюда. Отметки: 5, 4 5, зачёт. Посещаемость: Н — отсутствие, Б — болезнь, УП — уважительная, ОП — опоздание.
journal-form-empty = В группе пока нет зачисленных учеников: бланк получится пустым. Он появится после зачисления.

# Кто и когда записал

button-written = 🕘 Кто и когда записал
written-heading = <b>{ $course }</b>, группа { $group }: кто и когда записал { ONDAY($day) }
written-empty = За этот день записей нет.
written-of = <b>{ $pupil }</b>: { $value }
written-gone = снято
written-step = · { $value } — { $source ->
        [family] семья, { WHEN($at) }
        [undo] { $by ->
            [somebody] { $who }
           *[left] сотрудник, которого больше нет в боте
        }, { WHEN($at) }: отмена
       *[file] { $by ->
            [somebody] { $who }, { WHEN($at) }
            [left] сотрудник, которого больше нет в боте, { WHEN($at) }
           *[nobody] без сотрудника (папка журналов или команда), { WHEN($at) }
        }{ $where ->
            [cell] : файл «{ $file }», лист «{ $sheet }», ячейка { $cell }
            [file] : файл «{ $file }»
           *[none] { $source ->
                [before] : откуда — бот тогда ещё не запоминал
               *[chat] : в чате
            }
        }
    }
written-more =
    { $count ->
        [one] · и ещё { $count } запись раньше
        [few] · и ещё { $count } записи раньше
       *[other] · и ещё { $count } записей раньше
    }

# План файла

journal-plan-heading = <b>📖 Файл журнала «{ $name }»</b>
journal-plan-of =
    { $courses }: { $days ->
        [one] один день, { DAY($first) }.
        [few] { $days } дня, { SPAN($first, $last) }.
       *[other] { $days } дней, { SPAN($first, $last) }.
    }
journal-plan-empty = Всё уже так и записано: менять нечего.
journal-plan-more =
    { $count ->
        [one] … и ещё { $count } запись.
        [few] … и ещё { $count } записи.
       *[other] … и ещё { $count } записей.
    }
journal-plan-removed =
    { $count ->
        [one] ⚠️ { $count } запись этих дней есть в журнале, но её нет в файле: она будет снята.
        [few] ⚠️ { $count } записи этих дней есть в журнале, но их нет в файле: они будут сняты.
       *[other] ⚠️ { $count } записей этих дней есть в журнале, но их нет в файле: они будут сняты.
    }
journal-plan-first = Первый файл для { $groups }: записи сохраним, семьям о них не пишем. Следующие файлы — с сообщениями.
journal-plan-old =
    { $count ->
        [one] О { $count } записи семьям не пишем: она старше 14 дней или ученик уже не в группе.
       *[other] О { $count } записях семьям не пишем: они старше 14 дней или ученик уже не в группе.
    }
journal-count-marks = новых отметок — { $count }
journal-count-corrected = исправлений — { $count }
journal-count-removed = снято — { $count }
journal-count-absences = отсутствий — { $count }
journal-count-late = опозданий — { $count }
journal-count-present = присутствий — { $count }
journal-count-touched = тем и пояснений — { $count }
journal-count-families =
    { $count ->
        [0] семьям не пишем
        [one] узнает { $count } семья
        [few] узнают { $count } семьи
       *[other] узнают { $count } семей
    }
journal-count-unreached =
    { $count ->
        [one] { $count } семье бот написать не может
       *[other] { $count } семьям бот написать не может
    }
journal-line-new = { $pupil }, { DAY($day) }: { $value }
journal-line-corrected = { $pupil }, { DAY($day) }: исправлено { $was } → { $now }
journal-line-removed = { $pupil }, { DAY($day) }: снято { $value }
journal-line-touched = { $pupil }, { DAY($day) }: пояснение к { $value }
button-file-apply = Применить
button-journal-plan = Открыть файл журнала
button-check-again = Проверить ещё раз
journal-applied = ✅ Готово.
journal-dropped = Отменено: журнал остался как был.
journal-changed-since = Запись изменили, пока вы смотрели: отменить её целиком нельзя. Откройте журнал — он показывает, как записано сейчас.
upload-gone = Этого файла больше нет. Пришлите его ещё раз.
files-one-by-one = Файлы пришли одним альбомом, я не прочёл ни одного. Отправьте их, пожалуйста, по одному: для каждого покажу, что изменится.
file-not-known = Не понял, что за таблица «{ $file }». Я читаю журнал: первая строка — «Дата», «Группа», «Ученик», «Отметка», «Посещаемость».
file-not-known-coordinator = Не понял, что за таблица «{ $file }». Я читаю журнал («Дата», «Группа», «Ученик», «Отметка», «Посещаемость») и книгу сети (листы «Организации», «Ученики», «Курсы», …).
workbook-applied = ✅ Готово: сеть обновлена, кому нужно — напишем.
workbook-dropped = Отменено: сеть осталась как была.
faults-more =
    { $count ->
        [one] … и ещё { $count } ошибка.
        [few] … и ещё { $count } ошибки.
       *[other] … и ещё { $count } ошибок.
    }
faults-file-name = Ошибки.txt
faults-file-caption = Все ошибки — в этом файле.

journal-file-failed =
    ⚠️ Файл журнала «{ $name }» не применён: { $faults ->
        [one] в нём { $faults } ошибка.
        [few] в нём { $faults } ошибки.
       *[other] в нём { $faults } ошибок.
    } Подробности — в папке failed, рядом с файлом.

# Папка журналов (строки файла .log)

folder-applied = Применено.
folder-failed = Не применено.
folder-closed = Файл есть, но боту не открыть: он положен без права на чтение. На сервере: { $command }. Потом применится сам.
folder-waiting = Ждёт ответа в боте. Файл применится сам, когда ответят.

# Ошибки в файле

journal-faults =
    { $count ->
        [one] В журнале { $count } ошибка.
        [few] В журнале { $count } ошибки.
       *[other] В журнале { $count } ошибок.
    } Ничего не записано: исправьте и пришлите файл ещё раз.
journal-no-heading = Не нашлась строка с названиями столбцов. Нужны «Дата», «Группа», «Ученик» и «Отметка» или «Посещаемость».
journal-no-rows = В файле нет ни одной строки с данными под названиями столбцов.
journal-no-column = «{ $sheet }», строка { $row }: нет обязательного столбца «{ $column }».
journal-column-twice = «{ $sheet }», столбец { $letter } «{ $column }»: такой столбец уже есть. Оставьте один.
journal-missing = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: нужно заполнить.
journal-not-a-date = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидается дата, например 09.11.2026; здесь «{ $found }».
journal-in-the-future = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: дата { $found } ещё не наступила. Проверьте день и год.
journal-long-ago = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: дата { $found } слишком давняя. Проверьте год.
journal-another-year = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: дата { $found } не из { $year } учебного года. Проверьте год.
journal-text-too-long = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: текст длиннее { $limit } знаков. Сократите его.
journal-mark-is-date = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: Excel сделал из отметки дату { $found }. Задайте столбцу формат «Текст» и впишите снова, например 3/2.
journal-mark-too-long = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: отметка длиннее { $limit } знаков: «{ $found }». Слова для семьи — в столбец «Комментарий».
journal-mark-unclear = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: отметка «{ $found }» непонятна. Впишите её без лишних знаков и слов, например 5; слова для семьи — в столбец «Комментарий».
journal-one-mark-or-two = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: «{ $found }» — одна отметка или две? Две пишите через пробел: 4 5.
journal-code-too-long = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидается короткий код, до { $limit } знаков, например Н или Б; здесь «{ $found }».
journal-group-not-yours = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: группы «{ $found }» нет среди ваших. Ваши: { $groups }.
journal-no-course = В отчёте нет ни одного вашего курса: предметы должны называться так же, как курсы.
journal-course-of-groups = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: у курса «{ $found }» несколько групп: { $groups }. Пришлите сетку или список с кодом группы.
journal-pupil-unknown = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ученик «{ $found }» не найден. Ожидается код ученика или ФИО, как в списке группы { $group }.
journal-pupil-perhaps = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ученик «{ $found }» не найден в группе { $group }. Может быть, это { $names }? Впишите ФИО полностью или код.
journal-pupil-not-enrolled = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: «{ $found }» не в группе { $group }. Проверьте группу или зачислите ученика.
journal-namesakes = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: «{ $found }» — таких в группе { $group } несколько. Укажите код или класс: «Иванов Иван, 7А».
journal-row-twice = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: «{ $pupil }» за это занятие уже есть выше. Оставьте одну строку.
journal-note-column = «{ $sheet }», столбец { $letter } «{ $column }» боту не знаком и пропущен.
journal-note-row = «{ $sheet }», строка { $row }: «{ $found }» — не ученик, строка пропущена.
journal-note-sheet = Лист «{ $sheet }» — не журнал и пропущен.
journal-note-foreign = { $count ->
        [one] В файле { $count } ученик другой школы: его записи не тронуты, их ведёт партнёр.
        [few] В файле { $count } ученика другой школы: их записи не тронуты, их ведёт партнёр.
       *[many] В файле { $count } учеников другой школы: их записи не тронуты, их ведёт партнёр.
    }
