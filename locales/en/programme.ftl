# The programme: agreeing with partners, the criteria of a year, the programme as one file.

## Agreeing

button-agreeing-home = 🤝 Agreeing of programmes
agreeing-title =
    🤝 <b>Agreeing with partners</b>
    A course's programme, study plan and timetable go to the partner's administrator, who answers “Agreed” or writes remarks. What changes wants a new answer.
agreeing-none =
    🤝 <b>Agreeing with partners</b>
    Nothing to agree yet.
button-agreeing = { $state ->
        [new] 📤 Send: { $course }
        [changed] 🔄 Send anew: { $course }
        [waits] ⏳ { $course }
        [agreed] ✅ { $course }
       *[remarks] ✍️ { $course }
    }
agreeing-nothing = The course has neither a programme nor a timetable: there is nothing to send. Fill in the sheets “Программа” and “Расписание”.
agreeing-sent = 📤 Sent: { $partner }.
agreeing-page =
    🤝 <b>«{ $course }», { $year }</b>
    { $school } → { $partner }
    Version { $version } of { FULLDAY($day) }
agreeing-hours = Hours by the plan: { $hours ->
        [0] not given
       *[other] { $hours }
    }. Topics of the programme: { $topics }{ $planned ->
        [0] {""}
       *[other] {", "}hours in it: { $planned }
    }
agreeing-topic = { $number }. { $topic }{ $hours ->
        [0] {""}
       *[other] {" "}({ $hours } h)
    }
agreeing-group = • { $group }: { $when }; teacher { $teacher }
agreeing-waits = ⏳ Waits for the partner's answer.
agreeing-old = 🔄 The programme or the timetable has changed since: a new version wants an answer.
agreeing-said = { $answer ->
        [agreed] ✅ Agreed: { $who }, { FULLDAY($day) }
       *[remarks] ✍️ Remarks: { $who }, { FULLDAY($day) }. { $remarks }
    }
button-agreeing-open = 🤝 Look
button-agreeing-yes = ✅ Agreed
button-agreeing-remarks = ✍️ Remarks
agreeing-why = What is to be changed in “{ $course }”? Write it in one message: the school's coordinator reads it.
agreeing-why-sure = <b>Send the remarks on “{ $course }”?</b>
agreeing-done = { $answer ->
        [agreed] ✅ Agreed. The school's coordinator will hear.
       *[remarks] ✍️ The remarks went to the school's coordinator.
    }
agreeing-changed = Meanwhile the school has sent another version or changed the timetable. Open the course again.
agreeing-agreed-already = This version is agreed already. For a change the school sends a new one.
agreeing-answered = { $answer ->
        [agreed] ✅ “{ $course }”: { SHORT($partner) } has agreed the programme, the plan and the timetable.
       *[remarks] ✍️ “{ $course }”: { SHORT($partner) } has remarks. { $remarks }
    }
agreeing-asked = 🤝 { SHORT($school) } asks you to agree the programme, study plan and timetable of “{ $course }”{ $version_number ->
        [1] {""}
       *[other] {", "}version { $version_number }
    }.
## The criteria of the year

button-criteria = 📏 Criteria of the year
criteria-title =
    📏 <b>Criteria of { $year }</b>
    Filled in: { $filled } of { $all }
criteria-school = 🏫 { $school }
criteria-part = { $part ->
        [criteria] Criteria
        [results] Expected results
       *[efficiency] Criteria of efficiency
    }
button-criteria-part = { $part ->
        [criteria] Criteria
        [results] Results
       *[efficiency] Efficiency
    }
criterion-line =
    { $number }. { $text }
    <b>{ $value }</b>
criterion-empty = not filled in
criterion-done = { $done ->
        [yes] carried out
       *[no] no
    }
criterion-measure = { $measure ->
        [surveys] answers to questionnaires: { $count }, questionnaires: { $of }
        [achievements] confirmed achievements: { $count }
        [certificates] documents of learning: { $count }
        [courses] courses: { $count }, new among them: { $of }
        [children] { $of ->
            [0] children who learn: { $count }
           *[other] children who learn: { $count } of { $of } who applied
        }
        [wishes] wishes fulfilled: { $count } of { $of }
        [graduates] learners of the 9th and 11th classes: { $count }
        [partners] partners: { $count }
        [agreements] partners with an agreement: { $count }
        [agreed] programmes agreed: { $count } of { $of }
        [orders] orders: { $count }
        [resources] resources somebody looked at: { $count } of { $of }
        [bookings] bookings of rooms and equipment: { $count }, by organizations: { $of }
        [materials] materials of courses: { $count }, taken times: { $of }
        [steps] tasks done: { $count } of { $of }
       *[teachers] network teachers: { $count }
    }
criterion-records = { $criterion ->
        [plans] individual plans: { $count }
        [research] teachers' research: { $count }
        [events] joint events: { $count }
        [external] outside evaluations: { $count }
       *[practices] new practices: { $count }
    }
button-criteria-records = { $criterion ->
        [plans] 📎 Individual plans
        [diagnostics] 📎 Psychological diagnostics
        [research] 📎 Teachers' research
        [events] 📎 Joint events
        [external] 📎 Outside evaluation
       *[practices] 📎 New practices
    }
criteria-records = { $criterion ->
        [plans] <b>Pupils' individual plans</b>
        [diagnostics] <b>Psychological diagnostics</b>
        [research] <b>Teachers' research</b>
        [events] <b>Joint events: conferences, olympiads, projects</b>
        [external] <b>Outside evaluation: ratings, reviews, inspections</b>
       *[practices] <b>New teaching practices</b>
    }
    { $criterion ->
        [diagnostics] { $count ->
            [0] Not marked as carried out yet.
           *[other] Carried out. The bot keeps no results.
        }
       *[other] Put down: { $count }
    }
criterion-kept = { $number }. { $line }
button-criterion-add = { $criterion ->
        [diagnostics] ✅ Carried out
       *[other] ➕ Add
    }
button-criterion-file = 📄 Document { $number }
button-criterion-remove = 🗑 Remove { $number }
criterion-asked = { $criterion ->
        [plans] Write a line (“Individual plans of 8А, 12 pupils”) or send a document with a caption. No children's names are needed.
        [research] Write who researches what, or send a document with a caption.
        [events] Write which event, when and with whom, or send a document with a caption.
        [external] Write who evaluated it and how, or send a document with a caption.
       *[practices] Write what the practice is and whose, or send a document with a caption.
    }
criterion-added = ✅ Put down.
criterion-removed = 🗑 Removed.
criterion-file-too-big = The document is larger than { $limit } MB. Send a smaller one.
criterion-document = { $file ->
        [none] { $line }
       *[other] { $line } ({ $file })
    }
button-criteria-pdf = 📄 PDF for the director
button-programme = 📘 Programme (DOCX)
criteria-file = Criteria
programme-file = Programme
programme-caption = The passport, steps, roadmap, criteria and documents of this year: next year's programme is written from them.
criteria-paper-title = Criteria of the programme, academic year { $year }
criteria-paper-day = as of { FULLDAY($day) }
criteria-head-text = Criterion
criteria-head-value = Figure
criteria-head-documents = Documents and records
criteria-sign =
    { $post ->
        [director] Director
       *[other] { $post }
    } ____________________ / { $name } /

## Achievements

achievement-state = { $state ->
        [confirmed] confirmed
        [declined] not confirmed
       *[new] waits for the teacher
    }
