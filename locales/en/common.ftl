# Words shared by all pages: buttons, refusals, paging; the way in, menu, help.

button-menu = 🏠 Menu
button-back = ‹ Back
button-confirm = Confirm
button-cancel = Cancel
button-courses = 📚 Courses
button-applications = 📝 My applications
button-timetable = 📅 Timetable
button-journal = 📖 Journal
button-settings = ⚙️ Settings
button-help = ❓ Help
pager = { $page } of { $pages }

stranger = To come in you need an invitation from the school. Ask the class teacher or the coordinator of the network courses for it.
not-yours = This is not open to everybody. If you think this is a mistake, write to the coordinator of the network courses.
gone = This is no longer there: the page is out of date. Open the menu: /start
changed-since = While you were deciding, something was changed here. Look at how it stands now and confirm again.
went-wrong = Something went wrong, and we know about it already. Nothing is lost: please try again a little later.
took-too-long = I did not finish within ten seconds and have stopped. Please open the page again: if nothing has changed, try a little later.
private-only = I answer in private chats only.

## Coming in, the menu, help, and what is said when nothing else fits

## A stranger

start-stranger =
    👋 Hello! Here families enroll children in the network's courses and see lessons and marks.

    <b>To come in you need an invitation from the school.</b> Ask the class teacher or the coordinator of the network courses for it: it is a link or a code of 10 characters.

    You have a code? Just send it here.

## An invitation accepted

start-again = You are in already — all is well, there is no need to come in again.
welcome-guardian =
    👋 Welcome! The school has invited you as a parent.

    Your child: <b>{ $child }</b>

    One step is left: to read which data are needed and why, and to agree.
welcome-student =
    👋 Hi, { $name }!

    Here are your timetable, marks and homework from the courses. Your parents give the consent for you: there is nothing for you to sign.
welcome-teacher = ✅ You are in as a network teacher.
welcome-partner = ✅ You are in as an administrator of a partner organization.
welcome-coordinator = ✅ You are in as the coordinator of the network.
welcome-director = ✅ You are in as the director.
button-consent-read = 📄 Read and agree

start-closed =
    🔒 Hi, { $name }! The bot is closed for now: a parent consents for you, and no such consent stands. When a parent agrees, everything opens by itself.

## The menu

menu-hello = 👋 Hello, { $name }!
menu-hello-pupil = 👋 Hi, { $name }!
menu-hello-nameless = 👋 Hello!
menu-choose = What shall I show?
menu-consent = 📄 Your consent is needed: <b>{ $children }</b>. Without it lessons and journal are closed.
menu-name = ✍️ Please type your full name: an application needs it.
menu-draft = ✏️ The application was not sent: <b>{ $children }</b>. Open it and press “Confirm”.
button-draft-of = ✏️ Application: { $child }
menu-offer = 🎉 There is a place on a course: <b>{ $children }</b>. Please answer under “My applications”.
menu-applications =
    📥 { $count ->
        [one] <b>{ $count } application</b> waits for a decision.
       *[other] <b>{ $count } applications</b> wait for a decision.
    }
button-consent-of = 📄 Consent: { $child }
button-inbox = 📥 Applications
button-requests = 📨 Requests
button-lessons = 🧑‍🏫 Lessons
button-tasks = ✅ Tasks
button-network = 🌐 Network
button-invite = 🔑 Invite

## Help

help-title = ❓ <b>What can be done here</b>
help-guardian =
    <b>Parents.</b> Choose a course and apply, see the timetable and the journal, hear when a lesson is moved. How much a message may say and when to be silent is in the settings: /settings
help-student = <b>For pupils.</b> Your timetable, marks and homework. Parents apply for a course: choose it together.
help-teacher = <b>Teachers.</b> Your lessons: move, cancel, take attendance. The journal can be kept in the chat, or sent right here as a file.
help-partner = <b>Partners.</b> The school's requests: enroll or put in reserve. The lessons of your organization.
help-coordinator =
    <b>Coordinators.</b> Families' applications, requests to partners, tasks of the roadmap. To invite somebody press “Invite”. Send the network workbook (.xlsx) right here as a file.
help-director = <b>Directors.</b> Tasks and terms: what is done, what is late.
help-end =
    What is held about you and how to erase it: /mydata
    Changed your mind while typing: /cancel
    Menu: /start
help-stranger =
    ❓ <b>How to come in</b>

    You come in by an invitation from the school: a link or a code of 10 characters, such as <code>7K3QX-M2PAR</code>. The class teacher or the coordinator of the network courses gives it to you.

    Open the link or send the code here — capital or small letters, with or without the dash. The courses can be seen without an invitation: /courses

cancelled = All right, cancelled.
ask-title =
    <b>💬 Who shall answer?</b>
    { $here ->
        [question] { $you ->
            [pupil] This looks like a question. I cannot answer it myself. Press to whom I shall pass your words on, or ask here:
           *[adult] This looks like a question. I cannot answer it myself. Press to whom I shall pass your words on, or ask here:
        }
        [bare] { $you ->
            [pupil] Press to whom I shall pass your words on:
           *[adult] Press to whom I shall pass your words on:
        }
        [words] { $you ->
            [pupil] Press to whom I shall pass your words on, or ask here:
           *[adult] Press to whom I shall pass your words on, or ask here:
        }
       *[no] This looks like a question. I cannot answer it myself, but these people can:
    }
ask-words = “{ $words }”
button-pass-on = 💬 Pass { $staff ->
    [yes] these words on
   *[no] it on to a teacher or the school
  }
ask-whom = • { $role ->
        [base] School
       *[partner] Partner
    }: { $name }{ $phone ->
        [none] {""}
       *[other] , tel. { $phone }
    }{ $site ->
        [none] {""}
       *[other] , { $site }
    }
start-puzzled = I did not understand. Choose what to show, or open the help: /help
led-hello = { $you ->
    [pupil] 👋 Hello! All I can do is in the menu.
   *[adult] 👋 Hello! All I can do is in the menu.
  }
led-thanks = 🙂 You are welcome!
led-here = { $you ->
    [pupil] 🧭 It seems to be here, press it:
   *[adult] 🧭 It seems to be here, press it:
  }
led-else = If it is something else, these can answer:

## What Telegram shows of the bot

bot-description =
    Courses of the school network: applications, timetable, journal.

    You come in by an invitation from the school: open its link or send its code. Press “Start”.
bot-short-description = Courses of the school network: applications, timetable, journal. By invitation of the school.
command-start = Menu
command-inbox = What waits for my decision
command-courses = Courses
command-applications = My applications
command-timetable = Timetable
command-journal = Journal
command-tasks = Tasks and terms
command-settings = Settings
command-mydata = My data
command-help = Help
families-unreached =
    { $count ->
        [one] ☎️ The bot cannot write to { $count } family: the school will call (list “To call”).
       *[other] ☎️ The bot cannot write to { $count } families: the school will call (list “To call”).
    }
button-chosen = • { $label }
