# “Mark”: a lesson right in the chat.

button-mark = ✏️ Mark
mark-home =
    <b>✏️ Mark a lesson</b>
    { $today ->
        [0] { $earlier ->
            [0] No lessons today, and none of the last 60 days is empty in the journal. Come back on the day of a lesson.
           *[other] No lessons today. These took place, and the journal says nothing of them:
        }
       *[other] { $earlier ->
            [0] Which lesson?
           *[other] Today's lessons; below, earlier ones of which the journal says nothing:
        }
    }
button-mark-today = 🕒 { TIME($at) } { $course }, { $group }
button-mark-earlier = ⚠️ { DAY($at) } { $course }, { $group }
mark-lesson = <b>✏️ { $course }, { $group }</b>
    { WHEN($at) }
mark-topic = Topic: { $topic }
mark-topic-none = No topic yet
mark-homework = Homework: { $homework }
mark-line = { $number }. { $child } — { $facts }
mark-nothing = not marked
mark-hint = Setting: <b>{ $what }</b>. Press names — each press is written at once. Families are told in two minutes; until then it can be undone.
mark-brush =
    { $what ->
        [absent] ❌ absent
        [late] 🕐 late
        [sick] 🤒 ill
        [excused] 📄 excused
       *[present] ✅ present
    }
mark-brush-none = ✖️
button-mark-others = ✅ The others were there
button-mark-note = 📝 Topic and homework
button-mark-undo = ↩️ Undo
mark-note-ask =
    <b>📝 { $course }, { DAY($at) }</b>
    { $topics ->
        [0] Write the lesson's topic.
       *[other] Choose a topic of the programme, the next one is first, or write your own.
    } Homework, if any, from the second line on.
button-mark-topic = { $number }. { $topic }
mark-topic-gone = The programme no longer has this topic. Open the lesson anew.
mark-too-long = Too long: topic and homework may have { $limit } characters each.
mark-too-early = This lesson is { WHEN($at) }: it can be marked on that day.
mark-cancelled = This lesson is cancelled: there is nobody to mark. If it did take place, restore it in “Lessons”.
mark-year-over = This academic year is over: its journal is only read. The coordinator can correct it.
mark-nobody = The group has no pupils yet: there is nobody to mark.
mark-not-here = This pupil is no longer in the group. Open the lesson again.
mark-not-in-scale = This course has no such mark. Choose one of those offered or send a file.
photo-not-read = I cannot read a photo: send Excel or CSV. Take the blank form with the group's pupils and fill it in, or mark the lesson right here.
button-journal-form-of = 📄 Form: { $group }, { $course }
lesson-to-mark = ✏️ “{ $course }”, { $group }: the lesson ends at { TIME($ends_at) }. Mark who was there — a few presses.
