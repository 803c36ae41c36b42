# Приказы, книги номеров, отправленные бумаги.

button-papers-sent = 🗃 Отправленное
order-title = 📄 <b>Приказ об обучении</b>
order-whose = { $school } → { $partner }
order-first = Учеников в списке: { $total }. По книге приказов это <b>№ { $number }</b> от { FULLDAY($day) }.
order-changes = Приказ № { $of } от { FULLDAY($of_day) } уже есть. Следующий — <b>о внесении изменений, № { $number }</b> от { FULLDAY($day) }.
order-changed = Включить: { $added }. Перевести в другую группу: { $moved }. Исключить: { $left }.
order-starts = Действует с { FULLDAY($day) }.
order-starts-unknown = С какого дня занятия — в расписании ещё не видно: в приказе останется пустая строка.
order-no-agreement = ⚠️ Нет договора: { $partners }. В приказе на его месте останется пустая строка.
order-no-post = ⚠️ Не знаю должности ответственного: впишите её в книгу сети, лист «Сотрудники», столбец «Должность».
order-nothing = С последнего приказа ничего не изменилось. Учеников в списке: { $total }.
order-nothing-new = С последнего приказа ничего не изменилось: новый приказ не нужен.
button-order-draft = 👁 Посмотреть черновик
button-order-issue = ✅ Издать приказ № { $number }
button-order-day = 📅 Дата
button-order-starts = ▶️ С какого дня
button-order-made = 📄 Приказ № { $number } от { DAY($day) }
order-draft-caption = Черновик: номера в нём нет. Всё верно — вернитесь и нажмите «Издать приказ».
order-ask-day =
    📅 <b>Дата приказа</b>
    Напишите её, например 01.09.2026.
order-ask-starts =
    ▶️ <b>С какого дня действует приказ?</b>
    Напишите дату, например 01.09.2026.
paper-day-unclear = Не понимаю дату. Напишите её так: 01.09.2026
order-issued =
    ✅ <b>Приказ № { $number } от { FULLDAY($day) } издан.</b>
    Скачайте, напечатайте и подпишите. Файл хранится таким, какой он сейчас: «Документы» → «Отправленное».
paper-file-order-draft = Черновик-приказа-{ $who }-{ $day }

button-paper-number = 🔢 Какой номер следующий
number-page =
    🔢 <b>{ $kind ->
        [order] Книга приказов
       *[agreement] Книга договоров
    }, { $year }</b>
    Следующий номер: <b>{ $number }</b>.

    В вашей книге другой? Напишите его так, как он стоит там: 47 или 47-о. Дальше бот считает сам.
number-set = ✅ { $kind ->
        [order] Следующий приказ
       *[agreement] Следующий договор
    } получит № { $number }.
number-unclear = Не вижу номера. Напишите его так, как он стоит в книге: 47 или 47-о
number-given = № { $number } не подходит: бот уже дал номера до { $highest }. Напишите больший.
button-count-academic = Считать по учебным годам
button-count-calendar = Считать по календарным годам

papers-sent =
    🗃 <b>Отправленное, { $year }</b>
    Бумаг: { $total }. Каждая хранится такой, какой ушла.
papers-sent-none = Пока ничего не отправлено: здесь появятся приказы, заявки партнёрам, договоры и отчёты — такими, какими они ушли.
button-kept = { $kind ->
        [order] Приказ
        [amendment] Изменения
        [agreement] Договор
        [report] Отчёт
       *[request] Заявка
    } № { $number } от { DAY($day) }{ $partner ->
        [none] {""}
       *[other] {", "}{ SHORT($partner) }
    }
button-kept-annulled = ✖️ { $label }
kept-title = 📄 <b>{ $kind ->
        [order] Приказ об обучении
        [amendment] Приказ о внесении изменений
        [agreement] Договор
        [report] Отчёт по сетевому журналу
       *[request] Заявка партнёру
    } № { $number } от { FULLDAY($day) }</b>
kept-partner = { $partner }
kept-starts = Действует с { FULLDAY($day) }.
kept-annulled = ✖️ <b>Аннулирован { FULLDAY($at) }.</b> Номер больше никому не достанется.
kept-hash = Файл сохранён { FULLDAY($at) }. Его отпечаток (SHA-256): <code>{ $sha256 }</code>
button-paper-file = 📥 Скачать
button-annul = ✖️ Аннулировать
annul-ask =
    ✖️ <b>Аннулировать приказ № { $number } от { FULLDAY($day) }?</b>
    Он останется в списке с пометкой, его номер больше никому не достанется, а ученики войдут в следующий приказ.
button-annul-sure = ✖️ Да, аннулировать
paper-has-changes = Этот приказ изменён другими: { $numbers }. Сначала аннулируйте их.
paper-spoilt = Файл не тот, что был сохранён: его отпечаток другой. Скажите тому, кто ведёт сервер бота.
try-again = Сейчас номера берут сразу несколько человек. Нажмите ещё раз.
