# What is read in tables and what is doubtful in them: the network workbook and the journal alike.

cell-formula = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: a formula without a value. Open the file in Excel, save it as “Excel Workbook (.xlsx)” and send it again.
cell-error = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: an Excel error “{ $found }” in place of a value. Mend the formula or type the value.
cell-shows-another = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the cell shows “{ $shown }” but holds { $holds }. Type the number that is meant and give the column the format “General”.
cell-letter-lost = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: in “{ $found }” a “?” stands where a letter was. That happens when a file is saved in an encoding without that letter. Save it as “Excel Workbook (.xlsx)” or “CSV UTF-8”.
cell-struck = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: “{ $found }” is struck out. Delete what does not count, or take the stroke away.
cell-weekday-against-day =
    “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: { FULLDAY($day) } is { $weekday ->
        [0] a Monday
        [1] a Tuesday
        [2] a Wednesday
        [3] a Thursday
        [4] a Friday
        [5] a Saturday
       *[6] a Sunday
    }, but another weekday stands beside it. Put the date or the weekday right.
cell-day-or-month = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: is “{ $found }” { $one } or { $other }? Type the date with dots.
note-hidden-sheet = The sheet “{ $sheet }” is hidden in the file; its rows are read all the same.
note-names-joined = “{ $sheet }”: the name stands in several columns ({ $letters }) and was read as one.
note-merged =
    { $count ->
        [one] “{ $sheet }”, column { $letter }: a merged cell was read for { $count } row below it too.
       *[other] “{ $sheet }”, column { $letter }: merged cells were read for { $count } rows below them too.
    }

# Doubts: what the bot asks before it writes anything.

journal-doubtful =
    This looks like an accident, so nothing has been written. If all is right, send the file to the bot's chat: a button there answers.
journal-doubt-left-out =
    ❓ Group { $group }: { $days ->
        [one] on { DAY($first) }
       *[other] on { $days } days (from { DAY($first) })
    } there are entries of pupils who are not in the file: { $names }{ $count ->
        [one] {""}
       *[other] {" "}({ $count } in all)
    }. Remove their entries or keep them?
journal-doubt-wiped = ❓ Group { $group }: the file would remove { $count } marks of { $of }. Is that right?
journal-doubt-no-lesson =
    ❓ The group { $group } has no lesson in the timetable: { $days ->
        [one] { DAY($first) }. Check the date.
       *[other] { $days } days, the first { DAY($first) }. Check the dates.
    }
journal-doubt-illness =
    ⚠️ Group { $group }, { DAY($first) }{ $count ->
        [one] {""}
       *[other] {" "}({ $count } in all)
    }: the comment of a mark seems to speak of health, and the family will get it in a message. Such personal data are special: better write otherwise and send the file again.
network-doubtful =
    An answer is needed first, so nothing has been changed. If all is right, send this book to the bot's chat: a button there answers.
network-doubt-codes =
    ❓ It looks as if codes have changed: { $count ->
        [one] { $count } pupil is the same
       *[other] { $count } pupils are the same
    } ({ $names }). Put the former codes back: otherwise these pupils are archived and new ones come in their place, without applications and enrolments.
network-doubt-children =
    ❓ It looks as if { $count ->
        [one] { $count } code went to another child
       *[other] { $count } codes went to other children
    } ({ $names }). The journal, applications and enrolments stay with the code. Check whether the column “Код” or “ФИО” has moved, and send the book again.
network-doubt-births =
    ❓ It looks as if birth dates went to other children: { $names } ({ $count ->
        [one] { $count } pupil
       *[other] { $count } pupils
    } in all). Check whether the column was sorted without the others, and send the book again.
network-doubt-emptied =
    ❓ “{ $sheet }”, column “{ $column }”: { $count ->
        [one] { $count } row
       *[other] { $count } rows
    } will lose what stands there. Is that right? If the column is empty by accident, delete it from the sheet: then the bot leaves it alone.
network-doubt-enrolled =
    ❓ Pupils who are enrolled now will be archived, { $count }: { $names }. Is that right?
network-doubt-illness =
    ⚠️ “{ $sheet }”, { $count ->
        [one] row { $rows }
       *[other] rows { $rows }
    }, column { $letter } “{ $column }”: this seems to speak of health. Such personal data are special, and the families of the whole group will read the reason: without written consent they are better left out. Correct the book (“the teacher is away”, “for family reasons”) and send it again, or apply it as it is.
network-codes-as-before =
    “{ $sheet }”: codes that differ in look-alike letters only are read as before, { $count }: { $codes }.
button-left-out-keep = Apply, keep their entries
button-left-out-take = Apply and remove their entries
folder-doubted = Waits for a person: it looks like an accident. If all is right, send this file to the bot's chat and answer there.
journal-file-doubted =
    ❓ The journal file “{ $name }” looks like an accident and waits for you: { $doubts ->
        [one] { $doubts } question
       *[other] { $doubts } questions
    }. Send it here, look at the plan and answer with a button; details are in the .log beside the file.
