# Книга сети: загрузка файлов, ошибки в книге, план изменений.

# Файлы, которые присылают

upload-empty = Файл «{ $file }» пуст. Откройте его, проверьте, сохраните и пришлите ещё раз.
upload-too-big = Файл «{ $file }» больше { $limit } МБ. Удалите из него рисунки и лишние листы или разделите на части.
upload-encrypted = Файл «{ $file }» закрыт паролем. Снимите пароль (Файл → Сведения → Защита книги) и пришлите ещё раз.
upload-old-excel = «{ $file }» — книга старого Excel (.xls). Откройте её и сохраните как «Книга Excel (.xlsx)».
upload-other-spreadsheet = «{ $file }» — таблица другого вида. Сохраните её как «Книга Excel (.xlsx)» и пришлите ещё раз.
upload-web-page = «{ $file }» — веб-страница, хотя и названа таблицей. Откройте её в Excel и сохраните как «Книга Excel (.xlsx)».
upload-not-a-table = «{ $file }» — не таблица. Пришлите книгу Excel (.xlsx) или CSV.
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
workbook-not-a-time = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидается время, например 15:00; здесь «{ $found }».
workbook-not-a-day = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидается день недели: пн, вт, ср, чт, пт, сб или вс, один в строке; здесь «{ $found }».
workbook-not-a-choice = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидается одно из: { $choices }; здесь «{ $found }».
workbook-not-a-class = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидается класс, например 7А; здесь «{ $found }».
workbook-not-classes = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидаются классы: 5-7 или 1-4, 9 или 7А, 7Б; здесь «{ $found }».
workbook-duplicate = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: «{ $found }» уже есть в строке { $first }. Оставьте одну из двух.
workbook-unknown-code = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: кода «{ $found }» нет на листе «{ $target }». Исправьте код или добавьте строку.
workbook-not-a-teacher = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: у «{ $found }» на листе «Сотрудники» другая роль, а нужен педагог.
workbook-not-a-school = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: «{ $found }» — партнёр, а нужна базовая школа.
workbook-school-needed = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: базовых школ { $count } — укажите, в какой учится ученик.
workbook-window-reversed = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: конец { $end } раньше начала { $start }.
workbook-end-before-start = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: конец { $end } не позже начала { $start }.
workbook-minimum-over-seats = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: минимум { $minimum } больше, чем мест: { $seats }.
workbook-overlap = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: в это время у группы уже есть занятие { $found } (строка { $first }).
workbook-move-where = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: для переноса нужна новая дата или новое начало.
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
workbook-note-read-as = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: «{ $found }» прочитано как «{ $meant }».
