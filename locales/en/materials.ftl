# What a course lacks, whether it is open to all, its materials; the teachers of the network.

button-courses-accessible = ♿ Open to all
narrowed-accessible = open to children with limited health abilities
course-accessible = ♿ Open to children with limited health abilities
button-course-materials = 📎 Materials: { $count }
button-materials = 📎 Materials of the course
button-lesson-materials = 📎 { $course }
course-needs = 🔧 Needed for lessons: { $what }
course-lacks = ⚠️ Missing: { $what }{ $found ->
        [0] {""}
       *[other] {" "}(there are { $found })
    }
network-course-lacks = ⚠️ The course “{ $course }” lacks: { $what }. Neither the rooms of its groups nor the organization’s resources have it.
network-bookings-end = ⚠️ “{ $name }” { $goes ->
        [yes] goes
       *[no] can be booked no more
    }, and { $count ->
        [one] { $count } booking is
       *[other] { $count } bookings are
    } ahead ({ $who }), the first { SHORTWHEN($first) }. They will be cancelled, and whoever booked will hear.
network-bookings-over = ⚠️ “{ $name }”: there will be { $sets }, and { $most } are booked at one time ({ $who }), first { SHORTWHEN($first) }. These bookings stay: agree with those who booked, or cancel what is too many.
button-colleagues = 👩‍🏫 Teachers of the network
button-colleague-resource = 🧰 Among the resources
colleagues-title = <b>👩‍🏫 Teachers of the network</b>
    { $shown ->
        [yes] Who teaches what, and by which programme.
       *[no] Nobody yet: teachers appear when the sheet “Сотрудники” of the workbook is filled in.
    }
colleague = <b>{ $name }</b>{ $post ->
        [none] {""}
       *[other] {"\u000A"}{ $post }
    }
    { $organization }
colleague-course = 📚 “{ $course }”: { $direction }{ $hours ->
        [0] {""}
       *[other] , hours: { $hours }
    }{ $topics ->
        [0] {""}
       *[other] , topics in the programme: { $topics }
    }
colleague-nothing = No groups this year.
