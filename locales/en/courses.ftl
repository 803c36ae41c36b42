# Courses: the catalogue, the card, why a course does not fit, the window of applications.

button-course-apply = 📝 Apply
button-course-application = ✏️ To the application
button-courses-all = All courses
button-courses-search = 🔎 Search
button-courses-narrow = 🎛 Filter
button-courses-starred = ⭐ Shortlist
button-courses-unfiltered = ✖️ Show all
button-courses-partner = 🏫 Organization
button-courses-direction = 🧭 Direction
button-courses-day = 📅 Day of the week
button-narrow-fits = Only what fits
button-narrow-class = Only for { $name }
button-narrow-year-which = 🎒 Class
button-narrow-year = Class { $year }
button-narrow-any-partner = Any organization
button-narrow-any-direction = Any direction
button-narrow-any-day = Any day
button-narrow-any-year = Any class
button-course-star = ⭐ Shortlist
button-course-unstar = ☆ Off the shortlist
button-course-picture = 🖼 Picture
button-course-open = Open in the bot
button-picture-add = 🖼 Add a picture
button-picture-change = 🖼 Change the picture
button-picture-remove = Remove the picture

courses-for-whom = Whose courses shall we look at?
courses-all =
    <b>Courses of the network{ $year ->
        [none] {""}
       *[other] , { $year }
    }</b>
    { $total ->
        [one] { $total } course.
       *[other] { $total } courses.
    } Press a name to learn more.
courses-for-child =
    <b>Courses: { $child }, { $class_name }</b>
    { $fitting } of { $total } fit. { $reader ->
        [pupil] Press
       *[other] Press
    } a name to learn more.
courses-narrowed = 🎛 Shown: { $what }
courses-not-narrowed = All are shown now.
courses-narrow-by = <b>Which courses shall I show?</b>
courses-none = No courses yet. Please come back in a few days.
courses-none-load = No courses yet: they appear when you load the network workbook.
courses-none-words = Nothing found. Try one shorter word, for example “робот”, or press “Show all”.
courses-none-starred = Nothing here yet. Open a course and press “⭐ Shortlist”.
courses-none-narrowed = No such courses. Press “Show all” or choose another in “Filter”.
courses-search =
    🔎 <b>What are you looking for?</b>

    { $reader ->
        [pupil] Type
       *[other] Type
    } a word or two: a name, a direction or an organization. For example: <i>робот</i> or <i>шахматы</i>.
courses-welcome = 📚 All courses of the network: when, where, and whether they fit your child.
search-nothing = Please type at least one word, for example “робот”.
narrowed-words = words “{ $words }”
narrowed-starred = shortlist
narrowed-fits = only what fits
narrowed-class = for class { $name }
courses-stranger = To apply you need an invitation from the school: ask the class teacher.
courses-which-partner = Whose courses shall I show?
courses-which-direction = Which direction shall I show?
courses-which-day = On which day?
courses-which-year = For which class?

inline-open = Open the catalogue in the bot
inline-nothing = Nothing found: open the catalogue
inline-fits = ✅ { $child }: fits
inline-fits-not = ▫️ { $child }: does not fit

picture-send = 🖼 Send a picture for the course “{ $course }”: a photo or a JPEG or PNG file up to { $limit } MB. Everybody who opens the course will see it.
picture-kept = ✅ The picture is kept.
picture-wrong-kind = This is no picture. Please send a photo or a JPEG or PNG file.
picture-too-big = The picture is larger than { $limit } MB. Send it as a photo: Telegram makes it smaller.

course-line = <b>{ $course }</b>
course-aside = { $when } · { course-aside-seats }
course-aside-seats = { $left ->
        [0] no places
       *[other] places: { $left }
    }
course-aside-own = { $state ->
        [enrolled] enrolled
       *[other] applied for
    }
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
course-group-when = 🗓 { $when }
course-group-where = 📍 { $place }
course-group =
    { course-group-when }
    { course-group-where }
    👤 { $teacher }
course-group-fits = ✅ the hours fit
course-seats = Seats left: { $left } of { $seats }
course-no-groups = No groups yet.
course-fits = { $own ->
        [yes] ✅ The course fits you.
       *[no] ✅ { $child }, { $class_name }: the course fits.
    }
course-does-not-fit = { $own ->
        [yes] The course does not fit you.
       *[no] { $child }, { $class_name }: the course does not fit.
    }
button-courses-rest = Do not fit: { $count } ›
course-own-enrolled = 🎓 Already learns here.
course-own-state = 📝 Application: { choice-state }

window-open = Applications until { DAY($day) }, { $days ->
        [0] today is the last day.
        [one] { $days } day left.
       *[other] { $days } days left.
    }
window-always = Applications are taken at any time.
window-ahead = Applications open on { DAY($day) }.
window-over = Applications closed on { DAY($day) }.
places-by-arrival = Places go to whoever applied first.
places-by-draw = A draw shares out the places, there is no hurry.
places-by-draw-after = A draw shares out the places after { DAY($day) }, there is no hurry.
places-by-draw-today = A draw shares out the places after { DAY($day) }: apply today, at any hour.
places-by-draw-now = A draw shares out the places.
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
against-class-coming = The course is for classes { $classes }, and in September the child will be in { $class }.
against-leaves-school = School will be finished by then.
against-lessons = { on-weekday } { $class } has lessons then: { $starts }–{ $ends }.
against-road-from-lessons = { on-weekday } there is no time: lessons of { $class } until { $ends }, the course at { $own }, the road takes { $minutes } min.
against-road-to-lessons = { on-weekday } there is no time: the course until { $own }, lessons of { $class } at { $starts }, the road takes { $minutes } min.
against-course = { on-weekday } “{ $course }” is then: { $starts }–{ $ends }.
against-road-from-course = { on-weekday } there is no time: “{ $course }” until { $ends }, the course at { $own }, the road takes { $minutes } min.
against-road-to-course = { on-weekday } there is no time: the course until { $own }, “{ $course }” at { $starts }, the road takes { $minutes } min.
