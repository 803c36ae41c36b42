# The journal: letters to families, pages, files and what is wrong in them.

# Letters to families: marks

mark-new = 📖 { $child }: { $marks } in “{ $course }”{ $work }, { ONDAY($day) }.{ $comment }
mark-corrected = 📖 { $child }, “{ $course }”{ $work }, { ONDAY($day) } — corrected: { $marks }.{ $comment }
mark-removed = 📖 { $child }, “{ $course }”{ $work }, { ONDAY($day) } — mark removed: { $marks }.
marks-changed = 📖 { $child }, “{ $course }”, { ONDAY($day) } — { $marks }.{ $comment }
marks-changed-new = new marks: { $marks }
marks-changed-corrected = corrected: { $marks }
marks-changed-removed = removed: { $marks }
mark-debt = dot (work not handed in)
mark-new-own = 📖 { $marks } in “{ $course }”{ $work }, { ONDAY($day) }.{ $comment }
mark-corrected-own = 📖 “{ $course }”{ $work }, { ONDAY($day) } — corrected: { $marks }.{ $comment }
mark-removed-own = 📖 “{ $course }”{ $work }, { ONDAY($day) } — mark removed: { $marks }.
marks-changed-own = 📖 “{ $course }”, { ONDAY($day) } — { $marks }.{ $comment }
mark-new-discreet = 📖 A new entry in the journal — open.
mark-corrected-discreet = 📖 A new entry in the journal — open.
mark-removed-discreet = 📖 A new entry in the journal — open.
marks-changed-discreet = 📖 A new entry in the journal — open.

# Letters to families: attendance

absence =
    🔔 { $child } missed { $lessons ->
        [one] a lesson of “{ $course }”
       *[other] { $lessons } lessons of “{ $course }”
    } { ONDAY($day) }.
late = ⏰ { $child } was late for “{ $course }” { ONDAY($day) }.
attendance-corrected =
    🔔 { $child }, “{ $course }”, { ONDAY($day) } — corrected: { $now ->
        [late] present after all, only late.
       *[there] { $was ->
            [late] not late after all.
           *[missed] present after all.
        }
    }
absence-own =
    🔔 You missed { $lessons ->
        [one] a lesson of “{ $course }”
       *[other] { $lessons } lessons of “{ $course }”
    } { ONDAY($day) }.
late-own = ⏰ You were late for “{ $course }” { ONDAY($day) }.
attendance-corrected-own =
    🔔 “{ $course }”, { ONDAY($day) } — corrected: { $now ->
        [late] you were there, only late.
       *[there] { $was ->
            [late] you were not late after all.
           *[missed] you were there after all.
        }
    }
absence-discreet = 📖 A new entry in the journal — open.
late-discreet = 📖 A new entry in the journal — open.
attendance-corrected-discreet = 📖 A new entry in the journal — open.
button-absence-why = Give the reason
button-journal-open = 📖 Open the journal

# Several news of one child in one message: a heading and lines

journal-told = 📖 <b>{ $child }</b>, journal:
journal-told-own = 📖 <b>Journal:</b>
marks-listed =
    • { SHORTDAY($day) }, “{ $course }”{ $work } — { $how ->
        [mark] { $marks }
        [correction] corrected: { $marks }
        [removal] mark removed: { $marks }
       *[several] { $marks }
    }{ $comment }
attendance-listed =
    • { SHORTDAY($day) }, “{ $course }” — { $mended ->
        [yes] corrected: { $now ->
            [late] was not absent but late
           *[there] { $was ->
                [late] was not late
               *[missed] was not absent
            }
        }
       *[no] { $now ->
            [late] late
           *[missed] { $lessons ->
                [one] missed a lesson
               *[other] missed { $lessons } lessons
            }
        }
    }
journal-about = { DAY($day) }, { $course }

# The reason of an absence

absence-why = <b>{ $child }</b>: absent { ONDAY($day) }, “{ $course }”. Why? Only the teacher will see the answer.
absence-noted = Thank you, noted: { $reason }. Only the teacher will see it.
absence-gone = This absence is no longer in the journal: it was corrected. No answer is needed.
reason-sick = Illness
reason-family = Family reasons
reason-other = Another reason

# A child's journal

journal-choose = <b>📖 Journal</b>
    Whose journal shall I open?
journal-of = <b>📖 Journal — { $child }</b>
journal-of-empty =
    Nothing yet. When the teacher enters a mark or an absence, you will see it here and get a message.
journal-of-empty-own = Nothing yet. When the teacher enters a mark or an absence, you will see it here and get a message.
journal-past-empty = The journal of that year holds nothing.
journal-sum = <b>{ $course }</b> — absences { $missed }, late { $late }
journal-sum-average = <b>{ $course }</b> — average { NUMBER($average, maximumFractionDigits: 2) }, absences { $missed }, late { $late }
journal-day = <b>{ SHORTDAY($day) }</b> · { $course }
journal-day-entries = { $entries }
journal-day-topic = Topic: { $topic }
journal-day-homework = Homework: { $homework }
journal-day-comment = 💬 { $comment }
button-why-day = Reason of the absence, { DAY($day) }

# What attendance means

meaning-absent = absent
meaning-late = late
meaning-sick = ill
meaning-excused = excused
meaning-present = present
meaning-mark = it is a mark

# A group's journal (for the teacher, the partner, the coordinator)

journal-staff =
    <b>📖 Journal</b>
    Send a journal file here — an Excel workbook or CSV with the columns «Дата», «Группа», «Ученик», «Отметка», «Посещаемость». I will show what changes and ask whether to apply it.
journal-reading =
    <b>📖 Journal</b>
    Marks and attendance of the school's pupils, by group and day. The sums are in “Reports”.
journal-group-empty-reading = Nothing yet: entries appear when the teacher keeps the journal.
journal-staff-groups = Look at a group:
journal-staff-none = You have no groups yet.
journal-group = <b>{ $course }</b>, group { $group }
journal-group-nobody = Nobody is enrolled in the group yet. Its journal begins once the partner has enrolled pupils.
journal-group-empty = Nothing yet. Take the blank form — the group's pupils are already in it — fill it in and send it here.
journal-group-day = { ONDAY($day) }
journal-group-topic = Topic: { $topic }
journal-group-line = { $pupil } — { $entries }
journal-family-says = { $meaning } (family: { $reason })
button-journal-form = 📄 Blank form of the group
journal-form-name = Journal { $group } { $day }.xlsx
journal-form-caption = Fill it in and send it here. Marks: 5, 4 5, зачёт. Attendance: Н — absent, Б — ill, УП — excused, ОП — late.
journal-form-empty = Nobody is enrolled in the group yet: the form would be empty. It will be there after the enrollment.

# Who wrote what, and when

button-written = 🕘 Who wrote it, and when
written-heading = <b>{ $course }</b>, group { $group }: who wrote what of { ONDAY($day) }
written-empty = Nothing stands there for this day.
written-of = <b>{ $pupil }</b>: { $value }
written-gone = removed
written-step = · { $value } — { $source ->
        [family] the family, { WHEN($at) }
        [undo] { $by ->
            [somebody] { $who }
           *[left] a member of staff who is no longer in the bot
        }, { WHEN($at) }: undone
       *[file] { $by ->
            [somebody] { $who }, { WHEN($at) }
            [left] a member of staff who is no longer in the bot, { WHEN($at) }
           *[nobody] by no member of staff (the folder of journals, or a command), { WHEN($at) }
        }{ $where ->
            [cell] : file “{ $file }”, sheet “{ $sheet }”, cell { $cell }
            [file] : file “{ $file }”
           *[none] { $source ->
                [before] : from where, the bot did not keep in those days
               *[chat] : in the chat
            }
        }
    }
written-more =
    { $count ->
        [one] · and { $count } earlier entry
       *[other] · and { $count } earlier entries
    }

# The plan of a file

journal-plan-heading = <b>📖 Journal file “{ $name }”</b>
journal-plan-of =
    { $courses }: { $days ->
        [one] one day, { DAY($first) }.
       *[other] { $days } days, { SPAN($first, $last) }.
    }
journal-plan-empty = Everything is entered already: nothing changes.
journal-plan-more =
    { $count ->
        [one] … and { $count } more entry.
       *[other] … and { $count } more entries.
    }
journal-plan-removed =
    { $count ->
        [one] ⚠️ { $count } entry of these days is in the journal but not in the file: it will be removed.
       *[other] ⚠️ { $count } entries of these days are in the journal but not in the file: they will be removed.
    }
journal-plan-first = The first file for { $groups }: the entries are kept, families are not written to about them. The next files come with messages.
journal-plan-old =
    { $count ->
        [one] Families are not written to about { $count } entry: it is older than 14 days, or the pupil has left the group.
       *[other] Families are not written to about { $count } entries: they are older than 14 days, or the pupil has left the group.
    }
journal-count-marks = new marks — { $count }
journal-count-corrected = corrections — { $count }
journal-count-removed = removed — { $count }
journal-count-absences = absences — { $count }
journal-count-late = late — { $count }
journal-count-present = present — { $count }
journal-count-touched = topics and notes — { $count }
journal-count-families =
    { $count ->
        [0] families are not written to
        [one] { $count } family will hear
       *[other] { $count } families will hear
    }
journal-count-unreached =
    { $count ->
        [one] the bot cannot write to { $count } family
       *[other] the bot cannot write to { $count } families
    }
journal-line-new = { $pupil }, { DAY($day) }: { $value }
journal-line-corrected = { $pupil }, { DAY($day) }: corrected { $was } → { $now }
journal-line-removed = { $pupil }, { DAY($day) }: removed { $value }
journal-line-touched = { $pupil }, { DAY($day) }: a note to { $value }
button-file-apply = Apply
button-journal-plan = Open the journal file
button-check-again = Check again
journal-applied = ✅ Done.
journal-dropped = Cancelled: the journal is as it was.
journal-changed-since = The entry has been changed meanwhile: it cannot be undone as a whole. Open the journal to see how it stands.
upload-gone = This file is no longer here. Please send it again.
files-one-by-one = These files came as one album, and I have read none of them. Please send them one by one: I will show what each changes.
file-not-known = I do not know what kind of table “{ $file }” is. I read a journal: the first row is «Дата», «Группа», «Ученик», «Отметка», «Посещаемость».
file-not-known-coordinator = I do not know what kind of table “{ $file }” is. I read a journal («Дата», «Группа», «Ученик», «Отметка», «Посещаемость») and the network's workbook (sheets «Организации», «Ученики», «Курсы», …).
workbook-applied = ✅ Done: the network is up to date, we will write to whom it concerns.
workbook-dropped = Cancelled: the network is as it was.
faults-more =
    { $count ->
        [one] … and { $count } more fault.
       *[other] … and { $count } more faults.
    }
faults-file-name = Faults.txt
faults-file-caption = All faults are in this file.

# What a code means

journal-file-failed =
    ⚠️ The journal file “{ $name }” was not applied: { $faults ->
        [one] it has { $faults } fault.
       *[other] it has { $faults } faults.
    } See the folder failed, beside the file.

# The folder of journals (lines of the .log)

folder-applied = Applied.
folder-failed = Not applied.
folder-closed = The file is there, but the bot may not read it. On the server: { $command }. Then it is applied by itself.
folder-waiting = Waits for an answer in the bot. The file is applied by itself when it comes.

# Faults in a file

journal-faults =
    { $count ->
        [one] The journal has { $count } fault.
       *[other] The journal has { $count } faults.
    } Nothing was entered: correct it and send the file again.
journal-no-heading = No row with the names of the columns. «Дата», «Группа», «Ученик» and «Отметка» or «Посещаемость» are needed.
journal-no-rows = There is no row with data below the names of the columns.
journal-no-column = “{ $sheet }”, row { $row }: the required column “{ $column }” is missing.
journal-column-twice = “{ $sheet }”, column { $letter } “{ $column }”: there is one already. Keep one.
journal-missing = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: please fill in.
journal-not-a-date = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: a date is expected, such as 09.11.2026; here “{ $found }”.
journal-in-the-future = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: { $found } has not come yet. Check the day and the year.
journal-long-ago = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: { $found } is too long ago. Check the year.
journal-another-year = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the date { $found } is not of the academic year { $year }. Check the year.
journal-text-too-long = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the text is longer than { $limit } characters. Please shorten it.
journal-mark-is-date = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: Excel made the date { $found } of a mark. Give the column the format Text and type it again, such as 3/2.
journal-mark-too-long = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the mark is longer than { $limit } characters: “{ $found }”. Words for the family belong to «Комментарий».
journal-mark-unclear = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the mark “{ $found }” is unclear. Write it without other signs and words, for example 5; words for the family go into the column “Комментарий”.
journal-one-mark-or-two = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: “{ $found }” — one mark or two? Write two with a space: 4 5.
journal-code-too-long = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: a short code is expected, up to { $limit } characters, such as Н or Б; here “{ $found }”.
journal-group-not-yours = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: “{ $found }” is not among your groups. Yours: { $groups }.
journal-no-course = The report has none of your courses: subjects must be called as the courses are.
journal-course-of-groups = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the course “{ $found }” has several groups: { $groups }. Send a grid or a list with the group's code.
journal-pupil-unknown = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: no pupil “{ $found }”. The pupil's code or full name is expected, as in the list of the group { $group }.
journal-pupil-perhaps = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: no pupil “{ $found }” in the group { $group }. Perhaps { $names }? Type the full name or the code.
journal-pupil-not-enrolled = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: “{ $found }” is not in the group { $group }. Check the group, or enrol the pupil.
journal-namesakes = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: “{ $found }” — there are several in the group { $group }. Give the code or the class: «Иванов Иван, 7А».
journal-row-twice = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: “{ $pupil }” stands above for this lesson already. Keep one row.
journal-note-column = “{ $sheet }”, column { $letter } “{ $column }” is not known to the bot and was passed over.
journal-note-row = “{ $sheet }”, row { $row }: “{ $found }” is no pupil; the row is passed over.
journal-note-sheet = The sheet “{ $sheet }” is no journal and was passed over.
journal-note-foreign = { $count ->
        [one] The file has { $count } pupil of another school: their entries stay, the partner keeps them.
       *[other] The file has { $count } pupils of another school: their entries stay, the partner keeps them.
    }
