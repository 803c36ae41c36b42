# Бумаги: приглашения на листах, заявление, приказ, списки групп, отчёты.

## Приглашения: карточки, которые разрезают

sheet-title = Приглашения
sheet-code = Код приглашения
sheet-bot = Бот: @____________________
sheet-guardian = Курсы, расписание и отметки ребёнка — в вашем телефоне.
sheet-student = Твоё расписание, отметки и задания — в твоём телефоне.
sheet-teacher = Ваши занятия, переносы и журнал — в вашем телефоне.
sheet-partner = Заявки школы, занятия и журнал — в вашем телефоне.
sheet-office = Заявления, заявки и задачи — в вашем телефоне.
sheet-scan = Наведите камеру на квадрат или пришлите код боту.
sheet-type = Найдите бота в Telegram и пришлите ему код.
sheet-until = Ждём вас до { DAY($until) }, { TIME($until) }; код сработает один раз.
cli-sheets-no-bot = Имени бота я не знаю: Telegram не ответил или не задан BOT_TOKEN. На карточках нет QR, зато есть место вписать имя бота.
cli-sheets = Приглашений: { $count }. Напечатайте и разрежьте: { $file }. Каждое сработает один раз, до { DAY($until) }, { TIME($until) }.
invite-all-in = Приглашать некого: все сотрудники из книги сети уже вошли.

## Шаблоны

template-not-docx = Шаблон не читается: { $file } — это не документ DOCX. Исправьте его или уберите, тогда подойдёт обычный.
template-unknown-word = В шаблоне { $file } стоит слово «{ $word }», которого бот не знает. Исправьте его или уберите шаблон, тогда подойдёт обычный.
template-broken = Шаблон не читается: { $file } ({ $why }). Исправьте его или уберите, тогда подойдёт обычный.
template-without-word = В шаблоне { $file } нет слова «{ $word }»: без него эта бумага не действует. Впишите его в двойных фигурных скобках или уберите шаблон, тогда подойдёт обычный.
template-too-big = Шаблон { $file } слишком велик: больше 10 МБ. Уменьшите картинки в нём или уберите его, тогда подойдёт обычный.
template-macros = В шаблоне { $file } есть макросы, такие бот не открывает. Сохраните его как обычный документ Word (.docx) или уберите, тогда подойдёт обычный.
template-of-nothing = В папке templates лежит { $file }: бумаги с таким именем нет. Проверьте имя файла.

## Документы школы

button-papers = 📄 Документы
papers-title =
    📄 <b>Документы</b>
    Готовлю файл в Word: проверьте, напечатайте и подпишите.
button-papers-orders = 📄 Приказ об обучении
button-papers-groups = 👥 Списки групп
button-papers-requests = 📨 Заявки партнёрам
papers-order =
    📄 <b>Приказ об обучении</b>
    Список учеников будет приложением. Для кого приказ?
button-papers-all = Все партнёры
button-papers-partner = { SHORT($partner) }: { $count }
button-papers-partner-of = { SHORT($school) } → { SHORT($partner) }: { $count }
papers-groups =
    👥 <b>Списки групп</b>
    Чьи группы?
papers-groups-of =
    👥 <b>Списки групп</b>
    { $partner }
button-papers-group = { $group }, { $course }: { $count }
button-papers-all-groups = Все группы одним файлом
papers-nobody = Пока никто не зачислен: бумага появится, когда партнёр зачислит учеников.
papers-requests =
    📨 <b>Заявки партнёрам</b>
    Всего: { $total }. Нажмите, чтобы получить файл.
papers-requests-none = Заявок пока нет: они появятся, когда школа одобрит заявления и сформирует заявку.
papers-empty =
    Пока никто не зачислен, и списков ещё нет.
    Они появятся, когда партнёр зачислит учеников.
button-application-paper = 📄 Скачать заявление
paper-application-empty = В заявлении не осталось курсов: печатать нечего.
paper-application-as = { $of ->
        [one] Так заявление подано { FULLDAY($day) }.
       *[other] Версия { $version } из { $of }: так заявление подано { FULLDAY($day) }.
    }
button-paper-version = 📄 Версия { $version } от { DAY($day) }
button-papers-withdrawn = 🗄 Заявления, данные отозваны: { $count }
papers-withdrawn =
    🗄 <b>Заявления семей, отозвавших согласие</b>
    Это документы школы: они остаются такими, какими поданы. В боте этих семей больше нет.
button-paper-withdrawn = Заявление № { $number } от { DAY($day) }
paper-application-caption = Напечатайте, допишите данные от руки и подпишите: школе нужна бумага с подписью.
paper-file-application = Заявление-{ $child }-{ $number }
paper-file-order = Приказ-{ $number }-{ $who }-{ $day }
paper-file-groups = Список-{ $who }-{ $day }
paper-file-all = все-партнёры

## Отчёты школы: путь от желания к месту

button-reports = 📊 Отчёты
button-funnel-picture = 🖼 Картинка
button-funnel-xlsx = 📊 XLSX
funnel-title =
    <b>Зачисление{ $year ->
        [none] {""}
       *[other] {" "}на { $year } учебный год
    }: от заявления до места</b>
    { funnel-children }
    Желания — подано: { $applied } → одобрено: { $approved } → в заявке: { $requested } → зачислено: { $enrolled }. В резерве: { $reserve }.
funnel-children = Детей, подавших заявления: { $children }, из них с местом: { $with_place }.
funnel-empty = Заявлений ещё не было: как только семьи начнут выбирать курсы, здесь появятся цифры.
funnel-head = <b>{ $partner }</b>
funnel-line = • { $course }: подано { $applied } → одобрено { $approved } → в заявке { $requested } → зачислено { $enrolled }; резерв { $reserve }, свободно { $free } из { $seats }
funnel-title-plain =
    Зачисление{ $year ->
        [none] {""}
       *[other] {" "}на { $year } учебный год
    }: от заявления до места
funnel-day = на { FULLDAY($day) }
funnel-file = Зачисление
funnel-sheet = Зачисление
funnel-partner = Партнёр
funnel-course = Курс
funnel-applied = Подано
funnel-approved = Одобрено
funnel-requested = В заявке
funnel-enrolled = Зачислено
funnel-reserve = В резерве
funnel-seats = Мест
funnel-free = Свободно
funnel-asked = По анкетам
funnel-free-of = свободно мест: { $free } из { $seats }
funnel-total = Всего желаний
funnel-total-children = Детей

## Бланки школы

button-blanks = 🖋 Бланки
blanks-title =
    🖋 <b>Бланки</b>
    Каждую бумагу бот заполняет по бланку в Word. Возьмите бланк, поправьте и пришлите обратно: бот сначала проверит его. ✏️ — ваш.
button-blank = { $own ->
        [yes] ✏️{" "}
       *[no] {""}
    }{ $paper ->
        [agreement] Договор: кто учит
        [agreement_resource] Договор: кто даёт ресурсы
        [amendment] Приказ об изменениях
        [application] Заявление
        [certificate] Документ об обучении
        [certificate_note] Справка об обучении
        [consent] Согласия
        [groups] Списки групп
        [load] Нагрузка педагогов
        [network_programme] Программа сети
        [order] Приказ
        [programme] Программа курса
        [report] Отчёт по журналу
        [request] Заявка партнёру
        [request_delta] Изменения к заявке
       *[study_plan] Учебный график
    }
blank-page =
    🖋 <b>{ $paper ->
        [agreement] Договор: кто учит
        [agreement_resource] Договор: кто даёт ресурсы
        [amendment] Приказ об изменениях
        [application] Заявление
        [certificate] Документ об обучении
        [certificate_note] Справка об обучении
        [consent] Согласия
        [groups] Списки групп
        [load] Нагрузка педагогов
        [network_programme] Программа сети
        [order] Приказ
        [programme] Программа курса
        [report] Отчёт по журналу
        [request] Заявка партнёру
        [request_delta] Изменения к заявке
       *[study_plan] Учебный график
    }</b>
    { $own ->
        [yes] Заполняется по вашему бланку.
       *[no] Заполняется по обычному бланку бота.
    } Слова в двойных фигурных скобках бот заменяет данными: не меняйте их, только переставляйте.
button-blank-file = 📥 Взять бланк
button-blank-send = 📤 Прислать свой
button-blank-back = ↩️ Вернуть прежний
blank-ask = Пришлите бланк файлом Word (.docx), до 10 МБ. Бот попробует заполнить его выдуманными данными и только потом примет.
blank-refused =
    { $why }

    Ничего не изменилось: бумаги заполняются по прежнему бланку. Исправьте и пришлите ещё раз.
blank-taken = ✅ Проверено: теперь эта бумага заполняется по вашему бланку.
blank-put-back = ↩️ Вернули прежний бланк.
