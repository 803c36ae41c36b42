# The journal in messages: homework, what to write about, the week's summary.

# Homework

homework-set =
    📝 { $child }, “{ $course }”: homework { $when ->
        [today] for today
        [tomorrow] for tomorrow
        [next] for the next lesson
       *[day] for the lesson { ONDAY($due) }
    }.
    { $homework }
homework-changed =
    📝 { $child }, “{ $course }”: the homework { $when ->
        [today] for today
        [tomorrow] for tomorrow
        [next] for the next lesson
       *[day] for the lesson { ONDAY($due) }
    } was changed. It is now:
    { $homework }
homework-dropped =
    📝 { $child }, “{ $course }”: the homework { $when ->
        [today] for today
        [tomorrow] for tomorrow
        [next] for the next lesson
       *[day] for the lesson { ONDAY($due) }
    } was taken back: { $homework }
homework-set-own =
    📝 “{ $course }”: homework { $when ->
        [today] for today
        [tomorrow] for tomorrow
        [next] for the next lesson
       *[day] for the lesson { ONDAY($due) }
    }.
    { $homework }
homework-changed-own =
    📝 “{ $course }”: the homework { $when ->
        [today] for today
        [tomorrow] for tomorrow
        [next] for the next lesson
       *[day] for the lesson { ONDAY($due) }
    } was changed. It is now:
    { $homework }
homework-dropped-own =
    📝 “{ $course }”: the homework { $when ->
        [today] for today
        [tomorrow] for tomorrow
        [next] for the next lesson
       *[day] for the lesson { ONDAY($due) }
    } was taken back: { $homework }
homework-set-discreet = 📖 A new entry in the journal — open.
homework-changed-discreet = 📖 A new entry in the journal — open.
homework-dropped-discreet = 📖 A new entry in the journal — open.
homework-listed =
    • “{ $course }”, homework { $when ->
        [today] for today
        [tomorrow] for tomorrow
        [next] for the next lesson
       *[day] for the lesson { ONDAY($due) }
    } { $how ->
        [new] — { $homework }
        [corrected] changed — { $homework }
       *[removed] taken back — { $homework }
    }

# What to write about

settings-news-all = From the journal: everything
settings-news-but = From the journal: everything but { $muted }
settings-news-none = From the journal: nothing
button-news = 🔔 What to write about
settings-news =
    🔔 <b>What of the journal shall we write about?</b>

    Press a line to switch it on or off. The journal has everything, with or without messages.
    We always write when a lesson is moved or cancelled.
settings-news-own =
    🔔 <b>What of the journal shall I write about?</b>

    Press a line to switch it on or off. The journal has everything, with or without messages.
    I always write when a lesson is moved or cancelled.
button-news-on = ✅ { $news }
button-news-off = ⬜ { $news }
news-but =
    { $kind ->
        [mark] new marks
        [correction] corrected marks
        [removal] removed marks
        [absence] absences and lateness
        [homework] homework
       *[week] the week's summary
    }
news-of =
    { $kind ->
        [mark] New marks
        [correction] Corrected marks
        [removal] Removed marks
        [absence] Absences and lateness
        [homework] Homework
       *[week] The week's summary on Friday
    }
file-news = Messages from the journal

# The week's summary on Friday

week-told = 🗓 <b>{ $child }</b>: the week in the journal, { SPAN($monday, $sunday) }.
week-told-own = 🗓 Your week in the journal, { SPAN($monday, $sunday) }.
week-told-discreet = 📖 The week in the journal — open.
week-told-title = The week in the journal, { SPAN($monday, $sunday) }
week-told-day = { WEEKDAY($day) }
week-told-there = at the lesson
week-told-late = late
week-told-missed = missed
week-told-course =
    “{ $course }”: { $lessons ->
        [one] { $lessons } lesson
       *[other] { $lessons } lessons
    }, { $missed ->
        [0] none missed
       *[other] { $missed } missed
    }{ $late ->
        [0] {""}
       *[other] , late { $late }
    }. { $are ->
        [marked] Marks: { $marks }.
       *[bare] No marks.
    }
week-told-more =
    { $count ->
        [one] … and { $count } more course in the picture.
       *[other] … and { $count } more courses in the picture.
    }
week-told-empty = Nothing was written in the journal in the week of { SPAN($monday, $sunday) }.
button-summary = 🗓 The week

# A child's journal by course and month

button-by-course = By course
button-by-month = By month
journal-by-course = <b>📖 Journal — { $child }</b>
    Which course?
journal-by-month = <b>📖 Journal — { $child }</b>
    Which month?
journal-every-course = All courses
journal-every-month = All months
journal-month = { MONTH($month) }
journal-narrowed = Shown: { $to }
journal-narrow-empty = Nothing here.
