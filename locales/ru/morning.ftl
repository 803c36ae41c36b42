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
morning-plan = ☀️ <b>План недели: { FULLDAY($day) }, { LONGWEEKDAY($day) }</b>
morning-digest = ☀️ <b>Просрочено на { FULLDAY($day) }</b>
morning-tasks = ⏰ <b>Сроки задач: { $count }</b>{ $overdue ->
        [0] {""}
       *[other] , просрочено { $overdue }
    }
morning-overdue = 🔴 <b>Просрочено: { $count }</b>
morning-this-week = 🟡 <b>На этой неделе: { $count }</b>
morning-ahead = ⏰ <b>Скоро</b>
morning-unanswered = ❗️ Три напоминания без ответа: { $who }
morning-whose = 📖 Не заполнено: { $whose }
morning-inbox = 📥 <b>Ждёт вашего решения</b>
morning-applications = • { $count ->
        [one] { $count } заявление от родителей
        [few] { $count } заявления от родителей
       *[many] { $count } заявлений от родителей
    }
morning-approved = • { $count ->
        [one] одобрен { $count } ребёнок: пора сформировать заявку
        [few] одобрено { $count } ребёнка: пора сформировать заявку
       *[many] одобрено { $count } детей: пора сформировать заявку
    }
morning-answers = • { $count ->
        [one] { $count } место в заявках ждёт ответа партнёра
        [few] { $count } места в заявках ждут ответа партнёра
       *[many] { $count } мест в заявках ждут ответа партнёра
    }
morning-calls = • { $count ->
        [one] позвонить { $count } семье
       *[other] позвонить { $count } семьям
    }
button-morning-inbox = 📥 Входящие

morning-agreement = 🤝 Договор № { $number } ({ $partner }) кончается через { $left ->
        [one] { $left } день
        [few] { $left } дня
       *[many] { $left } дней
    }.
