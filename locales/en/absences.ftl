# Who will not come: a family says so, the teacher sees it, a class stays at home.

## Family

button-absence = 🙅 Not coming
absence-day = <b>🙅 Who is not coming { ONDAY($day) }?</b>
absence-day-choose = Press what will be missed: the teacher will know. No reason is needed.
absence-day-none = { $said ->
    [yes] There is nothing more to announce.
   *[no] There is no lesson on this day to be announced.
  }
absence-said = Already announced:
absence-said-line = • { $child }: { $when }
absence-when-day = { ONDAY($day) }, all lessons
absence-when-lesson = { WHEN($at) }, «{ $course }»
absence-when-span = { SPAN($first, $last) }, all lessons
button-absence-lesson = { $who ->
    [none] { TIME($at) } { $course }
   *[other] { $who } · { TIME($at) } { $course }
  }
button-absence-all-day = { $who ->
    [none] All day
   *[other] { $who } · all day
  }
button-absence-back = ↩️ { $child } is coming: { $what }
absence-back-day = { DAY($day) }
absence-back-span = { SPAN($first, $last) }
absence-back-lesson = { DAY($day) }, { $course }
button-absence-days = ✍️ Several days
absence-days =
    <b>✍️ Several days</b>
    Write it here as you would tell the teacher:
    • “{ $child } не придёт с 3 по 5 декабря”
    • “{ $child } will not come tomorrow”

    I show how I understood it and ask whether it is right.
absence-preview = <b>🙅 Is that right?</b>
absence-preview-child = <b>{ $child } is not coming:</b>
absence-preview-lesson = • { WHEN($at) } — «{ $course }»
absence-preview-more = { $count ->
    [one] • … and { $count } more lesson
   *[other] • … and { $count } more lessons
  }
absence-preview-known = You have announced this already.
absence-preview-told = The teacher sees it at the lesson. You can take it back here.
absence-whom = <b>🙅 Who is not coming?</b>
button-absence-everybody = All
absence-which-day =
    <b>🙅 On which day?</b>
    Choose the day of the lesson, or write again with a date.
absence-which-lesson = There is no such lesson on this day. Choose one of these:
absence-done = ✅ Written down. The teacher sees it at the lesson.
absence-taken-back = ✅ { $child } is coming: written down.
absence-past = { FULLDAY($day) } is over. The reason of a past absence can be given in the journal: /journal
absence-too-long = Not more than { $limit } days at once. Write less, for example “с 3 по 5 декабря”.
absence-whose = None of your children has this name: { $name }. Write again or open the timetable: /timetable
absence-no-lessons = { $days ->
    [one] There is no lesson to be announced { ONDAY($first) }.
   *[many] There is no lesson to be announced on { SPAN($first, $last) }.
  }
absence-too-late = This lesson is over or marked in the journal: it cannot be taken back here. If that is wrong, tell the teacher.
absence-by-guardian = A parent announces an absence: let them write the same from their telephone.
timetable-away = { $who ->
    [none] 🙅 absence: the teacher knows
   *[other] 🙅 not coming: { $who }
  }

## Teacher and partner

lesson-absences = 🙅 <b>Lessons { ONDAY($day) }</b>
lesson-absences-line = • { TIME($at) } «{ $course }», { $group }: { $count ->
    [0] everybody comes
    [one] { $count } pupil is not coming
   *[other] { $count } pupils are not coming
  }
lesson-absences-who = { $count ->
    [0] The families have changed their mind: everybody comes.
   *[other] Who it is stands on the lesson's page.
  }
lesson-away = 🙅 Announced that they are not coming:
lesson-away-count = { $count ->
    [one] 🙅 { $count } pupil is announced not to come.
   *[other] 🙅 { $count } pupils are announced not to come.
  }
mark-announced = 🙅 announced not to come
mark-announced-hint = “The others were there” marks those who announced it as absent.

## Written down by school or teacher

button-roll = 🙅 Will not come
roll =
    <b>🙅 Who will not come?</b>
    { $course }, { $group } · { WHEN($at) }
roll-choose = The family has called? Press the name. No reason is needed.
roll-nobody = There are no names in this group that you may see.
roll-said = • { $name } — { $whose ->
    [class] the class stays at home
   *[family] the family has said so
  }
roll-of =
    <b>🙅 { $name } will not come</b>
    To what?
button-roll-lesson = To this lesson only
button-roll-day = All of { SHORTDAY($day) }
button-roll-until = Until { SHORTDAY($day) }
button-roll-back = ↩️ Will come: { $name }
roll-done = { $told ->
    [0] ✅ Noted: { $name }. The teacher will see it at the lesson.
   *[other] ✅ Noted: { $name }. The family will hear in two minutes: until then it can be taken back.
  }
absence-entered = 🙅 { $child } will not come: { $when }. This was noted as you have said. If it is a mistake, take it back.
absence-entered-own = 🙅 It was noted that you will not come: { $when }. If it is a mistake, tell your parents or the teacher.
absence-entered-discreet = 🙅 An absence from a lesson was noted.
absence-not-entered = ✅ { $child } will come: { $when }. The absence was taken back.
absence-not-entered-own = ✅ You are expected: { $when }. The absence was taken back.
absence-not-entered-discreet = ✅ A noted absence was taken back.
button-absence-see = Open

## A class stays at home

button-class-absences = 🏠 A class stays at home
class-absences =
    <b>🏠 A class stays at home</b>
    When a class is in quarantine or on a trip, announce them all at once: teachers see whom not to wait for, and families need not write.
class-absences-stand = Now:
class-absences-line = • { $class_name }: { $one_day ->
    [yes] { DAY($first) }
   *[no] { SPAN($first, $last) }
  }
button-class-absence-back = ↩️ { $class_name } comes again
class-absence-from =
    <b>🏠 { $class_name } stays at home</b>
    From which day?
class-absence-until =
    <b>🏠 { $class_name } stays at home from { DAY($first) }</b>
    Until which day? That day is missed, too.
class-absence-preview =
    <b>🏠 { $class_name } stays at home { $one_day ->
        [yes] { ONDAY($first) }
       *[no] on { SPAN($first, $last) }
    }?</b>
    { $pupils ->
        [one] { $pupils } pupil
       *[other] { $pupils } pupils
    } · { $lessons ->
        [one] { $lessons } lesson
       *[other] { $lessons } lessons
    }
class-absence-hears = { $families ->
    [0] There is no family to write to.
    [one] We shall write to { $families } family.
   *[other] We shall write to { $families } families.
  } The letters leave in two minutes: until then it can be undone.
class-absence-lesson = • { WHEN($at) } — «{ $course }», { $group }
class-absence-done = { $families ->
    [0] ✅ Written down.
    [one] ✅ Written down: { $families } family will hear.
   *[other] ✅ Written down: { $families } families will hear.
  }
class-absence-over = { $families ->
    [0] ✅ { $class_name } comes again.
    [one] ✅ { $class_name } comes again: { $families } family will hear.
   *[other] ✅ { $class_name } comes again: { $families } families will hear.
  }
class-absence-nobody = { $class_name }: nobody has a lesson on these days, there is nobody to tell.
class-stays-home = 🏠 { $child }: { $one_day ->
    [yes] { ONDAY($first) }
   *[no] on { SPAN($first, $last) }
  } class { $class_name } does not come to the courses. The teachers know, you need not write.
class-stays-home-own = 🏠 { $one_day ->
    [yes] { ONDAY($first) }
   *[no] On { SPAN($first, $last) }
  } your class { $class_name } does not come to the courses. The teachers know.
class-comes-again = 🏫 { $child }: class { $class_name } comes to the courses again. Welcome back!
class-comes-again-own = 🏫 Your class { $class_name } comes to the courses again. Welcome back!

## Reminder

reminder-choice = { $ahead ->
    [off] no reminder
    [h1] one hour ahead
    [h2] two hours ahead
   *[evening] the evening before
  }
lesson-soon =
    ⏰ { $own ->
        [yes] Your lesson
       *[no] { $child }: the lesson
    } «{ $subject }» { WHEN($at) }. Place: { $place }
button-reminders = ⏰ Reminders
reminders = <b>⏰ When to remind of lessons</b>
    Of whom?
reminders-of = <b>⏰ { $child }: when to remind of lessons?</b>
    If the bot was away or you have quiet hours, it comes as soon as it can, before the lesson begins.
reminders-of-own = <b>⏰ When to remind of lessons?</b>
button-reminder-of = { $child }: { $choice }
button-reminder = { $ahead ->
    [off] No reminder
    [h1] One hour ahead
    [h2] Two hours ahead
   *[evening] The evening before
  }
