# Distribution of places («заявки»): lots, results, reserve, checking.

# To the coordinator: before the draw
button-allocation-home = ⚖️ Distribution
button-draw-lots = 🎲 Close the list and draw lots
button-allocations-past = 🗂 Past distributions
button-allocation = № { $number } of { DAY($day) }
allocation-title = <b>⚖️ Distribution of places</b>
allocation-empty = Nothing to distribute yet: approved applications for courses chosen by ranked wishes will appear here.
allocation-demand = Waiting for a place: { $applications ->
        [one] { $applications } application
       *[other] { $applications } applications
    }. Free places: { $seats }.
allocation-demand-course = • { $course }: first wish of { $first }, { $all } in all, places { $seats }
allocation-waits-for-window = ⏳ “{ $course }” still takes applications, until { DAY($day) }. It is not in this draw and will be drawn later.
allocation-waits-for-decision = ⏳ First decide the applications that wait: { $count }. Whoever is not approved before the draw takes no part in it.
allocation-still-open = “{ $course }” still takes applications, until { DAY($day) }. Lots are drawn after that.
allocation-undecided = Applications not yet decided: { $count }. Decide them first.
allocation-nobody = Nothing to distribute: no approved application waits for a place.
allocation-draw-sure =
    Close the list ({ $applications ->
        [one] { $applications } application
       *[other] { $applications } applications
    }) and draw lots?

    After that neither the list nor the lots can be changed. Each family hears its lot at once, the result when you publish it.
allocation-drawn = 🎲 Lots are drawn: every application has its number. { families-hear }
allocations-past =
    <b>Past distributions</b>
    In all: { $total }

# To the coordinator: what came out
button-publish = ✅ Publish
button-allocation-groups = 👥 By group
button-allocation-group = { $state ->
        [closed] ✖️ { $group }: will not open
        [below] ⚠️ { $group }: { $placed } of { $seats }
       *[open] { $group }: { $placed } of { $seats }, in reserve { $reserve }
    }
button-allocation-left = 🕗 Without a place: { $count }
button-allocation-rest = ➕ Places for the rest
button-allocation-file = 📄 File for checking
button-group-close = ✖️ Do not open the group
button-group-open = ✅ Open the group
allocation-drawn-title = <b>⚖️ Distribution № { $number }</b>, not yet published
allocation-rest-title = <b>⚖️ Distribution № { $number }</b>: places for those who wait; not yet published
allocation-published-title = <b>⚖️ Distribution № { $number }</b>, published { DAY($day) }
allocation-told =
    Applications: { $applications }
    First wish: { $first } · second: { $second } · later: { $later }
    Without a place: { $without }{ $elsewhere ->
        [0] { "" }
       *[other] { " " }· with a place of another course: { $elsewhere }
    } · in the lines of the reserve: { $waiting }
allocation-rest-told =
    Will get a place: { $found }. Stay in the lines: { $waiting }.
    Places that will be offered in turn to those who have another one: { $kept }.
allocation-below-title = ⚠️ <b>Too few children</b>
allocation-below = { $group }: { $children ->
        [one] { $children } child
       *[other] { $children } children
    }, at least { $minimum } needed
allocation-signed =
    Seed of the lottery: <code>{ $seed }</code>
    Checksum of the list: <code>{ $digest }…</code>
allocation-groups =
    <b>By group</b>
    Groups: { $total }. Press a group to see its list.
allocation-group =
    <b>{ $group }</b>
    { $partner }
    Places: { $placed } of { $seats }
allocation-group-empty = Nobody got a place.
allocation-group-closed = ✖️ The group will not open: places are given in others.
allocation-row = { $number }. { $child } · lot { $lot }{ $rank ->
        [0] { "" }
       *[other] { " " }· wish { $rank }
    }{ $why }
allocation-line =
    { "" }
    <b>In reserve</b>
allocation-of-number = { $foreign ->
        [yes] another school's pupil,{" "}
       *[no] {""}
    }application № { $number }
priority = { $which ->
        [returning] has learned here since last year
        [sibling] a brother or sister in the group
       *[last_year] last year for the course
    }
allocation-left =
    <b>Without a place: { $count }</b>
    They have no place of any course; the first wish stands beside.
allocation-left-row = • { $child } · lot { $lot }{ $course }
allocation-publish-sure =
    Publish the result? Places: { $places }, applications: { $applications }. Each family gets a letter.

    Those with a place go into the next request to the partner, the others into the reserve.
allocation-asked = 📝 <b>Demand in questionnaires</b>
allocation-asked-course = • { $course }: { $asked } for { $seats ->
        [one] { $seats } seat
       *[other] { $seats } seats
    }
allocation-published = ✅ Published, now form the requests to the partners. { families-hear }
allocation-changed = While you were looking, the lists have changed: a family withdrew, or the number of places is another. Please look again.
allocation-closed = This distribution is published: its groups can no longer be opened or closed.
allocation-rest-nothing = There are no free places in groups where somebody waits. Add places in the network workbook and try again.
# A place without the draw
button-exceptions = ✋ A place without the draw
button-exception-course = { $course }: { $count }
button-exception-child = { $child }, { $class_name }
button-exception-give = ✋ Give the place
exception-courses = <b>✋ A place without the draw</b>: for exceptions. The family and the record of decisions show the reason. Which course?
exception-children = <b>✋ A place without the draw</b>. Whom for?
exception-none = Nobody waits for a place.
exception-wish =
    <b>{ $child }, { $class_name }</b>
    “{ $course }”, free places: { $left }
exception-passed = ⚠️ You would pass over those who wait ({ $count }): { $children }.
exception-passed-none = Nobody waits before this child.
exception-passed-more = and { $count } more
exception-why = Why does { $child } get a place on “{ $course }” before others? Write one message: the reason stays with the application and in the record of decisions.
exception-sure = <b>A place before others: { $child }, “{ $course }”?</b>
exception-given = ✋ There is a place: { $child }, “{ $course }”. The partner can now be asked. { families-hear }
exception-full = There is no free place on “{ $course }” to give.
place-given = 🎉 { $child }: the school has given a place on “{ $course }”, group { $group }. It will now send the request to the partner.
place-given-own = 🎉 The school has given you a place on “{ $course }”, group { $group }. It will now send the request to the partner.

allocation-gone = There is no distribution № { $number }.
allocation-not-published = Distribution № { $number } is not published yet: there is nothing to compare with.
allocation-file = Distribution-{ $number }

# To the family
lot-drawn =
    🎲 { $child }: applications are closed, lots are drawn.
    Your lot is { $lot } of { $drawn }: the smaller, the earlier your turn. I will write when the school publishes the result.
    Seed of the lottery: <code>{ $seed }</code>
lot-drawn-own =
    🎲 Applications are closed, lots are drawn.
    Your lot is { $lot } of { $drawn }: the smaller, the earlier your turn. I will write when the school publishes the result.
    Seed of the lottery: <code>{ $seed }</code>
place-found-own = 🎉 A place was found for you in “{ $course }”, group { $group }! Now the school will send a request to the partner.
allocated-title = ⚖️ <b>{ $own ->
        [yes] Places are distributed
       *[no] { $child }: places are distributed
    }</b>
allocated-place = ✅ “{ $course }”, group { $group }: there is a place. { $own ->
        [yes] You are
       *[no] You are
    } number { $number } in the list for { $seats ->
        [one] { $seats } place
       *[other] { $seats } places
    }; lot { $lot }.
allocated-reserve = ⏳ “{ $course }”: { $own ->
        [yes] you are
       *[no] you are
    } number { $number } in the reserve; lot { $lot }.
allocated-lapsed = ▫️ “{ $course }”: no longer needed, there is a place in a course you named earlier.
allocated-unmet = ▫️ “{ $course }”: the group was not opened, too few children came.
allocated-next = Now the school will send a request to the partner.
allocated-wait = If a place falls free, I will write at once.
place-found = 🎉 { $child }: a place was found in “{ $course }”, group { $group }! Now the school will send a request to the partner.
allocated-reason-place = a place by distribution: number { $number } in the list, places { $seats }; lot { $lot }
allocated-reason-reserve = reserve by distribution; lot { $lot }
allocated-reason-lapsed = there is a place in a course named earlier
allocated-reason-unmet = the group was not opened: too few children
allocated-reason-found = a place was found for one who waited

# Checking the lots
button-lottery = 🎲 How lots were drawn
button-lottery-tickets = 📄 All lots
lottery-title = <b>🎲 The lots of distribution № { $number }</b>
lottery-seed =
    The seed was chosen at random { WHEN($day) }, when the list was already closed:
    <code>{ $seed }</code>
lottery-own =
    Your lot: <b>{ $lot }</b> of { $of }
    SHA-256 of <code>{ $written }</code> begins with <code>{ $ticket }</code>
lottery-how = Easy to check: put the line into any SHA-256 calculator. Each application has such a ticket; put all tickets in ascending order, and the place in that row is the lot.
lottery-priorities = Places go first to those who learned here last year, then to those with a brother or sister in the group, then to those for whom it is the course's last year. Among equals the lot decides.
lottery-columns = Lot;Application;Ticket (SHA-256)
lottery-file = Lots-{ $number }

# How many courses are wanted
button-wanted-home = 🔢 Courses wanted: { $count }
button-wanted = { $chosen ->
        [yes] ✅ { $count }
       *[no] { $count }
    }
wanted-page =
    <b>How many courses of the list are wanted?</b>
    { $count ->
        [one] Now one: the most wished-for of those with a place.
       *[other] Now { $count }: first every child gets one course, then those who asked get a second.
    }
wanted-besides = The others are spare: while the child has as many places as needed, there is neither a place nor a turn for them. When a place falls away, I take one and write to you.

# The command line
allocation-checked = Distribution № { $number } computed anew: applications { $applications }, places { $places }.
allocation-checked-input = The list is the same: its checksum agrees.
allocation-checked-input-wrong = The list is NOT the same: its checksum does not agree.
allocation-checked-same = The result is the one that was published.
allocation-checked-other = The result is NOT the one that was published.
