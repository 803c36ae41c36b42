# Письмо утра, занятия на завтра, день сети.

morning = ☀️ <b>{ FULLDAY($day) }, { LONGWEEKDAY($day) }</b>
morning-lessons = { $count ->
    [one] 🗓 Сегодня { $count } занятие:
    [few] 🗓 Сегодня { $count } занятия:
   *[many] 🗓 Сегодня { $count } занятий:
  }
morning-partner = • { $partner } — { $count }
morning-changed = { $count ->
    [one] ↪️ Изменено { $count } занятие
    [few] ↪️ Изменено { $count } занятия
   *[many] ↪️ Изменено { $count } занятий
  }{ $unread ->
    [0] : все прочитали.
    [one] , не прочитала { $unread } семья.
    [few] , не прочитали { $unread } семьи.
   *[many] , не прочитали { $unread } семей.
  }
morning-absent = { $count ->
    [one] 🙅 Не придёт { $count } ученик.
    [few] 🙅 Не придут { $count } ученика.
   *[many] 🙅 Не придут { $count } учеников.
  }
morning-journals = { $count ->
    [one] 📖 В журнале больше недели нет { $count } занятия:
   *[other] 📖 В журнале больше недели нет { $count } занятий:
  }
morning-journal = • { $course }, { $group } — { $teacher }
button-network-day = 🗓 День сети
lessons-to-give = 🗓 <b>Ваши занятия { ONDAY($day) }</b>
lessons-to-give-line = • { TIME($at) } «{ $course }», { $group } — { $place }{ $missing ->
    [0] {""}
    [one] . Не придёт { $missing } ученик
    [few] . Не придут { $missing } ученика
   *[many] . Не придут { $missing } учеников
  }
network-day = <b>🗓 День сети: { FULLDAY($day) }, { LONGWEEKDAY($day) }</b>
    { $count ->
        [0] Занятий нет.
        [one] { $count } занятие
        [few] { $count } занятия
       *[many] { $count } занятий
    }
network-day-partner = <b>🏫 { $partner }</b>
network-day-lesson = { $state ->
    [cancelled] ❌ <s>{ TIME($at) } { $course }</s>, { $group } — отменено
    [changed] ↪️ <b>{ TIME($at) }</b> { $course }, { $group }
   *[plain] <b>{ TIME($at) }</b> { $course }, { $group }
  }{ $place ->
    [none] {""}
   *[other] {" "}· { $place }
  } · { NAME($teacher) }
network-day-absent = { "   " }🙅 не придут: { $names }
network-day-unread = { "   " }📞 не прочитали: { $names }

morning-agreement = 🤝 Договор № { $number } ({ $partner }) кончается через { $left ->
        [one] { $left } день
        [few] { $left } дня
       *[many] { $left } дней
    }.
