# Зачисление: заявление семьи, решение школы, заявка партнёру, ответ партнёра.

# Что стало с выбором
choice-state = { $state ->
        [draft] ещё не отправлено
        [submitted] отправлено, ждёт решения школы
        [returned] возвращено на исправление
        [approved] одобрено школой
        [requested] школа запросила место у партнёра
        [enrolled] зачислили
        [reserve] в резерве
        [offered] предложено место
        [lapsed] предложение места истекло
        [declined] отказано
        [gone] курса больше нет
        [groupless] группы больше нет
        [passed] от места отказались
        [enough] больше не нужно: курсов столько, сколько просили
        [over] закрыто
        [withdrawn] отозвано
        [completed] курс пройден
        [failed] курс не пройден
        [continues] продолжает в следующем году
        [unfinished] учебный год закончен без итога
        [closed] учебный год закончен, заявление закрыто
       *[left] больше не ходит
    }
answer-state = { $state ->
        [requested] ждёт ответа
        [enrolled] зачислили
        [reserve] в резерве
        [offered] предложено место
        [lapsed] предложение истекло
        [declined] отказано
        [gone] курса больше нет
        [groupless] группы больше нет
        [passed] семья отказалась от места
        [enough] больше не нужно: у ребёнка есть другие курсы
        [over] закрыто
        [withdrawn] семья отозвала
        [completed] курс пройден
        [failed] курс не пройден
        [continues] продолжает
        [unfinished] без итога
        [closed] год закончен
       *[left] больше не ходит
    }
choice-no-step = Сейчас это сделать нельзя: { choice-state }.

# Заявление пишется
button-submit = ✅ Подтвердить
button-unchoose = ✖️ Убрать { $place }
button-wish-up = ⬆️ { $place }
button-wish-down = ⬇️ { $place }
button-application-more = ➕ Добавить ещё курс
button-application-edit = ✏️ Исправить
button-application-open = 📝 Открыть заявление
button-application-withdraw = Отозвать
button-application-withdraw-one = Отозвать «{ $course }»
application-draft =
    <b>Заявление: { $child }, { $class_name }</b>
    Сверху — самый желанный курс.
application-draft-wish = <b>{ $place }. { $course }</b> — { SHORT($partner) }
application-draft-next = Всё верно? Нажмите «Подтвердить»: заявление уйдёт в школу.
application-draft-blocked = Уберите курс, который не подходит, — тогда заявление можно будет отправить.
application-returned-why = ↩️ Школа просит исправить: { $reason }
application-hint = ℹ️ { $why } Ходить можно будет только на один из двух.
application-hint-besides = ℹ️ Про запас: вам { $count ->
        [one] нужен { $count } курс
        [few] нужно { $count } курса
       *[other] нужно { $count } курсов
    }, а место «кто раньше подал» займём сразу. Нужен и этот? Нажмите «Сколько курсов нужно».
application-anyway = 🙋 Вы всё равно просите об этом курсе: решит школа.
application-draft-insist = Уберите курс, который не подходит, или нажмите «Всё равно попросить»: тогда решит школа.
button-ask-anyway = 🙋 Всё равно попросить
button-ask-anyway-one = 🙋 Всё равно попросить { $place }
application-hint-line = ℹ️ Мест нет: заявление встанет в очередь резерва.
application-two-years = В одном заявлении — курсы одного учебного года. Для другого года подайте отдельное.
application-full = В заявлении уже { $most } курса: больше нельзя. Уберите один, чтобы добавить другой.
application-twice = На курс «{ $course }» заявление уже подано: оно в «Моих заявлениях».
application-sent = { $state ->
        [draft] Это заявление ещё не подано: добавьте в него курс и подтвердите.
        [returned] Это заявление вернули на исправление: его можно исправить или отозвать.
        [declined] Это заявление отклонено. Можно подать новое.
        [withdrawn] Это заявление отозвано. Можно подать новое.
        [closed] Учебный год закончен, и заявление закрыто. Подайте новое — на следующий год.
       *[other] Это заявление уже в школе, и по нему решают: изменить его нельзя, можно отозвать.
    }
application-empty = В заявлении нет ни одного курса. Добавьте курс.
application-course-gone = Одного из курсов больше нет. Уберите его и подтвердите ещё раз.
application-discarded = Заявление не отправлено и удалено. Курсы ждут вас.
application-partners =
    <b>{ $child }: последний вопрос перед отправкой</b>

    Чтобы попросить о месте, школа назовёт ребёнка { $count ->
        [one] партнёру
       *[other] партнёрам
    } (ФИО, класс, дату рождения):
    { $partners }

    Согласны? Без согласия заявление примут, но место школа попросить не сможет.
button-submit-agreeing = ✅ Согласен(на), подтвердить
button-submit-silent = Подтвердить без согласия
application-no-partner = ⚠️ { $partner }: нет вашего согласия назвать ребёнка, попросить о месте школа не может.
application-no-messages = 🔕 Сообщения вы не включили: о решении узнаете только здесь — или школа позвонит.
button-consents-of = 📄 Согласия
application-submitted-page = ✅ <b>Заявление отправлено: { $child }, { $class_name }</b>
application-wish = { $rank }. { $course }: ждёт решения школы.
application-wish-seat = { $rank }. { $course }: место за вами, ждёт решения школы.
application-wish-besides = { $rank }. { $course }: про запас, понадобится — я напишу.
application-wish-in-line = { $rank }. { $course }: мест нет, вы { $number }-й в очереди резерва.
application-next = О решении школы я напишу сюда.

# Мои заявления
applications-title =
    <b>Мои заявления</b>
    Всего: { $total }
applications-none = Заявлений пока нет. Начните с курсов: выберите тот, что по душе.
applications-of-school = Заявления родителей ждут решения во «Входящих», а заявки партнёрам — в «Заявках».
application-title = <b>{ $child }, { $class_name }</b>, { DAY($day) }
application-button = { $child }: { $courses }
application-wish-state = { $rank }. { $course } — { choice-state }
application-wish-state-in-line = { $rank }. { $course } — { choice-state }, { $number }-й в очереди
application-wish-state-besides = { $rank }. { $course } — { choice-state }, про запас
application-wish-drawn = { "  " }🎲 { $place ->
        [yes] место есть: { $number }-й в списке на { $seats ->
            [one] { $seats } место
            [few] { $seats } места
           *[other] { $seats } мест
        }; жребий { $lot }
       *[no] жребий { $lot }
    }
application-reason = Школа пишет: { $reason }
application-history = <b>Как было</b>
button-discard = 🗑 Удалить черновик
button-discard-sure = 🗑 Удалить
application-discard-sure = <b>{ $child }</b>: удалить черновик заявления на { COURSES($courses) }? В школу он не отправлен.
withdraw-sure = <b>{ $child }</b>: отозвать заявление на { COURSES($courses) }? Место или очередь пропадут.
withdraw-nothing = Отзывать нечего: всё уже отозвано или решено.

# Семье
application-submitted = 📝 { $child }: подано заявление на { COURSES($courses) }. О решении школы я напишу.
application-withdrawn = 📝 { $child }: { $left ->
        [yes] больше не ходит на { COURSES($courses) }, так решила семья.
       *[no] отозвано заявление на { COURSES($courses) }.
    }
application-approved = ✅ { $child }: школа одобрила заявление на { COURSES($courses) }. { $follows }
approved-next = { $kind ->
        [draw] Места поделит жребий, когда закончится приём: о нём я напишу.
        [line] Мест пока нет, заявление стоит в очереди: освободится место — сразу напишу.
        [besides] Курс про запас: понадобится — напишу.
       *[request] Теперь она запросит место у партнёра.
    }
approved-also = { $kind ->
        [draw] Где места делит жребий, ждём его: о нём я напишу.
        [line] Где мест нет, ждём в очереди: освободится место — сразу напишу.
        [besides] Что про запас, подождёт: понадобится — напишу.
       *[request] Где место есть, она запросит его у партнёра.
    }
application-returned =
    ↩️ { $child }: заявление на { COURSES($courses) } нужно исправить.
    Школа пишет: { $reason }
application-declined =
    { $child }: заявление на { COURSES($courses) } отклонено.
    Школа пишет: { $reason }
request-sent =
    📨 { $child }: школа запросила место на { COURSES($courses) }. Ждём ответа.
    Ответит: { SHORT($partner) }.
child-enrolled =
    🎉 { $child }: есть место на курсе «{ $course }»! Группа { $group }, { SHORT($partner) }.
    { $dated ->
        [yes] Первое занятие { WHEN($at) }.
       *[no] О первом занятии я напишу.
    }{ $placed ->
        [yes] { " " }Где: { $where }.
       *[no] { "" }
    }
put-in-reserve =
    ⏳ { $child }: пока в резерве курса «{ $course }», { SHORT($partner) }.
    Вы { $number }-й в очереди: если место освободится, я сразу напишу.
place-refused =
    { $child }: на курс «{ $course }» не приняли, { SHORT($partner) }.
    Причина: { $reason }

# Ученику о нём самом
application-submitted-own = 📝 Подано заявление на { COURSES($courses) }. О решении школы я напишу.
application-withdrawn-own = 📝 { $left ->
        [yes] Ты больше не ходишь на { COURSES($courses) }: так решили дома.
       *[no] Заявление на { COURSES($courses) } отозвано.
    }
application-approved-own = ✅ Школа одобрила заявление на { COURSES($courses) }. { $follows }
application-returned-own =
    ↩️ Заявление на { COURSES($courses) } нужно исправить: это сделают родители.
    Школа пишет: { $reason }
application-declined-own =
    Заявление на { COURSES($courses) } отклонено.
    Школа пишет: { $reason }
request-sent-own =
    📨 Школа запросила для тебя место на { COURSES($courses) }. Ждём ответа.
    Ответит: { SHORT($partner) }.
child-enrolled-own =
    🎉 Для тебя есть место на курсе «{ $course }»! Группа { $group }, { SHORT($partner) }.
    { $dated ->
        [yes] Первое занятие { WHEN($at) }.
       *[no] О первом занятии я напишу.
    }{ $placed ->
        [yes] { " " }Где: { $where }.
       *[no] { "" }
    }
put-in-reserve-own =
    ⏳ Ты пока в резерве курса «{ $course }», { SHORT($partner) }.
    В очереди ты { $number }-й: если место освободится, я сразу напишу.
place-refused-own =
    На курс «{ $course }» не приняли, { SHORT($partner) }.
    Причина: { $reason }

# Партнёру и школе
request-received =
    📨 Заявка № { $number } от { DAY($day) }: { $school }.
    Детей: { $children }. Курсы: { $courses }.
child-withdrew = ↩️ Заявление № { $number }: { $left ->
        [yes] семья ушла с курса «{ $course }».
       *[no] семья отозвала «{ $course }».
    } Кто это — по кнопке.
button-staff-open = 👁 Открыть

# Решения школы
button-approve = ✅ Одобрить
button-return = ↩️ Вернуть
button-decline = ✖️ Отклонить
button-form-request = 📨 Сформировать заявку
button-form-next = Другие партнёры
button-form-for = { SHORT($partner) }: { $count }
button-inbox-applications = 📥 Заявления: { $count }
button-inbox-request = Заявка № { $number }: ждут { $count }
button-inbox-request-of = № { $number }, { SHORT($partner) }: ждут { $count }
inbox-title = <b>Ждёт вашего решения</b>
inbox-empty = Всё разобрано 👍 Новые заявления и заявки появятся здесь сами.
inbox-teacher = Здесь решают заявления и заявки, а вам решать нечего. Ваши занятия — в расписании.
inbox-director = Здесь решают заявления и заявки: это дело ответственного за сетевые курсы. Вам сейчас решать нечего.
inbox-applications = Заявлений от родителей: { $count }
inbox-approved = Одобрено, пора сформировать заявку: { $count ->
        [one] { $count } место
        [few] { $count } места
       *[other] { $count } мест
    }
inbox-no-consent = ⚠️ Одобрено, но семья не дала согласия партнёру: { $count }.
inbox-waits-draw = Ждут жребия (мест до него никто не получает): { $count }
inbox-waits-line = В очереди резерва, в заявку не входят: { $count }
inbox-waiting = Ждут ответа партнёра: { $count }
inbox-application =
    <b>{ $child }, { $class_name }</b>
    От кого: { $guardian }, { WHEN($at) }
inbox-guardian-nameless = родитель, ФИО пока не назвал
inbox-warning = ⚠️ { $why }
inbox-anyway = 🙋 Семья это знает и всё равно просит: решать вам.
inbox-wish-besides = Про запас: семье { $count ->
        [one] нужен { $count } курс
        [few] нужно { $count } курса
       *[other] нужно { $count } курсов
    }, другие места уже за ребёнком
inbox-wish-seat = Место за ребёнком, группа { $group }
inbox-wish-in-line = Мест нет: { $number }-е место в очереди резерва
inbox-why-return = Что исправить: { $child }, { $class_name }? Выберите или напишите одним сообщением. Семья прочтёт ваши слова.
inbox-why-decline = Почему отказ: { $child }, { $class_name }? Выберите или напишите одним сообщением. Семья прочтёт ваши слова.
inbox-sure-return = <b>Вернуть заявление на исправление: { $child }, { $class_name }?</b>
inbox-sure-decline = <b>Отклонить заявление: { $child }, { $class_name }?</b>
inbox-sure-override = <b>Одобрить, хотя есть ⚠️: { $child }, { $class_name }?</b>
inbox-done-approved = ✅ Одобрено: { $child }. { families-hear }
inbox-done-returned = ↩️ Возвращено: { $child }. { families-read }
inbox-done-declined = ✖️ Отклонено: { $child }. { families-read }
inbox-letter-waits = ⏱ Письмо уйдёт через { $minutes ->
        [one] { $minutes } минуту
        [few] { $minutes } минуты
       *[other] { $minutes } минут
    }: до тех пор решение можно отменить без писем.
inbox-all-decided = { $left ->
        [yes] Заявлений больше нет. Что ещё ждёт вас:
       *[no] Заявлений больше нет: всё разобрано 👍
    }
application-decided = Это заявление уже решено: { $state ->
        [approved] одобрено, { $who }, { DAY($at) }, { TIME($at) }.
        [returned] возвращено семье, { $who }, { DAY($at) }, { TIME($at) }.
        [declined] отклонено, { $who }, { DAY($at) }, { TIME($at) }.
        [draft] его ещё не подали.
       *[withdrawn] семья его отозвала.
    }
reason-needed = Напишите причину словами: её прочтёт семья.
reason-too-long = Получилось длинно: оставьте не больше { $limit } знаков.
reason-used = Эту причину уже отправили или заменили другой. Откройте страницу ещё раз: там видно, как стоит.
reason-told = Семья прочтёт: «{ $reason }»
reason-kept = В заявлении и в журнале решений останется: «{ $reason }»
reason-again = Подтвердите или напишите иначе.
reason-illness = ⚠️ Похоже, речь о здоровье. Это особые персональные данные: без письменного согласия семьи их лучше не писать. Напишите иначе («по семейным обстоятельствам») или оставьте как есть.
button-reason-illness = ⚠️ Оставить как есть

# Заявка партнёру
forming-title = <b>Кому сформировать заявку?</b> Рядом с названием — сколько детей одобрено.
forming-empty = Одобренных детей без заявки нет. Сначала одобрите заявления.
forming-for = <b>Заявка: { $partner }</b>, детей: { $count }
forming-course = «{ $course }» ({ $count }): { $children }
request-nothing = Для этой организации одобренных детей без заявки нет.
request-formed =
    📨 <b>Заявка № { $number } от { FULLDAY($day) }</b> сформирована: { $organization }, { $count ->
        [one] { $count } ребёнок
        [few] { $count } ребёнка
       *[other] { $count } детей
    }.
    Файлы — ниже: DOCX на подпись, XLSX для работы.
button-request-open = Открыть заявку
button-request = № { $number } от { DAY($day) }, { $waiting ->
        [0] детей { $children }
       *[other] ждут { $waiting } из { $children }
    }: { SHORT($partner) }
requests-title =
    <b>Заявки партнёрам</b>
    Всего: { $total }
requests-none = Заявок пока нет: они появятся, когда школа одобрит заявления.
request-head =
    <b>Заявка № { $number } от { FULLDAY($day) }</b>
    { $school } → { $partner }
    Детей: { $children }
request-line = • { $child }, { $class_name }: { $course } — { answer-state }{ $group }
request-waiting = Ждут ответа: { $count }. Нажмите на имя или ответьте всем сразу.
request-answered = Все ответы даны.
request-nobody = В заявке больше никого нет.
button-request-line = { $child }, { $class_name }: { $course }
button-enroll = ✅ Зачислить
button-enroll-in = ✅ Зачислить в { $group }, мест: { $left }
button-enroll-all = ✅ Зачислить всех: { $count }
button-reserve = ⏳ В резерв
button-file-docx = 📄 DOCX
button-file-xlsx = 📊 XLSX
request-child =
    <b>{ $child }, { $class_name }</b>
    { $course } — { answer-state }
request-group = Группа { $group }: { $when }, свободно { $left } из { $seats }
request-done-enrolled = ✅ Зачислено. { families-hear }
request-done-reserve = ⏳ В резерве, { $number }-е место в очереди. { families-hear }
request-done-declined = ✖️ Отклонено. { families-read }
request-done-all = ✅ Зачислено: { $count }. { families-hear }
request-done-left = Осталось: { $count } — нет места или другое занятие в это время. Им подойдёт резерв.
request-why = Напишите одним сообщением, почему отказ: { $child }, «{ $course }». Семья прочтёт ваши слова.
request-sure = <b>Отказать: { $child }, «{ $course }»?</b>
enroll-full = На курсе «{ $course }» мест нет: заняты все { $seats }. Нажмите «В резерв».
enroll-no-group = У «{ $course }» нет группы. Добавьте её в книгу сети и загрузите книгу.
