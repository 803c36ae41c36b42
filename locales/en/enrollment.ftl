# Enrollment: a family's application, the school's decision, the request to a partner, the partner's answer.

# What became of a choice
choice-state = { $state ->
        [draft] not submitted yet
        [submitted] submitted, waiting for the school
        [returned] returned for correction
        [approved] approved by the school
        [requested] the school has asked the partner for a place
        [enrolled] enrolled
        [reserve] in the reserve
        [offered] a place is offered
        [lapsed] the offer has lapsed
        [declined] declined
        [gone] the course is no more
        [groupless] the group is no more
        [passed] the place was declined
        [enough] not needed any more: as many courses as were asked for
        [over] closed
        [withdrawn] withdrawn
        [completed] the course is completed
        [failed] the course is not completed
        [continues] goes on next year
        [unfinished] the year has ended without a result
        [closed] the year has ended, the application is closed
       *[left] left the course
    }
answer-state = { $state ->
        [requested] waiting for an answer
        [enrolled] enrolled
        [reserve] in the reserve
        [offered] a place is offered
        [lapsed] the offer has lapsed
        [declined] declined
        [gone] the course is no more
        [groupless] the group is no more
        [passed] the family declined the place
        [enough] not needed any more: the child has other courses
        [over] closed
        [withdrawn] withdrawn by the family
        [completed] the course is completed
        [failed] the course is not completed
        [continues] goes on
        [unfinished] no result
        [closed] the year has ended
       *[left] left the course
    }
choice-no-step = This cannot be done now: { choice-state }.

# An application is written
button-submit = ✅ Confirm
button-unchoose = ✖️ Remove { $place }
button-wish-up = ⬆️ { $place }
button-wish-down = ⬇️ { $place }
button-application-more = ➕ Add another course
button-application-edit = ✏️ Correct
button-application-open = 📝 Open the application
button-application-withdraw = Withdraw
button-application-withdraw-one = Withdraw “{ $course }”
application-draft =
    <b>Application: { $child }, { $class_name }</b>
    The course wanted most is at the top.
application-draft-wish = <b>{ $place }. { $course }</b> — { SHORT($partner) }
application-draft-next = Is everything right? Press “Confirm”: the application goes to the school.
application-draft-blocked = Remove the course that does not fit, then the application can be submitted.
application-returned-why = ↩️ The school asks to correct: { $reason }
application-hint = ℹ️ { $why } Only one of the two can be attended.
application-hint-besides = ℹ️ Besides: you want { $count ->
        [one] { $count } course
       *[other] { $count } courses
    }, and a place given to whoever came first is taken at once. This one too? Press “Courses wanted”.
application-anyway = 🙋 You ask for this course all the same: the school will decide.
application-draft-insist = Take off the course that does not fit, or press “Ask anyway”: then the school decides.
button-ask-anyway = 🙋 Ask anyway
button-ask-anyway-one = 🙋 Ask anyway { $place }
application-hint-line = ℹ️ No seats left: the application joins the line of the reserve.
application-two-years = An application is for the courses of one academic year. Make another one for the other year.
application-full = The application has { $most } courses already: no more are possible. Remove one to add another.
application-twice = You have applied for “{ $course }” already: see “My applications”.
application-sent = { $state ->
        [draft] This application is not submitted yet: add the course to it and confirm.
        [returned] This application was returned: it can be corrected or withdrawn.
        [declined] This application was declined. You can submit a new one.
        [withdrawn] This application is withdrawn. You can submit a new one.
        [closed] The school year has ended, and the application is closed. Submit a new one for the next year.
       *[other] This application is with the school and being decided: it cannot be changed, only withdrawn.
    }
application-empty = The application has no course. Add one.
application-course-gone = One of the courses is gone. Remove it and confirm again.
application-discarded = The application was not submitted and is deleted. The courses are waiting for you.
application-partners =
    <b>{ $child }: one last question before it is sent</b>

    To ask for a place the school names the child to the { $count ->
        [one] partner
       *[other] partners
    } (full name, class, date of birth):
    { $partners }

    Do you agree? Without it the application is taken, but the school cannot ask for a place.
button-submit-agreeing = ✅ I agree, submit
button-submit-silent = Submit without it
application-no-partner = ⚠️ { $partner }: you have not agreed that the child is named there, so the school cannot ask for a place.
application-no-messages = 🔕 You have not turned messages on: you will learn of the decision only here, or by a call from the school.
button-consents-of = 📄 Consents
application-submitted-page = ✅ <b>Application submitted: { $child }, { $class_name }</b>
application-wish = { $rank }. { $course }: waiting for the school.
application-wish-seat = { $rank }. { $course }: the seat is yours, waiting for the school.
application-wish-besides = { $rank }. { $course }: kept besides, I will write if it is needed.
application-wish-in-line = { $rank }. { $course }: no seats, you are number { $number } in the reserve.
application-next = I will write here what the school decides.

# My applications
applications-title =
    <b>My applications</b>
    Total: { $total }
applications-none = No applications yet. Begin with the courses: choose one you like.
applications-of-school = Parents’ applications wait in the inbox, requests to partners in “Requests”.
application-title = <b>{ $child }, { $class_name }</b>, { DAY($day) }
application-button = { $child }: { $courses }
application-wish-state = { $rank }. { $course } — { choice-state }
application-wish-state-besides = { $rank }. { $course } — { choice-state }, kept besides
application-wish-state-in-line = { $rank }. { $course } — { choice-state }, number { $number } in the line
application-wish-drawn = { "  " }🎲 { $place ->
        [yes] there is a place: you are number { $number } in the list for { $seats ->
            [one] { $seats } seat
           *[other] { $seats } seats
        }; lot { $lot }
       *[no] lot { $lot }
    }
application-reason = The school writes: { $reason }
application-history = <b>History</b>
button-discard = 🗑 Delete the draft
button-discard-sure = 🗑 Delete
application-discard-sure = <b>{ $child }</b>: delete the draft application for { $courses }? It has not been sent to the school.
withdraw-sure = <b>{ $child }</b>: withdraw the application for { $courses }? The seat or the place in the line will be lost.
withdraw-nothing = Nothing to withdraw: everything is withdrawn or decided.

# To the family
application-submitted = 📝 { $child }: an application for { $courses } was submitted. I will write what the school decides.
application-withdrawn = 📝 { $child }: { $left ->
        [yes] no longer attends { $courses }, the family has decided.
       *[no] the application for { $courses } was withdrawn.
    }
application-approved = ✅ { $child }: the school has approved the application for { $courses }. { $follows }
approved-next = { $kind ->
        [draw] A draw will share out the places when applications are closed: I will write about it.
        [line] There are no places yet, the application stands in the line: I will write as soon as one falls free.
        [besides] The course is kept besides: I will write if it is needed.
       *[request] Now it will ask the partner for a place.
    }
approved-also = { $kind ->
        [draw] Where a draw shares out the places, we wait for it: I will write about it.
        [line] Where there are no places, we wait in the line: I will write as soon as one falls free.
        [besides] What is kept besides will wait: I will write if it is needed.
       *[request] Where there is a place, it will ask the partner for it.
    }
application-returned =
    ↩️ { $child }: the application for { $courses } needs a correction.
    The school writes: { $reason }
application-declined =
    { $child }: the application for { $courses } was declined.
    The school writes: { $reason }
request-sent =
    📨 { $child }: the school has asked for a place on { $courses }. We wait for the answer.
    Who answers: { SHORT($partner) }.
child-enrolled =
    🎉 { $child }: there is a place on “{ $course }”! Group { $group }, { SHORT($partner) }.
    { $dated ->
        [yes] The first lesson is { WHEN($at) }.
       *[no] I will write about the first lesson.
    }{ $placed ->
        [yes] { " " }Where: { $where }.
       *[no] { "" }
    }
put-in-reserve =
    ⏳ { $child }: in the reserve of “{ $course }” for now, { SHORT($partner) }.
    You are number { $number } in the line: if a seat falls free, I will write at once.
place-refused =
    { $child }: not accepted for “{ $course }”, { SHORT($partner) }.
    The reason: { $reason }

# To pupils about themselves
application-submitted-own = 📝 An application for { $courses } was submitted. I will write what the school decides.
application-withdrawn-own = 📝 { $left ->
        [yes] You no longer attend { $courses }: your family has decided.
       *[no] The application for { $courses } was withdrawn.
    }
application-approved-own = ✅ The school has approved the application for { $courses }. { $follows }
application-returned-own =
    ↩️ The application for { $courses } needs a correction: your parents will make it.
    The school writes: { $reason }
application-declined-own =
    The application for { $courses } was declined.
    The school writes: { $reason }
request-sent-own =
    📨 The school has asked for a place for you on { $courses }. We wait for the answer.
    Who answers: { SHORT($partner) }.
child-enrolled-own =
    🎉 There is a place for you on “{ $course }”! Group { $group }, { SHORT($partner) }.
    { $dated ->
        [yes] The first lesson is { WHEN($at) }.
       *[no] I will write about the first lesson.
    }{ $placed ->
        [yes] { " " }Where: { $where }.
       *[no] { "" }
    }
put-in-reserve-own =
    ⏳ You are in the reserve of “{ $course }” for now, { SHORT($partner) }.
    You are number { $number } in the line: if a seat falls free, I will write at once.
place-refused-own =
    Not accepted for “{ $course }”, { SHORT($partner) }.
    The reason: { $reason }

# To the partner and the school
request-received =
    📨 Request No. { $number } of { DAY($day) }: { $school }.
    Children: { $children }. Courses: { $courses }.
child-withdrew = ↩️ Application No. { $number }: { $left ->
        [yes] the family has left “{ $course }”.
       *[no] the family has withdrawn “{ $course }”.
    } Press to see who it is.
button-staff-open = 👁 Open

# The school decides
button-approve = ✅ Approve
button-return = ↩️ Return
button-decline = ✖️ Decline
button-form-request = 📨 Form the request
button-form-next = Other partners
button-form-for = { SHORT($partner) }: { $count }
button-inbox-applications = 📥 Applications: { $count }
button-inbox-request = Request No. { $number }: { $count } waiting
button-inbox-request-of = No. { $number }, { SHORT($partner) }: { $count } waiting
inbox-title = <b>Waiting for your decision</b>
inbox-empty = All done 👍 New applications and requests will appear here by themselves.
inbox-teacher = Applications and requests are decided here, and none is yours. Your lessons are in the timetable.
inbox-director = Applications and requests are decided here by the person responsible for network courses. Nothing waits for you.
inbox-applications = Applications from parents: { $count }
inbox-approved = Approved, time to form the request: { $count ->
        [one] { $count } place
       *[other] { $count } places
    }
inbox-no-consent = ⚠️ Approved, but the family has not agreed to the partner: { $count }.
inbox-waits-draw = Wait for the draw (nobody gets a place before it): { $count }
inbox-waits-line = In the line of the reserve, not part of a request: { $count }
inbox-waiting = Waiting for the partner: { $count }
inbox-application =
    <b>{ $child }, { $class_name }</b>
    From: { $guardian }, { WHEN($at) }
inbox-guardian-nameless = a parent, no full name given yet
inbox-warning = ⚠️ { $why }
inbox-anyway = 🙋 The family knows and asks all the same: it is for you to decide.
inbox-wish-besides = Besides: the family wants { $count ->
        [one] { $count } course
       *[other] { $count } courses
    }, the child has other places already
inbox-wish-seat = The child has a seat, group { $group }
inbox-wish-in-line = No seats: number { $number } in the reserve
inbox-why-return = What is to be corrected: { $child }, { $class_name }? Choose, or write it in one message. The family will read your words.
inbox-why-decline = Why not: { $child }, { $class_name }? Choose, or write it in one message. The family will read your words.
inbox-sure-return = <b>Return the application for correction: { $child }, { $class_name }?</b>
inbox-sure-decline = <b>Decline the application: { $child }, { $class_name }?</b>
inbox-sure-override = <b>Approve in spite of the ⚠️: { $child }, { $class_name }?</b>
inbox-done-approved = ✅ Approved: { $child }. { families-hear }
inbox-done-returned = ↩️ Returned: { $child }. { families-read }
inbox-done-declined = ✖️ Declined: { $child }. { families-read }
inbox-letter-waits = ⏱ The letter goes in { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }: until then taking it back costs no letter.
inbox-all-decided = { $left ->
        [yes] No more applications. What else waits for you:
       *[no] No more applications: all done 👍
    }
application-decided = This application is decided already: { $state ->
        [approved] approved, { $who }, { DAY($at) }, { TIME($at) }.
        [returned] returned to the family, { $who }, { DAY($at) }, { TIME($at) }.
        [declined] declined, { $who }, { DAY($at) }, { TIME($at) }.
        [draft] it has not been submitted yet.
       *[withdrawn] the family has withdrawn it.
    }
reason-needed = Write the reason in words: the family will read it.
reason-too-long = That is long: keep to { $limit } characters.
reason-used = This reason has been sent already, or replaced by another. Open the page again to see how it stands.
reason-told = The family will read: “{ $reason }”
reason-kept = The application and the log of decisions will keep: “{ $reason }”
reason-again = Confirm, or write it another way.
reason-illness = ⚠️ This seems to speak of health. Such personal data are special: without the family's written consent they are better left out. Write it another way (“for family reasons”), or keep it as it is.
button-reason-illness = ⚠️ Keep it as it is

# The request to a partner
forming-title = <b>For whom shall the request be?</b> Beside the name: how many children are approved.
forming-empty = No approved children without a request. Approve applications first.
forming-for = <b>Request: { $partner }</b>, children: { $count }
forming-course = “{ $course }” ({ $count }): { $children }
request-nothing = No approved children without a request for this organization.
request-formed =
    📨 <b>Request No. { $number } of { FULLDAY($day) }</b> is formed: { $organization }, { $count ->
        [one] { $count } child
       *[other] { $count } children
    }.
    The files are below: DOCX to sign, XLSX to work with.
button-request-open = Open the request
button-request = No. { $number } of { DAY($day) }, { $waiting ->
        [0] children { $children }
       *[other] { $waiting } of { $children } waiting
    }: { SHORT($partner) }
requests-title =
    <b>Requests to partners</b>
    Total: { $total }
requests-none = No requests yet: they appear when the school has approved applications.
request-head =
    <b>Request No. { $number } of { FULLDAY($day) }</b>
    { $school } → { $partner }
    Children: { $children }
request-line = • { $child }, { $class_name }: { $course } — { answer-state }{ $group }
request-waiting = Waiting for an answer: { $count }. Press a name, or answer everybody at once.
request-answered = Everything is answered.
request-nobody = The request names nobody any more.
button-request-line = { $child }, { $class_name }: { $course }
button-enroll = ✅ Enrol
button-enroll-in = ✅ Enrol in { $group }, seats: { $left }
button-enroll-all = ✅ Enrol all: { $count }
button-reserve = ⏳ Reserve
button-file-docx = 📄 DOCX
button-file-xlsx = 📊 XLSX
request-child =
    <b>{ $child }, { $class_name }</b>
    { $course } — { answer-state }
request-group = Group { $group }: { $when }, { $left } of { $seats } left
request-done-enrolled = ✅ Enrolled. { families-hear }
request-done-reserve = ⏳ In the reserve, number { $number } in the line. { families-hear }
request-done-declined = ✖️ Declined. { families-read }
request-done-all = ✅ Enrolled: { $count }. { families-hear }
request-done-left = Left: { $count } — no seat, or another lesson at that hour. The reserve suits them.
request-why = Write in one message why you decline: { $child }, “{ $course }”. The family will read your words.
request-sure = <b>Decline: { $child }, “{ $course }”?</b>
enroll-full = No seats on “{ $course }”: all { $seats } are taken. Press “Reserve”.
enroll-no-group = “{ $course }” has no group. Add one to the network workbook and load it.
