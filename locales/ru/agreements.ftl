# Договоры с партнёрами и согласия на бумаге.

button-papers-agreements = 🤝 Договоры
agreements-title =
    🤝 <b>Договоры с партнёрами</b>
    С кем?
button-agreement-of = { $filed ->
        [yes] ✅
       *[no] ✍️
    } { SHORT($partner) }: № { $number }, { $left ->
        [one] ещё { $left } день
        [few] ещё { $left } дня
       *[many] ещё { $left } дней
    }
button-agreement-over = ⌛ { SHORT($partner) }: срок вышел
button-agreement-none = ⬜ { SHORT($partner) }: нет договора
agreements-of =
    🤝 <b>Договор</b>
    { $partner }
agreement-none = Действующего договора нет. Составьте его: бот даст номер и заполнит всё, что знает, — или внесите подписанный.
agreement-no-head = ⚠️ Не знаю, кто подписывает: впишите в книгу сети, лист «Организации», столбцы «Руководитель», «Должность руководителя» и «Основание».
agreement-no-licence = ⚠️ В книге сети нет лицензии партнёра: в договоре останется пустая строка.
button-agreement-one = { $state ->
        [standing] 📄
       *[over] ⌛
    } № { $number } от { DAY($day) }, до { DAY($ends) }
button-agreement-draft = 👁 Черновик: { $side ->
        [teaching] партнёр учит
       *[resource] партнёр даёт ресурсы
    }
button-agreement-make = ✅ Составить: { $side ->
        [teaching] партнёр учит
       *[resource] партнёр даёт ресурсы
    }
button-agreement-enter = ✍️ Внести подписанный
agreement-draft-caption = Черновик: номера в нём нет. Согласуйте его с партнёром, вернитесь и нажмите «Составить».
agreement-made =
    ✅ <b>Договор № { $number } составлен.</b>
    Скачайте, подпишите с партнёром и приложите подписанный файл или ссылку на сайте.
agreement-ask =
    ✍️ <b>Подписанный договор</b>
    Напишите номер, дату и последний день, например: 12 от 01.09.2026 до 31.05.2027
agreement-unclear = Не понимаю. Напишите так: 12 от 01.09.2026 до 31.05.2027
agreement-ends-before = Последний день раньше, чем дата договора. Проверьте даты.
agreement-entered = ✅ Записано.
agreement-changed = ✅ Записано.
agreement-name = { $side ->
        [teaching] Договор о сетевой форме
       *[resource] Договор о ресурсах
    } № { $number } от { FULLDAY($day) }
agreement-title =
    🤝 <b>{ agreement-name }</b>
    { $partner }
agreement-term = Действует до { FULLDAY($day) }: { $left ->
        [one] остался { $left } день
        [few] осталось { $left } дня
       *[many] осталось { $left } дней
    }.
agreement-over = ⌛ Срок вышел { FULLDAY($day) }.
agreement-ended = ✖️ Прекращён { FULLDAY($day) }.
agreement-url = На сайте: { $url }
agreement-unpublished = ⬜ На сайте: ссылки пока нет.
agreement-document = Подписанный файл: { $name }
agreement-unsigned = ⬜ Подписанного файла пока нет.
agreement-on-page = 🌐 На странице сети: подписанный файл открыт всем.
agreement-on-page-ask =
    🌐 <b>Открыть файл всем?</b>
    { $name }

    Его сможет скачать любой, без входа. Проверьте, что в нём нет имён детей, личных телефонов и паспортных данных.
agreement-file-kind = Открыть всем можно PDF или фото. Приложите скан подписанного договора.
button-agreement-on-page = 🌐 Открыть файл всем
button-agreement-on-page-sure = 🌐 Да, открыть всем
button-agreement-off-page = 🙈 Убрать файл со страницы сети
button-agreement-paper = 📄 Составленный
button-agreement-signed = 📥 Подписанный
button-agreement-url = 🔗 Ссылка на сайте
button-agreement-file = 📎 Приложить подписанный
button-agreement-until = 📅 До какого дня
button-agreement-end = ✖️ Прекратить договор
button-agreement-end-sure = ✖️ Да, прекратить
agreement-end-ask =
    ✖️ <b>Прекратить договор № { $number } с сегодняшнего дня?</b>
    { $partner }. В приказах и заявках его больше не будет.
agreement-ask-url = 🔗 Пришлите ссылку на страницу сайта, где опубликован договор: https://…
agreement-no-link = Это не ссылка. Скопируйте её из браузера целиком: https://…
agreement-ask-file = 📎 Пришлите подписанный договор: файл или фото.
agreement-no-file = Жду файл или фото подписанного договора.
agreement-file-too-big = Файл больше { $limit } МБ. Пришлите поменьше, например скан без цвета.
agreement-photo-name = договор.jpg
agreement-ask-until =
    📅 Сейчас договор действует до { FULLDAY($day) }.
    Напишите другой последний день, например 31.05.2027.
paper-file-agreement = Договор-{ $number }-{ $who }
paper-file-agreement-draft = Черновик-договора-{ $who }

button-papers-consents = 📝 Согласия
button-consent-paper = 🖨 Согласие на бумаге
consents-classes =
    📝 <b>Согласия на бумаге</b>
    Обработка данных, передача партнёрам, Telegram, фотографии: на ученика четыре листа. Какой класс?
button-consents-class = { $class_name }: { $count }
consents-class =
    📝 <b>Согласия на бумаге: { $class_name }</b>
    Весь класс одним файлом или один ученик?
button-consents-all = Весь класс: { $count }
consents-caption = Напечатайте и подпишите: каждое согласие — отдельный документ. Чего бот не знает, впишите от руки.
paper-file-consents = Согласия-{ $whose }

button-papers-courses = 📚 Программы и нагрузка
course-papers =
    📚 <b>Программы курсов и нагрузка педагогов</b>
    Файл Word на согласование и подпись. Чьи?
button-papers-programme = 📚 { SHORT($partner) }
button-papers-load = 👩‍🏫 Нагрузка
papers-no-courses = У этого партнёра в этом учебном году курсов нет.
papers-no-lessons = У этого партнёра нет занятий в расписании: нагрузку считать не из чего.
paper-file-programme = Программы-{ $who }
paper-file-load = Нагрузка-{ $who }
button-report-docx = 📄 DOCX на подпись
papers-of-partner =
    📄 <b>Документы</b>
    В заявках — списки учеников файлами. { $agreements ->
        [0] Договоров с файлом пока нет.
       *[other] Ниже ваши договоры: нажмите, чтобы скачать.
    }
