# Courses: the catalogue, the card, why a course does not fit, the window of applications.

button-course-apply = 📝 Apply
button-course-application = ✏️ To the application
button-courses-all = All courses
button-courses-partner = 🏫 By organization
button-courses-direction = 🧭 By direction
button-courses-unfiltered = Show all

courses-for-whom = Whose courses shall we look at?
courses-all =
    <b>Courses of the network</b>
    { $total ->
        [one] { $total } course.
       *[other] { $total } courses.
    } Press a name to learn more.
courses-for-child =
    <b>Courses: { $child }, { $class_name }</b>
    { $fitting } of { $total } fit. Press a name to learn more.
courses-by-partner = Organization: { $partner }
courses-by-direction = Direction: { $direction }
courses-none = No such courses now. Press “By organization” or “By direction” and choose another.
courses-stranger = To apply you need an invitation from the school: ask the class teacher.
courses-which-partner = Whose courses shall I show?
courses-which-direction = Which direction shall I show?

course-line = <b>{ $course }</b> — { $partner }
course-line-when = { $when } · seats: { $left }
course-against = ▫️ { $why }
course-no-times = hours to be announced
course-no-place = place to be announced
course-weeks = { $weeks ->
        [even] even weeks
       *[odd] odd weeks
    }

course-title =
    <b>{ $course }</b>
    { $partner }
course-direction = Direction: { $direction }
course-classes = Classes: { $classes }
course-any-class = any
course-hours = Hours: { $hours }
course-group-named = <b>Group { $group }</b>, seats left: { $left }
course-group =
    🗓 { $when }
    📍 { $place }
    👤 { $teacher }
course-seats = Seats left: { $left } of { $seats }
course-no-groups = No groups yet.
course-fits = ✅ { $child }, { $class_name }: the course fits.
course-does-not-fit = { $child }, { $class_name }: the course does not fit.
course-own-state = 📝 Your application: { choice-state }

window-open = Applications until { DAY($day) }, { $days ->
        [0] today is the last day.
        [one] { $days } day left.
       *[other] { $days } days left.
    }
window-always = Applications are taken at any time.
window-ahead = Applications open on { DAY($day) }.
window-over = Applications closed on { DAY($day) }.
window-refused-ahead = Applications for “{ $course }” open on { DAY($day) }. Please come back that day.
window-refused-over = Applications for “{ $course }” closed on { DAY($day) }. Have a look at other courses.

# Why a course does not fit

on-weekday = { $weekday ->
        [0] On Monday
        [1] On Tuesday
        [2] On Wednesday
        [3] On Thursday
        [4] On Friday
        [5] On Saturday
       *[6] On Sunday
    }
against-class = The course is for classes { $classes }, not for { $class }.
against-lessons = { on-weekday } { $class } has lessons then: { $starts }–{ $ends }.
against-road-from-lessons = { on-weekday } there is no time: lessons of { $class } until { $ends }, the course at { $own }, the road takes { $minutes } min.
against-road-to-lessons = { on-weekday } there is no time: the course until { $own }, lessons of { $class } at { $starts }, the road takes { $minutes } min.
against-course = { on-weekday } “{ $course }” is then: { $starts }–{ $ends }.
against-road-from-course = { on-weekday } there is no time: “{ $course }” until { $ends }, the course at { $own }, the road takes { $minutes } min.
against-road-to-course = { on-weekday } there is no time: the course until { $own }, “{ $course }” at { $starts }, the road takes { $minutes } min.
