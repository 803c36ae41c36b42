# Timetable: the family's page, the teacher's lessons, letters about changes.

# Letters to families

lesson-moved =
    📅 { $own ->
        [yes] Your
       *[no] { $child }: the
    } lesson “{ $subject }” is moved.
    Was: { WHEN($was, $year) }.
    Now: { WHEN($now, $year) }.
lesson-moved-end =
    📅 { $own ->
        [yes] Your
       *[no] { $child }: the
    } lesson “{ $subject }” will end at another time.
    Begins: { WHEN($now, $year) }.
    Ends: at { TIME($now_ends) } (was { TIME($was_ends) }).
lesson-cancelled =
    ❌ { $own ->
        [yes] Your
       *[no] { $child }: the
    } lesson “{ $subject }” is cancelled.
    It will not take place { WHEN($was, $year) }.
lesson-cancelled-elsewhere =
    ❌ { $own ->
        [yes] Your
       *[no] { $child }: the
    } lesson “{ $subject }” is cancelled.
    It will not take place { WHEN($now, $year) } (before: { WHEN($was, $year) }).
lesson-added =
    📅 { $own ->
        [yes] A lesson of “{ $subject }” is added for you.
       *[no] { $child }: a lesson of “{ $subject }” is added.
    }
    We look forward to seeing you { WHEN($now, $year) }.
lesson-restored =
    📅 { $own ->
        [yes] Your
       *[no] { $child }: the
    } lesson “{ $subject }” will take place after all.
    We look forward to seeing you { WHEN($now, $year) }.
lesson-room =
    📍 { $own ->
        [yes] Your
       *[no] { $child }: the
    } lesson “{ $subject }” will be held in another place.
    Was: { $was_place }.
    Now: { $now_place }.
    Time: { WHEN($now, $year) }.
lesson-teacher =
    👤 { $own ->
        [yes] Another teacher will give your lesson “{ $subject }”.
       *[no] { $child }: another teacher will give the lesson “{ $subject }”.
    }
    Was: { $was_teacher }.
    Now: { $now_teacher }.
    Time: { WHEN($now, $year) }.
lesson-now-place = Place: { $place }.
lesson-now-teacher = Teacher: { $teacher }.
lesson-because = Reason: { $reason }
button-lesson-seen = I have read this
button-lesson-seen-done = ✅ Read
lesson-seen-thanks = Thank you!
lesson-seen-already = Noted already, thank you!
lesson-change-stale = The lesson has been changed again since: see the newer message or the timetable — /timetable

# To teachers: a stand-in

lesson-stand-in =
    👤 You give the lesson “{ $subject }”, group { $group }.
    When: { WHEN($at) }.
    Instead of: { $teacher }.
lesson-stood-in-for =
    👤 The lesson “{ $subject }”, group { $group }, is not given by you.
    When: { WHEN($at) }.
    Given by: { $teacher }.

lessons-tomorrow =
    🔔 { $own ->
        [yes] Your lessons
       *[no] { $child }: lessons
    } { ONDAY($day) }.
lessons-tomorrow-line = { TIME($at) } “{ $subject }” — { $place }

# Letters to the teacher and the coordinator

lesson-call-list =
    { $cancelled ->
        [yes] 📞 “{ $subject }”: the lesson { WHEN($at) } is cancelled.
       *[no] 📞 “{ $subject }”: the lesson was changed, it is now { WHEN($at) }.
    }
    { $families ->
        [one] { $families } family has not confirmed yet.
       *[other] { $families } families have not confirmed yet.
    } Whom to call stands on the lesson's page.
lesson-call-line = • { $name }
lesson-call-rest = … and { $count } more
button-lesson-open = Open the lesson

# The family's page

timetable-today = <b>📅 Today, { DAY($day) }</b>
timetable-tomorrow = <b>📅 Tomorrow, { DAY($day) }</b>
timetable-on = <b>📅 { FULLDAY($day) }, { LONGWEEKDAY($day) }</b>
timetable-child = 👤 { $child }
timetable-week = <b>📅 Week: { SPAN($monday, $sunday) }</b>
timetable-day = <b>{ SHORTDAY($day) }</b>
timetable-lesson = <code>{ TIME($starts) }–{ TIME($ends) }</code> <b>{ $course }</b>
timetable-lesson-of = <code>{ TIME($starts) }–{ TIME($ends) }</code> <b>{ $course }</b> — { $who }
timetable-where = { $place } · { $teacher }
timetable-cancelled = <s>{ TIME($starts) }–{ TIME($ends) } { $course }</s> — cancelled
timetable-cancelled-of = <s>{ TIME($starts) }–{ TIME($ends) } { $course }</s> — { $who }: cancelled
timetable-left = <s>{ TIME($starts) }–{ TIME($ends) } { $course }</s> — moved to { SHORTDAY($now) }, { TIME($now) }
timetable-left-of = <s>{ TIME($starts) }–{ TIME($ends) } { $course }</s> — { $who }: moved to { SHORTDAY($now) }, { TIME($now) }
timetable-moved-from = ↪️ moved from { DAY($was) }, { TIME($was) }
timetable-more = … and { $count } more. Day by day all lessons are shown.
timetable-empty-today = No lessons today.
timetable-empty-tomorrow = No lessons tomorrow.
timetable-empty-on = No lessons on this day.
timetable-empty-week = No lessons this week.
timetable-next = Next: “{ $course }” { WHEN($at) }.
timetable-next-of = Next: “{ $course }” { WHEN($at) } ({ $who }).
timetable-next-now = Going on: “{ $course }”{ $who ->
    [none] {""}
   *[other] {" "}({ $who })
  }, until { TIME($ends) }.
timetable-next-soon = Next: “{ $course }”{ $who ->
    [none] {""}
   *[other] {" "}({ $who })
  } { $left }.
timetable-in = in { $time }
timetable-road = , { $time } on the road
duration-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
  }
duration-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
  }
timetable-no-next = There are no new lessons in the timetable yet.
timetable-no-groups-own = No lessons yet. Begin with the courses: after enrollment the timetable appears here.
timetable-no-groups = No lessons yet. Begin with the courses: after enrollment the timetable appears here.
button-today = Today
button-tomorrow = Tomorrow
button-week = Week
button-date = 🗓 Date
button-all-children = All children
timetable-month =
    <b>🗓 { MONTH($month) }</b>
    Choose a day. Days with lessons have a dot.
timetable-month-own =
    <b>🗓 { MONTH($month) }</b>
    Choose a day. Days with lessons have a dot.
button-month-day = { $busy ->
    [yes] { $day }•
   *[no] { $day }
  }
button-month-before = ‹ { MONTH($month) }
button-month-after = { MONTH($month) } ›
button-week-before = ‹ Week before
button-week-after = Week after ›

# Lessons for teachers, partners, coordinators

button-family-timetable = 📅 My family’s timetable
button-lessons-today = Today
button-lessons-week = Week
button-day-before = ‹ Day before
button-day-after = Day after ›
button-by-group = By group
button-by-place = By place
button-by-teacher = By teacher
button-all-partners = All partners
lessons-week = <b>🗓 Lessons: { SPAN($monday, $sunday) }</b>
lessons-week-group = <b>🗓 { $course }, { $group }: { SPAN($monday, $sunday) }</b>
lessons-day = <b>🗓 Lessons: { FULLDAY($day) }, { LONGWEEKDAY($day) }</b>
lessons-of = { $what ->
    [partner] 🏫 { $name }
    [teacher] 👤 { $name }
   *[place] 📍 { $name }
  }
lessons-of-day-line = { $state ->
    [cancelled] ❌ <s>{ TIME($at) } { $course }</s>, { $group } — cancelled
    [left] ➡️ <s>{ TIME($at) } { $course }</s>, { $group } — moved to { SHORTDAY($now) }, { TIME($now) }
    [moved] ↪️ <b>{ TIME($at) }</b> { $course }, { $group } · { $place } · { NAME($teacher) }
   *[plain] <b>{ TIME($at) }</b> { $course }, { $group } · { $place } · { NAME($teacher) }
  }
lessons-choose = Press a lesson to move it, to cancel it or to see who has confirmed its change.
lessons-line = { $state ->
    [cancelled] ❌ { WEEKDAY($at) }, { TIME($at) } · { $course }
    [moved] ↪️ { WEEKDAY($at) }, { TIME($at) } · { $course }
    [left] ➡️ { WEEKDAY($at) }, { TIME($at) } · { $course }
   *[plain] { WEEKDAY($at) }, { TIME($at) } · { $course }
  }
lessons-empty-day = No lessons on this day.
lessons-empty = No lessons this week.
lessons-empty-next = No lessons this week. The next one is { WHEN($at) }.
button-lessons-next = To the next lesson
lessons-partners =
    <b>🗓 Lessons</b>
    Choose a partner.
lessons-no-partners-yet = There are no groups yet: they appear when the person responsible for the network courses loads the workbook.
lessons-no-partners = There are no groups yet: they appear when you load the network workbook.
lessons-groups =
    <b>{ SHORT($organization) }</b>
    Choose a group.
lessons-no-groups = This partner has no groups yet.
lessons-own-groups = <b>🗓 Your groups</b>
lessons-teachers =
    <b>🗓 Lessons by teacher</b>
    Choose a teacher.
lessons-places =
    <b>🗓 Lessons by place</b>
    Choose a place.
lessons-none-to-choose = There is nothing to choose from yet: no timetable.
lessons-place-button = { SHORT($partner) }, { $place }
lessons-group-button = { $course } · { $group }

lesson-page = <b>{ $course }</b>, group { $group }
lesson-when = 🗓 { ONDAY($starts) }, { TIME($starts) }–{ TIME($ends) }
lesson-was-planned = ↪️ Planned: { ONDAY($planned) }, { TIME($planned) }
lesson-is-cancelled = ❌ <b>The lesson is cancelled.</b>
lesson-place = 📍 { SHORT($organization) }, { $place }
lesson-place-only = 📍 { SHORT($organization) }
lesson-teacher-name = 👤 { $teacher }
lesson-pupils = { $count ->
    [0] 👥 Nobody is in the group yet
    [one] 👥 { $count } pupil
   *[other] 👥 { $count } pupils
  }
lesson-seen-by = ✅ Confirmed: { $seen } of { $total }
lesson-missing = Not confirmed yet:
lesson-is-over = The lesson is over or has begun: it cannot be changed.
button-lesson-move = Move
button-lesson-cancel = Cancel the lesson
button-lesson-place = Place
button-lesson-restore = Bring the lesson back
button-lesson-undo = ↩️ Put back as it was
button-lesson-page = To the lesson

lesson-move-when =
    <b>Move “{ $course }”</b>
    Now: { WHEN($at) }.

    Choose a day — the hour stays the same. Or write a day and an hour: “13.11 15:00” or “Friday 15:00”.
lesson-move-day = { SHORTDAY($at) }
lesson-move-preview =
    <b>Move “{ $course }”?</b>
    Was: { WHEN($was) }.
    Now: { WHEN($now) }.
lesson-move-until = Until { TIME($ends) }.
lesson-cancel-preview =
    <b>Cancel “{ $course }”?</b>
    The lesson { WHEN($at) } will not take place.
lesson-cancel-why = You may write a reason — families will see it. Nothing personal, please: no illnesses, no surnames.
lesson-restore-preview =
    <b>Bring “{ $course }” back?</b>
    The lesson will take place { WHEN($at) }.
lesson-place-ask =
    <b>Another place for “{ $course }”</b>
    When: { WHEN($at) }.
    Now: { $place }.

    { $rooms ->
        [yes] Choose a free room, or write a place
       *[no] Write the new place
    }, for example “room 5”.
lesson-place-preview =
    <b>Another place for “{ $course }”?</b>
    When: { WHEN($at) }.
    Was: { $was }.
    Now: { $now }.
lesson-told-now = { $count ->
    [one] We shall write to { $count } family at once.
   *[other] We shall write to { $count } families at once.
  }
lesson-told-later = { $count ->
    [one] We shall write to { $count } family { WHEN($at) }.
   *[other] We shall write to { $count } families { WHEN($at) }.
  }
lesson-nobody-hears = There is nobody to write to: no family of the group has the bot.
clash-title = ⚠️ What stands against it:
clash-line = • { $what }
clash-of = { $who } — { $what }
clash-of-many = { $who } and { $rest } more — { $what }
clash-school = school lessons at that time, { TIME($starts) }–{ TIME($ends) }
clash-school-road = not enough time for the road between this lesson and school ({ TIME($starts) }–{ TIME($ends) }): { $minutes } min
clash-course = “{ $course }” at that time, { TIME($starts) }–{ TIME($ends) }
clash-course-road = not enough time for the road between this lesson and “{ $course }” ({ TIME($starts) }–{ TIME($ends) }): { $minutes } min
clash-teacher = the teacher has “{ $course }” at that time, { TIME($starts) }–{ TIME($ends) }
clash-day-off = { $name ->
    [none] it is a day off
   *[other] it is not a working day: { $name }
  }
clash-holidays = { $name ->
    [none] it is in the holidays
   *[other] it is in the holidays: { $name }
  }
button-other-time = Another time

lesson-done = { $families ->
    [0] Done. There was nobody to write to about it.
    [one] Done: { $families } family has been told.
   *[other] Done: { $families } families have been told.
  }
lesson-undo-preview = <b>Put it back as it was?</b>
lesson-undone = { $families ->
    [0] Put back as it was. There was nobody to write to about it.
    [one] Put back as it was: { $families } family has been told.
   *[other] Put back as it was: { $families } families have been told.
  }

# Refusals

lesson-gone = This lesson is no longer in the timetable. Open the timetable anew: /timetable
lesson-in-the-past = The lesson “{ $subject }” has begun or is over: it cannot be changed.
lesson-move-to-past = That time is over already. Choose another.
lesson-too-far = A lesson can be moved at most a year ahead.
lesson-same-time = The lesson stands at that time already: there is nothing to move.
lesson-same-place = The lesson is in that place already: there is nothing to change.
lesson-changed-since = While you were deciding, the lesson was changed. Open it again: /timetable
lesson-undo-too-late = It is too late to put it back: the old time is over. Move the lesson to another day.
moment-no-such-day = There is no day “{ $day }”. Check it and write again.
moment-day-passed = { FULLDAY($day) } is over. If you mean next year, write the year: { $typed }.
moment-other-weekday = { FULLDAY($day) } is a { LONGWEEKDAY($day) }, not a { LONGWEEKDAY($named) }. Write again, please.
moment-which-hour = { $hour } in the morning or in the evening? Write 07:00 or 19:00.
moment-end-first = The end { TIME($ends) } is not after the beginning { TIME($starts) }. Please write it again.
moment-left-over = “{ $words }” was not understood. Write the day and the hour only, for example “13.11 15:00” or “Friday 15:00”.
lesson-move-other-year = 📌 That is another year: { FULLDAY($to) }.
lesson-time-unclear = I did not understand when. Write a day and an hour, for example “13.11 15:00” or “Friday 15:00”.
lesson-too-long = That is too long: write { $limit } characters at most.
