# The school's reports on the journal: attendance, marks, what was covered, composition of groups; a journal not kept.

## Periods

report-month-name =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
report-period =
    { $kind ->
        [month] { $month }, academic year { $year }
        [half] half-year { $half } of { $year }
       *[year] academic year { $year }
    }
button-report-half = Half-year { $half }
button-report-year = Year

## The report's page

button-report-journal = 📖 Journal: attendance and marks
report-title = <b>📖 Journal: { $period }</b>
report-until = { SPAN($first, $last) }{ $running ->
        [yes] { " " }(up to today)
       *[no] { "" }
    }
report-attendance =
    Attendance { $percent }%: { $missed } missed (without a reason { $absent }, ill { $sick }, excused { $excused }), late { $late }
report-attendance-none = No attendance yet: the journal tells of no lesson.
report-marks = Marks: { $marks }, average { NUMBER($average, minimumFractionDigits: 1, maximumFractionDigits: 2) }
report-marks-only = Marks: { $marks }
report-hours =
    { $lessons ->
        [one] { $lessons } lesson
       *[other] { $lessons } lessons
    } held, { $hours } h
report-missing =
    { $count ->
        [one] ⚠️ { $count } lesson is not in the journal
       *[other] ⚠️ { $count } lessons are not in the journal
    }
report-composition = Composition: { $start } at first, { $end } now ({ $came } came, { $left } left)
report-foreign =
    { $count ->
        [one] The group has { $count } pupil of another school: that school sees their marks.
       *[other] The group has { $count } pupils of other schools: those schools see their marks.
    }
report-partner = <b>{ SHORT($partner) }</b>
report-course = • { $course }: { $facts }
report-fact-attendance = attendance { $percent }%
report-fact-average = average { NUMBER($average, minimumFractionDigits: 1, maximumFractionDigits: 2) }
report-fact-hours = { $hours } of { $plan } h
report-fact-hours-only = { $hours } h
report-fact-missing = { $count } not in the journal
report-fact-none = nothing written
report-empty =
    Nothing to report yet: in this period there were no lessons with pupils of the school.

    Figures appear when a partner has enrolled pupils, the network's workbook has “Расписание” and the teacher keeps the journal. Choose another period below.
button-report-groups = 👥 By group and pupil
button-report-missing = ⚠️ Not in the journal: { $count }
button-report-picture = 🖼 As a picture
button-report-xlsx = 📊 XLSX
button-report-pdf = 📄 PDF

## Groups and pupils

report-groups = <b>👥 Groups: { $period }</b>
    Choose a group to see its pupils.
button-report-group = { $group }, { $course }: { $percent }%
button-report-group-none = { $group }, { $course }
report-group = <b>{ $course }, group { $group }</b>
    { $period }
    Teacher: { $teacher }
report-group-hours-plan = { $hours } of the programme's { $plan } h held since the year began
report-topics =
    { $count ->
        [0] No topics written down
        [one] { $count } topic written down
       *[other] { $count } topics written down
    }
report-programme = Topics of the programme held since the year began: { $covered } of { $planned }
report-pupil-line = { $number }. { $child }, { $class_name } — { $facts }
report-pupil-erased = data erased
report-fact-missed = { $missed } missed
report-fact-late = late { $late }
report-fact-marks = marks: { $marks }
report-pupil-hint = A number below the list is the pupil in all courses.
report-changes = <b>Changes in composition</b>
report-came = + { DAY($day) }: { $child }, { $class_name }
report-left = − { DAY($day) }: { $child }, { $class_name }
report-changes-more = … and { $count } more: all of them in the XLSX.
report-pupil = <b>{ $child }, { $class_name }</b>
    { $period }
report-pupil-course = <b>{ $course }</b>, { SHORT($partner) }

## A journal not kept

report-missing-title = <b>⚠️ Not in the journal</b>
    { $period }
report-missing-none = ✅ The journal is kept: every lesson held has something in it.
report-missing-group = <b>{ $course }</b>, { $group } — { $teacher }
report-missing-lesson = • { SHORTDAY($at) }, { TIME($at) }
report-missing-what = The bot reminds the teacher 3 days after a lesson, the coordinator after 7.

journal-unkept =
    📖 The journal is not kept: { $count ->
        [one] { $count } lesson
       *[other] { $count } lessons
    }.
    { $groups }
    Mark them right here or send a file.
journal-unkept-group = “{ $course }”, { $group }: { $days }
journal-unkept-group-more = “{ $course }”, { $group }: { $days } and { $more } more
journal-unkept-told =
    ⚠️ Not in the journal for a week: { $count ->
        [one] { $count } lesson
       *[other] { $count } lessons
    }.
    { $groups }
    The bot has already reminded the teachers.
journal-unkept-teacher = { $line } — { $teacher }
button-unkept-report = ⚠️ What is not kept

## The half-year's report and the roadmap

report-half-task = This report can close the roadmap's task “{ $task }” (due { DAY($due) }): the PDF becomes its proof.
button-report-close = ✅ Done: attach the report
report-half-seen = ✅ The half-year is over and its report is made: the task “{ $task }” has closed itself.
report-half-closed = ✅ The task “{ $task }” is closed, the report is attached.
report-half-none = There is no open task for this half-year's report: it is closed already, or not in the roadmap.

## Files

report-file = Journal
report-plain = Report on the network's journal
report-day = drawn up on { FULLDAY($day) }
report-sheet-about = Report
report-sheet-partners = Partners
report-sheet-courses = Courses
report-sheet-groups = Groups
report-sheet-pupils = Pupils
report-sheet-composition = Composition
report-sheet-missing = Not kept
report-about-period = Period
report-about-days = Days
report-about-made = Drawn up
report-about-attendance = How attendance is counted
report-about-attendance-how = A lesson of the journal counts for everybody who learnt in the group on that day; attendance is the share of lessons not missed. Late is not missed.
report-about-hours = How hours are counted
report-about-hours-how = Academic hours of 45 minutes; a lesson is rounded to whole hours. Held: lessons of the timetable, without cancelled ones.
report-head-number = No.
report-head-marks = Marks
report-head-partner = Partner
report-head-course = Course
report-head-group = Group
report-head-teacher = Teacher
report-head-pupil = Pupil
report-head-class = Class
report-head-pupils = Pupils
report-head-lessons = Lessons × pupils
report-head-attendance = Attendance
report-head-absent = Without a reason
report-head-sick = Ill
report-head-excused = Excused
report-head-late = Late
report-head-average = Average
report-head-fives = “5”
report-head-fours = “4”
report-head-threes = “3”
report-head-twos = “2” and below
report-head-others = Other marks
report-head-held = Lessons held
report-head-hours = Hours held
report-head-hours-start = Hours since the start
report-head-hours-plan = Hours of the programme
report-head-topics = Topics written
report-head-covered = Of the programme held
report-head-planned = Topics of the programme
report-head-missing = Not kept
report-head-start = At first
report-head-came = Came
report-head-left = Left
report-head-end = Now
report-head-day = Date
report-head-time = Time
report-head-what = What happened
report-head-why = Reason
report-what-came = came
report-what-left = left
report-total = Total
report-chart-attendance = Attendance by course
report-chart-months = Attendance by month
report-chart-marks = Marks by course
report-present = Present
report-absent = Without a reason
report-sick = Ill
report-excused = Excused
report-card-attendance = attendance
report-card-average = average mark
report-card-hours = hours held
report-card-missing = not kept
report-card-pupils = pupils
report-number = { NUMBER($number, minimumFractionDigits: 1, maximumFractionDigits: 2) }
report-days = { FULLDAY($first) } – { FULLDAY($last) }
report-made = { FULLDAY($day) }
report-day-short = { DAY($day) }
report-paper-missing = Not in the journal: { $days }.
report-paper-group = { $partner }. Teacher: { $teacher }. Lessons { $lessons }, hours { $hours }, topics { $topics }{ $planned ->
        [0] {""}
       *[other] , of the programme { $covered } of { $planned }
    }. Pupils: { $start } at first, { $end } now.
report-nothing = The journal has nothing of this period.
button-report-hand-in = 🗃 Give it a number and keep it
report-hand-in = This is a draft without a number. When the report is ready, press the button: it gets a number and stays in “Sent” as it was handed in.
report-handed-in = ✅ Report № { $number } of { FULLDAY($day) }: print and sign it. It lies in “Papers → Sent”.
