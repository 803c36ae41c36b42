# Messages both ways: letters about them, the list of threads, a thread, whom to write to.

## Letters: that there is a message, not what it says

letter-author = { $author ->
        [guardian] from a family
        [student] from a pupil
        [teacher] from the teacher
        [coordinator] from the coordinator
       *[partner] from the administrator
    }
letter-to-family =
    ✉️ { $child }: { $count ->
        [one] a new message { letter-author }
       *[other] { $count } new messages { letter-author }
    }.
    About: { $subject }
letter-to-family-own =
    ✉️ { $count ->
        [one] A new message for you { letter-author }
       *[other] { $count } new messages for you { letter-author }
    }.
    About: { $subject }
letter-to-family-discreet = ✉️ A new message: open it here.
letter-to-staff =
    ✉️ { $count ->
        [one] A new message { letter-author }
       *[other] { $count } new messages { letter-author }
    }.
    About: { $subject }
thread-opened =
    ⚖️ The coordinator of the network's courses is opening your thread to settle a dispute.
    About: { $subject }
    The reason and the date are on the thread's page.
letter-reported = 🚩 There is a complaint about thread No. { $number }. Who wrote when is on its page.
writing-stopped =
    { $stopped ->
        [yes] 🚫 The coordinator has closed writing to teachers and partners for you. The reason is on the thread's page. You may write to the coordinator.
       *[no] ✅ The coordinator has opened writing to teachers and partners for you again.
    }
button-thread-answer = ↩️ Answer
button-thread-read = 👁 Read
button-thread-log = 📒 Open in the log

## About what and with whom

thread-about-lesson = “{ $course }”, the lesson of { DAY($at) }
thread-about-group = “{ $course }”, the journal
thread-about-paper = application: { $courses }
thread-about-question = a general question
thread-side = { $role ->
        [guardian] { $name ->
            [none] A pupil's family
           *[other] The family of { $name }
        }
        [student] { $name ->
            [none] A pupil
           *[other] Pupil: { $name }
        }
        [teacher] Teacher { $name }
        [coordinator] Coordinator, { $name }
       *[partner] Administrator, { $name }
    }
thread-subject = { $child ->
        [none] { $subject }
       *[other] { $child } · { $subject }
    }

## The list

button-messages = ✉️ Messages
button-messages-new = ✉️ Messages: { $count }
threads-title =
    <b>✉️ Messages</b>
    { $count ->
        [0] { $you ->
            [pupil] Nothing yet. You can write to a teacher or to the school from here, from a day of the timetable or from the journal. Your parents see your messages too.
           *[adult] Nothing yet. You can write from here, from the page of a lesson, an application or a journal. Nobody sees a telephone number.
        }
       *[other] { $you ->
            [pupil] The unread first. Your parents see your messages too.
           *[adult] The unread first. Nobody sees a telephone number.
        }
    }
threads-line =
    { $number }. { $unread ->
        [0] {""}
       *[other] 🔵 { $unread } ·{" "}
    }<b>{ $side }</b>, { SHORTWHEN($at) }
    { $subject }
button-thread = { $number }. { $side }
button-thread-unread = 🔵 { $number }. { $side }
button-write = ✍️ Write
button-write-teacher = ✍️ Write to the teacher
button-write-school = ✍️ Write to the school
button-thread-logs = 📒 Log of threads

## A thread

thread-title =
    <b>✉️ { $side }</b>
    { $subject }
thread-letter =
    <b>{ $author }</b>, { SHORTWHEN($at) }{ $stands ->
        [read] {" "}— read
        [sent] {" "}— not read
       *[theirs] {""}
    }
thread-author = { $role ->
        [me] You
        [guardian] A parent
        [student] The pupil
        [teacher] The teacher
        [coordinator] The coordinator
        [partner] The administrator
       *[erased] The author was erased
    }
thread-author-me-pupil = You
thread-erased = This message was erased with the data of whoever wrote it.
thread-file = 📎 { $name }
thread-empty = There is nothing here yet.
thread-conflict = ⚖️ { DAY($at) }: the coordinator opened this thread. The reason: { $reason }
thread-shut = { $why ->
        [group] 🔒 Nothing more can be written here: the child is not in this teacher's group. It can be read. What is left to settle is settled by the school's coordinator.
        [teacher] 🔒 Nothing more can be written here: this teacher gives no lessons of the network now. It can be read. What is left to settle is settled by the school's coordinator.
        [partner] 🔒 Nothing more can be written here: this organization is no partner of the network any more. It can be read.
        [school] 🔒 Nothing more can be written here: the child has left this school. It can be read.
        [stopped] 🔒 The coordinator has closed this thread for you. The reason: { $reason }. You may write to the coordinator.
        [mine] 🔒 You have closed this thread: nobody can write in it until you open it again.
        [theirs] 🔒 The other side has closed this thread. What is left to settle is settled by the school's coordinator.
        [unreached] { $role ->
            [guardian] 🔒 The bot cannot write to this family: it is not in Telegram or has not agreed to messages. Call them; the school's coordinator helps a teacher with that.
            [student] 🔒 The bot cannot write to this pupil and their family now. The school's coordinator helps a teacher with that.
            [teacher] 🔒 This teacher is not in the bot now: a message would not reach them. Write to the school's coordinator.
            [coordinator] 🔒 The coordinator is not in the bot now: a message would not reach them. Call the school.
           *[partner] 🔒 The partner's administrator is not in the bot now: a message would not reach them. Call the partner.
        }
       *[never] 🔒 Nothing can be written here.
    }
button-thread-more = ✍️ Write more
button-thread-close = 🔒 Close the thread
button-thread-reopen = 🔓 Open it again
button-thread-report = 🚩 Complain
thread-report-sure =
    <b>🚩 Complain about this thread?</b>
    The coordinator will see who wrote when and about what. What it says they open only to settle a dispute, and then the bot first tells both sides.
    Whoever writes what they should not, the coordinator can leave nobody to write to but themself.
thread-reported =
    { $count ->
        [one] 🚩 The complaint is sent: { $count } coordinator will read it.
       *[other] 🚩 The complaint is sent: { $count } coordinators will read it.
    }
message-report-none = There is nobody in the bot to complain to: no coordinator is in it. Call the school.
thread-closed-done = 🔒 The thread is closed.
thread-reopened-done = 🔓 The thread is open again.
thread-not-yours = This thread is not yours, or you are no longer on its side.

## Writing

write-whom = <b>✍️ To whom?</b>
write-whom-nobody = There is nobody to write to about this: neither a teacher nor a coordinator who could be told.
write-apart = 🔕 { $count ->
        [one] Not in the bot now: { $names }. A letter will not get there: please call.
       *[other] Not in the bot now: { $names }. Letters will not get there: please call.
    }
button-write-other = ✍️ Write to somebody else
button-write-to = { $role ->
        [guardian] 👪
        [student] 🎒
        [teacher] 🧑‍🏫
        [coordinator] 🏫
       *[partner] 🏢
    } { $before ->
        [none] { $name }
       *[other] { $before }: { $name }
    }
message-ask =
    { $you ->
        [pupil] ✍️ Write your message, or send a photo or a document.
       *[adult] ✍️ Write your message, or send a photo or a document.
    }
    A text has at most { $limit } characters; one file at a time: a photo, PDF, Word or Excel, at most { $megabytes } MB. In quiet hours the letter waits until morning.
message-family-sees = 👪 All legal guardians of the child who are in the bot see this thread.
message-pupil-sees = 👪 Your parents see this thread too.
message-no-letters = 🔕 You have not agreed to messages of the bot: no letter will tell you of the answer. Look under “Messages”.
message-sent =
    { $told ->
        [one] ✅ Sent: { $told } person gets a letter.
       *[other] ✅ Sent: { $told } people get a letter.
    }
message-empty = Send a text, a photo or a document: an empty message cannot be sent.
message-kind = I cannot pass this on: send a text, a photo or a document (PDF, Word, Excel).
message-too-long = Too long: { $length } characters of { $limit }. Shorten it, or make two messages of it.
message-file-large = The file is larger than { $limit } MB: it was not sent. Send a smaller one.
message-file-kind = I cannot pass this file on. Photos (JPEG, PNG), PDF, Word (.docx) and Excel (.xlsx) without macros can be sent.
message-album = Only one file was passed on: send the others one by one.
message-measure = { $within ->
        [minute] No more than { $most } messages a minute: wait a little and send it again.
        [hour] No more than { $most } messages an hour: this one was not sent, go on in an hour.
       *[day] No more than { $most } messages a day: this one was not sent, go on tomorrow.
    }
message-not-to-them = You cannot write to them about this: a family and its teacher or school may write to each other, and those who run the courses together.
