# The coordinator's log of threads: who, when, about what. The words only in a dispute.

thread-log-title =
    <b>📒 Log of threads</b>
    { $count ->
        [0] There are no threads yet.
       *[other] Who, when and about what. What they say is not here: it is opened only in a dispute, and the bot first tells both sides.
    }
thread-log-line =
    { $number }. { $reported ->
        [yes] {"🚩 "}
       *[no] {""}
    }<b>{ $one } ↔ { $other }</b>
    { $subject } · { $letters ->
        [one] { $letters } letter
       *[other] { $letters } letters
    }, the last { SHORTWHEN($at) }
button-thread-log-line = { $number }. { $one }
thread-logged =
    <b>📒 Thread No. { $number }</b>
    { $one } ↔ { $other }
    { $subject }
thread-logged-reported = 🚩 { DAY($at) }: there was a complaint.
thread-logged-line = • { SHORTWHEN($at) } — { $author }{ $file ->
        [yes] {", "}with a file
       *[no] {""}
    }
thread-logged-author = { $name ->
        [none] { $role }
       *[other] { $role }, { $name }
    }
thread-logged-stopped = 🚫 { $name }: closed on { DAY($at) }. The reason: { $reason }
button-thread-open = ⚖️ Open for a dispute
button-thread-opening = ⚖️ The dispute of { DAY($at) }
button-thread-stop = 🚫 Stop: { $name }
button-thread-let = ✅ Let write: { $name }
thread-own = This thread is yours: it is open to you anyway, under “Messages”.
thread-open-why =
    <b>⚖️ Opening a thread for a dispute</b>
    Type the reason: both sides will read it. That it was opened is written down and stays in the log.
thread-open-head =
    <b>⚖️ Open thread No. { $number }?</b>
    Both sides get a letter first: { $told ->
        [0] but the bot can write to none of them now, tell them yourself.
        [one] { $told } person.
       *[other] { $told } people.
    }
thread-opening-done =
    ⚖️ Written down; letters to both sides are leaving. The thread opens when they have left: in quiet hours in the morning.
button-thread-opening-read = 📖 Show the thread
thread-opening-untold = The letters to the sides have not left yet: the thread opens after them. In quiet hours that is in the morning.
thread-opening-title =
    <b>⚖️ Thread No. { $number }, opened on { DAY($at) }</b>
    { $one } ↔ { $other }
    { $subject }
    The reason: { $reason }
thread-stop-why =
    <b>🚫 Stop: { $name }</b>
    They will be able to write to the coordinator alone. Type the reason: they will read it.
thread-stop-head = <b>🚫 Stop: { $name }?</b>
thread-stop-done = 🚫 Stopped. A letter about it is leaving.
thread-let-done = ✅ They may write again. A letter about it is leaving.
thread-stop-office = A coordinator is not stopped: they are written to when there is nobody else.
