# Документы об обучении: свидетельства, справки, реестр, проверка по QR.

button-certificates = 🎓 Документы об обучении
certificates-title =
    🎓 <b>Документы об обучении</b>
    Свидетельства получают те, у кого курс «пройден»; кто освоил часть программы — справку. Номер даёт реестр организации.
certificates-none =
    🎓 <b>Документы об обучении</b>
    Пока выдавать некому: свидетельства появятся, когда в «Конце года» отметят, кто прошёл курс; справки — когда кто-то выбудет.
button-certificate-group = { $group }, { $course }: { $ready ->
        [0] выдано { $issued }
       *[other] к выдаче { $ready }
    }
button-certificate-register = 📒 Реестр: { $count }
certificate-group =
    🎓 <b>«{ $course }», группа { $group }, { $year }</b>
certificate-ready = { $count ->
        [0] Свидетельств к выдаче нет.
       *[other] Прошли курс, свидетельств к выдаче: { $count }
    }
certificate-child = • { $child }, { $class_name }
certificate-more = …и ещё { $count }
certificate-in-part = Освоили часть программы, справок можно выдать: { $count }
certificate-issued-count = Уже выдано: { $count }
certificate-silent = Ещё не сказано, как закончили год: { $count }. Это отмечают в «Конце года».
button-certificate-plan = 🎓 Свидетельства: { $count }
button-certificate-note = 📄 Справка: { $child }
button-certificate-print = { $document ->
        [note] 🖨 Напечатать справки
       *[certificate] 🖨 Напечатать свидетельства
    }
certificate-sure = { $document ->
        [note] <b>Выдать справку об обучении?</b>
       *[certificate] <b>Выдать свидетельства: { $count }?</b>
    }
    { $count ->
        [1] Номер в реестре: { $first }
       *[other] Номера в реестре: { $first }–{ $last }
    }
certificate-says =
    { $partner }, лицензия { $licence }
    Программа «{ $course }», часов: { $hours }
    С { FULLDAY($first) } по { FULLDAY($last) }
certificate-attended =
    Проведено часов: { $held }, с участием ребёнка: { $attended ->
        [none] неизвестно
       *[other] { $attended }
    }
    { $lessons ->
        [0] Журнал не заполнен.
       *[other] Посещено занятий по журналу: { $present } из { $lessons }
    }
families-hear-certificate = Семьи узнают через две минуты; до этого выдачу можно отменить без письма.
button-certificate-issue = ✅ Выдать
certificate-done = ✅ { $document ->
        [note] Справка выдана, № { $first }.
       *[certificate] { $count ->
            [1] Свидетельство выдано, № { $first }.
           *[other] Свидетельств выдано: { $count }, № { $first }–{ $last }.
        }
    } { families-hear-soon }
button-certificate-back = ↩️ Отменить выдачу
certificate-taken-back = Выдача отменена, документов: { $count }. Их номера в реестре остались отменёнными.
certificate-too-late = Прошло больше десяти минут: семьи уже знают. Документ можно отозвать в реестре, с причиной.
certificate-to-sign = Напечатайте, подпишите у руководителя и поставьте печать.
certificate-copy = Это копия для семьи. Подлинник с подписью и печатью выдаёт организация.
certificate-file = { $document ->
        [note] Справка-{ $number }
       *[certificate] Свидетельство-{ $number }
    }
certificate-file-group = { $document ->
        [note] Справки-{ $group }
       *[certificate] Свидетельства-{ $group }
    }
certificate-kept = Файл «{ $name }» сохранён { FULLDAY($at) }. Его отпечаток (SHA-256): <code>{ $sha256 }</code>
certificate-nobody = Выдавать некому: у этих учеников документ уже есть или курс не пройден.
certificate-no-licence = Документ об обучении выдаёт только организация с лицензией, а у «{ $partner }» она не указана. Впишите её в лист «Организации», столбец «Лицензия».
certificate-resource = «{ $partner }» — ресурсный партнёр: обучение там не ведётся, и документов об обучении он не выдаёт.
certificate-no-hours = У курса «{ $course }» не указаны часы, а без них документ не выдать. Впишите их в лист «Курсы», столбец «Часов».
certificate-revoked-already = Этот документ отозван.
certificate-holds-outcome = По этому курсу уже выдан документ № { $number }. Сначала отзовите его: «Документы об обучении», «Реестр».

## Реестр

certificate-register =
    📒 <b>Реестр документов об обучении</b>
    Всего: { $total }. Отозванные остаются на своих номерах.
button-certificate-line = № { $number } · { $child }{ $stands ->
        [no] {" "}· отозван
       *[yes] {""}
    }
certificate-nameless = без имени
button-certificate-get = 📄 Получить документ
button-certificate-revoked = 📄 Файл, каким он был выдан
certificate-no-longer = ⛔ Документ отозван: этот файл — каким он был выдан, он недействителен.
button-certificate-revoke = ⛔ Отозвать
certificate-why = Почему отзываете документ № { $number }? Напишите причину одним сообщением: её прочитает семья.
certificate-revoke-sure = <b>Отозвать документ № { $number }?</b> Проверка по QR скажет, что он недействителен; номер останется занят.
certificate-revoked-done = ⛔ Документ № { $number } отозван. { families-hear }
certificate-revoked-line = ⛔ Отозван { FULLDAY($day) }. { $reason ->
        [none] Выдан по ошибке.
       *[other] Причина: { $reason }
    }

## Проверка: кто держит бумагу в руках

certificate-genuine = ✅ <b>Документ подлинный</b>
certificate-not-good = ⛔ <b>Документ отозван { FULLDAY($day) } и недействителен</b>
certificate-unknown = ❓ Такого документа в реестрах сети нет. Проверьте ссылку под QR: номер документа сам по себе ничего не подтверждает.
certificate-number = { $document ->
        [note] Справка об обучении
       *[certificate] Свидетельство об обучении
    } № { $number } от { FULLDAY($day) }
certificate-whose = { $child ->
        [none] Имя: семья отозвала свои данные
       *[other] <b>{ $child }</b>
    }
certificate-result = { $result ->
        [completed] Программа освоена полностью
        [failed] Программа освоена частично, итоговый результат не достигнут
        [left] Программа освоена частично, обучение прекращено до её окончания
        [continues] Программа освоена частично, обучение продолжается
       *[unfinished] Программа освоена частично, итог не подведён
    }
certificate-compare = Сверьте с бумагой: всё должно совпадать.

## Семье

certificate-issued = 🎓 { $child }: { $document ->
        [note] выдана справка об обучении
       *[certificate] выдано свидетельство об обучении
    } № { $number }, курс «{ $course }», { SHORT($partner) }. Подлинник с подписью и печатью выдаст организация.
certificate-issued-own = 🎓 { $document ->
        [note] Тебе выдана справка об обучении
       *[certificate] Тебе выдано свидетельство об обучении
    } № { $number }, курс «{ $course }», { SHORT($partner) }. Подлинник с подписью и печатью выдаст организация.
certificate-revoked = ⛔ { $child }: { $document ->
        [note] справка об обучении
       *[certificate] свидетельство об обучении
    } № { $number } по курсу «{ $course }», { SHORT($partner) }: документ отозван и больше недействителен.{ $reason ->
        [none] {" "}Он выдан по ошибке.
       *[other] {" "}Причина: { $reason }
    }
certificate-revoked-own = ⛔ { $document ->
        [note] Твоя справка об обучении
       *[certificate] Твоё свидетельство об обучении
    } № { $number } по курсу «{ $course }», { SHORT($partner) }: документ отозван и больше недействителен.{ $reason ->
        [none] {" "}Он выдан по ошибке.
       *[other] {" "}Причина: { $reason }
    }
