# The school’s questionnaires: the list, building, asking, results.

## The school’s questionnaires

survey-office =
    <b>📝 The school’s questionnaires</b>{ $count ->
        [0]
            {""}
            There is none yet. Take a ready one or build your own.
       *[other] {""}
    }
survey-office-line = { $state ->
    [draft] ✏️ { $name } — a draft
    [ready] 🕓 { $name } — waits for its day
    [open] 🟢 { $name } — { $answers ->
        [one] { $answers } answer
       *[other] { $answers } answers
      }
   *[closed] ▫️ { $name } — closed, { $answers ->
        [one] { $answers } answer
       *[other] { $answers } answers
      }
  }
button-survey-card = { $state ->
    [draft] ✏️
    [ready] 🕓
    [open] 🟢
   *[closed] ▫️
  } { $name }
button-survey-new = ➕ New questionnaire
survey-which-school = For which school is the questionnaire?
survey-new =
    <b>➕ New questionnaire</b>
    Take a ready one and change it, or build your own. Many questions come more easily with the network’s workbook: sheet «Анкеты».
button-survey-ready = { $which ->
    [demand] 📚 Study of demand (May–August)
    [order] 🏫 Social order
   *[satisfaction] 😊 Satisfaction (May)
  }
button-survey-own = ✍️ My own
survey-draft-ready = ✅ The draft is ready. Nobody sees it yet.
survey-card =
    <b>📝 { $name }</b>
    For: { $whom ->
        [families] families, one answer of each
        [children] families, an answer for each child
       *[pupils] pupils
    }{ $classes ->
        [all] , all classes
       *[other] , classes: { $classes }
    }
    Time: { $until }
    { $anonymous ->
        [yes] 🔒 Anonymous
       *[no] With a name; the results name nobody
    }
survey-card-stands = { $state ->
    [draft] ✏️ A draft: nobody sees it yet.
    [ready] 🕓 { $opens ->
        [none] Opens in a minute.
       *[other] Opens on { DAY($opens) }.
      }
    [open] 🟢 Open: { $answers } of { $asked }
   *[closed] ▫️ Closed: { $answers } of { $asked }
  }
survey-no-questions = No questions yet.
survey-card-question = { $number }. { $question } <i>({ $kind ->
    [one] one
    [several] several
    [scale] scale
    [text] text
   *[courses] courses
  })</i>
button-survey-launch = 📣 Ask the families
button-survey-add = ➕ Question
button-survey-take = ➖ Question
button-survey-whom = 👥 For whom
button-survey-classes = 🏫 Classes
button-survey-day = 📅 Until when
button-survey-anonymous = { $now ->
    [yes] 🔒 Make it anonymous
   *[no] 🔓 Make it named
  }
button-survey-discard = 🗑 Delete the draft
button-survey-close = ⏹ Close
button-survey-results = 📊 Results
survey-ask-kind = What kind of question is it?
button-survey-kind = { $kind ->
    [one] ◉ One answer
    [several] ☑️ Several answers
    [scale] 🔢 Scale
    [text] 💬 In words
   *[courses] 📚 Courses of the catalogue
  }
survey-ask = { $what ->
    [name] What shall it be called? Families will read the name.
    [classes] Which classes? Write for example: 5-7, 9А
    [day] Until which day, including it, are answers taken? Write for example: 31 May
   *[question] { $kind ->
        [one] Write the question, and below it the options, each on a line of its own.
        [several] Write the question, and below it the options, each on a line of its own.
        [scale] Write the question. The scale is 1 to 5; if you need another, add it on a second line, for example: 1-10.
       *[other] Write the question.
      }
  }
survey-added = ✅ The question is added.
button-survey-done = Done
survey-ask-whom = Who answers?
button-survey-to = { $whom ->
    [families] A family: one answer
    [children] A family: for each child
   *[pupils] Pupils themselves
  }
button-survey-all-classes = All classes
button-survey-endless = No last day
survey-ask-take = Which question shall go?
button-survey-take-one = ➖ { $number }
survey-sure = { $what ->
    [launch]
        <b>📣 Send out “{ $name }”?</b>
        { $whom ->
            [pupils] { $count ->
                [0] Nobody gets it yet (none of them is in the bot: invite them first)
                [one] { $count } pupil gets it
               *[other] { $count } pupils get it
              }
            [children] { $count ->
                [0] Nobody gets it yet (none of them is in the bot: invite them first)
                [one] { $count } answer is awaited: one for each child
               *[other] { $count } answers are awaited: one for each child
              }
           *[families] { $count ->
                [0] Nobody gets it yet (none of them is in the bot: invite them first)
                [one] { $count } family gets it
               *[other] { $count } families get it
              }
        }, { $until }.{ $apart ->
            [0] {""}
           *[other] {" "}{ $apart ->
                [one] { $apart } child is
               *[other] { $apart } children are
              } without the bot: ask them on paper.
        }
        Once it has begun the questions do not change.
    [close]
        <b>⏹ Close “{ $name }”?</b>
        No more answers will come, those not sent are lost. It cannot be opened again.
   *[discard]
        <b>🗑 Delete the draft “{ $name }”?</b>
  }
survey-launched = 📣 It has begun. { $count ->
    [0] There is nobody to answer yet: none of these families has the bot.
    [one] { $count } answer is awaited.
   *[other] { $count } answers are awaited.
  }
survey-closed-word = ⏹ The questionnaire is closed.
survey-name-length = A name has 1 to { $limit } characters.
survey-name-taken = There is a questionnaire “{ $name }” this year already. Give it another name.
survey-day-past = That day is over. Name today or a later one.
survey-year-over = This questionnaire is of a school year that is over: it cannot be begun any more. Make a new one.
survey-day-unclear = I could not tell which day that is. Write for example: 31 May
survey-classes-unclear = I could not tell which classes those are. Write for example: 5-7, 9А
survey-asked-already = It has begun: only its last day can be changed.
survey-too-many = A questionnaire has { $limit } questions at most.
survey-question-length = A question has 1 to { $limit } characters.
survey-options-count = There must be 2 to { $limit } options, each on a line of its own below the question.
survey-option-length = An option has { $limit } characters at most.
survey-scale = A scale is written so: 1-5. Its largest number is { $limit }.
survey-without-questions = It has no questions yet.

## Results

survey-results =
    <b>📊 { $name }</b>
    { $state ->
        [open] Open
       *[closed] Closed
    }: { $answers ->
        [one] { $answers } answer
       *[other] { $answers } answers
    } of { $asked }
survey-results-wait = 🔒 It is anonymous, so the results come when it is closed: else each new answer would show what is in it.
survey-results-few = 🔒 It is anonymous and has fewer than five answers: to show them would be to name them. There are no results.
survey-told = <b>{ $number }. { $question }</b>
survey-told-option = { $bar } { $option } — { $count } · { $percent } %
survey-told-average = On average { NUMBER($average, minimumFractionDigits: 1, maximumFractionDigits: 1) }
survey-told-words = • { $text }{ $count ->
    [1] {""}
   *[other] {" "}× { $count }
  }
survey-told-wishes = What is missing, in the families’ words:
survey-told-more = …and { $count } more
survey-told-nothing = Nobody has answered.
button-survey-written = 💬 All that was written: { $number }
button-survey-file = { $kind ->
    [png] 🖼 As a picture
    [xlsx] XLSX
   *[pdf] PDF
  }
survey-file = questionnaire
survey-file-subtitle = { $answers ->
    [one] { $answers } answer
   *[other] { $answers } answers
  } of { $asked } · { FULLDAY($day) }
survey-withheld = It is anonymous: classes and courses with few answers are not shown by themselves.
survey-by = { $by ->
    [class] By class
   *[course] By course
  }
survey-everybody = Everybody
survey-sheet-all = All answers
survey-sheet-by = { $by ->
    [class] By class
   *[course] By course
  }
survey-sheet-demand = Demand and seats
survey-column-course = Course
survey-column-asked = Named by
survey-column-seats = Seats
survey-sheet-words = In words
survey-column-number = No.
survey-column-question = Question
survey-column-answer = Answer
survey-column-share = Share
survey-column-words = What was written
survey-column-times = Times
survey-row-answers = Answers in all

## The sheet «Анкеты»

workbook-not-an-audience = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: expected «семьи», «семьи за каждого ребёнка» or «ученики», with classes if need be: семьи 5-7; found “{ $found }”.
workbook-survey-differs = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: row { $first } says otherwise of this questionnaire. Keep one, or say it in one row.
workbook-survey-options = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: 2 to { $limit } options are needed, between semicolons; found { $count }.
workbook-survey-no-options = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: a question of this kind has no options: clear them or change «Вид».
workbook-survey-scale = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: a scale is written so: 1-5, its largest number is { $limit }; found “{ $found }”.
workbook-survey-too-many = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: a questionnaire has { $limit } questions at most.
network-survey-answered =
    { $count ->
        [0] Families have the questionnaire “{ $name }” already:
       *[other] The questionnaire “{ $name }” has been answered ({ $count }):
    } its questions, whom it asks and whether it is anonymous stay; only “По” changes. For others give it a new name.
course-asked = 📝 In questionnaires: { $asked } for { $seats ->
        [one] { $seats } seat
       *[other] { $seats } seats
    }
