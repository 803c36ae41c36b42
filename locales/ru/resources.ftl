# Ресурсы сети: каталог, карточка, файлы и ссылки ресурсов и курсов.

button-resources = 🧰 Ресурсы
button-resources-kind = { resource-kind } · { $count }
button-resource-files = 📎 Файлы: { $count }
button-resource-file = 📄 { $name }

resource-kind = { $kind ->
        [staff] 👤 Кадровые
        [information] 💾 Информационные
        [material] 🔧 Материально-технические
        [methodical] 📖 Учебно-методические
       *[social] 🤝 Социальные
    }
resources-title =
    <b>🧰 Ресурсы сети</b>
    Чем школа и партнёры делятся друг с другом: { $count ->
        [one] { $count } ресурс
        [few] { $count } ресурса
       *[other] { $count } ресурсов
    }.
resources-none = { $loads ->
        [yes] Ресурсов пока нет: они появятся, когда вы заполните лист «Ресурсы» книги сети.
       *[no] Ресурсов пока нет. Загляните через несколько дней.
    }
resources-list =
    <b>{ $kind ->
        [all] 🧰 Все ресурсы
       *[other] { resource-kind }
    }</b>
    { $count ->
        [0] Здесь пусто.
        [one] { $count } ресурс.
        [few] { $count } ресурса.
       *[other] { $count } ресурсов.
    }
resources-none-here = Здесь пока ничего нет. Посмотрите другой вид.
resources-none-words = Ничего не нашлось. Попробуйте одно слово покороче, например «лыж».
resources-whose = Чьи ресурсы показать?
resources-search = 🔎 { $you ->
        [pupil] Что ищешь? Напиши слово или два: <i>лыжи</i> или <i>3D-принтер</i>.
       *[adult] Что ищете? Напишите слово или два: <i>лыжи</i> или <i>3D-принтер</i>.
    }
resources-found = 🔎 Вот что есть среди ресурсов сети:

resource-title =
    <b>{ $name }</b>
    { resource-kind }
    { $organization }
resource-what = { $what }
resource-where = 📍 { $place }
resource-sets = { $kind ->
        [material] 🔢 Комплектов или мест: { $count }
       *[other] 🔢 Мест: { $count }
    }
resource-whom = 👥 Кому: { $whom }
resource-link = 🌐 { $link }
resource-files = 📎 Файлов и ссылок: { $count }

## Файлы и ссылки

attachments-title =
    <b>📎 { $of ->
        [course] Материалы курса
       *[resource] Файлы ресурса
    } «{ $name }»</b>{ $count ->
        [0] {"\u000A"}Пока ничего нет.
       *[other] {""}
    }
attachment-file = { $number }. 📄 { $name }
attachment-link =
    { $number }. 🔗 { $name }
    { $link }
attachment-photo = Фото
attachment-ask =
    { $instead ->
        [yes] 📎 Пришлите файл или ссылку взамен
       *[no] 📎 Пришлите файл или ссылку
    } для «{ $name }».

    Подойдут PDF, фото и документы Word, Excel, PowerPoint или LibreOffice до { $limit } МБ. Подпись под файлом станет его названием. Ссылку можно подписать: <i>Задачник https://example.org</i>
attachment-kept = ✅ Сохранено: { $name }. Можно прислать ещё.
attachment-one = «{ $name }» — { $of }. Что сделать?
attachment-removed = 🗑 Убрано: { $name }.
attachment-back = ✅ Снова на месте: { $name }.
attachment-nothing = Это не файл и не ссылка. Пришлите документ, фото или адрес, который начинается с https://
attachment-kind = Такой файл не подойдёт. Пришлите PDF, фото или документ без макросов: DOCX, XLSX, PPTX, ODT, ODS, ODP. Если он верный, сохраните его заново под своим расширением.
attachment-too-big = Файл больше { $limit } МБ. Пришлите его частями или выложите в облако и пришлите ссылку.
attachment-too-many = Здесь уже { $limit } файлов и ссылок. Уберите лишнее и пришлите снова.
button-attachment-take = 📄 { $number }. { $name }
button-attachment-manage = ✏️ { $number }
button-attachment-add = ➕ Файл или ссылка
button-attachment-replace = 🔄 Заменить
button-attachment-remove = 🗑 Убрать
button-attachment-undo = ↩️ Вернуть

## Лист «Ресурсы»

workbook-not-a-link = «{ $sheet }», строка { $row }, столбец { $letter } «{ $column }»: ожидается адрес в интернете, например https://example.org; здесь «{ $found }».
