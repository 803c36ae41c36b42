# Книга сети: загрузка файлов, ошибки в книге, план изменений.

# Файлы, которые присылают

upload-empty = Файл «{ $file }» пуст. Откройте его, проверьте, сохраните и пришлите ещё раз.
upload-too-big = Файл «{ $file }» больше { $limit } МБ. Удалите из него рисунки и лишние листы или разделите на части.
upload-encrypted = Файл «{ $file }» закрыт паролем. Снимите пароль (Файл → Сведения → Защита книги) и пришлите ещё раз.
upload-old-excel = «{ $file }» — книга старого Excel, которую не удалось прочитать. Откройте её и сохраните как «Книга Excel (.xlsx)».
upload-letters-of-dos = «{ $file }» сохранён буквами DOS (кодировка CP866). Откройте его в Excel с этой кодировкой и сохраните как «Книга Excel (.xlsx)» или «CSV UTF-8».
upload-letters-of-unix = «{ $file }» сохранён в кодировке KOI8-R. Откройте его в Excel с этой кодировкой и сохраните как «Книга Excel (.xlsx)» или «CSV UTF-8».
upload-other-spreadsheet = «{ $file }» — таблица другого вида. Сохраните её как «Книга Excel (.xlsx)» и пришлите ещё раз.
upload-web-page = «{ $file }» — веб-страница, хотя и названа таблицей. Откройте её в Excel и сохраните как «Книга Excel (.xlsx)».
upload-not-a-table = «{ $file }» — не таблица. Пришлите книгу Excel (.xlsx) или CSV.
upload-pdf = «{ $file }» — PDF: это картинка страницы, таблицу из неё не прочитать. Пришлите саму таблицу: книгу Excel (.xlsx) или CSV.
upload-picture = «{ $file }» — картинка, а не таблица. Пришлите книгу Excel (.xlsx) или CSV.
upload-word = «{ $file }» — документ Word. Скопируйте таблицу из него на лист Excel, сохраните как «Книга Excel (.xlsx)» и пришлите.
upload-numbers = «{ $file }» — таблица Numbers. В Numbers выберите «Файл → Экспортировать в → Excel» и пришлите то, что получится.
upload-slides = «{ $file }» — презентация, а не таблица. Пришлите книгу Excel (.xlsx) или CSV.
upload-archive = «{ $file }» — архив. Распакуйте его и пришлите файлы из него по одному.
upload-plain-text = В «{ $file }» обычный текст без столбцов. Пришлите книгу Excel (.xlsx) или CSV.
upload-damaged = Файл «{ $file }» повреждён или передан не до конца. Откройте его, сохраните заново и пришлите ещё раз.
upload-unpacks-too-much = «{ $file }» после распаковки слишком велик (можно до { $limit } МБ). Оставьте в нём только нужные листы и строки.
upload-too-many-rows = В «{ $file }» данные доходят до строки { $found }, а можно до { $limit }. Удалите лишние строки внизу листа.
upload-too-many-columns = В «{ $file }» столбцов { $found }, а можно до { $limit }. Удалите лишние столбцы справа.
upload-too-many-sheets = В «{ $file }» листов больше { $limit }. Оставьте только нужные.
upload-too-heavy = «{ $file }» слишком тяжёл для чтения. Скопируйте нужные строки в новую книгу и пришлите её.

# Ошибки в книге

workbook-missing = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: нужно заполнить.
workbook-code-too-long = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: код «{ $found }» длиннее { $limit } знаков. Сократите его.
workbook-code-is-date = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: Excel сделал из кода дату { $found }. Задайте столбцу формат «Текст» и впишите код снова.
workbook-text-too-long = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: текст длиннее { $limit } знаков: «{ $found }». Сократите его.
workbook-not-a-number = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидается целое число, например 12; здесь «{ $found }».
workbook-number-out-of-range = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидается число от { $low } до { $high }; здесь «{ $found }».
workbook-not-a-date = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидается дата, например 15.09.2025; здесь «{ $found }».
workbook-not-a-year = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидается учебный год, например 2026/2027; здесь «{ $found }».
workbook-one-year = «{ $sheet }», строка { $row }: книга говорит об одном учебном годе, а здесь второй. Оставьте одну строку.
workbook-not-in-year = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: { $found } не подходит к { $year } учебному году.
workbook-not-a-time = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидается время, например 15:00; здесь «{ $found }».
workbook-not-a-day = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидается день недели: пн, вт, ср, чт, пт, сб или вс, один в строке; здесь «{ $found }».
workbook-not-a-choice = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидается одно из: { $choices }; здесь «{ $found }».
workbook-not-a-class = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидается класс, например 7А; здесь «{ $found }».
workbook-not-classes = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидаются классы: 5-7 или 1-4, 9 или 7А, 7Б; здесь «{ $found }».
workbook-duplicate = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: «{ $found }» уже есть в строке { $first }. Оставьте одну из двух.
workbook-unknown-code = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: кода «{ $found }» нет на листе «{ $target }». Исправьте код или добавьте строку.
workbook-not-a-teacher = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: у «{ $found }» на листе «Сотрудники» другая роль, а нужен педагог.
workbook-not-a-school = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: «{ $found }» — партнёр, а нужна базовая школа.
workbook-school-needed = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: базовых школ { $count } — укажите, какой из них эта строка.
workbook-window-reversed = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: конец { $end } раньше начала { $start }.
workbook-end-before-start = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: конец { $end } не позже начала { $start }.
workbook-minimum-over-seats = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: минимум { $minimum } больше, чем мест: { $seats }.
workbook-overlap = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: в это время у группы уже есть занятие { $found } (строка { $first }).
workbook-move-where = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: для переноса нужна новая дата или новое начало.
workbook-cancel-or-move = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: у отмены не бывает новой даты. Отмена или перенос? Исправьте действие или уберите новую дату.
workbook-replace-with-what = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: для замены нужен педагог или новое место.
workbook-road-to-itself = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: дорога ведёт туда же, откуда начинается.
workbook-road-differs = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: в строке { $first } та же дорога занимает { $minutes } мин. Оставьте одно число.
workbook-birth-unlikely = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: { $found } не похоже на день рождения ученика. Проверьте год.
workbook-column-twice = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: такой столбец уже есть. Оставьте один.

workbook-faults =
    { $count ->
        [one] В книге { $count } ошибка.
        [few] В книге { $count } ошибки.
       *[other] В книге { $count } ошибок.
    } Ничего не загружено: исправьте и пришлите книгу ещё раз.
workbook-no-sheet = В файле нет ни одного листа сети. Листы называются так: { $names }.
workbook-sheet-twice = Лист «{ $sheet }» встречается дважды. Оставьте один.
workbook-no-heading = «{ $sheet }»: не нашлась строка с названиями столбцов. Они такие: { $names }.
workbook-no-column = «{ $sheet }», строка { $row }: нет обязательного столбца «{ $column }».
workbook-note-unknown-sheet = Лист «{ $sheet }» боту не знаком и пропущен.
workbook-note-unknown-column = «{ $sheet }», столбец { $letter } «{ $column }» боту не знаком и пропущен.
workbook-note-example = «{ $sheet }», строка { $row }: пример пропущен.
workbook-note-not-filled = Кроме примера ничего нет, поэтому ничего не меняется: { $names }.
workbook-note-no-rows = Под названиями столбцов нет строк, поэтому ничего не меняется: { $names }.
workbook-note-read-as = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: «{ $found }» прочитано как «{ $meant }».

# Страница «Сеть»

network-home =
    🌐 <b>Книга сети</b>

    Организации, сотрудники, ученики, курсы и расписание меняются одним файлом Excel. Пришлите его сюда: покажу, что изменится и сколько семей узнает, и спрошу, применять ли.
button-network-form = 📄 Пустая книга
button-network-invite = 🔑 Пригласить
network-form-name = Сеть.xlsx
network-form-caption = Заполните и пришлите сюда. Строки «ПРИМЕР» можно не удалять: они не загружаются.

# План книги

network-plan = Книга сети, { $year } учебный год:
network-plan-schools = Школа: { $names }
network-kept-for-others =
    { $count ->
        [one] «{ $sheet }»: { $count } строки в книге нет; она останется: там ученики другой школы.
        [few] «{ $sheet }»: { $count } строк в книге нет; они останутся: там ученики другой школы.
       *[many] «{ $sheet }»: { $count } строк в книге нет; они останутся: там ученики другой школы.
    }
network-plan-empty = В книге нет ничего нового: ничего не изменится.
network-plan-old = С тех пор, как вы видели план, в сети что-то изменилось. Посмотрите новый план и подтвердите его.
network-stay-till-their-year =
    { $count ->
        [one] «{ $sheet }»: { $count } строки в книге нет; она останется, пока не начнётся этот год.
        [few] «{ $sheet }»: { $count } строк в книге нет; они останутся, пока не начнётся этот год.
       *[other] «{ $sheet }»: { $count } строк в книге нет; они останутся, пока не начнётся этот год.
    }
button-classes-next = Да, будущего года
button-classes-now = Нет, сегодняшние
button-workbook-year = { $year }
network-only-changes = Лист «Изменения» запомнен; занятия остаются как есть.
network-sheet = { $sheet }: { $parts }
network-new = новых — { $count }
network-changed = изменится — { $count }
network-archived = в архив — { $count }
network-gone = убрать — { $count }
network-line-new = + { $name }
network-line-changed = ~ { $name }: { $changes }
network-line-gone = − { $name }
network-line-more = … и ещё { $count }
network-lessons-new =
    { $count ->
        [one] Добавится { $count } занятие.
        [few] Добавятся { $count } занятия.
       *[other] Добавится { $count } занятий.
    }
network-lessons-new-changed =
    { $count ->
        [one] Из них { $count } занятие — как сказано на листе «Изменения».
        [few] Из них { $count } занятия — как сказано на листе «Изменения».
       *[other] Из них { $count } занятий — как сказано на листе «Изменения».
    }
network-lessons-moved =
    { $count ->
        [one] { $count } занятие переносится:
        [few] { $count } занятия переносятся:
       *[other] { $count } занятий переносятся:
    }
network-lessons-cancelled =
    { $count ->
        [one] { $count } занятие отменяется:
        [few] { $count } занятия отменяются:
       *[other] { $count } занятий отменяются:
    }
network-lessons-restored =
    { $count ->
        [one] { $count } занятие всё-таки состоится:
        [few] { $count } занятия всё-таки состоятся:
       *[other] { $count } занятий всё-таки состоятся:
    }
network-lessons-room =
    { $count ->
        [one] У { $count } занятия другое место:
       *[other] У { $count } занятий другое место:
    }
network-lessons-teacher =
    { $count ->
        [one] { $count } занятие проведёт другой педагог:
        [few] { $count } занятия проведёт другой педагог:
       *[other] { $count } занятий проведёт другой педагог:
    }
network-lesson = · { $subject } ({ $group }), { SHORTDAY($was) }, { TIME($was) }
network-lesson-moved = · { $subject } ({ $group }): { SHORTDAY($was) }, { TIME($was) } → { SHORTDAY($now, $year) }, { TIME($now) }
network-lesson-longer = · { $subject } ({ $group }), { SHORTDAY($was) }, { TIME($was) }: теперь до { TIME($ends) }
network-lesson-room = · { $subject } ({ $group }), { SHORTDAY($was) }, { TIME($was) }: { $was_place } → { $now_place }
network-rules =
    { $count ->
        [one] Новое недельное расписание — у { $count } группы.
       *[other] Новое недельное расписание — у { $count } групп.
    }
network-families =
    { $count ->
        [one] { $count } семья узнает об этом.
        [few] { $count } семьи узнают об этом.
       *[other] { $count } семей узнают об этом.
    }
# $fate и $why — см. bot/services/network/fates.py; $state — в каком состоянии заявление сейчас
network-children = 👧 Дети, которых это касается: { $count }
network-child = • { $child }, { $class_name }, «{ $course }» ({ choice-state }): { $fate ->
        [leaves] больше не учится{ $why ->
            [pupil] : ученика нет в книге
            [group] : группы { $group } нет в книге, а в других нет мест
           *[course] : курса нет в книге
        }
        [falls] заявление закроется{ $why ->
            [pupil] : ученика нет в книге
            [group] : группы { $group } нет в книге
           *[course] : курса нет в книге
        }
        [moves] перейдёт из группы { $group } в { $to }
        [lines-up] встанет в очередь группы { $to }
        [taken-back] мест меньше: предложение отзовём, вернётся в начало очереди
        [no-seat] мест меньше: встанет в начало очереди
        [draw] места теперь делит жребий: место не закреплено
        [arrival] места теперь по порядку подачи: { $number }-й
        [besides] места теперь по порядку подачи: про запас, нужное число курсов у ребёнка уже есть
        [kept] остаётся, хотя курс для других классов: решите сами
        [school] остаётся, отвечать будет другая школа
       *[erased] курс исчезнет из черновика
    }
network-children-move = Перевести кого-то самим можно до загрузки: «Списки групп» → ребёнок → «В другую группу».
network-children-lost = Кто останется без курса, тому можно предложить другой: после «Применить» они во «Входящих» («Остались без курса»). Решит семья.
network-plan-file = План книги.txt
network-plan-caption = План целиком: сюда он не поместился.
# Письма о том, что изменила книга сети или координатор
group-touched = { $gone ->
        [yes] 📋 Курса «{ $course }» больше нет в программе сети. Больше не учатся: { $left }. Заявлений закрыто: { $fell }. Семьям сообщает школа.
       *[no] 📋 «{ $course }»: состав изменился. Больше не учатся: { $left }. Сменили группу или очередь: { $moved }. Заявлений закрыто: { $fell }.
        Кто — в списке группы.
    }
network-group-has-pupils =
    { $count ->
        [one] Внимание: в группе { $group }, которая уходит в архив, учится { $count } ребёнок.
        [few] Внимание: в группе { $group }, которая уходит в архив, учатся { $count } ребёнка.
       *[other] Внимание: в группе { $group }, которая уходит в архив, учатся { $count } детей.
    }

# Книга против того, что уже есть

network-still-needed = На листе «{ $sheet }» больше нет «{ $found }», а лист «{ $target }», которого в книге нет, на него ссылается. Верните строку или приложите этот лист.
network-seats-taken = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: мест { $seats }, а в группе уже учатся: { $taken } ({ $children }). Сначала переведите лишних в другую группу («Списки групп») или отметьте, кто больше не ходит.
network-other-school = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: «{ $found }» — другая школа. В этой книге можно менять только строки своей.
network-code-elsewhere = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: код «{ $found }» уже у ученика другой школы. Дайте другой код.
network-change-of-nothing = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: в расписании нет занятия { $found }. Проверьте дату и время начала.
network-change-of-day-off = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: { DAY($day) } — выходной или каникулы, занятия в этот день нет.
network-new-time-over = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: эта дата уже прошла: { WHEN($at) }. Проверьте число и месяц.
network-onto-own-lesson = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: у этой же группы тогда уже есть занятие: { WHEN($starts) }, до { TIME($ends) }.
network-row-already = «Изменения», строка { $row } ({ $group }, { SHORTDAY($day) }, { $starts }): уже так.
network-row-against-chat = «Изменения», строка { $row } ({ $group }, { SHORTDAY($day) }, { $starts }): в чате решили иначе ({ WHEN($stands) }); теперь будет по этой строке.
network-row-cancelled-lesson = «Изменения», строка { $row } ({ $group }, { SHORTDAY($day) }, { $starts }): занятие отменено, замена ничего не меняет.
network-rows-over =
    { $count ->
        [one] «Изменения», строка { $rows }: занятие уже прошло или идёт, строка ничего не меняет.
       *[other] «Изменения», строки { $rows }: занятия уже прошли, эти строки ничего не меняют.
    }
network-row-on-day-off =
    { $name ->
        [none] ⚠️ «Изменения», строка { $row } ({ $group }): занятие { WHEN($at) } — это выходной.
       *[other] ⚠️ «Изменения», строка { $row } ({ $group }): занятие { WHEN($at) } — это нерабочий день: { $name }.
    }
network-row-at-night = ⚠️ «Изменения», строка { $row } ({ $group }): занятие { WHEN($at) } — до { TIME($ends) }: в такой час занятий обычно нет. Проверьте начало.
network-row-after-year = ⚠️ «Изменения», строка { $row } ({ $group }): занятие { FULLDAY($at) }, в { TIME($at) } — после конца учебного года ({ FULLDAY($last) }).
network-day-of-another-year = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: { $found } — не { $year } учебного года; строка ничего не меняет.
network-hours-at-night = ⚠️ «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: { $found } — в такой час занятий обычно нет. Проверьте.
network-road-unlikely = ⚠️ «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: { $minutes } мин — это дольше трёх часов. Проверьте число.
network-hours-unlikely = ⚠️ «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: { $found } — это { $minutes } мин. Проверьте начало и конец.
network-class-without-pupils = ⚠️ «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: в классе { $found } нет ни одного ученика. Проверьте класс.

# О чём план спрашивает: книга и то, что решили люди

network-stands = ❓ { $group }: занятие { WHEN($stands) } перенесли отдельно, а по книге оно { WHEN($book) }. Остаётся как решили; если верно в книге, перенесите его в чате.
network-stands-without-rule = ❓ { $group }: занятие { WHEN($stands) } перенесли отдельно, а в книге его больше нет. Остаётся как решили; если его не будет, отмените его в чате.
network-held-this-week = ❓ { $group }: на этой неделе занятие уже было ({ WHEN($stands) }); второго, { WHEN($book) }, не добавляем. Если нужно и оно, укажите в столбце «С» этот день.
network-new-hour-over = ❓ { $group }: новое время, { WHEN($book) }, уже прошло; на этой неделе занятие остаётся { WHEN($stands) }. Если его не будет, отмените его в чате.
network-clash-group = ⚠️ { $one }: два занятия в одно время, { WHEN($at) }{ $more ->
        [0] {""}
        [one]{" "}и ещё { $more } раз
        [few]{" "}и ещё { $more } раза
       *[other]{" "}и ещё { $more } раз
    }.
network-clash-teacher = ⚠️ { $one } и { $other }: один педагог в одно время, { WHEN($at) }{ $more ->
        [0] {""}
        [one]{" "}и ещё { $more } раз
        [few]{" "}и ещё { $more } раза
       *[other]{" "}и ещё { $more } раз
    }.
network-clash-room = ⚠️ { $one } и { $other }: одно место в одно время, { WHEN($at) }{ $more ->
        [0] {""}
        [one]{" "}и ещё { $more } раз
        [few]{" "}и ещё { $more } раза
       *[other]{" "}и ещё { $more } раз
    }.
network-clash-pupils = ⚠️ { $one } и { $other }: у общих учеников два занятия в одно время, { WHEN($at) }{ $more ->
        [0] {""}
        [one]{" "}и ещё { $more } раз
        [few]{" "}и ещё { $more } раза
       *[other]{" "}и ещё { $more } раз
    }.
network-clash-school = ⚠️ { $one }: у { $other } в это время уроки, { WHEN($at) }{ $more ->
        [0] {""}
        [one]{" "}и ещё { $more } раз
        [few]{" "}и ещё { $more } раза
       *[other]{" "}и ещё { $more } раз
    }.

# Письмо семье о новом недельном расписании

timetable-changed =
    📅 { $own ->
        [yes] У твоего
       *[no] { $child }: у
    } курса «{ $subject }» новое расписание.
    С { DAY($since, $year) }: { $rules }.
timetable-even-weeks = чётные недели
timetable-odd-weeks = нечётные недели
timetable-from = с { DAY($day, $year) }
timetable-until = до { DAY($day, $year) }
timetable-but-not = Не будет: { WHEN($at, $year) }.
timetable-but-also = Отдельно: { WHEN($at, $year) }.
timetable-ended =
    📅 { $own ->
        [yes] Твоих занятий
       *[no] { $child }: занятий
    } курса «{ $subject }» с { DAY($since, $year) } больше нет в расписании.

# Другой педагог или другое место насовсем

group-changed =
    👥 { $own ->
        [yes] Твой курс
       *[no] { $child }:
    } «{ $subject }» — перемена насовсем.
group-now-teacher = Педагог: { $now } (раньше — { $was }).
group-now-place = Место: { $now } (раньше — { $was }).
group-is-yours = 👥 Группу { $group } («{ $subject }») теперь ведёте вы. Раньше — { $teacher }. Место: { $place }.
group-no-longer-yours = 👥 Группу { $group } («{ $subject }») теперь ведёт { $teacher }.
group-another-place = 👥 У группы { $group } («{ $subject }») теперь другое место: { $now } (раньше — { $was }).
