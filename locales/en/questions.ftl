# Questions about a journal file: with buttons, once, the answer is remembered.

journal-questions = First questions have to be answered, { $count }: nothing was applied. Those who know are asked in the bot when the file is applied.
journal-plan-unknown =
    { $count ->
        [one] One name has to be made clear.
       *[other] { $count } names have to be made clear.
    }
journal-open-code = What “{ $found }” means with “{ $organization }” is not known yet.
journal-open-group = The group “{ $found }” has to be made clear.
journal-open-day = The date “{ $found }” has to be made clear.
journal-open-scale = The marks { $found } of “{ $course }” have to be made clear.
journal-ask-code = <b>What does “{ $found }” mean?</b>
    “{ $organization }” marks attendance so. Answer once — I will remember it for all files to come.
journal-ask-who =
    { $why ->
        [nobody] <b>No such pupil: “{ $found }”. Who is it?</b>
        [elsewhere] <b>“{ $found }” does not learn in the group { $group }. What is to become of these rows?</b>
       *[several] <b>Who is “{ $found }”?</b>
    }
    Group { $group }, sheet “{ $sheet }”, row { $row }. { $why ->
        [nobody] { $others ->
            [0] The file names everybody else of the group already. Not a pupil of the group? Leave the rows out — I shall remember it. A slip? Put it right and send the file again.
           *[other] Choose — I shall remember it for the next files of this group. Not a pupil of the group? Leave the rows out.
        }
        [elsewhere] Ought to learn there? Then the pupil has to be enrolled first; send the file again after that. Ought not? Leave the rows out — I shall remember it.
        [perhaps] Choose — I shall remember it for the next files of this group. None of them? Write the full name or the code into the file and send it again, or leave these rows out.
       *[several] Choose — I shall remember it for the next files of this group. None of them? Write the full name or the code into the file and send it again.
    }
journal-ask-group = <b>Which group is “{ $found }”?</b>
    There is no such code (sheet “{ $sheet }”, row { $row }). Choose — I shall remember it. Not here? Write the group's code into the file and send it again.
journal-ask-day = <b>Which year is the date “{ $found }” of?</b>
    It has no year, and in this academic year { DAY($day) } is still to come (group { $group }, sheet “{ $sheet }”, row { $row }). If it is a slip, put the date right and send the file again. If it is a day of the last academic year, its journal is closed: such entries can only be left out.
journal-ask-scale = <b>What marks has the course “{ $course }”?</b>
    The file has { $found }, and the course's scale is { $scale ->
        [ten] of ten points
        [hundred] of a hundred points
        [credit] pass or fail
        [none] without marks
       *[five] of five points
    } (sheet “{ $sheet }”, row { $row }). Answer — I shall remember it. A slip? Put it right and send the file again.
journal-ask-left = Questions in all: { $left }.
journal-code-now = Now: { $meaning }.
journal-code-noted =
    Noted: “{ $code }” — { $meaning }. { $left ->
        [0] The file can be applied.
        [one] { $left } question is still open.
       *[other] { $left } questions are still open.
    }
journal-codes-waiting =
    { $count ->
        [0] The partner or the coordinator of the network courses can answer: please tell them, they are not in the bot yet.
       *[other] We have asked the partner and the coordinator of the network courses. I will write to you when they answer.
    }
button-answer-change = “{ $asked }” — { $answer }: change
button-code-answer = Answer
button-day-skip = Leave these entries out
button-who-skip = Leave these rows out
button-scale-together = Written together: each digit is a mark
button-scale-ten = A scale of ten
button-scale-hundred = A scale of a hundred
button-scale-any = Write it down as it is

# Letters

journal-code-asked = ❓ In the journal of “{ $organization }” attendance is marked “{ $code }”. What does it mean? Answer once — I will remember.
journal-code-answered =
    ✅ Now it is known: “{ $code }” — { $meaning }. { $left ->
        [0] The journal file can be applied.
        [one] The journal file has { $left } question left.
       *[other] The journal file has { $left } questions left.
    }
journal-question-asked =
    ❓ The journal file “{ $file }” waits for an answer: { $what ->
        [who] which pupil is meant
        [group] which group is “{ $found }”
        [day] which year is the date “{ $found }” of
       *[scale] of what scale are the marks { $found }
    }? Answer once — I will remember.
journal-question-answered = ✅ The question { $what ->
        [who] about a pupil's name
       *[other] about “{ $found }”
    } is answered: { $left ->
        [0] the journal file can be applied.
        [one] the journal file has { $left } question left.
       *[other] the journal file has { $left } questions left.
    }

# What is not entered

journal-note-skipped =
    ⏭ Not entered, as was answered: { $rows ->
        [one] { $rows } row
       *[other] { $rows } rows
    } — { $found }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }.

# As it is told where there are no buttons

journal-pupil-nobody = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: no pupil “{ $found }”. The pupil's code or full name is expected, as in the list of the group { $group }. Or answer in the bot who it is: the rows can be left out too.
journal-pupil-elsewhere = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: “{ $found }” is not in the group { $group }. Check the group, or enrol the pupil. Or answer in the bot: the rows can be left out.
journal-code-unknown = “{ $sheet }”, row { $row }: what does “{ $found }” mean with “{ $organization }”? The partner or the coordinator answers in the bot; or write Н, Б, УП, ОП.
journal-year-unclear = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the date “{ $found }” has no year and is still to come. Check it and add the year.
journal-mark-outside =
    “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the marks { $found } are not of the course's scale ({ $scale ->
        [ten] ten points
        [hundred] a hundred points
        [credit] pass or fail
        [none] without marks
       *[five] five points
    }). Two marks are written with a space: 4 5. Name another scale in the network workbook: sheet “Курсы”, column “Шкала”.
