# Приглашения, коды, письма о людях.

## Код

code-wrong = Этот код не подходит: в нём опечатка, им уже воспользовались или срок вышел. Проверьте и пришлите ещё раз — или попросите у школы новое приглашение.
code-locked = Слишком много неверных кодов. Попробуйте снова в { TIME($until) }.

## Кого пригласить

invite-no-role = Такой роли нет: «{ $role }». Можно: coordinator, director, teacher, partner, guardian, student.
invite-no-pupil = Ученика с кодом «{ $code }» нет. Проверьте лист «Ученики».
invite-no-staff = Сотрудника с кодом «{ $code }» нет. Проверьте лист «Сотрудники».
invite-unknown-code = Кода «{ $code }» нет ни у учеников вашей школы, ни у сотрудников сети. Проверьте и пришлите ещё раз.
invite-other-role =
    { $code }: в книге сети это { $holds ->
        [coordinator] координатор
        [director] директор
        [teacher] педагог
       *[partner] администратор
    }, а не { $asked ->
        [coordinator] координатор
        [director] директор
        [teacher] педагог
       *[partner] администратор
    }.
invite-ttl = Срок приглашения — от 1 до { $longest } часов.
invite-empty-class = В классе «{ $name }» учеников нет.

invite-page =
    🔑 <b>Кого пригласить?</b>

    Пришлите код ученика или сотрудника из книги сети, например <b>У-701</b> или <b>С-11</b>. Можно один за другим.
invite-card-pupil =
    🔑 <b>{ $name }</b>, { $where }
    Код: { $code }
invite-card-staff =
    🔑 <b>{ $name }</b>
    { $where }
    Код: { $code }
invite-inside =
    Уже { $count ->
        [one] вошёл
       *[other] вошли
    }:
invite-inside-guardian = • { $name } — родитель, с { FULLDAY($since) }
invite-inside-guardian-waiting = • { $name } — родитель, с { FULLDAY($since) }, согласия пока нет
invite-inside-self = • { $name }
invite-nobody = Пока никто не вошёл.
invite-nameless = без имени
button-invite-guardian = 👪 Пригласить родителя
button-invite-student = 🎒 Пригласить ученика
button-invite-staff = 🔑 Пригласить
button-invite-another = 🔑 Пригласить ещё
button-guardian-end = ⛔ Прекратить: { $name }

invite-made-guardian = 👪 Приглашение родителю: <b>{ $name }</b>, { $where }
invite-made-student = 🎒 Приглашение ученику: <b>{ $name }</b>, { $where }
invite-made-staff = 🔑 Приглашение: <b>{ $name }</b>, { $where }
invite-made =
    Ссылка:
    <code>{ $link }</code>

    Или код — его можно прислать боту:
    <code>{ $letters }</code>

    Действует один раз, до { FULLDAY($expires) }, { TIME($expires) }. Передайте лично: кто откроет первым, тот и войдёт.

guardian-end-sure =
    ⛔ <b>Прекратить доступ?</b>

    { $name } сразу перестанет видеть всё о ребёнке ({ $child }, { $class_name }) и получать сообщения. Вернуть доступ можно только новым приглашением.
guardian-ended = Готово: доступ прекращён.

## Письма

guardian-joined =
    👪 { $child }: по приглашению школы вошёл ещё один взрослый — { $guardian }.

    Если вы об этом не знаете, напишите ответственному за сетевые курсы.
codes-guessed =
    ⚠️ Кто-то подбирает коды приглашений: за час — { $count } неверных или больше.

    Каждый может ошибиться только пять раз за 15 минут, так что угадать код почти невозможно. Если вы сейчас раздаёте приглашения, это могут быть и опечатки.
family-withdrew =
    🗂 Семья отозвала согласие: <b>{ $name }</b>, { $class }.

    { $follows }
family-withdrew-other-stays = Другой родитель остаётся, для ребёнка ничего не меняется.
family-withdrew-enrolled = Заявления, отметки и посещаемость обезличены. Решите с партнёром о месте на курсе: { $courses }.
family-withdrew-nowhere = Заявления, отметки и посещаемость обезличены. На курсы ребёнок зачислен не был.
