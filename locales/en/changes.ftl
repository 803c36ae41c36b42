# Changes of lessons for a period, extra lessons, rooms.

network-room-too-small = ⚠️ “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: room “{ $found }” holds { $room }, the group has { $seats } seats.

# Which days

button-period = 🗓 Change several days
period-which-days =
    <b>🗓 Change the lessons of several days</b>
    Which days? Press, or write: “until Friday”, “from 12.11 to 20.11”, “tomorrow”.
button-period-this-week = To the end of the week
button-period-next-week = Next week
period-day = { ONDAY($day) }
period-days = from { DAY($first) } to { DAY($last) }
period-days-years = from { FULLDAY($first) } to { FULLDAY($last) }
period-line = • { SHORTDAY($at) }, { TIME($at) } · { $course }, { $group }
period-line-moved = • { $course }, { $group }: { SHORTDAY($was) }, { TIME($was) } → { SHORTDAY($now) }, { TIME($now) }

# What becomes of them

period-lessons = <b>{ $count ->
    [one] { $count } lesson
   *[other] { $count } lessons
  } { $days }</b>
period-what = What shall become of them? First we show who will hear of it and what stands against it.
button-period-cancel = { $count ->
    [1] Cancel the lesson
   *[other] Cancel all ({ $count })
  }
button-period-give = 👤 Give to a teacher
button-lesson-teacher = 👤 Stand-in
period-who = <b>Who will teach?</b>
period-nobody = <b>There is nobody to give it to:</b> the workbook has no other teacher.
button-period-teacher = { NAME($name) }{ $of ->
    [none] {""}
   *[other] {" "}· { $of }
  }{ $busy ->
    [0] {""}
   *[other] {" "}— busy: { $busy }
  }
period-where =
    <b>Where?</b>
    Choose a free room, or write a place, for example “room 5”.
button-room = { $name }{ $seats ->
    [0] {""}
   *[other] {" "}· seats { $seats }
  }
period-when =
    <b>When?</b>
    Choose, or write a new beginning, for example “16:30”: the days stay the same.
button-period-shift = { $free ->
    [yes] ✅{" "}
   *[no] {""}
  }{ $way ->
    [before] A day earlier
    [after] A day later
    [week] A week later
    [earlier] { $count } days earlier
   *[later] { $count } days later
  }
button-period-hour = ✅ At { $hour }
period-when-free = { $found ->
    [yes] ✅ — pupils, teacher and room are free.
   *[no] There is no time near by that is free for all: what stands against it is shown before you confirm.
  }

# Before it is confirmed

period-cancel = <b>Cancel { $count ->
    [one] { $count } lesson
   *[other] { $count } lessons
  } { $days }?</b>
period-give =
    <b>Give { $count ->
        [one] { $count } lesson
       *[other] { $count } lessons
    } { $days } to somebody else?</b>
    Teacher: { $teacher }.
period-place =
    <b>{ $count ->
        [one] { $count } lesson
       *[other] { $count } lessons
    } { $days } in another place?</b>
    Place: { $place }.
period-move = <b>Move { $count ->
    [one] { $count } lesson
   *[other] { $count } lessons
  } { $days }?</b>
period-clash = • { SHORTDAY($at) }, { TIME($at) }: { $what }
clash-teacher-road = the teacher has “{ $course }”, { TIME($starts) }–{ TIME($ends) }: no time for the road, { $minutes } min
clash-room = this place has “{ $course }”, { TIME($starts) }–{ TIME($ends) }
clash-room-small = the room has { $seats } seats, there are { $pupils } pupils
clash-booked = booked: { $who }, { TIME($starts) }–{ TIME($ends) }; whoever booked it will hear

# Afterwards

period-done = { $lessons ->
    [one] Done: { $lessons } lesson changed.
   *[other] Done: { $lessons } lessons changed.
  }
period-undone = { $lessons ->
    [one] Put back as it was: { $lessons } lesson.
   *[other] Put back as they were: { $lessons } lessons.
  }
period-told = { $families ->
    [0] Nobody had to be told.
    [one] { $families } family is told, in one message.
   *[other] { $families } families are told, each in one message.
  }

# An extra lesson

button-lesson-extra = ➕ Extra lesson
lesson-extra-when =
    <b>Extra lesson of “{ $course }”</b>
    Instead of the cancelled one { WHEN($at) }.

    Choose a day: everybody is free then. Or write a day and an hour: “13.11 15:00” or “friday 15:00”.
lesson-extra-preview =
    <b>Add a lesson of “{ $course }”?</b>
    When: { WHEN($at) }.
    Instead of the cancelled one { WHEN($off) }.
lesson-extra-done = { $families ->
    [0] The lesson is added. Nobody had to be told.
    [one] The lesson is added: { $families } family is told.
   *[other] The lesson is added: { $families } families are told.
  }
lesson-makes-up = ➕ Instead of the cancelled one { ONDAY($off) }
lesson-move-day-hour = { SHORTDAY($at) }, { TIME($at) }

# Refusals

period-days-unclear = I did not understand which days. Write, for example: “until Friday”, “from 12.11 to 20.11”, “tomorrow”.
period-end-first = The last day ({ DAY($last) }) is before the first ({ DAY($first) }). Please write again.
period-too-long = At once you can change the lessons of { $most } days at most. Take fewer days.
period-too-many = At once you can change { $most } lessons at most. Take fewer days.
period-hour-unclear = I did not understand at what time. Write the hour alone, for example “16:30”.
period-empty = There are no lessons to change in these days: { DAY($first) } – { DAY($last) }.
period-nothing = Everything stands like that already: there is nothing to change.
period-changed-since = While you were deciding, these lessons were changed. Look again at what stands: /timetable
lesson-made-up = There is an extra lesson already, { WHEN($at) }. Move it, or cancel it first.
lesson-not-cancelled = This lesson is not cancelled: it needs no extra one.

# The evening letter: all that has changed for a child

changes-told = 🗓 <b>{ $child }</b>, changes of the timetable:
changes-told-own = 🗓 <b>Changes of your timetable:</b>
change-listed =
    • “{ $subject }” — { $how ->
        [moved] was { SHORTWHEN($was, $year) } → now { SHORTWHEN($now, $year) }.
        [end] { SHORTWHEN($now, $year) }: until { TIME($now_ends) } (was until { TIME($was_ends) }).
        [cancelled] not { SHORTWHEN($was, $year) }.
        [elsewhere] not { SHORTWHEN($now, $year) } (it was to be { SHORTWHEN($was, $year) }).
        [added] added { SHORTWHEN($now, $year) }.
        [restored] takes place after all { SHORTWHEN($now, $year) }.
        [room] { SHORTWHEN($now, $year) }: was { $was_place } → now { $now_place }.
       *[teacher] { SHORTWHEN($now, $year) }: instead of { $was_teacher }: { $now_teacher }.
    }
