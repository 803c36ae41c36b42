# "My data": what is held, a file with all of it, withdrawing consent.

mydata-page =
    🗂 <b>My data</b>

    { $name ->
        [none] The bot does not know your name.
       *[other] Your name: { $name }.
    } We also keep your Telegram number and your settings.
mydata-children = Children: { $children }
mydata-counts =
    Applications: { $applications }
    Marks: { $marks }
    Entries of attendance: { $attendance }
    Consents in force: { $consents }
    Messages sent: { $letters }
mydata-class = Class: { $class_name }
mydata-staff = Post and full name come from the network workbook, which the school keeps.
button-mydata-page = 📄 Download
button-mydata-json = As JSON
button-withdraw = Withdraw consent
mydata-file = Here is everything held about you and your children, with the files of your threads. The texts of the bot’s messages are kept for 30 days, threads with teachers and the school, and announcements, until October of the next academic year.

withdraw-whom = <b>Withdraw consent</b> — for whom?
button-withdraw-one = Only { $child }
button-withdraw-all = For all, and leave
withdraw-title = ⚠️ <b>Withdraw consent?</b> This is what happens at once:
withdraw-children =
    <b>{ $children }</b>: your access ends, the data lose their name and can no longer be reached.
    These are applications ({ $applications }), marks ({ $marks }), attendance ({ $attendance }). Where the child is not enrolled yet, the application is withdrawn and its place is lost.
withdraw-other-guardian = <b>{ $children }</b>: another parent has agreed too, so the data stay. Your access ends.
withdraw-person = Your name, Telegram number, settings and the texts of messages are erased. There will be no more messages.
withdraw-stays = You stay in the bot: whatever else is open to you does not change.
withdraw-remains =
    What remains: numbers without names (how many applications there were) and the record that consent was given and withdrawn. The bot does not undo a place where the child is enrolled already: it is held without a name until the school or the partner frees it.

    Applications handed in, orders, requests to partners and reports handed in are documents of the school: it keeps them on a basis of its own, as they went out. Only its director and the person responsible for network courses see them.

    Three things more are beyond the bot:
    • the pupil's line in the network workbook, which the school keeps itself;
    • papers the school has already sent out;
    • earlier backup copies: the data are erased from a copy when it is put back.

    You can come back by a new invitation.
withdraw-done = ✅ Done: the consent is withdrawn, the data are erased.
withdraw-done-gone =
    ✅ <b>Done: the consent is withdrawn, your data are erased.</b>

    We shall not write to you any more. This chat you can delete yourself. You can come back by a new invitation from the school.

# The file

file-file-name = my-data
file-title = What is held about you, { FULLDAY($day) }
file-default = as the school has it
file-name = Name
file-telegram = Telegram number
file-since = With us since
file-language = Language
file-detail = Messages
file-quiet = Quiet hours
file-calendar = { $child ->
    [none] Address of the calendar of your lessons
   *[other] Address of the calendar, code { $child }
  }
file-code = Code
file-class = Class
file-school = School
file-born = Date of birth
file-guardian-since = You act for the child since
file-at = { FULLDAY($at) }, { TIME($at) }
file-day = { FULLDAY($day) }
file-when = When
file-what = What
file-consents = Consents
file-given = Given
file-withdrawn = Withdrawn
file-text-version = Version of the text
file-applications = Applications
file-course = Course
file-state = Now
file-group = Group
file-history = How it went
file-place-offered = A place was offered: { FULLDAY($at) }, { TIME($at) }. Answer awaited until: { FULLDAY($until) }, { TIME($until) }
file-let-pass = The school let it pass although the class or the hours do not fit: { $reason }
file-removed = removed
file-journal = Journal
file-work = Work
file-comment = Comment
file-shortlist = Shortlisted courses
file-absences = Announced absences
file-days = { FULLDAY($first) } – { FULLDAY($last) }
file-all-lessons = all lessons
file-said = Said
file-taken-back = Taken back
file-reminder = Reminder of lessons
file-surveys = Questionnaires
file-answer = Answer
file-answer-received = answer received
file-answer-draft = Not sent:
file-acknowledgements = You pressed “Acknowledged”
file-certificates = Documents of learning
file-achievements = Achievements
file-messages = Messages with teachers and the school
file-thread = Thread No.
file-who = Who wrote
file-conflicts = Threads opened for a dispute
file-stops = Writing stopped by the coordinator
file-files = Files
file-in-chat = the file is in its thread or among the achievements
file-letters = Messages of the bot
file-letter = Message
file-letter-emptied = (the text is erased already)

mydata-detail =
    { $detail ->
        [full] in full
       *[discreet] discreet
    }
mydata-role =
    { $role ->
        [coordinator] Coordinator
        [director] Director
        [teacher] Network teacher
       *[partner] Partner's administrator
    }
mydata-purpose =
    { $purpose ->
        [processing] processing of data
        [messages] messages in Telegram
        [photographs] photographs
       *[partner] handing on to a partner
    }
mydata-state =
    { $state ->
        [draft] draft
        [submitted] submitted
        [returned] returned
        [approved] approved
        [requested] sent to the partner
        [enrolled] enrolled
        [reserve] in reserve
        [offered] a place is offered
        [lapsed] the term has run out
        [declined] declined
        [completed] completed
        [left] left
       *[withdrawn] withdrawn
    }
mydata-attendance =
    { $value ->
        [present] present
        [late] late
        [sick] sick
        [excused] excused
       *[absent] absent
    }
mydata-change =
    { $kind ->
        [moved] the lesson is moved
        [cancelled] the lesson is cancelled
        [restored] the lesson takes place after all
        [room] another place
        [announcement] announcement
       *[teacher] another teacher
    }
