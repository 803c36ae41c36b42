# The network workbook: uploaded files, faults of the workbook, the plan of changes.

# Files people send

upload-empty = The file “{ $file }” is empty. Open it, check it, save it and send it again.
upload-too-big = The file “{ $file }” is larger than { $limit } MB. Remove pictures and spare sheets from it, or split it.
upload-encrypted = The file “{ $file }” is locked with a password. Remove the password (File → Info → Protect Workbook) and send it again.
upload-old-excel = “{ $file }” is a workbook of an old Excel that cannot be read. Open it and save it as “Excel Workbook (.xlsx)”.
upload-letters-of-dos = “{ $file }” is saved with the letters of DOS (encoding CP866). Open it in Excel with that encoding and save it as “Excel Workbook (.xlsx)” or “CSV UTF-8”.
upload-letters-of-unix = “{ $file }” is saved in the encoding KOI8-R. Open it in Excel with that encoding and save it as “Excel Workbook (.xlsx)” or “CSV UTF-8”.
upload-other-spreadsheet = “{ $file }” is another kind of spreadsheet. Save it as “Excel Workbook (.xlsx)” and send it again.
upload-web-page = “{ $file }” is a web page, though named like a table. Open it in Excel and save it as “Excel Workbook (.xlsx)”.
upload-not-a-table = “{ $file }” is not a table. Send an Excel workbook (.xlsx) or a CSV file.
upload-pdf = “{ $file }” is a PDF: a picture of a page, no table can be read from it. Send the table itself: an Excel workbook (.xlsx) or a CSV.
upload-picture = “{ $file }” is a picture, not a table. Send an Excel workbook (.xlsx) or a CSV.
upload-word = “{ $file }” is a Word document. Copy its table to an Excel sheet, save that as an Excel workbook (.xlsx) and send it.
upload-numbers = “{ $file }” is a Numbers table. In Numbers choose File → Export To → Excel and send what you get.
upload-slides = “{ $file }” is a presentation, not a table. Send an Excel workbook (.xlsx) or a CSV.
upload-archive = “{ $file }” is an archive. Unpack it and send its files one by one.
upload-plain-text = “{ $file }” holds plain text without columns. Send an Excel workbook (.xlsx) or a CSV file.
upload-damaged = The file “{ $file }” is damaged or did not arrive whole. Open it, save it anew and send it again.
upload-unpacks-too-much = “{ $file }” unpacks to too much (up to { $limit } MB is allowed). Keep only the sheets and rows that are needed.
upload-too-many-rows = The data in “{ $file }” reaches row { $found }; up to { $limit } is allowed. Delete the spare rows at the bottom of the sheet.
upload-too-many-columns = “{ $file }” has { $found } columns; up to { $limit } is allowed. Delete the spare columns on the right.
upload-too-many-sheets = “{ $file }” has more than { $limit } sheets. Keep only those that are needed.
upload-too-heavy = “{ $file }” is too heavy to read. Copy the rows you need into a new workbook and send that.

# Faults of the workbook

workbook-missing = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: must be filled in.
workbook-code-too-long = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the code “{ $found }” is longer than { $limit } characters. Shorten it.
workbook-code-is-date = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: Excel turned the code into a date, { $found }. Set the column’s format to Text and type the code again.
workbook-text-too-long = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the text is longer than { $limit } characters: “{ $found }”. Shorten it.
workbook-not-a-number = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: a whole number is expected, e.g. 12; found “{ $found }”.
workbook-number-out-of-range = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: a number from { $low } to { $high } is expected; found “{ $found }”.
workbook-not-a-date = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: a date is expected, e.g. 15.09.2025; found “{ $found }”.
workbook-not-a-year = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: an academic year is expected, e.g. 2026/2027; found “{ $found }”.
workbook-one-year = “{ $sheet }”, row { $row }: a workbook is of one academic year, and this is a second. Leave one row.
workbook-not-in-year = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: { $found } does not belong to the academic year { $year }.
workbook-not-a-time = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: a time is expected, e.g. 15:00; found “{ $found }”.
workbook-not-a-day = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: a day of the week is expected: пн, вт, ср, чт, пт, сб or вс, one a row; found “{ $found }”.
workbook-not-a-choice = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: one of these is expected: { $choices }; found “{ $found }”.
workbook-not-a-class = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: a class is expected, e.g. 7А; found “{ $found }”.
workbook-not-classes = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: classes are expected: 5-7 or 1-4, 9 or 7А, 7Б; found “{ $found }”.
workbook-duplicate = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: “{ $found }” is already in row { $first }. Keep one of the two.
workbook-unknown-code = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the code “{ $found }” is not on the sheet “{ $target }”. Correct the code or add the row.
workbook-not-a-teacher = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: “{ $found }” has another role on the sheet “Сотрудники”; a педагог is needed.
workbook-not-a-school = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: “{ $found }” is a partner; a base school is needed.
workbook-school-needed = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: there are { $count } base schools: say which one the pupil attends.
workbook-window-reversed = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the end { $end } comes before the start { $start }.
workbook-end-before-start = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the end { $end } is not later than the start { $start }.
workbook-minimum-over-seats = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the minimum { $minimum } is more than the seats: { $seats }.
workbook-overlap = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the group already has a lesson at this time, { $found } (row { $first }).
workbook-move-where = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: a move needs a new date or a new start.
workbook-cancel-or-move = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: a cancellation has no new date. Is it cancelled or moved? Correct the action or take the new date away.
workbook-replace-with-what = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: a replacement needs a teacher or a new place.
workbook-road-to-itself = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the road leads to where it begins.
workbook-road-differs = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: in row { $first } the same road takes { $minutes } min. Keep one number.
workbook-birth-unlikely = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: { $found } is an unlikely birthday for a pupil. Check the year.
workbook-column-twice = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: there is such a column already. Keep one.

workbook-faults =
    { $count ->
        [one] The workbook has { $count } fault.
       *[other] The workbook has { $count } faults.
    } Nothing was loaded: correct it and send the workbook again.
workbook-no-sheet = The file has none of the network’s sheets. Their names are: { $names }.
workbook-sheet-twice = The sheet “{ $sheet }” is there twice. Keep one.
workbook-no-heading = “{ $sheet }”: no row with the columns’ names was found. They are: { $names }.
workbook-no-column = “{ $sheet }”, row { $row }: the required column “{ $column }” is missing.
workbook-note-unknown-sheet = The sheet “{ $sheet }” is unknown to the bot and was passed over.
workbook-note-unknown-column = “{ $sheet }”, column { $letter } “{ $column }” is unknown to the bot and was passed over.
workbook-note-example = “{ $sheet }”, row { $row }: the example was passed over.
workbook-note-not-filled = Nothing there but the example, so nothing changes: { $names }.
workbook-note-no-rows = There are no rows below the headings, so nothing changes: { $names }.
workbook-note-read-as = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: “{ $found }” was read as “{ $meant }”.

# The plan of a workbook

network-plan = The network workbook, academic year { $year }:
network-plan-schools = School: { $names }
network-kept-for-others =
    { $count ->
        [one] “{ $sheet }”: { $count } row is not in the book; it stays: another school's pupils are there.
       *[other] “{ $sheet }”: { $count } rows are not in the book; they stay: another school's pupils are there.
    }
network-plan-empty = Nothing in the workbook is new: nothing will change.
network-plan-old = Something in the network has changed since you saw the plan. Look at the new plan and confirm that.
network-stay-till-their-year =
    { $count ->
        [one] “{ $sheet }”: { $count } row is not in the workbook; it stays until that year begins.
       *[other] “{ $sheet }”: { $count } rows are not in the workbook; they stay until that year begins.
    }
button-classes-next = Yes, next year's
button-classes-now = No, today's
button-workbook-year = { $year }
network-only-changes = The sheet “Изменения” is kept; the lessons stay as they are.
network-sheet = { $sheet }: { $parts }
network-new = new — { $count }
network-changed = changed — { $count }
network-archived = archived — { $count }
network-gone = removed — { $count }
network-line-new = + { $name }
network-line-changed = ~ { $name }: { $changes }
network-line-gone = − { $name }
network-line-more = … and { $count } more
network-lessons-new =
    { $count ->
        [one] { $count } lesson is added.
       *[other] { $count } lessons are added.
    }
network-lessons-new-changed =
    { $count ->
        [one] { $count } lesson of these is as the sheet “Изменения” says.
       *[other] { $count } lessons of these are as the sheet “Изменения” says.
    }
network-lessons-moved =
    { $count ->
        [one] { $count } lesson moves:
       *[other] { $count } lessons move:
    }
network-lessons-cancelled =
    { $count ->
        [one] { $count } lesson is cancelled:
       *[other] { $count } lessons are cancelled:
    }
network-lessons-restored =
    { $count ->
        [one] { $count } lesson takes place after all:
       *[other] { $count } lessons take place after all:
    }
network-lessons-room =
    { $count ->
        [one] { $count } lesson has another place:
       *[other] { $count } lessons have another place:
    }
network-lessons-teacher =
    { $count ->
        [one] { $count } lesson has another teacher:
       *[other] { $count } lessons have another teacher:
    }
network-lesson = · { $subject } ({ $group }), { SHORTDAY($was) }, { TIME($was) }
network-lesson-moved = · { $subject } ({ $group }): { SHORTDAY($was) }, { TIME($was) } → { SHORTDAY($now, $year) }, { TIME($now) }
network-lesson-longer = · { $subject } ({ $group }), { SHORTDAY($was) }, { TIME($was) }: now until { TIME($ends) }
network-lesson-room = · { $subject } ({ $group }), { SHORTDAY($was) }, { TIME($was) }: { $was_place } → { $now_place }
network-rules =
    { $count ->
        [one] { $count } group has a new weekly timetable.
       *[other] { $count } groups have a new weekly timetable.
    }
network-families =
    { $count ->
        [one] { $count } family will hear of it.
       *[other] { $count } families will hear of it.
    }
# $fate and $why: see bot/services/network/fates.py; $state: how the application stands now
network-children = 👧 Children it concerns: { $count }
network-child = • { $child }, { $class_name }, “{ $course }” ({ choice-state }): { $fate ->
        [leaves] learns there no more{ $why ->
            [pupil] : the pupil is not in the workbook
            [group] : group { $group } is not in the workbook, and others have no seat
           *[course] : the course is not in the workbook
        }
        [falls] the application closes{ $why ->
            [pupil] : the pupil is not in the workbook
            [group] : group { $group } is not in the workbook
           *[course] : the course is not in the workbook
        }
        [moves] goes from group { $group } to { $to }
        [lines-up] joins the line of group { $to }
        [taken-back] fewer seats: the offer is taken back, back to the head of the line
        [no-seat] fewer seats: goes to the head of the line
        [draw] places are drawn from now on: the seat is not held
        [arrival] places go in order of arrival from now on: number { $number }
        [besides] places go in order of arrival now: spare, the child has as many courses as needed
        [kept] stays, though the course is for other classes: decide yourself
        [school] stays, another school answers for it
       *[erased] the course leaves the draft
    }
network-children-lost = Whoever is left without a course can be proposed another: after “Apply” they are in the inbox (“Left without a course”). The family decides.
network-children-move = You can move somebody yourself before loading: “Group lists” → the child → “To another group”.
network-plan-file = Plan of the workbook.txt
network-plan-caption = The whole plan: it did not fit here.
# Letters about what the workbook or the coordinator changed
group-touched = { $gone ->
        [yes] 📋 “{ $course }” is gone from the programme of the network. No longer learning: { $left }. Applications closed: { $fell }. The school tells the families.
       *[no] 📋 “{ $course }”: the composition has changed. No longer learning: { $left }. Changed their group or line: { $moved }. Applications closed: { $fell }.
        Who: in the list of the group.
    }
network-group-has-pupils =
    { $count ->
        [one] Mind: { $count } child learns in the group { $group }, which goes to the archive.
       *[other] Mind: { $count } children learn in the group { $group }, which goes to the archive.
    }

# The workbook against what is stored

network-still-needed = “{ $found }” is no longer on the sheet “{ $sheet }”, but the sheet “{ $target }”, which the workbook leaves out, refers to it. Put the row back or add that sheet.
network-seats-taken = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: { $seats } seats, but this many already learn in the group: { $taken } ({ $children }). First move some to another group (“Group lists”), or mark who no longer attends.
network-other-school = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: “{ $found }” is another school. This book may change its own school's rows only.
network-code-elsewhere = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the code “{ $found }” belongs to another school's pupil. Give another one.
network-change-of-nothing = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: there is no lesson { $found } in the timetable. Check the date and the start.

# The letter to a family about a new weekly timetable

network-change-of-day-off = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: { DAY($day) } is a day off or in the holidays, there is no lesson that day.
network-new-time-over = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: that date is over: { WHEN($at) }. Check the day and the month.
network-onto-own-lesson = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the same group has a lesson then: { WHEN($starts) }, until { TIME($ends) }.
network-row-already = “Изменения”, row { $row } ({ $group }, { SHORTDAY($day) }, { $starts }): it is so already.
network-row-against-chat = “Изменения”, row { $row } ({ $group }, { SHORTDAY($day) }, { $starts }): it was decided otherwise in chat ({ WHEN($stands) }); now this row holds.
network-row-cancelled-lesson = “Изменения”, row { $row } ({ $group }, { SHORTDAY($day) }, { $starts }): the lesson is cancelled, a replacement changes nothing.
network-rows-over =
    { $count ->
        [one] “Изменения”, row { $rows }: the lesson is over or has begun, the row changes nothing.
       *[other] “Изменения”, rows { $rows }: the lessons are over, these rows change nothing.
    }
network-row-on-day-off =
    { $name ->
        [none] ⚠️ “Изменения”, row { $row } ({ $group }): the lesson { WHEN($at) } is on a day off.
       *[other] ⚠️ “Изменения”, row { $row } ({ $group }): the lesson { WHEN($at) } is on a day off: { $name }.
    }
network-row-at-night = ⚠️ “Изменения”, row { $row } ({ $group }): the lesson { WHEN($at) } is until { TIME($ends) }: at such an hour there are hardly lessons. Check the start.
network-row-after-year = ⚠️ “Изменения”, row { $row } ({ $group }): the lesson of { FULLDAY($at) }, at { TIME($at) } is after the end of the academic year ({ FULLDAY($last) }).
network-day-of-another-year = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: { $found } is not of the academic year { $year }; the row changes nothing.
network-hours-at-night = ⚠️ “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: { $found }: at such an hour there are hardly lessons. Please check.
network-road-unlikely = ⚠️ “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: { $minutes } min is more than three hours. Check the number.
network-hours-unlikely = ⚠️ “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: { $found } is { $minutes } min. Check the start and the end.
network-class-without-pupils = ⚠️ “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: there is not one pupil in class { $found }. Check the class.

# What the plan asks: the book and what people decided

network-stands = ❓ { $group }: the lesson { WHEN($stands) } was moved by itself, the book has it { WHEN($book) }. It stays as decided; if the book is right, move it in chat.
network-stands-without-rule = ❓ { $group }: the lesson { WHEN($stands) } was moved by itself, the book no longer has it. It stays as decided; if it is not held, cancel it in chat.
network-held-this-week = ❓ { $group }: this week’s lesson was held already ({ WHEN($stands) }); a second one, { WHEN($book) }, is not added. If it is wanted too, put that day into the column “С”.
network-new-hour-over = ❓ { $group }: the new time, { WHEN($book) }, is over; this week’s lesson stays { WHEN($stands) }. If it is not held, cancel it in chat.
network-clash-group = ⚠️ { $one }: two lessons at one time, { WHEN($at) }{ $more ->
        [0] {""}
        [one]{" "}and once more
       *[other]{" "}and { $more } times more
    }.
network-clash-teacher = ⚠️ { $one } and { $other }: one teacher at one time, { WHEN($at) }{ $more ->
        [0] {""}
        [one]{" "}and once more
       *[other]{" "}and { $more } times more
    }.
network-clash-room = ⚠️ { $one } and { $other }: one place at one time, { WHEN($at) }{ $more ->
        [0] {""}
        [one]{" "}and once more
       *[other]{" "}and { $more } times more
    }.
network-clash-pupils = ⚠️ { $one } and { $other }: common pupils have two lessons at one time, { WHEN($at) }{ $more ->
        [0] {""}
        [one]{" "}and once more
       *[other]{" "}and { $more } times more
    }.
network-clash-school = ⚠️ { $one }: { $other } has lessons at school then, { WHEN($at) }{ $more ->
        [0] {""}
        [one]{" "}and once more
       *[other]{" "}and { $more } times more
    }.

timetable-changed =
    📅 { $own ->
        [yes] Your course
       *[no] { $child }:
    } “{ $subject }” has a new timetable.
    From { DAY($since, $year) }: { $rules }.
timetable-even-weeks = even weeks
timetable-odd-weeks = odd weeks
timetable-from = from { DAY($day, $year) }
timetable-until = until { DAY($day, $year) }
timetable-but-not = Not held: { WHEN($at, $year) }.
timetable-but-also = Besides: { WHEN($at, $year) }.
timetable-ended =
    📅 { $own ->
        [yes] Your course
       *[no] { $child }:
    } “{ $subject }” is no longer in the timetable from { DAY($since, $year) }.

# The page «Network»

network-home =
    🌐 <b>The network’s workbook</b>

    Organizations, staff, pupils, courses and timetable are changed by one Excel file. Send it here: I show what would change and how many families would hear of it, and ask whether to apply it.
button-network-form = 📄 Empty workbook
button-network-invite = 🔑 Invite
network-form-name = Network.xlsx
network-form-caption = Fill it in and send it here. The example rows may stay: they are not loaded.

# Another teacher or place for good

group-changed =
    👥 { $own ->
        [yes] Your course
       *[no] { $child }:
    } “{ $subject }” changes for good.
group-now-teacher = Teacher: { $now } (before: { $was }).
group-now-place = Place: { $now } (before: { $was }).
group-is-yours = 👥 You now teach the group { $group } (“{ $subject }”). Before: { $teacher }. Place: { $place }.
group-no-longer-yours = 👥 The group { $group } (“{ $subject }”) is now taught by { $teacher }.
group-another-place = 👥 The group { $group } (“{ $subject }”) now has another place: { $now } (before: { $was }).
