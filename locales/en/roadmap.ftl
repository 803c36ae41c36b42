# The roadmap and the regulation: the board of tasks, a task, reminders of deadlines.

button-tasks-open = 🗂 Open the tasks
button-task-done = ✅ Done
button-task-put-off = ⏳ Put off
button-task-hand = 👤 Hand over
button-task-bare = Without a document
button-task-paper = 📎 Open the document
button-task-reopen = ↩️ Back to work
button-task-other-day = 📅 Another date
button-task-three-days = By 3 days: until { DAY($day) }
button-task-week = By a week: until { DAY($day) }

# ── the board ──

tasks-title = <b>Tasks of the roadmap and the regulation</b>
tasks-later-title = <b>Later tasks</b>
tasks-done-title = <b>Done</b>
tasks-passed-title =
    <b>Over before the bot began</b>
    I do not remind of these. A task that is done can be marked so; one still in work can be put off to a new date.
tasks-heading-overdue = 🔴 <b>Overdue</b>
tasks-heading-month = 🟡 <b>Within a month</b>
tasks-none-now = Nothing is overdue, and nothing is due within a month.
tasks-none-yours = No task has been given to you yet. When one is, I shall write.
tasks-none-here = Nothing here yet.
tasks-next = The next: { $title } — until { DAY($due) }, { $days ->
        [one] { $days } day left
       *[other] { $days } days left
    }.
tasks-tab-now = Now · { $count }
tasks-tab-later = Later · { $count }
tasks-tab-done = Done · { $count }
tasks-tab-passed = Over · { $count }

task-line-overdue = <b>{ $place }.</b> { $title } — was due { DAY($due) }, { $days ->
        [one] { $days } day overdue
       *[other] { $days } days overdue
    }
task-line-ahead = <b>{ $place }.</b> { $title } — until { DAY($due) }, { $days ->
        [0] today is the last day
        [one] { $days } day left
       *[other] { $days } days left
    }
task-line-passed = <b>{ $place }.</b> { $title } — was due { DAY($due) }
task-line-done = <b>{ $place }.</b> { $title } — { DAY($done) }
task-button = { $mark } { $place }
tasks-choose = Press a number to open the task.

# ── a task ──

task-of-roadmap = Roadmap, { $number }
task-of-regulation = Regulation, { $number }
task-place = { $where }
task-title =
    { $where }
    <b>{ $title }</b>
task-state-overdue = 🔴 Was due { DAY($due) }: { $days ->
        [one] { $days } day overdue
       *[other] { $days } days overdue
    }
task-state-ahead = { $mark } { $days ->
        [0] Until { DAY($due) }: today is the last day
        [one] Until { DAY($due) }, { $days } day left
       *[other] Until { DAY($due) }, { $days } days left
    }
task-state-passed = ▫️ Was due { DAY($due) }, before the bot began. I do not remind of it.
task-state-done = ✅ Done { FULLDAY($done) }
task-put-off-from = Put off: by plan it is due { DAY($planned) }.
task-window = Time: from { DAY($starts) } to { DAY($ends) }{ $repeats ->
        [week] , every week
        [month] , every month
        [half_year] , at the end of each half-year
        [always] , without a deadline
       *[none] {""}
    }
task-result = What it should bring: { $result }
task-responsible = Responsible: { $name }
task-responsible-not-in = Responsible: { $name } (not in the bot yet, so I remind the coordinator)
task-responsible-partner = Responsible: the partner's administrator
task-responsible-coordinator = Responsible: the coordinator
task-corrected-number = ℹ️ Corrected: the programme's passport prints this step as number { $printed }, for it has two fifth steps and no seventh. In order it is number { $number }.
task-corrected-window = ℹ️ Corrected: the programme's passport prints “{ $printed }”, which lies outside the programme. Read as September of the academic year.
task-proof = Proof: { $proof }
task-proof-file = Proof: the document “{ $name }”
task-seen = Closed by itself: { $seen }
task-seen-applications = { $count ->
        [one] { $count } application, the last on { DAY($last) }
       *[other] { $count } applications, the last on { DAY($last) }
    }
task-seen-requests = { $count ->
        [one] { $count } request to partners, the last on { DAY($last) }
       *[other] { $count } requests to partners, the last on { DAY($last) }
    }
task-seen-enrolled = { $count ->
        [one] { $count } pupil enrolled
       *[other] { $count } pupils enrolled
    }
task-seen-timetable = in the timetable: { $lessons ->
        [one] { $lessons } lesson
       *[other] { $lessons } lessons
    }, { $groups ->
        [one] { $groups } group
       *[other] { $groups } groups
    }
task-seen-journal = the journal is kept: { $lessons ->
        [one] { $lessons } lesson
       *[other] { $lessons } lessons
    }, { $groups ->
        [one] { $groups } group
       *[other] { $groups } groups
    }
task-seen-no-lessons = there were no lessons with enrolled pupils this week
task-seen-order = order { $number } of { DAY($day) }
task-seen-agreement = { $count ->
        [one] { $count } agreement, the last of { DAY($last) }
       *[other] { $count } agreements, the last of { DAY($last) }
    }
task-seen-certificates = { $count ->
        [one] { $count } certificate issued, the last on { DAY($last) }
       *[other] { $count } certificates issued, the last on { DAY($last) }
    }
task-seen-agreed = { $count ->
        [one] { $count } course agreed, the last answer on { DAY($last) }
       *[other] { $count } courses agreed, the last answer on { DAY($last) }
    }
task-seen-report = report of half-year { $half } made on { DAY($last) }
task-seen-year-over = the academic year is over
task-history = <b>History</b>
task-event-done = { DAY($at) }: done — { $by }
task-event-put-off = { DAY($at) }: put off to { DAY($to) } — { $by }
task-event-hand = { DAY($at) }: handed to { $to } — { $by }
task-event-reopen = { DAY($at) }: back to work — { $by }
task-event-seen = { DAY($at) }: closed by itself

# ── done, put off, hand over ──

task-ask-proof =
    <b>{ $title }</b>

    What shows that it is done? Send a file or a photo of the document, a link, a number — or write it in words.
    Expected: { $result }
task-ask-proof-free =
    <b>{ $title }</b>

    If there is a document, send it as a file, a photo, a link or in words. It may also be left out.
task-ask-day =
    <b>{ $title }</b>
    Due: { DAY($due) }

    Until which day? I shall remind on that day.
task-ask-typed-day = Write the day: for example, 15.12 or 15 December.
task-ask-hand =
    <b>{ $title }</b>

    Who should do it? I shall write to them.
task-colleague = { $name } · { $role ->
        [coordinator] coordinator
        [director] director
        [partner] administrator
       *[teacher] teacher
    }{ $reached ->
        [yes] {""}
       *[no] {" "}· not in the bot yet
    }
task-photo-name = Photo { FULLDAY($day) }.jpg
task-done-word = Done: the task is closed.
task-reopened-word = The task is open again.
task-put-off-word = Put off until { DAY($day) }. I shall remind on that day.
task-put-off-other-year = Put off until { FULLDAY($day) }. I shall remind on that day.
task-handed-word = Handed over. I shall write to them.
task-handed-unreached-word = Handed over. They are not in the bot yet, so the reminders go to the coordinator.

task-needs-proof = A proof is needed: send a file, a link, a number, or write it in words.
task-proof-too-long = This is longer than { $limit } characters. Write less, or send it as a file.
task-file-too-big = The file is larger than { $limit } MB. Send a smaller one, or a link to it.
task-already-done = The task is done already. To change it, bring it back to work first.
task-day-over = That day is over, or is today. Choose a later one.
task-day-too-far = A task can be put off by a year at most.
task-day-unclear = I did not understand the day. Write it like this: 15.12 or 15 December.

# ── letters ──

task-due =
    ⏰ <b>{ $title }</b>
    { $days ->
        [0] Due today, { DAY($due) }.
        [one] Due { DAY($due) }, { $days } day left.
       *[other] Due { DAY($due) }, { $days } days left.
    }
task-overdue =
    🔴 <b>{ $title }</b>
    Was due { DAY($due) }, { $late ->
        [one] { $late } day overdue.
       *[other] { $late } days overdue.
    }
task-handed =
    👤 { $by } gives you a task.
    <b>{ $title }</b>
    Due { DAY($due) }.
tasks-due =
    ⏰ <b>Deadlines: { $count }</b>{ $overdue ->
        [0] {""}
       *[other] , overdue { $overdue }
    }
    { $tasks }
tasks-passed =
    🗂 <b>These tasks were over before I began</b>
    I shall not remind of them. What is still in work can be put off to a new date.

    { $tasks }
task-letter-passed = • { $title } — was due { DAY($due) }
task-letter-line = • { $title } — until { DAY($due) }
task-letter-more = … and { $count } more
