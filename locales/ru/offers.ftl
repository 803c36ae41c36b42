# Место из резерва: предложение семье, её ответ; группы глазами партнёра и школы.

button-offer-accept = ✅ Принять
button-offer-decline = ✖️ Отказаться
button-offer-decline-sure = Да, отказаться
button-offer-open = 🎁 Ответить: «{ $course }»

# Семье
place-offered =
    🎁 { $child }: освободилось место на курсе «{ $course }»! Группа { $group }, { SHORT($partner) }.
    Ответьте до { TIME($deadline) } { ONDAY($deadline) }: потом место предложат следующему.
place-waits =
    ⏰ { $child }: место на курсе «{ $course }» всё ещё ждёт вашего ответа. Группа { $group }, { SHORT($partner) }.
    Ответьте до { TIME($deadline) } { ONDAY($deadline) }: потом место предложат следующему.
place-passed-on =
    { $behind ->
        [no] { $child }: вы не ответили, и предложение места на курсе «{ $course }» ({ SHORT($partner) }) закончилось.
       *[yes] { $child }: вы не ответили, и место на курсе «{ $course }» ({ SHORT($partner) }) предложено следующему.
    }
    { $again ->
        [no] Если курс ещё нужен, напишите в школу: приём закончен, место может дать только ответственный.
       *[yes] Если курс ещё нужен, подайте заявление снова.
    }
enough-courses =
    { $child }: место есть на { $count ->
        [one] { $count } курсе
       *[other] { $count } курсах
    } — столько вы и просили. Поэтому заявление на курс «{ $course }» снято, { SHORT($partner) }.
    Нужен и он? Напишите ответственному за сетевые курсы.
enough-courses-own =
    У тебя есть место на { $count ->
        [one] { $count } курсе
       *[other] { $count } курсах
    } — столько и просили. Поэтому заявление на курс «{ $course }» снято, { SHORT($partner) }.
wanted-again =
    🪑 { $child }: курс «{ $course }» больше не про запас, { SHORT($partner) }. { $number ->
        [0] Место теперь за вами.
       *[other] Мест сейчас нет: вы { $number }-й в очереди.
    }
wanted-again-own =
    🪑 Курс «{ $course }» больше не про запас, { SHORT($partner) }. { $number ->
        [0] Место теперь за тобой.
       *[other] Мест сейчас нет: ты { $number }-й в очереди.
    }
place-taken-back =
    { $child }: место на курсе «{ $course }», которое мы предложили, дать нельзя: мест в группе стало меньше. Просим прощения.
    Вы { $number }-й в очереди, { SHORT($partner) }: если место освободится, я сразу напишу.
place-given-up = { $child }: от места на курсе «{ $course }» отказались, { SHORT($partner) }.
pupil-left =
    { $child } больше не в группе курса «{ $course }», { SHORT($partner) }.
    Причина: { $reason }
course-completed = 🎓 { $child }: курс «{ $course }» пройден, { SHORT($partner) }. Поздравляем!
offer-page =
    <b>{ $child }: есть место на курсе «{ $course }»</b>
    Группа { $group }, { SHORT($partner) }.
    Ответьте до { TIME($deadline) } { ONDAY($deadline) }: потом место предложат следующему.
offer-accepted = 🎉 { $child }: место на курсе «{ $course }» ваше, группа { $group }. Занятия — в расписании.
offer-decline-sure = <b>{ $child }</b>: отказаться от места на курсе «{ $course }»?{ $proposed ->
        [yes] { "" }
       *[no] { " " }Его сразу предложат следующему.
    }
offer-declined = { $child }: от места на курсе «{ $course }» вы отказались. Другие курсы ждут вас в каталоге.
offer-seat-gone = Мест на курсе «{ $course }» стало меньше, и этого места больше нет. Просим прощения: вы остаётесь в очереди.
offer-consent = Чтобы занять место, нужно согласие семьи назвать ребёнка партнёру: { $partner }. Семья даёт его в «Мои данные» (/mydata).
offer-partner =
    <b>{ $child }: последний вопрос</b>

    Чтобы занять место на курсе «{ $course }», школа назовёт ребёнка партнёру (ФИО, класс, дату рождения): { $partner }. Согласие можно взять назад в «Мои данные».
button-offer-agreeing = ✅ Согласен(на), принять
offer-page-proposed =
    <b>{ $child }: школа предлагает курс «{ $course }»{ proposed-instead }</b>
    Группа { $group }, { SHORT($partner) }.
    Место держим до { TIME($deadline) } { ONDAY($deadline) }. Решаете вы: без вашего «да» никуда не зачислят.
offer-over = Этого предложения больше нет: на него уже ответили, или место предложено следующему.

application-wish-state-moved = { $rank }. { $course } — { choice-state }, { $number }-й в очереди (было { $was }, стало { $number })

# Ученику о нём самом
place-offered-own =
    🎁 Для тебя освободилось место на курсе «{ $course }»! Группа { $group }, { SHORT($partner) }.
    Родителям нужно ответить до { TIME($deadline) } { ONDAY($deadline) }: потом место предложат следующему.
place-waits-own =
    ⏰ Место на курсе «{ $course }» всё ещё ждёт ответа родителей. Группа { $group }, { SHORT($partner) }.
    Ответить нужно до { TIME($deadline) } { ONDAY($deadline) }: потом место предложат следующему.
place-passed-on-own = { $behind ->
        [no] Ответа не было, и предложение места на курсе «{ $course }» ({ SHORT($partner) }) закончилось.
       *[yes] Ответа не было, и место на курсе «{ $course }» ({ SHORT($partner) }) предложено следующему.
    }
place-taken-back-own = Место на курсе «{ $course }», которое тебе предложили, дать нельзя: мест стало меньше. В очереди ты { $number }-й, { SHORT($partner) }.
place-given-up-own = От места на курсе «{ $course }» отказались, { SHORT($partner) }.
pupil-left-own =
    Тебя больше нет в группе курса «{ $course }», { SHORT($partner) }.
    Причина: { $reason }
course-completed-own = 🎓 Курс «{ $course }» пройден, { SHORT($partner) }. Поздравляем!

# Вместо курса, которого не стало
course-proposed =
    🎁 { $child }: школа предлагает курс «{ $course }»{ proposed-instead }. Группа { $group }, { SHORT($partner) }.
    Место держим до { TIME($deadline) } { ONDAY($deadline) }. Решаете вы: без вашего «да» никуда не зачислят.
course-proposed-own =
    🎁 Школа предлагает тебе курс «{ $course }»{ proposed-instead }. Группа { $group }, { SHORT($partner) }.
    Решают родители: ответить нужно до { TIME($deadline) } { ONDAY($deadline) }.
proposal-waits =
    ⏰ { $child }: курс «{ $course }»{ proposed-instead } всё ещё ждёт вашего ответа. Группа { $group }, { SHORT($partner) }.
    Место держим до { TIME($deadline) } { ONDAY($deadline) }.
proposal-waits-own =
    ⏰ Курс «{ $course }»{ proposed-instead } всё ещё ждёт ответа родителей. Группа { $group }, { SHORT($partner) }.
    Ответить нужно до { TIME($deadline) } { ONDAY($deadline) }.
proposed-instead = { $replaces ->
        [yes] { " " }вместо курса «{ $instead }»
       *[no] { "" }
    }

# Школе: кому предложить другой курс
button-inbox-lost = 🔁 Остались без курса: { $count }
inbox-lost = Остались без курса, потому что он ушёл: { $count }
lost-none = Предлагать некому: у всех, чей курс ушёл, есть другой, или семье он не нужен.
lost-courses =
    <b>Каких курсов не стало</b>
    Рядом — сколько детей остались без места. Можно предложить им другой курс: семья ответит «Принять» или «Отказаться».
button-lost-course = { $course }: { $count }
lost-course =
    <b>«{ $course }»: без курса остались { $count }</b>
    { $children }
lost-groups = Что предложить? Здесь только группы со свободными местами, которых никто не ждёт.{ $several ->
        [yes] { " " }Всем сразу или каждому своё.
       *[no] { "" }
    }
lost-groups-none = Предложить сейчас нечего: подходящих групп со свободными местами нет.
button-lost-group = { $course }, { $group }: { $left ->
        [one] { $left } место
        [few] { $left } места
       *[other] { $left } мест
    }{ $alone ->
        [yes] { "" }
       *[no] , подходит { $suits }
    }
button-lost-child = { $child }, { $class_name }
button-lost-settle = { $count ->
        [1] Другой курс не нужен
       *[other] Другой курс не нужен: { $count }
    }
lost-settle-sure = <b>Больше ничего не предлагать ({ $count })?</b> { $children }. Письма об этом не будет.
button-lost-settle-sure = Да, убрать из списка
lost-settled = Убрано из списка: { $count }.
lost-proposal =
    <b>Предложить «{ $course }», группа { $group }</b>
    { $partner }: { $hours }. Мест для них: { $left }
lost-proposal-going = 🎁 Спросим ({ $count }): { $children }
lost-proposal-staying = ⚠️ Не спросим ({ $count }):
lost-proposal-ask = Место за каждым держится 48 часов, без ночи и выходных. Кто не ответит или откажется, останется в этом списке.
button-lost-sure = 🎁 Предложить: { $count }
lost-proposed = 🎁 Курс «{ $course }» предложен: { $count }. { families-hear } Ответы придут вам.
propose-twice = этот курс у ребёнка уже есть
propose-refused = на этот курс уже был отказ с причиной
propose-seatless = мест не хватит
propose-nobody = Предлагать некому: никому из этих детей группа не подходит, или мест в ней уже нет.

# Школе и партнёру
offer-from = { $proposed ->
        [yes] взамен ушедшего курса
       *[no] из резерва
    }
offer-answered = { $answer ->
        [accepted] ✅ Заявление № { $number }: место { offer-from } на курс «{ $course }» принято.
        [declined] ✖️ Заявление № { $number }: от места { offer-from } на курс «{ $course }» отказались{ $behind ->
            [no] , за ним никто не ждёт.
           *[yes] , оно предлагается следующему.
        }
       *[lapsed] ⌛ Заявление № { $number }: на место { offer-from } на курс «{ $course }» не ответили{ $behind ->
            [no] , за ним никто не ждёт.
           *[yes] , оно предлагается следующему.
        }
    }

# Группы
button-groups = 👥 Группы
button-group = { $group }, { $course }: { $count }
button-group-pupil = { $child }, { $class_name }
button-group-release = 🎁 Предложить места резерву
button-leave-course = Уйти с курса «{ $course }»
leave-sure = <b>{ $child }</b>: уйти с курса { $courses }? Место освободится для других, вернуться можно только новым заявлением, пока идёт приём.
button-left = 🚪 Больше не ходит
button-complete = 🎓 Курс пройден
button-complete-all = 🎓 Курс завершили все: { $count }
groups-title =
    <b>Группы</b>
    Всего: { $total }. Рядом с названием — сколько детей учится.
groups-none = В группах пока никого нет: дети появятся здесь, когда партнёр ответит на заявку.
group-head =
    <b>Группа { $group }, «{ $course }»</b>
    Занято мест: { $taken } из { $seats }, свободно: { $left }
group-enrolled = • { $child }, { $class_name }
group-offered = 🎁 { $child }, { $class_name }: предложено место, ответ ждём до { TIME($deadline) } { ONDAY($deadline) }
group-asked = { $number ->
        [0] 🕓
       *[other] ⏳ { $number }.
    } { $child }, { $class_name }: { choice-state }
group-reserve = ⏳ { $number }. { $child }, { $class_name } — в резерве
group-kept = Свободные места ({ $count }) резерву не предлагаются: партнёр оставил их, когда ставил в резерв.
group-released = { $count ->
        [0] Предлагать сейчас некому: впереди в очереди те, кто ждёт решения.
        [one] 🎁 Место предложено { $count } ребёнку. { families-hear }
       *[other] 🎁 Места предложены { $count } детям. { families-hear }
    }
group-pupil =
    <b>{ $child }, { $class_name }</b>
    «{ $course }», группа { $group } — { choice-state }
group-why-left = Напишите одним сообщением, почему { $child } больше не ходит на курс «{ $course }». Семья прочтёт ваши слова.
group-sure-left = <b>{ $child } больше не ходит на курс «{ $course }»?</b> Место предложат резерву.
button-regroup = 🔁 В другую группу
button-regroup-to = { $group }: { $hours }, { $left ->
        [0] мест нет
        [one] { $left } место
        [few] { $left } места
       *[other] { $left } мест
    }
regroup-where = <b>{ $child }</b>, «{ $course }»: в какую группу перевести из { $group }? Семья, партнёр и педагоги узнают.
regroup-none = У курса «{ $course }» нет другой группы.
regroup-clash = ⚠️ { $group }: { $why }
button-regroup-all = 🔁 Перевести всех
button-regroup-all-sure = 🔁 Перевести: { $count }
button-regroup-anyhow = ⚠️ И тех, кому мешает: { $count }
button-regroup-back = { $count ->
        [1] ↩️ Вернуть обратно
       *[other] ↩️ Вернуть всех обратно
    }
regroup-all-where = <b>«{ $course }»: в какую группу перевести всех?</b> Сначала покажу, кто перейдёт, а кто нет.
regroup-all-head = <b>Перейдут в группу { $group }: { $count }</b>
    Свободных мест в ней: { $left }
regroup-all-learn = 🎒 С местом ({ $count }): { $children }
regroup-all-wait = ⏳ Ждут, встанут в конец очереди ({ $count }): { $children }
regroup-all-seatless = 🪑 Останутся: мест не хватит ({ $count }): { $children }
regroup-all-clashing = { $goes ->
        [yes] ⚠️ Перейдут, хотя мешает ({ $count }):
       *[no] ⚠️ Останутся: мешает другое занятие, уроки или дорога ({ $count }):
    }
regroup-all-clash = • { $child }: { $why }
regroup-all-offered = 🎁 Останутся: ждём ответа семьи на предложение места ({ $count }): { $children }
regroup-all-done = 🔁 Переведено в группу { $group }: { $count }. { families-hear-soon } Партнёр и педагоги узнают.
regroup-all-back = ↩️ Вернулись: { $count }.{ $left ->
        [0] { "" }
       *[other] { " " }Не вернулись: { $left } — их прежние места уже заняты.
    }
regroup-nobody = Переводить некого: никто из группы не может перейти.
regroup-undone = Возвращать некого: все уже не там, куда их перевели.
regroup-full = В группе { $group } свободных мест нет.
regroup-done = 🔁 { $child }: теперь группа { $group }. { $told ->
        [0] Партнёр и педагоги узнают.
       *[other] Семья, партнёр и педагоги узнают.
    }
group-done-left = Записано: больше не ходит, место предложат резерву. { families-read }
group-complete-sure = Отметить, что курс завершили все, кто учится в группе? Семьи узнают.
group-done-completed = 🎓 Завершили курс: { $count }. { families-hear }
button-stead-accept = ✅ Семья согласна
button-stead-decline = ✖️ Семья отказалась
group-stead-accepted = ✅ Записано: семья приняла место, { $child }.
group-stead-declined = ✖️ Записано: семья отказалась от места, { $child }. Оно предлагается следующему.
button-free-nameless = 🪑 Освободить место без имени
group-free-sure = Освободить место, данные по которому семья отозвала? Ребёнок больше сюда не ходит; место получит тот, кто ждёт.
group-freed = ✅ Место свободно.

# Письма о том, что изменила книга сети или координатор
# Что семья может дальше, когда курса не стало
place-way-on = { $way ->
        [apply] { " " }Другие курсы открыты: выберите, пока идёт приём.
        [school] { " " }Приём на другие курсы закончен. Школа может предложить место на другом курсе: я напишу, а решите вы.
       *[none] { " " }Если это ошибка, напишите школе.
    }
place-way-on-own = { $way ->
        [apply] { " " }Другие курсы открыты: родители могут выбрать, пока идёт приём.
        [school] { " " }Приём на другие курсы закончен. Школа может предложить место на другом курсе: решат родители.
       *[none] { " " }Если это ошибка, скажи школе.
    }
application-instead = { $way ->
        [apply] 🔁 Вместо ушедшего курса можно выбрать другой: приём идёт.
       *[school] 🔁 Приём на другие курсы закончен. Школа может предложить место на другом курсе: я напишу, а решите вы.
    }
application-instead-own = { $way ->
        [apply] 🔁 Вместо ушедшего курса родители могут выбрать другой: приём идёт.
       *[school] 🔁 Приём на другие курсы закончен. Школа может предложить место на другом курсе: решат родители.
    }
place-changed = { $fate ->
        [leaves] ⚠️ { $child } больше не учится на курсе «{ $course }», { $partner }: { $why ->
            [pupil] по спискам школы ребёнок в ней уже не учится
            [group] группы больше нет, а в других нет мест
           *[course] курса больше нет в программе
        }.{ place-way-on }
        [falls] ⚠️ { $child }: заявление на курс «{ $course }», { $partner }, закрыто: { $why ->
            [pupil] по спискам школы ребёнок в ней уже не учится
            [group] группы больше нет
           *[course] курса больше нет в программе
        }.{ place-way-on }
        [moves] 🔁 { $child }: { $learns ->
            [offered] место на курсе «{ $course }», которое мы предложили, теперь в группе { $group }. Ответить нужно в тот же срок.
            [held] место на курсе «{ $course }», о котором вы просите, теперь в группе { $group }.
           *[yes] на курсе «{ $course }» теперь группа { $group }. Дни и часы — в расписании.
        }
        [lines-up] 🔁 { $child }: на курсе «{ $course }» теперь очередь группы { $group }, вы { $number }-й.
        [no-seat] ⚠️ { $child }: мест на курсе «{ $course }» стало меньше. Вы { $number }-й в очереди: если место освободится, я сразу напишу.
        [draw] 🎲 { $child }: места на курсе «{ $course }» теперь делит жребий, заранее место ни за кем не закреплено. О жребии я напишу.
        [besides] 🔁 { $child }: места на курсе «{ $course }» теперь дают по порядку подачи. Нужное число мест у вас уже есть, этот курс — про запас: понадобится — напишу.
        [hours] 🔁 { $child }: места на курсе «{ $course }» теперь дают по порядку подачи. Место пока не занято: мешают часы или дорога, решит школа.
       *[arrival] 🔁 { $child }: места на курсе «{ $course }» теперь дают по порядку подачи: { $number ->
            [0] место за вами, группа { $group }.
           *[other] вы { $number }-й в очереди.
        }
    }
place-changed-own = { $fate ->
        [leaves] ⚠️ Ты больше не учишься на курсе «{ $course }», { $partner }: { $why ->
            [pupil] по спискам школы ты в ней уже не учишься
            [group] группы больше нет, а в других нет мест
           *[course] курса больше нет в программе
        }.{ place-way-on-own }
        [falls] ⚠️ Твоё заявление на курс «{ $course }», { $partner }, закрыто: { $why ->
            [pupil] по спискам школы ты в ней уже не учишься
            [group] группы больше нет
           *[course] курса больше нет в программе
        }.{ place-way-on-own }
        [moves] 🔁 { $learns ->
            [offered] Место на курсе «{ $course }», которое предложили тебе, теперь в группе { $group }. Отвечают родители, в тот же срок.
            [held] Место на курсе «{ $course }», о котором просят для тебя, теперь в группе { $group }.
           *[yes] На курсе «{ $course }» у тебя теперь группа { $group }. Дни и часы — в расписании.
        }
        [lines-up] 🔁 На курсе «{ $course }» у тебя теперь очередь группы { $group }, номер { $number }.
        [no-seat] ⚠️ Мест на курсе «{ $course }» стало меньше. Твой номер в очереди — { $number }: если место освободится, я сразу напишу.
        [draw] 🎲 Места на курсе «{ $course }» теперь делит жребий, заранее место ни за кем не закреплено. О жребии я напишу.
        [besides] 🔁 Места на курсе «{ $course }» теперь дают по порядку подачи. Нужное число мест у тебя уже есть, этот курс — про запас: понадобится — напишу.
        [hours] 🔁 Места на курсе «{ $course }» теперь дают по порядку подачи. Место пока не занято: мешают часы или дорога, решит школа.
       *[arrival] 🔁 Места на курсе «{ $course }» теперь дают по порядку подачи: { $number ->
            [0] место за тобой, группа { $group }.
           *[other] твой номер в очереди — { $number }.
        }
    }
