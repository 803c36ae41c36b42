# The board of tasks: duties without an end, weeks, another day with its reason, tasks of one's own, the partners' halves.

tasks-always-title =
    <b>Duties without an end</b>
    They have no deadline and I do not remind of them: they close with the academic year. If something goes wrong, I shall say so.
tasks-tab-always = Always · { $count }
task-line-always = <b>{ $place }.</b> { $title }
task-line-weeks = <b>{ $place }.</b> { $title } — { $count ->
        [one] { $count } week
       *[other] { $count } weeks
    }, the last until { DAY($due) }
task-state-always = ♾ All the academic year, until { DAY($until) }: no deadline, it closes with the year
task-activity = Activity: { $activity }
task-of-own = Own task, { $number }
task-halves = <b>At the partners:</b> { $title }
task-half-done = ✅ { $partner } — { DAY($done) }
task-half-overdue = 🔴 { $partner } — { $days ->
        [one] { $days } day overdue
       *[other] { $days } days overdue
    }
task-half-ahead = ⚪️ { $partner } — until { DAY($due) }
task-half-always = ♾ { $partner }

button-task-new = ➕ Own task
button-task-repeat = 🔁 Repeat
button-task-undo = ↩️ Undo
button-task-open = 🗂 Open the task
task-ask-title = What is to be done? Write it in a line, for example: "Meet the partners' teachers".
task-added-word = The task is made, due in a week, and yours. Its day, its turn and whose it is: by the buttons below.
task-needs-title = Write what is to be done.
task-title-too-long = This is longer than { $limit } characters. Please write it shorter.
task-ask-turn =
    <b>{ $title }</b>

    How often?
task-turn-none = Once
task-turn-week = Every week
task-turn-month = Every month
task-turn-half-year = At the end of a half-year
task-turn-always = Always, no deadline
task-turned-word = Done, the task comes otherwise now.

task-ask-why =
    <b>{ $title }</b>
    New date: { DAY($day) }

    Why is it put off? Press a reason or write your own.
task-why-papers = Waiting for papers
task-why-partner = Waiting for a partner
task-why-time = Not enough time
task-needs-why = Please write why it is put off.
task-put-off-why = Why: { $why }
task-undone-word = Undone.
task-dropped-word = Undone: this task is no more.
task-undo-late = Too late to undo: something else has been done with the task.
task-event-why = { DAY($at) }: put off until { DAY($to) } — { $by }: { $why }
task-event-add = { DAY($at) }: made — { $by }
task-event-undo = { DAY($at) }: undone — { $by }
task-event-repeat = { DAY($at) }: { $repeats ->
        [week] every week from now on
        [month] every month from now on
        [half_year] at the end of a half-year from now on
        [always] without a deadline from now on
       *[none] once from now on
    } — { $by }
task-answered = ✅ { $partner }: <b>{ $title }</b> — done, { $by }.
task-answered-proof =
    ✅ { $partner }: <b>{ $title }</b> — done, { $by }.
    Shown by: { $proof }

# ── the year: a picture, a table, a paper ──

button-roadmap-year = 📊 The year
button-year-picture = 🖼 The year as a picture
button-year-xlsx = Table XLSX
button-year-pdf = PDF
year-page =
    <b>Tasks of the academic year { $year }</b>

    The picture shows what is done, what burns and what is ahead. The table and the PDF say what was promised, when it was done, on what evidence and by whom.
year-file = Roadmap
year-title = Tasks of the academic year { $year }
year-regulation = Regulation
year-roadmap = Roadmap
year-own = Own tasks
year-months = M J J A S O N D J F M A M J
year-partners = partners
year-note-some = { $done } of { $count }
year-note-done = { DAY($done) }
year-note-due = until { DAY($due) }
year-state-done = done
year-state-overdue = overdue
year-state-month = this month
year-state-later = later
year-state-always = no deadline
year-state-passed = over
year-sheet = Tasks
year-sheet-weeks = Weeks
year-column-place = Where
year-column-number = No.
year-column-task = Task
year-column-activity = Activity
year-column-who = Who
year-column-promised = Promised
year-column-put-off = Put off to
year-column-why = Why
year-column-state = State
year-column-done = Done
year-column-evidence = Evidence
year-column-by = Marked by
year-who-coordinator = coordinator of the network
year-who-partner = administrator: { $partner }
year-by-bot = closed by itself
year-summary = On { FULLDAY($day) }: { $summary }.
year-always = all year
year-weekly = every week
year-day = { FULLDAY($day) }
year-put-off = { FULLDAY($day) }, put off to { FULLDAY($to) }
button-task-words = ✏️ Change
button-task-reword-task = ✏️ The task
button-task-reword-result = ✏️ The expected result
button-task-unsay = 🗑 Take away
task-words =
    <b>{ $title }</b>
    { $said ->
        [no] Expected: not said
       *[other] Expected: { $result }
    }

    What is to be said otherwise?
task-ask-words =
    { $what ->
        [result] Write what is expected.
       *[task] Write the task in other words.
    }{ $said ->
        [no] {""}
       *[other] {" "}Now: “{ $was }”.
    }
task-needs-words = Write it in words, in one line.
task-reworded-word = Done, the words are changed. The book brings its own back only if they change there.
task-event-reword = { DAY($at) }: { $what ->
        [nothing] the expected result taken away
        [result] the expected result changed
       *[task] the task changed
    } — { $by }. { $said ->
        [no] It was not said before
       *[other] It was: “{ $was }”
    }
