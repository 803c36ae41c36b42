# The request to a partner after its first sending: versions, consents, a partner without the bot.

request-change = { $change ->
        [added] added
       *[withdrawn] to be taken out
    }
request-title-version = Request No. { $number } of { FULLDAY($day) }, version { $version } of { FULLDAY($at) }
request-title-delta = Changes to request No. { $number } of { FULLDAY($day) }: version { $version } of { FULLDAY($at) }
request-file-delta = Request-{ $number }-changes-{ $version }
request-version = Version { $version } of { FULLDAY($at) }: added { $added }, withdrawn { $withdrawn }.
request-pending = ✏️ Changed since it was sent: approved { $added }, withdrawn { $withdrawn }. The partner learns when you send the changes.
amending =
    <b>Changes to request No. { $number }: { $partner }</b>
    The partner will get version { $version }: add { $added }, take out { $withdrawn }. Nothing is sent yet.
amending-gone = Take out ({ $count }): { $children }
request-amended = 📨 The changes are sent. { partner-and-families-hear }
request-formed-version =
    📨 <b>Request No. { $number }, version { $version } of { FULLDAY($day) }</b>: { $organization }. It now names children: { $count }.
    Below are the changes: DOCX to sign, XLSX to work with. The whole is on its page.
request-partner-without-bot = The partner does not have the bot: you enter its answer.
request-silent = ⚠️ No consent to pass data to “{ $partner }”: { $children }. They join the request once the family agrees.
request-no-consent = Nobody can be named yet: families ({ $count }) have not agreed to pass data to the partner. I have asked them.
request-consents-asked = ✉️ Asked for consent. Waiting for the families of children: { $count }. Once they agree, the children appear in the inbox.
places-nameless = { $count } { $count ->
        [one] place
       *[other] places
    }: no consent to pass on the name.
places-erased = { $count } { $count ->
        [one] place
       *[other] places
    }, data withdrawn
child-erased-line = data withdrawn
families-nameless = • { $count } more: no consent to pass on the name, the school will call
pupil-foreign = another school's pupil
pupils-foreign = { $count } { $count ->
        [one] pupil
       *[other] pupils
    } of another school
child-nameless = The family has not agreed that the partner knows this child's name. The school decides about the place.
child-nameless-line = no consent to pass on the name
button-reserve-all = ⏳ All into the reserve: { $count }
button-decline-all = ✖️ Decline all: { $count }
request-answered-before = ℹ️ { $child }, “{ $course }”: there is an answer already — { answer-state }. By: { $who }, { DAY($at) }, { TIME($at) }. The press has changed nothing.
request-why-all = Write one message: why are all who wait for an answer ({ $count }) declined? The families will read your words.
request-sure-all = <b>Decline all who wait for an answer: { $count }?</b>
request-done-all-reserve = ⏳ In the reserve: { $count }. { families-hear }
request-done-all-declined = ✖️ Declined: { $count }. { families-read }
button-delta-docx = 📄 Changes, DOCX
button-delta-xlsx = 📊 Changes, XLSX
button-request-amend = 📨 Send the changes
button-enter-answer = ✍️ Enter the partner's answer
button-ask-consents = ✉️ Ask for consent: { $count }
request-changed =
    📨 Request No. { $number }, version { $version_number } of { DAY($day) }: { $school }.
    Added: { $added }, withdrawn: { $withdrawn }. Courses: { $courses }.
consent-wanted =
    { $child }: the school approved { $courses } and is ready to ask for a place, but it needs your consent to pass data on.
    To: { $partner }. Without consent the school cannot name the child.
consent-wanted-own =
    The school approved { $courses } and is ready to ask for a place for you, but it needs your parents’ consent to pass data on.
    To: { $partner }. Without consent the school cannot name you.

# Files
request-file = Request-{ $number }
request-sheet = Request
request-title = Request No. { $number } of { FULLDAY($day) }
request-column-number = No.
request-column-name = Name
request-column-birth = Born
request-column-class = Class
request-column-course = Course
request-column-hours = Hours
request-column-guardian = Guardian
request-column-answer = Answer
