# People: invitations, codes, letters about people, consent, settings. «My data» is in mydata.ftl.

## The code

code-wrong = This code does not fit: it is misspelt, used already or out of date. Check it and send it again, or ask the school for a new invitation.
code-locked = Too many wrong codes. Try again at { TIME($until) }.

## Whom to invite

invite-no-role = There is no role “{ $role }”. There are: coordinator, director, teacher, partner, guardian, student.
invite-no-pupil = There is no pupil with the code “{ $code }”. Look at the sheet «Ученики».
invite-no-staff = There is no member of staff with the code “{ $code }”. Look at the sheet «Сотрудники».
invite-unknown-name = “{ $typed }”: neither a pupil of your school nor anybody of the staff. Send the beginning of a surname, or choose a class.
invite-too-many = There are { $count } of them, too many for a list. Send surname and name, or choose a class.
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
invite-no-pupils = There are no pupils yet: load the network's workbook first.
invite-empty-class = There are no pupils in the class “{ $name }”.

invite-page =
    🔑 <b>Whom to invite?</b>

    Choose a class, or send the beginning of a surname, for example <b>Петров</b>. One after another if you like.
button-invite-of-staff = 👥 Staff
invite-of-staff = 👥 <b>The network's staff: { $count }</b>
invite-class =
    🔑 <b>{ $class_name }</b>: { $count } pupils, { $entered } families in

    ✅ means a guardian is in. Choose a pupil or send a surname.
invite-found = { $count } fit. Which of them?
button-invite-sheets = 🖨 Cards for the class
invite-sheets = 🖨 <b>Cards for guardians: { $class_name }</b>
invite-sheets-how =
    A file to print: a card each, to cut and hand out at the meeting. They work for 14 days.

    Each file has new codes. Cards handed out before go on working.
button-invite-sheets-all = 🖨 For all: { $count }
button-invite-sheets-missing = 🖨 Who is not in yet: { $count }
invite-sheets-file = Invitations { $class_name }.pdf
invite-sheets-made = 🖨 { $class_name }: { $count } { $count ->
        [one] card
       *[other] cards
    }, until { FULLDAY($until) }, { TIME($until) }. The file lets families in: do not post it in a shared chat.
invite-class-in = { $class_name }: a guardian of everybody is in.
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
invite-nameless-since = no name yet, since { TIME($at) } { DAY($at) }
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
guardian-ended = Done: the access has ended. What had not been sent yet will not be.
guardian-ended-sheets =
    ✂️ Unused invitations for parents are void as well: { $count }. Nobody can come in by them any more.

    Hand out new ones to the other parent?
button-invite-anew = 👪 Make new ones: { $count }
invite-anew-done = The new invitations have been made already.
button-unlink = ⛔ Disconnect the pupil: { $name }
unlink-sure =
    ⛔ <b>Disconnect the pupil's account?</b>

    On the phone where the pupil's card was opened ({ $child }, { $class_name }) the bot will show nothing more. A new card can be made afterwards.
unlinked = Done: the pupil's account is disconnected.
invite-tried-page =
    🚪 <b>Somebody tried the void invitation No. { $number }</b>

    Child: <b>{ $name }</b>, { $class_name }
    Made: { FULLDAY($made) }, void since { FULLDAY($voided) }, when one adult's access was ended. Nobody came in.
invite-tried-line = • { FULLDAY($at) }, { TIME($at) } — { $who }
invite-tried-stranger = an unknown phone
button-card-of-pupil = 🔑 The child's card

## A card on the wrong phone

card-of-a-child = This card is for the child's own phone, and you are in as an adult: you see all you may see already. The card is still good: open it on the child's phone.
card-of-an-adult = A pupil is in on this phone, and this invitation is for an adult. It is still good: open it on the adult's phone. If the pupil's card was opened here by mistake, ask the school to disconnect the pupil.

## A post

post-waits =
    🕓 The post is held now: somebody else is in by an invitation to it.

    We have asked them. If they agree, you are in at once and the bot writes to you. If they say nothing for a day, the director can answer. We wait until { FULLDAY($until) }.
post-too-early = For now only who holds the post can answer. You can from { TIME($at) } { ONDAY($at) }.
post-ask-page =
    🔑 <b>Request No. { $number }: hand the post over?</b>

    { $role ->
            [coordinator] Coordinator
            [director] Director
            [teacher] Teacher of the network
           *[partner] Administrator of a partner
    } — <b>{ $name }</b>
    { $organization }

    { FULLDAY($at) }, { TIME($at) }: the invitation to it was opened on another phone{ $by ->
            [none] .
           *[other] : { $by }.
        }
post-ask-open = Once handed over, the phone used until now loses its access. If it is you with a new phone, hand it over. You can answer until { FULLDAY($until) }.
post-ask-ended = { $how ->
        [agreed] ✅ Handed over.
        [refused] ✖️ Not handed over: who held it stays.
        [lapsed] ⌛ Nobody answered; the request is over.
       *[replaced] The request is over.
    }
button-post-yes = ✅ Hand over
button-post-no = ✖️ Do not

## Letters

guardian-joined =
    👪 { $child }: one more adult has come in by an invitation from the school.

    If you do not know of this, write to the coordinator of the network courses.
codes-guessed =
    ⚠️ Somebody is guessing invitation codes: { $count } wrong ones or more within an hour.

    Each may err only five times in 15 minutes, so a code can hardly be guessed. If you are handing out invitations just now, they may be misspellings too.
family-withdrew =
    🗂 A family has withdrawn its consent. Record No. { $number }.

    Who it is and what to do now: press the button.
data-withdrawn = { $held ->
        [yes] 🗂 “{ $course }”, group { $group }: a family has withdrawn its data. The place is held without a name until the school or the partner frees it.
       *[no] 🗂 “{ $course }”: a family has withdrawn its data. The request has one place less, which needs no answer.
    }
withdrawal-page =
    🗂 A family has withdrawn its consent: <b>{ $name }</b>, { $class_name }.

    { $follows }
voided-tried =
    🚪 Somebody tried to come in by the void invitation No. { $number }. Nobody did.
guardian-returned =
    ⚠️ An adult whose access to a child you ended has come in again, by the new invitation No. { $number }.

    If it was not meant for them, end the access: the button opens the child's card.
card-opened = { $moved ->
        [yes] 🎒 { $child }: the pupil's card was opened on another phone. On the former one the bot shows nothing more.
       *[no] 🎒 { $child }: the pupil's card was opened. That phone shows the timetable and the marks.
    }
    If it was not your child, write to the coordinator of the network courses.
card-moved = 🎒 The pupil's card was opened on another phone, so the bot shows nothing more here. If a stranger did it, tell your parents or the school.
post-claimed =
    🔑 Somebody has opened an invitation to your post. Request No. { $number }.

    Until you answer, everything stays as it is. After a day the director can answer too.
post-unanswered = 🔑 Request No. { $number } to hand over a post has had no answer for a day. Please decide.
post-kept = ✖️ Request No. { $number }: the post stays with who holds it. If that is a mistake, ask the school for a new invitation.
post-passed =
    🔑 Your post in the bot was handed over to another phone; this one no longer sees its pages.

    If you do not know of this, tell the school at once.
post-given = ✅ The post is yours. Press /start to begin.
family-withdrew-other-stays = The other parent stays; for the child nothing changes.
family-withdrew-enrolled = Applications, marks and attendance no longer bear a name. The place is held without a name until you or the partner free it (“Requests”, “Groups”): { $courses }.
family-withdrew-nowhere = Applications, marks and attendance no longer bear a name. The child was not enrolled in a course.

## Consent: a page for each child, a record of its own for each purpose

# When what these sentences say changes, change TEXT_VERSION in bot/services/people/consent.py.

name-ask =
    ✍️ <b>What is your name?</b>

    Type your surname, first name and patronymic, for example <b>Петрова Анна Ивановна</b>: so you will be named in the application and the agreement. Asked once.
name-ask-again =
    ✍️ In papers you are <b>{ $name }</b> now.

    Type surname, first name and patronymic as they should be.
name-done = ✅ Written down: <b>{ $name }</b>. So you will be named in papers.
name-not-understood = That does not look like a surname and a first name. Type them like this: Петрова Анна Ивановна
name-first = First say what you are called: the application needs your full name. Open the menu (/start): its first button leads there.
name-of-the-workbook = Your full name comes from the network's workbook: the coordinator can put it right.
button-my-name = ✍️ My full name

consent-first = Your consent to the processing of the child's data is needed first. Open the menu (/start): its first button leads there.

consent-title = 📄 <b>Consent: { $child }, { $class_name }</b>
consent-processing =
    <b>1. Processing of data.</b> Name, class, date of birth, applications, timetable, marks and attendance — to enroll, to hold the lessons and to show them to you. Seen by the school, the course's teacher and you.
consent-messages =
    <b>2. Messages in Telegram.</b> About enrollment, moved lessons, marks. No surname and no reason of absence stands in them. Telegram is a foreign service: messages pass through its servers.
consent-partners =
    <b>3. Handing on to partners</b> — those to whom you apply:
    { $partners }
consent-end =
    Photographs of lessons are asked for separately; one can do without.

    “I agree” means everything that has a number. It is as easy to withdraw: /mydata. The school will give you the paper consent to sign.
button-agree = ✅ I agree
button-agree-parts = Choose one by one
button-not-now = Not now

consent-done =
    ✅ <b>Thank you! { $child }, { $class_name }: the consent is recorded.</b>

    How much may a message say?

    In full: “{ $child }: 5 — Robotics, project”.
    Discreet: “A new entry in the journal — open”.
consent-ready-full = 👍 We shall write in full.
consent-ready-discreet = 👍 We shall write discreetly, without marks.
consent-ready = Everything is open to you now: <b>{ $child }</b> — courses, timetable, journal. You can change this in the settings.

consent-parts =
    📄 <b>Consent: { $child }, { $class_name }</b>

    Press a line to agree or to change your mind. Each consent is recorded on its own.
consent-parts-closed = Without the first line lessons and journal are closed.
consent-part-processing = Processing of data
consent-part-messages = Messages in Telegram
consent-part-photographs = Photographs of lessons
consent-withdraw-there = To withdraw the consent to processing, open “My data”: /mydata

## Settings: language, detail of messages, quiet hours

settings-page =
    ⚙️ <b>Settings</b>

    Language: { $language }
    Messages: { $detail }
    Quiet hours: { $quiet }
settings-detail-full = in full, with the mark
settings-detail-discreet = discreet, without marks

button-language = 🌐 Language
button-detail = 💬 Messages
button-quiet = 🌙 Quiet hours
button-consents = 📄 Consents: { $child }
button-mydata = 🗂 My data

settings-language = 🌐 <b>Which language shall I speak?</b>
language-ru = Русский
language-en = English

settings-detail =
    💬 <b>How much may a message say?</b>

    In full: “Misha: 5 — Robotics, project”.
    Discreet: “A new entry in the journal — open”.

    Discreet is better if others see your telephone. A moved lesson is told in any case.
button-detail-full = In full
button-detail-discreet = Discreet

settings-quiet =
    🌙 <b>When shall I keep quiet?</b>

    What is not urgent comes in the morning. A change of a lesson today or tomorrow is told at once.
settings-quiet-type =
    🌙 Write the hours, for example <b>21:30-6:45</b>.
button-quiet-none = No quiet hours
button-quiet-own = ✏️ Other hours
quiet-hours = { $begins }–{ $ends }
quiet-default = { $begins }–{ $ends }, as the school has it
quiet-none = none
quiet-not-understood = I could not read the hours. Write them like this: 21:30-6:45
