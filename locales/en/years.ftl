# Academic years: the end of one, and those that are past.

# The end of a year: to the partner and the teacher
button-year-end = 🎓 Year's end
button-year-end-open = 🎓 Answer
button-year-group = { $group }, { $course }: { $open ->
        [0] all answered
       *[other] { $open } without an answer
    }
button-year-all = ✅ All others “completed”: { $count }
button-year-take-back = ↩️ Undo: { $number }
button-year-take-back-all = ↩️ Undo “all completed”
year-end =
    🎓 <b>The end of { $year }</b>

    { $count ->
        [0] Everything is answered. Until 31 August an answer can still be changed.
        [one] Say how the year ended for { $count } pupil: the course is completed, not completed, the child has left or goes on. You have until 31 August.
       *[other] Say how the year ended for { $count } pupils: the course is completed, not completed, the child has left or goes on. You have until 31 August.
    }
year-end-none = 🎓 In { $year } nobody learns in your groups: there is nothing to answer.
year-end-over = How a year ended is said from 20 May to 31 August. If something has to be corrected, tell the person responsible for the network courses.
year-group =
    🎓 <b>“{ $course }”, group { $group }, { $year }</b>
    { $open ->
        [0] Everything is answered.
       *[other] Without an answer: { $open }.
    }
year-group-signs =
    ✅ completed · ✖️ not completed · 🚪 left · 🔁 goes on

    “Goes on” means: wants the same course next year, and has priority when places are distributed. Nothing passes into the next year by itself.
year-pupil = { $number }. { $child }, { $class_name } — { $outcome ->
        [completed] ✅ completed
        [failed] ✖️ not completed
        [left] 🚪 left
        [continues] 🔁 goes on
       *[none] no answer
    }
year-said = { $child }: { $outcome ->
        [completed] ✅ the course is completed.
        [failed] ✖️ the course is not completed.
        [left] 🚪 has left.
       *[continues] 🔁 goes on.
    } { families-hear-soon }
year-taken-back = { $child }: the answer is taken back.
year-said-all = ✅ Completed: { $count }. { families-hear-soon }
year-taken-back-all = Answers taken back: { $count }.

# To the family
year-ended = { $outcome ->
        [completed] 🎓 { $child } has completed “{ $course }”, { SHORT($partner) }. Congratulations!
        [failed] { $child } has not completed “{ $course }” this year, { SHORT($partner) }. Ask the teacher why.
        [left] { $child }: at the end of the year it was noted that the child has left the group of “{ $course }”, { SHORT($partner) }.
        [continues] 🔁 { $child } goes on with “{ $course }”, { SHORT($partner) }. To learn there next year, submit a new application: who goes on has priority when places are distributed.
        [unfinished] { $child }: the year of “{ $course }” has ended without a result, { SHORT($partner) }. If you need one, write to the school.
       *[closed] { $child }: the school year has ended, and the application for “{ $course }” is closed, { SHORT($partner) }. Submit a new one for the new year.
    }
year-ended-own = { $outcome ->
        [completed] 🎓 You have completed “{ $course }”, { SHORT($partner) }. Congratulations!
        [failed] You have not completed “{ $course }” this year, { SHORT($partner) }. Ask your teacher why.
        [left] At the end of the year it was noted that you have left the group of “{ $course }”, { SHORT($partner) }.
        [continues] 🔁 You go on with “{ $course }”, { SHORT($partner) }. To learn there next year, your parents have to submit a new application.
        [unfinished] The year of “{ $course }” has ended without a result, { SHORT($partner) }.
       *[closed] The school year has ended, and the application for “{ $course }” is closed, { SHORT($partner) }.
    }
year-end-taken-back = { $child }: the note on how the year ended in “{ $course }” was taken back, { SHORT($partner) }. We will write when there is a new one.
year-end-taken-back-own = The note on how the year ended in “{ $course }” was taken back, { SHORT($partner) }. I will write when there is a new one.

# To who has not answered yet; to the coordinator
year-end-waits =
    🎓 { $year }: say how the year ended for your pupils. Without an answer: { $pupils ->
        [one] { $pupils } pupil
       *[other] { $pupils } pupils
    } in { $groups ->
        [one] { $groups } group
       *[other] { $groups } groups
    }; you have until 31 August.
year-closed = 🎓 The school year { $year } is closed. { $pupils ->
        [0] Everybody has a result.
        [one] { $pupils } pupil is without a result.
       *[other] { $pupils } pupils are without a result.
    }
button-year-unfinished = 📋 Who has no result
button-year-unfinished-count = 📋 Without a result: { $count }
year-unfinished =
    <b>{ $year }: without a result</b>
    In all: { $count }. Nobody has said how the year ended for them.
year-unfinished-line = • { $child }, { $class_name } — “{ $course }”, { SHORT($partner) }

# Past years
button-past-years = 🗂 Past years
button-past-applications = 📝 Applications
past-years =
    🗂 <b>Past years</b>
    All there was: journal, timetable, applications. Nothing can be changed there any more.
past-years-none = There are no past years yet: all there was is of this school year.
past-year = 🗂 <b>School year { $year }</b>
past-year-none = This is none of the past years. Open the menu: /start
journal-past =
    📖 <b>The journal, school year { $year }</b>
    Whose journal?
journal-of-past = 📖 <b>{ $child }: the journal, school year { $year }</b>
applications-past = 📝 <b>Applications, school year { $year }: { $total }</b>
requests-past = 📨 <b>Requests to partners, school year { $year }: { $total }</b>
papers-past =
    🗂 <b>Papers, school year { $year }</b>
    The order and the lists of groups are of who learnt to the end of the year.

# A class
class-in-september = { $now }, in September { $then }
class-if-stays = { $words }, if they stay at school
class-left = has finished school

# Which year a workbook is of

network-which-year-page =
    Which academic year is this workbook of? It holds no dates, and it may now be { $this } or { $next }.

    To be asked no more, fill in the sheet “Учебный год”.
network-which-year =
    Which academic year is this workbook of? It holds no dates, and it may now be { $this } or { $next }.

    To be asked no more, fill in the sheet “Учебный год”; on the command line add --year { $number }.
network-another-year = The workbook is of the academic year { $told }, but { $said } was named.
network-whose-classes-page =
    Are these the classes of next year already? { $count ->
        [one] { $count } pupil stands
       *[other] { $count } pupils stand
    } one class higher in the book than now.

    Until September the sheet «Ученики» needs today's class; if it holds next year's, I will take one off.
network-whose-classes = Are these the classes of next year already? Pupils who stand one class higher in the book than now: { $count }. On the command line add --classes next (of next year) or --classes now (today's).

# A 9th-grader: whether the child stays at school
application-goes-on =
    { $year ->
        [none] { $child }: { $class_name } is behind. Will the child stay for the 10th?
       *[other] { $child } is in { $class_name } now. The application is for the next school year: will the child stay for the 10th?
    }
application-goes-on-first = First say whether the child stays for the 10th class: open the course and press “Apply” once more.
button-goes-on = ✅ Yes, staying for the 10th
button-goes-on-not = No, leaving
