# A place for the reserve: offered to a family, answered; groups as the partner and the school see them.

button-offer-accept = ✅ Accept
button-offer-decline = ✖️ Decline
button-offer-decline-sure = Yes, decline
button-offer-open = 🎁 Answer: “{ $course }”

# To the family
place-offered =
    🎁 { $child }: a place is free on “{ $course }”! Group { $group }, { SHORT($partner) }.
    Please answer before { TIME($deadline) } { ONDAY($deadline) }: then it goes to the next in line.
place-waits =
    ⏰ { $child }: the place on “{ $course }” still waits for your answer. Group { $group }, { SHORT($partner) }.
    Please answer before { TIME($deadline) } { ONDAY($deadline) }: then it goes to the next in line.
place-passed-on =
    { $behind ->
        [no] { $child }: there was no answer, and the offer of a place on “{ $course }” is over ({ SHORT($partner) }).
       *[yes] { $child }: there was no answer, and the place on “{ $course }” went to the next in line ({ SHORT($partner) }).
    }
    { $again ->
        [no] If you still want the course, write to the school: applications are closed, only the coordinator can give a place.
       *[yes] If you still want the course, please apply again.
    }
enough-courses =
    { $child } has a place on { $count ->
        [one] { $count } course
       *[other] { $count } courses
    }, as many as you asked for. So the application for “{ $course }” is taken off, { SHORT($partner) }.
    Is it needed too? Write to the coordinator.
enough-courses-own =
    You have a place on { $count ->
        [one] { $count } course
       *[other] { $count } courses
    }, as many as were asked for. So the application for “{ $course }” is taken off, { SHORT($partner) }.
wanted-again =
    🪑 { $child }: “{ $course }” is no longer kept besides, { SHORT($partner) }. { $number ->
        [0] The place is yours now.
       *[other] There are no places now: you are number { $number } in the line.
    }
wanted-again-own =
    🪑 “{ $course }” is no longer kept besides, { SHORT($partner) }. { $number ->
        [0] The place is yours now.
       *[other] There are no places now: you are number { $number } in the line.
    }
place-taken-back =
    { $child }: the place on “{ $course }” we offered cannot be given: the group has fewer seats now. We are sorry.
    You are number { $number } in line, { SHORT($partner) }: if a place falls free, I will write at once.
place-given-up = { $child }: the place on “{ $course }” was declined, { SHORT($partner) }.
pupil-left =
    { $child } is no longer in the group of “{ $course }”, { SHORT($partner) }.
    Reason: { $reason }
course-completed = 🎓 { $child } has completed “{ $course }”, { SHORT($partner) }. Congratulations!
offer-page =
    <b>{ $child }: there is a place on “{ $course }”</b>
    Group { $group }, { SHORT($partner) }.
    Please answer before { TIME($deadline) } { ONDAY($deadline) }: then it goes to the next in line.
offer-accepted = 🎉 { $child }: the place on “{ $course }” is yours, group { $group }. The lessons are in the timetable.
offer-decline-sure = <b>{ $child }</b>: decline the place on “{ $course }”?{ $proposed ->
        [yes] { "" }
       *[no] { " " }It goes to the next in line at once.
    }
offer-declined = { $child }: you declined the place on “{ $course }”. Other courses wait in the catalogue.
offer-seat-gone = There are fewer seats on “{ $course }” now, and this one is gone. We are sorry: you stay in the line.
offer-consent = To take the place the family must agree that the child is named to the partner: { $partner }. It does so in “My data” (/mydata).
offer-partner =
    <b>{ $child }: one last question</b>

    For the place on “{ $course }” the school names the child to the partner (full name, class, date of birth): { $partner }. You can take the consent back in “My data”.
button-offer-agreeing = ✅ I agree, accept
offer-page-proposed =
    <b>{ $child }: the school proposes “{ $course }”{ proposed-instead }</b>
    Group { $group }, { SHORT($partner) }.
    The place is held until { TIME($deadline) } { ONDAY($deadline) }. You decide: nobody is enrolled without your yes.
offer-over = This offer is over: it was answered already, or the place went to the next in line.

application-wish-state-moved = { $rank }. { $course } — { choice-state }, number { $number } in line (was { $was }, now { $number })

# To pupils about themselves
place-offered-own =
    🎁 A place is free for you on “{ $course }”! Group { $group }, { SHORT($partner) }.
    Your parents need to answer before { TIME($deadline) } { ONDAY($deadline) }: then it goes to the next in line.
place-waits-own =
    ⏰ The place on “{ $course }” still waits for your parents’ answer. Group { $group }, { SHORT($partner) }.
    It is needed before { TIME($deadline) } { ONDAY($deadline) }: then the place goes to the next in line.
place-passed-on-own = { $behind ->
        [no] There was no answer, and the offer of a place on “{ $course }” is over ({ SHORT($partner) }).
       *[yes] There was no answer, and the place on “{ $course }” went to the next in line ({ SHORT($partner) }).
    }
place-taken-back-own = The place on “{ $course }” you were offered cannot be given: there are fewer seats now. You are number { $number } in line, { SHORT($partner) }.
place-given-up-own = The place on “{ $course }” was declined, { SHORT($partner) }.
pupil-left-own =
    You are no longer in the group of “{ $course }”, { SHORT($partner) }.
    Reason: { $reason }
course-completed-own = 🎓 You have completed “{ $course }”, { SHORT($partner) }. Congratulations!

# Instead of a course that is gone
course-proposed =
    🎁 { $child }: the school proposes “{ $course }”{ proposed-instead }. Group { $group }, { SHORT($partner) }.
    The place is held until { TIME($deadline) } { ONDAY($deadline) }. You decide: nobody is enrolled without your yes.
course-proposed-own =
    🎁 The school proposes “{ $course }” to you{ proposed-instead }. Group { $group }, { SHORT($partner) }.
    Your parents decide: they should answer before { TIME($deadline) } { ONDAY($deadline) }.
proposal-waits =
    ⏰ { $child }: “{ $course }”{ proposed-instead } still waits for your answer. Group { $group }, { SHORT($partner) }.
    The place is held until { TIME($deadline) } { ONDAY($deadline) }.
proposal-waits-own =
    ⏰ “{ $course }”{ proposed-instead } still waits for your parents’ answer. Group { $group }, { SHORT($partner) }.
    It is needed before { TIME($deadline) } { ONDAY($deadline) }.
proposed-instead = { $replaces ->
        [yes] { " " }instead of “{ $instead }”
       *[no] { "" }
    }

# To the school: whom to propose another course
button-inbox-lost = 🔁 Left without a course: { $count }
inbox-lost = Left without a course because it is gone: { $count }
lost-none = Nobody to propose to: all whose course is gone have another, or the family wants none.
lost-courses =
    <b>Courses that are gone</b>
    Beside each, how many children are left without a place. You can propose another course to them: the family answers “Accept” or “Decline”.
button-lost-course = { $course }: { $count }
lost-course =
    <b>“{ $course }”: left without a course, { $count }</b>
    { $children }
lost-groups = What to propose? Only groups with free places that nobody waits for are shown.{ $several ->
        [yes] { " " }To all at once, or to each their own.
       *[no] { "" }
    }
lost-groups-none = There is nothing to propose now: no group that suits has a free place.
button-lost-group = { $course }, { $group }: { $left ->
        [one] { $left } place
       *[other] { $left } places
    }{ $alone ->
        [yes] { "" }
       *[no] , suits { $suits }
    }
button-lost-child = { $child }, { $class_name }
button-lost-settle = { $count ->
        [1] No other course is needed
       *[other] No other course is needed: { $count }
    }
lost-settle-sure = <b>Propose nothing more ({ $count })?</b> { $children }. Nobody gets a letter.
button-lost-settle-sure = Yes, take off the list
lost-settled = Taken off the list: { $count }.
lost-proposal =
    <b>Propose “{ $course }”, group { $group }</b>
    { $partner }: { $hours }. Places for them: { $left }
lost-proposal-going = 🎁 Will be asked ({ $count }): { $children }
lost-proposal-staying = ⚠️ Will not be asked ({ $count }):
lost-proposal-ask = A place is held for each for 48 hours, without nights and days off. Who does not answer, or declines, stays on this list.
button-lost-sure = 🎁 Propose: { $count }
lost-proposed = 🎁 “{ $course }” is proposed: { $count }. { families-hear } The answers come to you.
propose-twice = the child has this course already
propose-refused = this course was refused already, with a reason
propose-seatless = there are not enough places
propose-nobody = Nobody to propose to: the group suits none of these children, or has no place any more.

# To the school and the partner
offer-from = { $proposed ->
        [yes] instead of a course that is gone
       *[no] from the reserve
    }
offer-answered = { $answer ->
        [accepted] ✅ Application No. { $number }: the place { offer-from } on “{ $course }” was accepted.
        [declined] ✖️ Application No. { $number }: the place { offer-from } on “{ $course }” was declined{ $behind ->
            [no] ; nobody waits behind.
           *[yes] ; the next one is asked.
        }
       *[lapsed] ⌛ Application No. { $number }: no answer about the place { offer-from } on “{ $course }”{ $behind ->
            [no] ; nobody waits behind.
           *[yes] ; the next one is asked.
        }
    }

# Groups
button-groups = 👥 Groups
button-group = { $group }, { $course }: { $count }
button-group-pupil = { $child }, { $class_name }
button-group-release = 🎁 Offer the places to the reserve
button-leave-course = Leave “{ $course }”
leave-sure = <b>{ $child }</b>: leave { $courses }? The place becomes free for others; coming back takes a new application, while they are taken.
button-left = 🚪 Has left
button-complete = 🎓 Has completed
button-complete-all = 🎓 Everybody has completed: { $count }
groups-title =
    <b>Groups</b>
    Total: { $total }. Beside each name: how many children learn there.
groups-none = Nobody is in a group yet: children appear here when the partner answers the request.
group-head =
    <b>Group { $group }, “{ $course }”</b>
    Seats taken: { $taken } of { $seats }, free: { $left }
group-enrolled = • { $child }, { $class_name }
group-offered = 🎁 { $child }, { $class_name }: offered a place, answer due before { TIME($deadline) } { ONDAY($deadline) }
group-asked = { $number ->
        [0] 🕓
       *[other] ⏳ { $number }.
    } { $child }, { $class_name }: { choice-state }
group-reserve = ⏳ { $number }. { $child }, { $class_name } — in reserve
group-kept = The free seats ({ $count }) are not offered to the reserve: the partner kept them when putting children in reserve.
group-released = { $count ->
        [0] Nobody can be asked now: those ahead in the line wait for a decision.
        [one] 🎁 A place was offered to { $count } child. { families-hear }
       *[other] 🎁 Places were offered to { $count } children. { families-hear }
    }
group-pupil =
    <b>{ $child }, { $class_name }</b>
    “{ $course }”, group { $group } — { choice-state }
group-why-left = Write in one message why { $child } no longer attends “{ $course }”. The family will read your words.
group-sure-left = <b>Does { $child } no longer attend “{ $course }”?</b> The place is offered to the reserve.
button-regroup = 🔁 To another group
button-regroup-to = { $group }: { $hours }, { $left ->
        [0] no seats
        [one] { $left } seat
       *[other] { $left } seats
    }
regroup-where = <b>{ $child }</b>, “{ $course }”: to which group from { $group }? The family, the partner and the teachers will hear.
regroup-none = “{ $course }” has no other group.
regroup-clash = ⚠️ { $group }: { $why }
button-regroup-all = 🔁 Move everybody
button-regroup-all-sure = 🔁 Move: { $count }
button-regroup-anyhow = ⚠️ Those with a clash too: { $count }
button-regroup-back = { $count ->
        [1] ↩️ Back again
       *[other] ↩️ Everybody back
    }
regroup-all-where = <b>«{ $course }»: to which group does everybody go?</b> First you will see who goes and who does not.
regroup-all-head = <b>Will go to group { $group }: { $count }</b>
    Free seats in it: { $left }
regroup-all-learn = 🎒 With a seat ({ $count }): { $children }
regroup-all-wait = ⏳ Wait, will stand at the end of the line ({ $count }): { $children }
regroup-all-seatless = 🪑 Stay: there are not enough seats ({ $count }): { $children }
regroup-all-clashing = { $goes ->
        [yes] ⚠️ Will go although something is in the way ({ $count }):
       *[no] ⚠️ Stay: another lesson, school or the road is in the way ({ $count }):
    }
regroup-all-clash = • { $child }: { $why }
regroup-all-offered = 🎁 Stay: the family has not answered the offer of a place ({ $count }): { $children }
regroup-all-done = 🔁 Moved to group { $group }: { $count }. { families-hear-soon } The partner and the teachers will know.
regroup-all-back = ↩️ Went back: { $count }.{ $left ->
        [0] { "" }
       *[other] { " " }Did not: { $left }; their seats have been taken.
    }
regroup-nobody = Nobody to move: nobody of the group can go.
regroup-undone = Nobody to bring back: nobody is where they were moved.
regroup-full = Group { $group } has no free seat.
regroup-done = 🔁 { $child }: now group { $group }. { $told ->
        [0] The partner and the teachers will hear.
       *[other] The family, the partner and the teachers will hear.
    }
group-done-left = The departure is recorded, the place is offered to the reserve. { families-read }
group-complete-sure = Mark that everybody in the group has completed the course? The families will hear.
group-done-completed = 🎓 Completed the course: { $count }. { families-hear }
button-stead-accept = ✅ The family accepts
button-stead-decline = ✖️ The family declines
group-stead-accepted = ✅ Recorded: the family accepted the place, { $child }.
group-stead-declined = ✖️ Recorded: the family declined the place, { $child }. It is offered to the next.
button-free-nameless = 🪑 Free a nameless place
group-free-sure = Free a place whose family has withdrawn its data? The child does not come any more; who waits will get it.
group-freed = ✅ The place is free.

# Letters about what the network book or the coordinator has changed
# What a family can do next when its course is gone
place-way-on = { $way ->
        [apply] { " " }Other courses are open: choose while applications are taken.
        [school] { " " }Applications for other courses are over. The school may propose a place on another course: I will write, and you decide.
       *[none] { " " }If this is a mistake, write to the school.
    }
place-way-on-own = { $way ->
        [apply] { " " }Other courses are open: your parents can choose while applications are taken.
        [school] { " " }Applications for other courses are over. The school may propose a place on another course: your parents decide.
       *[none] { " " }If this is a mistake, tell the school.
    }
application-instead = { $way ->
        [apply] 🔁 Another course can be chosen in the place of the one that is gone: applications are taken.
       *[school] 🔁 Applications for other courses are over. The school may propose a place on another course: I will write, and you decide.
    }
application-instead-own = { $way ->
        [apply] 🔁 Your parents can choose another course in the place of the one that is gone: applications are taken.
       *[school] 🔁 Applications for other courses are over. The school may propose a place on another course: your parents decide.
    }
place-changed = { $fate ->
        [leaves] ⚠️ { $child } learns no more on “{ $course }”, { $partner }: { $why ->
            [pupil] the school's lists no longer have the child
            [group] the group is gone, and others have no seat
           *[course] the course is gone from the programme
        }.{ place-way-on }
        [falls] ⚠️ { $child }: the application for “{ $course }”, { $partner }, is closed: { $why ->
            [pupil] the school's lists no longer have the child
            [group] the group is gone
           *[course] the course is gone from the programme
        }.{ place-way-on }
        [moves] 🔁 { $child }: { $learns ->
            [offered] the place on “{ $course }” that we offered is now in group { $group }. Please answer by the same time.
            [held] the place on “{ $course }” that you ask for is now in group { $group }.
           *[yes] on “{ $course }” the group is now { $group }. Days and hours are in the timetable.
        }
        [lines-up] 🔁 { $child }: on “{ $course }” it is now the line of group { $group }, number { $number }.
        [no-seat] ⚠️ { $child }: “{ $course }” has fewer seats now. You are number { $number } in the line: should a place fall free, I write at once.
        [draw] 🎲 { $child }: places on “{ $course }” are drawn by lot from now on, and nobody holds one before. I will write of the draw.
        [besides] 🔁 { $child }: places on “{ $course }” go in order of arrival from now on. You have as many places as needed, this course is spare: should it be needed, I will write.
        [hours] 🔁 { $child }: places on “{ $course }” go in order of arrival from now on. No place is taken yet: hours or the road stand against it, the school decides.
       *[arrival] 🔁 { $child }: places on “{ $course }” go in order of arrival from now on: { $number ->
            [0] the place is yours, group { $group }.
           *[other] you are number { $number } in the line.
        }
    }
place-changed-own = { $fate ->
        [leaves] ⚠️ You learn no more on “{ $course }”, { $partner }: { $why ->
            [pupil] the school's lists no longer have you
            [group] the group is gone, and others have no seat
           *[course] the course is gone from the programme
        }.{ place-way-on-own }
        [falls] ⚠️ Your application for “{ $course }”, { $partner }, is closed: { $why ->
            [pupil] the school's lists no longer have you
            [group] the group is gone
           *[course] the course is gone from the programme
        }.{ place-way-on-own }
        [moves] 🔁 { $learns ->
            [offered] The place on “{ $course }” that was offered to you is now in group { $group }. Your parents answer, by the same time.
            [held] The place on “{ $course }” that is asked for you is now in group { $group }.
           *[yes] On “{ $course }” your group is now { $group }. Days and hours are in the timetable.
        }
        [lines-up] 🔁 On “{ $course }” you are now in the line of group { $group }, number { $number }.
        [no-seat] ⚠️ “{ $course }” has fewer seats now. Your number in the line is { $number }: should a place fall free, I write at once.
        [draw] 🎲 Places on “{ $course }” are drawn by lot from now on, and nobody holds one before. I will write of the draw.
        [besides] 🔁 Places on “{ $course }” go in order of arrival from now on. You have as many places as needed, this course is spare: should it be needed, I will write.
        [hours] 🔁 Places on “{ $course }” go in order of arrival from now on. No place is taken yet: hours or the road stand against it, the school decides.
       *[arrival] 🔁 Places on “{ $course }” go in order of arrival from now on: { $number ->
            [0] the place is yours, group { $group }.
           *[other] your number in the line is { $number }.
        }
    }
