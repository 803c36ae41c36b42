# The letter of the morning, tomorrow's lessons, the network's day.

morning = ☀️ <b>{ LONGWEEKDAY($day) }, { FULLDAY($day) }</b>
morning-lessons = { $count ->
    [one] 🗓 { $count } lesson today:
   *[other] 🗓 { $count } lessons today:
  }
morning-partner = • { $partner } — { $count }
morning-changed = { $count ->
    [one] ↪️ { $count } lesson changed
   *[other] ↪️ { $count } lessons changed
  }{ $unread ->
    [0] : everybody has read it.
    [one] , { $unread } family has not read it.
   *[other] , { $unread } families have not read it.
  }
morning-absent = { $count ->
    [one] 🙅 { $count } pupil is not coming.
   *[other] 🙅 { $count } pupils are not coming.
  }
morning-journals = { $count ->
    [one] 📖 { $count } lesson has not been in the journal for more than a week:
   *[other] 📖 { $count } lessons have not been in the journal for more than a week:
  }
morning-journal = • { $course }, { $group } — { $teacher }
button-network-day = 🗓 The network's day
lessons-to-give = 🗓 <b>Your lessons { ONDAY($day) }</b>
lessons-to-give-line = • { TIME($at) } «{ $course }», { $group } — { $place }{ $missing ->
    [0] {""}
    [one] . { $missing } pupil is not coming
   *[other] . { $missing } pupils are not coming
  }
network-day = <b>🗓 The network's day: { LONGWEEKDAY($day) }, { FULLDAY($day) }</b>
    { $count ->
        [0] No lessons.
        [one] { $count } lesson
       *[other] { $count } lessons
    }
network-day-partner = <b>🏫 { $partner }</b>
network-day-lesson = { $state ->
    [cancelled] ❌ <s>{ TIME($at) } { $course }</s>, { $group } — cancelled
    [changed] ↪️ <b>{ TIME($at) }</b> { $course }, { $group }
   *[plain] <b>{ TIME($at) }</b> { $course }, { $group }
  }{ $place ->
    [none] {""}
   *[other] {" "}· { $place }
  } · { NAME($teacher) }
network-day-absent = { "   " }🙅 not coming: { $names }
network-day-unread = { "   " }📞 have not read: { $names }
morning-plan = ☀️ <b>The week's plan: { LONGWEEKDAY($day) }, { FULLDAY($day) }</b>
morning-digest = ☀️ <b>Overdue on { FULLDAY($day) }</b>
morning-tasks = ⏰ <b>Deadlines: { $count }</b>{ $overdue ->
        [0] {""}
       *[other] , overdue { $overdue }
    }
morning-overdue = 🔴 <b>Overdue: { $count }</b>
morning-this-week = 🟡 <b>This week: { $count }</b>
morning-ahead = ⏰ <b>Soon</b>
morning-unanswered = ❗️ Three reminders without an answer: { $who }
morning-whose = 📖 Not kept: { $whose }
morning-inbox = 📥 <b>Waiting for your decision</b>
morning-applications = • { $count ->
        [one] { $count } application from parents
       *[other] { $count } applications from parents
    }
morning-approved = • { $count ->
        [one] { $count } approved child: time to form a request
       *[other] { $count } approved children: time to form a request
    }
morning-answers = • { $count ->
        [one] { $count } seat in requests waits for a partner's answer
       *[other] { $count } seats in requests wait for a partner's answer
    }
morning-calls = • { $count ->
        [one] { $count } family to telephone
       *[other] { $count } families to telephone
    }
button-morning-inbox = 📥 Inbox

morning-agreement = 🤝 Agreement no. { $number } ({ $partner }) ends in { $left ->
        [one] { $left } day
       *[other] { $left } days
    }.
