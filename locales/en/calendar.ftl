# The timetable beside its pages: the week as a picture, the telephone's calendar.

# The week as a picture

picture-title = Week: { SPAN($monday, $sunday) }
picture-day = { LONGWEEKDAY($day) }, { DAY($day) }
picture-today = today, { LONGWEEKDAY($day) }, { DAY($day) }
picture-time = { TIME($at) }
picture-cancelled = cancelled
picture-left = moved to { SHORTDAY($now) }, { TIME($now) }
picture-moved = moved from { SHORTDAY($was) }, { TIME($was) }
button-picture = 🖼 As a picture
button-picture-dark = 🌙 Dark picture
button-picture-light = ☀️ Light picture

# Subscription: the timetable in the telephone's calendar

button-feed = 🔔 Subscription
button-feed-new = 🔗 Get the link
button-feed-renew = 🔗 New link
button-feed-file = 📎 .ics file
button-feed-off = Turn the link off
feed-whose =
    <b>🔔 Subscription</b>
    Whose timetable should the telephone’s calendar show?
feed-page =
    <b>🔔 Calendar: { $name }</b>
    The lessons appear in the calendar of your telephone or computer and keep up to date by themselves, with what is moved and cancelled.
feed-discreet = The calendar will say “Lesson” and no more: your settings ask for messages without details.
feed-none = There is no link to the calendar yet.
feed-stands = The link was made on { FULLDAY($since) }. It cannot be shown again: only whoever got it knows it. A new link replaces it.
feed-renew-sure =
    <b>Make a new link?</b>
    The old one stops working at once.
feed-off-sure =
    <b>Turn the link off?</b>
    Calendars that know it will see nothing any more.
feed-revoked = The link is off: nothing can be seen by it any more.
feed-made =
    🔗 The link to the calendar:

    <code>{ $address }</code>

    { $own ->
       *[any] Copy it and add it to your telephone’s calendar: “Add by URL” or “Subscribe”. Show it to nobody: whoever knows the link sees the timetable.
    }

    It will not be shown again.
feed-file = { $own ->
   *[any] Open the file and the lessons appear in the calendar. It does not keep up to date by itself: I write of changes here.
  }
feed-file-only = { $own ->
   *[any] Open the file and the lessons appear in the calendar. There is no subscription by a link here, so it does not keep up to date by itself: I write of changes here.
  }
feed-empty = No lessons yet: there is nothing for the calendar.
calendar-of-child = { $child }: lessons
calendar-of-teacher = My lessons
calendar-discreet = Lessons
calendar-lesson = Lesson
calendar-lesson-cancelled = Cancelled: lesson
calendar-cancelled = Cancelled: { $course }
calendar-group = { $course }, { $group }
calendar-teacher = Teacher: { $teacher }
calendar-moved = Moved from { DAY($was) }, { TIME($was) }
