# Invitations, codes, letters about people.

## The code

code-wrong = This code does not fit: it is misspelt, used already or out of date. Check it and send it again, or ask the school for a new invitation.
code-locked = Too many wrong codes. Try again at { TIME($until) }.

## Whom to invite

invite-no-role = There is no role “{ $role }”. There are: coordinator, director, teacher, partner, guardian, student.
invite-no-pupil = There is no pupil with the code “{ $code }”. Look at the sheet «Ученики».
invite-no-staff = There is no member of staff with the code “{ $code }”. Look at the sheet «Сотрудники».
invite-unknown-code = Neither a pupil of your school nor anybody of the staff has the code “{ $code }”. Check it and send it again.
invite-other-role =
    { $code }: in the network workbook this is a { $holds ->
        [coordinator] coordinator
        [director] director
        [teacher] teacher
       *[partner] partner's administrator
    }, not a { $asked ->
        [coordinator] coordinator
        [director] director
        [teacher] teacher
       *[partner] partner's administrator
    }.
invite-ttl = The term of an invitation is 1 to { $longest } hours.
invite-empty-class = There are no pupils in the class “{ $name }”.

invite-page =
    🔑 <b>Whom to invite?</b>

    Send the code of a pupil or of a member of staff from the network workbook, for example <b>У-701</b> or <b>С-11</b>. One after another if you like.
invite-card-pupil =
    🔑 <b>{ $name }</b>, { $where }
    Code: { $code }
invite-card-staff =
    🔑 <b>{ $name }</b>
    { $where }
    Code: { $code }
invite-inside =
    { $count ->
        [one] Is in already:
       *[other] Are in already:
    }
invite-inside-guardian = • { $name } — parent, since { FULLDAY($since) }
invite-inside-guardian-waiting = • { $name } — parent, since { FULLDAY($since) }, no consent yet
invite-inside-self = • { $name }
invite-nobody = Nobody is in yet.
invite-nameless = no name
button-invite-guardian = 👪 Invite a parent
button-invite-student = 🎒 Invite the pupil
button-invite-staff = 🔑 Invite
button-invite-another = 🔑 Invite another
button-guardian-end = ⛔ End: { $name }

invite-made-guardian = 👪 Invitation for a parent: <b>{ $name }</b>, { $where }
invite-made-student = 🎒 Invitation for a pupil: <b>{ $name }</b>, { $where }
invite-made-staff = 🔑 Invitation: <b>{ $name }</b>, { $where }
invite-made =
    Link:
    <code>{ $link }</code>

    Or the code, which can be sent to the bot:
    <code>{ $letters }</code>

    It works once, until { FULLDAY($expires) }, { TIME($expires) }. Hand it over in person: whoever opens it first is in.

guardian-end-sure =
    ⛔ <b>End the access?</b>

    { $name } will at once see nothing more of the child ({ $child }, { $class_name }) and get no messages. Only a new invitation can bring it back.
guardian-ended = Done: the access has ended.

## Letters

guardian-joined =
    👪 { $child }: one more adult has come in by an invitation from the school — { $guardian }.

    If you do not know of this, write to the coordinator of the network courses.
codes-guessed =
    ⚠️ Somebody is guessing invitation codes: { $count } wrong ones or more within an hour.

    Each may err only five times in 15 minutes, so a code can hardly be guessed. If you are handing out invitations just now, they may be misspellings too.
family-withdrew =
    🗂 A family has withdrawn its consent: <b>{ $name }</b>, { $class }.

    { $follows }
family-withdrew-other-stays = The other parent stays; for the child nothing changes.
family-withdrew-enrolled = Applications, marks and attendance no longer bear a name. Decide with the partner about the place on the course: { $courses }.
family-withdrew-nowhere = Applications, marks and attendance no longer bear a name. The child was not enrolled in a course.
