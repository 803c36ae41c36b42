# Questionnaires: the letters about them, and how they are answered.

## Letters

survey-opened =
    📝 The school asks you to answer the questionnaire <b>“{ $name }”</b>.
    { $questions ->
        [one] { $questions } question
       *[other] { $questions } questions
    }, { $until }. { $anonymous ->
        [yes] It is anonymous.
       *[no] {""}
    }
survey-opened-own =
    📝 The school asks you to answer the questionnaire <b>“{ $name }”</b>.
    { $questions ->
        [one] { $questions } question
       *[other] { $questions } questions
    }, { $until }. { $anonymous ->
        [yes] It is anonymous.
       *[no] {""}
    }
survey-reminder =
    📝 The questionnaire <b>“{ $name }”</b> still waits for your answer: { $until }.
    I shall not remind you again.
survey-reminder-own =
    📝 The questionnaire <b>“{ $name }”</b> still waits for your answer: { $until }.
    I shall not remind you again.
survey-closed =
    📊 The questionnaire <b>“{ $name }”</b> has ended: { $answers ->
        [0] no answers
        [one] { $answers } answer
       *[other] { $answers } answers
    }.
button-survey-answer = 📝 Answer
survey-until = until { DAY($day) }
survey-until-none = no last day

## What waits for an answer

button-surveys = 📝 Questionnaires
button-survey-office = 🗂 The school’s questionnaires
surveys-waiting =
    <b>📝 Questionnaires</b>
    { $count ->
        [0] Nothing waits for { $you ->
            [pupil] your
           *[adult] your
        } answer now.
       *[other] { $you ->
            [pupil] Choose one to answer.
           *[adult] Choose one to answer.
        }
    }
button-survey-of = { $stands ->
    [new] ▫️
    [begun] ✏️
   *[other] ✅
  } { $child ->
    [none] {""}
   *[other] { $child } ·{" "}
  }{ $name }

## A questionnaire’s page

survey-heading = <b>📝 { $name }</b>{ $about ->
    [child] {" "}· { $children }
   *[other] {""}
  }
survey-intro =
    { $questions ->
        [one] { $questions } question
       *[other] { $questions } questions
    }, { $until }. { $you ->
        [pupil] You can stop and come back: what you have marked is kept.
       *[adult] You can stop and come back even a week later: what you have marked is kept.
    }{ $whom ->
        [families] {" "}One answer from a family is enough.
       *[other] {""}
    }
survey-anonymous =
    🔒 It is anonymous. { $you ->
        [pupil] Until you send it you can change your answers. Then only “answer received” is left, and nobody learns who answered what, not even whoever runs the bot. Write no names.
       *[adult] Until you send it you can change your answers. Then only “answer received” is left, and nobody learns who answered what, not even whoever runs the bot. Please write no names.
    }
survey-named = { $you ->
        [pupil] You can change your answer while it is open. The results name nobody.
       *[adult] You can change your answer while it is open. The results name nobody.
    }
survey-begun = ✏️ Answered: { $done } of { $of }. { $you ->
        [pupil] It is not sent yet: go on.
       *[adult] It is not sent yet: go on whenever you like.
    }
survey-sent = ✅ Answer received. { $you ->
        [pupil] If you change your mind, change it here.
       *[adult] If you change your mind, change it here.
    }
survey-received-page = ✅ { $whom ->
        [families] Your family’s answer has been received.
       *[other] Answer received.
    } Thank you!
survey-thanks = Thank you!
survey-changed = ✅ Changes kept.
button-survey-begin = ▶️ Begin
button-survey-go-on = ▶️ Go on
button-survey-change = ✏️ Change the answer

## A question

survey-question =
    Question { $number } of { $of }
    <b>{ $question }</b>
survey-hint = { $kind ->
    [one] One answer.
    [several] Several are possible.
    [scale] { $low } is not at all, { $high } is fully.
    [text] { $you ->
        [pupil] Write your answer as a message.
       *[adult] Write your answer as a message.
      }
   *[courses] { $you ->
        [pupil] Mark one or several. If the one you need is missing, write which.
       *[adult] Mark one or several. If the one you need is missing, write which.
      }
  }
survey-your-words = { $kind ->
    [courses] 💭 Wished for: { $words }
   *[other] 💬 { $words }
  }
survey-picked = ✅ { $label }
button-survey-next = { $last ->
    [yes] Check ›
   *[no] { $answered ->
        [yes] Next ›
       *[no] Skip ›
      }
  }
button-survey-clear = 🗑 Take back what I wrote
button-survey-wish = 💭 The course I need is missing
survey-wish = { $you ->
    [pupil] 💭 Which course is missing? Write it in your own words: the school reads them as they are.
   *[adult] 💭 Which course is missing? Write it in your own words: the school reads them as they are.
  }

## Sending

survey-check = { $open ->
    [0] All questions are answered.
   *[other] Answered: { $done } of { $of }. Without an answer: { $left }.
  } { $anonymous ->
    [yes] Once sent it cannot be changed: it becomes nameless.
   *[no] { $you ->
        [pupil] While it is open you can change your answer.
       *[adult] While it is open you can change your answer.
      }
  }
button-survey-send = ✅ Send
button-survey-left = Answer the rest
survey-received = The answer has been received: it cannot be changed.
survey-closed-already = The questionnaire “{ $name }” is closed: no more answers are taken.
survey-empty = No question has been answered yet.
survey-too-long = That is longer than { $limit } characters. Please write less.
