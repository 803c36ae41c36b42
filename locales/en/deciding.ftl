# The school decides: queue of applications, filters, taking a decision back, entering for a family, calls.

# The family changes what it has submitted
button-application-change = ✏️ Change
button-extend = ➕ Add to the application
button-on-paper = 👁 As it will read on paper
button-history = 🕰 History
application-extend-sure =
    <b>{ $child }</b>: the application for { $courses } is with the school, not decided yet.
    Add “{ $course }” to it?
application-change-next = The application is with the school. You can change it until the school decides or the window closes: every change is kept at once.
application-window-over = Applications for “{ $course }” are closed: the order can no longer be changed. You can still withdraw.
application-on-paper = 👁 <b>This is how the application will read on paper.</b> Blanks are filled in by hand.
application-on-paper-long = 👁 The application is too long for this page. Download it as a file.
application-extended = 📝 { $child }: { $courses } added to the application.
application-extended-own = 📝 { $courses } added to your application.
decision-undone = ↩️ { $child }: the school has taken back its decision on { $courses }. The application is being looked at again.
decision-undone-own = ↩️ The school has taken back its decision on { $courses }. Your application is being looked at again.
family-has-bot = This family has the bot: it can withdraw by itself.

# History
application-past = { DAY($at) }, { TIME($at) }, { $who }: { $courses } — { choice-state }{ $why }
application-past-order = { DAY($at) }, { TIME($at) }, { $who }: another order of courses
application-override = ✔️ The school allows it: { $reason }
who-family = family
who-school = school
who-partner = partner
who-bot = bot
who-stead = school, for the family
who-for-partner = school, for the partner

# Queue
button-approve-override = ⚠️ Approve with a reason
button-approve-all = ✅ All that fit
button-approve-count = ✅ Approve: { $count }
button-undo = ↩️ Take it back
button-filter = 🔎 Filter
button-filter-off = Show all new ones
button-filter-any = Any
button-filter-course = Course
button-filter-partner = Partner
button-filter-class = Class
button-filter-value = { $name }: { $count }
button-show = { $mark }{ $show ->
        [n] 📥 New
        [w] ⚠️ With warnings
        [r] ↩️ Returned
       *[d] ✔️ Decided today
    }: { $count }
button-show-decided = ✔️ Decided today
inbox-show = { $show ->
        [w] with warnings
        [r] returned
       *[d] decided today
    }
inbox-chosen = 🔎 { $what }
inbox-filter = <b>Which applications?</b>
inbox-filter-empty = There are none of these.
inbox-which-course = For which course?
inbox-which-partner = To which partner?
inbox-which-class = From which class?
inbox-application-entered =
    <b>{ $child }, { $class_name }</b>
    Entered by the school for the family, { WHEN($at) }
inbox-reason = Reason: { $reason }
inbox-undone = ↩️ Taken back: the application waits again.
inbox-why-override = Why can it be approved in spite of the ⚠️: { $child }, { $class_name }? Choose or write. The reason stays with the application and in the log of decisions.
application-changed = The family has just changed the application. Open it again and decide.
approve-against = The application has a ⚠️. Open it again: it can be approved with a reason.
undo-late = A decision can be taken back on the same day only.
undo-gone = It can no longer be taken back: the pupil, the course or the group is gone.
undo-followed = It cannot be taken back any more: something has followed from it.
reason-return-class = Please check the child's class.
reason-return-choose = Two courses are at the same time: keep one.
reason-return-paper = Please bring the signed application to school.
reason-return-call = Please call the school: something is to be made clear.
reason-decline-full = No places left this year.
reason-decline-age = The course is for another age.
reason-decline-closed = The group is not opened this year.
reason-decline-learns = The child is on this course already.
reason-override-director = The director allows it.
reason-override-lessons = Excused from lessons: agreed with the teachers.
reason-override-age = The child is ready: seen by the course's teacher.
reason-override-parents = The parents drive and are in time.

# Approving all that fit
inbox-all-fit = <b>Fitting and waiting: { $count ->
        [one] { $count } application
       *[other] { $count } applications
    }.</b> Approve?
inbox-all-none = No application can be approved at once.
inbox-all-left = Left with warnings: { $count }
inbox-all-left-one = ⚠️ { $child }, { $class_name }: { $why }
inbox-all-more = … and { $count } more
inbox-all-progress = ⏳ { $done } of { $count } approved…
inbox-all-done = ✅ Approved: { $count }. { families-hear-soon }

# An application for a family
button-enter-home = ➕ Enter an application
button-enter = ✅ Enter, courses: { $count }
button-enter-next = ➕ Another child of the class
button-enter-theirs = Withdraw for the family
button-entered-decide = 📥 Decide now
enter-which-class = <b>Enter an application for a family without Telegram.</b> Which class is the child in?
enter-no-pupils = The school has no pupils yet. Load the network's workbook.
enter-which-pupil = <b>{ $class_name }</b>: who?
enter-courses =
    <b>{ $child }, { $class_name }</b>
    Press the courses, the most wanted first, not more than { $most }.
enter-silent = 📞 The bot does not write to this family: what it should know will be under “To call”.
enter-has-bot = The family has the bot: it will hear of the application.
enter-course = { $place ->
        [0] ▫️ { $course }, places: { $left }
       *[other] <b>{ $place }. { $course }</b>, places: { $left }
    }
enter-wanted =
    <b>{ $child }: how many courses are needed?</b>
    Ask the family how many of the { $count } courses the child will attend at once.
enter-wanted-besides = The others are spare: while the child has as many places as needed, the bot takes neither a place nor a turn for them. When a place falls away, it takes one by itself.
entered-wanted = Courses needed: { $count }
enter-no-courses = No course takes applications now.
entered = ✅ <b>Application entered: { $child }, { $class_name }</b>
entered-call = 📞 The family is to be called: it is on the list already.
entered-told = The bot will tell the family.
enter-theirs = <b>{ $child }, { $class_name }</b>: what to withdraw for the family?
enter-withdraw-sure = <b>{ $child }</b>: withdraw “{ $course }” for the family? The place or the number in line will be lost.

# To call
button-calls = 📞 To call: { $count }
button-called = ✅ Called
button-uncalled = ↩️ No, not yet
inbox-calls = Families to call, for the bot does not write to them: { $count }
inbox-calls-letters = To call, because a message did not arrive or the bot does not write to the family: { $count }
calls-title = 📞 <b>Families to call, for the bot does not write to them: { $count }</b>
calls-title-letters = 📞 <b>To call: { $count }</b>
calls-none = 📞 Nobody to call: all families know everything.
calls-done = ✅ Noted: the family was told.
calls-done-person = ✅ Noted: they were told.
calls-family = <b>{ $child }, { $class_name }</b>
calls-person = <b>{ $name }</b>
calls-say = 🗣 { DAY($at) }, to say:
# $name: whose the letter was; none when that is who is called
calls-unknown =
    { $name ->
        [none] ❔ The message may not have arrived: Telegram did not answer.
       *[other] ❔ { $name }: the message may not have arrived, Telegram did not answer.
    }
calls-dead =
    { $name ->
        [none] ✉️ The message did not arrive.
       *[other] ✉️ { $name }: the message did not arrive.
    }
calls-shut-out =
    { $name ->
        [none] 🔇 The message did not arrive: the bot is switched off.
       *[other] 🔇 { $name }: the message did not arrive, the bot is switched off.
    }
calls-no-words = This message cannot be shown: ask whoever runs the bot.
# The word by which letters promise another letter: whom the bot does not write to, the school promises
calls-promise = write
calls-instead = ☝️ Where it says “I will write”, promise a call: the bot will not write to them.
calls-no-numbers = The bot keeps no telephone numbers: the class teacher has them.
calls-no-numbers-staff = The bot keeps no telephone numbers.

# Who will hear: only those the bot can write to
families-hear =
    { $told ->
        [0] { "" }
        [1] The family will hear.
       *[other] The families will hear.
    }
families-hear-soon =
    { $told ->
        [0] { "" }
        [1] The family will hear in two minutes.
       *[other] The families will hear in two minutes.
    }
families-read =
    { $told ->
        [0] { "" }
        [1] The family will read the reason.
       *[other] The families will read the reason.
    }
partner-and-families-hear =
    { $partner ->
        [0] { families-hear }
       *[other] { $told ->
            [0] The partner will hear.
            [1] The partner and the family will hear.
           *[other] The partner and the families will hear.
        }
    }

# Find a family, who has not applied
button-find = 🔍 Find a family
button-find-paper = Open application No. { $number }
find-ask = Whose family? Type the pupil's surname or its beginning.
find-nobody = “{ $typed }”: there is no such pupil at the school. Check the surname, or type its beginning.
find-many = { $count } fit. Type more of the surname, with the first name if need be.
find-which = { $count } fit. Who?
find-child = <b>{ $child }, { $class_name }</b>
find-paper = <b>Application No. { $number }</b>, { DAY($at) }
find-nothing = No applications.
find-away = 🙅 Will not come: { $when }.
find-away-class = 🏠 The class stays at home: { SPAN($first, $last) }.
button-find-lesson = 🗓 { SHORTDAY($at) }, { TIME($at) } · { $course }
find-silent = 📞 The family has no bot: all it needs to know is in the calls.
button-missing = 🙋 Who has not applied
button-missing-class = { $name }: { $missing } of { $pupils }
missing-classes = <b>Have not applied: { $count }</b>
    How many in each class is on the buttons.
missing-class = <b>{ $class_name }: { $count } of { $pupils } have not applied</b>
missing-pupil = { $silent ->
        [yes] • { $child } 📞
       *[no] • { $child }
    }

# The applications as an Excel sheet
button-sheet = 📊 As a sheet
sheet-file = Applications-{ $day }.xlsx
sheet-caption = All the applications. In the column «Решение» choose одобрить (approve), вернуть (return) or отклонить (decline) and write the reason beside it. Send this same file here: I show what will happen and ask whether to apply it.
sheet-day = { DAY($at) }
sheet-state = { $state ->
        [submitted] waits for a decision
        [returned] returned to the family
        [approved] approved
        [declined] declined
       *[withdrawn] withdrawn
    }
sheet-plan = <b>Decisions of the sheet</b>
sheet-approve = ✅ Approve: { $count }
sheet-return = ↩️ Return: { $count }
sheet-decline = ✖️ Decline: { $count }
sheet-already = So already: { $count }
sheet-nothing = There is nothing to apply.
sheet-refused = ⚠️ Will not be applied: { $count }
sheet-refused-row = Row { $row }, { $child }: { $why }
sheet-refused-file = Not applied.txt
sheet-applied = ✅ Applications decided: { $count }. { families-hear-soon }
sheet-dropped = The sheet was not applied: decisions are as they were.
sheet-unknown = Your school has no application No. { $number }.
sheet-other-child = Application No. { $number } is another child's: the rows of the sheet have shifted.
sheet-stale = The application has changed since the sheet was made: make it anew.
sheet-against = Something stands against the application: to approve it, write a reason.
sheet-faults =
    { $count ->
        [one] The sheet has { $count } fault.
       *[other] The sheet has { $count } faults.
    } Nothing was applied: correct it and send it again.
sheet-not-a-decision = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: one of одобрить, вернуть, отклонить is expected; here is “{ $found }”.
sheet-not-a-number = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the number of an application is expected; here is “{ $found }”.
sheet-reason-needed = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: write the reason, the family will read it.
sheet-reason-long = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: keep to { $limit } characters.
sheet-two = The file has two sheets with decisions: “{ $first }” and “{ $second }”. Leave one.
sheet-no-column = “{ $sheet }”, row { $row }: the column “{ $column }” is missing. Download the sheet again and move the decisions over.
sheet-no-mark = “{ $sheet }”, row { $row }: the column “{ $column }” is missing (it is hidden; without it nobody sees what has changed). Download the sheet again and move the decisions over.
sheet-column-twice = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: there is such a column already, { $first }. Leave one.
sheet-merged = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the cells are merged down to row { $last }. Split them and fill in every row.
sheet-reason-alone = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: there is a reason and no decision. Choose one, or clear the reason.
sheet-other-year = This application is of the academic year { $year }, which is over.
sheet-markless = The row has no mark (the hidden column “Метка”): download the sheet again and move the decision over.
sheet-illness = ⚠️ Row { $row }, column { $letter } “{ $column }”: this seems to speak of health. Such personal data are special: without the family's written consent they are better left out. Correct the sheet (“for family reasons”) and send it again, or apply it as it is.
button-apply-illness = ⚠️ Apply as it is
sheet-twice = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: application { $found } stands in row { $first } already. Keep one of the two.

# What is left, a partner's answer without a seat
button-inbox-no-consent = ✉️ Who has not agreed: { $count }
inbox-returned = ↩️ Returned to families to be corrected: { $count }
request-child-full = No seats: the child can wait in reserve or be declined.
button-enroll-some = ✅ Enrol as many as there are seats: { $count } of { $waiting }
