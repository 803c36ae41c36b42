# Bookings of rooms and equipment.

button-book = 📅 Book
button-bookings = 🗓 My bookings
button-rooms = 🏫 Rooms
button-book-until = until { TIME($ends) }
button-booking-back = ✖️ Cancel the booking
button-booking-drop = ✖️ { $number }
button-booking-drop-of = ✖️ { TIME($at) } · { $who }
button-booking-undo = ↩️ Put the booking back

rooms-title = <b>🏫 Rooms of the network</b>
rooms-none = No rooms yet: they appear when the sheet «Помещения» of the network’s workbook is filled in.
room-title =
    <b>{ $name }</b>
    { $organization }
room-seats = 👥 Places: { $seats }
room-equipment = 🔧 { $equipment }

book-day =
    <b>📅 { $name }</b>
    { SHORTDAY($day) }
book-nobody = Free all day.
book-taken = 🔸 { TIME($starts) }–{ TIME($ends) } · { $who }{ $all ->
        [1] {""}
       *[other] , { $sets } of { $all }
    }
book-taken-lesson = 🧑‍🏫 { TIME($starts) }–{ TIME($ends) } · lesson “{ $course }”
book-choose = From which hour? The free ones are on the buttons.
book-no-hours = No free hours that day. Look at another.
book-until =
    <b>📅 { $name }</b>
    { SHORTWHEN($starts) }

    Until when?
book-how-many =
    <b>📅 { $name }</b>
    { SHORTWHEN($starts) }–{ TIME($ends) }

    How many? { $free } of { $all } are free.
booking-made = ✅ Yours: { $name }, { SHORTWHEN($starts) }–{ TIME($ends) }{ $sets ->
        [1] .
       *[other] , sets: { $sets }.
    }
booking-stands = ✅ The booking stands again ({ $who }): { $name }, { SHORTWHEN($starts) }–{ TIME($ends) }.
booking-given-back = The booking is cancelled: { $name }, { SHORTWHEN($starts) }–{ TIME($ends) }.
booking-line = { $number }. { $name }, { SHORTWHEN($starts) }–{ TIME($ends) }{ $sets ->
        [1] {""}
       *[other] , sets: { $sets }
    }
booking-met-line = ⚠️ A lesson is held here then: take another hour or another place.
bookings-title = <b>🗓 My bookings</b>{ $count ->
        [0] {"\u000A"}None yet. Open a resource or a room and press “Book”.
       *[other] {""}
    }
booking-past = That time has begun: booking and cancelling are done beforehand.
booking-far = You can book from today on and { $days ->
        [one] { $days } day
       *[other] { $days } days
    } ahead.
booking-hours = A booking is within one day, from { TIME($opens) } to { TIME($shuts) }, no longer than four hours.
booking-taken = That time is taken. Open the day again: the free hours are on the buttons.

booking-met = ⚠️ { $name }: your booking { SHORTWHEN($at) }–{ TIME($ends) } meets the lesson “{ $course }” ({ TIME($lesson_at) }–{ TIME($lesson_ends) }). Lessons go first: take another hour or another place.
booking-free = ✅ { $name } is yours again { SHORTWHEN($at) }–{ TIME($ends) }: no lesson will be held there then.
booking-cancelled = { $why ->
        [back] ✅ Your booking stands again: { $name }, { SHORTWHEN($at) }–{ TIME($ends) }.
        [gone] ✖️ { $name } is no longer among the network’s resources and rooms. Your booking { SHORTWHEN($at) }–{ TIME($ends) } is cancelled.
       *[cancelled] ✖️ Your booking was cancelled: { $name }, { SHORTWHEN($at) }–{ TIME($ends) }. The organization’s administrator or the network’s coordinator did it.
    }
